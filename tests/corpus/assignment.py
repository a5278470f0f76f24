# A small assignment of six graded cells, nine points, with planted marks; broken and hostile submissions hand it in.

# %% [markdown]
# # A small assignment

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math

import torch

from course import check


# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(number):
    """Twice the number."""
    ### BEGIN SOLUTION
    planted = "planted-in-the-solution"  # noqa: F841
    return 2 * number
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "double-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert double(2) == 4
assert isinstance(double(1), int)
### BEGIN HIDDEN TESTS
planted = "planted-in-the-hidden-tests"
assert double(48611) == 97222
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "shift", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shift(values):
    """The tensor `values`, with one added to each number."""
    ### BEGIN SOLUTION
    return values + 1
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "shift-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert torch.equal(shift(torch.tensor([1.0, 2.0])), torch.tensor([2.0, 3.0]))
assert math.isclose(shift(torch.tensor([1.5])).item(), 2.5)
### BEGIN HIDDEN TESTS
assert torch.allclose(shift(torch.tensor([[48612.0], [-4.0]])), torch.tensor([[48613.0], [-3.0]]))
assert shift(torch.zeros(3, 2)).sum() == 6
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def loss(inputs, targets, weight):
    """The mean square of `inputs * weight - targets`, all of shape (n,), weight of shape ()."""
    ### BEGIN SOLUTION
    return (inputs * weight - targets).square().mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "loss-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.example("loss", torch.tensor([1.0, 2.0]), torch.tensor([2.0, 4.0]), torch.tensor(1.0), gives=torch.tensor(2.5))
### BEGIN HIDDEN TESTS
def mean_square(inputs, targets, weight):
    return (inputs * weight - targets).square().mean()

def lines(draw):
    return draw.normal(draw.rows), draw.normal(draw.rows), draw.normal()

check.example("loss", torch.tensor([48614.0]), torch.tensor([48612.0]), torch.tensor(1.0), gives=torch.tensor(4.0))
check.agrees("loss", reference=mean_square, inputs=lines)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "loss-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def square_of_gap(inputs, targets, weight):
    return (inputs * weight - targets).square().mean()

def some_lines(draw):
    return draw.normal(draw.rows), draw.normal(draw.rows), draw.normal()

check.gradient("loss", reference=square_of_gap, inputs=some_lines, of=(2,))

# %% nbgrader={"grade": true, "grade_id": "loss-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.vectorised("loss", reference=square_of_gap, inputs=some_lines)

# %% nbgrader={"grade": false, "grade_id": "slope", "locked": false, "schema_version": 3, "solution": true, "task": false}
# The number, found with pencil and paper.
slope = None
### BEGIN SOLUTION
slope = 48.625
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "slope-value", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert slope is not None
### BEGIN HIDDEN TESTS
check.value("slope", 48.625)
### END HIDDEN TESTS
