# ---
# title: "Chapter 5, Dataset and DataLoader: the text from which `course build` makes the notebooks. Edit this file, never the .ipynb."
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 5 · Dataset and DataLoader
#
# So far every step has used every row. That works for sixty rows. It does not work for sixty million, which neither fit into
# memory nor into your patience. In this chapter the data come in *mini-batches*, a few rows at a time and in a new order each
# time round. You write the two classes that hand them out, the function that trains on them, and the one that says, honestly,
# how well the result does on rows it has never seen.
#
# **You will be able to**
#
# 1. write a `Dataset`: how many samples there are, and what one sample is;
# 2. say which rows a `DataLoader` puts into which batch, and notice when rows are lost, repeated or torn apart;
# 3. see what small batches do to the path of descent, and choose a batch size knowing the price;
# 4. write `fit`, a training function for any model and any data, on any device;
# 5. split data in three, evaluate without changing what you evaluate, and keep the best model.
#
# **You need** chapters 1 to 4: devices, `no_grad`, the error surface, `nn.Linear`, `F.mse_loss`, `torch.optim.SGD`, `state_dict`.
#
# **Time** about two hours and a quarter: 87 minutes for the exercises, the rest to read, predict and play. A good place for a pause
# is before the section *Validation*. The challenge at the end, for no points, takes 15 minutes more. 20 points.
#
# Each exercise has a cell for your code, marked `YOUR CODE HERE`, and below it one or more cells that check it. Run them as
# often as you like. When you hand the notebook in, the same ideas are checked again on fresh numbers. Cells further down that
# use what you have written fail until it is there; they say which exercise they need.

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import copy
import math
import time

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, Dataset, SubsetRandomSampler, TensorDataset

from course import check, data
from course.plots import batches, epochs
from course.widgets.batch_sampler import batch_sampler

# %% [markdown]
# ## A Dataset
#
# A *data set*, for PyTorch, is anything that answers two questions: how many samples are there, and what is sample number
# `index`? It is a class with two special methods. Here is a small one: the numbers 1, 2, 3, … and their squares.

# %%
class Squares(Dataset):
    def __init__(self, count):
        self.x = torch.arange(1.0, count + 1).view(-1, 1)
        self.y = self.x ** 2

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]


squares = Squares(5)

# %% [markdown]
# Python calls `__len__` when you write `len(squares)`, and `__getitem__` when you write `squares[3]`. You never call them by
# name. **Predict** what the next cell shows; mind the shapes.

# %%
len(squares), squares[3]

# %% [markdown]
# One sample is one *pair*: an input and its target, each of shape `(1,)`, for the row's own dimension is used up by the index.
# A slice, `self.x[3:4]`, would have kept it, and a batch of such samples would have a dimension too many.
#
# What a sample is made of does not matter to anybody else. It could come from a tensor, as here, or from a file that is
# opened only when its number is called. That is how data larger than the memory are used.
#
# The points of this chapter lie around the line $y = x - 1$. There are sixty of them, and you write the class that holds them.

# %%
batches.points(*data.sixty_points())

# %% [markdown] outcomes=[1]
# ### Exercise 5.1 · a line as a data set · 2 points · ●○○ · 8 min
#
# Write the class `LineDataset`. `LineDataset(noise)` makes the samples: `x` runs from −3 in steps of 0.1 up to, but without, 3,
# as a column of shape `(60, 1)`, and `y` is `x − 1` plus `noise` times normal random numbers (`torch.randn`), one number for
# each row. Sample `index` is the pair of row `index` of `x` and row `index` of `y`, each of shape `(1,)`.
#
# A data set is the same each time you look at it: the random numbers are drawn *once*. With `noise` 0 every point lies on the
# line, so that sample 0 is the pair −3 and −4, and sample 10 the pair −2 and −3.
#
# <details><summary><b>An item is a tensor of shape <code>(1, 1)</code>, where <code>(1,)</code> was due</b></summary>
#
# `x[index:index + 1]` is a table of one row. `x[index]` is the row.
# </details>
#
# <details><summary><b>An item gave other numbers when it was asked for again</b></summary>
#
# Where do you call `torch.randn`? `__getitem__` runs each time a sample is looked at, `__init__` only once.
# </details>
#
# <details><summary><b>An item is a tensor of shape <code>()</code></b></summary>
#
# A tensor of shape `(60,)` has rows that are single numbers. Which method of chapter 1 makes a column of it?
# </details>
#
# <details><summary><b>An item is a tensor of shape <code>(60,)</code>, where <code>(1,)</code> was due</b></summary>
#
# A column plus a flat tensor is a table of 60 rows and 60 columns. Which shape should the noise have?
# </details>
#
# <details><summary><b>The length is 61, or 59</b></summary>
#
# `torch.arange(start, end, step)` leaves the end out. Count the rows that you have instead of writing a number down.
# </details>

# %% nbgrader={"grade": false, "grade_id": "line-dataset", "locked": false, "schema_version": 3, "solution": true, "task": false}
class LineDataset(Dataset):
    """Sixty points around y = x − 1, x from −3 to 2.9.

    noise: a number, the standard deviation of the normal noise on y, drawn once. Item `index` is the pair (x, y) of that
    row, two float32 tensors of shape (1,).
    """

    ### BEGIN SOLUTION
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(self.x.size())

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]
    ### END SOLUTION

# %% [markdown]
# Without noise, is every sample where it should be?

# %% nbgrader={"grade": true, "grade_id": "line-dataset-items", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def on_the_line(index):
    x = -3 + 0.1 * torch.tensor([float(index)])
    return x, x - 1


check.dataset("LineDataset", arguments=(0.0,), length=60, items=on_the_line, atol=1e-5)
### BEGIN HIDDEN TESTS
check.dataset("LineDataset", arguments=(0,), length=60, items=on_the_line, atol=1e-5, ends=True)
### END HIDDEN TESTS

# %% [markdown]
# With noise, is it noise of the right size, a number of its own for each row, and the same at a second look?

# %% nbgrader={"grade": true, "grade_id": "line-dataset-noise", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def near_the_line(noise):
    def holds(index, x, y):
        return abs(x.item() - (-3 + 0.1 * index)) < 1e-4 and abs(y.item() - (x.item() - 1)) < 5 * noise
    return holds


def normal_noise(noise):
    drawn = []

    def overall(x, y):
        strays, spread = (y - x + 1) / noise, (y - x + 1).std().item()
        if spread < 0.01 * noise and strays.abs().max() > 0.01:
            return "every row has the same random number."
        if not 0.6 * noise < spread < 1.5 * noise:
            return f"y strays from x − 1 by {spread:.2g} (standard deviation) where the noise is {noise}."
        if any(torch.allclose(strays, others, atol=1e-3) for others in drawn):
            return "two data sets have the same noise: is a seed set inside the class?"
        drawn.append(strays)
        far = torch.cat(drawn).abs().max() > 1.76
        return far or len(drawn) < 3 or "no row strays far. Of 180 normal numbers a few are above 2, times the noise."
    return overall


def check_noise(noise):
    check.dataset("LineDataset", inputs=lambda draw: noise, rows=(1, 2, 3), length=lambda rows: 60,
                  like=(torch.zeros(1), torch.zeros(1)), holds=near_the_line(noise), overall=normal_noise(noise))


check_noise(0.5)
### BEGIN HIDDEN TESTS
check_noise(2.0)
### END HIDDEN TESTS

# %% [markdown]
# With the seed 1, and one call of `torch.randn` for all rows, your points are those of the picture (exercise 5.1 is needed
# here): no target is off.

# %%
torch.manual_seed(1)
line = LineDataset(0.1)
x, y = data.sixty_points()
len(line), max((line[i][1] - y[i]).abs().item() for i in range(60))

# %% [markdown]
# ## A DataLoader
#
# A `DataLoader` asks a data set for samples and stacks them into batches. It is made for a `for` loop:

# %%
for inputs, targets in DataLoader(Squares(5), batch_size=2):
    print(inputs.shape, inputs.flatten(), targets.flatten())

# %% [markdown]
# Two samples of shape `(1,)` became a tensor of shape `(2, 1)`: rows are samples again. Five samples do not divide by two, so
# the last batch has a single row. One pass over all batches is an *epoch*.
#
# **Predict** the two numbers below before you run the cell.

# %%
loader = DataLoader(Squares(5), batch_size=2)
len(loader), len(loader.dataset)

# %% [markdown]
# The length of a loader counts batches, 3. The samples, 5, are counted by its data set. Confuse the two, and everything you
# divide by is wrong.
#
# Two settings change who comes when. `shuffle=True` draws a new order for each epoch. `drop_last=True` leaves a smaller last
# batch out. Here are fourteen rows in batches of four, two epochs of each; `range(14)` will do as a data set, for it has a length
# and items.

# %%
torch.manual_seed(0)
in_order = DataLoader(range(14), batch_size=4)
shuffled = DataLoader(range(14), batch_size=4, shuffle=True)
shortened = DataLoader(range(14), batch_size=4, shuffle=True, drop_last=True)
loaders = {"in order": in_order, "shuffled": shuffled, "shuffled, drop_last": shortened}
drawn = {f"{name}, epoch {epoch}": list(loader) for name, loader in loaders.items() for epoch in (1, 2)}
batches.epochs(drawn, number_of_rows=14)

# %% [markdown]
# Look at the last two lines. Which rows are missing in the first epoch, and which in the second? It is 3 and 8, then 5 and 10.
# With `shuffle` and `drop_last` together different rows sit out each time, so that over many epochs every row gets its turn. With
# `drop_last` alone it would be the last two, always, and the model would never see them.
#
# Why drop rows at all? Some layers misbehave on a batch of one row, and a last batch of one row makes one update out of a single
# sample. For training it is a fair choice. For measuring it never is.

# %% [markdown] outcomes=[2]
# ### Exercise 5.2 · how many updates? · 1 point · ●○○ · 5 min
#
# Every batch makes one update of the parameters. Write `count_updates`: how many there are in `num_epochs` epochs, as a Python
# `int`. On paper first: 14 rows in batches of 4, for 3 epochs, with and without `drop_last`, as in the picture.
#
# `7 // 2` is 3, rounded down; `math.ceil(7 / 2)` is 4, rounded up.
#
# <details><summary><b>It gave 12 for 12 rows, where 9 were due</b></summary>
#
# Twelve rows in batches of four leave nothing over. `rows // batch_size + 1` counts an empty batch then.
# </details>

# %% nbgrader={"grade": false, "grade_id": "count-updates", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_updates(number_of_rows, batch_size, num_epochs, drop_last):
    """How many batches a DataLoader hands out in num_epochs epochs, an int.

    number_of_rows, batch_size, num_epochs: ints, at least 1. drop_last: whether a smaller last batch is left out.
    """
    ### BEGIN SOLUTION
    if drop_last:
        return num_epochs * (number_of_rows // batch_size)
    return num_epochs * math.ceil(number_of_rows / batch_size)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "count-updates-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("count_updates", 14, 4, 3, False, gives=12, mistaken={
    "last-batch-lost": 9, "updates-counted-for-one-epoch": 4, "last-batches-joined": 11, "batches-taken-for-samples": 42,
    "division-not-rounded": 10.5})
check.example("count_updates", 14, 4, 3, True, gives=9, mistaken={
    "drop-last-ignored": 12, "updates-counted-for-one-epoch": 3, "last-batches-joined": 10, "division-not-rounded": 10.5})
check.example("count_updates", 12, 4, 3, False, gives=9, mistaken={"empty-batch-counted": 12})
check.example("count_updates", 13, 4, 2, False, gives=8, mistaken={"last-batch-lost": 6})
check.example("count_updates", 3, 4, 2, True, gives=0, mistaken={"drop-last-ignored": 2})
### BEGIN HIDDEN TESTS
def count_by_loader(number_of_rows, batch_size, num_epochs, drop_last):
    return num_epochs * len(DataLoader(range(number_of_rows), batch_size=batch_size, drop_last=drop_last))


def some_settings(dropped):
    return lambda draw: (draw.rows * 7 + 3, int(draw.integers(2, 6, 1)), int(draw.integers(2, 9, 1)), dropped)


for dropped in (False, True):
    check.agrees("count_updates", reference=count_by_loader, inputs=some_settings(dropped))
check.agrees("count_updates", reference=count_by_loader, inputs=lambda draw: (draw.rows, 20, 3, False))
### END HIDDEN TESTS

# %% [markdown]
# ### How a loader shuffles
#
# `torch.randperm(n)` draws a *permutation*: the numbers 0 to n − 1, each once, in a random order. Used as an index it puts
# rows into that order.

# %%
torch.manual_seed(0)
order = torch.randperm(5)
order, squares.x[order].flatten()

# %% [markdown]
# It is tempting to draw five random numbers below five instead. **Predict** how many of 1,000 rows an epoch would see then.

# %%
len(torch.randint(1000, (1000,)).unique())

# %% [markdown]
# About 63 per cent. The other 37 are not drawn at all, and many of the 63 twice or three times. An epoch means every row, once.
#
# Inputs and targets are two tensors, and what belongs together must stay together. **Predict:** which of the two lines below
# keeps each number with its own square?

# %%
torch.manual_seed(0)
print(squares.x[torch.randperm(5)].flatten(), squares.y[torch.randperm(5)].flatten())
print(squares.x[order].flatten(), squares.y[order].flatten())

# %% [markdown]
# A model that is given the first line learns that there is nothing to learn. No error tells you.

# %% [markdown] outcomes=[2]
# ### Exercise 5.3 · an epoch by hand · 2 points · ●●○ · 8 min
#
# Write what a shuffling loader does in one epoch. `shuffled_epoch(inputs, targets, batch_size)` returns a list of pairs
# `(inputs, targets)`, one pair a batch. Every row is in exactly one batch and keeps its target. All batches have `batch_size` rows
# but for the last, which has what is left. Each call draws a new order of all rows. (The checks would accept a `DataLoader`
# inside; you learn more from `torch.randperm`.)
#
# On paper: five rows in batches of two. How many pairs are in the list, and what are their shapes?
#
# <details><summary><b>It gave a list of 4 items, where 5 were due</b></summary>
#
# The last batch is missing: fourteen rows in batches of three are five batches. `range(0, 14, 3)` gives 0, 3, 6, 9 and 12, the
# places at which batches begin. A slice that reaches past the end of a tensor is no error; it is shorter.
# </details>
#
# <details><summary><b>Inputs have lost their targets</b></summary>
#
# One order for both. How often do you call `torch.randperm`?
# </details>
#
# <details><summary><b>Two calls gave the same order</b></summary>
#
# `torch.manual_seed` inside the function starts the same random numbers each time. A seed is set once, at the top of a program.
# </details>

# %% nbgrader={"grade": false, "grade_id": "shuffled-epoch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shuffled_epoch(inputs, targets, batch_size):
    """One epoch of mini-batches in a new random order.

    inputs: (n, d). targets: (n, k). batch_size: an int, at least 1.
    Returns a list of pairs, each (batch_size, d) and (batch_size, k); the last pair may have fewer rows.
    """
    ### BEGIN SOLUTION
    order = torch.randperm(len(inputs))
    pairs = []
    for start in range(0, len(inputs), batch_size):
        rows = order[start:start + batch_size]
        pairs.append((inputs[rows], targets[rows]))
    return pairs
    ### END SOLUTION

# %% [markdown]
# The next cell holds helpers of the checks. Run it; you may skip reading it.

# %% nbgrader={"grade": false, "grade_id": "epoch-check-helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def numbered_rows(draw):  # row i is i + 0.25 and i + 0.5, its target −i
    numbers = torch.arange(float(draw.rows)).view(-1, 1)
    return torch.cat([numbers + 0.25, numbers + 0.5], dim=1), -numbers, 3


def epoch_in_order(inputs, targets, batch_size):
    return list(zip(inputs.split(batch_size), targets.split(batch_size)))


def rows_and_partners(epoch):
    inputs, targets = (torch.cat(part) for part in zip(*epoch))
    return (inputs[:, 0] - 0.25).round().int().tolist(), (-targets[:, 0]).round().int().tolist()


def every_row_once(arguments, epoch, again):
    rows, partners = rows_and_partners(epoch)
    for row, partner in zip(rows, partners):
        if row != partner:
            return "pairs-broken", f"gave row {row} the target of row {partner}"
    if len(set(rows)) < len(rows):
        twice = next(row for row in rows if rows.count(row) > 1)
        return "sampling-with-replacement", f"drew row {twice} more than once, and other rows never"
    return None


def goes_on(rows):  # 3, 4, 5, 0, 1, 2 as well as 0, 1, 2, 3, 4, 5
    return len({(after - before) % len(rows) for before, after in zip(rows, rows[1:])}) == 1


def companions(epoch):
    return {frozenset(rows_and_partners([batch])[0]) for batch in epoch}


def a_new_order_each_time(arguments, epoch, again):
    rows, rows_again = rows_and_partners(epoch)[0], rows_and_partners(again)[0]
    if goes_on(rows):
        return "order-not-random", f"left the rows in their order, beginning at row {rows[0]}"
    if rows == rows_again:
        return "reseeded-each-epoch", "gave the same order in two calls"
    if companions(epoch) == companions(again):
        return "shuffled-inside-batches", "put the same rows into one batch in both of two calls"
    return every_row_once(arguments, epoch, again)


epoch_mistakes = {
    "last-batch-lost": lambda x, y, size: epoch_in_order(x, y, size)[:len(x) // size],
    "wrong-batch-size": lambda x, y, size: epoch_in_order(x, y, 1),
    "batch-count-for-size": lambda x, y, size: list(zip(x.chunk(size), y.chunk(size))),
}

# %% [markdown]
# Is every row there, once, with its own target?

# %% nbgrader={"grade": true, "grade_id": "shuffled-epoch-rows", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.holds("shuffled_epoch", rule=every_row_once, like=epoch_in_order, inputs=numbered_rows,
            rows=(14, 13, 2), mistaken=epoch_mistakes, praise="puts each row into one batch, with its own target")
### BEGIN HIDDEN TESTS
check.holds("shuffled_epoch", rule=every_row_once, like=epoch_in_order, rows=(12, 1, 23), mistaken=epoch_mistakes,
            inputs=lambda draw: (*numbered_rows(draw)[:2], 5))
### END HIDDEN TESTS

# %% [markdown]
# Is the order random, and another one in the next call?

# %% nbgrader={"grade": true, "grade_id": "shuffled-epoch-order", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.holds("shuffled_epoch", rule=a_new_order_each_time, like=epoch_in_order, inputs=numbered_rows,
            rows=(14,), mistaken=epoch_mistakes, praise="draws a new order in each call")
### BEGIN HIDDEN TESTS
check.holds("shuffled_epoch", rule=a_new_order_each_time, like=epoch_in_order, inputs=numbered_rows, rows=(21, 30))
### END HIDDEN TESTS

# %% [markdown]
# ## Batch, mini-batch, one row
#
# With a loader the training loop gets a second `for`: over the epochs, and inside it over the batches. The four lines of
# chapter 4 stand in the inner one.
#
# ```
# once for each epoch:
#     for each batch that the loader hands out:
#         zero, loss of this batch, backward, step
# ```
#
# Three names are in use. *Batch* gradient descent takes all rows for each update, *stochastic* gradient descent a single one,
# *mini-batch* descent something between. What differs is the gradient. That of a batch is the mean of its rows' gradients: an
# estimate of the mean over all rows, cheap, and noisy.
#
# Let us look at it for the line $-15x - 10$, a long way off. Here is the gradient of all sixty rows, and those of three single
# rows. (`slice(0, 60)` is what `0:60` between brackets makes.)

# %%
x, y = data.sixty_points()


def gradient_at_start(rows):
    error = -15 * x[rows] - 10 - y[rows]
    return torch.stack([2 * (x[rows] * error).mean(), 2 * error.mean()])


gradient_at_start(slice(0, 60)), gradient_at_start([0]), gradient_at_start([30]), gradient_at_start([59])

# %% [markdown]
# The first pair says: raise the weight a lot, raise the bias a little. Row 0, at x = −3, wants the bias *lowered*. Row 30, at
# x = 0, knows nothing about the weight at all (what stands there is rounding). Each row speaks for itself, and only their mean
# speaks for the data.
#
# How good an estimate is the gradient of a batch? Two hundred random batches of each size, and how far their gradients stray from
# the mean, as a standard deviation. **Predict** how much a batch of 32 is better than a single row.

# %%
torch.manual_seed(0)
for size in (1, 8, 32):
    drawn = torch.stack([gradient_at_start(torch.randperm(60)[:size]) for _ in range(200)])
    print(f"{size:2} rows: gradients stray by {drawn.std(0)} around {drawn.mean(0)}")

# %% [markdown]
# Larger batches make better gradients. But they have their price: a batch of 32 costs 32 times as much as a single row, and its
# gradient strays about a ninth as far, not a thirty-second.
#
# **Predict** which is worse for training: to visit the rows in their order, from −3 to 2.9, or in random order?

# %% [markdown] outcomes=[3]
# ### Exercise 5.4 · a walk on the surface · 2 points · ●●○ · 15 min
#
# Write `walk(loader, learning_rate, num_epochs)`. It trains an `nn.Linear(1, 1)` that starts at weight −15 and bias −10 (written
# into the parameters as in chapter 4, inside `torch.no_grad()`), with SGD and `F.mse_loss`, one update for each batch that the
# loader hands out, and records where it has been. It returns a tensor of shape `(updates + 1, 2)`: weight and bias at the start,
# and after each update.
#
# On paper: two rows, x = 1 and x = 2, both with target 1; batches of one row, learning rate 0.1, one epoch. At the start the line
# says −25 for x = 1, so the residual is −26, and both gradients are 2 · (−26) = −52. The first update leads to weight −9.8 and bias
# −4.8. Where does the second lead?
#
# <details><summary><b>All rows of the path are the same</b></summary>
#
# A parameter that is put into a list is not copied: in the end the list holds one object many times. `.item()` gives a number
# that stays.
# </details>
#
# <details><summary><b>I used <code>next(iter(loader))</code>, and the first batch comes again and again</b></summary>
#
# `next(iter(loader))` starts a new pass over the data each time it is called. A `for` loop starts one, and goes on.
# </details>
#
# <details><summary><b>It gave a tensor with one row too few</b></summary>
#
# The start belongs to the path as well.
# </details>
#
# <details><summary><b>I get <code>a leaf Variable that requires grad is being used in an in-place operation</code></b></summary>
#
# The start is written into the parameters with `fill_`, inside `with torch.no_grad():`, as in chapter 4.
# </details>

# %% nbgrader={"grade": false, "grade_id": "walk", "locked": false, "schema_version": 3, "solution": true, "task": false}
def walk(loader, learning_rate=0.01, num_epochs=10):
    """The path of weight and bias in mini-batch gradient descent on a line, from weight −15 and bias −10.

    loader: hands out batches of inputs (b, 1) and targets (b, 1). learning_rate: a float. num_epochs: an int.
    Returns a float32 tensor (updates + 1, 2): weight and bias before the first update and after each.
    """
    ### BEGIN SOLUTION
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(-15)
        model.bias.fill_(-10)
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    path = [[-15.0, -10.0]]
    for _ in range(num_epochs):
        for inputs, targets in loader:
            optimiser.zero_grad()
            F.mse_loss(model(inputs), targets).backward()
            optimiser.step()
            path.append([model.weight.item(), model.bias.item()])
    return torch.tensor(path)
    ### END SOLUTION

# %% [markdown]
# The next cell holds helpers of the checks. Run it; you may skip reading it. (`TensorDataset`, a data set made of tensors, is
# explained further down.)

# %% nbgrader={"grade": false, "grade_id": "walk-check-helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
two_rows = TensorDataset(torch.tensor([[1.], [2.]]), torch.tensor([[1.], [1.]]))
three_rows = TensorDataset(torch.tensor([[1.], [-2.], [3.]]), torch.tensor([[0.], [1.], [5.]]))


def on_paper(updates, zero=True, factor=lambda rows: 1.0, rate=0.05):
    """The path over the three rows; updates: the row numbers of each update."""
    place, gradient = torch.tensor([-15.0, -10.0]), torch.zeros(2)
    path = [place]
    for rows in updates:
        x, y = three_rows[rows]
        error = place[0] * x + place[1] - y
        slopes = 2 * torch.stack([(x * error).mean(), error.mean()]) * factor(len(rows))
        gradient = slopes if zero else gradient + slopes
        place = place - rate * gradient
        path.append(place)
    return torch.stack(path)


epochs_on_paper = [[0, 1], [2], [0, 1], [2]]
small_mistakes = {
    "always-first-batch": on_paper([[0, 1]] * 4),
    "one-batch-only": on_paper([[0, 1]] * 2),
    "one-epoch-only": on_paper(epochs_on_paper[:2]),
    "restarted-each-epoch": torch.cat([on_paper(epochs_on_paper[:2]), on_paper(epochs_on_paper[:2])[1:]]),
    "learning-rate-hard-coded": on_paper(epochs_on_paper, rate=0.01),
    "gradients-never-zeroed": on_paper(epochs_on_paper, zero=False),
    "sum-for-mean": on_paper(epochs_on_paper, factor=lambda rows: rows),
    "whole-set-each-step": on_paper([[0, 1, 2]] * 4),
    "path-by-epochs": on_paper(epochs_on_paper)[::2],
    "start-not-recorded": on_paper(epochs_on_paper)[1:],
    "history-not-cloned": on_paper(epochs_on_paper)[-1:].expand(5, 2),
}

# %% nbgrader={"grade": true, "grade_id": "walk-path", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.example("walk", DataLoader(three_rows, batch_size=2), 0.05, 2, gives=on_paper(epochs_on_paper),
              mistaken=small_mistakes, rtol=1e-4, atol=1e-4)
check.example("walk", DataLoader(two_rows, batch_size=1), 0.1, 1, rtol=1e-4, atol=1e-4,
              gives=torch.tensor([[-15.0, -10.0], [-9.8, -4.8], [0.36, 0.28]]))
### BEGIN HIDDEN TESTS
def walk_by_hand(batches_of, zero=True, factor=lambda rows: 1.0):
    def reference(loader, learning_rate, num_epochs):
        place, total = torch.tensor([-15.0, -10.0]), torch.zeros(2)
        path = [place]
        for inputs, targets in batches_of(loader, num_epochs):
            error = place[0] * inputs + place[1] - targets
            gradient = torch.stack([2 * (inputs * error).mean(), 2 * error.mean()]) * factor(len(inputs))
            total = gradient if zero else total + gradient
            place = place - learning_rate * total
            path.append(place)
        return torch.stack(path)
    return reference


def every_batch(loader, num_epochs):
    return [batch for _ in range(num_epochs) for batch in loader]


def first_batches(loader, num_epochs):
    return [next(iter(loader))] * (num_epochs * len(loader))


def loader_in_any_order(draw):
    n = draw.rows + 2
    rows = TensorDataset(draw.uniform(-2, 3, n, 1), draw.normal(n, 1, std=2.0))
    return DataLoader(rows, batch_size=3, sampler=draw.permutation(n).tolist()), 0.03, 3


right_walk = walk_by_hand(every_batch)
check.agrees("walk", reference=right_walk, inputs=loader_in_any_order, rtol=1e-3, atol=1e-3, mistaken={
    "always-first-batch": walk_by_hand(first_batches),
    "gradients-never-zeroed": walk_by_hand(every_batch, zero=False),
    "sum-for-mean": walk_by_hand(every_batch, factor=lambda rows: rows),
    "one-epoch-only": lambda loader, rate, num_epochs: right_walk(loader, rate, 1)})
check.agrees("walk", reference=right_walk, rtol=1e-3, atol=1e-3, rows=(12,),
             inputs=lambda draw: (DataLoader(TensorDataset(*data.sixty_points()), batch_size=25), 0.02, 2))
### END HIDDEN TESTS

# %% [markdown]
# Now take the walk with your sixty points (exercises 5.1 and 5.4), one row at a time and in order, with learning rate 0.01. After
# ten epochs it ended at weight 0.9932 and bias −1.0174 when this chapter was written. Where does yours?

# %%
path = walk(DataLoader(line, batch_size=1), learning_rate=0.01, num_epochs=10)
path[-1]

# %% [markdown]
# Six hundred updates. Now the same ten epochs with batches of 8, and with all sixty rows at once (exercises 5.1 and 5.4 again, here
# and in the next two cells). **Predict** which of the three comes closest to the weight 1 and the bias −1.

# %%
for batch_size in (1, 8, 60):
    path = walk(DataLoader(line, batch_size=batch_size), learning_rate=0.01, num_epochs=10)
    print(batch_size, "rows:", len(path) - 1, "updates, ends at", path[-1])

# %% [markdown]
# All three have looked at every row ten times. With one row a batch that made 600 updates, with sixty it made ten, and ten steps
# of this length do not lead far. That is the first reason for small batches: *more updates for the same work*.
#
# So make the steps longer. With learning rate 0.1, **predict** for each of the three whether its path is a smooth one. The
# surface is drawn as in chapter 3: weights from −15 to 15, biases from −13 to 13, here in steps of a quarter. Each dot is an
# update, and the star stands on the lowest point, at weight 1.01 and bias −1.02. Where a path ends near it, a small map shows its
# last thirty updates in a window of 0.4 by 0.4 around the star.

# %%
weights, biases = torch.linspace(-15, 15, 121), torch.linspace(-13, 13, 105)
predictions = weights[:, None, None] * x.flatten() + biases[None, :, None]
surface = ((predictions - y.flatten()) ** 2).mean(2)
sizes = {"batch: all 60 rows": 60, "mini-batch: 8 rows": 8, "stochastic: 1 row": 1}
torch.manual_seed(0)
walks = {name: walk(DataLoader(line, batch_size=size, shuffle=True), 0.1) for name, size in sizes.items()}
batches.paths(weights, biases, surface, walks)

# %% [markdown]
# The path of the full batch runs at right angles to the contour lines, as gradients do, and ten steps are still too few for the
# bias. Mini-batches wobble and arrive. A single row at a time is thrown about: some steps are long and some hardly lead anywhere,
# a few may leave the map, and it never comes to rest, because each row pulls towards a line through itself. **Predict** which of
# the three has the lowest loss at the end, and whether single rows do better with a tenth of the rate. The last update alone says
# little of a path that wobbles, so the mean after the last five stands beside it:

# %%
def loss_at(place):
    return ((place[0] * x + place[1] - y) ** 2).mean().item()


walks["stochastic, rate 0.01"] = walk(DataLoader(line, batch_size=1, shuffle=True), 0.01)
for name, walked in walks.items():
    last = [loss_at(place) for place in walked[-5:]]
    print(f"{name:22} loss at the end: {last[-1]:.4f}, mean of the last five: {sum(last) / 5:.4f}")

# %% [markdown]
# The lowest possible loss is 0.0077. All rows at once had too few updates to come near it. Of the others, single rows stay
# farther away than batches of 8 at the same rate, and with a tenth of the rate they come nearest. The noise decides how near a
# path can come, and it grows with the learning rate and shrinks with the batch size. That is the second half of the bargain:
# *small batches make many updates, large ones make good ones*. Sizes from 8 to a few hundred are common, small enough to make
# many updates and large enough to keep an accelerator busy.
#
# ### The batch sampler
#
# Below, left, the sixty rows of the line, each with the number of its batch; right, the path that these batches make.
#
# 1. With `shuffle` off, step through the epochs. What changes on the left? Switch it on, and step again.
# 2. Take batches of 25 and `drop_last`. Which rows does the model never see, with `shuffle` off? And with it on?
# 3. **Predict**, then try: at learning rate 0.1 and batches of 4, which path is calmer, in the order of the data or shuffled? The
#    first batch in order holds four neighbours, all at the left end of the line.
# 4. With `shuffle` on, change the seed with batches of 1, and with batches of 60. For which does the path depend on it?

# %%
batch_sampler()

# %% [markdown]
# Neighbouring rows agree with each other and not with the rest, so that batches in the order of the data all pull one way for a
# while, and then all the other. Shuffling makes every batch a small picture of the whole. That is why training data are shuffled.
# (Batches of 25 and `drop_last`: in order the rows 50 to 59 are never seen, shuffled ten others each time. The seed: a batch of all
# sixty rows has the same gradient in any order, so that path does not depend on it; with single rows it does.)
#
# ## Tensors as a data set
#
# When the data are tensors already, no class is needed. `TensorDataset` takes tensors with the same number of rows, and its
# samples are their rows. The fifteen crop yields of chapter 4:

# %%
crops = TensorDataset(*data.crop_yields(rows=15))
train_dl = DataLoader(crops, batch_size=5, shuffle=True)
len(crops), len(train_dl), crops[0]

# %% [markdown]
# A whole table can be asked for as well, `crops[:]`, which gives the pair of tensors.
#
# ### One number for an epoch
#
# We want to print one loss an epoch. The loop computes one for each batch, a mean over its rows. **Predict:** four batches with
# the losses below, the last of them a single bad row. Is the loss of the epoch nearer to 1, or to 2?

# %%
batch_losses, batch_sizes = torch.tensor([1.0, 1.2, 0.9, 4.9]), torch.tensor([4, 4, 4, 1])
batches.two_means(batch_losses, batch_sizes)

# %% [markdown]
# The mean of the four means is 2.00, for the one bad row counts as much as four good ones. The mean over the thirteen rows is
# 1.33. **The mean of batch means is not the mean, when the last batch is smaller.** A row is a row, whichever batch it
# was in.

# %% [markdown] outcomes=[2, 5]
# ### Exercise 5.5 · the mean of an epoch · 1 point · ●○○ · 4 min
#
# Write `epoch_loss(batch_losses, batch_sizes)`: the mean over all rows, from the mean loss of each batch and its number of rows.
# Both are tensors of shape `(m,)`, the second of dtype int64. Return a 0-d tensor. No loop is needed.
#
# <details><summary><b>The result is far above 1.33</b></summary>
#
# A mean times its number of rows is a sum of rows. Add these sums up; what do you then divide by?
# </details>

# %% nbgrader={"grade": false, "grade_id": "epoch-loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def epoch_loss(batch_losses, batch_sizes):
    """The mean loss over all rows of an epoch.

    batch_losses: (m,), the mean loss of each batch. batch_sizes: (m,) int64, its number of rows. Returns a 0-d tensor.
    """
    ### BEGIN SOLUTION
    return (batch_losses * batch_sizes).sum() / batch_sizes.sum()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "epoch-loss-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# three rows with loss 2, one with 6 and one with 5: 17 in all, over 5 rows
check.example("epoch_loss", torch.tensor([2.0, 6.0, 5.0]), torch.tensor([3, 1, 1]), gives=torch.tensor(3.4), mistaken={
    "mean-of-batch-means": torch.tensor(13 / 3), "samples-taken-for-batches": torch.tensor(2.6),
    "sum-for-mean": torch.tensor(17.0), "last-batch-for-epoch": torch.tensor(5.0),
    "batches-taken-for-samples": torch.tensor(17 / 3)})
check.example("epoch_loss", torch.tensor([2.0, 6.0]), torch.tensor([3, 1]), gives=torch.tensor(3.0), mistaken={
    "divisor-hard-coded": torch.tensor(2.4)})
### BEGIN HIDDEN TESTS
def mean_of_rows(batch_losses, batch_sizes):
    return batch_losses.repeat_interleave(batch_sizes).mean()


check.agrees("epoch_loss", reference=mean_of_rows,
             inputs=lambda draw: (draw.uniform(0, 5, draw.rows), draw.integers(1, 9, draw.rows)), mistaken={
                 "mean-of-batch-means": lambda losses, sizes: losses.mean(),
                 "samples-taken-for-batches": lambda losses, sizes: losses.sum() / sizes.sum(),
                 "sum-for-mean": lambda losses, sizes: (losses * sizes).sum(),
                 "batches-taken-for-samples": lambda losses, sizes: (losses * sizes).sum() / len(sizes),
                 "last-batch-for-epoch": lambda losses, sizes: losses[-1]})
### END HIDDEN TESTS

# %% [markdown]
# ## A function that trains anything
#
# What the loop needs to know comes in from outside: how often, which model, which loss, which optimiser, which data. Then the same
# five lines train a line, the crop yields, and next week's network. The optimiser is made *before*, from the model's parameters:
#
# ```
# model = nn.Linear(3, 2)
# opt = torch.optim.SGD(model.parameters(), lr=1e-5)
# fit(100, model, F.mse_loss, opt, train_dl)
# ```
#
# `opt` is the optimiser and `dl` stands for data loader, short names as PyTorch's own tutorials have them. `loss_fn` is a function
# like any other: `loss_fn(model(inputs), targets)`.
#
# ### Where the batches are
#
# The data stay on the CPU, for they may be larger than the accelerator's memory. The model moves to the accelerator **once**,
# before training and before the optimiser is made. Each batch moves **in the loop**, when its turn comes.

# %%
epochs.journey()

# %% [markdown]
# Inside a function, the model itself says where that is: its first parameter has a `.device`. `next(iter(…))` takes the first of
# anything that can be looped over; `parameters()` can be asked directly.

# %%
model = nn.Linear(3, 2)
next(model.parameters()).device

# %% [markdown]
# And remember from chapter 1 that `to` gives a *new* tensor. A batch that is moved has to be kept: `inputs = inputs.to(device)`.
# A batch that is there already is not copied, so this line costs nothing on the CPU.
#
# The next cell is given: it prints the loss of every tenth epoch.

# %%
def report(epoch, loss):
    """Print the loss, a float, after epochs 10, 20, 30, …; epoch counts from 0."""
    if (epoch + 1) % 10 == 0:
        print(f"epoch {epoch + 1}: loss {loss:.4f}")

# %% [markdown] outcomes=[4]
# ### Exercise 5.6 · fit · 4 points · ●●● · 18 min
#
# Write `fit(num_epochs, model, loss_fn, opt, train_dl)`. For each epoch it goes once through all batches of `train_dl`. Each
# batch is moved to the device of the model, and makes one update: zero, loss, backward, step. It returns a list of Python floats:
# for each epoch the mean loss over its *rows*, of the losses that were computed on the way. Call `report(epoch, …)` with that
# loss at the end of each epoch if you want to watch; nothing checks it.
#
# The model is trained in place. Nothing is made new here, neither a model nor an optimiser nor a loader.
#
# <details><summary><b>The mean of batch means came, not the mean over the rows</b></summary>
#
# Exercise 5.5. `len(inputs)` is the number of rows of a batch. Count the rows as they come: with `drop_last`, or a sampler, a
# loader hands out fewer than `len(train_dl.dataset)`.
# </details>
#
# <details><summary><b>It works on the CPU, and fails when the model is on an accelerator</b></summary>
#
# Two lines are needed in the inner loop, one for the inputs and one for the targets. Did you keep what `to` returns?
# </details>
#
# <details><summary><b>The history has one entry for each batch</b></summary>
#
# What is appended once an epoch stands in the outer loop, after the inner one. Look at the indentation.
# </details>
#
# <details><summary><b>I get <code>Trying to backward through the graph a second time</code></b></summary>
#
# Are you adding up losses as tensors and calling `backward()` on the sum? Add up `.item()`, the plain number.
# </details>

# %% nbgrader={"grade": false, "grade_id": "fit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit(num_epochs, model, loss_fn, opt, train_dl):
    """Train a model in place, one update a batch.

    num_epochs: an int. model: a module. loss_fn: a function of (predictions, targets), the mean over the rows, 0-d.
    opt: an optimiser that holds the model's parameters. train_dl: hands out batches of inputs (b, d) and targets (b, k).
    Returns a list of num_epochs floats: the mean loss over the rows of each epoch.
    """
    ### BEGIN SOLUTION
    device = next(model.parameters()).device
    losses = []
    for epoch in range(num_epochs):
        total, rows = 0.0, 0
        for inputs, targets in train_dl:
            inputs, targets = inputs.to(device), targets.to(device)
            opt.zero_grad()
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
        losses.append(total / rows)
        report(epoch, losses[-1])
    return losses
    ### END SOLUTION

# %% [markdown]
# The first check watches the loop at work, on data and on a model of its own.

# %% nbgrader={"grade": true, "grade_id": "fit-steps", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def crops_and_start(draw):
    inputs = draw.normal(23, 3, mean=0.5)
    targets = inputs @ draw.normal(3, 2) + 2 + draw.normal(23, 2)
    start = nn.Linear(3, 2)
    start.load_state_dict({"weight": draw.normal(2, 3), "bias": draw.normal(2)})
    return start, inputs, targets


def what_fit_is_given(shuffled, rate=0.05):
    def objects(model, inputs, targets):  # the data stay on the CPU, wherever the model is
        loader = DataLoader(TensorDataset(inputs.cpu(), targets.cpu()), batch_size=5, shuffle=shuffled)
        return 3, model, F.mse_loss, torch.optim.SGD(model.parameters(), lr=rate), loader
    return objects


def check_fit(name, history=None):
    start, inputs, targets = crops_and_start(check.Draw(name, rows=23))
    check.trains("fit", data=(inputs, targets), learning_rate=0.05, steps=3, batch_size=5, shuffled=True,
                 start=(start.weight.detach(), start.bias.detach()), history=history,
                 arguments=check.together(what_fit_is_given(True), start, inputs, targets))


check_fit("some crops")
### BEGIN HIDDEN TESTS
check_fit("other crops")
### END HIDDEN TESTS

# %% [markdown]
# Does it return the mean loss over the rows of each epoch?

# %% nbgrader={"grade": true, "grade_id": "fit-history", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def lopsided(predictions, targets):  # what is too high counts double, what is too low half
    errors = predictions - targets
    return (torch.where(errors > 0, 2.0, 0.5) * errors ** 2).mean()


def two_rows_of_three(model, inputs, targets):  # a learning rate of 0: the model stays, and misses the rows by 1 and −3
    loader = DataLoader(TensorDataset(inputs, targets), batch_size=2, drop_last=True)
    return 2, model, lopsided, torch.optim.SGD(model.parameters(), lr=0.0), loader


def line_and_three_rows(draw):
    same_number = nn.Linear(1, 1)
    same_number.load_state_dict({"weight": torch.tensor([[1.0]]), "bias": torch.tensor([0.0])})
    return check.together(two_rows_of_three, same_number, torch.tensor([[1.], [1.], [5.]]), torch.tensor([[0.], [4.], [0.]]))


def in_both_epochs(loss):
    return lambda *given: [loss, loss]


check_fit("some crops", history="epochs")
# (2 · 1 + 9 / 2) / 2 = 3.25 for the two rows that the loader hands out
check.agrees("fit", reference=in_both_epochs(3.25), inputs=line_and_three_rows, rows=(3,), mistaken={
    "rows-counted-by-data-set": in_both_epochs(6.5 / 3), "loss-arguments-exchanged": in_both_epochs(9.25)})
### BEGIN HIDDEN TESTS
check_fit("other crops", history="epochs")
### END HIDDEN TESTS

# %% [markdown]
# Does it move each batch to where the model is, and leave the model there? The model of this check is on an accelerator, a
# pretend one if this machine has none, and the data are not.

# %% nbgrader={"grade": true, "grade_id": "fit-device", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def model_elsewhere(draw):
    return check.together(what_fit_is_given(False), *crops_and_start(draw))


check.any_device("fit", inputs=model_elsewhere)
### BEGIN HIDDEN TESTS
def fit_by_definition(num_epochs, model, loss_fn, opt, train_dl):
    losses = []
    for _ in range(num_epochs):
        total = rows = 0
        for inputs, targets in train_dl:
            device = next(model.parameters()).device
            opt.zero_grad()
            loss = loss_fn(model(inputs.to(device)), targets.to(device))
            loss.backward()
            opt.step()
            total, rows = total + loss.item() * len(inputs), rows + len(inputs)
        losses.append(total / rows)
    return losses


check.any_device("fit", inputs=model_elsewhere, reference=fit_by_definition, rtol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# The crop yields, for a hundred epochs of three mini-batches (exercise 5.6). Chapter 4 took a thousand steps with all fifteen rows.

# %%
torch.manual_seed(0)
model = nn.Linear(3, 2)
opt = torch.optim.SGD(model.parameters(), lr=1e-5)
losses = fit(100, model, F.mse_loss, opt, train_dl)
losses[0], losses[-1]

# %% [markdown]
# On a machine with an accelerator one line more is needed, before the optimiser is made: `model.to(device)`, with the `device` of
# chapter 1. `fit` stays as it is.
#
# ### Workers
#
# When a sample takes long to get, from a file or over a network, the accelerator waits. `num_workers=2` starts two helper
# processes that fetch batches ahead, in turn. Below is a data set whose samples take 20 milliseconds each, and say which process
# fetched them: −1 is the notebook itself. **Predict** how much time two workers save on 24 samples.

# %%
for num_workers in (0, 2):
    began = time.perf_counter()
    loader = DataLoader(data.SlowRows(24), batch_size=4, num_workers=num_workers)
    fetched_by = [workers.tolist() for numbers, workers in loader]
    print(f"{num_workers} workers: {time.perf_counter() - began:.2f} s, batches fetched by {fetched_by}")

# %% [markdown]
# Two at work could halve it. They save less, on a busy machine nothing: starting the processes takes time as well, a tenth of a
# second or more, in *each* epoch. Besides, each worker has its own copy of the data set. For tensors that are in memory already,
# workers make training slower. Begin with none.
#
# ## Validation
#
# A model is judged on rows that it has not learnt from. Chapter 3 set twenty points aside for that. But whoever looks at those
# twenty again and again, to choose a learning rate, or the epoch to stop at, has begun to learn from them too. So the data are
# split in *three*: **training** rows move the parameters, **validation** rows decide between models, and **test** rows are looked
# at once, at the very end.
#
# The split is random, for files are often sorted. And it is the same tomorrow, or a test row of today is a training row of
# tomorrow. A *generator* with a seed of its own gives the same order each time, and leaves all other random numbers alone
# (`torch.manual_seed` would set back every one of them with it):

# %%
print(torch.randperm(8, generator=torch.Generator().manual_seed(5)))
print(torch.randperm(8, generator=torch.Generator().manual_seed(5)))

# %% [markdown] outcomes=[5]
# ### Exercise 5.7 · three parts · 2 points · ●●○ · 6 min
#
# Write `split_rows(number_of_rows, number_validation, number_test, seed)`. It returns three int64 tensors of row numbers: the
# training rows, the validation rows, and the test rows, in this order. Every row is in exactly one of them, at random; the same
# seed gives the same split.
#
# On paper: ten rows, three for validation and two for testing. How many are left to train on?
#
# <details><summary><b>The same call gave another split</b></summary>
#
# Pass the generator on: `torch.randperm(…, generator=…)`.
# </details>
#
# <details><summary><b>A row is in two parts</b></summary>
#
# Draw one order of all rows, and cut it at two places. A slice that ends at 3 and one that begins at 3 have no row in common.
# </details>

# %% nbgrader={"grade": false, "grade_id": "split-rows", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split_rows(number_of_rows, number_validation, number_test, seed):
    """Row numbers for training, validation and test, drawn at random.

    number_of_rows, number_validation, number_test, seed: ints; at least one row is left to train on.
    Returns three int64 tensors: (number_of_rows − number_validation − number_test,), (number_validation,), (number_test,).
    """
    ### BEGIN SOLUTION
    order = torch.randperm(number_of_rows, generator=torch.Generator().manual_seed(seed))
    end = number_validation + number_test
    return order[end:], order[:number_validation], order[number_validation:end]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "split-rows-parts", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def parts_in_order(number_of_rows, number_validation, number_test, seed):
    return torch.arange(number_of_rows).split(
        [number_of_rows - number_validation - number_test, number_validation, number_test])


def each_row_in_one_part(arguments, parts, again):
    names, rows = ("training", "validation", "test"), [set(part.tolist()) for part in parts]
    for first, second in ((0, 1), (0, 2), (1, 2)):
        if shared := rows[first] & rows[second]:
            return "test-rows-in-training", f"put row {min(shared)} into {names[first]} and into {names[second]}"
    if set().union(*rows) != set(range(arguments[0])):
        return "rows-never-used", "left some rows out, or drew some twice"
    return None


check.holds("split_rows", rule=each_row_in_one_part, like=parts_in_order, inputs=lambda draw: (10, 3, 2, 7),
            rows=(10,), praise="puts each row into one of three parts")
### BEGIN HIDDEN TESTS
check.holds("split_rows", rule=each_row_in_one_part, like=parts_in_order, rows=(5, 12, 40),
            inputs=lambda draw: (draw.rows + 4, 3, 4, int(draw.integers(0, 99, 1))))
### END HIDDEN TESTS

# %% [markdown]
# Is the split random, the same in a second call with the same seed, and another one for another seed?

# %% nbgrader={"grade": true, "grade_id": "split-rows-random", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def random_and_by_the_seed():
    splits = {}

    def rule(arguments, parts, again):
        seed, rows = arguments[3], [part.tolist() for part in parts]
        if rows != [part.tolist() for part in again]:
            return "split-changes", "gave another split when it was called again with the same seed"
        for name, part in zip(("training", "validation", "test"), rows):
            if max(part) - min(part) + 1 == len(part):
                return "order-not-random", f"took neighbours for {name}: the rows {min(part)} to {max(part)}"
        if rows in splits.values():
            return "seed-not-used", f"gave the same split for the seeds {next(iter(splits))} and {seed}"
        splits[seed] = rows
        return each_row_in_one_part(arguments, parts, again)
    return rule


check.holds("split_rows", rule=random_and_by_the_seed(), like=parts_in_order, rows=(3, 4),
            inputs=lambda draw: (40, 9, 8, draw.rows), praise="splits at random, and by the seed")
### BEGIN HIDDEN TESTS
check.holds("split_rows", rule=random_and_by_the_seed(), like=parts_in_order, rows=(50, 51, 70),
            inputs=lambda draw: (60, 9, 12, draw.rows))
### END HIDDEN TESTS

# %% [markdown]
# Sixty rows: forty to train on, twelve to validate, eight to test (exercise 5.7).

# %%
train_rows, valid_rows, test_rows = split_rows(60, 12, 8, seed=0)
batches.split({"train": train_rows, "validation": valid_rows, "test": test_rows}, number_of_rows=60)

# %% [markdown]
# ### Loaders over a part
#
# A `SubsetRandomSampler` draws from the rows that it is given, in a new order each epoch. The loader gets it in place of
# `shuffle`. Both say in which order to draw, and a loader wants to be told once. **Predict** what happens if it is told twice
# (`train_rows` comes from exercise 5.7):

# %%
points = TensorDataset(x, y)
try:
    DataLoader(points, batch_size=8, sampler=SubsetRandomSampler(train_rows), shuffle=True)
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] outcomes=[2, 5]
# ### Exercise 5.8 · an epoch over a part · 1 point · ●●○ · 5 min
#
# Write `epoch_over(dataset, rows, batch_size)`: the batches of one epoch over the given rows of the data set, and no others, in
# random order. A `DataLoader` with a `SubsetRandomSampler` does it (any other way counts too). Return them as a list,
# `list(loader)`.
#
# <details><summary><b>I get <code>sampler option is mutually exclusive with shuffle</code></b></summary>
#
# The sampler says the order. Leave `shuffle` out.
# </details>
#
# <details><summary><b>It gave a list with more items than were due</b></summary>
#
# The loader goes over the whole data set. Does it know of `rows`?
# </details>
#
# <details><summary><b>I get <code>stack expects each tensor to be equal size</code></b></summary>
#
# `dataset[rows]` is a pair of tables, and not a data set: its "samples" would be the two tables. Give the loader `dataset` itself.
# </details>

# %% nbgrader={"grade": false, "grade_id": "epoch-over", "locked": false, "schema_version": 3, "solution": true, "task": false}
def epoch_over(dataset, rows, batch_size):
    """The batches of one epoch over some rows of a data set, in random order.

    dataset: its items are pairs of tensors. rows: (m,) int64, row numbers. batch_size: an int.
    Returns a list of batches; the last may be smaller.
    """
    ### BEGIN SOLUTION
    return list(DataLoader(dataset, batch_size=batch_size, sampler=SubsetRandomSampler(rows)))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "epoch-over-rows", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def numbered_data_and_part(draw):
    inputs, targets, _ = numbered_rows(draw)
    return TensorDataset(inputs, targets), draw.permutation(draw.rows)[:draw.rows // 2 + 1], 3


def part_in_order(dataset, rows, batch_size):
    return epoch_in_order(*dataset[rows], batch_size)


def the_part_once(arguments, epoch, again):
    rows, partners = rows_and_partners(epoch)
    part = arguments[1].tolist()
    if strange := [row for row in rows if row not in part]:
        return "rows-not-asked-for", f"drew row {strange[0]}, which is not among the rows it was given"
    if rows == part or rows == sorted(part):
        return "rows-for-sampler", "left the rows in their order"
    return a_new_order_each_time(arguments, epoch, again)


part_mistakes = {
    "rows-not-asked-for": lambda dataset, rows, size: epoch_in_order(*dataset[:], size),
    "last-batch-lost": lambda dataset, rows, size: part_in_order(dataset, rows, size)[:len(rows) // size],
    "wrong-batch-size": lambda dataset, rows, size: part_in_order(dataset, rows, 1),
}
check.holds("epoch_over", rule=the_part_once, like=part_in_order, inputs=numbered_data_and_part, rows=(20,),
            mistaken=part_mistakes, praise="draws the rows it is given, each once, in a new order")
### BEGIN HIDDEN TESTS
check.holds("epoch_over", rule=the_part_once, like=part_in_order, inputs=numbered_data_and_part, rows=(21, 40),
            mistaken=part_mistakes)
### END HIDDEN TESTS

# %% [markdown]
# ### Two switches, and neither is the other
#
# Some layers behave differently in training. `nn.Dropout(0.5)` sets each number to 0 with probability ½ and doubles the others:
# noise that keeps a large network from relying on any one of them. When a model is judged, nothing should be random. A module has
# a switch for it, `eval()`, and back, `train()`. (`nn.Sequential` makes a module of layers that are applied one after the other.)
# **Predict** the three lines:

# %%
torch.manual_seed(0)
dropout = nn.Sequential(nn.Dropout(0.5))
print(dropout(torch.ones(6)), dropout.training)
dropout.eval()
print(dropout(torch.ones(6)), dropout.training)
dropout.train()
print(dropout(torch.ones(6)), dropout.training)

# %% [markdown]
# `torch.no_grad()` is the other switch: nothing is recorded for `backward()`. Do you need both? **Predict** the four answers: does
# `eval()` stop the recording, and does `no_grad()` stop the dropout?

# %%
noisy = nn.Sequential(nn.Linear(1, 1), nn.Dropout(0.5))
noisy.eval()
print("eval alone:    recorded", noisy(x).requires_grad, "| the same twice", torch.equal(noisy(x), noisy(x)))
noisy.train()
with torch.no_grad():
    print("no_grad alone: recorded", noisy(x).requires_grad, "| the same twice", torch.equal(noisy(x), noisy(x)))

# %% [markdown]
# **`eval()` is not `no_grad()`, nor the reverse.** The first changes how layers behave, the second whether autograd listens.
# Evaluation wants both, and afterwards the model goes back to `train()`: a model left in `eval` trains on without its noise, and
# nothing tells you.

# %% [markdown] outcomes=[4, 5]
# ### Exercise 5.9 · an honest number · 3 points · ●●○ · 10 min
#
# Write `evaluate(model, loss_fn, valid_dl)`: the mean loss over all rows that the loader hands out, as a Python float. While it
# computes, the model is in `eval` mode and nothing is recorded; when it returns, the model is in training mode. The parameters,
# and any gradients they hold, stay as they were. As in `fit`, each batch moves to the model's device.
#
# <details><summary><b>The mean of batch means came</b></summary>
#
# Exercise 5.5 again: weight each batch's loss by `len(inputs)`, and divide once, after the loop.
# </details>
#
# <details><summary><b>Evaluation runs in training mode</b></summary>
#
# `torch.no_grad()` does not stop dropout. Which method of the model does?
# </details>
#
# <details><summary><b>The model stays in eval mode</b></summary>
#
# Look at the last line before `return`. A line after `return` is never run.
# </details>

# %% nbgrader={"grade": false, "grade_id": "evaluate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def evaluate(model, loss_fn, valid_dl):
    """The mean loss over all rows of a loader, without a trace on the model, which is left in training mode.

    model: a module. loss_fn: a function of (predictions, targets), the mean over the rows, 0-d.
    valid_dl: hands out batches of inputs (b, d) and targets (b, k). Returns a float.
    """
    ### BEGIN SOLUTION
    device = next(model.parameters()).device
    total, rows = 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, targets in valid_dl:
            loss = loss_fn(model(inputs.to(device)), targets.to(device))
            total += loss.item() * len(inputs)
            rows += len(inputs)
    model.train()
    return total / rows
    ### END SOLUTION

# %% [markdown]
# Is the number right, for a model without dropout?

# %% nbgrader={"grade": true, "grade_id": "evaluate-value", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def three_rows_to_judge(*layers):
    # 2x + 0 misses the three rows by 1, 3 and 2: the batches, of two rows and of one, have the losses 5 and 4
    line_of_two = nn.Linear(1, 1)
    line_of_two.load_state_dict({"weight": torch.tensor([[2.0]]), "bias": torch.tensor([0.0])})
    rows = torch.tensor([[1.], [2.], [3.]]), torch.tensor([[1.], [1.], [4.]])
    return lambda draw: check.together(what_evaluate_is_given, nn.Sequential(line_of_two, *layers), *rows)


def what_evaluate_is_given(model, inputs, targets):  # the data stay on the CPU, wherever the model is
    return model, F.mse_loss, DataLoader(TensorDataset(inputs.cpu(), targets.cpu()), batch_size=2)


def always(loss):
    return lambda model, loss_fn, valid_dl: loss


small_mistakes = {
    "mean-of-batch-means": always(4.5), "last-batch-for-epoch": always(4.0), "one-batch-only": always(5.0),
    "samples-taken-for-batches": always(3.0), "batches-taken-for-samples": always(7.0), "sum-for-mean": always(14.0)}
def too_high_counts_double(predictions, targets):  # and too low half
    errors = predictions - targets
    return (torch.where(errors > 0, 2.0, 0.5) * errors ** 2).mean()


def the_first_two_rows(model, inputs, targets):  # 2x misses them by 1 and 3: (2 · 1 + 2 · 9) / 2 = 10
    return model, too_high_counts_double, DataLoader(TensorDataset(inputs, targets), batch_size=2, drop_last=True)


check.agrees("evaluate", reference=always(14 / 3), inputs=three_rows_to_judge(), mistaken=small_mistakes, rows=(3,))
check.agrees("evaluate", reference=always(10.0), rows=(3,),
             inputs=lambda draw: check.together(the_first_two_rows, *three_rows_to_judge()(draw).parts), mistaken={
                 "rows-counted-by-data-set": always(20 / 3), "loss-arguments-exchanged": always(2.5),
                 "loss-hard-coded": always(5.0)})
### BEGIN HIDDEN TESTS
def mean_over_rows(model, loss_fn, valid_dl):
    inputs, targets = valid_dl.dataset.tensors
    with torch.no_grad():
        return F.mse_loss(copy.deepcopy(model).eval().cpu()(inputs), targets).item()


def rows_to_judge(draw, *layers):
    torch.manual_seed(draw.rows)
    n = draw.rows + 6
    return check.together(what_evaluate_is_given, nn.Sequential(nn.Linear(2, 3), *layers),
                          draw.normal(n, 2), draw.normal(n, 3, mean=1.0))


check.agrees("evaluate", reference=mean_over_rows, inputs=rows_to_judge, rtol=1e-4)
### END HIDDEN TESTS

# %% [markdown]
# Is the model in the right mode, is nothing recorded, and is it as it was? This model has dropout.

# %% nbgrader={"grade": true, "grade_id": "evaluate-traces", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.evaluates("evaluate", reference=always(14 / 3), inputs=three_rows_to_judge(nn.Dropout(0.5)), rows=(3,),
                mistaken=small_mistakes, plain=True)
### BEGIN HIDDEN TESTS
check.evaluates("evaluate", reference=mean_over_rows, inputs=lambda draw: rows_to_judge(draw, nn.Dropout(0.5)),
                rtol=1e-4, plain=True)
### END HIDDEN TESTS

# %% [markdown]
# Does it work where the model is? As for `fit`, the model is on an accelerator and the data are not.

# %% nbgrader={"grade": true, "grade_id": "evaluate-device", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.any_device("evaluate", inputs=three_rows_to_judge(), reference=always(14 / 3))
### BEGIN HIDDEN TESTS
check.any_device("evaluate", inputs=rows_to_judge, reference=mean_over_rows)
### END HIDDEN TESTS

# %% [markdown]
# ### The best model is not always the last
#
# Eleven epochs on the training rows, one row at a time with a long step, and after each an honest number (exercises 5.6, 5.7 and
# 5.9). **Predict** whether the validation loss falls from epoch to epoch.

# %%
train_dl = DataLoader(points, batch_size=1, sampler=SubsetRandomSampler(train_rows))
valid_dl = DataLoader(points, batch_size=32, sampler=SubsetRandomSampler(valid_rows))
test_dl = DataLoader(points, batch_size=32, sampler=SubsetRandomSampler(test_rows))
torch.manual_seed(0)
model = nn.Linear(1, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)

# %%
history = {"training": [], "validation": []}
for _ in range(11):
    history["training"] += fit(1, model, F.mse_loss, opt, train_dl)
    history["validation"].append(evaluate(model, F.mse_loss, valid_dl))
epochs.loss_by_epoch(history, best="validation")

# %% [markdown]
# It jumps about, for each epoch ends wherever its last few rows have pulled the line. The model to keep is the one at the star,
# and it is gone: the last one is in its place. So keep the parameters while they are good. But how? **Predict** what `kept` holds
# after the parameters have been changed:

# %%
kept = model.state_dict()
copied = copy.deepcopy(model.state_dict())
with torch.no_grad():
    model.weight.fill_(100)
kept["weight"], copied["weight"]

# %% [markdown]
# A `state_dict` does not copy. It looks at the same memory as the parameters, so that training goes on inside what you have kept,
# and the best model turns into the last. `copy.deepcopy` copies the dictionary and everything in it.

# %% [markdown] outcomes=[5]
# ### Exercise 5.10 · keep the best · 2 points · ●●○ · 8 min
#
# Write `fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl)`. It trains as `fit` does, evaluates after every epoch, and
# returns the `state_dict` of the model as it was after the epoch with the lowest validation loss. Use your `fit`, for one epoch
# at a time, and your `evaluate`. `math.inf` is larger than any loss. What `model` itself holds afterwards, the last parameters or
# the best, is up to you.
#
# <details><summary><b>What came is the last model</b></summary>
#
# Look at the cell above: which of the two dictionaries would you want to have kept? If you keep a copy already: do you note the
# new lowest loss each time, does the copy stand inside the `if`, and is `fit` asked for one epoch at a time?
# </details>
#
# <details><summary><b>It gave None</b></summary>
#
# Nothing was ever better than the best so far. With what number do you start?
# </details>

# %% nbgrader={"grade": false, "grade_id": "fit-best", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_best(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    """Train a model in place, and return its parameters after the epoch with the lowest validation loss.

    num_epochs: an int, at least 1. model, loss_fn, opt, train_dl: as for fit. valid_dl: as for evaluate.
    Returns a dict of name to tensor, a state_dict that later training does not change.
    """
    ### BEGIN SOLUTION
    lowest, best = math.inf, None
    for _ in range(num_epochs):
        fit(1, model, loss_fn, opt, train_dl)
        loss = evaluate(model, loss_fn, valid_dl)
        if loss < lowest:
            lowest, best = loss, copy.deepcopy(model.state_dict())
    return best
    ### END SOLUTION

# %% [markdown]
# The next cell holds helpers of the checks. Run it; you may skip reading it.

# %% nbgrader={"grade": false, "grade_id": "fit-best-check-helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def what_fit_best_is_given(num_epochs, model, inputs, targets, valid_inputs, valid_targets):
    train_dl = DataLoader(TensorDataset(inputs, targets), batch_size=5)
    valid_dl = DataLoader(TensorDataset(valid_inputs, valid_targets), batch_size=5)
    opt = torch.optim.SGD(model.parameters(), lr=0.015, momentum=0.93)
    return num_epochs, model, F.mse_loss, opt, train_dl, valid_dl


def column(*numbers):
    return torch.tensor(numbers).view(-1, 1)


def some_epochs(draw):
    """As many epochs as `draw` has rows; training rows around one line, validation rows around another on the way."""
    model = nn.Linear(1, 1)
    model.load_state_dict({"weight": torch.tensor([[-2.0]]), "bias": torch.tensor([0.0])})
    x = column(0.2, 1.9, 0.5, 1.4, 0.9, 1.1, 1.7, 0.1, 0.6, 1.5, 0.3, 1.2)
    y = column(1.5, 4.7, 2.1, 3.9, 2.7, 3.3, 4.5, 1.1, 2.3, 4.1, 1.5, 3.3)
    valid = column(0.1, 0.8, 1.3, 1.8), column(0.5, 1.0, 1.7, 2.0)
    return check.together(what_fit_best_is_given, draw.rows, model, x, y, *valid)


# weight and bias before training, and after each epoch; of ten, the validation loss is lowest after the ninth
places = [(-2.0, 0.0), (-1.0303, 0.7795), (0.6405, 2.1205), (2.1168, 3.2234), (2.7847, 3.5451), (2.5464, 3.0145),
          (1.7619, 1.9788), (0.9831, 0.9589), (0.6490, 0.3689), (0.8947, 0.3407), (1.5447, 0.7175)]


def state_after(of_ten, of_nine, of_one):
    def state(num_epochs, *rest):
        weight, bias = places[{10: of_ten, 9: of_nine, 1: of_one}[num_epochs]]
        return {"weight": torch.tensor([[weight]]), "bias": torch.tensor([bias])}
    return state

# %% nbgrader={"grade": true, "grade_id": "fit-best-state", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.agrees("fit_best", reference=state_after(9, 9, 1), inputs=some_epochs, rows=(10, 9, 1), may_change=("model",),
             rtol=1e-3, atol=1e-3, mistaken={
                 "last-for-best": state_after(10, 9, 1), "last-epoch-not-judged": state_after(9, 8, 0),
                 "chosen-on-training-rows": state_after(6, 6, 1), "chosen-while-training": state_after(7, 7, 1),
                 "largest-for-smallest": state_after(4, 4, 1), "first-epoch-kept": state_after(1, 1, 1),
                 "stopped-at-first-rise": state_after(2, 2, 1), "copied-before-its-epoch": state_after(8, 9, 1),
                 "state-before-training": state_after(0, 9, 1)})
### BEGIN HIDDEN TESTS
def best_state(num_epochs, model, loss_fn, opt, train_dl, valid_dl):
    states = []
    for _ in range(num_epochs):
        for inputs, targets in train_dl:
            opt.zero_grad()
            loss_fn(model(inputs), targets).backward()
            opt.step()
        inputs, targets = valid_dl.dataset.tensors
        states.append((loss_fn(model(inputs), targets).item(), copy.deepcopy(model.state_dict())))
    return min(states, key=lambda state: state[0])[1]


def two_lines(draw):
    x, valid_x = draw.uniform(0, 2, draw.rows, 1), draw.uniform(0, 2, 7, 1)
    near, far = valid_x + 0.3 + draw.normal(7, 1, std=0.1), 2 * x + 1 + draw.normal(draw.rows, 1, std=0.1)
    start = nn.Linear(1, 1)
    start.load_state_dict({"weight": torch.tensor([[-1.0]]), "bias": torch.tensor([-1.0])})
    return check.together(what_fit_best_is_given, int(draw.integers(6, 10, 1)), start, x, far, valid_x, near)


check.agrees("fit_best", reference=best_state, inputs=two_lines, rows=(12, 18), may_change=("model",),
             rtol=1e-3, atol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# The whole of it, once: train, keep the best, load it, and only now look at the test rows (exercises 5.6, 5.7, 5.9 and 5.10).

# %%
torch.manual_seed(0)
model = nn.Linear(1, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
best = fit_best(11, model, F.mse_loss, opt, train_dl, valid_dl)
print("as it was left:", evaluate(model, F.mse_loss, valid_dl))
model.load_state_dict(best)
print("best:", evaluate(model, F.mse_loss, valid_dl), "on the test rows:", evaluate(model, F.mse_loss, test_dl))

# %% [markdown]
# The validation loss of the best model flatters it: it was chosen for being low there. The number to report is the last one, from
# rows that have had no say in anything.
#
# ## Challenge · a mean in passing · 0 points · ●●● · 15 min
#
# Inputs are often standardised, as in the challenge of chapter 4: minus their mean, divided by their standard deviation (dividing
# by $n$). But the data do not fit into memory; there is only a loader, and you may go through it once, without keeping what you
# have seen.
#
# Write `mean_and_deviation(loader)`: mean and standard deviation of each column of the inputs, over all rows, two tensors of
# shape `(d,)`. Only the *training* rows may go into them, or the test rows have had a say after all.
#
# <details><summary><b>The mean is right and the deviation is not</b></summary>
#
# Standard deviations of batches cannot be averaged. Which two sums over rows give the variance, by $\overline{x^2} - \bar x^2$?
# </details>

# %% nbgrader={"grade": false, "grade_id": "mean-and-deviation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_and_deviation(loader):
    """Mean and standard deviation of each column of the inputs, in one pass over a loader.

    loader: hands out batches of inputs (b, d) and targets.
    Returns two tensors (d,); the deviation divides by n.
    """
    ### BEGIN SOLUTION
    rows, total, squares_total = 0, 0.0, 0.0
    for inputs, _ in loader:
        rows += len(inputs)
        total = total + inputs.double().sum(0)
        squares_total = squares_total + (inputs.double() ** 2).sum(0)
    mean = total / rows
    deviation = (squares_total / rows - mean ** 2).sqrt()
    return mean.float(), deviation.float()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "mean-and-deviation-values", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
three_inputs = torch.tensor([[1., 10.], [2., 10.], [6., 40.]])
in_two_batches = DataLoader(TensorDataset(three_inputs, torch.zeros(3, 1)), batch_size=2)
check.example("mean_and_deviation", in_two_batches, gives=(torch.tensor([3., 20.]), torch.tensor([14 / 3, 200.]).sqrt()),
              rtol=1e-3, mistaken={
                  "mean-of-batch-means": (torch.tensor([3.75, 25.]), torch.tensor([0.25, 0.])),
                  "divided-by-n-minus-one": (torch.tensor([3., 20.]), torch.tensor([7., 300.]).sqrt())})
### BEGIN HIDDEN TESTS
def of_all_rows(loader):
    inputs = loader.dataset.tensors[0]
    return inputs.mean(0), inputs.std(0, correction=0)


check.agrees("mean_and_deviation", reference=of_all_rows, rows=(9, 30), rtol=1e-3, atol=1e-4,
             inputs=lambda draw: DataLoader(
                 TensorDataset(draw.normal(draw.rows, 2, mean=-1.0, std=3.0), torch.zeros(draw.rows, 1)), batch_size=4))
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# | you want to | you write |
# | --- | --- |
# | hand out samples | a `Dataset` with `__len__` and `__getitem__`; or `TensorDataset(inputs, targets)` |
# | hand out batches | `DataLoader(dataset, batch_size=…, shuffle=True)`; for a part, `sampler=SubsetRandomSampler(rows)` |
# | count | `len(loader)` for batches, `len(loader.dataset)` for samples |
# | train | for each epoch, for each batch: move it, zero, loss, backward, step |
# | measure | the mean over *rows*, in `eval()` and inside `no_grad()`, then back to `train()` |
# | keep the best | `copy.deepcopy(model.state_dict())` |
#
# - An epoch is every row, once, in an order of its own, each with its own target.
# - Small batches make many updates and noisy ones. The noise keeps a path from coming to rest.
# - The mean of batch means is not the mean, when the last batch is smaller.
# - Training rows move the parameters, validation rows choose, test rows are looked at once.
# - The model moves to the device once, each batch in the loop.
#
# **Next**, chapter 6: targets that are classes, not numbers. The margin, the logistic loss, softmax, and `fit` once more, with
# accuracies beside its losses.
#
# **To read**
# - The tutorial [Datasets & DataLoaders](https://docs.pytorch.org/tutorials/beginner/basics/data_tutorial.html), with images from files
# - The manual's page on [`torch.utils.data`](https://docs.pytorch.org/docs/stable/data.html), on samplers, workers and how samples are stacked
# - Léon Bottou, Frank Curtis and Jorge Nocedal, [Optimization Methods for Large-Scale Machine Learning](https://arxiv.org/abs/1606.04838), sections 1 to 4, on why
#   noisy steps are worth it

# %% [markdown]
# ## Check the whole chapter
#
# Is nobody marking your work? Then this is your desk. *Check everything* runs the saved notebook from top to bottom in a fresh
# start, with all tests there are, the hidden ones included. To each exercise there are three hints, from a nudge to nearly told,
# and a worked solution, which you may read when you have passed, or after three honest tries. In a terminal the same is called
# `course check dataloader`, `course hint 5.3`, `course solution 5.3` and `course progress`. In a class, hand in instead: there
# this cell says so, and no more.

# %%
from course import study

study.desk("dataloader")
