# Answers to margin-gradient of review: the gradient of a hinge with a limit and its margin term, written down

# %% right: as derived
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    return weight - 2 * C * (share * signs) @ inputs

# %% right: transposed, with relu and minimum
def margin_gradient(weight, inputs, signs, C):
    short = torch.relu(1 - signs * inputs.mv(weight))
    pull = torch.minimum(short, torch.ones_like(short)) * signs
    return weight - 2 * C * inputs.T @ pull

# %% right: rows weighted and summed
def margin_gradient(weight, inputs, signs, C):
    s = 1 - signs * (inputs * weight).sum(dim=1)
    slope = torch.where(s > 1, 2.0, torch.where(s > 0, 2 * s, 0.0))
    return weight - C * ((slope * signs).unsqueeze(1) * inputs).sum(dim=0)

# %% right: autograd on a copy
def margin_gradient(weight, inputs, signs, C):
    w = weight.clone().requires_grad_()
    s = 1 - signs * (inputs @ w)
    h = torch.where(s > 1, 2 * s - 1, s.clamp(min=0) ** 2)
    (0.5 * w @ w + C * h.sum()).backward()
    return w.grad

# %% wrong: the 2 lost -> slope-of-square-without-two cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    return weight - C * (share * signs) @ inputs

# %% wrong: no lower limit -> hinge-without-maximum cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(max=1)
    return weight - 2 * C * (share * signs) @ inputs

# %% wrong: no upper limit -> hinge-without-limit cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(min=0)
    return weight - 2 * C * (share * signs) @ inputs

# %% wrong: no limits at all -> unnamed cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = 1 - signs * (inputs @ weight)
    return weight - 2 * C * (share * signs) @ inputs

# %% wrong: no margin -> hinge-without-one cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (-signs * (inputs @ weight)).clamp(0, 1)
    return weight - 2 * C * (share * signs) @ inputs

# %% wrong: the weight left out -> margin-term-missing cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    return -2 * C * (share * signs) @ inputs

# %% wrong: twice the weight -> margin-slope-doubled cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    return 2 * weight - 2 * C * (share * signs) @ inputs

# %% wrong: the inner minus lost -> inner-minus-lost cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    return weight + 2 * C * (share * signs) @ inputs

# %% wrong: the slope of the plain hinge -> slope-of-plain-hinge cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    pulls = (signs * (inputs @ weight) < 1).float()
    return weight - C * (pulls * signs) @ inputs

# %% wrong: labels 0 and 1 -> hinge-labels-zero-one cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    labels = (signs + 1) / 2
    share = (1 - labels * (inputs @ weight)).clamp(0, 1)
    return weight - 2 * C * (share * labels) @ inputs

# %% wrong: C left out -> hinge-weight-ignored cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    return weight - 2 * (share * signs) @ inputs

# %% wrong: C squared -> unnamed cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    return weight - 2 * C ** 2 * (share * signs) @ inputs

# %% wrong: the mean over the rows -> mean-for-sum cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    return weight - 2 * C * (share * signs) @ inputs / len(inputs)

# %% wrong: a loop over the rows -> loop-over-rows cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    gradient = weight.clone()
    for x, t in zip(inputs, signs):
        gradient = gradient - 2 * C * (1 - t * (x @ weight)).clamp(0, 1) * t * x
    return gradient

# %% wrong: every row against every sign -> unnamed cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    scores = (inputs @ weight).unsqueeze(1)
    share = (1 - signs * scores).clamp(0, 1)
    return weight - 2 * C * ((share * signs) @ inputs).sum(dim=0)

# %% wrong: the weight itself changed -> argument-changed-in-place cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, C):
    share = (1 - signs * (inputs @ weight)).clamp(0, 1)
    weight -= 2 * C * (share * signs) @ inputs
    return weight
