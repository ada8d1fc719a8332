"""An inception block with numbers: each lane as SciPy computes it, and one stack of all maps."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.ndimage import maximum_filter
from scipy.signal import correlate2d

from app.address.query import read_address
from app.pages.inception.page import lecture_depths
from app.pages.inception.task import KERNELS, Task, read_task
from tests.app.direct import Direct


def task(query: str = "") -> Task:
    return read_task(read_address(query.encode()))


@pytest.mark.parametrize("query", ["", "x=random:2x4x6:3&w1=random:3x2x1x1:1&w3=sobel-x~~edge&w5=random:2x2x5x5:2"])
def test_every_lane_gives_what_scipy_gives(query: str) -> None:
    made = task(query)
    x = made.x.values
    for name in KERNELS:
        filters = made.filters[name].values
        wanted = [sum(correlate2d(x[c], w[c], mode="same") for c in range(len(x))) for w in filters]
        assert_allclose(made.lanes[name], wanted, atol=1e-9)
    assert_allclose(made.lanes["pool"], [maximum_filter(plane, 3, mode="constant", cval=-np.inf) for plane in x])
    assert_allclose(made.stack, np.concatenate([*made.lanes.values()]))


def test_two_maps_become_six_and_the_lectures_256_become_672(ask: Direct) -> None:
    document = ask("/inception.json").json()
    assert document["maps"] == [1, 2, 1, 2]
    assert document["y"]["shape"] == [6, 5, 5]
    assert document["lecture"] == lecture_depths() == [128, 192, 96, 256]
    assert "1 + 2 + 1 + 2 = 6 maps here" in document["said"]["verdict"]
    assert "128 + 192 + 96 + 256 = 672" in ask("/inception").text


def test_pooling_gives_as_many_maps_as_it_is_given() -> None:
    for channels in (1, 2):
        made = task(f"x=random:{channels}x3x3:1&w1=1&w3=edge&w5=ones:5x5")
        assert len(made.lanes["pool"]) == channels


def test_the_last_moment_slides_every_map_into_the_stack(ask: Direct) -> None:
    board = ask("/inception.json").json()["board"]
    *places, last = board["moments"]
    assert [moment["lit"]["m.0"] for moment in places] == [[cell] for cell in range(25)]
    assert {name: last["slides"][name] for name in last["slides"] if name[0] == "s"} == {
        f"s.{n}": f"m.{n}" for n in range(6)
    }
    for number in range(6):
        assert board["planes"][f"s.{number}"]["values"] == board["planes"][f"m.{number}"]["values"]


@pytest.mark.parametrize(
    ("query", "name", "part"),
    [
        ("x=ones:3x3x3", "x", "at most"),
        ("x=ones:7x7", "x", "at most"),
        ("w3=ones:5x5", "w3", "3×3"),
        ("w1=1~2&x=ones:3x3", "w1", "2 channels"),
        ("w5=ones:4x1x5x5", "w5", "at most"),
        ("step=26", "step", "from 0 to 25"),
        ("w2=1", "w2", "not a parameter"),
    ],
)
def test_a_refusal_says_why(query: str, name: str, part: str, ask: Direct) -> None:
    answer = ask(f"/inception.json?{query}")
    assert answer.status == 422
    [detail] = answer.json()["detail"]
    assert detail["loc"] == ["query", name]
    assert part in detail["msg"]
