# Answers to polynomial-features of gradient_descent: the powers 0 to degree of each input, as columns

# %% right: joined columns
def polynomial_features(inputs, degree):
    return torch.cat([inputs ** power for power in range(degree + 1)], dim=1)

# %% right: broadcast against the powers
def polynomial_features(inputs, degree):
    return inputs ** torch.arange(degree + 1, device=inputs.device)

# %% right: each column from the one before
def polynomial_features(inputs, degree):
    columns = [torch.ones_like(inputs)]
    for _ in range(degree):
        columns.append(columns[-1] * inputs)
    return torch.cat(columns, 1)

# %% right: a Vandermonde matrix
def polynomial_features(inputs, degree):
    return torch.vander(inputs.flatten(), degree + 1, increasing=True)

# %% right: filled in column by column
def polynomial_features(inputs, degree):
    features = torch.ones(len(inputs), degree + 1)
    for power in range(1, degree + 1):
        features[:, power] = inputs[:, 0] ** power
    return features

# %% right: flat columns, stacked
def polynomial_features(inputs, degree):
    return torch.stack([torch.pow(inputs.squeeze(1), k) for k in range(degree + 1)], dim=-1)

# %% wrong: no constant column -> constant-column-missing cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.cat([inputs ** power for power in range(1, degree + 1)], dim=1)

# %% wrong: the last power is missing -> last-power-missing cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.cat([inputs ** power for power in range(degree)], dim=1)

# %% wrong: highest power first -> wrong-order cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.vander(inputs.flatten(), degree + 1)

# %% wrong: multiples -> multiples-for-powers cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.cat([inputs * k for k in range(degree + 1)], dim=1)

# %% wrong: stacked, a dimension too many -> stack-for-cat cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.stack([inputs ** power for power in range(degree + 1)], dim=1)

# %% wrong: joined below each other -> joined-below cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.cat([inputs ** power for power in range(degree + 1)])

# %% wrong: joined below each other and reshaped -> reshape-for-transpose cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.cat([inputs ** power for power in range(degree + 1)]).reshape(len(inputs), degree + 1)

# %% wrong: powers in rows -> transposed cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.stack([inputs.flatten() ** power for power in range(degree + 1)])

# %% wrong: a list of columns -> unnamed cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return [inputs ** power for power in range(degree + 1)]

# %% wrong: always the third order -> unnamed cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    return torch.cat([torch.ones_like(inputs), inputs, inputs ** 2, inputs ** 3], dim=1)

# %% wrong: powers of the column before -> unnamed cell="polynomial-features-values"
def polynomial_features(inputs, degree):
    columns = [torch.ones_like(inputs), inputs]
    for _ in range(degree - 1):
        columns.append(columns[-1] ** 2)
    return torch.cat(columns, dim=1)

# %% wrong: a loop over the inputs -> loop-over-rows cell="polynomial-features-vectorised"
def polynomial_features(inputs, degree):
    return torch.stack([torch.stack([x[0] ** power for power in range(degree + 1)]) for x in inputs])

# %% wrong: numbers handed to Python -> loop-over-rows cell="polynomial-features-vectorised"
def polynomial_features(inputs, degree):
    return torch.tensor([[x ** power for power in range(degree + 1)] for x in inputs.flatten().tolist()])
