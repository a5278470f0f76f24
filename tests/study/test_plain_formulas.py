"""Formulas in a terminal: every one of the worked solutions and hints is readable, code is left alone, the unknown stays as typed."""

import re
from pathlib import Path

import pytest

from course.study.exercises import TEXT, read_chapters
from course.study.hints import read_hints
from course.study.paragraphs import for_terminal
from course.study.plain_formulas import plain

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("tex", "line"), [
    (r"$x^\top A^\top A x$", "xᵀAᵀAx"), (r"$A_{ik}$", "Aᵢₖ"), (r"$e^{-z}$", "e⁻ᶻ"), (r"$y_i^2$", "yᵢ²"), (r"$h'(s)$", "h′(s)"),
    (r"$\tfrac12 \lVert r \rVert^2$", "½‖r‖²"), (r"$\frac{\partial f}{\partial x_k}$", "∂f/∂xₖ"),
    (r"$\frac{e^z}{1 + e^z} - y$", "eᶻ/(1 + eᶻ) − y"), (r"$\ln \frac{y}{1 - y}$", "ln(y/(1 − y))"),
    (r"$-\ln p = -2$", "−ln p = −2"), (r"$2\cos^2(xy) + \ln\cos(xy)$", "2 cos²(xy) + ln cos(xy)"),
    (r"$$L = \frac{1}{n} \sum_{i=1}^{n} \left(w x_i - y_i\right)^2$$", "L = 1/n ∑ᵢ₌₁ⁿ (wxᵢ − yᵢ)²"),
    (r"$\Bigl( \sum_j A_{ij} x_j \Bigr) A_{ik}$", "(∑ⱼ Aᵢⱼxⱼ)Aᵢₖ"), (r"$\lambda \ge 0$", "λ ≥ 0"), (r"$x_Z^{Q}$", "x_Z^Q"),
    (r"$\sqrt{5/3}$", "√(5/3)"), (r"$\sqrt n$", "√n"), (r"$\sqrt[3]{x}$", "³√x"), (r"$\bar w_i$", "w̄ᵢ"), (r"$(a + b)^2$", "(a + b)²"),
    (r"$(\tfrac ab)^2$", "(a/b)²"), (r"$t_i \in \{-1, +1\}$", "tᵢ ∈ {−1, +1}"), (r"$\min_w f$", "min_w f"),
    (r"$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$", "(1 2; 3 4)"), (r"$c(s) = \min(\max(s, 0), 1)$", "c(s) = min(max(s, 0), 1)"),
])
def test_a_formula_is_a_line_of_plain_text(tex, line):
    assert plain(tex) == line


@pytest.mark.parametrize("text", [r"`a $x$ b`", "it costs $5 and $6", r"$\undreamt{x}$", "``$y$``"])
def test_code_prices_and_what_is_not_known_stay_as_typed(text):
    assert plain(text) == text


def test_no_worked_solution_and_no_hint_shows_tex_in_a_terminal():
    texts = []
    for chapter in read_chapters(ROOT):
        texts += [one.solution for one in chapter.exercises if one.kind == TEXT]
        texts += [text for steps in read_hints(ROOT, chapter).values() for text in steps]
    assert sum("$" in text for text in texts) >= 4
    for text in texts:
        assert not re.search(r"\$|\\[a-z]", for_terminal(text)), text


def test_a_displayed_formula_stands_on_a_line_of_its_own_and_a_broken_one_is_whole_again():
    told = for_terminal("With\n\n$$\\nabla f =\n0$$\n\nwe have $v\n\\ne 0$ and so on.").split("\n")
    assert told == ["With", "", "    ∇f = 0", "", "we have v ≠ 0 and so on."]
