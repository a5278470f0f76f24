"""Arguments arrive as they were given: copies of their own, with the strides, the offset and the values of the original."""

import pytest
import suite
import torch

from course import check
from course.check import probers
from course.check.observation import RETURNED
from course.check.request import Request

_TELL = """
def tell(x):
    return list(x.stride()), x.storage_offset(), x.is_contiguous(), x.clone()

def write(x):
    x[0] = 99
    return x

def fill(x):
    x.zero_()
    return x
"""
GIVEN = {
    "every second": torch.arange(10.0)[::2],
    "a column": torch.arange(12.0).view(4, 3)[:, 1],
    "turned": torch.arange(12.0).view(4, 3).t(),
    "expanded": torch.arange(3.0).expand(4, 3),
    "the last rows": torch.arange(12.0).view(4, 3)[2:],
    "one number": torch.tensor(3.0).expand(5),
    "whole": torch.arange(12.0).view(4, 3),
    "empty": torch.empty(0, 3),
    "of a table that is far too large": torch.empty(1).expand(2**27)[:4].fill_(2.0),
    "complex, conjugated": torch.tensor([1 + 2j, 3 - 1j]).conj(),
}


def told(x, device="cpu"):
    prober = probers.InProcess(suite.load("tell", _TELL))
    seen = prober.observe(Request("tell", (x,), device=device))
    assert seen.outcome == RETURNED, seen.error
    strides, offset, contiguous, values = seen.result.items
    return tuple(item.value for item in strides.items), offset.value, contiguous.value, values.values


@pytest.mark.parametrize("how", GIVEN)
def test_an_argument_keeps_its_strides_its_offset_and_its_values(how):
    x = GIVEN[how]
    strides, offset, contiguous, values = told(x)
    assert (strides, offset, contiguous) == (x.stride(), x.storage_offset(), x.is_contiguous())
    assert torch.equal(values, x)


def test_a_sliced_argument_keeps_its_strides_on_another_device():
    x = GIVEN["turned"]
    strides, offset, contiguous, values = told(x, probers.PRETEND)
    assert (strides, offset, contiguous) == (x.stride(), 0, False) and torch.equal(values, x)


def test_writing_into_a_slice_reaches_no_tensor_of_the_check():
    whole = torch.arange(10.0)
    seen = probers.InProcess(suite.load("tell", _TELL)).observe(Request("write", (whole[::2],)))
    assert seen.changed == ("x",) and whole.tolist() == list(range(10))


def test_a_gradient_flows_to_a_sliced_argument():
    namespace = suite.load("tell", "def squares(x):\n    return (x ** 2).sum()\n")
    exec("from course import check\ncheck.gradient('squares', reference=lambda x: (x * x).sum(), "
         "inputs=lambda d: d.normal(6, 2)[:, 1])", namespace)


def test_code_that_takes_a_stride_of_one_for_granted_is_refused():
    steps_of_one = "def windows(x, size):\n    return x.as_strided((len(x) - size + 1, size), (1, 1))\n"
    with pytest.raises(check.Wrong):
        exec("from course import check\ncheck.example('windows', torch.tensor([5, 1, 6, 9, 8])[::2], 2, "
             "gives=torch.tensor([[5, 6], [6, 8]]))", suite.load("steps", steps_of_one))
