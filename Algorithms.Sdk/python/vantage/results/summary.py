from .result import Result
from .table import Table


class SummaryResult(Result):
    """n, missing, mean and standard deviation of columns."""

    @property
    def rows(self):
        return self.value["rows"]

    @property
    def columns(self):
        """{column: its summary}."""
        return {column["name"]: column for column in self.value["columns"]}

    def tables(self):
        members = ("name", "count", "missing", "mean", "standardDeviation")
        return [Table("columns", ["column", "n", "missing", "mean", "standard deviation"],
                      [[column.get(member) for member in members] for column in self.value["columns"]])]
