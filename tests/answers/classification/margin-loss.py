# Answers to margin-loss of classification: half the squared length plus C times the squared hinges

# %% right: clamp, then squares
def margin_loss(weight, inputs, signs, C):
    missing = (1 - signs * (inputs @ weight)).clamp(min=0)
    return 0.5 * (weight ** 2).sum() + C * (missing ** 2).sum()

# %% right: relu and products
def margin_loss(weight, inputs, signs, C):
    hinge = torch.relu(1 - signs * (inputs @ weight))
    return weight @ weight / 2 + C * hinge @ hinge

# %% right: the norm squared, and a mask
def margin_loss(weight, inputs, signs, C):
    gaps = 1 - signs * inputs.matmul(weight)
    return torch.linalg.norm(weight) ** 2 / 2 + C * (gaps[gaps > 0] ** 2).sum()

# %% right: columns throughout
def margin_loss(weight, inputs, signs, C):
    z = inputs @ weight.view(-1, 1)
    hinge = torch.clamp(1 - signs.view(-1, 1) * z, min=0)
    return weight.pow(2).sum().mul(0.5) + C * hinge.pow(2).sum()

# %% wrong: the hinge is not squared -> hinge-not-squared cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * (1 - signs * (inputs @ weight)).clamp(min=0).sum()

# %% wrong: labels 0 and 1 -> hinge-labels-zero-one cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    labels = (signs + 1) / 2
    missing = (1 - labels * (inputs @ weight)).clamp(min=0)
    return 0.5 * (weight ** 2).sum() + C * (missing ** 2).sum()

# %% wrong: no length -> margin-term-missing cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return C * ((1 - signs * (inputs @ weight)).clamp(min=0) ** 2).sum()

# %% wrong: no half -> margin-term-doubled cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return (weight ** 2).sum() + C * ((1 - signs * (inputs @ weight)).clamp(min=0) ** 2).sum()

# %% wrong: the mean of the hinges -> mean-for-sum cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * ((1 - signs * (inputs @ weight)).clamp(min=0) ** 2).mean()

# %% wrong: no maximum -> hinge-without-maximum cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * ((1 - signs * (inputs @ weight)) ** 2).sum()

# %% wrong: the maximum after the square -> hinge-without-maximum cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * ((1 - signs * (inputs @ weight)) ** 2).clamp(min=0).sum()

# %% wrong: no margin of 1 -> hinge-without-one cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * ((-signs * (inputs @ weight)).clamp(min=0) ** 2).sum()

# %% wrong: C forgotten -> hinge-weight-ignored cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + ((1 - signs * (inputs @ weight)).clamp(min=0) ** 2).sum()

# %% wrong: scores as a column meet flat signs -> broadcast-n-by-n cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    scores = inputs @ weight.view(-1, 1)
    return 0.5 * (weight ** 2).sum() + C * ((1 - signs * scores).clamp(min=0) ** 2).sum()

# %% wrong: the length, not its square -> length-not-squared cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * torch.linalg.norm(weight) + C * ((1 - signs * (inputs @ weight)).clamp(min=0) ** 2).sum()

# %% wrong: the sum is squared -> square-of-sum cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * (1 - signs * (inputs @ weight)).clamp(min=0).sum() ** 2

# %% wrong: the signs left out -> labels-for-scores cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * ((1 - inputs @ weight).clamp(min=0) ** 2).sum()

# %% wrong: the weight first -> matrix-product-shapes cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * ((1 - signs * (weight @ inputs)).clamp(min=0) ** 2).sum()

# %% wrong: a detached weight -> detached-result cell="margin-loss-gradient"
def margin_loss(weight, inputs, signs, C):
    missing = (1 - signs * (inputs @ weight.detach())).clamp(min=0)
    return 0.5 * (weight.detach() ** 2).sum() + C * (missing ** 2).sum()

# %% wrong: a Python number -> python-number-for-tensor cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return (0.5 * (weight ** 2).sum() + C * ((1 - signs * (inputs @ weight)).clamp(min=0) ** 2).sum()).item()

# %% wrong: row by row -> loop-over-rows cell="margin-loss-vectorised"
def margin_loss(weight, inputs, signs, C):
    total = 0.5 * (weight ** 2).sum()
    for x, t in zip(inputs, signs):
        total = total + C * torch.clamp(1 - t * (x @ weight), min=0) ** 2
    return total

# %% wrong: C in front of both terms -> both-terms-weighed cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return C * (0.5 * (weight ** 2).sum() + ((1 - signs * (inputs @ weight)).clamp(min=0) ** 2).sum())

# %% wrong: Python's max -> unnamed cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * (max(0, 1 - signs * (inputs @ weight)) ** 2).sum()

# %% wrong: torch.max with a number -> unnamed cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + C * (torch.max(0, 1 - signs * (inputs @ weight)) ** 2).sum()

# %% wrong: the C of the example written down -> hinge-weight-ignored cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    return 0.5 * (weight ** 2).sum() + 4 * ((1 - signs * (inputs @ weight)).clamp(min=0) ** 2).sum()

# %% wrong: two features written out -> only-two-features cell="margin-loss-values"
def margin_loss(weight, inputs, signs, C):
    z = weight[0] * inputs[:, 0] + weight[1] * inputs[:, 1]
    return 0.5 * (weight[0] ** 2 + weight[1] ** 2) + C * ((1 - signs * z).clamp(min=0) ** 2).sum()
