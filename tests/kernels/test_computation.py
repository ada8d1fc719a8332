"""Both passes over a graph, held to PyTorch's autograd and to differences."""

import json
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from app.address.refusal import Refusal
from app.pages.backprop.reading import Asked, read_asked
from app.settings import Limits
from kernels.computation.passes import Pass, loss_of
from kernels.computation.paths import paths_to
from tests.kernels.computations import drawn
from tests.kernels.golden_files import GOLDENS


def asked(text: str, **values: Any) -> Asked:
    return read_asked({"graph": text, **values}, Limits())


def passes(text: str, **values: Any) -> Pass:
    return asked(text, **values).made


def check(golden: dict[str, Any]) -> None:
    """Every value and every gradient of a graph is PyTorch's."""
    made = passes(golden["graph"], **golden["given"])
    for found, wanted in ((made.values, golden["values"]), (made.gradients, golden["gradients"])):
        assert set(found) == set(wanted)
        for name, value in wanted.items():
            assert_allclose(found[name], value, rtol=1e-9, atol=1e-11, err_msg=f"{name} of {golden['graph']}")


def test_values_and_gradients_are_those_of_pytorchs_autograd() -> None:
    goldens = json.loads((GOLDENS / "computations.json").read_text(encoding="utf-8"))
    assert len(goldens) == 60
    for golden in goldens:
        check(golden)


@given(st.integers(0, 10**6))
def test_a_gradient_says_what_a_small_change_does_to_the_loss(seed: int) -> None:
    text, values = drawn(Random(seed))
    made = asked(text, **values)
    shift = 1e-6
    for name, value in made.given.items():
        direction = np.cos(np.arange(value.size) + 1.0).reshape(value.shape)
        ends = [loss_of(made.assignments, {**made.given, name: value + sign * shift * direction}) for sign in (1, -1)]
        slope = float(ends[0] - ends[1]) / (2 * shift)
        said = float((made.made.gradients[name] * direction).sum())
        is_kink = any(function in text for function in ("relu", "max"))
        if not is_kink:
            assert slope == pytest.approx(said, rel=1e-4, abs=1e-4), (name, text)


def test_the_neuron_of_the_lecture() -> None:
    made = passes("y = w*x + b; p = sigmoid(y); L = -ln(p)", x="2", w="0.5", b="-2")
    assert {name: round(float(value), 3) for name, value in made.values.items()} == {
        "w": 0.5,
        "x": 2,
        "b": -2,
        "y": -1,
        "p": 0.269,
        "L": 1.313,
    }
    assert {name: round(float(value), 3) for name, value in made.gradients.items()} == {
        "w": -1.462,
        "x": -0.366,
        "b": -0.731,
        "y": -0.731,
        "p": -3.718,
        "L": 1,
    }


def test_a_gradient_is_the_sum_over_all_paths() -> None:
    made = passes("a = t**2; b = 3*t; c = exp(t); L = a*b + c", t="0.7")
    found = paths_to(made, "t", most=6)
    assert found is not None
    assert len(found) == 3
    assert sum(path.product for path in found) == pytest.approx(float(made.gradients["t"]), rel=1e-14)


def test_paths_beyond_a_bound_are_not_counted() -> None:
    doubling = "; ".join(f"a{n + 1} = a{n}*a{n} + tanh(b{n}); b{n + 1} = a{n} - b{n}" for n in range(30))
    made = passes(f"{doubling}; L = a30 + b30", a0="0.1", b0="0.2")
    assert paths_to(made, "a0", most=6) is None


def test_what_leads_nowhere_has_a_gradient_of_zero() -> None:
    made = passes("y = w*x; z = exp(y); L = y**2", w="2", x="3", unused="1,2")
    assert float(made.gradients["z"]) == 0
    assert made.gradients["unused"].tolist() == [0, 0]
    assert float(made.gradients["w"]) == 36


def test_a_maximum_hands_its_gradient_to_the_winner_and_equals_share_it() -> None:
    assert passes("L = max(v)", v="1,3,2").gradients["v"].tolist() == [0, 1, 0]
    assert passes("L = max(v)", v="3,3,2").gradients["v"].tolist() == [0.5, 0.5, 0]
    made = passes("L = max(a, b)", a="1", b="1")
    assert [float(made.gradients[name]) for name in "ab"] == [0.5, 0.5]
    pooled = passes("m = maxpool1d(v, 2); L = dot(m, u)", v="1,1,5,7", u="10,20")
    assert pooled.gradients["v"].tolist() == [10, 0, 0, 20]


def test_a_kink_has_pytorchs_derivative() -> None:
    assert float(passes("L = relu(a)", a="0").gradients["a"]) == 0
    assert float(passes("L = a**b", a="0", b="0").gradients["a"]) == 0


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("L = -ln(sigmoid(x))", {"x": "-800"}),
        ("p = softmax(s); L = nll(p, 0)", {"s": "0,1000"}),
        ("L = 1/exp(x)", {"x": "-800"}),
    ],
)
def test_a_probability_that_has_vanished_has_no_logarithm(text: str, values: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="not finite"):
        passes(text, **values)


def test_a_power_is_as_small_as_a_float64_can_be() -> None:
    assert float(passes("L = exp(x)", x="-740").values["L"]) == pytest.approx(4.199558e-322, rel=1e-2)
    assert float(passes("L = sigmoid(x)", x="-800").values["L"]) == 0
