# Answers to line-loss of points, for a class as it comes

# %% right: as taught
def line_loss(weight, bias, hours, questions):
    predicted = weight * hours + bias
    return ((predicted - questions) ** 2).mean()

# %% right: torch's own
def line_loss(weight, bias, hours, questions):
    return torch.nn.functional.mse_loss(weight * hours + bias, questions)

# %% right: sum divided by the length
def line_loss(weight, bias, hours, questions):
    errors = questions - (bias + weight * hours)
    return torch.sum(errors * errors) / len(errors)

# %% right: noisy, with prints at every call and a warning
import warnings

def line_loss(weight, bias, hours, questions):
    predicted = weight * hours + bias
    if len(hours) == 200 and float(weight) == 0:
        print("shapes:", predicted.shape, questions.shape)
        warnings.warn("remember to remove the prints")
    return torch.mean((predicted - questions) ** 2)

# %% wrong: sum for mean -> unnamed cell="line-loss-values"
def line_loss(weight, bias, hours, questions):
    return ((weight * hours + bias - questions) ** 2).sum()

# %% wrong: absolute values -> unnamed cell="line-loss-values"
def line_loss(weight, bias, hours, questions):
    return (weight * hours + bias - questions).abs().mean()
