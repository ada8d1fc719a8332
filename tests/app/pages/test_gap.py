"""Two heads on one map, and GoogLeNet's figures as its own layers give them."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.address.query import read_address
from app.pages.gap.figures import figures
from app.pages.gap.task import Task, read_task
from app.pages.networks.catalogue import catalogue
from tests.app.direct import Direct
from tests.app.markup import elements


def task(query: str = "") -> Task:
    return read_task(read_address(query.encode()))


@pytest.mark.parametrize("query", ["", "x=random:2x4x3:5&w=random:3x2x4x3:3&v=1~-1~~0~1~~2~2"])
def test_either_head_gives_what_numpy_gives(query: str) -> None:
    made = task(query)
    x, w, v = made.x.values, made.w.values, made.v.values
    assert_allclose(made.dense, np.tensordot(w, x, 3), atol=1e-9)
    assert_allclose(made.means, x.mean(axis=(1, 2)))
    assert_allclose(made.averaged, v[:, :, 0, 0] @ x.mean(axis=(1, 2)), atol=1e-9)


def test_what_moves_within_a_channel_moves_no_mean() -> None:
    made = task()
    x = np.roll(made.x.values, (1, 1), axis=(1, 2))
    moved = "~".join(";".join(",".join(map(str, row)) for row in plane) for plane in x.tolist())
    assert_allclose(task(f"x={moved}").averaged, made.averaged)
    assert not np.allclose(task(f"x={moved}").dense, made.dense)


def test_the_parameters_of_both_heads_are_counted(ask: Direct) -> None:
    document = ask("/gap.json").json()
    assert document["fully_connected"]["parameters"] == 27 * 2 + 2
    assert (document["average"]["parameters"], document["average"]["parameters_behind"]) == (0, 3 * 2 + 2)
    assert document["average"]["means"]["values"] == [3, 5, 4]


def test_the_figures_of_googlenet_are_those_of_its_layers() -> None:
    found = figures()
    assert (found["whole"], found["body"], found["head"]) == (6_998_552, 5_973_552, 1_025_000)
    assert found["dense"] == 7 * 7 * 1024 * 1000 + 1000
    assert found["alexnet"] == 60_965_224
    layers = catalogue()["googlenet"].layers
    until = [layer.parameters for layer in layers if layer.part < str(found["part"]) and layer.part[0] in "345"]
    assert sum(until) < 2_000_000


def test_every_figure_of_the_decks_has_its_answer_on_the_page(ask: Direct) -> None:
    said = [(e.tag, e.text) for e in elements(ask("/gap").text) if e.tag in ("dt", "dd")]
    quotes = [text for tag, text in said if tag == "dt"]
    for quote in ("2 million", "5 million", "No fully connected layers", "12 times less than AlexNet"):
        assert any(quote in text for text in quotes)
    assert all(re.search(r"\d", text) for tag, text in said if tag == "dd")


@pytest.mark.parametrize(
    ("query", "name", "part"),
    [
        ("x=ones:2x2", "w", "one for each number of x"),
        ("v=1~2", "v", "one for each channel of x"),
        ("v=1~2~3", "v", "w has 2 classes"),
        ("x=ones:5x5", "x", "at most"),
        ("step=28", "step", "from 0 to 27"),
        ("bias=1", "bias", "not a parameter"),
    ],
)
def test_a_refusal_says_why(query: str, name: str, part: str, ask: Direct) -> None:
    answer = ask(f"/gap.json?{query}")
    assert answer.status == 422
    [detail] = answer.json()["detail"]
    assert detail["loc"] == ["query", name]
    assert part in detail["msg"]
