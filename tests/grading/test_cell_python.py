"""Which names a cell defines, behind its magics, whoever wrote it and however."""

import pytest

from course.grading.cell_python import defined_names, python_of

ANSWER = "def mean(values):\n    inner = sum(values)\n    return inner / len(values)"


@pytest.mark.parametrize("magic", ["%%time", "%%capture printed", "%%timeit -n 1", "%%time\n%%capture", "\n  \n%%time"])
def test_the_body_of_a_cell_magic_is_looked_into(magic):
    assert defined_names(f"{magic}\n{ANSWER}\nclass A: pass") == {"mean", "A"}


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile mean.py", "%%timely"])
def test_what_another_magic_is_given_defines_nothing(magic):
    assert defined_names(f"{magic}\nmean = 3") == set()


@pytest.mark.parametrize("line", ["%matplotlib inline", "!pip install torch", "%time print(1)", "?print", "    "])
def test_lines_that_are_for_ipython_hide_nothing_of_what_stands_around_them(line):
    assert defined_names(f"first = 1\n{line}\n{ANSWER}") == {"first", "mean"}


def test_what_a_magic_line_is_assigned_to_is_defined():
    assert defined_names("files = !ls\ntook = %timeit -o 1") == {"files", "took"}


@pytest.mark.parametrize("source", ["def f(:", "a = 1\x00", "(" * 10_000, "a = " + "-" * 50_000 + "1", "a = 1\n" + "!ls\n" * 600, "a = 1" + " " * 100_000,
                                    "%%time", ""],
                         ids=["no Python", "null", "deep", "deeper", "hundreds of lines", "long", "only a magic", "empty"])
def test_a_cell_that_cannot_be_read_defines_nothing(source):
    assert defined_names(source) == set()


@pytest.mark.parametrize(("source", "names"), [
    ("a, (b, *c) = 1, (2, 3)\nd: int = 4\nd += 1", {"a", "b", "c", "d"}),
    ("for i in range(3):\n    last = i\nwith open('f') as file: pass", {"i", "last", "file"}),
    ("import os.path, numpy as np\nfrom math import pi as number\nfrom torch import *", {"os", "np", "number"}),
    ("if (n := 3) > 2:\n    async def f(): pass", {"n", "f"}), ("await g()\nh = await g()", {"h"}),
    ("f(x).y = a[b] = 3\ndel z\nprint(q)", set()), ("[i for i in x if (j := i)]\n(lambda k: (m := k))", {"j"}),
], ids=["targets", "blocks", "imports", "walrus", "await", "only read", "inner scopes"])
def test_names_are_those_of_the_notebooks_own_namespace(source, names):
    assert defined_names(source) == names


def test_imports_are_left_out_where_they_are_not_wanted():
    assert defined_names(f"import math\n{ANSWER}", imports=False) == {"mean"}


@pytest.mark.parametrize("source", ["\n \n\nx = (", "%%time\n\n\nx = (", "a\n!ls\n%cd\nx = ("])
def test_lines_keep_their_numbers(source):
    assert python_of(source).split("\n")[3] == "x = ("
