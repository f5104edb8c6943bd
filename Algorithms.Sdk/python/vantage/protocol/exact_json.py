"""Section 4, content: JSON with exactly the members of a table. A table maps names to checks; `name?` may be absent."""

import json
import re

from . import names

MAX_DEPTH = 32


def parse(data):
    """ValueError for doubled members, null, NaN, a byte order mark, broken Unicode or more than 32 levels."""
    text = data.decode("utf-8")
    value = json.loads(text, object_pairs_hook=_once, parse_constant=_never)
    _check_values(value, 1)
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


def _once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("doubled member")
    return members


def _never(text):
    raise ValueError(text)


def _check_values(value, depth):
    if value is None:
        raise ValueError("null")
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, (dict, list)) and depth > MAX_DEPTH:
        raise ValueError("too deep")
    for child in children:
        _check_values(child, depth + 1)


def whole(low=-2**63, high=2**63 - 1):
    return lambda v: type(v) is int and low <= v <= high


def one_of(*words):
    return lambda v: isinstance(v, str) and v in words


def id_of(prefix):
    return lambda v: names.is_id(v, prefix)


def list_of(check):
    return lambda v: isinstance(v, list) and all(check(item) for item in v)


def record(table):
    required = {name for name in table if not name.endswith("?")}
    checks = {name.rstrip("?"): check for name, check in table.items()}

    def check(value):
        if not isinstance(value, dict) or not required <= set(value) or not set(value) <= set(checks):
            return False
        return all(checks[name](v) for name, v in value.items())

    return check


def text(value):
    return isinstance(value, str)


def length(value):
    """As the tables count a text: in units of UTF-16."""
    return len(value.encode("utf-16-le")) // 2


def number(value):
    return type(value) in (int, float)


def texts(value):
    return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())


def data(value, length=None):
    try:
        return isinstance(value, str) and (length is None or len(names.decode64(value)) == length) and names.decode64(value) is not None
    except ValueError:
        return False


def random16(value):
    try:
        return isinstance(value, str) and len(names.decode_url(value)) == 16
    except ValueError:
        return False


INSTANT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{0,6}[1-9])?Z")


def instant(value):
    match = isinstance(value, str) and INSTANT.fullmatch(value)
    if not match:
        return False
    year, month, day, hour, minute, second = (int(g) for g in match.groups()[:6])
    days = (31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= days[month - 1] and hour < 24 and minute < 60 and second < 60


def algorithm_ref(value):
    hexadecimal = "sha256:[0-9a-f]{64}"
    return isinstance(value, str) and len(value) <= 512 and any(re.fullmatch(p, value) for p in (
        "oci:[a-z0-9][a-z0-9._/:-]*@" + hexadecimal,
        "bundle:" + hexadecimal,
        r"builtin:[a-z][a-z0-9]*(-[a-z0-9]+)*@[0-9]+(\.[0-9]+){0,2}\+" + hexadecimal))
