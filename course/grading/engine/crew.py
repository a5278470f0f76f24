"""The workers that grade one assignment: which are there, which are ready, which cannot be used and why."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from ..course_root import CourseError
from . import cluster_worker

POLL_SECONDS = 1.0
# How long to wait for a first worker, or for another when the last one is lost.
WAIT_SECONDS = 60.0


class Crew:
    """Readies each worker that joins for an assignment, and remembers those that cannot be used.

    packed: what `cluster_worker.prepare` takes. tell: called with one line about each worker that cannot be used.
    """

    def __init__(self, client, token: str, packed: bytes, tell: Callable[[str], None]):
        self.client, self.token, self.packed, self.tell = client, token, packed, tell
        self.versions = cluster_worker.installed()
        self._threads: dict[str, int] = {}  # of every worker there
        self._asked: dict[str, object] = {}  # futures of those that are getting ready
        self._ready: set[str] = set()
        self._refused: dict[str, str] = {}
        self._next_poll = 0.0
        self._wait_until = time.monotonic() + WAIT_SECONDS
        self._wish = None
        self._asked_in_all = 0

    def there(self) -> set[str]:
        """Addresses of all workers."""
        return set(self._threads)

    def ready(self) -> frozenset[str]:
        """Addresses of those that can grade now."""
        return frozenset(self._ready)

    def threads(self) -> int:
        """How many submissions those that are ready can work on at a time."""
        return sum(self._threads[address] for address in self._ready)

    def drop(self, address: str, reason: str) -> None:
        """A worker could not grade. Without a reason it is asked anew: it has started again at the same address."""
        self._ready.discard(address)
        if reason:
            self._refuse(address, reason)

    def update(self) -> None:
        """Looks who is there. Raises CourseError when nobody can grade, OSError when the scheduler has gone."""
        if time.monotonic() >= self._next_poll:
            if self.client.status != "running":
                raise ConnectionError
            self._threads = dict(self.client.nthreads())
            self._next_poll = time.monotonic() + POLL_SECONDS
            self._ready &= self.there()
            self._refused = {address: why for address, why in self._refused.items() if address in self._threads}
            for address in self.there() - self._ready - set(self._asked) - set(self._refused):
                self._ask(address)
        for address, future in list(self._asked.items()):
            if address not in self._threads or future.done():
                del self._asked[address]
                self._hear(address, future)
        self._look_after_nobody()

    def dismiss(self, seconds: float) -> None:
        """Ends the engines of all that were asked, within that time, as far as they can be reached."""
        known = sorted(self._ready | set(self._asked))
        with contextlib.suppress(Exception):
            if known:
                self.client.cancel(list(self._asked.values()), force=True)
                self.client.sync(self.client.run, cluster_worker.forget, self.token, workers=known, on_error="ignore",
                                 callback_timeout=seconds)

    def _ask(self, address: str) -> None:
        self._asked_in_all += 1
        self._asked[address] = self.client.submit(
            cluster_worker.prepare, self.token, self.packed, self.versions, workers=[address], pure=False, priority=100,
            key=f"course-prepare-{self.token}-{self._asked_in_all}")

    def _hear(self, address: str, future) -> None:
        """What came of asking a worker."""
        if address not in self._threads:
            future.cancel()
        elif future.status == "finished":
            with contextlib.suppress(TimeoutError):  # the worker ended just now
                reason = future.result(timeout=POLL_SECONDS)
                if reason:
                    self._refuse(address, reason)
                else:
                    self._ready.add(address)
        elif future.status == "error":
            error = future.exception()
            self._refuse(address, "the same `course` has to be installed there, and where the scheduler runs "
                                  f"({type(error).__name__}: {error})")

    def _refuse(self, address: str, reason: str) -> None:
        self._refused[address] = reason
        self.tell(f"the worker at {address} is not used: {reason}")

    def _look_after_nobody(self) -> None:
        if self._ready or self._asked:
            self._wait_until = time.monotonic() + WAIT_SECONDS
            self._wish = None
        elif self._refused:
            raise CourseError("no worker can be used, for the reason above; nothing is lost: mend that and run the same "
                              "command again")
        elif time.monotonic() > self._wait_until:
            raise CourseError(f"no worker has come to the Dask scheduler for {WAIT_SECONDS:.0f} seconds; nothing is lost: "
                              "start some with `dask worker ADDRESS` and run the same command again")
        elif self._wish is None:
            # A cluster that grows by need starts workers only when something waits for them.
            self._wish = self.client.submit(len, (), pure=False)
