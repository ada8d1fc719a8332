"""Windows as columns, and columns as windows."""

import numpy as np
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from kernels.axis import Axis
from kernels.unfold import fold, unfold
from tests.each import each
from tests.kernels.golden_files import name_of, read
from tests.kernels.layers import layers

GOLDENS = read("folds")


def axes_of(golden):
    names = ("kernel_size", "stride", "dilation", "padding")
    sides = zip(golden["x"].shape[1:], *(golden[name] for name in names), strict=True)
    return [Axis(*along, (padding, padding)) for *along, padding in sides]


@each("golden", GOLDENS, name_of)
def test_every_number_is_pytorchs(golden):
    assert_array_equal(unfold(golden["x"], axes=axes_of(golden)), golden["unfolded"])
    assert_allclose(fold(golden["columns"], axes=axes_of(golden)), golden["folded"], rtol=1e-9)


def test_the_goldens_cover_every_parameter():
    assert len(GOLDENS) >= 200
    for name, values in {"kernel_size": {1, 2, 3, 4}, "stride": {1, 2, 3}, "dilation": {1, 2, 3}}.items():
        assert {value for golden in GOLDENS for value in golden[name]} == values


@given(layers())
@settings(max_examples=200, deadline=None)
def test_weights_times_columns_is_the_convolution(layer):
    columns = unfold(layer.x, axes=layer.axes).reshape(layer.groups, -1, np.prod(layer.y_shape[1:]))
    weights = layer.w.reshape(layer.groups, -1, columns.shape[1])
    y = (weights @ columns).reshape(layer.y_shape)
    if layer.b is not None:
        y = y + layer.b.reshape(-1, *(1 for _ in layer.axes))
    assert_allclose(y, layer.convolve(), rtol=1e-9, atol=1e-12)


@given(layers(modes=["zeros"]))
@settings(max_examples=200, deadline=None)
def test_folding_what_was_unfolded_counts_the_overlaps(layer):
    counts = np.ones(())
    for axis in layer.axes:
        counts = np.multiply.outer(counts, axis.read_counts)
    again = fold(unfold(layer.x, axes=layer.axes), axes=layer.axes)
    assert_allclose(again, layer.x * counts, rtol=1e-12)


def test_both_keep_float32_and_leave_x_alone():
    x, axes = np.ones((2, 4, 4), np.float32), [Axis(4, 2)] * 2
    columns = unfold(x, axes=axes)
    columns[...] = 7
    assert (columns.dtype, fold(columns, axes=axes).dtype, x.max()) == (np.float32, np.float32, 1)


def test_one_window_over_everything_is_a_column_of_its_own_memory():
    x = np.ones((1, 2, 2))
    unfold(x, axes=[Axis(2, 2)] * 2)[...] = 7
    assert x.max() == 1
