"""How a run fails, in words that the person who asked can use. Name columns and lines, never what is in a cell."""

import os
import traceback

LONGEST_DETAIL = 32 * 1024


class RunFailed(Exception):
    """The function can't go on, for a reason that its asker should read."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class ArgumentsInvalid(RunFailed):
    """An argument is wrong. A function with laws beyond its types raises it."""

    def __init__(self, argument, problem):
        super().__init__("arguments-invalid", f"Argument '{argument}': {problem}")
        self.argument = argument


class DataInvalid(RunFailed):
    """The data cannot be read, or are not what the function needs."""

    def __init__(self, message):
        super().__init__("data-invalid", message)


class SitesFailed(RunFailed):
    """Sites have no value where a central function needs that of all."""

    def __init__(self, reasons, asked):
        super().__init__("sites-failed", f"{len(reasons)} of {asked} sites gave no result: " + " | ".join(reasons))
        self.reasons = reasons


class GatewayLost(Exception):
    """The node is gone: there is nobody left to tell."""


class RunFileInvalid(Exception):
    """run.json can't be read."""


def failure_of(error, function):
    """What POST /error says of an exception."""
    if isinstance(error, RunFailed):
        return {"code": error.code, "message": _cut(str(error)), "function": function}
    return {
        "code": "algorithm-failed",
        "message": _cut(f"The function '{function}' failed: {error}"),
        "function": function,
        "type": type(error).__qualname__,
        "detail": _cut(_place(error) + "".join(traceback.format_exception(type(error), error, error.__traceback__))),
    }


def _place(error):
    """The author's own line first, as file:line N. That much a node may tell even where it withholds the rest."""
    own = os.path.dirname(os.path.abspath(__file__))
    frames = [f for f in traceback.extract_tb(error.__traceback__) if os.path.dirname(os.path.abspath(f.filename)) != own]
    return f"{os.path.basename(frames[-1].filename)}:line {frames[-1].lineno}\n" if frames else ""


def _cut(text):
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= LONGEST_DETAIL else text[:LONGEST_DETAIL] + "…"
