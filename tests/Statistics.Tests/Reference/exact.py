"""Means, standard deviations, skewness and kurtosis by exact rational arithmetic, as a reference that shares nothing with our own code.

    python3 exact.py > exact.json

Each cell is read as the nearest double, as every program reads it; from there on nothing is rounded until the last
step. `far.csv` is made here too: values far from zero that differ little, and other columns that break naive formulas.
"""
import csv
import json
import os
import random
from decimal import Decimal, getcontext
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
QUICKSTART = os.path.join(HERE, "..", "..", "..", "Samples", "Quickstart")
getcontext().prec = 60


def make_far():
    rng = random.Random(20260101)
    with open(os.path.join(HERE, "far.csv"), "w", newline="\n") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["unit_noise_at_1e9", "small_noise_at_1e9", "noise_at_minus_1e12", "sorted_at_1e9", "constant",
                      "huge_and_tiny", "one_value", "none"])
        for i in range(1000):
            out.writerow([repr(1e9 + rng.gauss(0, 1)), repr(1e9 + rng.gauss(0, 1e-3)), repr(-1e12 + rng.gauss(0, 1)),
                          repr(1e9 + i * 1e-3), "0.1", repr(rng.choice([1e100, -1e100, 1e-100, 3.0])),
                          "42.5" if i == 500 else "", "NA"])


def column(cells):
    values = [Fraction(float(c)) for c in cells if c not in ("", "NA")]
    n = len(values)
    mean = sum(values) / n if n else None
    deviation = None
    if n > 1:
        variance = sum((v - mean) ** 2 for v in values) / (n - 1)
        deviation = float((Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt())
    skewness = kurtosis = None
    m2, m3, m4 = (sum((v - mean) ** k for v in values) / n if n else 0 for k in (2, 3, 4))
    if m2:
        root = (Decimal(m2.numerator) / Decimal(m2.denominator)).sqrt()
        ratio = m3 / m2
        skewness = float(Decimal(ratio.numerator) / Decimal(ratio.denominator) / root)
        kurtosis = float(m4 / m2 ** 2 - 3)
    return {"count": n, "missing": len(cells) - n, "mean": None if mean is None else float(mean),
            "standardDeviation": deviation, "skewness": skewness, "excessKurtosis": kurtosis}


def table(path):
    with open(path, newline="") as file:
        header, *rows = list(csv.reader(file))
    result = {}
    for i, name in enumerate(header):
        try:
            result[name] = column([row[i] for row in rows])
        except ValueError:
            pass  # text
    return result


make_far()
print(json.dumps({
    "iris": table(os.path.join(HERE, "iris.csv")),
    "lung": table(os.path.join(HERE, "lung.csv")),
    "far": table(os.path.join(HERE, "far.csv")),
    "wdbc": table(os.path.join(QUICKSTART, "wdbc.csv")),
}, indent=1))
