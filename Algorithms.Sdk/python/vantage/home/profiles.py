"""Which folder is meant: the base itself, the profile `default`, or one of the named profiles below it."""

import os
import pathlib
import re

from ..errors import VantageError
from .folder import Home

DEFAULT = "default"
NAME = re.compile("[a-z0-9][a-z0-9._-]{0,63}")


def find(home=None, profile=None, environment=os.environ):
    """In `home`, else $VANTAGE_HOME, else ~/.vantage: the profile that is named, else the one that `vantage profile
    use` chose. $VANTAGE_PROFILE counts where neither is given: it is of the person's own home."""
    base = pathlib.Path(home or environment.get("VANTAGE_HOME") or "~/.vantage").expanduser().absolute()
    name = profile or (environment.get("VANTAGE_PROFILE") if home is None else None) or _current(base)
    if name == DEFAULT:
        return Home(base)
    folder = base / "profiles" / name
    if not NAME.fullmatch(name) or not folder.is_dir():
        raise VantageError("home-invalid", f"There is no profile '{name}' in {base}.", "See: vantage profile list")
    return Home(folder)


def _current(base):
    try:
        return (base / "current").read_text(encoding="utf-8").strip() or DEFAULT
    except (FileNotFoundError, NotADirectoryError):
        return DEFAULT
    except OSError as e:
        raise VantageError("home-invalid", f"{base / 'current'} can't be read: {e}") from e
