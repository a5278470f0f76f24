"""Claims about helpers of a check's own cell: messages name what the learner wrote, and no line of the check's."""

import suite

CHECK = """
def twice_of(x):
    return twice(x).real

check.example("twice_of", 3.0, gives=6.0)
"""
LIST_CHECK = 'check.example("pair", 3.0, gives=[3.0, 6.0])'


def verdict(source, check=CHECK):
    return suite.judge(suite.Answer("helpers", "twice", "as written", "wrong", None, source, check), "here")


def test_a_stub_behind_a_helper_is_named_by_its_own_name():
    found = verdict("def twice(x):\n    raise NotImplementedError()")
    assert found.outcome == "not attempted" and found.message[0].startswith("`twice` is not written yet")


def test_a_stub_that_an_answer_calls_is_named_by_its_own_name():
    source = "def half(x):\n    raise NotImplementedError()\n\ndef twice(x):\n    return 4 * half(x)"
    found = verdict(source, 'check.example("twice", 3.0, gives=6.0)')
    assert found.outcome == "not attempted" and found.message[0].startswith("`half` is not written yet")


def test_a_cell_that_was_not_run_is_missing_though_a_helper_asks_for_it():
    found = verdict("")
    assert found.outcome == "not attempted" and found.message[0].startswith("There is no `twice` yet")


def test_a_name_that_is_not_there_in_the_learners_own_code_is_their_error():
    found = verdict("def twice(x):\n    return 2 * y")
    assert found.outcome == "raised" and any("return 2 * y" in line for line in found.message)


def test_a_line_of_the_check_is_not_shown_as_the_learners():
    found = verdict("def twice(x):\n    2 * x")
    assert found.outcome == "raised" and "AttributeError" in found.message[0]
    assert not any("line" in line for line in found.message)


def test_a_line_of_a_function_that_the_helper_calls_is_not_shown_either():
    check = "def refuse(x):\n    raise ValueError(f'{x} came')\n" + CHECK.replace("twice(x).real", "refuse(twice(x))")
    found = verdict("def twice(x):\n    return 2 * x", check)
    assert "6.0 came" in found.message[0] and not any("line" in line for line in found.message)


def test_a_list_of_another_length_is_not_asked_for_its_shape():
    found = verdict("def pair(x):\n    return [x]", LIST_CHECK)
    assert "a list of 1 items, where 2 were due" in found.message[0] and "shape" not in found.text()


def test_a_right_answer_behind_a_helper_is_accepted():
    assert verdict("def twice(x):\n    return 2 * x") is None
