from .result import Result


class CrosstabResult(Result):
    """Counts of combinations of values."""
