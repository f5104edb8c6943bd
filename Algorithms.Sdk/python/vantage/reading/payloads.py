"""A run's result, error or log, opened and verified against its receipt."""

import json
from collections import namedtuple

from ..errors import SWAPPED, VantageError, believing
from ..home.user_keys import key_among
from ..protocol import documents, envelope, names
from .download import download

Failure = namedtuple("Failure", "code rule message detail")


def opened(home, channel, proof, kind):
    """The inner receipt (None for a log) and the body."""
    receipt = proof.receipt
    run = receipt.content["run"]
    payload = next((p for p in receipt.content["payloads"] if p["kind"] == kind), None)
    if payload is None:
        raise VantageError("nothing-there", f"{run} ended as {receipt.content['outcome']} without "
                                            f"{'its detail' if kind == 'error' else f'a {kind}'}.")
    sealed = download(channel, f"runs/{run}/payloads/{kind}", payload["size"])
    key = key_among(home, [r["key"] for r in proof.manifest["recipients"]])
    with believing(f"The {kind} of {run}"):
        if kind == "log":
            return None, _open_log(receipt, proof.manifest["collaboration"], payload, sealed, key)
        return documents.result(receipt, proof.manifest["collaboration"], kind, sealed, key)


def _open_log(receipt, collaboration, payload, sealed, key):
    if payload["digest"] != names.digest(sealed):
        raise VantageError("receipt-untrusted", "The log is not what the node signed for.", SWAPPED)
    content = receipt.content
    return envelope.open_envelope(sealed, {
        "collaboration": collaboration, "task": content["task"], "run": content["run"], "kind": "log",
        "epoch": content["epoch"], "node": receipt.signer.key_id}, key)


def value(run, body):
    try:
        return json.loads(body)
    except ValueError as e:
        raise VantageError("payload-unreadable", f"The result of {run} is no JSON: {e}",
                           "Write it to a file: vantage task result TASK --site SITE --out FILE.") from e


def failure(receipt, inner, body):
    """Why a run has no result, as its node told the recipients alone."""
    code = receipt.content.get("code", "unknown")
    rule = inner["policy"]["rule"]
    try:
        told = json.loads(body)
        return Failure(code, rule, str(told["message"]), told.get("detail"))
    except (ValueError, KeyError, TypeError):
        return Failure(code, rule, body.decode("utf-8", "replace"), None)
