"""What the trace says where numbers alone cannot decide: why nothing changed, and what the optimiser was told."""

from __future__ import annotations

import torch

from course.check.training.observed import TrainingObserved

STEP_FIRST = ("step-before-backward", "the run begins with an update and ends with a backward pass")


def why_unchanged(observed: TrainingObserved) -> tuple[str, str]:
    """(id, evidence) for a run that returned the parameters it began with."""
    counts = observed.counts
    updates = counts["steps"] + counts["updates"]
    if any(seen["remade"] for seen in observed.backwards):
        return (
            "rewrapped-result",
            f"{counts['backwards']} backward passes ended at a loss made anew, no gradient came back",
        )
    if not counts["backwards"]:
        return "no-backward", f"0 backward passes and {updates} updates were made"
    if observed.returned and not observed.in_place and any(seen["moved"] for seen in observed.backwards):
        return "trained-copy-not-returned", "the trained tensors changed, the returned ones are others and did not"
    copies = sum(kind == "update" and target == "copy" for kind, target, _ in observed.events)
    if not updates:
        if copies:
            return "copy-updated", f"{copies} updates went to tensors cut from the parameters, 0 to the parameters"
        return "no-step", f"{counts['backwards']} backward passes and 0 updates of the parameters were made"
    return idle_optimiser(observed) or _idle_updates(observed, updates)


def idle_optimiser(observed: TrainingObserved) -> tuple[str, str] | None:
    """Steps of optimisers that hold nothing of what the losses were computed from."""
    stepped = [optimiser for optimiser in observed.optimisers if optimiser["steps"]]
    if not stepped or any(optimiser["holds"] for optimiser in stepped):
        return None
    steps = sum(optimiser["steps"] for optimiser in stepped)
    mistake = "optimiser-holds-other-parameters"
    if all(optimiser["modules"] and optimiser["of"] == len(observed.captured) for optimiser in stepped):
        mistake = "model-rebuilt-after-optimiser"
    return mistake, f"{steps} optimiser steps, and none of the tensors it holds is in the graph of the loss"


def _idle_updates(observed: TrainingObserved, updates: int) -> tuple[str, str]:
    """Updates ran on the right tensors, with gradients of zero or none."""
    order = sequence(observed)
    if step_comes_first(observed):
        return "step-before-backward", f"{updates} updates came before the backward pass of their step"
    if "BZS" in order:
        return (
            "zeroed-between-backward-and-step",
            f"in {order.count('BZS')} steps the gradient was zeroed before the update",
        )
    return "no-step", f"{updates} updates changed no parameter"


def sequence(observed: TrainingObserved) -> str:
    """The order of things, one letter each, repeats drawn together: Z zeroing, B backward, S step or update."""
    letters = {"zeroing": "Z", "backward": "B", "grad": "B", "step": "S", "update": "S"}
    found = ""
    for kind, target, _ in observed.events:
        letter = letters.get(kind, "")
        if kind == "zeroing" and target == "other" or kind == "update" and target != "parameter":
            continue
        if letter and not found.endswith(letter):
            found += letter
    return found


def step_comes_first(observed: TrainingObserved) -> bool:
    """Whether each round of the loop steps before its backward pass: it begins with a step and ends with a backward."""
    order = sequence(observed).replace("Z", "")
    return order.startswith("S") and order.endswith("B")


def optimiser_settings(observed: TrainingObserved) -> dict | None:
    """Type and settings of the one optimiser that made steps; None if there was none, or several."""
    stepped = [optimiser for optimiser in observed.optimisers if optimiser["steps"]]
    return stepped[0] if len(stepped) == 1 else None


def parameter_emptied(observed: TrainingObserved) -> tuple[str, str] | None:
    """A call of zero_() on a parameter after the first backward pass: meant for its gradient, surely, in a run gone wrong."""
    emptied = sum(kind == "emptied" for kind, _, _ in observed.events)
    return ("parameter-zeroed", f"a parameter itself was set to zero, {emptied} times") if emptied else None


def gradients_left_over(observed: TrainingObserved) -> int:
    """Backward passes that began, after an update, with gradients of all parameters still there."""
    return sum(seen["moved"] and seen["left_over"] >= seen["reached"] > 0 for seen in observed.backwards)


def updated_once_an_epoch(observed: TrainingObserved, case) -> tuple[str, str] | None:
    """One update for each epoch of several batches, though all batches were drawn and their losses differentiated."""
    due, epochs = len(case.right.losses), len(case.right.epochs)
    updates = observed.counts["steps"] + observed.counts["updates"]
    if case.task.batch_size is None or not epochs == updates < due:
        return None
    passes = f"and {observed.counts['backwards']} backward passes "
    return "one-update-an-epoch", f"{updates} updates {passes}were made, where {due} batches make {due} updates"


def misplaced_in_loop(observed: TrainingObserved, due: int) -> tuple[str, str] | None:
    """A line on the wrong side of the loop's edge: updates that all come after it, or a start that is set in every turn.

    due: updates. Several backward passes show that the loop went round.
    """
    passes, order = observed.counts["backwards"], sequence(observed)
    if passes < 2 or due < 2 or "S" not in order:
        return None
    if order.index("S") > order.rindex("B"):
        made = f"{passes} backward passes and {_times(order.count('S'), 'update')} were made, where {due} updates were due"
        return "step-outside-loop", made
    same = all(seen["same_leaves"] for seen in observed.backwards[1:]) and at_one_place(observed)
    if same and not observed.path[0].equal(_flat(observed.captured)):
        return "start-set-each-step", said_of_one_place(observed)
    return None


def at_one_place(observed: TrainingObserved) -> bool:
    """Whether there were several backward passes, and the parameters had the same values at each."""
    passes = observed.counts["backwards"]
    return passes > 1 and len(observed.path) == passes and all(map(observed.path[0].equal, observed.path))


def said_of_one_place(observed: TrainingObserved) -> str:
    return f"at each of {observed.counts['backwards']} backward passes the parameters were those of the first"


def _times(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _flat(tensors: list[torch.Tensor]) -> torch.Tensor:
    return torch.cat([tensor.reshape(-1).double() for tensor in tensors]) if tensors else torch.empty(0)
