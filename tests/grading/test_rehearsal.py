"""The instructor's solution is judged before the submissions: an object that lies where data is due earns nothing."""

import re

import pytest
import tiny_class
from judge_stand_in import Graded

from course.grading.build import generate
from course.grading.engine import rehearsal, servers
from course.grading.grade import grade

pytestmark = pytest.mark.usefixtures("warm_engine")
# Answers the tests of the tiny chapter by methods of its own: at first sight it is whatever they compare it with.
LIAR = """
class Liar:
    def startswith(self, text): return True
    def __len__(self): return 2
    def __float__(self): return 3.14159
    def __str__(self): return "4"
def double(number):
    return Liar()
"""
PLAIN_TESTS = 'assert len(double("a")) == 2 and double("ab").startswith("abab")'


@pytest.fixture
def plain(course):
    """A course whose tests ask the result for its length and for how it starts, which handles pass on."""
    path = course / "source" / "tiny" / "tiny.py"
    path.write_text(path.read_text().replace('assert double(2) == 4, "double(2) should be 4"', PLAIN_TESTS)
                    .replace("assert isinstance(double(1), int)", "assert float(double(1.570795)) == 3.14159"))
    generate(course, "tiny")
    tiny_class.submit(course, "liar", {"double": LIAR.replace("return Liar()", "return 42 if number == 21 else Liar()")})
    tiny_class.submit(course, "right", tiny_class.RIGHT)
    return course


def test_without_a_rehearsal_a_lying_object_passes_and_with_one_it_fails(plain, capsys):
    path = plain / "source" / "tiny" / "tiny.ipynb"
    path.rename(path.with_name("elsewhere.ipynb"))
    grade(plain, "tiny")
    assert tiny_class.points_of(plain) == {"liar": 3, "right": 6}
    said = capsys.readouterr().err
    assert said.count("tiny: the instructor's notebook is not in the source folder") == 1
    path.with_name("elsewhere.ipynb").rename(path)
    grade(plain, "tiny", force=True)
    assert tiny_class.points_of(plain) == {"liar": 0, "right": 6}
    assert "tiny:" not in capsys.readouterr().err
    notebook = (plain / "autograded" / "liar" / "tiny" / "tiny.ipynb").read_text()
    assert "an object of a class came where plain data was due" in notebook


def test_a_cell_that_the_solution_fails_is_told_once_and_the_others_are_rehearsed(plain, capsys):
    path = plain / "source" / "tiny" / "tiny.py"
    path.write_text(path.read_text().replace(PLAIN_TESTS, PLAIN_TESTS + "; assert double(3) == 7"))
    generate(plain, "tiny", allow_failing=True)
    servers.warn_once.cache_clear()
    grade(plain, "tiny")
    grade(plain, "tiny", force=True)
    said = re.findall("course: (.*)", capsys.readouterr().err)
    assert [line.partition(";")[0] for line in said] == ["tiny: the solution in it does not pass double-values"]
    assert tiny_class.points_of(plain) == {"liar": 0, "right": 4}


def test_of_a_cell_that_the_solution_did_not_pass_nothing_is_required():
    cells = ("solution", "def f(x):\n    return x"), ("test", "f('a').startswith('a')\nassert f(1) == 2")
    recorded = Graded(*cells).judge.recorded
    assert recorded.passed == set()
    objects = "class W:\n    def startswith(self, text): return True\ndef f(x):\n    return W() if x == 'a' else 2"
    assert Graded(*cells, answers=[objects], rehearsal=recorded).error() == ""


def test_a_name_that_is_looked_up_again_may_be_what_it_was_the_first_time():
    cells = ("solution", "def f(x):\n    return x"), ("test", "g = f\nassert callable(f) and f is g and f(1) == 1")
    recorded = Graded(*cells).judge.recorded
    asked_in_between = "class F:\n    def __call__(self, x): return x\nf = F()"
    assert Graded(*cells, answers=[asked_in_between], rehearsal=recorded).error() == ""


def test_a_place_is_the_same_however_often_its_code_has_run():
    """Python specialises code that ran often, and then makes the same call by another instruction."""
    test = "one = g(3)\nassert one.n == 3 and len(list(one)) == 3\nfor i in range(20):\n    assert i >= 0\nassert isinstance(one, object)"
    cells = ("solution", "class G(list):\n    def __init__(self, n):\n        super().__init__(range(n))\n        self.n = n\ng = G"), ("test", test)
    recorded = Graded(*cells).judge.recorded
    assert recorded.passed == {"test0"}
    for _ in range(3):
        assert Graded(*cells, rehearsal=recorded).error() == ""


@pytest.mark.parametrize(("cell", "text"), [
    ("def f():\n    return 1", "def f():\n    return 1"), ("%matplotlib inline\nx = 1", "x = 1"), ("def f(:", ""),
    ("await g()", "await g()"),
])  # fmt: skip
def test_the_students_code_is_python_whatever_is_among_it(cell, text):
    from nbformat.v4 import new_code_cell, new_notebook

    code = rehearsal.code_of(new_notebook(cells=[new_code_cell(cell), new_code_cell("last = 1")]))
    compile(code.replace("await ", ""), "<code>", "exec")
    assert text in code and "last = 1" in code


def test_the_text_of_a_students_function_can_be_tested(course):
    path = course / "source" / "tiny" / "tiny.py"
    path.write_text(path.read_text().replace('assert double(2) == 4, "double(2) should be 4"',
                                             'import inspect\nassert "+" not in inspect.getsource(double)'))
    generate(course, "tiny")
    tiny_class.submit(course, "adds", tiny_class.RIGHT)
    tiny_class.submit(course, "multiplies", {**tiny_class.RIGHT, "double": "%matplotlib inline\ndef double(number):\n    return 2 * number"})
    grade(course, "tiny")
    assert tiny_class.points_of(course) == {"adds": 4, "multiplies": 6}
