"""Section 4 and the documents of sections 5 to 11, bent in one place each."""

import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from vantage.protocol import keys, names
from vantage.protocol.jws import sign, sign_bytes

from .world import END, NOW, Hospital, instant, later, new_id


CHALLENGE, AUDIENCE = "c2lnbiBtZQ", "https://coordinator.example/"
TYPES = {name: f"vantage-{name}+jws" for name in ("manifest", "receipt", "pins", "catalogue", "grant")} | {
    "sign-in": "vantage-node-sign-in+jws"}


def manifest(world):
    a = world.a
    return {
        "v": 1, "task": world.task, "job": world.job, "collaboration": world.collaboration, "type": "analysis",
        "algorithm": world.algorithm, "function": "partial",
        "targets": [{"organization": h.id, "run": world.run if h is a else new_id("run"), "node": h.node,
                     "encryptionKey": keys.id_of(h.node_encryption_key),
                     "input": {"digest": names.digest(b"input"), "size": 1000}, "alternates": []} for h in (a, world.b)],
        "data": [{"label": "cohort", "kind": "source", "id": "wdbc", "version": "1"}],
        "resources": {"cpu": 0.5, "memoryMiB": 512, "diskMiB": 64, "timeSeconds": 600, "accelerators": 0},
        "recipients": [{"organization": a.id, "principal": a.user, "key": keys.id_of(a.user_encryption_key),
                        "certificate": names.encode64(a.user_encryption)}],
        "lostNode": "wait", "purpose": "Überlebenszeit nach Erstdiagnose", "notBefore": instant(NOW), "notAfter": instant(later(days=7)),
        "nonce": names.encode_url(os.urandom(16))}


def full_manifest(world):
    """With every member."""
    a, b = world.a, world.b
    full = manifest(world) | {
        "study": new_id("stu"), "session": "s1", "projectCode": "P-7", "lostNode": "retry",
        "parent": {"task": new_id("tsk"), "manifest": names.digest(b"parent")}, "delegation": {
            "delegateKey": keys.id_of(b.node_key), "algorithm": world.algorithm, "functions": ["partial"],
            "targets": [{"organization": a.id, "node": a.node, "encryptionKey": keys.id_of(a.node_encryption_key)}],
            "data": [{"label": "cohort", "kind": "frame", "id": "f", "digest": names.digest(b"frame")}],
            "maxTasks": 40, "notAfter": "2026-06-07T11:59:59.25Z"}}
    full["targets"][0]["alternates"] = [{"node": new_id("nod"), "encryptionKey": names.digest(b"k")[7:],
                                         "input": {"digest": names.digest(b"i"), "size": 9}}]
    return full


def receipt(world, sealed=b"sealed", inner=b"inner"):
    return {
        "v": 1, "task": world.task, "run": world.run, "epoch": 3, "node": world.a.node, "outcome": "succeeded",
        "manifest": names.digest(b"manifest"), "algorithm": world.algorithm,
        "payloads": [{"kind": "result", "digest": names.digest(sealed), "size": len(sealed)}], "inner": names.digest(inner)}


def pins(world):
    return {"v": 1, "issuer": world.a.id, "serial": 7, "issuedAt": instant(NOW), "roots": [
        {"organization": h.id, "name": h.name, "certificate": names.encode64(h.root)} for h in (world.a, world.b)]}


def catalogue(world):
    return {"v": 1, "issuer": world.a.id, "serial": 3, "issuedAt": instant(NOW), "algorithms": [
        {"name": "summary", "version": "1.0.0", "ref": world.algorithm, "title": "Summary statistics", "functions": ["partial", "central"]}]}


def sign_in(world):
    return {"v": 1, "node": world.a.node, "challenge": CHALLENGE, "audience": AUDIENCE, "issuedAt": instant(NOW)}


def grant(world):
    return {"v": 1, "collaboration": world.collaboration, "task": world.task, "run": world.run, "kind": "result", "epoch": 3,
            "nodeKey": keys.id_of(world.a.node_key), "payload": names.digest(b"sealed"), "recipient": keys.id_of(world.b.user_encryption_key),
            "enc": names.encode64(keys.point(keys.new_key().public_key())), "wrapped": names.encode64(os.urandom(48)),
            "issuedAt": instant(NOW)}


def flip_content(jws, world):
    header, content, signature = jws.split(".")
    altered = names.decode_url(content).replace(b'"challenge":"c', b'"challenge":"d')
    return ".".join((header, names.encode_url(altered), signature))


def with_signature(jws, change):
    head, signature = jws.rsplit(".", 1)
    return head + "." + names.encode_url(change(names.decode_url(signature)))


def high_s(signature):
    return signature[:32] + (keys.ORDER - int.from_bytes(signature[32:], "big")).to_bytes(32, "big")


def next_letter(jws):
    """Sets an unused bit in the last character of the signature (86 characters hold 4 bits too many)."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return jws[:-1] + alphabet[alphabet.index(jws[-1]) + 1]


def document_cases(world):
    a, b = world.a, world.b
    typ, cases = TYPES, []

    def case(name, document, jws, reason=None, signer=None, **more):
        made = {"name": name, "document": document, "jws": jws, "at": instant(NOW), "pinned": world.pinned}
        made |= {"ownRoot": names.encode64(a.root)} if document == "pins" else {}
        made |= {"challenge": CHALLENGE, "audience": AUDIENCE} if document == "sign-in" else {}
        expect = {"reason": reason} if reason else {"expect": {"signer": a.identity(signer), "digest": names.digest(jws.encode())}}
        cases.append(made | more | expect)

    def by_user(document, content):
        return sign(content, typ[document], a.user_key, a.user_chain)

    def by_node(document, content):
        return sign(content, typ[document], a.node_key, a.node_chain)

    def by_root(document, content):
        return sign(content, typ[document], a.root_key, [a.root])

    user, node = f"{a.user}/signing", f"{a.node}/signing"
    case("manifest by a person", "manifest", by_user("manifest", manifest(world)), signer=user)
    subtask = manifest(world) | {"parent": {"task": new_id("tsk"), "manifest": names.digest(b"parent")}}
    case("manifest by a node", "manifest", by_node("manifest", subtask), signer=node)
    case("manifest with every member", "manifest", by_user("manifest", full_manifest(world)), signer=user)
    case("pins by the root", "pins", by_root("pins", pins(world)), signer="root")
    case("pins seen before", "pins", by_root("pins", pins(world)), signer="root", lastSeenSerial=7)
    case("catalogue by the root", "catalogue", by_root("catalogue", catalogue(world)), signer="root")
    case("catalogue by a person", "catalogue", by_user("catalogue", catalogue(world)), signer=user)
    case("sign-in by the node", "sign-in", by_node("sign-in", sign_in(world)), signer=node)
    case("grant by a person", "grant", by_user("grant", grant(world)), signer=user)
    case("members in another order, with white space", "sign-in",
         sign_bytes(json.dumps(dict(reversed(sign_in(world).items())), indent=2).encode() + b"\n", typ["sign-in"], a.node_key, a.node_chain),
         signer=node)

    good = by_node("sign-in", sign_in(world))
    header, content, signature = good.split(".")
    for name, jws in (
            ("empty", ""), ("two parts", header + "." + content), ("four parts", good + "."), ("padded", good + "=="),
            ("line feed at the end", good + "\n"), ("unused bit set", next_letter(good)),
            ("characters of plain base64", header + "." + content + "." + "+" + signature[1:]),
            ("white space inside", header + ". " + content + "." + signature)):
        case("jws: " + name, "sign-in", jws, "jws-malformed")

    def with_header(name, text, reason="jws-header-refused"):
        signed = names.encode_url(text.encode() if isinstance(text, str) else json.dumps(text).encode()) + "." + content
        case("header: " + name, "sign-in", signed + "." + names.encode_url(keys.sign(a.node_key, signed.encode())), reason)

    plain = json.loads(names.decode_url(header))
    with_header("alg none", plain | {"alg": "none"})
    with_header("alg HS256", plain | {"alg": "HS256"})
    with_header("alg in lower case", plain | {"alg": "es256"})
    with_header("an unknown member", plain | {"kid": "1"})
    with_header("crit", plain | {"crit": ["exp"]})
    with_header("doubled member", '{"typ":"x",' + json.dumps(plain)[1:])
    with_header("no typ", {k: v for k, v in plain.items() if k != "typ"})
    with_header("no x5c", {k: v for k, v in plain.items() if k != "x5c"})
    with_header("x5c empty", plain | {"x5c": []})
    with_header("x5c of three", plain | {"x5c": plain["x5c"] + plain["x5c"][1:]})
    with_header("x5c a string", plain | {"x5c": plain["x5c"][0]})
    with_header("x5c with a line break", plain | {"x5c": [plain["x5c"][0][:64] + "\n" + plain["x5c"][0][64:], plain["x5c"][1]]})
    with_header("x5c without padding", plain | {"x5c": ["AAA", plain["x5c"][1]]})
    with_header("not an object", "[]")
    with_header("not JSON", "{")
    with_header("something after it", json.dumps(plain) + "{}")
    with_header("byte order mark", "\ufeff" + json.dumps(plain))
    with_header("typ a number", plain | {"typ": 1})
    with_header("the signer's certificate alone", plain | {"x5c": plain["x5c"][:1]}, "root-not-pinned")
    with_header("another organization's root", plain | {"x5c": [plain["x5c"][0], names.encode64(b.root)]}, "root-not-pinned")
    with_header("certificate cut short", plain | {"x5c": [names.encode64(a.node_signing[:-1]), plain["x5c"][1]]}, "certificate-malformed")
    with_header("another type", plain | {"typ": "vantage-receipt+jws"}, "wrong-type")
    with_header("another person's certificate", plain | {"x5c": [names.encode64(a.user_signing), plain["x5c"][1]]}, "signature-invalid")

    case("signer: root beside itself", "pins", sign(pins(world), typ["pins"], a.root_key, [a.root, a.root]), "jws-header-refused")
    stranger = world.stranger
    case("signer: not pinned", "manifest", sign(manifest(world), typ["manifest"], stranger.user_key, stranger.user_chain), "organization-not-pinned")
    forged = Hospital(a.name)
    forged.id = a.id
    forged.root = forged.certify("root", forged.root_key, subject=forged.subject)
    case("signer: forged root of the same organization", "manifest", sign(
        manifest(world), typ["manifest"], forged.user_key, [forged.certify(user, forged.user_key), forged.root]), "root-not-pinned")
    case("signer: an encryption key", "manifest", sign(
        manifest(world), typ["manifest"], a.user_encryption_key, [a.user_encryption, a.root]), "wrong-purpose")
    case("signer: expired", "manifest", by_user("manifest", manifest(world)), "certificate-expired", at=instant(later(days=700)))
    assert later(days=700) > END

    case("signature: content altered", "sign-in", flip_content(good, world), "signature-invalid")
    case("signature: the greater s", "sign-in", with_signature(good, high_s), "signature-invalid")
    case("signature: one byte short", "sign-in", with_signature(good, lambda s: s[:-1]), "signature-invalid")
    case("signature: empty", "sign-in", with_signature(good, lambda s: b""), "signature-invalid")
    case("signature: zero", "sign-in", with_signature(good, lambda s: bytes(64)), "signature-invalid")
    case("signature: DER", "sign-in", with_signature(
        good, lambda s: a.node_key.sign((header + "." + content).encode(), ec.ECDSA(hashes.SHA256()))), "signature-invalid")
    case("signature: by another key", "sign-in", sign(sign_in(world), typ["sign-in"], a.user_key, a.node_chain), "signature-invalid")

    def content_case(name, text, document="sign-in"):
        data = text if isinstance(text, bytes) else text.encode() if isinstance(text, str) else json.dumps(text).encode()
        key, chain = (a.node_key, a.node_chain) if document == "sign-in" else (a.user_key, a.user_chain)
        case("content: " + name, document, sign_bytes(data, typ[document], key, chain), "content-invalid")

    base, ask = sign_in(world), manifest(world)
    content_case("unknown member", base | {"extra": 1})
    content_case("doubled member", json.dumps(base)[:-1] + ',"v":1}')
    content_case("missing member", {k: v for k, v in base.items() if k != "audience"})
    content_case("name in another case", {k.upper() if k == "node" else k: v for k, v in base.items()})
    content_case("required member null", base | {"audience": None})
    content_case("version 2", base | {"v": 2})
    content_case("version as text", base | {"v": "1"})
    content_case("version with a fraction", json.dumps(base).replace('"v": 1', '"v": 1.0'))
    content_case("version with an exponent", json.dumps(base).replace('"v": 1', '"v": 1e0'))
    content_case("id in upper case", base | {"node": base["node"].replace("a", "A").replace("0", "A", 1)})
    content_case("id of another kind", base | {"node": base["node"].replace("nod", "usr")})
    content_case("instant with an offset", base | {"issuedAt": instant(NOW).replace("Z", "+00:00")})
    content_case("instant without Z", base | {"issuedAt": instant(NOW)[:-1]})
    content_case("instant with a trailing zero", base | {"issuedAt": instant(NOW)[:-1] + ".50Z"})
    content_case("instant with eight digits", base | {"issuedAt": instant(NOW)[:-1] + ".12345678Z"})
    content_case("instant in other digits", base | {"issuedAt": "२०२६-06-01T12:00:00Z"})
    content_case("instant that is none", base | {"issuedAt": "2026-02-30T00:00:00Z"})
    content_case("an array", "[]")
    content_case("null", "null")
    content_case("empty", "")
    content_case("something after it", json.dumps(base) + " {}")
    content_case("trailing comma", json.dumps(base)[:-1] + ",}")
    content_case("a comment", json.dumps(base) + "// no")
    content_case("byte order mark", "\ufeff" + json.dumps(base))
    content_case("broken UTF-8", json.dumps(base).encode().replace(b"coordinator", b"co\xffrdinator"))
    content_case("half a surrogate pair", json.dumps(base).replace("coordinator", "\\ud800"))
    content_case("unknown member inside", ask | {"resources": ask["resources"] | {"gpu": 1}}, "manifest")
    content_case("doubled member inside", json.dumps(ask).replace('"diskMiB": 64', '"diskMiB": 64, "diskMiB": 65'), "manifest")
    content_case("enumeration in another case", ask | {"type": "Analysis"}, "manifest")
    content_case("enumeration as a number", ask | {"lostNode": 0}, "manifest")
    content_case("two words for one", ask | {"lostNode": "wait, retry"}, "manifest")
    content_case("digest in upper case", ask | {"algorithm": world.algorithm.upper()}, "manifest")
    content_case("bytes without padding", ask | {"recipients": [ask["recipients"][0] | {"certificate": "AAA"}]}, "manifest")
    content_case("an absent member written as null", ask | {"study": None}, "manifest")
    content_case("null in a list", ask | {"data": [None]}, "manifest")

    case("pins by a person", "pins", by_user("pins", pins(world)), "wrong-signer")
    case("pins of another organization", "pins", by_root("pins", pins(world) | {"issuer": b.id}), "wrong-signer")
    case("pins by another root", "pins", sign(pins(world), typ["pins"], b.root_key, [b.root]), "organization-not-pinned")
    case("pins older than seen", "pins", by_root("pins", pins(world)), "superseded", lastSeenSerial=8)
    case("pins with serial 0", "pins", by_root("pins", pins(world) | {"serial": 0}), "content-invalid")
    entry = pins(world)["roots"][0]
    case("pins with a root twice", "pins", by_root("pins", pins(world) | {"roots": [entry, entry]}), "content-invalid")
    case("pins with a root under another organization", "pins",
         by_root("pins", pins(world) | {"roots": [entry | {"organization": b.id}]}), "certificate-malformed")
    case("pins with a person's certificate", "pins",
         by_root("pins", pins(world) | {"roots": [entry | {"certificate": names.encode64(a.user_signing)}]}), "certificate-malformed")
    case("catalogue by a node", "catalogue", by_node("catalogue", catalogue(world)), "wrong-signer")
    case("catalogue of another organization", "catalogue", by_user("catalogue", catalogue(world) | {"issuer": b.id}), "wrong-signer")
    case("catalogue older than seen", "catalogue", by_user("catalogue", catalogue(world)), "superseded", lastSeenSerial=4)
    case("catalogue with an entry twice", "catalogue",
         by_user("catalogue", catalogue(world) | {"algorithms": catalogue(world)["algorithms"] * 2}), "content-invalid")
    case("sign-in of another node", "sign-in", by_node("sign-in", sign_in(world) | {"node": b.node}), "wrong-signer")
    case("sign-in by a person", "sign-in", by_user("sign-in", sign_in(world)), "wrong-signer")
    case("sign-in to another challenge", "sign-in", by_node("sign-in", sign_in(world) | {"challenge": "x"}), "content-invalid")
    case("sign-in for another audience", "sign-in", by_node("sign-in", sign_in(world) | {"audience": "https://evil.example/"}), "content-invalid")
    case("grant of an input with an epoch", "grant", by_user("grant", grant(world) | {"kind": "input"}), "content-invalid")
    case("grant of a result without an epoch", "grant", by_user("grant", {k: v for k, v in grant(world).items() if k != "epoch"}), "content-invalid")
    case("grant with a short key", "grant", by_user("grant", grant(world) | {"wrapped": names.encode64(bytes(47))}), "content-invalid")
    return cases
