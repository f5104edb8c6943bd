"""What a researcher holds: one person at one Coordinator."""

from datetime import datetime, timedelta, timezone
from itertools import islice

from . import command
from .asking.request import Request, arguments_bytes, data_refs
from .asking.submit import submit
from .asking.task import Task
from .errors import VantageError
from .home import find
from .home.statements import Catalogue
from .protocol.exact_json import algorithm_ref
from .protocol.names import is_id
from .results import result_of
from .wire.channel import Channel, with_query

GLM_ARGUMENTS = {"weights": "weights", "reference": "reference", "confidence_level": "confidenceLevel",
                 "max_iterations": "maxIterations", "tolerance": "tolerance"}


def connect(profile=None, home=None):
    """The connection of a profile: by default the one in use, `vantage profile use`; see docs/researcher.md.

    Opens nothing yet. `home` is the client's folder: by default $VANTAGE_HOME, else ~/.vantage.
    """
    return Connection(find(home, profile))


class Connection:
    """Asks, follows, reads. Every error is a VantageError with a stable code and what to do next."""

    def __init__(self, home):
        self.home, self.profile = home, home.profile()
        self.channel = Channel(self.profile["url"], self.profile.get("token"), self.profile.get("caFile"),
                               self.profile.get("proxy"))

    def me(self):
        """Who the Coordinator says this is."""
        return self.channel.get("me")

    def algorithms(self):
        """What your organization's signed catalogue holds: names, versions, exact references, functions."""
        return Catalogue(self.home, datetime.now(timezone.utc)).algorithms

    # Whole analyses

    def glm(self, formula, family="gaussian", data=None, **options):
        """A generalized linear model over the rows of all sites, by R's formula.

        `family` is "gaussian" (linear regression) or "binomial" (logistic regression). Further options: `weights`,
        `reference`, `confidence_level`, `max_iterations`, `tolerance`, and those of `run`.
        """
        analyses = {"gaussian": "linear", "binomial": "logistic"}
        if family not in analyses:
            raise VantageError("request-invalid", f"There is no family '{family}'.", "Families: gaussian, binomial.")
        arguments = {"formula": formula}
        for name, member in GLM_ARGUMENTS.items():
            given = options.pop(name, None)
            if given is not None:
                arguments[member] = given
        return self.run(analyses[family], arguments, data, **options)

    def linear(self, formula, data=None, **options):
        return self.glm(formula, "gaussian", data, **options)

    def logistic(self, formula, data=None, **options):
        return self.glm(formula, "binomial", data, **options)

    def summary(self, columns=None, data=None, **options):
        """n, missing, mean, standard deviation over the rows of all sites; `columns` None: every column of numbers."""
        return self.run("summary", {} if columns is None else {"columns": _list(columns)}, data, **options)

    def crosstab(self, rows, columns=None, layers=None, data=None, include_missing=False, **options):
        """Counts of combinations of values, of up to three columns, over the rows of all sites."""
        arguments = {"rows": rows, "columns": columns, "layers": layers, "includeMissing": include_missing or None}
        return self.run("crosstab", {k: v for k, v in arguments.items() if v is not None}, data, **options)

    def run(self, algorithm, arguments=None, data=None, *, collaboration=None, study=None, organizations=None,
            accept_missing=False, central_at=None, purpose=None, project=None, lifetime=None, time=None, memory=None):
        """Runs a whole program: partials at the sites, the central part in the `vantage` command on this machine, or
        with `central_at` at the node of that organization. Waits for the end and gives a Result."""
        words = ["task", "run", "--wait", "--algorithm", algorithm]
        words += ["--collaboration", self._collaboration(collaboration)]
        for reference in data_refs(self._data(data)):
            words += ["--data", f"{reference['label']}={reference['id']}"]
        for organization in _list(organizations or []):
            words += ["--organization", organization]
        options = {"--study": study, "--central-at": central_at, "--purpose": purpose, "--project": project,
                   "--lifetime": lifetime and _hours(lifetime), "--time": time, "--memory": memory}
        words += [word for name, value in options.items() if value is not None for word in (name, str(value))]
        if accept_missing:
            words.append("--accept-missing")
        return result_of(command.run(self.home, words, arguments_bytes(arguments)))

    # Single functions

    def submit(self, algorithm, function, arguments=None, data=None, *, collaboration=None, study=None,
               organizations=None, job=None, lost_node="wait", resources=None, purpose=None, project=None,
               lifetime=timedelta(days=1)):
        """Seals the arguments to each site, signs the question with your key, and hands both to the Coordinator. Gives
        the Task at once; each site's result stands for itself."""
        reference = algorithm if algorithm_ref(algorithm) else \
            Catalogue(self.home, datetime.now(timezone.utc)).find(algorithm, function)["ref"]
        request = Request(
            algorithm=reference, function=function, arguments=arguments_bytes(arguments),
            data=data_refs(self._data(data)), organizations=organizations, job=job, lost_node=lost_node,
            resources=resources or {}, purpose=purpose, project=project,
            lifetime=lifetime if isinstance(lifetime, timedelta) else timedelta(hours=lifetime))
        done = submit(self.home, self.channel, self._collaboration(collaboration), study, request)
        task = Task(self.home, self.channel, done.task, done.digest)
        task.not_asked = done.not_asked
        return task

    def task(self, identifier):
        """A task asked earlier, here or elsewhere."""
        if not is_id(identifier, "tsk"):
            raise VantageError("request-invalid", f"'{identifier}' is no task's id: tsk_ and 32 hexadecimal digits.",
                               "See: conn.tasks()")
        return Task(self.home, self.channel, identifier).refresh()

    def tasks(self, count=50, collaboration=None):
        """Tasks that you can see, the newest first."""
        path = "tasks" if collaboration is None else with_query("tasks", collaboration=collaboration)
        found = []
        for view in islice(self.channel.pages(path), count):
            task = Task(self.home, self.channel, view["id"])
            task.view = view
            found.append(task)
        return found

    def __repr__(self):
        return f"<Connection to {self.profile['url']} as {self.profile.get('name')}>"

    def _collaboration(self, given):
        found = given or self.profile.get("collaboration")
        if not found:
            raise VantageError("request-invalid", "Which collaboration is asked?",
                               "Name it: collaboration='…', or set a default for the profile.")
        return found

    def _data(self, given):
        return given if given is not None else self.profile.get("data")


def _hours(lifetime):
    return lifetime.total_seconds() / 3600 if isinstance(lifetime, timedelta) else lifetime


def _list(value):
    return [value] if isinstance(value, str) else list(value)
