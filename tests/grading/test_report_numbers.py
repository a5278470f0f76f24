"""The report's numbers against what they come to on paper."""

import math
from dataclasses import replace

import pytest
from report_class import exercise, gathered, student

from course.grading.outcomes import NOT_ATTEMPTED
from course.grading.records import FAILED, FLAGGED
from course.grading.report import numbers
from course.grading.report.gathering import WAITING, Mark, StudentReport

# Ten students: the upper five have the point of the first exercise; points in the second are 9, 8, …, 0 without the 7th.
REST = (9, 8, 7, 6, 5, 4, 3, 2, 1, 0)


def ten(first, rest=REST, **more):
    exercises = [exercise("first", "1.1", 1.0), exercise("rest", "1.2", 9.0)]
    return gathered(*(student(f"s{n}", one, other) for n, (one, other) in enumerate(zip(first, rest, strict=True))),
                    exercises=exercises, **more)


def test_a_spread_is_what_it_is_on_paper():
    found = numbers.spread([2.0, 4.0, 4.0, 5.0, 10.0])
    assert (found.count, found.mean, found.median, found.least, found.most) == (5, 5.0, 4.0, 2.0, 10.0)
    assert found.deviation == pytest.approx(3.0)  # squares of the distances: 9 + 1 + 1 + 0 + 25 = 36, over 4
    assert found.quartiles == (4.0, 5.0)


def test_a_single_number_has_no_deviation_and_none_no_spread():
    found = numbers.spread([3.0])
    assert (found.mean, found.median, found.deviation, found.quartiles) == (3.0, 3.0, None, (3.0, 3.0))
    assert numbers.spread([]) is None


def test_discrimination_is_the_correlation_with_all_other_points_and_not_with_the_total():
    first, second = numbers.exercise_numbers(ten([1] * 5 + [0] * 5))
    # Means 7 and 2 of the two halves, half of the students in each, and a variance of 8.25: 5 · ½ / √8.25.
    assert first.discrimination == pytest.approx(2.5 / math.sqrt(8.25))
    assert second.discrimination == pytest.approx(2.5 / math.sqrt(8.25))
    assert (first.share, second.share) == (0.5, 0.5)
    assert (first.look, first.why_not) == ("", "")


def test_an_exercise_that_the_weaker_do_better_deserves_a_look():
    first, _ = numbers.exercise_numbers(ten([0] * 5 + [1] * 5))
    assert first.discrimination == pytest.approx(-2.5 / math.sqrt(8.25))
    assert "does worse here" in first.look


def test_an_exercise_that_has_nothing_to_do_with_the_rest_deserves_a_look():
    # The students with 9, 6, 3, 0 and 4.5 on average have the point, as those without it have.
    first, _ = numbers.exercise_numbers(ten([1, 0, 0, 1, 0, 0, 1, 0, 0, 1]))
    assert first.discrimination == pytest.approx(0.0, abs=1e-12)
    assert "next to nothing to do" in first.look


@pytest.mark.parametrize(("points", "said"), [(1, "everybody has all points"), (0, "nobody has a point"),
                                              (0.5, "nobody has all points")])
def test_an_exercise_in_which_all_are_alike_has_no_discrimination_and_deserves_a_look(points, said):
    first, second = numbers.exercise_numbers(ten([points] * 10))
    assert first.discrimination is None and first.why_not == "everybody has the same points here"
    assert first.look.startswith(said) and first.share == points
    assert second.why_not == "everybody has the same points elsewhere"


def test_nine_students_are_too_few_to_judge_an_exercise_by():
    few = ten([1] * 5 + [0] * 5)
    few = gathered(*few.students[:9], exercises=few.exercises)
    assert [(one.discrimination, one.why_not, one.look) for one in numbers.exercise_numbers(few)] == [
        (None, "fewer than 10 students", "")] * 2
    assert [one.share for one in numbers.exercise_numbers(few)] == [pytest.approx(5 / 9), pytest.approx(5 / 9)]


def test_an_only_exercise_has_nothing_to_correlate_with():
    [only] = numbers.exercise_numbers(gathered(*(student(f"s{n}", n % 2) for n in range(12))))
    assert (only.discrimination, only.why_not, only.share) == (None, "there is no other exercise", 0.5)


def test_an_exercise_without_points_has_neither_number():
    class_ = gathered(*(student(f"s{n}", 0, n) for n in range(12)), exercises=[exercise(points=0.0), exercise("b", "1.2", 11.0)])
    bonus, _ = numbers.exercise_numbers(class_)
    assert (bonus.share, bonus.discrimination, bonus.why_not, bonus.look) == (None, None, "it gives no points", "")


def test_points_that_wait_for_a_person_are_left_out_where_they_are_missing():
    exercises = [exercise("a", "1.1", 1.0), exercise("proof", "1.2", 2.0, by_hand=["proof-values"]), exercise("c", "1.3", 9.0)]
    marks = [[1, 2.0, 9], [1, 1.0, 8], [1, None, 7], [1, 0.0, 6], [1, 2.0, 5], [0, 2.0, 4], [0, 2.0, 3], [0, 2.0, 2],
             [0, 2.0, 1], [0, 2.0, 0], [1, 2.0, 9]]
    class_ = gathered(*(student(f"s{n}", *one) for n, one in enumerate(marks)), exercises=exercises)
    first, proof, third = numbers.exercise_numbers(class_)
    assert proof.count == 10 and proof.share == pytest.approx(17 / 20)
    assert proof.outcomes[WAITING] == 1 and first.outcomes[WAITING] == 0
    # The proof is nobody's rest while somebody's waits: with two exercises left, each is the other's rest.
    assert first.discrimination == pytest.approx(third.discrimination)
    assert first.count == third.count == 11


def test_the_head_counts_everybody_once():
    class_ = gathered(
        student("a", 1, 1), student("b", 0, 1, penalty=0.5), student("c", 1, 0, status=FLAGGED),
        student("e", 0, None, waits=1.0), StudentReport("f", FAILED), StudentReport("g", WAITING))
    found = numbers.head(class_)
    assert (found.submitted, found.graded, found.flagged, found.not_graded, found.waiting) == (6, 4, 1, 1, 1)
    assert (found.late, found.waits, found.unsettled) == (1, 1.0, 1)
    assert found.points.mean == pytest.approx((2 + 0.5 + 1 + 0) / 4)


def test_a_penalty_takes_nobody_below_nothing():
    assert student("a", 1, penalty=3.0).final == 0.0


def test_full_points_stand_alone_in_the_histogram():
    class_ = gathered(student("a", 3), student("b", 2), student("c", 2.5), student("d", 0), exercises=[exercise(points=3.0)])
    assert numbers.histogram(class_) == [(0, 1, 1), (1, 2, 0), (2, 3, 2), (3, 4, 1)]


def test_bins_grow_with_the_points_and_hold_everybody():
    class_ = gathered(*(student(f"s{n}", n) for n in range(101)), exercises=[exercise(points=100.0)])
    bins = numbers.histogram(class_)
    assert bins[0] == (0, 5, 5) and bins[-1] == (100, 105, 1) and sum(count for *_, count in bins) == 101


def test_points_above_the_maximum_have_a_place_too():
    assert numbers.histogram(gathered(student("a", 2.5), exercises=[exercise(points=1.0)])) == [(0, 1, 0), (1, 2, 0), (2, 3, 1)]


def test_a_histogram_of_nobody_is_empty():
    assert numbers.histogram(gathered(StudentReport("a", WAITING), exercises=[exercise()])) == []


@pytest.mark.parametrize(("hours", "period"), [
    (200, "more than a week before"), (168, "more than a week before"), (167.9, "3 to 7 days before"),
    (24, "1 to 3 days before"), (0.5, "in the last hour"), (0, "in the last hour"), (-0.1, "late, up to a day"),
    (-24, "late, up to a day"), (-24.1, "later than that")])
def test_each_submission_has_one_period(hours, period):
    found = dict(numbers.periods(gathered(student("a", 1, early=hours), student("b", 1))))
    assert found[period] == 1 and sum(found.values()) == 1


def test_seconds_are_summed_over_the_steps_that_follow_each_other():
    seconds = {"sanitise": 0.5, "execute": 2.0, "score": 0.5, "cpu": 9.0}
    found = numbers.step_seconds(gathered(student("a", 1, seconds=seconds), student("b", 1)))
    assert found["all"].mean == 3.0 and found["all"].count == 1 and found["cpu"].mean == 9.0
    assert student("b", 1).grading_seconds is None


def by_hand_class(*proof):
    """Students with these points in a proof of two; "blank" for one who handed in nothing to mark, None where it waits."""
    exercises = [exercise("a", "1.1", 1.0), exercise("proof", "1.2", 2.0, by_hand=["proof-values"])]
    class_ = [student(f"s{n}", n % 2, 0.0 if points == "blank" else points) for n, points in enumerate(proof)]
    return gathered(*(replace(one, marks=(one.marks[0], Mark(0.0, NOT_ATTEMPTED))) if points == "blank" else one
                      for one, points in zip(class_, proof, strict=True)), exercises=exercises)


def test_while_all_other_answers_wait_one_left_blank_makes_no_facility_of_nothing():
    _, proof = numbers.exercise_numbers(by_hand_class("blank", *[None] * 11))
    assert (proof.share, proof.count, proof.waiting, proof.look, proof.of_how_many) == (None, 0, 11, "", "")
    assert proof.why_not == "nobody's answer is marked yet"


def test_a_facility_of_some_says_of_how_many_and_one_of_everybody_does_not():
    _, some = numbers.exercise_numbers(by_hand_class("blank", 2.0, None, None))
    assert (some.share, some.of_how_many) == (0.5, " (2 of 4)")
    _, everybody = numbers.exercise_numbers(by_hand_class("blank", "blank"))
    assert (everybody.share, everybody.of_how_many) == (0.0, "")
