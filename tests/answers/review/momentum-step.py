# Answers to momentum-step of review: one step of SGD with momentum and weight decay

# %% right: two lines
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = momentum * buffer + gradient + weight_decay * parameter
    return parameter - learning_rate * buffer, buffer

# %% right: step by step
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    total_gradient = gradient + weight_decay * parameter
    new_buffer = torch.add(total_gradient, buffer, alpha=momentum)
    new_parameter = parameter.clone()
    new_parameter -= learning_rate * new_buffer
    return new_parameter, new_buffer

# %% right: PyTorch's own optimiser
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    leaf = parameter.clone().requires_grad_()
    leaf.grad = gradient.clone()
    optimiser = torch.optim.SGD([leaf], lr=learning_rate, momentum=momentum, weight_decay=weight_decay)
    optimiser.state[leaf]["momentum_buffer"] = buffer.clone()
    optimiser.step()
    return leaf.detach(), optimiser.state[leaf]["momentum_buffer"]

# %% wrong: moved by the old buffer -> old-buffer-used cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    new_buffer = momentum * buffer + gradient + weight_decay * parameter
    return parameter - learning_rate * buffer, new_buffer

# %% wrong: no weight decay -> price-left-out-of-step cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = momentum * buffer + gradient
    return parameter - learning_rate * buffer, buffer

# %% wrong: no momentum -> buffer-left-out cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = gradient + weight_decay * parameter
    return parameter - learning_rate * buffer, buffer

# %% wrong: 1 − momentum before the gradient -> gradient-dampened cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = momentum * buffer + (1 - momentum) * (gradient + weight_decay * parameter)
    return parameter - learning_rate * buffer, buffer

# %% wrong: uphill -> moved-with-the-gradient cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = momentum * buffer + gradient + weight_decay * parameter
    return parameter + learning_rate * buffer, buffer

# %% wrong: buffer first -> buffer-returned-first cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = momentum * buffer + gradient + weight_decay * parameter
    return buffer, parameter - learning_rate * buffer

# %% wrong: everything in place -> argument-changed-in-place cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    gradient += weight_decay * parameter
    buffer *= momentum
    buffer += gradient
    parameter -= learning_rate * buffer
    return parameter, buffer

# %% wrong: the parameter alone -> unnamed cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = momentum * buffer + gradient + weight_decay * parameter
    return parameter - learning_rate * buffer

# %% wrong: the learning rate inside the buffer -> unnamed cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = momentum * buffer - learning_rate * (gradient + weight_decay * parameter)
    return parameter + buffer, buffer

# %% wrong: 1 − momentum before the old buffer -> momentum-complemented cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = (1 - momentum) * buffer + gradient + weight_decay * parameter
    return parameter - learning_rate * buffer, buffer

# %% wrong: momentum before the whole sum -> momentum-on-the-sum cell="momentum-step-values"
def momentum_step(parameter, gradient, buffer, learning_rate, momentum, weight_decay):
    buffer = momentum * (buffer + gradient + weight_decay * parameter)
    return parameter - learning_rate * buffer, buffer
