"""`course answers` shows authors what became of their answers, and its exit code says whether all is well."""

import pytest
from answer_chapter import written

from course.cli import main as course_command
from course.grading.engine import shared

GOOD = '''# Answers to area of numbers
# %% right: the other way round
def area(a, b):
    return b * a
# %% wrong: one too many -> off-by-one cell="area-values"
def area(a, b):
    return a * b + 1
'''


def main(arguments):
    return course_command(["answers", *arguments])


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with one chapter and the answers to one of its exercises."""
    written(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    path = tmp_path / "tests" / "answers" / "numbers" / "area.py"
    path.parent.mkdir(parents=True)
    path.write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    return path


def test_good_answers_are_listed_with_what_they_were_told(course, capsys):
    assert main(["numbers", "area"]) == 0
    shown = capsys.readouterr().out
    assert "ok       area: right: the other way round\n         4/4 points" in shown
    assert "Wrong: area-values · off-by-one" in shown
    assert "| Not attempted" in shown
    assert shown.endswith("3 answers, 0 not as their titles claim\n")


@pytest.mark.parametrize(("old", "new", "amiss"), [
    ("b * a", "b + a", "area-values refuses it: Wrong: area gave 5"),
    ("a * b + 1", "a * b", "every graded cell accepts it"),
])
def test_a_false_title_gives_exit_code_one(course, capsys, old, new, amiss):
    course.write_text(GOOD.replace(old, new))
    assert main(["numbers", "area"]) == 1
    assert f"amiss: {amiss}" in capsys.readouterr().out


def test_what_a_chapter_lacks_is_listed_when_it_is_run_whole(course, capsys):
    assert main(["numbers"]) == 1
    shown = capsys.readouterr().out
    assert "lacking  double has no answers file" in shown
    assert "lacking  area has 1 right answers, and needs 3" in shown


def test_one_answer_is_picked_by_its_title_and_shown_in_full(course, capsys):
    assert main(["numbers", "--only", "other way", "--show"]) == 0
    shown = capsys.readouterr().out
    assert shown.endswith("1 answers, 0 not as their titles claim\n")
    assert "[area-values] right" in shown and "| right: area" in shown


@pytest.mark.parametrize(("arguments", "complaint"), [
    (["letters"], "letters.ipynb does not exist"),
    (["numbers", "volume"], "no exercise 'volume'"),
    (["numbers", "--only", "no such title"], "no answer of numbers fits"),
])
def test_what_cannot_be_run_is_said_with_exit_code_two(course, capsys, arguments, complaint):
    assert main(arguments) == 2
    assert complaint in capsys.readouterr().err


def test_a_broken_chapter_is_said_with_exit_code_two(course, capsys):
    written(course.parents[3], double="double = None")
    assert main(["numbers", "area"]) == 2
    assert "cell 'double-two' fails with the instructor's solutions" in capsys.readouterr().err


def test_where_no_sandbox_can_be_had_the_command_says_so_and_goes_on(course, capsys, monkeypatch):
    assert main(["numbers", "area"]) == 0
    assert "sandbox" not in capsys.readouterr().err
    monkeypatch.setattr("course.grading.sandbox.bubblewrap.availability", lambda: "it needs Linux")
    try:
        assert main(["numbers", "area"]) == 0
    finally:
        shared.stop()
    said = capsys.readouterr()
    assert "no sandbox can be had here" in said.err and said.out.endswith("3 answers, 0 not as their titles claim\n")


def test_a_broken_answers_file_is_said_with_its_line(course, capsys):
    course.write_text(GOOD.replace("right:", "wright:"))
    assert main(["numbers", "area"]) == 2
    assert "area.py:2: an answer is titled" in capsys.readouterr().err
