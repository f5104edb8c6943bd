#!/usr/bin/env python3
"""What every kit can do, told in Python. tests/TestWorker/ConformanceAlgorithm.cs is the same in C#."""

import os
import time
from typing import List, Optional

from vantage_algorithm import Algorithm, Column, Context, Federation, Table

algorithm = Algorithm("conformance", "1.0.0", "Does in every language what a kit has to be able to.", warm=True)


@algorithm.partial("Counts and sums a column.")
def moments(table: Table, column: Column):
    n, total, missing = 0, 0.0, 0
    for cell in table.numbers(column):
        if cell is None:
            missing += 1
        else:
            n, total = n + 1, total + cell
    return {"n": n, "sum": total, "missing": missing}


@algorithm.partial("Counts a column's levels.")
def levels(table: Table, column: Column):
    counts, missing = {}, 0
    for cell in table.texts(column):
        if cell is None:
            missing += 1
        else:
            counts[cell] = counts.get(cell, 0) + 1
    return {"counts": counts, "missing": missing}


@algorithm.central("The mean of a column over all sites.")
def mean(federation: Federation, column: Column):
    sites = federation.run(moments, column=column).values()
    n = sum(site["n"] for site in sites)
    return {"n": n, "mean": sum(site["sum"] for site in sites) / n, "missing": sum(site["missing"] for site in sites)}


@algorithm.central("The levels of a column over all sites.")
def all_levels(federation: Federation, column: Column):
    counts, missing = {}, 0
    for site in federation.run(levels, column=column).values():
        missing += site["missing"]
        for level, count in site["counts"].items():
            counts[level] = counts.get(level, 0) + count
    return {"counts": counts, "missing": missing}


@algorithm.partial("Gives back what it was given.")
def echo(text: str, number: Optional[float] = None, flag: Optional[bool] = None, whole: Optional[int] = None,
         list: Optional[List[str]] = None):
    given = {"text": text, "number": number, "flag": flag, "whole": whole, "list": list}
    return {name: value for name, value in given.items() if value is not None}


@algorithm.partial("Whether it was given a way outside.", egress=["terminology"])
def outside():
    return {"proxy": os.environ.get("HTTPS_PROXY", "")}


@algorithm.partial("A column as numbers.")
def numbers(table: Table, column: Column):
    return {"cells": [cell for cell in table.numbers(column)]}


@algorithm.partial("A column as text.")
def texts(table: Table, column: Column):
    return {"cells": [cell for cell in table.texts(column)]}


@algorithm.partial("Logs and reports.")
def say(context: Context, lines: List[str], percent: int = 50):
    for line in lines:
        context.log(line)
    context.progress(percent)
    return {"site": context.site}


@algorithm.partial("A text of so many bytes.")
def large(bytes: int):
    return {"text": "x" * bytes}


@algorithm.partial("Fails by a fault of its own.")
def boom(text: str):
    raise ZeroDivisionError(text)


@algorithm.partial("Ends without a result.")
def nothing():
    return None


@algorithm.partial("Gives what JSON can't hold.")
def not_a_number():
    return {"number": float("nan")}


done = 0


@algorithm.partial("How many calls this program has done.")
def calls():
    global done
    done += 1
    return {"number": done}


@algorithm.partial("Reports, then waits.")
def wait(context: Context):
    context.progress(7)
    time.sleep(600)


if __name__ == "__main__":
    algorithm.main()
