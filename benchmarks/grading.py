"""What grading costs: stock nbgrader against the engine on the same submissions, and the floor that both stand on.

    python benchmarks/grading.py                                  everything; hours of stock nbgrader are extrapolated
    python benchmarks/grading.py --only floor ours --assignment points
    python benchmarks/grading.py --keep results.json --only stock     measured now, shown with what the file holds
    python benchmarks/grading.py --write                          puts the tables into docs/performance.md

Two assignments: `points`, an ordinary torch notebook with four graded cells of plain asserts and one picture, and the
course's own chapter `linear_model`. Sixteen submissions are a mixture: right in several styles, noisy, wrong, raising,
half done, untouched. CPU is user and system time of every process of a run, children and servers included.

A machine's speed changes by the minute, so the parts that are short are measured in several rounds, by turns, before and
after the long ones; the tables show the median and the range.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import shutil
import statistics
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import grading_class
import grading_ours
import grading_stock
import grading_tables
import psutil
from grading_events import follow
from grading_meter import meter

from course.grading.workers import available

PARTS = {
    "floor": "the submissions' cells in bare forks of a warm process",
    "stock": "stock nbgrader, one submission after the other",
    "ours": "the engine, so many jobs at a time",
    "steps": "the engine, one job at a time: where each millisecond goes",
    "many": "the engine on --many submissions: memory, descriptors and merge time as they grow",
}
IN_ROUNDS = ("floor", "ours")
PARTS_OF = {"points": list(PARTS), "linear_model": [part for part in PARTS if part != "many"]}
FLOOR = Path(__file__).with_name("grading_floor.py")
PAGE = grading_class.REPOSITORY / "docs" / "performance.md"
BEGIN, END = "<!-- written by benchmarks/grading.py -->", "<!-- end of what benchmarks/grading.py writes -->"


def measure_floor(root: Path, assignment: str, students: list[str], jobs: int) -> dict:
    use = meter()
    try:
        seen = follow(use, [FLOOR, root, assignment, jobs, *students])
    finally:
        use.close()
    started, finished = seen["started"], seen["finished"]
    cpu = (finished["cpu"] - started["cpu"]) / len(students)
    return {"how": use.how, "submissions": len(students), "jobs": jobs, "start_up": started["elapsed"],
            "wall": finished["wall"], "cpu_each": cpu}


def measure(part: str, assignment: str, options: argparse.Namespace) -> dict:
    """One part, in a course folder of its own."""
    count = {"stock": options.submissions, "floor": options.submissions, "many": options.many + 1}
    with tempfile.TemporaryDirectory(prefix="grading-benchmark-") as folder:
        root = Path(folder) / "course"
        # The engine's first submission starts everything, and is not counted.
        students = grading_class.make_course(root, assignment, count.get(part, options.submissions + 1), part == "stock")
        if part == "floor":
            return measure_floor(root, assignment, students, options.jobs)
        if part == "stock":
            return grading_stock.measure(root, assignment, students)
        every = max(1, options.many // 10) if part == "many" else 0
        return grading_ours.measure(root, assignment, students, 1 if part == "steps" else options.jobs, every)


def in_turn(parts: list[str], rounds: int) -> list[str]:
    """The order in which the parts are measured: those that have rounds by turns, half of them before the others."""
    by_turns = [part for part in IN_ROUNDS if part in parts]
    before = (rounds + 1) // 2
    return by_turns * before + [part for part in PARTS if part in parts and part not in by_turns] + by_turns * (rounds - before)


def median_of(rounds: list[dict]) -> dict:
    """One part measured several times: the round whose CPU is the (lower) median, with the medians of what was timed besides."""
    ranked = sorted(rounds, key=lambda one: one["cpu_each"])
    told = {name: statistics.median(one[name] for one in rounds) for name in ("wall", "start_up")}
    return ranked[(len(ranked) - 1) // 2] | told | {"rounds": [one["cpu_each"] for one in rounds]}


def machine() -> dict:
    """What the figures were measured on."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return {
        "processor": model[1] if model else platform.machine(), "cores": available(), "python": platform.python_version(),
        **{name: metadata.version(name) for name in ("torch", "nbgrader")},
    }


def busy_cores(seconds: float = 2) -> float:
    """How many cores others keep busy now. The load average would count what this benchmark itself has just run."""
    return psutil.cpu_percent(interval=seconds) / 100 * psutil.cpu_count()


def busy_told(busy: float) -> str:
    return f" (others keep {busy:.1f} cores busy)" if busy > 0.5 else ""


def write_page(tables: str) -> None:
    """Puts the tables between the markers of the page, which is made when it is not there."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else f"# What grading costs\n\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        sys.exit(f"{PAGE} has no lines '{BEGIN}' and '{END}' to write between")
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables}\n{END}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], epilog="\n".join(f"{part:<7}{what}" for part, what in PARTS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--assignment", nargs="+", choices=grading_class.ASSIGNMENTS, default=list(grading_class.ASSIGNMENTS))
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART",
                        help="only these parts (default: all, and `many` for points alone: a chapter takes half an hour)")
    parser.add_argument("--submissions", type=int, default=16, help="for all parts but `many` (default: 16)")
    parser.add_argument("--many", type=int, default=1000, help="for the part `many` (default: 1000)")
    parser.add_argument("--rounds", type=int, default=3, help=f"of {' and '.join(IN_ROUNDS)}, by turns (default: 3)")
    parser.add_argument("--jobs", type=int, default=4, help="submissions at a time (default: 4)")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="add what is measured to this file, and show all it holds")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.relative_to(PAGE.parent.parent)}")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds: one at least")
    if not shutil.which("bwrap"):
        print("note: no bubblewrap here, so the engine will refuse to run", file=sys.stderr)
    kept = json.loads(options.keep.read_text()) if options.keep and options.keep.exists() else {}
    todo = [(part, assignment) for assignment in options.assignment for part in in_turn(options.only or PARTS_OF[assignment], options.rounds)]
    rounds: dict[tuple[str, str], list[dict]] = {}
    for number, (part, assignment) in enumerate(todo, 1):
        busy = busy_cores()
        print(f"{number}/{len(todo)}  {part:<6} {assignment:<14} {PARTS[part]}{busy_told(busy)}", file=sys.stderr, flush=True)
        results = rounds.setdefault((assignment, part), [])
        results.append(measure(part, assignment, options) | {"busy": busy, "machine": machine()})
        kept.setdefault(assignment, {})[part] = median_of(results) if part in IN_ROUNDS else results[0]
        if options.keep:
            options.keep.write_text(json.dumps(kept, indent=1))
    tables = grading_tables.tables(kept)
    print(tables)
    if options.write:
        write_page(tables)


if __name__ == "__main__":
    main()
