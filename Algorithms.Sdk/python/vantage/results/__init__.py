"""What came of a whole analysis."""

from .crosstab import CrosstabResult
from .glm import GlmResult
from .result import Result
from .summary import SummaryResult

KINDS = {"linear": GlmResult, "logistic": GlmResult, "summary": SummaryResult, "crosstab": CrosstabResult}


def result_of(answer):
    """From the one line of `vantage task run --wait --json`."""
    return KINDS.get(answer.get("analysis"), Result)(answer)
