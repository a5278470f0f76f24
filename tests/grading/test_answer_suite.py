"""The suite tests/test_answers.py fails exactly where a chapter's answers are not as their titles claim."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from answer_chapter import written

SUITE = Path(__file__).resolve().parents[1] / "test_answers.py"
FILES = {
    "area": '''# Answers to area of numbers
# %% right: the other way round
def area(a, b):
    return b * a
# %% right: adds where it should multiply
def area(a, b):
    return a + b
# %% wrong: one too many -> one-step-too-many cell="area-values"
def area(a, b):
    return a * b + 1
# %% wrong: not wrong at all -> no-such-mistake cell="area-values"
def area(a, b):
    return a * b
''',
    "volume": "# Answers to an exercise that is not there\n# %% right: so\nx = 1\n",
    "double": "# Answers with a slip\n# %% wright: so\nx = 1\n",
}


def outcomes(folder, *arguments):
    """{test's name: PASSED or FAILED} of the suite run on a course of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", *arguments, "tests/test_answers.py"],
        cwd=folder, capture_output=True, text=True,
    )
    lines = re.findall(r"^(?:\[gw\d\] \[ *\d+%\] (?P<word>\w+) )?tests/test_answers.py::(?P<name>.*?)(?: (?P<end>[A-Z]+)"
                       r" *\[ *\d+%\])? *$", run.stdout, re.MULTILINE)
    found = {name.rpartition("@")[0] or name: word or end for word, name, end in lines if word or end}
    assert found, run.stdout + run.stderr
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    written(folder)
    for name, text in FILES.items():
        path = folder / "tests" / "answers" / "numbers" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shutil.copy(SUITE, folder / "tests")
    return folder


JUDGED = "test_an_answer_is_judged_as_its_title_claims"
EXPECTED = {
    f"{JUDGED}[numbers/area: right: the other way round]": "PASSED",
    f"{JUDGED}[numbers/area: right: adds where it should multiply]": "FAILED",
    f"{JUDGED}[numbers/area: wrong: one too many]": "PASSED",
    f"{JUDGED}[numbers/area: wrong: not wrong at all]": "FAILED",
    f"{JUDGED}[numbers/area: stub: as released]": "PASSED",
    f"{JUDGED}[numbers/double: stub: as released]": "FAILED",  # its second cell is a plain assert
    "test_a_chapter_runs_with_its_own_solutions[numbers]": "PASSED",
    "test_an_exercise_has_a_graded_cell_and_enough_answers[numbers-double]": "FAILED",
    "test_an_exercise_has_a_graded_cell_and_enough_answers[numbers-area]": "FAILED",
    "test_the_release_holds_a_stub_for_every_exercise[numbers]": "PASSED",
    "test_an_answers_file_can_be_read_and_belongs_to_an_exercise[numbers/area]": "PASSED",
    "test_an_answers_file_can_be_read_and_belongs_to_an_exercise[numbers/double]": "FAILED",
    "test_an_answers_file_can_be_read_and_belongs_to_an_exercise[numbers/volume]": "FAILED",
    "test_the_mistakes_in_an_answers_file_are_in_the_catalogue[numbers/area]": "FAILED",
    "test_the_mistakes_in_an_answers_file_are_in_the_catalogue[numbers/double]": "PASSED",
    "test_the_mistakes_in_an_answers_file_are_in_the_catalogue[numbers/volume]": "PASSED",
    "test_there_is_a_chapter": "PASSED",
}


def test_the_suite_fails_where_it_should_and_nowhere_else(course):
    assert outcomes(course) == EXPECTED


def test_two_workers_come_to_the_same_outcomes(course):
    assert outcomes(course, "-n", "2", "--dist", "loadgroup") == EXPECTED


COUNTING = """
from course.grading.answers import runner as answer_runner

run = answer_runner.run_notebooks

def counted(*arguments, **named):
    print("ran", file=open({log!r}, "a"))
    return run(*arguments, **named)

answer_runner.run_notebooks = counted
"""


def test_a_broken_chapter_is_run_once_and_fails_what_could_not_be_run(tmp_path):
    log = tmp_path / "log"
    written(tmp_path, double="double = None")
    (tmp_path / "tests").mkdir()
    shutil.copy(SUITE, tmp_path / "tests")
    (tmp_path / "tests" / "conftest.py").write_text(COUNTING.format(log=str(log)))
    assert outcomes(tmp_path, "-k", "own_solutions or (judged and area)") == {
        "test_a_chapter_runs_with_its_own_solutions[numbers]": "FAILED",
        f"{JUDGED}[numbers/area: stub: as released]": "FAILED",
    }
    assert log.read_text() == "ran\n"


def test_one_selected_answer_is_run_alone(course):
    name = f"{JUDGED}[numbers/area: wrong: one too many]"
    assert outcomes(course, "-k", "one and too and many") == {name: "PASSED"}
