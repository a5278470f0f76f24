"""What is merged is merged whole: stopped at any step, without room or without the gradebook, the next run finishes it."""

import errno
import shutil
import sqlite3

import pytest
from test_engine_merge import STUDENTS, files, make_course, pretend, rows

from course.grading import gradebook
from course.grading.course_root import CourseError, course_directory, load_config
from course.grading.engine import desk as desk_module
from course.grading.engine import journal, merge
from course.grading.engine.desk import Desk
from course.grading.engine.pipeline import Pipeline
from course.grading.engine.snapshot import snapshot
from course.grading.engine.task import Allowance
from course.grading.records import Records


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("template") / "course")


@pytest.fixture
def course(template, tmp_path):
    return shutil.copytree(template, tmp_path / "course")


@pytest.fixture(scope="module")
def undisturbed(template, tmp_path_factory):
    """(rows, files) of a class that was merged at once."""
    root = shutil.copytree(template, tmp_path_factory.mktemp("undisturbed") / "course")
    with opened(root) as (desk, pipeline):
        desk.merge(results(desk, pipeline))
    return rows(root), files(root)


class opened:
    """The desk of the course at `root`, and the pipeline."""

    def __init__(self, root):
        self.root = root

    def __enter__(self):
        config, directory = load_config(self.root), course_directory(self.root)
        self.book = gradebook.opened(self.root)
        book = self.book.__enter__()
        about = snapshot(book, directory, config, "two", Allowance())
        self.desk = Desk(self.root, directory, config, book, about).__enter__()
        return self.desk, Pipeline(about)

    def __exit__(self, *error):
        self.desk.__exit__(*error)
        self.book.__exit__(*error)


def results(desk, pipeline):
    return [pipeline.grade(one, lambda notebook, *_: pretend(notebook)) for one in desk.read(STUDENTS)]


def finish(root):
    """As the next run does first. Returns whose results were in the journal."""
    with opened(root) as (desk, _):
        left = [one.student for one in desk.journal]
        desk.merge_what_was_left()
        assert list(desk.journal) == []
    return left


def stop(*_, **__):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("where", "step"),
    [(merge.Writer, "write"), (merge.Writer, "_penalise"), (desk_module.journal, "place"), (journal.Path, "rename"),
     (Records, "put"), (journal.Journal, "forget")],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_stopped_at_any_step_nothing_is_lost_or_half_done(course, undisturbed, monkeypatch, where, step):
    with opened(course) as (desk, pipeline):
        graded = results(desk, pipeline)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(where, step, stop)
            desk.merge(graded)
    assert set(finish(course)) == set(STUDENTS)
    with opened(course) as (desk, _):
        assert all(desk.is_done(student) for student in STUDENTS)
    assert (rows(course), files(course)) == undisturbed


def test_a_result_whose_submission_has_changed_meanwhile_is_not_merged(course, monkeypatch):
    with opened(course) as (desk, pipeline):
        graded = results(desk, pipeline)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(merge.Writer, "write", stop)
            desk.merge(graded)
    (course / "submitted" / "right" / "two" / "new.txt").write_text("new")
    finish(course)
    assert {row[1] for row in rows(course)} == set(STUDENTS) - {"right"}


def test_a_locked_gradebook_is_told_in_one_line_and_nothing_is_graded_twice(course, undisturbed, monkeypatch):
    monkeypatch.setattr(merge, "LOCKED_SECONDS", 0)
    with opened(course) as (desk, pipeline):
        graded = results(desk, pipeline)
        other = sqlite3.connect(course / "gradebook.db")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CourseError, match="another program keeps the gradebook locked; nothing is lost") as error:
            desk.merge(graded)
        assert "\n" not in str(error.value)
        other.rollback()
    finish(course)
    assert (rows(course), files(course)) == undisturbed


@pytest.mark.parametrize(("where", "step"), [(desk_module.journal, "place"), (journal, "write_text_whole")])
def test_a_full_disk_is_told_in_one_line_and_the_next_run_goes_on(course, undisturbed, monkeypatch, where, step):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with opened(course) as (desk, pipeline):
        graded = results(desk, pipeline)
        with monkeypatch.context() as patch, pytest.raises(CourseError, match="^the disk is full; nothing is lost"):
            patch.setattr(where, step, full)
            desk.merge(graded)
        left = finish_here(desk, graded)
    assert left
    assert (rows(course), files(course)) == undisturbed


def finish_here(desk, graded):
    """As the next run: first the journal, then what is not done. Returns whom it merged."""
    desk.merge_what_was_left()
    left = [one for one in graded if not desk.is_done(one.student)]
    desk.merge(left)
    return left or graded


def test_an_assignment_is_graded_by_one_run_at_a_time(course):
    with opened(course):
        with pytest.raises(CourseError, match="two is being graded by another process"):
            with opened(course):
                pass


def test_links_and_too_large_submissions_are_not_read(course, monkeypatch):
    secret = course / "source" / "two" / "a.ipynb"
    (course / "submitted" / "right" / "two" / "link.txt").symlink_to(secret)
    (course / "submitted" / "late" / "two" / "folder").symlink_to(secret.parent)
    (course / "submitted" / "wrong" / "two" / "large.bin").write_bytes(b"0" * 10_000_000)
    monkeypatch.setattr("course.grading.submissions.MOST_BYTES", 5_000_000)
    with opened(course) as (desk, pipeline):
        read = {one.student: one for one in desk.read(STUDENTS)}
        assert "link.txt" not in read["right"].files
        assert not any(path.startswith("folder") for path in read["late"].files)
        assert read["wrong"].reason == "its files are 10 MB in all; at most 5 MB can be graded"
        desk.merge([read["wrong"]])
        assert desk.is_done("wrong")
        assert gradebook.scores(course, "two")["wrong"][0] == 0
