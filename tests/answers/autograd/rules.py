# Answers to rules of autograd: the value and the local derivatives of four operations

# %% right: as derived
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1),)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (1 / a,)

# %% right: lists for tuples, and named steps
def mul(a, b):
    by_a, by_b = b, a
    return a * b, [by_a, by_b]


def power(a, exponent):
    value = math.pow(a, exponent)
    slope = exponent * math.pow(a, exponent - 1)
    return value, [slope]


def cos(a):
    return math.cos(a), [-math.sin(a)]


def log(a):
    return math.log(a), [a ** -1]

# %% right: the power's slope from its value, the cosine's from a shifted cosine
def mul(a, b):
    return (a * b, (b, a))


def power(a, exponent):
    value = a ** exponent
    return value, (exponent * value / a,)


def cos(a):
    return math.cos(a), (math.cos(a + math.pi / 2),)


def log(a):
    return math.log(a), (1.0 / a,)

# %% right: slopes from PyTorch
def by_torch(function, *numbers):
    leaves = [torch.tensor(float(number), dtype=torch.float64, requires_grad=True) for number in numbers]
    value = function(*leaves)
    value.backward()
    return value.item(), tuple(leaf.grad.item() for leaf in leaves)


def mul(a, b):
    return by_torch(torch.mul, a, b)


def power(a, exponent):
    return by_torch(lambda leaf: leaf ** exponent, a)


def cos(a):
    return by_torch(torch.cos, a)


def log(a):
    return by_torch(torch.log, a)

# %% wrong: a factor's own value -> own-factor cell="rules-mul-power"
def mul(a, b):
    return a * b, (a, b)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1),)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (1 / a,)

# %% wrong: the product differentiated like a sum -> rule-of-sums cell="rules-mul-power"
def mul(a, b):
    return a * b, (1.0, 1.0)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1),)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (1 / a,)

# %% wrong: the exponent not lowered -> unnamed cell="rules-mul-power"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** exponent,)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (1 / a,)

# %% wrong: only squares are right -> unnamed cell="rules-mul-power"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (2 * a,)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (1 / a,)

# %% wrong: a number in brackets is no tuple -> unnamed cell="rules-mul-power"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1))


def cos(a):
    return math.cos(a), (-math.sin(a))


def log(a):
    return math.log(a), (1 / a)

# %% wrong: a slope for the exponent as well -> unnamed cell="rules-mul-power"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1), a ** exponent * math.log(a))


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (1 / a,)

# %% wrong: the minus of the cosine lost -> slope-of-cosine cell="rules-cos-log"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1),)


def cos(a):
    return math.cos(a), (math.sin(a),)


def log(a):
    return math.log(a), (1 / a,)

# %% wrong: the logarithm's slope is itself -> unnamed cell="rules-cos-log"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1),)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (a,)

# %% wrong: another logarithm -> unnamed cell="rules-cos-log"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1),)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log10(a), (1 / a,)

# %% wrong: values only -> unnamed cell="rules-mul-power"
def mul(a, b):
    return a * b


def power(a, exponent):
    return a ** exponent


def cos(a):
    return math.cos(a)


def log(a):
    return math.log(a)

# %% wrong: the exponent times the number -> unnamed cell="rules-mul-power"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a,)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (1 / a,)

# %% wrong: the slope of the cosine at one place -> unnamed cell="rules-cos-log"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1),)


def cos(a):
    return math.cos(a), (-1.0,)


def log(a):
    return math.log(a), (1 / a,)

# %% wrong: the slope of the logarithm at one place -> unnamed cell="rules-cos-log"
def mul(a, b):
    return a * b, (b, a)


def power(a, exponent):
    return a ** exponent, (exponent * a ** (exponent - 1),)


def cos(a):
    return math.cos(a), (-math.sin(a),)


def log(a):
    return math.log(a), (0.5,)
