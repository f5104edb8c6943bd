#!/usr/bin/python3
"""Agrees with every vector in tests/vectors, or says where not. Section 15 of docs/protocol.md."""

import hashlib
import json
import pathlib
import sys
from datetime import datetime

import python_client  # noqa: F401  (finds vantage)
from making.edits import apply, build, plaintext_of
from vantage.protocol import (backups, certificates, charters, dictionaries, documents, envelope, hpke, keys, names,
                              reviews, revocations, trails)
from vantage.protocol.refusal import Refused

DEFAULT = pathlib.Path(__file__).resolve().parent.parent / "vectors"


def load(folder, name):
    return json.loads((folder / name).read_text())


def at(case):
    return datetime.fromisoformat(case["at"].replace("Z", "+00:00"))


def pinned(case):
    return [certificates.Certificate(names.decode64(der)) for der in case["pinned"]]


def run_certificate(case, _):
    found = certificates.verify_for(names.decode64(case["certificate"]), case["purpose"], pinned(case), at(case))
    return {"identity": found.identity, "key": found.key_id, "name": found.name}


def run_document(case, _):
    kind, compact, when = case["document"], case["jws"], at(case)
    if kind == "pins":
        own = certificates.Certificate(names.decode64(case["ownRoot"]))
        document = documents.pins(compact, own, when, case.get("lastSeenSerial", 0))[0]
    elif kind == "catalogue":
        document = documents.catalogue(compact, pinned(case), when, case.get("lastSeenSerial", 0))
    elif kind == "sign-in":
        document = documents.sign_in(compact, case["challenge"], case["audience"], pinned(case), when)
    else:
        document = getattr(documents, kind)(compact, pinned(case), when)
    return {"signer": document.signer.identity, "digest": document.digest}


def run_envelope(case, private):
    opened = envelope.open_envelope(apply(build(case["envelope"]), case.get("edits", [])), case["context"], private[case["key"]])
    return {"plaintext": names.digest(opened)}


def run_grant(case, private):
    content = documents.grant(case["grant"], pinned(case), at(case)).content
    sealed = apply(build(case["envelope"]), case.get("edits", []))
    return {"plaintext": names.digest(documents.open_by_grant(sealed, content, private[case["key"]]))}


def run_receipt(case, private):
    manifest = documents.manifest(case["manifest"], pinned(case), at(case))
    target = next(t for t in manifest.content["targets"] if t["run"] == case["run"])
    expected = {
        "manifest": manifest.digest, "task": manifest.content["task"], "run": case["run"],
        "organization": target["organization"], "algorithm": manifest.content["algorithm"],
        "nodes": [target["node"]] + [a["node"] for a in target.get("alternates", [])]}
    receipt = documents.receipt(case["receipt"], expected, pinned(case), at(case))
    sealed = apply(build(case["envelope"]), case.get("edits", []))
    _, body = documents.result(receipt, manifest.content["collaboration"], case["kind"], sealed, private[case["key"]])
    return {"body": names.digest(body)}


def run_trail(case, _):
    last, shown, hidden = trails.verify(case["lines"], case.get("key"), case.get("heads", ()))
    return {"size": last["size"], "root": last["root"], "shown": shown, "hidden": hidden}


def run_revocations(case, _):
    before = case.get("before") and revocations.verify(case["before"], pinned(case), at(case))
    found = revocations.verify(case["statement"], pinned(case), at(case), before)
    if "certificate" in case:
        certificate = certificates.Certificate(names.decode64(case["certificate"]))
        assert (found.against(certificate, names.time(case["instant"])) is not None) == case["against"], case["name"]
    return {"signer": found.signer.identity}


def run_backup(case, _):
    document = backups.verify(case["backup"], pinned(case))
    return {"content": names.digest(backups.open_backup(document, case["released"], keys.from_pem(case["key"])))}


def run_charter(case, _):
    own = certificates.Certificate(names.decode64(case["ownRoot"]))
    return {"digest": charters.take(None, case["versions"], case["collaboration"], own, at(case)).head.digest}


def run_review(case, _):
    if "reviews" in case:
        words = [reviews.verify(word, pinned(case), at(case)) for word in case["reviews"]]
        outcome, by = reviews.judge(case["rule"], case["algorithm"], words, names.time(case["judgedAt"]))
        return {"outcome": outcome, "by": sorted(by)}
    found = reviews.verify(case["review"], pinned(case), at(case))
    return {"reviewer": found.reviewer, "organization": found.organization, "digest": found.digest}


def run_dictionary(case, _):
    found = dictionaries.verify(case["statement"], pinned(case), at(case))
    return {"signer": found.signer.identity, **found.content["dictionary"]}


def check_envelope_digests(cases):
    """Large envelopes are built up from their secrets: sealing agrees byte for byte."""
    for case in cases:
        if "digest" in case["envelope"]:
            built = names.digest(build(case["envelope"]))
            if built != case["envelope"]["digest"]:
                yield f"envelope {case['name']}: sealed to {built}"


def check_rfc9180(folder):
    base = load(folder, "rfc9180-a3.json")["modes"]["base"]
    setup = {name: bytes.fromhex(value) if len(value) > 2 else int(value) for name, value in base["setup"].items()}
    recipient, ephemeral = hpke.derive_key_pair(setup["ikmR"]), hpke.derive_key_pair(setup["ikmE"])
    sender, enc = hpke.sender(recipient.public_key(), setup["info"], hpke.AES_128_GCM, ephemeral)
    wanted = {int(e["sequence number"]): e for e in base["encryptions"]}
    assert enc == setup["enc"]
    for sequence in range(max(wanted) + 1):
        vector = wanted.get(sequence, {"aad": "", "pt": "", "ct": None})
        sealed = sender.seal(bytes.fromhex(vector["aad"]), bytes.fromhex(vector["pt"]))
        assert vector["ct"] in (None, sealed.hex()), sequence
    for export in base["exports"]:
        assert sender.export(bytes.fromhex(export["exporter_context"]), int(export["L"])).hex() == export["exported_value"]
    return len(wanted) + len(base["exports"])


def check_own_suite(folder):
    vector = {k: bytes.fromhex(v) if isinstance(v, str) and k not in ("source", "accumulation") else v
              for k, v in load(folder, "rfc9180-p256-aes256gcm.json").items()}
    recipient, ephemeral = hpke.derive_key_pair(vector["ikmR"]), hpke.derive_key_pair(vector["ikmE"])
    sender, enc = hpke.sender(recipient.public_key(), vector["info"], hpke.AES_256_GCM, ephemeral)
    assert enc == vector["enc"]
    draw = source()
    sealed = b"".join(sender.seal(*[draw(), draw()]) for _ in range(1000))
    assert hashlib.shake_128(sealed).digest(16) == vector["encryptions_accumulated"]
    draw = source()
    exported = b"".join(sender.export(draw(), length) for length in range(1000))
    assert hashlib.shake_128(exported).digest(16) == vector["exports_accumulated"]
    return 2000


def source():
    stream, position = hashlib.shake_128(b"").digest(1000 * 2 * 256), 0

    def draw():
        nonlocal position
        length = stream[position]
        drawn = stream[position + 1:position + 1 + length]
        position += 1 + length
        return drawn

    return draw


def expected_of(case):
    if "reason" in case:
        return {"reason": case["reason"]}
    wanted = dict(case["expect"])
    for name in ("plaintext", "body"):
        if name in wanted:
            wanted[name] = names.digest(plaintext_of(wanted[name]))
    return wanted


def check(name, cases, run, private):
    for case in cases:
        try:
            found = run(case, private)
        except Refused as refused:
            found = {"reason": refused.code}
        if found != expected_of(case):
            yield f"{name} {case['name']}: expected {expected_of(case)}, found {found}"


def main(folder):
    private = {name: keys.from_pem(pem) for name, pem in load(folder, "keys.json").items()}
    print(f"rfc9180-a3.json: {check_rfc9180(folder)} values reproduced")
    print(f"rfc9180-p256-aes256gcm.json: {check_own_suite(folder)} values reproduced")
    wrong = []
    for name, run in (("certificates", run_certificate), ("documents", run_document), ("envelopes", run_envelope),
                      ("grants", run_grant), ("receipts", run_receipt), ("trails", run_trail),
                      ("revocations", run_revocations), ("backups", run_backup), ("charters", run_charter),
                      ("reviews", run_review), ("dictionaries", run_dictionary)):
        cases = load(folder, name + ".json")["cases"]
        found = list(check(name, cases, run, private))
        if name == "envelopes":
            found += check_envelope_digests(cases)
        invalid = sum("reason" in case for case in cases)
        print(f"{name}.json: {len(cases) - invalid} valid and {invalid} invalid, {len(found)} disagreements")
        wrong += found
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
