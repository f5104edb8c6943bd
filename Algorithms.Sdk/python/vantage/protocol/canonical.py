"""RFC 8785: one spelling for what a JSON text says. For naming content, never for checking signatures."""

import json
import math

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def of(value):
    """Bytes; ValueError for what has no canonical form: a number beyond doubles, broken Unicode."""
    return _text(value).encode("utf-8")


def _text(value):
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_string(name)}:{_text(child)}" for name, child in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, str):
        return _string(value)
    return json.dumps(value) if value is None or isinstance(value, bool) else number(float(value))


def _string(text):
    return '"' + "".join(ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text) + '"'


def number(value):
    """As ECMAScript writes a double."""
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    # The decimal point stands after so many of the digits.
    place = len(digits) - len(fraction) + int(exponent or 0)
    digits = digits.rstrip("0")
    sign = "-" if value < 0 else ""
    if 0 < place <= 21:
        return sign + (digits.ljust(place, "0") if len(digits) <= place else f"{digits[:place]}.{digits[place:]}")
    if -6 < place <= 0:
        return sign + "0." + "0" * -place + digits
    return f"{sign}{digits[0]}{'.' + digits[1:] if digits[1:] else ''}e{'+' if place > 0 else '-'}{abs(place - 1)}"
