"""What the central function at one node may ask of the sites in the person's name, as it is signed; and whether a task
of that node stayed within it. Delegation narrows and never widens."""

from ..errors import SWAPPED, VantageError, believing
from ..protocol import certificates, names

MAX_TASKS = 1000
RESOURCES = {"cpu": 1, "memoryMiB": 1024, "diskMiB": 1024, "timeSeconds": 3600, "accelerators": 0}


def delegation(request, delegate, sites, not_after):
    """The manifest's member. `delegate` is the signing key of the node that runs the central function."""
    return {"delegateKey": delegate, "algorithm": request.algorithm, "functions": request.delegated["functions"],
            "targets": [{"organization": site.organization, "node": site.node.id, "encryptionKey": site.node.key_id}
                        for site in sites],
            "data": request.delegated["data"], "maxTasks": MAX_TASKS, "notAfter": not_after}


def delegate_key(collaboration, target, pins, at):
    """The signing key that a pinned root certified for the target's very node."""
    member = next(m for m in collaboration["members"] if m["organization"] == target.organization)
    node = next(n for n in member["nodes"] if n["id"] == target.node.id)
    with believing(f"The signing key of {target.site}'s node"):
        found = certificates.verify_for(names.decode64(node["signingCertificate"]), "signing", pins.roots, at)
    if (found.organization, found.principal) != (target.organization, target.node.id):
        what = f"What the Coordinator gives as the signing key of {target.site}'s node belongs to {found.identity}."
        raise VantageError("certificate-untrusted", what, "Nothing was sent. " + SWAPPED)
    return found.key_id


def beyond(parent, of_parent, subtask, signer):
    """Every way in which a subtask goes beyond, as a sentence. Both manifests are verified already."""
    given = parent["delegation"]
    allowed = [(t["organization"], t["node"], t["encryptionKey"]) for t in given["targets"]]
    asked = [(t["organization"], n["node"], n["encryptionKey"])
             for t in subtask["targets"] for n in [t, *t.get("alternates", [])]]
    rules = (
        (subtask.get("parent") == {"task": parent["task"], "manifest": of_parent}, "It names another parent."),
        (signer == given["delegateKey"], "It is signed by another key than the delegate's."),
        ("delegation" not in subtask, "It delegates further."),
        (_same(parent, subtask, "collaboration", "study"), "It leaves the collaboration or study."),
        (_same(parent, subtask, "job", "type"), "It belongs to another job, or is of another type."),
        (subtask["algorithm"] == given["algorithm"], "It asks for another algorithm."),
        (subtask["function"] in given["functions"], f"It asks for '{subtask['function']}', which is not delegated."),
        (set(asked) <= set(allowed), "It asks a node, or seals to a key, that is not delegated."),
        (all(any(_covers(d, data) for d in given["data"]) for data in subtask["data"]), "It asks for other data."),
        (subtask.get("session") in (None, parent.get("session")), "It uses another session."),
        (_same(parent, subtask, "purpose", "projectCode"), "It states another purpose or project."),
        (all(subtask["resources"].get(name, default) <= parent["resources"].get(name, default)
             for name, default in RESOURCES.items()), "It asks for more resources than its parent."),
        (_same(parent, subtask, "lostNode"), "It treats lost nodes otherwise than its parent."),
        (names.time(subtask["notBefore"]) >= names.time(parent["notBefore"]), "It begins before its parent."),
        (names.time(subtask["notAfter"]) <= names.time(given["notAfter"]), "It outlives the delegation."))
    return [sentence for holds, sentence in rules if not holds]


def _same(parent, subtask, *members):
    return all(parent.get(member) == subtask.get(member) for member in members)


def _covers(allowed, asked):
    """What the delegation leaves open the subtask may pin; what it pins stays pinned."""
    return (all(asked[m] == allowed[m] for m in ("label", "kind", "id"))
            and all(allowed.get(m) in (None, asked.get(m)) for m in ("version", "digest", "dictionary")))
