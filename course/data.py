"""Every data set that chapters, checks and pictures use, as tensors with their shapes, units and source."""

import time

import numpy
import torch
from torch.utils.data import Dataset, get_worker_info

_TASKS = (1, 2, 4, 4, 5, 6, 6, 6, 8, 8, 9, 10)
_QUESTIONS = (5, 11, 21, 22, 26, 31, 32, 31, 41, 42, 48, 52)

# temperature (degrees Fahrenheit), rainfall (millimetres), humidity (per cent); apples, oranges (tonnes a hectare)
_CROPS = (
    (73, 67, 43, 56, 70), (91, 88, 64, 81, 101), (87, 134, 58, 119, 133), (102, 43, 37, 22, 37), (69, 96, 70, 103, 119),
    (74, 66, 43, 57, 69), (91, 87, 65, 80, 102), (88, 134, 59, 118, 132), (101, 44, 37, 21, 38), (68, 96, 71, 104, 118),
    (73, 66, 44, 57, 69), (92, 87, 64, 82, 100), (87, 135, 57, 118, 134), (103, 43, 36, 20, 38), (68, 97, 70, 102, 120),
)


def tasks_and_questions():
    """Twelve days in a classroom: how many tasks were set, how many questions were asked.

    Returns (tensor_number_tasks, tensor_number_questions), each float32 of shape (12, 1), in counts.
    The least-squares line has slope 5.1976 and intercept 0.2806; the targets' variance is 185.5.
    Source: made for this course.
    """
    return _column(_TASKS), _column(_QUESTIONS)


def crop_yields(rows=5):
    """Weather of a region and what its orchards yield, one region a row.

    rows: 5, or 15 for the same five regions measured three times, a little differently.
    Returns (inputs, targets): inputs float32 of shape (rows, 3), temperature in degrees Fahrenheit, rainfall in
    millimetres, humidity in per cent; targets float32 of shape (rows, 2), tonnes a hectare of apples and of oranges.
    Raises ValueError for any other number of rows.
    Source: the invented table of the Jovian course "Deep Learning with PyTorch: Zero to GANs", lesson 1.
    """
    if rows not in (5, 15):
        raise ValueError(f"crop_yields has 5 or 15 rows, not {rows}")
    table = torch.tensor(_CROPS[:rows], dtype=torch.float32)
    return table[:, :3].contiguous(), table[:, 3:].contiguous()


def noisy_line():
    """One hundred points around y = 1 + 2x, shuffled and split in eighty and twenty.

    Returns (train_inputs, train_targets, validation_inputs, validation_targets): float32 of shapes (80, 1), (80, 1),
    (20, 1), (20, 1), without units. Inputs are uniform in [0, 1), the noise is normal with standard deviation 0.1, and
    the generator is NumPy's legacy one with seed 42, so that the numbers equal those of the published run.
    Source: D. V. Godoy, "Deep Learning with PyTorch Step-by-Step", chapter 0.
    """
    generator = numpy.random.RandomState(42)
    inputs = generator.rand(100, 1)
    targets = 1 + 2 * inputs + 0.1 * generator.randn(100, 1)
    order = numpy.arange(100)
    generator.shuffle(order)
    columns = (inputs[order[:80]], targets[order[:80]], inputs[order[80:]], targets[order[80:]])
    return tuple(torch.from_numpy(column).float() for column in columns)


def noisy_curve():
    """Fifteen points around the cubic y = 1 − 2x + x² + 4x³.

    Returns (inputs, targets), each float32 of shape (15, 1), without units. Inputs run from −1 to 1 in equal steps, the
    noise is normal with standard deviation 0.3 from NumPy's legacy generator with seed 5.
    Source: made for this course.
    """
    generator = numpy.random.RandomState(5)
    inputs = numpy.linspace(-1, 1, 15).reshape(-1, 1)
    targets = 1 - 2 * inputs + inputs**2 + 4 * inputs**3 + 0.3 * generator.randn(15, 1)
    return torch.from_numpy(inputs).float(), torch.from_numpy(targets).float()


def evening_sky():
    """A small grey picture: the sun low over the sea.

    Returns a uint8 tensor of shape (48, 72): rows from the top, 0 is black and 255 is white. The sun's middle is at row
    25, column 48, with 250; the darkest number is 30.
    Source: made for this course.
    """
    rows, columns = torch.arange(48.0).view(-1, 1), torch.arange(72.0)
    from_sun = ((rows - 25) ** 2 + (columns - 48) ** 2).sqrt()
    sky = 60 + 2.2 * rows + 75 * torch.exp(-from_sun / 11)
    glitter = 70 * torch.exp(-((columns - 48) / (3 + (rows - 34).clamp(min=0) / 3)) ** 2) * (rows % 3 == 0)
    sea = 78 - 3.4 * (rows - 34) + glitter
    picture = torch.where(rows < 34, sky, sea)
    picture = torch.where((from_sun < 7) & (rows < 34), 250 - 1.5 * from_sun, picture)
    return picture.clamp(30, 250).to(torch.uint8)


def two_clouds(points_per_class=20, sigma=0.6):
    """Two round clouds of points in the plane, each of one class.

    points_per_class: how many points in each cloud. sigma: the standard deviation of both coordinates; the same noise
    is stretched, so that a cloud with twice the sigma is the same cloud twice as wide.
    Returns (inputs, labels): inputs float32 of shape (2 · points_per_class, 2), without units; labels float32 of shape
    (2 · points_per_class, 1), 1.0 for the cloud around (−1, 1), which comes first, and 0.0 for that around (1, −1).
    The noise is normal, from NumPy's legacy generator with seed 1.
    Source: made for this course.
    """
    noise = numpy.random.RandomState(1).randn(2 * points_per_class, 2)
    centres = numpy.repeat([[-1.0, 1.0], [1.0, -1.0]], points_per_class, axis=0)
    inputs = torch.from_numpy(centres + sigma * noise).float()
    return inputs, (torch.arange(2 * points_per_class) < points_per_class).float().view(-1, 1)


def three_clouds():
    """Forty-five points in the plane, of three classes of different sizes.

    Returns (inputs, labels): inputs float32 of shape (45, 2), without units; labels int64 of shape (45,): twenty 0s
    around (0, 2), fifteen 1s around (−1.8, −1) and ten 2s around (1.8, −1), in this order. The noise is normal with
    standard deviation 0.6 from NumPy's legacy generator with seed 3; lines can separate the classes.
    Source: made for this course.
    """
    labels = numpy.repeat([0, 1, 2], [20, 15, 10])
    centres = numpy.array([[0.0, 2.0], [-1.8, -1.0], [1.8, -1.0]])[labels]
    inputs = centres + 0.6 * numpy.random.RandomState(3).randn(45, 2)
    return torch.from_numpy(inputs).float(), torch.from_numpy(labels)


def sixty_points():
    """Sixty points around y = x − 1, x from −3 to 2.9 in steps of 0.1.

    Returns (inputs, targets), each float32 of shape (60, 1), without units. The noise is normal with standard deviation
    0.1, from a generator of its own with seed 1: the numbers of `torch.manual_seed(1)`, and the learner's state is left
    alone. The least-squares line has slope 1.0064, intercept −1.0222 and loss 0.0077.
    Source: IBM, "Deep Neural Networks with PyTorch", the labs on stochastic and mini-batch gradient descent.
    """
    generator = torch.Generator().manual_seed(1)
    inputs = torch.arange(-3, 3, 0.1).view(-1, 1)
    return inputs, inputs - 1 + 0.1 * torch.randn(inputs.size(), generator=generator)


class SlowRows(Dataset):
    """Rows that take their time, as files do: item `index` is (index, worker), both 0-d int64, after 20 milliseconds.

    count: how many rows. worker: the number of the loader's worker process that fetched the item, −1 where there is none.
    """

    def __init__(self, count):
        self.count = count

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        time.sleep(0.02)
        worker = get_worker_info()
        return torch.tensor(index), torch.tensor(-1 if worker is None else worker.id)


def _column(numbers):
    return torch.tensor(numbers, dtype=torch.float32).view(-1, 1)
