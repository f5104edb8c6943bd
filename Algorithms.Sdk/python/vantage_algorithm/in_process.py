"""A federation in one process, for an author's own tests. Arguments and results go through JSON as over the wire.

    federation = InProcess(algorithm, North=memory_table(age=[40, 50]), South=memory_table(age=[60, None]))
    assert algorithm.functions["central"](federation, column="age") == {"mean": 50}
"""

from . import strict_json
from .context import Context
from .failures import failure_of
from .federation import Federation
from .table import Table

LIMITS = {"outputBytes": 64 * 1024 * 1024, "logBytes": 1024 * 1024}


class MemoryTable(Table):
    """A table of lists, one for each column; None where missing."""

    def __init__(self, label, columns):
        super().__init__(label, None)
        self._columns = columns

    def _records(self, file):
        yield list(self._columns)
        for line, cells in enumerate(zip(*self._columns.values()), 2):
            yield line, ["" if cell is None else str(cell) for cell in cells]

    def _open(self):
        return _Nothing(self._records(None))


class _Nothing:
    def __init__(self, records):
        self._records = records

    def __enter__(self):
        return self._records

    def __exit__(self, *_):
        self._records.close()


class InProcess(Federation):
    """Every site is a name and a table."""

    disclosure = None
    """What the sites' functions are told that may leave, such as {"minimumCell": 10, "zeroCellsPass": False}; nobody looks here."""

    def __init__(self, algorithm, **sites):
        super().__init__(self, list(sites))
        self._algorithm, self._tables, self._answers, self.logs = algorithm, sites, {}, []

    def ask(self, function, arguments):
        task = f"task-{len(self._answers)}"
        data = strict_json.write(arguments)
        self._answers[task] = [self._answer(site, function, data) for site in self.sites]
        return task

    def settled(self, task):
        return [end for end, _ in self._answers[task]]

    def result(self, task, site):
        return self._answers[task][site][1]

    def log(self, text):
        self.logs.append(text)

    def progress(self, percent):
        pass

    def _answer(self, site, name, data):
        function = self._algorithm.functions[name]
        context = Context(self, site, LIMITS, self.disclosure)
        try:
            given = function.parameters.read(data)
            injected = {n: context if kind is Context else self._tables[site]
                        for n, kind in function.parameters.injected.items()}
            return {"site": site, "outcome": "succeeded"}, strict_json.write(function.body(**injected, **given))
        except Exception as e:  # A site that fails is an answer.
            return {"site": site, "outcome": "failed", "failure": failure_of(e, name)}, None


def memory_table(label="table", **columns):
    return MemoryTable(label, columns)
