"""The engine on other machines: hands submissions to the workers of a Dask scheduler, and collects the Results.

The parent reads submissions and writes results, here as with the local engine; workers get both as plain data. Each
worker has to have the same `course`, torch and nbgrader installed, and the scheduler has to have `course`.

Pickles travel between parent, scheduler and workers, all of them the instructor's, and hold hidden tests and
submissions: whoever can reach the scheduler can run code on the workers and read what they grade. Keep it on a network
that you trust, or protect it with TLS as Dask does (`tls://` and `distributed.comm.tls` in Dask's own configuration).
"""

from __future__ import annotations

import contextlib
import logging
import queue
import secrets
import sys
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import cloudpickle

from ..course_root import CourseError
from . import cluster_worker
from .cluster_worker import Refused
from .crew import Crew
from .local import BATCH_SECONDS, MOST_ATTEMPTS, MOST_IN_BATCH, TICK
from .task import Assignment, Result, Submission, failed

CONNECT_SECONDS = 10.0
# For workers' results to come; a worker that ends in that moment makes it wait.
GATHER_SECONDS = 30.0
GOODBYE_SECONDS = 5.0
# Submissions given to the workers at a time: each thread has one at hand when it has done one. Large ones wait earlier.
A_THREAD = 2
MOST_BYTES_UNDER_WAY = 256 * 1024**2


def say(line: str) -> None:
    """Tells the person at the command line something that does not stop the run."""
    print(f"course: {line}", file=sys.stderr)


class ClusterEngine:
    """Grades submissions on the workers of the Dask scheduler at an address such as tcp://host:8786; a context manager.

    Workers may come and go: what a lost one had under way is graded again by another. sandbox: whether they run student
    code in the sandbox. tell: called with one line about each worker that cannot be used. Raises CourseError when the
    scheduler cannot be reached.
    """

    def __init__(self, scheduler: str, *, sandbox: bool = True, tell: Callable[[str], None] = say):
        self.scheduler, self.sandboxed, self.tell = scheduler, sandbox, tell
        self.client = None
        self._closing = contextlib.ExitStack()

    def __enter__(self) -> ClusterEngine:
        try:
            import dask
            import distributed
        except ModuleNotFoundError as error:
            raise CourseError(f'--scheduler needs {error.name}: pip install "course[cluster]"') from None
        with contextlib.ExitStack() as stack:
            stack.enter_context(quiet())
            # One message is one submission, and they may be large.
            stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}))
            try:
                with warnings.catch_warnings(action="ignore"):  # versions are compared by us
                    self.client = distributed.Client(self.scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
            except (OSError, ValueError, TypeError, ImportError) as error:
                raise CourseError(f"no Dask scheduler answers at {self.scheduler}: start one with `dask scheduler`, and "
                                  "give the address that it prints") from error
            stack.callback(self.client.close, timeout=GOODBYE_SECONDS)
            self._closing = stack.pop_all()
        return self

    def __exit__(self, *error) -> None:
        self._closing.close()

    def batches(self, assignment: Assignment, submissions: Iterable, jobs: int | None = None) -> Iterator[list[Result]]:
        """The Results as they come, together those that come within a moment. Each submission is read when its turn comes.

        jobs: how many at a time, default as many as the workers have threads, and one more for each to go on with. What
        among the submissions is a Result already is handed on as it is. Raises CourseError when grading cannot go on.
        What is under way when the reader stops is ended.
        """
        run = ClusterRun(self, assignment, jobs)
        try:
            yield from run.batches(submissions)
        finally:
            run.end()


@dataclass(eq=False)
class Job:
    """A submission under way. workers: addresses of those that may grade it."""

    submission: Submission
    packed: bytes
    attempt: int = 1
    future: object = None
    workers: frozenset[str] = frozenset()


class ClusterRun:
    """One run over the submissions of an assignment."""

    def __init__(self, engine: ClusterEngine, assignment: Assignment, jobs: int | None):
        self.client, self.scheduler, self.assignment, self.jobs = engine.client, engine.scheduler, assignment, jobs
        self.token = secrets.token_hex(8)
        # The configuration may hold functions and classes of nbgrader_config.py, which only go by value.
        self.crew = Crew(self.client, self.token, cloudpickle.dumps((assignment, engine.sandboxed)), engine.tell)
        self.under_way: list[Job] = []
        self.again: deque[Job] = deque()
        self.ended: queue.Queue = queue.Queue()
        self.count = 0

    def batches(self, submissions: Iterable) -> Iterator[list[Result]]:
        waiting = iter(submissions)
        while True:
            with self._scheduler_there():
                self.crew.update()
                self._leave_the_lost()
            batch, more = self._fill(waiting)
            if self.under_way or self.again:
                with self._scheduler_there():
                    batch += self._collect()
            elif not more and not batch:
                return
            if batch:
                yield batch

    def end(self) -> None:
        """Ends what is under way, and the workers' engines for this assignment."""
        with contextlib.suppress(Exception):
            self.client.cancel([job.future for job in self.under_way], force=True)
        self.crew.dismiss(GOODBYE_SECONDS)

    def _fill(self, waiting: Iterator) -> tuple[list[Result], bool]:
        """Gives the workers as much as they should have. Returns Results among it, and whether more may be waiting."""
        there_already = []
        while len(self.under_way) < self._room() and len(there_already) < MOST_IN_BATCH:
            if self.again:
                self._submit(self.again.popleft())
                continue
            if self.under_way and sum(len(job.packed) for job in self.under_way) > MOST_BYTES_UNDER_WAY:
                break
            work = next(waiting, None)
            if work is None:
                return there_already, False
            if isinstance(work, Result):
                there_already.append(work)
            else:
                self._submit(Job(work, cloudpickle.dumps(work)))
        return there_already, True

    def _room(self) -> int:
        threads = self.crew.threads()
        return min(A_THREAD * threads, self.jobs or A_THREAD * threads)

    def _submit(self, job: Job) -> None:
        self.count += 1
        job.workers = self.crew.ready()
        with self._scheduler_there():
            job.future = self.client.submit(
                cluster_worker.grade, self.token, job.packed, key=f"course-grade-{self.token}-{self.count}", pure=False,
                workers=sorted(job.workers), priority=job.attempt)
            job.future.add_done_callback(lambda future: self.ended.put((job, future)))
        self.under_way.append(job)

    def _leave_the_lost(self) -> None:
        """Takes back what no worker can grade any more: Dask would wait for one of the same address."""
        for job in [job for job in self.under_way if not job.workers & self.crew.there()]:
            self._take_back(job)

    def _take_back(self, job: Job) -> None:
        future, job.future = job.future, None
        self.under_way.remove(job)
        self.again.append(job)
        future.cancel()

    def _collect(self) -> list[Result]:
        """The Results that came within a moment."""
        ended, until = [], None
        with contextlib.suppress(queue.Empty):
            while len(ended) < MOST_IN_BATCH:
                left = TICK if until is None else max(0.0, until - time.monotonic())
                job, future = self.ended.get(timeout=left)
                until = until or time.monotonic() + BATCH_SECONDS
                if job.future is future and job not in ended:
                    ended.append(job)
        replies = self._gathered([job for job in ended if job.future.status == "finished"])
        results = [self._result(job, replies.get(id(job))) for job in ended]
        return [result for result in results if result is not None]

    def _gathered(self, jobs: list[Job]) -> dict[int, Result | Refused]:
        """{id of the job: what its worker returned}; without those that cannot be had now."""
        if not jobs:
            return {}
        futures = {id(job): job.future for job in jobs}
        try:
            return self.client.sync(self.client.gather, futures, errors="skip", callback_timeout=GATHER_SECONDS)
        except TimeoutError:
            return {}

    def _result(self, job: Job, reply: Result | Refused | None) -> Result | None:
        """The Result of a job that ended, None if there is none yet and it is graded again."""
        trouble = ""
        if isinstance(reply, Refused):
            self.crew.drop(reply.worker, "" if reply.is_usable else reply.reason)
            trouble = reply.reason
        elif reply is not None:
            self.under_way.remove(job)
            return reply
        elif job.future.status == "error":
            trouble = told(job.future.exception())
        elif self.client.status != "running":
            raise ConnectionError
        if trouble:
            job.attempt += 1
        self._take_back(job)
        if job.attempt <= MOST_ATTEMPTS:
            return None
        self.again.remove(job)
        return failed(job.submission, self.assignment, trouble)

    @contextlib.contextmanager
    def _scheduler_there(self) -> Iterator[None]:
        """Raises CourseError where the scheduler has gone."""
        from distributed.client import ClosedClientError

        try:
            yield
        except (OSError, ClosedClientError) as error:
            raise CourseError(f"the Dask scheduler at {self.scheduler} has gone; nothing is lost: start it and run the "
                              "same command again") from error


def told(error: BaseException) -> str:
    """Why a submission could not be graded on any worker, in one line."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return "each worker that graded it died"
    return f"{type(error).__name__}: {error}"


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keeps Dask's log, which tells of lost workers and schedulers at length, from the person's terminal."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
