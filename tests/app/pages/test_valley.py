"""Down a valley through the web: five ways, one map."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from app.pages.valley import words
from app.pages.valley.asked import Descent
from kernels.valley import CURVATURES, START, descend, gradient, hessian, loss
from tests.app.direct import Direct

PATH = "/valley"


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    w = np.array([0.7, -1.3])
    shifts = np.eye(2) * 1e-6
    assert_allclose(gradient(w), [(loss(w + shift) - loss(w - shift)) / 2e-6 for shift in shifts], rtol=1e-6)
    assert_allclose(np.linalg.eigvalsh(hessian()), CURVATURES)


def test_five_ways_do_what_they_are_called() -> None:
    ends = {name: Descent.model_validate(fields).way.losses for name, fields in words.WAYS.items()}
    first = loss(np.array(START))
    assert ends["too large"][-1] > first
    assert first > ends["too small"][-1] > 10 * ends["right"][-1]
    assert ends["decreasing"][-1] < ends["too small"][-1]
    assert ends["with momentum"][-1] < descend(0.03, steps=30).losses[-1]


def test_a_decreasing_rate_is_half_as_large_after_its_time() -> None:
    rates = descend(0.1, halves_after=5, steps=11).rates
    assert_allclose(rates[[0, 5, 10]], [0.1, 0.05, 0.1 / 3])


def test_every_way_is_an_address_and_marks_itself(ask: Direct) -> None:
    for label, fields in words.WAYS.items():
        page = ask(Descent.model_validate(fields).address()).text
        assert f'aria-current="true">{label}</a>' in page
    assert len(ask(f"{PATH}.json?steps=7").json()["weights"]) == 8


def test_what_is_changed_stands_in_the_address_of_page_and_frame(ask: Direct) -> None:
    for prefix in ("", "/embed"):
        answer = ask(f"{prefix}{PATH}?learning_rate=0.05&momentum=0.0")
        assert answer.headers["hx-push-url"] == f"{prefix}{PATH}?learning_rate=0.05"


@pytest.mark.parametrize(
    ("query", "field"),
    [("learning_rate=2", "learning_rate"), ("steps=0", "steps"), ("schedule=x", "schedule"), ("rate=1", "rate")],
)
def test_what_cannot_be_taken_is_refused_beside_its_field(ask: Direct, query: str, field: str) -> None:
    answer = ask(f"{PATH}.json?{query}")
    assert answer.status == 422
    assert answer.json()["detail"][0]["loc"] == ["query", field]
