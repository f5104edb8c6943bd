"""Results whose members are attributes, under names that Python people expect: `p_value` for `pValue`."""

from ..named import camel
from .result import Result
from .table import Table

COEFFICIENTS = (("estimate", "coefficients"), ("std. error", "standardErrors"), ("statistic", "statistics"), ("p", "pValues"))


class TypedResult(Result):
    """Every member of the analysis' JSON (docs/statistics) is an attribute; `tables()` has what in it is a table."""

    def __getattr__(self, name):
        # Asked only for what no class has. Without a value there is nothing to look into.
        value = None if name.startswith("_") else self.json.get("result")
        if not isinstance(value, dict) or camel(name) not in value:
            raise AttributeError(f"{type(self).__name__} has no '{name}'.")
        return value[camel(name)]

    def title(self):
        value = self.json.get("result")
        of = value.get("formula") if isinstance(value, dict) else None
        return super().title() if of is None else f"{self.analysis} of {of}: {self.outcome}"

    def tables(self):
        value = self.json.get("result")
        if not isinstance(value, dict):
            return []
        lists = [Table(words(name), *_rows(items)) for name, items in value.items() if _is_table(items) and name != "sites"]
        return self._own(value) + lists

    def _own(self, value):
        if not isinstance(value.get("coefficients"), dict):
            return []
        maps = [(header, value[member]) for header, member in COEFFICIENTS if isinstance(value.get(member), dict)]
        return [Table("coefficients", ["term", *(header for header, _ in maps)],
                      [[term, *(numbers.get(term) for _, numbers in maps)] for term in value["coefficients"]])]


class TTestResult(TypedResult):
    """method, estimate, standard_error, statistic, degrees_of_freedom, p_value, confidence_interval, groups."""

    def _own(self, value):
        members = ("method", "estimate", "standardError", "statistic", "degreesOfFreedom", "pValue")
        return [Table("test", [words(m) for m in members] + ["low", "high"],
                      [[value.get(m) for m in members] + list(value.get("confidenceInterval") or (None, None))])]


class AnovaResult(TypedResult):
    """terms and residuals, each with degreesOfFreedom, sumOfSquares, meanSquare, f and pValue."""

    def tables(self):
        value = self.json.get("result")
        return [] if value is None else [Table("terms", *_rows([*value["terms"], value["residuals"]]))]


class CorrelationResult(TypedResult):
    """pairs, each with count, covariance, correlation, statistic, pValue and confidenceInterval; covariances."""


class HistogramResult(TypedResult):
    """count, missing, edges, middles, counts, at_least, densities. A count that a site holds back is None."""

    def _own(self, value):
        edges = value["edges"]
        return [Table(value["column"], ["from", "to", "count", "at least", "density"],
                      [list(row) for row in zip(edges, edges[1:], value["counts"], value["atLeast"], value["densities"])])]


class QuantilesResult(TypedResult):
    """probabilities, type, and columns: each with count, missing, values, lowest and highest."""

    def tables(self):
        value = self.json.get("result")
        return [] if value is None else [Table(
            "quantiles", ["column", "probability", "value", "lowest", "highest"],
            [[column["name"], *row] for column in value["columns"]
             for row in zip(value["probabilities"], column["values"], column["lowest"], column["highest"])])]


def words(member):
    """degreesOfFreedom is 'degrees of freedom' to a person."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in member)


def _is_table(items):
    return isinstance(items, list) and len(items) > 0 and all(isinstance(item, dict) for item in items)


def _rows(items):
    """What every item has as a single value."""
    members = [m for m, v in items[0].items() if not any(isinstance(item.get(m), (dict, list)) for item in items)]
    return [words(m) for m in members], [[item.get(m) for m in members] for item in items]
