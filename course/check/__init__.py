"""What test cells say. `from course import check`, then `check.agrees("name", …)`; see docs/architecture.md."""

from .cells import agrees, any_device, example, gradient, refuses, vectorised
from .notebook import soften_stubs
from .request import Draw, instance
from .training import trains
from .verdict import CheckFailed, NotAttempted, Raised, Wrong

__all__ = [
    "CheckFailed",
    "Draw",
    "NotAttempted",
    "Raised",
    "Wrong",
    "agrees",
    "any_device",
    "example",
    "gradient",
    "instance",
    "refuses",
    "trains",
    "vectorised",
]

soften_stubs()
