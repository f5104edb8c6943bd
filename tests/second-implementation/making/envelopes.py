"""Section 6, bent in one place each; and section 8, opening by a grant."""

import os

from vantage.protocol import envelope, keys, names
from vantage.protocol.jws import sign

from .edits import plaintext_of

from .documents import grant
from .world import NOW, instant, new_id

FIRST, NEXT, TAG = 1_048_520, 1_048_560, 16
PATTERN = bytes(range(251)).hex()


def contexts(world):
    place = {"collaboration": world.collaboration, "task": world.task, "run": world.run}
    return place | {"kind": "input"}, place | {"kind": "result", "epoch": 3, "node": keys.id_of(world.a.node_key)}


def built(context, recipients, plaintext, segments=None):
    """An envelope as its secrets, since a large one is large."""
    file_key, body_header = os.urandom(32), bytes([40]) + os.urandom(39)
    header = envelope.header(file_key, envelope.context_bytes(context), recipients)
    made = {"header": header.hex(), "fileKey": file_key.hex(), "bodyHeader": body_header.hex(), "context": context, "plaintext": plaintext}
    if segments:
        return made | {"segments": segments}
    data = header + envelope.body(file_key, envelope.context_bytes(context), plaintext_of(plaintext), body_header)
    return made | {"digest": names.digest(data), "size": len(data)}


def repeated(length):
    return {"repeat": PATTERN, "length": length}


def envelope_cases(world):
    a, b = world.a, world.b
    asked, given = contexts(world)
    node, person, other = (k.public_key() for k in (a.node_encryption_key, a.user_encryption_key, b.user_encryption_key))
    text = '{"columns": ["Größe"]}'.encode()
    small, shared = envelope.seal(text, asked, [node]), envelope.seal(text, given, [person, other])
    cases = []

    def case(name, data, context=asked, key="a-node-encryption", reason=None, plaintext=None, edits=None):
        made = {"name": name, "envelope": {"hex": data.hex()} if isinstance(data, bytes) else data, "context": context, "key": key}
        made |= {"edits": edits} if edits else {}
        cases.append(made | ({"reason": reason} if reason else {"expect": {"plaintext": plaintext}}))

    case("input for a node", small, plaintext=text.hex())
    case("result for two, read by the first", shared, given, "a-user-encryption", plaintext=text.hex())
    case("result for two, read by the second", shared, given, "b-user-encryption", plaintext=text.hex())
    case("empty", envelope.seal(b"", asked, [node]), plaintext="")
    for kind in ("error", "log", "dataset"):
        context = given | {"kind": kind, "epoch": 2**53 + 1}
        case("kind " + kind, envelope.seal(text, context, [person]), context, "a-user-encryption", plaintext=text.hex())
    many = [keys.new_key().public_key() for _ in range(255)]
    case("256 recipients", built(asked, many + [node], repeated(10)), plaintext=repeated(10))
    for name, length in (("first segment all but full", FIRST - 1), ("first segment full", FIRST), ("one byte in the second", FIRST + 1),
                         ("second segment full", FIRST + NEXT), ("one byte in the third", FIRST + NEXT + 1)):
        case(name, built(asked, [node], repeated(length)), plaintext=repeated(length))

    for name, edits, reason in (
            ("no bytes", [{"truncate": 0}], "not-an-envelope"), ("six bytes", [{"truncate": 6}], "not-an-envelope"),
            ("another magic", [{"flip": 0}], "not-an-envelope"), ("magic alone", [{"truncate": 7}], "truncated"),
            ("version 2", [{"put": [7, "02"]}], "unsupported-version"), ("version 2 and no more", [{"put": [7, "02"]}, {"truncate": 8}], "unsupported-version"),
            ("half a suite", [{"truncate": 9}], "truncated"), ("suite 2", [{"put": [8, "0002"]}], "unsupported-suite"),
            ("suite 256", [{"put": [8, "0100"]}], "unsupported-suite"), ("half a count", [{"truncate": 11}], "truncated"),
            ("no recipients", [{"put": [10, "0000"]}], "malformed-header"), ("257 recipients", [{"put": [10, "0101"]}], "malformed-header"),
            ("one byte of the header missing", [{"truncate": 12 + 145 + 31}], "truncated"),
            ("own key id altered", [{"flip": 8 * 12}], "not-a-recipient"), ("enc off the curve", [{"flip": 8 * 60}], "key-not-unwrapped"),
            ("enc compressed", [{"put": [44, "02"]}], "key-not-unwrapped"), ("wrapped key altered", [{"flip": 8 * 110}], "key-not-unwrapped"),
            ("MAC altered", [{"flip": 8 * (12 + 145)}], "header-tampered"), ("body missing", [{"truncate": 12 + 145 + 32}], "truncated"),
            ("body header cut", [{"truncate": 12 + 145 + 32 + 39}], "truncated"), ("body header's length altered", [{"flip": 8 * 189}], "body-tampered"),
            ("salt altered", [{"flip": 8 * 190}], "body-tampered"), ("nonce prefix altered", [{"flip": 8 * 228}], "body-tampered"),
            ("no segment", [{"truncate": 229}], "truncated"), ("15 bytes of a segment", [{"truncate": 244}], "truncated"),
            ("last byte missing", [{"truncate": len(small) - 1}], "body-tampered"), ("last byte altered", [{"flip": 8 * len(small) - 1}], "body-tampered"),
            ("a byte appended", [{"append": "00"}], "body-tampered")):
        case(name, small, edits=edits, reason=reason)

    for name, change in (("another collaboration", {"collaboration": new_id("col")}), ("another task", {"task": new_id("tsk")}),
                         ("another run", {"run": new_id("run")}), ("another kind", {"kind": "error"}), ("another epoch", {"epoch": 4}),
                         ("another node", {"node": keys.id_of(b.node_key)})):
        case(name, shared, given | change, "a-user-encryption", "key-not-unwrapped")
    case("an input opened as a result", small, given, reason="key-not-unwrapped")
    case("not for this key", small, key="b-node-encryption", reason="not-a-recipient")
    case("recipients swapped", shared, given, "a-user-encryption", "malformed-header", edits=[{"swap": [12, 157, 145]}])
    case("a recipient twice", shared, given, "a-user-encryption", "malformed-header", edits=[{"put": [157, shared[12:157].hex()]}])
    case("the other recipient's wrapped key altered", shared, given, "a-user-encryption", "header-tampered",
         edits=[{"flip": 8 * (12 + 145 * (1 if shared[12:44].hex() == keys.id_of(person) else 0) + 100)}])
    wraps = sorted((12 + 32, 157 + 32))
    case("wrapped keys swapped", shared, given, "a-user-encryption", "key-not-unwrapped", edits=[{"swap": wraps + [113]}])
    again = envelope.seal(text, asked, [node])
    case("body of another envelope", small, reason="body-tampered", edits=[{"put": [189, again[189:].hex()]}])
    case("header of another envelope", small, reason="body-tampered", edits=[{"put": [0, again[:189].hex()]}])

    large, start = built(asked, [node], repeated(FIRST + 2 * NEXT + 100)), 12 + 145 + 32
    one, two, three = start + (1 << 20), start + (2 << 20), start + (3 << 20)
    case("four segments", large, plaintext=repeated(FIRST + 2 * NEXT + 100))
    for name, edits, reason in (
            ("bad tag in the first segment", [{"flip": 8 * (one - 1)}], "body-tampered"), ("bad tag in the second", [{"flip": 8 * (two - 1)}], "body-tampered"),
            ("bad tag in the third", [{"flip": 8 * (three - 1)}], "body-tampered"), ("bad tag in the last", [{"flip": 8 * (three + 100)}], "body-tampered"),
            ("second and third swapped", [{"swap": [one, two, 1 << 20]}], "body-tampered"), ("second dropped", [{"remove": [one, 1 << 20]}], "body-tampered"),
            ("third dropped", [{"remove": [two, 1 << 20]}], "body-tampered"), ("first dropped", [{"remove": [start + 40, (1 << 20) - 40]}], "body-tampered"),
            ("last dropped", [{"truncate": three}], "truncated"), ("last two dropped", [{"truncate": two}], "truncated"),
            ("cut in the middle of a segment", [{"truncate": two - 5}], "body-tampered"), ("15 bytes of the last", [{"truncate": three + 15}], "truncated"),
            ("an empty segment's worth of zeros appended", [{"append": "00" * 16}], "body-tampered")):
        case("four segments: " + name, large, edits=edits, reason=reason)
    for name, segments in (("last segment empty", [FIRST, 0]), ("first segment short", [100, 100]), ("second segment short", [FIRST, 5, 5]),
                           ("first segment too long", [FIRST + 1, 5])):
        case("sealed wrongly: " + name, built(asked, [node], repeated(sum(segments)), segments), reason="body-tampered")
    return cases


def grant_cases(world):
    a, b = world.a, world.b
    asked, given = contexts(world)
    text, cases = b"granted", []

    def make(context, **other):
        file_key, info = os.urandom(32), envelope.context_bytes(context)
        sealed = envelope.header(file_key, info, [a.user_encryption_key.public_key()]) + envelope.body(file_key, info, text)
        content = grant(world) | {"payload": names.digest(sealed), "kind": context["kind"]}
        if context["kind"] == "input":
            content = {k: v for k, v in content.items() if k not in ("epoch", "nodeKey")}
        bound = f"vantage-grant-v1\npayload={content['payload']}\n".encode() + info
        wrapped = envelope.wrap(file_key, b.user_encryption_key.public_key(), bound)
        content |= {"enc": names.encode64(wrapped[:65]), "wrapped": names.encode64(wrapped[65:])} | other
        return sealed, sign(content, "vantage-grant+jws", a.user_key, a.user_chain)

    def case(name, sealed, jws, reason=None, key="b-user-encryption", edits=None):
        made = {"name": name, "envelope": {"hex": sealed.hex()}, "grant": jws, "key": key, "at": instant(NOW), "pinned": world.pinned}
        made |= {"edits": edits} if edits else {}
        cases.append(made | ({"reason": reason} if reason else {"expect": {"plaintext": text.hex()}}))

    sealed, jws = make(given)
    case("of a result", sealed, jws)
    case("of an input", *make(asked))
    case("for another key", sealed, jws, "not-a-recipient", key="a-user-encryption")
    case("of another envelope", make(given)[0], jws, "header-tampered")
    for name, change in (("another run", {"run": new_id("run")}), ("another epoch", {"epoch": 4}), ("another kind", {"kind": "log"}),
                         ("another payload", {"payload": names.digest(b"another")}), ("another key", {"wrapped": names.encode64(bytes(48))})):
        case("stating " + name, *make(given, **change), "key-not-unwrapped")
    case("header altered", sealed, jws, "header-tampered", edits=[{"flip": 8 * 100}])
    case("body altered", sealed, jws, "body-tampered", edits=[{"flip": 8 * 230}])
    case("cut off", sealed, jws, "truncated", edits=[{"truncate": 200}])
    return cases
