"""Any result: the numbers, whose rows they are over, and what vouches for them."""

import html
import json

from ..errors import VantageError
from .table import Table


class Result:
    """`value` is the analysis' own JSON; `sites`, `receipts` and `disclosure` say where it came from."""

    def __init__(self, answer):
        self.json = answer

    @property
    def task(self):
        """The id of the last round's task."""
        return self.json["task"]

    @property
    def job(self):
        return self.json["job"]

    @property
    def outcome(self):
        return self.json.get("outcome")

    @property
    def analysis(self):
        return self.json.get("analysis")

    @property
    def algorithm(self):
        return self.json.get("algorithm")

    @property
    def value(self):
        if self.json.get("result") is None:
            missing = {m["site"]: [m.get("why") or m.get("code") or ""] for m in self.sites.get("missing", [])}
            raise VantageError("task-failed", f"There is no result: the task ended as {self.outcome}.",
                               f"More: vantage task explain {self.task}.", missing)
        return self.json["result"]

    @property
    def sites(self):
        """asked, answered, missing (site, code, why), notAsked, holds, note."""
        return self.json.get("sites") or {}

    @property
    def holds(self):
        """Whether the statistic is still the one that was asked for, over the rows of all sites asked."""
        return self.sites.get("holds")

    @property
    def note(self):
        return self.sites.get("note")

    @property
    def receipts(self):
        return self.json.get("receipts") or []

    @property
    def disclosure(self):
        """The disclosure setting under which it was computed; None where none is stated."""
        return self.json.get("disclosure")

    def tables(self):
        """The result as tables, the most important one first; empty for one that is none."""
        return []

    def to_frame(self):
        return self._first().to_frame()

    def records(self):
        return self._first().records()

    def __repr__(self):
        return f"{self.title()}\n{self._body()}\n{self._footer()}"

    def _repr_html_(self):
        tables = "".join(f"<p><b>{html.escape(t.name)}</b></p>{t.to_html()}" for t in self.tables())
        body = tables or f"<pre>{html.escape(self._body())}</pre>"
        return f"<p>{html.escape(self.title())}</p>{body}<p><small>{html.escape(self._footer())}</small></p>"

    def title(self):
        return f"{self.analysis}: {self.outcome}"

    def _first(self):
        tables = self.tables() or [Table(self.analysis or "result", ["result"], [[json.dumps(self.value)]])]
        return tables[0]

    def _body(self):
        return "\n\n".join(t.to_text() for t in self.tables()) or json.dumps(self.json.get("result"), indent=2)

    def _footer(self):
        lines = [f"sites: {', '.join(self.sites.get('answered', []))}"]
        lines += [f"missing: {m['site']}: {m.get('why') or m.get('code')}" for m in self.sites.get("missing", [])]
        lines += [f"not asked: {m['site']}, since {m['why']}" for m in self.sites.get("notAsked", [])]
        if self.note:
            lines.append(self.note)
        if self.disclosure is not None:
            lines.append(f"disclosure control: {self.disclosure}")
        lines.append(f"receipts verified: {sum(bool(r.get('verified')) for r in self.receipts)}; task {self.task}")
        return "\n".join(lines)
