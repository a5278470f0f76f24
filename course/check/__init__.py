"""What test cells say. `from course import check`, then `check.agrees("name", …)`; see docs/architecture.md."""

from .cells import agrees, any_device, example, gradient, refuses, vectorised
from .datasets import dataset
from .holding import holds
from .modules import module, module_forward, module_gradients, module_parameters
from .notebook import soften_stubs
from .plain_answers import choice, text, value
from .request import Draw, instance, together
from .storage import result_shares_storage, shares_storage
from .training import trains
from .training.evaluating import evaluates
from .verdict import CheckFailed, NotAttempted, Raised, Wrong

__all__ = [
    "CheckFailed",
    "Draw",
    "NotAttempted",
    "Raised",
    "Wrong",
    "agrees",
    "any_device",
    "choice",
    "dataset",
    "evaluates",
    "example",
    "gradient",
    "holds",
    "instance",
    "module",
    "module_forward",
    "module_gradients",
    "module_parameters",
    "refuses",
    "result_shares_storage",
    "shares_storage",
    "text",
    "together",
    "trains",
    "value",
    "vectorised",
]

soften_stubs()
