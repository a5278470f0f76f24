"""A wrong answer that is refused for a misspelt name, broken Python or a failed import was not tried, and is no refused one."""

import pytest
from answer_chapter import answer, marked, new_code_cell
from nbformat.v4 import new_notebook

from course.grading.answers.plan import chapter_of
from course.grading.answers.results import faults
from course.grading.answers.runner import run_answers
from course.grading.mistake_ids import named_in

CHAPTER = chapter_of(new_notebook(cells=[
    new_code_cell("import torch\nfrom course import check"),
    marked("def total(x):\n    return x.sum()", "total"),
    marked("check.example('total', torch.ones(3), gives=torch.tensor(3.))", "total-values", points=1),
    marked("assert float(total(torch.zeros(2))) == 0\nnames = ['no-such' + '-mistake']\n"
           "check.example('total', torch.tensor([1., 5.]), gives=torch.tensor(6.), mistaken={names[0]: torch.tensor(3.)})",
           "total-more", points=1),
]), "sums")
MEAN = "def total(x):\n    return x.mean()"


def wrong(source, how, **more):
    return answer("wrong", source, "total", how=how, **{"cell": "total-values"} | more)


FAULTS = {
    wrong("def totals(x):\n    return x.mean()", "renamed"): "the answer never defines total, but totals: it is refused for that",
    wrong("x = 1\ny = 2", "all else"): "the answer never defines total: it is refused for that",
    wrong("def total(x):\n    return y.mean()", "a typo"): "total(x (3,)) raised NameError: name 'y' is not defined: it is refused for",
    wrong("def total(x):\n    y += x\n    return y", "unbound"): "total(x (3,)) raised UnboundLocalError: ",
    wrong("def total(x) return x", "half a line"): "the answer itself stops with SyntaxError (",
    wrong("import no_such\n" + MEAN, "a module"): "the answer itself stops with ModuleNotFoundError (No module named 'no_such')",
    wrong("def total(x):\n    from torch import summ\n    return summ(x)", "a name of torch"): "total(x (3,)) raised ImportError: ",
    wrong("def total(x):\n    return x.sum() if len(x) == 3 else y", "later", cell="total-more"): "total-more stops with NameError (",
}
INTENDED = [
    wrong("def totals(x):\n    return x.mean()", "total not defined"),
    wrong("def total(x):\n    return y.mean()", "a NameError"),
    wrong("def total(x) return x", "a SyntaxError"),
    wrong("import no_such\n" + MEAN, "a ModuleNotFoundError"),
]
HONEST = [
    wrong(MEAN, "the mean"), wrong("def total(x):\n    return x.nosuch()", "an attribute"),
    wrong("def total(x):\n    raise ValueError('raised NameError')", "its own error"),
    wrong(MEAN + "\nno_such_name", "tried all the same"),
]
DYNAMIC = wrong("def total(x):\n    return x.sum() if len(x) != 2 or x[0] == 0 else x.mean()", "by chance", cell="total-more")


@pytest.fixture(scope="module")
def results():
    return {result.answer: result for result in run_answers(CHAPTER, [*FAULTS, *INTENDED, *HONEST, DYNAMIC])}


@pytest.mark.parametrize("given", FAULTS, ids=lambda given: given.how)
def test_an_accident_is_a_defect_of_the_answer_and_told_alone(results, given):
    [fault] = faults(results[given])
    assert fault.startswith(FAULTS[given]) and "not for what its title says. Mend the answer, or write " in fault


@pytest.mark.parametrize("given", [*INTENDED, *HONEST], ids=lambda given: given.how)
def test_an_error_that_the_title_names_and_any_other_refusal_count(results, given):
    assert results[given].refusal and faults(results[given]) == []


def test_a_test_that_stops_at_a_mistake_of_no_catalogue_is_told_as_such_and_once(results):
    [fault] = faults(results[DYNAMIC])
    assert fault.startswith("total-more names the mistake 'no-such-mistake', which course/check/catalogue/ has not: ")


def test_ids_are_read_where_they_are_written_and_through_a_name():
    assert named_in("check.value('x', 1, mistaken={'a-b': 2, key: 3})") == ["a-b"]
    assert named_in("wrong = {'a-b': 2}\ncheck.value('x', 1, mistaken=wrong)\nother = {'c-d': 1}") == ["a-b"]
    assert named_in("%matplotlib inline") == []
