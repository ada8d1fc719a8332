"""The whole answer at once, held against plainer ways to it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import correlate

from kernels import convolution
from kernels.axis import Axis
from kernels.convolution import convolve
from tests.kernels.layers import layers, plain_steps

NUMBERS = np.random.default_rng(0)


@given(layers())
@settings(max_examples=200, deadline=None)
def test_it_is_what_the_formula_says_cell_by_cell(layer):
    assert_allclose(layer.convolve().ravel(), list(plain_steps(layer)), rtol=1e-9, atol=1e-12)


@given(layers())
@settings(deadline=None)
def test_flipping_is_convolving_with_the_reversed_kernel(layer):
    turned_axes = tuple(replace(axis, flip=not axis.flip) for axis in layer.axes)
    reversed_kernel = np.flip(layer.w, tuple(range(2, layer.w.ndim)))
    turned = replace(layer, axes=turned_axes, w=reversed_kernel)
    assert_allclose(turned.convolve(), layer.convolve(), rtol=1e-9, atol=1e-12)


@given(layers())
@settings(deadline=None)
def test_float32_stays_float32_and_close(layer):
    single = replace(
        layer,
        x=layer.x.astype(np.float32),
        w=layer.w.astype(np.float32),
        b=None if layer.b is None else layer.b.astype(np.float32),
    )
    assert single.convolve().dtype == np.float32
    assert_allclose(single.convolve(), layer.convolve(), rtol=1e-3, atol=1e-4)


@given(layers())
@settings(deadline=None)
def test_an_input_it_was_given_is_not_written_to(layer):
    before = layer.x.copy(), layer.w.copy()
    layer.convolve()
    assert_array_equal(layer.x, before[0])
    assert_array_equal(layer.w, before[1])


@pytest.mark.parametrize("stride", [1, 2, 3, 5])
@pytest.mark.parametrize("dilation", [1, 2, 4])
def test_the_size_of_a_block_changes_nothing(monkeypatch, stride, dilation):
    axes = [Axis(41, 3, stride, dilation, (1, 2)), Axis(17, 2, 2)]
    x, w = NUMBERS.normal(size=(2, 41, 17)), NUMBERS.normal(size=(3, 2, 3, 2))
    whole = convolve(x, w, axes=axes)
    for block in (1, 300, 700):
        monkeypatch.setattr(convolution, "BLOCK", block)
        assert_allclose(convolve(x, w, axes=axes), whole, rtol=1e-12)


def test_a_picture_that_needs_many_blocks_agrees_with_scipy():
    x, w = NUMBERS.normal(size=(1, 300, 700)), NUMBERS.normal(size=(1, 1, 5, 7))
    ours = convolve(x, w, axes=[Axis(300, 5), Axis(700, 7)])
    assert_allclose(ours[0], correlate(x[0], w[0, 0], mode="valid"), rtol=1e-9, atol=1e-9)


def test_away_from_the_borders_a_shifted_input_gives_a_shifted_output():
    x, w = NUMBERS.normal(size=(2, 12, 12)), NUMBERS.normal(size=(3, 2, 3, 3))
    axes = [Axis(12, 3, padding=(1, 1))] * 2
    shifted = convolve(np.roll(x, (2, 3), axis=(1, 2)), w, axes=axes)
    assert_allclose(shifted[:, 4:-1, 4:-1], convolve(x, w, axes=axes)[:, 2:-3, 1:-4], rtol=1e-12)


def test_with_circular_padding_it_is_shifted_everywhere():
    x, w = NUMBERS.normal(size=(2, 6, 7)), NUMBERS.normal(size=(3, 2, 3, 3))
    axes = [Axis(size, 3, padding=(1, 1), padding_mode="circular") for size in (6, 7)]
    shifted = convolve(np.roll(x, (2, 3), axis=(1, 2)), w, axes=axes)
    assert_allclose(shifted, np.roll(convolve(x, w, axes=axes), (2, 3), axis=(1, 2)), rtol=1e-12)


def test_a_group_sees_only_its_own_channels():
    x, w = NUMBERS.normal(size=(4, 5, 5)), NUMBERS.normal(size=(6, 2, 3, 3))
    axes = [Axis(5, 3)] * 2
    apart = [convolve(x[:2], w[:3], axes=axes), convolve(x[2:], w[3:], axes=axes)]
    assert_array_equal(convolve(x, w, axes=axes, groups=2), np.concatenate(apart))


def test_full_and_flipped_convolution_is_commutative():
    x, w = NUMBERS.normal(size=8), NUMBERS.normal(size=3)
    of_x = convolve(x[None], w[None, None], axes=[Axis(8, 3, padding=(2, 2), flip=True)])
    of_w = convolve(w[None], x[None, None], axes=[Axis(3, 8, padding=(7, 7), flip=True)])
    assert_allclose(of_x, of_w, rtol=1e-12, atol=1e-15)
    assert_allclose(of_x[0], np.convolve(x, w), rtol=1e-12, atol=1e-15)


@given(layers())
@settings(deadline=None)
def test_it_is_written_where_it_is_asked_for_even_between_other_cells(layer):
    spread = np.full((layer.y_shape[0], *(2 * size for size in layer.y_shape[1:])), np.nan)
    between = spread[(slice(None), *(slice(None, None, 2) for _ in layer.axes))]
    y = convolve(layer.x, layer.w, layer.b, axes=layer.axes, groups=layer.groups, out=between)
    assert_array_equal(between, layer.convolve())
    assert_array_equal(y, between)
    assert np.isnan(spread).sum() == spread.size - between.size
