"""No hint tells an answer whole: not its steps, not the option of a choice, and no code of a hint passes the checks."""

import re
import tomllib
from functools import cache
from pathlib import Path

from chapter import ROOT
from hint_code import GAP, answered, decisive, fenced, filled, pasted, steps, told
from hints_of import CHAPTERS, chapter, each_chapter, hints, released

from course.grading.answers import Answer, read_answers
from course.grading.answers.plan import read_chapter as cells_of
from course.grading.answers.runner import run_answers


@cache
def shown_before(name):
    """{exercise: the steps and the code that a learner reads down to its empty answer}."""
    shown, found = set(), {}
    for cell in released(name).cells:
        shown |= steps(cell.source) if cell.cell_type == "code" else told(cell.source)
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("solution"):
            found[marks["grade_id"]] = frozenset(shown)
    return found


def right_answers(name, exercise):
    """The instructor's solution, and all answers that the exercise is known to accept."""
    path = ROOT / "tests" / "answers" / name / f"{exercise.name}.py"
    others = [answer.source for answer in read_answers(path) if answer.kind == "right"] if path.is_file() else []
    return [exercise.solution, *others]


def is_choice(solution):
    """Whether an answer is one of a few letters, or several."""
    return bool(re.fullmatch(r'(\w+ = "[A-Z]"\s*)+', solution))


@each_chapter
def test_no_hints_hold_all_that_an_answer_takes(name):
    for exercise in chapter(name).exercises:
        if exercise.kind == "code":
            said = told("\n\n".join(hints(name)[exercise.name]))
            for answer in right_answers(name, exercise):
                assert decisive(answer, shown_before(name)[exercise.name]) - said, f"{exercise.name}: {answer}"


def test_an_answer_is_noticed_in_whatever_way_a_hint_holds_it():
    answer = "def walks(houses, stops):\n    '''Distances.'''\n    return (houses[:, None] - stops).abs()"
    assert decisive(answer) == {"(houses[:, None] - stops).abs()"}
    for hint in ("Write `return (houses[:,None]-stops).abs()`.",
                 "It is `(houses[:, None]\n- stops).abs()`, on one line.",
                 "```python\ntable = (houses[:, None] - stops).abs()\n```\n",
                 "Try `print((houses[:, None] - stops).abs())`."):
        assert not decisive(answer) - told(hint), hint
    assert decisive(answer) - told("```python\ntable = houses[:, None] - ...\nreturn table.abs()\n```\n")


def test_steps_that_any_answer_shares_do_not_count_as_told():
    answer = ("losses = []\nfor batch in loader:\n    opt.zero_grad()\n"
              "    losses.append(loss_fn(model(batch)).item())\nreturn losses")
    assert decisive(answer) == {"losses.append(loss_fn(model(batch)).item())"}
    assert decisive("answer = 'C'") == {"'C'"} and not decisive("answer = 'C'") - told('It is `"C"`.')
    assert decisive("framed[0] = 0\nreturn framed") == {"framed[0] = 0"}


@each_chapter
def test_hints_to_a_choice_name_no_option(name):
    for exercise in chapter(name).exercises:
        for text in hints(name)[exercise.name] if is_choice(exercise.solution) else ():
            assert not re.search(r"\b[B-D]\b|[\"'`*]A[\"'`*]|[Oo]ption A\b|\bA (and|or|is)\b", text), exercise.name


def test_there_are_choices():
    assert sum(is_choice(exercise.solution) for name in CHAPTERS for exercise in chapter(name).exercises) >= 4


@each_chapter
def test_code_of_a_hint_is_an_answer_once_its_gaps_are_filled_and_not_before(name):
    tried = [answer_of(name, exercise, code, f"hint {step}: {code}") for exercise in chapter(name).exercises
             for step, text in enumerate(hints(name)[exercise.name], 1) if exercise.kind == "code"
             for code in pasted(text, exercise.stub)]
    complete = [answer_of(name, exercise, complete_code(name, exercise.name), "the last hint, its gaps filled")
                for exercise in chapter(name).exercises if exercise.name in gaps().get(name, {})]
    results = list(run_answers(cells_of(ROOT / "source" / name / f"{name}.ipynb"), [*tried, *complete]))
    assert not [f"{result.answer.name}: {result.trouble}" for result in results if result.trouble]
    assert {result.answer for result in results if result.refusal is None} == set(complete)
    assert len(results) == len(tried) + len(complete) > 0


def complete_code(name, exercise):
    """The skeleton in the last hint to an exercise, with all that belongs in its gaps."""
    return filled(fenced(hints(name)[exercise][-1])[0], gaps()[name][exercise])


def answer_of(name, exercise, code, how):
    """The stub of an exercise with this code in it, to be run as an answer."""
    return Answer(name, exercise.name, "copied", how, None, None, answered(exercise.stub, code), 0)


@cache
def gaps():
    """{chapter: {exercise: what belongs in the gaps of its third hint}}."""
    return tomllib.loads((Path(__file__).parent / "hint_gaps.toml").read_text(encoding="utf-8"))


@each_chapter
def test_every_skeleton_has_something_to_fill_its_gaps_with(name):
    gapped = {exercise for exercise, texts in hints(name).items() for code in fenced(texts[-1]) if GAP.search(code)}
    assert gapped == set(gaps().get(name, {}))
    assert not [exercise for exercise, texts in hints(name).items() for text in texts[:2] if fenced(text)]


def test_gaps_are_filled_in_order_and_at_their_depth():
    code = "for x in ...:\n    ...\nlast = ..."
    complete = "for x in xs:\n    a = 1\n    b = 2\nlast = b\nreturn last"
    assert filled(code, ["xs", "a = 1\nb = 2", "b", "return last"]) == complete
