"""The compiled check of outputs says of each what nbformat's own says."""

import pytest
from nbformat import ValidationError
from nbformat.v4 import nbbase, new_output

from course.grading.engine import output_check

RIGHT = [
    ("stream", {"name": "stdout", "text": "a"}), ("stream", {"name": "stderr", "text": ["a", "b"]}),
    ("display_data", {"data": {"text/plain": "a", "application/json": {"a": 1}}, "metadata": {}}),
    ("execute_result", {"data": {"image/png": "aaaa"}, "metadata": {"a": {}}, "execution_count": 3}),
    ("error", {"ename": "A", "evalue": "b", "traceback": ["c"]}),
]
WRONG = [
    ("stream", {"name": "stdout", "text": 3}), ("stream", {"name": 4, "text": "a"}),
    ("display_data", {"data": [], "metadata": {}}), ("display_data", {"data": {}, "metadata": {}, "more": 1}),
    ("execute_result", {"data": {}, "metadata": {}, "execution_count": "3"}), ("error", {"ename": "A", "evalue": "b", "traceback": "c"}),
]


@pytest.fixture(autouse=True)
def compiled(monkeypatch):
    monkeypatch.setattr(nbbase, "validate", nbbase.validate)  # put back afterwards
    plain = nbbase.validate
    output_check.compile_output_check()
    assert nbbase.validate is not plain


@pytest.mark.parametrize("kind, fields", RIGHT)
def test_outputs_that_are_right_pass(kind, fields):
    assert new_output(kind, **fields).output_type == kind


@pytest.mark.parametrize("kind, fields", WRONG)
def test_outputs_that_are_wrong_are_refused_in_nbformats_words(kind, fields):
    with pytest.raises(ValidationError):
        new_output(kind, **fields)


def test_right_outputs_are_not_given_to_the_slow_check(monkeypatch):
    def slow(*_):
        raise AssertionError("the slow check was asked")

    monkeypatch.setattr(nbbase, "validate", output_check._compiled(slow))
    for kind, fields in RIGHT:
        new_output(kind, **fields)
