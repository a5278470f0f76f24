# ---
# title: "Chapter 3, manual gradient descent: the text from which `course build` makes the notebooks. Edit this file, never the .ipynb."
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 3 · Manual gradient descent
#
# In chapter 2 you let PyTorch compute gradients. Now you use them: a line that fits badly is moved, step by step, until it
# fits well. There is no model class and no optimiser in this chapter. Every number that moves is moved by a line of code that
# you wrote, so that later, when PyTorch does it for you, you know what it does.
#
# **You will be able to**
#
# 1. derive the gradients of a line's error by hand, and check them against autograd;
# 2. train two parameters, or a whole table of them, with an update that autograd allows, and read the errors of those it does not;
# 3. choose a learning rate, and recognise one that is too small or too large;
# 4. see training as a path on an error surface;
# 5. solve the same problem without any steps, bend the line into a curve, and say when there is no single answer.
#
# **You need** chapters 1 and 2: shapes and broadcasting, `@`, `requires_grad`, `backward()`, `.grad` and `no_grad`.
#
# **Time** about an hour and a half: 58 minutes for the exercises, the rest to read, predict and play. The challenge at the end,
# for no points, takes 15 minutes more. 20 points.
#
# Each exercise has a cell for your code, marked `YOUR CODE HERE`, and below it one or more cells that check it. Run them as
# often as you like. When you hand the notebook in, the same ideas are checked again on fresh numbers. Cells further down that
# use what you have written fail until it is there; they say which exercise they need.

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import torch

from course import check, data
from course.check import families
from course.plots import crops, descent, error_surface, polynomials, regression, updates
from course.widgets.descent_explorer import descent_explorer

# %% [markdown]
# ## A line with noise
#
# One hundred points, made from a line and a little noise. Eighty are there to learn from. Twenty are set aside: no step will
# ever see them, and at the end they tell whether what was learnt holds elsewhere.

# %%
inputs, targets, validation_inputs, validation_targets = data.noisy_line()
inputs.shape, targets.shape, validation_inputs.shape

# %%
descent.training_and_validation(inputs, targets, validation_inputs, validation_targets)

# %% [markdown]
# **Before you read on, guess** the line: where does it cross x = 0, and how much does it rise up to x = 1? You have just
# fitted a model by eye. A program cannot see, so it starts anywhere and improves. We start at two random numbers that were
# drawn once and written down, so that your numbers and ours agree. (A seed would not do: from the same seed an
# accelerator draws other numbers than the CPU.)

# %%
weight, bias = 0.1391, 0.1940
regression.residuals(inputs, targets, weight, bias, x="x", y="y")

# %% [markdown]
# The line is `weight * x + bias`. Each vertical gap is an *error* (or *residual*), prediction minus target; all of them
# are negative here. One number for all eighty is the mean of their squares, the *loss*:
#
# $$L(w, b) = \frac{1}{n} \sum_{i=1}^{n} \left(w x_i + b - y_i\right)^2$$

# %%
def line_loss(weight, bias):
    error = weight * inputs + bias - targets
    return (error ** 2).mean()


line_loss(0.1391, 0.1940), line_loss(2.0, 1.0)

# %% [markdown]
# Look at its arguments: the data stay, weight and bias move. The loss is a *function of the parameters*, and training means
# walking to where it is low. The second pair is the line that the points were made from. **Predict:** is there any line with a
# loss of 0?

# %%
regression.residuals(inputs, targets, 2.0, 1.0, x="x", y="y")

# %% [markdown]
# There is not: a straight line cannot go through all of these points, and the gaps that are left are the noise. It has a
# standard deviation of 0.1, and its square, 0.01, is about what even the right line leaves.
#
# ## Gradients by hand
#
# Which way is down? Change one parameter and keep the other, and the loss is a parabola. At our start both parabolas fall to
# the right:

# %%
descent.slices(inputs, targets, 0.1391, 0.1940)

# %% [markdown] outcomes=[1]
# The two slopes are the *gradient*. They are not hard to derive. Write $e_i = w x_i + b - y_i$ for the error of point $i$, so
# that the loss is the mean of $e_i^2$. By the chain rule the derivative of $e_i^2$ is $2 e_i$ times the derivative of $e_i$,
# which is $1$ with respect to $b$ and $x_i$ with respect to $w$:
#
# $$\frac{\partial L}{\partial b} = \frac{2}{n} \sum_i e_i \qquad\qquad
#   \frac{\partial L}{\partial w} = \frac{2}{n} \sum_i x_i \, e_i$$
#
# In code, `2 * error.mean()` and `2 * (x * error).mean()`. The errors pull at the line. An error of a given size counts the
# same for its height wherever it sits; for its slope it counts more the farther it is from x = 0, as on a lever.
#
# ### Exercise 3.1 · two slopes · 2 points · ●○○ · 6 min
#
# Write `line_gradients`. It returns the derivative of the mean squared error with respect to the weight and to the bias, in
# this order, for any number $n$ of points: $\frac{2}{n} \sum x_i e_i$ and $\frac{2}{n} \sum e_i$, with $e_i = w x_i + b - y_i$.
# Use the formulas, and no loop. (Autograd would give the same numbers, and the check would take them; but what autograd
# does you have seen, and here it is your turn.)
#
# <details><summary><b>Both slopes are off by one factor</b></summary>
#
# Three factors are easily lost: the 2 that comes down from the square, the division by $n$, and the sign. Is your error
# prediction minus target?
# </details>
#
# <details><summary><b>The bias's slope is right and the weight's is not</b></summary>
#
# Each error is multiplied by its own input, *before* the mean is taken. A product of two means is another number.
# </details>

# %% nbgrader={"grade": false, "grade_id": "line-gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def line_gradients(inputs, targets, weight, bias):
    """Slopes of the mean squared error of the line weight · x + bias.

    inputs, targets: (n, 1). weight, bias: 0-d tensors.
    Returns two 0-d tensors, the derivative with respect to the weight and to the bias.
    """
    ### BEGIN SOLUTION
    error = weight * inputs + bias - targets
    return 2 * (inputs * error).mean(), 2 * error.mean()
    ### END SOLUTION

# %% [markdown]
# The first check has three points, (1, 4), (2, 2) and (4, 7), and the line $1 \cdot x + 0$. The errors are −3, 0 and −3.
# Before you look at the check, which holds the result, work both slopes out on paper. (Under `mistaken` stands what some
# common slips would give. The check compares with these too, so that it can tell you which one it was.)

# %% nbgrader={"grade": true, "grade_id": "line-gradients-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
three_points = torch.tensor([[1.], [2.], [4.]]), torch.tensor([[4.], [2.], [7.]])


def pair(first, second):
    return torch.tensor(float(first)), torch.tensor(float(second))


check.example("line_gradients", *three_points, *pair(1, 0), gives=pair(-10, -4), mistaken={
    "factor-half": pair(-5, -2), "sum-for-mean": pair(-30, -12), "divided-by-n-minus-one": pair(-15, -6),
    "error-sign-flipped": pair(10, 4), "returned-in-wrong-order": pair(-4, -10), "input-left-out": pair(-4, -4),
    "product-of-means": pair(-28 / 3, -4), "broadcast-n-by-n": pair(-118 / 9, -4),
})
### BEGIN HIDDEN TESTS
def points_and_line(draw):
    numbers = draw.uniform(-2, 3, 2)
    return draw.uniform(0.5, 3, draw.rows, 1), draw.uniform(-4, 5, draw.rows, 1), numbers[0], numbers[1]


def slopes(inputs, targets, weight, bias):
    error = weight * inputs + bias - targets
    return 2 * (inputs * error).mean(), 2 * error.mean()


def slopes_times(factor):
    return lambda *arguments: tuple(factor(arguments[0]) * slope for slope in slopes(*arguments))


check.agrees("line_gradients", reference=slopes, inputs=points_and_line, mistaken={
    "factor-half": slopes_times(lambda inputs: 0.5),
    "sum-for-mean": slopes_times(len),
    "error-sign-flipped": slopes_times(lambda inputs: -1),
    "divided-by-n-minus-one": slopes_times(lambda inputs: len(inputs) / max(len(inputs) - 1, 1)),
    "returned-in-wrong-order": lambda *arguments: slopes(*arguments)[::-1],
    "input-left-out": lambda *arguments: (slopes(*arguments)[1], slopes(*arguments)[1]),
    "product-of-means": lambda x, *rest: (x.mean() * slopes(x, *rest)[1], slopes(x, *rest)[1]),
    "globals-for-arguments": lambda x, y, *line: slopes(*data.noisy_line()[:2], *line),
})
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "line-gradients-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def many_points_and_line(draw):
    numbers = draw.uniform(-2, 3, 2)
    return draw.normal(draw.rows, 1), draw.normal(draw.rows, 1), numbers[0], numbers[1]


check.vectorised("line_gradients", inputs=many_points_and_line)
### BEGIN HIDDEN TESTS
check.vectorised("line_gradients", inputs=many_points_and_line, reference=slopes)
### END HIDDEN TESTS

# %% [markdown]
# Your `line_gradients` (exercise 3.1), at our start:

# %%
line_gradients(inputs, targets, torch.tensor(0.1391), torch.tensor(0.1940))

# %% [markdown]
# These are the slopes in the picture, −1.94 and −3.39. **Predict** what autograd says to the same question. All it needs is
# two tensors that require a gradient, and one `backward()`.

# %%
weight = torch.tensor(0.1391, requires_grad=True)
bias = torch.tensor(0.1940, requires_grad=True)
line_loss(weight, bias).backward()
weight.grad, bias.grad

# %% [markdown]
# The same numbers, without a derivation. You know now that you could do without autograd; in exercise 3.3
# you will, once more, and from then on it does the differentiating.
#
# One thing about `.grad` you have met in chapter 2. Nothing has moved, so the gradient of the next loss is the same.
# **Predict** what `.grad` holds after a second `backward()`.

# %%
line_loss(weight, bias).backward()
weight.grad, bias.grad

# %% [markdown]
# Twice as much: `backward()` *adds* to what is there. In a training loop that adds up fast, so between two steps each
# gradient is set back to zero, by hand, in place.

# %%
weight.grad.zero_(), bias.grad.zero_()

# %% [markdown]
# ## Three attempts at an update
#
# A step downhill subtracts a small multiple of the gradient. On paper that is one line, $w \leftarrow w - 0.1 \cdot
# \partial L / \partial w$. In PyTorch the first two ways that come to mind do not work, and both errors are worth knowing by
# sight. (Only the weight is moved here, to keep the cells short.)

# %%
weight = torch.tensor(0.1391, requires_grad=True)
bias = torch.tensor(0.1940, requires_grad=True)
line_loss(weight, bias).backward()

# %% [markdown]
# **First attempt**, as in ordinary Python. The step is 0.1 · 1.9439 long:

# %%
weight = weight - 0.1 * weight.grad
weight

# %% [markdown]
# The number is right. But look at what follows it: `grad_fn=<SubBackward0>`. This `weight` is a *result*, computed from the
# old one. **Predict** what the second step does. (The cell catches the error, so that the notebook can go on. PyTorch prints a
# warning of its own as well. Its advice, `retain_grad()`, is for other cases: it would not make this tensor a parameter.)

# %%
line_loss(weight, bias).backward()
try:
    weight = weight - 0.1 * weight.grad
except TypeError as error:
    print("TypeError:", error)

# %%
weight.is_leaf

# %% [markdown]
# `weight.grad` is `None`. Only *leaves*, tensors that you made yourself, keep their gradient. The old tensor was the leaf; it
# got the gradient, and the name `weight` has left it. So a `NoneType` in an update says: *this tensor is no leaf, or no
# `backward()` has reached it.*
#
# **Second attempt.** If a new tensor is the trouble, change the old one in place:

# %%
weight = torch.tensor(0.1391, requires_grad=True)
line_loss(weight, bias).backward()
try:
    weight -= 0.1 * weight.grad
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# Autograd is recording. A leaf is where the record begins, a number that was not computed from anything. A recorded change in
# place would make it the result of a computation, and the same tensor cannot be both. So PyTorch refuses, before anything has
# changed.
#
# **Third attempt.** The update is not part of the model, and nobody wants its derivative. Tell autograd to look away:

# %%
with torch.no_grad():
    weight -= 0.1 * weight.grad
print(weight, weight.is_leaf)

# %% [markdown]
# The same tensor, still a leaf, still requiring a gradient, with another number in it. That is how parameters are updated.

# %%
updates.attempts()

# %% [markdown] outcomes=[2]
# ### Exercise 3.2 · half of each · 1 point · ●○○ · 2 min
#
# Somebody mixes the first attempt with the third:
#
# ```python
# with torch.no_grad():
#     weight = weight - 0.1 * weight.grad
# ```
#
# The line runs, and the number is right. What is `weight` now?
#
# - **A** · the same leaf as before, with a new number in it
# - **B** · a result whose history leads back to the old leaf
# - **C** · a new tensor that does not require a gradient
# - **D** · a new leaf that requires a gradient
#
# Set `answer_mixture` to one of the letters, as text: `answer_mixture = "A"`, for example. You may try it out. The
# tick below says only that you have chosen a letter; which one is right you read after exercise 3.3.

# %% nbgrader={"grade": false, "grade_id": "half-of-each", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answer_mixture = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "half-of-each-choice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.choice("answer_mixture")
### BEGIN HIDDEN TESTS
check.choice("answer_mixture", "C", why={
    "A": "`=` never changes a tensor; it makes the name stand for another one.",
    "B": "Inside no_grad no history is kept. Look for a grad_fn.",
    "C": "Nothing was recorded, so nothing is required: the next backward() does not reach it.",
    "D": "It was computed inside no_grad. Print weight.requires_grad.",
})
### END HIDDEN TESTS

# %% [markdown] outcomes=[1]
# ## Gradient descent
#
# Loss, gradient, step, and again: that is all of gradient descent. One step changes both parameters by
#
# $$w \leftarrow w - \eta \, \frac{\partial L}{\partial w} \qquad\qquad b \leftarrow b - \eta \, \frac{\partial L}{\partial b}$$
#
# with a small number $\eta$, the *learning rate*. The minus sign is there because the gradient points uphill. Both slopes
# belong to the same pair of weight and bias: first both are measured, then both parameters move.
#
# ### Exercise 3.3 · one step, by hand · 2 points · ●○○ · 4 min
#
# Write `step_by_hand`. It returns the weight and the bias after one step, as two new tensors, with the gradients of exercise
# 3.1. What it was given stays as it was. The checks take the three points and the line $1 \cdot x + 0$ again, where the slopes
# are −10 and −4, and learning rates of 0.25 and 0.1.
#
# <details><summary><b>The weight is right and the bias is not</b></summary>
#
# At which weight was the bias's slope measured? By the time you come to the bias, the name `weight` may stand for a new number.
# </details>
#
# <details><summary><b>An argument was changed in place</b></summary>
#
# `weight -= …` writes into the tensor that the caller handed you. `weight - …` makes a new one.
# </details>
#
# <details><summary><b>Both numbers are wrong, and they look like each other's</b></summary>
#
# `line_gradients` returns the weight's slope first. Which of your names takes it?
# </details>

# %% nbgrader={"grade": false, "grade_id": "step-by-hand", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    """One step of gradient descent for the line weight · x + bias.

    inputs, targets: (n, 1). weight, bias: 0-d tensors. learning_rate: a number.
    Returns the new weight and the new bias, 0-d tensors.
    """
    ### BEGIN SOLUTION
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight - learning_rate * weight_gradient, bias - learning_rate * bias_gradient
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "step-by-hand-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.example("step_by_hand", *three_points, *pair(1, 0), 0.25, gives=pair(3.5, 1), mistaken={
    "wrong-sign": pair(-1.5, -1), "factor-half": pair(2.25, 0.5), "returned-in-wrong-order": pair(1, 3.5),
    "weight-never-updated": pair(1, 1), "bias-never-updated": pair(3.5, 0), "slopes-exchanged": pair(2, 2.5),
    "step-for-new-parameters": pair(2.5, 1), "gradient-after-update": pair(3.5, -23 / 12),
    "learning-rate-ignored": pair(11, 4), "learning-rate-twice": pair(1.625, 0.25),
    "divided-by-learning-rate": pair(41, 16), "learning-rate-hard-coded": pair(2, 0.4),
})
check.example("step_by_hand", *three_points, *pair(1, 0), 0.1, gives=pair(2, 0.4), mistaken={
    "learning-rate-hard-coded": pair(3.5, 1),
})
### BEGIN HIDDEN TESTS
def points_line_and_rate(draw):
    return *points_and_line(draw), 0.03 + 0.2 * draw.uniform(0, 1, 1).item()


def moved(weight_share, bias_share, power=1):
    def step(inputs, targets, weight, bias, learning_rate):
        weight_slope, bias_slope = slopes(inputs, targets, weight, bias)
        rate = learning_rate ** power
        return weight - weight_share * rate * weight_slope, bias - bias_share * rate * bias_slope

    return step


def exchanged(inputs, targets, weight, bias, learning_rate):
    weight_slope, bias_slope = slopes(inputs, targets, weight, bias)
    return weight - learning_rate * bias_slope, bias - learning_rate * weight_slope


def only_the_step(*arguments):
    return tuple(there - here for there, here in zip(moved(1, 1)(*arguments), arguments[2:4], strict=True))


def weight_first(inputs, targets, weight, bias, learning_rate):
    weight = weight - learning_rate * slopes(inputs, targets, weight, bias)[0]
    return weight, bias - learning_rate * slopes(inputs, targets, weight, bias)[1]


check.agrees("step_by_hand", reference=moved(1, 1), inputs=points_line_and_rate, mistaken={
    "wrong-sign": moved(-1, -1),
    "factor-half": moved(0.5, 0.5),
    "weight-never-updated": moved(0, 1),
    "bias-never-updated": moved(1, 0),
    "learning-rate-ignored": moved(1, 1, power=0),
    "learning-rate-twice": moved(1, 1, power=2),
    "divided-by-learning-rate": moved(1, 1, power=-1),
    "gradient-after-update": weight_first,
    "slopes-exchanged": exchanged,
    "step-for-new-parameters": only_the_step,
    "returned-in-wrong-order": lambda *arguments: moved(1, 1)(*arguments)[::-1],
})
### END HIDDEN TESTS

# %% [markdown]
# From our start, with learning rate 0.1 (exercise 3.3). **Predict** both numbers from the slopes −1.94 and −3.39.

# %%
step_by_hand(inputs, targets, torch.tensor(0.1391), torch.tensor(0.1940), 0.1)

# %% [markdown] outcomes=[2]
# **Exercise 3.2, resolved.** It was C. `=` makes the name stand for the result, so the old leaf is gone (not A). Inside
# `no_grad` nothing is recorded, so the result has no history (not B) and requires no gradient (not D). The next `backward()`
# does not reach it, and the error comes one round later than the slip.
#
# ### Exercise 3.4 · train the line · 3 points · ●●○ · 12 min
#
# Now with autograd, which the check insists on, and many times. Write `train_line`. It makes its own two leaves from the given
# start, and does exactly `num_epochs` rounds of loss, `backward()`, update and zeroing, with all points in every round. (Once
# through all the data is called an *epoch*.) In exercise 3.3 weight and bias came as tensors; here they come as plain numbers.
# Make the leaves where the data are, for instance
#
# ```python
# slope = torch.tensor(0.5, requires_grad=True, device=inputs.device)
# ```
#
# A 0-d tensor on the CPU would slip through unnoticed, as PyTorch lets it meet tensors on any device.
#
# <details><summary><b>I get <code>unsupported operand type(s) for *: 'float' and 'NoneType'</code></b></summary>
#
# The gradient is `None`. In the first round: was `backward()` called, and does the tensor require a gradient? In the second:
# the name stands for another tensor now. See the first attempt.
# </details>
#
# <details><summary><b>I get <code>a leaf Variable that requires grad is being used in an in-place operation</code></b></summary>
#
# The second attempt. What did the third add?
# </details>
#
# <details><summary><b>I get <code>element 0 of tensors does not require grad and does not have a grad_fn</code></b></summary>
#
# Nothing that the loss was computed from requires a gradient. In the first round: how were the leaves made? Later: exercise
# 3.2.
# </details>
#
# <details><summary><b>I get <code>'NoneType' object has no attribute 'zero_'</code></b></summary>
#
# Either it is too early: before the first `backward()` there is no gradient to zero. Where in the round would be a better
# place? Or the name was bound to another tensor in the update, `weight = …`. The new one is no leaf and has no `.grad`.
# </details>
#
# <details><summary><b>The check counts too few zeroings, or says that gradients are never zeroed</b></summary>
#
# Every gradient has to be zeroed in every round. Is the line indented into the loop, and is there one for each parameter?
# </details>
#
# <details><summary><b>The check says that a parameter was set to zero</b></summary>
#
# `weight.zero_()` empties the parameter itself. The gradient is `weight.grad`.
# </details>
#
# <details><summary><b>The check says that the notebook's data are used, or a device does not fit</b></summary>
#
# From which data is your loss computed? `line_loss` from the beginning takes all eighty points of the notebook, whatever
# `inputs` your function was given, and leaves them on the CPU. Compute the loss from the arguments.
# </details>
#
# <details><summary><b>It works on the CPU, and on an accelerator a gradient is <code>None</code></b></summary>
#
# `torch.tensor(…, requires_grad=True).to(device)` is a leaf on the CPU, where `to` has nothing to do. On an accelerator it is a
# copy, and so a result. Give `torch.tensor` the device.
# </details>

# %% nbgrader={"grade": false, "grade_id": "train-line", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_line(inputs, targets, weight, bias, learning_rate, num_epochs):
    """Fit the line weight · x + bias by gradient descent on all points at once, with autograd.

    inputs, targets: (n, 1), on one device. weight, bias: numbers, where to start. num_epochs: the number of steps.
    Returns the trained weight and bias, two 0-d tensors on that device. They may still require a gradient.
    """
    ### BEGIN SOLUTION
    weight = torch.tensor(weight, device=inputs.device, requires_grad=True)
    bias = torch.tensor(bias, device=inputs.device, requires_grad=True)
    for _ in range(num_epochs):
        loss = ((weight * inputs + bias - targets) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad.zero_()
        bias.grad.zero_()
    return weight, bias
    ### END SOLUTION

# %% [markdown]
# The first check watches the loop at work. The second takes one step that you know from paper.

# %% nbgrader={"grade": true, "grade_id": "train-line-steps", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def first_points(count):
    return tuple(column[:count] for column in data.noisy_line()[:2])


check.trains("train_line", data=first_points(12), learning_rate=0.17, steps=4, start=(0.1391, 0.1940), autograd=True,
             arguments=(*first_points(12), 0.1391, 0.1940, 0.17, 4),
             other_data={"globals-for-arguments": data.noisy_line()[:2]})
check.example("train_line", *three_points, 1.0, 0.0, 0.1, 1, gives=(torch.tensor(2.), torch.tensor(0.4)))
### BEGIN HIDDEN TESTS
check.trains("train_line", data=first_points(11), learning_rate=0.27, steps=5, start=(-0.5, -0.5), autograd=True,
             arguments=(*first_points(11), -0.5, -0.5, 0.27, 5),
             other_data={"globals-for-arguments": data.noisy_line()[:2]})
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "train-line-device", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def points_and_start(draw):
    return draw.uniform(0, 1, draw.rows, 1), draw.uniform(0, 3, draw.rows, 1), 0.5, 0.25, 0.1, 3


check.any_device("train_line", inputs=points_and_start)
### BEGIN HIDDEN TESTS
def three_steps(inputs, targets, weight, bias, learning_rate, num_epochs):
    line = torch.tensor(weight), torch.tensor(bias)
    for _ in range(num_epochs):
        line = moved(1, 1)(inputs, targets, *line, learning_rate)
    return line


check.any_device("train_line", inputs=points_and_start, reference=three_steps)
### END HIDDEN TESTS

# %% [markdown]
# A thousand epochs from our start (exercise 3.4). The line you guessed at the beginning: was it near this one?

# %%
weight, bias = train_line(inputs, targets, 0.1391, 0.1940, learning_rate=0.1, num_epochs=1000)
weight, bias

# %% [markdown]
# 1.9690 and 1.0235; the points were made with 2 and 1, and the noise accounts for the rest. **Predict:** if we start somewhere
# else entirely, where does it end?

# %%
train_line(inputs, targets, -30.0, 80.0, learning_rate=0.1, num_epochs=1000)

# %% [markdown]
# At the same place. And the points that were set aside? Their loss is about that of the points we learnt from: what was
# learnt is the line, and not these eighty points.

# %%
with torch.no_grad():
    predictions = weight * validation_inputs + bias
    print("learnt from:", line_loss(weight, bias).item())
    print("set aside:  ", ((predictions - validation_targets) ** 2).mean().item())

# %% [markdown] outcomes=[2, 4]
# ### Exercise 3.5 · where it went · 2 points · ●●○ · 5 min
#
# To see a path one has to keep it. Write `descent_path`: the same training, but it returns a tensor of shape
# `(num_epochs + 1, 2)`, one row (weight, bias) for the start and for the end of each epoch. You may
# call functions that you have already written. All data are on the CPU here.
#
# <details><summary><b>All rows are the same</b></summary>
#
# The list holds the parameter itself, many times, and an update in place changes what all of these look at. Keep a copy, or a
# Python number made with `.item()`.
# </details>
#
# <details><summary><b>I get <code>only one element tensors can be converted …</code>, or a shape with a 1 in it</b></summary>
#
# `torch.tensor` makes a table from a list of lists of *numbers*; from a list of tensors, one for each row, `torch.stack` does.
# </details>
#
# <details><summary><b>I have a list of pairs, and the check wants a tensor</b></summary>
#
# If the pairs hold Python numbers, made with `.item()`, one `torch.tensor` around the whole list makes the table, at the end.
# </details>
#
# <details><summary><b>There is one row too few</b></summary>
#
# Two epochs have three points: where it starts, and where each epoch ends. Keep the first before the loop.
# </details>
#
# <details><summary><b>The first row is right, and the others are wrong</b></summary>
#
# From which data are the slopes computed, and as a mean or as a sum? `line_loss` takes the notebook's eighty points, whatever
# your function was given. And does each epoch begin where the one before ended?
# </details>

# %% nbgrader={"grade": false, "grade_id": "descent-path", "locked": false, "schema_version": 3, "solution": true, "task": false}
def descent_path(inputs, targets, weight, bias, learning_rate, num_epochs):
    """The parameters before the first step of gradient descent and after each, for the line weight · x + bias.

    inputs, targets: (n, 1). weight, bias: numbers, where to start.
    Returns (num_epochs + 1, 2): the weight in column 0, the bias in column 1.
    """
    ### BEGIN SOLUTION
    weight, bias = torch.tensor(weight), torch.tensor(bias)
    path = [torch.stack([weight, bias])]
    for _ in range(num_epochs):
        weight, bias = step_by_hand(inputs, targets, weight, bias, learning_rate)
        path.append(torch.stack([weight, bias]))
    return torch.stack(path)
    ### END SOLUTION

# %% [markdown]
# One point at (2, 3), the line $1 \cdot x + 0$, learning rate 0.05: the error is −1, then −½. And the three points, with learning
# rate 0.1: you know the first step.

# %% nbgrader={"grade": true, "grade_id": "descent-path-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
two_epochs = torch.tensor([[1., 0.], [1.2, 0.1], [1.3, 0.15]])

check.example("descent_path", torch.tensor([[2.]]), torch.tensor([[3.]]), 1.0, 0.0, 0.05, 2, gives=two_epochs, mistaken={
    "history-not-cloned": two_epochs[-1:].repeat(3, 1),
    "start-not-recorded": two_epochs[1:],
    "end-not-recorded": two_epochs[:-1],
    "wrong-order": two_epochs.flip(1),
    "each-epoch-from-the-start": torch.tensor([[1., 0.], [1.2, 0.1], [1.2, 0.1]]),
    "gradients-never-zeroed": torch.tensor([[1., 0.], [1.2, 0.1], [1.5, 0.25]]),
    "globals-for-arguments": torch.tensor([[1., 0.], [1.079073, 0.148134], [1.148642, 0.277718]]),
})
check.example("descent_path", *three_points, 1.0, 0.0, 0.1, 2, mistaken={
    "sum-for-mean": torch.tensor([[1., 0.], [4., 1.2], [-7.28, -2.52]]),
    "factor-half": torch.tensor([[1., 0.], [1.5, 0.2], [1.60333333, 0.26333333]]),
}, gives=torch.tensor([[1., 0.], [2., 0.4], [1.41333333, 0.25333333]]))
### BEGIN HIDDEN TESTS
def points_start_and_epochs(draw):
    numbers = draw.uniform(-2, 3, 2).tolist()
    return draw.uniform(0, 1, draw.rows, 1), draw.uniform(-4, 5, draw.rows, 1), *numbers, 0.2, 6


def path_of(inputs, targets, weight, bias, learning_rate, num_epochs):
    path = [(torch.tensor(weight), torch.tensor(bias))]
    for _ in range(num_epochs):
        path.append(moved(1, 1)(inputs, targets, *path[-1], learning_rate))
    return torch.tensor(path)


def path_with_rate_times(factor):
    return lambda *given: path_of(*given[:4], factor(len(given[0])) * given[4], given[5])


check.agrees("descent_path", reference=path_of, inputs=points_start_and_epochs, rtol=1e-4, mistaken={
    "history-not-cloned": lambda *arguments: path_of(*arguments)[-1:].expand(arguments[-1] + 1, 2),
    "start-not-recorded": lambda *arguments: path_of(*arguments)[1:],
    "end-not-recorded": lambda *arguments: path_of(*arguments)[:-1],
    "each-epoch-from-the-start": lambda *arguments: path_of(*arguments)[[0] + arguments[-1] * [1]],
    "sum-for-mean": path_with_rate_times(lambda rows: rows),
    "factor-half": path_with_rate_times(lambda rows: 0.5),
    "globals-for-arguments": lambda *arguments: path_of(*data.noisy_line()[:2], *arguments[2:]),
    "transposed": lambda *arguments: path_of(*arguments).T,
    "wrong-order": lambda *arguments: path_of(*arguments).flip(1),
})
### END HIDDEN TESTS

# %% [markdown]
# ### Why the gradient is zeroed
#
# Here is the loop once more with the zeroing left out, and the loss of each epoch kept. **Predict** the shape of its curve. (The
# second cell, which draws it beside the right one, needs exercise 3.5.)

# %%
weight = torch.tensor(0.1391, requires_grad=True)
bias = torch.tensor(0.1940, requires_grad=True)
never_zeroed = []
for _ in range(100):
    loss = line_loss(weight, bias)
    never_zeroed.append(loss.item())
    loss.backward()
    with torch.no_grad():
        weight -= 0.1 * weight.grad
        bias -= 0.1 * bias.grad

# %%
path = descent_path(inputs, targets, 0.1391, 0.1940, learning_rate=0.1, num_epochs=99)
zeroed = [line_loss(weight, bias).item() for weight, bias in path]  # each row of the path is a weight and a bias
regression.loss_curves({"zeroed": zeroed, "never zeroed": never_zeroed}, title="With and without zeroing")

# %% [markdown]
# Each step follows the sum of all gradients so far. Weight and bias run past the lowest point and up the other
# side, and only when the new gradients have outweighed the old ones do they turn round. There is no error, no warning, and no
# end to it.
#
# ## The learning rate
#
# How long should a step be? Look first at the bias alone, with the weight held at 1.9690. Moving the bias moves every error by
# the same amount, so the slope, twice the mean error, is $2\,(b - b_\text{lowest})$: twice the distance to the lowest point. A
# step takes $\eta$ times that away, and leaves $1 - 2\eta$ of the distance. **Predict** what that means for $\eta$ = 0.05,
# 0.4 and 1.05.

# %%
descent.steps_on_a_parabola(start=0.1940, lowest=1.0235, learning_rates=(0.05, 0.4, 1.05))

# %% [markdown] outcomes=[3]
# Too small: 0.9 of the distance is left after each step, and one waits. Good: 0.2 is left. Too large: the step reaches the
# other side, at 1.1 times the distance. There the slope is steeper, the next step longer, and it never comes back. One says
# training *diverges*. The limit lies where the factor is −1, here at 1; it is different for every problem.
#
# ### Exercise 3.6 · read the curves · 1 point · ●○○ · 2 min
#
# Three runs on the noisy line, same start, three learning rates.

# %% nbgrader={"grade": false, "grade_id": "three-curves", "locked": true, "schema_version": 3, "solution": false, "task": false}
descent.three_curves(inputs, targets, 0.1391, 0.1940)

# %% [markdown]
# Order them by learning rate, the smallest first. Set `answer_rates` to one of the letters, as text: `answer_rates = "A"`, for
# example. The tick below says only that you have chosen a letter; which one is right you read after exercise 3.7.
#
# - **A** · curve 1, curve 2, curve 3
# - **B** · curve 3, curve 1, curve 2
# - **C** · curve 2, curve 1, curve 3
# - **D** · curve 3, curve 2, curve 1

# %% nbgrader={"grade": false, "grade_id": "read-the-curves", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answer_rates = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "read-the-curves-choice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.choice("answer_rates")
### BEGIN HIDDEN TESTS
check.choice("answer_rates", "B", why={
    "A": "Curve 3 falls with every step, a little. Which rate makes little progress?",
    "B": "Curve 3 creeps, curve 1 falls fast, and curve 2 grows with every step.",
    "C": "Curve 2 grows. Steps that are too short never make a loss grow.",
    "D": "Curve 1 comes down and curve 2 goes up: which of the two takes the longer steps?",
})
### END HIDDEN TESTS

# %% [markdown] outcomes=[4]
# ## The error surface
#
# Two parameters make a plane, and the loss above it a surface. To draw it one needs the loss of every pair of a weight and a
# bias from a grid, thousands of lines at once. That is a job for broadcasting.
#
# ### Exercise 3.7 · all lines at once · 2 points · ●●● · 8 min
#
# Write `error_surface_of`. Entry `[i, j]` of the result is the mean squared error of the line with weight `weights[i]` and
# bias `biases[j]`. No loop: give the three things that vary (weight, bias, point) a dimension each, and take the mean over one.
#
# <details><summary><b>I do not know how to begin</b></summary>
#
# `weights.view(-1, 1, 1)` has shape `(p, 1, 1)`. Which shapes should the biases and the inputs have, so that together they
# stretch to `(p, q, n)`?
# </details>
#
# <details><summary><b>Rows and columns are exchanged</b></summary>
#
# Which of the two comes first in your shapes, weights or biases? Try it with 4 weights and 2 biases.
# </details>
#
# <details><summary><b>I get <code>The size of tensor a (…) must match the size of tensor b (…)</code></b></summary>
#
# Print the shapes of all parts. From the right, the sizes must be equal or 1. The inputs arrive as `(n, 1)`: is `n` where you
# want it?
# </details>

# %% nbgrader={"grade": false, "grade_id": "error-surface-of", "locked": false, "schema_version": 3, "solution": true, "task": false}
def error_surface_of(inputs, targets, weights, biases):
    """The mean squared error of every line of a grid.

    inputs, targets: (n, 1). weights: (p,). biases: (q,).
    Returns (p, q): entry [i, j] belongs to the line weights[i] · x + biases[j].
    """
    ### BEGIN SOLUTION
    predictions = weights.view(-1, 1, 1) * inputs.flatten() + biases.view(1, -1, 1)
    return ((predictions - targets.flatten()) ** 2).mean(dim=2)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "error-surface-of-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
surface_on_paper = torch.tensor([[6., 3.], [23., 46 / 3], [3., 14 / 3], [54., 125 / 3]])

check.example(
    "error_surface_of", *three_points, torch.tensor([1., 0., 2., -1.]), torch.tensor([0., 1.]), gives=surface_on_paper,
    mistaken={
        "sum-for-mean": 3 * surface_on_paper,
        "square-of-mean": torch.tensor([[36., 9.], [169., 100.], [1., 16.], [400., 289.]]) / 9,
        "wrong-dim": torch.tensor([[13.5, 6., 45.], [7.5, 5., 36.]]),
    },
)
### BEGIN HIDDEN TESTS
def points_and_grid(draw):
    return (draw.normal(draw.rows, 1, mean=1.0), draw.normal(draw.rows, 1, mean=2.0), draw.uniform(-1, 4, 4),
            draw.uniform(-1, 3, 3))


def surface_by_loop(inputs, targets, weights, biases):
    return torch.stack([torch.stack([((w * inputs + b - targets) ** 2).mean() for b in biases]) for w in weights])


check.agrees("error_surface_of", reference=surface_by_loop, inputs=points_and_grid, mistaken={
    "sum-for-mean": lambda *arguments: len(arguments[0]) * surface_by_loop(*arguments),
    "transposed": lambda *arguments: surface_by_loop(*arguments).T,
    "square-of-mean": lambda x, y, w, b: (w.view(-1, 1) * x.mean() + b - y.mean()) ** 2,
    "wrong-dim": lambda x, y, w, b: ((w.view(-1, 1, 1) * x.T + b.view(1, -1, 1) - y.T) ** 2).mean(dim=0),
})
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "error-surface-of-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def growing_weights(draw):
    return (draw.normal(draw.rows, 1), draw.normal(draw.rows, 1), draw.uniform(-1, 4, draw.features),
            draw.uniform(-1, 3, 3))


def growing_biases(draw):
    return draw.normal(draw.rows, 1), draw.normal(draw.rows, 1), draw.uniform(-1, 4, 3), draw.uniform(-1, 3, draw.features)


names = {"rows": "points", "features": "weights"}
check.vectorised("error_surface_of", inputs=growing_weights, by=("rows", "features"), names=names)
check.vectorised("error_surface_of", inputs=growing_biases, by=("features",), names={"features": "biases"})
### BEGIN HIDDEN TESTS
check.vectorised("error_surface_of", inputs=growing_weights, names=names, reference=surface_by_loop)
check.vectorised("error_surface_of", inputs=growing_biases, by=("features",), names={"features": "biases"},
                 reference=surface_by_loop)
### END HIDDEN TESTS

# %% [markdown]
# **Exercise 3.6, resolved.** B: curve 3 creeps, so its steps are the shortest; curve 1 falls fast; curve 2 grows with every
# step, and only steps that are too long do that.
#
# And here is the surface of the noisy line, 101 weights by 81 biases (exercise 3.7).

# %%
weights, biases = torch.linspace(-1, 4, 101), torch.linspace(-1, 3, 81)
losses = error_surface_of(inputs, targets, weights, biases)
error_surface.valley(weights, biases, losses)

# %% [markdown]
# A valley, steep across and nearly level along: a steeper line (more weight) can make up for a lower one (less bias), so the
# loss hardly changes along the floor. From above, with contour lines, the paths of two learning rates. **Predict** what 0.7,
# which is close to the limit, does to the path. (The cell needs exercise 3.5, too.)

# %%
error_surface.paths_on_map(weights, biases, losses, {
    "learning rate 0.1, 100 epochs": descent_path(inputs, targets, 0.1391, 0.1940, 0.1, 100),
    "learning rate 0.7, 100 epochs": descent_path(inputs, targets, 0.1391, 0.1940, 0.7, 100),
})

# %% [markdown]
# The gradient stands at right angles to the contour lines, so a path runs first *across* the valley, to its floor, and then
# turns and creeps along it. A longer step overshoots across the valley, and gets further along it.
#
# ### Explore it
#
# The same surface, with the line that each dot stands for.
#
# 1. Press play at learning rate 0.1. Which part of the line is settled first, its height in the middle or its slope?
# 2. Find the largest learning rate at which the path still comes nearer to the star with every turn.
# 3. Start at weight 4, bias −1. **Predict** the first ten steps at learning rate 0.1, then look.

# %%
descent_explorer()

# %% [markdown]
# The height in the middle is settled within ten steps; the slope takes hundreds. Up to 0.8 the zigzag across the valley dies out,
# and from 0.81 on it grows. The steep direction sets the limit, the level one sets the waiting time. From (4, −1) the line is too
# low in the middle, so both parameters rise at first, the weight too, to 4.13, although it is too large already. Only on the
# floor of the valley does it turn back. How steep is steep, exactly? That is the challenge at the end.
#
# ## Many weights at once
#
# Five regions, and three things that were measured there: temperature, rainfall, humidity. Two things to predict, in tonnes a
# hectare: apples and oranges.

# %%
weather, yields = data.crop_yields()
weather, yields

# %% [markdown]
# Each crop depends on three inputs, so it has three weights and a bias. For two crops, that is a weight of shape `(2, 3)`, *one
# row for each output*, and a bias of shape `(2,)`. All ten predictions are one product and one sum:

# %%
crops.product_of_shapes()

# %% [markdown] outcomes=[2]
# The weights are stored with outputs in rows, hence the transpose: `inputs @ weight.t() + bias`. (PyTorch's own layers do the
# same; you will meet them in chapter 4.)
#
# ### Exercise 3.8 · the loss of a table · 3 points · ●●○ · 7 min
#
# Write `yields_loss`: predict all rows, and return the mean squared error, which is the sum of the squared differences divided
# by the number of *elements*, here 5 · 2.
#
# <details><summary><b>I get <code>mat1 and mat2 shapes cannot be multiplied (2x4 and 3x4)</code></b></summary>
#
# In a product of matrices the inner sizes must be equal. Compare with the picture.
# </details>
#
# <details><summary><b>The loss is two or three times what it should be</b></summary>
#
# There are as many differences as there are numbers in the table of targets, not as many as there are rows.
# </details>
#
# <details><summary><b>It is right for the crops, and not in the check</b></summary>
#
# Is one of the crops' sizes written into your code, 5, 2 or 10? The check has tables of other sizes.
# </details>

# %% nbgrader={"grade": false, "grade_id": "yields-loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def yields_loss(inputs, targets, weight, bias):
    """Mean squared error, over all elements, of the predictions inputs @ weight.t() + bias.

    inputs: (n, d). targets: (n, k). weight: (k, d). bias: (k,).
    Returns a 0-d tensor through which gradients flow to weight and bias.
    """
    ### BEGIN SOLUTION
    predictions = inputs @ weight.t() + bias
    return ((predictions - targets) ** 2).mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "yields-loss-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
table = torch.tensor([[1., 2., 0., 1.], [0., 1., 1., 2.]]), torch.tensor([[0., 7., -3.], [0., 3., 2.]])
weight_and_bias = torch.tensor([[1., 0., 0., 0.], [0., 1., 0., 1.], [0., 0., 1., 1.]]), torch.tensor([0., 2., -1.])
predicted = torch.tensor([[1., 5., 0.], [0., 5., 2.]])
slips = families.squared_error(lambda *arguments: (predicted, table[1]))

check.example("yields_loss", *table, *weight_and_bias, gives=torch.tensor(3.), mistaken={
    **{mistake: slip() for mistake, slip in slips.items()},
    "divided-by-rows": torch.tensor(9.),
    "bias-left-out": torch.tensor(34 / 6),
    "reshape-for-transpose": torch.tensor(46 / 6),
})
### BEGIN HIDDEN TESTS
def table_and_weights(draw):
    return (draw.normal(draw.rows, 4, mean=1.0), draw.normal(draw.rows, 3, std=3.0), draw.normal(3, 4),
            draw.normal(3, mean=2.0))


def table_error(inputs, targets, weight, bias):
    return torch.nn.functional.mse_loss(inputs @ weight.t() + bias, targets)


check.agrees("yields_loss", reference=table_error, inputs=table_and_weights, mistaken={
    **families.squared_error(lambda inputs, targets, weight, bias: (inputs @ weight.t() + bias, targets)),
    "divided-by-rows": lambda *arguments: 3 * table_error(*arguments),
    "bias-left-out": lambda inputs, targets, weight, bias: table_error(inputs, targets, weight, 0 * bias),
    "reshape-for-transpose": lambda inputs, targets, weight, bias: table_error(inputs, targets, weight.reshape(4, 3).T, bias),
})
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yields-loss-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def crops_and_weights(draw):
    return *data.crop_yields(), draw.normal(2, 3), draw.normal(2)


def sum_over_ten(inputs, targets, weight, bias):
    return (inputs @ weight.t() + bias - targets).square().sum() / 10


check.gradient("yields_loss", reference=sum_over_ten, inputs=crops_and_weights, of=(2, 3), rows=(5,))
### BEGIN HIDDEN TESTS
check.gradient("yields_loss", reference=table_error, inputs=table_and_weights, of=(2, 3))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "yields-loss-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def growing_table(draw):
    return draw.normal(draw.rows, 3), draw.normal(draw.rows, 2), draw.normal(2, 3), draw.normal(2)


check.vectorised("yields_loss", inputs=growing_table)
### BEGIN HIDDEN TESTS
check.vectorised("yields_loss", inputs=growing_table, reference=table_error)
### END HIDDEN TESTS

# %% [markdown]
# ### A published run, step by step
#
# One run on this table has been published, with the numbers of its every step. We start from the same weights, and compare. (The
# cells of this section need your `yields_loss`, exercise 3.8.)

# %%
weight = torch.tensor([[-0.8474, 1.0004, 0.9559], [0.3555, 1.1560, 0.3668]], requires_grad=True)
bias = torch.tensor([0.2883, -0.1208], requires_grad=True)
stages = {"at the start": (weather @ weight.t() + bias).detach()}
yields_loss(weather, yields, weight, bias)

# %% [markdown]
# The published run says 1779.3975. Its start is printed with four decimals only, so that the last digits differ a little, here
# and below. **Predict:** what shape has `weight.grad`, and is the row of the apples or that of the oranges larger? For the
# first region the start predicts 46.6 tonnes of apples, where 56 grew, and 119.1 of oranges, where 70 did.

# %%
yields_loss(weather, yields, weight, bias).backward()
weight.grad, bias.grad

# %% [markdown]
# One slope for each weight, so the shape is that of the weight. They are enormous. A slope is an error times an input, and the
# inputs are about a hundred. With the learning rate of the line, 0.1, the first step would move weights of about 1 by nearly
# 500. So the learning rate has to be small: 1e-5.

# %%
with torch.no_grad():
    weight -= 1e-5 * weight.grad
    bias -= 1e-5 * bias.grad
    weight.grad.zero_()
    bias.grad.zero_()
yields_loss(weather, yields, weight, bias)

# %% [markdown]
# From 1779 to 1239 in one step. **Predict** how the slopes have changed.

# %%
stages["after 1 step"] = (weather @ weight.t() + bias).detach()
yields_loss(weather, yields, weight, bias).backward()
weight.grad, bias.grad

# %% [markdown]
# They have shrunk with the errors. Those of the biases can be read directly: the 2 of the square, divided by two crops, leaves
# the mean error of each. Apples are now 8.3 tonnes too low on average, oranges 46.7 too high. One more step:

# %%
with torch.no_grad():
    weight -= 1e-5 * weight.grad
    bias -= 1e-5 * bias.grad
    weight.grad.zero_()
    bias.grad.zero_()
stages["after 2 steps"] = (weather @ weight.t() + bias).detach()
yields_loss(weather, yields, weight, bias)

# %% [markdown]
# 874 (published: 874.3945). **Predict** the loss after a hundred more steps: 5, 50 or 500?

# %%
for _ in range(100):
    yields_loss(weather, yields, weight, bias).backward()
    with torch.no_grad():
        weight -= 1e-5 * weight.grad
        bias -= 1e-5 * bias.grad
        weight.grad.zero_()
        bias.grad.zero_()
yields_loss(weather, yields, weight, bias)

# %% [markdown]
# 52.17 (published: 52.1701). What do the predictions look like now, beside what grew?

# %%
stages["after 102 steps"] = (weather @ weight.t() + bias).detach()
stages["after 102 steps"], yields

# %%
crops.predictions_by_step(stages, yields, ("apples", "oranges"))

# %% [markdown] outcomes=[5]
# The numbers at the points count the regions. Two steps bring the oranges down from far too high, and the hundred after them do
# the finer work. The first and second region are near the diagonal, the third less so. In the dry fourth the apples are 12.9
# tonnes too low and the oranges 10.0 too high; in the fifth it is the other way round, 6.5 too high and 12.3 too low. Along the
# valley's floor there is still a long way to go.
#
# ## The closed form
#
# For a line, or any model that is a sum of weights times features, one can jump to the lowest point. Write the features of all
# points as the rows of a matrix $\Phi$, and the weights as a column $\theta$. For our line a row is $(x_i, 1)$ and $\theta$ is
# $(w, b)$. Then the predictions are $\Phi\theta$, and both slopes of exercise 3.1 are one product:
#
# $$\nabla L = \frac{2}{n}\, \Phi^\top (\Phi\theta - y)$$
#
# At the lowest point it is zero. A product with the number 2/n is zero only where the rest is, so 2/n falls away, and what is left
# is $\Phi^\top\Phi\theta - \Phi^\top y = 0$. These are the *normal equations*,
#
# $$\Phi^\top\Phi \, \theta = \Phi^\top y$$
#
# as many equations as weights, all of them linear.
#
# ### Exercise 3.9 · no steps at all · 2 points · ●●○ · 6 min
#
# Write `least_squares(features, targets)`. It returns the weights that minimise the mean squared error of `features @ weights`.
# `torch.linalg.solve(A, B)` solves $A X = B$, for several columns at once; `torch.linalg.lstsq(features, targets)` does the
# whole job. Use either.
#
# <details><summary><b>I get <code>A must be batches of square matrices</code></b></summary>
#
# The features are taller than wide, so they cannot be solved for directly. Which square product of theirs has one row for each
# *weight*? Look at the normal equations.
# </details>
#
# <details><summary><b>I get <code>… because the input matrix is singular</code></b></summary>
#
# Two products of the features with themselves are square. One has a row for each point, and with more points than weights it is
# always singular. The other has a row for each weight.
# </details>
#
# <details><summary><b>I get <code>Incompatible shapes of A and B</code></b></summary>
#
# The left side of the normal equations has as many rows as there are weights, so the right side needs as many. Is
# $\Phi^\top$ on both sides?
# </details>
#
# <details><summary><b>The result is not a tensor</b></summary>
#
# `lstsq` gives several things at once, with names. The weights are in `.solution`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "least-squares", "locked": false, "schema_version": 3, "solution": true, "task": false}
def least_squares(features, targets):
    """The weights that minimise the mean squared error of features @ weights.

    features: (n, d), n at least d, its columns independent. targets: (n, k).
    Returns (d, k).
    """
    ### BEGIN SOLUTION
    return torch.linalg.solve(features.T @ features, features.T @ targets)
    ### END SOLUTION

# %% [markdown]
# Three points, (0, 1), (1, 2) and (2, 6), and a line: its weight is 2.5 and its bias ½.

# %% nbgrader={"grade": true, "grade_id": "least-squares-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.example("least_squares", torch.tensor([[0., 1.], [1., 1.], [2., 1.]]), torch.tensor([[1.], [2.], [6.]]),
              gives=torch.tensor([[2.5], [0.5]]), rtol=1e-4, mistaken={
    "one-side-scaled": torch.tensor([[3.75], [0.75]]),
    "right-side-scaled": torch.tensor([[5 / 3], [1 / 3]]),
})
### BEGIN HIDDEN TESTS
def features_and_targets(draw):
    features = draw.normal(draw.rows, draw.features)
    features[:draw.features] += 3 * torch.eye(draw.features)
    return features, draw.normal(draw.rows, 2, std=3.0)


def best_weights(features, targets):
    return torch.linalg.lstsq(features.double(), targets.double()).solution.float()


check.agrees("least_squares", reference=best_weights, inputs=features_and_targets, rows=(5, 12, 3), rtol=1e-3, atol=1e-3,
             mistaken={
    "transposed": lambda features, targets: best_weights(features, targets).T,
    "one-side-scaled": lambda features, targets: len(features) / 2 * best_weights(features, targets),
    "right-side-scaled": lambda features, targets: 2 / len(features) * best_weights(features, targets),
})
### END HIDDEN TESTS

# %% [markdown]
# For the noisy line, in one call (exercise 3.9). **Predict** both numbers; you have seen them before.

# %%
features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
solution = least_squares(features, targets)
solution

# %% [markdown]
# What a thousand steps had found. Are the slopes (exercise 3.1) really zero there?

# %%
line_gradients(inputs, targets, solution[0, 0], solution[1, 0])

# %% [markdown]
# And the crops: three inputs and a column of ones, both crops at once. After 102 steps the loss was 52. **Predict** how low it
# can go.

# %%
columns = torch.cat([weather, torch.ones(5, 1)], dim=1)
best = least_squares(columns, yields)
((columns @ best - yields) ** 2).mean()

# %% [markdown]
# Below ½. So why take steps at all? Because this shortcut exists only for models that are linear in their weights, and because
# $\Phi^\top\Phi$ has as many rows and columns as there are weights: with a million of them that is $10^{12}$ numbers, 4
# terabytes in float32. Steps always work, as long as there is a gradient.
#
# (Between the two ways of the exercise: forming $\Phi^\top\Phi$ squares the *condition number*, the factor by which rounding
# errors may grow on their way into the weights: at 1,000, three digits may be lost. `lstsq` works on $\Phi$ itself. For the
# crops, $\Phi$ and then $\Phi^\top\Phi$:)

# %%
torch.linalg.cond(columns), torch.linalg.cond(columns.T @ columns)

# %% [markdown]
# ## Polynomial features
#
# These fifteen points do not lie on a line.

# %%
curve_inputs, curve_targets = data.noisy_curve()
regression.residuals(curve_inputs, curve_targets, 0.5051, 1.3714, x="x", y="y")

# %% [markdown] outcomes=[5]
# That is the best line there is. But "linear in its weights" does not mean straight. A cubic
# $\theta_0 + \theta_1 x + \theta_2 x^2 + \theta_3 x^3$ is a sum of weights times *features*, and the features may be anything
# that can be computed from $x$:
#
# $$\Phi(x) = \left(1,\; x,\; x^2,\; x^3\right)$$
#
# ### Exercise 3.10 · powers · 2 points · ●●○ · 6 min
#
# Write `polynomial_features(inputs, degree)`. For inputs of shape `(n, 1)` it returns $(1, x, x^2, \dots)$ up to the given
# degree, a row for each input. A loop over the powers is fine, a loop over the inputs is not.
#
# <details><summary><b>The shape is <code>(n, degree + 1, 1)</code>, or everything is in one column</b></summary>
#
# You have columns of shape `(n, 1)` and want to join them along the dimension of size 1 that they already have. Which function
# joins, and what is its `dim`?
# </details>
#
# <details><summary><b>There is one column too few</b></summary>
#
# `range(degree)` ends before `degree`, and the powers start at 0.
# </details>

# %% nbgrader={"grade": false, "grade_id": "polynomial-features", "locked": false, "schema_version": 3, "solution": true, "task": false}
def polynomial_features(inputs, degree):
    """The powers 0 to `degree` of each input, as columns.

    inputs: (n, 1). degree: a whole number, at least 1.
    Returns (n, degree + 1), the constant 1 in column 0.
    """
    ### BEGIN SOLUTION
    return torch.cat([inputs ** power for power in range(degree + 1)], dim=1)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "polynomial-features-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
three_inputs = torch.tensor([[2.], [3.], [-1.]])
up_to_cubes = torch.tensor([[1., 2., 4., 8.], [1., 3., 9., 27.], [1., -1., 1., -1.]])

check.example("polynomial_features", three_inputs, 3, gives=up_to_cubes, mistaken={
    "constant-column-missing": up_to_cubes[:, 1:],
    "last-power-missing": up_to_cubes[:, :-1],
    "joined-below": up_to_cubes.T.reshape(-1, 1),
    "multiples-for-powers": torch.tensor([[0., 2., 4., 6.], [0., 3., 6., 9.], [0., -1., -2., -3.]]),
    "stack-for-cat": up_to_cubes.unsqueeze(2),
})
check.example("polynomial_features", three_inputs, 1, gives=up_to_cubes[:, :2])
### BEGIN HIDDEN TESTS
def powers_of(inputs, degree):
    return inputs ** torch.arange(degree + 1)


for highest in (4, 2, 1):
    check.agrees("polynomial_features", reference=powers_of, mistaken={
        "constant-column-missing": lambda inputs, degree: powers_of(inputs, degree)[:, 1:],
        "last-power-missing": lambda inputs, degree: powers_of(inputs, degree)[:, :-1],
        "joined-below": lambda inputs, degree: powers_of(inputs, degree).T.reshape(-1, 1),
        "wrong-order": lambda inputs, degree: powers_of(inputs, degree).flip(1),
        "multiples-for-powers": lambda inputs, degree: inputs * torch.arange(degree + 1),
        "reshape-for-transpose": lambda inputs, degree: powers_of(inputs, degree).T.reshape(len(inputs), -1),
        "transposed": lambda inputs, degree: powers_of(inputs, degree).T,
    }, inputs=lambda draw, highest=highest: (draw.uniform(0.3, 2, draw.rows, 1), highest))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "polynomial-features-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.vectorised("polynomial_features", inputs=lambda draw: (draw.normal(draw.rows, 1), 3))
### BEGIN HIDDEN TESTS
check.vectorised("polynomial_features", inputs=lambda draw: (draw.normal(draw.rows, 1), 3), reference=powers_of)
### END HIDDEN TESTS

# %% [markdown]
# Your two functions together (exercises 3.9 and 3.10) fit a curve. The points were made from $1 - 2x + x^2 + 4x^3$, and some noise.

# %%
cubic = least_squares(polynomial_features(curve_inputs, 3), curve_targets)
cubic.T

# %%
polynomials.building_blocks(curve_inputs, curve_targets, cubic)

# %% [markdown]
# **Predict:** does a parabola do much better than the line?

# %%
polynomials.fits(curve_inputs, curve_targets, {
    f"degree {degree}": least_squares(polynomial_features(curve_inputs, degree), curve_targets) for degree in (1, 2, 3)
})

# %% [markdown]
# It does not: these points rise, fall and rise again, and a parabola has one turn only. The third power brings the second. Nothing
# else has changed. Still a mean of squares, still one lowest point, and `train_line` could be written for four
# weights as well as for two.
#
# ### More weights than points
#
# One lowest point, as long as there are enough data. Here are $n = 2$ points, (0, 1) and (1, 3), for the $d = 4$ weights of a
# cubic (exercise 3.10):

# %%
few_inputs, few_targets = torch.tensor([[0.], [1.]]), torch.tensor([[1.], [3.]])
few_features = polynomial_features(few_inputs, 3)
few_features.T @ few_features

# %% [markdown]
# Four normal equations, and three of them are the same. **Predict** what `solve` makes of them.

# %%
try:
    torch.linalg.solve(few_features.T @ few_features, few_features.T @ few_targets)
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# *Singular*: there is no unique solution. Not none, but infinitely many. Here are three, and all of them have loss 0:

# %%
shortest = torch.linalg.lstsq(few_features, few_targets, driver="gelsd").solution  # a method for singular cases, too
solutions = torch.cat([shortest, torch.tensor([[1., 1.], [2., -3.], [0., 0.], [0., 5.]])], dim=1)
solutions, few_features @ solutions

# %%
polynomials.through_all_points(few_inputs, few_targets, dict(zip(("lstsq", "a line", "a cubic"), solutions.T, strict=True)))

# %% [markdown]
# Two points cannot tell these curves apart. Whenever $d > n$ there are directions in which the weights can move and no
# prediction for the data changes: the floor of the valley is exactly level. Along $(0, 1, -1, 0)$, for example,

# %%
few_features @ torch.tensor([[0.], [1.], [-1.], [0.]])

# %% [markdown]
# nothing happens at either point. `lstsq` has chosen the shortest of all solutions, which is a choice and not knowledge: look
# at the lengths of the three. More points are the cure.

# %%
dict(zip(("lstsq", "a line", "a cubic"), solutions.norm(dim=0).tolist(), strict=True))

# %% [markdown]
# ## Challenge · the limit · 0 points · ●●● · 15 min
#
# Across the valley the loss is a parabola. Call its second derivative $c$, the *curvature*: at distance $r$ from the floor the
# slope is $c \, r$, so one step multiplies the distance to the floor by $1 - \eta c$, as the bias alone did with $c = 2$.
#
# How much the slopes change with the parameters says a matrix. The slopes are $\frac{2}{n}\Phi^\top(\Phi\theta - y)$, with rows
# $(x_i, 1)$ in $\Phi$: move $\theta$ by a vector $v$, and they change by $H v$, where $H = \frac{2}{n}\Phi^\top\Phi$. If $v$ is an
# eigenvector of $H$, then $H v = c \, v$: along it the slope grows with the distance, by $c$. So the curvatures are the
# eigenvalues of $H$. (Eigenvectors and eigenvalues are in the optional section "Directions that stay" of chapter 1.)
#
# Write `largest_learning_rate(inputs)`: for the line `weight * x + bias`, the learning rate above which gradient descent
# diverges. `torch.linalg.eigvalsh` gives the eigenvalues of a symmetric matrix. For the noisy line the exhibit has already
# told you that the limit lies between 0.80 and 0.81.
#
# <details><summary><b>My limit is too generous</b></summary>
#
# Every direction has to shrink. Which eigenvalue is the first to fail, and what is $1 - \eta c$ when it does?
# </details>

# %% nbgrader={"grade": false, "grade_id": "largest-learning-rate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def largest_learning_rate(inputs):
    """The learning rate above which gradient descent for the line weight · x + bias diverges.

    inputs: (n, 1). Returns a 0-d tensor.
    """
    ### BEGIN SOLUTION
    features = torch.cat([inputs, torch.ones_like(inputs)], dim=1)
    curvatures = torch.linalg.eigvalsh(2 * features.T @ features / len(inputs))
    return 2 / curvatures.max()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "largest-learning-rate-values", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check.example("largest_learning_rate", torch.tensor([[-1.], [1.], [3.]]), gives=torch.tensor(0.25), rtol=1e-4, mistaken={
    "half-the-limit": torch.tensor(0.125), "smallest-curvature": torch.tensor(1.5),
    "limit-for-each-direction": torch.tensor([1.5, 0.25]),
})
check.example("largest_learning_rate", torch.tensor([[2.]]), gives=torch.tensor(0.2), rtol=1e-4)
### BEGIN HIDDEN TESTS
def limit(inputs):
    second, first = inputs.double().square().mean(), inputs.double().mean()
    half_sum, product = (second + 1) / 2, second - first ** 2
    return (1 / (half_sum + (half_sum ** 2 - product).sqrt())).float()


check.agrees("largest_learning_rate", reference=limit, inputs=lambda draw: draw.uniform(-1, 3, draw.rows, 1), rtol=1e-4,
             mistaken={"half-the-limit": lambda inputs: limit(inputs) / 2})
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# | you want to | you write |
# | --- | --- |
# | the slopes of a line's loss | `2 * (x * error).mean()` and `2 * error.mean()`, or `loss.backward()` |
# | one update | `with torch.no_grad():`, then `weight -= learning_rate * weight.grad`, in place |
# | the next gradient, alone | `weight.grad.zero_()` in every round |
# | keep a path | copies: `.item()` or `.detach().clone()` |
# | many weights | `inputs @ weight.t() + bias`, and the mean over all *elements* |
# | no steps | `torch.linalg.lstsq(features, targets).solution` |
#
# - `NoneType` in an update: a name has been bound to a result, and the leaf is lost. An error about *a leaf Variable*: the
#   update was recorded.
# - A learning rate that is too small costs time, one that is too large costs everything. The steepest direction sets the limit.
# - A model that is linear in its weights has an error surface with one lowest point, whatever its features. With more weights
#   than points its floor is level, and there is no single answer.
#
# **Next**, chapter 4: the same loop with a module that holds the parameters and an optimiser that moves them.
#
# **To read**
# - The manual on [autograd mechanics](https://docs.pytorch.org/docs/stable/notes/autograd.html): in-place operations, and what `no_grad` switches off
# - [`torch.linalg.lstsq`](https://docs.pytorch.org/docs/stable/generated/torch.linalg.lstsq.html), on its drivers and on what it does where there is no unique solution
# - Gabriel Goh, [Why Momentum Really Works](https://distill.pub/2017/momentum/): the valley once more, with all its curvatures

# %% [markdown]
# ## Check the whole chapter
#
# Is nobody marking your work? Then this is your desk. *Check everything* runs the saved notebook from top to bottom in a fresh
# start, with all tests there are, the hidden ones included. To each exercise there are three hints, from a nudge to nearly told,
# and a worked solution, which you may read when you have passed, or after three honest tries. In a terminal the same is called
# `course check gradient_descent`, `course hint 3.4`, `course solution 3.4` and `course progress`. In a class, hand in instead: there
# this cell says so, and no more.

# %%
from course import study

study.desk("gradient_descent")
