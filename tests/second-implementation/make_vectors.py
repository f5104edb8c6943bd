#!/usr/bin/python3
"""Writes a fresh set of vectors, valid and invalid, with new keys: make_vectors.py DIR."""

import json
import pathlib
import sys

import python_client  # noqa: F401  (finds vantage)
from making import world
from making.backups import backup_cases
from making.certificates import certificate_cases
from making.charters import charter_cases
from making.dictionaries import dictionary_cases
from making.documents import document_cases
from making.envelopes import envelope_cases, grant_cases
from making.receipts import receipt_cases
from making.reviews import review_cases
from making.revocations import revocation_cases
from making.trails import trail_cases


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    made = world.World()
    files = {
        "keys.json": made.private_keys(),
        "certificates.json": {"cases": certificate_cases(made)},
        "documents.json": {"cases": document_cases(made)},
        "envelopes.json": {"cases": envelope_cases(made)},
        "grants.json": {"cases": grant_cases(made)},
        "receipts.json": {"cases": receipt_cases(made)},
        "trails.json": {"cases": trail_cases()},
        "revocations.json": {"cases": revocation_cases(made)},
        "backups.json": {"cases": backup_cases(made)},
        "charters.json": {"cases": charter_cases(made)},
        "reviews.json": {"cases": review_cases(made)},
        "dictionaries.json": {"cases": dictionary_cases(made)},
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=1, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
