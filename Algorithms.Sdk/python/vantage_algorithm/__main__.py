"""python -m vantage_algorithm FILE [run RUN_JSON | manifest | catalogue]: runs the algorithm that a file defines."""

import os
import runpy
import sys

if len(sys.argv) < 2:
    print("usage: python -m vantage_algorithm <file that makes an Algorithm> [run <run.json> | manifest | catalogue]",
          file=sys.stderr)
    sys.exit(2)
sys.argv = sys.argv[1:]
sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))
from vantage_algorithm.algorithm import Algorithm  # noqa: E402

found = [value for value in runpy.run_path(sys.argv[0], run_name="algorithm").values() if isinstance(value, Algorithm)]
if len(found) != 1:
    print(f"{sys.argv[0]} makes {len(found)} algorithms, and an image holds one.", file=sys.stderr)
    sys.exit(2)
found[0].main()
