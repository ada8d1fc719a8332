"""The one relation, and the tables that hold it."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from kernels.axis import ZERO, Axis, full_padding, same_padding
from tests.kernels.layers import any_axis, relation


@given(any_axis())
@settings(max_examples=400, deadline=None)
def test_the_tables_say_what_the_formula_says(axis):
    meetings = [[relation(axis, out, tap) for tap in range(axis.kernel_size)] for out in range(axis.output_size)]
    assert axis.reads.tolist() == [[ZERO if cell is None else cell for cell in cells] for cells in meetings]


@given(any_axis())
@settings(deadline=None)
def test_padded_cells_hold_what_numpy_pads_with(axis):
    modes = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    options = {"constant_values": ZERO} if axis.padding_mode == "zeros" else {}
    padded = np.pad(np.arange(axis.input_size), axis.padding, modes[axis.padding_mode], **options)
    assert_array_equal(axis.source, padded)


@given(any_axis())
@settings(deadline=None)
def test_one_more_window_would_not_fit(axis):
    last_cell = axis.taps.max()
    assert last_cell < axis.padded_size <= last_cell + axis.stride
    assert axis.output_size == int(axis.exact_size)


@given(any_axis())
@settings(deadline=None)
def test_an_unused_cell_is_one_that_no_window_reads(axis):
    read = {relation(axis, out, tap) for out in range(axis.output_size) for tap in range(axis.kernel_size)}
    assert set(axis.unused) == set(range(axis.input_size)) - read


@given(any_axis())
@settings(deadline=None)
def test_every_read_of_an_input_cell_is_counted(axis):
    reads = axis.reads.ravel().tolist()
    assert axis.read_counts.tolist() == [reads.count(cell) for cell in range(axis.input_size)]


def test_stride_three_on_seven_cells_never_reads_the_last_one():
    axis = Axis(input_size=7, kernel_size=3, stride=3)
    assert axis.exact_size == Fraction(7, 3)
    assert (axis.output_size, axis.unused) == (2, (6,))


@pytest.mark.parametrize(("padding", "corner", "edge", "interior"), [(0, 1, 3, 9), (1, 4, 6, 9)])
def test_a_corner_is_read_less_often_than_an_edge_and_an_edge_less_than_the_interior(padding, corner, edge, interior):
    axis = Axis(input_size=6, kernel_size=3, padding=(padding, padding))
    counts = np.outer(axis.read_counts, axis.read_counts)
    assert (counts[0, 0], counts[0, 3], counts[3, 3]) == (corner, edge, interior)


@given(st.integers(1, 20), st.integers(1, 7), st.integers(1, 4))
def test_same_padding_keeps_the_size_and_puts_the_odd_cell_after(size, kernel, dilation):
    before, after = same_padding(kernel, dilation)
    assert Axis(size, kernel, dilation=dilation, padding=(before, after)).output_size == size
    assert after - before in (0, 1)


@given(st.integers(1, 20), st.integers(1, 7))
def test_full_padding_is_as_long_as_numpys_full_convolution(size, kernel):
    axis = Axis(size, kernel, padding=full_padding(kernel, dilation=1))
    assert axis.output_size == len(np.convolve(np.ones(size), np.ones(kernel), mode="full"))


def test_nobody_may_write_into_the_tables_of_an_axis():
    axis = Axis(input_size=4, kernel_size=3)
    for table in (axis.source, axis.taps, axis.reads, axis.read_counts):
        with pytest.raises(ValueError, match="read-only"):
            table[...] = 0
