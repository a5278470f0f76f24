"""The paper of a mock exam is read off the notebook: questions, their checks, advice, and what was written by hand."""

import json

import papers
import pytest

from course.mock_exam.paper import Paper, find_notebook, read_paper, written


@pytest.fixture
def paper():
    return read_paper(papers.notebook())


def test_each_heading_is_a_question_with_the_points_of_its_heading(paper):
    told = [(question.number, question.name, question.points) for question in paper.questions]
    assert told == [("7.1", "first", 1), ("7.2", "second, in two parts", 2), ("7.3", "a proof", 2)]
    assert paper.points == 5


def test_a_graded_cell_belongs_to_the_question_above_it_and_a_challenges_to_none(paper):
    cells = [[cell.grade_id for cell in question.cells] for question in paper.questions]
    assert cells == [["one-value"], ["two-value", "three-value"], ["proof"]]


def test_a_derivation_is_told_from_a_check(paper):
    assert [len(question.derivations) for question in paper.questions] == [0, 0, 1]
    assert [len(question.checks) for question in paper.questions] == [1, 2, 0]


def test_advice_on_marking_is_found_by_the_number_as_plain_text(paper):
    assert paper.questions[2].advice == "One point each way. Compare with jacobian on numbers."
    assert paper.questions[0].advice == ""


@pytest.mark.parametrize(("cell_id", "source"), [("check-2", "anything"), (None, papers.CHECK_TWO), ("", papers.CHECK_TWO + "\n")])
def test_a_check_cell_is_known_by_its_id_or_by_its_text(paper, cell_id, source):
    question, cell = paper.check_cell(cell_id, source)
    assert (question.number, cell.grade_id) == ("7.2", "two-value")


@pytest.mark.parametrize(("cell_id", "source"), [("stub-1", "one = 1"), (None, ""), ("proof", "a text"), ("check-4", "")])
def test_any_other_cell_is_no_check_cell(paper, cell_id, source):
    assert paper.check_cell(cell_id, source) is None


@pytest.mark.parametrize(("source", "ids"), [
    ("YOUR ANSWER HERE", frozenset()), ("", frozenset()), ("  \n", frozenset()), ("Take $r = Xw - y$.", frozenset({"proof"})),
])
def test_a_derivation_counts_as_written_once_its_stub_is_gone(source, ids):
    assert written(papers.notebook(derivation=source)) == ids


def test_the_only_notebook_that_asks_questions_is_found(tmp_path, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    (tmp_path / "notes.ipynb").write_text(json.dumps({"cells": []}))
    (tmp_path / "broken.ipynb").write_text("{")
    assert find_notebook(tmp_path) is None
    path = papers.write(tmp_path)
    assert find_notebook(tmp_path) == path


def test_of_two_copies_the_one_that_jupyter_names_is_taken(tmp_path, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    papers.write(tmp_path)
    mine = papers.write(tmp_path, "mine.ipynb")
    assert find_notebook(tmp_path) is None
    monkeypatch.setenv("JPY_SESSION_NAME", "some/where/mine.ipynb")
    assert find_notebook(tmp_path) == mine


def test_a_notebook_without_questions_gives_an_empty_paper():
    assert read_paper({}) == Paper(())
