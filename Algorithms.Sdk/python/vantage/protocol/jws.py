"""Section 4: signed documents."""

import json

from . import certificates, exact_json, keys, names
from .refusal import Refused, require

MAX_LENGTH = 16 * 1024 * 1024


class Document:
    def __init__(self, content, signer, compact):
        self.content, self.signer, self.digest = content, signer, names.digest(compact.encode())


def sign_bytes(content, typ, key, chain):
    """`content` as bytes; `chain` are one or two DER certificates."""
    header = {"alg": "ES256", "typ": typ, "x5c": [names.encode64(der) for der in chain]}
    signed = names.encode_url(json.dumps(header, separators=(",", ":")).encode()) + "." + names.encode_url(content)
    return signed + "." + names.encode_url(keys.sign(key, signed.encode()))


def sign(content, typ, key, chain):
    return sign_bytes(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(), typ, key, chain)


def _split(compact):
    require(len(compact) <= MAX_LENGTH, "jws-malformed", "too long")
    parts = compact.split(".")
    require(len(parts) == 3, "jws-malformed", "parts")
    try:
        return [names.decode_url(part) for part in parts]
    except ValueError as e:
        raise Refused("jws-malformed", str(e)) from e


def _read_header(data):
    try:
        header = exact_json.parse(data)
        chain = [names.decode64(c) for c in header["x5c"]]
        exact = set(header) == {"alg", "typ", "x5c"} and isinstance(header["x5c"], list) and isinstance(header["typ"], str)
    except Exception as e:
        raise Refused("jws-header-refused", str(e)) from e
    require(exact and header["alg"] == "ES256" and len(chain) in (1, 2), "jws-header-refused")
    return header["typ"], chain


def verify(compact, typ, table, pinned, at, purposes=("root", "signing")):
    header, content, signature = _split(compact)
    found, chain = _read_header(header)
    require(found == typ, "wrong-type", found)
    signer = certificates.verify(chain[0], pinned, at, root=chain[-1])
    require((signer.purpose == "root") == (len(chain) == 1), "jws-header-refused", "x5c")
    require(signer.purpose in purposes, "wrong-purpose")
    require(keys.verify(signer.key, compact[:compact.rindex(".")].encode(), signature), "signature-invalid")
    return Document(read(content, table, "content-invalid"), signer, compact)


def peek(compact, table):
    """What a document says, believing nothing: as strict about it as `verify`."""
    return read(_split(compact)[1], table, "content-invalid")


def read(data, table, code):
    try:
        value = exact_json.parse(data)
    except (ValueError, RecursionError) as e:
        raise Refused(code, str(e)) from e
    require(exact_json.record(table)(value), code, "members")
    return value
