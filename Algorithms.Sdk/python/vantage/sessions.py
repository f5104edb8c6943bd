"""Tables that sites prepare once and keep between questions (docs/sessions.md), by the `vantage` command."""

import json
import pathlib
import tempfile

from . import command
from .asking import dictionaries
from .asking.request import data_refs


class Session:
    """A session by its name. Nothing is asked until a verb is called."""

    def __init__(self, home, name, collaboration=None, organizations=None, purpose=None, project=None):
        self.home, self.name = home, name
        self.options = {"--collaboration": collaboration, "--purpose": purpose, "--project": project}
        self.organizations = [organizations] if isinstance(organizations, str) else list(organizations or [])

    def prepare(self, frame, steps=None, data=None, frames=None, dictionary=None):
        """Has the sites make a frame by `steps` of `data`, or of the session's `frames`; says its columns, and no rows.
        `dictionary` is what the data are read as: a file or NAME@VERSION, or such by the data's labels."""
        words = [word for reference in data_refs(data) for word in ("--data", f"{reference['label']}={reference['id']}")]
        words += frame_words(frames) + dictionaries.words(dictionary)
        if steps is None:
            return self._ask("prepare", [frame], words)
        with tempfile.TemporaryDirectory(prefix="vantage-") as folder:
            # Not over the command line, which everybody on this machine can see.
            path = pathlib.Path(folder) / "steps.json"
            path.write_text(json.dumps(steps), "utf-8")
            return self._ask("prepare", [frame], [*words, "--steps-file", str(path)])

    def list(self):
        """The frames at each site."""
        return self._ask("list", [])

    def show(self, frame):
        """One frame at each site: columns, types, version, until when it is kept."""
        return self._ask("show", [frame])

    def end(self, frame=None):
        """Has the sites delete the frames, or one."""
        return self._ask("end", [], [] if frame is None else ["--only", frame])

    def __repr__(self):
        return f"<Session {self.name}>"

    def _ask(self, verb, names, words=()):
        given = [word for name, value in self.options.items() if value is not None for word in (name, str(value))]
        given += [word for organization in self.organizations for word in ("--organization", organization)]
        return command.run(self.home, ["session", verb, self.name, *names, *words, *given])


def frame_words(frames):
    """`frames` is a name, or names by label."""
    named = {} if frames is None else {"": frames} if isinstance(frames, str) else frames
    return [word for label, frame in named.items() for word in ("--frame", f"{label}={frame}" if label else frame)]
