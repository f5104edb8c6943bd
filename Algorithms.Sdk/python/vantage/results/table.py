"""A table for people: text in a terminal, HTML in a notebook, a pandas frame where pandas is."""

import html

from ..errors import VantageError


class Table:
    def __init__(self, name, columns, rows):
        self.name, self.columns, self.rows = name, list(columns), [list(row) for row in rows]

    def records(self):
        """Plain Python: a dictionary a row."""
        return [dict(zip(self.columns, row)) for row in self.rows]

    def to_frame(self):
        try:
            import pandas
        except ImportError as e:
            raise VantageError("program-missing", "A data frame needs pandas, which is not installed.",
                               "Install it, or take .records().") from e
        return pandas.DataFrame(self.records(), columns=self.columns)

    def to_text(self):
        cells = [self.columns] + [[shown(value) for value in row] for row in self.rows]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        padded = ([row[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(row[1:], widths[1:])] for row in cells)
        return "\n".join("  ".join(row).rstrip() for row in padded)

    def to_html(self):
        head = "".join(f"<th>{html.escape(c)}</th>" for c in self.columns)
        rows = ("".join(f"<td>{html.escape(shown(value))}</td>" for value in row) for row in self.rows)
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def shown(value):
    """Six digits for a person; the whole number is in the result."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return str(value) if isinstance(value, int) else f"{value:.6g}"
