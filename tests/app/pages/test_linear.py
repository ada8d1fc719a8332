"""A linear classifier through the web: ten templates, ten scores, and what it cannot do."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from kernels.classifier import WEIGHTS, biases, scores, templates
from tests.app.direct import Direct

PATH = "/linear-classifier"


def test_a_score_is_the_sum_of_template_times_digit(ask: Direct) -> None:
    answer = ask(f"{PATH}.json?x=digit:3").json()
    x = np.array(answer["x"]["values"]) / 255
    assert_allclose(answer["scores"], (templates() * x).sum(axis=(1, 2)) + biases(), rtol=1e-12)
    assert answer["digit"] == 3
    assert sum(answer["probabilities"]) == pytest.approx(1)


def test_it_knows_as_many_held_out_digits_as_it_says() -> None:
    with np.load(Path(__file__).parents[2] / "train" / "held_out.npz") as file:
        images, labels = file["images"] / 255, file["labels"]
    right = sum(int(scores(image).argmax()) == label for image, label in zip(images, labels, strict=True))
    facts = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))
    assert right / len(labels) == pytest.approx(facts["accuracy"], abs=1e-3)


def test_every_shipped_digit_is_read_and_nearly_none_once_it_has_moved(ask: Direct) -> None:
    read = [ask(f"{PATH}.json?x=digit:{digit}").json()["digit"] for digit in range(10)]
    moved = [ask(f"{PATH}.json?x=digit:{digit}&shift=0,4").json()["digit"] for digit in range(10)]
    assert read == list(range(10))
    assert sum(found == digit for digit, found in enumerate(moved)) <= 2


def test_every_template_opens_its_own_product(ask: Direct) -> None:
    page = ask(f"{PATH}?x=digit:8&target=2").text
    assert "template of 2<" in page
    assert "It reads 8." in page
    assert page.count('aria-label="template of') == 10


def test_its_scores_lead_on_to_the_loss(ask: Direct) -> None:
    page = ask(PATH).text
    address = page.partition('class="chip" href="/softmax')[2].partition('"')[0].replace("&amp;", "&")
    answer = ask(f"/softmax.json{address}").json()
    assert answer["scores"] == ask(f"{PATH}.json").json()["scores"]


@pytest.mark.parametrize(("query", "field"), [("target=10", "target"), ("x=digit:7&z=1", "z"), ("shift=99,0", "shift")])
def test_what_cannot_be_taken_is_refused_beside_its_field(ask: Direct, query: str, field: str) -> None:
    answer = ask(f"{PATH}.json?{query}")
    assert answer.status == 422
    assert answer.json()["detail"][0]["loc"] == ["query", field]
