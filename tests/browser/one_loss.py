# A chapter with one exercise, for the instructor's tests: two graded cells, three points.

# %% [markdown]
# # One loss

# %%
import torch

from course import check


# %% nbgrader={"grade": false, "grade_id": "loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def loss(predictions, targets):
    """Mean squared error of two tensors of one shape. Returns a 0-d tensor."""
    ### BEGIN SOLUTION
    return ((predictions - targets) ** 2).mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "loss-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.example("loss", torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]), gives=torch.tensor(2.0))
### BEGIN HIDDEN TESTS
check.agrees("loss", reference=torch.nn.functional.mse_loss,
             inputs=lambda draw: (draw.normal(draw.rows), draw.normal(draw.rows)))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "loss-type", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert isinstance(loss(torch.ones(2), torch.zeros(2)), torch.Tensor)
