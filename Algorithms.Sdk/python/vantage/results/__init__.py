"""What came of a whole analysis."""

from .crosstab import CrosstabResult
from .glm import GlmResult
from .result import Result
from .summary import SummaryResult
from .typed import AnovaResult, CorrelationResult, HistogramResult, QuantilesResult, TTestResult, TypedResult

KINDS = {
    "linear": GlmResult, "logistic": GlmResult, "poisson": GlmResult, "negbin": GlmResult, "gamma": GlmResult,
    "summary": SummaryResult, "crosstab": CrosstabResult, "ttest": TTestResult, "anova": AnovaResult,
    "correlation": CorrelationResult, "histogram": HistogramResult, "quantiles": QuantilesResult,
    **dict.fromkeys(["kaplan-meier", "logrank", "cox", "ridge", "meta", "pca", "kmeans", "fedavg", "roc"], TypedResult),
}


def result_of(answer):
    """From the one line of `vantage task run --wait --json`."""
    return KINDS.get(answer.get("analysis"), Result)(answer)
