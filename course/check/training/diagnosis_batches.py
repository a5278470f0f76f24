"""Which mistake was made in drawing the batches: order, seeds, replacement, missing rows, epochs, evaluation."""

from __future__ import annotations

from course.check.training.loaders import BY_HAND
from course.check.training.observed import TrainingObserved


def trained_epochs(observed: TrainingObserved) -> list[list[list[int]]] | None:
    """The row lists that were trained on, by iteration over a loader; None where they cannot be told."""
    epochs = [[batch["rows"] for batch in epoch] for _, epoch in _epochs(observed)]
    known = all(rows is not None for epoch in epochs for rows in epoch)
    return epochs if epochs and known else None


def _epochs(observed: TrainingObserved) -> list[tuple[int, list[dict]]]:
    """(number of the iteration, its batches that were trained on), in order."""
    batches, passes = observed.batches, observed.backwards
    drawn_first = bool(batches) and all(seen["batch"] == len(batches) - 1 for seen in passes)
    rounds = len(passes) // len(batches) if drawn_first else 1
    if drawn_first and (rounds < 1 or len(passes) != rounds * len(batches)):
        drawn_first, rounds = False, 1
    found: dict[int, list[dict]] = {}
    for batch in batches:
        if batch["used"] or drawn_first:
            found.setdefault(batch["iteration"], []).append(batch)
    return list(found.items()) * rounds


def evaluation_mistake(observed: TrainingObserved, rows: int | None = None) -> tuple[str, str] | None:
    """Training on rows of another loader than the first one trained on, on more than the `rows` of the data, or in eval mode."""
    sources = [observed.iterations[number]["source"] for number, _ in _epochs(observed)]
    passes = [seen["batch"] for seen in observed.backwards]
    kept = len(set(passes)) < len(passes)  # batches kept in a list: which one a pass belongs to cannot be told
    if not kept and any(source != sources[0] for source in sources):
        count = sum(source != sources[0] for source in sources)
        return "evaluation-changes-model", f"{count} iterations over a second loader made backward passes"
    last = max((row for epoch in trained_epochs(observed) or () for batch in epoch for row in batch), default=-1)
    if rows is not None and last >= rows:
        return "test-rows-in-training", f"row {last} was trained on, and the rows for training end with {rows - 1}"
    late = sum(seen["training"] is False for seen in observed.backwards)
    if late:
        return "eval-not-switched-back", f"{late} of {len(observed.backwards)} backward passes came in eval mode"
    return None


def sampling_mistake(
    observed: TrainingObserved, rows: int, batch_size: int, epochs: int, shuffled: bool | None
) -> tuple[str, str] | None:
    """The first thing wrong with how the batches were drawn, as (id, evidence), or None.

    rows: samples in the training set. shuffled: whether the order must change from epoch to epoch; None: either way.
    """
    numbered = _epochs(observed)
    if not numbered:
        return None
    seen, drawn = [observed.iterations[number] for number, _ in numbered], [epoch for _, epoch in numbered]
    due = -(-rows // batch_size)
    order = [[batch["rows"] for batch in epoch] for epoch in drawn]
    return (
        _single_batches(drawn, seen, due, epochs, batch_size)
        or _sizes(drawn, batch_size, rows)
        or _repeats(order)
        or _missing(drawn, rows, batch_size)
        or _number_of_epochs(len(drawn), epochs)
        or _order(order, seen, shuffled)
    )


def _single_batches(drawn, seen, due: int, epochs: int, batch_size: int):
    """One batch from each iteration, though each would have given several; a batch that is too large is another mistake."""
    if due == 1 or any(len(epoch) > 1 or epoch[0]["size"] > batch_size for epoch in drawn):
        return None
    if seen[0]["sampler"] == BY_HAND:
        return None
    count = len(drawn)
    if count > epochs or count == epochs * due:
        return "always-first-batch", f"{count} times a single batch was drawn, the first of its pass"
    return "one-batch-only", f"each of {count} epochs trained on one of {due} batches"


def _sizes(drawn, batch_size: int, rows: int):
    largest = max(batch["size"] for epoch in drawn for batch in epoch)
    if largest != min(batch_size, rows):
        return "wrong-batch-size", f"batches of {largest} rows where {min(batch_size, rows)} were due"
    return None


def _repeats(order):
    for number, epoch in enumerate(order):
        if any(rows is None for rows in epoch):
            return None
        flat = [row for rows in epoch for row in rows]
        if len(set(flat)) < len(flat):
            return (
                "sampling-with-replacement",
                f"epoch {number + 1} drew {len(flat)} rows, of which {len(set(flat))} are different",
            )
    return None


def _missing(drawn, rows: int, batch_size: int):
    sizes = [sum(batch["size"] for batch in epoch) for epoch in drawn]
    if all(size >= rows for size in sizes):
        return None
    rest = rows % batch_size
    if rest and all(size == rows - rest for size in sizes):
        return "last-batch-lost", f"each epoch trained on {sizes[0]} of {rows} rows; the last {rest} were left out"
    return "rows-never-used", f"an epoch trained on {min(sizes)} of {rows} rows"


def _number_of_epochs(count: int, epochs: int):
    if count == epochs:
        return None
    return "one-epoch-only" if count == 1 else "wrong-epochs", f"{count} epochs were run where {epochs} were due"


def _order(order, seen, shuffled: bool | None):
    if shuffled is None or len(order) < 2 or any(rows is None for epoch in order for rows in epoch):
        return None
    ascending = all([r for rows in epoch for r in rows] == sorted(r for rows in epoch for r in rows) for epoch in order)
    if not shuffled:
        return None if ascending else ("shuffled-against-the-task", "the rows came in another order than the data's")
    if any(a == b for a, b in zip(order, order[1:], strict=False)):
        if any(iteration["restarted"] for iteration in seen[1:]):
            return (
                "reseeded-each-epoch",
                "the random state at the start of two epochs was the same, and so is their order",
            )
        return "no-shuffle", "two epochs had the same order"
    return None
