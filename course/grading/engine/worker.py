"""The grading server, `python -m course.grading.engine.worker FD`: warm, and forks one grader per submission.

FD is a Unix socket on which the engine sends one byte and one socket at a time: `a` and a connection on which an
assignment comes, `w` and a connection on which a piece of work comes. It ends, with all that it started, when FD closes.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import traceback

from ..shell.connection import StartError
from . import messages
from .messages import ASSIGNMENT, REHEARSAL_SECONDS, SLACK_SECONDS, Again, Prepared


class Server:
    """Holds one assignment's warm state; everything about one submission happens in a forked child."""

    def __init__(self, control: socket.socket):
        self.control = control
        self.grader = None
        self.rehearsed = {}  # by what they depend on

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
        leave_deleted_folder()
        try:
            self.grader = Grader(setting.assignment, setting.sandbox)
            self.grader.warm_up()
            self.grader.rehearsed = self._rehearsed(connection)
        except Exception as error:
            messages.send(connection, Prepared(f"{type(error).__name__}: {error}"))
            return
        messages.send(connection, Prepared("", self.grader.rehearsed.warnings))

    def _rehearsed(self, connection: socket.socket):
        """What came of the rehearsal, which a forked grader does, once for each assignment."""
        from . import rehearsal

        if not any(rehearsal.is_wanted(source, self.grader.plans[source.name]) for source in self.grader.assignment.notebooks):
            return rehearsal.Rehearsed()
        key = rehearsal.key_of(self.grader.assignment)
        if key not in self.rehearsed:
            ours, theirs = socket.socketpair()
            child = os.fork()
            if child == 0:
                self._end_with(lambda: messages.send(theirs, rehearsal.rehearse(self.grader)), ours, connection)
            theirs.close()
            with ours:
                ours.settimeout(REHEARSAL_SECONDS + SLACK_SECONDS)
                try:
                    self.rehearsed[key] = messages.receive(ours)
                except (OSError, EOFError):
                    why = "running the instructor's notebook took too long, or ended the process that ran it"
                    self.rehearsed[key] = rehearsal.Rehearsed({}, (rehearsal.not_known(self.grader.assignment.name, why),))
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(child, signal.SIGKILL)
        return self.rehearsed[key]

    def _fork(self, connection: socket.socket) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        if os.fork() == 0:
            self._end_with(lambda: self._grade(connection))

    def _grade(self, connection: socket.socket) -> None:
        messages.send(connection, os.getpid())
        messages.send(connection, answer(self.grader, messages.receive(connection)))

    def _end_with(self, work, *servers_own: socket.socket) -> None:
        """In a forked process: does this, with the server's own sockets closed, and ends. Never returns."""
        status = 1
        try:
            for one in (self.control, *servers_own):
                one.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            work()
            status = 0
        except (EOFError, BrokenPipeError):
            pass  # the engine does not want it any more
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)


def leave_deleted_folder() -> None:
    """Goes to the root folder where the course that this server was started in is there no more: others may follow."""
    try:
        os.getcwd()
    except FileNotFoundError:
        os.chdir("/")


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
