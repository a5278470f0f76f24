# ---
# title: "Chapter 1, tensors: the text from which `course build` makes the notebooks. Edit this file, never the .ipynb."
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 1 · Tensors
#
# Everything that PyTorch learns from, and everything it learns, is a *tensor*: a block of numbers with a shape. A tensor looks
# like a table, and it behaves like one, until the day it does something that no table could do. Nine million numbers change
# places in a few millionths of a second. A change of one tensor changes another. Four numbers minus four numbers are sixteen.
# This chapter shows what is behind each of these, so that none of them will cost you a day.
#
# **You will be able to**
#
# 1. make tensors of the shape and the type that you mean;
# 2. say which tensors look at the same memory, and what a change of one does to the other;
# 3. select with slices and masks, combine by broadcasting, and reduce along the dimension you intend;
# 4. replace a Python loop by one expression, a matrix product or a solved equation among them, and measure what that is worth;
# 5. write code that runs wherever its data are, on the processor or on an accelerator.
#
# **You need** Python: functions, lists, loops. A little NumPy helps. No PyTorch.
#
# **Time** 75 to 110 minutes, the longer if PyTorch is new to you: 48 minutes for the exercises (14 less without 1.2, 1.4 and
# 1.9), the rest to read, predict and play. The challenge at the end, for no points, takes 15 minutes more. 20 points.

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import time

import numpy as np
import torch

from course import check, data
from course.plots import grey_images, memory, places, plane_maps, speed, tables
from course.widgets.memory_map import memory_map

# %% [markdown]
# ## Nine million numbers change places
#
# Here is a table of 3,000 rows and 3,000 columns, and a stopwatch. In the second cell, `clone` copies the table and `t` exchanges
# its rows and columns, so that nearly every number ends up in another place. **Before you run that cell, predict:** which of
# the two takes longer, and how many times as long?

# %%
def seconds(function, *arguments, repeats=5):
    """Seconds of the fastest of several calls: what the code costs when nothing disturbs it."""
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        function(*arguments)
        taken.append(time.perf_counter() - began)
    return min(taken)


# %%
big = torch.rand(3000, 3000)
# No parentheses after clone and t: the stopwatch is handed the method, and calls it itself.
copying = seconds(big.clone)
exchanging = seconds(big.t)
print(f"copy {copying * 1e6:,.0f} µs, exchange {exchanging * 1e6:,.1f} µs")

# %% [markdown]
# Some ten thousand times as fast as the copy: no machine can move nine million numbers in that time. And none was moved.
# What was changed, and what that means for `big`, you will see in the section on storage. First, how this notebook works.
#
# ## How this notebook works
#
# - Run a cell with **Shift+Enter**, from top to bottom. Where it says *predict*, stop and write your answer down before you
#   run the cell: being wrong about a prediction is how most of this is learnt.
# - Each **exercise** has a cell for your code, marked `YOUR CODE HERE`, where you replace the line
#   `raise NotImplementedError()`. Below it are one or more **checks**. Run them as often as you like: they answer at once, and
#   say what was called, what is wrong with the result, and often which mistake that looks like. The cells of the checks are
#   locked; you need not understand the code in them.
# - **Hints** are sorted by symptom. Open the one that says what you see; you need no other.
# - ●○○ is a warm-up, ●●○ takes some thought, ●●● is a challenge. Points are given check by check, so that half an exercise is
#   worth its half.
# - In a function, use its arguments and what you make of them. A name from another cell is no error in Python, but it is the
#   same whatever the function is given. And end with `return`: a function without it gives `None`.
# - *Run All* stops at the first exercise that is not finished: scroll up to the first red message. That is as it should be. If
#   you leave an exercise out, run the cells after it one by one; a cell that shows off its answer will fail, and can be left out
#   too.
# - The button **Validate** above the notebook runs everything once more in a fresh start, and lists the checks that fail. Use
#   it before you hand in.
# - To **hand in**, save the notebook (Ctrl+S), and give in this one file in the way your course tells you. When you have handed
#   in, the same ideas are checked again **on fresh numbers**: an answer that fits only the example will not do, and an answer
#   that is right in general has nothing to fear.
# - If you learn **on your own**, you need not wait for anybody: the last section checks the whole chapter, and on fresh numbers
#   as well.
#
# ## Making tensors
#
# A tensor can be made from a list, or from a list of lists that are all equally long. It knows its shape, its number of
# dimensions, and how many numbers it holds.

# %%
x = torch.tensor([[2, 7, 1], [8, 2, 8]])
x.shape, x.dim(), x.numel()

# %% [markdown]
# This one has two dimensions, rows and columns. A tensor of one dimension, such as `torch.tensor([2, 7, 1])` with shape `(3,)`, is
# called *flat* here. And a tensor can have no dimension at all: `torch.tensor(5)` has shape `()`, holds one number, and is called
# a *0-d tensor*.
#
# More often a tensor is made by a function that is told a shape:

# %%
torch.zeros(2, 3), torch.ones(3), torch.full((2, 2), 7.0), torch.eye(2)

# %%
torch.arange(6), torch.arange(1, 10, 4), torch.linspace(0, 1, 5)

# %%
torch.manual_seed(0)
torch.rand(2, 2), torch.randn(2), torch.randint(1, 7, (5,))

# %% [markdown]
# `rand` is uniform between 0 and 1, `randn` is normal, `randint` throws dice: the end, here 7, is left out, as in Python's
# `range`. `manual_seed` makes the same numbers come every time.
#
# One name is easily mistaken for another. **Predict** the two shapes:

# %%
torch.tensor([2, 3]).shape, torch.Tensor(2, 3).shape

# %% [markdown]
# `torch.tensor`, small, takes *numbers*. `torch.Tensor`, large, is the class behind all tensors: it takes 2 and 3 for a *shape*
# and leaves in the memory whatever happens to be there. You will hardly ever want it.
#
# ### Type and size
#
# All numbers of a tensor have one type, its `dtype`. If you do not name one, PyTorch looks at what you give it:

# %%
torch.tensor([1, 2]).dtype, torch.tensor([1.0, 2]).dtype, torch.tensor([True, False]).dtype

# %% [markdown]
# | dtype | bytes for one number | for | in error messages |
# | --- | --- | --- | --- |
# | `torch.float32` | 4 | nearly everything: data, and what is learnt from them | `Float` |
# | `torch.float64` | 8 | NumPy's habit; where more digits are needed | `Double` |
# | `torch.int64` | 8 | whole numbers: counts, labels, indices | `Long` |
# | `torch.uint8` | 1 | the pixels of images, 0 to 255 | `Byte` |
# | `torch.bool` | 1 | True and False | `Bool` |
#
# So the big table from above takes 36 megabytes. `big.double()` is the same table as `float64`, which is what NumPy would have
# made. **Predict** how many bytes that takes.

# %%
big.element_size() * big.numel(), big.double().element_size() * big.numel()

# %% [markdown]
# ### A shape of another kind
#
# `view` gives the same numbers in another shape. One size may be `-1`, which stands for *whatever is left*:

# %%
torch.arange(6).view(2, 3), torch.arange(6).view(-1, 1)

# %% [markdown] outcomes=[1]
# The second one is a *column*, `(6, 1)`: six rows, one number each. Models take their data that way: one row for each
# thing that was measured, one column for each number that is known of it.
#
# ### Exercise 1.1 · a column of numbers · 1 point · ●○○ · 3 min
#
# Write `column(numbers)`. It takes a Python list of numbers, whole ones or fractions, and returns them as a `float32` tensor of
# shape `(n, 1)`.
#
# Since it is your first: run the two cells below **before** you write anything, and read what the check says. Then try an
# answer that cannot be right, such as `return numbers`, run both cells again, and read once more. Then do it.
#
# <details><summary><b>The check says “Not attempted”</b></summary>
#
# The cell still holds `raise NotImplementedError()`, or you have changed it and not run it. A change counts once its cell is run.
# </details>
#
# <details><summary><b>It says that the numbers are of type int64</b></summary>
#
# The list held whole numbers, so PyTorch made whole numbers. `torch.tensor` can be told a `dtype`.
# </details>
#
# <details><summary><b>I get <code>name 'float32' is not defined</code></b></summary>
#
# The types belong to PyTorch, so their names begin with `torch.`, as in the table above.
# </details>
#
# <details><summary><b>The shape is <code>(n,)</code> or <code>(1, n)</code></b></summary>
#
# Look at the cell above this exercise: which size is 1, and which one is left to PyTorch?
# </details>

# %% nbgrader={"grade": false, "grade_id": "column", "locked": false, "schema_version": 3, "solution": true, "task": false}
def column(numbers):
    """The numbers of a list as a float32 tensor of shape (n, 1)."""
    ### BEGIN SOLUTION
    return torch.tensor(numbers, dtype=torch.float32).view(-1, 1)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "column-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def flat_floats(numbers):
    return torch.tensor(numbers, dtype=torch.float32)


check.agrees("column", reference=lambda numbers: flat_floats(numbers).view(-1, 1), mistaken={
    "flat-for-column": flat_floats, "row-for-column": lambda numbers: flat_floats(numbers).view(1, -1)},
             inputs=lambda draw: (draw.integers(-50, 50, draw.rows).tolist(),))
check.agrees("column", reference=lambda numbers: flat_floats(numbers).view(-1, 1),
             inputs=lambda draw: (draw.normal(draw.rows).tolist(),))
### END HIDDEN TESTS
check.example("column", [3, 1, 4, 1], gives=torch.tensor([[3.0], [1.0], [4.0], [1.0]]),
              mistaken={
    "flat-for-column": torch.tensor([3, 1, 4, 1]), "row-for-column": torch.tensor([[3.0, 1.0, 4.0, 1.0]])})
check.example("column", [0.5], gives=torch.tensor([[0.5]]))

# %% [markdown]
# ### What a type does to arithmetic
#
# Whole numbers divide as in Python: `/` gives fractions, `//` rounds down. A mean of whole numbers is refused, because its type
# would be a guess; convert first, with `.float()`.

# %%
x / 2, x // 2, x.float().mean()

# %%
try:
    x.mean()
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# A type also has an end. **Predict** the sum: 250 and 10, each in one byte.

# %%
torch.tensor(250, dtype=torch.uint8) + torch.tensor(10, dtype=torch.uint8)

# %% [markdown]
# One byte counts to 255 and starts again at 0. No error, no warning. In an image it looks like this. We ask for each pixel to be
# 60 brighter:

# %%
sky = data.evening_sky()
sky.shape, sky.dtype, sky.max()

# %%
grey_images.side_by_side({"an evening sky": sky, "sky + 60": sky + 60})

# %% [markdown] outcomes=[1]
# The sun, which was the brightest thing, has gone out: 250 + 60 is 310, and 310 − 256 is 54.
#
# A wider type has room for 310. `sky.int()` is the same image with four bytes for each number, `sky.float()` the same with
# fractions. `to` converts to any type that you name: with `.to(torch.uint8)` you come back to one byte.
#
# ### Exercise 1.2 · brighter, and no black sun · 2 points · ●●○ · 4 min
#
# Write `brighten(image, amount)` for a `uint8` image of any size and a whole number from 0 to 255. Each pixel becomes `amount`
# brighter, but never more than 255. The result is a `uint8` image again. `x.clamp(min=…, max=…)` keeps numbers between bounds.
#
# <details><summary><b>Bright pixels come out dark</b></summary>
#
# The sum was taken in one byte, or brought back to one byte while it was still above 255. In which order must widening, adding,
# clamping and narrowing happen? And did you keep what `int()` or `to()` returned? `image.int()` on a line of its own changes
# nothing.
# </details>
#
# <details><summary><b>It says that the numbers are of type int32 or float32</b></summary>
#
# You computed in a wider type, which is right. The way back is `.to(torch.uint8)`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "brighten", "locked": false, "schema_version": 3, "solution": true, "task": false}
def brighten(image, amount):
    """A uint8 image (rows, columns) with every pixel brighter by `amount`, 0 to 255, and none above 255; uint8."""
    ### BEGIN SOLUTION
    return (image.int() + amount).clamp(max=255).to(torch.uint8)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "brighten-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def image_and_amount(draw):
    return draw.integers(0, 256, draw.rows, 4).to(torch.uint8), int(draw.integers(40, 200, 1))


check.agrees("brighten", reference=lambda image, amount: (image.int() + amount).clamp(max=255).to(torch.uint8),
             inputs=image_and_amount, mistaken={"uint8-wraps": lambda image, amount: image + amount})
### END HIDDEN TESTS
check.example("brighten", torch.tensor([[30, 90], [240, 255]], dtype=torch.uint8), 60,
              gives=torch.tensor([[90, 150], [255, 255]], dtype=torch.uint8),
              mistaken={"uint8-wraps": torch.tensor([[90, 150], [44, 59]], dtype=torch.uint8)})

# %% [markdown]
# An image has many pixels. Is the work the same, however many there are? The check counts what Python and PyTorch execute. A loop
# over the pixels is refused: write one expression for all of them, as `x / 2` above. (The section *From loops to expressions*,
# far below, says what that is worth.) A way through NumPy is refused here, too: on an accelerator there is no NumPy.

# %% nbgrader={"grade": true, "grade_id": "brighten-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("brighten", torch.tensor([[10, 200, 3]], dtype=torch.uint8), 100,
              gives=torch.tensor([[110, 255, 103]], dtype=torch.uint8),
              mistaken={"uint8-wraps": torch.tensor([[110, 44, 103]], dtype=torch.uint8)})
check.vectorised("brighten", inputs=lambda draw: (draw.integers(0, 256, draw.rows, 4).to(torch.uint8), 60))
### BEGIN HIDDEN TESTS
check.vectorised("brighten", inputs=lambda draw: (draw.integers(0, 256, draw.rows, 4).to(torch.uint8), 60),
                 reference=lambda image, amount: (image.int() + amount).clamp(max=255).to(torch.uint8))
### END HIDDEN TESTS

# %% [markdown]
# Your own function, on the sky. The cell fails until exercise 1.2 is written; if you left that out, go on to the next one:

# %%
grey_images.side_by_side({"an evening sky": sky, "brighten(sky, 60)": brighten(sky, 60)})

# %% [markdown]
# ### Joining
#
# Dimensions are numbered from 0: in a table, 0 goes down the rows and 1 along the columns. Functions are told which one you mean
# by `dim=`; without it, the next two take 0. Both put tensors together. `cat` joins along a dimension that is there, `stack`
# makes a new one. **Predict** the shapes:

# %%
p, q = torch.tensor([1, 2, 3]), torch.tensor([10, 20, 30])
torch.cat([p, q]), torch.stack([p, q]), torch.stack([p, q], dim=1)

# %%
torch.cat([p.view(-1, 1), q.view(-1, 1)], dim=1)

# %% [markdown] outcomes=[2]
# `cat` went on where the first one ended. `stack` made each of them a row, and with `dim=1` each of them a column. In the last
# cell both were columns already, `(3, 1)`, and `cat` put them side by side along dimension 1.
#
# ## Storage and views
#
# Three lines. Before you run anything, write down what `a`, `b` and `c` hold afterwards, and which of them share their memory.
#
# ```python
# a = torch.zeros(3, 2)
# b = a.cos_()
# c = a + b
# ```
#
# ### Exercise 1.3 · three lines, and who shares · 2 points · ●●○ · 5 min
#
# **First part.** The cosine of 0 is 1. Which is right?
#
# - **A** · `a` is all 0, `b` all 1, `c` all 1; each has its own memory
# - **B** · `a` is all 0, `b` all 1, `c` all 1; `a` and `b` share
# - **C** · `a` and `b` are all 1, `c` all 2; `a` and `b` share, `c` has its own
# - **D** · `a` and `b` are all 1, `c` all 2; all three share
#
# Set `three_lines` to one of the letters, as text: `three_lines = "A"`, for example. The check tells whether it is a letter;
# whether it is the right one, you find out by running the cell after it. The point goes to the letter that stands there when you
# hand in, so you may change it.

# %% nbgrader={"grade": false, "grade_id": "three-lines", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
three_lines = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "three-lines-choice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.choice("three_lines")
### BEGIN HIDDEN TESTS
check.choice("three_lines", "C", why={
    "A": "The underscore in cos_ means in place: it writes the cosines into a itself.",
    "B": "If they shared, a could not be 0 where b is 1: it would be one and the same number.",
    "C": "cos_ works in place and gives back a itself; a sum is a new tensor.",
    "D": "a + b is a new tensor: the numbers of a and b are still needed after it.",
})
### END HIDDEN TESTS

# %%
a = torch.zeros(3, 2)
b = a.cos_()
c = a + b
a, b, c

# %% [markdown]
# A method whose name ends in an underscore works **in place**: it overwrites the numbers, and gives back the tensor that it
# worked on. So `b` is no second tensor at all, but a second name. (`a += 1` and `a[0] = 1` work in place, too.)

# %%
b is a

# %% [markdown]
# `cos()`, without the underscore, would have made a new tensor. But there is a third case, neither the same tensor nor a new one.
# A **view** is a tensor of its own, with a shape of its own, that looks at numbers which are already there. **Predict** what `a`
# holds after this:

# %%
flat = a.view(6)
flat[0] = 7
a, flat is a

# %% [markdown]
# Two tensors, one piece of memory. PyTorch calls that memory the *storage*. Each tensor can be asked for it, and a storage can
# be asked for its address:

# %%
a.untyped_storage().data_ptr(), flat.untyped_storage().data_ptr(), c.untyped_storage().data_ptr()

# %% [markdown]
# **Second part of exercise 1.3.** Write `same_storage(x, y)`: `True` if the two tensors look at the same storage, else `False`.
# Their numbers do not matter, nor do their shapes.
#
# <details><summary><b>It says False for a tensor and a part of it</b></summary>
#
# `x.data_ptr()` is the address of the first number that *x sees*, and a part of x may begin later. Ask the storage instead, as
# the cell above does.
# </details>
#
# <details><summary><b>It gives a tensor of many answers</b></summary>
#
# `x == y` compares number by number. The question is about one thing: is it the same memory?
# </details>
#
# <details><summary><b>It says True for a tensor and its copy</b></summary>
#
# A copy has the same numbers, in another place. Compare the places.
# </details>

# %% nbgrader={"grade": false, "grade_id": "same-storage", "locked": false, "schema_version": 3, "solution": true, "task": false}
def same_storage(x, y):
    """Whether the tensors x and y look at one storage: True or False."""
    ### BEGIN SOLUTION
    return x.untyped_storage().data_ptr() == y.untyped_storage().data_ptr()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "same-storage-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def by_address(x, y):
    return x.untyped_storage().data_ptr() == y.untyped_storage().data_ptr()


def same_numbers(draw):  # three pairs of equal numbers, each of which catches one mistake and no other
    table = torch.full((3, 4), float(draw.integers(1, 9, 1)))
    return {5: (table, table.view(3, 4)), 12: (table, table.clone()), 1: (table[0], table[1])}[draw.rows]


for rows, mistake, mistaken in ((5, "identity-for-storage", lambda x, y: x is y), (12, "numbers-for-places", torch.equal),
                                (1, "address-of-first-number", lambda x, y: x.data_ptr() == y.data_ptr())):
    check.agrees("same_storage", reference=by_address, inputs=same_numbers, rows=(rows,), mistaken={mistake: mistaken})
### END HIDDEN TESTS
dozen = torch.arange(10.0, 22.0).view(3, 4)


def who_shares(x):
    return {"a tensor and its copy": same_storage(x, x.clone()), "a tensor and its transpose": same_storage(x, x.t()),
            "a tensor and its second row": same_storage(x, x[1]), "a tensor and a view of it": same_storage(x, x.view(3, 4))}


def answers(copy, transpose, row, view):
    return {"a tensor and its copy": copy, "a tensor and its transpose": transpose,
            "a tensor and its second row": row, "a tensor and a view of it": view}


check.example("same_storage", dozen, dozen.view(3, 4), gives=True, mistaken={"identity-for-storage": False})
check.example("who_shares", dozen, gives=answers(False, True, True, True), mistaken={
    "identity-for-storage": answers(False, False, False, False), "address-of-first-number": answers(False, True, False, True),
    "numbers-for-places": answers(True, False, False, True)})
### BEGIN HIDDEN TESTS
check.example("same_storage", dozen[2], dozen[0], gives=True)
check.example("same_storage", dozen[:, 1], dozen.view(2, 6), gives=True)
check.example("same_storage", dozen, dozen + 0, gives=False)
check.example("same_storage", dozen, torch.arange(12.0).view(3, 4), gives=False)
check.example("same_storage", dozen.view(4, 3), dozen.t(), gives=True)
check.example("same_storage", torch.ones(2, 3), torch.ones(2, 3), gives=False)
### END HIDDEN TESTS

# %% [markdown]
# ### Shape, strides, offset
#
# The numbers of a storage lie in one long row. Whatever table you see is only a way of reading it. `storage_map` draws it: the
# tensor above, the storage below. Each colour is a row of the table, the small figures are positions.

# %%
x = torch.arange(10, 22).view(3, 4)
memory.storage_map(x, "x")

# %% [markdown]
# Three things are all that a tensor needs besides its storage. The *offset* says where to start. The *strides* say how far to go
# for the next row, and for the next column. The *shape* says how often. Here: start at 0, four steps to the next row, one to the
# next column. So `x[2, 3]` is at position 0 + 2·4 + 3·1 = 11, the last. **Predict** the strides of `x.t()`, with rows and columns
# exchanged:

# %%
memory.storage_map(x.t(), "x.t()")

# %% [markdown]
# The storage is the same, in the same order. Only the strides have changed places: one step to the next row, four to the next
# column. *That* is how nine million numbers changed places in a few millionths of a second. They stayed where they are, and only
# the two strides were exchanged.
#
# A slice is no different. **Predict** its offset:

# %%
memory.storage_map(x[1:, 1:3], "x[1:, 1:3]")

# %% [markdown]
# Every tensor tells all three itself:

# %%
x[1:, 1:3].storage_offset(), x[1:, 1:3].stride(), x.t().stride()

# %% [markdown]
# ### The memory map
#
# Now move through it yourself.
#
# 1. Go through the elements of `x.t()`: click the round knob of the slider *element*, then use the left and right arrow keys. How
#    does the mark move in the storage?
# 2. Which of the buttons give a tensor with **storage of its own**? What do these have in common?
# 3. `x[0].expand(3, 4)` is the first row of `x`, three times. **Predict**, then try: write 99 into one of its elements. How
#    many numbers change?

# %%
memory_map()

# %% [markdown] outcomes=[2]
# **What you saw.** (1) Along a row of `x.t()` the mark moves four positions at a time, and for the next row it goes back to the
# start and one further: the strides are (1, 4).
#
# (2) The last three have storage of their own. Slices, `t`, `view`, `diagonal` and `expand` are views: a start and some steps can
# describe them. A list of rows, `x[[0, 2]]`, could be any rows in any order, so PyTorch copies. `reshape` makes a view if it
# can and a copy if it must, and `clone` always copies.
#
# (3) One number changes in the storage. You see it once in `x`, and three times in the expanded tensor: with `expand` one
# stride is 0, so that to get to the next row you stay where you are, and all rows are the same memory.
#
# ### Exercise 1.4 · be the tensor · 1 point · ●●○ · 5 min
#
# Write `read_cell(cells, offset, strides, row, column)`. `cells` is a storage as a flat tensor, `offset` a whole number, `strides`
# a pair of whole numbers. Return the number that a tensor with this offset and these strides has at `[row, column]`, as a 0-d
# tensor.
#
# <details><summary><b>It works for x and not for x.t()</b></summary>
#
# Are you counting how many columns there are? You need not know. The strides say how far the next row is, and the next column.
# </details>
#
# <details><summary><b>It works until the slice starts elsewhere</b></summary>
#
# `x[1:, 1:3]` starts in the middle of the storage. Which of the arguments says so?
# </details>
#
# <details><summary><b>It gives a Python number</b></summary>
#
# `cells[i]` is a 0-d tensor already. Return it as it is: `int(…)` or `float(…)` around it makes a Python number.
# </details>

# %% nbgrader={"grade": false, "grade_id": "read-cell", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_cell(cells, offset, strides, row, column):
    """What a tensor over the storage `cells` (a flat tensor) has at [row, column], as a 0-d tensor.

    offset: where the tensor starts. strides: (steps to the next row, steps to the next column).
    """
    ### BEGIN SOLUTION
    return cells[offset + row * strides[0] + column * strides[1]]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "read-cell-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def read_by_strides(cells, offset, strides, row, column):
    return cells.as_strided((9, 9), strides, offset)[row, column]


def storage_and_place(draw):
    strides = (6, 1) if draw.rows == 5 else (1, 7) if draw.rows == 12 else (0, 2)
    return draw.normal(99), int(draw.integers(1, 9, 1)), strides, 3, 5


check.agrees("read_cell", reference=read_by_strides, inputs=storage_and_place, mistaken={
    "offset-forgotten": lambda cells, offset, strides, row, column: cells[row * strides[0] + column * strides[1]],
    "strides-exchanged": lambda cells, offset, strides, row, column: cells[offset + row * strides[1] + column * strides[0]],
})
### END HIDDEN TESTS
check.example("read_cell", torch.arange(10, 22), 0, (4, 1), 1, 2, gives=torch.tensor(16),  # x[1, 2]
              mistaken={"strides-exchanged": torch.tensor(19)})
check.example("read_cell", torch.arange(10, 22), 0, (1, 4), 1, 2, gives=torch.tensor(19))  # x.t()[1, 2]
check.example("read_cell", torch.arange(10, 22), 5, (4, 1), 1, 1, gives=torch.tensor(20),  # x[1:, 1:3][1, 1]
              mistaken={"offset-forgotten": torch.tensor(15)})

# %% [markdown]
# ### Three traps of memory
#
# **view after t.** After `t()` the numbers no longer lie row by row, and no strides describe six of them as a row. `view`
# refuses. `reshape` copies:

# %%
try:
    x.t().view(2, 6)
except RuntimeError as error:
    print("RuntimeError:", error)
x.t().reshape(2, 6)

# %% [markdown]
# **reshape is not a transpose.** Both of these have the shape `(4, 3)`. **Predict** the first row of each:

# %%
x.reshape(4, 3), x.t()

# %% [markdown]
# `reshape` keeps the order of reading and only breaks the lines elsewhere. Rows become columns with `t()`, or `.T`, alone.
#
# **Writing into an expand.** It looks as if there were three rows:

# %%
rows = torch.zeros(4).expand(3, 4)
rows[0] = 5
rows

# %% [markdown]
# There is only one. `rows = torch.zeros(4).repeat(3, 1)`, or a `clone()` of the expanded tensor, gives each row its own memory.
#
# ## Slices and masks
#
# Here are a hundred random whole numbers from −99 to 99, ten rows of ten.

# %%
torch.manual_seed(23)
table = torch.randint(-99, 100, (10, 10))
table

# %% [markdown]
# Between the brackets stand the rows, then the columns, both counted from 0. A slice `start:stop:step` leaves the stop out, and
# a missing end means *from the very beginning* or *to the very end*. A negative index counts from the end.

# %%
table[0, -1], table[0], table[:, 3], table[:, 3:4].shape

# %% [markdown]
# One index takes its dimension away, a slice keeps it: `table[:, 3]` has shape `(10,)`, `table[:, 3:4]` has shape `(10, 1)`. You
# will be glad to know the difference in a moment. And now with a picture:

# %%
chosen = torch.zeros(10, 10, dtype=torch.bool)
chosen[5:, ::2] = True
tables.chosen_cells(table, chosen, "table[5:, ::2]")

# %% [markdown]
# ### Masks
#
# A comparison gives a tensor of True and False, a *mask*. Between brackets it selects where it is True, and gives a flat tensor,
# because what is left need not be a rectangle.

# %%
mask = table > 90
mask.sum(), table[mask]

# %%
tables.chosen_cells(table, mask, "table[table > 90]")

# %% [markdown]
# Masks are combined with `&`, `|` and `~` (and, or, not), each comparison in parentheses. `any()` and `all()` ask about the whole.

# %%
table[(table > 90) | (table < -95)], (~mask).sum(), (table > -100).all(), (table == 0).any()

# %% [markdown]
# Slices are views, and masks copy. When it comes to writing, that matters. **Predict** which of these two changes `numbers`:

# %%
numbers = torch.tensor([5, -2, 8, -7])
numbers[numbers < 0][0] = 100
numbers

# %%
numbers[numbers < 0] = 0
numbers

# %% [markdown] outcomes=[3]
# In the first, `numbers[numbers < 0]` is a copy; its first element became 100, and then nobody kept the copy. In the second
# the brackets stand directly left of `=`, which writes into `numbers` itself.
#
# ### Exercise 1.5 · a corner and a column · 3 points · ●●○ · 6 min
#
# **First part.** Write `top_right(table)` for a `(10, 10)` tensor: its top-right quadrant, rows 0 to 4 and columns 5 to 9. As a
# view: whoever writes into the quadrant means the table.
#
# **Second part.** Write `multiples_of_four(table)` for a tensor with any number of rows and ten columns: every multiple of 4 in
# column three, from top to bottom. Columns are counted from 0. Use a mask, and no loop. (0 is a multiple of 4, and so is −8;
# `%` gives the remainder, of whole tensors too.)
#
# <details><summary><b>The shape is (4, 4) or (5, 4)</b></summary>
#
# The stop of a slice is left out: `0:5` are five rows, 0 to 4.
# </details>
#
# <details><summary><b>The result has memory of its own, where it should be a view</b></summary>
#
# A list of rows, a mask, `clone` and arithmetic all copy. Two slices do not.
# </details>
#
# <details><summary><b>I get whole rows, or numbers from every column</b></summary>
#
# `table[mask]` selects rows, or numbers of the whole table. Take column three out of the table first, and work with it alone:
# the mask is made of the column, and stands between the *column's* brackets.
# </details>
#
# <details><summary><b>The shape is <code>(3, 1)</code>: a dimension too many</b></summary>
#
# `3:4` between the brackets is a slice, and keeps its dimension. The index `3` takes it away.
# </details>
#
# <details><summary><b>I get numbers that are no multiples of 4, or True and False</b></summary>
#
# `column % 4` holds remainders, and these would be taken as places. `column % 4 == 0` holds True and False, and is only the
# question: put it between the brackets of what it selects from.
# </details>
#
# <details><summary><b>I get <code>too many indices for tensor</code></b></summary>
#
# A mask of the whole table takes both dimensions, and leaves none for the 3; a column has only one. Mask the column alone.
# </details>
#
# <details><summary><b>I get <code>Boolean value of Tensor with more than one value is ambiguous</code></b></summary>
#
# `if` and `and` want one True or False. Put the comparison between the brackets instead.
# </details>

# %% nbgrader={"grade": false, "grade_id": "top-right", "locked": false, "schema_version": 3, "solution": true, "task": false}
def top_right(table):
    """The top-right quadrant (5, 5) of a (10, 10) tensor, as a view."""
    ### BEGIN SOLUTION
    return table[:5, 5:]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "top-right-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
check.agrees("top_right", reference=lambda table: table[0:5, 5:10], inputs=lambda draw: draw.integers(-99, 100, 10, 10),
             mistaken={"row-and-column-exchanged": lambda table: table[5:10, 0:5]})
### END HIDDEN TESTS
corner = torch.tensor(
    [[5, 6, 7, 8, 9], [15, 16, 17, 18, 19], [25, 26, 27, 28, 29], [35, 36, 37, 38, 39], [45, 46, 47, 48, 49]])
check.example("top_right", torch.arange(100).view(10, 10), gives=corner, mistaken={"row-and-column-exchanged": corner + 45})
check.result_shares_storage("top_right", torch.arange(100).view(10, 10))
### BEGIN HIDDEN TESTS
check.result_shares_storage("top_right", torch.arange(300).view(10, 30)[:, 10:20])
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "multiples-of-four", "locked": false, "schema_version": 3, "solution": true, "task": false}
def multiples_of_four(table):
    """Every multiple of 4 in column three of a whole-number tensor (n, 10), from top to bottom, as a flat tensor."""
    ### BEGIN SOLUTION
    third = table[:, 3]
    return third[third % 4 == 0]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "multiples-of-four-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def multiples_in(column):
    return column[column % 4 == 0]


check.agrees("multiples_of_four", reference=lambda table: multiples_in(table[:, 3]), rows=(40, 12, 1), mistaken={
    "off-by-one-slice": lambda table: multiples_in(table[:, 2]),
    "row-and-column-exchanged": lambda table: multiples_in(table[3] if len(table) > 3 else table[:, 3]),
    "condition-inverted": lambda table: table[:, 3][table[:, 3] % 4 != 0],
    "mask-for-selection": lambda table: table[:, 3] % 4 == 0,
    "indices-for-values": lambda table: torch.nonzero(table[:, 3] % 4 == 0).flatten(),
    "copy-taken-for-view": lambda table: table[:, 3][table[:, 3] != 0],
    "rows-for-column": lambda table: table[table[:, 3] % 4 == 0],
    "all-columns-searched": multiples_in,
    "remainder-as-index": lambda table: table[:, 3][table[:, 3] % 4] if len(table) > 3 else table[:, 3] % 4,
}, inputs=lambda draw: draw.integers(-99, 100, draw.rows, 10))
### END HIDDEN TESTS
hundred = torch.randint(-99, 100, (10, 10), generator=torch.Generator().manual_seed(23))  # the table above
check.example("multiples_of_four", hundred, gives=torch.tensor([40, 36, -16]), mistaken={
    "rows-for-column": hundred[[1, 7, 9]],
    "mask-for-selection": torch.tensor([0, 1, 0, 0, 0, 0, 0, 1, 0, 1], dtype=torch.bool),
    "remainder-as-index": torch.tensor([-39, -42, 40, -97, 40, -97, -39, -42, -39, -42])})

# %% nbgrader={"grade": true, "grade_id": "multiples-of-four-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("multiples_of_four", torch.tensor([[4, 4, 4, 1, 4, 4, 4, 4, 4, 4], [1, 1, 1, 8, 1, 1, 1, 1, 1, 1]]),
              gives=torch.tensor([8]), mistaken={
                  "remainder-as-index": torch.tensor([8, 1]), "mask-for-selection": torch.tensor([False, True]),
                  "rows-for-column": torch.tensor([[1, 1, 1, 8, 1, 1, 1, 1, 1, 1]])})
check.vectorised("multiples_of_four", inputs=lambda draw: draw.integers(-99, 100, draw.rows, 10))
### BEGIN HIDDEN TESTS
check.vectorised("multiples_of_four", reference=lambda table: multiples_in(table[:, 3]),
                 inputs=lambda draw: draw.integers(-99, 100, draw.rows, 10))
### END HIDDEN TESTS

# %% [markdown]
# ## Broadcasting
#
# Four houses and three bus stops stand along a straight road, at these kilometres. How far is each house from each stop? Four
# times three distances: a table.

# %%
houses = torch.tensor([0.0, 2.0, 5.0, 9.0])
stops = torch.tensor([1.0, 4.0, 10.0])
houses.view(-1, 1) - stops

# %% [markdown]
# A `(4, 1)` tensor minus a `(3,)` tensor gave `(4, 3)`. When shapes differ, PyTorch lines them up **from the right**; a missing
# dimension counts as 1; and where two sizes differ, the one that is 1 is stretched to the other. No memory is used for that: the
# stretching is an `expand`, with stride 0.

# %%
tables.stretched(houses, stops, "Every house minus every stop")

# %% [markdown]
# If neither size is 1, it is an error, and the error names both sizes:

# %%
try:
    houses - stops
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# Instead of `view(-1, 1)` people write `houses[:, None]` or `houses.unsqueeze(1)`: a new dimension of size 1, at that place.
# `squeeze(1)` takes it away again.

# %%
houses[:, None].shape, houses.unsqueeze(1).shape, houses[:, None].squeeze(1).shape

# %% [markdown]
# ### Its one great trap
#
# Four people guessed the lengths of four boards, and not badly. How wrong were they on average? **Predict** the result to one
# decimal; you can do it in your head.

# %%
lengths = torch.tensor([3.0, 5.0, 8.0, 9.0])
guesses = torch.tensor([[3.1], [4.9], [8.1], [8.9]])
(guesses - lengths).abs().mean()

# %% [markdown]
# Each guess is off by 0.1, and PyTorch says 2.6. No error, no warning, a plausible number. Look at the shapes: the guesses came
# as a column, `(4, 1)`, the lengths as a flat tensor, `(4,)`.

# %%
tables.stretched(guesses, lengths, "Every guess minus every length; only the framed ones were meant", framed=True)

# %% [markdown]
# **`(n, 1)` against `(n,)` gives `(n, n)`.** Remember this 2.6: whenever an average error is about as large as the spread of the
# data, print the two shapes. And the table grows. **Predict** how many gigabytes the table takes for 100,000 guesses, at 4 bytes:

# %%
100_000 ** 2 * 4 / 1e9

# %% [markdown]
# The cure is to compare like with like: two columns, or two flat tensors.

# %%
(guesses.view(-1) - lengths).abs().mean()

# %% [markdown] outcomes=[3]
# ### Exercise 1.6 · every house, every stop · 2 points · ●●○ · 4 min
#
# Now on purpose. Write `walks(houses, stops)` for a flat tensor of `n` houses and one of `m` stops. The result has shape `(n, m)`:
# at `[i, j]` stands how far it is from house `i` to stop `j`, never negative. No loop.
#
# <details><summary><b>I get <code>The size of tensor a (4) must match the size of tensor b (3)</code></b></summary>
#
# Both are flat, so PyTorch lines them up with each other. Which of the two must become a column?
# </details>
#
# <details><summary><b>The shape is <code>(m, n)</code></b></summary>
#
# The one that becomes a column gives the rows of the result.
# </details>
#
# <details><summary><b>Some of the numbers are negative</b></summary>
#
# A stop may lie on either side of a house. `abs()` takes the sign away.
# </details>
#
# <details><summary><b>I get an error that begins <code>unsupported operation: more than one element of the written-to tensor</code></b></summary>
#
# You are writing into an expanded tensor, in which all rows are the same memory. Compute a new tensor instead.
# </details>
#
# <details><summary><b>With a single house the result loses a dimension</b></summary>
#
# `squeeze()` takes away every dimension of size 1, the houses' too when there is only one.
# </details>

# %% nbgrader={"grade": false, "grade_id": "walks", "locked": false, "schema_version": 3, "solution": true, "task": false}
def walks(houses, stops):
    """Distances (n, m) from each of n houses to each of m stops, given by their places (n,) and (m,) on a road."""
    ### BEGIN SOLUTION
    return (houses[:, None] - stops).abs()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "walks-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def houses_and_stops(draw):
    return draw.uniform(0, 9, draw.rows), draw.uniform(0, 9, draw.features + 1)


check.agrees("walks", reference=lambda houses, stops: (houses[:, None] - stops[None, :]).abs(), inputs=houses_and_stops,
             mistaken={
                 "not-absolute": lambda houses, stops: houses[:, None] - stops,
                 "other-one-stretched": lambda houses, stops: (houses - stops[:, None]).abs(),
                 "writes-into-expanded": lambda houses, stops: (houses[-1] - stops).abs().repeat(len(houses), 1),
             })
### END HIDDEN TESTS
check.example("walks", torch.tensor([0.0, 2.0]), torch.tensor([1.0, 4.0, 10.0]),
              gives=torch.tensor([[1.0, 4.0, 10.0], [1.0, 2.0, 8.0]]), mistaken={
                  "not-absolute": torch.tensor([[-1.0, -4.0, -10.0], [1.0, -2.0, -8.0]]),
                  "other-one-stretched": torch.tensor([[1.0, 1.0], [4.0, 2.0], [10.0, 8.0]])})
check.example("walks", torch.tensor([3.0]), torch.tensor([1.0, 4.0]), gives=torch.tensor([[2.0, 1.0]]))  # a single house

# %% nbgrader={"grade": true, "grade_id": "walks-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def places_on_road(draw):
    return draw.uniform(0, 9, draw.rows), draw.uniform(0, 9, draw.features + 1)


check.example("walks", torch.tensor([6.0, 0.0, 3.0]), torch.tensor([2.0, 5.0]),
              gives=torch.tensor([[4.0, 1.0], [2.0, 5.0], [1.0, 2.0]]),
              mistaken={
                  "not-absolute": torch.tensor([[4.0, 1.0], [-2.0, -5.0], [1.0, -2.0]]),
                  "other-one-stretched": torch.tensor([[4.0, 2.0, 1.0], [1.0, 5.0, 2.0]])})
check.vectorised("walks", inputs=places_on_road)
### BEGIN HIDDEN TESTS
check.vectorised("walks", inputs=places_on_road, reference=lambda houses, stops: (houses[:, None] - stops).abs())
### END HIDDEN TESTS

# %% [markdown]
# ## Reductions
#
# A reduction makes few numbers of many: `sum`, `mean`, `max`, `min`, `std`. Without an argument it runs over
# everything. With `dim` it runs along one dimension, **and `dim` names the dimension that disappears**.

# %%
small = torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8], [9, 1, 2, 3]])
small.sum(), small.sum(dim=0), small.sum(dim=1)

# %%
tables.reductions(small)

# %% [markdown]
# `max` and `min` along a dimension give two things, the values and where they are. If you want only the places, ask for
# `argmax` or `argmin`. Without `dim`, these count through the whole tensor as if it were flat. `any` and `all` are reductions,
# too: the last result of the second cell says of each row whether all its numbers are above 1.

# %%
small.max(dim=1)

# %%
small.max(dim=1).values, small.argmax(dim=1), small.argmax(), (small > 1).all(dim=1)

# %% [markdown]
# ### keepdim
#
# What is the mean temperature of each city, and how far is each month from it? Rows are cities, columns are months.

# %%
temperatures = torch.tensor([[1.0, 4, 12, 19], [11, 13, 19, 26], [27, 28, 28, 26], [-9, -2, 8, 17]])
means = temperatures.mean(dim=1)
means, temperatures - means

# %% [markdown]
# The second city's mean is 17.25. **Look again** at the second row: which mean was taken from its 11 degrees, and which from its
# 26?
#
# `means` has shape `(4,)`, so it was lined up with the *columns*: the first column lost the first city's mean, the second column
# the second city's. It did not even fail, because there are as many months as cities. The dimension that disappeared should have
# stayed, with size 1:

# %%
means = temperatures.mean(dim=1, keepdim=True)
means.shape, temperatures - means

# %% [markdown]
# Never test such code on a square table: on a `(4, 3)` one, PyTorch would have said so.
#
# One more thing. **Predict** the standard deviation of 1, 2, 3, 4; the squared distances from 2.5 add up to 5.

# %%
four = torch.tensor([1.0, 2, 3, 4])
four.std(), four.std(correction=0)

# %% [markdown] outcomes=[3]
# `std` divides by $n - 1$, as a statistician does who estimates from a sample: $\sqrt{5/3}$. NumPy divides by $n$. With
# `correction=0` PyTorch does, too: $\sqrt{5/4}$.
#
# ### Exercise 1.7 · the nearest stop, and the unusual month · 3 points · ●●○ · 6 min
#
# **First part.** Write `nearest_stop(distances)` for a table `(n, m)` as `walks` makes it: for each house, the *number of the
# column* of its nearest stop. The result has shape `(n,)` and type `int64`.
#
# **Second part.** Write `standardise_rows(table)` for a table `(n, m)` of **whole numbers**: from each number, subtract the mean
# of its row, and divide by the standard deviation of its row (the one that divides by the number of columns). The result has
# the table's shape and type `float32`. No loop.
#
# <details><summary><b>The first part gives one number</b></summary>
#
# Without `dim` the whole table is searched as if it were flat: `min()` gives its smallest number, `argmin()` where that is.
# </details>
#
# <details><summary><b>The first part gives a pair, or distances</b></summary>
#
# `min(dim=…)` gives values and indices together, and `.values` are the distances. You want the indices alone.
# </details>
#
# <details><summary><b>I get <code>mean(): could not infer output dtype</code></b></summary>
#
# Whole numbers have no mean in PyTorch. Convert the table first.
# </details>
#
# <details><summary><b>I get <code>The size of tensor a (4) must match the size of tensor b (2)</code></b></summary>
#
# The means or the deviations are lined up with the columns. Both must stay a column: see the section on keepdim.
# </details>
#
# <details><summary><b>The numbers are much too large</b></summary>
#
# `/` comes before `−`, as on paper: `a - b / c` is `a - (b / c)`. Parentheses say what is to come first.
# </details>
#
# <details><summary><b>Most numbers are wrong, in no way that I can see</b></summary>
#
# Print the means before you use them. There should be one for each *row*, so `dim` is the one that runs along a row. Without
# `dim` you get a single mean, that of the whole table. The same for the deviations.
# </details>
#
# <details><summary><b>All numbers are a little too small</b></summary>
#
# Then you divided by a deviation that is a little too large. What does `std` divide by, unless told otherwise?
# </details>

# %% nbgrader={"grade": false, "grade_id": "nearest-stop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def nearest_stop(distances):
    """For each row of distances (n, m) the column of its smallest number: int64 (n,)."""
    ### BEGIN SOLUTION
    return distances.argmin(dim=1)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "nearest-stop-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
check.agrees("nearest_stop", reference=lambda distances: distances.argmin(1),
             inputs=lambda draw: draw.uniform(0, 9, draw.rows, 4), mistaken={
                 "wrong-dim": lambda distances: distances.argmin(0),
                 "largest-for-smallest": lambda distances: distances.argmax(1),
                 "values-for-indices": lambda distances: distances.min(1).values,
                 "counted-from-one": lambda distances: distances.argmin(1) + 1,
             })
### END HIDDEN TESTS
check.example("nearest_stop", torch.tensor([[1.0, 4.0, 10.0], [5.0, 2.0, 4.0], [9.0, 6.0, 0.5], [7.0, 3.0, 4.0]]),
              gives=torch.tensor([0, 1, 2, 1]),
              mistaken={"values-for-indices": torch.tensor([1.0, 2.0, 0.5, 3.0]), "no-dim": torch.tensor(0.5),
                        "wrong-dim": torch.tensor([0, 1, 2])})

# %% nbgrader={"grade": false, "grade_id": "standardise-rows", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardise_rows(table):
    """A whole-number table (n, m), each row shifted and scaled to mean 0 and standard deviation 1 (dividing by m).

    Returns a float32 tensor (n, m). No row is constant.
    """
    ### BEGIN SOLUTION
    table = table.float()
    return (table - table.mean(dim=1, keepdim=True)) / table.std(dim=1, correction=0, keepdim=True)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "standardise-rows-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def standardised(table, dim=1, correction=0):
    table = table.float()
    return (table - table.mean(dim, keepdim=True)) / table.std(dim, correction=correction, keepdim=True)


def standardised_down(table):
    return standardised(table, dim=0) if len(table) > 1 else standardised(table)


check.agrees("standardise_rows", reference=standardised, inputs=lambda draw: draw.integers(-40, 90, draw.rows, 4),
             mistaken={
                 "wrong-dim": standardised_down,
                 "no-dim": lambda table: standardised(table, dim=(0, 1)),
                 "unbiased-variance": lambda table: standardised(table, correction=1),
                 "division-before-subtraction": lambda table: table - table.float().mean(1, keepdim=True)
                 / table.float().std(1, correction=0, keepdim=True),
                 "variance-for-deviation": lambda table: standardised(table) / table.float().std(1, correction=0)[:, None],
             }, rtol=1e-4, atol=1e-5)
### END HIDDEN TESTS
third = 3 ** -0.5
check.example("standardise_rows", torch.tensor([[0, 0, 4, 4], [2, 2, 2, 10]]),
              gives=torch.tensor([[-1, -1, 1, 1], [-third, -third, -third, 3 * third]]), mistaken={
                  "wrong-dim": torch.tensor([[-1.0, -1, 1, -1], [1, 1, -1, 1]]),
                  "no-dim": torch.tensor([[-1, -1, third ** 2, third ** 2], [-third ** 2] * 3 + [7 * third ** 2]]),
                  "unbiased-variance": torch.tensor([[-1, -1, 1, 1], [-third, -third, -third, 3 * third]]) * 0.75 ** 0.5,
                  "division-before-subtraction": torch.tensor(
                      [[-1, -1, 3, 3], [2 - 2 * third, 2 - 2 * third, 2 - 2 * third, 10 - 2 * third]])})

# %% nbgrader={"grade": true, "grade_id": "standardise-rows-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
ups = torch.tensor([[-1.0, 1], [1, -1], [-1, 1]])
check.example("standardise_rows", torch.tensor([[3, 7], [9, 5], [0, 3]]), gives=ups, mistaken={
    "wrong-dim": torch.tensor([[-1.0, 2], [5, 0], [-4, -2]]) / torch.tensor([14, 8 / 3]) ** 0.5,
    "no-dim": torch.tensor([[-1.5, 2.5], [4.5, 0.5], [-4.5, -1.5]]) / (51.5 / 6) ** 0.5,
    "unbiased-variance": ups * 0.5 ** 0.5, "division-before-subtraction": torch.tensor([[0.5, 4.5], [5.5, 1.5], [-1, 2]])})
check.vectorised("standardise_rows", inputs=lambda draw: draw.integers(-40, 90, draw.rows, 4))
### BEGIN HIDDEN TESTS
check.vectorised("standardise_rows", reference=standardised, inputs=lambda draw: draw.integers(-40, 90, draw.rows, 4))
### END HIDDEN TESTS

# %% [markdown]
# ## From loops to expressions
#
# A taxi reports its place every minute, as east and north in blocks of a city. It can only drive along streets, so that from one
# report to the next it has driven the difference in east *plus* the difference in north. How far did it drive in all? As a
# loop, the way you would say it:

# %%
def taxi_distance_loop(route):
    """Blocks driven along a route (n, 2), with a Python loop: a 0-d tensor."""
    total = torch.tensor(0.0)
    for minute in range(1, len(route)):
        step = route[minute] - route[minute - 1]
        total = total + step[0].abs() + step[1].abs()
    return total


route = torch.tensor([[0.0, 0.0], [3.0, 1.0], [3.0, 5.0], [1.0, 4.0]])
taxi_distance_loop(route)

# %% [markdown]
# Each turn of the loop asks PyTorch for a few numbers at a time, and each request has a price: finding the right routine, checking
# shapes, wrapping up the result. For four reports it does not matter. The same thing in one expression pays that price once,
# and the loop runs inside, in compiled code.
#
# The trick is to see the *whole* sequence of differences as one subtraction: the route without its first row, minus the route
# without its last.

# %%
route[1:] - route[:-1]

# %% [markdown] outcomes=[3, 4]
# ### Exercise 1.8 · the taxi, without a loop · 2 points · ●●○ · 4 min
#
# Write `taxi_distance(route)`: the same number as the loop's, a 0-d tensor, for any route `(n, 2)`, and no loop.
#
# <details><summary><b>I get a table of differences</b></summary>
#
# That is the first half. One number is due: make each of them positive, and add them all up.
# </details>
#
# <details><summary><b>The result is the same for every route</b></summary>
#
# Something in your function is a name of the notebook, made in another cell, and not the argument.
# </details>
#
# <details><summary><b>I get two numbers instead of one</b></summary>
#
# Python's own `sum` adds rows up, and leaves a row. The tensor's `sum()` adds everything.
# </details>
#
# <details><summary><b>The distance is too short when the taxi turns back</b></summary>
#
# Steps west and south are negative and cancel the others, unless each is made positive *before* adding up.
# </details>
#
# <details><summary><b>My answer is refused as not vectorised</b></summary>
#
# The check counts what is executed for 64 rows and for 512. A comprehension is a loop, too, and so are `tolist()` and Python's
# `sum`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "taxi-distance", "locked": false, "schema_version": 3, "solution": true, "task": false}
def taxi_distance(route):
    """Blocks driven along a route (n, 2) of places, east and north, as a 0-d tensor."""
    ### BEGIN SOLUTION
    return (route[1:] - route[:-1]).abs().sum()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "taxi-distance-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def differences(route):
    return route[1:] - route[:-1]


check.agrees("taxi_distance", reference=lambda route: torch.diff(route, dim=0).abs().sum(),
             inputs=lambda draw: draw.normal(draw.rows, 2, std=5), mistaken={
                 "not-absolute": lambda route: differences(route).sum(),
                 "straight-line": lambda route: differences(route).square().sum(1).sqrt().sum(),
                 "mean-for-sum": lambda route: differences(route).abs().mean(),
                 "wrong-dim": lambda route: (route[:, 1:] - route[:, :-1]).abs().sum(),
                 "not-differences": lambda route: route.abs().sum(),
                 "absolute-too-late": lambda route: differences(route).sum(0).abs().sum(),
                 "not-added-up": differences,
                 "globals-for-arguments": lambda route: torch.tensor(11.0),
             })
### END HIDDEN TESTS
check.example("taxi_distance", torch.tensor([[5.0, 4.0], [1.0, 3.0], [3.0, 1.0], [3.0, 2.0]]), gives=torch.tensor(10.0), mistaken={
    "not-added-up": torch.tensor([[-4.0, -1.0], [2.0, -2.0], [0.0, 1.0]]), "not-absolute": torch.tensor(-4.0),
    "absolute-too-late": torch.tensor(4.0), "straight-line": torch.tensor(1 + 8 ** 0.5 + 17 ** 0.5),
    "not-differences": torch.tensor(22.0), "globals-for-arguments": torch.tensor(11.0)})  # 11 is the route above

# %% nbgrader={"grade": true, "grade_id": "taxi-distance-vectorised", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("taxi_distance", torch.tensor([[2.0, 9.0], [5.0, 7.0], [5.0, 3.0], [1.0, 4.0]]), gives=torch.tensor(14.0), mistaken={
    "not-added-up": torch.tensor([[3.0, -2.0], [0.0, -4.0], [-4.0, 1.0]]), "not-absolute": torch.tensor(-6.0),
    "absolute-too-late": torch.tensor(6.0), "straight-line": torch.tensor(4 + 13 ** 0.5 + 17 ** 0.5),
    "globals-for-arguments": torch.tensor(11.0)})
check.vectorised("taxi_distance", inputs=lambda draw: draw.normal(draw.rows, 2))
### BEGIN HIDDEN TESTS
check.vectorised("taxi_distance", reference=lambda route: torch.diff(route, dim=0).abs().sum(),
                 inputs=lambda draw: draw.normal(draw.rows, 2))
### END HIDDEN TESTS

# %% [markdown]
# What is it worth? Both are timed below, on routes of 10 to 3,000 reports. **Predict** how many times as long the loop takes
# at 3,000: ten, a hundred, a thousand, ten thousand?

# %%
sizes = [10, 50, 200, 1000, 3000]
routes = [torch.randint(0, 50, (n, 2)).float() for n in sizes]
loop_seconds = [seconds(taxi_distance_loop, route, repeats=2) for route in routes]
expression_seconds = [seconds(taxi_distance, route, repeats=20) for route in routes]
speed.loop_against_expression(sizes, loop_seconds, expression_seconds)

# %% [markdown]
# At 3,000 reports the loop takes some thousands of times as long. Its time grows in step with n. The expression's hardly grows at
# all: for so few numbers, its price is that of being asked, and it is asked only once. So the ratio grows with n, until the
# arithmetic itself begins to count. On an accelerator, where being asked costs more and arithmetic less, the ratio is larger
# still.
#
# ## Linear algebra
#
# Three products. **Predict** the shapes of all three before you run the cell.

# %%
v, w = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([10.0, 0.0, 1.0])
A = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
torch.dot(v, w), A @ v, A * v

# %% [markdown]
# - `torch.dot(v, w)`, or `v @ w`: multiply number by number and add up. Two vectors give one number.
# - `A @ v`, the matrix product: the dot product of each *row* of `A` with `v`. `(2, 3) @ (3,)` gives `(2,)`. The sizes that meet,
#   here 3 and 3, must be equal, and disappear.
# - `A * v`, elementwise: no adding up. `v` is broadcast to every row, and the shape stays `(2, 3)`.
#
# Between two matrices `@` does the same for each column of the second. `.T` exchanges rows and columns:

# %%
A @ A.T, A.T.shape

# %% [markdown]
# The *norm* is a vector's length, by Pythagoras: the root of its dot product with itself.

# %%
torch.linalg.norm(torch.tensor([3.0, 4.0])), torch.linalg.norm(v) ** 2, v @ v

# %% [markdown]
# ### Equations
#
# Two baskets at a market: 2 kg of apples and 1 kg of pears cost 7; 1 kg of apples and 3 kg of pears cost 11. What does a kilogram
# of each cost? In one line, with the quantities $Q$, the unknown prices $p$ and the totals $t$: $Q\,p = t$.

# %%
Q = torch.tensor([[2.0, 1.0], [1.0, 3.0]])
t = torch.tensor([7.0, 11.0])
torch.linalg.solve(Q, t)

# %%
torch.linalg.inv(Q), torch.linalg.inv(Q) @ t, torch.linalg.inv(Q) @ Q

# %% [markdown]
# Apples 2, pears 3. The *inverse* undoes a matrix: $Q^{-1}Q$ is the identity, up to a little rounding. To solve equations you do
# not need it; `solve` is faster and loses fewer digits.
#
# ### Directions that stay
#
# (No exercise needs this section: leave it out if time is short.) A matrix moves vectors about. Most end up pointing elsewhere. A
# few only get longer or shorter: these are the *eigenvectors*, and the factor is their *eigenvalue*. In the picture, `M` turns
# the circle into an ellipse. Along each of two directions there is a broad arrow, an eigenvector `v`, and a thin one, `M @ v`: in
# one direction it is 2.5 times as long, in the other half as long, so that it ends within the broad one.

# %%
M = torch.tensor([[2.0, 1.0], [0.75, 1.0]])
plane_maps.circle_and_image(M)

# %%
eigenvalues, eigenvectors = torch.linalg.eig(M)
eigenvalues.real, eigenvectors.real

# %% [markdown]
# (In general eigenvalues are complex numbers, here with imaginary part 0; hence `.real`.) The eigenvectors are the *columns*.
# **Predict** what `M @ first / first` gives:

# %%
first = eigenvectors.real[:, 0]
M @ first / first

# %% [markdown] outcomes=[4]
# ### Exercise 1.9 · a market stall · 2 points · ●●○ · 5 min
#
# **First part.** `baskets` has one *row for each kind of fruit* and one *column for each customer*, in kilograms: shape `(d, n)`.
# `prices` has one price for each kind: `(d,)`. Write `receipts(baskets, prices)`: what each customer pays, shape `(n,)`. No loop.
#
# **Second part.** On the next day the price list is lost, but the receipts are there. `quantities` now has one row for each
# customer, shape `(n, n)`, and `totals` is what each paid, `(n,)`. Write `unit_prices(quantities, totals)`: the prices, `(n,)`.
#
# <details><summary><b>I get <code>size mismatch</code></b></summary>
#
# In `a @ b` the last size of `a` meets the first of `b`. Write down both shapes; which matrix has to be turned on its side?
# </details>
#
# <details><summary><b>The shape is right, and the receipts are wrong</b></summary>
#
# Did you use `reshape` or `view` to get from `(d, n)` to `(n, d)`? It keeps the reading order, so that kilograms of apples end
# up with the customer for pears.
# </details>
#
# <details><summary><b>The result is a table</b></summary>
#
# `*` keeps every product. Each customer pays one sum.
# </details>
#
# <details><summary><b>I get <code>The size of tensor a (3) must match the size of tensor b (2)</code></b></summary>
#
# `*` lines shapes up from the right: customers against kinds of fruit. And it would add nothing up. Which product does?
# </details>
#
# <details><summary><b>I get an error about <code>expected scalar type</code> or <code>same dtype</code></b></summary>
#
# Two types meet in the product. Both arguments are `float32` already: work with them as they come, without converting either.
# </details>
#
# <details><summary><b>Second part: the prices come as a table</b></summary>
#
# `/` divides number by number. Each receipt mixes all kinds of fruit, so that no single division gives a price: the equations
# must be solved together, as in *Equations* above.
# </details>
#
# <details><summary><b>Second part: I get <code>The input tensor A must have at least 2 dimensions</code></b></summary>
#
# `solve` takes the table first, and then what the equations come to.
# </details>
#
# <details><summary><b>Second part: the prices are much too large, or negative</b></summary>
#
# `quantities @ totals` would be right if `totals` were prices. Here the prices are unknown. And each *row* is one customer
# already: nothing need be turned on its side.
# </details>

# %% nbgrader={"grade": false, "grade_id": "receipts", "locked": false, "schema_version": 3, "solution": true, "task": false}
def receipts(baskets, prices):
    """What each customer pays, (n,), for baskets (d, n) of d kinds of fruit at prices (d,)."""
    ### BEGIN SOLUTION
    return baskets.T @ prices
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "receipts-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def baskets_and_prices(draw):
    return draw.uniform(0, 4, draw.features, draw.rows), draw.uniform(1, 5, draw.features)


check.agrees("receipts", reference=lambda baskets, prices: prices @ baskets, inputs=baskets_and_prices, mistaken={
    "reshape-for-transpose": lambda baskets, prices: baskets.reshape(-1, len(prices)) @ prices,
})
### END HIDDEN TESTS
check.example("receipts", torch.tensor([[2.0, 1.0, 0.0], [1.0, 3.0, 5.0]]), torch.tensor([2.0, 3.0]),
              gives=torch.tensor([7.0, 11.0, 15.0]), mistaken={"reshape-for-transpose": torch.tensor([7.0, 3.0, 21.0])})


def stall(draw):
    return draw.uniform(0, 4, draw.features, draw.rows), draw.uniform(1, 5, draw.features)


check.example("receipts", torch.tensor([[1.0, 4.0], [0.0, 2.0], [3.0, 1.0]]), torch.tensor([5.0, 2.0, 1.0]),
              gives=torch.tensor([8.0, 25.0]), mistaken={"reshape-for-transpose": torch.tensor([13.0, 17.0])})
check.vectorised("receipts", inputs=stall, by=("rows", "features"))
### BEGIN HIDDEN TESTS
check.vectorised("receipts", inputs=stall, by=("rows", "features"), reference=lambda baskets, prices: prices @ baskets)
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "unit-prices", "locked": false, "schema_version": 3, "solution": true, "task": false}
def unit_prices(quantities, totals):
    """The prices (n,) at which the quantities (n, n), a row for each customer, cost the totals (n,)."""
    ### BEGIN SOLUTION
    return torch.linalg.solve(quantities, totals)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "unit-prices-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def lost_list(draw):
    quantities = draw.uniform(0, 2, draw.rows, draw.rows) + 3 * torch.eye(draw.rows)
    return quantities + torch.arange(1.0, draw.rows + 1).diag(), draw.uniform(5, 30, draw.rows)


def solved(quantities, totals):
    return torch.linalg.solve(quantities.double(), totals.double()).float()


check.agrees("unit_prices", reference=solved, inputs=lost_list, rtol=1e-3, atol=1e-4, mistaken={
    "equations-transposed": lambda quantities, totals: solved(quantities.T, totals),
    "product-for-solution": lambda quantities, totals: quantities @ totals,
    "division-for-solution": lambda quantities, totals: totals / quantities,
})
### END HIDDEN TESTS
check.example("unit_prices", torch.tensor([[2.0, 1.0], [4.0, 3.0]]), torch.tensor([7.0, 17.0]), gives=torch.tensor([2.0, 3.0]),
              mistaken={"equations-transposed": torch.tensor([-23.5, 13.5]), "product-for-solution": torch.tensor([31.0, 79.0]),
                        "division-for-solution": torch.tensor([[3.5, 17.0], [1.75, 17 / 3]])})

# %% [markdown]
# ## Devices
#
# A tensor lives somewhere: in the memory of the processor (`cpu`), or of an accelerator, a graphics card (`cuda`) or the graphics
# part of an Apple chip (`mps`). Work is done where the numbers are, and numbers on two devices do not meet. So programs choose a
# device once, at the top:

# %%
if torch.cuda.is_available():
    device = torch.device("cuda")
elif torch.backends.mps.is_available():
    device = torch.device("mps")
else:
    device = torch.device("cpu")
device

# %% [markdown]
# `to` brings a tensor to a device. **Look closely** at the second line of the next cell: it does nothing that lasts. `to` returns
# the moved tensor and leaves the old one where it was. The third line keeps it.

# %%
readings = torch.arange(4.0)
readings.to(device)
readings = readings.to(device)
readings.device

# %% [markdown]
# Whatever you make *on the way* must be there, too. Ask the data where they are, instead of naming a device: code that says
# `device=x.device` runs everywhere, unchanged.

# %%
torch.zeros(2, device=readings.device), torch.ones_like(readings), readings.new_full((2,), 7.0)

# %% [markdown]
# The way back is `.cpu()`, and from there to NumPy it is `.numpy()`. In the other direction stands `torch.from_numpy`. And
# `torch.tensor` takes an array as it takes a list: it copies the numbers.

# %%
readings.cpu().numpy()

# %%
places.homes_of_numbers()

# %% [markdown]
# The two ways on the left do not copy: the array and the tensor look at the same memory. **Predict** what `ours` holds after the
# array is changed, and its dtype:

# %%
array = np.array([0.5, 1.5, 2.5])
ours = torch.from_numpy(array)
array[0] = 100
ours

# %% [markdown]
# The change came through, and so did NumPy's `float64`. What PyTorch makes itself is `float32`, and the two do not mix in a matrix
# product:

# %%
try:
    ours @ torch.ones(3)
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown] outcomes=[5]
# ### Exercise 1.10 · at home everywhere · 2 points · ●●○ · 6 min
#
# **First part.** In chapter 3 you will need a column of ones beside your data. Write `with_ones(x)` for a flat `float32` tensor of
# `n` numbers: the result has shape `(n, 2)`, first the numbers, then the ones, on the device of `x`. There may be no accelerator
# in your machine, so the check brings a pretend one, with the same rules. The first time it takes a second to start.
#
# **Second part.** Write `from_array(array)`: a `float32` tensor with the numbers of a NumPy array of any type and shape, **with
# memory of its own**, so that a later change of the array does not reach it.
#
# <details><summary><b>The shape is <code>(2n,)</code>, <code>(2, n)</code> or <code>(2n, 1)</code></b></summary>
#
# Look at *Joining* again: which function makes a new dimension, and at which place? Or, with two columns made first: along
# which dimension do they stand side by side?
# </details>
#
# <details><summary><b>I get <code>expected Tensor as element 1</code>, or <code>stack expects each tensor to be equal size</code></b></summary>
#
# What is joined must be tensors, and `stack` wants one shape for all: a single 1 will not do, and neither will the `readings` of
# the notebook. Make as many ones as `x` has numbers.
# </details>
#
# <details><summary><b>I get <code>Dimension out of range (expected to be in range of [-1, 0], but got 1)</code></b></summary>
#
# A flat tensor has one dimension, number 0, and `cat` joins along a dimension that is there. Either make columns first, or take
# the function that makes a new dimension.
# </details>
#
# <details><summary><b>I get <code>Torch not compiled with CUDA enabled</code></b></summary>
#
# The code names a device that this machine does not have. Ask `x` where it is.
# </details>
#
# <details><summary><b>It works on the CPU, and fails when its inputs are on an accelerator</b></summary>
#
# Somewhere a tensor is made without being told where. And if you did move it with `to`: did you keep what `to` returned?
# </details>
#
# <details><summary><b>It says that both look at the same memory</b></summary>
#
# Where the array is `float32` already, a conversion to `float32` has nothing to do, and does not copy either. You need a function
# that copies whatever comes.
# </details>

# %% nbgrader={"grade": false, "grade_id": "with-ones", "locked": false, "schema_version": 3, "solution": true, "task": false}
def with_ones(x):
    """The numbers (n,) of x in a first column, ones in a second: (n, 2), on the device of x."""
    ### BEGIN SOLUTION
    return torch.stack([x, torch.ones_like(x)], dim=1)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "with-ones-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def ones_beside(x):
    return torch.stack([x, torch.ones_like(x)], 1)


check.agrees("with_ones", reference=ones_beside, inputs=lambda draw: draw.normal(draw.rows), mistaken={
    "wrong-order": lambda x: ones_beside(x).flip(1),
    "stacked-as-rows": lambda x: torch.stack([x, torch.ones_like(x)]),
    "joined-below": lambda x: torch.cat([x, torch.ones_like(x)])[:, None],
    "reshape-for-transpose": lambda x: torch.cat([x, torch.ones_like(x)]).reshape(-1, 2),
})
### END HIDDEN TESTS
check.example("with_ones", torch.tensor([5.0, 7.0, 9.0]), gives=torch.tensor([[5.0, 1.0], [7.0, 1.0], [9.0, 1.0]]),
              mistaken={
                  "stacked-as-rows": torch.tensor([[5.0, 7.0, 9.0], [1.0, 1.0, 1.0]]),
                  "joined-below": torch.tensor([[5.0], [7.0], [9.0], [1.0], [1.0], [1.0]])})
check.example("with_ones", torch.tensor([0.5, 2.5]), gives=torch.tensor([[0.5, 1.0], [2.5, 1.0]]),
              mistaken={"stacked-as-rows": torch.tensor([[0.5, 2.5], [1.0, 1.0]])})
check.any_device("with_ones", inputs=lambda draw: draw.normal(draw.rows))
### BEGIN HIDDEN TESTS
check.any_device("with_ones", inputs=lambda draw: draw.normal(draw.rows), reference=ones_beside)
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "from-array", "locked": false, "schema_version": 3, "solution": true, "task": false}
def from_array(array):
    """The numbers of a NumPy array as a float32 tensor of the same shape, with memory of its own."""
    ### BEGIN SOLUTION
    return torch.tensor(array, dtype=torch.float32)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "from-array-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("from_array", np.array([[0.5, 1.5], [2.5, 3.5]]), gives=torch.tensor([[0.5, 1.5], [2.5, 3.5]]))
### BEGIN HIDDEN TESTS
check.agrees("from_array", reference=lambda array: torch.tensor(array.tolist(), dtype=torch.float32),
             inputs=lambda draw: (draw.normal(draw.rows, 3).double().numpy(),))
check.agrees("from_array", reference=lambda array: torch.tensor(array.tolist(), dtype=torch.float32),
             inputs=lambda draw: (draw.integers(-9, 9, draw.rows).numpy(),))
### END HIDDEN TESTS
check.result_shares_storage("from_array", np.array([1.0, 2.0], dtype=np.float32), expected=False)
### BEGIN HIDDEN TESTS
check.result_shares_storage("from_array", np.ones((3, 2), dtype=np.float32)[1:], expected=False)
check.result_shares_storage("from_array", np.arange(4.0), expected=False)
### END HIDDEN TESTS

# %% [markdown]
# ## Challenge · windows without glass · 0 points · ●●● · 15 min
#
# To smooth a series of measurements you average each with its neighbours, in windows that move along by one. For
# `[5, 6, 7, 8, 9]` and windows of 3 these are `[5, 6, 7]`, `[6, 7, 8]`, `[7, 8, 9]`: nine numbers, where five are in memory. Do
# they have to be copied?
#
# Write `windows(x, size)` for a flat tensor of `n` numbers: its windows as a tensor of shape `(n − size + 1, size)`, **as a view**.
# `x.as_strided(shape, strides)` makes a view with any shape and strides that you name. Draw the storage first.
#
# <details><summary><b>I get <code>setStorage: sizes …</code>, or the windows do not overlap</b></summary>
#
# How far is it, in the storage, from the first number of one window to the first number of the next?
# </details>
#
# <details><summary><b>It is wrong for a tensor that is itself a slice</b></summary>
#
# In `series[::2]` the next number is two steps away. `x.stride(0)` tells.
# </details>

# %% nbgrader={"grade": false, "grade_id": "windows", "locked": false, "schema_version": 3, "solution": true, "task": false}
def windows(x, size):
    """All windows of `size` neighbours in x (n,), each one step after the last: (n - size + 1, size), as a view."""
    ### BEGIN SOLUTION
    step = x.stride(0)
    return x.as_strided((len(x) - size + 1, size), (step, step))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "windows-values", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check.example("windows", torch.tensor([5, 6, 7, 8, 9]), 3, gives=torch.tensor([[5, 6, 7], [6, 7, 8], [7, 8, 9]]))
check.example("windows", torch.tensor([5, 1, 6, 9, 8, 3, 2, 7])[::2], 3, gives=torch.tensor([[5, 6, 8], [6, 8, 2]]),
              mistaken={"transposed": torch.tensor([[5, 6], [6, 8], [8, 2]])})
### BEGIN HIDDEN TESTS
def windows_by_index(x, size):
    return x[torch.arange(len(x) - size + 1)[:, None] + torch.arange(size)]


check.agrees("windows", reference=windows_by_index, inputs=lambda draw: (draw.normal(draw.rows + 3), 4))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "windows-view", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check.result_shares_storage("windows", torch.arange(9.0), 4)
### BEGIN HIDDEN TESTS
check.result_shares_storage("windows", torch.arange(30.0), 1)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# | you want to | you write |
# | --- | --- |
# | make a tensor | `torch.tensor([…])`, `zeros`, `arange`, `randint`; with `dtype=` where it matters |
# | know it | `.shape`, `.dtype`, `.device`, `.stride()`, `.storage_offset()` |
# | a view | slices, `view`, `t()`, `expand`; what you write into it reaches the original |
# | a copy | `clone()`, a mask, a list of indices, arithmetic |
# | a column | `view(-1, 1)`, `[:, None]`, `unsqueeze(1)` |
# | one number a row | `sum(dim=1)`; with `keepdim=True` if it goes back to the table |
# | a product | `@` adds up, `*` does not |
# | any device | `device=x.device`, `ones_like(x)`; `x = x.to(device)` |
#
# - A tensor is a storage, an offset, strides and a shape. Views change the last three and move nothing.
# - An underscore means in place.
# - Shapes line up from the right. `(n, 1)` against `(n,)` is `(n, n)`, without a word of warning.
# - `dim` names the dimension that disappears.
# - A loop pays for every call; one expression pays once.
#
# **Next**, chapter 2: PyTorch remembers how each number was computed, and walks that path backwards. From a formula you will get
# its gradient without writing a derivative.
#
# **To read**
# - The manual on [tensor views](https://docs.pytorch.org/docs/stable/tensor_view.html), a list of everything that does not copy,
#   and on [broadcasting](https://docs.pytorch.org/docs/stable/notes/broadcasting.html)
# - Edward Z. Yang, [PyTorch internals](https://blog.ezyang.com/2019/05/pytorch-internals/), the first third: strides, drawn
# - Sasha Rush, [Tensor Puzzles](https://github.com/srush/Tensor-Puzzles): twenty-one functions to rebuild with nothing but
#   broadcasting

# %% [markdown]
# ## Check the whole chapter
#
# Is nobody marking your work? Then this is your desk. *Check everything* runs the saved notebook from top to bottom in a fresh
# start, with all tests there are, the hidden ones included. To each exercise there are three hints, from a nudge to nearly told,
# and a worked solution, which you may read when you have passed, or after three honest tries. In a terminal the same is called
# `course check tensors`, `course hint 1.2`, `course solution 1.2` and `course progress`. In a class, hand in instead: there
# this cell says so, and no more.

# %%
from course import study

study.desk("tensors")
