"""A reader of stdout who goes away ends no command: no traceback, the work is done, the exit code is its own."""

import io
import os
import subprocess
import sys

import pytest
import small_gradebook

from course.grading import reader_gone

CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "pytorch"\n'


def unread(root, *arguments):
    """The command, whose stdout nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does when it has its lines
    done = subprocess.run([sys.executable, "-m", "course.cli", "--root", str(root), *arguments], stdout=writing,
                          stderr=subprocess.PIPE, text=True, cwd=root)
    os.close(writing)
    return done


@pytest.fixture
def root(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    (tmp_path / "source" / "shapes").mkdir(parents=True)
    small_gradebook.make(tmp_path / "gradebook.db")
    return tmp_path


@pytest.mark.parametrize("arguments", [("late", "--all"), ("due",), ("export", "shapes"), ("--help",)])
def test_a_reader_who_has_enough_ends_no_command(root, arguments):
    done = unread(root, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert (root / "grades.csv").exists() == (arguments[0] == "export")


def test_what_is_wrong_is_still_told_and_has_its_exit_code(root):
    done = unread(root, "export", "none")
    assert done.returncode == 1 and done.stderr.startswith("course: no assignment none")


def test_work_goes_on_after_more_was_printed_than_a_pipe_is_asked_to_hold(monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        with reader_gone.heeded():
            for _ in range(3):
                print("line\n" * 100_000, flush=True)
            went_on = True
    assert went_on


def test_what_is_printed_to_a_reader_who_stays_arrives_unchanged(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    with reader_gone.heeded():
        print("one")
        sys.stdout.writelines(["two\n", "three\n"])
    assert stream.getvalue() == "one\ntwo\nthree\n" and sys.stdout is stream
