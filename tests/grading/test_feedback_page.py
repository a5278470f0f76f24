"""What a feedback page says: points, every lost point in words, links, comments, lateness; and that it stands alone."""

import re

import pytest
from feedback_help import answer_cell, error, page, test_cell, text_of
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course.grading.marks import Mark, Marks

HEADING = "### Exercise 4.5 · a line · 2 points · ●●○ · 10 min"
SECTIONS = (new_markdown_cell("# Slopes"), new_markdown_cell("## The loss\n\nText."), new_markdown_cell(HEADING))


def verdict(soup, grade_id):
    return text_of(soup.find(id=f"cell-{grade_id}").find(class_="verdict"))


def test_points_stand_on_top_for_the_notebook_and_for_each_exercise():
    soup = page(*SECTIONS, test_cell("a"), test_cell("b", error()), new_markdown_cell("## More"), test_cell("c"))
    assert soup.title.text == "Feedback on slope: 2 of 3 points"
    rows = [text_of(row) for row in soup.select(".exercises tbody tr")]
    assert rows[0].startswith("Exercise 4.5 · a line b") and rows[0].endswith("1 of 2")
    assert rows[1] == "More 1 of 1"


def test_each_place_where_points_were_lost_is_linked_from_the_top():
    soup = page(*SECTIONS, test_cell("a"), test_cell("b", error()))
    links = [link["href"] for link in soup.select(".exercises li a")]
    assert links == ["#cell-b"] and soup.find(id="cell-b")


def test_a_verdict_stands_before_what_is_tested_which_is_closed():
    soup = page(*SECTIONS, test_cell("a"), test_cell("b", error()))
    for cell in (soup.find(id="cell-a"), soup.find(id="cell-b")):
        order = [part.name if part.name == "details" else part["class"][0] for part in cell.find_all(["p", "div", "details"], recursive=False)]
        assert order == ["bar", "verdict", "details"] and not cell.details.has_attr("open")
        assert text_of(cell.details.summary) == "What is tested" and cell.details.pre


def test_every_link_within_the_page_leads_somewhere_and_no_id_is_there_twice():
    soup = page(*SECTIONS, new_markdown_cell("## The loss"), test_cell("b", error("Wrong", "no · sum-for-mean")))
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in soup.select("a[href^='#']")} <= set(ids)


def test_read_again_is_a_link_to_the_section_where_the_page_has_it():
    soup = page(new_markdown_cell("## Reductions"), *SECTIONS, test_cell("a", error()), test_cell("b", error("Wrong", "no · sum-for-mean")))
    for grade_id, section in (("a", "The loss"), ("b", "Reductions")):  # where it stands; where the mistake is taught
        link = soup.find(id=f"cell-{grade_id}").find(class_="verdict").a
        assert link.text == f"section “{section}”" and soup.find(id=link["href"][1:]).text == section


def test_read_again_names_the_chapter_where_the_page_has_not_the_section():
    soup = page(new_markdown_cell("## Elsewhere"), test_cell("b", error("Wrong", "no · sum-for-mean")))
    assert "section “Reductions” of the chapter tensors , in your copy of tensors.ipynb" in verdict(soup, "b")
    assert not soup.find(id="cell-b").find(class_="verdict").a


def test_read_again_links_to_the_chapters_where_the_course_says_where_they_are():
    soup = page(test_cell("b", error("Wrong", "no · sum-for-mean")), chapter_link="https://x.org/{chapter}#{section}")
    assert soup.find(id="cell-b").find(class_="verdict").a["href"] == "https://x.org/tensors#Reductions"


@pytest.mark.parametrize("mark, state, said", [
    (Mark(3, None, None, None, True), "waiting", "Not marked yet."),
    (Mark(3, None, 1.0, None, True), "waiting", "Marked by hand before, and to be looked at again."),
    (Mark(3, 0.0), "lost", "Not attempted: the answer is as it was handed out."),
    (Mark(3, None, 3.0), "passed", "Marked by hand: all points."),
    (Mark(3, None, 1.5), "partial", "Marked by hand: not all points. There is no comment with it"),
    (Mark(3, None, 0.0), "lost", "Marked by hand: not all points."),
    (Mark(3, None, 2.0, 1.0), "passed", "Marked by hand: all points."),
])
def test_an_answer_that_a_person_marks_is_explained(mark, state, said):
    soup = page(answer_cell("essay", "My words.", points=3), marks={"essay": mark})
    assert state in soup.find(id="cell-essay")["class"]
    assert said in verdict(soup, "essay")


def test_a_comment_by_hand_is_shown_and_no_reason_is_then_missed():
    marks = Marks(cells={"essay": Mark(3, None, 1.0)}, comments={"essay": "The *last* step is missing."})
    soup = page(answer_cell("essay", "My words.", points=3), marks=marks)
    assert "The last step is missing." in text_of(soup.find(class_="comment")) and soup.find(class_="comment").em
    assert "no comment" not in verdict(soup, "essay")


def test_points_lost_in_part_by_hand_are_counted_and_listed_but_not_red():
    soup = page(answer_cell("essay", "My words.", points=3), marks={"essay": Mark(3, None, 2.5)})
    assert "Points were lost in 1 place." in text_of(soup.find(id="points")) and not soup.select(".lost")
    assert [link["href"] for link in soup.select(".exercises tr.partial li a")] == ["#cell-essay"]
    set_on_a_test = page(test_cell("a"), marks={"a": Mark(1, 1.0, 0.5)})
    assert "partial" in set_on_a_test.find(id="cell-a")["class"]


def test_the_top_says_which_cells_have_a_comment_below():
    cells = [answer_cell("essay", "My words.", points=3), answer_cell("code", "1 + 1"), test_cell("a")]
    marks = {"essay": Mark(3, None, 3.0), "a": Mark(1, 1.0)}
    one, two, none = (page(*cells, marks=Marks(cells=marks, comments=dict.fromkeys(names, "Well argued.")))
                      for names in (["essay"], ["essay", "code"], []))
    assert text_of(one.find(class_="comments")).startswith("A comment waits for you below: essay")
    for soup, names in ((one, ["essay"]), (two, ["essay", "code"])):
        links = [link["href"][1:] for link in soup.select(".comments a")]
        assert links == [f"cell-{name}" for name in names] and all(soup.find(id=link).find(class_="comment") for link in links)
    assert none.find(class_="comments") is None


def test_points_set_by_hand_on_a_test_are_said_to_be():
    soup = page(test_cell("a"), test_cell("b", error()), marks={"a": Mark(1, 1.0, 0.0), "b": Mark(1, 0.0, 1.0)})
    assert verdict(soup, "a") == "A person set these points by hand: 0 of 1 point. The test itself passed."
    assert "set these points by hand: 1 of 1 point." in verdict(soup, "b")
    assert "lost" in soup.find(id="cell-a")["class"] and "passed" in soup.find(id="cell-b")["class"]


def test_lateness_is_said_with_what_it_cost():
    soup = page(test_cell("a"), marks=Marks(cells={"a": Mark(4, 4.0)}, penalty=1.5))
    assert text_of(soup.find(class_="total")) == "2.5 of 4 points"
    assert text_of(soup.find(class_="late")) == "Handed in late: 4 points, less 1.5 for lateness."
    assert page(test_cell("a")).find(class_="late") is None


def test_work_that_lost_points_by_lateness_alone_is_not_told_that_it_lost_nothing():
    points = text_of(page(test_cell("a"), marks=Marks(cells={"a": Mark(4, 4.0)}, penalty=1.5)).find(id="points"))
    assert "4 points, less 1.5 for lateness. Nothing else was lost." in points and "Nothing was lost" not in points


def test_a_penalty_never_makes_points_negative():
    soup = page(test_cell("a"), marks=Marks(cells={"a": Mark(4, 1.0)}, penalty=3))
    assert text_of(soup.find(class_="total")) == "0 of 4 points"


def test_work_that_lost_nothing_says_so():
    assert "Nothing was lost." in text_of(page(*SECTIONS, test_cell("a")).find(id="points"))


CHALLENGE = new_markdown_cell("## Challenge · a round bowl · 0 points · ●●● · 20 min")


def test_a_challenge_without_points_that_is_not_solved_loses_none():
    soup = page(*SECTIONS, test_cell("a"), CHALLENGE, test_cell("b", error(), points=0), marks={"a": Mark(1, 1.0), "b": Mark(0, 0.0)})
    row = soup.select(".exercises tbody tr")[1]
    assert "Nothing was lost." in text_of(soup.find(id="points")) and not soup.select(".lost")
    assert text_of(row) == "Challenge · a round bowl b : not solved; it gives no points –" and "unpaid" in row["class"]
    assert "gives no points" in text_of(soup.find(id="cell-b").find(class_="bar")) and verdict(soup, "b")


def test_a_challenge_beside_lost_points_is_not_counted_among_them():
    soup = page(*SECTIONS, test_cell("a", error()), CHALLENGE, test_cell("b", error(), points=0),
                test_cell("c", points=0), marks={"a": Mark(1, 0.0), "b": Mark(0, 0.0), "c": Mark(0, 0.0)})
    assert "Points were lost in 1 place." in text_of(soup.find(id="points"))
    assert [cell["id"] for cell in soup.select(".graded.lost")] == ["cell-a"]
    assert "passed" in soup.find(id="cell-c")["class"]


@pytest.mark.parametrize(("by_hand", "state"), [(0.0, "unpaid"), (0.5, "passed")])
def test_a_challenge_that_a_person_gave_nothing_for_is_still_not_solved(by_hand, state):
    soup = page(*SECTIONS, CHALLENGE, test_cell("b", error(), points=0), marks={"b": Mark(0, 0.0, by_hand)})
    assert state in soup.find(id="cell-b")["class"]
    assert ("set these points by hand" in verdict(soup, "b")) == bool(by_hand)


def test_a_page_on_which_answers_only_wait_has_no_empty_line():
    soup = page(answer_cell("essay", "My words.", points=3), marks={"essay": Mark(3, None, None, None, True)})
    assert all(text_of(line) for line in soup.find(id="points").find_all("p"))


def test_nothing_that_the_grading_run_printed_is_on_the_page():
    soup = page(test_cell("a", new_output("stream", name="stdout", text="secret 31337")), test_cell("b", error()))
    assert "31337" not in str(soup) and "secret" not in str(soup)


def test_headings_leave_no_level_out_whatever_the_notebook_has():
    soup = page(new_markdown_cell("# Title"), new_markdown_cell("##### Deep"), new_markdown_cell("<h1>Again</h1>\n\n### Three"))
    levels = [int(heading.name[1]) for heading in soup.find_all(re.compile("h[1-6]"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_picture_has_words_and_those_of_the_course_have_theirs():
    tiny = "iVBORw0KGgo="
    plot = new_output("display_data", data={"image/png": tiny, "text/plain": "<Figure>"})
    named = new_output("display_data", data={"text/html": f'<img src="data:image/png;base64,{tiny}">', "text/plain": "[picture: a line]"})
    soup = page(new_code_cell("plot()", outputs=[plot, named]))
    assert [picture["alt"] for picture in soup.find_all("img")] == ["A picture from your notebook, without a description", "picture: a line"]


def test_the_page_stands_alone():
    soup = page(*SECTIONS, test_cell("b", error()), new_markdown_cell("$x$ ![there](https://example.org/a.png)"))
    assert soup.html["lang"] == "en" and soup.find("meta", attrs={"name": "viewport"})
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; img-src data:;") and "script" not in policy
    assert not soup.find_all(["script", "link", "iframe"])
    assert not [element for element in soup.find_all(src=True) if not element["src"].startswith("data:")]
    assert 'url(' not in soup.style.text.replace('url("data:image/svg+xml,', "") and "@import" not in soup.style.text
    assert "prefers-color-scheme: dark" in soup.style.text and "@media print" in soup.style.text


def test_own_work_is_shown_as_it_was_handed_in():
    outputs = [new_output("stream", name="stdout", text="printed <b>\n"), new_output("error", ename="E", evalue="", traceback=["\x1b[31mred\x1b[0m"])]
    soup = page(answer_cell("f", "def f(x):\n    return x < 1"), new_code_cell("f(1)", outputs=outputs))
    assert "return x < 1" in soup.find(class_="own").text
    assert "printed <b>" in soup.find(class_="stdout").text and soup.find(class_="ansi-red-fg").text == "red"
