"""Gradients, held against PyTorch, against numerical derivatives, and against the scatter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from kernels import gradients, trace
from kernels.axis import Axis
from kernels.convolution import convolve
from kernels.gradients import conv_weight
from kernels.pooling import avg_pool, divisors, max_pool, pooling_axis
from kernels.relation import plane_feeds
from kernels.scatter import scatter, scatter_map_along, shares, stamp_targets
from kernels.trace import transposed_trace, weight_trace
from tests.each import each
from tests.kernels.golden_files import name_of, read
from tests.kernels.layers import Transposed, cut, layers, within
from tests.kernels.test_pooling import axes_of as pooling_axes_of
from tests.kernels.whole import avg_pool_input, conv_input, max_pool_input

GOLDENS = read("gradients")


def axes_of(golden):
    names = ("stride", "dilation", "padding")
    sizes = golden["x"].shape[1:], golden["w"].shape[2:], *(golden[name] for name in names)
    return [Axis(*along, (padding, padding)) for *along, padding in zip(*sizes, strict=True)]


def derivative(function, at, upwards):
    """What a step in each number of `at` does to ⟨function, upwards⟩: exact for what is linear, whatever the step."""
    slopes = np.empty(at.shape)
    for place in np.ndindex(*at.shape):
        step = np.zeros(at.shape)
        step[place] = 1e-3
        slopes[place] = ((function(at + step) - function(at - step)) * upwards).sum() / 2e-3
    return slopes


def upstream(layer):
    return np.random.default_rng(0).normal(size=layer.y_shape)


@each("golden", GOLDENS, name_of)
def test_every_number_is_pytorchs(golden):
    x, w, grad_output = (golden[name] for name in ("x", "w", "grad_output"))
    kind = {"axes": axes_of(golden), "groups": golden["groups"]}
    assert_allclose(conv_input(w, grad_output, **kind), golden["grad_x"], rtol=1e-9, atol=1e-12)
    assert_allclose(conv_weight(x, grad_output, **kind), golden["grad_w"], rtol=1e-9, atol=1e-12)
    assert_allclose(transposed_trace(grad_output, w, **kind).y, golden["grad_x"].ravel(), rtol=1e-9, atol=1e-12)
    assert_allclose(weight_trace(x, grad_output, **kind).y, golden["grad_w"].ravel(), rtol=1e-9, atol=1e-12)


@each("golden", read("max_pool"), name_of)
def test_every_gradient_of_a_maximum_is_pytorchs(golden):
    ours = max_pool_input(golden["x"], golden["grad_output"], axes=pooling_axes_of(golden))
    assert_allclose(ours, golden["grad_x"], rtol=1e-9)


@each("golden", read("avg_pool"), name_of)
def test_every_gradient_of_a_mean_is_pytorchs(golden):
    options = {"count_include_pad": golden["count_include_pad"], "divisor_override": golden.get("divisor_override")}
    ours = avg_pool_input(golden["grad_output"], axes=pooling_axes_of(golden), **options)
    assert_allclose(ours, golden["grad_x"], rtol=1e-9, atol=1e-12)


def test_the_goldens_cover_every_parameter():
    pictures = [golden for golden in GOLDENS if golden["x"].ndim == 3]
    assert len(pictures) >= 200
    assert {golden["groups"] for golden in pictures} == {1, 2, 3}
    for name, values in {"stride": {1, 2, 3}, "dilation": {1, 2, 3}, "padding": {0, 1, 2, 3}}.items():
        assert {value for golden in pictures for value in golden[name]} == values
    assert any(axis.unused for golden in pictures for axis in axes_of(golden)), "cells that no window reads"


@given(layers(modes=["zeros"], ranks=2))
@settings(deadline=None)
def test_the_gradient_of_the_input_is_the_scatter_of_the_upstream_gradient(layer):
    scattered = Transposed(upstream(layer), layer.w, None, layer.axes, layer.groups)
    whole = conv_input(layer.w, upstream(layer), axes=layer.axes, groups=layer.groups)
    assert_allclose(scattered.finished(), whole, rtol=1e-9, atol=1e-12)


@given(layers(modes=["zeros"]))
@settings(max_examples=200, deadline=None)
def test_it_is_the_adjoint_of_the_convolution(layer):
    """⟨conv(x), g⟩ = ⟨x, conv_input(g)⟩ = ⟨w, conv_weight(g)⟩."""
    kind = {"axes": layer.axes, "groups": layer.groups}
    product = (convolve(layer.x, layer.w, **kind) * upstream(layer)).sum()
    assert_allclose((layer.x * conv_input(layer.w, upstream(layer), **kind)).sum(), product, rtol=1e-9, atol=1e-9)
    assert_allclose((layer.w * conv_weight(layer.x, upstream(layer), **kind)).sum(), product, rtol=1e-9, atol=1e-9)


@given(layers(modes=["zeros"]))
@settings(max_examples=30, deadline=None)
def test_a_numerical_derivative_by_the_input_agrees(layer):
    kind = {"axes": layer.axes, "groups": layer.groups}
    slopes = derivative(lambda x: convolve(x, layer.w, **kind), layer.x, upstream(layer))
    assert_allclose(conv_input(layer.w, upstream(layer), **kind), slopes, rtol=1e-6, atol=1e-8)


@given(layers())
@settings(max_examples=30, deadline=None)
def test_a_numerical_derivative_by_the_weights_agrees(layer):
    kind = {"axes": layer.axes, "groups": layer.groups}
    slopes = derivative(lambda w: convolve(layer.x, w, **kind), layer.w, upstream(layer))
    assert_allclose(conv_weight(layer.x, upstream(layer), **kind), slopes, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("axis", [pooling_axis(7, 3, stride=2, padding=1, ceil_mode=True), pooling_axis(6, 2)])
@pytest.mark.parametrize("count_include_pad", [False, True])
def test_a_numerical_derivative_of_pooling_agrees(axis, count_include_pad):
    x = np.random.default_rng(1).normal(size=(2, axis.input_size, axis.input_size))
    y = max_pool(x, axes=[axis] * 2)
    upwards = np.random.default_rng(2).normal(size=y.shape)
    slopes = derivative(lambda x: max_pool(x, axes=[axis] * 2), x, upwards)
    assert_allclose(max_pool_input(x, upwards, axes=[axis] * 2), slopes, rtol=1e-6, atol=1e-8)
    options = {"axes": [axis] * 2, "count_include_pad": count_include_pad}
    slopes = derivative(lambda x: avg_pool(x, **options), x, upwards)
    assert_allclose(avg_pool_input(upwards, **options), slopes, rtol=1e-6, atol=1e-8)


def test_the_gradient_of_a_mean_is_the_scatter_of_its_shares():
    axes = [pooling_axis(7, 3, stride=2, padding=1), pooling_axis(5, 2)]
    upwards = np.random.default_rng(2).normal(size=(2, *(axis.output_size for axis in axes)))
    scatter_map = scatter_map_along([stamp_targets(axis) for axis in axes], plane_feeds(2), 2)
    added = shares(upwards.reshape(2, -1) / divisors(axes).ravel())
    last = scatter(added, scatter_map, start=upwards.size).before
    assert_allclose(within(last, scatter_map), avg_pool_input(upwards, axes=axes), rtol=1e-12, atol=1e-15)


@given(layers())
@settings(max_examples=200, deadline=None)
def test_the_steps_of_the_weights_are_the_whole_answer(layer):
    kind = {"axes": layer.axes, "groups": layer.groups}
    whole = conv_weight(layer.x, upstream(layer), **kind)
    assert_allclose(weight_trace(layer.x, upstream(layer), **kind).y, whole.ravel(), rtol=1e-9, atol=1e-11)


@given(layers(), st.data())
@settings(max_examples=200, deadline=None)
def test_any_split_of_the_weights_gives_the_identical_bytes(layer, data):
    kind = {"axes": layer.axes, "groups": layer.groups}
    whole = weight_trace(layer.x, upstream(layer), **kind)
    parts = [
        weight_trace(layer.x, upstream(layer), **kind, start=start, stop=stop) for start, stop in cut(data, whole.stop)
    ]
    assert b"".join(part.y.tobytes() for part in parts) == whole.y.tobytes()
    assert whole.channel_sums.tobytes() == whole.y.tobytes()


@given(layers())
@settings(deadline=None)
def test_every_weight_is_the_sum_over_its_positions_in_reading_order(layer):
    positions = np.moveaxis(upstream(layer).reshape(len(layer.w), -1), 1, 0)
    traced = weight_trace(layer.x, upstream(layer), axes=layer.axes, groups=layer.groups).y.reshape(layer.w.shape)
    tap = tuple(size - 1 for size in layer.w.shape[2:])
    seen = np.zeros(layer.w.shape)
    seen[(slice(None), slice(None), *tap)] = 1.0
    channels = layer.w.shape[1]
    for channel in range(channels):
        alone = np.zeros(layer.w.shape)
        alone[(slice(None), channel, *tap)] = 1.0
        reads = convolve(layer.x, alone, axes=layer.axes, groups=layer.groups).reshape(len(layer.w), -1)
        total = np.zeros(len(layer.w))
        for position, gradient in enumerate(positions):
            total += reads[:, position] * gradient
        assert_array_equal(traced[(slice(None), channel, *tap)], total)


def test_the_size_of_a_block_changes_nothing(monkeypatch):
    numbers = np.random.default_rng(1)
    axes = [Axis(41, 3, 2, 2, (1, 2)), Axis(17, 2, 3)]
    x, upwards = numbers.normal(size=(4, 41, 17)), numbers.normal(size=(6, *(axis.output_size for axis in axes)))
    whole, steps = conv_weight(x, upwards, axes=axes, groups=2), weight_trace(x, upwards, axes=axes, groups=2)
    for block in (1, 300, 700):
        monkeypatch.setattr(gradients, "BLOCK", block)
        monkeypatch.setattr(trace, "BLOCK", block)
        assert_allclose(conv_weight(x, upwards, axes=axes, groups=2), whole, rtol=1e-12, atol=1e-12)
        assert weight_trace(x, upwards, axes=axes, groups=2).y.tobytes() == steps.y.tobytes()


def test_float32_stays_float32():
    axes, ones = [pooling_axis(6, 2)] * 2, np.ones((2, 3, 3), np.float32)
    x = np.ones((2, 6, 6), np.float32)
    w = np.ones((2, 2, 2, 2), np.float32)
    for gradient in (
        conv_input(w, ones, axes=axes),
        conv_weight(x, ones, axes=axes),
        max_pool_input(x, ones, axes=axes),
        avg_pool_input(ones, axes=axes),
    ):
        assert gradient.dtype == np.float32
