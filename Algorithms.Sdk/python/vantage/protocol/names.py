"""Sections 1 and 2: ids, digests, key ids, and the two base64s, each in its one spelling."""

import base64
import hashlib
import os
import re
import time as clock
from datetime import datetime, timezone

PREFIXES = ("org", "usr", "nod", "col", "stu", "tsk", "job", "run", "upl", "tok", "aud", "psn")


def new_id(prefix):
    """A UUID of version 7, minted now."""
    millis = int(clock.time() * 1000).to_bytes(6, "big")
    random = bytearray(os.urandom(10))
    random[0], random[2] = 0x70 | random[0] & 0x0F, 0x80 | random[2] & 0x3F
    return f"{prefix}_{(millis + random).hex()}"


def is_id(text, prefix):
    return isinstance(text, str) and re.fullmatch(prefix + "_[0-9a-f]{32}", text) is not None


def is_key_id(text):
    return isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text) is not None


def is_digest(text):
    return isinstance(text, str) and text.startswith("sha256:") and is_key_id(text[7:])


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def key_id(spki):
    return hashlib.sha256(spki).hexdigest()


def fingerprint(key):
    return " ".join(key[i:i + 4] for i in range(0, 64, 4))


def encode_url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode_url(text):
    """The bytes, or ValueError for any spelling but the one that encode_url writes."""
    if not re.fullmatch("[A-Za-z0-9_-]*", text):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode_url(data) != text:
        raise ValueError("not canonical base64url")
    return data


def encode64(data):
    return base64.b64encode(data).decode()


def decode64(text):
    data = base64.b64decode(text, validate=True)
    if encode64(data) != text:
        raise ValueError("not canonical base64")
    return data


def time(text):
    """An instant of a verified document. Seven digits of a second are one more than Python keeps."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    at = datetime.strptime(f"{whole}.{fraction[:6] or 0}", "%Y-%m-%dT%H:%M:%S.%f")
    return at.replace(tzinfo=timezone.utc)
