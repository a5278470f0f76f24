# Answers to neuron-adjoints of review: the eight adjoints of one neuron with a price on its weight

# %% right: from the end, one line each
def neuron_adjoints(w, b, x, y):
    w5 = 1 / (1 + math.exp(-(w * x + b)))
    w8_bar = 1.0
    w7_bar = w6_bar = w8_bar
    w5_bar = w6_bar * 2 * (w5 - y)
    w4_bar = w5_bar * w5 * (1 - w5)
    w3_bar = w4_bar * 1.0
    w2_bar = w4_bar * 1.0
    w1_bar = w3_bar * x + w7_bar * 2 * w
    return [w1_bar, w2_bar, w3_bar, w4_bar, w5_bar, w6_bar, w7_bar, w8_bar]

# %% right: on paper first
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y) * p * (1 - p)
    return [pull * x + 2 * w, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% right: autograd's grad
def neuron_adjoints(w, b, x, y):
    w1, w2 = torch.tensor(w, requires_grad=True, dtype=torch.float64), torch.tensor(b, requires_grad=True, dtype=torch.float64)
    w3 = w1 * x
    w4 = w3 + w2
    w5 = torch.sigmoid(w4)
    w6 = (w5 - y) ** 2
    w7 = w1 ** 2
    w8 = w6 + w7
    return [float(g) for g in torch.autograd.grad(w8, [w1, w2, w3, w4, w5, w6, w7, w8])]

# %% wrong: one of the two paths of w1 -> path-left-out cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y) * p * (1 - p)
    return [pull * x, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: w1 in place of x along the arrow -> own-factor cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y) * p * (1 - p)
    return [pull * w + 2 * w, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: no derivative of the logistic function -> slope-of-sigmoid cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y)
    return [pull * x + 2 * w, pull, pull, pull, pull, 1.0, 1.0, 1.0]

# %% wrong: local derivatives -> adjoint-not-passed-on cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    return [x + 2 * w, 1.0, 1.0, p * (1 - p), 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: the other way round -> listed-from-the-end cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y) * p * (1 - p)
    return [1.0, 1.0, 1.0, 2 * (p - y), pull, pull, pull, pull * x + 2 * w]

# %% wrong: target minus prediction -> target-minus-prediction cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (y - p) * p * (1 - p)
    return [pull * x + 2 * w, pull, pull, pull, 2 * (y - p), 1.0, 1.0, 1.0]

# %% wrong: the slope of σ at w5 -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    q = 1 / (1 + math.exp(-p))
    pull = 2 * (p - y) * q * (1 - q)
    return [pull * x + 2 * w, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: only the leaves -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y) * p * (1 - p)
    return [pull * x + 2 * w, pull]

# %% wrong: nothing returned -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y) * p * (1 - p)
    [pull * x + 2 * w, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: the exponential with the wrong sign -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(w * x + b))
    pull = 2 * (p - y) * p * (1 - p)
    return [pull * x + 2 * w, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: p squared for the slope -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y) * p * p
    return [pull * x + 2 * w, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: the target forgotten -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = -2 * p * p * (1 - p)
    return [pull * x + 2 * w, pull, pull, pull, -2 * p, 1.0, 1.0, 1.0]

# %% wrong: z taken for 0 -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 0.5
    pull = 2 * (p - y) * p * (1 - p)
    return [pull * x + 2 * w, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: both squares lose their 2 -> slope-of-square-without-two cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = (p - y) * p * (1 - p)
    return [pull * x + w, pull, pull, pull, p - y, 1.0, 1.0, 1.0]

# %% wrong: w in place of 2w along the second path -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = 1 / (1 + math.exp(-w * x - b))
    pull = 2 * (p - y) * p * (1 - p)
    return [pull * x + w, pull, pull, pull, 2 * (p - y), 1.0, 1.0, 1.0]

# %% wrong: tensors in place of floats -> unnamed cell="neuron-adjoints-values"
def neuron_adjoints(w, b, x, y):
    p = torch.sigmoid(torch.tensor(w * x + b, dtype=torch.float64))
    pull = 2 * (p - y) * p * (1 - p)
    return [pull * x + 2 * w, pull, pull, pull, 2 * (p - y), torch.tensor(1.0), torch.tensor(1.0), torch.tensor(1.0)]
