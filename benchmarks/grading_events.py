"""How the measured programs of the grading benchmark and the benchmark talk: JSON lines, and an answer where one waits."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable

from grading_meter import ControlGroup, ProcessTree


def tell(out, event: str, **facts) -> None:
    """In the measured program: one event."""
    print(json.dumps({"event": event, **facts}), file=out, flush=True)


def wait() -> None:
    """In the measured program: go on when the benchmark has read its meters."""
    sys.stdin.readline()


def follow(meter: ControlGroup | ProcessTree, command: list, on_progress: Callable = lambda event: None, **options) -> dict:
    """Runs a measured program. Returns {event: its facts, with wall and CPU seconds since the start}.

    `progress` events go to on_progress, and are kept as a list. Raises RuntimeError when the program fails.
    """
    began, started_cpu = time.monotonic(), meter.cpu()
    process = meter.start([sys.executable, *map(str, command)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          **options)
    seen: dict = {"progress": []}
    for line in process.stdout:
        event = json.loads(line)
        event |= {"elapsed": time.monotonic() - began, "cpu": meter.cpu() - started_cpu}
        if event["event"] == "progress":
            on_progress(event)
            seen["progress"].append(event)
        else:
            seen[event["event"]] = event
            process.stdin.write("\n")
            process.stdin.flush()
    if process.wait():
        raise RuntimeError(f"{' '.join(map(str, command[:4]))} … ended with {process.returncode}")
    return seen
