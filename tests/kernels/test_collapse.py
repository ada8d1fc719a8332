"""When two layers are one: the sums agree, for whole numbers to the last digit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import convolve2d

from kernels.activation import ACTIVATIONS
from kernels.collapse import apply, composed, correlate, linear


def planes(least: int, most: int) -> st.SearchStrategy[np.ndarray]:
    sides = st.tuples(st.integers(least, most), st.integers(least, most))
    return sides.flatmap(lambda shape: arrays(np.float64, shape, elements=st.integers(-9, 9).map(float)))


@given(planes(7, 9), planes(1, 4), planes(1, 4))
def test_two_convolutions_are_one_with_their_true_convolution(x, first, second):
    one = composed(first, second)
    assert np.array_equal(one, convolve2d(first, second))
    assert np.array_equal(correlate(correlate(x, first), second), correlate(x, one))


@given(planes(1, 4), planes(1, 4))
def test_the_order_of_two_convolutions_does_not_matter(first, second):
    assert np.array_equal(composed(first, second), composed(second, first))


def test_opposite_edges_of_a_bar_cancel_unless_a_relu_stands_between():
    bar = np.zeros((6, 9))
    bar[:, 4] = 5
    edges, add_up = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]), np.ones((3, 3))
    first = correlate(bar, edges)
    assert correlate(first, add_up)[:, 2].tolist() == [0, 0]
    assert correlate(ACTIVATIONS["relu"](first), add_up)[:, 2].tolist() == [60, 60]


@given(
    arrays(np.float64, (2, 3, 4), elements=st.integers(-9, 9).map(float)),
    arrays(np.float64, (5, 2, 3, 4), elements=st.integers(-9, 9).map(float)),
)
def test_a_linear_layer_is_a_convolution_with_a_kernel_as_large_as_the_map(x, w):
    as_convolution = apply(x, w)
    assert as_convolution.shape == (5, 1, 1)
    assert linear(x.ravel(), w.reshape(5, -1)).tolist() == as_convolution.ravel().tolist()
    assert np.array_equal(as_convolution[:, 0, 0], w.reshape(5, -1) @ x.ravel())
