# Answers to half-squared-length-gradient of autograd: the gradient of half a squared length, without autograd

# %% right: two products with a vector
def half_squared_length_gradient(matrix, x):
    return matrix.T @ (matrix @ x)

# %% right: from left to right
def half_squared_length_gradient(matrix, x):
    return matrix.T @ matrix @ x

# %% right: the row of the derivation, which as a vector needs no transpose
def half_squared_length_gradient(matrix, x):
    y = matrix @ x
    return y @ matrix

# %% right: einsum
def half_squared_length_gradient(matrix, x):
    return torch.einsum("ik,ij,j->k", matrix, matrix, x)

# %% right: transpose and mv
def half_squared_length_gradient(matrix, x):
    return torch.mv(matrix.transpose(0, 1), torch.mv(matrix, x))

# %% wrong: the half lost -> factor-two cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return 2 * matrix.T @ (matrix @ x)

# %% wrong: the half kept -> factor-half cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return 0.5 * matrix.T @ (matrix @ x)

# %% wrong: the sign -> sign-flipped cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return -matrix.T @ (matrix @ x)

# %% wrong: the transpose at the wrong place -> matrix-product-shapes cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return matrix @ matrix.T @ x

# %% wrong: only the first step -> unnamed cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return matrix @ x

# %% wrong: the value, not the gradient -> unnamed cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return 0.5 * (matrix @ x).square().sum()

# %% wrong: squares of the entries -> unnamed cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return (matrix ** 2).sum(0) * x

# %% wrong: a column -> keepdim-extra cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return matrix.T @ (matrix @ x.view(-1, 1))

# %% wrong: the notebook's own matrix -> unnamed cell="half-squared-length-gradient-values"
def half_squared_length_gradient(matrix, x):
    return A.T @ (A @ x)

# %% wrong: a matrix of the notebook in place of the argument -> unnamed cell="half-squared-length-gradient-values"
A = torch.tensor([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])


def half_squared_length_gradient(matrix, x):
    return A.T @ (A @ x)
