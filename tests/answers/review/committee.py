# Answers to committee of review: a module whose prediction is the mean of several layers'

# %% right: a ModuleList, stacked
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = nn.ModuleList([nn.Linear(num_inputs, num_outputs) for _ in range(num_members)])

    def forward(self, inputs):
        return torch.stack([member(inputs) for member in self.members]).mean(dim=0)

# %% right: added up by hand
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(num_inputs, num_outputs) for _ in range(num_members))

    def forward(self, x):
        total = 0
        for layer in self.layers:
            total = total + layer(x)
        return total / len(self.layers)

# %% right: appended one by one
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.voices = nn.ModuleList()
        for _ in range(num_members):
            self.voices.append(nn.Linear(num_inputs, num_outputs))

    def forward(self, x):
        return sum(voice(x) for voice in self.voices) / len(self.voices)

# %% wrong: a Python list -> plain-tensor-parameters cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = [nn.Linear(num_inputs, num_outputs) for _ in range(num_members)]

    def forward(self, inputs):
        return torch.stack([member(inputs) for member in self.members]).mean(dim=0)

# %% wrong: super().__init__() forgotten -> missing-super-init cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        self.members = nn.ModuleList([nn.Linear(num_inputs, num_outputs) for _ in range(num_members)])

    def forward(self, inputs):
        return torch.stack([member(inputs) for member in self.members]).mean(dim=0)

# %% wrong: the sum -> sum-for-mean cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = nn.ModuleList([nn.Linear(num_inputs, num_outputs) for _ in range(num_members)])

    def forward(self, inputs):
        return sum(member(inputs) for member in self.members)

# %% wrong: the same member every time -> unnamed cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = nn.ModuleList([nn.Linear(num_inputs, num_outputs)] * num_members)

    def forward(self, inputs):
        return torch.stack([member(inputs) for member in self.members]).mean(dim=0)

# %% wrong: one after the other -> wrong-layer-size cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = nn.ModuleList([nn.Linear(num_inputs, num_inputs) for _ in range(num_members - 1)])
        self.last = nn.Linear(num_inputs, num_outputs)

    def forward(self, inputs):
        for member in self.members:
            inputs = member(inputs)
        return self.last(inputs)

# %% wrong: inputs and outputs exchanged -> unnamed cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = nn.ModuleList([nn.Linear(num_outputs, num_inputs) for _ in range(num_members)])

    def forward(self, inputs):
        return torch.stack([member(inputs) for member in self.members]).mean(dim=0)

# %% wrong: the mean over the rows -> unnamed cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = nn.ModuleList([nn.Linear(num_inputs, num_outputs) for _ in range(num_members)])

    def forward(self, inputs):
        return torch.stack([member(inputs) for member in self.members]).mean(dim=1)

# %% wrong: forward returns nothing -> forward-returns-none cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = nn.ModuleList([nn.Linear(num_inputs, num_outputs) for _ in range(num_members)])

    def forward(self, inputs):
        torch.stack([member(inputs) for member in self.members]).mean(dim=0)

# %% wrong: layers made in forward -> layer-made-in-forward cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.sizes = num_members, num_inputs, num_outputs

    def forward(self, inputs):
        num_members, num_inputs, num_outputs = self.sizes
        members = [nn.Linear(num_inputs, num_outputs) for _ in range(num_members)]
        return torch.stack([member(inputs) for member in members]).mean(dim=0)

# %% wrong: divided by the 3 of the example -> unnamed cell="committee-parts"
class Committee(nn.Module):
    def __init__(self, num_members, num_inputs, num_outputs):
        super().__init__()
        self.members = nn.ModuleList([nn.Linear(num_inputs, num_outputs) for _ in range(num_members)])

    def forward(self, inputs):
        return sum(member(inputs) for member in self.members) / 3
