"""The hints of every exercise: three, from a nudge to nearly told, in the chapters' voice, and nothing said before."""

import copy
import math
import re

import matplotlib.pyplot as plt
import torch
from chapter import ROOT, joined
from hint_code import INLINE, fenced, inline, parsed, prose
from hints_of import chapter, each_chapter, every_hint, hints, released
from torch import nn

from course.study.hints import hints_path

LIBRARIES = {"torch": torch, "F": nn.functional, "nn": nn, "math": math, "plt": plt, "copy": copy}
WORDS = {1: (20, 90), 2: (20, 90), 3: (20, 170)}  # of prose; what stands in code comes on top
OF_THE_TEXT = 7  # words of a sentence that a hint may not share with the chapter


@each_chapter
def test_every_exercise_has_three_hints_and_no_hint_is_of_another(name):
    assert list(hints(name)) == [exercise.name for exercise in chapter(name).exercises]
    for exercise, texts in hints(name).items():
        assert len(set(texts)) == 3, exercise


@each_chapter
def test_the_first_line_of_the_file_says_its_job(name):
    questions = "questions" if chapter(name).exercises[0].number.startswith("7.") else "exercises"
    first = hints_path(ROOT, name).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# Hints to the {questions} of {name}, three each, from a nudge to nearly told"


@each_chapter
def test_hints_are_short_and_the_last_is_the_longest_of_the_first_and_the_last(name):
    lengths = {label: (step, len(prose(text).split())) for label, step, text in every_hint(name)}
    outside = {label for label, (step, words) in lengths.items() if not WORDS[step][0] <= words <= WORDS[step][1]}
    assert not outside
    assert not [exercise for exercise, (nudge, _, nearly) in hints(name).items() if len(nearly) <= len(nudge)]


@each_chapter
def test_hints_are_written_as_the_chapters_are(name):
    for label, _, text in every_hint(name):
        plain = INLINE.sub("", prose(text))
        assert not re.search(r"[!\U0001F300-\U0001FAFF☀-➿]|—|\?\?", plain), label
        assert not re.search(r"\b(optimizer|neighbor|color|learned|(initial|normal|standard)iz\w*)\b", plain), label
        assert plain.strip()[-1] in ".?", label


@each_chapter
def test_no_line_of_a_hint_begins_like_a_list_a_heading_or_a_table(name):
    begins = re.compile(r"^\s*([-+*#>|]|\d+[.)]) ")
    lines = [(label, line) for label, _, text in every_hint(name) for line in prose(text).splitlines()]
    assert not [(label, line) for label, line in lines if begins.match(line)]


@each_chapter
def test_hints_hold_no_formulas_in_tex_as_they_are_read_in_a_terminal_too(name):
    assert not [label for label, _, text in every_hint(name) if re.search(r"[$\\]", text)]


@each_chapter
def test_code_is_python_and_fences_are_closed(name):
    for label, _, text in every_hint(name):
        assert all(parsed(code).body for code in fenced(text)), label
        assert "```" not in prose(text) and prose(text).count("`") % 2 == 0, label


@each_chapter
def test_what_hints_name_of_pytorch_is_there(name):
    unknown = [(label, dotted) for label, _, text in every_hint(name) for dotted in named(text) if not is_there(dotted)]
    assert not unknown


def named(text):
    """The names such as torch.linalg.solve in the code of a text."""
    code = "\n".join([*fenced(text), *inline(text)])
    return re.findall(rf"(?<![\w.])(?:{'|'.join(LIBRARIES)})(?:\.\w+)+", code)


def is_there(dotted):
    first, *rest = dotted.split(".")
    found = LIBRARIES[first]
    for part in rest:
        if not hasattr(found, part):
            return False
        found = getattr(found, part)
    return True


def test_a_function_that_pytorch_does_not_have_is_noticed():
    hint = "Try `torch.linalg.solve(A, b)`, or `torch.linalg.divide(A, b)`."
    assert named(hint) == ["torch.linalg.solve", "torch.linalg.divide"]
    assert is_there("torch.linalg.solve") and not is_there("torch.linalg.divide")


@each_chapter
def test_hints_do_not_repeat_the_text_around_the_exercise(name):
    text = plain_words("\n".join(cell.source for cell in released(name).cells if cell.cell_type == "markdown"))
    repeated = [(label, run) for label, _, hint in every_hint(name) for run in sentences(hint) if run in text]
    assert not repeated


def plain_words(text):
    return f" {joined(re.sub(r'[*]', '', text)).lower()} "


def sentences(text):
    """The sentences of a hint's prose that are long enough to be somebody's own."""
    found = [plain_words(sentence) for sentence in re.split(r"(?<=[.?:;])\s+", prose(text))]
    return [sentence for sentence in found if len(sentence.split()) >= OF_THE_TEXT]


def test_a_sentence_of_the_chapter_is_noticed():
    asked = "Print the shape of the difference before you square it."
    assert sentences(asked)[0] in plain_words(f"My loss is too large. {asked} For twelve days …")
    assert sentences("Print the shape.") == []
