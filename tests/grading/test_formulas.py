"""Formulas as MathML: every one of the course, and as typed what is unknown."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from course.grading.feedback.formulas import formula

ROOT = Path(__file__).parent.parent.parent
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$(?!\$)(.+?)(?<!\\)\$", re.DOTALL)


def parsed(tex, display=False):
    return BeautifulSoup(formula(tex, display), features="html.parser")


@pytest.mark.parametrize("tex, tags, text", [
    (r"\frac12", "mfrac mn mn", "12"), (r"\tfrac{a}{b}", "mstyle mfrac mi mi", "ab"), ("x_i^2", "msubsup mi mi mn", "xi2"),
    (r"\sqrt[3]{x}", "mroot mi mn", "x3"), ("f'", "msup mi mo", "f′"), (r"\bar w_1", "msub mover mi mo mn", "w¯1"),
    (r"\lVert x \rVert", "mrow mo mi mo", "‖x‖"), (r"\text{if } a", "mrow mtext mi", "if\xa0a"), (r"10^{-3}", "msup mn mrow mo mn", "10−3"),
    (r"\cos^2 x", "mrow msup mi mn mo mi", "cos2\u2061x"), (r"\lim_n x", "mrow msub mi mi mi", "limnx"),
    (r"\mathbb{R}", "mi", "ℝ"), (r"\left( \frac ab \right]", "mrow mo mfrac mi mi mo", "(ab]"), ("a < b", "mrow mi mo mi", "a<b"),
])
def test_a_formula_is_told_by_its_parts(tex, tags, text):
    inner = parsed(tex).semantics
    inner.annotation.decompose()
    assert [element.name for element in inner.find_all(True)] == tags.split()
    assert inner.text == text


def test_limits_stand_below_and_above_in_a_displayed_formula_only():
    assert parsed(r"\sum_{i=1}^n x", display=True).munderover and parsed(r"\sum_{i=1}^n x").msubsup
    assert parsed(r"\lim_{h \to 0} g", display=True).munder


def test_cases_and_matrices_are_tables():
    soup = parsed(r"\begin{cases} 0 & s \le 0 \\ s^2 & s > 0 \end{cases}", display=True)
    assert soup.math["display"] == "block" and [len(row.find_all("mtd")) for row in soup.find_all("mtr")] == [2, 2]
    assert soup.find("mtable")["class"] == ["cases"]  # which has its brace from the page's CSS
    assert len(parsed(r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \\ \end{pmatrix}").find_all("mtr")) == 2


@pytest.mark.parametrize("tex", [r"\undefined", "{", "}", "x^", r"\left( x", r"\end{cases}", r"\begin{cases} 1", r"\frac", "#", r"\sqrt[3",
                                 r"\mathrm{a_b}", r"\frac" * 900, "{" * 900, "x" * 6000, r"\begin{evil}\end{evil}"])
def test_what_is_unknown_is_shown_as_typed(tex):
    soup = parsed(tex)
    assert soup.find("math") is None and soup.find("code").text == f"${tex}$"


def test_no_formula_carries_html():
    soup = parsed(r"\text{<img src=x onerror=alert(1)>} < \mathrm{<b>}")
    assert soup.find(["img", "b"]) is None and "<img" in soup.mtext.text


@pytest.mark.parametrize("path", sorted((ROOT / "source").glob("*/*.py")), ids=lambda path: path.stem)
def test_every_formula_of_the_course_is_drawn(path):
    text = re.sub(r"^# ?", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "", text)
    drawn = [(found[1] or found[2], formula(found[1] or found[2], bool(found[1]))) for found in FORMULA.finditer(text)]
    assert [tex for tex, shown in drawn if "<math" not in shown] == []
