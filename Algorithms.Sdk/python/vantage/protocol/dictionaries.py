"""Section 23: what the variables of a collaboration mean, and who says so."""

import json
import re

from . import canonical, jws, names, tables
from .exact_json import length
from .refusal import Refused, require

TYPE = "vantage-dictionary+jws"
MOST_BYTES, MOST_DEPTH, MOST_FIELDS, MOST_LEVELS, LONGEST = 1 << 20, 32, 5_000, 1_000, 1_000
TYPES = ("number", "integer", "boolean", "string", "date", "datetime", "year")
NUMBERS = ("number", "integer", "boolean", "year")
CONSTRAINTS = ("required", "minimum", "maximum", "enum", "pattern")
NUMBER = re.compile(r"[ \t]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t]*")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
BACKTRACKING = re.compile(r"\(\?(=|!|<=|<!|>|\()|\\[1-9]|\\k")


def verify(compact, pinned, at):
    """The signed statement, and which dictionary it publishes."""
    document = jws.verify(compact, TYPE, tables.DICTIONARY, pinned, at)
    require(document.signer.principal.startswith("usr_"), "wrong-signer")
    try:
        found = read(document.content["text"].encode("utf-8"))
    except ValueError as e:
        raise Refused("content-invalid", str(e)) from e
    require(found == document.content["dictionary"], "content-invalid", "the reference is not that of the text")
    return document


def read(data):
    """The reference of a dictionary, from its bytes. ValueError says what is wrong."""
    _hold(len(data) <= MOST_BYTES, f"it has more than {MOST_BYTES} bytes")
    value = _parse(data)
    _hold(isinstance(value, dict), "it is no JSON object")
    name, version = value.get("name"), value.get("version")
    _hold(tables.name(name), "'name'")
    _hold(isinstance(version, str) and re.fullmatch("[A-Za-z0-9_.+-]{1,64}", version), "'version'")
    _hold("foreignKeys" not in value, "'foreignKeys' are not understood")
    fields = value.get("fields")
    _hold(isinstance(fields, list) and 1 <= len(fields) <= MOST_FIELDS, f"'fields' lists 1 to {MOST_FIELDS} variables")
    for number, field in enumerate(fields):
        _field(field, f"fields[{number}]")
    _hold(len({_folded(field["name"]) for field in fields}) == len(fields), "'fields' has a name twice")
    _missing(value, "")
    return {"name": name, "version": version, "digest": names.digest(canonical.of(value))}


def _parse(data):
    def once(pairs):
        _hold(len(dict(pairs)) == len(pairs), "a member stands twice")
        return dict(pairs)

    def never(text):
        raise ValueError(f"{text} is no JSON")

    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=never, parse_int=float)
    except RecursionError as e:
        raise ValueError("it is too deep") from e
    _hold(_depth(value) <= MOST_DEPTH, "it is too deep")
    return value


def _depth(value):
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if children is None else 1 + max(map(_depth, children), default=0)


def _field(field, path):
    _hold(isinstance(field, dict), path)
    name = field.get("name")
    _hold(isinstance(name, str) and 1 <= length(name) <= 200 and not CONTROL.search(name), f"{path}.name")
    for member in ("type", "format", "unit"):
        _hold(isinstance(field.get(member, ""), str), f"{path}.{member}")
    kind, unit = field.get("type", "string"), field.get("unit")
    _hold(kind in TYPES, f"{path}.type")
    _hold(field.get("format", "default") == "default", f"{path}.format")
    _hold(unit is None or (kind in ("number", "integer") and re.fullmatch("[!-~]{1,40}", unit)), f"{path}.unit")
    _missing(field, path)
    _levels(field, "categories", kind, path)
    _constraints(field.get("constraints", {}), kind, path + ".constraints")


def _constraints(given, kind, path):
    _hold(isinstance(given, dict) and all(name in CONSTRAINTS for name in given), path)
    _hold(isinstance(given.get("required", True), bool), f"{path}.required")
    bounds = [_value(given[name], kind) for name in ("minimum", "maximum") if name in given]
    _hold(not bounds or (kind not in ("string", "boolean") and None not in bounds), f"{path}.minimum, maximum")
    _hold(len(bounds) < 2 or bounds[0] <= bounds[1], f"{path}.maximum is below the minimum")
    _levels(given, "enum", kind, path)
    if "pattern" in given:
        pattern = given["pattern"]
        _hold(kind == "string" and isinstance(pattern, str) and 1 <= length(pattern) <= LONGEST
              and not BACKTRACKING.search(pattern), f"{path}.pattern")


def _levels(of, member, kind, path):
    if member in of:
        listed = of[member]
        _hold(isinstance(listed, list) and 1 <= len(listed) <= MOST_LEVELS, f"{path}.{member}")
        values = [_value(one["value"] if isinstance(one, dict) and "value" in one else one, kind) for one in listed]
        _hold(None not in values and len(set(values)) == len(values), f"{path}.{member}")


def _value(value, kind):
    """A number, or a text: None for what is no value of the type."""
    if isinstance(value, bool):
        return float(value) if kind == "boolean" else None
    if isinstance(value, str) and kind not in NUMBERS:
        return value if 1 <= length(value) <= LONGEST and not CONTROL.search(value) else None
    if kind in NUMBERS and (isinstance(value, float) or (isinstance(value, str) and NUMBER.fullmatch(value))):
        return float(value) if abs(float(value)) != float("inf") else None
    return None


def _missing(of, path):
    codes = of.get("missingValues", [])
    _hold(isinstance(codes, list) and len(codes) <= 100, f"{path}.missingValues")
    for code in codes:
        text = code.get("value") if isinstance(code, dict) else code
        _hold(isinstance(text, str) and length(text) <= 200, f"{path}.missingValues")


def _folded(name):
    """Letter by letter, so that nothing grows: ß is no SS."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in name)


def _hold(holds, what):
    if not holds:
        raise ValueError(f"{what}: see section 23")
