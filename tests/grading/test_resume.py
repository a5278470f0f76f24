"""A grading run that is stopped, whichever way, goes on where it was; a changed submission is graded again."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
import tiny_class
from nbgrader.api import Gradebook

from course.grading.build import generate
from course.grading.course_root import use_gradebook
from course.grading.grade import grade
from course.grading.records import GRADED, Records

pytestmark = pytest.mark.usefixtures("warm_engine")
STUDENTS = ("anna", "bert", "cleo")
SLOWLY = {"double": "import time\ntime.sleep(1.5)\n" + tiny_class.DOUBLE, "area": tiny_class.AREA}


@pytest.fixture
def handed_in(generated):
    for student in STUDENTS:
        tiny_class.submit(generated, student, SLOWLY)
    return generated


def start(root, jobs=1):
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_SEED"}
    command = [sys.executable, "-m", "course.cli", "--root", str(root), "grade", "tiny", "--jobs", str(jobs)]
    # a group of its own, to which Ctrl-C can be sent as a terminal does: to the workers as well
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)


def wait_for(records, student):
    for _ in range(2400):
        if records.get(student):
            return
        time.sleep(0.05)
    raise AssertionError(f"{student} was not graded in 120 s")


def test_a_run_stopped_by_ctrl_c_and_then_killed_goes_on_with_the_same_seed(handed_in):
    records = Records(handed_in, "tiny")
    run = start(handed_in)
    wait_for(records, "anna")
    time.sleep(0.5)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=120)[1]
    assert run.returncode == 130
    assert said.splitlines()[-1] == "course: stopped; run the same command again to go on"
    assert "Traceback" not in said
    assert records.get("bert") is None

    run = start(handed_in)
    wait_for(records, "bert")
    time.sleep(0.5)
    run.kill()
    run.communicate(timeout=120)
    assert records.get("cleo") is None

    results = {one.student: one for one in grade(handed_in, "tiny")}
    assert {name: one.is_new for name, one in results.items()} == {"anna": False, "bert": False, "cleo": True}
    assert tiny_class.points_of(handed_in) == dict.fromkeys(STUDENTS, 6)
    assert len({records.get(student).seed for student in STUDENTS}) == 1


def test_ctrl_c_stops_several_processes_and_the_next_run_goes_on(handed_in):
    records = Records(handed_in, "tiny")
    run = start(handed_in, jobs=2)
    wait_for(records, "anna")
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate(timeout=120)[1]
    assert run.returncode == 130
    assert said.splitlines()[-1] == "course: stopped; run the same command again to go on"
    results = grade(handed_in, "tiny", jobs=2)
    assert [(one.status, one.reason) for one in results] == [(GRADED, "")] * 3
    assert tiny_class.points_of(handed_in) == dict.fromkeys(STUDENTS, 6)


def test_only_a_changed_submission_is_graded_again(generated):
    tiny_class.submit(generated, "anna", tiny_class.RIGHT)
    tiny_class.submit(generated, "bert", {"area": tiny_class.AREA})
    grade(generated, "tiny")
    tiny_class.submit(generated, "bert", tiny_class.RIGHT)
    results = grade(generated, "tiny")
    assert [(one.student, one.is_new) for one in results] == [("anna", False), ("bert", True)]
    assert tiny_class.points_of(generated) == {"anna": 6, "bert": 6}


def test_everyone_is_graded_again_when_a_hidden_test_has_changed_and_nobody_when_only_prose_has(generated):
    tiny_class.submit(generated, "anna", tiny_class.RIGHT)
    grade(generated, "tiny")
    path = generated / "source" / "tiny" / "tiny.py"
    path.write_text(path.read_text().replace("# # A tiny chapter", "# # A tiny lesson"))
    generate(generated, "tiny")
    assert [one.is_new for one in grade(generated, "tiny")] == [False]
    path.write_text(path.read_text().replace("assert double(21) == 42", "assert double(21) == 43"))
    generate(generated, "tiny", allow_failing=True)
    assert [one.is_new for one in grade(generated, "tiny")] == [True]
    assert tiny_class.points_of(generated) == {"anna": 4}


def test_another_gradebook_gets_the_scores_too_and_a_copy_of_one_needs_none(generated):
    tiny_class.submit(generated, "anna", tiny_class.RIGHT)
    grade(generated, "tiny")
    first, other, copied = (f"sqlite:///{generated / name}" for name in ("gradebook.db", "other.db", "copied.db"))
    use_gradebook(other)
    try:
        generate(generated, "tiny")
        assert [one.is_new for one in grade(generated, "tiny")] == [True]
        assert tiny_class.points_of(generated) == {"anna": 6}
        assert [one.is_new for one in grade(generated, "tiny")] == [False]
        use_gradebook(first)
        assert [one.is_new for one in grade(generated, "tiny")] == [True]
        shutil.copy(generated / "gradebook.db", generated / "copied.db")
        use_gradebook(copied)
        assert [one.is_new for one in grade(generated, "tiny")] == [False]
        with Gradebook(copied) as book:
            book.remove_submission("tiny", "anna")
        assert [one.is_new for one in grade(generated, "tiny")] == [True]
        assert tiny_class.points_of(generated) == {"anna": 6}
    finally:
        use_gradebook(None)
