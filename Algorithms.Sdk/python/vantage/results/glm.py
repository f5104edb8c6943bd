"""A fitted model: the members of the result under names that Python people expect."""

from ..errors import VantageError
from .result import Result
from .table import Table


class GlmResult(Result):
    """Maps go from the names of the coefficients, which are R's; a collinear term's numbers are None."""

    coefficients = property(lambda self: self.value["coefficients"])
    standard_errors = property(lambda self: self.value["standardErrors"])
    statistics = property(lambda self: self.value["statistics"], doc="t for linear and Gamma models, z for the others.")
    p_values = property(lambda self: self.value["pValues"])
    confidence_intervals = property(lambda self: self.value["confidenceIntervals"])
    confidence_level = property(lambda self: self.value["confidenceLevel"])
    covariance = property(lambda self: self.value["covariance"], doc="In the order of the coefficients.")
    formula = property(lambda self: self.value["formula"])
    family = property(lambda self: self.value["family"])
    rows = property(lambda self: self.value["rows"], doc="Complete cases over all sites.")
    levels = property(lambda self: self.value.get("levels") or {}, doc="Of categorical columns, the reference first.")
    collinear = property(lambda self: self.value.get("collinear") or [])
    separation = property(lambda self: self.value.get("separation"))
    converged = property(lambda self: self.value.get("converged"))
    iterations = property(lambda self: self.value.get("iterations"))
    deviance = property(lambda self: self.value.get("deviance"))
    log_likelihood = property(lambda self: self.value.get("logLikelihood"))
    aic = property(lambda self: self.value.get("aic"))
    bic = property(lambda self: self.value.get("bic"))

    def title(self):
        if self.json.get("result") is None:
            return super().title()
        apart = self.separation
        return (f"{self.family} model {self.formula}, {self.rows} rows"
                + ("" if self.converged else ", NOT CONVERGED")
                + (f", {apart['kind']} separation by {', '.join(apart['terms'])}" if apart else "")
                + (f", collinear: {', '.join(self.collinear)}" if self.collinear else ""))

    def tables(self):
        if self.json.get("result") is None:
            return []
        low, high = f"{self.confidence_level:.0%} low", f"{self.confidence_level:.0%} high"
        statistic = "t" if self.family.lower() in ("gaussian", "gamma") else "z"
        rows = [[name, value, self.standard_errors.get(name), self.statistics.get(name), self.p_values.get(name),
                 *(self.confidence_intervals.get(name) or (None, None))] for name, value in self.coefficients.items()]
        return [Table("coefficients", ["term", "estimate", "std. error", statistic, "p", low, high], rows)]

    def plot(self, axes=None, intercept=False):
        """A forest plot of the estimates with their confidence intervals, where matplotlib is. Gives the axes."""
        try:
            import matplotlib.pyplot
        except ImportError as e:
            raise VantageError("program-missing", "A plot needs matplotlib, which is not installed.",
                               "Install it, or take .to_frame().") from e
        drawn = [(name, value, self.confidence_intervals[name]) for name, value in self.coefficients.items()
                 if value is not None and self.confidence_intervals.get(name) and (intercept or name != "(Intercept)")]
        axes = axes or matplotlib.pyplot.subplots()[1]
        at = list(range(len(drawn)))[::-1]
        below = [value - low for _, value, (low, _) in drawn]
        above = [high - value for _, value, (_, high) in drawn]
        axes.errorbar([value for _, value, _ in drawn], at, xerr=[below, above], fmt="o")
        axes.axvline(0, linewidth=0.8, linestyle="--", color="grey")
        axes.set_ylim(-0.6, len(drawn) - 0.4)
        axes.set_yticks(at)
        axes.set_yticklabels([name for name, _, _ in drawn])
        axes.set_xlabel(f"estimate, {self.confidence_level:.0%} confidence interval")
        axes.set_title(self.formula)
        return axes
