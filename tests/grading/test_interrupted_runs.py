"""However a grading run is stopped - killed, by Ctrl-C, without room, by a lock - the next one ends as if it never was."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest
from run_as_command import SEED, Run, born, hand_in, kill_at, outcome, stray, tokens

from course.grading.ctrl_c import SAID
from course.grading.records import Records

KILLS = 20
CLASS, FEW = 24, 6
IMPATIENT = ("-c", "import sys, course.cli, course.grading.engine.merge as merge\nmerge.LOCKED_SECONDS = 0\n"
                   "sys.exit(course.cli.main(sys.argv[1:]))")
ROOM = "the disk is full; nothing is lost: make room and run the same command again"
LOCKED = "course: another program keeps the gradebook locked; nothing is lost: close it and run the same command again\n"


@pytest.fixture(scope="module")
def handed_in(templates, tmp_path_factory):
    return hand_in(shutil.copytree(templates[1], tmp_path_factory.mktemp("in") / "course"), CLASS)


@pytest.fixture(scope="module")
def undisturbed(handed_in, tmp_path_factory):
    """The course that a run graded which nobody disturbed."""
    root = shutil.copytree(handed_in, tmp_path_factory.mktemp("ref") / "course")
    assert Run(root, tmp_path_factory.mktemp("t"), "--quiet").end() == (1, "")  # 1: some are no notebooks
    return root


@pytest.fixture
def course(handed_in, tmp_path):
    return shutil.copytree(handed_in, tmp_path / "course")


@pytest.fixture
def few(handed_in, tmp_path):
    """The course with the first of the class only."""
    root = shutil.copytree(handed_in, tmp_path / "course")
    for folder in sorted((root / "submitted").iterdir())[FEW:]:
        shutil.rmtree(folder)
    return root


@pytest.fixture
def temporary(tmp_path_factory):
    return tmp_path_factory.mktemp("t")  # a short name: sockets are made below it


def test_killed_twenty_times_a_run_comes_to_the_same_and_grades_nobody_twice(course, temporary, undisturbed):
    draw = random.Random(20)
    moments = [draw.uniform(0.1, 3) for _ in range(8)] + [draw.randint(1, 8) for _ in range(KILLS - 8)]
    draw.shuffle(moments)
    graded, more, kills = {}, [], 0
    while kills < KILLS:
        run = Run(course, temporary, *more)
        if kill_at(run, moments[kills], draw.choice(("parent", "parent", "group", "all"))):
            run.assert_nothing_is_left()
            now = tokens(course)
            assert {student: now.get(student) for student in graded} == graded
            graded, kills = now, kills + 1
            more = ["--force", "--resume"] if "--force" in more else []
        else:  # it came to its end first: all over again
            Records(course, "tiny").begin_run(SEED)
            graded, more = {}, ["--force"]
    assert Run(course, temporary, *more).end() == (1, "")
    now = tokens(course)
    assert {student: now.get(student) for student in graded} == graded
    assert outcome(course) == outcome(undisturbed)
    assert stray(course, temporary) == []


def test_ctrl_c_at_any_moment_ends_at_once_and_the_next_run_goes_on(few, temporary, undisturbed):
    for moment in (lambda run: run.imports, lambda run: run.grades, lambda run: run.merging(3)):
        run = Run(few, temporary)
        run.wait_until(moment(run))
        run.signal(signal.SIGINT)
        assert run.end() == (130, SAID + "\n")
        run.assert_nothing_is_left()
    run = Run(few, temporary)
    assert run.end() == (0, "")
    students = sorted(path.name for path in (few / "submitted").iterdir())
    assert outcome(few) == outcome(undisturbed, students)
    assert stray(few, temporary) == []


@pytest.mark.parametrize("way", ["except BaseException: print('lost', flush=True)", "finally: time.sleep(60)"])
def test_ctrl_c_that_gets_lost_or_is_held_up_ends_the_run_all_the_same(way):
    program = textwrap.dedent(f"""
        import time
        from course.grading import ctrl_c
        with ctrl_c.heeded():
            try:
                print("ready", flush=True)
                time.sleep(60)
            {way}
            time.sleep(60)
        """)
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout.readline() == "ready\n"
    run.send_signal(signal.SIGINT)
    assert run.communicate(timeout=30)[1] == SAID + "\n"
    assert run.returncode == 130


FULL = """
set -eu
mkdir -p {folder}
mount -t tmpfs -o size={kilobytes}k tmpfs {folder}
cp -a {before}/. {folder}
set +e
{line} 2> {out}/said; echo $? > {out}/code
set -e
mount -o remount,size=50m {folder}
{line} 2> {out}/said-then
cp -a {folder}/. {before}
"""


@pytest.mark.parametrize("what", ["autograded", "gradebook"])
def test_a_full_disk_is_one_line_and_with_room_made_the_next_run_ends_it(few, temporary, undisturbed, tmp_path, what):
    # The folder is a small file system, which only the run sees, and is copied back when all is over.
    before, folder, out = tmp_path / "before", few / what, tmp_path / "out"
    out.mkdir()
    line = [sys.executable, "-m", "course.cli", "--root", few, "grade", "tiny", "--jobs", "2"]
    if what == "autograded":
        folder.rename(before)
        kilobytes = 120
    else:
        before.mkdir()
        book = (few / "gradebook.db").rename(before / "gradebook.db")
        kilobytes = book.stat().st_size // 4096 * 4 + 24
        line += ["--db", f"sqlite:///{folder}/gradebook.db"]
    script = FULL.format(folder=folder, before=before, out=out, kilobytes=kilobytes, line=" ".join(map(str, line)))
    subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script], check=True, timeout=240)
    assert (out / "code").read_text() == "1\n"
    said = ROOM if what == "autograded" else ROOM.replace("the disk", "the gradebook's disk")
    assert (out / "said").read_text() == f"course: {said}\n"
    assert (out / "said-then").read_text() == ""
    for path in before.iterdir():
        place = folder / path.name if what == "autograded" else few / path.name
        place.parent.mkdir(exist_ok=True)
        path.rename(place)
    assert outcome(few) == outcome(undisturbed, sorted(path.name for path in (few / "submitted").iterdir()))


def test_a_gradebook_that_another_process_locks_is_one_line_and_unlocked_the_next_run_ends_it(few, temporary, undisturbed):
    lock = sqlite3.connect(few / "gradebook.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    assert Run(few, temporary, program=IMPATIENT).end() == (1, LOCKED)
    lock.execute("ROLLBACK")
    run = Run(few, temporary, program=IMPATIENT)
    run.wait_until(run.grades)
    lock.execute("BEGIN EXCLUSIVE")
    assert run.end() == (1, LOCKED)
    lock.execute("ROLLBACK")
    graded = tokens(few)
    assert graded
    assert Run(few, temporary).end() == (0, "")
    assert {student: tokens(few).get(student) for student in graded} == graded
    assert outcome(few) == outcome(undisturbed, sorted(path.name for path in (few / "submitted").iterdir()))
    assert stray(few, temporary) == []


def test_only_what_dead_owners_left_is_removed_from_the_folder_for_temporary_files(tmp_path, monkeypatch):
    from course.grading.engine import own_folder

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    stale, other = tmp_path / "course-engine-stale", tmp_path / "course-engines"
    for folder in (stale, other):
        folder.mkdir()
        (folder / "socket").write_text("")
    (tmp_path / "course-engine-link").symlink_to(other)
    ours = own_folder.make()
    assert not stale.exists() and other.exists() and (tmp_path / "course-engine-link").is_symlink()
    theirs = subprocess.Popen([sys.executable, "-c", "from course.grading.engine import own_folder\n"
                                                     "print(own_folder.make().path, flush=True)\ninput()"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"TMPDIR": str(tmp_path)})
    path = tmp_path / theirs.stdout.readline().strip()
    own_folder.remove_stale()
    assert path.is_dir() and path.parent == tmp_path and tmp_path.joinpath(ours.path).is_dir()
    theirs.kill()
    theirs.communicate()
    assert born(theirs.pid) is None
    own_folder.remove_stale()
    assert not path.exists() and tmp_path.joinpath(ours.path).is_dir()
    ours.remove()
    ours.remove()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["course-engine-link", "course-engines"]
