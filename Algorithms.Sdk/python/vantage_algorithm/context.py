"""What a running function may do besides reading its arguments and data: ask for a parameter `context: Context`."""

from .gateway import output_too_large


class Context:
    def __init__(self, gateway, site, limits, disclosure=None):
        """`disclosure` is what the node lets leave, as run.json has it ({"minimumCell": 10, …}); None where nothing is held back."""
        self._gateway, self._sizes, self._percent = gateway, {}, None
        self.site, self.limits, self.disclosure = site, limits, disclosure

    def may_show(self, count):
        """Whether a count of so many rows may leave: hold it back (None) where not, or the node refuses the whole result."""
        rules = self.disclosure
        return rules is None or count >= rules["minimumCell"] or (count == 0 and rules["zeroCellsPass"])

    def may_speak_of(self, rows):
        """Whether a sum, mean or other number over so many rows may leave. None at all is nobody's number."""
        return rows == 0 or self.disclosure is None or rows >= self.disclosure["minimumCell"]

    def may_sum(self, sum):
        """Whether a `Sum` may leave: enough rows, and none of them nearly all of it."""
        return sum.may_leave(self.disclosure)

    @property
    def has_result(self):
        return "result" in self._sizes

    def progress(self, percent):
        """Tells how far the run is, 0 to 100. Anyone may see it: it must not depend on values in the data."""
        percent = max(0, min(100, int(percent)))
        if percent != self._percent:
            self._percent = percent
            self._gateway.progress(percent)

    def log(self, text):
        """Adds to the run's log, which the node seals for those who may read it."""
        self._gateway.log(text if text.endswith("\n") else text + "\n")

    def write(self, chunks, name="result"):
        """Streams an output of any size out of chunks of bytes. If they break off, nothing of it remains."""
        room = self.limits["outputBytes"] - sum(size for other, size in self._sizes.items() if other != name)
        counted = _Counted([chunks] if isinstance(chunks, bytes) else chunks, room, self.limits["outputBytes"])
        self._gateway.output(name, iter(counted), self.limits["outputBytes"])
        self._sizes[name] = counted.size


class _Counted:
    """Stops at the cap with a sentence that says so; the node stops there too, but can only break off."""

    def __init__(self, chunks, room, cap):
        self.size, self._chunks, self._room, self._cap = 0, chunks, room, cap

    def __iter__(self):
        for chunk in self._chunks:
            self.size += len(chunk)
            if self.size > self._room:
                raise output_too_large(self._cap)
            if chunk:
                yield chunk
