# Answers to step-by-hand of gradient_descent: one step of gradient descent without autograd

# %% right: with the slopes of the exercise before
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight - learning_rate * weight_gradient, bias - learning_rate * bias_gradient

# %% right: written out
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    error = weight * inputs + bias - targets
    new_weight = weight - learning_rate * 2 * torch.mean(inputs * error)
    new_bias = bias - learning_rate * 2 * torch.mean(error)
    return new_weight, new_bias

# %% right: names bound anew, the error measured once, a list returned as a tuple
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    error = weight * inputs + bias - targets
    weight = weight - learning_rate * 2 * (inputs * error).mean()
    bias = bias - learning_rate * 2 * error.mean()
    return tuple([weight, bias])

# %% right: copies that are changed in place
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    slopes = line_gradients(inputs, targets, weight, bias)
    weight, bias = weight.clone(), bias.clone()
    weight -= learning_rate * slopes[0]
    bias.sub_(learning_rate * slopes[1])
    return weight, bias

# %% wrong: plus -> wrong-sign cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight + learning_rate * weight_gradient, bias + learning_rate * bias_gradient

# %% wrong: the bias's slope at the new weight -> gradient-after-update cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight = weight - learning_rate * line_gradients(inputs, targets, weight, bias)[0]
    bias = bias - learning_rate * line_gradients(inputs, targets, weight, bias)[1]
    return weight, bias

# %% wrong: no learning rate -> learning-rate-ignored cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight - weight_gradient, bias - bias_gradient

# %% wrong: the learning rate twice -> learning-rate-twice cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_step, bias_step = (learning_rate * slope for slope in line_gradients(inputs, targets, weight, bias))
    return weight - learning_rate * weight_step, bias - learning_rate * bias_step

# %% wrong: divided by the learning rate -> divided-by-learning-rate cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight - weight_gradient / learning_rate, bias - bias_gradient / learning_rate

# %% wrong: the bias stays -> bias-never-updated cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight - learning_rate * weight_gradient, bias

# %% wrong: the weight stays -> weight-never-updated cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight, bias - learning_rate * bias_gradient

# %% wrong: the 2 is missing -> factor-half cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    error = weight * inputs + bias - targets
    return weight - learning_rate * (inputs * error).mean(), bias - learning_rate * error.mean()

# %% wrong: a rate of its own -> learning-rate-hard-coded cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight - 0.1 * weight_gradient, bias - 0.1 * bias_gradient

# %% wrong: bias first -> returned-in-wrong-order cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return bias - learning_rate * bias_gradient, weight - learning_rate * weight_gradient

# %% wrong: writes into its arguments -> argument-changed-in-place cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    weight -= learning_rate * weight_gradient
    bias -= learning_rate * bias_gradient
    return weight, bias

# %% wrong: Python floats -> python-number-for-tensor cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return (weight - learning_rate * weight_gradient).item(), (bias - learning_rate * bias_gradient).item()

# %% wrong: the step that was due, without its sign -> unnamed cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return learning_rate * weight_gradient, learning_rate * bias_gradient

# %% wrong: the step and not where it leads -> step-for-new-parameters cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return -learning_rate * weight_gradient, -learning_rate * bias_gradient

# %% wrong: the slopes unpacked in the other order -> slopes-exchanged cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    db, dw = line_gradients(inputs, targets, weight, bias)
    return weight - learning_rate * dw, bias - learning_rate * db

# %% wrong: a quarter written into the code -> learning-rate-hard-coded cell="step-by-hand-values"
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    weight_gradient, bias_gradient = line_gradients(inputs, targets, weight, bias)
    return weight - 0.25 * weight_gradient, bias - 0.25 * bias_gradient

# %% right: with autograd on leaves of its own
def step_by_hand(inputs, targets, weight, bias, learning_rate):
    leaves = [part.clone().requires_grad_() for part in (weight, bias)]
    ((leaves[0] * inputs + leaves[1] - targets) ** 2).mean().backward()
    return tuple(leaf.detach() - learning_rate * leaf.grad for leaf in leaves)
