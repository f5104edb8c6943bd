class Refused(Exception):
    """Something is not accepted; `code` is a reason code of section 12."""

    def __init__(self, code, why=""):
        super().__init__(f"{code}: {why}" if why else code)
        self.code = code


def require(holds, code, why=""):
    if not holds:
        raise Refused(code, why)
