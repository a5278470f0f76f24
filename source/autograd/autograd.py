# ---
# title: "Chapter 2, autograd: the text from which `course build` makes the notebooks. Edit this file, never the .ipynb."
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 2 · Autograd
#
# To train a model is to ask, again and again: if this number were a little larger, how would the result change? A small
# model asks it of two numbers, a large one of a billion. PyTorch answers for all of them at once, for the price of computing
# the result a few times. In this chapter you find out how: first on paper, then with an engine that you write yourself,
# and then with PyTorch's, whose few sharp edges will hold no surprise for you after that.
#
# **You will be able to**
#
# 1. say what gradient and Jacobian of a function are, and which shapes they have;
# 2. draw the computational graph of a formula, and walk it back by hand;
# 3. write a reverse-mode engine in thirty lines, and trust PyTorch because yours agrees with it;
# 4. use `requires_grad`, `backward`, `.grad`, `zero_`, `detach` and `no_grad`, and read the errors they give;
# 5. check a gradient numerically, and know how far such a check can be trusted.
#
# **You need** chapter 1, how a class is written in Python (`__init__`, `self`), and from school: the derivatives of powers,
# cosine and logarithm, and the chain rule. We go over it.
#
# **Time** about two hours and a quarter: 85 minutes for the exercises, the rest to read, predict and play. The end of exercise
# 2.2 is a good place for a pause. The challenge at the end, for no points, takes 15 minutes more. 20 points, of which 4 are given
# by a person who reads your derivation.
#
# Each exercise has a cell for your code, marked `YOUR CODE HERE`, and below it one or more cells that check it; a derivation has
# a cell marked `YOUR ANSWER HERE`. Run the checks as often as you like. When you hand the notebook in, the same ideas are checked
# again on fresh numbers. Cells further down that use what you have written fail until it is there; they say which exercise they
# need.

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math

import torch
from torch.autograd import gradcheck
from torch.autograd.functional import jacobian

from course import check
from course.plots import graph, jacobians, landscape, recording, slopes_and_steps
from course.widgets.graph_stepper import graph_stepper

# %% [markdown]
# ## A slope
#
# Here is a curve. It is made of a cosine, a square and a logarithm, and it will stay with us for the whole chapter:
#
# $$g(t) = 2\cos^2 t + \ln \cos t$$

# %%
def wave(t):
    return 2 * torch.cos(t) ** 2 + torch.log(torch.cos(t))


slopes_and_steps.secants(wave, at=0.9, steps=(0.5, 0.2))

# %% [markdown]
# How steep is it at $t = 0.9$? Go a step $h$ to the right, see how much the height has changed, and divide the one by the other.
# That is the slope of a *secant*, a line through two points of the curve. The *derivative* is what the secants tend to when the
# step shrinks:
#
# $$g'(t) = \lim_{h \to 0} \frac{g(t + h) - g(t)}{h}$$
#
# Let us try it. (`item()` turns a tensor with a single number into a Python number, which prints more plainly.)

# %%
t = torch.tensor(0.9)
for h in (0.5, 0.2, 0.1, 0.01):
    print(h, ((wave(t + h) - wave(t)) / h).item())

# %% [markdown]
# They settle near −3.21. Now take a step that is very small indeed. **Predict** the next number before you run the cell:
# −3.2078, −3.21, or something else?

# %%
h = 1e-7
((wave(t + h) - wave(t)) / h).item()

# %% [markdown]
# −5.07, far off. Two numbers that agree in nearly all their digits were subtracted, and what was left is mostly rounding error.
# We come back to this at the end. For now: a computer cannot go to the limit. It needs another way.
#
# That other way is the *chain rule*. Take the formula apart, $u = \cos t$ and $g = 2u^2 + \ln u$. A little more $t$ changes
# $u$ by $-\sin t$ times as much; a little more $u$ changes $g$ by $4u + 1/u$ times as much; so a little more $t$ changes $g$ by
# the product of the two. Each factor is the derivative of one simple step, a *local derivative*.

# %%
u = torch.cos(t)
(4 * u + 1 / u) * -torch.sin(t)

# %% [markdown]
# No limit, no small step, and as many digits as the numbers have. Everything in this chapter is this rule, applied with care.
#
# ## Many inputs: the gradient
#
# Put a product in place of $t$, and the curve becomes a landscape over two inputs:
#
# $$f(x, y) = 2\cos^2(xy) + \ln\cos(xy)$$

# %%
def f(x, y):
    return wave(x * y)


landscape.contours(f, at=(0.6, 1.5))

# %% [markdown]
# Now there is one slope for each input. Move $x$ and hold $y$ still, and you get the *partial derivative* with respect to $x$,
# written $\partial f / \partial x$. Move $y$ and hold $x$ still for the other one.

# %%
x, y, h = torch.tensor(0.6), torch.tensor(1.5), 0.001
(f(x + h, y) - f(x, y)) / h, (f(x, y + h) - f(x, y)) / h

# %% [markdown]
# All partial derivatives together are the *gradient*. It is the arrow in the picture: it points where $f$ grows fastest,
# straight across the lines of equal height, and the steeper the ground, the longer it is.
#
# The gradient has one number for each input, so **it has the shape of the input**. If a result depends on a tensor of shape
# `(2, 3)`, its gradient with respect to that tensor has shape `(2, 3)`, too, and says entry by entry: how would the result
# change if *this* entry were a little larger? Whenever you are unsure about a formula, ask for its shape first.
#
# ## Many outputs: the Jacobian
#
# A function may also have several results. Here two numbers go in and three come out:

# %%
def three_of_two(u):
    return torch.stack([u[0] + u[1], u[0] * u[1], u[0] ** 2])


u = torch.tensor([2.0, 5.0])
three_of_two(u)

# %% [markdown]
# Every result has a partial derivative with respect to every input. They are kept in a table, the *Jacobian*: **one row for
# each output, one column for each input**. For a function from $n$ numbers to $m$ numbers it is $m \times n$. Each of its rows
# is the gradient of one output.
#
# **Predict** the Jacobian of `three_of_two` at $u = (2, 5)$: its shape, and the middle row. Then let PyTorch compute it:
# `jacobian(function, inputs)`, imported at the top, gives the table at one point.

# %%
table = jacobian(three_of_two, u)
jacobians.table(table, outputs=("u₀ + u₁", "u₀ · u₁", "u₀²"), inputs=("u₀", "u₁"))

# %% [markdown]
# The middle row says: with $u_0$ a little larger, the product grows 5 times as much, because $u_1 = 5$ stands beside it.
#
# And for a matrix product, $y = Ax$? **Predict** its Jacobian before you look. (`lambda x: A @ x` is a function without a name,
# that takes `x` and returns `A @ x`.)

# %%
A = torch.tensor([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])
jacobian(lambda x: A @ x, torch.tensor([1.0, 1.0, 2.0]))

# %% [markdown] outcomes=[1]
# It is $A$ itself, wherever you are: a linear function has the same slopes everywhere. The chain rule holds for Jacobians, too:
# for one function after another, the Jacobians are multiplied, as matrices.
#
# ### Exercise 2.1 · a Jacobian, by hand · 1 point · ●○○ · 5 min
#
# Take the function from three numbers to two
#
# $$q(x) = \left(x_0^2\, x_1,\;\; x_1 - 3 x_2\right)$$
#
# Work out its partial derivatives on paper, and write `jacobian_by_hand(x)`, which returns its Jacobian at `x`, a tensor of
# shape `(3,)`, as a tensor of the right shape. The first check is at $x = (2, 3, 5)$. (A call of `jacobian` gives the same table,
# and the checks take it. But what you are to find out here is whether you could have said what it says.)
#
# <details><summary><b>I get <code>a tensor of shape (3, 2), where (2, 3) was due</code></b></summary>
#
# Two outputs, three inputs. Which of them counts the rows?
# </details>
#
# <details><summary><b>How do I make a tensor out of numbers that I have computed?</b></summary>
#
# `torch.tensor([[1.0, 2.0], [3.0, 4.0]])` takes plain numbers, and numbers like `x[0]` as well. `torch.stack` puts tensors of
# one shape on top of each other.
# </details>

# %% nbgrader={"grade": false, "grade_id": "jacobian-by-hand", "locked": false, "schema_version": 3, "solution": true, "task": false}
def jacobian_by_hand(x):
    """The Jacobian of q(x) = (x0² x1, x1 − 3 x2) at x, a tensor (3,): one row for each output."""
    ### BEGIN SOLUTION
    return torch.tensor([
        [2 * x[0] * x[1], x[0] ** 2, 0.0],
        [0.0, 1.0, -3.0],
    ])
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "jacobian-by-hand-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("jacobian_by_hand", torch.tensor([2.0, 3.0, 5.0]),
              gives=torch.tensor([[12.0, 4.0, 0.0], [0.0, 1.0, -3.0]]),
              mistaken={"partials-exchanged": torch.tensor([[4.0, 12.0, 0.0], [0.0, 1.0, -3.0]])})
### BEGIN HIDDEN TESTS
def two_of_three(x):
    return torch.stack([x[0] ** 2 * x[1], x[1] - 3 * x[2]])


check.agrees("jacobian_by_hand", reference=lambda x: jacobian(two_of_three, x), inputs=lambda draw: draw.normal(3),
             rows=(5, 12))
### END HIDDEN TESTS

# %% [markdown]
# ## Half a squared length
#
# The most common function of machine learning is a squared length: multiply inputs by a matrix, and ask how long the result is.
# For a matrix $A$ of shape $(m, n)$ and a vector $x$ of $n$ numbers,
#
# $$f(x) = \tfrac{1}{2} \lVert A x \rVert^2$$
#
# is a single number. In between stands $y = Ax$, with $m$ numbers:

# %%
jacobians.chain(rows=2, columns=3)

# %% [markdown] outcomes=[1]
# Read it from the right. A change of $x$ is turned into a change of $y$ by the Jacobian of the first step, and that into a
# change of $f$ by the Jacobian of the second. **Predict** from the shapes alone: what shape has the gradient of $f$ with respect
# to $x$, and which products of $A$, its transpose $A^\top$ and $x$ have that shape?
#
# Two tools will help. A Jacobian of a function with *one* result is a single row: for $\tfrac12 (y_0^2 + y_1^2)$ it is
# $(y_0 \;\; y_1)$, of shape $(1, 2)$. And in a sum such as $\sum_j c_j x_j = c_0 x_0 + c_1 x_1 + \dots$ one entry, say $x_1$,
# stands in one term only, so the derivative with respect to $x_1$ is the number beside it, $c_1$.
#
# ### Exercise 2.2 · a derivation, and the same as code · 5 points · ●●○ · 25 min
#
# **First part, 4 points.** Show that the gradient of $f(x) = \tfrac12 \lVert Ax \rVert^2$ is $A^\top A x$, **in two ways**:
#
# 1. with the chain rule through $y = Ax$: give the Jacobian of each step with its shape, multiply them, and say how a row
#    becomes the gradient;
# 2. by expanding $\lVert Ax \rVert^2$ into a sum over the entries of $A$ and $x$, and differentiating with respect to one $x_k$.
#
# Write text and formulas: `$…$` in a line, `$$…$$` on a line of its own, `A^\top` for a transpose, `\sum_i` for a sum, `\partial`
# for the round d. In a class a person reads and marks this answer; on your own, compare it with the worked solution, which
# *Solution* at the end of the chapter shows. Double-click the cell below to write in it.
#
# <details><summary><b>I do not know how to begin the sum</b></summary>
#
# Take $m = n = 2$ first, and write everything out:
# $f = \tfrac12 (A_{00} x_0 + A_{01} x_1)^2 + \tfrac12 (A_{10} x_0 + A_{11} x_1)^2$. Differentiate that with respect to $x_0$, and see what the terms have in common. Then put the sums back.
# </details>
#
# <details><summary><b>My sum has two indices. Which of them is <code>k</code>?</b></summary>
#
# Neither. One index counts the entries of $Ax$, the other one the entries of $x$ inside each of them; both run over all their
# values. $k$ is fixed, and it is a third letter: it names the one entry of $x$ that you move. Which terms contain $x_k$?
# </details>
#
# <details><summary><b>I have a row, not a column</b></summary>
#
# That is what a Jacobian of one result is, of shape $(1, n)$. The gradient has the shape of $x$. Say how the one becomes the
# other, and what that does to a product: $(BC)^\top = C^\top B^\top$.
# </details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "half-squared-length", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# **With the chain rule.** The first step is $y = Ax$, whose Jacobian is $A$, of shape $(m, n)$, since
# $\partial y_i / \partial x_k = A_{ik}$. The second is $f = \tfrac12 \sum_i y_i^2$, whose Jacobian is one row, $y^\top$ of shape
# $(1, m)$, since $\partial f / \partial y_i = y_i$: the half cancels the two. Together
#
# $$\frac{\partial f}{\partial x} = y^\top A = (Ax)^\top A = x^\top A^\top A, \qquad \text{shape } (1, m)\,(m, n) = (1, n)$$
#
# The gradient has the shape of $x$, so it is this row, transposed: $\nabla f = (x^\top A^\top A)^\top = A^\top A x$.
#
# **By expanding.** $f = \tfrac12 \sum_i \bigl( \sum_j A_{ij} x_j \bigr)^2$. One $x_k$ occurs in each of the inner sums once, with
# the factor $A_{ik}$, so
#
# $$\frac{\partial f}{\partial x_k} = \sum_i \Bigl( \sum_j A_{ij} x_j \Bigr) A_{ik} = \sum_i A_{ik} (Ax)_i = (A^\top A x)_k$$
#
# ### BEGIN MARK SCHEME
# | point | for |
# | --- | --- |
# | 1 | both Jacobians of the first way, $A$ and $y^\top$, with shapes $(m, n)$ and $(1, m)$ |
# | 1 | their product in the right order, and the transpose that turns the row into a gradient of shape $(n,)$ |
# | 1 | a correct expansion as a double sum (or as $\tfrac12 x^\top A^\top A x$), with indices that are told apart |
# | 1 | the derivative by one $x_k$, with the factor 2 cancelled visibly, and the result recognised as $(A^\top A x)_k$ |
#
# Half points are possible. $x^\top A^\top A$ given as the gradient, without a word about the row: half of the second point.
# Expanding as $\tfrac12 x^\top M x$ with $M = A^\top A$ and quoting $\tfrac12 (M + M^\top) x$ earns the last two points if the
# symmetry of $M$ is said. A check on numbers alone earns nothing here: the second part is for that. Do not mark down notation
# that is clear.
# ### END MARK SCHEME
# ### END SOLUTION

# %% [markdown]
# **Exercise 2.2, second part, 1 point.** Write `half_squared_length_gradient(matrix, x)`: the gradient that you have just
# derived, for a `matrix` of shape `(m, n)` and an `x` of shape `(n,)`, in one line of products. (The checks would take
# `jacobian`, too, but below your formula is compared with it.)
#
# <details><summary><b>I get <code>size mismatch</code>, or <code>mat1 and mat2 shapes cannot be multiplied</code></b></summary>
#
# Write the shapes below the formula, factor by factor. Two neighbours must agree in the sizes that touch.
# </details>

# %% nbgrader={"grade": false, "grade_id": "half-squared-length-gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def half_squared_length_gradient(matrix, x):
    """The gradient of ½‖matrix @ x‖² with respect to x. matrix: (m, n), x: (n,). Returns (n,)."""
    ### BEGIN SOLUTION
    return matrix.T @ (matrix @ x)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "half-squared-length-gradient-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def the_numbers(*numbers):
    return lambda matrix, x: torch.tensor(numbers)


matrix_and_x = torch.tensor([[2.0, 1.0, 0.0], [0.0, 1.0, -1.0]]), torch.tensor([1.0, 3.0, 1.0])
check.agrees("half_squared_length_gradient", inputs=lambda draw: matrix_and_x, rows=(2,),
             reference=the_numbers(10.0, 7.0, -2.0),
             mistaken={"factor-two": the_numbers(20.0, 14.0, -4.0), "factor-half": the_numbers(5.0, 3.5, -1.0)})
### BEGIN HIDDEN TESTS
check.agrees("half_squared_length_gradient", reference=lambda matrix, x: matrix.T @ matrix @ x,
             inputs=lambda draw: (draw.normal(draw.rows, 4), draw.normal(4)), rtol=1e-4, atol=1e-5)
### END HIDDEN TESTS

# %% [markdown]
# Does PyTorch agree, on numbers that nobody chose? `jacobian` knows nothing of your derivation. It differentiates the function
# itself. (The cell needs the second part of exercise 2.2.)

# %%
def half_squared_length(x):
    return 0.5 * (A @ x).square().sum()


A, x = torch.randn(5, 3), torch.randn(3)
half_squared_length_gradient(A, x), jacobian(half_squared_length, x)

# %% [markdown]
# ## The computational graph
#
# How does it do that? Take $f(x, y) = 2\cos^2(xy) + \ln\cos(xy)$ again, and write down each single operation, in the order in
# which a computer would do it. Every number gets a name.

# %%
graph.operations()

# %% [markdown]
# That is a *computational graph*: numbers, and arrows from each number to those that are computed from it. The numbers without
# an incoming arrow are called *leaves*. Along each arrow stands a local derivative, simple enough to know by heart. Note that
# $w_4$ is used twice; it has two *successors*.
#
# Two walks lead through the graph. The *forward* walk computes the values, $w_1$ to $w_8$. The *backward* walk then asks at
# each number: if this one were a little larger, how would the result $w_8$ change? The answer is called the *adjoint* of the
# number, written with a bar, $\bar w_i = \partial w_8 / \partial w_i$. At the end of the graph it is clear: $\bar w_8 = 1$. And
# from there one rule leads back to the leaves:
#
# > An adjoint is the sum, over all successors, of the successor's adjoint times the local derivative along the arrow.
#
# $$\bar w_i = \sum_{j \text{ successor of } i} \bar w_j \, \frac{\partial w_j}{\partial w_i}$$
#
# The sum is there because a number with two successors has two ways to change the result.
#
# ### Step through it
#
# 1. Press play, or click the slider of the steps and use the arrow keys, up to step 8. These are the values at $x = 0.6$ and
#    $y = 1.5$.
# 2. **Predict**, before you go on to step 13: from which two numbers does $\bar w_4$ come?
# 3. Go to the end. Which of the two slopes is the steeper one, and why that one?
# 4. Make $y$ larger until the graph breaks. Which operation fails, and at which $xy$?

# %%
graph_stepper()

# %% [markdown] outcomes=[2]
# The two adjoints at the leaves are the gradient, and they come out of *one* walk back. A thousand inputs would change nothing
# about that. This is why models are trained this way round. The numbers in a model that training may change are called its
# *parameters*, and there are many; how far off the model is, is one number, the *loss*. Many inputs, and one output.
#
# The local derivatives of the product are swapped: along the arrow from $w_1$ stands the value of $w_2$, and along the arrow
# from $w_2$ the value of $w_1$. So the smaller input has the steeper slope. And the graph breaks where $\cos(xy)$ reaches 0, at
# $xy = \pi/2$: the logarithm has no value there. Then the result has none, and no adjoint has one, not even $\bar w_8$: there is
# no result whose change one could ask about.
#
# ### Exercise 2.3 · walk back · 2 points · ●●○ · 8 min
#
# Write `walk_back(x, y)`. It takes two Python floats, computes the values that it needs with `math.cos`, `math.sin` and
# arithmetic, and returns the list of all eight adjoints, `[w̄1, w̄2, …, w̄8]`, as Python floats. In the first check $y = 2$, and
# $x$ is such that $xy$ has the cosine 0.8 and the sine 0.6, so that all of it can be done on paper. The checks go through your
# list as the walk does, from its end: they name the first adjoint that is wrong on the way, `w4_bar` for instance, and what comes
# after it need not be looked at yet.
#
# <details><summary><b>I do not know where to begin</b></summary>
#
# At the end of the list. Write `w8_bar = 1.0`, then go down: for each number, name its successors, and read the local
# derivatives off the arrows of the picture. The names of the picture make good names in the code.
# </details>
#
# <details><summary><b><code>w7_bar</code>, <code>w6_bar</code> or <code>w5_bar</code> is wrong</b></summary>
#
# The derivative along an arrow belongs to the number that the arrow *leaves*. The logarithm's slope stands on the arrow from
# $w_4$ to $w_7$: it is for $\bar w_4$, not for $\bar w_7$. Which arrow leaves $w_7$, and what stands on that one?
# </details>
#
# <details><summary><b><code>w4_bar</code> is wrong</b></summary>
#
# How many arrows leave $w_4$? Each of them brings one term, the adjoint at its end times what stands on it.
# </details>

# %% nbgrader={"grade": false, "grade_id": "walk-back", "locked": false, "schema_version": 3, "solution": true, "task": false}
def walk_back(x, y):
    """The adjoints of w1 … w8 in f(x, y) = 2 cos²(xy) + ln cos(xy), eight floats. x, y: floats, cos(xy) > 0."""
    ### BEGIN SOLUTION
    w1, w2 = x, y
    w3 = w1 * w2
    w4 = math.cos(w3)
    w8_bar = 1.0
    w7_bar = w8_bar
    w6_bar = w8_bar
    w5_bar = w6_bar * 2
    w4_bar = w5_bar * 2 * w4 + w7_bar / w4
    w3_bar = w4_bar * -math.sin(w3)
    w2_bar = w3_bar * w1
    w1_bar = w3_bar * w2
    return [w1_bar, w2_bar, w3_bar, w4_bar, w5_bar, w6_bar, w7_bar, w8_bar]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "walk-back-on-paper", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def from_the_end(adjoints):
    """Eight adjoints by their names, the last one first, as the walk meets them."""
    if not isinstance(adjoints, (list, tuple)) or len(adjoints) != 8:
        what = f"{len(adjoints)} items" if isinstance(adjoints, (list, tuple)) else repr(adjoints)
        raise ValueError(f"walk_back gave {what}, where a list of eight numbers was due")
    return {f"w{place + 1}_bar": adjoints[place] for place in reversed(range(8))}


def walk_back_from_the_end(x, y):
    """What walk_back(x, y) gives, from w8_bar to w1_bar, so that the first wrong one is where the walk went wrong."""
    return from_the_end(walk_back(x, y))


def always(*numbers):
    return lambda x, y: from_the_end(numbers)


angle = math.acos(0.8)
check.agrees("walk_back_from_the_end", inputs=lambda draw: (angle / 2, 2.0), rows=(12,),
             reference=always(-5.34, -1.335 * angle, -2.67, 4.45, 2, 1, 1, 1), mistaken={
    "path-left-out": always(-3.84, -0.96 * angle, -1.92, 3.2, 2, 1, 1, 1),
    "term-replaced": always(-1.5, -0.375 * angle, -0.75, 1.25, 2, 1, 1, 1),
    "slope-of-cosine": always(5.34, 1.335 * angle, 2.67, 4.45, 2, 1, 1, 1),
    "own-factor": always(-1.335 * angle, -5.34, -2.67, 4.45, 2, 1, 1, 1),
    "adjoint-not-passed-on": always(2, angle / 2, -0.6, 2.85, 2, 1, 1, 1),
})

# %% nbgrader={"grade": true, "grade_id": "walk-back-anywhere", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("walk_back_from_the_end", 0.0, 3.0, gives=from_the_end([0, 0, 0, 5, 2, 1, 1, 1]), mistaken={
    "path-left-out": from_the_end([0, 0, 0, 4, 2, 1, 1, 1]), "term-replaced": from_the_end([0, 0, 0, 1, 2, 1, 1, 1])})
### BEGIN HIDDEN TESTS
def adjoints_of(x, y):
    w = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in (x, y)]
    w.append(w[0] * w[1])
    w.append(w[2].cos())
    w += [w[3] ** 2, 2 * w[3] ** 2, w[3].log()]
    w[5] = 2 * w[4]
    w.append(w[5] + w[6])
    return from_the_end([gradient.item() for gradient in torch.autograd.grad(w[7], w)])


def somewhere(draw):
    return draw.uniform(0.3, 0.9, 1).item(), draw.uniform(-1.5, -0.4, 1).item()


check.agrees("walk_back_from_the_end", reference=adjoints_of, inputs=somewhere)
### END HIDDEN TESTS

# %% [markdown]
# Put into one line for each input, what you have walked is
#
# $$\frac{\partial f}{\partial x} = -4y\cos(xy)\sin(xy) - y\,\frac{\sin(xy)}{\cos(xy)} \qquad
# \frac{\partial f}{\partial y} = -4x\cos(xy)\sin(xy) - x\,\frac{\sin(xy)}{\cos(xy)}$$
#
# Let us see, at the point of the exhibit, with your answer to exercise 2.3:

# %%
x, y = 0.6, 1.5
by_formula = -4 * y * math.cos(x * y) * math.sin(x * y) - y * math.sin(x * y) / math.cos(x * y)
by_formula, walk_back(x, y)[0]

# %% [markdown]
# ## An engine
#
# You walked back by reading arrows. Nothing in it needs a person: a program that writes down each operation while it computes
# can walk back by itself. Such a program is called a *reverse-mode engine*, and you now write one, in three small steps: rules,
# recording, and the walk.
#
# A **rule** knows one operation. It takes numbers, and returns the value together with the local derivative by each of them.
# The rule for sums is the simplest. If either number grows, the sum grows just as much:

# %%
def add(a, b):
    """The value of a + b, and the local derivatives with respect to a and b."""
    return a + b, (1.0, 1.0)


add(3.0, 4.0)

# %% [markdown] outcomes=[3]
# ### Exercise 2.4 · four rules · 2 points · ●○○ · 5 min
#
# Write the other rules, in plain Python: `mul`, `power`, `cos` and `log`. All return a value and a tuple with one local
# derivative for each number that is not fixed. `power` has a fixed exponent, so its tuple has one entry. A tuple of one is
# written `(slope,)`, with a comma. For the values and slopes take `math.cos`, `math.sin` and `math.log`, with `math.` in front: the
# names `cos` and `log` are your own rules here.
#
# <details><summary><b>I get <code>a Python float, not a tuple</code></b></summary>
#
# Brackets alone do not make a tuple. `(2.0)` is a number, `(2.0,)` a tuple with one number in it.
# </details>
#
# <details><summary><b>I get <code>RecursionError: maximum recursion depth exceeded</code></b></summary>
#
# Inside `def cos(a)`, the name `cos` is the function that you are writing, so it calls itself for ever. Which cosine did you mean?
# </details>

# %% nbgrader={"grade": false, "grade_id": "rules", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mul(a, b):
    """The value of a · b, and the local derivatives with respect to a and b."""
    ### BEGIN SOLUTION
    return a * b, (b, a)
    ### END SOLUTION


def power(a, exponent):
    """The value of a to the power of a fixed exponent, and the local derivative with respect to a."""
    ### BEGIN SOLUTION
    return a ** exponent, (exponent * a ** (exponent - 1),)
    ### END SOLUTION


def cos(a):
    """The value of cos(a), and the local derivative with respect to a."""
    ### BEGIN SOLUTION
    return math.cos(a), (-math.sin(a),)
    ### END SOLUTION


def log(a):
    """The value of the natural logarithm of a, and the local derivative with respect to a."""
    ### BEGIN SOLUTION
    return math.log(a), (1 / a,)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "rules-mul-power", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.agrees("mul", reference=lambda a, b: (12.0, (4.0, 3.0)), inputs=lambda draw: (3.0, 4.0), rows=(12,),
             mistaken={"own-factor": lambda a, b: (12.0, (3.0, 4.0)),
                       "rule-of-sums": lambda a, b: (12.0, (1.0, 1.0))})
check.example("power", 3.0, 2, gives=(9.0, (6.0,)))
check.example("power", 3.0, 3, gives=(27.0, (27.0,)))
### BEGIN HIDDEN TESTS
def one_number(draw):
    return draw.uniform(0.2, 1.4, 1).item()


check.agrees("mul", reference=lambda a, b: (a * b, (b, a)), inputs=lambda draw: (one_number(draw), -one_number(draw)))
check.agrees("power", reference=lambda a, exponent: (a ** exponent, (exponent * a ** (exponent - 1),)),
             inputs=lambda draw: (one_number(draw), int(draw.integers(2, 7, 1))))
check.example("power", 4.0, 0.5, gives=(2.0, (0.25,)))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "rules-cos-log", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("cos", math.pi / 2, gives=(0.0, (-1.0,)), mistaken={"slope-of-cosine": (0.0, (1.0,))})
check.example("cos", -math.pi / 6, gives=(0.8660254, (0.5,)), mistaken={"slope-of-cosine": (0.8660254, (-0.5,))})
check.example("log", 2.0, gives=(0.6931472, (0.5,)))
check.example("log", 0.25, gives=(-1.3862944, (4.0,)))
### BEGIN HIDDEN TESTS
def an_angle(draw):  # defined here, since a cell whose check fails defines nothing below it
    return draw.uniform(0.2, 1.4, 1).item()


check.agrees("cos", reference=lambda a: (math.cos(a), (-math.sin(a),)), inputs=an_angle)
check.agrees("log", reference=lambda a: (math.log(a), (1 / a,)), inputs=an_angle)
### END HIDDEN TESTS

# %% [markdown]
# Rules compute, and forget. To walk back, we need to know what came from where. So each number of the graph becomes a `Node`,
# with room for four things:

# %%
class Node:
    """One number of a graph: its value, the nodes it came from, the slope by each of them, and its adjoint."""

    def __init__(self, value, predecessors=(), slopes=()):
        self.value = value
        self.predecessors = predecessors
        self.slopes = slopes
        self.adjoint = 0.0


leaf = Node(0.6)
leaf.value, leaf.predecessors, leaf.adjoint

# %% [markdown] outcomes=[3]
# ### Exercise 2.5 · recording · 1 point · ●●○ · 5 min
#
# Write `apply(rule, *nodes, **fixed)`. It runs a rule on the *values* of the nodes, and returns a new `Node` that remembers:
# the value, the tuple of nodes it came from, and the slopes. Whatever is fixed, such as an exponent, goes to the rule as it is.
# So `apply(power, w4, exponent=2)` calls `power(w4.value, exponent=2)`.
#
# In the first line of a function, `*nodes` collects the plain arguments of a call in a tuple, and `**fixed` collects the named
# ones in a dictionary, here `{"exponent": 2}`. In a call, the stars hand them out again: `rule(*values)` passes the numbers of a
# list one by one, and `rule(*values, **fixed)` passes the named ones too, each under its name.
#
# <details><summary><b>I get <code>unsupported operand type(s) for *: 'float' and 'Node'</code></b></summary>
#
# The rules know numbers only. What must be taken out of each node before the rule is called?
# </details>
#
# <details><summary><b>The predecessors are numbers, or copies</b></summary>
#
# The walk back will write into the predecessors. They must be the very nodes that were passed in.
# </details>

# %% nbgrader={"grade": false, "grade_id": "apply", "locked": false, "schema_version": 3, "solution": true, "task": false}
def apply(rule, *nodes, **fixed):
    """A new Node: the rule's value for the nodes' values, with the nodes as predecessors and the rule's slopes."""
    ### BEGIN SOLUTION
    value, slopes = rule(*[node.value for node in nodes], **fixed)
    return Node(value, nodes, slopes)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "apply-remembers", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def scaled_square(a, scale):
    return scale * a * a, (2 * scale * a,)


def scaled_product(a, b, scale):
    return scale * a * b, (scale * b, scale * a)


def what_apply_made(rule, numbers, scale):
    """What is in the node that apply makes of nodes with these numbers, and whether it knows these very nodes."""
    nodes = [Node(number) for number in numbers]
    made = apply(rule, *nodes, scale=scale)
    if not isinstance(made, Node):
        raise TypeError(f"apply gave {made!r}, where a Node was due")
    same = [any(known is node for node in nodes) for known in made.predecessors]
    return {"value": made.value, "slopes": made.slopes, "adjoint": made.adjoint, "predecessor is the node itself": same}


def made_of(value, *slopes, same=True):
    return {"value": value, "slopes": slopes, "adjoint": 0.0, "predecessor is the node itself": [same] * len(slopes)}


check.example("what_apply_made", scaled_square, [3.0], 10.0, gives=made_of(90.0, 60.0),
              mistaken={"node-not-remembered": made_of(90.0, 60.0, same=False)})
check.example("what_apply_made", scaled_product, [3.0, 4.0], 10.0, gives=made_of(120.0, 40.0, 30.0))
### BEGIN HIDDEN TESTS
def two_numbers_and_scale(draw):
    return scaled_product, draw.uniform(-2, 2, 2).tolist(), draw.uniform(-2, 2, 1).item()


def two_remembered(rule, numbers, scale):
    value, slopes = rule(*numbers, scale=scale)
    return made_of(value, *slopes)


check.agrees("what_apply_made", inputs=two_numbers_and_scale, reference=two_remembered)
### END HIDDEN TESTS

# %% [markdown]
# The eight numbers of our graph, line by line as in the picture, with your rules (exercise 2.4) and your `apply` (2.5). The 2 of
# $w_6$ is a node as well, a leaf that nobody asks about.

# %%
def build(x, y):
    """The nodes w1 … w8 of f(x, y) = 2 cos²(xy) + ln cos(xy)."""
    w1, w2 = Node(x), Node(y)
    w3 = apply(mul, w1, w2)
    w4 = apply(cos, w3)
    w5 = apply(power, w4, exponent=2)
    w6 = apply(mul, Node(2.0), w5)
    w7 = apply(log, w4)
    w8 = apply(add, w6, w7)
    return w1, w2, w3, w4, w5, w6, w7, w8


[round(node.value, 4) for node in build(0.6, 1.5)]

# %% [markdown]
# The walk back has to visit $w_5$ *and* $w_7$ before $w_4$, because both of them send something there. In general: a node
# comes after all its successors. Here is a way to line nodes up, each one after its predecessors. Reversed, that is the order
# for the walk.

# %%
def in_order(last):
    """All nodes that `last` was computed from, and itself, each one after its predecessors."""
    found = []

    def visit(node):
        if node not in found:
            for predecessor in node.predecessors:
                visit(predecessor)
            found.append(node)

    visit(last)
    return found


[round(node.value, 4) for node in in_order(build(0.6, 1.5)[-1])]

# %% [markdown] outcomes=[3]
# ### Exercise 2.6 · the walk · 2 points · ●●● · 8 min
#
# Write `run_backward(last)`. It fills in the adjoint of every node that `last` was computed from. First it sets all of them to
# 0, so that a second run gives the same as the first; then the last one to 1; then it walks. It returns nothing.
#
# The rule of the adjoints says what a node *receives*. In a program it is easier the other way round: when the walk comes to a
# node, that node's adjoint is complete, and it *sends* to each of its predecessors what is due. `reversed(nodes)` goes through a
# list from its end, and `for predecessor, slope in zip(node.predecessors, node.slopes):` goes through two tuples side by side.
#
# <details><summary><b>All adjoints are 0, or all but the last</b></summary>
#
# The first one to send is the last node, and it can only send what it has. And what `reversed(…)` or `zip(…)` gives can be gone
# through once: under one name for two loops, it has nothing left for the second. Write it in the line of the loop.
# </details>
#
# <details><summary><b>A node that is used twice has too small an adjoint</b></summary>
#
# Two messages arrive there. Does the second replace the first, or is it added?
# </details>
#
# <details><summary><b>Some adjoints near the inputs are too small</b></summary>
#
# Perhaps a node sent before it had received everything. In which direction do you go through `in_order(last)`?
# </details>
#
# <details><summary><b>Some adjoints are too large</b></summary>
#
# Perhaps a node sent twice, for instance in a function that calls itself for each predecessor: what it had received the first time
# was sent again the second time. Each node sends once, when its adjoint is complete.
# </details>

# %% nbgrader={"grade": false, "grade_id": "run-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def run_backward(last):
    """Fill in the adjoint of every node that `last` was computed from: the slope of last.value by its value."""
    ### BEGIN SOLUTION
    nodes = in_order(last)
    for node in nodes:
        node.adjoint = 0.0
    last.adjoint = 1.0
    for node in reversed(nodes):
        for predecessor, slope in zip(node.predecessors, node.slopes):
            predecessor.adjoint += node.adjoint * slope
    ### END SOLUTION

# %% [markdown]
# The first check is a small graph, $s = a \cdot a$, then $q = 4s$, then $q + a$, at $a = 3$: the slope is $8a + 1 = 25$. The same
# node is both factors of $s$.

# %% nbgrader={"grade": true, "grade_id": "run-backward-small", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def run_backward_on_a_square(a, runs):
    """The adjoints of q + a, q = 4s, s = a·a and a, as the walk meets them, after so many runs of run_backward."""
    first = Node(a)
    square = Node(a * a, (first, first), (a, a))
    four = Node(4 * a * a, (square,), (4.0,))
    total = Node(4 * a * a + a, (four, first), (1.0, 1.0))
    for _ in range(runs):
        run_backward(total)
    return {"q + a": total.adjoint, "q": four.adjoint, "s": square.adjoint, "a": first.adjoint}


def adjoints_are(*numbers):
    return lambda a, runs: dict(zip(["q + a", "q", "s", "a"], numbers))


small_mistakes = {
    "term-replaced": adjoints_are(1, 1, 4, 12), "same-node-counted-once": adjoints_are(1, 1, 4, 13),
    "walk-in-wrong-order": adjoints_are(1, 1, 0, 1), "walk-without-start": adjoints_are(0, 0, 0, 0),
    "adjoint-not-passed-on": adjoints_are(1, 1, 4, 7), "loop-used-up": adjoints_are(1, 0, 0, 0),
}
check.agrees("run_backward_on_a_square", reference=adjoints_are(1, 1, 4, 25), inputs=lambda draw: (3.0, 1), rows=(12,),
             mistaken=small_mistakes)
check.agrees("run_backward_on_a_square", reference=adjoints_are(1, 1, 4, 25), inputs=lambda draw: (3.0, 2), rows=(12,),
             mistaken={"adjoints-not-cleared": adjoints_are(1, 2, 12, 98), **small_mistakes})
### BEGIN HIDDEN TESTS
check.agrees("run_backward_on_a_square", reference=lambda a, runs: {"q + a": 1, "q": 1, "s": 4, "a": 8 * a + 1},
             inputs=lambda draw: (draw.uniform(2, 5, 1).item(), 3))
### END HIDDEN TESTS

# %% [markdown]
# The second is a ladder: each rung is computed from both rungs below it, and the second one, which has only one below, from that
# one. So there are many ways down.

# %% nbgrader={"grade": true, "grade_id": "run-backward-ladder", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def run_backward_on_a_ladder(slope, rungs):
    """The adjoints of a ladder's rungs, bottom first; each is slope times the sum of the (at most two) rungs below it."""
    nodes = [Node(1.0)]
    for _ in range(rungs - 1):
        below = tuple(nodes[-2:])
        nodes.append(Node(slope * sum(node.value for node in below), below, (slope,) * len(below)))
    run_backward(nodes[-1])
    return [node.adjoint for node in nodes]


check.example("run_backward_on_a_ladder", 1.0, 6, gives=[8.0, 5.0, 3.0, 2.0, 1.0, 1.0])
### BEGIN HIDDEN TESTS
def ladder_by_recurrence(slope, rungs):
    adjoints = [0.0, 1.0]
    for _ in range(rungs - 1):
        adjoints.append(slope * (adjoints[-1] + adjoints[-2]))
    return adjoints[:0:-1]


check.agrees("run_backward_on_a_ladder", reference=ladder_by_recurrence,
             inputs=lambda draw: (draw.uniform(0.3, 0.9, 1).item(), draw.rows + 4))
### END HIDDEN TESTS

# %% [markdown]
# Now the engine that you wrote (exercises 2.4 to 2.6), on the graph that you walked by hand:

# %%
nodes = build(0.6, 1.5)
run_backward(nodes[-1])
[round(node.adjoint, 4) for node in nodes]

# %% [markdown]
# ## Backward
#
# PyTorch does the same, on tensors. A tensor that you made, with `requires_grad=True`, is a leaf that somebody will ask
# about. Every operation on it is recorded, as your `apply` did: the result knows its operation, under `grad_fn`, and through
# it everything before.

# %%
x = torch.tensor(0.6, dtype=torch.float64, requires_grad=True)
y = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
w3 = x * y
w4 = torch.cos(w3)
w8 = 2 * w4 ** 2 + torch.log(w4)
w8, x.is_leaf, w8.is_leaf

# %% [markdown]
# `backward()` is your `run_backward`. It starts at the number it is called on, walks back, and leaves what arrives at each leaf
# in the leaf's `.grad`. **Predict** both numbers; you have seen them several times by now.

# %%
w8.backward()
x.grad, y.grad

# %%
nodes = build(0.6, 1.5)
run_backward(nodes[-1])
torch.tensor([x.grad - nodes[0].adjoint, y.grad - nodes[1].adjoint])

# %% [markdown]
# Your engine and PyTorch's agree to the last digit or nearly so. Both are exact but for rounding; no step was taken anywhere.
#
# What about the numbers in between? PyTorch walks through them, and forgets their adjoints at once, to save memory. Only leaves
# keep a `.grad`. Ask for another one, and you get `None` and a warning:

# %%
print(w3.grad)

# %% [markdown]
# If you need it, say so *before* the walk. This is $\bar w_3$ of the exhibit:

# %%
w3 = x * y
w3.retain_grad()
wave(w3).backward()
w3.grad

# %% [markdown]
# And a tensor that nobody asked about, such as the data of a model, gets no gradient at all, whatever is computed from it:

# %%
measured = torch.tensor(3.0)
(x * measured).backward()
print(measured.grad, measured.requires_grad)

# %% [markdown]
# Which tensors are leaves? Those that you made, not those that were computed. **Predict** for each line whether it is one; the
# second catches many people.

# %%
made = torch.randn(3, requires_grad=True)
scaled = torch.randn(3, requires_grad=True) * 0.01
scaled_first = (torch.randn(3) * 0.01).requires_grad_()
made.is_leaf, scaled.is_leaf, scaled_first.is_leaf

# %% [markdown]
# `scaled` is the result of a product. The leaf is the tensor before it, which has no name, so nobody will ever read its `.grad`.
# `.to(…)` and `.double()` make results, too, wherever they change something.
#
# ### One graph, one walk
#
# To walk back, PyTorch keeps values of the forward walk, such as $w_4$ for the slope of the logarithm. After `backward()` it
# lets them go. **Predict** what a second `backward()` through the same graph does.

# %%
try:
    w8.backward()
except RuntimeError as error:
    print(error)

# %% [markdown]
# An error, and a helpful one. Compute the result anew, and there is a new graph. That is why training, which is a loop,
# computes the loss anew in every turn.
#
# ### From a vector, there is no single way back
#
# `backward()` sets the last adjoint to 1. That makes sense for one number. What if there are three?

# %%
points = torch.tensor([0.2, 0.5, 0.9], requires_grad=True)
heights = wave(points)
try:
    heights.backward()
except RuntimeError as error:
    print(error)

# %% [markdown]
# Three results and three inputs make a Jacobian of nine numbers. Three start adjoints are needed, one for each result,
# and PyTorch will not choose them for you: **a vector output needs a vector**. What comes out is that vector times
# the Jacobian, $v^\top J$, a weighted sum of its rows.

# %%
heights.backward(torch.tensor([0.0, 0.0, 1.0]))
points.grad

# %% [markdown] outcomes=[4]
# The vector `(0, 0, 1)` picked the last row. Its only entry that is not 0 is the slope at 0.9, for the last height depends on
# the last point alone; `-0.` is a zero too, from 0 times a negative slope. (The first call of this kind takes a moment, as
# PyTorch loads a part of itself that it had not needed.)
#
# With all ones the rows are added up. And that is the same as `heights.sum().backward()`, for the sum passes an adjoint of 1 on
# to each of its terms.
#
# ### Exercise 2.7 · every slope at once · 2 points · ●●○ · 5 min
#
# Write `slopes(function, points)`: the derivative of `function` at each of `points`, a tensor of shape `(n,)`, as a tensor of
# shape `(n,)`. The function works on each number by itself, like `wave` or `torch.exp`. Use one forward walk and **one** walk
# back, for any n. The tensor that you are given may be shared with others, so leave it as it is, its `requires_grad` too: make a
# leaf of your own from it, with `points.clone().requires_grad_()`.
#
# <details><summary><b>I get <code>grad can be implicitly created only for scalar outputs</code></b></summary>
#
# You called `backward()` on n numbers. Which single number has a gradient that holds all their slopes?
# </details>
#
# <details><summary><b>All slopes are too small, by one and the same factor</b></summary>
#
# Did you reduce with a mean? Its local derivatives are $1/n$.
# </details>
#
# <details><summary><b>The result is <code>None</code></b></summary>
#
# You read `.grad` of a tensor that is not the leaf. The leaf is the tensor on which you set `requires_grad`, itself.
# </details>

# %% nbgrader={"grade": false, "grade_id": "slopes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def slopes(function, points):
    """The derivative of an elementwise function at each of the points. points: (n,). Returns (n,)."""
    ### BEGIN SOLUTION
    leaf = points.clone().requires_grad_()
    function(leaf).sum().backward()
    return leaf.grad
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "slopes-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def cube(points):
    return points ** 3


def requires_grad_after_slopes(numbers):
    """Whether the tensor given to slopes requires a gradient afterwards; it did not before."""
    points = torch.tensor(numbers)
    slopes(cube, points)
    return points.requires_grad


check.example("slopes", cube, torch.tensor([1.0, 2.0, -1.0, 3.0]), gives=torch.tensor([3.0, 12.0, 3.0, 27.0]))
check.example("requires_grad_after_slopes", [1.0, 2.0], gives=False, mistaken={"given-tensor-made-leaf": True})
### BEGIN HIDDEN TESTS
def wobble(points):
    return torch.sin(3 * points) * points


def slopes_of_wobble(function, points):
    return 3 * torch.cos(3 * points) * points + torch.sin(3 * points)


check.agrees("slopes", reference=slopes_of_wobble, inputs=lambda draw: (wobble, draw.uniform(-2, 2, draw.rows)))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "slopes-one-walk", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.vectorised("slopes", reference=lambda function, points: 3 * points ** 2,
                 inputs=lambda draw: (cube, draw.uniform(-2, 2, draw.rows)), small=16, large=64)
### BEGIN HIDDEN TESTS
check.vectorised("slopes", reference=lambda function, points: torch.cos(points),
                 inputs=lambda draw: (torch.sin, draw.uniform(-2, 2, draw.rows)), small=16, large=64)
### END HIDDEN TESTS

# %% [markdown]
# The whole curve with its slopes, from one walk back of your `slopes` (exercise 2.7):

# %%
slopes_and_steps.curve_and_slopes(wave, slopes, low=-1.3, high=1.3)

# %% [markdown]
# ## Gradients add up
#
# Your `run_backward` begins by setting all adjoints to 0. PyTorch's `backward()` does not. **Predict** what this prints: three
# times the same number, or something else?

# %%
x = torch.tensor(2.0, requires_grad=True)
for _ in range(3):
    (x ** 2).backward()
    print(x.grad)

# %% [markdown]
# `backward()` **adds** to `.grad`, and never replaces what is there. One call of `backward()`, one walk back, is also called a
# *backward pass*. After two passes the gradient is doubled, after three it is tripled. There is a reason: a number that enters a
# result along two paths collects from both, and so it does from two results. But it means that you have to empty `.grad`
# yourself, before the next pass:

# %%
recording.accumulation([4.0, 8.0, 12.0], [4.0, 4.0, 4.0])

# %%
x.grad.zero_()
(x ** 2).backward()
x.grad

# %% [markdown]
# `zero_` fills a tensor with zeros, in place, as the underscore says. Instead you may write `x.grad = None`; then the next pass
# makes a new one. Two things do not work, and the messages are worth having seen once:

# %%
fresh = torch.tensor(2.0, requires_grad=True)
try:
    fresh.grad.zero_()
except AttributeError as error:
    print(error)
try:
    x.grad = 0
except TypeError as error:
    print(error)

# %% [markdown]
# Before the first pass there is no gradient to empty, `.grad` is `None`. And a gradient is a tensor or `None`, never a number.
#
# One more thing follows. `.grad` stays the *same tensor* from pass to pass. **Predict** what the list holds:

# %%
x, kept = torch.tensor(0.0, requires_grad=True), []
for number in (1.0, 2.0, 3.0):
    (number * x).backward()
    kept.append(x.grad)
kept

# %% [markdown]
# Three names for one tensor, which by now holds the sum. If you want to keep a gradient, keep a copy: `x.grad.clone()`.
#
# ## Leaving the graph
#
# Sometimes you do not want the recording: when you print, when you plot, when you change a leaf on purpose, or when a number
# that came out of a computation is to count as a constant. There are three doors out.
#
# **`detach()`** gives the same numbers without their history. It is a view: it shares its memory with the original (chapter 1),
# and `requires_grad` is off. (Older code writes `squares.data`, which does the same.)

# %%
x = torch.tensor([1.0, 2.0], requires_grad=True)
squares = x ** 2
squares.detach(), squares.detach().data_ptr() == squares.data_ptr()

# %%
recording.cut()

# %% [markdown]
# **Predict** the gradient of this product, in which one factor is the other one, detached: $2x$, or $x$, or 0?

# %%
x = torch.tensor([1.0, 2.0], requires_grad=True)
(x * x.detach()).sum().backward()
x.grad

# %% [markdown]
# It is $x$. The second factor has the same value, but counts as a constant; the walk back goes along one path only. Nothing
# warns you. A `detach()` in the wrong place does not stop a computation, it only makes its gradient smaller or takes it away.
#
# **`with torch.no_grad():`** stops the recording for all that is computed inside. It saves time and memory wherever nobody
# will walk back, and it is the place to change a leaf that requires a gradient:

# %%
x = torch.tensor([1.0, 2.0], requires_grad=True)
try:
    x += 1
except RuntimeError as error:
    print(error)
with torch.no_grad():
    x += 1
x, x.is_leaf

# %% [markdown]
# Outside, the change was refused, because the old value would be lost to a walk back. Inside, the leaf has new numbers, and is
# still a leaf. But look what happens if you do not change it, and make a new one instead. **Predict** its `requires_grad`:

# %%
with torch.no_grad():
    new = x - 1
new.requires_grad, new.grad_fn

# %% [markdown]
# Nothing was recorded, so nothing leads back. In chapter 3 this will be the difference between a parameter that learns and one
# that does not.
#
# Inside `no_grad` nobody stops you from changing a number that a walk back still needs. **Predict** what happens here, where $x$
# is changed after the forward walk and before the backward one; the slope of $x^2$ is $2x$.

# %%
x = torch.tensor([1.0, 2.0], requires_grad=True)
total = (x ** 2).sum()
with torch.no_grad():
    x += 1
try:
    total.backward()
except RuntimeError as error:
    print(error)

# %% [markdown]
# PyTorch counts how often a tensor has been changed (its *version*), finds that this one is not what it was, and gives no
# gradient rather than a wrong one. First walk back, then change.
#
# **`item()`** gives a Python number, for printing and for lists. `numpy()` wants to be sure that you mean it:

# %%
squares = x ** 2
try:
    squares.numpy()
except RuntimeError as error:
    print(error)
squares.detach().numpy(), squares.sum().item()

# %% [markdown] outcomes=[4]
# These numbers are for you to look at. If you put one of them back into a formula, the formula no longer knows where it came from.
#
# ### Exercise 2.8 · one gradient a point · 2 points · ●●○ · 8 min
#
# `slopes` worked for functions of one number. Now a `function` takes a point, a tensor of shape `(d,)`, and gives one number
# (a 0-d tensor). Write `gradients_at(function, points)`: the gradient at each row of `points`, a tensor of shape `(n, d)`. The
# result has shape `(n, d)` as well, and the dtype of `points`, and it requires no gradient. A loop over the rows is right here: the
# function takes one point at a time. Leave `points` as they are, their `requires_grad` too.
#
# Two ways lead there: a new leaf for each row, or one leaf, `torch.zeros_like(points[0], requires_grad=True)`, a tensor of zeros
# with the shape and the dtype of a row, that is given new numbers each time. `leaf.copy_(row)` writes the numbers of `row` into
# `leaf`, in place. Training works the second way: the same leaves all along, with new numbers in every turn.
#
# <details><summary><b>Each row is the sum of all rows before it</b></summary>
#
# A leaf that is used again still has the gradients of the rows before. Empty it.
# </details>
#
# <details><summary><b>All rows are the same, or all are 0</b></summary>
#
# What is in your list: gradients, or several names for one gradient that has changed since?
# </details>
#
# <details><summary><b>The gradients are <code>None</code></b></summary>
#
# A row that was taken out of a leaf is a result, and keeps no `.grad`. Which tensor did you call `requires_grad_()` on? Its `.grad`
# is the one to read. A clone of a row that you make a leaf has one of its own.
# </details>
#
# <details><summary><b>I get <code>element 0 of tensors does not require grad and does not have a grad_fn</code></b></summary>
#
# The function was computed from something that is not recorded. A row of `points` does not require a gradient until you say so,
# and what is computed inside `no_grad` never does.
# </details>
#
# <details><summary><b>I get <code>a leaf Variable that requires grad is being used in an in-place operation</code></b></summary>
#
# New numbers for a leaf, `leaf.copy_(row)`, belong inside `torch.no_grad()`.
# </details>

# %% nbgrader={"grade": false, "grade_id": "gradients-at", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradients_at(function, points):
    """The gradient of a function of one point, (d,) → (), at each row of points, (n, d). Returns (n, d)."""
    ### BEGIN SOLUTION
    gradients = []
    for point in points:
        leaf = point.clone().requires_grad_()
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "gradients-at-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def product_of_three(point):
    return point[0] * point[1] * point[2]


def two_rows(first, second):
    return lambda function, points: torch.tensor([first, second])


two_points = torch.tensor([[1.0, 2.0, 3.0], [2.0, 1.0, -1.0]])
check.agrees("gradients_at", reference=two_rows([6.0, 3.0, 2.0], [-1.0, -2.0, 2.0]),
             inputs=lambda draw: (product_of_three, two_points), rows=(2,), mistaken={
    "gradients-accumulate": two_rows([6.0, 3.0, 2.0], [5.0, 1.0, 4.0]),
    "accumulated-and-not-cloned": two_rows([5.0, 1.0, 4.0], [5.0, 1.0, 4.0]),
    "gradient-not-cloned": two_rows([-1.0, -2.0, 2.0], [-1.0, -2.0, 2.0]),
    "mean-for-sum": two_rows([3.0, 1.5, 1.0], [-0.5, -1.0, 1.0]),
})


def product_with_square(point):
    return point[0] * point[1] ** 2


check.example("gradients_at", product_with_square,
              torch.tensor([[1.0, 2.0], [3.0, 1.0], [-1.0, 3.0]], dtype=torch.float64),
              gives=torch.tensor([[4.0, 4.0], [1.0, 6.0], [9.0, -6.0]], dtype=torch.float64))


def left_behind(numbers):
    """What two calls with one tensor leave behind: what requires a gradient, and whether both gave the same."""
    points = torch.tensor(numbers)
    first = gradients_at(product_with_square, points).clone()
    second = gradients_at(product_with_square, points)
    return {"points require a gradient": points.requires_grad, "the result requires a gradient": second.requires_grad,
            "both calls gave the same": torch.equal(first, second)}


def leaves(points, result, same):
    return dict(zip(["points require a gradient", "the result requires a gradient", "both calls gave the same"],
                    [points, result, same]))


check.example("left_behind", [[1.0, 2.0], [3.0, 1.0]], gives=leaves(False, False, True), mistaken={
    "given-tensor-made-leaf": leaves(True, False, False), "result-made-leaf": leaves(False, True, True)})
### BEGIN HIDDEN TESTS
def valley(point):
    return torch.log(point.square().sum() + 1) + point[0] * point[-1]


def gradients_of_valley(function, points):
    gradients = 2 * points / (points.square().sum(1, keepdim=True) + 1)
    gradients[:, 0] += points[:, -1]
    gradients[:, -1] += points[:, 0]
    return gradients


def running_sum(function, points):
    return gradients_of_valley(function, points).cumsum(0)


check.agrees("gradients_at", reference=gradients_of_valley, inputs=lambda draw: (valley, draw.normal(draw.rows, 4)),
             mistaken={"gradients-accumulate": running_sum})
check.agrees("gradients_at", reference=gradients_of_valley,
             inputs=lambda draw: (valley, draw.normal(draw.rows, 3).double()),
             mistaken={"gradients-accumulate": running_sum})
### END HIDDEN TESTS

# %% [markdown]
# A field of arrows over the landscape of the beginning, all from your `gradients_at` (exercise 2.8):

# %%
landscape.arrows(lambda point: f(point[0], point[1]), gradients_at)

# %% [markdown] outcomes=[4]
# ### Exercise 2.9 · weights that count as constants · 2 points · ●●○ · 8 min
#
# A model predicts $n$ numbers $p_i$, its *predictions*. The numbers that it should have found are the *targets* $t_i$. The gap
# between the two, $r_i = p_i - t_i$, is called a *residual*, and the mean of the squared residuals is a common loss. But where a
# few targets are far off, their squares are so large that the others hardly count. One remedy is to multiply each square by
# a factor, its *weight*, before the mean is taken. The farther off a target is, the smaller the weight, $w_i = 1 / (1 + |r_i|)$:
#
# $$L = \frac1n \sum_i w_i\, r_i^2$$
#
# The weights are computed from the predictions $p_i$, but they are to count **as constants**: the gradient with respect to $p_i$
# is $2 w_i r_i / n$, and no term comes from the change of $w_i$. Write `cautious_loss(predictions, targets)`, for two tensors of
# shape `(n,)`. It returns a 0-d tensor through which that gradient flows.
#
# <details><summary><b>The value is right and the gradient is wrong</b></summary>
#
# Follow each path from the loss back to the predictions. There should be one left. In the second check, with residuals −3 and 1,
# `[-0.75, 0.5]` was due. If a gradient is `[-0.469, 0.375]` there, the walk back went through the weights as well. With
# `[-1.5, 1.0]`, a sum stands where the mean should.
# </details>
#
# <details><summary><b>The value is right and no gradient flows</b></summary>
#
# Too much has left the graph. Only the weights should. And `torch.tensor(…)` around a result copies its numbers and nothing else.
# </details>
#
# <details><summary><b>I get <code>element 0 of tensors does not require grad</code>, or <code>backward through the graph a second time</code></b></summary>
#
# The loss only computes. Whoever wants its gradient calls `backward()` on what it returns, and that is the check.
# </details>

# %% nbgrader={"grade": false, "grade_id": "cautious-loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cautious_loss(predictions, targets):
    """Mean of squared residuals, each weighted by 1 / (1 + |residual|), the weights being constants.

    predictions, targets: (n,). Returns a 0-d tensor.
    """
    ### BEGIN SOLUTION
    residuals = predictions - targets
    weights = 1 / (1 + residuals.abs())
    return (weights.detach() * residuals ** 2).mean()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "cautious-loss-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.agrees("cautious_loss", inputs=lambda draw: (torch.tensor([-1.0, 3.0]), torch.tensor([2.0, 2.0])), rows=(2,),
             reference=lambda predictions, targets: torch.tensor(1.375),
             mistaken={"sum-for-mean": lambda predictions, targets: torch.tensor(2.75),
                       "weight-keeps-the-sign": lambda predictions, targets: torch.tensor(-2.0)})
check.example("cautious_loss", torch.tensor([1.0, 5.0, 2.0, 3.0, 2.0]), torch.tensor([2.0, 2.0, 5.0, 2.0, 2.0]),
              gives=torch.tensor(1.1))
### BEGIN HIDDEN TESTS
def cautious(predictions, targets):
    gaps = predictions - targets
    return (gaps ** 2 / (1 + gaps.abs())).mean()


check.agrees("cautious_loss", reference=cautious,
             inputs=lambda draw: (draw.normal(draw.rows, std=2.0), draw.normal(draw.rows)))
### END HIDDEN TESTS

# %% [markdown]
# On paper: residuals −3 and 1, weights ¼ and ½, so the gradients are $2 \cdot \tfrac14 \cdot (-3) / 2 = -0.75$ and
# $2 \cdot \tfrac12 \cdot 1 / 2 = 0.5$.

# %% nbgrader={"grade": true, "grade_id": "cautious-loss-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def with_slopes(first, second):
    return lambda predictions, targets: (torch.tensor([first, second]) * predictions).sum()


check.gradient("cautious_loss", reference=with_slopes(-0.75, 0.5), of=(0,), rows=(2,),
               inputs=lambda draw: (torch.tensor([-1.0, 3.0]), torch.tensor([2.0, 2.0])), mistaken={
                   "constant-in-graph": with_slopes(-0.46875, 0.375),
                   "wrong-part-detached": with_slopes(0.28125, -0.125),
                   "path-left-out": with_slopes(-0.375, 0.25),
                   "weight-keeps-the-sign": with_slopes(1.5, 0.5),
               })
### BEGIN HIDDEN TESTS
def constant_weights(predictions, targets):
    gaps = predictions - targets
    return (gaps ** 2 / (1 + gaps.detach().abs())).mean()


def nothing_constant(predictions, targets):  # here again, since a cell whose check fails defines nothing below it
    gaps = predictions - targets
    return (gaps ** 2 / (1 + gaps.abs())).mean()


def constant_squares(predictions, targets):
    gaps = predictions - targets
    return (gaps.detach() ** 2 / (1 + gaps.abs())).mean()


def constant_factor(predictions, targets):
    gaps = predictions - targets
    return (gaps * gaps.detach() / (1 + gaps.detach().abs())).mean()


check.gradient("cautious_loss", reference=constant_weights, of=(0,),
               inputs=lambda draw: (draw.normal(draw.rows, std=2.0), draw.normal(draw.rows)), mistaken={
                   "constant-in-graph": nothing_constant,
                   "wrong-part-detached": constant_squares,
                   "path-left-out": constant_factor,
               })
### END HIDDEN TESTS

# %% [markdown]
# ## Three ways to a derivative
#
# You have met all of them.
#
# | | how | price of a gradient with n inputs | exact? |
# | --- | --- | --- | --- |
# | *numeric* | move each input a little, and divide | n or 2n runs of the function | no |
# | *symbolic* | transform the formula, as on paper | formulas that may grow very long | yes |
# | *automatic* | record the operations, walk back | about two to four runs, whatever n is | yes, but for rounding |
#
# Symbolic differentiation is what you did in exercise 2.2. It needs a formula. A program with loops and branches has none; it
# has operations, one after the other, and those can be recorded.
#
# Numeric differentiation needs nothing at all, only a function to call. It is slow and inexact, and that makes it a good
# *check*: it knows nothing of the graph, so it does not share its mistakes. How inexact? The cell below has two ways to do it,
# a step to one side, and a step to both sides.

# %%
def one_sided(function, t, h):
    return (function(t + h) - function(t)) / h


def two_sided(function, t, h):
    return (function(t + h) - function(t - h)) / (2 * h)


t = torch.tensor(0.9, dtype=torch.float64)
one_sided(wave, t, 1e-3), two_sided(wave, t, 1e-3)

# %% [markdown]
# The exact slope is −3.2078535. **Predict** the shape of the curve: the error of each way, from a step of 1 down to a step of
# $10^{-15}$. Does it fall all the way?

# %%
slopes_and_steps.errors(wave, at=0.9, ways={"one-sided": one_sided, "two-sided": two_sided})

# %% [markdown] outcomes=[5]
# From the right, the error falls as the step shrinks: in proportion to $h$ for one side, to $h^2$ for both. Then it turns and
# *rises* again. That is rounding error. Each of the two heights is off by a little, however small the step is, and that little
# is divided by $h$. With float32 the turn comes early. No step to one side gives more than four or five digits; at $10^{-7}$, the
# step at the beginning of the chapter, it gives −5.07; and at $10^{-8}$ the step is lost, since `t + h` is `t`.
# With float64 there is room. So: **check gradients in float64**, from both sides, with a step near $10^{-6}$.
#
# ### Exercise 2.10 · is this gradient right? · 1 point · ●●○ · 8 min
#
# Somebody claims to know the slopes of a function. How far off is the claim? Write `largest_gap(function, points, claimed)`. The
# function works on each number by itself, and `claimed` has one slope for each of the `points`; both tensors have shape `(n,)`.
# Compute the slopes numerically: from both sides, with a step of $10^{-6}$, and **in float64 even if the points come as
# float32**. Return the largest distance between a claimed and a numeric slope, as a 0-d tensor of float64. Leave `points` and
# `claimed` as they are.
#
# On paper, for $t^3$ at $t = 2$: the heights $(2 + h)^3$ and $(2 - h)^3$ differ by $24 h + 2 h^3$, so the numeric slope is
# $12 + h^2$, and with the small $h$ that is 12. At 1 and −1 it is 3. If the claims at 1, 2 and −1 are 3.75, 12.25 and −4, they
# are 0.75, 0.25 and 7 away, and the largest gap is 7. The first check makes the right claims, 3, 12 and 3. In the last one, one
# factor of a square is detached. `backward` would claim $t$ there, and the values have the slope $2t$: at $t = -2$ the gap is 2.
#
# <details><summary><b>I get <code>6.00221e-06</code> or <code>6.00152e-06</code>, and 0 was due</b></summary>
#
# Nearly 0, but not near enough. Which way of taking the step has an error in proportion to $h$?
# </details>
#
# <details><summary><b>I get 12, and 0 was due</b></summary>
#
# Your slopes are twice what they should be. How far apart are $t - h$ and $t + h$?
# </details>
#
# <details><summary><b>I get 0.555908, and 0 was due; or <code>numbers of type float32</code></b></summary>
#
# That is rounding error. Are the numbers in float64 *before* the step is added?
# </details>
#
# <details><summary><b>I get 1e-06, 0.006 or another small number, or 256, and 0 was due</b></summary>
#
# Is the step $10^{-6}$? It is written `1e-6`, or `10 ** -6`. In Python `10^-6` is no power: `^` works on bits, and it gives −16.
# </details>
#
# <details><summary><b>I get 0, and 2 was due</b></summary>
#
# Your slopes come from the graph. The check is to know nothing of it: call the function at two places.
# </details>
#
# <details><summary><b>My answer <code>changed its argument points in place</code></b></summary>
#
# `points.double()` makes a new tensor, except where `points` is in float64 already. Then it is the same one, and `+=` changes it.
# </details>

# %% nbgrader={"grade": false, "grade_id": "largest-gap", "locked": false, "schema_version": 3, "solution": true, "task": false}
def largest_gap(function, points, claimed):
    """The largest distance between claimed slopes of an elementwise function and its numeric slopes at the points.

    points, claimed: (n,), float32 or float64. The numeric slopes are two-sided, in float64, with a step of 1e-6.
    Returns a 0-d tensor of float64.
    """
    ### BEGIN SOLUTION
    points, h = points.double(), 1e-6
    numeric = (function(points + h) - function(points - h)) / (2 * h)
    return (claimed - numeric).abs().max()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "largest-gap-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def third_power(points):
    return points ** 3


def cut_square(points):
    return points * points.detach()


def gap(number):
    return torch.tensor(number, dtype=torch.float64)


check.example("largest_gap", third_power, torch.tensor([1.0, 2.0, -1.0]), torch.tensor([3.0, 12.0, 3.0]),
              gives=gap(0.0), atol=1e-7, mistaken={
    "one-sided-slope": gap(6e-6), "step-not-doubled": gap(12.0), "slope-in-single-precision": gap(0.5559082),
    "points-left-in-single-precision": gap(0.5559082).float(), "caret-for-power": gap(256.0),
})
check.example("largest_gap", third_power, torch.tensor([1.0, 2.0, -1.0], dtype=torch.float64),
              torch.tensor([3.75, 12.25, -4.0], dtype=torch.float64), gives=gap(7.0), atol=1e-7,
              mistaken={"gap-keeps-its-sign": gap(0.75), "mean-for-largest": gap(8 / 3), "sum-for-largest": gap(8.0)})
check.example("largest_gap", cut_square, torch.tensor([0.5, -2.0]), torch.tensor([0.5, -2.0]), gives=gap(2.0), atol=1e-7,
              mistaken={"autograd-for-numeric": gap(0.0), "gap-keeps-its-sign": gap(0.5),
                        "mean-for-largest": gap(1.25), "sum-for-largest": gap(2.5)})
### BEGIN HIDDEN TESTS
def swing(points):
    return torch.sin(3 * points) * points


def slopes_of_swing(points):
    return 3 * torch.cos(3 * points) * points + torch.sin(3 * points)


def claims(draw, side, dtype):
    points = draw.uniform(-2, 2, draw.rows).to(dtype)
    return swing, points, slopes_of_swing(points) + side * draw.uniform(0.1, 1, draw.rows).to(dtype)


def exact_gap(function, points, claimed):
    return (claimed - slopes_of_swing(points.double())).abs().max()


too_low, too_high = (lambda draw: claims(draw, -1, torch.float32)), (lambda draw: claims(draw, 1, torch.float64))
for inputs in (too_low, too_high):
    check.agrees("largest_gap", reference=exact_gap, inputs=inputs, rtol=1e-8, atol=1e-7, mistaken={
        "gap-keeps-its-sign": lambda function, points, claimed: (claimed - slopes_of_swing(points.double())).max(),
    })
### END HIDDEN TESTS

# %% [markdown]
# Now PyTorch's slopes of the wave are the claim, from `slopes` (exercise 2.7), first in float32 and then in float64. **Predict**
# how many digits of each are right; the slopes are about −1, −2.2 and −3.2.

# %%
points = torch.tensor([0.2, 0.5, 0.9])
for numbers in (points, points.double()):
    print(numbers.dtype, largest_gap(wave, numbers, slopes(wave, numbers)).item())

# %% [markdown]
# Both claims are right. The gap of the first is what float32 can hold, six or seven digits; the gap of the second is what the
# numeric slopes can tell. That is how far such a check can be trusted: it finds a wrong formula, and no error in the tenth digit.
#
# `torch.autograd.gradcheck` does the same for every input and every output, and compares with `backward`. It says `True`, or raises
# an error that shows both Jacobians.

# %%
points = torch.tensor([0.2, 0.5, 0.9], dtype=torch.float64, requires_grad=True)
gradcheck(wave, points)

# %% [markdown]
# **Predict** what it says about the same function in float32.

# %%
try:
    gradcheck(wave, torch.tensor([0.2, 0.5, 0.9], requires_grad=True))
except RuntimeError as error:
    print(type(error).__name__, error)

# %% [markdown]
# The gradient is right, and the check fails: the numbers it compares with are the poor ones. (It also warns that the input is
# not in double precision.) And here is a function whose gradient really is wrong, because something left the graph:

# %%
def half_detached(points):
    return points * points.detach()


try:
    gradcheck(half_detached, points)
except RuntimeError as error:
    print(type(error).__name__, error)

# %% [markdown]
# The numeric slopes, $2x$, are the truth about the values; the analytical ones, $x$, are what `backward` found. When you write a
# loss of your own, one line of `gradcheck` tells you whether the two belong together. (The loss of exercise 2.9 would fail, and
# rightly: its gradient is *meant* to differ.)
#
# ## Challenge · the length of nothing · 0 points · ●●● · 15 min
#
# The length of a vector is $\sqrt{x_0^2 + x_1^2}$. At $(0, 0)$ it has a tip, like a cone, and no slope. PyTorch multiplies
# adjoints and local derivatives as always, and the local derivative of the root at 0 is infinite:

# %%
point = torch.tensor([0.0, 0.0], requires_grad=True)
point.square().sum().sqrt().backward()
point.grad

# %% [markdown]
# Infinity times zero: `nan`, not a number. One such row, and whatever is added up from the gradients of all rows is `nan`, too.
# Write `lengths(points)`, for points of shape `(n, 2)`. It returns their lengths, `(n,)`, with the usual gradient everywhere, and
# with the gradient 0 at points that are exactly $(0, 0)$. The length there is exactly 0, too: a small number added below the root
# is not allowed.
#
# `torch.where(condition, a, b)` takes each entry from `a` where the condition is true, and from `b` where it is not. Either may
# be a plain number: `torch.where(x < 0, 0.0, x)` replaces the negative entries of `x` by 0.
#
# <details><summary><b>I used <code>torch.where</code>, and it is still <code>nan</code></b></summary>
#
# `where` picks one of two results, and sends an adjoint of 0 to the other. What is 0 times infinity? The other branch must
# never see a zero: use `where` on the way *into* the root.
# </details>

# %% nbgrader={"grade": false, "grade_id": "lengths", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lengths(points):
    """Euclidean length of each row of points, (n, 2), whose gradient is 0 at (0, 0). Returns (n,)."""
    ### BEGIN SOLUTION
    squares = points.square().sum(1)
    is_zero = squares == 0
    return torch.where(is_zero, squares, torch.where(is_zero, 1.0, squares).sqrt())
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "lengths-values", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check.example("lengths", torch.tensor([[3.0, 4.0], [0.0, 0.0], [0.0, -2.0], [3e-6, -4e-6]]),
              gives=torch.tensor([5.0, 0.0, 2.0, 5e-6]), atol=0.0)

# %% nbgrader={"grade": true, "grade_id": "lengths-gradient", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
three_points = torch.tensor([[3.0, 4.0], [0.0, 0.0], [0.0, -2.0]])


def with_directions(points):
    return (points * torch.tensor([[0.6, 0.8], [0.0, 0.0], [0.0, -1.0]])).sum(1)


check.gradient("lengths", reference=with_directions, inputs=lambda draw: (three_points.clone(),), rows=(3,))
### BEGIN HIDDEN TESTS
def some_points(draw):
    points = draw.normal(draw.rows, 2)
    points[draw.rows // 2] = 0.0
    return points


def lengths_by_unit_vectors(points):
    norms = torch.linalg.vector_norm(points.detach(), dim=1, keepdim=True)
    return (points * torch.where(norms > 0, points.detach() / norms, 0.0)).sum(1)


check.gradient("lengths", reference=lengths_by_unit_vectors, inputs=some_points)
check.agrees("lengths", reference=lambda points: torch.linalg.vector_norm(points, dim=1), inputs=some_points)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# | you want to | you write |
# | --- | --- |
# | ask about a tensor | `requires_grad=True`, or `requires_grad_()` as the last thing after making it |
# | get the gradient of one number | `result.backward()`, then the leaf's `.grad`, of the leaf's shape |
# | start from several numbers | reduce them first, or `results.backward(vector)` for $v^\top J$ |
# | empty the gradient | `x.grad.zero_()` or `x.grad = None`, before each pass |
# | keep a gradient | `x.grad.clone()` |
# | treat a result as a constant | `detach()` |
# | compute or update without recording | `with torch.no_grad():`, and change leaves in place |
# | see the whole Jacobian | `torch.autograd.functional.jacobian(function, inputs)` |
# | check a gradient | `gradcheck(function, inputs)` with float64 inputs |
#
# - A Jacobian has a row for each output and a column for each input. A gradient has the shape of its input.
# - An adjoint is the sum over successors of the successor's adjoint times the local derivative. That is all of `backward`.
# - One graph serves one walk. Compute the result anew for the next one.
# - `backward` adds. If you do not empty `.grad`, you follow the sum of all gradients so far.
#
# **Next**, chapter 3: you take these gradients and walk downhill with them, by hand, until a line fits its data.
#
# **To read**
# - Andrej Karpathy, [micrograd](https://github.com/karpathy/micrograd): an engine like yours, with operators, and a network on top
# - The manual's [Autograd mechanics](https://docs.pytorch.org/docs/stable/notes/autograd.html), on leaves, saved tensors, and `no_grad`
# - Baydin, Pearlmutter, Radul and Siskind, [Automatic differentiation in machine learning: a survey](https://arxiv.org/abs/1502.05767)

# %% [markdown]
# ## Check the whole chapter
#
# Is nobody marking your work? Then this is your desk. *Check everything* runs the saved notebook from top to bottom in a fresh
# start, with all tests there are, the hidden ones included. To each exercise there are three hints, from a nudge to nearly told,
# and a worked solution, which you may read when you have passed, or after three honest tries. In a terminal the same is called
# `course check autograd`, `course hint 2.4`, `course solution 2.4` and `course progress`. In a class, hand in instead: there
# this cell says so, and no more.

# %%
from course import study

study.desk("autograd")
