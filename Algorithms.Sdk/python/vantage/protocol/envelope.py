"""Section 6: envelopes."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import hpke, keys
from .refusal import require

MAGIC = b"VNTGENV"
SEGMENT = 1 << 20
TAG = 16
BODY_HEADER = 40
RECIPIENT = 145


def context_bytes(context):
    """6.1, from a dictionary with the names of its lines."""
    lines = ["vantage-envelope-v1"] + [f"{name}={context[name]}" for name in ("collaboration", "task", "run", "kind")]
    made_by_node = context["kind"] != "input"
    assert made_by_node == ("epoch" in context) == ("node" in context)
    if made_by_node:
        lines += [f"epoch={context['epoch']}", f"node={context['node']}"]
    return "".join(line + "\n" for line in lines).encode()


# Sealing

def wrap(file_key, recipient, info):
    context, enc = hpke.sender(recipient, info)
    return enc + context.seal(b"", file_key)


def header_mac(file_key, header):
    return hmac.new(hpke.hkdf(file_key, b"", b"vantage-envelope-v1 header"), header, hashlib.sha256).digest()


def header(file_key, context, recipients):
    by_id = sorted(((bytes.fromhex(keys.id_of(r)), r) for r in recipients), key=lambda pair: pair[0])
    head = MAGIC + b"\x01" + b"\x00\x01" + len(by_id).to_bytes(2, "big")
    for identifier, recipient in by_id:
        head += identifier + wrap(file_key, recipient, context)
    return head + header_mac(file_key, head)


def stream_cipher(file_key, body_header, context):
    payload_key = hpke.hkdf(file_key, b"", b"vantage-envelope-v1 payload")
    return AESGCM(hpke.hkdf(payload_key, body_header[1:33], context))


def nonce(body_header, number, last):
    return body_header[33:] + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def body(file_key, context, plaintext, body_header=None):
    body_header = body_header or bytes([BODY_HEADER]) + os.urandom(39)
    cipher, parts, number, rest = stream_cipher(file_key, body_header, context), [body_header], 0, memoryview(plaintext)
    while True:
        capacity = SEGMENT - TAG - (BODY_HEADER if number == 0 else 0)
        last = len(rest) <= capacity
        parts.append(cipher.encrypt(nonce(body_header, number, last), bytes(rest[:capacity]), None))
        if last:
            return b"".join(parts)
        rest, number = rest[capacity:], number + 1


def seal(plaintext, context, recipients):
    file_key, context = os.urandom(32), context_bytes(context)
    return header(file_key, context, recipients) + body(file_key, context, plaintext)


# Opening, in the order of 6.4

def read_header(envelope):
    require(envelope[:7] == MAGIC, "not-an-envelope")
    require(len(envelope) > 7, "truncated")
    require(envelope[7] == 1, "unsupported-version")
    require(len(envelope) >= 10, "truncated")
    require(envelope[8:10] == b"\x00\x01", "unsupported-suite")
    require(len(envelope) >= 12, "truncated")
    count = int.from_bytes(envelope[10:12], "big")
    require(1 <= count <= 256, "malformed-header")
    size = 12 + RECIPIENT * count + 32
    require(len(envelope) >= size, "truncated")
    slots = [envelope[12 + RECIPIENT * i:][:RECIPIENT] for i in range(count)]
    require(all(a[:32] < b[:32] for a, b in zip(slots, slots[1:])), "malformed-header")
    return envelope[:size], slots


def unwrap(wrapped, key, info):
    try:
        return hpke.receiver(wrapped[:65], key, info).open(b"", wrapped[65:])
    except ValueError:
        require(False, "key-not-unwrapped")


def open_body(data, file_key, context):
    require(len(data) >= BODY_HEADER, "truncated")
    body_header, rest = data[:BODY_HEADER], memoryview(data)[BODY_HEADER:]
    require(body_header[0] == BODY_HEADER, "body-tampered")
    cipher, plaintext, number = stream_cipher(file_key, body_header, context), [], 0
    while True:
        full = SEGMENT - (BODY_HEADER if number == 0 else 0)
        segment, last = bytes(rest[:full]), len(rest) <= full
        require(len(segment) >= TAG, "truncated")
        require(len(segment) > TAG or number == 0, "body-tampered")
        try:
            plaintext.append(cipher.decrypt(nonce(body_header, number, last), segment, None))
        except InvalidTag:
            require(not (last and len(segment) == full and _opens(cipher, nonce(body_header, number, False), segment)), "truncated")
            require(False, "body-tampered")
        if last:
            return b"".join(plaintext)
        rest, number = rest[full:], number + 1


def _opens(cipher, with_nonce, segment):
    try:
        cipher.decrypt(with_nonce, segment, None)
        return True
    except InvalidTag:
        return False


def open_with(envelope, file_key_of, context):
    """6.4; `file_key_of` takes the recipients' slots."""
    head, slots = read_header(envelope)
    file_key = file_key_of(slots)
    require(hmac.compare_digest(header_mac(file_key, head[:-32]), head[-32:]), "header-tampered")
    return open_body(envelope[len(head):], file_key, context)


def open_envelope(envelope, context, key):
    own, context = bytes.fromhex(keys.id_of(key)), context_bytes(context)

    def file_key_of(slots):
        mine = [slot for slot in slots if slot[:32] == own]
        require(mine, "not-a-recipient")
        return unwrap(mine[0][32:], key, context)

    return open_with(envelope, file_key_of, context)
