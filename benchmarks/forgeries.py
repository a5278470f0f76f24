"""Runs every attack of tests/corpus on stock nbgrader and on this project, and writes the table of docs/security.md.

    python benchmarks/forgeries.py [--jobs 4] [--only stock|ours] [--keep FILE] [name ...]

Stock nbgrader runs each attack in a course of its own, inside a bubblewrap container without a network in which everything
else is read-only: nothing protects a machine from these submissions otherwise. Takes about a quarter of an hour on four cores.
The table is written when both sides are there: found now, or by an earlier run that kept what it found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
from tqdm import tqdm

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from corpus import classroom  # noqa: E402
from corpus.submissions import ASSIGNMENT, NOTEBOOK, all_attacks  # noqa: E402

PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- made by benchmarks/forgeries.py: begin -->", "<!-- end -->"
STOCK_CONFIG = """# Stock nbgrader, with a limit on time and nothing else
c = get_config()
c.CourseDirectory.course_id = "pytorch"
c.CourseDirectory.ignore = ["*.py", "*.pyc", "__pycache__"]
c.Execute.timeout = 30
"""
MOST_SECONDS = 180


@dataclass(frozen=True)
class Outcome:
    """What an attack got. paid: points that it did not earn. leaked: marks and hidden inputs that it carried out."""

    paid: float
    leaked: tuple
    reported: bool = False
    graded: bool = True


def on_stock(template: Path, attack) -> Outcome:
    """The attack on stock nbgrader, in a copy of the course at `template`, killed after MOST_SECONDS."""
    with tempfile.TemporaryDirectory(prefix="forgeries-") as folder:
        root = Path(folder) / "course"
        shutil.copytree(template, root)
        classroom.hand_in(root, attack.name, attack.files(classroom.released(root)))
        environment = {**os.environ, "HOME": f"{folder}/home", "COURSE_OF_THE_CORPUS": classroom.MARK_OF_ENVIRONMENT,
                       "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONDONTWRITEBYTECODE": "1",
                       "OMP_NUM_THREADS": "1"}
        (Path(folder) / "home").mkdir()
        (Path(folder) / "home" / "notes.txt").write_text(classroom.MARK_OF_HOME)
        command = [
            "bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--bind", folder, folder,
            "--unshare-pid", "--unshare-net", "--unshare-ipc", "--die-with-parent", "--chdir", str(root),
            sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT, "--student", attack.name, "--create",
        ]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(MOST_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        return stock_outcome(root, attack)


def stock_outcome(root: Path, attack) -> Outcome:
    path = root / "autograded" / attack.name / ASSIGNMENT / NOTEBOOK
    if not path.is_file():
        return Outcome(0, (), graded=False)
    points, _ = classroom.read_gradebook(root)
    text = classroom.outputs_text(nbformat.read(path, as_version=4))
    told = [number for number in classroom.HIDDEN_INPUTS if number in text]
    return Outcome(unearned(points.get(attack.name, {}), attack), (*classroom.marks_in(text), *told))


def unearned(points: dict, attack) -> float:
    return sum(max(0, got - attack.points.get(cell, 0)) for cell, got in points.items())


def stock_course(folder: Path) -> Path:
    """The corpus's course as stock nbgrader knows it, with a neighbour's submission in it."""
    root = classroom.make_course(folder / "course")
    (root / "nbgrader_config.py").write_text(STOCK_CONFIG)
    classroom.hand_in(root, "m-neighbour", classroom.neighbour(classroom.released(root)))
    return root


def all_on_stock(attacks, jobs: int) -> Iterator[tuple[str, Outcome]]:
    """(name, Outcome) of each attack, as they come."""
    with tempfile.TemporaryDirectory(prefix="forgeries-") as folder, ThreadPoolExecutor(jobs) as pool:
        template = stock_course(Path(folder))
        for one, outcome in zip(attacks, pool.map(lambda one: on_stock(template, one), attacks), strict=True):
            yield one.name, outcome


def all_on_ours(attacks, jobs: int) -> Iterator[tuple[str, Outcome]]:
    """(name, Outcome) of each attack, when all are graded as one class."""
    with tempfile.TemporaryDirectory(prefix="forgeries-") as folder:
        graded = classroom.GradedClass.of(Path(folder), attacks, jobs=jobs, feedback=[one.name for one in attacks if one.wants_to_know])
        for one in attacks:
            yield one.name, our_outcome(graded, one)


def our_outcome(graded, attack) -> Outcome:
    page = graded.feedback(attack.name)
    leaked = {*classroom.marks_in(graded.outputs(attack.name)), *classroom.marks_in(page),
              *(number for number in classroom.HIDDEN_INPUTS if number in page)}
    paid = unearned(graded.points.get(attack.name, {}), attack)
    return Outcome(paid, tuple(sorted(leaked)), bool(graded.suspicions(attack.name)))


def table(attacks, stock: dict[str, Outcome], ours: dict[str, Outcome]) -> str:
    """The Markdown table, a row a family and one for all."""
    families: dict[str, list] = {}
    for one in attacks:
        families.setdefault(one.family, []).append(one.name)
    lines = ["| attacks | tried | stock pays | we pay | stock leaks | we leak | stock does not grade | we report |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    rows = [*sorted(families.items()), ("**all**", [one.name for one in attacks])]
    for family, names in rows:
        counts = [
            len(names), sum(stock[n].paid > 0 for n in names), sum(ours[n].paid > 0 for n in names),
            sum(bool(stock[n].leaked) for n in names), sum(bool(ours[n].leaked) for n in names),
            sum(not stock[n].graded for n in names), sum(ours[n].reported for n in names),
        ]
        lines.append(f"| {family} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--only", choices=("stock", "ours"))
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep what is found in this file, and go on with what it holds already")
    options = parser.parse_args()
    attacks = [one for one in all_attacks().values() if not options.names or one.name in options.names]
    kept = json.loads(options.keep.read_text()) if options.keep and options.keep.exists() else {}
    found = {who: {name: Outcome(**told) for name, told in kept.get(who, {}).items()} for who in ("stock", "ours")}
    for who, measure in (("stock", all_on_stock), ("ours", all_on_ours)):
        todo = [one for one in attacks if options.only in (None, who) and one.name not in found[who]]
        for name, outcome in tqdm(measure(todo, options.jobs) if todo else (), who, len(todo), unit="attack"):
            found[who][name] = outcome
            if options.keep:
                options.keep.write_text(json.dumps(found, default=asdict))
    stock, ours = found["stock"], found["ours"]
    for one in attacks:
        print(f"{one.family} / {one.name}: stock {stock.get(one.name)}; ours {ours.get(one.name)}")
    everything = all_attacks()
    if everything.keys() <= stock.keys() and everything.keys() <= ours.keys() and not options.names:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{table(attacks, stock, ours)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
