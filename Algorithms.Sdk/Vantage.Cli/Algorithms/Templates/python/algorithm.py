#!/usr/bin/env python3
"""The mean of a column over all sites, of which no site shows a row."""

from vantage_algorithm import Algorithm, Column, Context, DataInvalid, Federation, Sum, Table

algorithm = Algorithm("__NAME__", "1.0.0", "The mean of a column over all sites.")

# What each member of a site's result is: its node holds it against the site's rules, and takes the evidence away.
# What nobody declares waits for a person there.
SUMS = {"type": "object", "properties": {
    "n": {"type": "integer", "disclosure": {"is": "rows"}},
    "sum": {"type": ["number", "null"], "disclosure": {"is": "statistic", "evidence": "evidence", "digits": 15}},
    "evidence": {
        "type": ["object", "null"], "disclosure": {"is": "evidence"},
        "properties": {size: {"type": "number"} for size in ("total", "largest", "second")}}}}


@algorithm.partial("Counts and sums a column at one site.", result=SUMS)
def partial(table: Table, column: Column, context: Context):
    context.log(f"reading '{column}'")
    total = Sum(table.numbers(column))
    if not context.may_sum(total):
        # Too few rows, or a few of them are nearly all of it: this site takes no part.
        return {"n": 0, "sum": None, "evidence": None}
    return {"n": total.rows, "sum": total.value, "evidence": total.evidence}


@algorithm.central("The mean of a column over all sites.")
def central(federation: Federation, column: Column):
    sites = federation.run(partial, column=column).values()
    n = sum(site["n"] for site in sites)
    if n == 0:
        raise DataInvalid(f"No site has a number in '{column}', or enough of them to speak of.")
    return {"n": n, "mean": sum(site["sum"] or 0 for site in sites) / n}


if __name__ == "__main__":
    algorithm.main()
