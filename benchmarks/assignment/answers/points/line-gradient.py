# Answers to line-gradient of points, for a class as it comes

# %% right: by backward
def line_gradient(weight, bias, hours, questions):
    weight = weight.clone().detach().requires_grad_(True)
    bias = bias.clone().detach().requires_grad_(True)
    line_loss(weight, bias, hours, questions).backward()
    return weight.grad, bias.grad

# %% right: by hand
def line_gradient(weight, bias, hours, questions):
    error = weight * hours + bias - questions
    return (2 * error * hours).mean(), (2 * error).mean()

# %% right: noisy, printing what came
def line_gradient(weight, bias, hours, questions):
    w = weight.detach().clone().requires_grad_()
    b = bias.detach().clone().requires_grad_()
    loss = line_loss(w, b, hours, questions)
    print("loss is", loss)
    loss.backward()
    print("gradients:", w.grad, b.grad)
    return w.grad, b.grad

# %% wrong: without the factor two -> unnamed cell="line-gradient-values"
def line_gradient(weight, bias, hours, questions):
    error = weight * hours + bias - questions
    return (error * hours).mean(), error.mean()

# %% wrong: raises, since nothing requires a gradient -> unnamed cell="line-gradient-values"
def line_gradient(weight, bias, hours, questions):
    loss = ((weight * hours + bias - questions) ** 2).mean()
    loss.backward()
    return weight.grad, bias.grad
