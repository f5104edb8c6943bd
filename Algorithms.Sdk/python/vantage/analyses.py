"""Whole analyses: partials at the sites, and what puts them together."""

import json
from datetime import datetime, timedelta, timezone

from . import command
from .asking import dictionaries
from .asking.request import Request, arguments_bytes, data_refs
from .errors import VantageError
from .home.statements import Catalogue, Pins
from .named import NamedAnalyses
from .reading.delegated import answer
from .results import result_of
from .sessions import frame_words

CENTRAL = "central"
FAMILIES = {"gaussian": "linear", "binomial": "logistic", "poisson": "poisson", "negbin": "negbin", "gamma": "gamma"}


class Analyses(NamedAnalyses):
    """The part of a Connection that asks whole questions."""

    def glm(self, formula, family="gaussian", data=None, **options):
        """A generalized linear model over the rows of all sites, by R's formula.

        `family` is "gaussian" (linear regression), "binomial" (logistic regression), "poisson", "negbin" or "gamma".
        Further options: `weights`, `reference`, `confidence_level`, `max_iterations`, `tolerance`, and those of `run`.
        """
        if family not in FAMILIES:
            raise VantageError("request-invalid", f"There is no family '{family}'.", f"Families: {', '.join(FAMILIES)}.")
        return self._named(FAMILIES[family], data, options, formula=formula)

    def linear(self, formula, data=None, **options):
        return self.glm(formula, "gaussian", data, **options)

    def logistic(self, formula, data=None, **options):
        return self.glm(formula, "binomial", data, **options)

    def summary(self, columns=None, data=None, **options):
        """n, missing, mean, spread and shape over the rows of all sites; `columns` None: every column of numbers."""
        return self.run("summary", {} if columns is None else {"columns": _list(columns)}, data, **options)

    def crosstab(self, rows, columns=None, layers=None, data=None, include_missing=False, **options):
        """Counts of combinations of values, of up to three columns, over the rows of all sites."""
        arguments = {"rows": rows, "columns": columns, "layers": layers, "includeMissing": include_missing or None}
        return self.run("crosstab", {k: v for k, v in arguments.items() if v is not None}, data, **options)

    def run(self, algorithm, arguments=None, data=None, *, collaboration=None, study=None, organizations=None,
            accept_missing=False, central_at=None, purpose=None, project=None, lifetime=None, time=None, memory=None,
            session=None, frames=None, dictionary=None):
        """Runs a whole program: partials at the sites, the central part in the `vantage` command on this machine, or
        with `central_at` at the node of that organization, which asks the sites in your name, within what you sign.
        Waits for the end and gives a Result. `frames` of a `session` stand in place of `data`. `dictionary` is a file or
        NAME@VERSION, or such by the data's labels: a site that maps its data to another one refuses."""
        if central_at is not None and (session or frames):
            raise VantageError("request-invalid", "A program at a node is asked about data, not about frames, from Python.",
                               "Leave out central_at: the program runs on this machine then.")
        if central_at is not None:
            return self._run_at(central_at, algorithm, arguments, data, collaboration, study, organizations,
                                accept_missing, purpose, project, lifetime, time, memory, dictionary)
        words = ["task", "run", "--wait", "--algorithm", algorithm, *_words(
            data, collaboration, study, organizations, accept_missing, purpose, project, lifetime, time, memory, session, frames,
            dictionary)]
        return result_of(command.run(self.home, words, arguments_bytes(arguments)))

    def ask_together(self, questions, data=None, *, collaboration=None, study=None, organizations=None,
                     accept_missing=False, purpose=None, project=None, lifetime=None, time=None, memory=None,
                     session=None, frames=None, dictionary=None):
        """Asks many questions at once, in as few rounds as the longest of them takes.

        `questions` is a list of (algorithm, arguments), or a dict of such pairs by name. Gives the answers likewise, in
        that order: a Result each, or a VantageError in place of one that has none; it is not raised, so that one
        question does not take the others with it."""
        names = list(questions) if isinstance(questions, dict) else None
        pairs = list(questions.values()) if names else list(questions)
        if not pairs:
            return {} if isinstance(questions, dict) else []
        sheet = b"".join(b'{"algorithm":%s,"arguments":%s}\n' % (json.dumps(algorithm).encode(), arguments_bytes(arguments))
                         for algorithm, arguments in pairs)
        told = command.run_lines(self.home, ["task", "together", *_words(
            data, collaboration, study, organizations, accept_missing, purpose, project, lifetime, time, memory,
            session, frames, dictionary)], sheet)
        found = {line["question"]: _result_or_error(line) for line in told}
        answers = [found[number + 1] for number in range(len(pairs))]
        return dict(zip(names, answers)) if names else answers

    def _run_at(self, organization, algorithm, arguments, data, collaboration, study, organizations, accept_missing,
                purpose, project, lifetime, time, memory, dictionary):
        if accept_missing:
            raise VantageError("request-invalid", "A program at a node takes the answers of all its sites, or none.",
                               "Leave out accept_missing; to ask fewer sites, name them: organizations=[…].")
        at = datetime.now(timezone.utc)
        entry = Catalogue(self.home, at).find(algorithm, CENTRAL)
        bounds = {"timeSeconds": time, "memoryMiB": memory}
        task = self._ask(Request(
            algorithm=entry["ref"], function=CENTRAL, arguments=arguments_bytes(arguments), data=[],
            organizations=[organization], resources={k: v for k, v in bounds.items() if v is not None}, purpose=purpose,
            project=project, lifetime=span(lifetime or 24), delegated={
                "functions": [f for f in entry["functions"] if f != CENTRAL], "data": data_refs(self._data(data)),
                "organizations": organizations}, dictionary=dictionary), collaboration, study)
        pins = Pins(self.home, at).less_revoked(self.home, self.channel, at, new_work=False)
        found = answer(task, self.channel, pins, entry["name"], self.profile.get("disclosure"))
        return result_of(found)


def _words(data, collaboration, study, organizations, accept_missing, purpose, project, lifetime, time, memory, session,
           frames, dictionary):
    words = []
    for reference in data_refs(data):
        words += ["--data", f"{reference['label']}={reference['id']}"]
    for organization in _list(organizations or []):
        words += ["--organization", organization]
    options = {"--collaboration": collaboration, "--study": study, "--purpose": purpose, "--project": project,
               "--lifetime": lifetime and span(lifetime).total_seconds() / 3600, "--time": time, "--memory": memory,
               "--session": getattr(session, "name", session)}
    words += [word for name, value in options.items() if value is not None for word in (name, str(value))]
    words += frame_words(frames) + dictionaries.words(dictionary)
    return [*words, "--accept-missing"] if accept_missing else words


def _result_or_error(line):
    problem = line.get("problem")
    return result_of(line["answer"]) if problem is None else VantageError(
        problem["code"], problem.get("detail") or problem["code"], problem.get("next"), problem.get("errors"), line.get("answer"))


def span(lifetime):
    """A bare number is hours."""
    return lifetime if isinstance(lifetime, timedelta) else timedelta(hours=lifetime)


def _list(value):
    return [value] if isinstance(value, str) else list(value)
