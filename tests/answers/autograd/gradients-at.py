# Answers to gradients-at of autograd: the gradient of a function of a point, at each of several points

# %% right: a new leaf for each row
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = point.clone().requires_grad_()
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% right: one leaf that is given new numbers, emptied in time, and copies kept
def gradients_at(function, points):
    leaf = torch.zeros_like(points[0], requires_grad=True)
    gradients = []
    for point in points:
        with torch.no_grad():
            leaf.copy_(point)
        function(leaf).backward()
        gradients.append(leaf.grad.clone())
        leaf.grad.zero_()
    return torch.stack(gradients)

# %% right: one leaf for all points, and one walk back from the sum
def gradients_at(function, points):
    leaf = points.clone().requires_grad_()
    torch.stack([function(point) for point in leaf]).sum().backward()
    return leaf.grad

# %% right: one leaf for all points, whose gradient is meant to add up
def gradients_at(function, points):
    leaf = points.detach().clone().requires_grad_()
    for row in range(len(leaf)):
        function(leaf[row]).backward()
    return leaf.grad

# %% right: a table filled with autograd.grad, .grad set to None
def gradients_at(function, points):
    table = torch.empty_like(points)
    for row, point in enumerate(points):
        leaf = point.detach().requires_grad_()
        table[row] = torch.autograd.grad(function(leaf), leaf)[0]
    return table

# %% right: the gradient thrown away and made anew
def gradients_at(function, points):
    leaf = points[0].clone().requires_grad_()
    gradients = []
    for point in points:
        leaf.data.copy_(point)
        leaf.grad = None
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% right: rows of Jacobians
def gradients_at(function, points):
    return torch.stack([jacobian(function, point) for point in points])

# %% wrong: one leaf, never emptied -> gradients-accumulate cell="gradients-at-values"
def gradients_at(function, points):
    leaf = torch.zeros_like(points[0], requires_grad=True)
    gradients = []
    for point in points:
        with torch.no_grad():
            leaf.copy_(point)
        function(leaf).backward()
        gradients.append(leaf.grad.clone())
    return torch.stack(gradients)

# %% wrong: kept without a copy, and emptied -> gradient-not-cloned cell="gradients-at-values"
def gradients_at(function, points):
    leaf = torch.zeros_like(points[0], requires_grad=True)
    gradients = []
    for point in points:
        with torch.no_grad():
            leaf.copy_(point)
        if leaf.grad is not None:
            leaf.grad.zero_()
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% wrong: changed in place while recording -> in-place-on-leaf cell="gradients-at-values"
def gradients_at(function, points):
    leaf = torch.zeros_like(points[0], requires_grad=True)
    gradients = []
    for point in points:
        leaf.copy_(point)
        function(leaf).backward()
        gradients.append(leaf.grad.clone())
        leaf.grad.zero_()
    return torch.stack(gradients)

# %% wrong: emptied before there is anything -> zeroing-none cell="gradients-at-values"
def gradients_at(function, points):
    leaf = torch.zeros_like(points[0], requires_grad=True)
    gradients = []
    for point in points:
        leaf.grad.zero_()
        with torch.no_grad():
            leaf.copy_(point)
        function(leaf).backward()
        gradients.append(leaf.grad.clone())
    return torch.stack(gradients)

# %% wrong: the gradient set to a number -> grad-set-to-number cell="gradients-at-values"
def gradients_at(function, points):
    leaf = torch.zeros_like(points[0], requires_grad=True)
    gradients = []
    for point in points:
        with torch.no_grad():
            leaf.copy_(point)
        function(leaf).backward()
        gradients.append(leaf.grad.clone())
        leaf.grad = 0
    return torch.stack(gradients)

# %% wrong: a row that requires no gradient -> backward-without-graph cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        value = function(point)
        value.backward()
        gradients.append(point.grad)
    return torch.stack(gradients)

# %% wrong: the leaf scaled, so it is none -> unnamed cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = point.clone().requires_grad_() * 1.0
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% wrong: a slice of a leaf has no gradient -> unnamed cell="gradients-at-values"
def gradients_at(function, points):
    leaves = points.clone().requires_grad_()
    gradients = []
    for row in range(len(leaves)):
        point = leaves[row]
        function(point).backward()
        gradients.append(point.grad)
    return torch.stack(gradients)

# %% wrong: a name bound inside no_grad -> leaf-rebound-in-no-grad cell="gradients-at-values"
def gradients_at(function, points):
    leaf = torch.zeros_like(points[0], requires_grad=True)
    gradients = []
    for point in points:
        with torch.no_grad():
            leaf = leaf * 0 + point
        value = function(leaf)
        value.backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% wrong: the function inside no_grad -> no-grad-around-forward cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = point.clone().requires_grad_()
        with torch.no_grad():
            value = function(leaf)
        value.backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% wrong: a Python number on the way -> number-in-graph cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = point.clone().requires_grad_()
        value = function(leaf).item()
        value.backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% wrong: the leaf moved on before the walk back -> in-place-on-saved cell="gradients-at-values"
def gradients_at(function, points):
    leaf = points[0].clone().requires_grad_()
    gradients = []
    for point in points:
        value = function(leaf)
        with torch.no_grad():
            leaf.copy_(point)
        value.backward()
        gradients.append(leaf.grad.clone())
        leaf.grad = None
    return torch.stack(gradients)

# %% wrong: one walk over a vector of values -> backward-on-vector cell="gradients-at-values"
def gradients_at(function, points):
    leaf = points.clone().requires_grad_()
    values = torch.stack([function(point) for point in leaf])
    values.backward()
    return leaf.grad

# %% wrong: the mean over the points -> mean-for-sum cell="gradients-at-values"
def gradients_at(function, points):
    leaf = points.clone().requires_grad_()
    torch.stack([function(point) for point in leaf]).mean().backward()
    return leaf.grad

# %% wrong: a NumPy array of a tensor with history -> numpy-with-graph cell="gradients-at-values"
def gradients_at(function, points):
    leaf = points.clone().requires_grad_()
    values = torch.stack([function(point) for point in leaf])
    heights = values.numpy()
    values.sum().backward()
    return leaf.grad

# %% wrong: the list itself -> unnamed cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = point.clone().requires_grad_()
        function(leaf).backward()
        gradients.append(leaf.grad)
    return gradients

# %% wrong: float32 whatever came -> float-for-double cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = point.float().clone().requires_grad_()
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% wrong: only the last row -> unnamed cell="gradients-at-values"
def gradients_at(function, points):
    for point in points:
        leaf = point.clone().requires_grad_()
        function(leaf).backward()
    return leaf.grad

# %% wrong: the caller's points are emptied -> argument-changed-in-place cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = point.clone().requires_grad_()
        function(leaf).backward()
        gradients.append(leaf.grad)
        point.zero_()
    return torch.stack(gradients)

# %% wrong: the points themselves become the leaf, and keep what they collect -> given-tensor-made-leaf cell="gradients-at-values"
def gradients_at(function, points):
    points.requires_grad_()
    for point in points:
        function(point).backward()
    return points.grad

# %% wrong: the result is a leaf -> result-made-leaf cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = point.clone().requires_grad_()
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients).requires_grad_()

# %% wrong: points of three numbers, never of two -> unnamed cell="gradients-at-values"
def gradients_at(function, points):
    gradients = []
    for point in points:
        leaf = torch.zeros(3, dtype=points.dtype, requires_grad=True)
        with torch.no_grad():
            leaf.copy_(point)
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)

# %% wrong: a leaf of float32 -> float-for-double cell="gradients-at-values"
def gradients_at(function, points):
    leaf = torch.zeros(points.shape[1], requires_grad=True)
    gradients = []
    for point in points:
        with torch.no_grad():
            leaf.copy_(point)
        function(leaf).backward()
        gradients.append(leaf.grad.clone())
        leaf.grad = None
    return torch.stack(gradients)

# %% wrong: one leaf, neither emptied nor copied -> accumulated-and-not-cloned cell="gradients-at-values"
def gradients_at(function, points):
    leaf = torch.zeros_like(points[0], requires_grad=True)
    gradients = []
    for point in points:
        with torch.no_grad():
            leaf.copy_(point)
        function(leaf).backward()
        gradients.append(leaf.grad)
    return torch.stack(gradients)
