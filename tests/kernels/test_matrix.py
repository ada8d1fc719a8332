"""A convolution as a matrix."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from kernels.axis import Axis
from kernels.convolution import convolve
from kernels.matrix import matrix
from kernels.transposed import conv_transpose
from tests.kernels.layers import layers, transposed_layers


def matrix_of(layer):
    return matrix(layer.axes, channels=len(layer.x), filters=len(layer.w), groups=layer.groups)


@given(layers())
@settings(max_examples=300, deadline=None)
def test_f_times_vec_x_is_vec_y(layer):
    y = convolve(layer.x, layer.w, axes=layer.axes, groups=layer.groups).ravel()
    assert_allclose(matrix_of(layer).times(layer.w, layer.x), y, rtol=1e-9, atol=1e-12)


@given(layers())
@settings(deadline=None)
def test_with_its_zeros_it_is_what_the_convolution_makes_of_each_unit_of_x(layer):
    """Column k of a linear map is what it makes of a 1 in cell k."""
    dense = matrix_of(layer).dense(layer.w)
    for cell in range(0, layer.x.size, 1 + layer.x.size // 10):
        unit = np.zeros(layer.x.shape)
        unit.flat[cell] = 1
        assert_allclose(dense[:, cell], convolve(unit, layer.w, axes=layer.axes, groups=layer.groups).ravel())


@given(transposed_layers())
@settings(max_examples=200, deadline=None)
def test_transposed_it_is_the_transposed_convolution(layer):
    x, w = layer.x, layer.w
    forwards = matrix(layer.axes, channels=layer.y_shape[0], filters=len(x), groups=layer.groups)
    y = conv_transpose(x, w, axes=layer.axes, groups=layer.groups).ravel()
    assert_allclose(forwards.transposed.times(w, x), y, rtol=1e-9, atol=1e-12)
    assert_array_equal(forwards.transposed.dense(w), forwards.dense(w).T)


@given(layers())
@settings(deadline=None)
def test_its_triples_follow_the_rows_and_within_one_the_taps(layer):
    triples = matrix_of(layer)
    assert_array_equal(np.lexsort((triples.taps, triples.rows)), np.arange(triples.rows.size))
    assert_array_equal(np.lexsort((triples.transposed.columns, triples.transposed.rows)), np.arange(triples.rows.size))


def test_a_row_of_three_taps_is_a_band_and_a_stride_steps_it():
    w = np.array([[[1.0, 2.0, 3.0]]])
    assert matrix([Axis(4, 3)]).dense(w).tolist() == [[1, 2, 3, 0], [0, 1, 2, 3]]
    assert matrix([Axis(5, 3, 2)]).dense(w).tolist() == [[1, 2, 3, 0, 0], [0, 0, 1, 2, 3]]


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_groups_make_it_block_diagonal(groups):
    triples = matrix([Axis(5, 3)] * 2, channels=4, filters=4, groups=groups)
    blocks = set(zip(triples.rows // 9, triples.columns // 25, strict=True))
    members = 4 // groups
    assert blocks == {(f, c) for f in range(4) for c in range(4) if f // members == c // members}
    assert triples.rows.size == 4 * members * 9 * 9
