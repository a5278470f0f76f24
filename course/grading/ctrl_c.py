"""Ctrl-C ends a grading run within moments, whatever the run is doing, and leaves it as a run that can go on."""

import contextlib
import os
import signal
import sys
import threading

SAID = "\ncourse: stopped; run the same command again to go on"
EXIT_CODE = 130
# For ending the servers and putting the terminal right; a run that is ended harder is one that was killed.
SECONDS = 1.2


class Stopped(KeyboardInterrupt):
    """Ctrl-C. A class of its own: Python ends by the signal, not with our exit code, once its own has passed an exec()."""


@contextlib.contextmanager
def heeded(said=SAID):
    """Within the block Ctrl-C raises Stopped, once; where that gets lost or takes long, the process says `said` and ends.

    Libraries catch everything here and there, and an import that is interrupted may just be taken for one that failed:
    the run would go on. What is written is whole at every moment, and the servers end when this process does.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ends = []

    def stop(number, frame):
        if not ends:
            ends.append(threading.Timer(SECONDS, end_now, (said,)))
            ends[0].daemon = True
            ends[0].start()
            raise Stopped

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        # Ended already, or done in spite of it: both are for the caller to tell.
        for timer in ends:
            timer.cancel()
        signal.signal(signal.SIGINT, before)


def end_now(said=SAID):
    """Ends this process as Ctrl-C does, without another step of what it was doing."""
    with contextlib.suppress(OSError, ValueError):
        print(said, file=sys.stderr, flush=True)
    os._exit(EXIT_CODE)
