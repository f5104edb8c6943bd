"""Vantage from Python: ask many sites one question without moving their data.

    import vantage
    conn = vantage.connect()
    fit = conn.glm("malignant ~ mean_radius + mean_texture", family="binomial", data="patients")

Submitting, watching, verifying and decrypting happen in this process (docs/protocol.md). What puts several sites'
partial results together runs in the `vantage` command on the same machine, where its one implementation is.
"""

from .asking.task import Task
from .connection import Connection, connect
from .errors import VantageError
from .results import (AnovaResult, CorrelationResult, CrosstabResult, GlmResult, HistogramResult, QuantilesResult, Result,
                      SummaryResult, TTestResult, TypedResult)

__version__ = "0.1.0"
__all__ = ["AnovaResult", "Connection", "CorrelationResult", "CrosstabResult", "GlmResult", "HistogramResult", "QuantilesResult",
           "Result", "SummaryResult", "TTestResult", "Task", "TypedResult", "VantageError", "connect"]
