"""Whether a training function used what it was given, or something of the same kind from elsewhere."""

from __future__ import annotations

from course.check.training.named import Diagnosis, wrong
from course.check.training.observed import TrainingObserved

# What the numbers call by other names where the model, the optimiser and the loss come from outside.
_ANOTHER_MODEL = {"trained-copy-not-returned", "optimiser-holds-other-parameters", "model-rebuilt-after-optimiser"}


def not_used(observed: TrainingObserved) -> Diagnosis | None:
    """The first argument that training went past, where backward passes were made at all."""
    given = observed.given
    if not given or not observed.backwards:
        return None
    if given["model"] and given["from_notebook"]:
        return wrong("globals-for-arguments", "a model of the notebook was trained, not the one that was given")
    trained_on = {observed.iterations[b["iteration"]]["source"] for b in observed.batches if b["used"]}
    if given["sources"] and not trained_on & set(given["sources"]) and observed.batches:
        return wrong("argument-not-used", "it trained on another loader's batches than those of the one it was given")
    if trained_on and given["sources"] and given["sources"][0] not in trained_on:
        return wrong("evaluation-changes-model", "it trained on the second loader that it was given, and not on the first")
    unused = [name for name, calls in given["calls"].items() if not calls]
    if unused:
        return wrong("argument-not-used", f"it never called {unused[0]}, which it was given")
    if given["optimiser"] is False:
        return wrong("argument-not-used", "its steps were made by another optimiser than the one it was given")
    return None


def in_terms_of_arguments(found: Diagnosis, observed: TrainingObserved) -> Diagnosis:
    """A diagnosis of a function that was given its model, said of that model."""
    if observed.given.get("model") and found.mistake in _ANOTHER_MODEL:
        return wrong("argument-not-used", "another model was trained than the one it was given")
    return found
