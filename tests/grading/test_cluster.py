"""Grading on the workers of a Dask scheduler: the same grades as here, and nothing lost when a part of it goes."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import tiny_class
from distributed import Client, LocalCluster

from course import cli
from course.grading import gradebook
from course.grading.course_root import CourseError, course_directory, load_config
from course.grading.engine import cluster_worker
from course.grading.engine.cluster import ClusterEngine
from course.grading.engine.desk import Desk
from course.grading.engine.local import Engine
from course.grading.engine.snapshot import snapshot
from course.grading.engine.task import FAILED, GRADED, Allowance
from course.grading.records import Records

REPOSITORY = str(Path(__file__).parents[2])
STUDENTS = ("right", "half", "raises", "exits", "brack[et] s", "pdf")
SLOWLY = {"double": "import time\ntime.sleep(1)\n" + tiny_class.DOUBLE, "area": tiny_class.AREA}


@pytest.fixture(scope="module")
def scheduler():
    """Address of a scheduler without workers."""
    with LocalCluster(n_workers=0, dashboard_address=":0", host="127.0.0.1") as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def two_workers(scheduler, tmp_path_factory):
    """Address of the scheduler while two workers, in folders of their own, are there."""
    with worker(scheduler, tmp_path_factory.mktemp("one")), worker(scheduler, tmp_path_factory.mktemp("two")):
        yield scheduler


@contextmanager
def program(module, *arguments, folder):
    """A process that knows where the package is, and nothing of the course's folder."""
    environment = {name: value for name, value in os.environ.items() if name not in ("COURSE_SEED", "COURSE_DB")}
    process = subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=folder, stderr=subprocess.DEVNULL,
                               env={**environment, "PYTHONPATH": REPOSITORY, "HOME": str(folder)})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def worker(scheduler, folder):
    return program("distributed.cli.dask_worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                   "--local-directory", str(folder), folder=folder)


def read(root, students):
    """The assignment, on a given seed, and the submissions of these students."""
    config, directory = load_config(root), course_directory(root)
    with gradebook.opened(root) as book:
        assignment = snapshot(book, directory, config, "tiny", Allowance(cell_seconds=20))
        submissions = list(Desk(root, directory, config, book, assignment).read(students))
    return replace(assignment, seed=5), submissions


def on_the_cluster(scheduler, assignment, submissions, told=None):
    told = [] if told is None else told
    with ClusterEngine(scheduler, tell=told.append) as engine:
        return {one.student: one for batch in engine.batches(assignment, submissions) for one in batch}


def without_times(result):
    """A Result, but for how long things took and when they were."""
    notebooks = {name: json.loads(text) for name, text in result.files.items()}
    for notebook in notebooks.values():
        for cell in notebook["cells"]:
            cell["metadata"].pop("execution", None)
    return replace(result, seconds={}, files=notebooks)


def test_workers_that_share_nothing_with_the_parent_grade_as_this_machine_does(generated, two_workers):
    tiny_class.hand_in(generated)
    assignment, submissions = read(generated, STUDENTS)
    with Engine() as engine:
        here = {one.student: one for one in engine.run(assignment, submissions, 1)}
    shutil.rmtree(generated)
    there = on_the_cluster(two_workers, assignment, submissions)
    assert {one.status for one in there.values()} == {GRADED, FAILED}
    assert {name: without_times(one) for name, one in there.items()} == {
        name: without_times(one) for name, one in here.items()
    }


def test_a_worker_killed_in_mid_task_loses_nothing_and_one_that_joins_goes_on(generated, scheduler, tmp_path):
    students = [f"student-{number}" for number in range(6)]
    for student in students:
        tiny_class.submit(generated, student, SLOWLY)
    assignment, submissions = read(generated, students)
    (tmp_path / "joins").mkdir()
    results, joined = [], None
    with (LocalCluster(n_workers=0, dashboard_address=":0", host="127.0.0.1") as cluster,
          worker(cluster.scheduler_address, tmp_path) as killed, Client(cluster) as watching,
          ClusterEngine(cluster.scheduler_address) as engine, closing(engine.batches(assignment, submissions)) as batches):
        for batch in batches:
            results += batch
            if joined is None:
                assert any(watching.processing().values())
                its_own = psutil.Process(killed.pid).children(recursive=True)
                joined = worker(cluster.scheduler_address, tmp_path / "joins")
                joined.__enter__()
                killed.kill()
        joined.__exit__(None, None, None)
    assert len(its_own) >= 2
    assert psutil.wait_procs(its_own, timeout=20)[1] == []
    assert sorted(one.student for one in results) == students
    assert {one.status for one in results} == {GRADED}
    assert {sum(points for points, _ in one.notebooks[0].scores.values()) for one in results} == {6}


def test_a_worker_with_another_version_is_refused(generated, two_workers, monkeypatch):
    tiny_class.submit(generated, "right", tiny_class.RIGHT)
    assignment, submissions = read(generated, ["right"])
    versions = cluster_worker.installed() | {"torch": "1.0"}
    monkeypatch.setattr(cluster_worker, "installed", lambda: versions)
    told = []
    with pytest.raises(CourseError, match="no worker can be used"):
        on_the_cluster(two_workers, assignment, submissions, told)
    assert len(told) == 2 and all("torch is " in line and "there, and 1.0 here" in line for line in told)


def test_a_lost_scheduler_is_one_line_and_the_next_run_goes_on(generated, two_workers, tmp_path, capsys):
    students = ("anna", "bert", "cleo", "dora")
    for student in students:
        tiny_class.submit(generated, student, SLOWLY)
    records = Records(generated, "tiny")
    command = ["--root", str(generated), "grade", "tiny", "--quiet"]
    with scheduler_in_a_process(tmp_path) as (address, process), worker(address, tmp_path):
        kill_when(lambda: records.get("anna"), process)
        assert cli.main([*command, "--scheduler", address]) == 1
        said = capsys.readouterr().err
        assert said == f"course: the Dask scheduler at {address} has gone; nothing is lost: start it and run the same command again\n"
    before = {path: path.stat().st_mtime_ns for path in generated.glob("autograded/*/tiny/tiny.ipynb")}
    assert 0 < len(before) < 4
    assert cli.main([*command, "--scheduler", two_workers]) == 0
    assert all(path.stat().st_mtime_ns == then for path, then in before.items())
    assert tiny_class.points_of(generated) == dict.fromkeys(students, 6)
    assert len({records.get(student).seed for student in students}) == 1


@contextmanager
def scheduler_in_a_process(folder):
    """Address and process of a scheduler."""
    told = folder / "scheduler.json"
    told.unlink(missing_ok=True)
    arguments = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    with program("distributed.cli.dask_scheduler", *arguments, folder=folder) as process:
        wait_until(lambda: told.exists() and told.read_text().endswith("}"))
        yield json.loads(told.read_text())["address"], process


def kill_when(happened, process):
    """Kills the process as soon as happened() is true, while this thread goes on."""
    threading.Thread(target=lambda: (wait_until(happened), process.kill()), daemon=True).start()


def wait_until(happened, seconds=120):
    for _ in range(seconds * 20):
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "no://such", "tcp://127.0.0.1:port"])
def test_an_address_where_no_scheduler_answers_is_one_line(generated, address, monkeypatch, capsys):
    monkeypatch.setattr("course.grading.engine.cluster.CONNECT_SECONDS", 0.5)
    tiny_class.submit(generated, "right", tiny_class.RIGHT)
    assert cli.main(["--root", str(generated), "grade", "tiny", "--quiet", "--scheduler", address]) == 1
    assert capsys.readouterr().err.startswith(f"course: no Dask scheduler answers at {address}: ")


def test_a_missing_extra_is_named(generated, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    tiny_class.submit(generated, "right", tiny_class.RIGHT)
    assert cli.main(["--root", str(generated), "grade", "tiny", "--quiet", "--scheduler", "tcp://127.0.0.1:1"]) == 1
    assert capsys.readouterr().err == 'course: --scheduler needs distributed: pip install "course[cluster]"\n'
