"""The documentation holds together: links, pictures and files that it names are there, and the README is one screen."""

import re

import pytest
from docs_blocks import ROOT, anchors, code_spans, links, pages, without_blocks

from course.grading.assessment import assessed

TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in pages()}


def dead(text, page):
    """The links of a page that lead to no file, or to no heading of one."""
    found = []
    for target in links(text):
        path, _, anchor = target.partition("#")
        leads_to = (ROOT / page).parent / path
        there = leads_to.exists()
        if there and anchor:
            there = anchor in anchors(leads_to.read_text(encoding="utf-8") if path else text)
        if not there:
            found.append(target)
    return found


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_leads_to_a_file_and_a_heading_that_exist(page):
    assert dead(TEXTS[page], page) == []


def test_a_dead_link_is_found():
    text = "# A page, *and* `more`\n[a](architecture.md) [b](archtecture.md) [c](#a-page-and-more) [d](#a-page) ![e](images/no.png)"
    assert dead(text, "docs/made-up.md") == ["archtecture.md", "#a-page", "images/no.png"]


def gone(text):
    """The Python files that a page names between backticks and that are nowhere in the repository."""
    named = {span for span in code_spans(text) if re.fullmatch(r"[\w/]+\.py", span)}
    there = [path.relative_to(ROOT).as_posix() for part in ("course", "docs", "tests", "benchmarks") for path in (ROOT / part).rglob("*.py")]
    return sorted(name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in [*there, "nbgrader_config.py"]))


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/security.md", "docs/performance.md"])
def test_the_files_that_a_page_names_exist(page):
    assert gone(TEXTS[page]) == []


def test_a_file_that_is_gone_is_found():
    assert gone("`cli.py`, `course/cli.py`, `grading/cli.py` and `grading/judge/judge.py`") == ["grading/cli.py"]


def test_every_page_and_every_picture_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached and path.is_relative_to(ROOT):
            reached.add(path)
            if path.suffix == ".md":
                waiting += [(path.parent / link.partition("#")[0]).resolve() for link in links(path.read_text(encoding="utf-8"))]
    there = {*pages(), *(ROOT / "docs" / "images").glob("*")}
    assert {path.relative_to(ROOT).as_posix() for path in there - reached} == set()


def test_every_picture_is_described_in_words():
    described = re.findall(r"!\[([^\]]*)\]", "\n".join(without_blocks(text) for text in TEXTS.values()), re.S)
    assert described and [words for words in described if len(words.split()) < 8] == []


def test_the_readme_is_one_screen():
    assert len(TEXTS["README.md"].splitlines()) <= 60


def test_the_readmes_table_lists_every_finished_chapter_under_its_number():
    rows = re.findall(r"^\| (\d+) \[(\w+)\]\((\S+)\)", TEXTS["README.md"], re.M)
    finished = [chapter for chapter in assessed(ROOT) if not chapter.draft]
    assert rows == [(str(one.number), one.folder, f"release/{one.folder}/{one.folder}.ipynb") for one in finished]
