"""Says that a task may have changed, by the Coordinator's events: once too often rather than once too seldom."""

import http.client
import time

from ..errors import VantageError
from .patience import Patience

SILENCE = 20.0
LONGEST_LINE = 256 * 1024


def changes(channel, task):
    """Yields at once when listening begins, then whenever something may have changed, and now and then when nothing at
    all arrives, since a proxy may hold events back. It never gives up: without a stream it asks to look again after
    growing pauses, and whoever looks decides when being out of reach has gone on for too long."""
    patience, last = Patience(float("inf")), None
    while True:
        headers = {"Accept": "text/event-stream"}
        if last is not None:
            headers["Last-Event-ID"] = last
        try:
            with channel.open("GET", f"events?task={task}", headers=headers, timeout=SILENCE) as stream:
                yield
                for identifier in _signals(stream):
                    patience.progress()
                    last = identifier or last
                    yield
        except (OSError, http.client.HTTPException, VantageError):
            pass
        yield
        patience.wait()


def _signals(stream):
    """An id (or None) for each event, and None now and then while there are only comments."""
    identifier, something, told = None, False, time.monotonic()
    while True:
        line = stream.readline(LONGEST_LINE + 1)
        if not line:
            return
        if len(line) > LONGEST_LINE:
            raise OSError("a server-sent event is longer than any that a Coordinator sends")
        name, _, value = line.decode("utf-8", "replace").rstrip("\r\n").partition(":")
        if name == "id":
            identifier = value.strip()
        elif name in ("event", "data"):
            something = True
        elif (not name and not value and (something or identifier)) or time.monotonic() - told >= SILENCE:
            yield identifier
            identifier, something, told = None, False, time.monotonic()
