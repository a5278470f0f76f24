# Answers to line-dataset of dataloader: sixty points around a line, with __len__ and __getitem__

# %% right: as taught
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% right: as published, with the line and the length kept
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.f = self.x - 1
        self.y = self.f + noise * torch.randn(self.x.size())
        self.len = self.x.shape[0]

    def __getitem__(self, index):
        return self.x[index], self.y[index]

    def __len__(self):
        return self.len

# %% right: a list of pairs
class LineDataset(Dataset):
    def __init__(self, noise):
        x = -3 + 0.1 * torch.arange(60.)
        self.pairs = [(t.reshape(1), (t - 1 + noise * torch.randn(1)).reshape(1)) for t in x]

    def __len__(self):
        return 60

    def __getitem__(self, i):
        return self.pairs[i]

# %% right: one table of two columns
class LineDataset(Dataset):
    def __init__(self, noise):
        x = torch.linspace(-3, 2.9, 60)
        self.table = torch.stack([x, x - 1 + torch.normal(0.0, 1.0, (60,)) * noise], dim=1)

    def __len__(self):
        return self.table.shape[0]

    def __getitem__(self, index):
        return self.table[index, :1], self.table[index, 1:]

# %% wrong: a slice for an item -> item-keeps-dimension cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index:index + 1], self.y[index:index + 1]

# %% wrong: no column -> item-drops-dimension cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1)
        self.y = self.x - 1 + noise * torch.randn(60)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: Python numbers -> item-dtype cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index].item(), self.y[index].item()

# %% wrong: doubles from NumPy -> item-dtype cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1, dtype=torch.float64).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the length one short -> length-off-by-one cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x) - 1

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the length one too large -> length-off-by-one cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x) + 1

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the end left in -> length-off-by-one cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3.05, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(61, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: the whole columns for an item -> item-ignores-index cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x, self.y

# %% wrong: always the first row -> item-ignores-index cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[0], self.y[0]

# %% wrong: one row on -> item-off-by-one cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[(index + 1) % 60], self.y[(index + 1) % 60]

# %% wrong: targets before inputs -> pair-exchanged cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.y[index], self.x[index]

# %% wrong: only the input -> item-not-a-pair cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index]

# %% wrong: items that grow -> ragged-items cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[:index + 1, 0], self.y[:index + 1, 0]

# %% wrong: not a Dataset -> not-a-dataset cell="line-dataset-items"
class LineDataset:
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: no __len__ -> dataset-method-missing cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60, 1)

    def length(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: self forgotten in __init__ -> unnamed cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = x - 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: another line -> unnamed cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x + 1 + noise * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: noise drawn at each look -> noise-drawn-per-item cell="line-dataset-noise"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1
        self.noise = noise

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index] + self.noise * torch.randn(1)

# %% wrong: one random number for all rows -> unnamed cell="line-dataset-noise"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: noise left out -> unnamed cell="line-dataset-noise"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: a noise of its own -> unnamed cell="line-dataset-noise"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + (noise > 0) * 0.1 * torch.randn(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: uniform noise -> unnamed cell="line-dataset-noise"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.rand(60, 1)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: uniform noise of the right spread -> unnamed cell="line-dataset-noise"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * (torch.rand(self.x.size()) - 0.5) * 12 ** 0.5

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: always the same noise, a tenth -> unnamed cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + 0.1 * torch.randn(self.x.size())

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: a seed in __init__ -> unnamed cell="line-dataset-noise"
class LineDataset(Dataset):
    def __init__(self, noise):
        torch.manual_seed(1)
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(self.x.size())

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]

# %% wrong: noise of shape (60,) -> broadcast-n-by-n cell="line-dataset-items"
class LineDataset(Dataset):
    def __init__(self, noise):
        self.x = torch.arange(-3, 3, 0.1).view(-1, 1)
        self.y = self.x - 1 + noise * torch.randn(60)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]
