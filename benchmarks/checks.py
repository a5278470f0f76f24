"""What a check costs: each kind against the plain assert it replaces, and the import of course.check beyond torch.

    python benchmarks/checks.py [--repeats 20]

CPU seconds of this process, best of the repeats; the device check waits for a worker, so its wall clock is shown too.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable

import torch
from torch import nn

from course import check, data

torch.set_num_threads(1)


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, inputs):
        return self.linear(inputs)


def loss(inputs, targets, model):
    return (model(inputs) - targets).square().mean()


def train(inputs, targets, learning_rate, steps):
    model = Line()
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(steps):
        optimiser.zero_grad()
        loss(inputs, targets, model).backward()
        optimiser.step()
    return model


def draw_inputs(draw):
    parameters = draw.normal(1, 1), draw.normal(1)
    model = check.instance("Line", parameters=parameters, like=nn.Linear(1, 1))
    return draw.normal(draw.rows, 1), draw.normal(draw.rows, 1), model


def assert_values() -> None:
    """The same three fresh sets of inputs, by hand."""
    for rows in (5, 12, 1):
        inputs, targets, model = torch.randn(rows, 1), torch.randn(rows, 1), Line()
        assert torch.allclose(loss(inputs, targets, model), nn.functional.mse_loss(model(inputs), targets))


def assert_gradient() -> None:
    for rows in (5, 12, 1):
        inputs, targets, model = torch.randn(rows, 1), torch.randn(rows, 1), Line()
        ours = torch.autograd.grad(loss(inputs, targets, model), model.parameters())
        due = torch.autograd.grad(nn.functional.mse_loss(model(inputs), targets), model.parameters())
        assert all(torch.allclose(a, b) for a, b in zip(ours, due, strict=True))


def assert_training() -> None:
    inputs, targets = data.tasks_and_questions()
    model = train(inputs, targets, 0.01, 7)
    assert loss(inputs, targets, model) < 1000


def cases() -> dict[str, tuple[Callable, Callable | None]]:
    """A check, and the plain assert that tests as much of it as an assert can; None where an assert cannot."""
    both = {"reference": loss, "inputs": draw_inputs}
    return {
        "values": (lambda: check.agrees("loss", **both), assert_values),
        "gradient": (lambda: check.gradient("loss", of=(2,), **both), assert_gradient),
        "vectorised": (lambda: check.vectorised("loss", **both), None),
        "any device": (lambda: check.any_device("loss", **both), None),
        "training": (
            lambda: check.trains("train", data=data.tasks_and_questions(), learning_rate=0.01, steps=7),
            assert_training,
        ),
    }


def measure(run: Callable, repeats: int) -> tuple[float, float, float]:
    """First call's wall clock, then the best CPU and wall clock of the repeats; milliseconds."""
    with contextlib.redirect_stdout(io.StringIO()):
        began = time.perf_counter()
        run()
        first = time.perf_counter() - began
        cpu, wall = [], []
        for _ in range(repeats):
            cpu_began, began = time.process_time(), time.perf_counter()
            run()
            cpu.append(time.process_time() - cpu_began)
            wall.append(time.perf_counter() - began)
    return tuple(1000 * seconds for seconds in (first, min(cpu), min(wall)))


def import_cost() -> float:
    """Milliseconds of CPU that importing course.check takes where torch is imported already; best of five."""
    program = (
        "import torch, time, json; began = time.process_time(); import course.check;"
        "print(json.dumps(time.process_time() - began))"
    )
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True) for _ in range(5)]
    return 1000 * min(json.loads(run.stdout) for run in runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=20, help="calls after the first (default: 20)")
    repeats = parser.parse_args().repeats
    print(f"{'check':<12}{'first, ms':>11}{'then CPU':>10}{'then wall':>11}{'assert CPU':>12}{'ratio':>8}")
    for name, (run, plain) in cases().items():
        first, cpu, wall = measure(run, repeats)
        line = f"{name:<12}{first:>11.1f}{cpu:>10.1f}{wall:>11.1f}"
        if plain is not None:
            plain_cpu = measure(plain, repeats)[1]
            line += f"{plain_cpu:>12.1f}{cpu / plain_cpu:>8.1f}"
        print(line)
    print(f"\nimport course.check, beyond torch: {import_cost():.0f} ms of CPU")


if __name__ == "__main__":
    main()
