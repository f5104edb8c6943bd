"""A manifest with its signature and its sealed inputs: the exact bytes that every attempt to submit sends."""

import os
from collections import namedtuple
from datetime import timedelta, timezone

from ..errors import VantageError
from ..protocol import envelope, jws, names, tables
from ..protocol.exact_json import record

SignedTask = namedtuple("SignedTask", "content jws inputs")
GRACE = timedelta(minutes=1)
LONGEST = timedelta(days=400)


def instant(at):
    text = at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f").rstrip("0").rstrip(".")
    return text + "Z"


def sign(request, collaboration, study, targets, keys, at, delegated=None, readers=None):
    """`inputs` of the result map an envelope's digest to its bytes. `delegated` makes the delegation, given its end;
    `readers` are the recipients, by default this device alone."""
    task, inputs = names.new_id("tsk"), {}

    def sealed(node, run):
        context = {"collaboration": collaboration, "task": task, "run": run, "kind": "input"}
        made = envelope.seal(request.arguments, context, [node.key])
        inputs[names.digest(made)] = made
        return {"digest": names.digest(made), "size": len(made)}

    def entry(target):
        run = names.new_id("run")
        made = {"organization": target.organization, "run": run, "node": target.node.id,
                "encryptionKey": target.node.key_id, "input": sealed(target.node, run)}
        if target.alternates:
            made["alternates"] = [{"node": n.id, "encryptionKey": n.key_id, "input": sealed(n, run)}
                                  for n in target.alternates]
        return made

    # A minute of grace: "at once" shall not mean "later" where another machine's clock lags.
    content = {
        "v": 1, "task": task, "job": request.job or names.new_id("job"), "collaboration": collaboration,
        "type": "analysis", "algorithm": request.algorithm, "function": request.function,
        "targets": [entry(target) for target in targets], "data": request.data, "resources": request.resources,
        "recipients": readers or [keys.recipient],
        "lostNode": request.lost_node, "notBefore": instant(at - GRACE),
        "notAfter": instant(at - GRACE + request.lifetime), "nonce": names.encode_url(os.urandom(16))}
    optional = {"study": study, "purpose": request.purpose, "projectCode": request.project,
                "delegation": delegated and delegated(content["notAfter"])}
    content.update({name: value for name, value in optional.items() if value is not None})
    check(content, request.lifetime)
    return SignedTask(content, jws.sign(content, "vantage-manifest+jws", keys.signing, keys.chain), inputs)


def check(content, lifetime):
    """The rules of section 5 that a caller can break."""
    broken = [sentence for holds, sentence in (
        (tables.name(content["function"]), "function: 1 to 64 letters, digits, '_', '-', '.'; a letter first."),
        (timedelta(0) < lifetime <= LONGEST, "lifetime: more than nothing, at most 400 days."),
        (len(content.get("purpose", "")) <= 500, "purpose: at most 500 characters."),
        (len(content.get("projectCode", "")) <= 100, "project: at most 100 characters."),
        (len(content["data"]) <= 64, "data: at most 64."),
        (len({d["label"] for d in content["data"]}) == len(content["data"]), "data: each label once."),
        (all(tables.name(d["label"]) for d in content["data"]), "data: a label is not a name."),
        (all(1 <= len(d["id"]) <= 200 for d in content["data"]), "data: an id has 1 to 200 characters."),
        (record(tables.MANIFEST)(content), "a member has a type that a manifest does not allow."),
    ) if not holds]
    if broken:
        raise VantageError("request-invalid", f"The request breaks rules of the manifest: {' '.join(broken)}")
