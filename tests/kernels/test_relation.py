"""What a step reads: whoever only looks things up in the tables gets every number of the traces."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from kernels.adaptive import AdaptiveAxis
from kernels.axis import Axis
from kernels.pool_trace import avg_pool_trace, lp_pool_trace, max_pool_trace, root
from kernels.relation import (
    NOTHING,
    Reads,
    Relation,
    convolution_feeds,
    plane_feeds,
    pool_reads,
    position_reads,
    stretched_reads,
    transposed_feeds,
    weight_feeds,
    window_reads,
)
from kernels.trace import trace, transposed_trace, weight_trace
from kernels.transposed import transposed_axis
from tests.kernels.layers import any_axis, layers, transposed_axis_of, transposed_layers
from tests.kernels.test_pooling import adaptive_poolings, poolings


def windows(plane, reads, beyond=0.0):
    """What every result cell finds at each place of its window, NaN where no cell lies; shape (results, places)."""
    for place, axis in enumerate(reads):
        plane = with_last(plane, place, beyond).take(axis.source, axis=place)
    rank = len(reads)
    for place, axis in enumerate(reads):  # the places go to the end, the results stay where the cells were
        plane = np.moveaxis(with_last(plane, place, np.nan).take(axis.taps, axis=place), place + 1, -1)
    return plane.reshape(int(np.prod(plane.shape[:rank])), -1)


def with_last(plane, place, value):
    """The plane with one cell more along an axis, which is where −1 looks."""
    return np.pad(plane.astype(float), [(0, int(at == place)) for at in range(plane.ndim)], constant_values=value)


def summed(relation, data, weights):
    """(y, what each plane brought): products added in the reading order of the window, then the planes in turn."""
    spatial = len(relation.reads)
    turned = [at for at, axis in enumerate(relation.reads, start=-spatial) if axis.turned]
    slices = np.flip(weights, turned).reshape(-1, int(np.prod(weights.shape[-spatial:])))
    sums = [
        [in_order((windows(data[plane], relation.reads) * slices[weight]).T) for plane, weight in feed]
        for feed in relation.feeds
    ]
    y = [in_order(np.array(feed)) for feed in sums]
    return np.concatenate(y), np.concatenate([np.array(feed) for feed in sums], axis=1)


def in_order(terms):
    """One term after the other, those that are nothing passed over."""
    total = np.zeros(terms.shape[1:])
    for term in terms:
        total = total + np.where(np.isnan(term), 0.0, term)
    return total


def with_bias(y, b):
    return y if b is None else y + np.repeat(b, len(y) // len(b))


def counted(reads):
    """How many cells each window counts, at least one."""
    counts = np.ones(1, np.intp)
    for axis in reads:
        counts = np.multiply.outer(counts, axis.counts).ravel()
    return np.maximum(counts, 1)


def largest(x, reads):
    """(y, argmax) of every channel: of equal values the first in the window wins, counted in the plane of x."""
    cells = windows(np.arange(x[0].size).reshape(x[0].shape), reads, beyond=NOTHING)
    y, winners = [], []
    for channel in x:
        seen = np.nan_to_num(windows(channel, reads, beyond=-np.inf), nan=-np.inf)
        places = seen.argmax(axis=1)
        y.append(seen.max(axis=1))
        winners.append(cells[np.arange(len(cells)), places])
    return np.concatenate(y) + 0.0, np.concatenate(winners)


@given(layers())
@settings(max_examples=200, deadline=None)
def test_the_windows_of_a_convolution_give_its_steps_to_the_last_bit(layer):
    filters, per_group = layer.w.shape[:2]
    relation = Relation(tuple(map(window_reads, layer.axes)), convolution_feeds(filters, per_group, layer.groups))
    y, sums = summed(relation, layer.x, layer.w)
    traced = trace(layer.x, layer.w, layer.b, axes=layer.axes, groups=layer.groups)
    assert_array_equal(with_bias(y, layer.b), traced.y)
    assert_array_equal(sums, traced.channel_sums)


@given(transposed_layers())
@settings(max_examples=200, deadline=None)
def test_the_stretched_input_gives_the_steps_of_a_transposed_convolution_to_the_last_bit(layer):
    feeds = transposed_feeds(len(layer.x), layer.w.shape[1], layer.groups)
    y, sums = summed(Relation(tuple(map(stretched_reads, layer.axes)), feeds), layer.x, layer.w)
    traced = transposed_trace(layer.x, layer.w, layer.b, axes=layer.axes, groups=layer.groups)
    assert_array_equal(with_bias(y, layer.b), traced.y)
    assert_array_equal(sums, traced.channel_sums)


@given(layers(modes=["zeros"]))
@settings(max_examples=100, deadline=None)
def test_the_stretched_upstream_gradient_gives_the_gradient_of_the_input(layer):
    """Also where the windows pass some input cells over, and where only one side is padded."""
    upwards = np.random.default_rng(0).normal(size=layer.y_shape)
    feeds = transposed_feeds(len(upwards), layer.w.shape[1], layer.groups)
    y, _ = summed(Relation(tuple(map(stretched_reads, layer.axes)), feeds), upwards, layer.w)
    assert_array_equal(y, transposed_trace(upwards, layer.w, axes=layer.axes, groups=layer.groups).y)


@given(layers())
@settings(max_examples=200, deadline=None)
def test_the_positions_of_a_weight_give_its_gradient_to_the_last_bit(layer):
    upwards = np.random.default_rng(0).normal(size=layer.y_shape)
    feeds = weight_feeds(*layer.w.shape[:2], layer.groups)
    y, _ = summed(Relation(tuple(map(position_reads, layer.axes)), feeds), layer.x, upwards)
    assert_array_equal(y, weight_trace(layer.x, upwards, axes=layer.axes, groups=layer.groups).y)


@given(poolings() | adaptive_poolings())
@settings(max_examples=200, deadline=None)
def test_the_windows_of_a_maximum_hold_its_value_and_its_winner(pooled):
    x, axes = pooled
    y, winners = largest(x, tuple(map(pool_reads, axes)))
    traced = max_pool_trace(x, axes=axes)
    assert_array_equal(y, traced.y)
    assert_array_equal(winners, traced.argmax)


@given(poolings(dilated=False) | adaptive_poolings(), st.booleans(), st.sampled_from([None, None, 3, -2]))
@settings(max_examples=200, deadline=None)
def test_the_windows_of_a_mean_hold_its_sum_and_its_divisor(pooled, count_include_pad, divisor):
    x, axes = pooled
    reads = tuple(pool_reads(axis, count_include_pad) for axis in axes)
    y = np.concatenate([in_order(windows(channel, reads).T) / (divisor or counted(reads)) for channel in x])
    options = {"count_include_pad": count_include_pad, "divisor_override": divisor}
    assert_array_equal(y, avg_pool_trace(x, axes=axes, **options).y)


@given(poolings(dilated=False), st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_the_windows_of_a_power_average_hold_its_powers(pooled, power):
    x, axes = pooled
    reads = tuple(map(pool_reads, axes))
    places = np.prod([axis.places for axis in reads])
    sums = np.concatenate([in_order((windows(np.abs(channel), reads) ** power).T) for channel in x])
    y = root(sums * places / np.tile(counted(reads), len(x)), power)
    assert_allclose(y, lp_pool_trace(np.abs(x), power, axes=axes).y, rtol=1e-9, atol=1e-12)


ANY_READS = (
    any_axis().map(window_reads)
    | any_axis().map(position_reads)
    | st.booleans().flatmap(lambda flip: transposed_axis_of(flip, most=5)).map(stretched_reads)
    | poolings().map(lambda pooled: pool_reads(pooled[1][0]))
    | adaptive_poolings().map(lambda pooled: pool_reads(pooled[1][0]))
)


@given(ANY_READS)
@settings(max_examples=300, deadline=None)
def test_every_table_names_only_cells_that_there_are(reads: Reads):
    assert reads.taps.shape == (reads.results, reads.places)
    assert reads.taps.min(initial=0) >= NOTHING
    assert reads.taps.max(initial=0) < reads.drawn
    assert reads.source.min(initial=0) >= -1
    assert reads.source.max(initial=0) < reads.size


@given(ANY_READS)
@settings(max_examples=300, deadline=None)
def test_the_cells_of_a_window_lie_in_reading_order_and_no_cell_twice(reads: Reads):
    for cells in reads.taps:
        there = cells[cells != NOTHING]
        assert (np.diff(there) > 0).all()


@given(ANY_READS)
@settings(max_examples=300, deadline=None)
def test_the_data_lies_within_its_margins_first_cell_to_last(reads: Reads):
    before, after = reads.margin
    inside = reads.source[max(before, 0) : reads.drawn - max(after, 0)]
    data = inside[inside != -1]
    if min(before, after) >= 0:
        assert data.tolist() == list(range(reads.size))
    else:  # cropped, where the padding reaches further than the kernel, or a pooling's last window ends early
        assert (np.diff(data) == 1).all()


@given(ANY_READS)
@settings(max_examples=100, deadline=None)
def test_the_tables_are_shared_so_nobody_may_write_into_them(reads: Reads):
    assert not any(table.flags.writeable for table in (reads.taps, reads.source))


def test_a_stride_spreads_the_stretched_input_and_a_crop_cuts_it():
    spread = stretched_reads(transposed_axis(3, 2, stride=3))
    assert spread.source.tolist() == [-1, 0, -1, -1, 1, -1, -1, 2, -1]
    assert spread.margin == (1, 1)
    cropped = stretched_reads(transposed_axis(4, 2, padding=2))
    assert cropped.source.tolist() == [1, 2]
    assert cropped.margin == (-1, -1)


def test_a_window_that_hangs_over_has_places_where_nothing_lies():
    reads = pool_reads(Axis(5, 2, 2, padding=(0, 1)))
    assert reads.taps.tolist() == [[0, 1], [2, 3], [4, NOTHING]]
    assert reads.counts.tolist() == [2, 2, 1]


@pytest.mark.parametrize(("count_include_pad", "counts"), [(True, [2, 2]), (False, [1, 2])])
def test_a_mean_counts_its_padding_or_not(count_include_pad, counts):
    reads = pool_reads(Axis(3, 2, 2, padding=(1, 0)), count_include_pad)
    assert reads.counts.tolist() == counts
    assert reads.source.tolist() == [-1, 0, 1, 2, -1]


def test_an_adaptive_window_counts_its_own_cells():
    assert pool_reads(AdaptiveAxis(5, 3)).counts.tolist() == [2, 3, 2]


def test_channels_that_do_not_mix_feed_themselves_without_weights():
    assert plane_feeds(3) == (((0, NOTHING),), ((1, NOTHING),), ((2, NOTHING),))


def test_groups_feed_their_own_filters_and_slices_are_counted_within_the_group():
    assert convolution_feeds(4, 2, groups=2) == (
        ((0, 0), (1, 1)),
        ((0, 2), (1, 3)),
        ((2, 4), (3, 5)),
        ((2, 6), (3, 7)),
    )
    assert transposed_feeds(4, 1, groups=2) == (((0, 0), (1, 1)), ((2, 2), (3, 3)))
    assert weight_feeds(4, 1, groups=2) == (((0, 0),), ((0, 1),), ((1, 2),), ((1, 3),))
