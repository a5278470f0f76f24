# Answers to cautious-loss of autograd: a weighted loss whose weights count as constants

# %% right: detached weights
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = 1 / (1 + residuals.abs())
    return (weights.detach() * residuals ** 2).mean()

# %% right: weights computed inside no_grad
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    with torch.no_grad():
        weights = 1 / (1 + torch.abs(residuals))
    return torch.mean(weights * torch.square(residuals))

# %% right: the residuals detached inside the weights
def cautious_loss(predictions, targets):
    residuals = targets - predictions
    return (residuals.square() / (residuals.detach().abs() + 1)).sum() / residuals.numel()

# %% right: detached predictions, and .data
def cautious_loss(predictions, targets):
    weights = 1 / (1 + (predictions.data - targets.data).abs())
    return (weights * (predictions - targets) ** 2).mean()

# %% wrong: weights in the graph -> constant-in-graph cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = 1 / (1 + residuals.abs())
    return (weights * residuals ** 2).mean()

# %% wrong: everything detached -> detached-result cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    residuals = (predictions - targets).detach()
    weights = 1 / (1 + residuals.abs())
    return (weights * residuals ** 2).mean()

# %% wrong: everything inside no_grad -> no-grad-around-forward cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    with torch.no_grad():
        residuals = predictions - targets
        weights = 1 / (1 + residuals.abs())
        return (weights * residuals ** 2).mean()

# %% wrong: the result wrapped anew -> rewrapped-result cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = 1 / (1 + residuals.abs())
    return torch.tensor((weights * residuals ** 2).mean().item(), requires_grad=True)

# %% wrong: required after the forward walk -> rewrapped-result cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    with torch.no_grad():
        residuals = predictions - targets
        weights = 1 / (1 + residuals.abs())
        loss = (weights * residuals ** 2).mean()
    loss.requires_grad_()
    return loss

# %% wrong: the squares detached, not the weights -> wrong-part-detached cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = 1 / (1 + residuals.abs())
    return (weights * (residuals ** 2).detach()).mean()

# %% wrong: one of the two factors of the square detached -> path-left-out cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = 1 / (1 + residuals.detach().abs())
    return (weights * residuals * residuals.detach()).mean()

# %% wrong: a Python number -> python-number-for-tensor cell="cautious-loss-values"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    return ((1 / (1 + residuals.abs())) * residuals ** 2).mean().item()

# %% wrong: the sum -> sum-for-mean cell="cautious-loss-values"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = (1 / (1 + residuals.abs())).detach()
    return (weights * residuals ** 2).sum()

# %% wrong: weights from signed residuals -> weight-keeps-the-sign cell="cautious-loss-values"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = (1 / (1 + residuals)).detach()
    return (weights * residuals ** 2).mean()

# %% wrong: divided by the sum of the weights -> unnamed cell="cautious-loss-values"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = (1 / (1 + residuals.abs())).detach()
    return (weights * residuals ** 2).sum() / weights.sum()

# %% wrong: the loss computed by NumPy -> numpy-in-graph cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    residuals = (predictions - targets).detach().numpy()
    return torch.tensor((residuals ** 2 / (1 + abs(residuals))).mean())

# %% wrong: a saved tensor overwritten -> in-place-on-saved cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    squares = residuals ** 2
    residuals.abs_().add_(1)
    return (squares / residuals.detach()).mean()

# %% wrong: half a sum, whatever n is -> unnamed cell="cautious-loss-values"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = (1 / (1 + residuals.abs())).detach()
    return (weights * residuals ** 2).sum() / 2

# %% wrong: the weights rightly detached, and the result wrapped -> rewrapped-result cell="cautious-loss-gradient"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = 1 / (1 + residuals.abs())
    return torch.tensor((weights.detach() * residuals ** 2).mean())

# %% wrong: backward inside the loss -> backward-without-graph cell="cautious-loss-values"
def cautious_loss(predictions, targets):
    residuals = predictions - targets
    weights = (1 / (1 + residuals.abs())).detach()
    L = (weights * residuals ** 2).mean()
    L.backward()
    return L

# %% right: a function of autograd with a backward of its own
class Cautious(torch.autograd.Function):
    @staticmethod
    def forward(ctx, predictions, targets):
        residuals = predictions - targets
        weighted = residuals / (1 + residuals.abs())
        ctx.save_for_backward(weighted)
        return (weighted * residuals).mean()
    @staticmethod
    def backward(ctx, arriving):
        (weighted,) = ctx.saved_tensors
        slope = arriving * 2 * weighted / len(weighted)
        return slope, -slope
def cautious_loss(predictions, targets):
    return Cautious.apply(predictions, targets)
