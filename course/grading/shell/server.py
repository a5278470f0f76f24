"""The warm server: `python -m course.grading.shell.server …` builds a shell once and forks it per submission.

A control connection is one submission. Its first byte carries the student process's end of a socket pair; then come
frames: `start` (environment, limits), `interrupt`, `kill`. The server answers `started` or `failed`, `interrupted` once the
signal is sent, and in the end `ended` with the reason. When the connection closes the submission is killed. Nothing of
anybody's work passes here: what this process has ever held, every later fork of it could read. See `beside.py`.
"""

import argparse
import importlib.util
import os
import selectors
import signal
import socket
import sys
import tempfile
from time import monotonic

from course.grading.sandbox.confine import ConfinementError
from course.grading.shell import warm_up
from course.grading.shell.frames import FrameError
from course.grading.shell.kernel import WarmKernel
from course.grading.shell.leftovers import Leftovers
from course.grading.shell.submission import Submission, base_environment

WATCH_SECONDS = 0.2
BACKLOG = 64


class Server:
    """Accepts connections and looks after the submissions, in one thread: a fork keeps no other.

    lifeline: a socket whose other end only the process that wants this server holds; when that closes, the server ends.
    """

    def __init__(self, listener: socket.socket, lifeline: socket.socket, warm: WarmKernel, sandboxed: bool):
        self.listener, self.warm, self.sandboxed = listener, warm, sandboxed
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ, (self._accept, None))
        self.selector.register(lifeline, selectors.EVENT_READ, (lambda _: sys.exit(0), None))
        self.submissions: set[Submission] = set()
        self.leftovers = None if sandboxed else Leftovers()

    def serve(self) -> None:
        """Until SIGTERM, or until nobody holds the lifeline; no submission survives it."""
        try:
            self._serve()
        finally:
            for submission in self.submissions:
                if submission.process is not None:
                    self._end_process(submission)

    def _serve(self) -> None:
        next_watch = monotonic()
        while True:
            timeout = max(0.0, next_watch - monotonic()) if self.submissions else None
            for key, _ in self.selector.select(timeout):
                handle, submission = key.data
                if submission is None or submission in self.submissions:
                    handle(submission)
            if monotonic() >= next_watch:
                self._watch()
                next_watch = monotonic() + WATCH_SECONDS

    def _accept(self, _) -> None:
        connection, _ = self.listener.accept()
        submission = Submission(connection, self.sandboxed)
        self.submissions.add(submission)
        self.selector.register(connection, selectors.EVENT_READ, (self._read, submission))

    def _read(self, submission: Submission) -> None:
        try:
            if submission.data is None:
                submission.data = received_socket(submission.control.sock)
                return
            message, _ = submission.control.receive(monotonic() + 10)
        except (FrameError, OSError):  # a TimeoutError is an OSError
            self._forget(submission)
            return
        operation = message["op"]
        if operation == "start":
            self._start(submission, message)
        elif operation == "interrupt":
            submission.interrupt()
            submission.tell({"op": "interrupted", "number": message["number"]})
        elif operation == "kill" and submission.process is not None:
            self._end(submission, message.get("reason") or "it was ended")

    def _start(self, submission, message) -> None:
        try:
            submission.start(self.warm, message)
        except (ConfinementError, OSError, ValueError, KeyError, TypeError) as error:
            submission.tell({"op": "failed", "reason": f"{type(error).__name__}: {error}"})
            if submission.process is not None:
                self._end_process(submission)
            return
        self.selector.register(submission.process.fileno(), selectors.EVENT_READ, (self._end, submission))
        started = {"process": submission.process.pid, "language_info": self.warm.kernel.language_info}
        submission.tell({"op": "started", **started})

    def _end(self, submission: Submission, reason: str | None = None) -> None:
        """Ends what is left of its process, and says why."""
        self.selector.unregister(submission.process.fileno())
        submission.reason = reason
        submission.tell({"op": "ended", "reason": self._end_process(submission)})

    def _end_process(self, submission: Submission) -> str:
        """Ends its process and whatever that started or left; returns why it ended."""
        reason = submission.end()
        if self.leftovers is not None:
            self.leftovers.end(one.process.pid for one in self.submissions if one.process is not None)
        return reason

    def _forget(self, submission: Submission) -> None:
        """Its connection is gone: so is the submission."""
        if submission.process is not None:
            self.selector.unregister(submission.process.fileno())
            self._end_process(submission)
        self.selector.unregister(submission.control.sock)
        submission.control.close()
        if submission.data is not None:
            submission.data.close()
        self.submissions.discard(submission)

    def _watch(self) -> None:
        for submission in self.submissions:
            if submission.process is not None and (reason := submission.watch.check()):
                self._end(submission, reason)


def received_socket(connection: socket.socket) -> socket.socket:
    """The socket that came with the next byte. Raises OSError if none did."""
    _, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
    if not descriptors:
        raise OSError("no socket came with the connection")
    os.set_inheritable(descriptors[0], False)
    return socket.socket(fileno=descriptors[0])


def build(profile: str) -> WarmKernel:
    """A warm shell in this process. profile: an empty folder for IPython's own files."""
    os.environ.update({**base_environment(os.getcwd()), "IPYTHONDIR": profile})
    warm = WarmKernel(os.path.join(profile, "profile_default"))
    warm_up.import_everything()
    warm_up.warm_up(warm)
    return warm


def main(arguments=None) -> None:
    parser = argparse.ArgumentParser(prog="course.grading.shell.server", description=__doc__)
    parser.add_argument("--descriptor", type=int, required=True, help="number of a listening socket inherited from the parent")
    parser.add_argument("--lifeline", type=int, required=True, help="number of an inherited socket at whose end the server ends")
    parser.add_argument("--no-sandbox", action="store_true", help="no walls around the submissions, for where none can be had")
    options = parser.parse_args(arguments)
    # What a stock kernel has there, and nothing of ours.
    sys.argv = [importlib.util.find_spec("ipykernel_launcher").origin]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    listener, lifeline = socket.socket(fileno=options.descriptor), socket.socket(fileno=options.lifeline)
    with tempfile.TemporaryDirectory(prefix="ipython-") as profile:
        warm = build(profile)
        listener.listen(BACKLOG)
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
        Server(listener, lifeline, warm, not options.no_sandbox).serve()


if __name__ == "__main__":
    main()
