# Answers to windows of review: a data set of windows on a series, each with the value after it

# %% right: as taught
class Windows(Dataset):
    def __init__(self, series, width):
        self.series = series
        self.width = width

    def __len__(self):
        return len(self.series) - self.width

    def __getitem__(self, index):
        end = index + self.width
        return self.series[index:end], self.series[end:end + 1]

# %% right: all windows made at the start
class Windows(Dataset):
    def __init__(self, series, width):
        self.inputs = torch.stack([series[i:i + width] for i in range(len(series) - width)])
        self.targets = series[width:].view(-1, 1)

    def __len__(self):
        return len(self.targets)

    def __getitem__(self, index):
        return self.inputs[index], self.targets[index]

# %% right: unfolded, and a target given its dimension back
class Windows(Dataset):
    def __init__(self, series, width):
        super().__init__()
        self.windows = series.unfold(0, width + 1, 1)

    def __len__(self):
        return self.windows.shape[0]

    def __getitem__(self, i):
        window = self.windows[i]
        return window[:-1], window[-1].unsqueeze(0)

# %% wrong: one item too many -> length-off-by-one cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series) - self.width + 1

    def __getitem__(self, index):
        end = index + self.width
        return self.series[index:end], self.series[end:end + 1]

# %% wrong: one item too few -> length-off-by-one cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series) - self.width - 1

    def __getitem__(self, index):
        end = index + self.width
        return self.series[index:end], self.series[end:end + 1]

# %% wrong: the target is the window's last value -> window-holds-its-target cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series) - self.width

    def __getitem__(self, index):
        end = index + self.width
        return self.series[index:end], self.series[end - 1:end]

# %% wrong: a target without a dimension -> item-drops-dimension cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series) - self.width

    def __getitem__(self, index):
        return self.series[index:index + self.width], self.series[index + self.width]

# %% wrong: target and window exchanged -> pair-exchanged cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series) - self.width

    def __getitem__(self, index):
        end = index + self.width
        return self.series[end:end + 1], self.series[index:end]

# %% wrong: the window alone -> item-not-a-pair cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series) - self.width

    def __getitem__(self, index):
        return self.series[index:index + self.width]

# %% wrong: Python floats -> unnamed cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series.tolist(), width

    def __len__(self):
        return len(self.series) - self.width

    def __getitem__(self, index):
        end = index + self.width
        return torch.tensor(self.series[index:end], dtype=torch.float64), torch.tensor([self.series[end]], dtype=torch.float64)

# %% wrong: always the first window -> item-ignores-index cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series) - self.width

    def __getitem__(self, index):
        return self.series[:self.width], self.series[self.width:self.width + 1]

# %% wrong: no __len__ -> dataset-method-missing cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __getitem__(self, index):
        end = index + self.width
        return self.series[index:end], self.series[end:end + 1]

# %% wrong: windows that do not overlap -> unnamed cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series) - self.width

    def __getitem__(self, index):
        begin = index * self.width
        return self.series[begin:begin + self.width], self.series[begin + self.width:begin + self.width + 1]

# %% wrong: the width of the first example -> unnamed cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series = series

    def __len__(self):
        return len(self.series) - 3

    def __getitem__(self, index):
        return self.series[index:index + 3], self.series[index + 3:index + 4]

# %% wrong: the series of the example, not defined where it is graded -> unnamed cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.width = width

    def __len__(self):
        return len(short_series) - self.width

    def __getitem__(self, index):
        end = index + self.width
        return short_series[index:end], short_series[end:end + 1]

# %% wrong: as many items as values -> unnamed cell="windows-items"
class Windows(Dataset):
    def __init__(self, series, width):
        self.series, self.width = series, width

    def __len__(self):
        return len(self.series)

    def __getitem__(self, index):
        end = index + self.width
        return self.series[index:end], self.series[end:end + 1]
