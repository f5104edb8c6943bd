"""The kit for people who write algorithms in Python: what a node starts beside its data, and what an image holds.

    from vantage_algorithm import Algorithm, Column, Federation, Table

    algorithm = Algorithm("mean", "1.0.0", "The mean of a column over all sites.")

    @algorithm.partial("Sums and counts a column at one site.")
    def partial(table: Table, column: Column):
        numbers = [x for x in table.numbers(column) if x is not None]
        return {"n": len(numbers), "sum": sum(numbers)}

    @algorithm.central("The mean of a column over all sites.")
    def central(federation: Federation, column: Column):
        sites = federation.run(partial, column=column).values()
        return {"mean": sum(s["sum"] for s in sites) / sum(s["n"] for s in sites)}

    if __name__ == "__main__":
        algorithm.main()

It needs nothing but Python 3.9. It is a package of its own, apart from `vantage`, so that an image does not have to
bring what the researcher's client needs. docs/algorithm-contract.md is what it speaks.
"""

from .algorithm import Algorithm, Function
from .arguments import Column
from .context import Context
from .failures import ArgumentsInvalid, DataInvalid, RunFailed, SitesFailed
from .federation import Federation, SiteResult, SiteResults
from .sums import Sum
from .table import Table, Tables

__all__ = [
    "Algorithm", "ArgumentsInvalid", "Column", "Context", "DataInvalid", "Federation", "Function", "RunFailed",
    "SiteResult", "SiteResults", "SitesFailed", "Sum", "Table", "Tables",
]
