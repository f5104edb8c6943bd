"""What a researcher holds: one person at one Coordinator."""

import json
from datetime import datetime, timedelta, timezone
from itertools import islice

from .analyses import Analyses, span
from .asking import dictionaries, members
from .asking.request import Request, arguments_bytes, data_refs
from .asking.submit import submit
from .asking.task import Task
from .errors import VantageError
from .home import find
from .home.statements import Catalogue, Pins
from .protocol.exact_json import algorithm_ref
from .protocol.names import is_id
from .sessions import Session
from .wire.channel import Channel, with_query


def connect(profile=None, home=None):
    """The connection of a profile: by default the one in use, `vantage profile use`; see docs/researcher.md.

    Opens nothing yet. `home` is the client's folder: by default $VANTAGE_HOME, else ~/.vantage.
    """
    return Connection(find(home, profile))


class Connection(Analyses):
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

    def submit(self, algorithm, function, arguments=None, data=None, *, collaboration=None, study=None,
               organizations=None, job=None, lost_node="wait", resources=None, purpose=None, project=None,
               lifetime=timedelta(days=1), dictionary=None):
        """Seals the arguments to each site, signs the question with your key, and hands both to the Coordinator. Gives
        the Task at once; each site's result stands for itself."""
        reference = algorithm if algorithm_ref(algorithm) else \
            Catalogue(self.home, datetime.now(timezone.utc)).find(algorithm, function)["ref"]
        request = Request(
            algorithm=reference, function=function, arguments=arguments_bytes(arguments),
            data=data_refs(self._data(data)), organizations=organizations, job=job, lost_node=lost_node,
            resources=resources or {}, purpose=purpose, project=project,
            lifetime=span(lifetime), dictionary=dictionary)
        return self._ask(request, collaboration, study)

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

    def dictionaries(self, collaboration=None):
        """What is published in a collaboration, by the Coordinator's word: names, versions, digests, by whom and when."""
        return list(self.channel.pages(f"collaborations/{self._circle(collaboration)}/dictionaries"))

    def dictionary(self, named, collaboration=None):
        """A published dictionary NAME@VERSION as JSON: what a pinned person signed, and nothing else."""
        at = datetime.now(timezone.utc)
        pins = Pins(self.home, at).less_revoked(self.home, self.channel, at, new_work=True)
        document = dictionaries.fetch(named, self.channel, self._circle(collaboration), pins.roots, at)
        return json.loads(document.content["text"].removeprefix("\ufeff"))

    def session(self, name, collaboration=None, organizations=None, purpose=None, project=None):
        """Tables that the sites prepare once and keep: prepare, list, show and end them, and ask about them by
        `session=` and `frames=` of any analysis."""
        return Session(self.home, name, collaboration, organizations, purpose, project)

    def __repr__(self):
        return f"<Connection to {self.profile['url']} as {self.profile.get('name')}>"

    def _ask(self, request, collaboration, study):
        done = submit(self.home, self.channel, self._collaboration(collaboration), study, request)
        task = Task(self.home, self.channel, done.task, done.digest)
        task.not_asked = done.not_asked
        return task

    def _collaboration(self, given):
        found = given or self.profile.get("collaboration")
        if not found:
            raise VantageError("request-invalid", "Which collaboration is asked?",
                               "Name it: collaboration='…', or set a default for the profile.")
        return found

    def _circle(self, given):
        return members.collaboration(self.channel, self._collaboration(given))["id"]

    def _data(self, given):
        return given if given is not None else self.profile.get("data")
