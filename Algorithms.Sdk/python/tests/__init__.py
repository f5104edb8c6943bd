"""python3 -m unittest discover -s tests -t . in Algorithms.Sdk/python. Hospitals, people and nodes come from the tests of
the protocol."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "tests" / "second-implementation"))
