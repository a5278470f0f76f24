# Answers to count-parameters of linear_model: how many numbers a module can learn

# %% right: a generator
def count_parameters(model):
    return sum(parameter.numel() for parameter in model.parameters())

# %% right: a loop over names
def count_parameters(model):
    count = 0
    for name, parameter in model.named_parameters():
        count += parameter.nelement()
    return count

# %% right: from the shapes in the state_dict
def count_parameters(model):
    import math
    return sum(math.prod(tensor.shape) for tensor in model.state_dict().values())

# %% right: all numbers in one vector
def count_parameters(model):
    return len(nn.utils.parameters_to_vector(model.parameters()))

# %% wrong: counts tensors -> tensors-counted-for-numbers cell="count-parameters-values"
def count_parameters(model):
    return len(list(model.parameters()))

# %% wrong: counts rows -> rows-counted-for-numbers cell="count-parameters-values"
def count_parameters(model):
    return sum(len(parameter) for parameter in model.parameters())

# %% wrong: weights only -> unnamed cell="count-parameters-values"
def count_parameters(model):
    return sum(p.numel() for name, p in model.named_parameters() if name.endswith("weight"))

# %% wrong: only the first parameter -> unnamed cell="count-parameters-values"
def count_parameters(model):
    for parameter in model.parameters():
        return parameter.numel()

# %% wrong: adds the numbers up -> unnamed cell="count-parameters-values"
def count_parameters(model):
    return sum(parameter.sum() for parameter in model.parameters())

# %% wrong: prints and does not return -> no-return cell="count-parameters-values"
def count_parameters(model):
    print(sum(parameter.numel() for parameter in model.parameters()))

# %% wrong: knows only a single linear layer -> unnamed cell="count-parameters-values"
def count_parameters(model):
    return model.weight.numel() + model.bias.numel()

# %% wrong: returns text -> unnamed cell="count-parameters-values"
def count_parameters(model):
    return f"{sum(parameter.numel() for parameter in model.parameters())} parameters"

# %% wrong: a tensor of one number -> unnamed cell="count-parameters-values"
def count_parameters(model):
    return torch.tensor(sum(parameter.numel() for parameter in model.parameters()))
