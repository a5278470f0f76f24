# Answers to taxi-distance of tensors: blocks driven along a route, in one expression

# %% right: slices, abs, sum
def taxi_distance(route):
    return (route[1:] - route[:-1]).abs().sum()

# %% right: diff
def taxi_distance(route):
    return torch.diff(route, dim=0).abs().sum()

# %% right: east and north apart
def taxi_distance(route):
    east, north = route[:, 0], route[:, 1]
    return (east[1:] - east[:-1]).abs().sum() + (north[1:] - north[:-1]).abs().sum()

# %% right: the norm that adds absolute values
def taxi_distance(route):
    steps = route[:-1] - route[1:]
    return torch.linalg.vector_norm(steps, ord=1)

# %% right: narrowed, and summed in two turns
def taxi_distance(route):
    steps = route.narrow(0, 1, len(route) - 1) - route.narrow(0, 0, len(route) - 1)
    return steps.abs().sum(dim=1).sum()

# %% wrong: steps back cancel steps forth -> not-absolute cell="taxi-distance-values"
def taxi_distance(route):
    return (route[1:] - route[:-1]).sum()

# %% wrong: positive too late -> absolute-too-late cell="taxi-distance-values"
def taxi_distance(route):
    return (route[1:] - route[:-1]).sum(dim=0).abs().sum()

# %% wrong: as the crow flies -> straight-line cell="taxi-distance-values"
def taxi_distance(route):
    return (route[1:] - route[:-1]).norm(dim=1).sum()

# %% wrong: Python's sum leaves a row -> builtin-sum cell="taxi-distance-values"
def taxi_distance(route):
    return sum((route[1:] - route[:-1]).abs())

# %% wrong: the mean -> mean-for-sum cell="taxi-distance-values"
def taxi_distance(route):
    return (route[1:] - route[:-1]).abs().mean()

# %% wrong: columns instead of rows -> wrong-dim cell="taxi-distance-values"
def taxi_distance(route):
    return (route[:, 1:] - route[:, :-1]).abs().sum()

# %% wrong: distances from the origin -> not-differences cell="taxi-distance-values"
def taxi_distance(route):
    return route.abs().sum()

# %% wrong: one number each minute -> not-reduced cell="taxi-distance-values"
def taxi_distance(route):
    return (route[1:] - route[:-1]).abs().sum(dim=1)

# %% wrong: a Python number -> python-number-for-tensor cell="taxi-distance-values"
def taxi_distance(route):
    return (route[1:] - route[:-1]).abs().sum().item()

# %% wrong: one slice too short -> unnamed cell="taxi-distance-values"
def taxi_distance(route):
    return (route[1:-1] - route[:-2]).abs().sum()

# %% wrong: slices of two lengths -> shapes-do-not-broadcast cell="taxi-distance-values"
def taxi_distance(route):
    later, earlier = route[1:], route
    return (later - earlier).abs().sum()

# %% wrong: the route itself made into steps -> argument-changed-in-place cell="taxi-distance-values"
def taxi_distance(route):
    total = (route[1:] - route[:-1]).abs().sum()
    route[1:] -= route[:-1].clone()
    return total

# %% wrong: still the loop -> loop-over-rows cell="taxi-distance-vectorised"
def taxi_distance(route):
    total = torch.tensor(0.0)
    for minute in range(1, len(route)):
        total = total + (route[minute] - route[minute - 1]).abs().sum()
    return total

# %% wrong: the loop of the text, called -> loop-over-rows cell="taxi-distance-vectorised"
def taxi_distance(route):
    return taxi_distance_loop(route)

# %% wrong: Python's sum over vectorised steps -> loop-over-rows cell="taxi-distance-vectorised"
def taxi_distance(route):
    return sum((route[1:] - route[:-1]).abs().sum(dim=1), torch.tensor(0.0))

# %% wrong: by way of a list -> loop-over-rows cell="taxi-distance-vectorised"
def taxi_distance(route):
    places = route.tolist()
    return torch.tensor(float(sum(abs(a - c) + abs(b - d) for (a, b), (c, d) in zip(places[1:], places))))

# %% wrong: by way of NumPy -> values-leave-pytorch cell="taxi-distance-vectorised"
def taxi_distance(route):
    steps = np.abs(np.diff(route.numpy(), axis=0))
    return torch.tensor(steps.sum(), dtype=torch.float32)

# %% wrong: every place against every other -> n-by-n-intermediate cell="taxi-distance-vectorised"
def taxi_distance(route):
    table = (route[:, None] - route[None]).abs().sum(dim=2)
    return table.diagonal(1).sum()

# %% wrong: slices of the notebook's own route -> globals-for-arguments cell="taxi-distance-values"
later, earlier = route[1:], route[:-1]


def taxi_distance(route):
    return (later - earlier).abs().sum()

# %% wrong: the differences, not added up -> not-added-up cell="taxi-distance-values"
def taxi_distance(route):
    return route[1:] - route[:-1]

# %% wrong: from the first place to the last -> absolute-too-late cell="taxi-distance-values"
def taxi_distance(route):
    return (route[-1] - route[0]).abs().sum()

# %% wrong: the norm of all steps together -> unnamed cell="taxi-distance-values"
def taxi_distance(route):
    return torch.linalg.norm(route[1:] - route[:-1])

# %% wrong: positive after everything is added up -> unnamed cell="taxi-distance-values"
def taxi_distance(route):
    return (route[1:] - route[:-1]).sum().abs()
