"""Sums that a site may let out."""


class Sum:
    """Adds up numbers, and follows how many there are and the two largest, which a node looks at to see that nobody sticks out."""

    def __init__(self, numbers=()):
        self.rows, self.value, self._total, self._largest, self._second = 0, 0.0, 0.0, 0.0, 0.0
        for number in numbers:
            self.add(number)

    def add(self, number):
        """None, a missing cell, is passed over."""
        if number is None:
            return
        size = abs(number)
        self.rows, self.value, self._total = self.rows + 1, self.value + number, self._total + size
        if size > self._largest:
            self._largest, self._second = size, self._largest
        elif size > self._second:
            self._second = size

    @property
    def evidence(self):
        """For the node, which takes it away: return it beside the sum, as the member that the sum's declaration names."""
        return {"total": self._total, "largest": self._largest, "second": self._second}

    def may_leave(self, rules):
        """Under a node's rules, as run.json has them: enough rows, and none of them nearly all of it."""
        if rules is None or self.rows == 0:
            return True
        count, share = rules.get("dominanceCount", 2), rules.get("dominanceShare", 1)
        top = min(self._total, self._largest + self._second * (count - 1))
        return (self.rows >= rules["minimumCell"]
                and not (self._total > 0 and share < 1 and top > share * self._total)
                and not self._total - self._largest - self._second < rules.get("pRatio", 0) * self._largest)
