# Answers to ranking-loss of review: the negative log likelihood of all pairs, safe for large scores

# %% right: softplus of a table of differences
def ranking_loss(liked, others):
    return F.softplus(others - liked[:, None]).mean()

# %% right: logsigmoid
def ranking_loss(liked, others):
    return -F.logsigmoid(liked.unsqueeze(1) - others.unsqueeze(0)).mean()

# %% right: PyTorch's loss with the label 1 for every pair
def ranking_loss(liked, others):
    leads = liked.view(-1, 1) - others
    return F.binary_cross_entropy_with_logits(leads, torch.ones_like(leads))

# %% right: logaddexp with 0, the others in rows
def ranking_loss(liked, others):
    behind = others.view(-1, 1) - liked
    return torch.logaddexp(torch.zeros_like(behind), behind).sum() / (len(liked) * len(others))

# %% wrong: as the formula reads -> naive-exponential cell="ranking-loss-values"
def ranking_loss(liked, others):
    return -torch.log(torch.sigmoid(liked[:, None] - others)).mean()

# %% wrong: exponential and logarithm by hand -> naive-exponential cell="ranking-loss-values"
def ranking_loss(liked, others):
    return torch.log(1 + torch.exp(others - liked[:, None])).mean()

# %% wrong: the sum -> sum-for-mean cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.softplus(others - liked[:, None]).sum()

# %% wrong: the difference the wrong way round -> pairs-exchanged cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.softplus(liked[:, None] - others).mean()

# %% wrong: the minus in front lost -> sign-flipped cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.logsigmoid(liked[:, None] - others).mean()

# %% wrong: one difference of two means -> means-compared cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.softplus(others.mean() - liked.mean())

# %% wrong: liked as label 1, others as label 0 -> scores-judged-alone cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.softplus(torch.cat([-liked, others])).mean()

# %% wrong: no logarithm -> logarithm-missing cell="ranking-loss-values"
def ranking_loss(liked, others):
    return -torch.sigmoid(liked[:, None] - others).mean()

# %% wrong: the squared error of a probability -> probabilities-squared cell="ranking-loss-values"
def ranking_loss(liked, others):
    return ((1 - torch.sigmoid(liked[:, None] - others)) ** 2).mean()

# %% wrong: sigmoid before softplus -> sigmoid-before-bce-with-logits cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.softplus(-torch.sigmoid(liked[:, None] - others)).mean()

# %% wrong: base two -> other-logarithm cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.softplus(others - liked[:, None]).mean() / math.log(2)

# %% wrong: one to one -> shapes-do-not-broadcast cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.softplus(others - liked).mean()

# %% wrong: a Python number -> python-number-for-tensor cell="ranking-loss-values"
def ranking_loss(liked, others):
    return F.softplus(others - liked[:, None]).mean().item()

# %% wrong: a value saved by where, its gradient not -> infinite-gradient cell="ranking-loss-values"
def ranking_loss(liked, others):
    behind = others - liked[:, None]
    return torch.where(behind > 50, behind, torch.log(1 + torch.exp(behind))).mean()

# %% wrong: cut off at 50, gradient lost -> unnamed cell="ranking-loss-values"
def ranking_loss(liked, others):
    behind = (others - liked[:, None]).clamp(max=50)
    return torch.log(1 + torch.exp(behind)).mean()

# %% wrong: a loop over the liked -> loop-over-rows cell="ranking-loss-values"
def ranking_loss(liked, others):
    total = 0
    for score in liked:
        total = total + F.softplus(others - score).sum()
    return total / (len(liked) * len(others))
