"""Work that was handed in at a wrong place is listed with the place where it should lie, and what belongs there is not."""

import json

import pytest
import tiny_class
from regrade_class import InProcess, use

from course.cli import main
from course.grading.course_root import CourseError
from course.grading.strays import MOST, Stray, strays, told
from course.grading.submissions import choose_students


def put(root, *paths):
    for path in paths:
        (root / "submitted" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "submitted" / path).write_bytes(b"{}")


@pytest.fixture
def root(tmp_path):
    """A course with two assignments, of which two students handed in both as they should."""
    for name in ("linear_model", "tensors"):
        (tmp_path / "source" / name).mkdir(parents=True)
        (tmp_path / "source" / name / f"{name}.ipynb").write_text("{}")
    put(tmp_path, "amara/linear_model/linear_model.ipynb", "amara/tensors/tensors.ipynb", "benoit/linear_model/linear_model.ipynb")
    return tmp_path


@pytest.mark.parametrize(("path", "expected"), [
    ("dora/linear_model.ipynb", "dora/linear_model/linear_model.ipynb"),
    ("linear_model/dora/linear_model.ipynb", "dora/linear_model/linear_model.ipynb"),
    ("fritz/linear-model/linear_model.ipynb", "fritz/linear_model/linear_model.ipynb"),
    ("fritz/Linear_Model/answers.ipynb", "fritz/linear_model/linear_model.ipynb"),
    ("fritz/homework/tensors.ipynb", "fritz/tensors/tensors.ipynb"),
    ("fritz/homework/week 1/mine.ipynb", "fritz/linear_model/linear_model.ipynb"),
    ("linear_model.ipynb", "<student>/linear_model/linear_model.ipynb"),
    ("all of them.zip", "<student>/linear_model/linear_model.ipynb"),
    ("tensors/dora/homework.ipynb", "dora/tensors/tensors.ipynb"),
])
def test_each_wrong_place_is_told_with_the_right_one(root, path, expected):
    put(root, path)
    assert [one.told() for one in strays(root, "linear_model")] == [f"not looked at: submitted/{path} (expected submitted/{expected})"]


@pytest.mark.parametrize("path", [
    "amara/linear_model/more/linear_model.ipynb", "dora/tensors/tensors.ipynb", "amara/linear_model/data.csv", ".DS_Store", "amara/.DS_Store",
    "amara/.ipynb_checkpoints/linear_model.ipynb", "amara/homework/.DS_Store", "__MACOSX/amara/linear_model.ipynb", ".git/x/y", "Thumbs.db",
    "amara/__pycache__/x.pyc", "amara/notes/.ipynb_checkpoints/notes.ipynb",
])
def test_what_belongs_there_and_what_no_person_put_there_is_not_listed(root, path):
    put(root, path)
    assert strays(root, "linear_model") == []


def test_folders_without_a_notebook_are_told_once_and_empty_ones_not_at_all(root):
    put(root, "dora/linear/answers.pdf", "dora/linear/picture.png")
    (root / "submitted" / "emil" / "linear").mkdir(parents=True)
    assert [one.path for one in strays(root, "linear_model")] == ["submitted/dora/linear"]


def test_nothing_is_to_be_put_over_what_lies_where_it_should(root):
    put(root, "amara/linear_model.ipynb")
    assert strays(root, "linear_model")[0].told() == (
        "not looked at: submitted/amara/linear_model.ipynb (submitted/amara/linear_model/linear_model.ipynb is there, too)")


def test_an_assignment_that_is_only_released_is_known_too(root):
    (root / "release" / "old").mkdir(parents=True)
    put(root, "amara/old/old.ipynb")
    assert strays(root, "linear_model") == []


def test_only_some_students_files_are_told_where_only_these_are_graded(root):
    put(root, "dora/linear_model.ipynb", "linear_model/fritz/linear_model.ipynb", "linear_model.ipynb")
    assert [one.student for one in strays(root, "linear_model", ["fritz"])] == ["fritz"]


def test_a_long_list_is_cut_and_the_rest_counted():
    lines = told([Stray(f"submitted/{number}.ipynb", "there") for number in range(MOST + 3)])
    assert len(lines) == MOST + 1 and lines[-1] == "and 3 more, which --json lists"
    assert len(told([Stray("a", "b")] * MOST)) == MOST


def test_who_is_missing_is_told_where_the_file_lies(root):
    put(root, "dora/linear_model.ipynb")
    with pytest.raises(CourseError, match="^no submission of linear_model from dora; not looked at: submitted/dora/linear_model.ipynb "):
        choose_students(root, "linear_model", ["dora"])
    with pytest.raises(CourseError, match="^no submission of linear_model from amra: did you mean amara\\?$"):
        choose_students(root, "linear_model", ["amra"])
    with pytest.raises(CourseError, match="^no submissions: .*; not looked at: submitted/dora/linear_model.ipynb "):
        (root / "source" / "autograd").mkdir()
        choose_students(root, "autograd")


def test_course_grade_lists_them_on_stderr_and_in_json_and_its_exit_code_stays(generated, monkeypatch, capsys):
    use(monkeypatch, InProcess())
    tiny_class.submit(generated, "anna", tiny_class.RIGHT)
    put(generated, "dora/tiny.ipynb")
    assert main(["--root", str(generated), "grade", "tiny"]) == 0
    said = capsys.readouterr()
    assert said.err == "not looked at: submitted/dora/tiny.ipynb (expected submitted/dora/tiny/tiny.ipynb)\n"
    assert said.out == "graded 1, unchanged 0, not graded 0\n"
    assert main(["--root", str(generated), "grade", "tiny", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["not_looked_at"] == [
        {"path": "submitted/dora/tiny.ipynb", "expected": "submitted/dora/tiny/tiny.ipynb"}]


def test_a_misspelt_assignment_is_told_which_was_meant(root, capsys):
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    assert main(["--root", str(root), "grade", "linear_modle"]) == 1
    assert capsys.readouterr().err == (
        "course: unknown assignment 'linear_modle': did you mean linear_model? source/ has linear_model, tensors\n")
    assert main(["--root", str(root), "grade", "quantum"]) == 1
    assert "did you mean" not in capsys.readouterr().err
