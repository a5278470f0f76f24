"""The engine on this machine: a sandbox server and a grading server side by side, and an event loop that feeds them."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..course_root import CourseError
from .messages import Again, Mailbox, Setting
from .servers import GradingServer, SandboxServer
from .task import Assignment, Result, failed

MOST_ATTEMPTS = 3
HELLO_SECONDS = 60.0  # for a fork; longer means that the server hangs
LAST_WORDS_SECONDS = 2.0  # a server closes its socket a moment before it has ended
TICK = 0.2
# Results that come within this time, or this many, are written together.
BATCH_SECONDS, MOST_IN_BATCH = 0.2, 50


@dataclass
class Job:
    """A piece of work under way. grader: process id, None until it said hello. done: whether its reply has come."""

    work: object
    mailbox: Mailbox
    deadline: float
    attempt: int
    hello_by: float
    grader: int | None = None
    done: bool = False


class Engine:
    """Grades submissions on warm processes; a context manager, and nothing of it outlives the block or this process.

    sandbox: whether student code runs in the sandbox. Where none is to be had, CourseError says so, and what to do.
    device: `cuda` where student code may see the GPU.
    """

    def __init__(self, *, sandbox: bool = True, device: str = "cpu"):
        self.sandboxed, self.device = sandbox, device
        self.sandbox: SandboxServer | None = None
        self.grading: GradingServer | None = None
        self._troubles = 0
        self._assignment: Assignment | None = None
        self._prepared: Assignment | None = None

    def __enter__(self) -> Engine:
        self.start()
        return self

    def __exit__(self, *error) -> None:
        self.stop()

    def start(self) -> None:
        """Starts what is not running. Does not wait: both servers take their seconds side by side."""
        if self.sandbox is None or not self.sandbox.alive():
            if self.sandbox is not None:
                self.sandbox.stop()
                self._count_trouble("the server of students' processes ended", self.sandbox.last_words())
            self.sandbox = SandboxServer(confined=self.sandboxed, device=self.device)
            self._prepared = None
        if self.grading is None or not self.grading.alive():
            if self.grading is not None:
                self.grading.stop()
                self._count_trouble("the grading server ended", self.grading.last_words())
            self.grading = GradingServer(self.device)
            self._prepared = None

    def _count_trouble(self, what: str, last_words: str) -> None:
        """Raises CourseError when servers end again and again without anything done in between."""
        self._troubles += 1
        if self._troubles > MOST_ATTEMPTS:
            raise CourseError(f"{what}, {self._troubles} times in a row: {last_words or 'it said nothing'}")

    def _why_nothing_went_well(self, reason: str) -> str:
        """What a server that has ended said last, which tells more than that it did not answer; else the reason itself."""
        if self.sandbox is not None and self.sandbox.ends_within(LAST_WORDS_SECONDS):
            return f"the server of students' processes ended, and said: {self.sandbox.last_words() or 'nothing'}"
        return reason

    def stop(self) -> None:
        """Ends both servers and everything that they started."""
        servers = [server for server in (self.grading, self.sandbox) if server is not None]
        for server in servers:  # both, before the first is waited for
            server.begin_to_end()
        for server in servers:
            server.stop()
        self.sandbox = self.grading = self._prepared = None

    def run(self, assignment: Assignment, submissions: Iterable, jobs: int) -> Iterator[Result]:
        """The Results as they come, `jobs` submissions at a time. Each submission is read when its turn comes.

        What among the submissions is a Result already is handed on as it is. Raises CourseError when grading cannot go
        on at all. What is under way when the reader stops is ended.
        """
        for batch in self.batches(assignment, submissions, jobs):
            yield from batch

    def batches(self, assignment: Assignment, submissions: Iterable, jobs: int) -> Iterator[list[Result]]:
        """As `run`, but together those that come within a moment, for a writer that takes many at a time."""
        seconds = assignment.allowance.submission_seconds(len(assignment.notebooks))
        batch, since = [], time.monotonic()
        for ended in self.do(assignment, submissions, jobs, seconds):
            if ended is not None:
                submission, reply = ended
                batch.append(failed(submission, assignment, reply) if isinstance(reply, str) else reply)
            if batch and (time.monotonic() - since > BATCH_SECONDS or len(batch) >= MOST_IN_BATCH):
                yield batch
                batch, since = [], time.monotonic()
        if batch:
            yield batch

    def do(self, assignment: Assignment, works: Iterable, jobs: int, seconds: float) -> Iterator[tuple | None]:
        """Pairs of a piece of work and what came of it: the grader's reply, or one line that says why there is none.

        seconds: how long a grader may take for one piece. Yields None now and then while nothing comes. What the
        machine could not do is told last, when other pieces went well; else the machine is at fault, and CourseError.
        """
        self._assignment = assignment
        works, again = iter(works), deque()
        given_up: list[tuple[object, str]] = []
        went_well = False
        under_way: list[Job] = []
        try:
            while True:
                while len(under_way) < jobs:
                    work, attempt = again.popleft() if again else (next(works, None), 1)
                    if work is None:
                        break
                    if isinstance(work, Result):
                        yield work, work
                    else:
                        under_way.append(self._begin(work, attempt, seconds))
                if not under_way:
                    break
                yield None
                for job, reply in self._wait(under_way):
                    under_way.remove(job)
                    end(job)
                    if not isinstance(reply, Again):
                        went_well = went_well or not isinstance(reply, str)
                        self._troubles = 0
                        yield job.work, reply
                    elif job.attempt < MOST_ATTEMPTS:
                        again.append((job.work, job.attempt + 1))
                    elif reply.machine:
                        given_up.append((job.work, reply.reason))
                    else:
                        yield job.work, reply.reason
        finally:
            for job in under_way:
                end(job)
        if given_up and not went_well:
            raise CourseError(f"nothing could be graded here: {self._why_nothing_went_well(given_up[0][1])}")
        yield from given_up

    def _begin(self, work, attempt: int, seconds: float) -> Job:
        while True:
            self.start()
            if self._prepared is not self._assignment:
                self.grading.prepare(Setting(self._assignment, self.sandbox.address))
                self._prepared = self._assignment
            with contextlib.suppress(OSError):
                mailbox = Mailbox(self.grading.connect())
                mailbox.post(work)
                now = time.monotonic()
                return Job(work, mailbox, now + seconds, attempt, now + HELLO_SECONDS)

    def _wait(self, jobs: list[Job]) -> list[tuple[Job, object]]:
        """Waits until something came of at least one job, or for a moment. Returns the jobs that ended."""
        if not self.grading.alive():
            self.grading.stop()  # and the graders it left behind, so that their connections close
        with selectors.DefaultSelector() as selector:
            for job in jobs:
                wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if job.mailbox.wants_to_write else 0)
                selector.register(job.mailbox, wanted, job)
            happened = [(key.data, events) for key, events in selector.select(TICK)]
        ended = []
        for job, events in happened:
            if events & selectors.EVENT_WRITE:
                job.mailbox.write()
            reply = self._reply(job) if events & selectors.EVENT_READ else None
            if reply is not None:
                ended.append((job, reply))
        return ended or [(job, late) for job in jobs if (late := self._late(job))]

    def _reply(self, job: Job):
        """What the grader sent, None while there is no reply."""
        for message in job.mailbox.read():
            if isinstance(message, int):
                job.grader = message
            else:
                job.done = True
                return message
        if job.mailbox.closed:
            return Again("the process that graded it died each time", machine=not self.grading.alive())
        return None

    def _late(self, job: Job):
        """What to say of a job that has had its time, None for others."""
        now = time.monotonic()
        if job.grader is None and now > job.hello_by:
            self.grading.stop()
            return Again("the grading server does not answer")
        if now > job.deadline:
            return f"grading it took longer than {job.deadline - job.hello_by + HELLO_SECONDS:.0f} seconds, and was given up"
        return None


def end(job: Job) -> None:
    """Closes the connection, and ends the grader if it still works on the job."""
    if job.grader is not None and not job.done and not job.mailbox.closed:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(job.grader, signal.SIGKILL)
    job.mailbox.close()
