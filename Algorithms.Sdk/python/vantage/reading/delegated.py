"""The answer of a central function that ran at a node: its result, and what the sites signed for the rounds that the
node asked in the person's name. That each round was within the delegation is verified here once more."""

from ..asking.delegation import beyond
from ..asking.planner import site_names
from ..errors import SWAPPED, VantageError
from ..wire.channel import with_query
from .evidence import prove, require_runs

ENDED_BY_A_NODE = ("Succeeded", "Failed", "Refused")


def answer(task, channel, pins, analysis, disclosure):
    """In the shape of `vantage task run --wait --json`; an error where there is no result."""
    view = task.watch(None).view
    rounds = _rounds(channel, view)
    runs = [run for each in [view, *rounds] for run in each["runs"]]
    sites = site_names(pins, list(dict.fromkeys(run["organization"] for run in runs)))
    missing = [{"site": sites[run["organization"]], "code": run.get("code") or run["outcome"].lower(),
                "why": f"its run ended as {run['outcome'].lower()}"}
               for each in rounds for run in each["runs"] if run.get("outcome") not in (None, "Succeeded")]
    (run,) = view["runs"]
    try:
        (result,) = task.results().values()
    except VantageError as e:
        raise _without_result(e, sites[run["organization"]], missing) from e
    parent = prove(channel, pins, task.id, run["id"])
    receipts = [_receipt(sites[run["organization"]], task.id, 0, parent)]
    for number, each in enumerate(rounds, 1):
        for run in each["runs"]:
            if run.get("outcome") in ENDED_BY_A_NODE:
                proof = prove(channel, pins, each["id"], run["id"])
                require_runs(proof, each)
                _require(parent, proof, run["id"])
                receipts.append(_receipt(sites[run["organization"]], each["id"], number, proof))
    asked = list(dict.fromkeys(sites[run["organization"]] for each in rounds for run in each["runs"]))
    answered = [site for site in asked if site not in {m["site"] for m in missing}]
    return {"task": task.id, "job": view["job"], "outcome": view["outcome"], "analysis": analysis,
            "algorithm": parent.manifest["algorithm"], "result": result,
            "sites": {"asked": asked, "answered": answered, "missing": missing, "holds": not missing,
                      "notAsked": [{"site": n.site, "why": n.why} for n in task.not_asked],
                      "note": _note(asked, answered, missing)},
            "receipts": receipts, "disclosure": disclosure}


def _without_result(error, at, missing):
    """What the node said of its own run, and how each site's ended."""
    if error.code != "task-failed":
        return error
    errors = {site: list(said) for site, said in error.errors.items()}
    for one in missing:
        errors.setdefault(one["site"], []).append(one["why"])
    return VantageError(error.code, f"The central function at {at} gave no result.", error.next, errors)


def _rounds(channel, view):
    """The tasks of the job that this one's node asked, in the order in which they were stored."""
    path = with_query("tasks", collaboration=view["collaboration"], job=view["job"])
    return sorted((t for t in channel.pages(path) if t["id"] != view["id"] and t["job"] == view["job"]),
                  key=lambda t: t["createdAt"])


def _require(parent, proof, run):
    wrong = beyond(parent.manifest, parent.manifest_digest, proof.manifest, proof.asker.key_id)
    if wrong:
        raise VantageError("receipt-untrusted",
                           f"{run} is listed as a round of this question and is none. {' '.join(wrong)}", SWAPPED)


def _receipt(site, task, number, proof):
    content = proof.receipt.content
    return {"site": site, "run": content["run"], "task": task, "round": number,
            "outcome": content["outcome"].capitalize(), "digest": proof.receipt.digest, "verified": True}


def _note(asked, answered, missing):
    if missing:
        return f"The statistic is over the rows of {', '.join(answered)} only."
    return f"The statistic is over the rows of all {len(asked)} sites that were asked: {', '.join(asked)}."
