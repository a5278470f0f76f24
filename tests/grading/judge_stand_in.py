"""A stand-in for the student's process: a fork that runs cells in a dict and serves the judge's questions over a socket.

Run as a program it is the warm process that stand-ins are forked from: it never runs a backward pass, and so its forks
can host the pretend device, which forks of the tests' own process cannot once a test has run one.
"""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
import linecache
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from course.grading.judge.agent import Agent
from course.grading.shell.frames import Channel, Closed, Malformed, TooLarge
from course.grading.shell.interrupts import Interrupts, WholeFrames


class Gone(Exception):
    pass


class StudentTimeout(Exception):
    pass


class StandIn:
    """What `course.grading.shell.client.Student` is to the judge, without sandbox and without IPython."""

    def __init__(self, serve=None):
        ours, theirs = socket.socketpair()
        self.pid = _forked_here(serve, ours, theirs) if serve else _forked_from_server(theirs)
        theirs.close()
        self.channel, self.numbers, self.suspicious, self.why = Channel(ours), itertools.count(1), [], None

    def run(self, code: str, timeout: float = 60.0) -> str:
        """Run a cell; the text of its error, or ""."""
        number = next(self.numbers)
        self.channel.send({"op": "run", "id": number, "code": code})
        return self._receive(number, timeout)[0]["error"]

    def ask(self, kind, header, blob=b"", *, timeout, on_message=None, on_callback=None):
        number, deadline = next(self.numbers), time.monotonic() + timeout
        try:
            self.channel.send({**header, "op": "ask", "id": number, "kind": kind}, blob)
        except OSError as error:
            raise Gone(str(error)) from None
        while True:
            try:
                message, data = self._receive(number, deadline - time.monotonic())
            except StudentTimeout:
                self.interrupt()
                with contextlib.suppress(StudentTimeout):
                    while self._receive(number, 2.0)[0]["op"] != "answer":
                        pass
                raise
            if message["op"] == "answer":
                return message, data
            if message["op"] == "callback":
                answer, data = on_callback(message, data)
                self.channel.send({**answer, "op": "callback-answer", "id": number}, data)
            elif on_message is not None:
                on_message(message.get("msg", {}), data)

    def _receive(self, number, timeout):
        deadline = time.monotonic() + timeout
        while True:
            try:
                message, data = self.channel.receive(deadline)
            except TimeoutError:
                raise StudentTimeout from None
            except (Closed, TooLarge, Malformed, OSError) as error:
                self.why = self.why or f"its line broke ({type(error).__name__})"
                raise Gone(self.why) from None
            if message.get("id") == number:
                return message, data
            self.suspicious.append(f"a frame with the number {message.get('id')!r}")

    def interrupt(self):
        os.kill(self.pid, signal.SIGINT)

    def gone(self):
        return self.why

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.channel.sock.close()


def _forked_here(serve, ours, theirs) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            ours.close()
            serve(Channel(theirs))
        finally:
            os._exit(0)
    return pid


def _forked_from_server(theirs) -> int:
    line = _server()
    socket.send_fds(line, [os.getcwd().encode() or b"/"], [theirs.fileno()])
    return int.from_bytes(line.recv(8), "little")


@functools.cache
def _server() -> socket.socket:
    ours, theirs = socket.socketpair()
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1", "PYTHONPATH": root}
    environment.pop("COURSE_SEED", None)
    subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()], env=environment)
    theirs.close()
    return ours


def _fork_on_demand(line: socket.socket) -> None:
    """Ends when the tests' process does, which closes the line."""
    while True:
        folder, descriptors, _, _ = socket.recv_fds(line, 4096, 1)
        if not descriptors:
            return
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            line.close()
            os.chdir(folder)
            _serve(Channel(socket.socket(fileno=descriptors[0])))
        os.close(descriptors[0])
        line.send(pid.to_bytes(8, "little"))


def _serve(channel: Channel) -> None:
    status, interrupts = 1, Interrupts()
    interrupts.install()
    channel = WholeFrames(channel.sock, interrupts)
    try:
        namespace = {"__name__": "__main__"}
        main = type(sys)("__main__")
        main.__dict__.update(namespace)
        sys.modules["__main__"] = main
        namespace = main.__dict__
        agent, cells = Agent(namespace, channel), itertools.count(1)
        while True:
            message, blob = channel.receive()
            if message["op"] == "quit":
                break
            if message["op"] == "run":
                channel.send({"op": "done", "id": message["id"], "error": _run(message["code"], namespace, next(cells))})
                continue
            interrupts.install()
            try:
                with interrupts.allowed():
                    answer, data = agent.handle(message, blob)
            except KeyboardInterrupt:
                answer, data = {"failed": "KeyboardInterrupt"}, b""
            channel.send({**answer, "op": "answer", "id": message["id"]}, data)
        status = 0
    except Closed:
        status = 0
    finally:
        os._exit(status)


def _run(code: str, namespace: dict, number: int) -> str:
    filename = f"/tmp/ipykernel_1/{number}.py"
    linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            exec(compile(code, filename, "exec"), namespace)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    return ""


def notebook(*cells: tuple[str, str]):
    """A notebook of (kind, source) cells, kind being "locked", "plain", "solution" or "test"; tests are test0, test1, …"""
    import nbformat

    made, tests = nbformat.v4.new_notebook(), itertools.count()
    for place, (kind, source) in enumerate(cells):
        cell = nbformat.v4.new_code_cell(source)
        if kind != "plain":
            name = f"test{next(tests)}" if kind == "test" else f"{kind}{place}"
            cell.metadata["nbgrader"] = {
                "grade": kind == "test", "solution": kind == "solution", "locked": kind in ("locked", "test"),
                "grade_id": name, "schema_version": 3, "task": False, **({"points": 1} if kind == "test" else {}),
            }  # fmt: skip
        made.cells.append(cell)
    return made


class Graded:
    """What the judge makes of a notebook whose solution cells are replaced by a student's. Errors are "name: value"."""

    def __init__(self, *cells, answers=None, timeout=20.0, serve=None, seed=5, rehearsal=None, source=""):
        from course.grading.judge.judge import Judge
        from course.grading.judge.plan import Plan

        plan = Plan.of(notebook(*cells))
        answers, self.judged, self.ran = iter(answers or ()), {}, []
        student = StandIn(serve)
        try:
            judge = Judge(plan, timeout=timeout, seed=seed, rehearsal=rehearsal, student_source=source)
            tests = iter(plan.judged)
            for kind, source in cells:
                if kind == "test":
                    name = next(tests)
                    self.judged[name] = judge.run(name, student if student.why is None else None)
                else:
                    self.ran.append(student.run(next(answers, source) if kind == "solution" else source))
            self.judge = judge
        finally:
            self.wire = student.suspicious
            student.close()

    def error(self, name="test0") -> str:
        found = [output for output in self.judged[name].outputs if output.output_type == "error"]
        assert len(found) <= 1
        return f"{found[0].ename}: {found[0].evalue}" if found else ""

    def text(self, name="test0") -> str:
        return "".join(output.get("text", "") for output in self.judged[name].outputs)

    @property
    def suspicious(self) -> list[str]:
        return [note for judged in self.judged.values() for note in judged.suspicious]


if __name__ == "__main__":
    import matplotlib.pyplot  # noqa: F401
    import pytest  # noqa: F401
    import torch
    import torch._dynamo  # noqa: F401
    from torch.utils.data import DataLoader  # noqa: F401

    torch.set_num_threads(1)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _fork_on_demand(socket.socket(fileno=int(sys.argv[1])))
