"""The exhibit of chapter 1 tells the truth about memory, follows its controls, and has a still picture for other places."""

import re

import ipywidgets
import pytest
import torch

from course.plots import memory
from course.widgets.memory_map import NEW_NUMBER, READ, VIEWS, WRITE, Scene, memory_map, moment

COPIES = {"x[[0, 2]]", "x.t().reshape(2, 6)", "x.clone()"}


@pytest.fixture
def exhibit():
    return memory_map()


def base():
    return torch.arange(10, 22).view(3, 4)


@pytest.mark.parametrize("look", VIEWS)
def test_every_element_is_where_offset_and_strides_say(look):
    tensor = VIEWS[look](base())
    for element in range(tensor.numel()):
        now = moment(look, element, READ)
        assert now.seen_by.cells[now.position] == tensor[now.index].item() == tensor.flatten()[element].item()
        assert now.position == tensor[now.index].storage_offset()


@pytest.mark.parametrize("look", VIEWS)
def test_what_is_written_is_seen_by_x_exactly_where_torch_says_so(look):
    x = base()
    tensor = VIEWS[look](x)
    for element in range(tensor.numel()):
        now = moment(look, element, WRITE)
        x = base()
        tensor = VIEWS[look](x)
        tensor[now.index] = NEW_NUMBER
        assert [now.base.cells[now.base.position(index)] for index in now.base.indices()] == x.flatten().tolist()
        assert [now.seen_by.cells[now.seen_by.position(index)] for index in now.seen_by.indices()] == tensor.flatten().tolist()


def test_the_copies_are_those_that_have_storage_of_their_own():
    assert {look for look in VIEWS if not moment(look, 0, READ).shares} == COPIES


def test_the_cell_of_an_element_is_named_by_its_place_in_x():
    now = moment("x.t()", 5, READ)
    assert (now.index, now.position, now.also) == ((1, 2), 9, ((2, 1),))
    assert moment("x.clone()", 5, READ).also == ()


def test_an_element_past_the_end_is_the_last_one():
    assert moment("x.diagonal()", 11, READ).index == (2,)


def test_the_slider_has_as_many_elements_as_the_tensor(exhibit):
    exhibit.controls["look"].value = "x"
    exhibit.controls["element"].value = 11
    exhibit.controls["look"].value = "x[1:, 1:3]"
    assert (exhibit.controls["element"].max, exhibit.controls["element"].value) == (3, 3)
    exhibit.controls["look"].value = "x.clone()"
    assert exhibit.controls["element"].max == 11


@pytest.mark.parametrize(("name", "value"), [("look", "x[:, 2]"), ("element", 3), ("do", WRITE)])
def test_each_control_changes_the_picture_and_its_words(exhibit, name, value):
    before = exhibit._picture.value
    exhibit.controls[name].value = value
    after = exhibit._picture.value
    assert after != before
    assert after.split("role=")[1] != before.split("role=")[1]


def test_every_frame_has_one_size_so_that_the_page_does_not_jump():
    scene = Scene()
    assert len({scene.frame(look, 1, WRITE)[16:24] for look in ("x", "x[1]", "x.t()", "x.t().reshape(2, 6)")}) == 1


def test_the_words_tell_shape_strides_offset_address_and_sharing():
    words = Scene().words("x[1:, 1:3]", 3, WRITE)
    for part in ("shape (2, 2)", "strides (4, 1)", "offset 5", "5 + 1·4 + 1·1 = 10", "as x[2, 2], now 99"):
        assert part in words
    assert "keeps its numbers" in Scene().words("x.clone()", 0, WRITE)
    assert "3 elements of x[0].expand(3, 4) look at this one cell" in Scene().words("x[0].expand(3, 4)", 6, READ)


def test_every_control_can_be_reached_and_is_named_in_words(exhibit):
    for control in exhibit.controls.values():
        assert isinstance(control, (ipywidgets.IntSlider, ipywidgets.ToggleButtons)) and control.description


def test_where_there_are_no_widgets_a_still_picture_with_alt_text_stands_in(exhibit):
    bundle = exhibit._repr_mimebundle_()
    assert re.search(r'<img src="data:image/png;base64,[^"]+" alt="x\.t\(\) has shape', bundle["text/html"])
    assert bundle["text/plain"].startswith("[exhibit: Memory map.")
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_a_map_of_a_tensor_tells_what_it_sees_and_refuses_what_it_cannot_draw():
    alt = memory.storage_map(base()[:, 2], "x[:, 2]").alt
    assert "strides (4,) and offset 2" in alt and "3 of the 12 cells" in alt and "positions 2, 6, 10" in alt
    with pytest.raises(ValueError, match="two dimensions"):
        memory.storage_map(torch.zeros(2, 2, 2))
    with pytest.raises(ValueError, match="holds 100 numbers"):
        memory.storage_map(torch.zeros(10, 10)[:2])
