"""An algorithm: a name, a version, functions."""

import re
import sys

from . import strict_json
from .arguments import Parameters
from .context import Context
from .federation import Federation
from .table import Table, Tables

INJECTED = {"partial": (Table, Tables, Context), "central": (Federation, Context)}


class Function:
    """A decorated function. Calling it calls what was decorated, which is how an author's own tests use it."""

    def __init__(self, body, kind, name, description, egress=(), result=None):
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", name):
            raise ValueError(f"'{name}' is not a function's name: a-z, 0-9 and '-', a letter first.")
        for place in egress:
            if not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", place):
                raise ValueError(f"'{place}' is not a place's name: a-z, 0-9 and '-', a letter first. Its host and port are each site's to say.")
        self.egress, self.result = list(egress), result
        self.body, self.kind, self.name, self.description = body, kind, name, description
        self.parameters = Parameters(body, INJECTED[kind])
        self.__doc__ = body.__doc__

    def __call__(self, *args, **kwargs):
        return self.body(*args, **kwargs)

    def manifest(self):
        needs = {"name": "table", "description": "The rows to compute over."}
        columns = self.parameters.columns()
        return {
            "name": self.name,
            "kind": self.kind,
            "description": self.description,
            "arguments": self.parameters.schema(),
            "data": [] if self.kind == "central" else [{**needs, "columnArguments": columns} if columns else needs],
            **({"result": self.result} if self.result is not None else {}),
            **({"egress": self.egress} if self.egress else {}),
        }


class Algorithm:
    """Named, versioned functions. An image holds one. `warm=True` says that one process may do several calls of a job, one
    after the other: no call leaves anything behind, in modules' variables or in scratch files, that a later one could
    mistake for its own."""

    def __init__(self, name, version, description, warm=False):
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
            raise ValueError(f"'{name}' is not an algorithm's name.")
        if not re.fullmatch(r"[0-9]+(\.[0-9]+){0,2}", version):
            raise ValueError(f"'{version}' is not a version such as 1.0.0.")
        self.name, self.version, self.description, self.warm, self.functions = name, version, description, warm, {}

    def partial(self, description, name=None, egress=(), result=None):
        """Decorates a function that runs beside the data of one site. Its parameters are the arguments, but for
        `table: Table` (or `tables: Tables`) and `context: Context`. What it returns leaves the site: JSON, or bytes.
        `egress=["terminology"]` names places outside that it has to reach: a site whose policy grants all of them gives
        each a host and port and sets HTTP_PROXY and HTTPS_PROXY, as urllib follows them; any other refuses the run.
        `result` is the result's JSON Schema, each member with what it discloses: without it, every result waits for a
        person at the site."""
        return self._add("partial", description, name, egress, result)

    def central(self, description, name=None, egress=(), result=None):
        """Decorates a function that asks the sites and puts their results together; it sees no data. `federation:
        Federation` and `context: Context` are given, the rest are arguments. `egress` and `result` as for `partial`."""
        return self._add("central", description, name, egress, result)

    def manifest(self):
        """What catalogues, policies and nodes know of it; the image label org.vantage.algorithm."""
        return {"v": 1, "name": self.name, "version": self.version, "description": self.description,
                "functions": [f.manifest() for f in self.functions.values()], **({"warm": True} if self.warm else {})}

    def manifest_text(self):
        return strict_json.write(self.manifest()).decode("utf-8")

    def main(self):
        """The program: runs what VANTAGE_RUN or the command line names, and ends with the contract's exit code."""
        from .program import main
        sys.exit(main(self, sys.argv[1:]))

    def _add(self, kind, description, name, egress, result):
        def decorate(body):
            function = Function(body, kind, name or body.__name__.replace("_", "-"), description, egress, result)
            if function.name in self.functions:
                raise ValueError(f"'{self.name}' has a function '{function.name}' already.")
            self.functions[function.name] = function
            return function
        return decorate
