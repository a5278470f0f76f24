"""`course new`: a chapter that the suite accepts as it stands, and no chapter where the request makes no sense."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course.cli import main
from course.grading.answers import read_answers
from course.grading.assessment import assessed
from course.grading.build import stale
from course.grading.course_root import CourseError, chapters
from course.grading.new_chapter import new_chapter, next_steps

ROOT = Path(__file__).parents[2]
PARTS = ("course", "docs", "release", "source", "tests", "benchmarks", "nbgrader_config.py", "pyproject.toml", "README.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "*.egg-info", ".pytest_cache", "screenshots")
# What a chapter changes for all others, and what is asked of each alone.
WHOLE = ("tests/chapters/test_references.py", "tests/test_assessment.py")
OF_EACH = ("tests/chapters/test_every_chapter.py", "tests/chapters/test_hints_of_chapters.py", "tests/chapters/test_hints_keep_the_answer.py",
           "tests/test_release.py", "tests/test_answers.py", "-k", "means")


@pytest.fixture
def empty(tmp_path):
    """A course folder without a chapter."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path


def copy_of_the_repository(folder):
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def python(folder, *arguments):
    """Runs Python in a copy of the repository, with the copy's own `course`. Returns the finished process."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1", "PYTEST_ADDOPTS": ""}
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True)


def suite(folder, *arguments):
    return python(folder, "-m", "pytest", "-p", "no:cacheprovider", "-q", *arguments)


def files(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def test_the_suite_accepts_a_new_chapter_and_asks_more_of_one_that_is_no_draft(tmp_path):
    folder = copy_of_the_repository(tmp_path / "course")
    made = python(folder, "-m", "course.cli", "new", "means", "--by-hand", "--title", "Means, with weights")
    assert made.returncode == 0, made.stderr
    assert python(folder, "-m", "course.cli", "build", "--check").returncode == 0
    for arguments in (WHOLE, OF_EACH):
        ran = suite(folder, *arguments)
        assert ran.returncode == 0, ran.stdout
    text = folder / "source" / "means" / "means.py"
    text.write_text(text.read_text().replace("# draft: true\n", ""))
    assert python(folder, "-m", "course.cli", "assessment").returncode == 0
    ran = suite(folder, "tests/test_assessment.py", "-k", "means")
    failed = {line.split("::")[1].split("[")[0] for line in ran.stdout.splitlines() if line.startswith("FAILED")}
    assert failed == {"test_a_chapter_has_three_to_five_outcomes", "test_a_chapter_has_ten_to_twenty_points",
                      "test_a_chapter_has_six_to_ten_exercises_and_the_review_more"}


def test_the_command_lists_what_it_wrote_and_what_to_do_next(empty, capsys):
    assert main(["--root", str(empty), "new", "means"]) == 0
    said = capsys.readouterr().out
    written = {line.removeprefix("wrote  ") for line in said.splitlines() if line.startswith("wrote")}
    assert written == {str(path) for path in files(empty) if path.name != "nbgrader_config.py"}
    assert {"source/means/means.py", "source/means/hints.toml", "source/means/means.ipynb", "release/means/means.ipynb",
            "tests/answers/means/weighted-mean.py", "docs/assessment.md"} == written
    assert "\n".join(next_steps("means")) in said
    assert stale(empty) == []


def test_chapters_are_numbered_one_after_the_other_unless_a_number_is_free(empty):
    for name in ("first", "second", "third"):
        new_chapter(empty, name)
    shutil.rmtree(empty / "source" / "second")
    new_chapter(empty, "another", number=2, title="Something else")
    assert [(chapter.number, chapter.folder, chapter.title) for chapter in assessed(empty)] == [
        (1, "first", "First"), (2, "another", "Something else"), (3, "third", "Third")]
    assert "**Next**, chapter 3:" in (empty / "source/another/another.py").read_text()
    assert "### Exercise 2.1 ·" in (empty / "source/another/another.py").read_text()


def test_a_question_graded_by_hand_comes_only_when_it_is_asked_for(empty):
    new_chapter(empty, "plain")
    new_chapter(empty, "read", by_hand=True)
    plain, read = assessed(empty)
    assert (plain.points, len(plain.exercises)) == (2, 1)
    assert (read.points, [exercise.by_hand for exercise in read.exercises]) == (4, [0, 2])


def test_it_ends_at_the_desk_as_every_other_chapter_does(empty):
    new_chapter(empty, "means")
    for folder, name in [(empty, "means"), *((ROOT, name) for name in chapters(ROOT))]:
        text = (folder / "source" / name / f"{name}.py").read_text()
        assert text.endswith(f'# %%\nfrom course import study\n\nstudy.desk("{name}")\n'), name


def test_the_cells_that_the_authors_page_quotes_are_those_of_the_example(empty):
    new_chapter(empty, "means")
    text = (empty / "source/means/means.py").read_text()
    quoted = re.findall(r"^```python\n(# %% nbgrader=.*?)^```", (ROOT / "docs/authors.md").read_text(), re.M | re.S)
    assert len(quoted) == 2 and [cell for cell in quoted if cell not in text] == []


def test_the_example_has_enough_answers(empty):
    new_chapter(empty, "means")
    kinds = [answer.kind for answer in read_answers(empty / "tests/answers/means/weighted-mean.py")]
    assert kinds.count("right") >= 3 and kinds.count("wrong") >= 6


@pytest.mark.parametrize("name", [
    "", "Means", "2means", "my means", "my-means", "means_", "_means", "a__b", "../means", "means/x", "moyennes_é", "a" * 41])
def test_a_bad_name_is_refused_and_nothing_is_written(empty, name):
    before = files(empty)
    with pytest.raises(CourseError, match="will not do as a chapter's name"):
        new_chapter(empty, name)
    assert files(empty) == before


@pytest.mark.parametrize("title", ['"Means"', "two\nlines", "a\\b", "  ", "Means | more", "a\ttab"])
def test_a_bad_title_is_refused_and_nothing_is_written(empty, title):
    before = files(empty)
    with pytest.raises(CourseError, match="will not do as a title"):
        new_chapter(empty, "means", title=title)
    assert files(empty) == before


def test_braces_in_a_title_stay_as_they_are(empty):
    new_chapter(empty, "means", title="{{number}} means")
    assert assessed(empty)[0].title == "{{number}} means"


@pytest.mark.parametrize(("number", "told"), [(1, "there is a chapter 1 already"), (3, "the next one is 2")])
def test_a_number_that_is_taken_or_leaves_a_gap_is_refused(empty, number, told):
    new_chapter(empty, "first")
    before = files(empty)
    with pytest.raises(CourseError, match=told):
        new_chapter(empty, "second", number=number)
    assert files(empty) == before


@pytest.mark.parametrize("leftover", ["source/means", "release/means", "tests/answers/means"])
def test_what_is_there_is_never_written_over(empty, leftover):
    (empty / leftover).mkdir(parents=True)
    (empty / leftover / "mine.txt").write_text("mine")
    with pytest.raises(CourseError, match=f"{leftover}/ exists"):
        new_chapter(empty, "means")
    assert files(empty) == {Path("nbgrader_config.py"), Path(leftover) / "mine.txt"}


def test_nothing_is_left_of_a_chapter_that_was_stopped_half_way(empty, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("course.grading.new_chapter.write_page", stop)
    with pytest.raises(KeyboardInterrupt):
        new_chapter(empty, "means")
    assert files(empty) == {Path("nbgrader_config.py")}
