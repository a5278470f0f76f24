"""The grading server, `python -m course.grading.engine.worker FD`: warm, and forks one grader per submission.

FD is a Unix socket on which the engine sends one byte and one socket at a time: `a` and a connection on which an
assignment comes, `w` and a connection on which a piece of work comes. It ends, with all that it started, when FD closes.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback

from ..shell.connection import StartError
from . import messages
from .messages import ASSIGNMENT, Again


class Server:
    """Holds one assignment's warm state; everything about one submission happens in a forked child."""

    def __init__(self, control: socket.socket):
        self.control = control
        self.grader = None

    def serve(self) -> None:
        """Until the engine closes the control connection."""
        while True:
            kind, descriptors, _, _ = socket.recv_fds(self.control, 1, 1)
            if not kind:
                return
            with socket.socket(fileno=descriptors[0]) as connection:
                if kind == ASSIGNMENT:
                    self._prepare(connection)
                else:
                    self._fork(connection)

    def _prepare(self, connection: socket.socket) -> None:
        from .grader import Grader

        setting = messages.receive(connection)
        try:
            self.grader = Grader(setting.assignment, setting.sandbox)
            self.grader.warm_up()
        except Exception as error:
            messages.send(connection, f"{type(error).__name__}: {error}")
            return
        messages.send(connection, "")

    def _fork(self, connection: socket.socket) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        if os.fork():
            return
        status = 1
        try:
            self.control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            messages.send(connection, os.getpid())
            messages.send(connection, answer(self.grader, messages.receive(connection)))
            status = 0
        except (EOFError, BrokenPipeError):
            pass  # the engine does not want it any more
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)


def answer(grader, work):
    """What the engine gets for one piece of work; trouble of the machine is told as such."""
    try:
        return grader.do(work)
    except (OSError, MemoryError, StartError) as error:
        return Again(f"{type(error).__name__}: {error}")


def main(descriptor: int) -> None:
    # Ctrl-C is for the engine, which ends its servers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from . import grader

    grader.preload()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for graders that have ended
    with socket.socket(fileno=descriptor) as control:
        try:
            Server(control).serve()
        finally:
            os.killpg(0, signal.SIGKILL)  # the graders under way, and this process


if __name__ == "__main__":
    main(int(sys.argv[1]))
