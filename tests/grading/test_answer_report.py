"""`course answers` shows authors what became of their answers, and its exit code says whether all is well."""

import pytest
from answer_chapter import written

from course.cli import main as course_command
from course.grading.engine import shared

GOOD = '''# Answers to area of numbers
# %% right: the other way round
def area(a, b):
    return b * a
# %% wrong: one too many -> one-step-too-many cell="area-values"
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
    assert "ok       area: right: the other way round\n         4 of 4 points" in shown
    assert ": refused by area-values, mistake one-step-too-many\n" in shown
    assert "| Not attempted" in shown
    assert shown.endswith("3 answers, all as their titles say\n")


@pytest.mark.parametrize(("old", "new", "told"), [
    ("b * a", "b + a", "area-values refuses it: Not right yet, area gave 5. If the answer is right, mend this test"),
    ("a * b + 1", "a * b", "every graded cell accepts it, and area-values should not: make that test stricter"),
])
def test_a_false_title_gives_exit_code_one_and_says_what_to_mend(course, capsys, old, new, told):
    course.write_text(GOOD.replace(old, new))
    assert main(["numbers", "area"]) == 1
    shown = capsys.readouterr().out
    assert "NOT OK   area: " in shown and f"to mend: {told}" in shown
    assert shown.endswith("3 answers: 1 is not as its title says, see NOT OK above\n")


def test_what_a_chapter_lacks_is_listed_when_it_is_run_whole(course, capsys):
    assert main(["numbers"]) == 1
    shown = capsys.readouterr().out
    assert "missing  double has no answers: write 3 right and 6 wrong ones into double.py" in shown
    assert "missing  area has 1 right answer, and needs 3" in shown
    assert shown.endswith("3 things are missing\n")


def test_one_answer_is_picked_by_its_title_and_shown_in_full(course, capsys):
    assert main(["numbers", "--only", "other way", "--show"]) == 0
    shown = capsys.readouterr().out
    assert shown.endswith("1 answer, as its title says\n")
    assert "area-values: accepted" in shown and "| right: area" in shown


@pytest.mark.parametrize(("arguments", "complaint"), [
    (["letters"], "letters.ipynb does not exist"),
    (["numbers", "volume"], "no exercise 'volume'"),
    (["numbers", "--only", "no such title"], "no answer of numbers has such a title"),
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
    assert "no sandbox can be had here" in said.err and said.out.endswith("3 answers, all as their titles say\n")


def test_a_mistake_that_the_catalogue_has_not_is_told_once_with_the_nearest_before_anything_runs(course, capsys):
    course.write_text(GOOD.replace("one-step-too-many", "one-step-to-many"))
    assert main(["numbers", "area"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == ("tests/answers/numbers/area.py:5 names the mistake 'one-step-to-many', which course/check/catalogue/ has not: "
                        "did you mean one-step-too-many? A new one is added there, see docs/authors.md\n")


def test_one_that_a_test_names_is_told_in_the_same_way(course, capsys):
    path = course.parents[3] / "source" / "numbers" / "numbers.ipynb"
    path.write_text(path.read_text().replace("give('area', (double(1), 3), 6)", "give('area', (double(1), 3), 6, mistaken={'sum-for-men': 1})"))
    assert main(["numbers", "area"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("area-values names the mistake 'sum-for-men', ") and told.count("did you mean sum-for-mean?") == 1


def test_a_broken_answers_file_is_said_with_its_line(course, capsys):
    course.write_text(GOOD.replace("right:", "wright:"))
    assert main(["numbers", "area"]) == 2
    assert "area.py:2: an answer is titled" in capsys.readouterr().err
