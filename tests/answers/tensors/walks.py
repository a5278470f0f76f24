# Answers to walks of tensors: the distance of each house from each stop, by broadcasting

# %% right: a new dimension with None
def walks(houses, stops):
    return (houses[:, None] - stops).abs()

# %% right: view and unsqueeze
def walks(houses, stops):
    return torch.abs(stops.unsqueeze(0) - houses.view(-1, 1))

# %% right: both expanded
def walks(houses, stops):
    shape = len(houses), len(stops)
    return (houses.unsqueeze(1).expand(shape) - stops.expand(shape)).abs()

# %% right: cdist of columns
def walks(houses, stops):
    return torch.cdist(houses[:, None], stops[:, None], p=1)

# %% right: the root of the square
def walks(houses, stops):
    return ((houses.reshape(len(houses), 1) - stops) ** 2).sqrt()

# %% right: an outer table by repeat
def walks(houses, stops):
    return (houses.repeat(len(stops), 1).T - stops).abs()

# %% wrong: flat against flat -> shapes-do-not-broadcast cell="walks-values"
def walks(houses, stops):
    return (houses - stops).abs()

# %% wrong: the stops give the rows -> other-one-stretched cell="walks-values"
def walks(houses, stops):
    return (houses - stops[:, None]).abs()

# %% wrong: with a sign -> not-absolute cell="walks-values"
def walks(houses, stops):
    return houses[:, None] - stops

# %% wrong: the sign the other way -> unnamed cell="walks-values"
def walks(houses, stops):
    return stops - houses[:, None]

# %% wrong: rows written into an expanded tensor -> writes-into-expanded cell="walks-values"
def walks(houses, stops):
    table = torch.zeros(len(stops)).expand(len(houses), -1)
    for i, house in enumerate(houses):
        table[i] = (house - stops).abs()
    return table

# %% wrong: in place on an expanded tensor -> unnamed cell="walks-values"
def walks(houses, stops):
    table = houses.unsqueeze(1).expand(len(houses), len(stops))
    table -= stops
    return table.abs()

# %% wrong: squeezed, so one house loses its row -> squeeze-kills-batch cell="walks-values"
def walks(houses, stops):
    return (houses[:, None] - stops).abs().squeeze()

# %% wrong: squared -> unnamed cell="walks-values"
def walks(houses, stops):
    return (houses[:, None] - stops) ** 2

# %% wrong: the nearest alone -> unnamed cell="walks-values"
def walks(houses, stops):
    return (houses[:, None] - stops).abs().min(dim=1).values

# %% wrong: each house with each house -> unnamed cell="walks-values"
def walks(houses, stops):
    return (houses[:, None] - houses).abs()

# %% wrong: a list of lists -> python-number-for-tensor cell="walks-values"
def walks(houses, stops):
    return [[abs(house - stop) for stop in stops.tolist()] for house in houses.tolist()]

# %% wrong: houses moved in place -> argument-changed-in-place cell="walks-values"
def walks(houses, stops):
    result = (houses[:, None] - stops).abs()
    houses -= houses.mean()
    return result

# %% wrong: a loop over houses -> loop-over-rows cell="walks-vectorised"
def walks(houses, stops):
    return torch.stack([(house - stops).abs() for house in houses])

# %% wrong: two loops -> loop-over-rows cell="walks-vectorised"
def walks(houses, stops):
    table = torch.empty(len(houses), len(stops))
    for i in range(len(houses)):
        for j in range(len(stops)):
            table[i, j] = (houses[i] - stops[j]).abs()
    return table

# %% wrong: by way of lists -> loop-over-rows cell="walks-vectorised"
def walks(houses, stops):
    return torch.tensor([[abs(house - stop) for stop in stops.tolist()] for house in houses.tolist()])

# %% right: vmap, twice
def walks(houses, stops):
    return torch.vmap(lambda house: torch.vmap(lambda stop: (house - stop).abs())(stops))(houses)

# %% right: a product of two matrices
def walks(houses, stops):
    left = torch.stack((houses, -torch.ones_like(houses)), 1)
    return (left @ torch.stack((torch.ones_like(stops), stops))).abs()

# %% wrong: through NumPy -> values-leave-pytorch cell="walks-vectorised"
def walks(houses, stops):
    return torch.from_numpy(np.abs(np.subtract.outer(houses.numpy(), stops.numpy())))
