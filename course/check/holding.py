"""The verb for results with no single right value, such as a random order: what must be true of any right one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from . import probers
from .comparison import Tolerance, compare
from .datasets.items import live
from .judge import Expected, judge_side_effects, judge_value, right, wrong
from .judge_values import like_in_all_but_values
from .references import observe_reference
from .request import DEFAULT_ROWS, Request, draw_arguments
from .verdict import settle


def holds(
    subject: str, *, rule: Callable, like: Callable, inputs: Callable, rows: Iterable[int] = DEFAULT_ROWS,
    mistaken: Mapping[str, Callable] | None = None, praise: str = "gives what it should",
) -> None:
    """Call `subject` twice on freshly drawn inputs and require `rule` of what came, where many results are right.

    inputs: as in `agrees`. like: a reference whose kinds, shapes and dtypes are due; its numbers do not matter.
    mistaken: wrong references by mistake id, compared in the same way, such as an epoch without its last batch.
    rule: a function of (arguments, result, again), again being the result of the second call, made from the random state
    that the first one left; containers come as tuples. It returns None where all is well, else (mistake id or None, what
    is wrong, a sentence about the call such as "drew row 3 twice").
    praise: what the line of a right answer says of it.
    """
    for count in rows:
        arguments, draw = draw_arguments(inputs, subject, count)
        request = Request(subject, arguments, seed=draw.seed, options={"repeat": True})
        observation = probers.observe(request)
        due = observe_reference(request, like).result
        wrongs = {mistake: observe_reference(request, one).result for mistake, one in (mistaken or {}).items()}
        seen = observation.result
        expected = Expected(
            like_in_all_but_values(due, seen), rows=count, tolerance=Tolerance(),
            mistaken={mistake: like_in_all_but_values(one, seen) for mistake, one in wrongs.items()
                      if compare(like_in_all_but_values(one, due), due) is not None})
        verdict = judge_value(observation, expected) or judge_side_effects(observation, expected)
        if verdict is None and (broken := rule(arguments, live(seen), live(observation.extras["again"]))):
            mistake, says = broken
            verdict = wrong("values", f"{observation.call} {says}.", mistake=mistake)
        if verdict:
            settle(verdict, observation.stdout)
    settle(right(f"{subject} {praise}."))
