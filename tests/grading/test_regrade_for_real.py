"""`course regrade` as an instructor runs it: sandbox, judge and gradebook, after a hidden test was mended."""

import pytest
import tiny_class
from regrade_class import by_hand, mend, scores

from course.cli import main
from course.grading.grade import grade
from course.grading.records import Records


@pytest.mark.usefixtures("warm_engine")
def test_a_mended_hidden_test_is_generated_judged_and_told_by_one_command(generated, capsys):
    for student in ("right", "half", "mistaken", "untouched"):
        tiny_class.submit(generated, student, tiny_class.ANSWERS[student])
    mend(generated, "assert double(21) == 42", "assert double(21) == 43")
    main(["--root", str(generated), "generate", "tiny", "--allow-failing"])
    grade(generated, "tiny", jobs=2)
    assert tiny_class.points_of(generated) == {"right": 4, "half": 3, "mistaken": 3, "untouched": 0}
    by_hand(generated, "mistaken", "double-values", 1)
    seed = Records(generated, "tiny").get("right").seed
    mend(generated, "assert double(21) == 43", "assert double(21) == 42")
    capsys.readouterr()
    assert main(["--root", str(generated), "regrade", "tiny", "--quiet", "--jobs", "2"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["generated  tiny: source/ had changed since it was entered into the gradebook",
                        "changed  double-values: test changed"]
    assert ["right", "4", "→", "6", "double-values", "0", "→", "2", "test", "changed"] in [line.split() for line in said]
    assert "points moved for 1: 1 up, 0 down; 3 as before" in said
    assert tiny_class.points_of(generated) == {"right": 6, "half": 3, "mistaken": 4, "untouched": 0}
    assert scores(generated, "mistaken")["double-values"] == (2, 1, True)
    assert {Records(generated, "tiny").get(student).seed for student in tiny_class.points_of(generated)} == {seed}
    assert not any(one.is_new for one in grade(generated, "tiny"))
