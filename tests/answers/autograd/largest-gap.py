# Answers to largest-gap of autograd: how far claimed slopes are from numeric ones

# %% right: step by step
def largest_gap(function, points, claimed):
    h = 1e-6
    points = points.double()
    numeric = (function(points + h) - function(points - h)) / (2 * h)
    return (claimed - numeric).abs().max()

# %% right: the text's own function
def largest_gap(function, points, claimed):
    return (two_sided(function, points.to(torch.float64), 1e-6) - claimed.double()).abs().max()

# %% right: a loop over the points
def largest_gap(function, points, claimed):
    largest = torch.tensor(0.0, dtype=torch.float64)
    for point, claim in zip(points.double(), claimed.double()):
        numeric = (function(point + 1e-6) - function(point - 1e-6)) / 2e-6
        largest = torch.maximum(largest, (claim - numeric).abs())
    return largest

# %% right: a somewhat larger step, which is as good
def largest_gap(function, points, claimed):
    numeric = two_sided(function, points.double(), 1e-5)
    return torch.linalg.vector_norm(numeric - claimed.double(), ord=math.inf)

# %% wrong: a step to the right only -> one-sided-slope cell="largest-gap-values"
def largest_gap(function, points, claimed):
    points = points.double()
    numeric = (function(points + 1e-6) - function(points)) / 1e-6
    return (claimed - numeric).abs().max()

# %% wrong: a step to the left only -> one-sided-slope cell="largest-gap-values"
def largest_gap(function, points, claimed):
    points = points.double()
    numeric = (function(points) - function(points - 1e-6)) / 1e-6
    return (claimed - numeric).abs().max()

# %% wrong: divided by one step -> step-not-doubled cell="largest-gap-values"
def largest_gap(function, points, claimed):
    points = points.double()
    numeric = (function(points + 1e-6) - function(points - 1e-6)) / 1e-6
    return (claimed - numeric).abs().max()

# %% wrong: in the precision of the points -> points-left-in-single-precision cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points, 1e-6)).abs().max()

# %% wrong: float64 too late, after the step -> slope-in-single-precision cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points, 1e-6)).abs().max().double()

# %% wrong: a step so small that rounding takes over -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 1e-12)).abs().max()

# %% wrong: a step that is too large -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 1e-3)).abs().max()

# %% wrong: the sign kept -> gap-keeps-its-sign cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 1e-6)).max()

# %% wrong: the sign kept, the other way round -> gap-keeps-its-sign cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (two_sided(function, points.double(), 1e-6) - claimed).max()

# %% wrong: the mean distance -> mean-for-largest cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 1e-6)).abs().mean()

# %% wrong: the sum of the distances -> sum-for-largest cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 1e-6)).abs().sum()

# %% wrong: autograd's slopes, which are wrong where the graph is cut -> autograd-for-numeric cell="largest-gap-values"
def largest_gap(function, points, claimed):
    leaf = points.clone().requires_grad_()
    function(leaf).sum().backward()
    return (claimed - leaf.grad).abs().max().double()

# %% wrong: a Python number -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 1e-6)).abs().max().item()

# %% wrong: one gap for each point -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 1e-6)).abs()

# %% wrong: the points are moved, and not moved back -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    points = points.double()
    points += 1e-6
    above = function(points)
    points -= 2e-6
    numeric = (above - function(points)) / 2e-6
    return (claimed - numeric).abs().max()

# %% wrong: only the first point -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 1e-6)).abs()[0]

# %% wrong: the power rule for every function -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - 3 * points.double() ** 2).abs().max()

# %% wrong: the largest slopes compared, not the slopes -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    numeric = two_sided(function, points.double(), 1e-6)
    return (numeric.max() - claimed.max()).abs()

# %% wrong: how steep, and not which way -> unnamed cell="largest-gap-values"
def largest_gap(function, points, claimed):
    numeric = two_sided(function, points.double(), 1e-6)
    return (numeric.abs() - claimed.abs()).abs().max()

# %% wrong: 10^-6 for the step -> caret-for-power cell="largest-gap-values"
def largest_gap(function, points, claimed):
    return (claimed - two_sided(function, points.double(), 10^-6)).abs().max()
