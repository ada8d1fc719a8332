"""The panel of every operation: what it offers exists, what its form sends is the scene that it shows."""

from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from app.address.query import read_address, spell_address
from app.operations import OPERATIONS, menu
from app.operations.convolution.explanation import explain_convolution
from app.pages.gallery import view_at
from app.pages.panel.controls import panel
from app.pages.templates import render
from app.scene.reading import read_scene
from app.settings import Limits
from app.text import page as words
from app.views.table import view_of
from tests.app.markup import Element, elements, value_of

BARE = [f"/{name}" for name in OPERATIONS]
RICH = [
    "/conv1d?x=random:2x9:1&w=random:2x2x3:1&padding=1:0&indices=1",
    "/conv2d?x=random:4x6x6:1&w=random:4x2x3x3:1&groups=2&b=1,2,3,4&activation=relu&padding=1:0,2&loop=true",
    "/conv2d?padding=same&flip=true&view=matrix",
    "/conv2d?x=random:3x6x6:1&w=sobel-x~~edge~~box&groups=3&channel=1&filter=1&step=40",
    "/conv3d?x=random:2x3x4x4:1&w=random:2x2x2x2x2:1&stride=1,2,1",
    "/conv_transpose1d?x=random:2x4:1&w=random:2x2x3:1&stride=2&output_padding=1",
    "/conv_transpose2d?x=random:2x3x3:1&w=random:2x3x3x3:1&stride=2&padding=1&output_padding=1&b=1,2,3",
    "/conv_transpose2d?x=random:4x3x3:1&w=random:4x2x2x2:1&groups=2&view=zero-insertion",
    "/conv2d_input?w=random:2x3x3x3:1&grad_output=random:2x4x4:1&stride=2&input_size=10",
    "/conv2d_input?w=random:2x1x3x3:1&groups=2&padding=1",
    "/conv2d_weight?x=random:2x6x6:1&grad_output=random:3x2x2:1&stride=2&padding=1&kernel_size=5",
    "/max_pool2d?x=random:2x7x7:1&kernel_size=3&stride=2&padding=1&ceil_mode=true",
    "/max_pool2d?kernel_size=2,3&stride=1",
    "/avg_pool2d?x=seven&kernel_size=3&padding=1&count_include_pad=false&divisor_override=4",
    "/lp_pool2d?norm_type=3&x=ramp:5x5&ceil_mode=true",
    "/adaptive_avg_pool2d?x=random:2x5x6:1&output_size=3,2",
    "/max_unpool2d?stride=3&output_size=6&x=6,8;3,4&indices=5,7;8,15",
    "/max_pool2d_input?x=random:2x6x6:1&grad_output=random:2x3x3:1",
    "/avg_pool2d_input?x=ramp:6x6&kernel_size=3&stride=1&grad_output=impulse:4x4",
    "/unfold?x=random:2x5x5:1&kernel_size=3&stride=2",
    "/fold?output_size=4,4&x=ramp:4x9",
]

FIELDS = ("input", "select", "textarea")


def scene(address: str):
    path, query = urlsplit(address).path, urlsplit(address).query
    return read_scene(OPERATIONS[path.removeprefix("/")], read_address(query.encode()), Limits())


def controls(address: str) -> list[Element]:
    """Every element of a panel."""
    shown = scene(address)
    return elements(render("_panel.html", scene=shown, panel=panel(view_of(shown))))


def form(address: str) -> dict[str, str]:
    """What the form of a panel sends when it is sent as it is."""
    page, sent = controls(address), {}
    for place, control in enumerate(page):
        name = control.get("name")
        if name and not (control.get("type") == "checkbox" and "checked" not in control.attributes):
            sent[name] = chosen(page, place) if control.tag == "select" else value_of(control)
    return sent


def chosen(page, place: int) -> str:
    """The value of the option that a select has chosen."""
    options = (element for element in page[place + 1 :] if element.tag == "option")
    return next(option.get("value") for option in options if "selected" in option.attributes)


def links(address: str) -> list[str]:
    return [element.get("href") for element in controls(address) if element.tag == "a"]


@pytest.mark.parametrize("address", [*BARE, *RICH])
def test_every_link_of_a_panel_leads_to_a_scene(address):
    found = links(address)
    assert found
    for link in found:
        assert view_at(link).steps


@pytest.mark.parametrize("address", [*BARE, *RICH])
def test_a_form_that_is_sent_as_it_is_brings_the_same_scene(address):
    shown = scene(address)
    sent = scene(f"/{shown.operation.name}?{spell_address(form(address))}")
    assert sent.canonical == shown.canonical
    kept = {name: text for name, text in shown.presentation.spelled().items() if name != "step"}
    assert sent.presentation.spelled() == kept


@pytest.mark.parametrize("address", [*BARE, *RICH])
def test_every_parameter_has_one_control(address):
    fields = Counter(control.get("name") for control in controls(address) if control.tag in FIELDS)
    for name in scene(address).operation.parameters.model_fields:
        assert fields[name] == 1, name


@pytest.mark.parametrize("address", [*BARE, *RICH])
def test_every_control_is_labelled_and_every_field_has_its_place_for_a_refusal(address):
    page = controls(address)
    labelled = {element.get("for") for element in page if element.tag == "label"}
    errors = {element.get("id") for element in page if element.get("data-error")}
    for control in page:
        if control.get("id").startswith("field-"):
            assert control.get("id") in labelled
            assert control.get("aria-describedby") in errors


def stepper(address: str, name: str):
    shown = panel(view_at(address))
    return next(s for s in (*shown.steppers, *shown.others, *shown.sides, *shown.sizes) if s.name == name)


def choice(address: str, part: str, label: str):
    return next(choice for choice in getattr(panel(view_at(address)), part) if choice.label == label)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/conv2d?b=5", "/conv2d?b=5&w=sharpen"),
        ("/conv2d?w=sobel-x~~sobel-y&b=1,2", "/conv2d?w=sharpen"),
        ("/conv2d?w=sobel-x~~sobel-y", "/conv2d?w=sharpen"),
    ],
)
def test_another_kernel_keeps_the_bias_of_one_filter_and_drops_those_of_several(address, wanted):
    assert choice(address, "kernels", "sharpen").address == wanted


def test_the_stride_of_a_pooling_follows_its_window_until_it_is_given_one():
    stride = stepper("/max_pool2d", "stride")
    assert (stride.value, stride.placeholder) == ("", "2")
    wider = stepper("/max_pool2d?x=seven", "kernel_size").more
    assert wider == "/max_pool2d?x=seven&kernel_size=3"
    assert stepper(wider, "stride").placeholder == "3"
    assert stride.more == "/max_pool2d?stride=3"
    given = stepper(stride.more, "stride")
    assert (given.value, given.placeholder) == ("3", "")


def test_another_input_leaves_the_bare_transposed_convolution_its_stride():
    seven = choice("/conv_transpose2d", "inputs", "seven").address
    assert scene(seven).layer.parameters["stride"] == 2
    slower = stepper("/conv_transpose2d", "stride").less
    assert scene(choice(slower, "inputs", "seven").address).layer.parameters["stride"] == 1


def test_channels_and_filters_of_a_transposed_convolution_are_the_first_and_second_axis_of_its_kernel():
    address = "/conv_transpose2d?x=random:2x3x3:1&w=random:2x3x2x2:1&stride=2"
    assert stepper(address, "channels").value == "2"
    assert stepper(address, "filters").value == "3"
    assert scene(stepper(address, "channels").more).w.shape == (3, 3, 2, 2)
    assert scene(stepper(address, "filters").less).w.shape == (2, 2, 2, 2)
    given = "/conv_transpose2d?x=1,2~3,4&w=1,2~3,4~~5,6~7,8"
    more = scene(stepper(given, "filters").more)
    assert_array_equal(more.w, scene(given).w[:, [0, 1, 1]])


@pytest.mark.parametrize("operation", ["conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d"])
def test_more_groups_keep_the_channels_and_at_least_the_filters(operation):
    cells = "x".join(["3"] * OPERATIONS[operation].spatial)
    address = f"/{operation}?x=random:4x{cells}:1&w=random:4x4x{cells}:1"
    for wanted in (2, 4):
        address = stepper(address, "groups").more
        grouped = scene(address)
        assert (grouped.layer.groups, grouped.x.shape[0], grouped.layer.y_shape[0]) == (wanted, 4, 4)
    assert stepper(address, "groups").more is None


def test_one_filter_more_brings_its_own_upstream_gradient():
    more = scene(stepper("/conv2d_weight", "filters").more)
    assert more.layer.y_shape == (2, 1, 3, 3)
    both = scene(stepper("/conv2d_input?w=random:2x1x3x3:1&grad_output=random:2x3x3:1", "filters").more)
    assert (both.w.shape[0], both.grid("grad_output").shape[0]) == (3, 3)


@pytest.mark.parametrize(
    ("address", "name", "wanted"),
    [
        ("/conv2d_weight?x=seven&grad_output=ramp:5x5", "stride", (1, 3, 3)),
        ("/conv2d_weight?x=seven&grad_output=ramp:5x5", "padding", (1, 7, 7)),
        ("/max_pool2d_input?x=ramp:6x6&grad_output=ramp:3x3", "kernel_size", (1, 2, 2)),
        ("/avg_pool2d_input?x=ramp:6x6&grad_output=ramp:3x3", "input_height", (1, 3, 3)),
    ],
)
def test_an_upstream_gradient_of_ones_own_is_cut_or_grows_with_the_outputs(address, name, wanted):
    assert scene(stepper(address, name).more).grid("grad_output").shape == wanted


@pytest.mark.parametrize("operation", ["conv2d_input", "conv2d_weight", "max_pool2d_input", "avg_pool2d_input"])
def test_an_edit_is_written_behind_an_upstream_gradient_that_nobody_wrote(operation):
    gradient = next(grid for grid in panel(view_at(f"/{operation}")).grids if grid.name == "grad_output")
    ones = scene(f"/{operation}").grid("grad_output")
    assert (gradient.value, gradient.placeholder) == ("", f"ones:{ones.shape[1]}x{ones.shape[2]}")
    edited = scene(f"/{operation}?grad_output={gradient.value}!0.1:5")
    assert edited.canonical == f"/{operation}?grad_output=!0.1:5"
    assert_array_equal(np.argwhere(edited.grid("grad_output") != ones), [[0, 0, 1]])


def test_whatever_moves_the_windows_of_fold_lays_down_ones_which_count_the_overlaps():
    wider = scene(stepper("/fold", "kernel_size").more)
    assert wider.layer.parameters["kernel_size"] == 3
    rows, cols = wider.y.shape[1:]
    read = np.zeros((rows, cols))
    for top in range(rows - 2):
        for left in range(cols - 2):
            read[top : top + 3, left : left + 3] += 1
    assert_array_equal(wider.y[0], read)


def test_a_box_sends_what_is_not_the_default():
    counted = {flag.name: flag for flag in panel(view_at("/avg_pool2d")).flags}
    assert (counted["count_include_pad"].value, counted["count_include_pad"].checked) == ("false", False)
    assert (counted["ceil_mode"].value, counted["ceil_mode"].checked) == ("true", False)
    shown = {flag.name: flag for flag in panel(view_at("/avg_pool2d?count_include_pad=false")).flags}
    assert shown["count_include_pad"].checked


def test_only_a_convolution_pads_one_side():
    sided = {name for name in OPERATIONS if panel(view_at(f"/{name}")).sides}
    assert sided == {"conv1d", "conv2d", "conv3d"}
    assert [side.name for side in panel(view_at("/conv3d")).sides][:2] == ["padding_front", "padding_back"]


def test_pooling_has_no_kernel_to_choose():
    shown = panel(view_at("/max_pool2d"))
    assert shown.kernels == []
    assert {choice.label for choice in shown.changes}.isdisjoint({"rotate the kernel", "random kernel"})
    assert "letters" not in {flag.name for flag in shown.shown}


def test_what_lies_under_more_is_said():
    assert panel(view_at("/conv2d")).more == "sides, groups, flip, bias, sizes, conventions"
    assert panel(view_at("/max_pool2d")).more == "ceil mode, sizes, conventions"
    assert panel(view_at("/avg_pool2d")).more == "ceil mode, padding in the mean, divisor, sizes, conventions"


def test_a_view_is_chosen_by_its_chip_and_keeps_the_scene_but_not_the_step():
    shown = panel(view_at("/conv2d?stride=2&step=3"))
    assert [view.label for view in shown.views if view.chosen] == ["gather"]
    matrix = next(view for view in shown.views if view.label == "matrix")
    assert matrix.address == "/conv2d?stride=2&view=matrix"
    assert [view.label for view in panel(view_at(matrix.address)).views if view.chosen] == ["matrix"]


def test_a_view_that_cannot_tell_the_scene_is_not_offered():
    assert choice("/conv2d?x=digit:7", "views", "matrix").address is None


def test_in_a_view_only_scenes_are_offered_that_it_can_tell():
    assert choice("/conv2d?view=matrix", "inputs", "digit").address is None
    assert choice("/conv2d", "inputs", "digit").address == "/conv2d?x=digit:3"


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/conv2d", ["seven"]),
        ("/conv2d?x=digit:3", ["digit"]),
        ("/conv2d?x=digit:7", ["digit"]),
        ("/conv2d?x=digit:7!3.4:255", []),
        ("/conv2d?x=ramp:5x5", ["ramp"]),
        ("/conv2d?x=zeros:9x9", ["draw"]),
        ("/conv2d?x=zeros:5x5", []),
        ("/conv1d?x=random:5:3", []),
    ],
)
def test_the_chip_of_what_x_is_is_marked_and_digit_stands_for_every_digit(address: str, marked: list[str]) -> None:
    assert [choice.label for choice in panel(view_at(address)).inputs if choice.chosen] == marked


def test_among_the_other_inputs_an_exact_name_is_marked_alone() -> None:
    def marked(address: str) -> list[str]:
        return [choice.label for choice in panel(view_at(address)).other_inputs if choice.chosen]

    assert marked("/conv2d?x=random:64x64:1") == ["random, 64 × 64"]
    assert marked("/conv2d?x=random:5x5:9") == ["random"]
    assert marked("/conv2d?x=digit:7") == ["digit 7"]


def test_around_a_large_scene_nothing_is_tried():
    large = scene("/conv2d?x=random:2x128x128:1")

    def refuse(*arguments: object) -> None:
        raise AssertionError

    panel(view_of(replace(large, operation=replace(large.operation, resolve=refuse))))


def test_the_menu_holds_every_operation_once():
    listed = Counter(operation.name for operations in menu().values() for operation in operations)
    assert listed == Counter(list(OPERATIONS))


@pytest.mark.parametrize("address", [address for address, _ in words.NAVIGATION])
def test_the_head_leads_to_pages_that_are_there(ask, address):
    assert ask(address).status == 200


@pytest.mark.parametrize(
    ("label", "address"), [start for operation in OPERATIONS.values() for start in operation.starts]
)
def test_a_scene_to_start_from_is_named_by_its_canonical_address(label: str, address: str) -> None:
    view = view_at(address)
    assert view.scene.canonical == address
    assert [choice.label for choice in panel(view).starts if choice.chosen] == [label]


def test_the_second_half_of_a_separable_convolution_reads_what_the_first_has_written() -> None:
    starts = dict(OPERATIONS["conv2d"].starts)
    first, second = scene(starts["depthwise"]), scene(starts["depthwise-separable: the 1×1 half"])
    assert (second.x == first.y).all()


def test_depthwise_counts_stand_beside_those_of_the_separable_and_of_the_full_convolution() -> None:
    explanation = explain_convolution(scene("/conv2d?x=random:3x6x6:1&w=sobel-x~~edge~~identity&groups=3"))
    assert explanation.alternatives == (words.SEPARABLE, words.FULL)
    assert {count.label: (count.own, *count.alternatives) for count in explanation.counts} == {
        "parameters": (27, 27 + 9, 81),
        "connections": (432, 432 + 144, 1296),
        "multiplications": (432, 432 + 144, 1296),
    }


def test_one_filter_more_leaves_the_place_of_an_activations_slope_open_again():
    shown = stepper("/conv2d_weight?activation=relu&grad_output=ones:2x2x2&z=1,2;3,4~5,6;7,8", "filters")
    assert "z=" not in shown.more
    assert scene(shown.more).grid("z").shape == (3, 2, 2)


def test_a_larger_kernel_takes_z_along_with_its_upstream_gradient():
    shown = stepper("/conv2d_weight?activation=relu&grad_output=5,6;7,8&z=1,2;3,4", "kernel_size")
    smaller = scene(shown.less)
    assert smaller.grid("grad_output").shape == smaller.grid("z").shape == (1, 3, 3)
