"""A PostgreSQL server as the gradebook: the same points and the same rows as in SQLite.

Skipped where PostgreSQL is not installed; fails for that reason where the environment variable CI is set.
"""

import os
import re
import shutil

import nbformat
import postgres_server
import pytest
import tiny_class
from nbgrader.api import Gradebook
from sqlalchemy import MetaData, create_engine, select
from warm_engine import kept_warm

from course import cli
from course.grading import course_root, gradebook
from course.grading.answers import with_answers

STUDENTS = ("right", "half", "untouched", "raises", "pdf")
MADE_UP = re.compile(r"[0-9a-f]{32}")  # nbgrader's keys


@pytest.fixture(scope="module")
def new_database():
    if postgres_server.programs() is None:
        pytest.fail("no PostgreSQL here (initdb and pg_ctl): apt-get install postgresql")
    with postgres_server.server() as create:
        yield create


@pytest.fixture(autouse=True)
def forget_the_gradebook(monkeypatch):
    """What a command line says about the gradebook holds for its process; here it ends with the test."""
    monkeypatch.setenv(course_root.GRADEBOOK, "to be put back")
    monkeypatch.delenv(course_root.GRADEBOOK)


def hand_in(root):
    for student in STUDENTS:
        if student in tiny_class.FILES:
            name, content = tiny_class.FILES[student]
            folder = root / "submitted" / student / "tiny"
            folder.mkdir(parents=True)
            (folder / name).write_bytes(content)
        else:
            right = nbformat.read(root / "release" / "tiny" / "tiny.ipynb", as_version=4)
            tiny_class.submit(root, student, with_answers(right, tiny_class.ANSWERS[student]))


def course_command(root, *arguments):
    return cli.main(["--root", str(root), *arguments])


def rows(url):
    """{table: its rows, sorted}; a key of nbgrader's is left out, a reference to one is the row it refers to."""
    engine = create_engine(url)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        read = {name: [dict(row._mapping) for row in connection.execute(select(table))]
                for name, table in tables.tables.items()}
    engine.dispose()
    by_key = {row["id"]: row for table in read.values() for row in table if "id" in row}

    def plain(row):
        told = {}
        for column, value in row.items():
            if column == "id" and MADE_UP.fullmatch(str(value)) or column == "timestamp":
                continue
            is_reference = column.endswith("_id") and column != "lms_user_id" and value in by_key
            told[column] = plain(by_key[value]) if is_reference and by_key[value] is not row else value
        return sorted((column, repr(value)) for column, value in told.items())

    return {name: sorted(plain(row) for row in table) for name, table in read.items()}


@pytest.fixture(scope="module")
def both(templates, tmp_path_factory, new_database):
    """The class graded into SQLite and into PostgreSQL: {"sqlite": (root, URL), "postgres": (root, URL)}."""
    found = {}
    for kind in ("sqlite", "postgres"):
        root = shutil.copytree(templates[0], tmp_path_factory.mktemp(kind) / "course")
        url = new_database("gradebook") if kind == "postgres" else f"sqlite:///{root / 'elsewhere.db'}"
        assert course_command(root, "generate", "tiny", "--db", url) == 0
        hand_in(root)
        with kept_warm():
            course_command(root, "grade", "tiny", "--db", url, "--jobs", "2")
        found[kind] = root, url
    os.environ.pop(course_root.GRADEBOOK, None)
    return found


def test_points_are_the_same_and_right(both):
    points = {}
    for kind, (root, url) in both.items():
        course_root.use_gradebook(url)
        points[kind] = tiny_class.points_of(root)
    assert points["postgres"] == points["sqlite"] == {"right": 6, "half": 3, "untouched": 0, "raises": 3, "pdf": 0}


def test_rows_are_the_same_in_every_table(both):
    ours, theirs = (rows(url) for _, url in both.values())
    assert set(ours) == set(theirs)
    assert {name: table for name, table in ours.items() if table != theirs[name]} == {}
    assert len(ours["grade"]) == 4 * len(STUDENTS)


def test_a_row_that_differs_is_seen(both):
    urls = [url for _, url in both.values()]
    with Gradebook(urls[1], "pytorch") as book:
        grade = book.find_grade("area-values", "tiny", "tiny", "half")
        grade.auto_score += 1
        book.db.commit()
        ours, theirs = map(rows, urls)
        grade.auto_score -= 1
        book.db.commit()
    assert [name for name in ours if ours[name] != theirs[name]] == ["grade"]


def test_the_courses_own_gradebook_is_left_alone(both):
    assert not any((root / "gradebook.db").exists() for root, _ in both.values())


def test_report_and_feedback_read_it(both, capsys):
    root, url = both["postgres"]
    assert course_command(root, "report", "tiny", "--db", url) == 0
    assert re.search(r"raises\s.*3", capsys.readouterr().out)
    assert course_command(root, "feedback", "tiny", "--db", url, "--students", "half") == 0
    assert (root / "feedback" / "half" / "tiny" / "tiny.html").exists()


@pytest.mark.usefixtures("warm_engine")
def test_grading_again_keeps_what_a_person_graded(both):
    root, url = both["postgres"]
    with Gradebook(url, "pytorch") as book:
        book.find_grade("area-values", "tiny", "tiny", "half").manual_score = 1.5
        book.db.commit()
    course_command(root, "grade", "tiny", "--db", url, "--students", "half", "--force")
    with Gradebook(url, "pytorch") as book:
        grade = book.find_grade("area-values", "tiny", "tiny", "half")
        assert (grade.auto_score, grade.manual_score, grade.score, grade.needs_manual_grade) == (2, 1.5, 1.5, True)
        grade.manual_score, grade.needs_manual_grade = None, False
        book.db.commit()


def test_the_environment_names_it_too(both, monkeypatch):
    root, url = both["postgres"]
    monkeypatch.setenv(course_root.GRADEBOOK, url)
    assert course_root.course_directory(root).db_url == url


def test_a_command_without_the_option_takes_no_gradebook_from_the_one_before(both):
    root, url = both["postgres"]
    course_root.use_gradebook(url)
    course_root.use_gradebook(None)
    assert course_root.course_directory(root).db_url == f"sqlite:///{root / 'gradebook.db'}"


@pytest.mark.parametrize(
    ("url", "says"),
    [("postgresql+psycopg://grader:secret@/none?host=/nowhere", "cannot open the gradebook postgresql+psycopg://grader:***@"),
     ("postgres://grader@/none", "no gradebook of this kind"),
     ("gradebook.db", "is no URL")],
)
def test_a_gradebook_that_cannot_be_opened_is_told_in_one_line(course, capsys, url, says):
    assert course_command(course, "generate", "tiny", "--db", url) == 1
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1 and "secret" not in said


def test_points_are_read_from_the_gradebook_asked_for(both):
    root, url = both["postgres"]
    course_root.use_gradebook(url)
    with gradebook.opened(root) as book:
        assert book.engine.dialect.name == "postgresql"
