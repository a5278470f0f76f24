"""What comes after a chapter is told in one sentence: the next that is open, the exam last, one left behind, or that all is done."""

import shutil

import nbformat
import pytest
from learner import RIGHT

from course.study import seat
from course.study.exercises import read_chapters
from course.study.following import following, in_notebook, in_terminal, sentence
from course.study.record import Record


def rename(path, number, title, more):
    """Makes the notebook at `path` another chapter: its number and title, and one more cell of code."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("### Exercise 1.", f"### Exercise {number}.").replace("# 1 · Small things", f"# {number} · {title}")
    notebook.cells.append(nbformat.v4.new_code_cell(more))
    nbformat.write(notebook, path)


@pytest.fixture
def three(course):
    """The course's folder with three chapters: small, second, and last, which can be sat as an exam."""
    for number, (name, title, more) in enumerate([("second", "More things", ""), ("last", "Review", "MockExam(minutes=1)")], 2):
        for part in ("source", "release"):
            folder = shutil.copytree(course / part / "small", course / part / name)
            (folder / "small.ipynb").rename(folder / f"{name}.ipynb")
            rename(folder / f"{name}.ipynb", number, title, more)
    return course


def told(root, name, *done):
    """The sentence after the chapter `name`, when all of the chapters `done` is done."""
    record, chapters = Record(), read_chapters(root)
    for chapter in chapters:
        for exercise in chapter.exercises if chapter.name in done else ():
            known = record.exercise(chapter.name, exercise.name)
            known["written"] = not exercise.checks
            known["checks"] = {one: {"best": "right", "last": "wrong"} for one in exercise.checks}
    return sentence(following(chapters, record, name), lambda one: f"open {one.name}")


@pytest.mark.parametrize(("name", "done", "said"), [
    ("small", [], "When you are through here, next comes chapter 2, More things: open second."),
    ("small", ["small"], "Next comes chapter 2, More things: open second."),
    ("small", ["small", "second"], "Last comes chapter 3, Review, which you can sit as a mock exam: open last."),
    ("second", [], "When you are through here, last comes chapter 3, Review, which you can sit as a mock exam: open last."),
    ("last", ["last"], "No chapter comes after this one, but one before it is still open, chapter 1, Small things: open small."),
    ("last", ["small", "second"], "All other chapters are done: with this one you are through the course."),
    ("second", ["small", "second", "last"], "That was the last of the course: every chapter is done."),
])
def test_one_sentence(three, name, done, said):
    assert told(three, name, *done) == said


def test_a_chapter_is_done_when_texts_are_written_and_the_challenge_may_stay_open(three):
    chapters, record = read_chapters(three), Record()
    for exercise in chapters[0].exercises:
        if exercise.number != "challenge":
            record.exercise("small", exercise.name)["checks"] = {one: {"best": "right", "last": "right"} for one in exercise.checks}
    assert not following(chapters, record, "small").here_done
    record.exercise("small", "why")["written"] = True
    assert following(chapters, record, "small").here_done


def test_the_way_there_is_a_link_or_a_path_where_the_copy_is_and_a_command_where_it_is_not(three):
    second = read_chapters(three)[1]
    assert in_terminal(three, second) == "`course start second --lab`"
    assert in_notebook(three, second) == "`course start second --lab` in a terminal"
    folder = three / "work" / "second"
    folder.mkdir(parents=True)
    shutil.copy(three / "release" / "second" / "second.ipynb", folder)
    assert in_terminal(three, second) == "work/second/second.ipynb in JupyterLab, or `course start second --lab`"
    assert in_notebook(three, second) == "[open second.ipynb](../second/second.ipynb)"


def test_a_check_of_a_chapter_ends_with_it_and_one_of_an_exercise_does_not(learner, three):
    learner.writes(RIGHT | {"why": "Two lengths."})
    assert learner.types("check", "small") == 0
    assert " ".join(learner.says.split()).endswith("you to mark. Next comes chapter 2, More things: `course start second --lab`.")
    learner.types("check", "small", "--exercise", "1.1")
    assert "comes" not in learner.says
    learner.types("check", "small", "--json")
    assert "comes" not in learner.says


def test_the_desk_tells_it_before_a_check_and_anew_after_one(learner, three, monkeypatch):
    learner.types("start")
    monkeypatch.setattr(seat, "open_notebook", lambda: learner.notebook)
    desk = seat.desk_at("small")
    shown = desk._after.outputs[0]["data"]["text/markdown"]
    assert shown == "When you are through here, next comes chapter 2, More things: [open second.ipynb](../second/second.ipynb)."
    learner.writes(RIGHT | {"why": "Two lengths."})
    desk._start(None)
    desk.check.thread.join(120)
    assert desk._after.outputs[0]["data"]["text/markdown"].startswith("Next comes chapter 2")
