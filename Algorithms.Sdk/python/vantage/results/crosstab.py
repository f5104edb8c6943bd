from .result import Result
from .table import Table

MISSING = "(missing)"


class CrosstabResult(Result):
    """Counts of combinations of the levels of one to three columns."""

    variables = property(lambda self: self.value["variables"], doc="The columns: rows, columns, layers.")
    rows = property(lambda self: self.value["rows"], doc="How many rows take part: the sum of all cells.")
    levels = property(lambda self: self.value["levels"], doc="{column: levels}; None is missing, where that counts.")
    counts = property(lambda self: self._cells(self.value["table"]),
                      doc="{row level: {column level: count}} over all layers, or {level: count} of one column.")
    chi_squared = property(lambda self: self.value["table"].get("chiSquared"), doc="Pearson's, without correction.")
    fisher = property(lambda self: self.value["table"].get("fisher"), doc="Fisher's exact test, of two by two levels.")
    independence = property(lambda self: self.value.get("independence"), doc="That all columns are independent.")

    @property
    def layers(self):
        """{level of the third column: its counts}; empty without one."""
        return {layer.get("layer"): self._cells(layer) for layer in self.value.get("layers") or []}

    def tables(self):
        if self.json.get("result") is None:
            return []
        layers = self.value.get("layers") or []
        return [self._table("all" if layers else "counts", self.value["table"])] + \
               [self._table(f"{self.variables[2]}: {_shown(layer.get('layer'))}", layer) for layer in layers]

    def _table(self, name, table):
        row = self.variables[0]
        if len(self.variables) == 1:
            return Table(name, [row, "n"], [[_shown(level), counts[0]] for level, counts in self._rows(table)]
                         + [["total", table["total"]]])
        columns = [_shown(level) for level in self.levels[self.variables[1]]]
        rows = [[_shown(level), *counts, sum(counts)] for level, counts in self._rows(table)]
        return Table(name, [f"{row} \\ {self.variables[1]}", *columns, "total"],
                     [*rows, ["total", *table["columnTotals"], table["total"]]])

    def _rows(self, table):
        return list(zip(self.levels[self.variables[0]], table["counts"]))

    def _cells(self, table):
        if len(self.variables) == 1:
            return {level: counts[0] for level, counts in self._rows(table)}
        columns = self.levels[self.variables[1]]
        return {level: dict(zip(columns, counts)) for level, counts in self._rows(table)}


def _shown(level):
    return MISSING if level is None else str(level)
