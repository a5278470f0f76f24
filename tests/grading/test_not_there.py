"""An answer that was written, and that the test did not find, is not called untouched; why it was not found is said where it is clear."""

import sys

import nbformat
import pytest
import tiny_class
from feedback_help import answer_cell, error, page, test_cell, text_of
from nbformat.v4 import new_notebook
from nbgrader.utils import compute_checksum

from course.grading.grade import grade
from course.grading.not_there import AS_HANDED_OUT, NOT_DEFINED, RAISES_IT, STANDS, is_as_released
from course.grading.outcomes import mostly, read_outcomes

STUB = "def column(numbers):\n    raise NotImplementedError()"
RIGHT = "def column(numbers):\n    return numbers.view(-1, 1)"
TEST = ("check.example('column', [1])\n### BEGIN HIDDEN TESTS\n"
        "check.agrees('mean_of_rows', reference=lambda numbers: numbers)\n### END HIDDEN TESTS")
MISSING = "There is no `column` yet: write it in the cell above, and run that cell first."
UNWRITTEN = "`column` is not written yet: put your code where it says YOUR CODE HERE."


def answered(source, *outputs, name="column"):
    """The cell of an answer that was handed out as STUB, and in which `source` stands now."""
    cell = answer_cell(name, STUB)
    cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    cell.source, cell.outputs = source, list(outputs)
    return cell


def verdict(*cells, said=MISSING):
    """What the page says of a test that found nothing under these cells."""
    soup = page(*cells, test_cell("a", error("NotAttempted", said), source=TEST))
    return text_of(soup.find(id="cell-a").find(class_="verdict"))


@pytest.mark.parametrize("said", [MISSING, UNWRITTEN])
@pytest.mark.parametrize("source", [STUB, STUB + "\n", STUB.replace("\n", "\r\n")])
def test_an_answer_as_it_was_handed_out_is_called_so(source, said):
    assert verdict(answered(source), said=said) == AS_HANDED_OUT


@pytest.mark.parametrize(("source", "why"), [
    ("def column(numbers)\n    return numbers", f"version 3.{sys.version_info[1]} can read (line 1)."),
    ("\n\ndef column(numbers):\n    return (numbers", "can read (line 4)."),
    ("%%timeit\n" + RIGHT, "The answer's cell begins with %%timeit, which keeps no names: take that line out."),
    ("import no_such_package\n" + RIGHT, "The answer's cell imports no_such_package, which is not installed where this was graded."),
    (RIGHT.replace("column", "colum"), "The answer defines colum, and the test looks for column."),
    ("%%time\n" + RIGHT.replace("column", "colum"), "The answer defines colum, and the test looks for column."),
    ("%%time\n\ndef column(numbers)\n    return numbers", "can read (line 3)."),
])
def test_an_answer_that_defined_nothing_is_told_why(source, why):
    told = verdict(answered(source))
    assert told.startswith(NOT_DEFINED) and why in told and AS_HANDED_OUT not in told


def test_newer_syntax_is_told_by_its_line_where_this_python_cannot_read_it():
    told = verdict(answered("import math\n\ndef column[T](numbers: T) -> T:\n    return numbers"))
    assert ("can read (line 3)." in told) == (sys.version_info < (3, 12)) and told.startswith(NOT_DEFINED)


def test_an_error_that_stands_in_the_file_is_told_by_its_class_alone():
    told = verdict(answered("1 / 0\n" + RIGHT, error("ZeroDivisionError", "secret 31337")))
    assert told == f"{NOT_DEFINED} In the file that was handed in, the answer's cell had ended with a ZeroDivisionError before it got there."
    assert verdict(answered(RIGHT, error("Secret31337", "secret"))) == NOT_DEFINED


@pytest.mark.parametrize("source", [RIGHT, "%time\n" + RIGHT, "import math\n" + RIGHT, "await one\n!ls\n" + RIGHT, "def other():\n    return 1"])
def test_what_is_not_clear_from_the_cell_is_not_guessed(source):
    assert verdict(answered(source)) == NOT_DEFINED


def test_a_name_that_only_a_hidden_test_looks_for_is_never_told():
    assert verdict(answered("def mean_of_row(numbers):\n    return numbers")) == NOT_DEFINED


def test_a_stub_that_was_added_to_still_stands():
    assert verdict(answered("# my plan\n" + STUB), said=UNWRITTEN) == STANDS
    assert verdict(answered(RIGHT), said=UNWRITTEN) == RAISES_IT


def test_an_answer_left_empty_in_a_cell_that_was_changed_is_called_empty():
    assert "was left empty" in verdict(answered("column = ''"), said="`column` is empty: write your answer between the quotes.")


def test_of_two_answers_the_one_that_could_not_be_read_is_told_and_else_the_one_untouched():
    broken = answered("def column(:", name="second")
    assert "can read (line 1)" in verdict(answered(STUB), broken)
    assert verdict(answered(STUB), answered("def other(): return 1", name="second")).startswith("Not attempted: an answer above")


def test_only_the_answer_of_the_same_exercise_is_looked_at():
    assert verdict(answered("def column(:"), test_cell("before"), answered(STUB, name="second")) == AS_HANDED_OUT


def test_of_what_was_graded_the_notebook_itself_tells_which_answers_are_as_released(generated):
    tiny_class.submit(generated, "ada", {"area": tiny_class.AREA})
    grade(generated, "tiny")
    path = next((generated / "autograded" / "ada").rglob("*.ipynb"))
    cells = tiny_class.nbformat.read(path, as_version=4).cells
    answers = {tiny_class.marks(one)["grade_id"]: one for one in cells if tiny_class.marks(one).get("solution") and one.cell_type == "code"}
    assert is_as_released(answers["double"]) and not is_as_released(answers["area"])


def told_to_instructors(folder, *cells, said=MISSING):
    """The remark of a report on a notebook in which one test found nothing under these cells."""
    failed = test_cell("a", error("NotAttempted", said), source=TEST)
    path = folder / "graded.ipynb"
    nbformat.write(new_notebook(cells=[*cells, failed, test_cell("b")]), path)
    return mostly(read_outcomes(path))


def test_a_report_says_of_an_answer_that_was_not_found_what_its_page_says(tmp_path):
    misspelt = answered("%%time\n" + RIGHT.replace("column", "colum"))
    why = "The answer defines colum, and the test looks for column."
    assert told_to_instructors(tmp_path, misspelt) == f"wrong: what this test looks for was not defined when it ran. {why}"
    assert why in verdict(misspelt)
    broken = answered("def column(numbers)\n    return numbers")
    assert "version 3." in (told := told_to_instructors(tmp_path, broken)) and "can read (line 1)." in told
    assert told_to_instructors(tmp_path, answered(RIGHT), said=UNWRITTEN).startswith("wrong: NotImplementedError was raised")
    empty = told_to_instructors(tmp_path, answered("column = ''"), said="`column` is empty: write your answer between the quotes.")
    assert empty == "wrong: what this test looks for was left empty."


def test_a_report_tells_the_error_of_the_grading_run_as_such(tmp_path):
    stopped = answered("1 / 0\n" + RIGHT, error("ZeroDivisionError", "secret 31337"))
    assert told_to_instructors(tmp_path, stopped).endswith("When it was graded, the answer's cell ended with a ZeroDivisionError before it got there.")


@pytest.mark.parametrize("cells", [[STUB], ["# my plan\n" + STUB], [STUB, "def other(): return 1"]])
def test_a_report_calls_not_attempted_what_the_page_calls_so(tmp_path, cells):
    answers = [answered(source, name=f"answer{number}") for number, source in enumerate(cells)]
    said = UNWRITTEN if len(cells) == 1 else MISSING
    assert told_to_instructors(tmp_path, *answers, said=said) == "1 cell not attempted"
    assert verdict(*answers, said=said).startswith("Not attempted: ")
