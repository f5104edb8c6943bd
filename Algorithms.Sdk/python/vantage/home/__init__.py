"""A person's folder: profile, keys, pins, catalogue. The same one that the `vantage` command uses."""

from .folder import Home
from .profiles import find

__all__ = ["Home", "find"]
