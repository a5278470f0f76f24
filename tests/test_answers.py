"""Every chapter's exercises accept the answers they must accept, refuse those they must refuse, and name the mistake.

Each chapter is run once, with those of its answers that are selected. With pytest-xdist give `--dist loadgroup`, so that
one worker gets a chapter whole.
"""

from functools import cache
from pathlib import Path

import nbformat
import pytest

from course.check.mistakes import catalogue
from course.grading.answers import UNNAMED, AnswersError, read_answers
from course.grading.answers.copied import copied
from course.grading.answers.plan import read_chapter, stubs
from course.grading.answers.results import exercise_faults, faults
from course.grading.answers.runner import ChapterBroken, run_answers

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted(path.parent.name for path in ROOT.glob("source/*/*.ipynb") if path.stem == path.parent.name)
FILES = sorted(ROOT.glob("tests/answers/*/*.py"))


@cache
def chapter(name):
    return read_chapter(ROOT / "source" / name / f"{name}.ipynb")


@cache
def readable(path):
    """The answers of a file, none when it cannot be read: a test of its own says so."""
    try:
        return read_answers(path)
    except AnswersError:
        return []


@cache
def released(name):
    """The stubs of a chapter and what its checks show, none when it has no release that fits: a test of its own says so."""
    try:
        release = nbformat.read(ROOT / "release" / name / f"{name}.ipynb", as_version=4)
        return [*stubs(chapter(name), release), *copied(chapter(name), release)]
    except (OSError, AnswersError):
        return []


def answer_file(name, exercise):
    return ROOT / "tests" / "answers" / name / f"{exercise}.py"


def exercises():
    """(chapter, exercise) for each exercise of each chapter."""
    return [(name, exercise) for name in CHAPTERS for exercise in chapter(name).exercises]


def claims():
    """One parameter an answer: written ones that belong to an exercise, released stubs, and what visible checks show."""
    written = [
        answer for name, exercise in exercises() if answer_file(name, exercise.name).is_file()
        for answer in readable(answer_file(name, exercise.name))
    ]
    everything = [*written, *(made for name in CHAPTERS for made in released(name))]
    return [
        pytest.param(answer, id=answer.name, marks=pytest.mark.xdist_group(answer.chapter)) for answer in everything
    ]


@pytest.fixture(scope="session")
def outcome_of(request):
    """A function of a chapter's name: the results of its selected answers, and what broke the chapter on the way or None.

    The chapter is run when it is first asked for, and once even if it breaks.
    """
    selected = {}
    for item in request.session.items:
        answer = getattr(item, "callspec", None) and item.callspec.params.get("answer")
        if answer and "outcome_of" in item.fixturenames:
            selected.setdefault(answer.chapter, []).append(answer)

    @cache
    def outcome(name):
        results = {}
        try:
            for result in run_answers(chapter(name), selected.get(name, [])):
                results[result.answer] = result
        except ChapterBroken as error:
            return results, error
        return results, None

    return outcome


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in CHAPTERS])
def test_a_chapter_runs_with_its_own_solutions(name, outcome_of):
    assert outcome_of(name)[1] is None


@pytest.mark.parametrize("answer", claims())
def test_an_answer_is_judged_as_its_title_claims(answer, outcome_of):
    results, broken = outcome_of(answer.chapter)
    assert answer in results, f"it was not run: {broken}"
    result = results[answer]
    said = result.refusal.message if result.refusal else "nothing: every graded cell accepted it"
    found = faults(result)
    assert not found, "\n".join([f"{answer.name} (line {answer.line})", *found, "", "what it was told:", said])


@pytest.mark.parametrize(("name", "exercise"), exercises(), ids=lambda part: getattr(part, "name", part))
def test_an_exercise_has_a_graded_cell_and_enough_answers(name, exercise):
    path = answer_file(name, exercise.name)
    assert exercise_faults(exercise, readable(path) if path.is_file() else None) == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_release_holds_a_stub_for_every_exercise(name):
    assert [made.exercise for made in released(name) if made.kind == "stub"] == [exercise.name for exercise in chapter(name).exercises]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_answers_file_can_be_read_and_belongs_to_an_exercise(path):
    read_answers(path)
    assert path.parent.name in CHAPTERS, f"source/ has no chapter {path.parent.name}"
    known = [exercise.name for exercise in chapter(path.parent.name).exercises]
    assert path.stem in (*known, *chapter(path.parent.name).by_hand)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_mistakes_in_an_answers_file_are_in_the_catalogue(path):
    named = {answer.mistake for answer in readable(path) if answer.kind == "wrong"} - {UNNAMED}
    assert named <= set(catalogue()), f"not in the catalogue: {sorted(named - set(catalogue()))}"


def test_there_is_a_chapter():
    assert CHAPTERS, "source/ holds no notebook: run `course build`"
