# Answers to half-squared-length of autograd, the derivation that a person marks: what deserves all points, and what does not

# %% right: both ways, briefly [markdown]
# With $y = Ax$: $\partial y/\partial x = A$ with shape $(m, n)$, $\partial f/\partial y = y^\top$ with shape $(1, m)$. Their product is
# the row $y^\top A = x^\top A^\top A$ of shape $(1, n)$; transposed, since the gradient has the shape of $x$: $A^\top A x$.
#
# Expanded: $f = \tfrac12 \sum_i (\sum_j A_{ij} x_j)^2$, so $\partial f/\partial x_k = \tfrac12 \sum_i 2 (\sum_j A_{ij} x_j) A_{ik}
# = \sum_i A_{ik} (Ax)_i = (A^\top A x)_k$.
