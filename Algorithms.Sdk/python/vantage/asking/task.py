"""One task: what it is doing, and once it has settled, what came of it."""

from datetime import datetime, timezone

from ..errors import VantageError
from ..home.statements import Pins
from ..reading import payloads
from ..reading.evidence import prove, require_runs
from ..wire.events import changes
from ..wire.patience import Patience
from .planner import site_names

GIVE_UP_AFTER = 600


class Task:
    """A task that the Coordinator has. Nothing that it says is believed before `results` or `verify` checked it."""

    def __init__(self, home, channel, identifier, asked=None):
        self._home, self._channel, self._asked = home, channel, asked
        self.id = identifier
        self.view = None

    def refresh(self):
        """Reads how it stands; gives this task."""
        self.view = self._channel.get(f"tasks/{self.id}")
        return self

    @property
    def outcome(self):
        """None while it is open, then Succeeded, Partial, Failed, Refused, Cancelled or Expired."""
        return (self.view or self.refresh().view).get("outcome")

    @property
    def job(self):
        return (self.view or self.refresh().view)["job"]

    def follow(self):
        """Yields its view now and after each change, until it has settled. Lost connections are made again."""
        shown, patience = None, Patience(GIVE_UP_AFTER)
        for _ in changes(self._channel, self.id):
            patience.keep_trying(self.refresh)
            patience.progress()
            if self.view != shown:
                shown = self.view
                yield shown
            if self.outcome is not None:
                return

    def watch(self, show=print):
        """Waits until it has settled; `show` is given a line for each change, or is None. Gives this task."""
        said, sites = {}, None
        for view in self.follow():
            sites = sites or self._sites(view)
            for run in view["runs"]:
                line = f"{sites[run['organization']]}: {_state(run)}"
                if show and said.get(run["id"]) != line:
                    said[run["id"]] = line
                    show(line)
        return self

    def cancel(self):
        """Ends every run that has not ended. What was committed before stays."""
        self.view = self._channel.exchange("POST", f"tasks/{self.id}/cancel")
        return self

    def results(self, accept_missing=False):
        """Each site's result, verified and decrypted: {site: value}. Waits for the task to settle. A site without a
        result is an error that says why, unless `accept_missing`."""
        found, missing = self._read()
        if missing and (not found or not accept_missing):
            raise VantageError(
                "task-failed", f"{len(found)} of {len(found) + len(missing)} sites answered.",
                f"More: vantage task explain {self.id}."
                + (" To take what there is: accept_missing=True." if found else ""),
                {site: [why] for site, why in missing.items()})
        return found

    def errors(self):
        """Why sites gave no result: {site: sentence}, in the words of their nodes, verified and decrypted."""
        return self._read()[1]

    def log(self, site):
        """What the algorithm and the node logged at a site."""
        pins = self._pins()
        self.watch(None)
        sites = self._sites(self.view)
        for run in self.view["runs"]:
            if site in (sites[run["organization"]], run["organization"]):
                proof = self._prove(pins, run)
                return payloads.opened(self._home, self._channel, proof, "log")[1].decode("utf-8", "replace")
        raise VantageError("not-found", f"'{site}' was not asked.", f"Sites: {', '.join(sites.values())}.")

    def verify(self):
        """The receipts of all runs that ended with one, checked against the pins, the signed question and, where there
        is one, the result itself. One that does not verify is an error."""
        pins, receipts = self._pins(), []
        self.watch(None)
        sites = self._sites(self.view)
        for run in self.view["runs"]:
            try:
                proof = self._prove(pins, run)
            except VantageError as e:
                if e.code != "nothing-there" or run["outcome"] in ("Succeeded", "Failed", "Refused"):
                    raise
                continue
            self._open(proof, run)
            receipts.append({
                "site": sites[run["organization"]], "run": run["id"], "task": self.id,
                "outcome": proof.receipt.content["outcome"].capitalize(), "digest": proof.receipt.digest,
                "verified": True})
        return receipts

    def __repr__(self):
        view = self.view or {"runs": []}
        ended = sum(run.get("outcome") is not None for run in view["runs"])
        return f"<Task {self.id}: {view.get('outcome') or 'open'}, {ended} of {len(view['runs'])} runs ended>"

    def _read(self):
        pins, found, missing = self._pins(), {}, {}
        self.watch(None)
        sites = self._sites(self.view)
        for run in self.view["runs"]:
            site, outcome = sites[run["organization"]], run["outcome"]
            if outcome in ("Cancelled", "Expired", "Lost"):
                missing[site] = _why(outcome)
                continue
            proof = self._prove(pins, run)
            opened = self._open(proof, run)
            if proof.receipt.content["outcome"] == "succeeded":
                found[site] = payloads.value(run["id"], opened[1])
            else:
                missing[site] = _told(proof.receipt, opened)
        return found, missing

    def _prove(self, pins, run):
        proof = prove(self._channel, pins, self.id, run["id"], self._asked)
        require_runs(proof, self.view)
        return proof

    def _open(self, proof, run):
        """What the receipt vouches for, or None where it vouches for nothing."""
        kind = next((p["kind"] for p in proof.receipt.content["payloads"] if p["kind"] in ("result", "error")), None)
        gone = any(p["kind"].lower() == kind and not p["available"] for p in run["payloads"]) if kind else True
        return None if gone else payloads.opened(self._home, self._channel, proof, kind)

    def _pins(self):
        at = datetime.now(timezone.utc)
        return Pins(self._home, at).less_revoked(self._home, self._channel, at, new_work=False)

    def _sites(self, view):
        return site_names(self._pins(), list(dict.fromkeys(run["organization"] for run in view["runs"])))


def _state(run):
    if run.get("outcome"):
        return run["outcome"].lower() + (f" ({run['code']})" if run.get("code") else "")
    waiting = run.get("waiting")
    return (run["phase"].lower() + (f", {run['progress']} %" if run.get("progress") is not None else "")
            + (f", waiting: {waiting}" if waiting and waiting.lower() != "none" else ""))


def _why(outcome):
    return {"Cancelled": "it was cancelled", "Expired": "nothing answered in time",
            "Lost": "its node went away and the task said not to wait"}[outcome]


def _told(receipt, opened):
    code, outcome = receipt.content.get("code", "unknown"), receipt.content["outcome"]
    if opened is None:
        return f"{outcome} ({code})"
    failure = payloads.failure(receipt, *opened)
    by = f" by rule {failure.rule}" if outcome == "refused" and failure.rule else ""
    return f"{outcome}{by} ({code}): {failure.message}"
