"""Two convolutions: what they come to in a row, at once and with a ReLU, against sums over windows one by one."""

from html import unescape

import numpy as np
import pytest

from tests.app.direct import Direct
from tests.app.markup import elements

PATH = "/networks/two-convolutions"


def slid(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Every sum of a window's products, one after the other."""
    rows, cols = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return np.array([[(x[r : r + w.shape[0], c : c + w.shape[1]] * w).sum() for c in range(cols)] for r in range(rows)])


def planes(document: dict[str, dict[str, list[list[float]]]], *names: str) -> list[np.ndarray]:
    return [np.array(document[name]["values"]) for name in names]


@pytest.mark.parametrize(
    "query", ["", "?x=random:9x9:3&w1=edge&w2=gaussian:3", "?x=random:7x16:1&w1=box:5&w2=ones:2x4"]
)
def test_the_numbers_of_every_way_are_sums_over_windows(ask: Direct, query: str) -> None:
    document = ask(f"{PATH}.json{query}").json()
    x, w1, w2, first, twice, composed, once, rectified, bent = planes(
        document, *("x", "w1", "w2", "first", "twice", "composed", "once", "rectified", "bent")
    )
    np.testing.assert_allclose(first, slid(x, w1), atol=1e-12)
    np.testing.assert_allclose(twice, slid(slid(x, w1), w2), atol=1e-12)
    np.testing.assert_allclose(once, slid(x, composed), atol=1e-12)
    np.testing.assert_allclose(once, twice, atol=1e-12)
    assert (rectified == np.maximum(first, 0)).all()
    np.testing.assert_allclose(bent, slid(rectified, w2), atol=1e-12)


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ("", "the same, to the last digit. With a ReLU, 6 of 10 numbers differ, by up to 60."),
        ("?w1=box:3", "The ReLU changes nothing: x ⋆ w₁ has no negative number."),
        ("?x=random:9x9:3&w1=gaussian:3&w2=box:3", "the same, but for rounding."),
    ],
)
def test_what_a_second_layer_adds_is_said(ask: Direct, query: str, verdict: str) -> None:
    assert verdict in ask(f"{PATH}.json{query}").json()["said"]["verdict"]
    assert verdict in unescape(ask(f"{PATH}{query}").text)


def test_every_moment_is_one_place_of_all_three_ways(ask: Direct) -> None:
    moments = ask(f"{PATH}.json").json()["board"]["moments"]
    assert [moment["lit"]["y"] for moment in moments] == [[number] for number in range(10)]
    for moment in moments:
        lit = moment["lit"]
        assert lit["y"] == lit["z"] == lit["u"]
        assert (len(lit["x"]), len(lit["m"])) == (25, 25)
        assert lit["p"] == lit["r"]
        assert len(lit["p"]) == len(lit["h"]) == 9


def test_every_step_is_a_scene_with_the_same_numbers(ask: Direct) -> None:
    query = "?x=random:9x9:3&w1=edge"
    document = ask(f"{PATH}.json{query}").json()
    listed = unescape(ask(f"{PATH}{query}").text).partition("Open a step as a scene")[2]
    scenes = [each.get("href") for each in elements(listed) if each.get("href").startswith("/conv2d?x=")][:5]
    wanted = ("first", "twice", "once", "rectified", "bent")
    for scene, name in zip(scenes, wanted, strict=True):
        answer = ask(scene.replace("/conv2d?", "/conv2d.json?")).json()
        result = answer["a"] if "activation" in scene else answer["y"]
        np.testing.assert_allclose(result["values"][0], document[name]["values"], atol=1e-9)


def test_it_opens_where_the_relu_matters(ask: Direct) -> None:
    [board] = [each for each in elements(ask(PATH).text) if each.tag == "conv-board"]
    assert board.get("step") == "4"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?w1=ones:6x2", "w1 is 1×1×6×2; at most 1×1×5×5 is shown here."),
        ("?x=zeros:4x4", "The two kernels together cover 5×5 cells, but x has only 4×4."),
        ("?w2=1e308", "w2 holds 1e308; numbers of up to 10⁶⁰ are multiplied here."),
        ("?x=zeros:9x9!3.3:-1e61", "x holds −1e61;"),
        ("?step=10", "step"),
        ("?w3=1", "“w3” is not a parameter"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(ask: Direct, query: str, sentence: str) -> None:
    answer = ask(f"{PATH}.json{query}")
    assert answer.status == 422
    assert sentence in answer.json()["detail"][0]["msg"]
    assert sentence in unescape(ask(f"{PATH}{query}").text)
