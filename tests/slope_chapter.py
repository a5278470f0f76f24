# A chapter with two exercises in code and a derivation that a person grades, six points, for the tests of an assignment's journey.

# %% [markdown]
# # One weight
#
# A line through the origin has one weight $w$, and predicts $\hat y_i = w x_i$. Its loss is the mean of the squared residuals,
#
# $$L(w) = \frac1n \sum_{i=1}^{n} (w x_i - y_i)^2$$
#
# First you derive its slope on paper, then you write it down as code.

# %%
import torch

from course import check

# %% [markdown]
# ### Exercise 1.1 · the slope, by hand · 3 points · ●●○ · 10 min
#
# Derive $\frac{dL}{dw}$, and from it the weight with the smallest loss. Double-click the cell below to write in it.

# %% [markdown] nbgrader={"grade": true, "grade_id": "slope-by-hand", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# By the chain rule each term gives $2 (w x_i - y_i)\, x_i$, so
#
# $$\frac{dL}{dw} = \frac2n \sum_{i=1}^{n} x_i (w x_i - y_i)$$
#
# It is 0 where $w \sum_i x_i^2 = \sum_i x_i y_i$, so the best weight is $w^* = \sum_i x_i y_i \big/ \sum_i x_i^2$.
#
# ### BEGIN MARK SCHEME
# | points | for |
# | --- | --- |
# | 1 | the chain rule, with the inner derivative $x_i$ |
# | 1 | the factor $\frac2n$, and the sum over all rows |
# | 1 | slope set to zero, and solved for $w$ |
#
# Half a point less where $\sum_i x_i^2 = 0$ is divided by without a word.
# ### END MARK SCHEME
# ### END SOLUTION

# %% [markdown]
# ### Exercise 1.2 · the slope, in code · 2 points · ●○○ · 5 min
#
# Write `slope(weight, inputs, targets)`, the derivative that you have just found. No loop.

# %% nbgrader={"grade": false, "grade_id": "slope", "locked": false, "schema_version": 3, "solution": true, "task": false}
def slope(weight, inputs, targets):
    """Derivative of the loss with respect to the weight.

    weight: 0-d tensor. inputs, targets: (n,), floats. Returns a 0-d tensor.
    """
    ### BEGIN SOLUTION
    return 2 * (inputs * (weight * inputs - targets)).mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "slope-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.example("slope", torch.tensor(2.0), torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0]), gives=torch.tensor(3.0))
### BEGIN HIDDEN TESTS
def slope_by_autograd(weight, inputs, targets):
    leaf = weight.clone().requires_grad_()
    ((leaf * inputs - targets) ** 2).mean().backward()
    return leaf.grad


check.agrees("slope", reference=slope_by_autograd,
             inputs=lambda draw: (draw.normal(1)[0], draw.normal(draw.rows), draw.normal(draw.rows)))
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 1.3 · the best weight · 1 point · ●○○ · 5 min
#
# Write `best_weight(inputs, targets)`, which returns the weight with the smallest loss.

# %% nbgrader={"grade": false, "grade_id": "best-weight", "locked": false, "schema_version": 3, "solution": true, "task": false}
def best_weight(inputs, targets):
    """The weight with the smallest loss. inputs, targets: (n,), floats. Returns a 0-d tensor."""
    ### BEGIN SOLUTION
    return inputs @ targets / (inputs @ inputs)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "best-weight-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("best_weight", torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0]), gives=torch.tensor(1.4))
