"""Of an assignment with several notebooks, and with cells that a person grades, a regrade touches only what it concerns."""

import shutil

import pytest
import regrade_class
import test_engine_merge as two
from regrade_class import course_like_template, engine_in_process, mend  # noqa: F401 - two are fixtures

from course.grading import gradebook
from course.grading.regrade.run import regrade
from course.grading.regrade.table import told

STUDENTS = ("right", "one-notebook", "wrong")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    root = two.make_course(tmp_path_factory.mktemp("two") / "course")
    for folder in (root / "submitted").iterdir():
        if folder.name not in STUDENTS:
            shutil.rmtree(folder)
    regrade_class.graded_here(root, "two")
    with gradebook.opened(root) as book:
        for student in STUDENTS:
            given = book.find_grade("b-why", "b", "two", student)
            given.manual_score, given.needs_manual_grade = 3, False
            book.find_comment("b-why", "b", "two", student).manual_comment = "well said"
        book.db.commit()
    return root


def rows_but_of(root, cell):
    """Every row that grading writes, without those of this cell and the sums that it is part of."""
    return [row for row in two.rows(root) if cell not in row and row[0] != "notebook"]


def test_only_the_notebook_that_a_change_concerns_is_run_and_only_where_it_was_handed_in(course, engine):
    before = rows_but_of(course, "b-f-test")
    mend(course, "assert f() == 1", "assert f() == 3", "two", "b")
    done = regrade(course, "two")
    assert [(student, names) for student, names, _ in engine.ran] == [("right", ["b.ipynb"]), ("wrong", ["b.ipynb"])]
    assert {(one.student, one.cell): (one.before, one.after) for one in done.moves} == {("right", "b/b-f-test"): (2, 0)}
    assert "changed  b/b-f-test: test changed" in told(done)
    assert rows_but_of(course, "b-f-test") == before


def test_every_file_of_a_notebook_that_nothing_concerns_stays(course, engine):
    before = two.files(course)
    mend(course, "assert f() == 1", "assert f() == 3", "two", "b")
    regrade(course, "two")
    after = two.files(course)
    assert {path for path in before if before[path] != after.get(path)} == {
        f"autograded/{student}/two/b.ipynb" for student in ("right", "wrong")}
    assert set(before) == set(after)


def test_points_of_a_cell_that_a_person_grades_are_that_persons(course, engine):
    mend(course, '"points": 4', '"points": 8', "two", "b")
    done = regrade(course, "two")
    assert engine.ran == [] and done.moves == []
    with gradebook.opened(course) as book:
        given = book.find_grade("b-why", "b", "two", "right")
        assert (given.manual_score, given.max_score) == (3, 8)


def test_a_changed_question_is_looked_at_again_with_the_points_it_had(course, engine):
    mend(course, "Why? ### BEGIN", "Why, indeed? ### BEGIN", "two", "b")
    done = regrade(course, "two")
    assert "changed  b/b-why: task changed" in told(done) and done.moves == []
    with gradebook.opened(course) as book:
        given = book.find_grade("b-why", "b", "two", "right")
        assert given.manual_score == 3 and given.needs_manual_grade
        assert book.find_comment("b-why", "b", "two", "right").manual_comment == "well said"
