# Answers to slopes of autograd: the derivative of an elementwise function at many points, from one walk back

# %% right: the sum of a clone's values
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    function(leaf).sum().backward()
    return leaf.grad

# %% right: a vector of ones
def slopes(function, points):
    leaf = points.detach().clone()
    leaf.requires_grad = True
    heights = function(leaf)
    heights.backward(torch.ones_like(heights))
    return leaf.grad

# %% right: autograd.grad of the sum
def slopes(function, points):
    leaf = points.clone().requires_grad_(True)
    total = function(leaf).sum()
    gradient, = torch.autograd.grad(total, leaf)
    return gradient

# %% right: the mean, and n times its gradient
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    function(leaf).mean().backward()
    return leaf.grad * len(points)

# %% wrong: backward on the vector -> backward-on-vector cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    heights = function(leaf)
    heights.backward()
    return leaf.grad

# %% wrong: the mean -> mean-for-sum cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    function(leaf).mean().backward()
    return leaf.grad

# %% wrong: the sum of the slopes -> no-dim cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    function(leaf).sum().backward()
    return leaf.grad.sum()

# %% wrong: nothing requires a gradient -> backward-without-graph cell="slopes-values"
def slopes(function, points):
    leaf = points.clone()
    total = function(leaf).sum()
    total.backward()
    return leaf.grad

# %% wrong: asked for after the forward walk -> backward-without-graph cell="slopes-values"
def slopes(function, points):
    leaf = points.clone()
    total = function(leaf).sum()
    leaf.requires_grad_()
    total.backward()
    return leaf.grad

# %% wrong: inside no_grad -> no-grad-around-forward cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    with torch.no_grad():
        total = function(leaf).sum()
    total.backward()
    return leaf.grad

# %% wrong: a Python number in the middle -> number-in-graph cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    total = function(leaf).sum().item()
    total.backward()
    return leaf.grad

# %% wrong: detached -> detached-result cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    total = function(leaf).detach().sum()
    total.backward()
    return leaf.grad

# %% wrong: wrapped in a new tensor -> unnamed cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    total = torch.tensor(function(leaf).sum().item(), requires_grad=True)
    total.backward()
    return leaf.grad

# %% wrong: the gradient of a computed tensor -> grad-of-non-leaf cell="slopes-values"
def slopes(function, points):
    scaled = points.clone().requires_grad_() * 1.0
    function(scaled).sum().backward()
    return scaled.grad

# %% wrong: the gradient of the data -> grad-of-data cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    function(leaf).sum().backward()
    return points.grad

# %% wrong: backward twice through one graph -> backward-twice cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    total = function(leaf).sum()
    total.backward()
    total.backward()
    return leaf.grad

# %% wrong: two walks that add up -> gradients-accumulate cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    function(leaf).sum().backward()
    function(leaf).sum().backward()
    return leaf.grad

# %% wrong: a walk for each point -> loop-over-rows cell="slopes-one-walk"
def slopes(function, points):
    found = []
    for point in points:
        leaf = point.clone().requires_grad_()
        function(leaf).backward()
        found.append(leaf.grad)
    return torch.stack(found)

# %% wrong: the whole Jacobian for its diagonal -> loop-over-rows cell="slopes-one-walk"
def slopes(function, points):
    return jacobian(function, points).diagonal()

# %% wrong: a step to both sides -> unnamed cell="slopes-values"
def slopes(function, points):
    return (function(points + 1e-3) - function(points - 1e-3)) / 2e-3

# %% wrong: the slope of the cube only -> unnamed cell="slopes-values"
def slopes(function, points):
    return 3 * points ** 2

# %% wrong: the tensor that was given becomes the leaf -> given-tensor-made-leaf cell="slopes-values"
def slopes(function, points):
    points.requires_grad_()
    function(points).sum().backward()
    return points.grad

# %% wrong: a NumPy array -> array-for-tensor cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    function(leaf).sum().backward()
    return leaf.grad.numpy()

# %% wrong: a saved value overwritten before the walk back -> in-place-on-saved cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    shifted = leaf + 0.0
    total = function(shifted).sum()
    shifted += 1
    total.backward()
    return leaf.grad

# %% wrong: the leaf emptied before the walk back -> unnamed cell="slopes-values"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    total = function(leaf).sum()
    with torch.no_grad():
        leaf.zero_()
    total.backward()
    return leaf.grad

# %% wrong: a walk for each point, through one graph that is kept -> loop-over-rows cell="slopes-one-walk"
def slopes(function, points):
    leaf = points.clone().requires_grad_()
    heights = function(leaf)
    found = []
    for row in range(len(points)):
        leaf.grad = None
        heights[row].backward(retain_graph=True)
        found.append(leaf.grad[row].clone())
    return torch.stack(found)

# %% right: forward, by torch.func.jvp
def slopes(function, points):
    return torch.func.jvp(function, (points,), (torch.ones_like(points),))[1]

# %% right: forward, by dual numbers
import torch.autograd.forward_ad as forward_ad
def slopes(function, points):
    with forward_ad.dual_level():
        moved = forward_ad.make_dual(points, torch.ones_like(points))
        return forward_ad.unpack_dual(function(moved)).tangent

# %% wrong: forward, and the value returned -> unnamed cell="slopes-values"
def slopes(function, points):
    return torch.func.jvp(function, (points,), (torch.ones_like(points),))[0]
