"""The `vantage` command, for whole programs: what puts the sites' partials together is written once, in .NET, and runs
there in a process of its own on this machine. It works with the same home, and checks every receipt itself."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from .errors import VantageError

INSTALL = "Install it, put it on the PATH, or name it with VANTAGE_CLI=/path/to/vantage."


def find(environment=os.environ):
    named = environment.get("VANTAGE_CLI")
    found = named if named and pathlib.Path(named).is_file() else None if named else shutil.which("vantage")
    if not found:
        raise VantageError("program-missing", f"There is no command {named}." if named else
                           "The vantage command, which puts whole analyses together, is not on the PATH.", INSTALL)
    return found


def run(home, words, arguments=None, environment=os.environ):
    """What the command's --json line says. `arguments` go through a file that others can't read, not over the command
    line, which everybody on this machine can see."""
    return _answer(*_run(home, words, "--args-file", arguments, environment))


def run_lines(home, words, content, environment=os.environ):
    """All lines that the command's --json prints, of a command that takes a file of questions."""
    code, output, errors = _run(home, words, None, content, environment)
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return lines if lines else [_answer(code, output, errors)]


def _run(home, words, option, content, environment):
    with tempfile.TemporaryDirectory(prefix="vantage-") as folder:
        if content is not None:
            path = pathlib.Path(folder) / "arguments.json"
            path.write_bytes(content)
            words = [*words, option, str(path)] if option else [*words[:2], str(path), *words[2:]]
        command = [find(environment), *words, "--home", str(home.directory), "--json", "--yes"]
        child = {k: v for k, v in environment.items() if k not in ("VANTAGE_HOME", "VANTAGE_PROFILE")}
        # In a session of its own: an interrupt from a terminal would reach it twice, from there and from here.
        process = subprocess.Popen(command, env=child, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, start_new_session=True)
        output, errors = _communicate(process)
    return process.returncode, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace")


def _communicate(process):
    try:
        return process.communicate()
    except BaseException:
        # A notebook's interrupt reaches this process alone. The command cancels what it asked when it is interrupted.
        process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        raise


def _answer(code, output, errors):
    answer, problem = _last_object(output), _last_object(errors)
    if code != 0 and problem is not None and "code" in problem:
        raise VantageError(problem["code"], problem.get("detail") or problem["code"], problem.get("next"),
                           problem.get("errors"), answer)
    if answer is not None:
        return answer
    raise VantageError("internal", f"The vantage command ended with {code} and said nothing that can be read: "
                                   f"{errors.strip()[-500:]}", "See that client and command are of one release.")


def _last_object(text):
    for line in reversed(text.splitlines()):
        if line.startswith("{"):
            try:
                return json.loads(line)
            except ValueError:
                return None
    return None
