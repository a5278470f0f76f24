# Answers to walk-back of autograd: the eight adjoints of the worked graph, by hand

# %% right: name by name
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos(w3)
    w8_bar, w7_bar, w6_bar, w5_bar = 1.0, 1.0, 1.0, 2.0
    w4_bar = 1 / w4 + 4 * w4
    w3_bar = -math.sin(w3) * w4_bar
    return [y * w3_bar, x * w3_bar, w3_bar, w4_bar, w5_bar, w6_bar, w7_bar, w8_bar]

# %% right: the two formulas of the leaves
def walk_back(x, y):
    c, s = math.cos(x * y), math.sin(x * y)
    by_product = -4 * c * s - s / c
    return [y * by_product, x * by_product, by_product, 4 * c + 1 / c, 2.0, 1.0, 1.0, 1.0]

# %% right: PyTorch's own walk
def walk_back(x, y):
    w1 = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(y, dtype=torch.float64, requires_grad=True)
    w3 = w1 * w2
    w4 = torch.cos(w3)
    w5 = w4 ** 2
    w6 = 2 * w5
    w7 = torch.log(w4)
    w8 = w6 + w7
    w = [w1, w2, w3, w4, w5, w6, w7, w8]
    for number in w[2:]:
        number.retain_grad()
    w8.backward()
    return [number.grad.item() for number in w]

# %% right: a tuple, the tangent, and whole numbers for the ones
def walk_back(x, y):
    angle = x * y
    w4 = math.cos(angle)
    w3_bar = -4 * w4 * math.sin(angle) - math.tan(angle)
    return (y * w3_bar, x * w3_bar, w3_bar, 4 * w4 + 1 / w4, 2, 1, 1, 1)

# %% wrong: only the path through the square -> path-left-out cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4_bar = 2.0 * 2 * math.cos(w3)
    w3_bar = -math.sin(w3) * w4_bar
    return [y * w3_bar, x * w3_bar, w3_bar, w4_bar, 2.0, 1.0, 1.0, 1.0]

# %% wrong: the second term replaces the first -> term-replaced cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4_bar = 4 * math.cos(w3)
    w4_bar = 1 / math.cos(w3)
    w3_bar = -math.sin(w3) * w4_bar
    return [y * w3_bar, x * w3_bar, w3_bar, w4_bar, 2.0, 1.0, 1.0, 1.0]

# %% wrong: the minus of the cosine lost -> slope-of-cosine cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos(w3)
    w4_bar = 1 / w4 + 4 * w4
    w3_bar = math.sin(w3) * w4_bar
    return [y * w3_bar, x * w3_bar, w3_bar, w4_bar, 2.0, 1.0, 1.0, 1.0]

# %% wrong: each factor with its own value -> own-factor cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos(w3)
    w4_bar = 1 / w4 + 4 * w4
    w3_bar = -math.sin(w3) * w4_bar
    return [x * w3_bar, y * w3_bar, w3_bar, w4_bar, 2.0, 1.0, 1.0, 1.0]

# %% wrong: local derivatives alone -> adjoint-not-passed-on cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos(w3)
    return [y, x, -math.sin(w3), 2 * w4 + 1 / w4, 2.0, 1.0, 1.0, 1.0]

# %% wrong: from the result to the inputs -> unnamed cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos(w3)
    w4_bar = 1 / w4 + 4 * w4
    w3_bar = -math.sin(w3) * w4_bar
    return [1.0, 1.0, 1.0, 2.0, w4_bar, w3_bar, x * w3_bar, y * w3_bar]

# %% wrong: only the gradient -> unnamed cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos(w3)
    w3_bar = -math.sin(w3) * (1 / w4 + 4 * w4)
    return [y * w3_bar, x * w3_bar]

# %% wrong: the values, not the adjoints -> unnamed cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos(w3)
    return [x, y, w3, w4, w4 ** 2, 2 * w4 ** 2, math.log(w4), 2 * w4 ** 2 + math.log(w4)]

# %% wrong: cosine in degrees -> unnamed cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = math.radians(x * y)
    w4 = math.cos(w3)
    w4_bar = 1 / w4 + 4 * w4
    w3_bar = -math.sin(w3) * w4_bar
    return [y * w3_bar, x * w3_bar, w3_bar, w4_bar, 2.0, 1.0, 1.0, 1.0]

# %% wrong: the tensor function on a number -> unnamed cell="walk-back-on-paper"
def walk_back(x, y):
    w4 = torch.cos(x * y)
    w3_bar = -torch.sin(x * y) * (1 / w4 + 4 * w4)
    return [y * w3_bar, x * w3_bar, w3_bar, 1 / w4 + 4 * w4, 2.0, 1.0, 1.0, 1.0]

# %% wrong: right where the cosine is 0.8, and only there -> unnamed cell="walk-back-anywhere"
def walk_back(x, y):
    w3_bar = -4.45 * math.sin(x * y)
    return [y * w3_bar, x * w3_bar, w3_bar, 4.45, 2.0, 1.0, 1.0, 1.0]

# %% wrong: each number's own derivative, one step too early -> unnamed cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos(w3)
    w8_bar = 1.0
    w7_bar = w8_bar / w4
    w6_bar = w8_bar * 2
    w5_bar = w6_bar * 2 * w4
    w4_bar = (w5_bar + w7_bar) * -math.sin(w3)
    w3_bar = w4_bar * (x + y)
    return [w3_bar, w3_bar, w3_bar, w4_bar, w5_bar, w6_bar, w7_bar, w8_bar]

# %% wrong: square brackets for a call -> brackets-for-call cell="walk-back-on-paper"
def walk_back(x, y):
    w3 = x * y
    w4 = math.cos[w3]
    w4_bar = 1 / w4 + 4 * w4
    w3_bar = -math.sin[w3] * w4_bar
    return [y * w3_bar, x * w3_bar, w3_bar, w4_bar, 2.0, 1.0, 1.0, 1.0]

# %% wrong: nothing returned -> unnamed cell="walk-back-on-paper"
def walk_back(x, y):
    w4 = math.cos(x * y)
    w4_bar = 1 / w4 + 4 * w4

# %% wrong: one-element tensors in a tensor -> unnamed cell="walk-back-on-paper"
def walk_back(x, y):
    w4 = math.cos(x * y)
    w4_bar = 1 / w4 + 4 * w4
    w3_bar = -math.sin(x * y) * w4_bar
    return torch.tensor([y * w3_bar, x * w3_bar, w3_bar, w4_bar, 2.0, 1.0, 1.0, 1.0])
