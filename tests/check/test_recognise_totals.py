"""The account of values, errors and gradients: all accepted, refused and named, the same in every place, telling nothing."""

import collections
import re

import pytest
import suite
import torch

from course.check import judge, mistakes
from course.check.seeing import see
from course.check.verdict import RAISED, WIDTH

ANSWERS = suite.read_answers()
RIGHT = [a for a in ANSWERS if a.kind == "right"]
WRONG = [a for a in ANSWERS if a.kind == "wrong"]
_NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.]*\w)")


@pytest.fixture(scope="module")
def child():
    process = suite.OtherProcess()
    yield process
    process.close()


def test_the_totals(capsys):
    named = {a: suite.named_here(a) for a in ANSWERS}
    accepted = [a for a in RIGHT if named[a] is None]
    refused = [a for a in WRONG if named[a] is not None]
    known = [a for a in WRONG if a.mistake != suite.UNNAMED]
    rightly = [a for a in known if named[a] == a.mistake]
    falsely = [a for a in WRONG if named[a] not in (None, suite.UNNAMED, a.mistake)]
    reached = {named[a] for a in rightly}
    with capsys.disabled():
        print(f"\nvalues, errors, gradients: {len(accepted)}/{len(RIGHT)} right accepted, {len(refused)}/{len(WRONG)} "
              f"wrong refused, {len(rightly)}/{len(known)} named, {len(falsely)} falsely; "
              f"{len(reached)} of {len(mistakes.catalogue())} mistakes reached")
    assert len(RIGHT) >= 60 and len(WRONG) >= 200 and len(known) >= 180 and len(reached) >= 100
    assert accepted == RIGHT and refused == WRONG and rightly == known and falsely == []


@pytest.mark.parametrize("way", ["bytes", "process"])
def test_every_verdict_is_the_same_elsewhere(way, child):
    apart = [a.name for a in ANSWERS if suite.judge(a, way, child) != suite.verdict_here(a)]
    assert apart == []


@pytest.mark.parametrize("seed", [1])
def test_other_seeds_accept_and_refuse_the_same_and_never_name_falsely(seed, monkeypatch):
    monkeypatch.setenv("COURSE_SEED", str(seed))
    verdicts = {a: suite.judge(a, "here") for a in ANSWERS}
    names = {a: v and (v.mistake or suite.UNNAMED) for a, v in verdicts.items()}
    assert [a.name for a in RIGHT if names[a] is not None] == []
    assert [a.name for a in WRONG if names[a] not in (suite.UNNAMED, a.mistake)] == []
    assert sum(names[a] == a.mistake for a in WRONG) >= len(WRONG) - 5  # data may hide which of two mistakes it was


@pytest.mark.parametrize("answer", WRONG, ids=lambda a: a.name)
def test_a_message_is_two_to_six_short_lines(answer):
    lines = suite.verdict_here(answer).text().split("\n")
    assert 2 <= len(lines) <= judge.MAX_LINES
    assert all(len(line) <= WIDTH for line in lines)
    assert not any("Traceback" in line or "site-packages" in line for line in lines)


def test_a_message_never_tells_a_hidden_number():
    told, searched = collections.defaultdict(list), 0
    for answer in WRONG:
        verdict, due = suite.judged_here(answer)
        if verdict.outcome == RAISED or "check.example" in answer.check:  # nothing was compared, or nothing is hidden
            continue
        searched += bool(due)
        own = _NUMBER.findall(answer.source) + _NUMBER.findall(answer.check)
        for token in set(_NUMBER.findall(verdict.text())) - set(own):
            value = float(token.replace("−", "-"))
            if _digits(token) >= 3 and any(_near(value, d) and not _near(value, came, 1e-5) for came, d in due):
                told[answer.name].append(token)
    assert dict(told) == {} and searched > 100


def test_the_search_for_hidden_numbers_finds_one():
    assert _NUMBER.findall("gave the value 3.5515, of shape (5, 1)") == ["3.5515", "5", "1"]
    assert list(suite.numbers_due(see((torch.tensor([1.25, 3.0]), 2.5)))) == [1.25, 3.0, 2.5]


def _near(value, seen, relative=1e-3):
    return any(abs(value - number) <= relative * abs(number) for number in suite.numbers_due(seen))


def _digits(token: str) -> int:
    return len(re.sub(r"e.*|\D", "", token).strip("0"))
