import ast
import json
import os
import pathlib
import subprocess
import sys
import time
import unittest
from unittest import mock

from vantage import GlmResult, VantageError, command
from vantage.connection import Connection

from .worlds import World

ANSWER = {"task": "tsk_1", "job": "job_1", "outcome": "Succeeded", "analysis": "logistic", "algorithm": "builtin:x",
          "result": {"coefficients": {"x": 0.1}}, "sites": {}, "receipts": [], "disclosure": None}
PROBLEM = {"code": "task-failed", "detail": "No site answered.", "next": "Ask them.", "errors": {"north": ["paused"]}}


@unittest.skipUnless(os.name == "posix", "the stand-in for the command is a script")
class Commands(unittest.TestCase):
    def stand_in(self, output="", errors="", code=0):
        """A command that notes how it was called, and what its arguments file held."""
        self.world = World(self)
        program, self.noted = self.world.folder / "vantage", self.world.folder / "noted.json"
        self.world.write("vantage", f"""#!{sys.executable}
import json, os, stat, sys
words = sys.argv[1:]
file = words[words.index("--args-file") + 1] if "--args-file" in words else words[2] if words[1] == "together" else None
mode = stat.S_IMODE(os.stat(os.path.dirname(file)).st_mode) if file else 0
json.dump([words, file and open(file).read(), mode, os.environ.get("VANTAGE_PROFILE")], open({str(self.noted)!r}, "w"))
sys.stdout.write({output!r})
sys.stderr.write({errors!r})
sys.exit({code})
""", 0o755)
        environment = mock.patch.dict(os.environ, {"VANTAGE_CLI": str(program), "VANTAGE_PROFILE": "elsewhere"})
        environment.start()
        self.addCleanup(environment.stop)
        return Connection(self.world.home)

    def called(self):
        return json.loads(self.noted.read_text())

    def test_a_whole_analysis_is_asked_from_the_same_home(self):
        conn = self.stand_in(output=json.dumps(ANSWER) + "\n")

        fit = conn.glm("y ~ x", family="binomial", data={"left": "patients"}, collaboration="study", weights="w",
                       confidence_level=0.9, organizations=["north"], accept_missing=True)

        words, arguments, mode, profile = self.called()
        self.assertIsInstance(fit, GlmResult)
        self.assertEqual({"x": 0.1}, fit.coefficients)
        self.assertEqual({"formula": "y ~ x", "weights": "w", "confidenceLevel": 0.9}, json.loads(arguments))
        self.assertEqual(["task", "run", "--wait", "--algorithm", "logistic"], words[:5])
        for option, value in (("--data", "left=patients"), ("--collaboration", "study"), ("--organization", "north"),
                              ("--home", str(self.world.home.directory))):
            self.assertEqual(value, words[words.index(option) + 1])
        self.assertIn("--accept-missing", words)
        self.assertIsNone(profile)

    def test_a_session_is_prepared_listed_shown_asked_and_ended(self):
        listed = json.dumps({"task": "tsk_1", "state": "Succeeded", "sites": []})
        asked = [
            (lambda s: s.prepare("adults", [{"do": "filter", "where": "age > 17"}], data="patients"),
             ["session", "prepare", "trial", "adults", "--data", "table=patients", "--steps-file"]),
            (lambda s: s.prepare("rich", frames={"table": "adults"}),
             ["session", "prepare", "trial", "rich", "--frame", "table=adults"]),
            (lambda s: s.list(), ["session", "list", "trial"]),
            (lambda s: s.show("adults"), ["session", "show", "trial", "adults"]),
            (lambda s: s.end("adults"), ["session", "end", "trial", "--only", "adults"]),
            (lambda s: s.end(), ["session", "end", "trial"]),
        ]
        for ask, expected in asked:
            conn = self.stand_in(output=listed)
            self.assertEqual("Succeeded", ask(conn.session("trial", collaboration="study"))["state"])
            words = self.called()[0]
            self.assertEqual(expected, words[:len(expected)])
            self.assertEqual("study", words[words.index("--collaboration") + 1])

        conn = self.stand_in(output=json.dumps(ANSWER))
        conn.summary("age", session=conn.session("trial"), frames="adults")
        words = self.called()[0]
        self.assertEqual(["--session", "trial", "--frame", "adults"], words[5:9])
        with self.assertRaises(VantageError):
            conn.summary("age", session="trial", frames="adults", central_at="north")

    def test_a_dictionary_goes_along_for_all_data_or_by_their_labels(self):
        asked = [
            (lambda c: c.summary("age", data="patients", dictionary="sepsis@1.0"), ["--dictionary", "sepsis@1.0"]),
            (lambda c: c.glm("y ~ x", data={"l": "a", "r": "b"}, dictionary={"l": "sepsis@1.0", "r": pathlib.Path("labs.json")}),
             ["--dictionary", "l=sepsis@1.0", "--dictionary", "r=labs.json"]),
            (lambda c: c.session("trial").prepare("adults", data="patients", dictionary="sepsis@1.0"), ["--dictionary", "sepsis@1.0"]),
            (lambda c: c.ask_together([], data="patients"), []),
        ]
        for ask, expected in asked:
            conn = self.stand_in(output=json.dumps(ANSWER))
            ask(conn)
            words = self.called()[0] if expected else []
            begin = words.index("--dictionary") if expected else 0
            self.assertEqual(expected, words[begin:begin + len(expected)])

    def test_each_analysis_has_a_method_and_its_arguments_the_names_of_python(self):
        asked = {
            "histogram": (("age",), {"bins": 5}, {"column": "age", "bins": 5}),
            "quantiles": (("age",), {"type": 6}, {"columns": ["age"], "type": 6}),
            "ttest": (("y ~ g",), {"equal_variances": True, "confidence_level": 0.9},
                      {"formula": "y ~ g", "equalVariances": True, "confidenceLevel": 0.9}),
            "anova": (("y ~ a * b", 3), {}, {"formula": "y ~ a * b", "type": 3}),
            "correlation": ((["a", "b"], "c"), {}, {"columns": ["a", "b"], "controls": ["c"]}),
            "kaplan_meier": (("Surv(t, d) ~ 1",), {"times": [1, 2]}, {"formula": "Surv(t, d) ~ 1", "times": [1, 2]}),
            "cox": (("Surv(t, d) ~ x", "breslow"), {}, {"formula": "Surv(t, d) ~ x", "ties": "breslow"}),
            "gamma": (("y ~ x",), {"link": "log"}, {"formula": "y ~ x", "link": "log"}),
            "ridge": (("y ~ x", 0.5), {"scale": "mass"}, {"formula": "y ~ x", "lambda": [0.5], "scale": "mass"}),
            "meta": (("y ~ x", "poisson"), {"confidence_level": 0.9},
                     {"formula": "y ~ x", "family": "poisson", "confidenceLevel": 0.9}),
            "pca": ((["a", "b"],), {"scale": True}, {"columns": ["a", "b"], "scale": True}),
            "kmeans": ((["a", "b"], 3), {"seed": 7}, {"columns": ["a", "b"], "clusters": 3, "seed": 7}),
            "fedavg": (("y ~ x", "binomial"), {"learning_rate": 0.5, "rounds": 9},
                       {"formula": "y ~ x", "family": "binomial", "learningRate": 0.5, "rounds": 9}),
            "roc": (("y ~ x",), {}, {"formula": "y ~ x"}),
        }
        for method, (positional, named, arguments) in asked.items():
            conn = self.stand_in(output=json.dumps(ANSWER))
            getattr(conn, method)(*positional, data="patients", organizations="north", **named)
            words, told, _, _ = self.called()
            self.assertEqual(arguments, json.loads(told))
            self.assertIn("--organization", words)
            self.assertEqual(["--algorithm", method.replace("_", "-"), "--data", "table=patients"], words[3:7])

    def test_arguments_are_not_shown_to_others_on_this_machine(self):
        self.stand_in(output=json.dumps(ANSWER)).summary(["secret_column"], collaboration="study")
        words, arguments, mode, _ = self.called()
        self.assertNotIn("secret_column", " ".join(words))
        self.assertIn("secret_column", arguments)
        self.assertEqual(0o700, mode)

    def test_a_problem_is_an_error_with_what_is_known_all_the_same(self):
        conn = self.stand_in(output=json.dumps(dict(ANSWER, result=None)), errors="warning: x\n" + json.dumps(PROBLEM), code=1)
        with self.assertRaises(VantageError) as caught:
            conn.summary(collaboration="study")
        error = caught.exception
        self.assertEqual(("task-failed", "No site answered.", "Ask them.", {"north": ["paused"]}),
                         (error.code, error.what, error.next, error.errors))
        self.assertEqual("tsk_1", error.answer["task"])

    def test_a_partial_answer_is_an_answer(self):
        conn = self.stand_in(output=json.dumps(dict(ANSWER, outcome="Partial")), code=7)
        self.assertEqual("Partial", conn.linear("y ~ x", collaboration="study").outcome)

    def test_questions_together_are_answered_each_by_itself_in_the_order_asked(self):
        lines = [{"question": 2, "answer": None, "problem": PROBLEM}, {"question": 1, "answer": ANSWER}]
        conn = self.stand_in(output="\n".join(map(json.dumps, lines)), code=7)
        asked = {"ages": ("summary", {"columns": ["age"]}), "model": ("logistic", {"formula": "y ~ x"})}
        answers = conn.ask_together(asked, data="patients", collaboration="study")
        words, sheet, mode, _ = self.called()
        self.assertEqual((["task", "together"], 0o700), (words[:2], mode))
        self.assertEqual(["--data", "table=patients", "--collaboration", "study"], words[3:7])
        self.assertEqual([{"algorithm": a, "arguments": b} for a, b in asked.values()],
                         [json.loads(line) for line in sheet.splitlines()])
        self.assertEqual(["ages", "model"], list(answers))
        self.assertEqual("tsk_1", answers["ages"].task)
        self.assertEqual("task-failed", answers["model"].code)
        self.assertEqual([], conn.ask_together([]))

    def test_a_command_that_says_nothing_is_named(self):
        with self.assertRaises(VantageError) as caught:
            self.stand_in(errors="Unhandled exception", code=70).crosstab("a", "b", collaboration="study")
        self.assertEqual("internal", caught.exception.code)
        self.assertIn("70", caught.exception.what)

    def test_a_missing_command_says_how_to_name_one(self):
        for environment in ({"VANTAGE_CLI": "/nowhere/vantage"}, {"PATH": "/nowhere"}):
            with mock.patch.dict(os.environ, environment, clear=True), self.assertRaises(VantageError) as caught:
                command.find(os.environ)
            self.assertEqual("program-missing", caught.exception.code)
            self.assertIn("VANTAGE_CLI", caught.exception.next)

    def test_a_family_that_there_is_not_is_refused_before_anything_is_asked(self):
        with self.assertRaises(VantageError) as caught:
            self.stand_in().glm("y ~ x", family="quasi")
        self.assertEqual("request-invalid", caught.exception.code)


@unittest.skipUnless(os.name == "posix", "the stand-in for the command is a script")
class Interrupts(unittest.TestCase):
    def test_interrupting_a_cell_lets_the_command_cancel_what_it_asked(self):
        world = World(self)
        noted = world.folder / "noted"
        world.write("vantage", f"""#!{sys.executable}
import signal, sys, time
def end(*_):
    open({str(noted)!r}, "w").write("interrupted")
    sys.exit(130)
signal.signal(signal.SIGINT, end)
open({str(noted)!r}, "w").write("begun")
time.sleep(60)
""", 0o755)

        class Interrupted(subprocess.Popen):
            """The person interrupts as soon as the command has begun."""

            def communicate(self, timeout=None):
                if timeout is not None:
                    return super().communicate(timeout=timeout)
                while not (noted.exists() and noted.read_text()):
                    time.sleep(0.01)
                raise KeyboardInterrupt

        with mock.patch.dict(os.environ, {"VANTAGE_CLI": str(world.folder / "vantage")}), \
                mock.patch.object(subprocess, "Popen", Interrupted), self.assertRaises(KeyboardInterrupt):
            Connection(world.home).summary(collaboration="study")
        self.assertEqual("interrupted", noted.read_text())


class Sources(unittest.TestCase):
    def test_every_module_is_python_3_9(self):
        modules = sorted((pathlib.Path(__file__).resolve().parents[1] / "vantage").rglob("*.py"))
        self.assertGreater(len(modules), 30)
        for module in modules:
            ast.parse(module.read_text(encoding="utf-8"), str(module), feature_version=(3, 9))
