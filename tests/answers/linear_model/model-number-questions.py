# Answers to model-number-questions of linear_model: a module that holds one nn.Linear(1, 1)

# %% right: as taught
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, tensor_number_tasks):
        return self.linear(tensor_number_tasks)

# %% right: the old way to call super, another attribute name, a named result
class ModelNumberQuestions(torch.nn.Module):
    def __init__(self):
        super(ModelNumberQuestions, self).__init__()
        self.line = torch.nn.Linear(in_features=1, out_features=1)

    def forward(self, x):
        prediction = self.line(x)
        return prediction

# %% right: inside nn.Sequential, with functional linear in spirit
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.layers = nn.Sequential(nn.Linear(1, 1))

    def forward(self, x):
        print("predicting", len(x), "rows")
        return self.layers(x)

# %% right: written out with the layer's own parameters
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return x @ self.linear.weight.T + self.linear.bias

# %% wrong: no super().__init__() -> missing-super-init cell="model-number-questions-parts"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x)

# %% wrong: layers in a Python list -> plain-tensor-parameters cell="model-number-questions-parts"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(1, 1)]

    def forward(self, x):
        return self.layers[0](x)

# %% wrong: plain tensors that require a gradient -> plain-tensor-parameters cell="model-number-questions-parts"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.randn(1, 1, requires_grad=True)
        self.bias = torch.zeros(1, requires_grad=True)

    def forward(self, x):
        return x @ self.weight.T + self.bias

# %% wrong: not a module at all -> not-a-module cell="model-number-questions-parts"
class ModelNumberQuestions:
    def __init__(self):
        self.linear = nn.Linear(1, 1)

    def __call__(self, x):
        return self.linear(x)

# %% wrong: sized by the number of days -> wrong-layer-size cell="model-number-questions-parts"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(12, 12)

    def forward(self, x):
        return self.linear(x.T).T

# %% wrong: no bias -> no-bias cell="model-number-questions-parts"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1, bias=False)

    def forward(self, x):
        return self.linear(x)

# %% wrong: a hidden layer too many -> extra-parameters cell="model-number-questions-parts"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(1, 1)
        self.second = nn.Linear(1, 1)

    def forward(self, x):
        return self.second(self.first(x))

# %% wrong: forward without return -> forward-returns-none cell="model-number-questions-forward"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        self.linear(x)

# %% wrong: a layer made in forward -> layer-made-in-forward cell="model-number-questions-forward"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return nn.Linear(1, 1)(x)

# %% wrong: a relu after the line -> forward-applies-extra cell="model-number-questions-forward"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return torch.relu(self.linear(x))

# %% wrong: the last dimension squeezed away -> column-made-flat cell="model-number-questions-forward"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x).squeeze(1)

# %% wrong: the graph cut in forward -> detached-result cell="model-number-questions-forward"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x).detach()

# %% wrong: what is negative made positive -> forward-applies-extra cell="model-number-questions-forward"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x).abs()

# %% wrong: clamped at zero -> forward-applies-extra cell="model-number-questions-forward"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x).clamp(min=0)

# %% wrong: one layer for all models, made outside the class -> shared-layer cell="model-number-questions-parts"
shared_layer = nn.Linear(1, 1)


class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = shared_layer

    def forward(self, x):
        return self.linear(x)

# %% wrong: the data asked for when the model is made -> another-constructor cell="model-number-questions-parts"
class ModelNumberQuestions(nn.Module):
    def __init__(self, x):
        super().__init__()
        self.linear = nn.Linear(1, 1)
        self.x = x

    def forward(self):
        return self.linear(self.x)

# %% wrong: flat -> column-made-flat cell="model-number-questions-forward"
class ModelNumberQuestions(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x).flatten()
