"""Keeps trying what may be repeated while the Coordinator is out of reach."""

import time

from ..errors import VantageError

PASSING = ("unreachable", "unavailable", "too-many-requests")
LONGEST = 10.0


class Patience:
    """Growing pauses; gives up after `seconds` without progress."""

    def __init__(self, seconds, clock=time.monotonic, sleep=time.sleep):
        self.seconds, self.clock, self.sleep = seconds, clock, sleep
        self.progress()

    def progress(self):
        """What moves on is not failing: the count starts afresh."""
        self.pause, self.since = 0.25, None

    def wait(self):
        """Waits before the next attempt; False when patience has run out."""
        self.since = self.clock() if self.since is None else self.since
        if self.clock() - self.since >= self.seconds:
            return False
        self.sleep(self.pause)
        self.pause = min(self.pause * 2, LONGEST)
        return True

    def keep_trying(self, action):
        while True:
            try:
                return action()
            except VantageError as e:
                if e.code not in PASSING or not self.wait():
                    raise
