"""The command line of an algorithm's program, and one run from its run.json to its exit code."""

import os
import signal
import sys

from . import strict_json
from .context import Context
from .failures import DataInvalid, GatewayLost, RunFailed, RunFileInvalid, failure_of
from .federation import Federation, needs_sites
from .gateway import Gateway
from .reference import reference
from .table import Table, Tables

SUCCEEDED, FAILED, USAGE, GATEWAY_LOST, RUN_FILE_INVALID, CANCELLED = 0, 1, 2, 4, 5, 143
USAGE_TEXT = """usage: run <path to run.json>   run one function; without a command, what VANTAGE_RUN names
       manifest                 what the image's label org.vantage.algorithm says
       catalogue [--json]       the same with a reference to exactly this code, for a node whose worker it is
exit codes: 0 the result was accepted, 1 the run failed and the node was told why, 2 usage,
            4 the Gateway could not be reached, 5 run.json cannot be read, 143 cancelled"""


class Cancelled(BaseException):
    """SIGTERM or SIGINT. No function catches it by accident."""


def main(algorithm, arguments):
    if not arguments and os.environ.get("VANTAGE_RUN"):
        return run(algorithm, os.environ["VANTAGE_RUN"])
    if len(arguments) == 2 and arguments[0] == "run":
        return run(algorithm, arguments[1])
    if arguments == ["manifest"]:
        return _print(algorithm.manifest_text())
    if arguments == ["catalogue"]:
        return _print(f"{reference(algorithm)}\n    {algorithm.description}")
    if arguments == ["catalogue", "--json"]:
        entry = {"ref": reference(algorithm), "manifest": algorithm.manifest()}
        return _print(strict_json.write({"v": 1, "algorithms": [entry]}).decode("utf-8"))
    print(USAGE_TEXT, file=sys.stderr)
    return USAGE


def run(algorithm, path):
    """In a container this is process 1, for which the kernel drops signals that nobody handles."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    try:
        file = read_run_file(path)
        gateway = Gateway.of(file["gateway"])
        return _run_warm(algorithm, file, gateway) if file.get("warm") else _run(algorithm, file, gateway)
    except Cancelled:
        return CANCELLED
    except RunFileInvalid as e:
        print(e, file=sys.stderr)
        return RUN_FILE_INVALID
    except GatewayLost as e:
        print(e, file=sys.stderr)
        return GATEWAY_LOST


def read_run_file(path):
    """VANTAGE_RUN names the file in a container, and the folder it lies in where a node runs processes."""
    if os.path.isdir(path):
        path = os.path.join(path, "run.json")
    try:
        with open(path, "rb") as text:
            file = strict_json.read(text.read())
        version, kind = file["v"], file["gateway"]["kind"]
        for name in ("algorithm", "data", "limits") + (() if file.get("warm") else ("function", "arguments")):
            file[name]
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise RunFileInvalid(f"{path} cannot be read: {e!r}") from e
    if version != 1:
        raise RunFileInvalid(f"{path} is of version {version} of the algorithm contract, this kit speaks 1.")
    if kind not in ("unix-http", "stdio-http"):
        raise RunFileInvalid(f"{path} names a Gateway of kind '{kind}', this kit speaks 'unix-http' and 'stdio-http'.")
    return file


def _run_warm(algorithm, file, gateway):
    """One call after the other until there are no more, or one of them fails: after a fault nothing of this process is
    used again."""
    while True:
        call = gateway.next()
        if call is None:
            return SUCCEEDED
        ended = _run(algorithm, {**file, "function": call["function"]}, gateway, call["arguments"].encode("utf-8"))
        if ended != SUCCEEDED:
            return ended


def _run(algorithm, file, gateway, given=None):
    try:
        _check_reference(algorithm, file["algorithm"])
        function = algorithm.functions.get(file["function"])
        if function is None:
            raise RunFailed("algorithm-unknown", f"'{algorithm.name}' has no function '{file['function']}'. It has: "
                            + ", ".join(algorithm.functions) + ".")
        context = Context(gateway, file.get("site") or "this site", file["limits"], file.get("disclosure"))
        if given is None:
            with open(file["arguments"], "rb") as arguments:
                given = arguments.read()
        result = function.body(**_injected(function, file, gateway, context), **function.parameters.read(given))
        if result is not None or not context.has_result:
            context.write(_bytes(function, result))
        return SUCCEEDED
    except GatewayLost:
        raise
    except Exception as e:  # What it says may come from the data: it goes to the node, which seals it, and nowhere else.
        gateway.error(failure_of(e, file["function"]))
        return FAILED


def _injected(function, file, gateway, context):
    given = {}
    for name, kind in function.parameters.injected.items():
        if kind is Context:
            given[name] = context
        elif kind is Federation:
            if not file.get("sites"):
                raise needs_sites(function.name)
            given[name] = Federation(gateway, file["sites"])
        else:
            tables = Tables((data["label"], _open(data)) for data in file["data"])
            given[name] = tables if kind is Tables else _single(tables)
    return given


def _single(tables):
    if len(tables) == 1:
        return next(iter(tables.values()))
    raise DataInvalid("This function needs one table, and the task names " + (
        f"{len(tables)}: " + ", ".join(f"'{label}'" for label in tables) + "." if tables else "no data."))


def _open(data):
    if data["format"] != "csv":
        raise DataInvalid(f"'{data['label']}' has the format '{data['format']}', and this kit reads csv only.")
    return Table(data["label"], data["path"], data.get("options"), data.get("schema"))


def _bytes(function, result):
    if isinstance(result, bytes):
        return result
    if result is None:
        raise RunFailed("algorithm-no-output", f"'{function.name}' ended without a result.")
    try:
        return strict_json.write(result)
    except ValueError:
        raise RunFailed("algorithm-failed", f"The result of '{function.name}' holds NaN, an infinite number, or itself:"
                        " JSON has none of them. Return None where there is no number.") from None


def _check_reference(algorithm, asked):
    """An image or bundle was checked by the node before it started. A node's own worker has to be exactly what was asked."""
    if asked.startswith("builtin:") and asked != reference(algorithm):
        raise RunFailed("algorithm-unknown", f"The task asks for {asked}, and this node has {reference(algorithm)}. Ask with"
                        " a catalogue of the release that the node runs, or have the node updated.")


def _stop(*_):
    raise Cancelled()


def _print(text):
    print(text)
    return SUCCEEDED
