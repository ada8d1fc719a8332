"""A residual block with numbers: forward as the formulas say, backward as small changes say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.signal import correlate2d

from app.address.query import read_address
from app.pages.residual.board import board
from app.pages.residual.task import Task, read_task
from tests.app.direct import Direct


def task(query: str = "") -> Task:
    return read_task(read_address(query.encode()))


def forward(made: Task, x: np.ndarray) -> np.ndarray:
    """F(x) + x, by SciPy."""
    first = correlate2d(x, made.plane("w1"), mode="same")
    f: np.ndarray = correlate2d(np.maximum(first, 0), made.g * made.plane("w2"), mode="same")
    return f + x


def test_the_block_gives_ten_and_the_plain_chain_nine() -> None:
    made = task()
    assert (made.f[3, 2], made.y[3, 2]) == (9, 10)
    assert (made.backward.through[3, 2], made.backward.total[3, 2]) == (1, 2)


def test_without_f_the_block_lets_x_and_the_gradient_pass() -> None:
    made = task("g=0")
    assert (made.y == made.plane("x")).all()
    assert not made.f.any()
    assert not made.backward.through.any()
    assert (made.backward.total == made.backward.upstream).all()
    assert made.backward.total.sum() == 1


@given(st.integers(1, 40), st.integers(3, 6), st.integers(3, 6), st.floats(-2, 2, width=16))
@settings(max_examples=20, deadline=None)
def test_forward_and_backward_agree_with_scipy(seed: int, rows: int, cols: int, g: float) -> None:
    """Backward, each cell of x is changed alone: what passes the ReLU at x is linear in it."""
    made = task(f"x=random:{rows}x{cols}:{seed}&w1=random:3x3:{seed}&w2=random:3x5:{seed + 1}&g={g:.4f}&at=1,2")
    assert_allclose(made.y, forward(made, made.plane("x")), atol=1e-9)
    passes, w2 = made.first > 0, made.g * made.plane("w2")
    slopes = np.zeros((rows, cols))
    for cell in range(slopes.size):
        alone = np.zeros_like(slopes)
        alone.flat[cell] = 1.0
        first = passes * correlate2d(alone, made.plane("w1"), mode="same")
        slopes.flat[cell] = correlate2d(first, w2, mode="same")[1, 2]
    assert_allclose(made.backward.through, slopes, atol=1e-9)
    assert_allclose(made.backward.total - made.backward.through, made.backward.upstream)


def test_the_document_holds_both_chains(ask: Direct) -> None:
    document = ask("/residual.json").json()
    assert document["residual"]["y"]["values"][3][2] == 10
    assert document["plain"]["y"] == document["f"]
    assert document["residual"]["gradient"]["values"][3][2] == 2
    assert document["plain"]["gradient"]["values"][3][2] == 1
    assert document["parameters"] == {"g": 1, "at": [3, 2]}


def test_the_grids_play_cell_by_cell_and_then_both_ways_meet() -> None:
    made = task()
    moments = board(made).moments
    assert len(moments) == 3 * 25 + 3
    meeting = moments[2 * 25 + made.cell]
    assert [(flight.start[0], flight.end[0], flight.text) for flight in meeting.flights] == [
        ("f", "y", "9"),
        ("x", "y", "1"),
        ("f", "p", "9"),
    ]


@pytest.mark.parametrize("query", ["", "g=0.5&at=0,0", "x=seven&w1=sobel-x&w2=box:5&at=6,6", "x=ramp:3x4!1.1:9&at=2,3"])
def test_the_canonical_address_means_the_same(query: str) -> None:
    made = task(query)
    again = task(made.address().partition("?")[2])
    assert again.address() == made.address()
    assert (again.y == made.y).all()


@pytest.mark.parametrize(
    ("query", "name", "part"),
    [
        ("at=5,0", "at", "x is 5×5"),
        ("at=3", "at", "a row and a column"),
        ("w1=ones:2x2", "w1", "must be odd"),
        ("g=3", "g", "at most 2"),
        ("x=ones:9x9", "x", "at most"),
        ("step=78", "step", "from 0 to 77"),
        ("stride=2", "stride", "not a parameter"),
    ],
)
def test_a_refusal_says_why(query: str, name: str, part: str, ask: Direct) -> None:
    answer = ask(f"/residual.json?{query}")
    assert answer.status == 422
    [detail] = answer.json()["detail"]
    assert detail["loc"] == ["query", name]
    assert part in detail["msg"]
