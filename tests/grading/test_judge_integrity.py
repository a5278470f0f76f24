"""What an observation passes on its way to the judge cannot be replaced unnoticed, and using it is nobody's forgery."""

import pytest
from judge_stand_in import Graded
from test_judge_attacks import CHECK, IMPORTS, SOLUTION

REPLACED = {
    "the encoder of observations": "import course.grading.judge.observing as o\nbefore = o._encode\no._encode = lambda seen: before(seen)",
    "the function that observes": "import course.grading.judge.observing as o\nbefore = o.observe\no.observe = lambda *a: before(*a)",
    "the text of its facts": "import json\nbefore = json.dumps\njson.dumps = lambda *a, **k: before(*a, **k)",
    "the encoder of JSON": "import json\nbefore = json.JSONEncoder.encode\njson.JSONEncoder.encode = lambda self, x: before(self, x)",
    "its frame": "from course.grading.shell.frames import Channel\nbefore = Channel.send_text\n"
                 "Channel.send_text = lambda self, *a, **k: before(self, *a, **k)",
    "its numbers": "import course.check.encoding as e\nbefore = e.save\ne.save = lambda *a, **k: before(*a, **k)",
    "the agent's answers": "from course.grading.judge.agent import Agent\nbefore = Agent.handle\nAgent.handle = lambda *a: before(*a)",
    "the question, as it arrives": "from course.grading.judge import arrivals\nbefore = arrivals.unpack\narrivals.unpack = lambda data: before(data)",
    "the code of what compares": "from course.grading.judge import integrity\n"
                                 "integrity.Watch._add.__code__ = (lambda self, owner, name, label: None).__code__",
}
USED = """
import json, pickle
from course.check import encoding
from course.grading.shell.frames import Channel
class Encoder(json.JSONEncoder):
    def default(self, value):
        return str(value)
def double(x):
    pickle.loads(pickle.dumps(json.dumps({"x": x}, cls=Encoder)))
    return 2 * x
"""


@pytest.mark.parametrize("what", REPLACED)
def test_what_is_replaced_on_the_way_to_the_judge_is_noticed(what):
    seen = Graded(IMPORTS, ("solution", SOLUTION), ("test", CHECK), answers=[f"{SOLUTION}\n{REPLACED[what]}"])
    assert seen.error().startswith("TamperedWith") and seen.suspicious


def test_using_them_is_no_forgery():
    seen = Graded(IMPORTS, ("solution", SOLUTION), ("test", CHECK), answers=[USED])
    assert seen.error() == "" and seen.suspicious == []
