"""Section 7: manifest, receipt and envelope together, bent in one place each."""

import json
import os

from vantage.protocol import envelope, names
from vantage.protocol.documents import frame
from vantage.protocol.jws import sign

from .documents import manifest, receipt
from .envelopes import contexts
from .world import NOW, instant, new_id

BODY = b'{"count":{"radius":190}}'


def inner(body):
    return {"v": 1, "salt": names.encode_url(os.urandom(16)), "datasets": [{"label": "cohort", "id": "wdbc", "version": "1", "rows": 190}],
            "policy": {"version": "4", "rule": "allow-summary"}, "suppressions": 2, "plaintext": names.digest(body),
            "sandbox": {"runtime": "process", "enforced": {"network": "none", "memory": "512 MiB"}}, "agent": "vantage-node/0.1.0",
            "startedAt": instant(NOW), "finishedAt": "2026-06-01T12:00:01.5Z"}


def receipt_cases(world):
    a, b = world.a, world.b
    _, given = contexts(world)
    asked = sign(manifest(world), "vantage-manifest+jws", a.user_key, a.user_chain)
    cases = []

    def case(name, reason=None, context=None, inside=None, inside_bytes=None, plaintext=None, signer=None, **changes):
        """`changes` are to the outer receipt."""
        kind = changes.pop("kind", "result")
        inner_bytes = inside_bytes if inside_bytes is not None else json.dumps(inner(BODY) | (inside or {})).encode()
        sealed = envelope.seal(plaintext if plaintext is not None else frame(inner_bytes, BODY),
                               context or given | {"kind": kind}, [a.user_encryption_key.public_key()])
        outer = receipt(world, sealed, inner_bytes) | {"manifest": names.digest(asked.encode())}
        outer["payloads"][0]["kind"] = kind
        if kind == "error":
            outer |= {"outcome": "refused", "code": "policy-refused"}
        if kind == "log":
            outer |= {"outcome": "failed", "code": "x", "inner": None}
        outer = {k: v for k, v in (outer | changes).items() if v is not None}
        key, chain = signer or (a.node_key, a.node_chain)
        made = {"name": name, "manifest": asked, "run": world.run, "kind": kind, "receipt": sign(outer, "vantage-receipt+jws", key, chain),
                "envelope": {"hex": sealed.hex()}, "key": "a-user-encryption", "at": instant(NOW), "pinned": world.pinned}
        made |= {"edits": changes.pop("edits")} if "edits" in changes else {}
        cases.append(made | ({"reason": reason} if reason else {"expect": {"body": BODY.hex()}}))
        return made

    valid = case("a result")
    case("an error", kind="error")
    case("an inner receipt with the least", inside={"datasets": [], "sandbox": {"runtime": "docker", "enforced": {}}})
    answers = [{"gate": "before-run", "word": "approved", "subject": names.digest(b"shown"), "at": instant(NOW), "by": "maria"},
               {"gate": "before-release", "word": "expired", "subject": names.digest(b"held"), "at": instant(NOW)}]
    case("what people of the site answered", inside={"approvals": answers})

    case("version 2", "receipt-invalid", v=2)
    case("epoch 0", "receipt-invalid", epoch=0)
    case("success with a code", "receipt-invalid", code="policy-refused")
    case("failure with a result", "receipt-invalid", outcome="failed", code="algorithm-failed")
    case("refusal without a code", "receipt-invalid", kind="error", code=None)
    case("result without an inner receipt", "receipt-invalid", inner=None)
    case("an input as payload", "receipt-invalid", payloads=[{"kind": "input", "digest": names.digest(b""), "size": 1}])
    twice = [{"kind": "result", "digest": names.digest(b""), "size": 1}] * 2
    case("two results", "receipt-invalid", payloads=twice)
    case("result and error", "receipt-invalid", payloads=[twice[0], twice[0] | {"kind": "error"}])
    case("size 0", "receipt-invalid", payloads=[twice[0] | {"size": 0}])
    case("signed by another node of the organization", "wrong-node",
         signer=(a.user_key, [a.certify(f"{new_id('nod')}/signing", a.user_key), a.root]))
    case("signed by another organization's node", "wrong-node", signer=(b.node_key, b.node_chain), node=b.node)
    case("signed by a person", "wrong-node", signer=(a.user_key, a.user_chain))
    other = new_id("nod")
    case("of a node that the manifest does not name", "wrong-node", node=other,
         signer=(a.user_key, [a.certify(f"{other}/signing", a.user_key), a.root]))
    case("of another manifest", "other-run", manifest=names.digest(b"another"))
    case("of another task", "other-run", task=new_id("tsk"))
    case("of another run", "other-run", run=new_id("run"))
    case("of another algorithm", "other-run", algorithm="bundle:" + names.digest(b"another"))
    case("payload of another size", "payload-mismatch", payloads=[valid_payload(valid) | {"size": 1}])
    case("another payload", "payload-mismatch", payloads=[{"kind": "result", "digest": names.digest(b"another"), "size": 1}])
    case("sealed for another epoch", "key-not-unwrapped", context=given | {"epoch": 2})
    case("sealed as another kind", "key-not-unwrapped", context=given | {"kind": "error"})
    case("another inner receipt", "inner-mismatch", inner=names.digest(b"another"))
    case("inner receipt of another body", "inner-mismatch", inside={"plaintext": names.digest(b"another")})
    case("inner receipt with an unknown member", "inner-mismatch", inside={"extra": 1})
    case("inner receipt with a doubled member", "inner-mismatch", inside_bytes=json.dumps(inner(BODY))[:-1].encode() + b',"v":1}')
    case("inner receipt with a doubled limit", "inner-mismatch",
         inside_bytes=json.dumps(inner(BODY)).encode().replace(b'"network"', b'"memory": "1", "network"'))
    case("an answer to nothing", "inner-mismatch", inside={"approvals": [{k: v for k, v in answers[0].items() if k != "subject"}]})
    case("inner receipt with a null limit", "inner-mismatch", inside={"sandbox": {"runtime": "process", "enforced": {"network": None}}})
    case("inner receipt of version 2", "inner-mismatch", inside={"v": 2})
    case("inner receipt with a short salt", "inner-mismatch", inside={"salt": "AAAA"})
    case("inner receipt that is not JSON", "inner-mismatch", inside_bytes=b"inner")
    case("no inner receipt's length", "inner-mismatch", plaintext=b"\x00\x00")
    case("inner receipt longer than the plaintext", "inner-mismatch", plaintext=b"\x00\x00\x01\x00{}")
    case("inner receipt of 4 GiB", "inner-mismatch", plaintext=b"\xff\xff\xff\xff{}")
    return cases


def valid_payload(made):
    sealed = bytes.fromhex(made["envelope"]["hex"])
    return {"kind": "result", "digest": names.digest(sealed), "size": len(sealed)}
