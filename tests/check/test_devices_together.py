"""Functions that are given a model, an optimiser and a loader, on a device that the loader's batches are not on."""

import pytest
import suite
from training_answers import given_objects

from course import check

_CHECK = """
from course import check
from torch.utils.data import DataLoader, TensorDataset

def objects(model, inputs, targets):  # the model is on the device, and the loader's batches are on the CPU
    loader = DataLoader(TensorDataset(inputs.cpu(), targets.cpu()), batch_size=5)
    return 2, model, F.mse_loss, torch.optim.SGD(model.parameters(), lr=0.05), loader, inputs.device

def draw_inputs(draw):
    model = check.instance("Line", parameters=(draw.normal(2, 3), draw.normal(2)), like=nn.Linear(3, 2))
    return check.together(objects, model, draw.normal(draw.rows, 3), draw.normal(draw.rows, 2))

def losses_of_epochs(num_epochs, model, loss_fn, opt, loader, device):
    history = []
    for _ in range(num_epochs):
        total = 0.0
        for inputs, targets in loader:
            opt.zero_grad()
            loss = loss_fn(model(inputs.to(device)), targets.to(device))
            loss.backward()
            opt.step()
            total += loss.item() * len(inputs)
        history.append(total / len(loader.dataset))
    return history

check.any_device("fit", inputs=draw_inputs, reference=losses_of_epochs, rows=7)
"""
_LINE = """
class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 2)

    def forward(self, x):
        return self.layer(x)
"""
_RIGHT = given_objects.HISTORIES["weighted by size"][1].replace("opt, train_dl", "opt, train_dl, device").replace(
    "model(inputs), targets", "model(inputs.to(device)), targets.to(device)")


def outcome(source):
    namespace = suite.load("fit", _LINE + source)
    try:
        exec(_CHECK, namespace)
    except check.CheckFailed as failed:
        return failed.verdict.mistake or suite.UNNAMED
    return None


@pytest.mark.parametrize(("how", "source", "mistake"), [
    ("each batch moved", _RIGHT, None),
    ("moved before the loss", _RIGHT.replace("            loss =", "            inputs, targets = inputs.to(device), targets.to(device)\n            loss ="), None),
    ("nothing moved", _RIGHT.replace(".to(device)", ""), "batch-not-moved"),
    ("targets left behind", _RIGHT.replace("targets.to(device)", "targets"), "batch-not-moved"),
    ("a device written down", _RIGHT.replace(".to(device)", ".to('cpu')"), "batch-not-moved"),
    ("what to gives lost", _RIGHT.replace(".to(device)", "").replace("            loss =", "            inputs.to(device)\n            targets.to(device)\n            loss ="), "to-result-dropped"),
    ("both lost in one line", _RIGHT.replace(".to(device)", "").replace("            loss =", "            inputs.to(device), targets.to(device)\n            loss ="), "to-result-dropped"),
    ("the model moved to the batch", _RIGHT.replace(".to(device)", "").replace("            loss =", "            model.to(inputs.device)\n            loss ="), "model-moved-to-data"),
])
def test_batches_have_to_be_moved_to_the_models_device(how, source, mistake):
    assert outcome(source) == mistake
