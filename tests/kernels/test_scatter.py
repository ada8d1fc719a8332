"""Stamps of any operation: a convolution told by its inputs, a transposed one, and what an index places."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from kernels.axis import Axis
from kernels.gradients import max_pool_input
from kernels.pool_trace import max_pool_trace
from kernels.relation import NOTHING, convolution_feeds, transposed_feeds
from kernels.scatter import LINE, Landing, land, scatter, sends_of, stamp_lands, window_lands
from kernels.unpooling import max_unpool
from tests.kernels.layers import axis_of, layers, relation, transposed_layers

PLANE = (1, 2)
"""How many axes of space a scatter is told of."""


def flat(planes):
    return planes.reshape(len(planes), -1)


def landing_of(lands, axes, feeds, channels):
    rows, cols = [LINE, *map(lands, axes)][-2:]
    return Landing(rows, cols, sends_of(feeds, channels), len(feeds))


def laid(w, landing):
    return flat(w)[:, ::-1] if landing.cols.turned else flat(w)


def forward(layer):
    """The values, weights and landing of a convolution."""
    landing = landing_of(
        window_lands, layer.axes, convolution_feeds(len(layer.w), layer.w.shape[1], layer.groups), len(layer.x)
    )
    w = layer.w.reshape(-1, *layer.w.shape[2:])
    return flat(layer.x), laid(w, landing), landing


def backward(layer):
    """The values, weights and landing of a transposed convolution."""
    landing = landing_of(
        stamp_lands, layer.axes, transposed_feeds(len(layer.w), layer.w.shape[1], layer.groups), len(layer.x)
    )
    w = layer.w.reshape(-1, *layer.w.shape[2:])
    return flat(layer.x), laid(w, landing), landing


def last_picture(told, landing, values):
    """The picture after all the steps that `told` tells, drawn stamp by stamp."""
    picture = told.before.reshape(landing.planes, -1).copy()
    for step, after in zip(range(told.start, told.stop), told.after, strict=True):
        channel, data = divmod(step, values.shape[1])
        for (plane, _), landed in zip(landing.sends[channel], after, strict=True):
            places = range(landing.rows.places), range(landing.cols.places)
            for place, (row, col) in enumerate((r, c) for r in places[0] for c in places[1]):
                cell = landing.cells(np.array([data]), row, col)[0]
                if cell != NOTHING:
                    picture[plane, cell] = landed[place]
    return picture.reshape(landing.planes, *landing.shape)


def within(picture, landing):
    (top, bottom), (left, right) = landing.rows.margin, landing.cols.margin
    rows, cols = landing.shape
    return picture[:, top : rows - bottom, left : cols - right]


@given(layers(modes=("zeros",)).filter(lambda layer: len(layer.axes) in PLANE))
@settings(max_examples=150, deadline=None)
def test_a_convolution_told_by_its_inputs_has_the_bytes_of_its_trace(layer):
    values, weights, landing = forward(layer)
    y = within(last_picture(scatter(values, weights, landing), landing, values), landing).ravel()
    if layer.b is not None:
        y = y + np.repeat(layer.b, y.size // len(layer.b))
    assert y.tobytes() == layer.trace().y.tobytes()


@given(transposed_layers().filter(lambda layer: len(layer.axes) in PLANE))
@settings(max_examples=150, deadline=None)
def test_a_transposed_convolution_has_the_bytes_of_its_trace(layer):
    layer = replace(layer, b=None)
    values, weights, landing = backward(layer)
    y = within(last_picture(scatter(values, weights, landing), landing, values), landing)
    assert y.tobytes() == layer.gather().y.tobytes()


@given(transposed_layers().filter(lambda layer: len(layer.axes) in PLANE), st.data())
@settings(max_examples=100, deadline=None)
def test_every_page_of_a_transposed_convolution_says_what_stamps_says(layer, data):
    values, weights, landing = backward(layer)
    start = data.draw(st.integers(0, layer.x.size - 1))
    stop = data.draw(st.integers(start + 1, layer.x.size))
    told = scatter(values, weights, landing, start, stop)
    expected = layer.stamps(start, stop)
    flipped = tuple(range(2, expected.after.ndim)) if landing.cols.turned else ()
    assert told.after.tobytes() == np.ascontiguousarray(np.flip(expected.after, flipped)).tobytes()
    # Output padding may go past the last stamp, where `stamps` has no picture.
    stamped = expected.before[(slice(None), *[slice(0, axis.padded_size) for axis in layer.axes])]
    drawn = told.before.reshape(landing.planes, *landing.shape[-len(layer.axes) :])
    assert_array_equal(drawn[tuple(slice(0, size) for size in stamped.shape)], stamped)


@given(layers(modes=("zeros",)).filter(lambda layer: len(layer.axes) in PLANE), st.data())
@settings(max_examples=100, deadline=None)
def test_the_pages_of_a_convolution_follow_on_each_other(layer, data):
    values, weights, landing = forward(layer)
    cut = data.draw(st.integers(0, layer.x.size))
    first, second = scatter(values, weights, landing, 0, cut), scatter(values, weights, landing, cut)
    assert last_picture(first, landing, values).tobytes() == second.before.tobytes()
    whole = scatter(values, weights, landing)
    assert np.concatenate([first.after, second.after]).tobytes() == whole.after.tobytes()


@given(axis_of(flip=False) | axis_of(flip=True))
def test_a_place_lands_where_the_relation_says(axis):
    lands = window_lands(axis)
    reached = {
        (cell, out, tap)
        for out in range(axis.output_size)
        for tap in range(axis.kernel_size)
        if (cell := relation(axis, out, tap)) is not None
    }
    weights = range(lands.places)[::-1] if lands.turned else range(lands.places)
    found = {
        (cell, int(landed) - lands.margin[0], weight)
        for cell, along in enumerate(lands.cells)
        for landed, weight in zip(along, weights, strict=True)
        if lands.margin[0] <= landed < lands.drawn - lands.margin[1]
    }
    assert found == reached
    assert all((np.diff(along[along != NOTHING]) > 0).all() for along in lands.cells), "in the order of the cells"


def test_a_rim_is_all_that_any_stamp_reaches_and_the_result_has_not():
    lands = window_lands(Axis(5, 3))
    assert (lands.drawn, lands.margin) == (7, (2, 2))
    lands = stamp_lands(Axis(7, 3, stride=2, padding=(1, 0)))
    assert lands.margin == (1, 0)
    assert lands.cells.min() == 0


@given(st.integers(0, 2**32), st.data())
@settings(max_examples=60, deadline=None)
def test_what_an_index_places_is_what_unpooling_and_its_like_compute(seed, data):
    numbers = np.random.default_rng(seed)
    values, cells = numbers.normal(size=(2, 6)), numbers.integers(0, 5, (2, 6))
    start = data.draw(st.integers(0, values.size))
    unpooled = land(values, cells, 5, adds=False, start=start)
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
    told = land(flat(gradient), winners, 30, adds=True, start=gradient.size)
    assert_array_equal(told.before.reshape(x.shape), max_pool_input(x, gradient, axes=axes))


@given(transposed_layers().filter(lambda layer: len(layer.axes) in PLANE), st.data())
@settings(max_examples=60, deadline=None)
def test_planes_can_be_told_alone(layer, data):
    values, weights, landing = backward(layer)
    told = data.draw(st.lists(st.integers(0, landing.planes - 1), unique=True, min_size=1).map(sorted))
    start = data.draw(st.integers(0, layer.x.size - 1))
    whole, some = scatter(values, weights, landing, start), scatter(values, weights, landing, start, told=told)
    assert some.before.tobytes() == whole.before[told].tobytes()
    for step in range(start, layer.x.size):
        planes = [plane for plane, _ in landing.sends[step // values.shape[1]]]
        asked = [place for place, plane in enumerate(planes) if plane in told]
        assert_array_equal(some.after[step - start][: len(asked)], whole.after[step - start][asked])
        assert_array_equal(some.was[step - start][: len(asked)], whole.was[step - start][asked])


@given(layers(modes=("zeros",)).filter(lambda layer: len(layer.axes) in PLANE))
@settings(max_examples=60, deadline=None)
def test_what_a_cell_was_and_what_lands_make_what_it_is(layer):
    values, weights, landing = forward(layer)
    told = scatter(values, weights, landing)
    for step in range(layer.x.size):
        channel, data = divmod(step, values.shape[1])
        kernels = [weight for _, weight in landing.sends[channel]]
        landed = weights[kernels] * values[channel, data]
        reached = told.after[step] != 0
        assert_allclose(told.after[step][reached], (told.was[step] + landed)[reached], rtol=1e-9, atol=1e-12)
