#!/usr/bin/python3
"""One request as JSON on standard input, one answer as JSON on standard output. For tests of both implementations at once."""

import json
import sys
from datetime import datetime

import python_client  # noqa: F401  (finds vantage)
from making.world import Hospital, instant, later
from vantage.protocol import certificates, documents, envelope, jws, keys, names
from vantage.protocol.refusal import Refused


def seal(plaintext, context, recipients):
    public = [keys.public_from_spki(names.decode64(r)) for r in recipients]
    return {"envelope": names.encode64(envelope.seal(names.decode64(plaintext), context, public))}


def open_envelope(sealed, context, key):
    return {"plaintext": names.encode64(envelope.open_envelope(names.decode64(sealed), context, keys.from_pem(key)))}


def sign():
    """A catalogue, by a person of a hospital that did not exist before."""
    hospital = Hospital("Ospedale San Matteo")
    content = {"v": 1, "issuer": hospital.id, "serial": 1, "issuedAt": instant(later()), "algorithms": [
        {"name": "summary", "version": "1.0.0", "ref": "bundle:" + names.digest(b"x"), "title": "Größe", "functions": ["partial"]}]}
    return {"jws": jws.sign(content, "vantage-catalogue+jws", hospital.user_key, hospital.user_chain),
            "root": names.encode64(hospital.root), "signer": hospital.identity(f"{hospital.user}/signing"), "at": instant(later())}


def verify(document, root, at):
    roots = [certificates.Certificate(names.decode64(root))]
    found = documents.catalogue(document, roots, datetime.fromisoformat(at.replace("Z", "+00:00")))
    return {"signer": found.signer.identity, "digest": found.digest, "title": found.content["algorithms"][0]["title"]}


def main():
    request = json.load(sys.stdin)
    verbs = {"seal": seal, "open": open_envelope, "sign": sign, "verify": verify}
    try:
        answer = verbs[request.pop("do")](**request)
    except Refused as refused:
        answer = {"refused": refused.code}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
