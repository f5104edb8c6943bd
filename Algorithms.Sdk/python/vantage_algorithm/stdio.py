"""The frames of a Gateway that is spoken to over standard streams; docs/algorithm-contract.md describes them."""

import io
import os
import struct
import threading

HEAD = struct.Struct(">BBBBI")
MARK, VERSION, DATA, END = 2, 1, 0, 1
LARGEST = 64 * 1024


class StdioLine:
    """One request after the other, all as connection 0. Standard output belongs to it from now on: what a function prints
    goes to standard error, and so to the run's log, and there is nothing for it to read from standard input."""

    def __init__(self):
        self._lock = threading.RLock()
        self.input = os.fdopen(os.dup(0), "rb")
        self._output = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)

    def open(self):
        self._lock.acquire()
        return _Framed(self)

    def release(self):
        self._lock.release()

    def send(self, kind, content=b""):
        frame = memoryview(HEAD.pack(MARK, VERSION, kind, 0, len(content)) + bytes(content))
        while frame:
            frame = frame[os.write(self._output, frame):]

    def receive(self):
        """The content of the next frame; None when the node sends no more."""
        head = self.input.read(HEAD.size)
        if len(head) < HEAD.size:
            raise ConnectionResetError("the node closed this program's standard input")
        mark, version, kind, connection, length = HEAD.unpack(head)
        if (mark, version, connection) != (MARK, VERSION, 0) or length > LARGEST:
            raise ConnectionError("what came over standard input is no frame of version 1")
        content = self.input.read(length)
        if len(content) < length:
            raise ConnectionResetError("the node closed this program's standard input")
        return None if kind == END else content


class _Framed:
    """As much of a socket as http.client needs."""

    def __init__(self, line):
        self._line, self._left, self._is_over, self._is_hung_up = line, b"", False, False

    def sendall(self, content):
        content = memoryview(content).cast("B")
        for start in range(0, len(content), LARGEST):
            self._line.send(DATA, content[start:start + LARGEST])

    def makefile(self, *_):
        return io.BufferedReader(_Answer(self))

    def close(self):
        pass

    def hang_up(self):
        """The connection's number is free once the node has said so, too."""
        if self._is_hung_up:
            return
        self._is_hung_up = True
        try:
            self._line.send(END)
            while not self._is_over:
                self.next()
        except OSError:
            pass  # Whoever asks next is told.
        finally:
            self._line.release()

    def next(self):
        content = self._line.receive()
        self._is_over = content is None
        return content or b""

    def read_into(self, buffer):
        if not self._left and not self._is_over:
            self._left = self.next()
        taken = self._left[:len(buffer)]
        buffer[:len(taken)] = taken
        self._left = self._left[len(taken):]
        return len(taken)


class _Answer(io.RawIOBase):
    def __init__(self, framed):
        super().__init__()
        self._framed = framed

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._framed.read_into(buffer)
