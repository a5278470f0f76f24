"""The warm server: `python -m course.grading.shell.server --socket PATH` builds a shell once and forks it per submission.

A control connection is one submission. Its first byte carries the student process's end of a socket pair; then come
frames: `start` (files, environment, limits), `interrupt`, `kill`. The server answers `started` or `failed`, and in the
end `ended` with the reason. When the connection closes the submission is killed.
"""

import argparse
import os
import selectors
import signal
import socket
import sys
import tempfile
from time import monotonic

from course.grading.shell import warm_up
from course.grading.shell.frames import FrameError
from course.grading.shell.kernel import WarmKernel
from course.grading.shell.submission import Submission, base_environment

WATCH_SECONDS = 0.2
KEPT_VARIABLES = {"PATH", "HOME", "LANG", "PYTHONPATH", "VIRTUAL_ENV", "COURSE_SHELL_CLEAN"}


class Server:
    """Accepts connections and looks after the submissions, in one thread: a fork keeps no other."""

    def __init__(self, listener: socket.socket, warm: WarmKernel):
        self.listener, self.warm = listener, warm
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ, (self._accept, None))
        self.submissions: set[Submission] = set()

    def serve(self) -> None:
        """Until the listening socket is gone or SIGTERM comes."""
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

    def abandon(self):
        """In a fork: gives up all sockets without closing anything; what is returned must be kept until the end."""
        self.listener.detach()
        for submission in self.submissions:
            submission.control.sock.detach()
        return self.selector, self.submissions

    def _accept(self, _) -> None:
        connection, _ = self.listener.accept()
        submission = Submission(connection)
        self.submissions.add(submission)
        self.selector.register(connection, selectors.EVENT_READ, (self._read, submission))

    def _read(self, submission: Submission) -> None:
        try:
            if submission.data is None:
                self._take_data_socket(submission)
                return
            message, blob = submission.control.receive(monotonic() + 10)
        except (FrameError, TimeoutError, OSError):
            self._forget(submission)
            return
        operation = message["op"]
        if operation == "start":
            self._start(submission, message, blob)
        elif operation == "interrupt":
            submission.interrupt()
        elif operation == "kill":
            submission.kill(message.get("reason") or "it was ended")

    def _take_data_socket(self, submission) -> None:
        control = submission.control.sock
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not descriptors:
            raise OSError("no socket came with the connection")
        submission.data = socket.socket(fileno=descriptors[0])

    def _start(self, submission, message, blob) -> None:
        try:
            submission.start(self, self.warm, message, blob)
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            submission.tell({"op": "failed", "reason": f"{type(error).__name__}: {error}"})
            if submission.pidfd is not None:
                submission.kill()
                submission.reap()
            return
        self.selector.register(submission.pidfd, selectors.EVENT_READ, (self._ended, submission))
        submission.tell({"op": "started", "process": submission.process})

    def _ended(self, submission: Submission) -> None:
        self.selector.unregister(submission.pidfd)
        submission.tell({"op": "ended", "reason": submission.reap()})

    def _forget(self, submission: Submission) -> None:
        """Its connection is gone: so is the submission."""
        if submission.pidfd is not None:
            self.selector.unregister(submission.pidfd)
            submission.kill()
            submission.reap()
        self.selector.unregister(submission.control.sock)
        submission.control.close()
        if submission.data is not None:
            submission.data.close()
        self.submissions.discard(submission)

    def _watch(self) -> None:
        for submission in self.submissions:
            if submission.pidfd is not None and (reason := submission.watch.exceeded()):
                submission.kill(reason)


def build() -> WarmKernel:
    """A warm shell in this process."""
    os.environ.update(base_environment(os.getcwd()))
    profile = tempfile.mkdtemp(prefix="ipython-")
    os.environ["IPYTHONDIR"] = profile
    warm = WarmKernel(os.path.join(profile, "profile_default"))
    warm_up.import_everything()
    warm_up.warm_up(warm)
    return warm


def listener_of(options) -> socket.socket:
    if options.descriptor is not None:
        return socket.socket(fileno=options.descriptor)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(options.socket)
    listener.listen(64)
    return listener


def main(arguments=None) -> None:
    parser = argparse.ArgumentParser(prog="course.grading.shell.server", description=__doc__)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--socket", help="path to listen at")
    place.add_argument("--descriptor", type=int, help="number of a listening socket inherited from the parent")
    parser.add_argument("--no-sandbox", action="store_true", help="no walls around the submissions, for where none can be had")
    options = parser.parse_args(arguments)
    sys.argv = ["ipykernel"]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm = build()
    Server(listener_of(options), warm).serve()


if __name__ == "__main__":
    main()
