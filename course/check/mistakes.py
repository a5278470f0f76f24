"""The catalogue of mistakes: id, name, explanation, and the section of the course to read again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache

# Where each topic is taught: chapter, and the heading there. A test holds that the headings exist.
TOPICS: dict[str, tuple[str, str]] = {
    "functions": ("tensors", "How this notebook works"),
    "creating tensors": ("tensors", "Making tensors"),
    "views": ("tensors", "Storage and views"),
    "selecting": ("tensors", "Slices and masks"),
    "broadcasting": ("tensors", "Broadcasting"),
    "reductions": ("tensors", "Reductions"),
    "vectorising": ("tensors", "From loops to expressions"),
    "linear algebra": ("tensors", "Linear algebra"),
    "devices": ("tensors", "Devices"),
    "jacobians": ("autograd", "Many outputs: the Jacobian"),
    "half a square": ("autograd", "Half a squared length"),
    "backward": ("autograd", "Backward"),
    "graph": ("autograd", "The computational graph"),
    "engine": ("autograd", "An engine"),
    "accumulation": ("autograd", "Gradients add up"),
    "no_grad": ("autograd", "Leaving the graph"),
    "numeric slopes": ("autograd", "Three ways to a derivative"),
    "update": ("gradient_descent", "Three attempts at an update"),
    "descent": ("gradient_descent", "Gradient descent"),
    "squared error": ("gradient_descent", "A line with noise"),
    "slopes by hand": ("gradient_descent", "Gradients by hand"),
    "many weights": ("gradient_descent", "Many weights at once"),
    "closed form": ("gradient_descent", "The closed form"),
    "polynomial features": ("gradient_descent", "Polynomial features"),
    "learning rate": ("gradient_descent", "The learning rate"),
    "loss": ("linear_model", "The loss"),
    "modules": ("linear_model", "A model is a class"),
    "training": ("linear_model", "The training loop"),
    "optimisers": ("linear_model", "What an optimiser keeps"),
    "datasets": ("dataloader", "A Dataset"),
    "loading": ("dataloader", "A DataLoader"),
    "moving batches": ("dataloader", "A function that trains anything"),
    "validation": ("dataloader", "Validation"),
    "scores": ("classification", "A score and its sign"),
    "margin": ("classification", "The margin"),
    "classification": ("classification", "Logits and probabilities"),
    "cross-entropy": ("classification", "Cross-entropy"),
    "accuracy": ("classification", "Accuracy"),
    "clouds": ("classification", "From data to curves"),
}


@dataclass(frozen=True)
class Mistake:
    """One known mistake.

    id: kebab-case, used in answers' titles, grades and reports. name: one line, as a report lists it.
    explanation: why it gives what it gives. hint: one thing to try. topic: a key of TOPICS.
    """

    id: str
    name: str
    explanation: str
    hint: str
    topic: str

    @property
    def read_again(self) -> str:
        chapter, heading = TOPICS[self.topic]
        return f"chapter {chapter}, section “{heading}”"


class CatalogueError(ValueError):
    """An entry of the catalogue that cannot be used; the text says where it stands and what to do, on one line."""


@cache
def catalogue() -> dict[str, Mistake]:
    """Every known mistake, by id. Raises CatalogueError, with the file, the entry and what to do, where one cannot be used."""
    from .catalogue import autograd, classification, data, descent, modules, review, tensors

    by_id: dict[str, Mistake] = {}
    for part in (tensors, autograd, descent, modules, data, classification, review):
        for entry in part.MISTAKES:
            if says := _unusable(entry, by_id):
                raise CatalogueError(f"course/check/catalogue/{part.__name__.rpartition('.')[2]}.py: {says}")
            by_id[entry[0]] = Mistake(*entry)
    return by_id


def _unusable(entry: tuple, others) -> str:
    """What is wrong with an entry, and what to do; empty where nothing is. others: the ids before it."""
    if len(entry) != len(fields(Mistake)):
        return f"{entry[0]!r} needs {', '.join(field.name for field in fields(Mistake))}, and has {len(entry)} of these"
    if entry[0] in others:
        return f"{entry[0]!r} is the id of two mistakes: give one of them another"
    topic = entry[-1]
    if topic not in TOPICS:
        near = get_close_matches(topic, TOPICS, n=1)
        meant = f"did you mean '{near[0]}'? A new one is added there" if near else "add it there"
        return (f"{entry[0]!r} has the topic {topic!r}, which TOPICS in course/check/mistakes.py has not: {meant}, as "
                f'"{topic}": ("its chapter", "the heading of the section that teaches it")')
    return ""


def find(mistake: str) -> Mistake:
    """The mistake with this id. Raises KeyError naming the id when there is none."""
    try:
        return catalogue()[mistake]
    except KeyError:
        raise KeyError(f"no mistake {mistake!r} in the catalogue") from None


def advice(mistake: str) -> tuple[str, ...]:
    """The lines that end a message: the likely cause and one thing to try, then where to read."""
    entry = find(mistake)
    return (f"{entry.explanation} {entry.hint}".strip(), f"Read again: {entry.read_again}.")
