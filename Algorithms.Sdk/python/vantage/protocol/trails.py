"""Section 20: entries, trees, heads and exported audit trails. Written from docs/protocol.md and RFC 6962."""

import hashlib
import json
import struct
from datetime import datetime, timedelta, timezone

from . import keys, names
from .exact_json import parse as read_exactly
from .refusal import Refused, require

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
HEAD = {"chain", "size", "root", "at", "key", "signature"}
ENTRY = {"sequence", "at", "actor", "action", "subject", "salt", "hash"}
EXTRA = {"collaboration", "organization", "details"}


def micros(text):
    return (names.time(text) - EPOCH) // timedelta(microseconds=1)


def entry_bytes(entry):
    def text(value):
        data = value.encode()
        return struct.pack(">q", len(data)) + data

    details = entry.get("details", [])
    return b"".join([
        b"vantage-audit-entry-v1\n", names.decode64(entry["salt"]), struct.pack(">qq", entry["sequence"], micros(entry["at"])),
        *[text(entry.get(name, "")) for name in ("actor", "action", "subject", "collaboration", "organization")],
        struct.pack(">q", len(details)), *[text(d["name"]) + text(d["value"]) for d in details]])


def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def head_text(head):
    return (f"vantage-audit-head-v1\nchain={head['chain']}\nsize={head['size']}\nroot={head['root']}\n"
            f"at={micros(head['at'])}\nkey={head['key']}\n").encode()


def is_signed(head, public):
    return head["key"] == keys.id_of(public) and keys.verify(public, head_text(head), names.decode_url(head["signature"]))


class Tree:
    """The full subtrees of a growing tree, largest first, as (level, hash)."""

    def __init__(self):
        self.size, self.parts = 0, []

    def takes(self, level):
        return 0 <= level < 62 and self.size % (1 << level) == 0

    def append(self, level, value):
        self.size += 1 << level
        while self.parts and self.parts[-1][0] == level:
            value, level = node(self.parts.pop()[1], value), level + 1
        self.parts.append((level, value))

    def root(self):
        folded = None
        for _, value in reversed(self.parts):
            folded = value if folded is None else node(value, folded)
        return "sha256:" + (hashlib.sha256(b"").digest() if folded is None else folded).hex()


def verify(lines, key=None, kept=()):
    """The last head, how many entries were shown and how many hidden. Refused with a reason of section 20."""
    tree, start, public, last, heads, hidden = Tree(), None, None, None, 0, 0
    waiting = sorted(kept, key=lambda head: head["size"])
    for number, text in enumerate(lines, 1):
        line = parse(text)
        require((number == 1) == ("trail" in line), "line-malformed")
        if "trail" in line:
            start = line["trail"]
            public = public_key(start)
            require(start["v"] == 1 and start["size"] >= 0 and start["heads"] >= 1, "line-malformed")
            require(key in (None, keys.id_of(public)), "other-key")
            require(all(head["chain"] == start["chain"] for head in waiting), "other-trail")
            require(all(is_signed(head, public) for head in waiting), "head-signature-invalid")
        elif "entry" in line:
            entry = line["entry"]
            require(entry["sequence"] == tree.size + 1, "sequence-broken")
            require(entry.get("details", [1]) and len(names.decode64(entry["salt"])) == 16
                    and "sha256:" + leaf(entry_bytes(entry)).hex() == entry["hash"], "entry-altered")
            tree.append(0, bytes.fromhex(entry["hash"][7:]))
        elif "hidden" in line:
            others = line["hidden"]
            require(others["first"] == tree.size + 1 and tree.takes(others["level"]), "sequence-broken")
            tree.append(others["level"], bytes.fromhex(others["hash"][7:]))
            hidden += 1 << others["level"]
        else:
            head = line["head"]
            require(head["chain"] == start["chain"] and is_signed(head, public), "head-signature-invalid")
            require(head["size"] == tree.size and (last is None or head["size"] > last["size"]), "sequence-broken")
            require(head["root"] == tree.root(), "head-mismatch")
            last, heads = head, heads + 1
        while waiting and waiting[0]["size"] <= tree.size:
            require(waiting[0]["size"] == tree.size and waiting[0]["root"] == tree.root(), "not-what-was-signed")
            waiting.pop(0)
    require(start is not None and tree.size == start["size"] and heads == start["heads"] and last is not None
            and last["size"] == tree.size, "truncated")
    require(not waiting, "not-what-was-signed")
    return last, tree.size - hidden, hidden


def public_key(start):
    try:
        return keys.public_from_spki(names.decode64(start["key"]))
    except ValueError as wrong:
        raise Refused("line-malformed", str(wrong)) from wrong


def parse(text):
    try:
        line = read_exactly(text.encode())
        require(isinstance(line, dict) and len(line) == 1, "line-malformed")
        (kind, value), = line.items()
        members = set(value)
        fits = {"trail": members == {"v", "chain", "key", "size", "heads"}, "head": members == HEAD,
                "hidden": members == {"first", "level", "hash"}, "entry": ENTRY <= members <= ENTRY | EXTRA}
        require(fits.get(kind, False), "line-malformed")
        return line
    except (ValueError, TypeError, KeyError) as wrong:
        raise Refused("line-malformed", str(wrong)) from wrong


def write(line):
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False)
