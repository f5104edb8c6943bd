"""The tables beside which a function runs. A node's snapshot is read as a stream: memory does not grow with the rows."""

import csv
import re

from .failures import DataInvalid

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
NOT_FINITE = re.compile(r"[+-]?(inf|infinity)", re.IGNORECASE)
NAN = re.compile(r"[+-]?nan", re.IGNORECASE)
ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "utf-16be": "utf-16-be", "iso-8859-1": "iso-8859-1",
             "windows-1252": "cp1252"}
LIST_IT = " If it stands for a missing value, list it in the source's option 'missing'."
LONGEST_CELL = 16 * 1024 * 1024


class Table:
    """A CSV file as run.json describes it. Missing cells are None."""

    def __init__(self, label, path, options=None, schema=None):
        options = options or {}
        self.label, self._path = label, path
        self._declared = {c["name"]: c["type"] for c in schema or []}
        self._found = {c["name"]: c["found"] for c in schema or [] if c.get("found")}
        self._delimiter = options.get("delimiter", ",")
        self._decimal = options.get("decimal", ".")
        self._has_header = options.get("header", True)
        self._encoding = options.get("encoding", "utf-8")
        self._missing = {"", *(["NA"] if options.get("missing") is None else options["missing"])}

    @property
    def columns(self):
        """Each column's name and what it holds, 'number' or 'text', in the table's order."""
        with self._open() as rows:
            names = next(rows)
            kinds = {name: self._declared.get(name) for name in names}
            unknown = [i for i, name in enumerate(names) if kinds[name] is None]
            for _, cells in rows if unknown else ():
                for i in [i for i in unknown if not self._could_be_number(cells[i])]:
                    kinds[names[i]] = "text"
                    unknown.remove(i)
        return {name: kind or "number" for name, kind in kinds.items()}

    def rows(self, *names):
        """Each row as a tuple of the columns named, or of all: numbers as float, text as str, None where missing."""
        kinds = self.columns
        return self._read([(name, kinds.get(name)) for name in names or kinds])

    def numbers(self, name):
        """One column as numbers. DataInvalid if it holds anything else."""
        return (cell for cell, in self._read([(name, "number")]))

    def texts(self, name):
        """One column as text, whatever it holds."""
        return (cell for cell, in self._read([(name, "text")]))

    def frame(self, *names):
        """The columns named, or all, as a pandas data frame; numbers are float64 with NaN, text is objects with None."""
        import pandas
        kinds = self.columns
        names = names or tuple(kinds)
        cells = list(zip(*self.rows(*names))) or [()] * len(names)
        return pandas.DataFrame({
            name: pandas.Series(column, dtype="float64" if kinds[name] == "number" else object)
            for name, column in zip(names, cells)})

    def _read(self, wanted):
        with self._open() as rows:
            names = next(rows)
            places = []
            for name, kind in wanted:
                if name not in names:
                    raise DataInvalid(f"'{self.label}' has no column '{name}'.")
                if kind == "number" and self._declared.get(name) == "text":
                    raise DataInvalid(self._holds_text(name))
                places.append((names.index(name), name, kind))
            for line, cells in rows:
                yield tuple(self._number(cells[i], line, name) if kind == "number" else self._text(cells[i])
                            for i, name, kind in places)

    def _holds_text(self, name):
        """The node looked at every cell: one out of place is enough, and then it matters which."""
        found = self._found.get(name)
        if found is None:
            return f"Column '{name}' of '{self.label}' is declared to hold text, not numbers."
        others = f"; {found['numbers']} other cells are numbers, {found['texts']} in all are not" if found["numbers"] else ""
        return (f"Column '{name}' of '{self.label}' holds text, not numbers: the first cell that is not a number is in "
                f"{found['where']}{others}. Correct it, or list the code in the source's option 'missing'.")

    def _text(self, cell):
        return None if cell in self._missing else cell

    def _number(self, cell, line, name):
        if cell in self._missing or NAN.fullmatch(cell):
            return None
        plain = self._plain(cell)
        if NUMBER.fullmatch(plain):
            number = float(plain)
            if number not in (float("inf"), float("-inf")):
                return number
        elif not NOT_FINITE.fullmatch(cell):
            raise DataInvalid(f"'{self.label}', line {line}, column '{name}': not a number." + LIST_IT)
        raise DataInvalid(
            f"'{self.label}', line {line}, column '{name}': infinite, or beyond the range of a double." + LIST_IT)

    def _could_be_number(self, cell):
        return (cell in self._missing or NUMBER.fullmatch(self._plain(cell)) or NAN.fullmatch(cell)
                or NOT_FINITE.fullmatch(cell))

    def _plain(self, cell):
        return cell if self._decimal == "." else "x" if "." in cell else cell.replace(self._decimal, ".")

    def _open(self):
        return _Rows(self)

    def _records(self, file):
        """The names of the columns, then (line, cells) of each row."""
        reader = csv.reader(file, delimiter=self._delimiter, strict=True)
        names = None
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except UnicodeError:
                raise DataInvalid(f"'{self.label}', line {line} or after: bytes that are not {self._encoding}.") from None
            except csv.Error:
                raise DataInvalid(f"'{self.label}', line {line}: a quote is never closed, text stands after a closing quote,"
                                  " or this is no CSV file.") from None
            if names is None:
                names = self._names(cells) if self._has_header else [f"column{i + 1}" for i in range(len(cells))]
                yield names
                if self._has_header:
                    continue
            if not cells:
                if len(names) > 1:
                    continue
                cells = [""]
            if len(cells) != len(names):
                raise DataInvalid(f"'{self.label}', line {line}: {len(cells)} cells where {len(names)} are expected.")
            yield line, cells
        if names is None:
            raise DataInvalid(f"'{self.label}' is empty.")

    def _names(self, header):
        if header in ([], [""]):
            raise DataInvalid(f"'{self.label}', line 1: empty, where the names of the columns are expected.")
        names = [name or f"column{i + 1}" for i, name in enumerate(header)]
        for i, name in enumerate(names):
            if name in names[:i]:
                raise DataInvalid(f"'{self.label}', line 1: columns {names.index(name) + 1} and {i + 1} are both called '{name}'.")
        return names


class Tables(dict):
    """A function's tables by their labels, for functions that need more than one."""

    def __missing__(self, label):
        raise DataInvalid(f"This function needs data labelled '{label}', and the task names none.")


class _Rows:
    """An open file, closed when the reader has had enough."""

    def __init__(self, table):
        csv.field_size_limit(LONGEST_CELL)
        encoding = ENCODINGS.get(table._encoding.lower())
        if encoding is None:
            raise DataInvalid(f"'{table.label}' is written in {table._encoding}, which this kit does not read.")
        try:
            self._file = open(table._path, encoding=encoding, newline="")
        except OSError as e:
            raise DataInvalid(f"'{table.label}' cannot be opened: {e.strerror}") from None
        self._records = table._records(self._file)

    def __enter__(self):
        return self._records

    def __exit__(self, *_):
        self._records.close()
        self._file.close()
