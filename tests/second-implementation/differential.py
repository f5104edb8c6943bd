#!/usr/bin/python3
"""Certificates and documents bent at random, with what this implementation makes of them: differential.py SEED COUNT."""

import json
import random
import sys

import python_client  # noqa: F401  (finds vantage)
import check_vectors
from making import bending, documents as made
from making.world import NOW, World, instant
from vantage.protocol import keys, names
from vantage.protocol.jws import sign_bytes
from vantage.protocol.refusal import Refused


def certificate(chance, world):
    a = world.a
    der, purpose = chance.choice([(a.user_signing, "signing"), (a.node_encryption, "encryption"), (a.root, "root")])
    return {"certificate": names.encode64(bending.bent_certificate(chance, der, a.root_key)), "purpose": purpose}


def document(chance, world):
    a = world.a
    kind, content, key, chain = chance.choice([
        ("manifest", made.full_manifest(world), a.user_key, a.user_chain), ("pins", made.pins(world), a.root_key, [a.root]),
        ("catalogue", made.catalogue(world), a.user_key, a.user_chain), ("grant", made.grant(world), a.user_key, a.user_chain),
        ("sign-in", made.sign_in(world), a.node_key, a.node_chain)])
    typ = made.TYPES[kind]
    case = {"document": kind, "ownRoot": names.encode64(a.root), "challenge": made.CHALLENGE, "audience": made.AUDIENCE}
    if chance.random() < 0.15:
        header = bending.bent_text(chance, bending.header_of(typ, chain))
        signed = names.encode_url(header) + "." + names.encode_url(json.dumps(content).encode())
        return case | {"jws": signed + "." + names.encode_url(keys.sign(key, signed.encode()))}
    return case | {"jws": sign_bytes(bending.bent_content(chance, content), typ, key, chain)}


def judged(case, run):
    try:
        found = run(case, None)
        return case | {"found": found.get("identity") or found["signer"]}
    except Refused as refused:
        return case | {"found": refused.code}


def main(seed, count):
    chance, world = random.Random(seed), World()
    common = {"at": instant(NOW), "pinned": world.pinned}
    json.dump({
        "certificates": [judged(certificate(chance, world) | common, check_vectors.run_certificate) for _ in range(count)],
        "documents": [judged(document(chance, world) | common, check_vectors.run_document) for _ in range(count)]}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
