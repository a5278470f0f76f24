# Answers to margin-gradient of review: the gradient of the squared hinge with its margin term, written down

# %% right: as derived
def margin_gradient(weight, inputs, signs, strength):
    short = (1 - signs * (inputs @ weight)).clamp(min=0)
    return weight - 2 * strength * (short * signs) @ inputs

# %% right: transposed, with relu
def margin_gradient(weight, inputs, signs, strength):
    pull = torch.relu(1 - signs * inputs.mv(weight)) * signs
    return weight - 2 * strength * inputs.T @ pull

# %% right: rows weighted and summed
def margin_gradient(weight, inputs, signs, strength):
    margin = signs * (inputs * weight).sum(dim=1)
    inside = (margin < 1).float()
    rows = (inside * (1 - margin) * signs).unsqueeze(1) * inputs
    return weight - 2 * strength * rows.sum(dim=0)

# %% wrong: the 2 lost -> slope-of-square-without-two cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = (1 - signs * (inputs @ weight)).clamp(min=0)
    return weight - strength * (short * signs) @ inputs

# %% wrong: no maximum -> hinge-without-maximum cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = 1 - signs * (inputs @ weight)
    return weight - 2 * strength * (short * signs) @ inputs

# %% wrong: no margin -> hinge-without-one cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = (-signs * (inputs @ weight)).clamp(min=0)
    return weight - 2 * strength * (short * signs) @ inputs

# %% wrong: the weight left out -> margin-term-missing cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = (1 - signs * (inputs @ weight)).clamp(min=0)
    return -2 * strength * (short * signs) @ inputs

# %% wrong: twice the weight -> margin-term-doubled cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = (1 - signs * (inputs @ weight)).clamp(min=0)
    return 2 * weight - 2 * strength * (short * signs) @ inputs

# %% wrong: the inner minus lost -> wrong-sign cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = (1 - signs * (inputs @ weight)).clamp(min=0)
    return weight + 2 * strength * (short * signs) @ inputs

# %% wrong: the hinge without the square -> hinge-not-squared cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    pulls = (signs * (inputs @ weight) < 1).float()
    return weight - strength * (pulls * signs) @ inputs

# %% wrong: C left out -> hinge-weight-ignored cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = (1 - signs * (inputs @ weight)).clamp(min=0)
    return weight - 2 * (short * signs) @ inputs

# %% wrong: the mean over the rows -> mean-for-sum cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = (1 - signs * (inputs @ weight)).clamp(min=0)
    return weight - 2 * strength * (short * signs) @ inputs / len(inputs)

# %% wrong: a loop over the rows -> loop-over-rows cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    gradient = weight.clone()
    for x, t in zip(inputs, signs):
        gradient = gradient - 2 * strength * (1 - t * (x @ weight)).clamp(min=0) * t * x
    return gradient

# %% wrong: every row against every sign -> unnamed cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    scores = (inputs @ weight).unsqueeze(1)
    short = (1 - signs * scores).clamp(min=0)
    return weight - 2 * strength * ((short * signs) @ inputs).sum(dim=0)

# %% wrong: the weight itself changed -> argument-changed-in-place cell="margin-gradient-values"
def margin_gradient(weight, inputs, signs, strength):
    short = (1 - signs * (inputs @ weight)).clamp(min=0)
    weight -= 2 * strength * (short * signs) @ inputs
    return weight
