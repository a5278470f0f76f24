"""The engine on this machine: whichever of its processes dies, nothing is lost, and nothing of it is left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_class

from course.grading import gradebook
from course.grading.course_root import CourseError, course_directory, load_config
from course.grading.engine import shared
from course.grading.engine.desk import Desk
from course.grading.engine.grader import Notebook
from course.grading.engine.local import Engine
from course.grading.engine.snapshot import snapshot
from course.grading.engine.task import FAILED, GRADED, Allowance
from course.grading.grade import grade
from course.grading.records import Records
from course.grading.sandbox import bubblewrap

SLOWLY = {"double": "import time\ntime.sleep(1)\n" + tiny_class.DOUBLE, "area": tiny_class.AREA}
STUDENTS = ("anna", "bert", "cleo")


@pytest.fixture(scope="module")
def engine():
    with Engine() as engine:
        yield engine


@pytest.fixture
def class_of(generated):
    """(the assignment, submissions of three students that answer as given) for an engine."""

    def hand_in(answers, students=STUDENTS, allowance=None):
        for student in students:
            tiny_class.submit(generated, student, answers)
        config, directory = load_config(generated), course_directory(generated)
        with gradebook.opened(generated) as book:
            about = replace(snapshot(book, directory, config, "tiny", allowance or Allowance()), seed=7)
            return about, list(Desk(generated, directory, config, book, about).read(students))

    return hand_in


def points(result):
    return sum(score for score, _ in result.notebooks[0].scores.values())


def children(pid):
    """Process ids of everything that descends from a process."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in found} - found
        grown = bool(more)
        found |= more
    return found - {pid}


def run_and_disturb(engine, about, submissions, disturb):
    """{student: Result}; calls disturb() once, when work is under way."""
    found, started = {}, None
    for ended in engine.do(about, submissions, 2, 120):
        if ended is not None:
            found[ended[0].student] = ended[1]
        started = started or time.monotonic()
        if disturb and children(engine.grading.process.pid) and time.monotonic() - started > 0.5:
            disturb()
            disturb = None
    assert disturb is None
    return found


def test_every_submission_comes_back_once_with_its_grades(engine, class_of):
    about, submissions = class_of(tiny_class.RIGHT)
    found = list(engine.run(about, submissions, 2))
    assert sorted(one.student for one in found) == list(STUDENTS)
    assert {(one.status, one.reason, points(one), one.seed) for one in found} == {(GRADED, "", 6, 7)}


def test_what_is_under_way_when_the_grading_server_dies_is_graded_again(engine, class_of):
    about, submissions = class_of(SLOWLY)
    found = run_and_disturb(engine, about, submissions, lambda: engine.grading.process.kill())
    assert {name: points(one) for name, one in found.items()} == dict.fromkeys(STUDENTS, 6)


def test_what_is_under_way_when_the_sandbox_dies_is_graded_again(engine, class_of):
    about, submissions = class_of(SLOWLY)
    found = run_and_disturb(engine, about, submissions, lambda: engine.sandbox.process.kill())
    assert {name: points(one) for name, one in found.items()} == dict.fromkeys(STUDENTS, 6)
    assert {one.status for one in found.values()} == {GRADED}


def test_a_submission_whose_grader_dies_each_time_is_not_graded_and_says_so(engine, class_of):
    about, submissions = class_of(SLOWLY, ["anna"])
    found = []
    for ended in engine.do(about, submissions, 1, 120):
        found += [ended] if ended else []
        for grader in children(engine.grading.process.pid):
            with contextlib.suppress(ProcessLookupError):  # it may have ended since it was listed
                os.kill(grader, signal.SIGKILL)
    assert found == [(submissions[0], "the process that graded it died each time")]


def test_a_grader_that_never_answers_is_given_up(engine, class_of):
    about, submissions = class_of({"double": "import time\ntime.sleep(60)", "area": tiny_class.AREA}, ["anna"])
    ended = [one for one in engine.do(about, submissions, 1, 2) if one]
    assert ended == [(submissions[0], "grading it took longer than 2 seconds, and was given up")]
    assert list(engine.run(about, class_of(tiny_class.RIGHT)[1], 2))


def test_a_run_that_nobody_reads_any_more_is_ended(engine, class_of):
    about, submissions = class_of(SLOWLY)
    running = engine.do(about, submissions, 2, 120)
    while not children(engine.grading.process.pid):
        next(running)
    running.close()
    for _ in range(200):
        if not children(engine.grading.process.pid):
            return
        time.sleep(0.05)
    raise AssertionError("graders are left")


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left_of_a_run_that_was_ended(generated, ended_by):
    for student in STUDENTS:
        tiny_class.submit(generated, student, {"double": "while True:\n    pass"})
    command = [sys.executable, "-m", "course.cli", "--root", str(generated), "grade", "tiny", "--jobs", "2"]
    run = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    while not Records(generated, "tiny").stopped_run() or len(children(run.pid)) < 6:
        assert run.poll() is None
        time.sleep(0.1)
    time.sleep(1)
    below = children(run.pid)
    run.send_signal(ended_by)
    run.wait(60)
    for _ in range(200):
        left = {pid for pid in below if Path(f"/proc/{pid}").exists()}
        if not left:
            return
        time.sleep(0.05)
    raise AssertionError([Path(f"/proc/{pid}/cmdline").read_bytes() for pid in left])


def test_where_no_sandbox_is_to_be_had_nobody_is_graded_and_it_says_what_to_do(generated, monkeypatch):
    tiny_class.submit(generated, "anna", tiny_class.RIGHT)
    monkeypatch.setattr(bubblewrap, "availability", lambda: "bubblewrap is not installed.")
    with pytest.raises(CourseError, match="bubblewrap is not installed.\n.*--no-sandbox"):
        grade(generated, "tiny")
    assert Records(generated, "tiny").get("anna") is None
    results = grade(generated, "tiny", sandbox=False)
    assert [(one.status, one.reason) for one in results] == [(GRADED, "")]
    assert tiny_class.points_of(generated) == {"anna": 6}


def test_servers_that_cannot_start_end_the_run_and_no_submission_is_blamed(class_of, monkeypatch):
    about, submissions = class_of(tiny_class.RIGHT)
    monkeypatch.setattr("course.grading.engine.servers.MODULE", "course.grading.shell.no_such_module")
    with pytest.raises(CourseError, match="the server of students' processes ended, .* No module named"):
        with Engine() as engine:
            list(engine.run(about, submissions, 2))


def test_an_engine_grades_on_after_the_folder_that_it_was_started_in_is_deleted(class_of, tmp_path):
    about, submissions = class_of(tiny_class.RIGHT, ["anna"])
    folder = tmp_path / "first course"
    folder.mkdir()
    with contextlib.ExitStack() as stack:
        with contextlib.chdir(folder):
            engine = stack.enter_context(Engine())
            assert [points(one) for one in engine.run(about, submissions, 1)] == [6]
        folder.rmdir()
        assert [points(one) for one in engine.run(replace(about, seed=8), submissions, 1)] == [6]
        assert os.path.isdir(os.readlink(f"/proc/{engine.grading.process.pid}/cwd")), "some libraries ask for it"


def test_student_code_sees_the_files_beside_it_and_no_gpu(engine, class_of):
    answers = {"double": "import os, torch\nassert open('data.txt').read() == 'theirs'\n"
                         "assert os.environ['CUDA_VISIBLE_DEVICES'] == '' and not torch.cuda.is_available()\n"
                         "assert 'COURSE_SEED' not in os.environ and not [n for n in os.listdir() if n.endswith('.ipynb')]\n"
                         + tiny_class.DOUBLE, "area": tiny_class.AREA}
    about, (submission,) = class_of(answers, ["anna"])
    submission = replace(submission, files={**submission.files, "data.txt": b"mine"})
    about = replace(about, files={"data.txt": b"theirs"})
    (found,) = engine.run(about, [submission], 1)
    assert points(found) == 6 and found.incidents == ()


@pytest.mark.usefixtures("warm_engine")
def test_force_and_resume_leave_alone_what_the_stopped_run_has_graded(generated):
    for student in STUDENTS:
        tiny_class.submit(generated, student, tiny_class.RIGHT)
    grade(generated, "tiny", jobs=2)
    records = Records(generated, "tiny")
    seed = records.begin_run()
    grade(generated, "tiny", students=["anna"], force=True, seed=seed)
    records.begin_run(seed)
    again = grade(generated, "tiny", force=True, resume=True, jobs=2)
    assert [one.is_new for one in again] == [False, True, True]
    assert {records.get(student).seed for student in STUDENTS} == {seed}
    assert all(one.is_new for one in grade(generated, "tiny", force=True, jobs=2))


def test_the_engine_of_nbgraders_own_commands_stays_warm_and_stops_when_idle(class_of, monkeypatch):
    about, (submission,) = class_of(tiny_class.RIGHT, ["anna"])
    notebook = Notebook("tiny", submission.files["tiny.ipynb"].decode(), {})
    try:
        assert "execution_count" in shared.run_notebook(about, notebook).text
        server = shared._engine.grading.process
        monkeypatch.setattr(shared, "IDLE_SECONDS", 0.1)
        shared.run_notebook(replace(about), notebook)
        assert shared._engine is None or shared._engine.grading.process is server
        server.wait(30)
        assert shared._engine is None
    finally:
        shared.stop()


def test_a_file_that_is_no_notebook_is_not_graded_and_the_others_are(engine, class_of):
    about, submissions = class_of(tiny_class.RIGHT)
    broken = replace(submissions[0], files={"tiny.ipynb": b"\x89PNG"})
    found = {one.student: one for one in engine.run(about, [broken, *submissions[1:]], 2)}
    assert found["anna"].status == FAILED and found["anna"].reason.startswith("tiny.ipynb is not a notebook but a picture")
    assert [points(found[name]) for name in STUDENTS[1:]] == [6, 6]
