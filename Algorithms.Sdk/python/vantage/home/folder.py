"""Files of one person at one Coordinator. Nothing here writes."""

import json
import os
import pathlib
import stat

from ..errors import VantageError

LOG_IN = "Log in with: vantage login --url URL --token-file FILE (or name another home or profile)."


class Home:
    def __init__(self, directory):
        self.directory = pathlib.Path(directory)

    def __repr__(self):
        return f"Home({str(self.directory)!r})"

    def profile(self):
        """profile.json: url, token, user, organization, and the defaults `collaboration` and `data`."""
        path = self.directory / "profile.json"
        if not path.exists():
            raise VantageError("home-invalid", f"Nobody has logged in with the home {self.directory}.", LOG_IN)
        try:
            profile = json.loads(self.secret(path, "home-invalid"))
            if not isinstance(profile, dict) or not isinstance(profile.get("url"), str):
                raise ValueError("it has no url")
            return profile
        except ValueError as e:
            raise VantageError("home-invalid", f"{path} can't be used: {e}", LOG_IN) from e

    def text(self, name, code, missing):
        """A file's text; `missing` is a sentence and what to do where it is not there."""
        path = self.directory / name
        if not path.exists():
            raise VantageError(code, *missing)
        try:
            return path.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as e:
            raise VantageError("home-invalid", f"{path} can't be read: {e}") from e

    @staticmethod
    def secret(path, code="key-unusable"):
        """A secret text; one that others than its owner may read or write is not used."""
        try:
            with open(path, encoding="utf-8") as file:
                if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                    raise VantageError(
                        code, f"The file {path} is open to other users of this machine, so it is not used.",
                        f"Close it with: chmod 600 '{path}' — and replace the key if others may have read it.")
                return file.read()
        except (OSError, ValueError) as e:
            raise VantageError(code, f"The file {path} can't be read: {e}") from e
