"""Runs one function over many items in several processes, and loses none of them when a process dies."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context


def available():
    """How many processes can run at a time: the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def leave_ctrl_c_alone():
    """In a worker: Ctrl-C is for the process that it was typed into, which ends its workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):  # nbclient listens for the signal again, so it must not come at all
        os.setsid()


class Outcomes:
    """The results of `function(item)` for each item, as they come; len() tells how many there will be.

    With one job everything runs in this process. A worker that dies takes the items that were under way with it: these
    run once more, in this process. `function` and the items must be picklable, and `function` must not raise.
    """

    def __init__(self, function, items, jobs):
        self.function, self.items, self.jobs = function, list(items), min(jobs, len(items))

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        return map(self.function, self.items) if self.jobs <= 1 else self._spread()

    def _spread(self):
        left = []
        # Spawned, not forked: a child of this process must not inherit its threads and open gradebooks.
        with ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn"), initializer=leave_ctrl_c_alone) as pool:
            futures = {pool.submit(self.function, item): item for item in self.items}
            try:
                for future in as_completed(futures):
                    try:
                        yield future.result()
                    except BrokenProcessPool:
                        left.append(futures[future])
            except BaseException:  # Ctrl-C, or the reader stopped reading: what has not begun need not begin
                pool.shutdown(wait=False, cancel_futures=True)
                for worker in active_children():
                    worker.kill()
                raise
        yield from map(self.function, left)
