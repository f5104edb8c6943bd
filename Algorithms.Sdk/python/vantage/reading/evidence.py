"""What a run is known to have been: verified signatures, not the Coordinator's word."""

from collections import namedtuple
from datetime import datetime, timezone

from ..errors import SWAPPED, VantageError, believing
from ..protocol import documents, jws, names, tables
from ..protocol.refusal import Refused

Proof = namedtuple("Proof", "manifest manifest_digest asker receipt")


def prove(channel, pins, task, run, asked=None):
    """`asked` is the digest of the manifest that this process signed, where it did."""
    found = channel.get(f"runs/{run}/evidence")
    now = datetime.now(timezone.utc)
    with believing(f"The question of {run}"):
        # Certificates may have run out since: what counts is the time in which the signed manifest let things happen.
        claimed = _claimed(found["manifest"])
        manifest = documents.manifest(found["manifest"], pins.roots, min(now, names.time(claimed["notBefore"])))
    content = manifest.content
    target = next((t for t in content["targets"] if t["run"] == run), None)
    if content["task"] != task or target is None or asked not in (None, manifest.digest):
        raise VantageError("receipt-untrusted", f"What the Coordinator shows as the question of {run} is another one.",
                           SWAPPED)
    if not found.get("receipt"):
        raise VantageError("nothing-there", f"{run} has no receipt: no node has ended it.",
                           f"See why: vantage task explain {task}")
    expected = {
        "manifest": manifest.digest, "task": task, "run": run, "organization": target["organization"],
        "algorithm": content["algorithm"],
        "nodes": [target["node"]] + [a["node"] for a in target.get("alternates", [])]}
    with believing(f"The receipt of {run}"):
        receipt = documents.receipt(found["receipt"], expected, pins.roots, min(now, names.time(content["notAfter"])))
    return Proof(content, manifest.digest, manifest.signer, receipt)


def require_runs(proof, view):
    """By what was signed, a task has exactly the runs that the Coordinator shows, each at the organization that it says:
    none left out, none under another's name."""
    signed = {target["run"]: target["organization"] for target in proof.manifest["targets"]}
    if signed != {run["id"]: run["organization"] for run in view["runs"]}:
        what = f"The runs that the Coordinator shows of {view['id']} are not those that were signed."
        raise VantageError("receipt-untrusted", what, SWAPPED)


def _claimed(compact):
    """The content before anything of it is believed."""
    parts = compact.split(".")
    try:
        return jws.read(names.decode_url(parts[1]), tables.MANIFEST, "content-invalid")
    except (IndexError, ValueError) as e:
        raise Refused("jws-malformed", str(e)) from e
