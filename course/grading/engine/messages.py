"""Pickled messages between the engine and its graders, over Unix sockets. Both ends are the instructor's own."""

from __future__ import annotations

import pickle
import socket
import struct
from dataclasses import dataclass

LENGTH = struct.Struct("<Q")
CHUNK = 1 << 20
# What a new connection to the grading server is for.
ASSIGNMENT, WORK = b"a", b"w"
# How long the instructor's notebooks may run before submissions do, all of them together, and the last cell beyond that.
REHEARSAL_SECONDS, SLACK_SECONDS = 120.0, 30.0


@dataclass(frozen=True)
class Again:
    """In place of a result: the piece of work should be tried again. machine: whether it can be no fault of the work's."""

    reason: str
    machine: bool = True


@dataclass(frozen=True)
class Prepared:
    """The answer to an assignment. trouble: why it cannot be graded, or nothing. warnings: a line each, for a person."""

    trouble: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What a server grades with: the assignment, and the address of the sandbox server, None for no sandbox."""

    assignment: object
    sandbox: str | None


def packed(message) -> bytes:
    """The bytes of one message, its length first."""
    content = message if isinstance(message, bytes) else pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(content)) + content


def send(sock: socket.socket, message) -> None:
    """Sends one message on a blocking socket."""
    sock.sendall(packed(message))


def receive(sock: socket.socket):
    """The next message on a blocking socket. Raises EOFError where the other end has closed it."""
    return pickle.loads(_exactly(sock, LENGTH.unpack(_exactly(sock, LENGTH.size))[0]))


def _exactly(sock: socket.socket, count: int) -> bytes:
    content = bytearray()
    while len(content) < count:
        part = sock.recv(min(CHUNK, count - len(content)))
        if not part:
            raise EOFError("the other end closed the connection")
        content += part
    return bytes(content)


class Mailbox:
    """One end of a connection in an event loop: sends when the socket takes more, puts messages together as they come."""

    def __init__(self, sock: socket.socket):
        sock.setblocking(False)
        self.sock = sock
        self.closed = False
        self._leaving = memoryview(b"")
        self._coming = bytearray()

    def fileno(self) -> int:
        return self.sock.fileno()

    def post(self, message) -> None:
        self._leaving = memoryview(bytes(self._leaving) + packed(message))
        self.write()

    @property
    def wants_to_write(self) -> bool:
        return bool(self._leaving) and not self.closed

    def write(self) -> None:
        """Sends as much as the socket takes now."""
        try:
            while self._leaving:
                self._leaving = self._leaving[self.sock.send(self._leaving):]
        except BlockingIOError:
            pass
        except OSError:  # whoever reads will see that it is closed
            self._leaving = memoryview(b"")

    def read(self) -> list:
        """The messages that have come in whole. Sets `closed` when the other end has closed the connection."""
        try:
            while part := self.sock.recv(CHUNK):
                self._coming += part
            self.closed = True
        except BlockingIOError:
            pass
        except OSError:
            self.closed = True
        messages = []
        while len(self._coming) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._coming)[0]
            if len(self._coming) < end:
                break
            messages.append(pickle.loads(bytes(self._coming[LENGTH.size:end])))
            del self._coming[:end]
        return messages

    def close(self) -> None:
        self.closed = True
        self.sock.close()
