"""How many submissions, or answers, this machine can work on at a time."""

import os


def available():
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
