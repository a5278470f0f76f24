# Answers to logistic-loss of review: the mean logistic loss of scores and signs, safe for large scores

# %% right: softplus
def logistic_loss(scores, signs):
    return F.softplus(-signs * scores).mean()

# %% right: logsigmoid
def logistic_loss(scores, signs):
    return -F.logsigmoid(signs * scores).mean()

# %% right: logaddexp with 0
def logistic_loss(scores, signs):
    margin = signs * scores
    return torch.logaddexp(torch.zeros_like(margin), -margin).mean()

# %% right: PyTorch's loss on labels 0 and 1
def logistic_loss(scores, signs):
    return F.binary_cross_entropy_with_logits(scores, (signs + 1) / 2)

# %% wrong: as the formula reads -> naive-exponential cell="logistic-loss-values"
def logistic_loss(scores, signs):
    return torch.log(1 + torch.exp(-signs * scores)).mean()

# %% wrong: the sum -> sum-for-mean cell="logistic-loss-values"
def logistic_loss(scores, signs):
    return F.softplus(-signs * scores).sum()

# %% wrong: the sign lost -> labels-exchanged cell="logistic-loss-values"
def logistic_loss(scores, signs):
    return F.softplus(signs * scores).mean()

# %% wrong: negative -> sign-flipped cell="logistic-loss-values"
def logistic_loss(scores, signs):
    return F.logsigmoid(signs * scores).mean()

# %% wrong: signs for labels -> unnamed cell="logistic-loss-values"
def logistic_loss(scores, signs):
    return F.binary_cross_entropy_with_logits(scores, signs)

# %% wrong: sigmoid before the loss -> sigmoid-before-bce-with-logits cell="logistic-loss-values"
def logistic_loss(scores, signs):
    return F.binary_cross_entropy_with_logits(torch.sigmoid(scores), (signs + 1) / 2)

# %% wrong: labels 0 and 1 in the margin -> hinge-labels-zero-one cell="logistic-loss-values"
def logistic_loss(scores, signs):
    labels = (signs + 1) / 2
    return F.softplus(-labels * scores).mean()

# %% wrong: base two -> other-logarithm cell="logistic-loss-values"
def logistic_loss(scores, signs):
    return F.softplus(-signs * scores).mean() / math.log(2)

# %% wrong: a Python number -> python-number-for-tensor cell="logistic-loss-values"
def logistic_loss(scores, signs):
    return F.softplus(-signs * scores).mean().item()

# %% wrong: a value saved by where, its gradient not -> infinite-gradient cell="logistic-loss-values"
def logistic_loss(scores, signs):
    margin = signs * scores
    return torch.where(margin < -50, -margin, torch.log(1 + torch.exp(-margin))).mean()

# %% wrong: cut off at 50, gradient lost -> unnamed cell="logistic-loss-values"
def logistic_loss(scores, signs):
    margin = (signs * scores).clamp(min=-50)
    return torch.log(1 + torch.exp(-margin)).mean()

# %% wrong: a loop over the rows -> loop-over-rows cell="logistic-loss-values"
def logistic_loss(scores, signs):
    total = 0
    for score, sign in zip(scores, signs):
        total = total + F.softplus(-sign * score)
    return total / len(scores)
