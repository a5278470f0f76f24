# ---
# title: "Chapter 6, linear classification: the text from which `course build` makes the notebooks. Edit this file, never the .ipynb."
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 6 · Linear classification
#
# Until now a model answered with a number, and the closer the number, the better. Now the answer is a *class*: spam
# or not, which of three flowers. A class is right or wrong, and there is no "closer". So a loss has to be made that
# is not what we want, but leads there. This chapter makes three of them, and shows the ways in which they break: in
# silence, at large numbers, or because somebody applied the same function twice.
#
# **You will be able to**
#
# 1. turn a score into a decision, and say what its sign and its size mean;
# 2. write the loss of a margin classifier, and say what `C` trades for what;
# 3. turn logits into probabilities and into a loss, in a form that survives a logit of 1,000;
# 4. write softmax and cross-entropy for any number of classes, and recognise a loss that cannot fall by where it
#    stops;
# 5. measure accuracy without the trap in its shapes, and train a classifier from its `Dataset` to its learning
#    curves.
#
# **You need** chapters 1 to 5: broadcasting, `dim` and `keepdim`, `backward()`, `nn.Linear`, SGD, `Dataset`, `DataLoader`,
# `SubsetRandomSampler`, and how to evaluate without training.
#
# **Time** about two hours and three quarters: 98 minutes for the exercises, the rest to read, predict and play. A good
# place for a pause is before the section *Cross-entropy*. The challenge at the end, for no points, takes 25 minutes
# more. 20 points.
#
# Each exercise has a cell for your code, marked `YOUR CODE HERE`, and below it one or more cells that check it. Run
# them as often as you like. When you hand the notebook in, the same ideas are checked again on fresh numbers.
# Cells further down that use what you have written fail until it is there; they say which exercise they need.

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, Dataset, SubsetRandomSampler, TensorDataset

from course import check, data
from course.check import families
from course.plots import boundaries, scores
from course.widgets.decision_boundary import decision_boundary

# %% [markdown]
# ## A score and its sign
#
# Forty points in the plane, in two clouds. Those around (−1, 1) carry the label 1, those around (1, −1) the label 0.

# %%
inputs, labels = data.two_clouds()
boundaries.clouds(inputs, labels)

# %% [markdown]
# Both clouds are tables of the usual kind, a row for each point, and the labels are a column of the dtype of the
# inputs.

# %%
inputs.shape, labels.shape, labels.dtype, labels[:3].flatten(), labels[-3:].flatten()

# %% [markdown]
# A *linear* classifier computes one number for each point, its **score**
#
# $$z = w^\top x + b$$
#
# and decides by the sign: label 1 where $z > 0$, label 0 otherwise. The threshold is 0. **Predict:** with $w = (-1,
# 1)$ and $b = 0$, which sign has the score of the point (−1, 1), and which points have a score of exactly 0?

# %%
weight = torch.tensor([-1.0, 1.0])
weight @ torch.tensor([-1.0, 1.0]), weight @ torch.tensor([2.0, 2.0])

# %% [markdown]
# The points with score 0 are the line $x_2 = x_1$. It is the **boundary** between the two decisions, and the weight
# stands on it at a right angle, pointing to where the score grows. All forty decisions are one expression:

# %%
decisions = inputs @ weight > 0
(decisions == (labels.flatten() == 1)).float().mean()

# %% [markdown]
# The sign decides. What does the *size* of a score mean? Take $w = (1.2, 1.6)$, whose length is 2, and $b = -2$.
# **Before you look at the picture, predict:** if all of $w$ and $b$ are multiplied by ten, what happens to the
# boundary, and what to the scores?

# %%
boundaries.score_geometry([1.2, 1.6], -2.0, [[2.0, 3.0], [-1.0, 0.5], [2.0, 0.5]])

# %% [markdown]
# The boundary stays where it is, and the scores are ten times as large. So a score by itself says little. Divided by
# the length of the weight, $\lVert w \rVert$, it becomes a distance: **how far the point lies from the boundary**,
# positive on the side of label 1 and negative on the other. The length is `torch.linalg.norm`, from chapter 1.

# %% [markdown] outcomes=[1]
# ### Exercise 6.1 · how far from the boundary? · 1 point · ●○○ · 6 min
#
# Write `signed_distances(points, weight, bias)`: for each point its distance from the boundary, positive where the
# score is. No loop.
#
# On paper: $w = (3, 4)$ has length 5. With $b = -5$ the point (3, 4) has the score 9 + 16 − 5 = 20 and the distance
# 4. With three features nothing changes: $w = (2, 1, 2)$ has length 3, and with $b = 1$ the point (3, −1, 1.5) has the
# score 9 and the distance 3.
#
# <details><summary><b>The numbers are 5 times, or a fifth of, what they should be</b></summary>
#
# The score is divided by the length of the weight, once: not left as it is, and not divided by $w^\top w$, which is
# the length squared.
# </details>
#
# <details><summary><b>All distances are positive</b></summary>
#
# A distance with a sign tells the side as well. Which step has lost it?
# </details>

# %% nbgrader={"grade": false, "grade_id": "signed-distances", "locked": false, "schema_version": 3, "solution": true, "task": false}
def signed_distances(points, weight, bias):
    """Distance of each point from the line (plane, …) where weight · x + bias is 0; positive where the score is.

    points: (n, d). weight: (d,). bias: a 0-d tensor. Returns (n,).
    """
    ### BEGIN SOLUTION
    return (points @ weight + bias) / torch.linalg.norm(weight)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "signed-distances-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
three_points = torch.tensor([[3., 4.], [0., 0.], [-1., 0.5]])
check.example("signed_distances", three_points, torch.tensor([3., 4.]), torch.tensor(-5.),
              gives=torch.tensor([4., -1., -1.2]), mistaken={
                  "only-bias-divided": torch.tensor([24., -1., -2.]),
                  "only-products-divided": torch.tensor([0., -5., -5.2]),
                  "score-for-distance": torch.tensor([20., -5., -6.]),
                  "divided-by-square-of-length": torch.tensor([0.8, -0.2, -0.24]),
                  "bias-left-out": torch.tensor([5., 0., -0.2]),
                  "distance-without-sign": torch.tensor([4., 1., 1.2])})
check.example("signed_distances", torch.tensor([[3., -1., 1.5], [0., 0., -2.]]), torch.tensor([2., 1., 2.]),
              torch.tensor(1.), gives=torch.tensor([3., -1.]), mistaken={
                  "only-two-features": torch.tensor([6., 1.]) / 5 ** 0.5})


def points_and_plane(draw):
    return draw.normal(draw.rows, draw.features, std=3), draw.normal(draw.features, mean=1.0), draw.normal(mean=2.0)


check.vectorised("signed_distances", inputs=points_and_plane)
### BEGIN HIDDEN TESTS
def distances(points, weight, bias):
    return (points @ weight + bias) / weight.square().sum().sqrt()


check.agrees("signed_distances", reference=distances, inputs=points_and_plane, mistaken={
    "only-bias-divided": lambda points, weight, bias: points @ weight + bias / weight.norm(),
    "only-products-divided": lambda points, weight, bias: points @ weight / weight.norm() + bias,
    "score-for-distance": lambda points, weight, bias: points @ weight + bias,
    "divided-by-square-of-length": lambda points, weight, bias: (points @ weight + bias) / (weight @ weight),
    "bias-left-out": lambda points, weight, bias: points @ weight / weight.norm(),
    "distance-without-sign": lambda points, weight, bias: distances(points, weight, bias).abs(),
    "only-two-features": lambda points, weight, bias: distances(points[:, :2], weight[:2], bias)})
check.vectorised("signed_distances", reference=distances, inputs=points_and_plane)
### END HIDDEN TESTS

# %% [markdown]
# ## Why not squares?
#
# We have a loss already, the mean of squares. Call the labels −1 and 1 and fit a line by least squares: what could go
# wrong? Here are eight points on a line, and the place where the fitted line crosses 0. (`torch.sign` gives −1, 0 or
# 1.)

# %%
x = torch.tensor([-2.5, -2.0, -1.5, -1.0, 1.0, 1.5, 2.0, 2.5]).view(-1, 1)
signs = torch.sign(x)
x.flatten(), signs.flatten()

# %%
def line_of_least_squares(x, targets):
    """Slope and intercept of the line of least squares, as in chapter 3. x, targets: (n, 1)."""
    columns = torch.cat([x, torch.ones_like(x)], dim=1)
    return torch.linalg.lstsq(columns, targets).solution.flatten()


slope, intercept = line_of_least_squares(x, signs)
-intercept / slope

# %% [markdown]
# The boundary is at 0, up to rounding, and all eight are right. Now three more points arrive, far to the right, with
# the label 1. They are the easiest points one could wish for. **Predict:** what happens to the boundary?

# %%
more_x = torch.cat([x, torch.tensor([[20.0], [22.0], [24.0]])])
more_signs = torch.sign(more_x)
more_slope, more_intercept = line_of_least_squares(more_x, more_signs)
-more_intercept / more_slope

# %%
scores.squares_on_a_line({
    "eight points": (x, signs, slope, intercept),
    "three easy points more": (more_x, more_signs, more_slope, more_intercept),
})

# %% [markdown]
# It has moved to 1.20, past the point at 1, which is now wrong. The three easy points did that: the old line gave
# them scores above 10, and to the squared error a score of 10 where 1 was due is a residual of 9. **Squared error
# punishes answers for being right with confidence.** What a row costs should depend on $t \cdot z$, its score with
# the sign of its label $t$ (−1 or 1): positive where the row is right. And it should not rise again when $t \cdot z$
# is large.

# %%
scores.penalties(["squared error", "squared hinge"])

# %% [markdown]
# The blue curve does what we want. It is $\max(0,\ 1 - t z)^2$, the *squared hinge*: nothing for rows that are right
# with $t z$ of 1 or more, and the square of what is missing for all others.
#
# ## The margin
#
# Why 1, when scores can be made as large as one likes by a longer weight? Because the length of the weight costs as
# well:
#
# $$L(w) = \tfrac12 \lVert w \rVert^2 + C \sum_{i=1}^{n} \max(0,\ 1 - t_i\, w^\top x_i)^2$$
#
# The points with scores −1 and 1 lie on two lines, at the distance $1 / \lVert w \rVert$ on both sides of the
# boundary. The strip between them is a street, $2 / \lVert w \rVert$ wide, and half of it is the **margin**. So the
# first term asks for a *wide street*, and the second for *no points on it* and none on the wrong side. `C`, a
# positive number that you choose, says how much the second counts. (There is no $b$ in this formula: the boundary
# goes through the origin, as suits our two clouds.)
#
# The labels here are $t = -1$ and $t = 1$, and ours are 0 and 1. **Predict** what these two lines give:

# %%
t = 2 * labels.flatten() - 1
t[:2], t[-2:], t.shape

# %% [markdown]
# In code, `clamp(min=0)` is the maximum with 0, from chapter 1:

# %%
torch.tensor([-3.0, 0.0, 0.4]).clamp(min=0)

# %% [markdown] outcomes=[2]
# ### Exercise 6.2 · the loss of a margin · 3 points · ●●○ · 14 min
#
# Write `margin_loss(weight, inputs, signs, C)`, the formula above as one expression on all rows. Note the sum, where
# most losses in this course have a mean, and the half.
#
# On paper: $w = (1, 2)$, so $\tfrac12 \lVert w \rVert^2 = 2.5$. Three rows:
#
# | $x$ | $t$ | $w^\top x$ | $t\, w^\top x$ | missing to 1 | squared |
# | --- | --- | --- | --- | --- | --- |
# | (2, 1) | 1 | 4 | 4 | nothing | 0 |
# | (1, 0) | −1 | 1 | −1 | 2 | 4 |
# | (−1, 0.25) | −1 | −0.5 | 0.5 | 0.5 | 0.25 |
#
# With $C = 4$ the loss is 2.5 + 4 · 4.25 = 19.5.
#
# And with three features: $w = (2, 1, 2)$, so $\tfrac12 \lVert w \rVert^2 = 4.5$. The row (1, 0, −0.75) with $t = 1$
# misses 0.5, and (0, 1, 0.5) with $t = -1$ misses 3. With $C = 2$ the loss is 4.5 + 2 · 9.25 = 23.
#
# <details><summary><b>The value is 55.5, and 19.5 was due</b></summary>
#
# A row with $t z = 4$ has nothing missing, and $1 - 4 = -3$ must not be squared into 9. Which of the two comes first,
# the maximum or the square?
# </details>
#
# <details><summary><b>I get <code>mat1 and mat2 shapes cannot be multiplied</code>, or <code>size mismatch</code></b></summary>
#
# The inputs are `(n, d)` and the weight `(d,)`. The rows come first: which order of the two gives one number a row?
# </details>
#
# <details><summary><b>I get <code>Boolean value of Tensor with more than one value is ambiguous</code>, or <code>max() received an invalid combination of arguments - got (int, Tensor)</code></b></summary>
#
# `max(0, …)` of Python compares two things, once, and `torch.max` wants two tensors. For the maximum with 0 of each
# number there is `clamp(min=0)`, in the cell above.
# </details>
#
# <details><summary><b>It is not vectorised: an intermediate tensor is too large</b></summary>
#
# Print the shapes of the scores and of the signs before you multiply them. `(n, 1)` times `(n,)` is `(n, n)`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "margin-loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def margin_loss(weight, inputs, signs, C):
    """Half the squared length of the weight, plus C times the sum of the squared hinges of all rows.

    weight: (d,). inputs: (n, d). signs: (n,), the labels as −1. and 1. C: a positive Python float.
    Returns a 0-d tensor through which gradients flow to the weight.
    """
    ### BEGIN SOLUTION
    missing = (1 - signs * (inputs @ weight)).clamp(min=0)
    return 0.5 * (weight ** 2).sum() + C * (missing ** 2).sum()
    ### END SOLUTION

# %% [markdown]
# The next cell holds helpers of the checks. Run it; you may skip reading it.

# %% nbgrader={"grade": false, "grade_id": "margin-check-helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
three_rows = (torch.tensor([1., 2.]), torch.tensor([[2., 1.], [1., 0.], [-1., 0.25]]), torch.tensor([1., -1., -1.]),
              4.0)
two_rows = (torch.tensor([2., 1., 2.]), torch.tensor([[1., 0., -0.75], [0., 1., 0.5]]), torch.tensor([1., -1.]), 2.0)
margin_mistakes = families.hinge(lambda weight, inputs, signs, C: (weight, inputs @ weight, signs, C))
margins_of_three = {mistake: wrong(*three_rows) for mistake, wrong in margin_mistakes.items()} | {
    "broadcast-n-by-n": torch.tensor(245.5), "length-not-squared": torch.tensor(18.118034),
    "square-of-sum": torch.tensor(27.5), "labels-for-scores": torch.tensor(11.5),
    "both-terms-weighed": torch.tensor(27.0)}


def rows_and_weight(draw):
    signs = 2.0 * draw.integers(0, 2, draw.rows) - 1
    return draw.normal(draw.features), draw.normal(draw.rows, draw.features), signs, 0.3

# %% nbgrader={"grade": true, "grade_id": "margin-loss-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("margin_loss", *three_rows, gives=torch.tensor(19.5), mistaken=margins_of_three)
check.example("margin_loss", *two_rows, gives=torch.tensor(23.0), mistaken={
    "hinge-weight-ignored": torch.tensor(41.5), "only-two-features": torch.tensor(10.5)})
### BEGIN HIDDEN TESTS
def margin_by_definition(weight, inputs, signs, C):
    return 0.5 * weight @ weight + C * F.relu(1 - signs * (inputs @ weight)).square().sum()


def with_hinges(total):
    def loss(weight, inputs, signs, C):
        return 0.5 * weight @ weight + C * total((1 - signs * (inputs @ weight)).clamp(min=0))
    return loss


check.agrees("margin_loss", reference=margin_by_definition, inputs=rows_and_weight, mistaken=margin_mistakes | {
    "square-of-sum": with_hinges(lambda hinges: hinges.sum() ** 2),
    "both-terms-weighed": lambda w, x, t, C: C * margin_by_definition(w, x, t, 1.0),
    "length-not-squared": lambda w, x, t, C: margin_by_definition(w, x, t, C) - 0.5 * (w @ w - w.norm()),
    "labels-for-scores": lambda w, x, t, C: margin_by_definition(w, x, torch.ones_like(t), C),
    "only-two-features": lambda w, x, t, C: margin_by_definition(w[:2], x[:, :2], t, C),
    "broadcast-n-by-n": lambda w, x, t, C: margin_by_definition(
        w, x.repeat_interleave(len(t), 0), t.repeat(len(t)), C)})
### END HIDDEN TESTS

# %% [markdown]
# Does a gradient reach the weight? For the three rows it is $w - 2C \sum (\text{missing}) \cdot t\, x$: (1, 2) − 8 ·
# [2 · (−1, 0) + 0.5 · (1, −0.25)], which is (13, 3). For the two rows it is (2, 1, 2) − 4 · [0.5 · (1, 0, −0.75) +
# 3 · (0, −1, −0.5)], which is (0, 13, 9.5).

# %% nbgrader={"grade": true, "grade_id": "margin-loss-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def slopes_on_paper(weight, inputs, signs, C):
    return weight @ torch.tensor([13.0, 3.0] if len(weight) == 2 else [0.0, 13.0, 9.5])


check.gradient("margin_loss", reference=slopes_on_paper, inputs=lambda draw: three_rows, rows=(3,))
check.gradient("margin_loss", reference=slopes_on_paper, inputs=lambda draw: two_rows, rows=(2,))
### BEGIN HIDDEN TESTS
def margin_by_mask(weight, inputs, signs, C):
    missing = 1 - signs * (inputs @ weight)
    return weight.square().sum() / 2 + C * (missing.square() * (missing > 0)).sum()


check.gradient("margin_loss", reference=margin_by_mask, inputs=rows_and_weight)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "margin-loss-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.vectorised("margin_loss", inputs=rows_and_weight, by=("rows", "features"))
### BEGIN HIDDEN TESTS
def margin_of_many(weight, inputs, signs, C):
    return weight.square().sum() / 2 + C * F.relu(1 - signs * (inputs @ weight)).square().sum()


check.vectorised("margin_loss", inputs=rows_and_weight, reference=margin_of_many)
### END HIDDEN TESTS

# %% [markdown]
# ### What C buys
#
# The loss has no closed form, but it has a gradient, and you know what to do with one. The cell needs your
# `margin_loss` of exercise 6.2.

# %%
def descend(C, learning_rate=0.1, steps=100):
    """The weight (2,) that the margin loss of the two clouds leads to from (0, 0)."""
    weight = torch.zeros(2, requires_grad=True)
    for _ in range(steps):
        margin_loss(weight, inputs, t, C).backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weight.detach()

# %% [markdown]
# One of the forty points lies close to the other cloud. **Predict:** for which `C` will the boundary turn to get it
# right, a small one or a large one? And what does that do to the street?

# %%
streets = {f"C = {C}": descend(C) for C in (0.01, 0.1, 1.0)}
boundaries.streets(inputs, labels, streets)

# %%
for name, weight in streets.items():
    right = (t * (inputs @ weight) > 0).sum()
    street = (t * (inputs @ weight) < 1).sum()
    print(f"{name}: {right} of 40 right, {street} cost something")

# %% [markdown]
# A small `C` gives a wide street with points all over it, and one on the wrong side: the width counts,
# the points hardly do. A large `C` turns the boundary until the last point is right, and pays with a street a quarter
# as wide as the first one. Neither is right as such. A narrow street that obeys one odd point may do worse on new
# ones, and only rows that were set aside can tell.
#
# ## Logits and probabilities
#
# "Label 1" is a thin answer. "Label 1, with a probability of 70 per cent" is a better one, and the score has it in
# it. We only need a function that maps every score to a number between 0 and 1, the **sigmoid**:
#
# $$f(x) = \frac{1}{1 + \exp(-z)}, \qquad z = w^\top x + b$$
#
# A model that says so is called *logistic regression*, and a score that is meant for a sigmoid is called a **logit**.
# **Predict** the probabilities that belong to the logits −2, 0 and 2, roughly:

# %%
torch.sigmoid(torch.tensor([-2.0, 0.0, 2.0]))

# %%
scores.sigmoid()

# %% [markdown]
# Probability ½ is logit **0**. Label 0 has what is left, $1 - f(x)$, which is the sigmoid of $-z$. So deciding for
# the likelier label is still the sign of the score. There are two ways to say it, `logits > 0` and
# `torch.sigmoid(logits) > 0.5`, and a silent mistake between them. **Predict:** on which of the five does `logits >
# 0.5` decide otherwise?

# %%
logits = torch.tensor([-1.0, -0.2, 0.3, 0.6, 2.0])
logits > 0, logits > 0.5, torch.sigmoid(logits) > 0.5

# %% [markdown]
# On 0.3, which is a probability of 57 per cent.
#
# ### The loss of a probability
#
# A good model gives the labels that came a high probability. For rows that have nothing to do with each other,
# probabilities multiply, so the labels of all rows together have the probability $\prod_i p_i$ with $p_i = f(x_i)$
# where the label $y_i$ is 1, and $1 - f(x_i)$ where it is 0. A product of a thousand such factors is too small for a
# float; its logarithm is a sum, and is not. With a minus, so that smaller is better, and divided by $n$:
#
# $$L = -\frac1n \sum_{i=1}^{n} \Big( y_i \log f(x_i) + (1 - y_i) \log(1 - f(x_i)) \Big)$$
#
# This is the **negative log likelihood**, and for two labels it has a second name, *binary cross-entropy*, BCE. In
# each row only one of the two terms counts: the other is multiplied by 0. **Predict** what a row with label 1 costs
# at the probabilities 0.99, 0.5 and 0.01:

# %%
-torch.log(torch.tensor([0.99, 0.5, 0.01]))

# %% [markdown]
# Next to nothing, 0.69, and 4.6. Being wrong with confidence costs most, and being right with confidence next to
# nothing.
#
# Now the formula, step by step, as it stands. Five rows, with logits from −1,000 to 1,000. **Predict** which of the
# five numbers in each line are not what they should be:

# %%
z = torch.tensor([-1000.0, -20.0, 0.0, 20.0, 1000.0])
f = 1 / (1 + torch.exp(-z))
f

# %%
torch.log(f), torch.log(1 - f)

# %% [markdown]
# The logarithm of the true probability at −1,000 is −1,000. We got −inf, because `exp(1000)` is larger than any float
# and came out as inf. On the other side it is worse: $1 - f$ at 20 is $2 \cdot 10^{-9}$, but `f` has been rounded to
# 1, and the log of the difference is −inf though the logit is nothing unusual. And the term that should not count
# does:

# %%
y = torch.tensor([0.0, 0.0, 1.0, 1.0, 1.0])
y * torch.log(f) + (1 - y) * torch.log(1 - f)

# %% [markdown]
# Four of the five answers are right and the fifth is undecided, and the loss is `nan`: 0 times −inf. One such row,
# and every parameter is `nan` after the next step.
#
# The way out is not to compute the probability at all. A row with label 1 costs $-\log f = \log(1 + \exp(-z))$, and
# one with label 0 costs $-\log(1 - f) = \log(1 + \exp(z))$. Both are one function, the *softplus*, $\log(1 +
# \exp(a))$. For a large $a$ it is $a$ itself, since the 1 no longer matters; so it can be computed without ever
# taking the exponential of a large number. PyTorch has it:

# %%
F.softplus(torch.tensor([-1000.0, -20.0, 0.0, 20.0, 1000.0]))

# %%
scores.penalties()

# %% [markdown]
# The third curve is new: softplus of $-t z$, the logistic loss. It never reaches 0, so that every row keeps pulling a
# little, and far on the wrong side it is a straight line.

# %% [markdown] outcomes=[3]
# ### Exercise 6.3 · binary cross-entropy that survives · 3 points · ●●○ · 15 min
#
# Write `bce_loss(logits, labels)`: the mean binary cross-entropy, from logits, finite for logits of 1,000 and −1,000
# with either label. Use `F.softplus`. (PyTorch has the whole loss, too, and the checks would take it; we come to it.
# Write it yourself first.)
#
# On paper: the logits 0 and $\ln 3 = 1.0986$ have the probabilities ½ and ¾. With labels 0 and 1 the rows cost $-\ln
# \tfrac12 = 0.6931$ and $-\ln \tfrac34 = 0.2877$. The mean is 0.4904.
#
# <details><summary><b>The result is <code>nan</code> or <code>inf</code> for large logits</b></summary>
#
# Somewhere a probability is computed, and then its logarithm. Look for what a row costs written with softplus, once
# for label 1 and once for label 0.
# </details>
#
# <details><summary><b>The value is 50, or about 9, and 375 was due</b></summary>
#
# 50: a logarithm of 0 was cut off at −100, as PyTorch's loss of probabilities does. About 9: a small number inside the logarithm,
# `log(p + 1e-8)`, keeps it finite and makes it wrong, and its gradient with it. A logit of 1,000 with label 0 costs
# 1,000.
# </details>
#
# <details><summary><b>I do not know how to choose between the two labels without a loop</b></summary>
#
# As the formula does: multiply one cost by `labels` and the other by `1 - labels`, and add.
# </details>

# %% nbgrader={"grade": false, "grade_id": "bce-loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bce_loss(logits, labels):
    """Mean binary cross-entropy, computed without probabilities.

    logits: (n, 1), any size. labels: (n, 1), 0. or 1., of the dtype of the logits. Returns a 0-d tensor.
    """
    ### BEGIN SOLUTION
    return (labels * F.softplus(-logits) + (1 - labels) * F.softplus(logits)).mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "bce-loss-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
bce_mistakes = families.binary_cross_entropy(lambda logits, labels: (logits, labels))
half_and_three_quarters = torch.tensor([[0.0], [math.log(3)]]), torch.tensor([[0.0], [1.0]])
check.example("bce_loss", *half_and_three_quarters, gives=torch.tensor(0.490415),
              mistaken={mistake: wrong(*half_and_three_quarters) for mistake, wrong in bce_mistakes.items()})
### BEGIN HIDDEN TESTS
def some_logits(draw):
    return draw.normal(draw.rows, 1, mean=0.7, std=2), draw.integers(0, 2, draw.rows, 1).float()


check.agrees("bce_loss", reference=F.binary_cross_entropy_with_logits, inputs=some_logits, mistaken=bce_mistakes)
### END HIDDEN TESTS

# %% [markdown]
# Four rows with enormous logits: the first two are right and cost nothing that a float could hold, the others are wrong
# and cost 1,000 and 500.

# %% nbgrader={"grade": true, "grade_id": "bce-loss-large", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
enormous = torch.tensor([[1000.0], [-1000.0], [1000.0], [-500.0]]), torch.tensor([[1.0], [0.0], [0.0], [1.0]])


def bce_with_epsilon(logits, labels):
    p = torch.sigmoid(logits)
    return -(labels * torch.log(p + 1e-8) + (1 - labels) * torch.log(1 - p + 1e-8)).mean()


def bce_through_probabilities(logits, labels):
    return F.binary_cross_entropy(torch.sigmoid(logits), labels)


large_mistakes = bce_mistakes | {"probabilities-clamped": bce_through_probabilities,
                                 "epsilon-in-logarithm": bce_with_epsilon}
check.example("bce_loss", *enormous, gives=torch.tensor(375.0),
              mistaken={mistake: wrong(*enormous) for mistake, wrong in large_mistakes.items()})
### BEGIN HIDDEN TESTS
def large_logits(draw):
    return draw.normal(draw.rows, 1, std=400), draw.integers(0, 2, draw.rows, 1).float()


check.agrees("bce_loss", reference=F.binary_cross_entropy_with_logits, inputs=large_logits, rtol=1e-4,
             mistaken=large_mistakes)
### END HIDDEN TESTS

# %% [markdown]
# The gradient with respect to a logit has a form worth knowing by heart: $(f - y) / n$, the probability minus the
# label. One row with the logit $\ln 3$, which is the probability ¾, and the label 1: $\tfrac34 - 1 = -\tfrac14$.

# %% nbgrader={"grade": true, "grade_id": "bce-loss-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def minus_a_quarter(logits, labels):
    return -0.25 * logits.sum()


def near_logits(draw):
    return draw.uniform(-6, 6, draw.rows, 1), (draw.uniform(0, 1, draw.rows, 1) > 0.4).float()


one_row = torch.tensor([[math.log(3)]]), torch.tensor([[1.0]])
check.gradient("bce_loss", reference=minus_a_quarter, inputs=lambda draw: one_row, rows=(1,))
check.vectorised("bce_loss", inputs=near_logits)
### BEGIN HIDDEN TESTS
check.gradient("bce_loss", reference=F.binary_cross_entropy_with_logits, inputs=near_logits)
check.gradient("bce_loss", reference=F.binary_cross_entropy_with_logits,
               inputs=lambda draw: (draw.normal(draw.rows, 1, std=300), draw.integers(0, 2, draw.rows, 1).float()))
check.vectorised("bce_loss", reference=F.binary_cross_entropy_with_logits, inputs=near_logits)
### END HIDDEN TESTS

# %% [markdown]
# ### PyTorch's two
#
# PyTorch has this loss twice. `F.binary_cross_entropy` takes probabilities, `F.binary_cross_entropy_with_logits`
# takes logits. The prediction comes first, the labels second, both of one shape and one floating dtype.

# %%
logits = torch.tensor([[2.5], [-1.2], [0.4]])
labels_of_three = torch.tensor([[1.0], [0.0], [1.0]])
probabilities = torch.sigmoid(logits)
F.binary_cross_entropy(probabilities, labels_of_three), F.binary_cross_entropy_with_logits(logits, labels_of_three)

# %% [markdown]
# The same number. Why have two? Take one row with label 0, a logit that runs from 0 to 120, and ask for the gradient,
# which should be the probability: nearly 1 for most of the way. `reduction="sum"` adds up the rows where the default,
# `"mean"`, also divides. **Predict** where the two differ.

# %%
def gradients_of(loss_of_row):
    """Gradients (121,) of the losses of 121 rows with label 0 with respect to their logits 0, 1, …, 120."""
    logits = torch.arange(121.0, requires_grad=True)
    loss_of_row(logits, torch.zeros(121)).backward()
    return logits.grad


through = gradients_of(lambda z, y: F.binary_cross_entropy(torch.sigmoid(z), y, reduction="sum"))
direct = gradients_of(lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="sum"))
scores.gradients_far_out(torch.arange(121.0), through, direct)

# %% [markdown]
# From a logit of 17 on, a float32 sigmoid is exactly 1. Its slope is 0, and the gradient that comes back through it
# is 0: the row is as wrong as can be and teaches nothing. **Give the loss logits.** Compute probabilities when
# somebody wants to read them.
#
# Five wrong calls of the two. **Predict**, before you run the cell, which of them raise an error, and which give a
# number without a word:

# %%
def attempt(name, loss_fn, prediction, target):
    """Print what a loss gives, or the kind of error that it raises."""
    try:
        print(f"{name}: {loss_fn(prediction, target).item():.3f}")
    except (RuntimeError, ValueError, IndexError) as error:
        print(f"{name}: {type(error).__name__}: {str(error)[:70]}")

# %%
with_logits = F.binary_cross_entropy_with_logits
attempt("right", with_logits, logits, labels_of_three)
attempt("labels (n,)", with_logits, logits, labels_of_three.flatten())
attempt("whole-number labels", with_logits, logits, labels_of_three.long())
attempt("logits for probabilities", F.binary_cross_entropy, logits, labels_of_three)
attempt("arguments exchanged", F.binary_cross_entropy, labels_of_three, probabilities)
attempt("probabilities for logits", with_logits, probabilities, labels_of_three)

# %% [markdown]
# Three speak up. The last two give a number: with the arguments exchanged an absurd one, 23.6, and with a sigmoid too
# many one that looks perfectly healthy. We come back to it.
#
# ### Move the boundary
#
# Below, either loss trains on two clouds, both with $\tfrac12 \lVert w \rVert^2 + C \sum_i$ loss of row $i$. Solid is
# the boundary, dashed are the scores −1 and 1. For the logistic loss the shading is the probability.
#
# 1. Press play with the hinge. Then set `C` to 0.01 and to 10, all with a learning rate of 0.1. What does the street
#    do?
# 2. **Predict**, then try: what happens to the probabilities of the logistic loss if `sigma` grows until the clouds
#    overlap?
# 3. Take the hinge again. Find the largest learning rate at which the loss comes down and stays down, with `C` at 0.1
#    and then with `C` at 10. Why are they not the same?

# %%
decision_boundary()

# %% [markdown]
# A small `C` widens the street, for both losses. With overlapping clouds the probabilities turn pale:
# the logistic model says how unsure it is, and the weight that says so is a short one. And as the loss is a *sum*,
# multiplied by `C`, its curvature grows with `C` and with the number of rows that cost something, and the learning
# rate must shrink as it grows: with `C` at 0.1 a rate of 0.3 works, and with `C` at 10 it throws the loss out of the
# picture, and 0.1 is the largest that works. That is only a third, though `C` is a hundred times as large: in a
# narrow street there are few rows left that cost anything. Means do not grow with the rows; that is one reason why
# most losses are means.
#
# ## Cross-entropy
#
# Three classes need three scores, one for each, computed by an `nn.Linear(2, 3)`. To make probabilities of them, take
# exponentials, so that all are positive, and divide by their sum, so that they add up to 1:
#
# $$\text{softmax}(z)_k = \frac{\exp(z_k)}{\sum_{m=1}^{K} \exp(z_m)}$$
#
# **Predict** for the logits 2, 1 and −1: which class gets more than half?

# %%
scores.softmax_steps([2.0, 1.0, -1.0])

# %% [markdown]
# Adding the same number to all logits of a row changes nothing: the factor $\exp(\text{number})$ cancels. Here is the
# formula as it reads, for one row, and for the same row plus 1,000. **Predict** the second line:

# %%
row = torch.tensor([2.0, 1.0, -1.0])
print(torch.exp(row) / torch.exp(row).sum())
print(torch.exp(row + 1000) / torch.exp(row + 1000).sum())

# %% [markdown]
# inf divided by inf is `nan`. But if any number may be added, then a helpful one may be, too. Which one makes sure
# that no exponent is above 0? A table of logits has a row for each sample. Remember from chapter 1 that a row's
# largest value is `max(dim=1, keepdim=True).values`.

# %% [markdown] outcomes=[4]
# ### Exercise 6.4 · softmax · 2 points · ●●○ · 8 min
#
# Write `softmax(logits)` for a table of logits, one sample a row: probabilities of the same shape, each *row* adding
# up to 1, for logits of any size. Use `exp`, `max` and `sum`, all rows at once. (The checks would take
# PyTorch's own softmax, too; write it yourself first.)
#
# On paper: the logits $(0, \ln 3)$ give (¼, ¾).
#
# <details><summary><b>The columns add up to 1, or the whole table does</b></summary>
#
# Over which dimension is the sum? `dim` names the one that disappears, and classes lie along dimension 1.
# </details>
#
# <details><summary><b>I get <code>The size of tensor a (3) must match the size of tensor b (2)</code></b></summary>
#
# One number a row has shape `(n,)`, and lines up with the columns. It must stay a column: `keepdim=True`.
# </details>
#
# <details><summary><b>I get <code>unsupported operand type(s) for -: 'Tensor' and 'torch.return_types.max'</code></b></summary>
#
# `max` with a `dim` gives values *and* indices. You want `.values`.
# </details>
#
# <details><summary><b>The result is <code>nan</code>, or a whole row is</b></summary>
#
# Each row needs its own largest logit subtracted, before the exponential. One number for the whole table is not
# enough: what is left of a row that lies a thousand below it?
# </details>

# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(logits):
    """Probabilities from logits, row by row, for logits of any size.

    logits: (n, K). Returns (n, K): positive numbers, each row with the sum 1.
    """
    ### BEGIN SOLUTION
    powers = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
    return powers / powers.sum(dim=1, keepdim=True)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "softmax-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
two_by_three = torch.tensor([[0.0, math.log(3), 0.0], [math.log(2), 0.0, math.log(5)]])
softmax_mistakes = families.softmax()
check.example("softmax", two_by_three, gives=torch.tensor([[0.2, 0.6, 0.2], [0.25, 0.125, 0.625]]),
              mistaken={mistake: wrong(two_by_three) for mistake, wrong in softmax_mistakes.items()})
check.vectorised("softmax", inputs=lambda draw: draw.normal(draw.rows, 4))
### BEGIN HIDDEN TESTS
check.agrees("softmax", reference=lambda logits: torch.softmax(logits, 1), mistaken=softmax_mistakes,
             inputs=lambda draw: draw.normal(draw.rows, 4, std=2))
check.vectorised("softmax", reference=lambda logits: torch.softmax(logits, 1), by=("rows", "features"),
                 inputs=lambda draw: draw.normal(draw.rows, draw.features, std=2))
### END HIDDEN TESTS

# %% [markdown]
# And with logits far out, in two rows that are far from each other:

# %% nbgrader={"grade": true, "grade_id": "softmax-large", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
far_out = torch.tensor([[1000.0, 1000.0 + math.log(3), -1000.0], [-1000.0, -2000.0, -1000.0 + math.log(4)]])
check.example("softmax", far_out, gives=torch.tensor([[0.25, 0.75, 0.0], [0.2, 0.0, 0.8]]), rtol=1e-3, mistaken={
    "row-maximum-not-subtracted": torch.tensor([[math.nan, math.nan, 0.0], [math.nan, math.nan, math.nan]]),
    "one-maximum-for-all-rows": torch.tensor([[0.25, 0.75, 0.0], [math.nan, math.nan, math.nan]])})
### BEGIN HIDDEN TESTS
def shares_of(z):
    return z.exp() / z.exp().sum(1, keepdim=True)


check.agrees("softmax", reference=lambda logits: torch.softmax(logits, 1),
             inputs=lambda draw: draw.normal(draw.rows, 5) + draw.uniform(-2000, 2000, draw.rows, 1),
             rtol=1e-3, atol=1e-4,  # float32 keeps four decimals of a logit of 2,000
             mistaken={"row-maximum-not-subtracted": shares_of, "one-maximum-for-all-rows": lambda z: shares_of(z - z.max())})
### END HIDDEN TESTS

# %% [markdown]
# With two classes it is an old friend. **Predict** what is special about these two numbers:

# %%
torch.softmax(torch.tensor([0.4, 1.9]), dim=0)[1], torch.sigmoid(torch.tensor(1.9 - 0.4))

# %% [markdown]
# Softmax over two logits is the sigmoid of their difference.
#
# The loss is the negative log likelihood again: minus the logarithm of the probability of the class that came, $y_i$
# of row $i$,
#
# $$L = -\sum_{i=1}^{n} \log f_{y_i}(x_i)$$
#
# and divided by $n$ it is what PyTorch calls **cross-entropy**. Here labels are *whole numbers*, 0 … K − 1, of shape
# `(n,)`: they say which column to look at. Two lists of indices, one for rows and one for columns, pick one number a
# row:

# %%
table = torch.tensor([[10, 11, 12], [20, 21, 22], [30, 31, 32], [40, 41, 42]])
came = torch.tensor([2, 0, 0, 1])
table[torch.arange(4), came]

# %% [markdown]
# And no probability need be computed here either. The logarithm of a softmax is $z_k - \log \sum_m \exp(z_m)$, and
# the second part is a function of its own that is safe at any size, a softened maximum. **Predict** both:

# %%
torch.logsumexp(torch.tensor([[2.0, 1.0, -1.0], [1000.0, 999.0, -1000.0]]), dim=1)

# %% [markdown] outcomes=[4]
# ### Exercise 6.5 · cross-entropy · 3 points · ●●○ · 12 min
#
# Write `cross_entropy(logits, labels)`: the **mean** over the rows of minus the logarithm of the probability of the
# row's own class. It must be finite for logits of any size, so use `torch.logsumexp`. PyTorch's own comes right
# after, and would pass, too; write it yourself first.
#
# On paper: logits $(0, \ln 3)$ with label 1 cost $\ln(1 + 3) - \ln 3 = 0.2877$, and with label 0 they cost $\ln 4 - 0
# = 1.3863$. The mean of the two rows is 0.8370.
#
# <details><summary><b>I get <code>tensors used as indices must be long, int, byte or bool tensors</code></b></summary>
#
# An index is a whole number. Are your indices the labels, or something computed from the logits?
# </details>
#
# <details><summary><b>The value is 0.9085, and 0.6324 was due, or the result is a table</b></summary>
#
# `logits[:, labels]` takes *whole columns*, n of them. To take one number a row, say the row as well, as the cell
# above does.
# </details>
#
# <details><summary><b>The result is negative, or falls when it should rise</b></summary>
#
# The logarithm of a probability is negative. The loss is minus that: `logsumexp` minus the logit, in this order.
# </details>

# %% nbgrader={"grade": false, "grade_id": "cross-entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(logits, labels):
    """Mean negative log probability of each row's own class.

    logits: (n, K), any size. labels: (n,) int64, from 0 to K − 1. Returns a 0-d tensor.
    """
    ### BEGIN SOLUTION
    rows = torch.arange(len(labels), device=labels.device)
    return (torch.logsumexp(logits, dim=1) - logits[rows, labels]).mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "cross-entropy-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
entropy_mistakes = families.cross_entropy(lambda logits, labels: (logits, labels))
small_table = torch.tensor([[0.0, math.log(3)], [0.0, math.log(3)], [math.log(4), 0.0]]), torch.tensor([1, 0, 0])
check.example("cross_entropy", *small_table, gives=torch.tensor(0.632373),
              mistaken={mistake: wrong(*small_table) for mistake, wrong in entropy_mistakes.items()})
### BEGIN HIDDEN TESTS
def some_drawn_table(draw):
    return draw.normal(draw.rows, draw.features + 1, std=2), draw.integers(0, draw.features + 1, draw.rows)


check.agrees("cross_entropy", reference=F.cross_entropy, inputs=some_drawn_table, mistaken=entropy_mistakes)
### END HIDDEN TESTS

# %% [markdown]
# The gradient is again *probability minus label*: each row's softmax, with 1 taken off at its own class, divided by
# $n$. And logits of 1,000 must not matter.

# %% nbgrader={"grade": true, "grade_id": "cross-entropy-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
big_table = torch.tensor([[1000.0, 1000.0 + math.log(3), -1000.0], [-1000.0, 0.0, 1000.0]]), torch.tensor([1, 0])


def slopes_of_big_table(logits, labels):  # softmax (¼, ¾, 0) and (0, 0, 1), minus 1 at the labels, divided by 2
    return (logits * torch.tensor([[0.125, -0.125, 0.0], [-0.5, 0.0, 0.5]])).sum()


check.example("cross_entropy", *big_table, gives=torch.tensor(1000.14384))
check.gradient("cross_entropy", reference=slopes_of_big_table, inputs=lambda draw: big_table, rows=(2,))
### BEGIN HIDDEN TESTS
def far_table(draw):
    far = draw.normal(draw.rows, draw.features + 1) + draw.uniform(-1500, 1500, draw.rows, 1)
    return far, draw.integers(0, draw.features + 1, draw.rows)


check.agrees("cross_entropy", reference=F.cross_entropy, inputs=far_table, rtol=1e-4, atol=1e-3)
check.gradient("cross_entropy", reference=F.cross_entropy, inputs=lambda draw: (
    draw.normal(draw.rows, draw.features + 1, std=2), draw.integers(0, draw.features + 1, draw.rows)))
### END HIDDEN TESTS

# %% [markdown]
# Any number of rows, any number of classes, any device:

# %% nbgrader={"grade": true, "grade_id": "cross-entropy-device", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def growing_table(draw):
    return draw.normal(draw.rows, draw.features), draw.integers(0, draw.features, draw.rows)


check.vectorised("cross_entropy", inputs=growing_table, by=("rows", "features"))
check.any_device("cross_entropy", inputs=growing_table)
### BEGIN HIDDEN TESTS
check.vectorised("cross_entropy", reference=F.cross_entropy, inputs=growing_table)
check.any_device("cross_entropy", reference=F.cross_entropy, inputs=growing_table)
### END HIDDEN TESTS

# %% [markdown]
# PyTorch's own is `F.cross_entropy(logits, labels)`. It takes **logits** and does everything you have just done. It
# is strict about its labels. **Predict** which of these calls raise an error:

# %%
torch.manual_seed(0)
four_rows, four_labels = torch.randn(4, 3), torch.tensor([0, 2, 1, 1])
attempt("right", F.cross_entropy, four_rows, four_labels)
attempt("float labels", F.cross_entropy, four_rows, four_labels.float())
attempt("int32 labels", F.cross_entropy, four_rows, four_labels.int())
attempt("labels (n, 1)", F.cross_entropy, four_rows, four_labels.view(-1, 1))
attempt("one-hot whole numbers", F.cross_entropy, four_rows, F.one_hot(four_labels, 3))
attempt("labels from 1", F.cross_entropy, four_rows, four_labels + 1)

# %% [markdown]
# All but the first. (*One-hot* labels are a table with a 1 in the column of the class. As *floats* they are allowed,
# and mean probabilities.) An error is the friendly case. Here is an unfriendly one: the forty points with one logit
# column and their float labels, given to the wrong loss. **Predict** the number.

# %%
one_column = nn.Linear(2, 1)
F.cross_entropy(one_column(inputs), labels)

# %% [markdown]
# Zero, and perfect, for a model that has never been trained. With one column there is one class, its probability is 1
# whatever the logit, and the logarithm of 1 is 0. **A loss of exactly 0 at the first step is the fingerprint of this
# mistake.**
#
# Now three clouds, and all of it together. The model has two inputs and three outputs. (`unique` with `return_counts`
# gives the different labels, and how many rows have each; `zip(*record)` makes of a list of pairs two sequences, the
# first parts and the second ones.)

# %%
three_inputs, three_labels = data.three_clouds()
three_inputs.shape, three_labels.shape, three_labels.dtype, three_labels.unique(return_counts=True)

# %%
def train_three(loss_fn, learning_rate=1.0, steps=60):
    """Train nn.Linear(2, 3) on the three clouds, all rows at once; returns the model, losses and accuracies."""
    torch.manual_seed(0)
    model, record = nn.Linear(2, 3), []
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    for _ in range(steps):
        optimiser.zero_grad()
        logits = model(three_inputs)
        loss = loss_fn(logits, three_labels)
        loss.backward()
        optimiser.step()
        record.append((loss.item(), (logits.argmax(dim=1) == three_labels).float().mean().item()))
    return model, *zip(*record)

# %%
three_model, three_losses, three_accuracies = train_three(F.cross_entropy)
three_losses[0], three_losses[-1], three_accuracies[-1]

# %%
boundaries.regions(three_inputs, three_labels, three_model)

# %% [markdown]
# The largest logit has the largest probability, so the decision is `argmax` over the classes, and no softmax is
# needed for it. Between any two classes the border is where two logits are equal, and that is a straight line.
#
# ## Accuracy
#
# The share of right answers is what one wants to know in the end. For three classes you have just seen it, one
# `argmax`, one comparison, one mean. For a single logit column it is as short, and it has a trap. Four answers, four
# labels, three right. **Predict** what the second line prints:

# %%
answers, truth = torch.tensor([[1.0], [0.0], [1.0], [1.0]]), torch.tensor([1.0, 0.0, 0.0, 1.0])
(answers.flatten() == truth).float().mean()

# %%
(answers == truth).sum() / len(truth)

# %% [markdown]
# Two rights an answer: an accuracy of 200 per cent. `(n, 1)` has met `(n,)` again, and every answer was compared with
# every label.

# %%
scores.hits(answers, truth)

# %% [markdown]
# It is worst where it does not show. With `.mean()` in place of `.sum() / n` the number is 0.5, which looks like an
# accuracy.

# %% [markdown] outcomes=[1, 5]
# ### Exercise 6.6 · accuracy · 2 points · ●●○ · 8 min
#
# Write `accuracy(logits, labels)` for a single column of logits: the share of rows whose decision is the label.
# Labels come as `(n, 1)` or as `(n,)`, and both must work. Return a 0-d `float32` tensor from 0 to 1.
#
# On paper, ten rows of which one is decided wrongly, so that the accuracy is 0.9:
#
# | logit | 2 | −1 | 0.3 | −0.1 | −3 | 0 | 0.4 | −0.5 | −2 | −4 |
# | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
# | decision | 1 | 0 | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 |
# | label | 1 | 0 | 1 | 1 | 0 | 0 | 1 | 0 | 0 | 0 |
#
# <details><summary><b>The accuracy is 5.4, or 0.54, or only the call with <code>labels (10,)</code> is wrong</b></summary>
#
# Print both shapes just before `==`. `flatten()` makes one dimension of any tensor.
# </details>
#
# <details><summary><b>The value is 0.7, or 0.8, or 0.4, and 0.9 was due</b></summary>
#
# 0.7: look at the logit 0.3. It is a logit, not a probability: where is the threshold? 0.8: and the logit 0? 0.4: every
# row was decided for 1, because a probability is never below 0.
# </details>
#
# <details><summary><b>I get <code>mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Bool</code></b></summary>
#
# A comparison gives True and False. Chapter 1: make them floats first.
# </details>

# %% nbgrader={"grade": false, "grade_id": "accuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy(logits, labels):
    """The share of rows whose decision, label 1 where the logit is above 0, is the row's label.

    logits: (n, 1). labels: (n, 1) or (n,), 0. or 1. Returns a 0-d float32 tensor from 0 to 1.
    """
    ### BEGIN SOLUTION
    decisions = logits.flatten() > 0
    return (decisions == (labels.flatten() == 1)).float().mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "accuracy-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
accuracy_mistakes = families.accuracy(lambda logits, labels: (logits, labels))
ten_logits = torch.tensor([2.0, -1.0, 0.3, -0.1, -3.0, 0.0, 0.4, -0.5, -2.0, -4.0]).view(10, 1)
ten_labels = torch.tensor([1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0])
accuracy_of_ten = {mistake: wrong(ten_logits, ten_labels) for mistake, wrong in accuracy_mistakes.items()}
check.example("accuracy", ten_logits, ten_labels.view(10, 1), gives=torch.tensor(0.9), mistaken=accuracy_of_ten)
check.example("accuracy", ten_logits, ten_labels, gives=torch.tensor(0.9), mistaken=accuracy_of_ten)
### BEGIN HIDDEN TESTS
def share_of_hits(logits, labels):
    return ((logits.reshape(-1) > 0) == (labels.reshape(-1) > 0.5)).double().mean().float()


def logits_and_flat_labels(draw):
    logits = draw.normal(draw.rows, 1) * (torch.arange(draw.rows) % 7 != 3).float().view(-1, 1)  # some are exactly 0
    return logits, ((logits + draw.normal(draw.rows, 1)).flatten() > 0).float()


def logits_and_labels(draw):
    logits, flat = logits_and_flat_labels(draw)
    return logits, flat.view(-1, 1)


for with_rows in (logits_and_labels, logits_and_flat_labels):
    check.agrees("accuracy", reference=share_of_hits, inputs=with_rows, rows=(11, 40, 1), mistaken=accuracy_mistakes)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "accuracy-device", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def quarter_wrong(draw):
    rows = torch.arange(draw.rows)
    return torch.where(rows % 4 == 1, -0.6, 0.4).view(-1, 1), (rows % 2 == 0).float()


def three_quarters(logits, labels):
    return torch.tensor(0.75)


check.vectorised("accuracy", reference=three_quarters, inputs=quarter_wrong)
check.any_device("accuracy", reference=three_quarters, inputs=quarter_wrong, rows=8)
### BEGIN HIDDEN TESTS
def share_of_them(logits, labels):
    return ((logits[:, 0] > 0) == (labels > 0.5)).float().mean()


check.vectorised("accuracy", reference=share_of_them, inputs=lambda draw: (
    draw.normal(draw.rows, 1), draw.integers(0, 2, draw.rows).float()))
check.any_device("accuracy", reference=share_of_them, rows=9, inputs=lambda draw: (
    draw.normal(draw.rows, 1), draw.integers(0, 2, draw.rows).float()))
### END HIDDEN TESTS

# %% [markdown]
# ## Losses that will not fall
#
# Somebody reads "the model should output probabilities", and puts a softmax at its end. Then they train with
# `F.cross_entropy`, as always. No error, no warning. **Predict two numbers** before you run the cell: where will the
# accuracy end, and where the loss, which ended near 0 above?

# %%
def softmax_twice(logits, labels):
    return F.cross_entropy(torch.softmax(logits, dim=1), labels)


_, twice_losses, twice_accuracies = train_three(softmax_twice)
twice_losses[-1], twice_accuracies[-1]

# %%
scores.three_runs({"logits": (three_losses, three_accuracies), "softmax twice": (twice_losses, twice_accuracies)})

# %% [markdown]
# Every answer is right, and the loss does not go below 0.55. It cannot. The model's output is now a row of
# probabilities, at best (1, 0, 0), and the loss takes these for *logits*. It applies a softmax of its own, to logits
# that can never be further apart than 1:

# %%
F.cross_entropy(torch.tensor([[1.0, 0.0, 0.0]]), torch.tensor([0])), math.log(1 + 2 / math.e)

# %% [markdown]
# By hand, with $K$ classes: $\log(e + (K - 1)) - 1 = \log\big(1 + (K - 1)/e\big)$. That is 0.313 for two classes,
# 0.551 for three, 1.461 for ten. **A loss that stops on this number, with good accuracy, has had its softmax twice.**
# The model seems to work, so that nobody looks; but its gradients are faint, and its probabilities are wrong.
#
# The same with one column: a sigmoid before `F.binary_cross_entropy_with_logits`. **Predict** the best that a row
# with label 1 can cost now, and one with label 0:

# %%
best = torch.tensor([[1.0], [0.0]])  # the best probabilities that a sigmoid can give for labels 1 and 0
F.binary_cross_entropy_with_logits(best, best, reduction="none").flatten()

# %% [markdown]
# 0.313 and 0.693: as many rows of one label as of the other make a floor of 0.503. (`reduction="none"` keeps the rows
# apart.)
#
# And a softmax over the wrong dimension, over the rows of a batch instead of its classes? Then it is the *columns*
# that add up to 1. In a batch of 45 rows each number is about 1/45, the logits are all but equal, and the loss hardly
# moves from $\log 3 = 1.10$, where a third for each class would be:

# %%
_, wrong_dim_losses, _ = train_three(lambda logits, labels: F.cross_entropy(torch.softmax(logits, dim=0), labels))
wrong_dim_losses[0], wrong_dim_losses[-1], math.log(3)

# %% [markdown] outcomes=[3, 4]
# ### Exercise 6.7 · three losses on the table · 1 point · ●●○ · 6 min
#
# Three colleagues ask why their loss does not fall. All three have as many rows of one class as of any other, and
# classes that can be separated perfectly. Name the cause of each:
#
# | run | classes | first loss | last loss | last accuracy |
# | --- | --- | --- | --- | --- |
# | 1 | 2 | 0.724 | 0.503 | 1.00 |
# | 2 | 2 | 0.000 | 0.000 | 0.50 |
# | 3 | 5 | 1.611 | 0.905 | 1.00 |
#
# - **A** · a softmax before `cross_entropy`
# - **B** · a sigmoid before `binary_cross_entropy_with_logits`
# - **C** · one logit column with `cross_entropy`
# - **D** · nothing is wrong, it needs more steps
#
# Set `run_1`, `run_2` and `run_3` to a letter each, large or small, as text: `run_1 = "D"`, for example. The tick below
# says only that letters were chosen; which are right you read after the next exercise.

# %% nbgrader={"grade": false, "grade_id": "three-losses", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
run_1 = "B"
run_2 = "C"
run_3 = "A"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "three-losses-choice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
for run in ("run_1", "run_2", "run_3"):
    check.choice(run)
### BEGIN HIDDEN TESTS
more_steps = "With perfect separation and logits, a loss goes on falling towards 0, slowly. This one has stopped."
check.choice("run_1", "B", why={
    "A": "Two classes and a softmax too many end at log(1 + 1/e) = 0.313.",
    "B": "The mean of 0.313 and 0.693.", "C": "With one column the loss is 0 from the start.", "D": more_steps})
check.choice("run_2", "C", why={
    "A": "That loss can fall from log 2 to 0.313; it is never 0.", "B": "That loss never gets below 0.313.",
    "C": "The probability of the only class is 1.", "D": "There is nothing left to fall, and half of the answers are wrong."})
check.choice("run_3", "A", why={
    "A": "log(1 + 4/e) = 0.905.", "B": "Five classes need five columns; the binary loss with a sigmoid too many ends at 0.503.",
    "C": "With one column the loss is 0 from the start.", "D": more_steps})
### END HIDDEN TESTS

# %% [markdown]
# ## From data to curves
#
# Now the whole way once more, as you would go it at work: a data set with wide clouds that overlap, three parts,
# mini-batches, momentum, and curves. First the data.

# %% [markdown] outcomes=[5]
# ### Exercise 6.8 · two classes as a Dataset · 2 points · ●●○ · 9 min
#
# Write the class `TwoClassDataset(N, sigma)`, a `Dataset` of `2 * N` samples. The first `N` lie around (−1, 1) and
# have the label 1, the next `N` lie around (1, −1) and have the label 0. *Around* means: the middle plus `sigma *
# torch.randn(N, 2)`, drawn once, when the data set is made. A sample is a pair: the point, of shape `(2,)`, and its
# label, of shape `(1,)`, both float32.
#
# With `sigma = 0` every point is the middle of its cloud. The first check uses that.
#
# <details><summary><b>A sample changes from one look to the next</b></summary>
#
# The noise is drawn in `__getitem__`. Draw it in `__init__`, and keep the tensor.
# </details>
#
# <details><summary><b>The label has shape <code>()</code> where <code>(1,)</code> was due</b></summary>
#
# Keep the labels as a column, `(2N, 1)`; then row `index` of it has shape `(1,)`, and a batch has `(b, 1)`, as the
# model's logits have.
# </details>
#
# <details><summary><b>Both coordinates move together, or the clouds are copies of each other</b></summary>
#
# Each point needs two numbers of its own: `(N, 2)` of them for one cloud, and `(N, 2)` others for the second.
# </details>

# %% nbgrader={"grade": false, "grade_id": "two-class-dataset", "locked": false, "schema_version": 3, "solution": true, "task": false}
class TwoClassDataset(Dataset):
    """Two round clouds: N points around (−1, 1) with label 1, then N points around (1, −1) with label 0.

    N: points in each cloud. sigma: standard deviation of both coordinates.
    Samples are (point, label): float32 tensors of shapes (2,) and (1,).
    """

    ### BEGIN SOLUTION
    def __init__(self, N, sigma):
        first = torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2)
        second = torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)
        self.inputs = torch.cat([first, second])
        self.labels = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.inputs)

    def __getitem__(self, index):
        return self.inputs[index], self.labels[index]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "two-class-dataset-items", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def middles(N, swap_labels=False, swap_places=False, in_turn=False):
    def item(index):
        is_one = index % 2 == 0 if in_turn else index < N
        side = -1.0 if is_one != swap_places else 1.0
        return torch.tensor([side, -side]), torch.tensor([float(is_one != swap_labels)])
    return item


check.dataset("TwoClassDataset", arguments=(3, 0.0), length=6, items=middles(3), mistaken={
    "labels-exchanged": middles(3, swap_labels=True), "clouds-exchanged": middles(3, swap_places=True),
    "classes-in-turn": middles(3, in_turn=True)})
### BEGIN HIDDEN TESTS
check.dataset("TwoClassDataset", arguments=(7, 0.0), length=14, items=middles(7), mistaken={
    "labels-exchanged": middles(7, swap_labels=True), "clouds-exchanged": middles(7, swap_places=True),
    "classes-in-turn": middles(7, in_turn=True)})
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "two-class-dataset-noise", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def noise_of(sigma, N):
    def judge(points, labels):
        if (labels.flatten() != (torch.arange(2 * N) < N)).any():
            return f"The first {N} items should have the label 1, and the others 0."
        noise = (points - torch.tensor([[-1.0, 1.0]] * N + [[1.0, -1.0]] * N)) / sigma
        if (noise[:N].std(0) < 1e-3).all():
            return "All points of a cloud lie in one place: each needs two random numbers of its own."
        if torch.allclose(noise[:N], noise[N:], atol=1e-3) or torch.allclose(noise[:N], -noise[N:], atol=1e-3):
            return "The second cloud is the first one over again, moved or turned: it needs random numbers of its own."
        if (noise >= 0).all():
            return "All the noise is positive: rand gives numbers from 0 to 1, and randn normal ones."
        if (noise[:, 0] * noise[:, 1]).mean().abs() > 0.5:
            return "Both coordinates of a point carry the same noise."
        if (noise.std() - 1).abs() > 0.2 or noise.mean().abs() > 0.3:
            lie = {label: points[labels.flatten() == label].std(0).mean() for label in (1, 0)}
            label = max(lie, key=lambda label: abs(lie[label] - sigma))
            return f"The points with label {label} lie {lie[label]:.2f} around their middle; sigma is {sigma:g}."
        return noise.abs().max().item() > 2 or "Normal numbers go beyond two sigma now and then; these never do."
    return judge


def first_points(N):
    """The first point of one data set, and of another one that is made after it."""
    return TwoClassDataset(N, 1.0)[0][0], TwoClassDataset(N, 1.0)[0][0]


def differ(arguments, points, again):
    if torch.equal(*points) or torch.equal(points[0], again[0]):
        return "seed-set-inside", "gave the same point twice, though each data set draws noise of its own"


like_one = torch.zeros(2), torch.zeros(1)
check.dataset("TwoClassDataset", arguments=(100, 0.5), length=200, like=like_one, overall=noise_of(0.5, 100),
              holds=lambda index, point, label: True)
check.holds("first_points", rule=differ, like=lambda N: (torch.zeros(2), torch.zeros(2)), rows=(4,),
            inputs=lambda draw: (draw.rows,), praise="are two: each data set has noise of its own")
### BEGIN HIDDEN TESTS
check.dataset("TwoClassDataset", arguments=(120, 2.0), length=240, like=like_one, overall=noise_of(2.0, 120),
              holds=lambda index, point, label: True)
### END HIDDEN TESTS

# %% [markdown]
# **Exercise 6.7, resolved.** Run 1 was B: the mean of 0.313 and 0.693. Run 2 was C: 0 from the start, and half of the
# answers wrong. Run 3 was A: with five classes the floor is $\log(1 + 4/e) = 0.905$. None was D: a loss that has no
# floor goes on falling.
#
# Now 100 points a class, with a sigma of 1.5. The 200 rows are split at random: 60 to train on, 20
# for validation, and the other 120 for the test. The next cells need your `TwoClassDataset` of exercise 6.8.

# %%
torch.manual_seed(0)
clouds = TwoClassDataset(100, 1.5)
points, their_labels = next(iter(DataLoader(clouds, batch_size=200)))
boundaries.clouds(points, their_labels, title="Clouds with a sigma of 1.5")

# %% [markdown]
# They overlap badly. **Predict:** what is the best accuracy that any classifier can hope for on new points from these
# clouds?
#
# No line can do better than the one halfway between the middles, by symmetry. Each middle is $\sqrt 2 = 1.41$ away
# from it, which is 0.94 sigma. A normal number stays below 0.94 sigma with a probability of

# %%
torch.special.ndtr(torch.tensor(math.sqrt(2) / 1.5))

# %% [markdown]
# 83 per cent. More than that on a handful of rows is luck. Now split, and make the loaders:

# %%
order = torch.randperm(len(clouds)).tolist()
parts = {"train": order[:60], "validation": order[60:80], "test": order[80:]}
loaders = {
    name: DataLoader(clouds, batch_size=8, sampler=SubsetRandomSampler(rows))
    for name, rows in parts.items()
}
{name: len(loader) for name, loader in loaders.items()}

# %% [markdown]
# And a function that says how well a model does on a loader's rows. It counts right answers and divides once, moves
# each batch to the model's device, records no graph, and leaves the model in training mode, as chapter 5 has it.

# %%
def share_right(model, loader):
    """The accuracy of `model`, with logits (b, 1), on the rows of `loader`: a float between 0 and 1."""
    device, hits, rows = next(model.parameters()).device, 0, 0
    model.eval()
    with torch.no_grad():
        for inputs, labels in loader:
            logits = model(inputs.to(device))
            hits += ((logits > 0) == (labels.to(device) == 1)).sum().item()
            rows += len(labels)
    model.train()
    return hits / rows

# %% [markdown] outcomes=[3, 5]
# ### Exercise 6.9 · fit a classifier, and keep the books · 3 points · ●●● · 20 min
#
# Write `fit_classifier(num_epochs, model, opt, train_dl, valid_dl)`, `fit` of chapter 5 with a loss of its own
# and two more columns in its books. In each epoch it
#
# - goes once through `train_dl`; each batch moves to the model's device and makes one update with the binary
#   cross-entropy from logits (PyTorch's own or your `bce_loss`);
# - then measures `share_right` on the training rows and on the validation rows.
#
# It returns three lists of `num_epochs` floats: the mean loss over the *rows* of each epoch, of the losses that were
# computed on the way, and the two accuracies after each epoch. The model is trained in place. Its output has shape
# `(b, 1)`, and so have the labels.
#
# <details><summary><b>The mean of batch means came, not the mean over the rows</b></summary>
#
# Chapter 5: a batch's mean loss, times its number of rows, is a sum over rows. Add these up and divide once an epoch.
# </details>
#
# <details><summary><b>The losses are right in the first check and too small in the second</b></summary>
#
# A loader with a sampler hands out only some rows of its data set, and `len(train_dl.dataset)` counts all of them. Count
# the rows as they come.
# </details>
#
# <details><summary><b>The loss stops above 0.5 though all answers are right</b></summary>
#
# Is there a sigmoid in front of a loss that wants logits?
# </details>
#
# <details><summary><b>It works on the CPU, and fails when the model is on an accelerator</b></summary>
#
# Two lines in the inner loop, one for the inputs and one for the labels, and keep what `to` returns. `share_right`
# shows where to ask for the device.
# </details>
#
# <details><summary><b>The accuracies are those of the epoch before</b></summary>
#
# They are measured *after* the updates of an epoch.
# </details>

# %% nbgrader={"grade": false, "grade_id": "fit-classifier", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_classifier(num_epochs, model, opt, train_dl, valid_dl):
    """Train a binary classifier in place, one update a batch, with binary cross-entropy from logits.

    num_epochs: an int. model: a module, (b, d) to logits (b, 1). opt: an optimiser that holds its parameters.
    train_dl, valid_dl: loaders of batches of inputs (b, d) and labels (b, 1), 0. or 1.
    Returns (losses, train_accuracies, validation_accuracies), three lists of num_epochs floats.
    """
    ### BEGIN SOLUTION
    device = next(model.parameters()).device
    losses, train_accuracies, validation_accuracies = [], [], []
    for _ in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, labels in train_dl:
            inputs, labels = inputs.to(device), labels.to(device)
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(model(inputs), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        train_accuracies.append(share_right(model, train_dl))
        validation_accuracies.append(share_right(model, valid_dl))
    return losses, train_accuracies, validation_accuracies
    ### END SOLUTION

# %% [markdown]
# The next cell holds helpers of the checks. Run it; you may skip reading it.

# %% nbgrader={"grade": false, "grade_id": "fit-classifier-check-helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def start_and_rows(draw):
    """A model, 19 rows to train on, inputs (19, 2) and labels (19, 1), and 5 rows to validate with."""
    inputs = draw.normal(24, 2) + torch.tensor([0.5, -1.0])
    labels = (inputs.sum(1, keepdim=True) + draw.normal(24, 1) > -0.3).float()
    start = nn.Linear(2, 1)
    start.load_state_dict({"weight": draw.normal(1, 2), "bias": draw.normal(1)})
    return start, inputs[:19], labels[:19], inputs[19:], labels[19:]


def what_it_is_given(num_epochs, rate):
    def objects(model, inputs, labels, other_inputs, other_labels):
        opt = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.8, weight_decay=0.05)
        train_dl = DataLoader(TensorDataset(inputs, labels), batch_size=4, shuffle=True)
        return num_epochs, model, opt, train_dl, DataLoader(TensorDataset(other_inputs, other_labels), batch_size=4)
    return objects


def check_updates(name, num_epochs, rate):
    start, *rows = start_and_rows(check.Draw(name, rows=19))
    check.trains("fit_classifier", data=tuple(rows[:2]), learning_rate=rate, steps=num_epochs, loss="bce", momentum=0.8,
                 weight_decay=0.05, batch_size=4, shuffled=True, history="epochs",
                 start=(start.weight.detach(), start.bias.detach()),
                 arguments=check.together(what_it_is_given(num_epochs, rate), start, *rows))

# %% nbgrader={"grade": true, "grade_id": "fit-classifier-steps", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_updates("visible", num_epochs=4, rate=0.05)
### BEGIN HIDDEN TESTS
check_updates("hidden", num_epochs=3, rate=0.1)
### END HIDDEN TESTS

# %% [markdown]
# Are the books right, losses and both accuracies? Here one data set has eleven rows, and samplers give seven of them to
# training and four to validation, in batches of 3. The model starts at zero and learns for two epochs.

# %% nbgrader={"grade": true, "grade_id": "fit-classifier-books", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def two_epochs(train_rows, valid_rows):
    def objects(model, inputs, labels):  # the data stay on the CPU, wherever the model is
        rows, opt = TensorDataset(inputs.cpu(), labels.cpu()), torch.optim.SGD(model.parameters(), lr=0.7)
        loaders = (DataLoader(rows, batch_size=3, sampler=part) for part in (train_rows, valid_rows))
        return 2, model, opt, *loaders
    return objects


eleven_rows = torch.tensor([[2., 1.], [-1., 0.], [-2., 1.], [1., -3.], [3., 0.], [0., -2.], [-1., 2.], [1., 2.],
                            [-3., 1.], [2., -1.], [-2., -1.]])
eleven_labels = torch.tensor([[0.], [1.], [1.], [0.], [1.], [0.], [1.], [1.], [1.], [0.], [0.]])
at_zero = nn.Linear(2, 1)
at_zero.load_state_dict({"weight": torch.zeros(1, 2), "bias": torch.zeros(1)})
two_losses, sevenths, quarters = [0.615954, 0.419489], [4 / 7, 6 / 7], [2 / 4, 3 / 4]


def on_eleven_rows(draw):
    return check.together(two_epochs([2, 9, 4, 1, 5, 7, 10], [3, 8, 0, 6]), at_zero, eleven_rows, eleven_labels)


def the_three_columns(*given):
    return two_losses, sevenths, quarters


check.agrees("fit_classifier", reference=the_three_columns, inputs=on_eleven_rows, rows=(11,),
             may_change=("model",), mistaken={
    "measured-before-the-epoch": lambda *given: (two_losses, [3 / 7, 4 / 7], [2 / 4, 2 / 4]),
    "accuracy-on-the-way": lambda *given: (two_losses, [5 / 7, 4 / 7], quarters),
    "mean-of-batch-means": lambda *given: (two_losses, [2 / 3, 8 / 9], [2 / 3, 5 / 6]),
    "validation-rows-measured-twice": lambda *given: (two_losses, quarters, quarters),
    "training-rows-measured-twice": lambda *given: (two_losses, sevenths, sevenths),
    "accuracies-exchanged": lambda *given: (two_losses, quarters, sevenths),
    "rows-counted-by-data-set": lambda *given: ([7 / 11 * loss for loss in two_losses], sevenths, quarters),
    "row-for-each-epoch": lambda *given: list(zip(two_losses, sevenths, quarters))})


def all_entries_are_floats(inputs, labels):
    books = fit_classifier(*two_epochs([0, 1, 2, 3], [4, 5])(nn.Linear(2, 1), inputs, labels))
    return all(isinstance(entry, float) for column in books for entry in column)


check.example("all_entries_are_floats", eleven_rows, eleven_labels, gives=True, mistaken={"entries-not-floats": False})
### BEGIN HIDDEN TESTS
def true_books(num_epochs, model, opt, train_dl, valid_dl):
    def share(loader):
        pairs = [((model(rows.to(home)) > 0) == (truth.to(home) > 0.5)).flatten() for rows, truth in loader]
        return torch.cat(pairs).double().mean().item()

    books, home = ([], [], []), next(model.parameters()).device
    for _ in range(num_epochs):
        seen = []
        for rows, truth in train_dl:
            opt.zero_grad()
            costs = F.binary_cross_entropy_with_logits(model(rows.to(home)), truth.to(home), reduction="none")
            costs.mean().backward()
            opt.step()
            seen += costs.flatten().tolist()
        for column, entry in zip(books, (sum(seen) / len(seen), share(train_dl), share(valid_dl))):
            column.append(entry)
    return books


def drawn_rows(draw):
    start, inputs, labels, *_ = start_and_rows(draw)
    rows = draw.permutation(19).tolist()
    return check.together(two_epochs(rows[:draw.rows], rows[draw.rows:]), start, inputs, labels)


check.agrees("fit_classifier", reference=true_books, inputs=drawn_rows, rows=(10, 11, 13), rtol=1e-4, atol=1e-5,
             may_change=("model",))
### END HIDDEN TESTS

# %% [markdown]
# And with a model on another device than the data, where it has to stay? The check has a pretend one.

# %% nbgrader={"grade": true, "grade_id": "fit-classifier-device", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.any_device("fit_classifier", inputs=on_eleven_rows, reference=the_three_columns)
### BEGIN HIDDEN TESTS
check.any_device("fit_classifier", inputs=drawn_rows, reference=true_books)
### END HIDDEN TESTS

# %% [markdown]
# The next cells need `TwoClassDataset` and `fit_classifier`, exercises 6.8 and 6.9.
#
# Our run: 100 epochs of SGD with a learning rate of 0.01, momentum 0.99 and a weight decay of 0.001, which
# pulls all parameters a little towards 0, as $\tfrac12 \lVert w \rVert^2$ did. **Predict** the shape of the loss
# curve: does it only fall? Momentum 0.99 is a heavy ball.

# %%
torch.manual_seed(0)
model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=1e-2, momentum=0.99, weight_decay=1e-3)
books = fit_classifier(100, model, opt, loaders["train"], loaders["validation"])
scores.training_record(*books)

# %% [markdown]
# It falls, from about 0.57 to about 0.43. (Other noise gives other decimals. Numbers less than a third
# as large come from a division by more rows than the loader hands out.) On the way it overshoots, and swings back,
# several times: each step keeps 99 per cent of the step before, so that the ball rolls through the valley and up the
# other side. The swings die out. The accuracy hardly notices, and with 20 rows it moves in steps of 0.05. Touch the
# test rows now, once, at the very end:

# %%
share_right(model, loaders["test"])

# %%
boundaries.probabilities(points, their_labels, model)

# %% [markdown]
# Somewhere between 75 and 90 per cent. 120 rows are few: one standard deviation of such a share is 3 or 4 per cent,
# so a result above 83 is luck, as are validation rows that do better than training rows. The lines of equal
# probability are parallel to the boundary, and the region between 10 and 90 per cent is wide, because the clouds
# overlap: the model knows what it does not know.
#
# For two round clouds of one sigma, theory gives the best weight, the difference of the middles divided by
# $\sigma^2$: (−2, 2) / 2.25 = (−0.89, 0.89). From 60 rows yours will be near it, not on it:

# %%
model.weight, model.bias

# %% [markdown]
# ## Challenge · the points that hold the street · 0 points · ●●● · 25 min
#
# The margin loss of exercise 6.2 is a bowl with a single lowest point. Write `widest_street(inputs, signs, C)`: the
# weight at that point, exact to three decimals, by whatever means. Plain descent needs a learning rate that suits the
# data it is given. Or follow this hint: at the lowest point the gradient is 0, and *if one knew which rows cost
# something*, that would be a system of linear equations.
#
# <details><summary><b>My descent diverges on some data, or is too slow</b></summary>
#
# The steepest direction sets the limit, as in chapter 3. The curvature is nowhere more than the largest eigenvalue of
# $I + 2 C X^\top X$; one divided by that is a safe learning rate.
# </details>
#
# <details><summary><b>I want to use the linear equations</b></summary>
#
# With $X$ and $t$ for the rows that cost something, the gradient is $w - 2 C X^\top (t - X w)$. Set it to 0 and solve
# for $w$. Then look again which rows cost something, and repeat until that no longer changes.
# </details>

# %% nbgrader={"grade": false, "grade_id": "widest-street", "locked": false, "schema_version": 3, "solution": true, "task": false}
def widest_street(inputs, signs, C):
    """The weight (d,) with the smallest margin loss.

    inputs: (n, d). signs: (n,), −1. or 1. C: a positive Python float.
    """
    ### BEGIN SOLUTION
    weight = torch.zeros(inputs.shape[1])
    for _ in range(100):
        costly = signs * (inputs @ weight) < 1
        x, t = inputs[costly], signs[costly]
        weight = torch.linalg.solve(torch.eye(inputs.shape[1]) + 2 * C * x.T @ x, 2 * C * x.T @ t)
    return weight
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "widest-street-weight", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
two_clouds, their_signs = data.two_clouds()[0], 2 * data.two_clouds()[1].flatten() - 1
check.example("widest_street", two_clouds[::2], their_signs[::2], 0.3, gives=torch.tensor([-0.6881, 0.4902]), rtol=1e-3,
              atol=1e-3)
### BEGIN HIDDEN TESTS
def lowest_by_descent(inputs, signs, C):
    x, t = inputs.double(), signs.double()
    weight = torch.zeros(x.shape[1], dtype=torch.float64)
    rate = 1 / torch.linalg.eigvalsh(torch.eye(x.shape[1]) + 2 * C * x.T @ x).max()
    for _ in range(1500):
        weight = weight - rate * (weight - 2 * C * x.T @ (t * (1 - t * (x @ weight)).clamp(min=0)))
    return weight.float()


def other_clouds(draw):
    signs = 2.0 * (torch.arange(draw.rows) % 3 != 0) - 1
    return draw.normal(draw.rows, 3) + 0.8 * signs[:, None], signs, 0.05


check.agrees("widest_street", reference=lowest_by_descent, inputs=other_clouds, rows=(12, 31), rtol=1e-3, atol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# What about the rows that cost nothing at the lowest point? Leave them out, all of them, and compute the weight
# again. **Predict** what changes. (The cell needs your `widest_street` of the challenge.)

# %%
weight = widest_street(inputs, t, 0.1)
costly = t * (inputs @ weight) < 1
print(f"{costly.sum()} of 40 rows cost something")
weight, widest_street(inputs[costly], t[costly], 0.1)

# %% [markdown]
# Nothing. Only the rows on the street, or beyond it on the wrong side, hold the boundary where it is. They are called
# *support vectors*, and the margin classifier after them: a support vector machine.
#
# ## Recap
#
# | you want to | you write |
# | --- | --- |
# | decide between two labels | `logits > 0`; with probabilities, `> 0.5` |
# | a wide margin | ½‖w‖² + C · Σ max(0, 1 − t z)², with t of −1 and 1 |
# | a loss for two labels | `F.binary_cross_entropy_with_logits(logits, labels)`, both `(n, 1)`, labels as floats |
# | a loss for K classes | `F.cross_entropy(logits, labels)`, logits `(n, K)`, labels `(n,)` int64 |
# | decide between K classes | `logits.argmax(dim=1)` |
# | probabilities, to read | `torch.sigmoid(logits)`, `torch.softmax(logits, dim=1)` |
# | accuracy | shapes first: `(decisions.flatten() == labels.flatten()).float().mean()` |
#
# - Squared error punishes answers for being right with confidence. The hinge and the logistic loss do not.
# - Losses want logits. A sigmoid or softmax in front of them makes a floor: 0.503, or log(1 + (K − 1)/e).
# - `exp(1000)` is inf, and log(0) is −inf. Use `softplus`, `logsumexp`, or the losses that contain them.
# - A loss of exactly 0 at the first step: one column has met `cross_entropy`. An accuracy above 1: `(n, 1)` has met
#   `(n,)`.
#
# **Next**, chapter 7: a review of everything, in the style of an exam.
#
# **To read**
# - The manual on
#   [`F.cross_entropy`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html) and on
#   [`BCEWithLogitsLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html), which
#   explains its safe form
# - Andrej Karpathy, [CS231n notes on linear classification](https://cs231n.github.io/linear-classify/): hinge and
#   softmax side by side
# - Hastie, Tibshirani and Friedman, [The Elements of Statistical Learning](https://hastie.su.domains/ElemStatLearn/),
#   chapters 4 and 12

# %% [markdown]
# ## Check the whole chapter
#
# Is nobody marking your work? Then this is your desk. *Check everything* runs the saved notebook from top to bottom in a fresh
# start, with all tests there are, the hidden ones included. To each exercise there are three hints, from a nudge to nearly told,
# and a worked solution, which you may read when you have passed, or after three honest tries. In a terminal the same is called
# `course check classification`, `course hint 6.2`, `course solution 6.2` and `course progress`. In a class, hand in instead: there
# this cell says so, and no more.

# %%
from course import study

study.desk("classification")
