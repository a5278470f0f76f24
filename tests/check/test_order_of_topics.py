"""A message sends nobody to a chapter that is still to come: mistakes are explained where they can first be made."""

import re
from pathlib import Path

import pytest

from course.check import mistakes
from course.grading.chapter_text import is_draft
from course.grading.course_root import chapters

ORDER = ("tensors", "autograd", "gradient_descent", "linear_model", "dataloader", "classification", "review")
ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "answers"
# Words that a chapter's explanations may not use yet; a word may also begin with one of them.
NOT_YET = {
    "tensors": r"\b(?:gradient|backward|leaf|graph|requires_grad|detach|parameter|loss|model|optimiser|epoch)\w*",
    "autograd": r"\b(?:parameter|update|learning rate|optimiser|epoch|loss|model|prediction)\w*|\bw\b",
    "gradient_descent": r"\b(?:nn\.|module|optimiser|state_dict|loader|[Dd]ata set)\w*",
    "linear_model": r"\b(?:loader|[Dd]ata set|logit|softmax)\w*",
    "dataloader": r"\b(?:logit|softmax|sigmoid)\w*",
}
_TITLE = re.compile(r"^# %% wrong: .*? -> ([a-z0-9-]+)", re.MULTILINE)


def named_in(chapter):
    """Every mistake that an answer of the chapter names, with the files that do."""
    found = {}
    for path in sorted((ANSWERS / chapter).glob("*.py")):
        for mistake in _TITLE.findall(path.read_text(encoding="utf-8")):
            if mistake != "unnamed":
                found.setdefault(mistake, set()).add(path.name)
    return found


def too_late(chapter):
    """{mistake: (chapter it sends to, files)} of the mistakes that are explained in a later chapter."""
    late = {}
    for mistake, files in named_in(chapter).items():
        taught = mistakes.TOPICS[mistakes.find(mistake).topic][0]
        if place(taught) > place(chapter):
            late[mistake] = taught, sorted(files)
    return late


def place(chapter):
    """Where a chapter comes in the course. Fails, and says what to do, for one of which that is not known."""
    if chapter not in ORDER:
        pytest.fail(f"the place of '{chapter}' is not known: add it to ORDER in tests/check/test_order_of_topics.py")
    return ORDER.index(chapter)


@pytest.mark.parametrize("chapter", ORDER)
def test_no_answer_is_sent_to_a_chapter_that_is_still_to_come(chapter):
    assert too_late(chapter) == {}


@pytest.mark.parametrize("chapter", NOT_YET)
def test_an_explanation_uses_no_word_of_a_later_chapter(chapter):
    early = {}
    for mistake in named_in(chapter):
        entry = mistakes.find(mistake)
        if words := re.findall(NOT_YET[chapter], f"{entry.explanation} {entry.hint}"):
            early[mistake] = words
    assert early == {}


def test_every_topic_is_in_a_chapter_whose_place_is_known():
    assert all(place(chapter) >= 0 for chapter, _ in mistakes.TOPICS.values())


def test_a_chapter_whose_place_is_not_known_is_told_with_where_to_add_it():
    with pytest.raises(pytest.fail.Exception, match="'means' is not known: add it to ORDER in tests/check/test_order_of_topics.py"):
        place("means")


@pytest.mark.parametrize("chapter", chapters(ROOT))
def test_the_place_of_every_finished_chapter_is_known(chapter):
    text = (ROOT / "source" / chapter / f"{chapter}.py").read_text(encoding="utf-8")
    assert is_draft(text) or place(chapter) >= 0


def test_a_mistake_that_is_taught_too_late_is_found(tmp_path, monkeypatch):
    (tmp_path / "tensors").mkdir()
    (tmp_path / "tensors" / "column.py").write_text("# %% wrong: by rote -> mean-of-batch-means cell=\"column-values\"\n")
    monkeypatch.setattr(f"{__name__}.ANSWERS", tmp_path)
    assert too_late("tensors") == {"mean-of-batch-means": ("dataloader", ["column.py"])}
