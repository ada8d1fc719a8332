"""From scores to a loss through the web: its numbers, its links, and what it refuses."""

import re
from html import unescape

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.address.query import read_address
from app.address.refusal import Refusal, Refusals
from app.pages.softmax.asked import Asked, read_asked
from app.pages.softmax.page import softmax_page
from app.settings import Limits
from kernels.softmax import cross_entropy, cross_entropy_gradient
from tests.app.direct import Direct


def asked(query: str = "") -> Asked:
    return read_asked(read_address(query.encode()), Limits())


def test_the_json_has_probabilities_loss_and_gradient(ask: Direct) -> None:
    answer = ask("/softmax.json?scores=2,1,0.1&target=0").json()
    assert_allclose(answer["probabilities"], [0.659, 0.242, 0.099], atol=5e-4)
    assert_allclose(answer["gradient"], [-0.341, 0.242, 0.099], atol=5e-4)
    assert answer["loss"] == pytest.approx(0.417, abs=5e-4)


def test_the_page_opens_on_a_dog_that_looks_like_a_cat() -> None:
    opened = asked()
    assert_allclose(opened.powers, [7.39, 2.72, 1.11], atol=6e-3)
    assert_allclose(opened.gradient, [0.659, -0.758, 0.099], atol=5e-4)
    assert opened.loss == pytest.approx(1.417, abs=5e-4)
    assert asked("scores=2,3,0.1").loss == pytest.approx(0.353, abs=5e-4)


def test_a_gradient_sums_to_zero_and_says_what_a_small_change_does() -> None:
    scores = np.array([3.0, -1.0, 0.5, 2.0])
    for target in range(4):
        gradient = cross_entropy_gradient(scores, target)
        assert gradient.sum() == pytest.approx(0, abs=1e-15)
        for at in range(4):
            shift = np.eye(4)[at] * 1e-6
            slope = (cross_entropy(scores + shift, target) - cross_entropy(scores - shift, target)) / 2e-6
            assert slope == pytest.approx(gradient[at], abs=1e-8)


def test_scores_beyond_what_a_power_can_be_have_a_loss_all_the_same() -> None:
    far = asked("scores=1000,1001,1002&target=0")
    assert_allclose(far.probabilities, [0.09, 0.245, 0.665], atol=5e-4)
    assert far.loss == pytest.approx(2.4076, abs=1e-4)
    assert np.isinf(far.powers).all()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/softmax"),
        ("scores=2,1,0.1&target=1&labels=cat,dog,ship&temperature=1", "/softmax"),
        ("scores=2,1,0.1&target=0", "/softmax?target=0"),
        ("scores=1,2,3,4&target=0", "/softmax?scores=1,2,3,4"),
        ("step=3", "/softmax?step=3"),
    ],
)
def test_a_link_is_canonical_and_reads_back_as_itself(query: str, address: str) -> None:
    first = asked(query)
    assert first.address() == address
    assert asked(address.partition("?")[2]).address() == address


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("scores=1", "scores"),
        ("scores=a,b", "scores"),
        ("scores=1,nan", "scores"),
        ("scores=1e7,2", "scores"),
        ("scores=" + ",".join(["1"] * 21), "scores"),
        ("target=3", "target"),
        ("target=-1", "target"),
        ("target=1.5", "target"),
        ("labels=a,b", "labels"),
        ("temperature=0", "temperature"),
        ("step=6", "step"),
        ("logits=1,2", "logits"),
    ],
)
def test_what_cannot_be_taken_is_refused_beside_its_field(query: str, field: str) -> None:
    with pytest.raises((Refusal, Refusals)) as caught:
        asked(query)
    error = caught.value
    refusal = error.refusals[0] if isinstance(error, Refusals) else error
    assert refusal.loc == (field,)
    assert len(str(refusal)) > 20


def test_the_page_is_whole_without_scripts(ask: Direct) -> None:
    page = ask("/softmax").text
    for number in ("7.39", "2.72", "1.11", "11.21", "0.659", "0.242", "0.099", "−0.758", "−ln 0.242 = 1.417"):
        assert f"{number}<" in page or f" {number}<" in page, number


def test_two_classes_are_the_logistic_function(ask: Direct) -> None:
    assert "softmax(2, 0) gives 0.881, and σ(2) = 0.881" in ask("/softmax?scores=2,0").text


def test_two_examples_lead_to_one_graph_with_both_losses(ask: Direct) -> None:
    page = softmax_page(asked())
    address = re.search(r'href="(/backprop\?[^"]*)"', page)
    assert address is not None
    made = ask(unescape(address[1]).replace("?", ".json?")).json()["values"]
    assert made["L"] == pytest.approx(-np.log(made["p1"]) - np.log(1 - made["p2"]))
