"""The kernels with a name, and the families of any size."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import correlate2d

from kernels.filters import bilinear, box, gaussian, named_filters

NAMES = "identity box gaussian sharpen edge strong-edge sobel-x sobel-y prewitt-x scharr-x laplace emboss motion x"
SQUARE = NAMES.split()
IN_A_ROW = ["difference", "smooth"]
RAMP_RIGHT = np.tile(np.arange(7.0), (7, 1))


def answer(name, picture):
    return correlate2d(picture, named_filters()[name].weights, mode="valid")


def test_the_menu_has_every_kernel_of_the_lectures():
    assert [*named_filters()] == SQUARE + IN_A_ROW
    assert all(named_filters()[name].weights.ndim == 2 for name in SQUARE)
    assert all(named_filters()[name].weights.ndim == 1 for name in IN_A_ROW)


def test_every_kernel_says_in_one_sentence_what_it_shows():
    for filter in named_filters().values():
        assert filter.title
        assert filter.shows.endswith(".")
        assert filter.shows.count(". ") == 0


@pytest.mark.parametrize("name", ["identity", "box", "gaussian", "sharpen", "motion", "emboss", "smooth"])
def test_kernels_that_keep_the_brightness_sum_to_one(name):
    assert_allclose(named_filters()[name].weights.sum(), 1, rtol=1e-15)


@pytest.mark.parametrize("name", ["edge", "strong-edge", "sobel-x", "sobel-y", "prewitt-x", "scharr-x", "laplace"])
def test_kernels_that_look_for_edges_see_nothing_where_it_is_flat(name):
    assert_array_equal(answer(name, np.full((7, 7), 9.0)), 0)


@pytest.mark.parametrize("name", ["sobel-x", "prewitt-x", "scharr-x"])
def test_kernels_named_x_are_positive_where_it_gets_brighter_to_the_right_and_blind_downwards(name):
    assert (answer(name, RAMP_RIGHT) > 0).all()
    assert_array_equal(answer(name, RAMP_RIGHT.T), 0)


def test_sobel_y_is_sobel_x_turned_over():
    assert_array_equal(named_filters()["sobel-y"].weights, named_filters()["sobel-x"].weights.T)


@pytest.mark.parametrize("name", ["laplace", "edge", "strong-edge"])
def test_second_derivatives_are_zero_on_an_even_slope(name):
    assert_array_equal(answer(name, RAMP_RIGHT), 0)


def test_nobody_may_write_into_a_named_kernel():
    with pytest.raises(ValueError, match="read-only"):
        named_filters()["box"].weights[0, 0] = 1
    with pytest.raises(TypeError):
        named_filters()["box"] = named_filters()["x"]


def test_the_named_kernels_of_a_family_are_its_three_by_three():
    assert_array_equal(box(3, 2), named_filters()["box"].weights)
    assert_array_equal(gaussian(3, 2), named_filters()["gaussian"].weights)
    assert_array_equal(gaussian(3, 1), named_filters()["smooth"].weights)


# Printed by cv2.getGaussianKernel(size, -1) of opencv-python-headless 5.0.0.
OPENCV = {
    1: [1.0],
    3: [0.25, 0.5, 0.25],
    5: [0.0625, 0.25, 0.375, 0.25, 0.0625],
    7: [0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125],
    11: [
        0.008812229292562288,
        0.027143577143479373,
        0.06511405659938269,
        0.12164907301380962,
        0.1769983568313557,
        0.20056541423882085,
        0.1769983568313557,
        0.12164907301380962,
        0.06511405659938269,
        0.027143577143479373,
        0.008812229292562288,
    ],
}


@pytest.mark.parametrize("size", OPENCV)
def test_a_gaussian_is_opencvs(size):
    assert_allclose(gaussian(size, 1), OPENCV[size], rtol=1e-14)


@pytest.mark.parametrize("size", range(1, 16))
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_blurs_of_any_size_sum_to_one_and_are_symmetric(size, axes):
    for kernel in (box(size, axes), gaussian(size, axes)):
        assert kernel.shape == (size,) * axes
        assert_allclose(kernel.sum(), 1, rtol=1e-13)
        assert_array_equal(kernel, np.flip(kernel))


@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("odd", [0, 1])
def test_bilinear_stamps_a_stride_apart_add_up_to_one_everywhere(stride, odd):
    size = 2 * stride - odd
    stamps = np.zeros(20 * stride + size)
    for start in range(0, 20 * stride, stride):
        stamps[start : start + size] += bilinear(size, 1)
    assert_allclose(stamps[size : -2 * size], 1, rtol=1e-12)
