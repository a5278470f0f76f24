# Answers to column of tensors: a Python list as a float32 column (n, 1)

# %% right: dtype and view
def column(numbers):
    return torch.tensor(numbers, dtype=torch.float32).view(-1, 1)

# %% right: float and a new dimension
def column(numbers):
    return torch.tensor(numbers).float()[:, None]

# %% right: a list of lists
def column(numbers):
    return torch.tensor([[float(number)] for number in numbers])

# %% right: by way of NumPy, as float32
def column(numbers):
    return torch.from_numpy(np.array(numbers, dtype=np.float32)).unsqueeze(1)

# %% right: a row, transposed
def column(numbers):
    row = torch.tensor([numbers]).to(torch.float32)
    return row.T

# %% wrong: whole numbers stay whole -> integer-dtype cell="column-values"
def column(numbers):
    return torch.tensor(numbers).view(-1, 1)

# %% wrong: left flat -> flat-for-column cell="column-values"
def column(numbers):
    return torch.tensor(numbers, dtype=torch.float32)

# %% wrong: a row instead of a column -> row-for-column cell="column-values"
def column(numbers):
    return torch.tensor(numbers, dtype=torch.float32).view(1, -1)

# %% wrong: the class for the function, numbers taken for a shape -> unnamed cell="column-values"
def column(numbers):
    return torch.Tensor(*numbers)

# %% wrong: the class for the function, memory as it is found -> unnamed cell="column-values"
def column(numbers):
    return torch.Tensor(len(numbers), 1).fill_(torch.nan)

# %% wrong: NumPy's float64 -> double-for-float cell="column-values"
def column(numbers):
    return torch.from_numpy(np.array(numbers, dtype=float)).view(-1, 1)

# %% wrong: a gradient asked of whole numbers -> unnamed cell="column-values"
def column(numbers):
    return torch.tensor(numbers, requires_grad=True).view(-1, 1)

# %% wrong: a list of lists, no tensor -> python-number-for-tensor cell="column-values"
def column(numbers):
    return [[float(number)] for number in numbers]

# %% wrong: a NumPy array -> array-for-tensor cell="column-values"
def column(numbers):
    return np.array(numbers, dtype=np.float32).reshape(-1, 1)

# %% wrong: always four rows -> unnamed cell="column-values"
def column(numbers):
    return torch.tensor(numbers).float().view(4, 1)

# %% wrong: nothing returned -> no-return cell="column-values"
def column(numbers):
    torch.tensor(numbers, dtype=torch.float32).view(-1, 1)

# %% wrong: sorted on the way -> wrong-order cell="column-values"
def column(numbers):
    return torch.tensor(sorted(numbers), dtype=torch.float32).view(-1, 1)

# %% wrong: fractions cut off on the way -> unnamed cell="column-values"
def column(numbers):
    return torch.tensor(numbers).long().float().view(-1, 1)

# %% right: an object that is called
from dataclasses import dataclass
@dataclass
class Column:
    dtype: torch.dtype = torch.float32
    def __call__(self, numbers: "list[float]") -> "torch.Tensor":
        return torch.stack([torch.as_tensor(number, dtype=self.dtype) for number in numbers])[..., None]
column = Column()  # 列
