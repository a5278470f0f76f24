"""What is asked of every class that a learner writes, module or data set: that it is a class, of the right kind."""

from __future__ import annotations

from course.check.comparison import kind_of
from course.check.judge import judge_attempt, wrong
from course.check.observation import NOT_ATTEMPTED, ClassSeen, ModuleSeen, Observation
from course.check.verdict import Verdict


def judge_class(observation: Observation, base: str, not_derived: str) -> Verdict | None:
    """Whether the subject is a class that derives from `base`; None where it is, or where nothing is written yet.

    base: a name such as "Module". not_derived: the mistake's id where the class has another base.
    """
    subject = observation.extras.get("subject")
    if subject is None or observation.outcome == NOT_ATTEMPTED:
        return judge_attempt(observation)
    name = observation.subject
    if not isinstance(subject, ClassSeen):
        made = isinstance(subject, ModuleSeen) or "Dataset" in getattr(subject, "bases", ())
        says = f"`{name}` is {kind_of(subject)}, where a class was due."
        return wrong("type", says, mistake="object-for-class" if made else not_derived)
    if base not in subject.bases:
        bases = ", ".join(subject.bases) or "no other class"
        return wrong("type", f"`{name}` is a class that derives from {bases}, not from {base}.", mistake=not_derived)
    return None

