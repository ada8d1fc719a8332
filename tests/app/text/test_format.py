"""Numbers as a reader sees them: short enough for a cell, honest about sign and size, exact where asked."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.format import MINUS, exact, short

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def read(text: str) -> float:
    return float(text.replace(MINUS, "-"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (31, "31"),
        (-4, "−4"),
        (1 / 3, "0.333"),
        (-2.4, "−2.4"),
        (0.5, "0.5"),
        (0.25, "0.25"),
        (1.005, "1"),
        (12.34, "12.3"),
        (123.5, "124"),
        (0.0625, "0.063"),
        (99999, "99999"),
        (1234567, "1.2e6"),
        (0.0001, "1e-4"),
        (-0.00049999, "−5e-4"),
        (9.99999, "10"),
        (99999.7, "1e5"),
        (1e300, "1e300"),
        (5e-324, "4.9e-324"),
    ],
)
def test_a_number_in_a_cell_is_short(value: float, text: str) -> None:
    assert short(value) == text


@given(FLOATS)
def test_no_number_is_too_long_for_its_cell(value: float) -> None:
    assert len(short(value).lstrip(MINUS)) <= 8
    assert abs(value) >= 1e100 or 0 < abs(value) < 1e-99 or len(short(value).lstrip(MINUS)) <= 7


@given(FLOATS)
def test_a_short_number_is_near_the_true_one_and_keeps_its_sign(value: float) -> None:
    shown = read(short(value)) if abs(value) < 1e308 else value
    assert math.isclose(shown, value, rel_tol=0.06, abs_tol=0.0006 if abs(value) >= 0.0005 else 0)
    assert (shown < 0) == (value < 0)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_larger_number_never_reads_as_smaller(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert read(short(less)) <= read(short(more))


@given(FLOATS)
def test_exact_keeps_every_bit(value: float) -> None:
    assert read(exact(value)) == value


@given(st.integers(-99_999, 99_999))
def test_whole_numbers_are_written_whole(value: int) -> None:
    assert short(value) == exact(value) == str(value).replace("-", MINUS)


@given(FLOATS)
def test_the_minus_is_a_minus_and_not_a_hyphen(value: float) -> None:
    for text in (short(value), exact(value)):
        assert "-" not in text.split("e")[0]
        assert text.startswith(MINUS) == (value < 0)


def test_what_is_less_than_every_number_is_minus_infinity() -> None:
    assert short(-math.inf) == exact(-math.inf) == "−∞"
