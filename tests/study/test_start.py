"""course start: copies where they are missing, nothing overwritten, a fresh notebook with the old one kept."""

import datetime
import json

import nbformat
import pytest

from course.study import copies, lab, starting

NOON = datetime.datetime(2026, 11, 22, 12, 5)


def test_start_copies_the_release_and_says_what_to_open(learner, course):
    assert "copied  work/small/small.ipynb" in learner.says
    assert "Open work/small/small.ipynb: `course start small --lab`" in learner.says
    released = nbformat.read(course / "release" / "small" / "small.ipynb", as_version=4)
    assert json.dumps(nbformat.read(learner.notebook, as_version=4)) == json.dumps(released)


def test_start_overwrites_nothing(learner):
    learner.notebook.write_text("my own work")
    assert learner.types("start", "small") == 0
    assert learner.notebook.read_text() == "my own work" and "copied" not in learner.says


def test_reset_puts_a_fresh_notebook_there_and_keeps_every_old_one(learner, course):
    learner.notebook.write_text("first")
    first = copies.start_afresh(course, "small", NOON)
    assert learner.notebook.read_bytes() == (course / "release" / "small" / "small.ipynb").read_bytes()
    learner.notebook.write_text("second")
    second = copies.start_afresh(course, "small", NOON)
    assert [first.name, second.name] == ["small-2026-11-22-1205.ipynb", "small-2026-11-22-1205-2.ipynb"]
    assert [first.read_text(), second.read_text()] == ["first", "second"]


def test_reset_on_the_command_line_says_where_the_old_one_is(learner):
    learner.notebook.write_text("mine")
    assert learner.types("start", "--reset", "small") == 0
    kept = [path for path in learner.notebook.parent.glob("small-*.ipynb")]
    assert len(kept) == 1 and f"kept    work/small/{kept[0].name}" in learner.says


def test_reset_of_what_was_never_begun_just_begins_it(course):
    assert copies.start_afresh(course, "small") is None
    assert (course / "work" / "small" / "small.ipynb").is_file()


@pytest.mark.parametrize(("name", "meant"), [("smal", "did you mean small? "), ("../source/small", ""), ("*", "")])
def test_an_unknown_chapter_is_refused_with_those_there_are(learner, name, meant):
    assert learner.types("start", name) == 1
    assert learner.warns.strip() == f"course: unknown chapter '{name}': {meant}there are 1 small"
    assert learner.types("start", "--reset", name) == 1


def test_lab_opens_the_chapter_that_was_asked_for(learner, monkeypatch):
    opened = []
    monkeypatch.setattr(lab, "open_lab", lambda root, arguments=(), chapter=None: opened.append((root, chapter)) or 0)
    assert learner.types("start", "small", "--lab") == 0
    assert learner.types("lab") == 0
    assert opened == [(learner.root, "small")] * 2


def test_options_of_jupyterlab_go_on_to_it_and_are_refused_where_it_is_not_opened(learner, monkeypatch):
    opened = []
    monkeypatch.setattr(lab, "open_lab", lambda root, arguments=(), chapter=None: opened.append((list(arguments), chapter)) or 0)
    assert learner.types("start", "small", "--lab", "--no-browser", "--port=9999") == 0
    assert opened == [(["--no-browser", "--port=9999"], "small")]
    assert learner.types("start", "small", "--no-browser") == 2
    assert "unrecognized arguments: --no-browser, which go on only with --lab (see course start --help)" in learner.warns


def test_the_chapter_to_open_is_the_one_that_was_worked_on_last(learner, course):
    for name in ("other", "third"):
        for part in ("source", "release"):
            folder = course / part / name
            folder.mkdir()
            (folder / f"{name}.ipynb").write_bytes((course / part / "small" / "small.ipynb").read_bytes())
    copies.copy_chapters(course)
    assert starting.first_to_open(course) in ("other", "third")  # nothing is written anywhere: the newest copy
    learner.writes({"double": "def double(number): return 1"})
    copies.copy_chapters(course)
    (course / "work" / "third" / "third.ipynb").touch()
    assert copies.last_worked_on(course) == "small"


def test_without_source_chapters_are_begun_all_the_same_and_no_check_is_promised(course, capsys):
    (course / "source").rename(course / "kept")
    assert starting.start(course, say=print) == "small"
    said = capsys.readouterr().out
    assert "Open work/small/small.ipynb" in said and "course check" not in said
    assert starting.first_to_open(course) == "small"


def test_the_first_chapter_of_the_course_is_opened_first(course):
    folder = course / "release" / "a_later_one"
    folder.mkdir()
    text = (course / "release" / "small" / "small.ipynb").read_text()
    (folder / "a_later_one.ipynb").write_text(text.replace("### Exercise 1.", "### Exercise 2."))
    assert starting.first_to_open(course) == "small"
