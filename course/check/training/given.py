"""What a training function was given, and whether it used it: the model, the optimiser, the loader, the loss function."""

from __future__ import annotations

import functools
import types
from collections.abc import Iterable

import torch
from torch.optim import Optimizer
from torch.utils.data import DataLoader

from course.check.training.functions import same_memory
from course.check.training.trace import TrainingTrace

_PLAIN_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType)


class Given:
    """The arguments of one run, with plain functions among them replaced by ones that count their calls.

    namespace: the learner's notebook; modules in it that are not arguments are known, too. trace: not entered yet.
    """

    def __init__(self, arguments: Iterable, namespace: dict, trace: TrainingTrace):
        self.calls: dict[str, int] = {}
        self.arguments = [self._counting(argument) for argument in arguments]
        modules = [a for a in self.arguments if isinstance(a, torch.nn.Module)]
        with_parameters = [module for module in modules if next(module.parameters(), None) is not None]
        self.model = with_parameters[0] if len(with_parameters) == 1 else None
        self.optimisers = [a for a in self.arguments if isinstance(a, Optimizer)]
        self.sources = [trace.loaders.know(a) for a in self.arguments if isinstance(a, DataLoader)]
        theirs = [m for m in namespace.values() if isinstance(m, torch.nn.Module) and m not in modules]
        self.notebooks = [p for module in theirs if "_parameters" in vars(module) for p in module.parameters()]
        self.trace = trace

    def facts(self) -> dict:
        """Plain data on what was used, for `TrainingObserved.given`.

        model: a model was given. from_notebook: what was trained are parameters of a module of the notebook.
        optimiser: whether the steps were the given optimiser's, None where there was none to use, or no step.
        sources: numbers of the given loaders in the trace's iterations. calls: by each plain function's name, how often
        it was called.
        """
        trained = self.trace.backward.first
        stepped = [known for known, facts in self.trace.optimisers.known if facts["steps"]]
        judged = bool(self.optimisers and stepped)
        return {
            "model": self.model is not None,
            "from_notebook": any(same_memory(leaf, p) for leaf in trained for p in self.notebooks),
            "optimiser": all(any(one is given for given in self.optimisers) for one in stepped) if judged else None,
            "sources": self.sources,
            "calls": self.calls,
        }

    def _counting(self, argument):
        if not isinstance(argument, _PLAIN_FUNCTIONS):
            return argument
        name = argument.__name__
        self.calls[name] = 0

        @functools.wraps(argument)
        def counted(*args, **kwargs):
            self.calls[name] += 1
            return argument(*args, **kwargs)

        return counted
