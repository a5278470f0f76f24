"""What stopping costs: seconds from Ctrl-C to the end of `course grade`, at each moment of a run.

    python benchmarks/interruptions.py
    python benchmarks/interruptions.py --times 10

A class of 24 tiny submissions, two at a time. Each time is from the signal until the process has ended; that all its
servers and students' processes have gone, too, is waited for and told beside it.
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "grading"))

import conftest  # noqa: E402
from run_as_command import Run, hand_in  # noqa: E402
from test_engine_local import children  # noqa: E402

from course.grading.build import generate  # noqa: E402

MOMENTS = {
    "start-up: importing nbgrader": lambda run, draw: run.wait_until(run.imports),
    "start-up: servers warming up": lambda run, draw: run.wait_until(lambda: len(children(run.process.pid)) > 1),
    "start-up: a moment drawn from 1 to 6 s": lambda run, draw: run.wait_until(after(draw.uniform(1, 6))),
    "grading": lambda run, draw: run.wait_until(run.grades),
    "merging": lambda run, draw: run.wait_until(run.merging(draw.randint(4, 20))),
}


def after(seconds):
    """A condition that holds from then on."""
    due = time.monotonic() + seconds
    return lambda: time.monotonic() > due


def interrupted(course, wait, draw):
    """(seconds to the end of the run, seconds until nothing of it is left) of one run."""
    with tempfile.TemporaryDirectory() as folder:
        run = Run(shutil.copytree(course, Path(folder) / "course"), folder)
        wait(run, draw)
        began = time.monotonic()
        run.signal(signal.SIGINT)
        code, said = run.end()
        ended = time.monotonic() - began
        assert code == 130 and said.count("\n") == 2, (code, said)
        run.assert_nothing_is_left()
        return ended, time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5, help="runs for each moment (default: 5)")
    options = parser.parse_args()
    draw = random.Random(0)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| Ctrl-C while | runs | median, s | longest, s | nothing left after, longest, s |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        conftest.make_course(course)
        generate(course, "tiny")
        hand_in(course, 24)
        for name, wait in MOMENTS.items():
            times = [interrupted(course, wait, draw) for _ in range(options.times)]
            ended, gone = zip(*times, strict=True)
            print(f"| {name} | {len(times)} | {statistics.median(ended):.2f} | {max(ended):.2f} | {max(gone):.2f} |", flush=True)


if __name__ == "__main__":
    main()
