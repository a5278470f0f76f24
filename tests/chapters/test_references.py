"""What chapters say of each other and of themselves: exercises, sections, chapters and minutes that exist, in one form."""

import re
from pathlib import Path

import pytest

from course.grading.chapter_text import is_draft
from course.headings import headings

SOURCE = Path(__file__).parents[2] / "source"
NUMBERS = r"(\d+\.\d+(?:(?:,| and| to)? (?:and )?\d+\.\d+)*)"


def prose_of(text):
    """The Markdown cells of a chapter's text, without the comment signs; a cell is a paragraph of its own."""
    cells = re.split(r"^# %%", text, flags=re.M)[1:]
    lines = [cell.split("\n")[1:] for cell in cells if cell.lstrip().startswith("[markdown]")]
    return "\n\n".join("\n".join(line.removeprefix("#").removeprefix(" ") for line in cell) for cell in lines)


def joined(prose):
    """Prose with each run of white space made one space, as it is read."""
    return re.sub(r"\s+", " ", prose)


TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in SOURCE.glob("*/*.py")}
CHAPTERS = {name: prose_of(text) for name, text in TEXTS.items()}
NUMBER_OF = {name: int(re.search(r"^# (\d+) · ", prose, re.M).group(1)) for name, prose in CHAPTERS.items()}
EXERCISES = {heading.number for prose in CHAPTERS.values() for heading in headings(prose)}
each_chapter = pytest.mark.parametrize("chapter", sorted(CHAPTERS, key=NUMBER_OF.get))


def exercises_named(prose):
    """Numbers such as 3.10 that stand after the words exercise, exercises or question."""
    phrases = re.findall(rf"(?:[Ee]xercises?|[Qq]uestions?) {NUMBERS}", joined(prose))
    return [number for phrase in phrases for number in re.findall(r"\d+\.\d+", phrase)]


def chapters_named(prose):
    phrases = re.findall(r"(?<!·)\b[Cc]hapters? ((?:\d+(?:, | and | to )?)+)", re.sub(r"\]\([^)]*\)", "", joined(prose)))
    return [int(number) for phrase in phrases for number in re.findall(r"\d+", phrase)]


@each_chapter
def test_an_exercise_that_is_named_exists(chapter):
    assert set(exercises_named(CHAPTERS[chapter])) <= EXERCISES


def test_several_exercises_in_one_phrase_are_all_looked_up():
    assert exercises_named("(exercises 5.6, 5.7 and\n5.9), question 7.15, exercises 2.4 to 2.6") == [
        "5.6", "5.7", "5.9", "7.15", "2.4", "2.6"]


@each_chapter
def test_a_chapter_that_is_named_exists(chapter):
    prose = CHAPTERS[chapter].split("**To read**")[0]  # books have chapters of their own
    assert set(chapters_named(prose)) <= set(NUMBER_OF.values())


@each_chapter
def test_a_section_that_is_named_is_a_heading(chapter):
    headings = set(re.findall(r"^##+ (.+)$", "\n".join(CHAPTERS.values()), re.M))
    named = re.findall(r"[Ss]ection (?:\*([^*]+)\*|[“\"]([^”\"]+)[”\"])", joined(CHAPTERS[chapter]))
    assert {starred or quoted for starred, quoted in named} <= headings


@each_chapter
def test_next_is_the_next_chapter(chapter):
    following = NUMBER_OF[chapter] + 1
    told = re.search(r"^\*\*Next\*\*(?:, chapter (\d+):)?", CHAPTERS[chapter], re.M).group(1)
    there = next((name for name, number in NUMBER_OF.items() if number == following), None)
    unfinished = there is not None and is_draft(TEXTS[there])  # need not be named yet
    assert told == (str(following) if there else None) or (unfinished and told is None)


@each_chapter
def test_minutes_for_the_exercises_are_the_sum_of_their_headings(chapter):
    due = sum(heading.minutes for heading in headings(CHAPTERS[chapter]))
    for told in re.findall(r"(\d+) minutes for the exercises", joined(CHAPTERS[chapter])):
        assert abs(int(told) - due) <= 2


@each_chapter
def test_a_chapter_opens_and_closes_like_every_other(chapter):
    landmarks = ["**You will be able to**", "**You need**", "**Time**", "## Challenge · ", "## Recap", "**Next**", "**To read**"]
    places = [CHAPTERS[chapter].find(f"\n{landmark}") for landmark in landmarks]
    assert -1 not in places and places == sorted(places)


@each_chapter
def test_hints_are_titled_by_a_symptom_and_closed(chapter):
    prose = CHAPTERS[chapter]
    assert prose.count("<details>") == len(re.findall(r"^<details><summary><b>.+</b></summary>\n\n", prose, re.M))
    assert prose.count("<details>") == len(re.findall(r"\n</details>$", prose, re.M))


@each_chapter
def test_prose_has_no_exclamation_marks(chapter):
    said = re.sub(r"`[^`]*`|\$[^$]*\$|!\[|<code>.*?</code>", "", re.sub(r"^```.*?^```", "", CHAPTERS[chapter], flags=re.M | re.S))
    assert "!" not in said
