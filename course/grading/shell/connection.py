"""A student process seen from the instructor's side: starting it, asking it, interrupting it, knowing why it ended."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from time import monotonic

from course.grading.sandbox.limits import Limits
from course.grading.shell import beside, claims
from course.grading.shell.frames import Channel, Closed, FrameError, Malformed, TooLarge
from course.grading.told_seconds import STILL_RUNNING, told_seconds

START_SECONDS = 60.0
GRACE_SECONDS = 4.0
INTERRUPT_SECONDS = 10.0
MOST_SUSPICIONS = 50
# How many times what it may show a student process may send: beyond that, it is not the shell that sends.
FORGIVEN = 2


class Gone(Exception):
    """The student process has ended; `reason` says why in plain words."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class StudentTimeout(Exception):
    """It took too long and was interrupted; the process lives and can be asked again."""


class StartError(RuntimeError):
    """The server could not start a student process."""


class Student:
    """One forked shell in the sandbox. Every number that identifies a request is used once."""

    def __init__(self, control: Channel, channel: Channel, most_bytes: int):
        self.control, self.channel = control, channel
        self.suspicious: list[str] = []
        self.language_info: dict = {}
        self._left = most_bytes
        self._number = 0
        self._asked = 0  # requests that are being answered; a callback may ask questions of its own
        self._interrupts = 0
        self._reason: str | None = None

    @classmethod
    def start(
        cls, server: str, *, files: dict[str, bytes], environment: dict[str, str], limits: Limits, pretends: bool = True
    ) -> Student:
        """Forks a student process.

        server: path of the warm server's socket. files: names inside its folder, and contents. environment: variables
        beside those of a kernel. pretends: whether checks may ask for the pretend device, which costs one fork more.

        Raises StartError.
        """
        with contextlib.ExitStack() as undo:
            control = socket.socket(socket.AF_UNIX)
            undo.callback(control.close)
            ours, theirs = socket.socketpair()
            undo.callback(ours.close)
            try:
                with theirs:
                    control.connect(server)
                    socket.send_fds(control, [b"d"], [theirs.fileno()])
                student = cls(Channel(control), Channel(ours), FORGIVEN * limits.output_bytes)
                message = {
                    "op": "start",
                    "environment": environment,
                    "limits": limits.to_dict(),
                    "pretends": pretends,
                }
                deadline = monotonic() + START_SECONDS
                student.control.send(message, deadline=deadline)
                answer, _ = student.control.receive(deadline)
                refused = answer["reason"] if answer["op"] != "started" else beside.send(student.channel, files, deadline)
            except (OSError, FrameError) as error:  # a TimeoutError is an OSError
                raise StartError(f"the warm server does not answer: {error}") from error
            if refused is not None:
                raise StartError(refused)
            student.language_info = answer["language_info"]
            undo.pop_all()
        return student

    def ask(
        self,
        kind: str,
        header: dict,
        blob: bytes = b"",
        *,
        timeout: float,
        on_message: Callable[[dict], object] | None = None,
        on_callback: Callable[[dict, bytes], tuple[dict, bytes]] | None = None,
    ) -> tuple[dict, bytes]:
        """Asks the judge's agent in the student process, and returns the fields and the bytes that it answered.

        timeout: seconds. on_message: called with each kernel message meanwhile. on_callback: called with what the
        agent wants to know meanwhile, returns the answer.

        Raises Gone, StudentTimeout.
        """

        def on_frame(message, blob):
            if message["op"] == "callback" and on_callback is not None:
                fields, blob = on_callback(message, blob)
                self._send({**fields, "op": "callback-answer", "id": message["id"]}, blob)
                return True
            return False

        answer = self.request({**header, "op": "ask", "kind": kind}, blob, "answer", timeout, on_message, on_frame)
        fields, blob, late = answer
        if late:
            raise StudentTimeout(f"no answer within {told_seconds(timeout)} seconds")
        return {name: value for name, value in fields.items() if name not in ("op", "id")}, blob

    def request(self, message, blob, last, timeout, on_message=None, on_frame=None) -> tuple[dict, bytes, bool]:
        """Sends a message and handles what comes until a frame `last`; returns that, and whether it had to be interrupted.

        timeout: seconds, None for no limit. Raises Gone, TooLarge if the message is, and whatever is raised meanwhile, by
        a callback or by a timer of the caller's; then too the student's code has ended, or its process has.
        """
        self._number += 1
        number = self._number
        deadline = None if timeout is None else monotonic() + timeout
        self._send({**message, "id": number}, blob)
        self._asked += 1
        try:
            return self._heard(number, last, timeout, deadline, on_message, on_frame)
        except Gone:
            raise
        except BaseException:
            if self._asked == 1:
                self._abandon(number, last)
            raise
        finally:
            self._asked -= 1

    def _heard(self, number, last, timeout, deadline, on_message, on_frame):
        late = False
        while True:
            try:
                if deadline is not None and monotonic() > deadline:  # who never stops sending would never be late
                    raise TimeoutError
                message, blob = self._receive(deadline, last)
            except TimeoutError:
                if late:
                    self._end(f"{STILL_RUNNING} {told_seconds(timeout)} seconds, and it could not be interrupted")
                late = True
                self.interrupt()
                deadline = monotonic() + GRACE_SECONDS
                continue
            if not self._is_ours(message, number):
                continue
            if message["op"] == last:
                return message, blob, late
            if message["op"] == "message":
                self._deliver(message, blob, on_message)
            elif on_frame is None or not on_frame(message, blob):
                self.suspect(f"a frame {message['op']!r} that nobody asked for"[:100])

    def _abandon(self, number, last) -> None:
        """Ends what nobody waits for any more: its answer, or an interrupt that comes late, would hit the next request."""
        deadline = monotonic() + GRACE_SECONDS
        try:
            self.interrupt()
            while monotonic() < deadline:
                message, _ = self._receive(deadline, last)
                if message.get("id") == number and message.get("op") == last:
                    return
                if message.get("op") == "callback":
                    self._send({"op": "callback-answer", "id": message.get("id"), "abandoned": True})
        except TimeoutError:
            pass
        except Gone:
            return
        self.kill("still running when nobody waited for it any more, and it could not be interrupted")

    def _is_ours(self, message, number) -> bool:
        said, operation = message.get("id"), message.get("op")
        if isinstance(operation, str) and isinstance(said, int) and said == number:
            return True
        self.suspect(f"a frame for request {said!r} while {number} ran"[:100])
        return False

    def _deliver(self, message, blob, on_message) -> None:
        try:
            message = claims.kernel_message(message, blob)
        except claims.Forged as error:
            self.suspect(str(error))
            return
        if on_message is not None:
            on_message(message)

    def tell(self, message: dict) -> None:
        """Sends a widget message, to which nothing is answered; one that is too large is left out. Raises Gone."""
        try:
            self._send({"op": "comm", "msg": message})
        except TooLarge:
            self.suspect("a widget whose state is too large")

    def _send(self, message, blob=b"") -> None:
        try:
            self.channel.send(message, blob, deadline=monotonic() + START_SECONDS)
        except TimeoutError:
            self._end("it does not read what it is asked")
        except Closed:
            self._end("it closed the connection")

    def _receive(self, deadline, last):
        before = self.channel.received
        try:
            message, blob = self.channel.receive(deadline)
        except (TooLarge, Malformed) as error:
            self.suspect(f"bytes that are no frame: {error}"[:200])
            self._end("it sent what is no answer")
        except Closed:
            self._end("it closed the connection")
        if message.get("op") not in (last, "callback"):
            self._left -= self.channel.received - before
            if self._left < 0:
                self._end("it sent more outputs than allowed")
        return message, blob

    def suspect(self, what: str) -> None:
        """Notes what looked like forgery."""
        if len(self.suspicious) < MOST_SUSPICIONS:
            self.suspicious.append(what)

    def _end(self, reason: str):
        """Raises Gone, with the server's reason if the process ended by itself, else with `reason` after killing it."""
        raise Gone(self._ended(1.0) or self.kill(reason))

    def interrupt(self) -> None:
        """SIGINT to what runs. It has been sent when this returns: it cannot hit what is asked for afterwards."""
        self._interrupts += 1
        self._control({"op": "interrupt", "number": self._interrupts})
        self._listen(INTERRUPT_SECONDS, self._interrupts)

    def kill(self, reason: str = "it was ended") -> str:
        """Ends the process and everything that it started; returns why it ended."""
        if self._reason is None:
            self._control({"op": "kill", "reason": reason})
        return self._ended(10.0) or reason

    def _control(self, message) -> None:
        with contextlib.suppress(FrameError, TimeoutError):
            self.control.send(message, deadline=monotonic() + 10)

    def gone(self) -> str | None:
        """None while the process lives, then why it ended: "used more than 2.0 GB of memory"."""
        return self._ended(0.0)

    def _ended(self, seconds) -> str | None:
        self._listen(seconds)
        return self._reason

    def _listen(self, seconds, interrupted: int | None = None) -> None:
        """Until the server says that the process ended, or that it was interrupted for the so manieth time."""
        deadline = monotonic() + seconds
        while self._reason is None:
            try:
                message, _ = self.control.receive(deadline)
            except TimeoutError:
                return
            except FrameError:
                self._reason = "the warm server is gone"
                return
            if message["op"] == "ended":
                self._reason = message.get("reason", "it ended")
            elif message.get("number") == interrupted:
                return

    def close(self) -> None:
        """Ends the process if it still runs, and the connection."""
        self.channel.close()
        self.control.close()

    def __enter__(self) -> Student:
        return self

    def __exit__(self, *error) -> None:
        self.close()
