"""Reading a submission's file mends or refuses whatever it holds, in plain words, and raises nothing else."""

import copy
import json
import random
import re
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from test_engine_merge import grade_with_engine, grade_with_nbgrader, make_course, rows

from course.grading.course_root import CourseError, course_directory, load_config
from course.grading.engine.pipeline import Pipeline
from course.grading.engine.snapshot import snapshot
from course.grading.engine.task import FAILED, GRADED, Allowance, Submission
from course.grading.gradebook import opened
from course.grading.reading import read_notebook
from course.grading.submissions import NotGradable

MUTATIONS = 300


def valid():
    """A notebook with something of everything that a format allows."""
    pictures = {"image/png": "aGk=", "text/plain": "one\ntwo", "application/json": {"a": [1, {"b": None}]}}
    code = new_code_cell("one = 1\ntwo = 2", id="code", execution_count=1, metadata={
        "tags": ["a", "b"], "collapsed": False, "jupyter": {"source_hidden": True}, "execution": {"iopub.status.busy": "then"},
        "scrolled": "auto", "name": "first", "foreign": {"kept": [1, 2]},
    })
    code.outputs = [
        new_output("stream", name="stdout", text="one\ntwo\n"), new_output("display_data", data=pictures),
        new_output("execute_result", data={"text/html": "<b>\n</b>"}, execution_count=1),
        new_output("error", ename="ValueError", evalue="no", traceback=["one", "two"]),
    ]
    text = new_markdown_cell("# Title\nüñí", id="text", attachments={"a.png": {"image/png": "aGk="}})
    return new_notebook(cells=[text, code, new_raw_cell("raw", id="raw")], metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python", "version": "3.11"}, "widgets": {"state": {"a": {}}},
    })


def read(book):
    notebook = read_notebook("book.ipynb", book if isinstance(book, bytes) else json.dumps(book).encode())
    nbformat.validate(notebook)
    return notebook


def sources(notebook):
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def test_a_valid_notebook_is_read_as_nbformat_reads_it():
    text = nbformat.writes(valid())
    assert read(text.encode()) == nbformat.reads(text, as_version=4) == valid()


def test_what_is_read_is_written_and_read_as_the_same():
    broken = valid()
    del broken["metadata"], broken.cells[1]["id"], broken.cells[1]["outputs"]
    once = read(broken)
    assert read(nbformat.writes(once).encode()) == once


def without(*path):
    def change(book):
        node = book
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]

    return change


def having(value, *path):
    def change(book):
        node = book
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = value

    return change


MENDED = {
    "metadata missing": without("metadata"),
    "metadata a list": having([1], "metadata"),
    "kernel a text": having("python3", "metadata", "kernelspec"),
    "kernel without name": having({}, "metadata", "kernelspec"),
    "title a number": having(7, "metadata", "title"),
    "format missing": lambda book: [book.pop("nbformat"), book.pop("nbformat_minor")],
    "format a word": having("four", "nbformat"),
    "format before any": having(-1, "nbformat"),
    "minor format missing": without("nbformat_minor"),
    "minor format a list": having([], "nbformat_minor"),
    "minor format of the future": having(99, "nbformat_minor"),
    "foreign keys": lambda book: [having(1, "novelty")(book), having({}, "cells", 1, "novelty")(book)],
    "id missing": without("cells", 1, "id"),
    "id a number": having(17, "cells", 1, "id"),
    "id an object": having({}, "cells", 1, "id"),
    "id too long": having("x" * 65, "cells", 1, "id"),
    "id with a space": having("sp ace", "cells", 1, "id"),
    "id with a line end": having("line\n", "cells", 1, "id"),
    "id of another cell": having("text", "cells", 1, "id"),
    "id as it would be made up": lambda book: [having("cell-2", "cells", 0, "id")(book), having(2, "cells", 1, "id")(book)],
    "cell metadata missing": without("cells", 1, "metadata"),
    "cell metadata a list": having([], "cells", 1, "metadata"),
    "tags a text": having("skip", "cells", 1, "metadata", "tags"),
    "tags of numbers": having([1, [2]], "cells", 1, "metadata", "tags"),
    "collapsed a word": having("perhaps", "cells", 1, "metadata", "collapsed"),
    "execution a list": having([1], "cells", 1, "metadata", "execution"),
    "raw format a number": having(3, "cells", 2, "metadata", "format"),
    "outputs missing": without("cells", 1, "outputs"),
    "outputs an object": having({"a": 1}, "cells", 1, "outputs"),
    "outputs that are none": having(["text", {"output_type": "novel"}, {"output_type": "stream"}, None], "cells", 1, "outputs"),
    "output type a list": having([{"output_type": ["stream"]}], "cells", 1, "outputs"),
    "data a text": having("text", "cells", 1, "outputs", 1, "data"),
    "count missing": without("cells", 1, "execution_count"),
    "count a word": having("In", "cells", 1, "execution_count"),
    "count below zero": having(-1, "cells", 1, "execution_count"),
    "count true": having(True, "cells", 1, "execution_count"),
    "type missing in code": without("cells", 1, "cell_type"),
    "attachments a list": having([1], "cells", 0, "attachments"),
    "attachments of lists": having({"a.png": [1]}, "cells", 0, "attachments"),
    "attachments on code": having({}, "cells", 1, "attachments"),
    "sources as lines": lambda book: [cell.update(source=cell["source"].splitlines(True)) for cell in book["cells"]],
    "lines with a number among them": having(["one = 1\n", 7, None, "two = 2"], "cells", 1, "source"),
    "deep metadata": lambda book: having(deep(700), "cells", 1, "metadata", "deep")(book),
    "deep outputs": lambda book: having([{"output_type": "display_data", "data": deep(700)}], "cells", 1, "outputs")(book),
    "deep id": lambda book: having(deep(700), "cells", 1, "id")(book),
}


def deep(levels):
    made = []
    for _ in range(levels):
        made = [made]
    return made


@pytest.mark.parametrize("name", MENDED)
def test_it_is_mended_and_every_text_stays(name):
    book = json.loads(json.dumps(valid()))
    MENDED[name](book)
    notebook = read(book)
    assert sources(notebook) == sources(valid())
    assert len({cell.id for cell in notebook.cells}) == 3


def test_only_what_is_wrong_is_dropped():
    book = valid()
    book.cells[1].metadata["tags"] = "skip"
    book.cells[1].outputs[1:2] = [None, {"output_type": "novel"}]
    book.metadata["language_info"] = "Python"
    code, notebook = read(book).cells[1], read(book)
    assert set(valid().cells[1].metadata) - set(code.metadata) == {"tags"} and code.metadata.foreign == {"kept": [1, 2]}
    assert [one.output_type for one in code.outputs] == ["stream", "execute_result", "error"]
    assert set(notebook.metadata) == {"kernelspec", "widgets"}


def test_a_byte_order_mark_is_passed_over():
    assert read(b"\xef\xbb\xbf" + json.dumps(valid()).encode()) == valid()


def test_halves_of_characters_become_question_marks_and_whole_ones_stay():
    book = valid()
    book.cells[1].source = "'half \ud83d', 'whole \U0001f600'"
    assert read(book).cells[1].source == "'half ?', 'whole \U0001f600'"


@pytest.mark.parametrize(("cell", "expected"), [
    ({"cell_type": "heading", "level": 2, "source": "Hm\nhm"}, ("markdown", "## Hm hm")),
    ({"cell_type": "heading", "level": 10**9, "source": "Hm"}, ("markdown", "Hm")),
    ({"cell_type": "html", "source": "<b>"}, ("markdown", "<b>")),
    ({"cell_type": "novel", "source": "one"}, ("raw", "one")),
    ({"cell_type": "novel", "source": "one", "outputs": []}, ("code", "one")),
    ({"cell_type": ["code"], "source": "one"}, ("raw", "one")),
    ({}, ("raw", "")),
    ({"cell_type": "code", "source": {"a": "b"}}, ("code", "")),
    ("a text", ("raw", "a text")),
])
def test_cells_of_unknown_types(cell, expected):
    assert sources(read({"cells": [cell]})) == [expected]


def test_what_is_no_cell_is_passed_over():
    book = valid()
    book["cells"][1:1] = [3, None, [{}]]
    assert sources(read(book)) == sources(valid())


def test_format_3_is_read_as_nbformat_reads_it_but_for_outputs():
    old = json.dumps(nbformat.convert(valid(), 3))
    theirs, ours = nbformat.reads(old, as_version=4), read(old.encode())
    theirs.cells[1].outputs = []
    for mark in ("orig_nbformat", "orig_nbformat_minor"):
        del theirs.metadata[mark]
    for cell in [*theirs.cells, *ours.cells]:
        del cell["id"]
        cell.metadata.pop("collapsed", None)
    assert ours == theirs


def test_broken_worksheets():
    cells = [{"cell_type": "code", "input": ["one\n", "two"], "outputs": 1}, 3, {"cell_type": "code"}, {"cell_type": "markdown"}]
    notebook = read({"nbformat": 3, "worksheets": [None, {}, {"cells": 3}, {"cells": cells}]})
    assert sources(notebook) == [("code", "one\ntwo"), ("code", ""), ("markdown", "")]


@pytest.mark.parametrize(("content", "said"), [
    (b"", "is empty"),
    (b" \r\n", "is empty"),
    (b"%PDF-1.7", "is not a notebook but a PDF"),
    (b"\n<!DOCTYPE html>", "is not a notebook but a web page"),
    ("{}".encode("utf-16"), "is not a notebook but text in UTF-16"),
    (b'{"cells": "\xfc"}', "is not a notebook: byte 12 is not UTF-8"),
    (b"print('hello')", "is not a notebook: it is some other text"),
    (b'{"cells": [', "is not a notebook: its JSON is broken or ends too early at line 1, column 12"),
    (b"[" * 100_000, "is not a notebook: it nests too deeply"),
    (b'{"cells": [' + b"9" * 5000 + b"]}", "is not a notebook: it holds a number that is too long"),
    (b'{"metadata": {}}', "is JSON, but has no cells"),
    (b'{"cells": null, "worksheets": {}}', "is JSON, but has no cells"),
    (b"[[]]", "is JSON, but has no cells"),
    (b"null", "is JSON, but has no cells"),
    (b'{"nbformat": 7, "cells": []}', "is in notebook format 7, and none after 4 can be read"),
])
def test_what_cannot_be_read_is_refused_with_what_it_is_and_what_to_do(content, said):
    with pytest.raises(NotGradable) as refused:
        read_notebook("book.ipynb", content)
    reason = str(refused.value)
    assert reason.startswith(f"book.ipynb {said}") and re.search(r"[:;] ask for (it|the .ipynb file)", reason)
    assert "\n" not in reason and not re.search(r"Error|codec|Expecting", reason)


def mutated(book, random_numbers):
    """A copy of some JSON in which up to five random nodes were deleted, replaced, or put elsewhere."""
    book = copy.deepcopy(book)
    for _ in range(random_numbers.randint(1, 5)):
        places = list(places_in(book))
        node, key = random_numbers.choice(places)
        how = random_numbers.choice(["delete", "replace", "duplicate"])
        if how == "delete":
            del node[key]
        elif how == "replace":
            node[key] = random_numbers.choice([None, True, -1, 2.5, 10**30, float("nan"), "", "code", "\ud83d", [], {}, [[]], {"a": 1}])
        else:
            other, place = random_numbers.choice(places)
            other[place] = copy.deepcopy(node[key])
            if isinstance(node, list):
                node.insert(key, copy.deepcopy(node[key]))
    return book


def places_in(node):
    """(container, key) of everything in some JSON."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from places_in(node[key])


@pytest.mark.parametrize("kind", ["format 4", "format 3"])
def test_random_mutations_are_read_or_refused(kind):
    book = json.loads(json.dumps(nbformat.convert(valid(), 3) if kind == "format 3" else valid()))
    refused = 0
    for seed in range(MUTATIONS):
        try:
            read(mutated(book, random.Random(seed)))
        except NotGradable:
            refused += 1
    assert 0 < refused < MUTATIONS / 2


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("reading") / "course")


def test_random_mutations_get_through_every_step_of_grading(course):
    config, directory = load_config(course), course_directory(course)
    with opened(course) as book:
        pipeline = Pipeline(snapshot(book, directory, config, "two", Allowance()))
    text = (course / "submitted" / "right" / "two" / "a.ipynb").read_text()
    graded = 0
    for seed in range(MUTATIONS):
        content = json.dumps(mutated(json.loads(text), random.Random(seed))).encode()
        result = pipeline.grade(Submission("anna", {"a.ipynb": content}), lambda *_: [])
        assert result.status == GRADED or result.reason.startswith("a.ipynb is "), (seed, result.reason)
        graded += result.status == GRADED
    assert graded > MUTATIONS / 2


BROKEN = ("byte order mark", "metadata missing", "format missing", "cell type", "types")


def break_file(path, how):
    """Breaks a notebook so that nbformat, or a step of nbgrader, cannot go on with it."""
    book = json.loads(path.read_text())
    if how == "metadata missing":
        del book["metadata"]
    if how == "format missing":
        del book["nbformat"], book["nbformat_minor"]
    if how == "cell type":
        book["cells"].insert(1, {"cell_type": "heading", "level": 1, "metadata": {}, "source": "Hm"})
    if how == "types":
        book["cells"][1]["outputs"], book["cells"][0]["metadata"] = ["text", None], []
        book["cells"][1:1] = ["text", 3, None]
    path.write_bytes(b"\xef\xbb\xbf" * (how == "byte order mark") + json.dumps(book).encode())


@pytest.mark.parametrize("how", BROKEN)
def test_nbgrader_autograde_mends_as_the_engine_does(course, tmp_path, how):
    course = shutil.copytree(course, tmp_path / "course")
    for student in ("right", "wrong"):
        break_file(course / "submitted" / student / "two" / "a.ipynb", how)
    grade_with_nbgrader(course, ["right", "wrong"])
    by_nbgrader = rows(course)
    grade_with_engine(course, ["right", "wrong"])
    assert rows(course) == by_nbgrader
    assert [row[-1] for row in by_nbgrader if row[:3] == ("notebook", "right", "a")] == [5]


def test_nbgrader_autograde_says_why_it_cannot_read_a_file(course, tmp_path):
    course = shutil.copytree(course, tmp_path / "course")
    (course / "submitted" / "late" / "two" / "a.ipynb").write_bytes(b"%PDF-1.7")
    with pytest.raises(CourseError, match=r"a\.ipynb is not a notebook but a PDF"):
        grade_with_nbgrader(course, ["late"])


def test_what_no_step_foresaw_is_flagged_as_the_graders_fault(course):
    with opened(course) as book:
        pipeline = Pipeline(snapshot(book, course_directory(course), load_config(course), "two", Allowance()))

    def fail(*_):
        raise ZeroDivisionError("none\nof this")

    content = (course / "submitted" / "noisy" / "two" / "a.ipynb").read_bytes()
    result = pipeline.grade(Submission("anna", {"a.ipynb": content}), fail)
    assert result.status == FAILED and "not the student's fault" in result.reason and "none" in result.reason
    assert "of this" not in result.reason
