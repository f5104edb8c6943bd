"""Bends certificates and documents at random and signs them again, so that what is inside gets read."""

import copy
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from vantage.protocol import names

ECDSA_WITH_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
TAGS = (0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x13, 0x16, 0x17, 0x18, 0x1E)
VALUES = [
    0, 1, -1, 2**31, 2**63, -2**63 - 1, 1.5, 1e5, True, None, "", "x", "\0", [], {}, [[]], {"a": 1},
    "2026-01-01T00:00:00Z", "2024-02-29T23:59:59.1234567Z", "2023-02-29T00:00:00Z", "0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.0Z",
    "2026-01-01t00:00:00z", "२०२६-01-01T00:00:00Z", "wait", "result", "sha256:" + "0" * 64, "0" * 64, "AAAA", "AA==", "AB==", "AAA",
    " AAAA", "succeeded", "bundle:sha256:" + "1" * 64, "builtin:a-b@1+sha256:" + "1" * 64, "builtin:a@1.2.3.4+sha256:" + "1" * 64,
    "oci:x/y:z@sha256:" + "1" * 64, "oci:X@sha256:" + "1" * 64, "org_" + "0" * 32, "tsk_" + "f" * 32, "nod_" + "a" * 32 + "\n"]


# DER as a tree of [tag, content], content being bytes or a list

def element(tag, content):
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x81, size]) if size < 256 else bytes([0x82, size >> 8, size & 255])
    return bytes([tag]) + length + content


def parse(der):
    tree, at = [], 0
    while at < len(der):
        size, start = der[at + 1], at + 2
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(der[at + 2:start], "big")
        content = der[start:start + size]
        tree.append([der[at], parse(content) if der[at] & 0x20 else content])
        at = start + size
    return tree


def serialize(tree):
    return b"".join(element(tag, serialize(c) if isinstance(c, list) else c) for tag, c in tree)


def places(tree):
    for node in tree:
        yield tree, node
        if isinstance(node[1], list):
            yield from places(node[1])


def bend_node(random, siblings, node, everything):
    leaf = not isinstance(node[1], list)
    kind = random.randrange(8)
    if kind == 0:
        siblings.remove(node)
    elif kind == 1:
        siblings.insert(random.randrange(len(siblings) + 1), copy.deepcopy(node))
    elif kind == 2:
        random.shuffle(siblings)
    elif kind == 3 and leaf and node[1]:
        node[1] = flip(random, node[1])
    elif kind == 4 and leaf:
        node[1] = node[1][:-1] if random.random() < 0.5 else node[1] + bytes([random.randrange(256)])
    elif kind == 5:
        node[0] ^= 1 << random.randrange(8)
    elif kind == 6 and leaf:
        node[0] = random.choice(TAGS)
    else:
        other = random.choice(everything)[1]
        node[0], node[1] = other[0], copy.deepcopy(other[1])


def flip(random, data):
    data = bytearray(data)
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def bent_certificate(random, der, key):
    tree = [parse(der)[0][1][0]]
    for _ in range(random.choice([1, 1, 1, 2])):
        everything = list(places(tree))
        if len(everything) < 2:
            break
        bend_node(random, *random.choice(everything[1:]), everything)
    body = serialize(tree)
    body = flip(random, body) if random.random() < 0.2 else body
    return element(0x30, body + ECDSA_WITH_SHA256 + element(0x03, b"\0" + key.sign(body, ec.ECDSA(hashes.SHA256()))))


# JSON

def spots(value):
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from spots(value[key])


def bent_content(random, content):
    content = copy.deepcopy(content)
    for _ in range(random.choice([1, 1, 2])):
        everything = list(spots(content))
        if everything:
            bend_member(random, *random.choice(everything), everything)
    text = json.dumps(content, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    return bent_text(random, text) if random.random() < 0.35 else text


def bend_member(random, holder, key, everything):
    kind, value = random.randrange(6), holder[key]
    if kind == 0 and isinstance(holder, dict):
        del holder[key]
    elif kind == 1 and isinstance(holder, dict):
        holder[random.choice(["extra", key.upper(), key + " "])] = value
    elif kind == 2:
        other, at = random.choice(everything)
        holder[key] = copy.deepcopy(other[at])
    elif kind == 3 and isinstance(value, str) and value:
        at = random.randrange(len(value))
        holder[key] = value[:at] + random.choice("aA0gz-_.:/ \té😀Z+") + value[at + 1:]
    elif kind == 4 and isinstance(value, list) and value:
        holder[key] = value * 2
    else:
        holder[key] = random.choice(VALUES)


def bent_text(random, text):
    text = bytearray(text)
    for _ in range(random.choice([1, 1, 2])):
        at, kind = random.randrange(len(text)), random.randrange(4)
        if kind == 0:
            text[at] ^= 1 << random.randrange(8)
        elif kind == 1:
            del text[at]
        elif kind == 2:
            text.insert(at, random.choice(b'0123456789.eE-+"\\,:{}[] \n\t/u\x00\x0b\xff\xef'))
        else:
            text[at:at] = text[random.randrange(len(text)):][:random.randrange(1, 30)]
    return bytes(text)


def header_of(typ, chain):
    return json.dumps({"alg": "ES256", "typ": typ, "x5c": [names.encode64(der) for der in chain]}).encode()
