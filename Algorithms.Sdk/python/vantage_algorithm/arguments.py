"""Turns a task's JSON into a function's arguments. Strict: a misspelled argument taken for absent would answer another
question than was asked."""

import inspect
import types
import typing

from . import strict_json
from .failures import ArgumentsInvalid, RunFailed

LARGEST = 2 ** 63 - 1


class Column(str):
    """Marks an argument that names a column: `column: Column` or `columns: List[Column]`. A node then gives the function
    these columns and no others."""


SCHEMAS = {str: "string", Column: "string", int: "integer", float: "number", bool: "boolean"}


class Parameters:
    """The arguments a function takes, as its signature says."""

    def __init__(self, function, injected):
        hints = typing.get_type_hints(function)
        self.types, self.required, self.injected = {}, [], {}
        for name, parameter in inspect.signature(function).parameters.items():
            hint = hints.get(name)
            if hint is None:
                raise TypeError(f"'{name}' of {function.__name__} needs a type, such as 'column: Column'.")
            if hint in injected:
                self.injected[name] = hint
                continue
            schema_of(hint)
            self.types[name] = hint
            if parameter.default is inspect.Parameter.empty:
                self.required.append(name)

    def schema(self):
        return {
            "type": "object",
            "properties": {name: schema_of(hint) for name, hint in self.types.items()},
            "required": self.required,
            "additionalProperties": False,
        }

    def columns(self):
        """The names of the arguments whose value names columns."""
        return [name for name, hint in self.types.items() if _is_column(hint)]

    def read(self, data):
        try:
            given = strict_json.read(data)
        except ValueError as e:
            raise RunFailed("arguments-invalid", f"The arguments are not one JSON value: {e}.") from None
        if not isinstance(given, dict):
            raise RunFailed("arguments-invalid",
                            f'The arguments are a JSON object, such as {{"name": …}}; this is {_word(given)}.')
        return self.check(given)

    def check(self, given):
        for name in given:
            if name not in self.types:
                takes = ", ".join(f"'{n}'" for n in self.types) or "nothing"
                raise ArgumentsInvalid(name, f"this function does not take it. It takes: {takes}.")
        for name in self.required:
            if name not in given:
                raise ArgumentsInvalid(name, "required, and not given.")
        return {name: convert(value, self.types[name], name) for name, value in given.items()}


def schema_of(hint):
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint in SCHEMAS:
        return {"type": SCHEMAS[hint]}
    if hint in (list, dict, typing.Any):
        return {} if hint is typing.Any else {"type": "array" if hint is list else "object"}
    if origin is list:
        return {"type": "array", "items": schema_of(inner[0])}
    if origin is dict and inner[0] is str:
        return {"type": "object", "additionalProperties": schema_of(inner[1])}
    if _optional(hint):
        schema = schema_of(_optional(hint))
        return {**schema, "type": [schema["type"], "null"]} if "type" in schema else schema
    raise TypeError(f"{hint} is no type of an argument: str, int, float, bool, Column, List, Dict[str, …] and Optional of "
                    "them are, and Any for what the function checks itself.")


def convert(value, hint, path):
    """The value if it is of the type, else ArgumentsInvalid. An integer is a number too; nothing else is converted."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is typing.Any:
        return value
    if _optional(hint):
        return None if value is None else convert(value, _optional(hint), path)
    if origin is list and isinstance(value, list):
        return [convert(v, inner[0], f"{path}[{i}]") for i, v in enumerate(value)]
    if origin is dict and isinstance(value, dict):
        return {k: convert(v, inner[1], f"{path}.{k}") for k, v in value.items()}
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= 1.7976931348623157e308:
        return float(value)
    if hint is int and isinstance(value, int) and not isinstance(value, bool) and -LARGEST - 1 <= value <= LARGEST:
        return value
    if hint in (str, Column, bool, list, dict) and isinstance(value, str if hint is Column else hint):
        return value
    raise ArgumentsInvalid(path, "not of the type this function takes.")


def _optional(hint):
    """What is optional, or None."""
    if typing.get_origin(hint) not in (typing.Union, getattr(types, "UnionType", None)):
        return None
    others = [h for h in typing.get_args(hint) if h is not type(None)]
    return others[0] if len(others) == 1 and len(typing.get_args(hint)) == 2 else None


def _is_column(hint):
    return hint is Column or any(_is_column(h) for h in typing.get_args(hint))


def _word(value):
    return {list: "an array", str: "a text", bool: "a truth value", type(None): "null"}.get(type(value), "a number")
