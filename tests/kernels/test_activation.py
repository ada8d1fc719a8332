"""Activations agree with an exact reference to 4 units in the last place."""

import math
from decimal import Context, Decimal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from kernels.activation import ACTIVATIONS, expm1, relu, sigmoid, slope, tanh

NUMBERS = (
    st.floats(-700, 700) | st.floats(-1, 1) | st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x % 40)
)
DIGITS = Context(prec=60)


def assert_within_4_ulp(got, expected):
    assert abs(float(got) - expected) <= 4 * math.ulp(expected)


def exact_sigmoid(x: float) -> float:
    return float(DIGITS.divide(1, 1 + Decimal(-x).exp(DIGITS)))


@given(NUMBERS)
@example(0.0)
@example(5e-324)
@example(-1e-300)
@example(0.34657359027997264)  # ln 2 / 2, where k turns from 0 to 1.
@example(-0.34657359027997264)
@settings(max_examples=1000)
def test_expm1_and_tanh_agree_with_the_math_module(x):
    assert_within_4_ulp(expm1(np.array([x]))[0], math.expm1(x))
    assert_within_4_ulp(tanh(np.array([x]))[0], math.tanh(x))


@given(NUMBERS)
@settings(max_examples=1000)
def test_sigmoid_agrees_with_sixty_digits(x):
    assert_within_4_ulp(sigmoid(np.array([x]))[0], exact_sigmoid(x))


@given(st.floats(allow_nan=False))
def test_relu_is_the_number_or_zero(x):
    assert relu(np.array([x]))[0] == max(x, 0.0)


@pytest.mark.filterwarnings("error")
@given(st.floats(allow_nan=False))
@example(1.7976931348623157e308)
@example(-709.5)
@example(math.inf)
def test_far_out_they_settle_without_a_warning(x):
    if abs(x) > 709:
        assert tanh(np.array([x]))[0] == math.copysign(1, x)
        assert sigmoid(np.array([x]))[0] == (x > 0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_zero_of_either_sign_gives_no_negative_zero(name):
    assert not np.signbit(ACTIVATIONS[name](np.array([0.0, -0.0]))).any()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_slope_is_what_the_activation_gains_by_a_small_step(name):
    z, step = np.linspace(-5, 5, 100), 1e-6
    gained = (ACTIVATIONS[name](z + step) - ACTIVATIONS[name](z - step)) / (2 * step)
    np.testing.assert_allclose(slope(name, z), gained, rtol=1e-6, atol=1e-9)


def test_a_slope_keeps_its_digits_where_a_sigmoid_is_nearly_1():
    assert slope("sigmoid", np.array([40.0]))[0] == pytest.approx(math.exp(-40), rel=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_number_gives_the_same_bits_wherever_it_stands_in_an_array(name):
    numbers = np.random.default_rng(0).normal(scale=9, size=100)
    alone = [ACTIVATIONS[name](number[np.newaxis])[0] for number in numbers]
    assert_array_equal(ACTIVATIONS[name](numbers.reshape(10, 10)).ravel(), alone)


def test_sigmoid_is_half_a_tanh():
    x = np.linspace(-5, 5, 101)
    np.testing.assert_allclose(sigmoid(x), (1 + tanh(x / 2)) / 2, rtol=1e-13)
