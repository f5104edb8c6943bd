"""Sections 7 to 11: what each kind of document asks beyond section 4."""

from . import certificates, envelope, jws, keys, names, tables
from .refusal import require


def manifest(compact, pinned, at):
    return jws.verify(compact, "vantage-manifest+jws", tables.MANIFEST, pinned, at)


def pins(compact, own_root, at, last_seen=0):
    """Section 9. Gives the document and the pinned roots."""
    own = certificates.pinned_root(own_root.organization, own_root)
    document = jws.verify(compact, "vantage-pins+jws", tables.PINS, [own], at)
    content = document.content
    require(document.signer.purpose == "root" and content["issuer"] == own.organization, "wrong-signer")
    require(content["serial"] >= last_seen, "superseded")
    roots = [certificates.pinned_root(r["organization"], certificates.Certificate(names.decode64(r["certificate"])))
             for r in content["roots"]]
    require(len({r.der for r in roots}) == len(roots), "content-invalid", "a root twice")
    return document, roots


def catalogue(compact, pinned, at, last_seen=0):
    document = jws.verify(compact, "vantage-catalogue+jws", tables.CATALOGUE, pinned, at)
    content, signer = document.content, document.signer
    require(signer.organization == content["issuer"] and not signer.principal.startswith("nod_"), "wrong-signer")
    entries = [(a["name"], a["version"]) for a in content["algorithms"]]
    require(len(set(entries)) == len(entries), "content-invalid", "an entry twice")
    require(content["serial"] >= last_seen, "superseded")
    return document


def sign_in(compact, challenge, audience, pinned, at):
    document = jws.verify(compact, "vantage-node-sign-in+jws", tables.SIGN_IN, pinned, at)
    content = document.content
    require(document.signer.principal == content["node"], "wrong-signer")
    require(content["challenge"] == challenge and content["audience"] == audience, "content-invalid")
    return document


def grant(compact, pinned, at):
    document = jws.verify(compact, "vantage-grant+jws", tables.GRANT, pinned, at)
    content = document.content
    from_node = content["kind"] != "input"
    require(("epoch" in content) == from_node, "content-invalid", "epoch")
    require(("nodeKey" in content) == from_node, "content-invalid", "nodeKey")
    return document


def open_by_grant(sealed, content, key):
    """Section 8."""
    require(content["recipient"] == keys.id_of(key), "not-a-recipient")
    context = {name: content[name] for name in ("collaboration", "task", "run", "kind")}
    if content["kind"] != "input":
        context |= {"epoch": content["epoch"], "node": content["nodeKey"]}
    context = envelope.context_bytes(context)
    info = f"vantage-grant-v1\npayload={content['payload']}\n".encode() + context
    wrapped = names.decode64(content["enc"]) + names.decode64(content["wrapped"])
    return envelope.open_with(sealed, lambda _: envelope.unwrap(wrapped, key, info), context)


def frame(inner, body):
    return len(inner).to_bytes(4, "big") + inner + body


def receipt(compact, expected, pinned, at):
    """7.3, steps 1 to 4. `expected` has manifest, task, run, organization, nodes and algorithm."""
    document = jws.verify(compact, "vantage-receipt+jws", tables.OUTER_RECEIPT, pinned, at)
    content, signer = document.content, document.signer
    _fit_together(content)
    require(signer.organization == expected["organization"] and signer.principal == content["node"]
            and content["node"] in expected["nodes"], "wrong-node")
    require(all(content[m] == expected[m] for m in ("manifest", "task", "run", "algorithm")), "other-run")
    return document


def _fit_together(content):
    kinds = [p["kind"] for p in content["payloads"]]
    succeeded = content["outcome"] == "succeeded"
    framed = ("result" in kinds) + ("error" in kinds)
    require(content["v"] == 1 and content["epoch"] >= 1
            and len(set(kinds)) == len(kinds) and set(kinds) <= {"result", "error", "log"}
            and all(p["size"] > 0 for p in content["payloads"])
            and ("result" in kinds) == succeeded and ("code" in content) != succeeded
            and framed <= 1 and ("inner" in content) == (framed == 1), "receipt-invalid")


def result(document, collaboration, kind, sealed, key):
    """7.3, steps 5 to 7. Gives the inner receipt and the body."""
    content = document.content
    payload = next((p for p in content["payloads"] if p["kind"] == kind), None)
    require(payload and payload["digest"] == names.digest(sealed) and payload["size"] == len(sealed), "payload-mismatch")
    context = {"collaboration": collaboration, "task": content["task"], "run": content["run"], "kind": kind,
               "epoch": content["epoch"], "node": document.signer.key_id}
    plaintext = envelope.open_envelope(sealed, context, key)
    length = int.from_bytes(plaintext[:4], "big")
    require(len(plaintext) >= 4 and length <= min(1 << 20, len(plaintext) - 4), "inner-mismatch")
    inner, body = plaintext[4:4 + length], plaintext[4 + length:]
    require(names.digest(inner) == content.get("inner"), "inner-mismatch")
    receipt_inside = jws.read(inner, tables.INNER_RECEIPT, "inner-mismatch")
    require(receipt_inside["plaintext"] == names.digest(body), "inner-mismatch")
    return receipt_inside, body
