"""Which mistake a loss history shows, once the parameters are right."""

from __future__ import annotations

import numpy as np

from course.check.training.float64_descent import Run
from course.check.training.observed import NO_HISTORY, ONE_TENSOR, WITH_GRAPH, TrainingObserved

STEPS, EPOCHS, EPOCH_ENDS = "steps", "epochs", "epoch-ends"
TOLERANCE = 2e-4


def history_mistake(observed: TrainingObserved, run: Run, kind: str) -> tuple[str | None, str] | None:
    """(id or None, evidence) of what is wrong with the history returned, None if it is right.

    kind: "steps", one loss before each update; "epochs", one a pass, the mean over its samples as they were trained on;
    "epoch-ends", the loss over all rows after each pass.
    """
    if observed.history == NO_HISTORY:
        return "history-not-returned", "no loss history was returned"
    if observed.history == ONE_TENSOR:
        return "history-not-cloned", f"the {len(observed.losses)} entries are one tensor"
    got = np.array(observed.losses, dtype=float)
    forms = _forms(run, kind)
    matches = [name for name, form in forms if _same(got, form)]
    if "right" in matches:
        if observed.history == WITH_GRAPH:
            return "history-of-tensors", f"the {len(got)} entries are tensors that keep their graph"
        return None
    due = len(forms[0][1])
    shown = f"{len(got)} entries, {due} due" if len(got) != due else f"first entries {_few(got)}"
    if matches:
        return matches[0], f"the loss history has {shown}"
    return None, f"the loss history fits no known form: {shown}"


def _forms(run: Run, kind: str) -> list[tuple[str, np.ndarray]]:
    """Every form a history can have, right first."""
    losses, final = np.array(run.losses), [run.final_loss]
    if kind == STEPS:
        line = losses
        after = np.concatenate([losses[1:], final])
        summed = losses * run.sizes
        forms = []
    else:
        batches = np.split(losses, np.cumsum(run.epochs)[:-1])
        sizes = np.split(np.array(run.sizes, dtype=float), np.cumsum(run.epochs)[:-1])
        totals = np.array([(b * s).sum() for b, s in zip(batches, sizes, strict=True)])
        means = np.array([b.mean() for b in batches])
        rows = np.array([s.sum() for s in sizes])
        counts = np.array([len(b) for b in batches])
        line = np.array(run.ends) if kind == EPOCH_ENDS else totals / rows
        after = np.array(run.ends) if kind == EPOCHS else np.concatenate([line[1:], line[-1:]])
        summed = totals
        forms = [
            ("mean-of-batch-means", means),
            ("batches-taken-for-samples", totals / counts),
            ("samples-taken-for-batches", means * counts / rows),
            ("batch-size-for-rows", means * counts * max(run.sizes) / rows),
            ("last-batch-for-epoch", np.array([b[-1] for b in batches])),
            ("totals-never-reset", np.cumsum(totals) / np.cumsum(rows)),
        ]
    with np.errstate(all="ignore"):
        return [
            ("right", line),
            *forms,
            ("history-one-too-long", np.concatenate([line, final])),
            ("history-after-update", after),
            ("history-one-too-short", line[:-1]),
            ("history-one-too-short", line[1:]),
            ("final-loss-for-history", line[-1:]),
            ("final-loss-for-history", np.array(final)),
            ("sum-for-mean", summed),
            ("running-total-for-history", np.cumsum(line)),
            ("factor-half", line / 2),
            ("factor-two", line * 2),
            ("root-of-loss", np.sqrt(np.abs(line))),
        ]


def _same(got: np.ndarray, form: np.ndarray) -> bool:
    if got.shape != form.shape or not len(form):
        return False
    finite = np.isfinite(form) & (np.abs(form) < 1e30)
    if not np.isfinite(got[finite]).all():
        return False
    return bool((np.abs(got[finite] - form[finite]) <= TOLERANCE * np.abs(form[finite]) + 1e-7).all())


def _few(values: np.ndarray) -> str:
    return ", ".join(f"{value:.4g}" for value in values[:3])
