"""The answer step by step: the same as the whole one, and the same bytes however it is asked for."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from kernels import trace as trace_module
from kernels.axis import Axis
from kernels.trace import trace
from tests.kernels.layers import layers, plain_steps


@given(layers())
@settings(max_examples=400, deadline=None)
def test_the_steps_are_the_whole_answer_in_reading_order(layer):
    assert_allclose(layer.trace().y, layer.convolve().ravel(), rtol=1e-9, atol=1e-12)


@given(layers())
@settings(max_examples=200, deadline=None)
def test_every_number_is_the_sum_in_the_promised_order_to_the_last_bit(layer):
    assert layer.trace().y.tobytes() == np.array(list(plain_steps(layer))).tobytes()


@given(layers(), st.data())
@settings(max_examples=400, deadline=None)
def test_any_split_of_the_steps_gives_the_identical_bytes(layer, data):
    whole = layer.trace()
    cuts = sorted(data.draw(st.lists(st.integers(0, whole.stop), max_size=4)))
    parts = [layer.trace(start, stop) for start, stop in zip([0, *cuts], [*cuts, whole.stop], strict=True)]
    assert b"".join(part.y.tobytes() for part in parts) == whole.y.tobytes()
    together = np.concatenate([part.channel_sums for part in parts], axis=1)
    assert together.tobytes() == whole.channel_sums.tobytes()


@given(layers(), st.data())
@settings(max_examples=200, deadline=None)
def test_a_part_of_a_trace_is_what_computing_these_steps_alone_would_give(layer, data):
    whole = layer.trace()
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, whole.stop)] * 2)))
    part, alone = whole.part(start, stop), layer.trace(start, stop)
    assert (part.start, part.stop) == (start, stop)
    assert part.y.tobytes() == alone.y.tobytes()
    assert part.channel_sums.tobytes() == alone.channel_sums.tobytes()


@given(layers())
@settings(deadline=None)
def test_no_result_is_a_negative_zero(layer):
    steps = layer.trace()
    for numbers in (steps.y, steps.channel_sums):
        assert not np.signbit(numbers[numbers == 0]).any()


@given(layers())
@settings(deadline=None)
def test_channel_sums_are_the_outputs_of_each_channel_alone(layer):
    channel_sums = layer.trace().channel_sums.reshape(-1, *layer.y_shape)
    channels = layer.w.shape[1]
    for channel in range(channels):
        alone = trace(layer.x[channel::channels], layer.w[:, [channel]], axes=layer.axes, groups=layer.groups)
        assert alone.y.tobytes() == channel_sums[channel].tobytes()


def test_the_size_of_a_block_changes_no_byte(monkeypatch):
    numbers = np.random.default_rng(1)
    x, w = numbers.normal(size=(2, 9, 9)), numbers.normal(size=(3, 2, 3, 3))
    axes = [Axis(9, 3, padding=(1, 1))] * 2
    whole = trace(x, w, axes=axes).y.tobytes()
    for block in (1, 100, 1000):
        monkeypatch.setattr(trace_module, "BLOCK", block)
        assert trace(x, w, axes=axes).y.tobytes() == whole


def test_where_no_steps_are_asked_for_none_come():
    steps = trace(np.ones((2, 5)), np.ones((1, 2, 3)), axes=[Axis(5, 3)], start=2, stop=2)
    assert (steps.y.shape, steps.channel_sums.shape) == ((0,), (2, 0))
