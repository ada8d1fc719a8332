"""Folding column by column: the last picture is the fold, and each step adds one column to it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from kernels.axis import Axis
from kernels.columns import fold_columns, window_landing
from kernels.unfold import fold, unfold


@st.composite
def axes(draw: st.DrawFn) -> tuple[Axis, Axis]:
    made = []
    for _ in range(2):
        kernel, dilation, rim = draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(0, 2))
        least = max(dilation * (kernel - 1) + 1 - 2 * rim, 1)
        size, stride = draw(st.integers(least, least + 4)), draw(st.integers(1, 3))
        made.append(Axis(size, kernel, stride, dilation, (rim, rim)))
    return made[0], made[1]


def columns_of(channels: int, sides: tuple[Axis, Axis]) -> np.ndarray:
    x = np.random.default_rng(1).normal(size=(channels, *(axis.input_size for axis in sides)))
    return unfold(x, axes=sides)


@settings(max_examples=200, deadline=None)
@given(axes(), st.integers(1, 3), st.data())
def test_the_columns_that_have_landed_are_the_fold_of_those_columns(
    sides: tuple[Axis, Axis], channels: int, data: st.DataObject
) -> None:
    columns = columns_of(channels, sides)
    step = data.draw(st.integers(0, columns.shape[1]))
    landing = window_landing(sides, channels)
    falling = columns.reshape(channels, landing.places, -1)
    fallen = fold_columns(falling, landing, step)
    (top, _), (left, _) = landing.rows.margin, landing.cols.margin
    picture = fallen.before.reshape(channels, *landing.shape)
    rows, cols = (axis.input_size for axis in sides)
    earlier = np.where(np.arange(columns.shape[1]) < step, columns, 0.0)
    assert_allclose(picture[:, top : top + rows, left : left + cols], fold(earlier, axes=sides), atol=1e-12)


@settings(max_examples=100, deadline=None)
@given(axes(), st.integers(1, 2))
def test_what_a_column_leaves_is_what_was_there_and_the_column(sides: tuple[Axis, Axis], channels: int) -> None:
    columns = columns_of(channels, sides)
    landing = window_landing(sides, channels)
    falling = columns.reshape(channels, landing.places, -1)
    told = fold_columns(falling, landing)
    assert_array_equal(told.after, told.was + np.moveaxis(falling, 2, 0))
    half = columns.shape[1] // 2
    assert fold_columns(falling, landing, half).after.tobytes() == told.after[half:].tobytes()


def test_some_channels_are_told_as_if_they_were_all() -> None:
    sides = Axis(4, 2), Axis(5, 3)
    columns = columns_of(3, sides)
    landing = window_landing(sides, 3)
    falling = columns.reshape(3, landing.places, -1)
    assert_array_equal(fold_columns(falling[1:2], landing).after, fold_columns(falling, landing).after[:, 1:2])
