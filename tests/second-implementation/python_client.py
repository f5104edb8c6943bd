"""Where the package under test lies: the Python client of this repository, not one that may be installed."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Algorithms.Sdk" / "python"))
