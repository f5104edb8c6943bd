"""Speaks HTTP/1.1 to the run's Gateway, over its Unix socket or framed over standard streams."""

import http.client
import json
import socket

from . import strict_json
from .failures import GatewayLost, RunFailed
from .stdio import StdioLine


class Gateway:
    """All that a run can ask of its node. One connection for each request: that is cheap on either way, and a break
    never outlives its request."""

    def __init__(self, connect, place):
        self._connect, self._place = connect, place

    @classmethod
    def of(cls, address):
        """By what run.json says of it."""
        if address["kind"] == "stdio-http":
            line = StdioLine()
            return cls(lambda: _FramedConnection(line), "this program's standard streams")
        return cls(lambda: _UnixConnection(address["address"]), address["address"])

    def progress(self, percent):
        self._tell("/progress", strict_json.write({"percent": percent}), "application/json")

    def log(self, text):
        self._tell("/log", text.encode("utf-8", "replace"), "text/plain; charset=utf-8")

    def error(self, failure):
        self._tell("/error", strict_json.write(failure), "application/json")

    def output(self, name, chunks, cap):
        """Streams an output. If the chunks break off with an exception, the node keeps nothing of it."""
        headers = {"Content-Type": "application/octet-stream", "Transfer-Encoding": "chunked"}
        status, _ = self._send("PUT", f"/output/{name}", chunks, headers)
        if status == 413:
            raise output_too_large(cap)
        if status == 501:
            raise RunFailed("not-yet", f"This node does not take the output '{name}' yet.")
        if status >= 300:
            raise RunFailed("algorithm-failed", f"The node did not take the output '{name}': it answered {status}.")

    def next(self):
        """The next call of a warm worker, which says that the one before is done; None when there will be none."""
        status, answer = self._send("GET", "/next", None, {})
        if status == 410:
            return None
        if status != 200:
            raise GatewayLost(f"The Gateway at {self._path} gives no calls: it answered {status}.")
        return json.loads(answer)

    def ask(self, function, arguments):
        """The subtask's id, once the Coordinator has it."""
        body = strict_json.write({"function": function, "arguments": arguments})
        return json.loads(self._take("POST", "/subtasks", body))["task"]

    def settled(self, task):
        """How each site ended; waits until all have."""
        while True:
            state = json.loads(self._take("GET", f"/subtasks/{task}"))
            if state["settled"]:
                return state["sites"]

    def result(self, task, site):
        return self._take("GET", f"/subtasks/{task}/{site}")

    def _tell(self, route, body, content_type):
        """Progress, log and error are told, not negotiated: an answer such as "the log is full" changes nothing."""
        self._send("POST", route, body, {"Content-Type": content_type})

    def _take(self, method, route, body=None):
        status, answer = self._send(method, route, body, {"Content-Type": "application/json"} if body else {})
        if status < 300:
            return answer
        try:
            problem = json.loads(answer)
            why = f" ({problem['code']}): {problem['detail']}"
        except (ValueError, KeyError, TypeError):
            why = f": it answered {status}."
        raise RunFailed("not-yet" if status == 501 else "sites-failed", f"The node did not ask the sites{why}")

    def _send(self, method, route, body, headers):
        line = self._connect()
        try:
            line.request(method, route, body, headers, encode_chunked="Transfer-Encoding" in headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as e:
            raise GatewayLost(f"The Gateway at {self._place} could not be reached or broke off: {e!r}") from e
        finally:
            line.hang_up()


def output_too_large(cap):
    return RunFailed("output-too-large",
                     f"The run's outputs exceed {cap} bytes. Ask for less, or have the node's policy allow more.")


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("gateway")
        self._unix_path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self._unix_path)

    def hang_up(self):
        self.close()


class _FramedConnection(http.client.HTTPConnection):
    def __init__(self, line):
        super().__init__("gateway")
        self._line, self._framed = line, None

    def connect(self):
        self.sock = self._framed = self._line.open()

    def hang_up(self):
        """Not by close(), which the standard library calls before an answer's body is read."""
        self.close()
        if self._framed:
            self._framed.hang_up()
