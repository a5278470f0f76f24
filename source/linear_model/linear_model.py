# ---
# title: "Chapter 4, nn.Linear: the text from which `course build` makes the notebooks. Edit this file, never the .ipynb."
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 4 · nn.Linear
#
# In chapter 3 you kept a weight and a bias in two loose tensors, wrote their gradients down, and moved them by hand. That
# works for two numbers. It does not work for two million. In this chapter PyTorch takes over the bookkeeping: a *module*
# holds the parameters, an *optimiser* moves them, and the loop that you write stays the same length however many there are.
#
# **You will be able to**
#
# 1. write a model as a class that PyTorch can find the parameters of;
# 2. write a loss twice, as a loop and as one expression, and say what the loop costs;
# 3. write a training loop from memory: zero, loss, backward, step;
# 4. recognise, from one number, the shape mistake that makes a model blind;
# 5. start from parameters of your choice, and read what an optimiser keeps.
#
# **You need** chapters 1 to 3: shapes and broadcasting, `backward()` and `.grad`, and why gradients are zeroed. And how a class is
# written in Python (`__init__`, `self`).
#
# **Time** about an hour and three quarters: 57 minutes for the exercises, the rest to read, predict and play. The challenge at
# the end, for no points, takes 20 minutes more. 20 points.
#
# Each exercise has a cell for your code, marked `YOUR CODE HERE`, and below it one or more cells that check it. Run them as
# often as you like. When you hand the notebook in, the same ideas are checked again on fresh numbers. Cells further down that
# use what you have written fail until it is there; they say which exercise they need.

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import time

import torch
import torch.nn.functional as F
from torch import nn

from course import check, data
from course.check import families
from course.plots import linear_layer, regression
from course.widgets.watch_it_learn import watch_it_learn

# %% [markdown]
# ## Twelve days
#
# A teacher has kept count for twelve days: how many tasks were set, and how many questions came back.

# %%
tasks, questions = data.tasks_and_questions()
torch.cat([tasks, questions], dim=1).T

# %%
regression.points(tasks, questions)

# %% [markdown]
# Tomorrow there will be 7 tasks. **Before you read on, predict:** about how many questions should the teacher expect, and how
# many more does each further task bring? Keep both numbers in mind. At the end of the training loop you will meet them again.
#
# Both columns are of shape `(12, 1)`: twelve samples, one number each. PyTorch's layers want it that way, *rows are samples,
# columns are features*, and a great deal of silent trouble starts where somebody forgets the second dimension.

# %%
tasks.shape, questions.shape, tasks.dtype

# %% [markdown]
# ## A ready-made line
#
# `nn.Linear(1, 1)` is a line: one input, one output, one weight, one bias. It arrives with random parameters.

# %%
torch.manual_seed(0)
layer = nn.Linear(1, 1)
layer.weight, layer.bias

# %% [markdown]
# Both are `Parameter`s: tensors that require a gradient, and that PyTorch counts as part of the model. The layer is called
# like a function, on all rows at once.

# %%
layer(tasks).shape

# %% [markdown]
# Now a larger one, with three inputs and two outputs. **Predict** the shape of its weight: is it `(3, 2)` or `(2, 3)`?

# %%
wide_layer = nn.Linear(3, 2)
wide_layer.weight.shape, wide_layer.bias.shape

# %% [markdown]
# One *row* of the weight for each output. The layer computes `x @ weight.T + bias`, the same product as the crop yields of
# chapter 3, so that each output reads its own row. (`allclose` asks whether two tensors are equal but for rounding.)

# %%
linear_layer.layer(("temperature", "rainfall", "humidity"), ("apples", "oranges"))

# %%
x = torch.tensor([[73., 67., 43.], [91., 88., 64.]])
torch.allclose(wide_layer(x), x @ wide_layer.weight.T + wide_layer.bias)

# %% [markdown]
# ## A model is a class
#
# A model of your own is a class that inherits from `nn.Module`. Here is the simplest one that can learn: it ignores its input
# and predicts the same number every day.

# %%
class Constant(nn.Module):
    def __init__(self):
        super().__init__()
        self.level = nn.Parameter(torch.tensor([20.0]))

    def forward(self, inputs):
        return self.level.expand(len(inputs), 1)


constant = Constant()
constant(tasks).shape

# %% [markdown]
# Three things are worth a second look.
#
# - `super().__init__()` comes first. It sets up the lists in which `nn.Module` will note parameters and layers.
# - `self.level = nn.Parameter(…)` looks like any other attribute. But `nn.Module` watches attributes being set, and writes
#   down every `Parameter` and every layer it sees.
# - You write `forward`, and you call `constant(tasks)`, never `constant.forward(tasks)`. The call does some housekeeping and
#   then runs your `forward`.
#
# What the module has written down, you can ask for: as a list, with names, or as a dictionary of plain tensors.
# `parameters()` is a generator: it hands its parameters out one by one, once, and shows nothing when it is printed. `list(…)`
# collects them, and `dict(…)` collects the pairs of name and parameter.

# %%
list(constant.parameters())

# %%
dict(constant.named_parameters())

# %%
constant.state_dict()

# %% [markdown]
# `state_dict()` is what you save to a file and load tomorrow. Loading copies the numbers into the parameters, by name:

# %%
constant.load_state_dict({"level": torch.tensor([30.0])})
constant(tasks[:2])

# %% [markdown]
# The watching has a limit. Here somebody keeps a layer in an ordinary Python list. **Predict:** how many parameters does this
# model have?

# %%
class Forgetful(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(1, 1)]

    def forward(self, inputs):
        return self.layers[0](inputs)


forgetful = Forgetful()
forgetful(tasks).shape, len(list(forgetful.parameters()))

# %% [markdown]
# It predicts, and it can never learn: an optimiser that is given its parameters is given nothing. `nn.Module` looks at
# attributes, not inside lists. For a list of layers there is `nn.ModuleList`, which it does look into:

# %%
forgetful.layers = nn.ModuleList(forgetful.layers)
len(list(forgetful.parameters()))

# %% [markdown] outcomes=[1]
# ### Exercise 4.1 · a model of the line · 2 points · ●○○ · 6 min
#
# Write the class `ModelNumberQuestions`. It holds **one** `nn.Linear(1, 1)` and nothing else. Its `forward` takes the numbers
# of tasks, a tensor of shape `(n, 1)`, and returns the predicted numbers of questions, also `(n, 1)`. A model is made without
# arguments, `ModelNumberQuestions()`: the data come later, when it is called.
#
# <details><summary><b>I get <code>AttributeError: cannot assign module before Module.__init__() call</code></b></summary>
#
# You gave the module a layer before its lists were set up. Which line of `Constant` sets them up, and where does it stand?
# </details>
#
# <details><summary><b>I get <code>NotImplementedError: Module [ModelNumberQuestions] is missing the required "forward" function</code></b></summary>
#
# Check the spelling of `forward`, and that it is indented as far as `__init__`.
# </details>
#
# <details><summary><b>The prediction is <code>None</code></b></summary>
#
# A Python function that reaches its end without `return` gives `None`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "model-number-questions", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ModelNumberQuestions(nn.Module):
    """A line: predicts the number of questions, (n, 1), from the number of tasks, (n, 1)."""

    ### BEGIN SOLUTION
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, tensor_number_tasks):
        return self.linear(tensor_number_tasks)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "model-number-questions-parts", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def some_numbers(draw):
    return draw.uniform(-12, 12, draw.rows, 1)


check.module_parameters("ModelNumberQuestions", parameters=[(1, 1), (1,)], inputs=some_numbers)

# %% nbgrader={"grade": true, "grade_id": "model-number-questions-forward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.module_forward("ModelNumberQuestions", inputs=some_numbers, reference=nn.Linear(1, 1))
check.module_gradients("ModelNumberQuestions", inputs=some_numbers, reference=nn.Linear(1, 1))
### BEGIN HIDDEN TESTS
check.module("ModelNumberQuestions", inputs=lambda draw: draw.normal(draw.rows, 1, std=30),
             reference=nn.Linear(1, 1))
### END HIDDEN TESTS

# %% [markdown]
# Print your model (exercise 4.1). PyTorch shows the layers it has found, by the names of your attributes.

# %%
torch.manual_seed(0)
model = ModelNumberQuestions()
model

# %%
model.state_dict()

# %% [markdown] outcomes=[1]
# ### Exercise 4.2 · how large is a model? · 1 point · ●○○ · 3 min
#
# Write `count_parameters(model)`: how many **numbers** a model can learn, as a Python `int`. Your line has 2. (Of the models
# here every parameter requires a gradient, and counts.)
# **Predict** first how many `nn.Linear(3, 2)` has; the picture above helps.
#
# <details><summary><b>I get 2 for <code>nn.Linear(3, 2)</code>, and for every other layer</b></summary>
#
# You are counting tensors. A weight of shape `(2, 3)` is one tensor and six numbers; a tensor knows how many it holds.
# </details>

# %% nbgrader={"grade": false, "grade_id": "count-parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_parameters(model):
    """How many numbers the module `model` can learn, an int."""
    ### BEGIN SOLUTION
    return sum(parameter.numel() for parameter in model.parameters())
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "count-parameters-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("count_parameters", nn.Linear(1, 1), gives=2)
three_to_two = nn.Linear(3, 2)  # three inputs, two outputs
check.example("count_parameters", three_to_two, gives=8,
              mistaken={"tensors-counted-for-numbers": 2, "rows-counted-for-numbers": 4})
check.example("count_parameters", nn.Linear(3, 2, bias=False), gives=6)  # a model need not have a bias


def is_an_int(arguments, result, again):
    return None if type(result) is int else (None, f"gave a {type(result).__name__}, where an int was due")


check.holds("count_parameters", like=lambda model: 8, inputs=lambda draw: three_to_two, rows=(1,), rule=is_an_int,
            praise="gives an int")
### BEGIN HIDDEN TESTS
def count_by_hand(model):
    return sum(parameter.numel() for parameter in model.parameters())


check.agrees("count_parameters", reference=count_by_hand,
             inputs=lambda draw: nn.Sequential(nn.Linear(draw.rows, 7), nn.Linear(7, 2, bias=False)),
             mistaken={"tensors-counted-for-numbers": lambda model: len(list(model.parameters()))})
### END HIDDEN TESTS

# %% [markdown]
# ## The loss
#
# How good is a line? Take weight 3 and bias 10. The orange gaps are its *residuals*, prediction minus target, one a day.

# %%
regression.residuals(tasks, questions, weight=3, bias=10)

# %% [markdown]
# We want one number for all twelve gaps. **Predict** what happens if we simply take their mean, for the constant model set to
# the mean of the twelve numbers of questions, 30.17, which it then says every day, whatever the tasks:

# %%
constant.load_state_dict({"level": questions.mean().view(1)})
total = 0.0
for day in range(12):
    total = total + (constant(tasks)[day] - questions[day])
total / 12

# %% [markdown] outcomes=[2]
# Zero, or the rounding error that is left of it: a perfect score for a model that knows nothing. Gaps above and below have
# cancelled. Squares cannot cancel, so we take the mean of the squares:
#
# $$L(\theta) = \frac{1}{12} \sum_{i=1}^{12} \left(\hat n_i - n_i\right)^2$$
#
# Here $n_i$ is the number of questions on day $i$, $\hat n_i$ the model's prediction for that day, and $\theta$ all
# parameters of the model. The loss is a function of $\theta$: the data stay, the parameters move.
#
# ### Exercise 4.3 · the loss, as the formula reads · 1 point · ●○○ · 5 min
#
# Write the sum as a Python loop over the samples: predict one day, take the squared residual, add it up, and divide at the
# end. There may be any number of samples, not only 12, and any data and model: use the three arguments and nothing else. A
# model takes a single day just as well, as a row of shape `(1,)` or `(1, 1)`. Return a 0-d tensor (its shape is `()`). Slow is
# fine, for now. (A version without a loop is paid as well: the checks look at the number. Write the loop all the same; after 4.4
# you will time the two.)
#
# <details><summary><b>The twelve days are right, and the two small rows are not</b>, or <b>no number is right</b></summary>
#
# Read your function once more for names that are not among its arguments. `tasks`, `questions` and `model` exist in this
# notebook, so that Python does not complain; but they are always the same twelve days and the same model. The same goes for
# the number 12.
# </details>
#
# <details><summary><b>The result has shape <code>(1,)</code> or <code>(1, 1)</code></b></summary>
#
# One row of an `(n, 1)` tensor still has a dimension of size 1, and so has everything computed from it. Ask for a single
# element with two indices, or reduce at the end.
# </details>
#
# <details><summary><b>I get <code>mat1 and mat2 shapes cannot be multiplied</code>, or a complaint about 0-d inputs</b></summary>
#
# A layer wants its features in the last dimension. `tasks[3]` has shape `(1,)`, `tasks[3:4]` has shape `(1, 1)`; both can be
# fed to the model. `tasks[3, 0]` has no dimension left.
# </details>

# %% nbgrader={"grade": false, "grade_id": "compute-loss-loop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compute_loss_loop(tensor_number_tasks, tensor_number_questions, model_number_questions):
    """Mean squared residual, one sample at a time.

    tensor_number_tasks, tensor_number_questions: (n, 1). model_number_questions: maps (n, 1) to (n, 1).
    Returns a 0-d tensor.
    """
    ### BEGIN SOLUTION
    total = 0.0
    for number_tasks, number_questions in zip(tensor_number_tasks, tensor_number_questions):
        total = total + (model_number_questions(number_tasks) - number_questions) ** 2
    return total.squeeze() / len(tensor_number_tasks)
    ### END SOLUTION

# %% [markdown]
# The next cell holds helpers of the checks. Run it; you may skip reading it.

# %% nbgrader={"grade": false, "grade_id": "loss-check-helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def line(weight, bias):
    parameters = torch.tensor([[float(weight)]]), torch.tensor([float(bias)])
    return check.instance("ModelNumberQuestions", parameters=parameters, like=nn.Linear(1, 1))


def days_and_line(draw):
    targets = draw.uniform(0, 60, draw.rows, 1)
    drawn_line = line(draw.uniform(2, 6, 1), draw.uniform(-4, 4, 1))
    return draw.uniform(0, 12, draw.rows, 1), targets, drawn_line


def predictions_and_targets(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return model_number_questions(tensor_number_tasks), tensor_number_questions


def nine_twelfths(*arguments):  # on paper: the squared residuals of 5x + 1 add up to 9
    return torch.tensor(9 / 12)


def twelve_days(draw):
    return *data.tasks_and_questions(), line(5, 1)


def loss_of_the_twelve_days(other_tasks, other_questions, model_number_questions):
    twelve_tasks, twelve_questions = data.tasks_and_questions()
    return (model_number_questions(twelve_tasks) - twelve_questions).square().mean()


loss_mistakes = families.squared_error(predictions_and_targets)
# two rows that the line 1x + 0 misses by 2 and by 1; the line is a plain layer here, as any model may be
two_rows = torch.tensor([[1.], [2.]]), torch.tensor([[3.], [3.]])
plain_line = nn.Linear(1, 1)
plain_line.load_state_dict({"weight": torch.tensor([[1.]]), "bias": torch.tensor([0.])})
small_mistakes = {
    "sum-for-mean": torch.tensor(5.0),
    "divisor-hard-coded": torch.tensor(5 / 12),
    "globals-for-arguments": loss_of_the_twelve_days(*two_rows, lambda x: x),
}
other_mistakes = loss_mistakes | {
    "globals-for-arguments": loss_of_the_twelve_days,
    "divisor-hard-coded": lambda *three: loss_mistakes["sum-for-mean"](*three) / 12,
}

# %% nbgrader={"grade": true, "grade_id": "compute-loss-loop-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.agrees("compute_loss_loop", reference=nine_twelfths, inputs=twelve_days, rows=(12,),
             mistaken=loss_mistakes)
check.example("compute_loss_loop", *two_rows, plain_line, gives=torch.tensor(2.5),
              mistaken=small_mistakes)
### BEGIN HIDDEN TESTS
def loss_by_definition(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return F.mse_loss(model_number_questions(tensor_number_tasks), tensor_number_questions)


check.agrees("compute_loss_loop", reference=loss_by_definition, inputs=days_and_line,
             mistaken=other_mistakes)
### END HIDDEN TESTS

# %% [markdown] outcomes=[2, 4]
# ### Exercise 4.4 · the loss, in one expression · 5 points · ●●○ · 10 min
#
# Now without a loop. A model takes all rows at once, and subtraction, squares and means work on whole tensors. Same
# arguments, same result, a 0-d tensor, and now everything counts: the value, the gradient that flows through it, the work it
# makes PyTorch do, and that it runs on whatever device the data and the model are on.
#
# <details><summary><b>My loss is far too large, around 360 even for a good line</b></summary>
#
# Print the shape of the difference before you square it. For twelve days it should hold twelve numbers.
# </details>
#
# <details><summary><b>The twelve days are right, and the two small rows are not</b>, or <b>no number is right</b></summary>
#
# As in 4.3: a name that is not an argument, such as `tasks` or `model`, stands for the notebook's own, whatever comes in.
# </details>
#
# <details><summary><b>The values are right and the gradient is missing</b></summary>
#
# Follow the number back from `return`. Everything on the way must be a tensor that remembers where it came from: no
# `.item()`, no `float(…)`, no `.detach()`, and no new `torch.tensor(…)` around a result.
# </details>
#
# <details><summary><b>My loss is refused as not vectorised</b></summary>
#
# The check counts what PyTorch executes for 64 rows and for 512. If the second count is larger, something still runs row by
# row: a `for`, a comprehension, Python's own `sum` over a tensor.
# </details>

# %% nbgrader={"grade": false, "grade_id": "compute-loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions):
    """Mean squared residual over all samples at once.

    tensor_number_tasks, tensor_number_questions: (n, 1). model_number_questions: maps (n, 1) to (n, 1).
    Returns a 0-d tensor through which gradients flow to the model's parameters.
    """
    ### BEGIN SOLUTION
    predictions = model_number_questions(tensor_number_tasks)
    return ((predictions - tensor_number_questions) ** 2).mean()
    ### END SOLUTION

# %% [markdown]
# Is the number right?

# %% nbgrader={"grade": true, "grade_id": "compute-loss-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.agrees("compute_loss", reference=nine_twelfths, inputs=twelve_days, rows=(12,),
             mistaken=loss_mistakes)
check.example("compute_loss", *two_rows, plain_line, gives=torch.tensor(2.5),
              mistaken=small_mistakes)
### BEGIN HIDDEN TESTS
def loss_by_definition(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return F.mse_loss(model_number_questions(tensor_number_tasks), tensor_number_questions)


check.agrees("compute_loss", reference=loss_by_definition, inputs=days_and_line,
             mistaken=other_mistakes)
### END HIDDEN TESTS

# %% [markdown]
# Does a gradient reach weight and bias? On one day with 2 tasks, a target of 3 and the line $1 \cdot x + 0$ the residual is
# −1, so the gradients are $2 \cdot (-1) \cdot 2 = -4$ and $2 \cdot (-1) = -2$, as in chapter 3.

# %% nbgrader={"grade": true, "grade_id": "compute-loss-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def square_of_gap(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return (model_number_questions(tensor_number_tasks) - tensor_number_questions).square().sum()


def one_day(draw):
    return torch.tensor([[2.0]]), torch.tensor([[3.0]]), line(1, 0)


check.gradient("compute_loss", reference=square_of_gap, inputs=one_day, of=(2,), rows=(1,))
### BEGIN HIDDEN TESTS
def loss_by_definition(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return F.mse_loss(model_number_questions(tensor_number_tasks), tensor_number_questions)


check.gradient("compute_loss", reference=loss_by_definition, inputs=days_and_line, of=(2,))
### END HIDDEN TESTS

# %% [markdown]
# Does the work stay the same when the rows grow, forward and backward?

# %% nbgrader={"grade": true, "grade_id": "compute-loss-vectorised", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.vectorised("compute_loss", inputs=days_and_line, want_gradient=True)

# %% [markdown]
# Would it run on an accelerator? There may be none in this machine, so the check brings a pretend one with the same rules.

# %% nbgrader={"grade": true, "grade_id": "compute-loss-device", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.any_device("compute_loss", inputs=days_and_line)
### BEGIN HIDDEN TESTS
def loss_by_definition(tensor_number_tasks, tensor_number_questions, model_number_questions):
    return F.mse_loss(model_number_questions(tensor_number_tasks), tensor_number_questions)


check.any_device("compute_loss", inputs=days_and_line, reference=loss_by_definition)
### END HIDDEN TESTS

# %% [markdown]
# ### What the loop costs
#
# Your two functions (exercises 4.3 and 4.4) give the same number. The cell below times both on 12 days, and on the same days
# copied 4, 16 and 64 times. **Predict:** at 768 rows, how many times as long does the loop take? Ten, a hundred, a thousand?

# %%
def fastest(compute, rows, repeats=3):
    """Seconds of the fastest of several calls: what the code costs when nothing disturbs it."""
    copies = rows // 12
    arguments = tasks.repeat(copies, 1), questions.repeat(copies, 1), model
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        compute(*arguments)
        seconds.append(time.perf_counter() - began)
    return min(seconds)


# %%
rows = [12, 48, 192, 768]
loop_seconds = [fastest(compute_loss_loop, n) for n in rows]
vectorised_seconds = [fastest(compute_loss, n) for n in rows]
regression.times(rows, loop_seconds, vectorised_seconds)

# %% [markdown]
# The loop's line climbs: four times the rows, four times the time. The other is almost flat, because for so few numbers the
# cost is not the arithmetic but the call. A loop pays that call once a row, the vectorised loss once.
#
# ## The training loop
#
# Everything is ready: a model that knows its parameters, and a loss. What is left is to move the parameters downhill. In
# chapter 3 you did it with `w -= learning_rate * w.grad` inside `no_grad`. `torch.optim.SGD` does the same, for every
# parameter it is given. One turn of the loop has four lines:

# %%
linear_layer.training_turn()

# %% [markdown]
# Let us walk one turn by hand with the constant model, back at 20. First the optimiser, which is told *what* to move and *how
# far*; then the loss.

# %%
constant = Constant()
optimiser = torch.optim.SGD(constant.parameters(), lr=0.1)
loss = ((constant(tasks) - questions) ** 2).mean()
loss

# %% [markdown]
# The mean of the questions is 30.17, so at 20 the mean residual is −10.17. **Predict** two things: the gradient after
# `backward()`, and the level after `step()`.

# %%
optimiser.zero_grad()
loss.backward()
constant.level.grad

# %%
optimiser.step()
constant.level

# %% [markdown]
# Twice the mean residual, and then `20 − 0.1 · (−20.33)`. There is no magic in `step()`: it reads each `.grad` and subtracts.
#
# What of `zero_grad()`? The gradient is still there. **Predict** what `.grad` holds after another `backward()` of a new loss
# without zeroing; at the level 22.03 the new gradient alone is −16.27.

# %%
loss = ((constant(tasks) - questions) ** 2).mean()
loss.backward()
constant.level.grad

# %%
optimiser.zero_grad()
print(constant.level.grad)

# %% [markdown]
# The two were added: −20.33 − 16.27. A loop that never zeroes follows the sum of all gradients it has ever seen, like a cart
# without brakes. `zero_grad()` throws them away; it leaves `None`, and the next `backward()` fills in a fresh gradient.
#
# One thing more, for machines with an accelerator. A module is made on the CPU, and a tensor on an accelerator cannot be added
# to a CPU tensor of more than one number; the model has to be where its data are. `to` takes it there, and the data say where that is:

# %%
constant = Constant().to(tasks.device)
constant.level.device

# %% [markdown]
# For a tensor `to` gives a new one and leaves the old as it was. A *module* is changed itself, all its parameters at once.
# The same `to` changes the dtype, so you can see it without an accelerator. **Predict** both dtypes:

# %%
numbers, constant = torch.zeros(2), Constant()
numbers.to(torch.float64)
constant.to(torch.float64)
numbers.dtype, constant.level.dtype

# %% [markdown] outcomes=[3]
# So `model.to(device)` on a line of its own moves a model, and `model = Model().to(device)` does it where the model is made.
# Either way comes before the optimiser.
#
# ### Exercise 4.5 · train the line · 5 points · ●●○ · 12 min
#
# Write `train_parameters_linear_regression`. It makes a **new** `ModelNumberQuestions`, on the device of its data, and an `SGD`
# optimiser with the given learning rate, does exactly `number_training_steps` turns of the loop on all samples at once, and
# returns the trained model. Use your `compute_loss`.
#
# <details><summary><b>The check counts 0 zeroings, or the loss goes up and down instead of down</b></summary>
#
# Which of the four lines is missing, or stands outside the loop?
# </details>
#
# <details><summary><b>The parameters do not move at all</b></summary>
#
# Check the order of the four lines: what does `step()` find in `.grad` if they were zeroed just before it? And check that the
# optimiser was given the parameters of *this* model.
# </details>
#
# <details><summary><b>The check counts seven backward passes and one step</b></summary>
#
# Which lines are indented under `for`? A line that is not runs once, after the last turn.
# </details>
#
# <details><summary><b>I get <code>ValueError: optimizer got an empty parameter list</code></b></summary>
#
# Your model's parameters are not registered; go back to exercise 4.1. Or you have used up `parameters()` before: it is a
# generator, and gives each parameter once.
# </details>
#
# <details><summary><b>I get <code>Trying to backward through the graph a second time</code></b></summary>
#
# A graph serves one `backward()`. The loss must be computed anew in every turn.
# </details>
#
# <details><summary><b>It works on the CPU, and fails when its inputs are on an accelerator</b></summary>
#
# The data are there, the model is still here. Ask the data for their `.device`, as the cell above does.
# </details>
#
# <details><summary><b>Right on the twelve days, and refused on others</b></summary>
#
# Are `tasks`, `questions` or `model` used inside the function? Those are the notebook's own, not the arguments.
# </details>

# %% nbgrader={"grade": false, "grade_id": "train-parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_parameters_linear_regression(
    tensor_number_tasks, tensor_number_questions, learning_rate=0.02, number_training_steps=200
):
    """Fit a ModelNumberQuestions by gradient descent on all samples at once.

    tensor_number_tasks, tensor_number_questions: (n, 1), on one device.
    Returns the trained ModelNumberQuestions, on that device.
    """
    ### BEGIN SOLUTION
    model_number_questions = ModelNumberQuestions().to(tensor_number_tasks.device)
    optimiser = torch.optim.SGD(model_number_questions.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, model_number_questions)
        loss.backward()
        optimiser.step()
    return model_number_questions
    ### END SOLUTION

# %% [markdown]
# The first check watches the loop at work, step by step, whatever parameters it starts from.

# %% nbgrader={"grade": true, "grade_id": "train-parameters-steps", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.trains("train_parameters_linear_regression", data=data.tasks_and_questions(),
             learning_rate=0.007, steps=7, returns="ModelNumberQuestions", fresh=True)
# the same days in dozens and scores: every loss is small, and training goes on to the last step all the same
dozens, scores = (column / size for column, size in zip(data.tasks_and_questions(), (12, 20)))
check.trains("train_parameters_linear_regression", data=(dozens, scores), learning_rate=0.4, steps=6,
             returns="ModelNumberQuestions")
### BEGIN HIDDEN TESTS
draw = check.Draw("other days", rows=9)
other_tasks = draw.uniform(1, 10, 9, 1)
other_questions = draw.uniform(2, 7, 1) * other_tasks + draw.normal(9, 1, mean=4.0, std=2.0)
check.trains("train_parameters_linear_regression", data=(other_tasks, other_questions),
             learning_rate=0.003, steps=12, returns="ModelNumberQuestions")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "train-parameters-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def many_days(draw):
    return draw.uniform(0, 1, draw.rows, 1), draw.uniform(0, 1, draw.rows, 1), 0.1, 3


check.vectorised("train_parameters_linear_regression", inputs=many_days)

# %% nbgrader={"grade": true, "grade_id": "train-parameters-device", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.any_device("train_parameters_linear_regression", inputs=many_days)

# %% [markdown]
# Two calls should make two models (exercise 4.5). **Predict** what this says if the function trains the notebook's own `model`
# instead of a new one; yours should say `False`.

# %%
first = train_parameters_linear_regression(tasks, questions, number_training_steps=1)
second = train_parameters_linear_regression(tasks, questions, number_training_steps=1)
first is second

# %% [markdown]
# Train, with the defaults. The cells from here to the exhibit, and some after it, use this `model` (exercise 4.5):

# %%
torch.manual_seed(0)
model = train_parameters_linear_regression(tasks, questions)
model.state_dict()

# %%
weight, bias = (parameter.item() for parameter in model.parameters())
regression.residuals(tasks, questions, weight, bias)

# %% [markdown]
# Each further task brings a little more than five questions. For tomorrow's 7 tasks, and for comparison with what you guessed:

# %%
model(torch.tensor([[7.0]]))

# %% [markdown]
# Chapter 3 gave a way to the very best line without any steps, least squares. How far off are 200 steps? (`flatten` makes a tensor
# flat, whatever shape it had.)

# %%
columns = torch.cat([tasks, torch.ones_like(tasks)], dim=1)
slope, intercept = torch.linalg.lstsq(columns, questions).solution.flatten()
slope, intercept

# %% [markdown]
# The slope is nearly there, 5.16 of 5.20. The bias is not, 0.54 of 0.28. Why the one and not the other? Look.
#
# ### Watch it learn
#
# Below, the same training is recorded step by step: the line with its residuals, the loss, and the time that a loop over the
# samples and the vectorised loss have needed so far, measured on your machine.
#
# 1. Press play. The loss falls in two stages; which part of the line moves in the first, and which in the second?
# 2. Find the largest learning rate at which the loss still comes down.
# 3. **Predict**, then try: with 1,200 rows instead of 12, which of the two times changes? (The axis of the clock ends where the
#    loop will be after the last step, so that its bar always grows to the right edge: read the numbers.)

# %%
watch_it_learn()

# %% [markdown]
# The first few steps swing the line up to the points: that is the weight, on which the loss depends steeply. The rest of the
# time the bias creeps, because a wrong bias is nearly made up for by a slightly wrong weight, and the slope that is left is
# faint. One learning rate has to serve both: 0.024 is just short enough for the steep direction, at 0.025 every step overshoots
# by more than it corrects, and for the faint one either is far too short. The challenge at the end does something about it.
#
# A hundred times the rows cost the loop about a hundred times the time. The vectorised loss takes hardly longer than before,
# so that beside the loop its bar shrinks to nothing. Both have done the same steps and arrived at the same line.
#
# ## Two columns that refuse to line up
#
# The same loop once more, with the questions in a tensor of shape `(12,)`, as they would come from a file. No error, no
# warning. We give it five times as many steps. **Predict** the final loss before you run the cell.

# %%
flat_questions = questions.flatten()
torch.manual_seed(0)
blind = nn.Linear(1, 1)
optimiser = torch.optim.SGD(blind.parameters(), lr=0.02)
for _ in range(1000):
    optimiser.zero_grad()
    loss = ((blind(tasks) - flat_questions) ** 2).mean()
    loss.backward()
    optimiser.step()
loss

# %%
blind.state_dict()

# %% [markdown]
# It has trained, and it has learnt nothing: the weight is nearly 0, and it says about 30.13 whatever the tasks. It has become
# `Constant`. Before you read on, say what shape `blind(tasks) - flat_questions` has.

# %%
(blind(tasks) - flat_questions).shape

# %% [markdown]
# Broadcasting lines shapes up *from the right*: `(12, 1)` against `(12,)` is `(12, 1)` against `(1, 12)`, and each side is
# stretched to `(12, 12)`. Every prediction was compared with every target. This is what it looks like for a model that is
# nearly perfect:

# %%
regression.broadcast_grid(model(tasks), questions)

# %% [markdown]
# The column on the left is the loss we meant, twelve residuals close to zero. The grid on the right is the loss we wrote. Each
# row asks one prediction to be close to *all* targets, and the best single answer to all of them is their mean. What is left
# is how far the targets lie from their mean, squared and averaged: their variance.

# %%
questions.var(correction=0)

# %% [markdown]
# **A loss that settles on the variance of the targets is the fingerprint of this mistake.** You will meet it again, and you
# will know it. The loss written out by hand says nothing. PyTorch's own computes the same number, and warns:

# %%
F.mse_loss(blind(tasks), flat_questions)

# %% [markdown]
# A shape is best named in the message of an error, where it is read. In a text it looks better as a plain tuple:

# %%
f"{tasks.shape} or {tuple(tasks.shape)}"

# %% [markdown] outcomes=[4]
# ### Exercise 4.6 · one shape for every column · 2 points · ●●○ · 5 min
#
# Write `as_column(values)`, a guard at the door. A tensor of shape `(n,)` or `(n, 1)` comes back as `(n, 1)`, with the same
# numbers in the same order. Anything else, more columns than one, or a tensor that has neither one dimension nor two, raises a
# `ValueError` whose message names the shape that came, as in `expected one column, got shape (3, 2)`.
#
# <details><summary><b>A single row, <code>(1,)</code> or <code>(1, 1)</code>, is refused or comes back with another shape</b></summary>
#
# `(1,)` and `(1, 1)` are columns too. `squeeze()` removes *every* dimension of size 1; which tools change only the one you name?
# </details>
#
# <details><summary><b><code>(3, 2)</code> is not refused</b></summary>
#
# `view` and `reshape` with `-1` accept any tensor: six numbers make a column of six. Look at the shape before you change it.
# </details>
#
# <details><summary><b>I get <code>IndexError: tuple index out of range</code></b></summary>
#
# `values.shape[1]` of a tensor of shape `(n,)`: there is no second size to ask for. Ask first how many dimensions there are.
# </details>
#
# <details><summary><b>The message should name the shape</b></summary>
#
# Put the shape that came into the text, as the cell above does; a text with `(3, 2)` written into it is right once only.
# </details>

# %% nbgrader={"grade": false, "grade_id": "as-column", "locked": false, "schema_version": 3, "solution": true, "task": false}
def as_column(values):
    """The tensor `values`, of shape (n,) or (n, 1), as (n, 1). Raises ValueError naming any other shape."""
    ### BEGIN SOLUTION
    if values.dim() == 1:
        return values.unsqueeze(1)
    if values.dim() == 2 and values.shape[1] == 1:
        return values
    raise ValueError(f"expected one column, got shape {tuple(values.shape)}")
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "as-column-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("as_column", torch.tensor([21., 5., 11.]), gives=torch.tensor([[21.], [5.], [11.]]))
check.example("as_column", torch.tensor([[5.], [11.]]), gives=torch.tensor([[5.], [11.]]))
check.example("as_column", torch.tensor([5.]), gives=torch.tensor([[5.]]))
check.example("as_column", torch.tensor([[5.]]), gives=torch.tensor([[5.]]))
### BEGIN HIDDEN TESTS
check.agrees("as_column", reference=lambda values: values.reshape(-1, 1),
             inputs=lambda draw: draw.normal(draw.rows))
check.agrees("as_column", reference=lambda values: values.reshape(-1, 1),
             inputs=lambda draw: draw.normal(draw.rows, 1))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "as-column-refuses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.refuses("as_column", torch.ones(3, 2), error=ValueError, naming=[(3, 2)])
check.refuses("as_column", torch.ones(2, 3, 1), error=ValueError, naming=[(2, 3, 1)])
check.refuses("as_column", torch.tensor(7.0), error=ValueError, naming=[()])
### BEGIN HIDDEN TESTS
check.refuses("as_column", torch.ones(1, 4), error=ValueError, naming=[(1, 4)])
check.refuses("as_column", torch.ones(2, 1, 1), error=ValueError, naming=[(2, 1, 1)])
### END HIDDEN TESTS

# %% [markdown]
# ## Setting parameters on purpose
#
# PyTorch's own start is random. Sometimes you want another: to continue from yesterday, to compare two runs, or to see what a
# bad start does. The parameters are leaves of the graph, so they are changed in place, and outside it. `fill_` writes one number
# everywhere, `copy_` writes a tensor of the same shape:

# %%
layer = nn.Linear(1, 1)
with torch.no_grad():
    layer.weight.fill_(-15)
    layer.bias.copy_(torch.tensor([-10.0]))
layer.state_dict()

# %% [markdown]
# **Predict** roughly: on a day with 6 tasks and 31 questions, what does this line say, and what is its squared residual?

# %%
regression.residuals(tasks, questions, weight=-15, bias=-10)

# %% [markdown] outcomes=[3, 5]
# It says −100 where 31 questions came: a residual of −131, and 17,161 squared. The gradients grow with that error, and the
# weight's with the input as well, so the first steps will be long ones.
#
# ### Exercise 4.7 · a slow start, on record · 2 points · ●●○ · 8 min
#
# Write `train_from`. It trains an `nn.Linear(1, 1)` that starts from the given weight and bias, and returns two things: the
# trained layer, and a list of `number_training_steps` Python floats, the loss of each turn **before** that turn's step. The
# first entry is the loss at the start. Return the two in this order, `return layer, losses`.
#
# <details><summary><b>I get <code>a leaf Variable that requires grad is being used in an in-place operation</code></b></summary>
#
# The parameter was changed while autograd was recording. How does the cell above avoid it?
# </details>
#
# <details><summary><b>I get <code>cannot assign 'float' as parameter 'weight' (torch.nn.Parameter or None expected)</code></b></summary>
#
# `layer.weight = …` would throw the `Parameter` away, be it for a number or for a tensor (then the error says
# `'torch.FloatTensor'`). Write the number *into* it.
# </details>
#
# <details><summary><b>I get <code>Only Tensors of floating point and complex dtype can require gradients</code></b></summary>
#
# The start may come in whole numbers: of −15 and −10 `torch.tensor` makes a tensor of integers.
# </details>
#
# <details><summary><b>The layer has moved by one step only, though there were more</b></summary>
#
# What is indented under `for` runs in every turn: not the lines that set weight and bias, but all four of the loop.
# </details>
#
# <details><summary><b>Every entry is the same</b></summary>
#
# Either nothing moves, and the optimiser may hold other tensors than the layer does now; or the list holds one object many
# times. A Python number, made with `.item()` in each turn, does not change afterwards.
# </details>

# %% nbgrader={"grade": false, "grade_id": "train-from", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_from(
    tensor_number_tasks, tensor_number_questions, weight, bias, learning_rate=0.02, number_training_steps=200
):
    """Fit an nn.Linear(1, 1) by gradient descent from a given start.

    tensor_number_tasks, tensor_number_questions: (n, 1). weight, bias: numbers, the parameters at the start.
    Returns (layer, losses): the trained layer, and the loss before each step, a list of floats.
    """
    ### BEGIN SOLUTION
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    losses = []
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        loss = compute_loss(tensor_number_tasks, tensor_number_questions, layer)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return layer, losses
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "train-from-steps", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.trains("train_from", data=data.tasks_and_questions(), learning_rate=0.007, steps=5,
             start=(1.0, 3.0), history="steps", fresh=True,
             arguments=(*data.tasks_and_questions(), 1.0, 3.0, 0.007, 5))
# one step on two rows, on paper: the loss is 2.5, the gradients −4 and −3; the start is given in whole numbers
stepped = nn.Linear(1, 1)
stepped.load_state_dict({"weight": torch.tensor([[1.4]]), "bias": torch.tensor([0.3])})
check.example("train_from", *two_rows, 1, 0, 0.1, 1, gives=(stepped, [2.5]),
              mistaken={"returned-in-wrong-order": ([2.5], stepped)})


# one step on two rows that the line misses by one hundredth and by two: the loss is 0.00025, the gradients −0.05 and −0.03
near = nn.Linear(1, 1)
near.load_state_dict({"weight": torch.tensor([[1.005]]), "bias": torch.tensor([0.003])})


def two_near_rows(draw):
    return torch.tensor([[1.], [2.]]), torch.tensor([[1.01], [2.02]]), 1, 0, 0.1, 1


def losses_are_floats(arguments, result, again):
    loss = result[1][0]
    if type(loss) is not float:
        return None, f"recorded a loss of type {type(loss).__name__}, where a float was due"
    return None if abs(loss - 0.00025) < 1e-6 else (None, f"recorded the loss {loss:g}, where 0.00025 was due")


check.holds("train_from", like=lambda *given: (near, [0.00025]), inputs=two_near_rows, rows=(2,),
            rule=losses_are_floats, praise="records each loss as a float, not rounded")
### BEGIN HIDDEN TESTS
draw = check.Draw("other days", rows=9)
other_tasks = draw.uniform(1, 10, 9, 1)
other_questions = draw.uniform(2, 7, 1) * other_tasks + draw.normal(9, 1, mean=4.0, std=2.0)
check.trains("train_from", data=(other_tasks, other_questions), learning_rate=0.004, steps=9,
             start=(-15.0, -10.0), history="steps",
             arguments=(other_tasks, other_questions, -15.0, -10.0, 0.004, 9))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "train-from-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def many_days_and_start(draw):
    return draw.uniform(0, 1, draw.rows, 1), draw.uniform(0, 1, draw.rows, 1), -15.0, -10.0, 0.1, 3


check.vectorised("train_from", inputs=many_days_and_start)

# %% [markdown]
# Compare three starts (exercise 4.7). **Predict** the order in which their curves will lie after 200 steps.

# %%
regression.loss_curves(
    {
        "weight 5, bias 0": train_from(tasks, questions, 5, 0)[1],
        "weight −15, bias 0.28": train_from(tasks, questions, -15, 0.28)[1],
        "weight −15, bias −10": train_from(tasks, questions, -15, -10)[1],
    },
    floor=("least squares", 0.3088),
)

# %% [markdown]
# A weight that is off by twenty is all but mended in a dozen steps: the loss has come down from 16,284 to 1.75. But look where
# that curve ends, at 0.40 and visibly above the floor. The long first steps dragged the bias along, which had started right: it
# is 2.91 after those twelve, and still 1.02 after two hundred. A bias that starts off by ten is slower yet. These are the two
# speeds of the exhibit again. A bad start costs steps, not the answer; with 1,000 steps all three arrive.
#
# ## What an optimiser keeps
#
# An optimiser holds references to the parameters, its settings, and, depending on the method, something it remembers from
# step to step. `state_dict()` shows all but the parameters themselves:

# %%
optimiser = torch.optim.SGD(layer.parameters(), lr=0.02)
optimiser.state_dict()

# %% [markdown]
# `state` is empty, because plain SGD remembers nothing. `param_groups` holds the settings: the learning rate `lr`, `momentum`,
# `weight_decay`, … and, under `params`, the parameters by number. Settings can be changed while training runs:

# %%
optimiser.param_groups[0]["lr"] = 0.01
optimiser.state_dict()["param_groups"][0]["lr"]

# %% [markdown]
# With *momentum* each step keeps a share of the step before, as a ball does that rolls downhill. To do so the optimiser must
# remember. **Predict** which part of the `state_dict` is no longer empty after one step (the cell needs exercise 4.4).

# %%
optimiser = torch.optim.SGD(layer.parameters(), lr=0.001, momentum=0.9)
compute_loss(tasks, questions, layer).backward()
optimiser.step()
optimiser.state_dict()["state"]

# %% [markdown] outcomes=[5]
# One buffer for each parameter, of the parameter's shape.
#
# ### Exercise 4.8 · the morning after · 1 point · ●○○ · 2 min
#
# You train with SGD and momentum 0.9. In the evening you save `model.state_dict()`, and nothing else. Next morning you make a
# new model, load the file into it, make a new `SGD` with the same learning rate and momentum, and go on. What is lost?
#
# - **A** · nothing
# - **B** · the biases, because only weights are saved
# - **C** · the momentum buffers, so the first steps of the morning are not those of an unbroken run
# - **D** · the graph, so the first `backward()` fails
#
# Set `answer_morning` to one of the letters, as text: `answer_morning = "A"`, for example. The tick below says only that a letter
# was chosen. Whether it is the right one you will see after the next section, in numbers.

# %% nbgrader={"grade": false, "grade_id": "morning-after", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
answer_morning = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "morning-after-choice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.choice("answer_morning")
### BEGIN HIDDEN TESTS
check.choice("answer_morning", "C", why={
    "A": "Look at the optimiser's state once more: is it part of model.state_dict()?",
    "B": "model.state_dict() lists every registered parameter, biases too.",
    "C": "The parameters are all there, and the buffers start again from nothing.",
    "D": "Every forward pass builds a new graph; none needs to be saved.",
})
### END HIDDEN TESTS

# %% [markdown]
# ## Three inputs, two outputs
#
# Back to the crop yields of chapter 3, now fifteen rows: temperature, rainfall and humidity in, apples and oranges out. With
# loose tensors you had a weight of shape (2, 3) and a bias of shape (2,) to look after. Now it is one line, and the loop does
# not change at all.

# %%
inputs, targets = data.crop_yields(rows=15)
inputs[:3], targets[:3]

# %% [markdown]
# PyTorch has the loss ready-made, too. `F.mse_loss` is the mean over *all* elements, here 15 · 2:

# %%
yields = nn.Linear(3, 2)
F.mse_loss(yields(inputs), targets), ((yields(inputs) - targets) ** 2).sum() / 30

# %% [markdown] outcomes=[3]
# The inputs are about a hundred and the gradients are large, so the learning rate has to be small: 1e-5.
#
# ### Exercise 4.9 · any number of columns · 1 point · ●●○ · 6 min
#
# Write `train_linear_layer(inputs, targets, learning_rate, number_training_steps)`. It trains an `nn.Linear` whose sizes
# follow from the data, with `F.mse_loss` and SGD on all rows at once, and returns the trained layer.
#
# <details><summary><b>I get <code>mat1 and mat2 shapes cannot be multiplied (15x3 and 2x3)</code></b></summary>
#
# There is no `@` in your code; it is the layer's own `x @ weight.T`, and the second shape is that of `weight.T`. Which of the
# layer's two sizes has to be 3 for inputs `(15, 3)`? If the second check alone fails: what are its sizes, and where do yours
# come from?
# </details>
#
# <details><summary><b>The check counts nine backward passes and one step</b></summary>
#
# `step()` stands below the loop, and not in it.
# </details>
#
# <details><summary><b>A factor 2 came in</b></summary>
#
# With two outputs a row, a sum of squares divided by the rows is twice the mean over all elements. `F.mse_loss` divides by 30.
# </details>
#
# <details><summary><b>The loss is <code>nan</code></b></summary>
#
# The steps were too long. Is the learning rate that was given really the one the optimiser got?
# </details>

# %% nbgrader={"grade": false, "grade_id": "train-linear-layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_linear_layer(inputs, targets, learning_rate=1e-5, number_training_steps=1000):
    """Fit an nn.Linear to inputs (n, d) and targets (n, k) by gradient descent on all rows at once.

    Returns the trained nn.Linear(d, k).
    """
    ### BEGIN SOLUTION
    layer = nn.Linear(inputs.shape[1], targets.shape[1])
    optimiser = torch.optim.SGD(layer.parameters(), lr=learning_rate)
    for _ in range(number_training_steps):
        optimiser.zero_grad()
        F.mse_loss(layer(inputs), targets).backward()
        optimiser.step()
    return layer
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "train-linear-layer-steps", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.trains("train_linear_layer", data=data.crop_yields(15), learning_rate=1e-5, steps=9,
             returns="Linear")
check.trains("train_linear_layer", data=data.tasks_and_questions(), learning_rate=0.005, steps=4,
             returns="Linear", fresh=True)


def many_regions(draw):
    return draw.uniform(0, 1, draw.rows, 3), draw.uniform(0, 1, draw.rows, 2), 0.1, 3


check.vectorised("train_linear_layer", inputs=many_regions)
### BEGIN HIDDEN TESTS
draw = check.Draw("other regions", rows=11)
other_inputs = draw.uniform(40, 130, 11, 4)
other_yields = other_inputs @ draw.uniform(0, 1, 4, 3) + draw.normal(11, 3, std=5.0)
check.trains("train_linear_layer", data=(other_inputs, other_yields),
             learning_rate=2e-5, steps=5, returns="Linear")
### END HIDDEN TESTS

# %% [markdown]
# A thousand steps (exercise 4.9):

# %%
torch.manual_seed(0)
yields = train_linear_layer(inputs, targets)
regression.predicted_against_measured(yields(inputs), targets, ("apples", "oranges"))

# %% [markdown]
# And a region that nobody has measured: 75 degrees, 63 millimetres, 44 per cent. It resembles the first row of the table,
# which yielded 56 and 70; a little less rain. **Predict**, then ask the layer:

# %%
yields(torch.tensor([[75.0, 63.0, 44.0]]))

# %% [markdown]
# ### The morning after, in numbers
#
# Back to exercise 4.8, with the loss of 4.4. Here a line trains for twelve steps with momentum, once without a break, and once
# with a new optimiser after the ninth, as on the next morning. The parameters go on from where they were in both.

# %%
def train_two_days(new_optimiser_in_the_morning):
    torch.manual_seed(0)
    day_line = nn.Linear(1, 1)
    optimiser = torch.optim.SGD(day_line.parameters(), lr=0.005, momentum=0.9)
    for step in range(12):
        if step == 9 and new_optimiser_in_the_morning:
            optimiser = torch.optim.SGD(day_line.parameters(), lr=0.005, momentum=0.9)
        optimiser.zero_grad()
        compute_loss(tasks, questions, day_line).backward()
        optimiser.step()
    return day_line.state_dict()


# %%
print(train_two_days(new_optimiser_in_the_morning=False))
print(train_two_days(new_optimiser_in_the_morning=True))

# %% [markdown]
# Two lines, where nothing lost would give one. The new optimiser has forgotten which way it was rolling: its buffers, **C**,
# were in `optimiser.state_dict()`, and that was not saved. Nothing else is missing. The biases are in `model.state_dict()` as the
# weights are, and a graph is built anew by every forward pass.
#
# ## Challenge · a round bowl · 0 points · ●●● · 20 min
#
# The bias crept because the loss is a long, narrow valley in weight and bias. Tasks lie around 5.75, far from 0, so that the two
# can stand in for each other. Take that away: give the model $z = (x - \bar x) / s$ instead of $x$, with mean $\bar x$ and
# standard deviation $s$ (dividing by $n$). The valley becomes a round bowl, one learning rate suits both directions, and twenty
# steps are more than enough.
#
# Write `train_standardised`. It trains on $z$, and returns a `ModelNumberQuestions` that takes *unchanged* numbers of tasks:
# put the weight and the bias that belong to $x$ into it. The result should be least squares to three decimals.
#
# <details><summary><b>The line is right for z and wrong for x</b></summary>
#
# Put $z = (x - \bar x) / s$ into $w z + b$ and multiply out. What stands in front of $x$, and what stands alone?
# </details>

# %% nbgrader={"grade": false, "grade_id": "train-standardised", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_standardised(tensor_number_tasks, tensor_number_questions, learning_rate=0.4, number_training_steps=20):
    """The least-squares line by gradient descent on standardised inputs.

    tensor_number_tasks, tensor_number_questions: (n, 1), n > 1.
    Returns a ModelNumberQuestions for inputs that are not standardised.
    """
    ### BEGIN SOLUTION
    mean = tensor_number_tasks.mean()
    deviation = tensor_number_tasks.std(correction=0)
    standardised = (tensor_number_tasks - mean) / deviation
    model = train_parameters_linear_regression(
        standardised, tensor_number_questions, learning_rate, number_training_steps
    )
    weight, bias = model.parameters()
    with torch.no_grad():
        weight /= deviation
        bias -= weight.squeeze() * mean
    return model
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "train-standardised-line", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
def best_line(slope, intercept):
    best = nn.Linear(1, 1)
    best.load_state_dict({"weight": torch.tensor([[slope]]), "bias": torch.tensor([intercept])})
    return lambda tensor_number_tasks, tensor_number_questions: best


check.agrees("train_standardised", reference=best_line(5.1976, 0.2806), rtol=1e-3, atol=1e-3, rows=(12,),
             inputs=lambda draw: data.tasks_and_questions(),
             mistaken={"line-for-standardised-inputs": best_line(13.6075, 30.1667),
                       "divided-by-n-minus-one": best_line(4.9763, 1.5530)})
### BEGIN HIDDEN TESTS
def least_squares(tensor_number_tasks, tensor_number_questions):
    columns = torch.cat([tensor_number_tasks, torch.ones_like(tensor_number_tasks)], dim=1)
    slope, intercept = torch.linalg.lstsq(columns, tensor_number_questions).solution
    return best_line(slope.item(), intercept.item())(tensor_number_tasks, tensor_number_questions)


def line_for_z(x, y):
    return least_squares((x - x.mean()) / x.std(correction=0), y)


check.agrees("train_standardised", reference=least_squares, rows=(5, 12), rtol=1e-3, atol=1e-2,
             mistaken={"line-for-standardised-inputs": line_for_z},
             inputs=lambda draw: (draw.uniform(2, 12, draw.rows, 1), draw.uniform(0, 50, draw.rows, 1)))
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# | you want to | you write |
# | --- | --- |
# | hold parameters | a class with `nn.Module`, `super().__init__()` first, layers as attributes, `forward` |
# | see them | `parameters()`, `named_parameters()`, `state_dict()` |
# | set them | inside `torch.no_grad()`, in place: `fill_`, `copy_`; or `load_state_dict` |
# | measure | one expression on whole tensors of **one shape**; check `(n, 1)` against `(n, 1)` |
# | train | `zero_grad()`, loss, `backward()`, `step()`, in this order, every step |
#
# - A loop over samples and the vectorised loss give one number and cost very different times.
# - A loss that settles on the variance of the targets means `(n,)` has met `(n, 1)`.
# - Weight and bias learn at different speeds; the steepest direction sets the learning rate.
# - An optimiser keeps settings and, with momentum, a memory. Save its `state_dict` beside the model's.
#
# **Next**, chapter 5: data that do not fit into one tensor. `Dataset`, `DataLoader`, mini-batches, and a `fit` function that
# trains any model.
#
# **To read**
# - [What is torch.nn really?](https://docs.pytorch.org/tutorials/beginner/nn_tutorial.html), from loose tensors to `nn.Module`, one step at a time
# - The manual's pages on [`nn.Module`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html),
#   [`nn.Linear`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html) and
#   [`torch.optim`](https://docs.pytorch.org/docs/stable/optim.html)
# - Gabriel Goh, [Why Momentum Really Works](https://distill.pub/2017/momentum/), on narrow valleys and rolling balls

# %% [markdown]
# ## Check the whole chapter
#
# Is nobody marking your work? Then this is your desk. *Check everything* runs the saved notebook from top to bottom in a fresh
# start, with all tests there are, the hidden ones included. To each exercise there are three hints, from a nudge to nearly told,
# and a worked solution, which you may read when you have passed, or after three honest tries. In a terminal the same is called
# `course check linear_model`, `course hint 4.4`, `course solution 4.4` and `course progress`. In a class, hand in instead: there
# this cell says so, and no more.

# %%
from course import study

study.desk("linear_model")
