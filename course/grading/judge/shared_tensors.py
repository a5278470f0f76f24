"""Tensors that judge and student's process have both, each its own, kept in step with every question and answer."""

from __future__ import annotations

import weakref

import torch

from .errors import JudgeError
from .telling import fingerprint


class SharedTensors:
    """The judge's half. Numbers that start with "j" were given here, with "s" there; a tensor is known while it lives."""

    def __init__(self, forget: list[str]):
        self.forget = forget  # numbers that the student's process need not keep any more
        self._tensors: dict[str, weakref.ref] = {}
        self._numbers: dict[int, str] = {}
        self._seen: dict[str, tuple] = {}
        self._given = 0
        self.used: set[str] = set()  # in the message being put together
        self.ours: set[str] = set()  # inside the judge's own modules and optimisers: changes are written back
        self.new: list[tuple] = []
        self.alive: list[torch.Tensor] = []

    def known(self, number: str) -> torch.Tensor | None:
        reference = self._tensors.get(number)
        return reference() if reference else None

    def share(self, number: str, tensor: torch.Tensor) -> None:
        place = id(tensor)

        def gone(_):
            self._drop(place, number)
            self.forget.append(number)

        self._numbers[place], self._tensors[number] = number, weakref.ref(tensor, gone)
        self._seen[number] = fingerprint(tensor)

    def _drop(self, place: int, number: str) -> None:
        if self._numbers.get(place) == number:
            del self._numbers[place]
        self._tensors.pop(number, None)
        self._seen.pop(number, None)

    def number_for(self, tensor: torch.Tensor, inside_ours: bool) -> str:
        """The number that a message mentions this tensor by; one that is new goes with it."""
        if torch._C._functorch.is_functorch_wrapped_tensor(tensor):
            raise JudgeError("torch.func cannot go through a student's function from outside")
        number = self._numbers.get(id(tensor))
        if number is None or self.known(number) is not tensor:
            self._given += 1
            number = f"j{self._given}"
            self.share(number, tensor)
            gradient = tensor.grad.clone() if tensor.is_leaf and tensor.grad is not None else None
            copied = tensor.detach().clone()
            copied = torch.nn.Parameter(copied, tensor.requires_grad) if isinstance(tensor, torch.nn.Parameter) \
                else copied.requires_grad_(tensor.requires_grad)  # fmt: skip
            self.new.append((number, copied, gradient))
            self.alive.append(tensor)
        self.used.add(number)
        if inside_ours:
            self.ours.add(number)
        return number

    def changed(self) -> list[tuple]:
        """(number, its numbers or None, its gradient or False where it is the same) for what changed here since."""
        new, found = {number for number, _, _ in self.new}, []
        for number, reference in list(self._tensors.items()):
            tensor = reference()
            if tensor is None or number in new:
                continue
            if number.startswith("j") and number not in self.used | self.ours and not tensor.requires_grad:
                continue
            now, before = fingerprint(tensor), self._seen[number]
            if now != before:
                self._seen[number] = now
                numbers = tensor.detach().clone() if now[0] != before[0] else None
                found.append((number, numbers, tensor.grad if now[1] != before[1] else False))
        return found

    def take(self, number: str, numbers: torch.Tensor | None, gradient, given: bool) -> None:
        """Bring a tensor into step with the student's. gradient: its new one, used where `given`."""
        tensor = self.known(number)
        if tensor is None:
            return
        with torch.no_grad():
            if numbers is not None and (numbers.shape != tensor.shape or numbers.dtype != tensor.dtype):
                tensor.data = numbers
            elif numbers is not None:
                tensor.data.copy_(numbers)
            if given and tensor.is_leaf:
                tensor.grad = gradient
        self._seen[number] = fingerprint(tensor)

    def is_input(self, number: str) -> bool:
        """Whether a tensor is a plain input of the test's, whose changes over there are not written back."""
        tensor = self.known(number)
        return tensor is not None and number.startswith("j") and number not in self.ours and not tensor.requires_grad

    def part_with(self, number: str) -> None:
        """The two are no longer the same: the student changed an input in place."""
        tensor = self.known(number)
        if tensor is not None:
            self._drop(id(tensor), number)
            self.forget.append(number)
