"""Answers files are read strictly, and answers go into the solution cells they name."""

import pytest
from answer_chapter import notebook

from course.grading.answers import AnswersError, read_answers, read_chapter_answers, with_answers

WHOLE = '''# Answers to double of numbers
# %% right: by addition
def double(x):

    return x + x

# %% wrong: a square -> unnamed cell="double-two"
def double(x):
    return x * x
# %% wrong: int -> float first -> off-by-one cell='double-zero'
double = float
# %% right: in words [markdown]
# It is **twice** the number.
#
# # Not a comment, a heading
'''


def read(folder, text):
    path = folder / "numbers" / "double.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_answers(path)


def test_every_part_of_an_answer_is_read(tmp_path):
    right, square, first, words = read(tmp_path, WHOLE)
    assert (right.chapter, right.exercise, right.kind, right.how) == ("numbers", "double", "right", "by addition")
    assert (right.mistake, right.cell, right.line) == (None, None, 2)
    assert right.source == "def double(x):\n\n    return x + x"
    assert (square.kind, square.how, square.mistake, square.cell) == ("wrong", "a square", "unnamed", "double-two")
    assert (first.how, first.mistake, first.cell, first.line) == ("int -> float first", "off-by-one", "double-zero", 10)
    assert words.source == "It is **twice** the number.\n\n# Not a comment, a heading"
    assert square.name == "numbers/double: wrong: a square"


def test_a_chapters_answers_are_read_by_exercise(tmp_path):
    read(tmp_path, WHOLE)
    assert [answer.line for answer in read_chapter_answers(tmp_path / "numbers")["double"]] == [2, 7, 10, 12]


FIRST = "# Answers\n"


@pytest.mark.parametrize(("text", "line", "complaint"), [
    ("", 1, "first line"),
    ("x = 1\n# %% right: so\nx", 1, "first line"),
    ("# %% right: so\nx = 1\n", 1, "first line"),
    (FIRST, 1, "no answer"),
    (FIRST + "x = 1\n# %% right: so\nx = 1\n", 2, "belongs to no answer"),
    (FIRST + "# %% good: so\nx = 1\n", 2, "'right: …' or 'wrong: … -> mistake'"),
    (FIRST + "# %%\nx = 1\n", 2, "'right: …' or 'wrong: … -> mistake'"),
    (FIRST + "# %% right:\nx = 1\n", 2, "say in a few words"),
    (FIRST + "# %% right: so\n\n# %% right: else\nx = 1\n", 2, "nothing is written"),
    (FIRST + "# %% right: so\nx = 1\n# %% right: so\nx = 2\n", 4, "already the title of line 2"),
    (FIRST + '# %% right: so cell="double-two"\nx = 1\n', 2, "refused by no cell"),
    (FIRST + "# %% right: so -> off-by-one\nx = 1\n", 2, "makes no mistake"),
    (FIRST + '# %% wrong: so cell="double-two"\nx = 1\n', 2, "names its mistake"),
    (FIRST + "# %% wrong: so -> unnamed\nx = 1\n", 2, "first graded cell"),
    (FIRST + '# %% wrong: so -> unnamed cell=""\nx = 1\n', 2, "first graded cell"),
    (FIRST + '# %% wrong: so -> Off By One cell="double-two"\nx = 1\n', 2, "no mistake's id"),
    (FIRST + '# %% wrong: so cell="double-two" -> unnamed\nx = 1\n', 2, "very end"),
    (FIRST + '# %% wrong: -> unnamed cell="double-two"\nx = 1\n', 2, "say in a few words"),
])
def test_a_file_that_makes_no_sense_is_refused_with_its_line(tmp_path, text, line, complaint):
    with pytest.raises(AnswersError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path}/numbers/double.py:{line}: ")
    assert complaint in str(error.value)


def test_the_same_words_may_describe_a_right_and_a_wrong_answer(tmp_path):
    text = FIRST + '# %% right: a loop\nx = 1\n# %% wrong: a loop -> unnamed cell="double-two"\nx = 2\n'
    assert len(read(tmp_path, text)) == 2


def test_answers_replace_the_solutions_they_name_and_nothing_else():
    before = notebook()
    after = with_answers(before, {"double": "double = None", "why": "Nobody knows."})
    changed = [new.metadata.nbgrader.grade_id for old, new in zip(before.cells, after.cells, strict=True) if old != new]
    assert changed == ["double", "why"]
    assert [cell.source for cell in after.cells if cell.metadata.get("nbgrader", {}).get("solution")][:2] == [
        "double = None", "Nobody knows.",
    ]
    assert before.cells[2].source.startswith("def double"), "the notebook given was changed"


def test_an_unknown_exercise_is_refused_with_the_known_ones():
    with pytest.raises(AnswersError, match="'triple'.*double, why, area"):
        with_answers(notebook(), {"triple": "x = 1"})


def test_a_graded_cell_is_no_place_for_an_answer():
    with pytest.raises(AnswersError, match="double-two"):
        with_answers(notebook(), {"double-two": "pass"})
