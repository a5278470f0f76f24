# An ordinary torch assignment for benchmarks: four exercises, four graded cells of plain asserts, one picture, prose.

# %% [markdown]
# # A line through points, and points in groups
#
# Two hundred pupils were asked how many hours they had practised and how many questions of a test they answered. This
# notebook fits a line to their answers, by hand at first and by gradient descent in the end, and then puts the pupils
# into groups by what they are closest to.
#
# Complete the four functions. Every one of them has a test below it; a test that says nothing is content.

# %%
import matplotlib.pyplot as plt
import torch

torch.manual_seed(7)

# %% [markdown]
# ## The data
#
# Hours are drawn evenly between 0 and 10. The number of questions grows by about three an hour, with noise; a few
# pupils had a bad day.

# %%
hours = 10 * torch.rand(200)
questions = 4 + 3 * hours + 2 * torch.randn(200)
questions[::25] -= 12
hours[:5], questions[:5]

# %% [markdown]
# ## 1 How far off is a line?
#
# A line predicts `weight * hours + bias`. Its **loss** is the mean of the squared differences between what it predicts
# and what came. Return it as a tensor with a single element, with its graph, so that it can be differentiated.

# %% nbgrader={"grade": false, "grade_id": "line-loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def line_loss(weight, bias, hours, questions):
    """Mean squared error of the line, a tensor of shape ()."""
    ### BEGIN SOLUTION
    return (weight * hours + bias - questions).square().mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "line-loss-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
loss = line_loss(torch.tensor(2.0), torch.tensor(1.0), torch.tensor([0.0, 1.0]), torch.tensor([0.0, 5.0]))
assert loss.shape == (), f"a single number was wanted, got shape {tuple(loss.shape)}"
assert abs(loss.item() - 2.5) < 1e-5, "off by 1 and by -2: the squares are 1 and 4, their mean is 2.5"
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(11)
for rows in (1, 17, 300):
    drawn_hours, drawn_questions = torch.rand(rows, generator=generator), torch.randn(rows, generator=generator)
    drawn_weight, drawn_bias = torch.randn((), generator=generator), torch.randn((), generator=generator)
    due = torch.nn.functional.mse_loss(drawn_weight * drawn_hours + drawn_bias, drawn_questions)
    assert torch.allclose(line_loss(drawn_weight, drawn_bias, drawn_hours, drawn_questions), due, rtol=1e-4)
### END HIDDEN TESTS

# %% [markdown]
# With the bias held at 4, the loss is a parabola over the weight: see where it is least.

# %%
for step in range(7):
    print(step, float(line_loss(torch.tensor(float(step)), torch.tensor(4.0), hours, questions)))

# %% [markdown]
# ## 2 Which way is down?
#
# Return the derivatives of the loss with respect to weight and bias, in this order, as a tuple of two tensors.

# %% nbgrader={"grade": false, "grade_id": "line-gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def line_gradient(weight, bias, hours, questions):
    """The loss's derivatives with respect to weight and to bias, two tensors of shape ()."""
    ### BEGIN SOLUTION
    weight = weight.detach().requires_grad_()
    bias = bias.detach().requires_grad_()
    return torch.autograd.grad(line_loss(weight, bias, hours, questions), (weight, bias))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "line-gradient-values", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
by_weight, by_bias = line_gradient(torch.tensor(2.0), torch.tensor(1.0), torch.tensor([0.0, 1.0]), torch.tensor([0.0, 5.0]))
assert abs(float(by_weight) + 2) < 1e-5, "the derivative by the weight is the mean of 2 * error * hours, here -2"
assert abs(float(by_bias) + 1) < 1e-5, "the derivative by the bias is the mean of 2 * error, here -1"
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(12)
for rows in (1, 17, 300):
    drawn_hours, drawn_questions = torch.rand(rows, generator=generator), torch.randn(rows, generator=generator)
    error = 0.3 * drawn_hours - 1.2 - drawn_questions
    by_weight, by_bias = line_gradient(torch.tensor(0.3), torch.tensor(-1.2), drawn_hours, drawn_questions)
    assert torch.allclose(by_weight, 2 * (error * drawn_hours).mean(), rtol=1e-3, atol=1e-4)
    assert torch.allclose(by_bias, 2 * error.mean(), rtol=1e-3, atol=1e-4)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 Who is close to whom?
#
# Given points of shape (n, 2) and centres of shape (k, 2), return for each point the index of the nearest centre, a
# tensor of n whole numbers. No loops: broadcasting makes all n × k differences at once.

# %% nbgrader={"grade": false, "grade_id": "nearest-centre", "locked": false, "schema_version": 3, "solution": true, "task": false}
def nearest_centre(points, centres):
    """Index of each point's nearest centre, shape (n,), dtype int64."""
    ### BEGIN SOLUTION
    differences = points[:, None, :] - centres[None, :, :]
    return differences.square().sum(dim=2).argmin(dim=1)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "nearest-centre-vectorised", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
found = nearest_centre(torch.tensor([[0.0, 0.0], [9.0, 9.0], [4.0, 6.0]]), torch.tensor([[1.0, 1.0], [5.0, 5.0], [8.0, 9.0]]))
assert found.tolist() == [0, 2, 1], f"expected [0, 2, 1], got {found.tolist()}"
assert found.dtype == torch.int64, f"indices are whole numbers, got {found.dtype}"
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(13)
many, some = torch.randn(20_000, 2, generator=generator), torch.randn(9, 2, generator=generator)
assert torch.equal(nearest_centre(many, some), torch.cdist(many, some, compute_mode="donot_use_mm_for_euclid_dist").argmin(dim=1))
### END HIDDEN TESTS

# %%
pupils = torch.stack([hours, questions / 3], dim=1)
centres = torch.tensor([[2.0, 3.0], [5.0, 6.0], [8.0, 9.5]])
groups = nearest_centre(pupils, centres)
groups.bincount(minlength=3)

# %% [markdown]
# ## 4 Down the slope
#
# Start at weight 0 and bias 0, take `steps` steps of gradient descent with the given learning rate, and return weight,
# bias and a list with the loss before each step, as numbers.

# %% nbgrader={"grade": false, "grade_id": "train-line", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_line(hours, questions, learning_rate, steps):
    """Weight and bias after `steps` steps, tensors of shape (), and the loss before each step, a list of numbers."""
    ### BEGIN SOLUTION
    weight, bias = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = line_loss(weight, bias, hours, questions)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad = bias.grad = None
    return weight.detach(), bias.detach(), losses
    ### END SOLUTION

# %%
weight, bias, losses = train_line(hours, questions, learning_rate=0.02, steps=150)
fig, axes = plt.subplots(figsize=(6, 4))
axes.plot(losses)
axes.set_xlabel("step")
axes.set_ylabel("loss")
axes.set_title(f"{float(weight):.2f} questions an hour, and {float(bias):.2f} without practice")
plt.show()

# %% nbgrader={"grade": true, "grade_id": "train-line-training", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
weight, bias, losses = train_line(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([3.0, 5.0, 7.0]), learning_rate=0.15, steps=100)
assert len(losses) == 100 and losses[0] > losses[-1], "100 losses were wanted, the last one less than the first"
assert abs(losses[0] - (9 + 25 + 49) / 3) < 1e-3, "the first loss is that of weight 0 and bias 0"
assert abs(float(weight) - 2) < 0.05 and abs(float(bias) - 1) < 0.1, "these points lie on 2 * hours + 1"
### BEGIN HIDDEN TESTS
generator = torch.Generator().manual_seed(14)
drawn_hours = torch.rand(50, generator=generator)
drawn_questions = 1 - 2 * drawn_hours + 0.1 * torch.randn(50, generator=generator)
weight, bias, losses = train_line(drawn_hours, drawn_questions, learning_rate=0.2, steps=3)
due_weight = due_bias = 0.0
for _ in range(3):
    error = due_weight * drawn_hours + due_bias - drawn_questions
    due_weight, due_bias = due_weight - 0.4 * (error * drawn_hours).mean(), due_bias - 0.4 * error.mean()
assert torch.allclose(torch.as_tensor(weight), due_weight, rtol=1e-3) and torch.allclose(torch.as_tensor(bias), due_bias, rtol=1e-3)
### END HIDDEN TESTS
