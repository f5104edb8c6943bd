"""The sites as a central function sees them."""

from . import strict_json
from .failures import RunFailed, SitesFailed

WHY = {
    "cancelled": "was cancelled.",
    "expired": "did not end in the time that the task allows.",
    "lost": "was lost: its node went away and the task says not to wait.",
}


class SiteResult:
    """How one site ended: 'succeeded' with a value, or 'failed', 'refused', 'cancelled', 'expired', 'lost' with why."""

    def __init__(self, site, outcome, value=None, why=None):
        self.site, self.outcome, self.value, self.why = site, outcome, value, why


class SiteResults(list):
    """One for each site, in the order of Federation.sites."""

    def values(self):
        """The values of all sites; SitesFailed, naming each site and its reason, if one has none. A statistic over fewer
        sites than asked for answers another question."""
        missing = [f"{r.site} {r.why}" for r in self if r.outcome != "succeeded"]
        if missing:
            raise SitesFailed(missing, len(self))
        return [r.value for r in self]


class Federation:
    """Asks all sites at once. Be deterministic: a central function that is started again finds what it asked before if
    it asks the same again."""

    def __init__(self, gateway, sites):
        self._gateway, self.sites = gateway, sites

    def run(self, function, **arguments):
        """Runs a function of this algorithm at every site and waits until each has ended."""
        name = function if isinstance(function, str) else function.name
        if not isinstance(function, str):
            arguments = function.parameters.check(arguments)
        task = self._gateway.ask(name, arguments)
        return SiteResults(self._read(task, i, end) for i, end in enumerate(self._gateway.settled(task)))

    def _read(self, task, index, end):
        site, outcome, failure = end["site"], end["outcome"].lower(), end.get("failure") or {}
        if outcome == "succeeded":
            try:
                return SiteResult(site, outcome, strict_json.read(self._gateway.result(task, index)))
            except ValueError as e:
                return SiteResult(site, "failed", why=f"failed (algorithm-failed): its result is not JSON: {e}.")
        if outcome == "refused":
            return SiteResult(site, outcome, why=f"refused by its rule '{end.get('rule')}': {failure.get('message')}")
        return SiteResult(site, outcome, why=WHY.get(
            outcome, f"failed ({failure.get('code', 'algorithm-failed')}): {failure.get('message', 'It gave no reason.')}"))


def needs_sites(name):
    return RunFailed("sites-failed", f"'{name}' is a central function, and this run has nobody that it may ask: its task"
                     " delegates nothing.")
