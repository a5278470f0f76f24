"""A feedback page in a browser without network: on a phone, in the dark, on paper; links lead, formulas are drawn, nothing acts."""

import base64
import re
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

sys.path.append(str(Path(__file__).parent.parent / "grading"))
from feedback_help import answer_cell, error, page, test_cell  # noqa: E402

from course.grading.marks import Mark, Marks  # noqa: E402

LONG = "torch.arange(1000).reshape(10, 100) " * 12
WIDE_TABLE = "| " + " | ".join(f"column {i}" for i in range(30)) + " |\n|" + " --- |" * 30 + "\n|" + " value |" * 30
BAR = "<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='20'><rect width='2000' height='20' fill='#0072B2'/></svg>"
PICTURE = f'<img alt="a bar" width="2000" src="data:image/svg+xml;base64,{base64.b64encode(BAR.encode()).decode()}">'
FORMULA = r"$$\begin{pmatrix}" + " & ".join(f"x_{{{i}}}" for i in range(60)) + r"\end{pmatrix} = \frac{1}{n} \sum_{i=1}^n x_i$$"
ATTACK = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\"><b>after</b>"
RUNS_OVER = """() => [...document.querySelectorAll('body *')].filter(element =>
    element.getBoundingClientRect().right > innerWidth + 1 && !element.parentElement.closest('pre, .scroll, .formula')
    && !element.matches('math *')).map(element => element.tagName + ': ' + element.textContent.slice(0, 60))"""


@pytest.fixture(scope="module")
def page_path(tmp_path_factory):
    """A page with everything that is too wide for a phone."""
    outputs = [new_output("stream", name="stdout", text=LONG + "\n"), new_output("display_data", data={"text/html": PICTURE}),
               new_output("display_data", data={"text/html": "<table><tr>" + "<td>1234567</td>" * 60 + "</tr></table>"}),
               new_output("display_data", data={"text/html": ATTACK})]
    cells = [
        new_markdown_cell("# Wide things"), new_markdown_cell(f"## Reductions\n\n{WIDE_TABLE}\n\n{FORMULA}\n\n`{'a_very_long_name' * 9}`"),
        answer_cell("wide", f"x = '{LONG}'"), new_code_cell(LONG, outputs=outputs), new_markdown_cell(ATTACK),
        *(new_markdown_cell("Text. " * 300) for _ in range(3)), test_cell("wide-values", error("Wrong", "no · sum-for-mean"), source=LONG),
        answer_cell("essay", "My own words.", points=2),
    ]
    marks = Marks(cells={"wide-values": Mark(3, 0.0), "essay": Mark(2, None, 1.0)}, comments={"essay": LONG}, penalty=0.5)
    path = tmp_path_factory.mktemp("feedback") / "page.html"
    path.write_text(str(page(*cells, marks=marks)), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, page_path):
    """Opens the page as `opened(width, scheme)`, without network; asks at the end whether it wanted any."""
    contexts, wanted = [], []

    def open_page(width=390, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True)
        contexts.append(context)
        shown = context.new_page()
        shown.on("request", lambda request: wanted.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
        shown.goto(page_path.as_uri())
        return shown

    yield open_page
    for context in contexts:
        context.close()
    assert wanted == []


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_the_page_never_scrolls_sideways_and_what_is_wide_scrolls_in_its_box(opened, width):
    shown = opened(width)
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    assert shown.evaluate(RUNS_OVER) == []
    for box in (".outputs pre.stdout", "pre.code", ".outputs .scroll:has(table)", ".text .scroll", ".formula"):
        assert shown.eval_on_selector(box, "box => box.scrollWidth > box.clientWidth"), box


def test_pictures_fit_a_phone(opened):
    assert opened().eval_on_selector("img[alt='a bar']", "picture => picture.getBoundingClientRect().right <= innerWidth")


def colours(shown, selector):
    return shown.eval_on_selector(selector, "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]")


def brightness(colour):
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", colour)[:3])
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_in_light_and_dark(opened, scheme):
    shown = opened(1200, scheme)
    page_ground = colours(shown, "body")[1]
    assert (brightness(page_ground) < 0.2) == (scheme == "dark")
    grounds = {"body": page_ground, ".lost > .verdict": None, "pre.code": None}
    for selector, ground in grounds.items():
        ink, own = colours(shown, selector)
        low, high = sorted((brightness(ink), brightness(ground or own)))
        assert (high + 0.05) / (low + 0.05) >= 7, selector
    headline = colours(shown, ".lost > .verdict .headline")[0]
    low, high = sorted((brightness(headline), brightness(colours(shown, ".lost > .verdict")[1])))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_link_from_the_top_leads_to_the_lost_points_and_on_to_what_to_read_again(opened):
    shown = opened()
    shown.click(".exercises a[href='#cell-wide-values']")
    verdict = shown.locator("#cell-wide-values")
    assert verdict.bounding_box()["y"] < 60
    verdict.get_by_role("link", name="section “Reductions”").click()
    assert shown.get_by_role("heading", name="Reductions").bounding_box()["y"] < 60


def test_formulas_are_drawn_without_network(opened):
    fraction = opened(1200).locator("math mfrac").first
    above, below = (fraction.locator(f":scope > :nth-child({place})").bounding_box() for place in (1, 2))
    assert above["y"] + above["height"] <= below["y"] + 1


def test_nothing_of_a_students_acts(opened):
    shown = opened()
    shown.wait_for_timeout(200)
    assert shown.title().startswith("Feedback on slope")
    assert shown.evaluate("document.querySelectorAll('script, [onerror]').length") == 0


def test_even_what_a_sanitiser_might_miss_does_not_act(browser, page_path, tmp_path):
    text = page_path.read_text(encoding="utf-8").replace("</main>", f"{ATTACK}</main>")
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    shown = browser.new_page()
    shown.goto((tmp_path / "page.html").as_uri())
    shown.wait_for_timeout(200)
    assert shown.title().startswith("Feedback on slope")
    (tmp_path / "open.html").write_text(re.sub(r"<meta [^>]*Content-Security-Policy[^>]*>", "", text), encoding="utf-8")
    shown.goto((tmp_path / "open.html").as_uri())
    shown.wait_for_timeout(200)
    assert shown.title() == "taken"  # without the policy it does: the test can tell
    shown.close()


def test_on_paper_code_is_wrapped_and_nothing_is_cut_off(opened):
    shown = opened(700)
    shown.emulate_media(media="print")
    assert shown.eval_on_selector(".outputs pre.stdout", "box => box.scrollWidth <= box.clientWidth")
