"""Generating refuses a graded cell that cannot be judged outside the student's process, and says what to do."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from stock_command import nbgrader

from course.cli import main
from course.grading.build import generate
from course.grading.course_root import CourseError
from course.grading.preprocessors import judgeable

SECOND_DERIVATIVE = "torch.func.grad(lambda x: f(x)[0])(torch.randn(3))"
SOLUTION = "def f(x):\n    ### BEGIN SOLUTION\n    return x * 2\n    ### END SOLUTION"


@pytest.fixture
def write(course):
    """Writes an assignment `one` with this graded cell, and one more, into a course, and returns the course's folder."""

    def write_one(test, *tags, more=None, solution=SOLUTION):
        shutil.rmtree(course / "source")
        cells = [new_code_cell("import torch"), marked(solution, "f", solution=True), marked(test, "f-test", grade=True)]
        cells[-1].metadata["tags"] = list(tags)
        cells += [marked(more, "f-more", grade=True)] if more else []
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        (course / "source" / "one").mkdir(parents=True)
        notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, course / "source" / "one" / "one.ipynb")
        return course

    return write_one


def marked(source, grade_id, grade=False, solution=False):
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {"grade": grade, "solution": solution, "locked": grade, "grade_id": grade_id,
                                 "schema_version": 3, "task": False, **({"points": 1} if grade else {})}
    return cell


def test_a_cell_that_can_be_judged_is_released_without_a_warning(write):
    course = write("assert f(torch.ones(1)).item() == 2")
    assert generate(course, "one") == []
    assert "BEGIN SOLUTION" not in (course / "release" / "one" / "one.ipynb").read_text()


def test_a_cell_that_cannot_be_judged_is_named_with_what_to_do(write):
    course = write(SECOND_DERIVATIVE)
    with pytest.raises(CourseError, match="^f-test cannot be judged outside the student's process: .*run-inside"):
        generate(course, "one")
    assert not (course / "release" / "one").exists()


def test_its_author_may_have_it_run_inside(write):
    course = write(SECOND_DERIVATIVE, "run-inside")
    assert generate(course, "one") == []


NAMES = """from course import check
check.example("f", torch.ones(1), gives=torch.full((1,), 2.0), mistaken={%r: torch.ones(1)})"""


def test_a_cell_that_names_a_mistake_which_the_catalogue_has_not_is_refused_with_the_nearest(write):
    assert generate(write(NAMES % "sum-for-mean"), "one") == []
    with pytest.raises(CourseError, match="^f-test names the mistake 'sum-for-meen', which .* has not: did you mean sum-for-mean"):
        generate(write(NAMES % "sum-for-meen"), "one")
    with pytest.raises(CourseError, match="'zzz', .* has not: its files list those that there are"):
        generate(write(NAMES % "zzz"), "one")


def test_a_mistake_that_two_calls_name_is_told_once(write):
    with pytest.raises(CourseError) as told:
        generate(write(NAMES % "sum-for-meen" + "\n" + NAMES % "sum-for-meen"), "one")
    assert str(told.value).count("sum-for-meen") == 1


def failing(write):
    """That course, whose solution fails its test, with an earlier release in it that does not."""
    course = write("assert f(torch.ones(1)).item() == 2")
    generate(course, "one")
    return write("assert f(torch.ones(1)).item() == 3")


def test_a_cell_that_the_solution_fails_is_refused_with_the_exercise_the_test_and_the_verdict(write):
    with pytest.raises(CourseError, match="^exercise f, test f-test fails with the solution of this notebook: AssertionError.*"
                                          "so no new version of one is released: mend the test.* course generate one --allow-failing, or "
                                          "c.RequireJudgeable.allow_failing = True"):
        generate(failing(write), "one")


def test_what_was_released_before_is_still_there_when_a_release_is_refused(write):
    course = failing(write)
    before = (course / "release" / "one" / "one.ipynb").read_bytes()
    with pytest.raises(CourseError):
        generate(course, "one")
    assert (course / "release" / "one" / "one.ipynb").read_bytes() == before


def test_nothing_is_released_when_the_first_release_is_refused(write):
    course = write("assert f(torch.ones(1)).item() == 3")
    with pytest.raises(CourseError):
        generate(course, "one")
    assert not (course / "release" / "one").exists()


def test_the_command_releases_it_all_the_same_when_told_so_and_warns(write, capsys):
    course = write("assert f(torch.ones(1)).item() == 3")
    assert main(["--root", str(course), "generate", "one"]) == 1
    assert capsys.readouterr().err.startswith("course: exercise f, test f-test fails")
    assert main(["--root", str(course), "generate", "one", "--allow-failing"]) == 0
    said = capsys.readouterr()
    assert said.err.startswith("warning  exercise f, test f-test fails") and said.out.startswith("generated")
    assert (course / "release" / "one" / "one.ipynb").is_file()


def test_releasing_again_warns_of_nothing(write):
    course = write("assert f(torch.ones(1)).item() == 2")
    assert generate(course, "one") == generate(course, "one") == []


WANTS = "assert f(torch.ones(1)).item() == 2 * factor"


@pytest.mark.parametrize(("first", "told"), [
    ("assert f(torch.ones(1)).item() == 3\nfactor = 1", "^exercise f, test f-test fails with the solution of this notebook: AssertionError.*"),
    (f"factor = {SECOND_DERIVATIVE}", "^f-test cannot be judged outside the student's process: .*"),
])
def test_a_test_that_wants_what_a_failing_one_would_have_made_is_told_as_following_from_it(write, first, told):
    follows = r" \(f-more follows from this: it needs factor, which that cell would have made\)"
    with pytest.raises(CourseError, match=told + follows) as refused:
        generate(write(first, more=WANTS), "one")
    assert "NameError" not in str(refused.value) and "test f-more" not in str(refused.value)


def test_a_second_test_that_fails_for_itself_is_told_as_well(write):
    with pytest.raises(CourseError, match="test f-test fails .*; exercise f, test f-more fails .*these, so no new version of one is released"):
        generate(write("assert f(torch.ones(1)).item() == 3", more="assert f(torch.ones(1)).item() == 4"), "one")


def test_a_solution_that_stops_is_told_and_its_test_as_following_from_it(write):
    with pytest.raises(CourseError, match=r"^solution f stops with an error: NameError: name 'missing' is not defined \(f-test follows "
                                          r"from this: it needs f, which that cell would have made\)"):
        generate(write("assert f(torch.ones(1)).item() == 2", solution="missing\n" + SOLUTION), "one")


def test_nbgraders_own_command_refuses_it_too_unless_configured_otherwise(write):
    course = write("assert f(torch.ones(1)).item() == 3")
    with pytest.raises(AssertionError, match="exercise f, test f-test fails with the solution of this notebook"):
        nbgrader(course, "generate_assignment", "one")
    assert not (course / "release" / "one").exists()
    nbgrader(course, "generate_assignment", "one", "--RequireJudgeable.allow_failing=True")
    assert (course / "release" / "one" / "one.ipynb").is_file()


def test_a_test_is_told_with_the_heading_of_its_exercise():
    cells = [new_markdown_cell("### Exercise 4.4 · a loop · 2 points · ●○○ · 5 min"), marked(SOLUTION, "f", solution=True),
             marked("assert f", "f-test", grade=True), new_markdown_cell("## Another section"), marked("assert g", "g-test", grade=True)]
    assert judgeable.test_named(new_notebook(cells=cells), "f-test") == "exercise 4.4 (a loop), test f-test"
    assert judgeable.test_named(new_notebook(cells=cells), "g-test") == "test g-test"


def test_a_solution_that_a_check_finds_missing_is_told_in_place_of_the_check(write):
    solution = SOLUTION.replace("def f(x):", "def f(x:")
    checks = 'from course import check\ncheck.example("f", torch.ones(1), gives=torch.full((1,), 2.0))'
    with pytest.raises(CourseError, match=r"^solution f stops with an error: SyntaxError: .*\(f-test follows from this: it needs f, ") as refused:
        generate(write(checks, solution=solution), "one")
    assert "Not attempted" not in str(refused.value)


def test_what_a_check_says_is_one_sentence_without_the_mistakes_id(write):
    checks = 'from course import check\ncheck.example("f", torch.ones(1), gives=torch.ones(1), mistaken={"sum-for-mean": torch.full((1,), 2.0)})'
    with pytest.raises(CourseError, match=r"test f-test fails with the solution of this notebook: Not right yet, f\(.*due\. Nobody could") as refused:
        generate(write(checks), "one")
    assert "sum-for-mean" not in str(refused.value)
