"""The laws of convolution: which hold with which settings, and that what is played is what is computed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.signal import convolve2d, correlate2d

from app.address.query import read_address
from app.address.refusal import Refusals
from app.pages.laws.laws import LAWS, holds
from app.pages.laws.page import page
from app.pages.laws.shift import moved
from app.pages.laws.task import Task, read_task
from tests.app.direct import Direct

SIZES = st.integers(1, 5)
SEEDS = st.integers(1, 50)


def task(query: str = "") -> Task:
    return read_task(read_address(query.encode()), LAWS)


@given(SIZES, SIZES, SIZES, SIZES, SEEDS)
@settings(max_examples=25, deadline=None)
def test_either_of_two_grids_may_slide(rows: int, cols: int, taps: int, wide: int, seed: int) -> None:
    made = task(f"a=random:{rows}x{cols}:{seed}&b=random:{taps}x{wide}:{seed + 1}")
    assert made.is_equal
    assert_allclose(made.sides.left, convolve2d(made.plane("a"), made.plane("b")), atol=1e-9)


@given(SEEDS, st.floats(-3, 3, width=16), st.floats(-3, 3, width=16), st.booleans(), st.booleans())
@settings(max_examples=25, deadline=None)
def test_sums_and_factors_may_wait_whatever_the_settings(
    seed: int, one: float, other: float, is_full: bool, flip: bool
) -> None:
    made = task(
        f"law=linear&a=random:5x6:{seed}&b=random:3x2:{seed}&c=random:3x2:{seed + 1}&lambda1={one:.4f}"
        f"&lambda2={other:.4f}&padding={'full' if is_full else 'valid'}&flip={str(flip).lower()}"
    )
    assert made.is_equal


@given(SIZES, SIZES, SIZES, SEEDS)
@settings(max_examples=25, deadline=None)
def test_two_convolutions_are_one(size: int, first: int, second: int, seed: int) -> None:
    made = task(
        f"law=associative&x=random:{size}x4:{seed}&w1=random:{first}x2:{seed}&w2=random:{second}x{first}:{seed}"
    )
    assert made.is_equal
    x, w1, w2 = (made.plane(name) for name in ("x", "w1", "w2"))
    assert_allclose(made.sides.left, convolve2d(convolve2d(x, w1), w2), atol=1e-9)


def test_what_does_not_leave_the_frame_moves_along() -> None:
    for rows in (0, 1, 3):
        for cols in (0, 1, 3):
            assert task(f"law=shift&shift={rows},{cols}").is_equal
    assert not task("law=shift&shift=-1,0").is_equal


def test_zeros_come_in_where_a_plane_moves_away() -> None:
    plane = np.arange(12.0).reshape(3, 4)
    for shift in [(1, 0), (-2, 3), (0, -4), (3, 1)]:
        wanted = np.zeros_like(plane)
        for (row, col), value in np.ndenumerate(plane):
            to = row + shift[0], col + shift[1]
            if 0 <= to[0] < 3 and 0 <= to[1] < 4:
                wanted[to] = value
        assert (moved(plane, shift) == wanted).all()


def test_without_padding_or_a_turn_two_laws_are_left() -> None:
    found = {name: [cell.is_equal for cell in cells] for name, cells in holds(task()).items()}
    assert found["commutative"] == [True, False, False, False]
    assert found["associative"] == [True, False, False, False]
    assert found["linear"] == [True, True, True, True]
    assert found["shift"] == [True, False, True, False]


def test_without_the_turn_the_other_side_is_turned() -> None:
    made = task("flip=false")
    assert made.sides.right is not None
    assert_allclose(made.sides.left, made.sides.right[::-1, ::-1])
    assert_allclose(made.sides.left, correlate2d(made.plane("a"), made.plane("b")))


def test_a_relu_breaks_the_sum() -> None:
    assert task("law=linear").is_equal
    made = task("law=linear&relu=true")
    assert not made.is_equal
    assert "A ReLU" in page(made)


@pytest.mark.parametrize("flip", [True, False])
@pytest.mark.parametrize("is_full", [True, False])
def test_the_products_that_are_outlined_add_up_to_the_number(is_full: bool, flip: bool) -> None:
    made = task(f"a=random:4x5:3&b=random:2x3:4&padding={'full' if is_full else 'valid'}&flip={str(flip).lower()}")
    a, b = made.plane("a"), made.plane("b")
    found = made.meetings(a, b)
    sums = [sum(a.flat[cell] * b.flat[weight] for cell, weight in zip(*each, strict=True)) for each in found]
    assert_allclose(sums, made.sides.left.ravel())


def test_both_sides_read_the_same_pairs() -> None:
    """Cell i of a and cell j of b meet in a ∗ b where they meet in b ∗ a."""
    made = task("a=ones:3x4&b=ones:2x2")
    a, b = made.plane("a"), made.plane("b")
    here, there = made.meetings(a, b), made.meetings(b, a)
    pairs = [set(zip(*each, strict=True)) for each in here]
    assert pairs == [{(i, j) for j, i in zip(*each, strict=True)} for each in there]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "law=linear&lambda1=-0.5&relu=true",
        "law=associative&x=seven&w1=box:3&w2=sobel-x",
        "law=shift&shift=-1,2&step=3",
        "a=ramp:3x3!1.1:9&flip=false&padding=valid",
    ],
)
def test_the_canonical_address_means_the_same(query: str) -> None:
    made = task(query)
    again = task(made.address().partition("?")[2])
    assert again.address() == made.address()
    assert_allclose(again.sides.left, made.sides.left)


def test_the_document_holds_both_sides_and_every_moment(ask: Direct) -> None:
    document = ask("/laws.json?a=1,2&b=3").json()
    assert document["left"] == document["right"] == {"shape": [1, 2], "values": [[3, 6]]}
    assert (document["equal"], document["differ"]) == (True, 0)
    assert [moment["lit"]["x"] for moment in document["board"]["moments"]] == [[0], [1]]
    assert document["board"]["planes"]["y"]["values"] == [3, 6]


@pytest.mark.parametrize(
    ("query", "name", "part"),
    [
        ("law=distributive", "law", "one of commutative"),
        ("law=linear&b=1,2&c=1", "c", "same size"),
        ("lambda1=2", "lambda1", "not a parameter"),
        ("law=linear&lambda1=4", "lambda1", "at most 3"),
        ("a=1&b=1,2;3,4&padding=valid", "b", "does not fit"),
        ("a=ones:10x10", "a", "at most"),
        ("law=shift&shift=1", "shift", "two whole numbers"),
        ("law=shift&shift=9,9", "shift", "at most 4"),
        ("step=16", "step", "from 0 to 15"),
    ],
)
def test_a_refusal_says_why(query: str, name: str, part: str, ask: Direct) -> None:
    answer = ask(f"/laws.json?{query}")
    assert answer.status == 422
    [detail] = answer.json()["detail"]
    assert detail["loc"] == ["query", name]
    assert part in detail["msg"]
    assert ask(f"/laws?{query}").status == 422


def test_a_task_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(Refusals):
        task("padding=same")
