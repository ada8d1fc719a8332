"""Pooling, plain and adaptive: at once and step by step, held against PyTorch and against each other."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from kernels import pooling
from kernels.adaptive import AdaptiveAxis
from kernels.axis import ZERO, Axis
from kernels.pool_trace import avg_pool_trace, lp_pool_trace, max_pool_trace, root
from kernels.pooling import argmax, avg_pool, in_padding, max_pool, pool_along, pooling_axis, sum_pool
from kernels.unpooling import max_unpool, unpooled_size
from tests.each import each
from tests.kernels.golden_files import name_of, read
from tests.kernels.layers import cut
from tests.kernels.whole import adaptive_avg_pool, adaptive_max_pool, lp_pool

MAX, AVG, LP, ADAPTIVE = (read(name) for name in ("max_pool", "avg_pool", "lp_pool", "adaptive"))


def axes_of(golden):
    names = [name for name in ("stride", "padding", "dilation") if name in golden]
    sides = zip(golden["x"].shape[1:], golden["kernel_size"], *(golden[name] for name in names), strict=True)
    return [
        pooling_axis(size, kernel, ceil_mode=golden["ceil_mode"], **dict(zip(names, along, strict=True)))
        for size, kernel, *along in sides
    ]


@st.composite
def poolings(draw, dilated=True):
    """x with many ties, and any legal axes of which no window lies wholly in the padding."""
    axes = []
    for _ in range(draw(st.integers(1, 3))):
        kernel, dilation = draw(st.integers(1, 4)), draw(st.integers(1, 3 if dilated else 1))
        extent = dilation * (kernel - 1) + 1
        padding = draw(st.integers(0, extent // 2))
        least = max(1, extent - 2 * padding)
        size = draw(st.integers(least, least + 6))
        parameters = {"stride": draw(st.integers(1, 4)), "padding": padding, "ceil_mode": draw(st.booleans())}
        axes.append(pooling_axis(size, kernel, dilation=dilation, **parameters))
    assume(not in_padding(axes).any())
    return draw(grids_on(axes)), axes


@st.composite
def adaptive_poolings(draw):
    axes = [AdaptiveAxis(draw(st.integers(1, 7)), draw(st.integers(1, 9))) for _ in range(draw(st.integers(1, 3)))]
    return draw(grids_on(axes)), axes


@st.composite
def grids_on(draw, axes):
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (draw(st.integers(1, 3)), *(axis.input_size for axis in axes))
    return numbers.integers(-2, 2, shape, endpoint=True) * 0.3 if draw(st.booleans()) else numbers.normal(size=shape)


@each("golden", MAX, name_of)
def test_every_largest_value_and_its_place_are_pytorchs(golden):
    x, axes = golden["x"], axes_of(golden)
    steps = max_pool_trace(x, axes=axes)
    y = max_pool(x, axes=axes)
    assert_array_equal(y, golden["y"])
    assert_array_equal(argmax(x, y, axes=axes), golden["argmax"])
    assert_array_equal(steps.y.reshape(y.shape), golden["y"])
    assert_array_equal(steps.argmax.reshape(y.shape), golden["argmax"])


@each("golden", [golden for golden in MAX if golden["unpooled"] is not None], name_of)
def test_every_unpooled_value_is_pytorchs(golden):
    assert_array_equal(max_unpool(golden["y"], golden["argmax"], golden["x"].shape[1:]), golden["unpooled"])


@each("golden", AVG, name_of)
def test_every_mean_is_pytorchs(golden):
    x, axes = golden["x"], axes_of(golden)
    options = {"count_include_pad": golden["count_include_pad"], "divisor_override": golden.get("divisor_override")}
    assert_allclose(avg_pool(x, axes=axes, **options), golden["y"], rtol=1e-9)
    steps = avg_pool_trace(x, axes=axes, **options)
    assert_allclose(steps.y.reshape(golden["y"].shape), golden["y"], rtol=1e-9)


def test_a_mean_counts_the_zeros_of_the_padding_unless_asked_otherwise():
    x, axes = np.array([[6.0, 6.0]]), [pooling_axis(2, 2, padding=1)]
    assert axes[0].output_size == 2
    for means in (avg_pool(x, axes=axes), avg_pool_trace(x, axes=axes).y[np.newaxis]):
        assert_array_equal(means, [[3.0, 3.0]])
    assert_array_equal(avg_pool(x, axes=axes, count_include_pad=False), [[6.0, 6.0]])


@each("golden", LP, name_of)
def test_every_power_average_is_pytorchs(golden):
    x, axes, norm_type = golden["x"], axes_of(golden), golden["norm_type"]
    # A sum that cancels to zero in one order is 1e-16 in another, and its fifth root no longer small.
    assert_allclose(lp_pool(x, norm_type, axes=axes), golden["y"], rtol=1e-9, atol=1e-9)
    assert_allclose(lp_pool_trace(x, norm_type, axes=axes).y, golden["y"].ravel(), rtol=1e-9, atol=1e-9)


@each("golden", ADAPTIVE, name_of)
def test_every_adaptive_number_is_pytorchs(golden):
    x = golden["x"]
    axes = [AdaptiveAxis(*sizes) for sizes in zip(x.shape[1:], golden["output_size"], strict=True)]
    y = adaptive_max_pool(x, axes=axes)
    assert_array_equal(y, golden["max"])
    assert_array_equal(argmax(x, y, axes=axes), golden["argmax"])
    assert_allclose(adaptive_avg_pool(x, axes=axes), golden["avg"], rtol=1e-9, atol=1e-12)
    steps = max_pool_trace(x, axes=axes)
    assert_array_equal(steps.y, golden["max"].ravel())
    assert_array_equal(steps.argmax, golden["argmax"].ravel())
    assert_allclose(avg_pool_trace(x, axes=axes).y, golden["avg"].ravel(), rtol=1e-9, atol=1e-12)


def test_a_window_that_reads_nothing_names_the_first_cell_as_its_winner():
    x, axes = np.array([[5.0]]), [Axis(1, 2, dilation=2, padding=(1, 1))]
    assert in_padding(axes).all()
    y = max_pool(x, axes=axes)
    assert_array_equal(y, [[-np.inf]])
    assert_array_equal(argmax(x, y, axes=axes), [[0]])


def test_the_goldens_cover_every_parameter():
    for goldens in (MAX, AVG, LP, ADAPTIVE):
        assert sum(golden["x"].ndim == 3 for golden in goldens) >= 200
    for goldens in (MAX, AVG):
        assert sum(golden["x"].ndim == 2 for golden in goldens) >= 200
        assert {stride for golden in goldens for stride in golden["stride"]} == {1, 2, 3, 4}
        assert {padding for golden in goldens for padding in golden["padding"]} == {0, 1, 2}
        hanging = [axis for golden in goldens for axis in axes_of(golden) if axis.padding[1] > axis.padding[0]]
        assert hanging, "ceil_mode with a window that hangs over"
    smaller = [golden for golden in MAX if golden["y"].size < golden["x"].size]
    assert len(smaller) >= 200, "most poolings make x smaller"
    assert sum(golden["unpooled"] is not None for golden in MAX) >= 100
    assert {dilation for golden in MAX for dilation in golden["dilation"]} == {1, 2, 3}
    assert {golden["count_include_pad"] for golden in AVG} == {False, True}
    assert {golden.get("divisor_override") for golden in AVG} == {None, 3, 7}
    assert {golden["norm_type"] for golden in LP} == {1, 2, 3, 4, 5}
    assert any(set(golden["output_size"]) == {1} for golden in ADAPTIVE), "global"


@given(poolings() | adaptive_poolings())
@settings(max_examples=300, deadline=None)
def test_the_steps_of_max_pooling_are_the_whole_answer(pooled):
    x, axes = pooled
    y = (adaptive_max_pool if isinstance(axes[0], AdaptiveAxis) else max_pool)(x, axes=axes)
    steps = max_pool_trace(x, axes=axes)
    assert_array_equal(steps.y.reshape(y.shape), y)
    assert_array_equal(steps.argmax.reshape(y.shape), argmax(x, y, axes=axes))


@given(poolings() | adaptive_poolings())
@settings(deadline=None)
def test_the_winner_is_the_first_of_the_largest_in_its_window(pooled):
    x, axes = pooled
    y_shape = (len(x), *(axis.output_size for axis in axes))
    for step, winner in enumerate(max_pool_trace(x, axes=axes).argmax):
        channel, *outs = np.unravel_index(step, y_shape)
        windows = [axis.reads[out][axis.reads[out] != ZERO] for axis, out in zip(axes, outs, strict=True)]
        cells = list(product(*windows))
        largest = max(cells, key=lambda cell: x[(channel, *cell)])  # max keeps the first
        assert np.ravel_multi_index(largest, x.shape[1:]) == winner


@given(poolings(dilated=False), st.booleans(), st.sampled_from([None, 5]))
@settings(max_examples=300, deadline=None)
def test_the_steps_of_average_pooling_are_the_whole_answer(pooled, count_include_pad, divisor_override):
    x, axes = pooled
    options = {"count_include_pad": count_include_pad, "divisor_override": divisor_override}
    steps = avg_pool_trace(x, axes=axes, **options)
    assert_allclose(steps.y, avg_pool(x, axes=axes, **options).ravel(), rtol=1e-9, atol=1e-12)


@given(adaptive_poolings())
@settings(deadline=None)
def test_the_steps_of_adaptive_averages_are_the_whole_answer(pooled):
    x, axes = pooled
    assert_allclose(avg_pool_trace(x, axes=axes).y, adaptive_avg_pool(x, axes=axes).ravel(), rtol=1e-9, atol=1e-12)


@given(poolings(dilated=False), st.integers(1, 6))
@settings(deadline=None)
def test_the_steps_of_power_averages_are_the_whole_answer(pooled, norm_type):
    x, axes = np.abs(pooled[0]), pooled[1]
    assert_allclose(lp_pool_trace(x, norm_type, axes=axes).y, lp_pool(x, norm_type, axes=axes).ravel(), rtol=1e-9)


@given(poolings(dilated=False), st.data())
@settings(max_examples=200, deadline=None)
def test_any_split_of_the_steps_gives_the_identical_bytes(pooled, data):
    x, axes = pooled
    computations = (
        lambda start, stop: max_pool_trace(x, axes=axes, start=start, stop=stop),
        lambda start, stop: avg_pool_trace(x, axes=axes, start=start, stop=stop),
        lambda start, stop: lp_pool_trace(np.abs(x), 3, axes=axes, start=start, stop=stop),
    )
    for compute in computations:
        whole = compute(0, None)
        parts = [compute(*part) for part in cut(data, whole.stop)]
        assert b"".join(part.y.tobytes() for part in parts) == whole.y.tobytes()
        assert all(part.y.size == part.stop - part.start for part in parts)
        if whole.argmax is not None:
            assert_array_equal(np.concatenate([part.argmax for part in parts]), whole.argmax)


@given(poolings())
@settings(deadline=None)
def test_no_result_is_a_negative_zero(pooled):
    x, axes = np.where(pooled[0] < 0.2, -0.0, 0.0), pooled[1]
    for y in (max_pool_trace(x, axes=axes).y, avg_pool_trace(x, axes=axes).y, lp_pool_trace(x, 3, axes=axes).y):
        assert not np.signbit(y).any()


@given(poolings())
@settings(deadline=None)
def test_what_max_unpooling_puts_back_is_the_largest_of_each_window_where_it_stood(pooled):
    x, axes = pooled
    y = max_pool(x, axes=axes)
    back = max_unpool(y, argmax(x, y, axes=axes), x.shape[1:])
    assert_array_equal(back[back != 0], x[back != 0])
    assert set(back[back != 0]) == set(y[y != 0])


def test_max_unpooling_undoes_a_pooling_up_to_the_losers():
    x = np.abs(np.random.default_rng(0).normal(size=(2, 6, 6)))
    axes = [pooling_axis(6, 2)] * 2
    y = max_pool(x, axes=axes)
    assert_array_equal(max_pool(max_unpool(y, argmax(x, y, axes=axes), (6, 6)), axes=axes), y)
    assert unpooled_size(3, 2, 2) == 6


def test_a_dilated_window_that_falls_on_padding_alone_is_found():
    axes = [pooling_axis(1, 2, padding=1, dilation=2), pooling_axis(3, 1)]
    assert in_padding(axes).tolist() == [[True, True, True]]
    assert not in_padding([pooling_axis(3, 3, padding=1, stride=1)]).any()


def test_a_window_hangs_over_only_if_it_begins_before_the_padding_after():
    assert pooling_axis(5, 2, ceil_mode=True).output_size == 3
    assert pooling_axis(4, 2, stride=3, padding=1, ceil_mode=True).output_size == 2
    assert pooling_axis(2, 3, stride=2, ceil_mode=True).output_size == 1


def test_global_pooling_is_the_mean_and_the_largest_of_each_channel():
    x = np.random.default_rng(0).normal(size=(3, 5, 4))
    axes = [AdaptiveAxis(5, 1), AdaptiveAxis(4, 1)]
    assert_allclose(adaptive_avg_pool(x, axes=axes).ravel(), x.mean(axis=(1, 2)), rtol=1e-12)
    assert_array_equal(adaptive_max_pool(x, axes=axes).ravel(), x.max(axis=(1, 2)))


@given(poolings(), st.sampled_from([np.float32, np.float64]), st.integers(0, 2**32), st.integers(1, 60))
@settings(max_examples=300, deadline=None)
def test_a_stride_of_two_gives_the_bytes_that_tap_after_tap_gives(pooled, dtype, seed, block):
    """Of 0 and −0, of −∞ in the input and beside it, of NaN; and of windows that lie wholly in the padding, too."""
    x, axes = pooled
    axes = [replace(axis, stride=2) for axis in axes]
    x = np.random.default_rng(seed).choice(np.array([0.0, -0.0, 1.0, -np.inf, np.inf, np.nan, -2.0], dtype), x.shape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pooling, "BLOCK", block)
        y = max_pool(x, axes=axes)
    for place, axis in enumerate(axes, start=1):
        reduced = np.empty((*x.shape[:place], axis.output_size, *x.shape[place + 1 :]), dtype)
        pool_along(x.swapaxes(place, 1), axis, np.maximum, -np.inf, reduced.swapaxes(place, 1))
        x = reduced
    assert y.tobytes() == x.tobytes()


@pytest.mark.parametrize("block", [1, 100, 1000])
def test_the_size_of_a_block_changes_nothing(monkeypatch, block):
    x = np.random.default_rng(0).normal(size=(5, 9, 8))
    axes = [pooling_axis(9, 3, stride=2, padding=1), pooling_axis(8, 2)]
    largest, total = max_pool(x, axes=axes), sum_pool(x, axes=axes)
    monkeypatch.setattr(pooling, "BLOCK", block)
    assert_array_equal(max_pool(x, axes=axes), largest)
    assert_array_equal(sum_pool(x, axes=axes), total)


@pytest.mark.parametrize("pool", [max_pool, avg_pool, lambda x, axes: lp_pool(x, 2, axes=axes)])
def test_float32_stays_float32(pool):
    assert pool(np.ones((2, 6, 6), np.float32), axes=[pooling_axis(6, 2)] * 2).dtype == np.float32


@given(st.floats(1e-300, 1e300), st.integers(1, 6))
def test_a_root_is_within_4_units_in_the_last_place(x, degree):
    got = Fraction(float(root(np.array([x]), degree)[0]))
    error = abs(got**degree / Fraction(x) - 1) / degree
    assert error <= 4 * Fraction(2) ** -52


def test_roots_of_whole_powers_are_whole():
    bases = np.arange(0.0, 100.0)
    for degree in range(1, 7):
        assert_array_equal(root(bases**degree, degree), bases)
