#!/usr/bin/env python3
"""The mean of a column over all sites, of which no site shows a row."""

from vantage_algorithm import Algorithm, Column, Context, DataInvalid, Federation, Table

algorithm = Algorithm("__NAME__", "1.0.0", "The mean of a column over all sites.")


@algorithm.partial("Counts and sums a column at one site.")
def partial(table: Table, column: Column, context: Context):
    context.log(f"reading '{column}'")
    n, total = 0, 0.0
    for number in table.numbers(column):
        if number is not None:
            n, total = n + 1, total + number
    return {"n": n, "sum": total}


@algorithm.central("The mean of a column over all sites.")
def central(federation: Federation, column: Column):
    sites = federation.run(partial, column=column).values()
    n = sum(site["n"] for site in sites)
    if n == 0:
        raise DataInvalid(f"No site has a number in '{column}'.")
    return {"n": n, "mean": sum(site["sum"] for site in sites) / n}


if __name__ == "__main__":
    algorithm.main()
