"""The controls that change a grid as a whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from app.grids.literals import Space, read_grid, resolve
from app.grids.reshaping import centred, resize_input, resize_kernel, rotate, with_channels

X = Space(2, 1, "input", 262_144)
W = Space(2, 2, "weights", 230_400)
W1 = Space(1, 2, "weights", 15_360)


def scene(text, space, shape=None):
    """Text and values, as a scene holds them."""
    grid = read_grid(text, space)
    resolved = resolve(grid, shape or grid.values.shape, space)
    return resolved.text, resolved.values


@pytest.mark.parametrize(
    ("text", "size", "resized"),
    [
        ("box", (5, 5), "box:5"),
        ("box:3", (5, 5), "box:5"),
        ("box:3", (3, 5), "box:3x5"),
        ("gaussian", (5, 5), "gaussian:5"),
        ("gaussian:5", (3, 3), "gaussian:3"),
        ("bilinear:3", (4, 4), "bilinear:4"),
        ("random:1x1x3x3:1", (5, 5), "random:5x5:1"),
        ("random:2x3x3x3:1", (5, 5), "random:2x3x5x5:1"),
        ("sobel-x", (5, 5), "0,0,0,0,0;0,-1,0,1,0;0,-2,0,2,0;0,-1,0,1,0;0,0,0,0,0"),
        ("sobel-x", (1, 1), "0"),
        ("box:3!1.1:1", (1, 1), "1"),
        ("1,2;3,4~~5,6;7,8", (1, 1), "4~~8"),
    ],
)
def test_a_kernel_is_resized_about_its_centre_or_within_its_family(text, size, resized):
    assert resize_kernel(*scene(text, W), size, 2) == resized


def test_a_line_is_resized_within_its_family_too():
    assert resize_kernel(*scene("box:3", W1), (4,), 1) == "box:4"
    assert resize_kernel(*scene("smooth", W1), (5,), 1) == "gaussian:5"


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_kernel_made_larger_step_by_step_comes_back_step_by_step(small, large):
    small, large = sorted((small, large))
    values = np.arange(1.0, small + 1)[None, None]
    steps = [*range(small, large + 1), *range(large, small - 1, -1)]
    resized = values
    for size in steps:
        resized = centred(resized, (size,))
    assert_array_equal(resized, values)


@pytest.mark.parametrize(
    ("text", "size", "resized"),
    [
        ("ramp:5x5", (6, 5), "ramp:6x5"),
        ("random:3x6x6:1", (7, 6), "random:3x7x6:1"),
        ("1,2;3,4", (3, 3), "1,2,0;3,4,0;0,0,0"),
        ("1,2;3,4", (1, 2), "1,2"),
        ("ramp:2x2!0.0:9", (1, 2), "9,1"),
    ],
)
def test_an_input_is_cut_or_grows_at_the_bottom_and_at_the_right(text, size, resized):
    assert resize_input(*scene(text, X), size) == resized


def test_a_quarter_turn_goes_against_the_clock_and_four_of_them_come_home():
    assert rotate(read_grid("1,2;3,4", X).values, "input") == "2,4;1,3"
    assert rotate(read_grid("1,2,3", W1).values, "weights") == "3,2,1"
    text = "seven"
    for _ in range(4):
        text = rotate(read_grid(text, X).values, "input")
    assert text == "seven"
    assert rotate(read_grid("sobel-y", W).values, "weights") != "sobel-y"


@pytest.mark.parametrize(
    ("text", "count", "axis", "changed"),
    [
        ("sobel-x", 3, 1, "sobel-x"),
        ("sobel-x", 2, 0, "sobel-x~~sobel-x"),
        ("sobel-x~~sobel-y", 3, 0, "sobel-x~~sobel-y~~sobel-y"),
        ("sobel-x~~sobel-y", 1, 0, "sobel-x"),
        ("1~2~~3~4", 3, 1, "1~2~2~~3~4~4"),
        ("1~2~~3~4", 1, 1, "1~~3"),
        ("random:3x3:1", 2, 0, "random:2x1x3x3:1"),
        ("random:2x2x3x3:1", 3, 1, "random:2x3x3x3:1"),
        ("1,2!0.0:5", 2, 0, "5,2~~5,2"),
    ],
)
def test_filters_and_channels_of_w_repeat_the_last_or_are_cut(text, count, axis, changed):
    assert with_channels(*scene(text, W), count, axis, "weights") == changed


@pytest.mark.parametrize(
    ("text", "count", "changed"),
    [
        ("digit:7", 2, "digit:7~digit:7"),
        ("digit:7~digit:3", 1, "digit:7"),
        ("random:7x7:4", 3, "random:3x7x7:4"),
        ("random:3x7x7:4", 1, "random:7x7:4"),
        ("zeros:7x7", 2, "zeros:2x7x7"),
        ("ramp:2x2", 2, "ramp:2x2~ramp:2x2"),
        ("ramp:2x1x2", 1, "0,1"),
        ("1,2!0.0:5", 2, "5,2~5,2"),
    ],
)
def test_channels_of_x_repeat_the_last_or_are_cut(text, count, changed):
    assert with_channels(*scene(text, X), count, 0, "input") == changed


def test_filters_that_one_plane_serves_are_written_out_when_their_number_changes():
    text, values = scene("sobel-x", W, (3, 1, 3, 3))
    assert with_channels(text, values, 2, 0, "weights") == "sobel-x~~sobel-x"


def test_one_more_channel_serves_the_kernels_of_one_dimension_too():
    assert with_channels(*scene("1,2~~3,4", W1), 3, 0, "weights") == "1,2~~3,4~~3,4"
    assert with_channels(*scene("1,2~3,4", W1), 1, 1, "weights") == "1,2"
