"""JSON as the contract has it: no doubled members, no NaN, no infinities, text that is text."""

import json
import math


def read(data):
    """One JSON value out of bytes; ValueError says what is wrong."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        raise ValueError(f"bytes that are not UTF-8 at {e.start}") from None
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
        write(value)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeEncodeError:
        raise ValueError("a text holds half of a surrogate pair") from None
    return value


def write(value):
    """Bytes of a value. What numpy and pandas give for a number or an array is taken for one."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain).encode("utf-8")


def _object(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"'{next(n for n in names if names.count(n) > 1)}' is given twice")
    return members


def _constant(word):
    raise ValueError(f"{word} is no JSON number")


def _float(text):
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number is beyond the range of a double")
    return number


def _plain(value):
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"a {type(value).__name__} is nothing that JSON can hold")
