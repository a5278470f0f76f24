"""Feedback pages of notebooks made by hand, without a gradebook, and parsed."""

from bs4 import BeautifulSoup
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course.grading.feedback.page import FeedbackPage
from course.grading.marks import Mark, Marks
from course.grading.preprocessors import TellVerdicts


def test_cell(grade_id, *outputs, points=1, source="assert f(1) == 2"):
    """A graded cell with the outputs of its run."""
    return new_code_cell(source, metadata=marks_of(grade_id, points, grade=True, locked=True), outputs=list(outputs))


def answer_cell(grade_id, source, points=None):
    """A student's answer: code, or markdown with points where it is marked by hand."""
    make = new_code_cell if points is None else new_markdown_cell
    return make(source, metadata=marks_of(grade_id, points or 0, grade=points is not None, solution=True))


def marks_of(grade_id, points, *, grade=False, locked=False, solution=False):
    return {"nbgrader": {"grade": grade, "grade_id": grade_id, "locked": locked, "points": points, "schema_version": 3,
                         "solution": solution, "task": False}}


def error(name="Wrong", value="secret 31337"):
    return new_output("error", ename=name, evalue=value, traceback=[f"{name}: {value}"])


def page(*cells, marks=None, student="ada", **options):
    """The page of a notebook of these cells, parsed. marks: {grade_id: Mark} or a Marks; by default what the tests say."""
    notebook = from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})  # valid or not
    notebook, resources = TellVerdicts().preprocess(notebook, {})
    if marks is None:
        marks = {grade_id: Mark(1, float(told.passed)) for grade_id, told in resources["course"]["told"].items()}
    resources["course"]["marks"] = marks if isinstance(marks, Marks) else Marks(cells=marks)
    resources["nbgrader"] = {"student": student, "assignment": "slope", "notebook": "slope"}
    return BeautifulSoup(FeedbackPage(**options).render(notebook, resources), features="html.parser")


def text_of(element):
    """The words of an element, with single spaces."""
    return " ".join(element.get_text(" ").split())


test_cell.__test__ = False
