"""Transposed convolutions: at once, gathered cell by cell, and scattered."""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from kernels import trace as trace_module
from kernels.axis import ZERO, Axis
from kernels.convolution import convolve
from kernels.trace import transposed_trace
from kernels.transposed import conv_transpose, transposed_axis
from tests.each import each
from tests.kernels.golden_files import name_of, read
from tests.kernels.layers import Transposed, axis_of, relation, transposed_layers

GOLDENS = read("transposed")


def layer_of(golden):
    sizes = golden["x"].shape[1:], golden["w"].shape[2:]
    names = ("stride", "padding", "output_padding", "dilation")
    axes = tuple(
        transposed_axis(*size, **dict(zip(names, along, strict=True)))
        for size, along in zip(
            zip(*sizes, strict=True), zip(*(golden[name] for name in names), strict=True), strict=True
        )
    )
    return Transposed(golden["x"], golden["w"], golden["b"], axes, golden["groups"])


@each("golden", GOLDENS, name_of)
def test_every_number_is_pytorchs(golden):
    layer = layer_of(golden)
    assert [axis.output_size for axis in layer.axes] == list(golden["x"].shape[1:])
    assert layer.y_shape == golden["y"].shape
    assert_allclose(layer.whole(), golden["y"], rtol=1e-9)
    assert_allclose(layer.gather().y.reshape(layer.y_shape), golden["y"], rtol=1e-9)
    if len(layer.axes) < 3:
        assert_allclose(layer.finished(), golden["y"], rtol=1e-9)


def test_the_goldens_cover_every_parameter():
    for rank in (1, 2):
        goldens = [golden for golden in GOLDENS if golden["x"].ndim == rank + 1]
        assert len(goldens) >= 200
        assert {golden["groups"] for golden in goldens} == {1, 2, 3}
        assert {golden["b"] is None for golden in goldens} == {False, True}
        for name, values in {"stride": {1, 2, 3}, "dilation": {1, 2, 3}, "output_padding": {0, 1, 2}}.items():
            assert {value for golden in goldens for value in golden[name]} == values
        pairs = [pair for g in goldens for pair in zip(g["output_padding"], g["stride"], g["padding"], strict=True)]
        assert any(out >= stride for out, stride, _ in pairs), "output_padding below the dilation alone"
        assert any(out > rim for out, _, rim in pairs), "output_padding past the last stamp"


@given(transposed_layers())
@settings(max_examples=200, deadline=None)
def test_gathered_it_is_the_whole_answer(layer):
    assert_allclose(layer.gather().y.reshape(layer.y_shape), layer.whole(), rtol=1e-9, atol=1e-12)


@given(transposed_layers(), st.data())
@settings(max_examples=200, deadline=None)
def test_any_split_of_the_gathered_steps_gives_the_identical_bytes(layer, data):
    whole = layer.gather()
    cuts = sorted(data.draw(st.lists(st.integers(0, whole.stop), max_size=4)))
    parts = [layer.gather(start, stop) for start, stop in zip([0, *cuts], [*cuts, whole.stop], strict=True)]
    assert b"".join(part.y.tobytes() for part in parts) == whole.y.tobytes()
    together = np.concatenate([part.channel_sums for part in parts], axis=1)
    assert together.tobytes() == whole.channel_sums.tobytes()


@given(transposed_layers())
@settings(deadline=None)
def test_no_result_is_a_negative_zero(layer):
    for numbers in (layer.gather().y, layer.gather().channel_sums):
        assert not np.signbit(numbers[numbers == 0]).any()


@given(axis_of(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_an_input_cell_is_written_to_is_what_reads_it(axis, flip):
    axis = replace(axis, flip=flip)
    for out, tap in product(range(axis.output_size), range(axis.kernel_size)):
        cell = relation(axis, out, tap)
        assert cell is None or axis.writes[cell, tap] == out
    assert (axis.writes != ZERO).sum() == (axis.reads != ZERO).sum()


@given(transposed_layers())
@settings(deadline=None)
def test_it_is_the_adjoint_of_the_convolution(layer):
    """⟨conv(y), x⟩ = ⟨y, conv_transpose(x)⟩, for any y."""
    y = np.random.default_rng(0).normal(size=layer.y_shape)
    there = convolve(y, layer.w, axes=layer.axes, groups=layer.groups)
    back = conv_transpose(layer.x, layer.w, axes=layer.axes, groups=layer.groups)
    assert_allclose((there * layer.x).sum(), (y * back).sum(), rtol=1e-9, atol=1e-9)


def test_float32_stays_float32():
    x, w = np.ones((2, 4, 4), np.float32), np.ones((2, 3, 3, 3), np.float32)
    y = conv_transpose(x, w, np.ones(3, np.float32), axes=[transposed_axis(4, 3, stride=2)] * 2)
    assert (y.dtype, y.shape) == (np.float32, (3, 9, 9))


def test_kernel_three_at_stride_two_overlaps_in_a_checkerboard():
    axis = transposed_axis(4, 3, stride=2)
    overlaps = conv_transpose(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), axes=[axis] * 2)[0]
    assert overlaps[1:6, 1:6].tolist() == [[1, 2, 1, 2, 1], [2, 4, 2, 4, 2]] * 2 + [[1, 2, 1, 2, 1]]


def test_the_size_of_a_block_changes_no_byte(monkeypatch):
    numbers = np.random.default_rng(1)
    x, w = numbers.normal(size=(4, 5, 6)), numbers.normal(size=(4, 3, 3, 2))
    axes = [Axis(11, 3, 2), Axis(13, 2, 2, 3, (1, 0))]
    whole = transposed_trace(x, w, axes=axes, groups=2).y.tobytes()
    for block in (1, 50, 500):
        monkeypatch.setattr(trace_module, "BLOCK", block)
        assert transposed_trace(x, w, axes=axes, groups=2).y.tobytes() == whole
