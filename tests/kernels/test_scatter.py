"""Scatter: a convolution by its inputs, a transposed one, columns that are folded, and what an index places."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from kernels.axis import Axis
from kernels.pool_trace import max_pool_trace
from kernels.relation import NOTHING
from kernels.scatter import (
    column_map,
    entries,
    products,
    scatter,
    scatter_map_along,
    scatter_to,
    stamp_targets,
    window_targets,
)
from kernels.unfold import fold, unfold
from kernels.unpooling import max_unpool
from tests.kernels.layers import axis_of, cut, flat, layers, relation, transposed_layers, within
from tests.kernels.whole import max_pool_input

flat_layers = layers(modes=("zeros",), ranks=2)
flat_transposed = transposed_layers(ranks=2)
EITHER = flat_layers | flat_transposed
"""Scatter knows one axis or two, and no rim that copies."""


def last_picture(steps, scatter_map):
    """The picture after all these steps, drawn stamp by stamp."""
    picture = steps.before.copy()
    for step, after in zip(range(steps.start, steps.stop), steps.after, strict=True):
        channel, data = divmod(step, scatter_map.size)
        for (plane, _), numbers in zip(scatter_map.sends[channel], after, strict=True):
            for place, cell in enumerate(scatter_map.stamp(data)):
                if cell != NOTHING:
                    picture[plane, cell] = numbers[place]
    return picture


@given(flat_layers)
@settings(max_examples=150, deadline=None)
def test_a_convolution_by_its_inputs_has_the_bytes_of_its_trace(layer):
    y = within(last_picture(layer.scatter(), layer.scatter_map), layer.scatter_map).ravel()
    if layer.b is not None:
        y = y + np.repeat(layer.b, y.size // len(layer.b))
    assert y.tobytes() == layer.trace().y.tobytes()


@given(flat_transposed, st.data())
@settings(max_examples=200, deadline=None)
def test_before_each_step_stands_the_transposed_convolution_of_the_numbers_until_then(layer, data):
    start = data.draw(st.integers(0, layer.x.size))
    until = np.where(np.arange(layer.x.size).reshape(layer.x.shape) < start, layer.x, 0.0)
    picture = within(layer.scatter(start).before, layer.scatter_map)
    assert picture.tobytes() == replace(layer, x=until, b=None).gather().y.tobytes()


@given(EITHER, st.data())
@settings(max_examples=150, deadline=None)
def test_pages_follow_on_each_other(layer, data):
    pages = [layer.scatter(start, stop) for start, stop in cut(data, layer.x.size)]
    for page, following in pairwise(pages):
        assert last_picture(page, layer.scatter_map).tobytes() == following.before.tobytes()
    assert b"".join(page.after.tobytes() for page in pages) == layer.scatter().after.tobytes()


@given(EITHER)
@settings(max_examples=100, deadline=None)
def test_no_sum_is_a_negative_zero(layer):
    steps = layer.scatter()
    for numbers in (steps.was, steps.after, layer.scatter(start=layer.x.size).before):
        assert not np.signbit(numbers[numbers == 0]).any()


@given(EITHER, st.data())
@settings(max_examples=60, deadline=None)
def test_a_cell_counts_the_stamps_that_have_touched_it(layer, data):
    scatter_map, step = layer.scatter_map, data.draw(st.integers(0, layer.x.size - 1))
    for plane in range(scatter_map.planes):
        counts = np.zeros(scatter_map.shape, int)
        for earlier in range(step + 1):
            channel, number = divmod(earlier, scatter_map.size)
            if plane in dict(scatter_map.sends[channel]):
                cells = np.array(scatter_map.stamp(number))
                np.add.at(counts.reshape(-1), cells[cells != NOTHING], 1)
        assert_array_equal(scatter_map.counts(plane, step), counts)


def test_before_the_first_stamp_the_picture_is_empty():
    scatter_map = scatter_map_along([stamp_targets(Axis(4, 2))], (((0, 0),), ((0, 1),)), 1)
    steps = scatter(products(np.ones((2, 3)), np.ones((2, 2))), scatter_map, stop=0)
    assert (steps.after.shape, steps.before.tolist()) == ((0, 1, 2), [[0, 0, 0, 0]])


@given(axis_of(flip=False) | axis_of(flip=True))
def test_a_place_lands_where_the_relation_says(axis):
    targets = window_targets(axis)
    reached = {
        (cell, out, tap)
        for out in range(axis.output_size)
        for tap in range(axis.kernel_size)
        if (cell := relation(axis, out, tap)) is not None
    }
    weights = range(targets.places)[::-1] if targets.turned else range(targets.places)
    found = {
        (cell, int(target) - targets.margin[0], weight)
        for cell, along in enumerate(targets.cells)
        for target, weight in zip(along, weights, strict=True)
        if targets.margin[0] <= target < targets.drawn - targets.margin[1]
    }
    assert found == reached
    assert all((np.diff(along[along != NOTHING]) > 0).all() for along in targets.cells), "in the order of the cells"


def test_where_a_place_lands_nowhere_nothing_stood_and_nothing_stands():
    scatter_map = scatter_map_along([window_targets(Axis(4, 3, stride=2, padding=(1, 1)))], (((0, 0),),), 1)
    steps = scatter(products(np.ones((1, 4)), np.ones((1, 3))), scatter_map)
    nowhere = np.stack([scatter_map.cells(np.arange(4), place) for place in range(3)], axis=1) == NOTHING
    assert nowhere.sum(axis=1).tolist() == [2, 1, 2, 1]
    for numbers in (steps.was, steps.after):
        assert_array_equal(numbers[:, 0][nowhere], 0)
    assert_array_equal(steps.after[:, 0][~nowhere] - steps.was[:, 0][~nowhere], 1)


def test_a_rim_is_all_that_any_stamp_reaches_and_the_result_has_not():
    targets = window_targets(Axis(5, 3))
    assert (targets.drawn, targets.margin) == (7, (2, 2))
    targets = stamp_targets(Axis(7, 3, stride=2, padding=(1, 0)))
    assert targets.margin == (1, 0)
    assert targets.cells.min() == 0


@given(st.integers(0, 2**32), st.data())
@settings(max_examples=60, deadline=None)
def test_what_an_index_places_is_what_unpooling_and_its_like_compute(seed, data):
    numbers = np.random.default_rng(seed)
    values, cells = numbers.normal(size=(2, 6)), numbers.integers(0, 5, (2, 6))
    start = data.draw(st.integers(0, values.size))
    unpooled = scatter_to(values, cells, 5, adds=False, start=start)
    picture = unpooled.before.reshape(-1)
    for step, after in enumerate(unpooled.after.ravel(), start=start):
        picture[cells.flat[step] + step // 6 * 5] = after
    assert_array_equal(picture.reshape(2, 5), max_unpool(values, cells, [5]))


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_winners_add_up_their_gradients(seed):
    numbers = np.random.default_rng(seed)
    axes = [Axis(5, 2), Axis(6, 3, stride=2)]
    x, gradient = numbers.integers(0, 9, (2, 5, 6)).astype(float), numbers.normal(size=(2, 4, 2))
    winners = max_pool_trace(x, axes=axes).argmax.reshape(2, -1)
    traced = scatter_to(flat(gradient), winners, 30, adds=True, start=gradient.size)
    assert_array_equal(traced.before.reshape(x.shape), max_pool_input(x, gradient, axes=axes))


@given(flat_transposed, st.data())
@settings(max_examples=60, deadline=None)
def test_planes_can_be_asked_for_alone(layer, data):
    scatter_map = layer.scatter_map
    planes = data.draw(st.lists(st.integers(0, scatter_map.planes - 1), unique=True, min_size=1).map(sorted))
    start = data.draw(st.integers(0, layer.x.size - 1))
    whole, some = layer.scatter(start), layer.scatter(start, planes=planes)
    assert some.before.tobytes() == whole.before[planes].tobytes()
    for step in range(start, layer.x.size):
        sent = [plane for plane, _ in scatter_map.sends[step // scatter_map.size]]
        asked = [place for place, plane in enumerate(sent) if plane in planes]
        assert_array_equal(some.after[step - start][: len(asked)], whole.after[step - start][asked])
        assert_array_equal(some.was[step - start][: len(asked)], whole.was[step - start][asked])


@given(flat_layers)
@settings(max_examples=60, deadline=None)
def test_what_a_cell_was_and_what_lands_make_what_it_is(layer):
    steps, scatter_map = layer.scatter(), layer.scatter_map
    for step in range(layer.x.size):
        channel, data = divmod(step, scatter_map.size)
        at = np.array([data])
        added = [
            layer.added(channel, scatter_map.sends[channel], place, at)[:, 0] for place in range(scatter_map.places)
        ]
        touched = steps.after[step] != 0
        expected = (steps.was[step] + np.array(added).T)[touched]
        assert_allclose(steps.after[step][touched], expected, rtol=1e-9, atol=1e-12)


@st.composite
def columns(draw):
    """Columns of one to three channels, with their axes."""
    axes = []
    for _ in range(2):
        kernel, dilation, rim = draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(0, 2))
        least = max(dilation * (kernel - 1) + 1 - 2 * rim, 1)
        size, stride = draw(st.integers(least, least + 4)), draw(st.integers(1, 3))
        axes.append(Axis(size, kernel, stride, dilation, (rim, rim)))
    x = np.random.default_rng(1).normal(size=(draw(st.integers(1, 3)), *(axis.input_size for axis in axes)))
    return unfold(x, axes=axes), axes, column_map(axes, len(x))


@given(columns(), st.data())
@settings(max_examples=200, deadline=None)
def test_the_columns_that_have_landed_are_the_fold_of_those_columns(drawn, data):
    matrix, axes, scatter_map = drawn
    step = data.draw(st.integers(0, scatter_map.steps))
    steps = scatter(entries(matrix.reshape(scatter_map.planes, scatter_map.places, -1)), scatter_map, step)
    earlier = np.where(np.arange(scatter_map.steps) < step, matrix, 0.0)
    assert_allclose(within(steps.before, scatter_map), fold(earlier, axes=axes), atol=1e-12)


@given(columns())
@settings(max_examples=100, deadline=None)
def test_what_a_column_leaves_is_what_was_there_and_the_column(drawn):
    matrix, _, scatter_map = drawn
    falling = matrix.reshape(scatter_map.planes, scatter_map.places, -1)
    steps = scatter(entries(falling), scatter_map)
    assert_array_equal(steps.after, steps.was + np.moveaxis(falling, 2, 0))
    last = [scatter_map.planes - 1]
    assert_array_equal(scatter(entries(falling), scatter_map, planes=last).after, steps.after[:, last])
