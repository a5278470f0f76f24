# Answers to two-class-dataset of classification: two clouds, as a Dataset

# %% right: both clouds, one below the other
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        first = torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2)
        second = torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)
        self.inputs = torch.cat([first, second])
        self.labels = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.inputs)

    def __getitem__(self, index):
        return self.inputs[index], self.labels[index]

# %% right: noise for all at once, middles from the labels
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.y = (torch.arange(2 * N) < N).float().view(-1, 1)
        middles = (1 - 2 * self.y) * torch.tensor([[1.0, -1.0]])
        self.x = middles + sigma * torch.randn(2 * N, 2)
        self.size = 2 * N

    def __len__(self):
        return self.size

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% right: a list of pairs
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.samples = []
        for label, middle in ((1.0, [-1.0, 1.0]), (0.0, [1.0, -1.0])):
            for point in torch.tensor(middle) + sigma * torch.randn(N, 2):
                self.samples.append((point, torch.tensor([label])))

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        return self.samples[index]

# %% wrong: the labels exchanged -> labels-exchanged cell="two-class-dataset-items"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.zeros(N, 1), torch.ones(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: label 0 first -> wrong-order cell="two-class-dataset-items"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2), torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.zeros(N, 1), torch.ones(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: N for the length -> unnamed cell="two-class-dataset-items"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.N = N
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return self.N

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: flat labels -> item-drops-dimension cell="two-class-dataset-items"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.ones(N), torch.zeros(N)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: labels as whole numbers -> item-dtype cell="two-class-dataset-items"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.tensor([[1]] * N + [[0]] * N)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: noise drawn at each look -> noise-drawn-per-item cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.N, self.sigma = N, sigma

    def __len__(self):
        return 2 * self.N

    def __getitem__(self, index):
        is_one = index < self.N
        middle = torch.tensor([-1.0, 1.0]) if is_one else torch.tensor([1.0, -1.0])
        return middle + self.sigma * torch.randn(2), torch.tensor([float(is_one)])

# %% wrong: one number of noise a point -> unnamed cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 1), torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 1)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: sigma taken for the variance -> unnamed cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma ** 0.5 * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + sigma ** 0.5 * torch.randn(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: uniform noise -> unnamed cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.rand(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.rand(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the same noise for both clouds -> unnamed cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        noise = sigma * torch.randn(N, 2)
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + noise, torch.tensor([1.0, -1.0]) + noise])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: label and point exchanged -> unnamed cell="two-class-dataset-items"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.y[index], self.x[index]

# %% wrong: not a Dataset -> not-a-dataset cell="two-class-dataset-items"
class TwoClassDataset:
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the middles of the two clouds exchanged -> clouds-exchanged cell="two-class-dataset-items"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2), torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the second cloud is minus the first -> unnamed cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        first = torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2)
        self.x = torch.cat([first, -first])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: a seed in the class -> seed-set-inside cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        torch.manual_seed(0)
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: one pair of noise for a whole cloud -> unnamed cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(2).expand(N, 2), torch.tensor([1.0, -1.0]) + sigma * torch.randn(2).expand(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the classes take turns -> classes-in-turn cell="two-class-dataset-items"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.y = (torch.arange(2 * N) % 2 == 0).float().view(-1, 1)
        self.x = (2 * self.y - 1) * torch.tensor([-1.0, 1.0]) + sigma * torch.randn(2 * N, 2)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the second cloud twice as wide -> unnamed cell="two-class-dataset-noise"
class TwoClassDataset(Dataset):
    def __init__(self, N, sigma):
        self.x = torch.cat([torch.tensor([-1.0, 1.0]) + sigma * torch.randn(N, 2), torch.tensor([1.0, -1.0]) + 2 * sigma * torch.randn(N, 2)])
        self.y = torch.cat([torch.ones(N, 1), torch.zeros(N, 1)])

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]
