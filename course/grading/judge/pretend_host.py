"""The pretend device of a student's process: a child forked before any of the student's code ran, which hosts it.

PyTorch's backward pass learns of its devices once, and setting the pretend one up cannot be undone: neither the
student's process itself nor a fork made after it ran a backward pass will do. Where the child turns out to be such a
fork, a new process takes its place, which has to import everything first.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import socket
import struct
import sys
import time

from course.check import devices
from course.check.devices.sending import by_value

LENGTH = struct.Struct("<Q")
LARGEST = 64 * 1024 * 1024
UNUSABLE = 1 << 62  # in place of a length


class PretendHost:
    """One per student's process, made before that runs anything."""

    def __init__(self):
        self.line, theirs = socket.socketpair()
        self.child = os.fork()
        if self.child == 0:
            _host(theirs, self.line)
        theirs.close()

    def run(self, function, payload, seconds: float) -> bytes:
        """`function(payload)`, which gives bytes, where the device is; both are sent by value.

        Raises TimeoutError, RuntimeError when there is no answer, or whatever pickling raises.
        """
        data = by_value((function, payload))
        try:
            self.line.sendall(LENGTH.pack(len(data)) + struct.pack("<d", seconds) + data)
            answer = self._answer(time.monotonic() + seconds + 1.0)
        except OSError as error:
            if isinstance(error, TimeoutError):
                self.end()  # it is still at it
                raise
            raise RuntimeError("the process with the pretend device is gone") from error
        except KeyboardInterrupt:
            self.end()
            raise
        return answer if answer is not None else _elsewhere(function, payload, seconds)

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.child, 0)
        self.line.close()

    def _answer(self, deadline: float) -> bytes | None:
        """The answer; None when the child cannot host the device."""
        length = LENGTH.unpack(_read(self.line, LENGTH.size, deadline))[0]
        if length == UNUSABLE:
            return None
        if not 0 < length <= LARGEST:
            raise RuntimeError("the process with the pretend device ended without an answer")
        return _read(self.line, length, deadline)


def _read(line: socket.socket, count: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < count:
        if deadline is not None and not select.select([line], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError("the pretend device did not answer in time")
        part = line.recv(min(1 << 20, count - len(data)))
        if not part:
            raise RuntimeError("the process with the pretend device ended")
        data += part
    return bytes(data)


def _host(line: socket.socket, parents_end: socket.socket) -> None:
    """Serve until the line closes, each request in a fork of its own. Never returns."""
    try:
        parents_end.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _leave_everything_but(line)
        usable = None
        while True:
            length = LENGTH.unpack(_read(line, LENGTH.size, None))[0]
            seconds = struct.unpack("<d", _read(line, 8, None))[0]
            data = _read(line, length, None)
            usable = usable if usable is not None else _set_up()
            if not usable:
                line.sendall(LENGTH.pack(UNUSABLE))
                continue
            child = os.fork()
            if child == 0:
                _answer(line, data, seconds)
            _, status = os.waitpid(child, 0)
            if status:
                line.sendall(LENGTH.pack(0))
    finally:
        os._exit(0)


def _leave_everything_but(line: socket.socket) -> None:
    """Close what the student's process holds open: its lines to the judge are not ours."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.closerange(3, line.fileno())
    os.closerange(line.fileno() + 1, 1024)
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115


def _set_up() -> bool:
    """Set the device up; whether a backward pass, tried in a fork, finds it."""
    import torch

    from course.check.devices.pretend import DEVICE, install
    from course.check.devices.worker import _without_distributed_tensors

    with _without_distributed_tensors():
        install()
    child = os.fork()
    if child == 0:
        try:
            torch.ones(1, device=DEVICE, requires_grad=True).sum().backward()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _elsewhere(function, payload, seconds: float) -> bytes:
    return devices.run(function, payload, seconds)


def _answer(line: socket.socket, data: bytes, seconds: float) -> None:
    """In a fork: never returns; ends with a status other than 0 when nothing was sent."""
    status = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        function, payload = pickle.loads(data)
        answer = function(payload)
        line.sendall(LENGTH.pack(len(answer)) + answer)
        status = 0
    finally:
        os._exit(status)
