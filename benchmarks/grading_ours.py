"""Our engine on the benchmark's submissions: the program that is measured, and what is read from its meters meanwhile.

    python grading_ours.py ROOT ASSIGNMENT JOBS STUDENT…

Grades the first student, which starts everything, waits until the meters are read, and grades the others as
`course grade` does: the same engine, the same writer.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from grading_events import follow, tell, wait
from grading_meter import by_role, footprint, meter

ROLES = {
    "sandbox server": "course.grading.shell.server",
    "grading server": "course.grading.engine.worker",
    "device server": "course.check.devices.worker",
    "writer": Path(__file__).name,
}


def measure(root: Path, assignment: str, students: list[str], jobs: int, every: int = 0) -> dict:
    """Grades them all. every: look at memory and descriptors each time that so many more are graded."""
    use, looks, due = meter(), [], [every]

    def look(event: dict) -> None:
        if every and event["done"] >= due[0]:
            due[0] = (event["done"] // every + 1) * every
            looks.append({"done": event["done"], **event["merge"], "elapsed": event["elapsed"], "roles": {
                # The oldest of a role is its server; the others are its forks.
                role: asdict(footprint(pids[:1])) for role, pids in by_role(use.pids(), ROLES).items() if pids
            }, "all": asdict(footprint(use.pids()))})

    try:
        seen = follow(use, [__file__, root, assignment, jobs, *students], look)
    finally:
        use.close()
    started, finished, count = seen["started"], seen["finished"], len(students) - 1
    return {
        "how": use.how, "submissions": count, "jobs": jobs, "start_up": started["elapsed"], "start_up_cpu": started["cpu"],
        "wall": finished["wall"], "cpu_each": (finished["cpu"] - started["cpu"]) / count, "steps": finished["steps"],
        "writer_cpu_each": finished["writer_cpu"] / count, "grader_cpu_each": finished["steps"].pop("cpu", 0.0) / count,
        "statuses": finished["statuses"], "looks": looks,
    }


def main(root: Path, assignment: str, jobs: int, students: list[str]) -> None:
    from course.grading import gradebook
    from course.grading.course_root import course_directory, load_config
    from course.grading.engine.desk import Desk
    from course.grading.engine.local import Engine
    from course.grading.engine.snapshot import snapshot
    from course.grading.preprocessors import ExecuteOutside

    config, directory = load_config(root), course_directory(root)
    steps, statuses = Counter(), Counter()
    with gradebook.opened(root) as book:
        about = snapshot(book, directory, config, assignment, ExecuteOutside(config=config).allowance())
        with Desk(root, directory, config, book, about) as desk, Engine() as engine:
            for batch in engine.batches(about, desk.read(students[:1]), jobs):
                desk.merge(batch)
            tell(sys.stdout, "started")
            wait()
            began, own, done = time.monotonic(), time.process_time(), 0
            for batch in engine.batches(about, desk.read(students[1:]), jobs):
                merging = time.monotonic()
                desk.merge(batch)
                merged = time.monotonic() - merging
                for result in batch:
                    steps.update(result.seconds)
                steps["merge"] += merged
                statuses.update(result.status for result in batch)
                done += len(batch)
                tell(sys.stdout, "progress", done=done, merge={"merged": len(batch), "merge_seconds": merged})
            wall, own = time.monotonic() - began, time.process_time() - own
            tell(sys.stdout, "finished", wall=wall, steps=steps, statuses=statuses, writer_cpu=own)
            wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:])
