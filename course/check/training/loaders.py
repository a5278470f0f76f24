"""Which rows each DataLoader handed out, in which batch of which iteration, recorded while a training function runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, contextmanager

import torch
from torch.utils.data import BatchSampler, DataLoader, Subset, TensorDataset

MOST_BATCHES = 20_000
BY_HAND = "by hand"


@contextmanager
def replaced(owner, name: str, value):
    """Set an attribute of a class or module, and put the old one back whatever happens."""
    before = owner.__dict__[name]
    setattr(owner, name, value)
    try:
        yield before
    finally:
        setattr(owner, name, before)


class LoaderRecord:
    """What was drawn. `iterations` and `batches` are lists of dicts of plain values, in order.

    An iteration: source (a number, alike for loaders over the same rows), length (batches it would give), rows (rows
    of the data set, None if it cannot tell), sampler (its type's name), restarted (True where the random state equals
    that of an earlier iteration of the source: it was seeded again).
    heard(kind, target) is told of each iteration started and each batch handed out.
    A batch: iteration, rows (row numbers in the underlying data set, None if unknown), size, used (by a backward pass).
    """

    def __init__(self, heard: Callable[[str, str], None]):
        self._heard = heard
        self.iterations: list[dict] = []
        self.batches: list[dict] = []
        self.fetching = 0
        self._sources: list = []
        self._states: list[set] = []
        self._queue: list | None = None

    @contextmanager
    def watching(self):
        """Watch every DataLoader of this process."""
        original_iter, original_batches = DataLoader.__iter__, BatchSampler.__iter__

        def sampler_iter(sampler):
            queue = self._queue
            indices = original_batches(sampler)
            return indices if queue is None else _copied_to(queue, indices)

        def loader_iter(loader):
            return self._iterate(loader, original_iter)

        with ExitStack() as stack:
            stack.enter_context(replaced(BatchSampler, "__iter__", sampler_iter))
            stack.enter_context(replaced(DataLoader, "__iter__", loader_iter))
            yield self

    def _iterate(self, loader, original_iter):
        number = len(self.iterations)
        self.iterations.append(self._describe(loader))
        self._heard("epoch", "loader")
        outer, self._queue = self._queue, []
        queue = self._queue
        try:
            iterator = original_iter(loader)
        finally:
            self._queue = outer
        return _Watched(self, iterator, number, queue, loader.dataset)

    def _describe(self, loader) -> dict:
        sampler = loader.sampler if loader.batch_size is not None else loader.batch_sampler or loader.sampler
        key, states = self._source(loader.dataset, sampler)
        generator = getattr(sampler, "generator", None)
        state = (torch.default_generator if generator is None else generator).get_state().numpy().tobytes()
        restarted = state in states
        states.add(state)
        return {
            "source": key,
            "length": _length(loader),
            "rows": _length(sampler if hasattr(sampler, "indices") else loader.dataset),
            "sampler": type(sampler).__name__,
            "restarted": restarted,
        }

    def _source(self, dataset, sampler):
        """A number for the rows a loader draws from: loaders made anew each epoch over the same rows share it."""
        key = _dataset_key(dataset), tuple(getattr(sampler, "indices", ()))
        for number, (known, _, states) in enumerate(self._sources):
            if known == key:
                return number, states
        self._sources.append((key, dataset, set()))
        return len(self._sources) - 1, self._sources[-1][2]

    def know(self, loader) -> int:
        """The number that iterations over this loader's rows will have as their source."""
        return self._source(loader.dataset, loader.sampler)[0]

    def note_by_hand(self, rows: list[int], of: int) -> None:
        """A batch cut out of the data by indexing. An iteration ends where all `of` rows have been drawn."""
        last = self.iterations[-1] if self.iterations else None
        current = len(self.iterations) - 1
        drawn = sum(batch["size"] for batch in self.batches[-of:] if batch["iteration"] == current)
        if last is None or last["sampler"] != BY_HAND or drawn + len(rows) > of:
            found = {"source": -1, "length": None, "rows": of, "sampler": BY_HAND, "restarted": False}
            self.iterations.append(found)
            self._heard("epoch", BY_HAND)
        self.note(len(self.iterations) - 1, rows, None)

    def note(self, iteration: int, rows: list[int] | None, batch) -> None:
        if len(self.batches) < MOST_BATCHES:
            size = len(rows) if rows is not None else _leading_size(batch)
            self.batches.append({"iteration": iteration, "rows": rows, "size": size, "used": False})
        self._heard("batch", "loader" if batch is not None else BY_HAND)

    def used_last(self) -> None:
        """A backward pass was made: the batch last drawn has been trained on."""
        if self.batches:
            self.batches[-1]["used"] = True


class _Watched:
    """Iterator over a loader that notes each batch as it is handed out."""

    def __init__(self, record, iterator, number, queue, dataset):
        self._record, self._iterator, self._number = record, iterator, number
        self._queue, self._dataset = queue, dataset

    def __iter__(self):
        return self

    def __len__(self):
        return len(self._iterator)

    def __getattr__(self, name):
        return getattr(self._iterator, name)

    def __next__(self):
        self._record.fetching += 1
        try:
            batch = next(self._iterator)
        finally:
            self._record.fetching -= 1
        rows = _underlying(self._dataset, self._queue.pop(0)) if self._queue else None
        self._record.note(self._number, rows, batch)
        return batch


def _copied_to(queue, indices):
    for rows in indices:
        queue.append(list(rows))
        yield rows


def _underlying(dataset, rows):
    """Row numbers in the data set below any Subset; None where they are not whole numbers."""
    while isinstance(dataset, Subset):
        rows, dataset = [dataset.indices[row] for row in rows], dataset.dataset
    try:
        return [int(row) for row in rows]
    except (TypeError, ValueError):
        return None


def _dataset_key(dataset):
    if isinstance(dataset, TensorDataset):
        return tuple((tensor.data_ptr(), tuple(tensor.shape)) for tensor in dataset.tensors)
    if isinstance(dataset, Subset):
        return _dataset_key(dataset.dataset), tuple(dataset.indices)
    return id(dataset)


def _length(sized) -> int | None:
    try:
        return len(sized)
    except TypeError:
        return None


def _leading_size(batch) -> int:
    """Rows in a batch: the first tensor's first dimension, 1 where there is none."""
    while isinstance(batch, (list, tuple, dict)) and batch:
        batch = next(iter(batch.values())) if isinstance(batch, dict) else batch[0]
    return len(batch) if isinstance(batch, torch.Tensor) and batch.ndim else 1
