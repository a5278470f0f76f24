"""Holds all processes of a submission still for a moment, so that they can be counted: else some start and end meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator

MOST_ROUNDS = 50


@contextlib.contextmanager
def held_still(init: int) -> Iterator[None]:
    """Stops everything in the process namespace of `init` but that process, and lets it go on afterwards.

    What has just been started is found in the next round; a program that starts more than is stopped goes on doing so
    when the rounds are over.
    """
    held: dict[int, int] = {}
    try:
        for _ in range(MOST_ROUNDS):
            before = len(held)
            _stop_more(init, held)
            if len(held) == before:
                break
        yield
    finally:
        for handle in held.values():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                signal.pidfd_send_signal(handle, signal.SIGCONT)
            os.close(handle)


def _stop_more(init: int, held: dict[int, int]) -> None:
    """Stops what is in the namespace and not yet in `held`, {process: handle}."""
    place = _namespace(init)
    if place in (None, _namespace("self")):
        return
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) in held or int(name) == init or _namespace(name) != place:
            continue
        with contextlib.suppress(OSError):  # ended meanwhile
            handle = os.pidfd_open(int(name))
            if _namespace(name) == place:  # still, now that its number cannot become another's
                held[int(name)] = handle
                signal.pidfd_send_signal(handle, signal.SIGSTOP)
            else:
                os.close(handle)


def _namespace(process: int | str) -> str | None:
    try:
        return os.readlink(f"/proc/{process}/ns/pid")
    except OSError:
        return None
