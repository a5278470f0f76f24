"""The grading benchmark: its own assignment judges its answers rightly, and it measures and shows what it measured."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from course.grading.answers import read_chapter_answers
from course.grading.answers.plan import chapter_of
from course.grading.answers.runner import run_answers
from course.grading.chapter_text import master_notebook

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import grading_class  # noqa: E402
import grading_meter  # noqa: E402
import grading_tables  # noqa: E402

SPENDS = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits: only the kernel's account, or a look in time, sees it
if os.fork() == 0:
    began = time.process_time()
    while time.process_time() - began < 0.5: pass
    os._exit(0)
time.sleep(1.5)
"""


def test_the_benchmarks_assignment_accepts_right_answers_and_refuses_wrong_ones():
    source, answers = grading_class.ASSIGNMENTS["points"]
    chapter = chapter_of(master_notebook((source / "points.py").read_text(), "points"), "points")
    chosen = [answer for choices in read_chapter_answers(answers).values() for answer in choices]
    results = list(run_answers(chapter, chosen))
    assert len(results) == len(chosen)
    refused_by = {result.answer.name: result.refusal.name if result.refusal else None for result in results}
    assert refused_by == {answer.name: answer.cell for answer in chosen}


def test_sixteen_submissions_are_a_mixture():
    source, answers = grading_class.ASSIGNMENTS["points"]
    notebook = master_notebook((source / "points.py").read_text(), "points")
    kinds = grading_class.endless_class(notebook, read_chapter_answers(answers))
    first, second = [[next(kinds) for _ in range(16)] for _ in range(2)]
    assert first == second
    assert len({json.dumps(one) for one in first}) >= 12
    assert {} in first and any(len(one) == 2 for one in first) and any(grading_class.RAISES in one.values() for one in first)


@pytest.mark.parametrize("make", [grading_meter.meter, grading_meter.ProcessTree])
def test_a_meter_counts_processes_that_nobody_waits_for(make):
    meter = make()
    try:
        meter.start([sys.executable, "-c", SPENDS]).wait()
        assert 0.4 < meter.cpu() < 5
    finally:
        meter.close()


def test_the_floor_is_measured_and_shown(tmp_path):
    kept = tmp_path / "results.json"
    command = [BENCHMARKS / "grading.py", "--only", "floor", "--assignment", "points", "--submissions", "2", "--jobs", "1"]
    done = subprocess.run([sys.executable, *command, "--rounds", "2", "--keep", kept], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    measured = json.loads(kept.read_text())["points"]["floor"]
    assert measured["submissions"] == 2 and 0.02 < measured["cpu_each"] < 30
    told = rf"{measured['cpu_each']:.3f} \({min(measured['rounds']):.3f} to {max(measured['rounds']):.3f}\)"
    assert len(measured["rounds"]) == 2
    assert re.search(rf"CPU seconds a submission \| not measured \| not measured \| {told}", done.stdout)


def test_short_parts_take_turns_before_and_after_the_long_ones():
    import grading

    assert grading.in_turn(["floor", "stock", "ours"], 3) == ["floor", "ours"] * 2 + ["stock"] + ["floor", "ours"]
    assert grading.in_turn(["many"], 3) == ["many"]


def test_of_several_rounds_the_median_is_shown():
    import grading

    rounds = [{"cpu_each": cpu, "wall": 10 * cpu, "start_up": 9 - cpu} for cpu in (0.5, 0.3, 0.4)]
    assert grading.median_of(rounds) == {"cpu_each": 0.4, "wall": 4.0, "start_up": 8.6, "rounds": [0.5, 0.3, 0.4]}


def test_a_page_keeps_what_people_wrote_around_the_tables(tmp_path, monkeypatch):
    import grading

    monkeypatch.setattr(grading, "PAGE", tmp_path / "performance.md")
    grading.write_page("first")
    grading.PAGE.write_text("Before.\n" + grading.PAGE.read_text() + "After.\n")
    grading.write_page("second")
    text = grading.PAGE.read_text()
    assert text.startswith("Before.\n") and text.endswith("After.\n") and "second" in text and "first" not in text


def test_growth_is_told_for_every_look():
    held = {"processes": 1, "rss": 400.0, "pss": 300.0, "descriptors": 12}
    looks = [{"done": done, "merged": 10, "merge_seconds": 0.05, "elapsed": 9.0, "roles": {"writer": held}, "all": held}
             for done in (100, 200)]
    lines = grading_tables.growth({"looks": looks}).splitlines()
    assert lines[2:] == ["| 100 | 9 | 300 | 400, 12 | 5.0 |", "| 200 | 9 | 300 | 400, 12 | 5.0 |"]
