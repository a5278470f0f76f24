"""What tells who somebody is stays out of examples, and out of everything where names are to be left out."""

import pytest
from report_class import FAILED, exercise, gathered, refused, student

from course.check.mistakes import catalogue
from course.grading.report.anonymous import Redactor, anonymised
from course.grading.report.exports import as_csv, as_json
from course.grading.report.gathering import StudentReport
from course.grading.report.mistakes_made import mistakes_made
from course.grading.report.page import page
from course.grading.report.table import table

PERSONS = ("anna.meier@uni.example", "Bertrand", "s1234567", "84213", "Li", "brack[et] s")
MISTAKE = "sum-for-mean"


@pytest.mark.parametrize(("text", "without"), [
    ("anna.meier was here", "[name] was here"), ("Anna wrote annas_loss", "[name] wrote [name]_loss"),
    ("MEIER_data is a list", "[name]_data is a list"), ("f gave 'bertrand'", "f gave '[name]'"),
    ("id s1234567, again S1234567", "id [name], again [name]"), ("number 84213 and 84214", "number [name] and 84214"),
    ("mail x.y@uni.example or https://uni.example/x?y", "mail [address] or [address]"),
    ("No such file: '/home/x/data.csv'", "No such file: '[folder]'"),
    ("in C:\\Users\\x\\loss.py", "in [folder]"), ("~/notes and ../mine/notes", "[folder] and [folder]"),
    ("cannot open my_homework.ipynb", "cannot open [file]"), ("sums.ipynb is not a notebook", "sums.ipynb is not a notebook"),
    ("matriculation 7654321", "matriculation [number]"), ("[et] stays", "[et] stays"), ("brack stays not", "[name] stays not")])
def test_what_could_identify_is_taken_out(text, without):
    assert Redactor(PERSONS, keep=["sums.ipynb"])(text) == without


@pytest.mark.parametrize("text", [
    "compute_loss(inputs (12, 1), targets (12, 1)) gave the value 1018.17.",
    "mat1 and mat2 shapes cannot be multiplied (15x3 and 15x15)",
    "train_linear_layer(…): the parameters are, to 2e-07, those that the following mistake gives; 0.123456789 is 67.5% off",
    "'NoneType' object has no attribute 'backward'", "a leaf Variable that requires grad is used in-place; x/y and 1/2"])
def test_what_a_check_says_stays_as_it_is(text):
    assert Redactor(PERSONS)(text) == text and Redactor(PERSONS).strictly(text) == text


def test_what_only_one_was_told_loses_the_text_it_quotes():
    redact = Redactor(PERSONS)
    assert redact.strictly("gave 'I, Carla from Rome' and \"x y\", not 'mean'") == "gave '…' and \"…\", not 'mean'"


def test_the_name_of_a_mistake_is_no_quotation_for_its_apostrophes():
    names = [one.name for one in catalogue().values()]
    assert any(name.count("'") > 1 for name in names)
    assert [Redactor(PERSONS).strictly(name) for name in names] == names
    assert Redactor(PERSONS).strictly("gave b'I am Carla' for the learner's own text") == "gave b'…' for the learner's own text"


def class_with(**messages):
    """Students by name, each refused once with this message."""
    return gathered(*(student(name, 0, outcomes={"adding-values": refused(message, MISTAKE)})
                      for name, message in messages.items()), exercises=[exercise()])


def test_the_example_is_what_most_were_told():
    [made] = mistakes_made(class_with(anna="f gave 4", bert="f gave 5", carl="f gave 5")).made
    assert (made.example, made.students, made.cells, made.exercises) == ("f gave 5", 3, 3, (0,))
    assert made.name == "the sum where the mean was due" and "Reductions" in made.read_again


def test_an_example_names_nobody():
    [made] = mistakes_made(class_with(anna="f('anna', '/home/anna/x') gave 'I am Anna'")).made
    assert "anna" not in made.example.lower() and made.example.startswith("f('[name]'")


def test_mistakes_are_counted_by_students_and_cells_without_a_name_beside_them():
    twice = {"a": refused("x", MISTAKE, "a"), "b": refused("x", MISTAKE, "b"), "c": refused("no name", None, "c"),
             "d": refused("not written", None, "d", "not attempted")}
    found = mistakes_made(gathered(student("anna", 0, outcomes=twice), student("bert", 1), exercises=[exercise()]))
    assert (found.made[0].students, found.made[0].cells, found.unnamed, found.students) == (1, 2, 1, 1)


def hostile():
    said = "anna's notebook lies in /home/anna/sums/anna_final.ipynb"
    return gathered(
        student("anna", 1, 0, reason=said, remark=said, suspicious=(said,), incidents=(said,), status="flagged",
                outcomes={"task1-values": refused(said, MISTAKE, "task1-values")}, early=3.0),
        student("bert.meier", 1, 1, early=-2.0), StudentReport("carla", FAILED, reason="found carla_sums.pdf", remark="carla"))


@pytest.mark.parametrize("write", [page, as_csv, as_json, table])
def test_anonymous_output_holds_no_name(write):
    named, unnamed = write(hostile()).lower(), write(anonymised(hostile())).lower()
    for name in ("anna", "bert", "meier", "carla"):
        assert name not in unnamed
    assert "anna" in named and "bert.meier" in named


def test_numbers_follow_the_points_and_not_the_names():
    assert [(one.name, one.points) for one in anonymised(hostile()).students] == [("1", 2.0), ("2", 1.0), ("3", None)]


def test_among_those_with_the_same_points_chance_decides():
    names = [f"s{n:02}" for n in range(20)]
    class_ = gathered(*(student(name, 1, remark=name) for name in names), persons=frozenset())

    def turned(students):
        students.reverse()

    assert [one.remark for one in anonymised(class_, turned).students] == names[::-1]
    assert [one.name for one in anonymised(class_, turned).students][:2] == ["01", "02"]
    orders = {tuple(one.remark for one in anonymised(class_).students) for _ in range(5)}
    assert len(orders) > 1


def test_names_stand_only_where_an_instructor_needs_them():
    text = page(hostile())
    before, after = text.split('<section id="look">')
    assert "anna" not in before and "bert.meier" not in before
    assert "bert.meier" in after
