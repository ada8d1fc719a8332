"""A graph through the web: its numbers, its links, and what it refuses."""

import re
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest

from app.address.query import read_address
from app.address.refusal import Refusal, Refusals
from app.pages.backprop import words
from app.pages.backprop.drawing import picture
from app.pages.backprop.ledger import ledger
from app.pages.backprop.page import loss_of, one_step, outcome, question
from app.pages.backprop.reading import GRAPH, Asked, read_asked
from app.pages.backprop.scenes import convolution_scene, gradient_scene, scene_of, scenes
from app.pages.backprop.steps import Steps
from app.settings import Limits
from tests.app.direct import Direct


def asked(query: str = "") -> Asked:
    return read_asked(read_address(query.encode()), Limits())


def graph(text: str, **values: str) -> str:
    return "&".join([f"graph={quote(text)}", *(f"{name}={value}" for name, value in values.items())])


def refusals(query: str) -> list[Refusal]:
    with pytest.raises((Refusal, Refusals)) as caught:
        asked(query)
    error: Any = caught.value
    return list(error.refusals) if isinstance(error, Refusals) else [error]


def test_the_json_has_values_and_gradients_by_name(ask: Direct) -> None:
    answer = ask("/backprop.json?" + graph("y = dot(w, x) + b; L = y**2", x="1,2", w="3,4", b="-10", n="7")).json()
    assert answer["values"] == {"w": [3, 4], "x": [1, 2], "b": -10, "n": 7, "y": 1, "L": 1}
    assert answer["gradients"] == {"w": [2, 4], "x": [6, 8], "b": 2, "n": 0, "y": 2, "L": 1}


def test_a_json_body_says_the_same_as_an_address(ask: Direct) -> None:
    body = {"graph": GRAPH, "x": 2, "w": 0.5, "b": -2}
    assert ask.post("/backprop.json", body).json() == ask("/backprop.json").json()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/backprop"),
        (graph(GRAPH, x="2", w="0.5", b="-2"), "/backprop"),
        (graph(" y=w*x  ;L = y ** 2", w="1", x="2"), "/backprop?graph=y%3Dw*x;%20L%20%3D%20y%20**%202&w=1&x=2"),
        ("w=0.6&was=w:0.5", "/backprop?w=0.6&was=w:0.5"),
        ("rate=1&step=4", "/backprop?step=4"),
        ("v=[3]", "/backprop?v=%5B3%5D"),
    ],
)
def test_a_link_is_canonical_and_reads_back_as_itself(query: str, address: str) -> None:
    first = asked(query)
    assert first.address() == address
    assert asked(first.address().partition("?")[2]).address() == address


@pytest.mark.parametrize(
    "text",
    [
        "L = __import__('os').system('true')",
        "L = x.__class__",
        "L = (lambda: 0)()",
        "L = [x for x in x]",
        "L = x if x else x",
        "L = x[0]",
        "L = x == 1",
        "L = {x}",
        "L = f'{x}'",
        "L = 'a' * 999999999",
        "L = 1j",
        "L = True",
        "L = 1_0",
        "L = 0x10",
        "L = x^2",
        "L = x // 2",
        "L = x % 2",
        "L = x @ x",
        "L = ~x",
        "L = not x",
        "L = (y := 3)",
        "L = exp(*x)",
        "L = exp(x, x)",
        "L = exp(y=x)",
        "L = open(x)",
        "L = conv1d(x, x, stride=0)",
        "L = conv1d(x, x, stride=99999999)",
        "L = conv1d(x, x, padding=x)",
        "L = sum(conv1d(x, x, padding=1, padding=1))",
        "L = maxpool1d(x)",
        "L = 9**9**9",
        "L = x*9**9**9**9**9**9",
        "L = 1" + "0" * 400,
        "L = " + "(" * 500 + "x" + ")" * 500,
        "L = " + "-" * 900 + "x",
        "L = " + "x+" * 450 + "x",
        "; ".join(f"a{n} = x" for n in range(101)),
        "; ".join(f"a{n} = x+x+x+x" for n in range(99)),
        "L = x; L = x",
        "L = L + x",
        "x = 3",
        "graph = x",
        "exp = x",
        "L = x\0",
        "L = \uff58",
        "exp(x)",
        "L =",
        "",
    ],
)
def test_what_is_not_plain_mathematics_is_refused_in_a_sentence(text: str) -> None:
    for refusal in refusals(graph(text or ";", x="2")):
        assert refusal.loc in (("graph",), ("x",))
        assert str(refusal).endswith(".")


def test_a_refusal_says_where() -> None:
    (refusal,) = refusals(graph("y = x*2; L = ln(y - 7) + y", x="2"))
    assert "Statement 2, “L = ln(y - 7) + y”, at character 5" in str(refusal)
    assert refusal.type == "finite_number"


def test_a_function_of_another_language_is_told_its_name_here() -> None:
    (refusal,) = refusals(graph("L = sqrt(x)", x="4"))
    assert str(refusal).endswith("there is no function “sqrt” here; write x**0.5.")


def test_a_bare_plus_is_explained() -> None:
    (refusal,) = refusals("graph=y=w*x+b&w=1&x=2&b=3")
    assert "%2B" in str(refusal)


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        (graph(GRAPH, x="2", w="0.5"), "b", "has no value"),
        (graph(GRAPH, x="2", w="0.5", b="1", p="3"), "p", "computed by the graph"),
        (graph("L = rate*x", x="2"), "graph", "has a meaning on this page"),
        ("exp=2", "exp", "has a meaning on this page"),
        ("w=nan", "w", ""),
        ("w=1,,2", "w", ""),
        ("w=" + ",".join(["1"] * 65), "w", "at most 64"),
        ("x=1,2&w=1,2,3", "graph", "2 numbers do not fit"),
        ("x=1,2", "graph", "a gradient is that of one number"),
        ("1x=2", "1x", "cannot be the name"),
        ("was=q:1", "was", "w:0.5"),
        ("rate=-1", "rate", "above 0"),
        ("step=99", "step", "from 0 to"),
    ],
)
def test_a_value_that_cannot_be_taken_is_refused_beside_its_field(query: str, field: str, sentence: str) -> None:
    (refusal, *_) = refusals(query)
    assert refusal.loc == (field,)
    assert sentence in str(refusal)


def test_data_routes_answer_a_refusal_as_json(ask: Direct) -> None:
    answer = ask("/backprop.json?w=1&x=a")
    assert answer.status == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "x"]


def said(asked: Asked) -> list[str]:
    """Every line that is written out, without its markup."""
    return [re.sub("<mo[^>]*>|<[^>]*>", "", line) for entry in ledger(asked) for line in entry.lines]


def test_every_step_is_written_out_with_its_numbers() -> None:
    lines = said(asked())
    assert "y=w·x+b=0.5·2+(−2)=−1" in lines
    assert "∂p∂y=p·(1−p)=0.269·(1−0.269)=0.197" in lines
    assert "∂L∂w=∂L∂p·∂p∂y·∂y∂w=−3.718·0.197·2=−1.462" in lines


def test_a_change_is_held_against_what_the_gradient_had_said() -> None:
    assert outcome(asked("w=0.6&was=w:0.5")) == (
        "w went from 0.5 to 0.6, and L falls by 0.142; the gradient said 0.146."
    )
    assert outcome(asked("w=0.6")) == ""


def test_one_step_moves_what_is_learned_against_its_gradient_and_leaves_the_data() -> None:
    step = one_step(asked())
    assert step.note == "w = 1.962, b = −1.269, L = 0.068"
    assert step.address is not None
    assert "x=" not in step.address
    too_far = asked(graph("L = ln(w)", w="1"))
    assert (one_step(too_far).address, one_step(too_far).note) == (None, words.TOO_FAR)


def test_the_first_gradient_of_something_learned_is_asked_for() -> None:
    opened = asked()
    asks = question(opened, Steps(opened.made))
    assert asks is not None
    assert (asks.step, round(asks.answer, 3)) == (7, -1.462)
    assert "−0.731 has come back to y" in asks.text


@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.id)
def test_every_ready_graph_is_an_address_of_its_own(scene: Any, ask: Direct) -> None:
    page = ask(scene.address)
    assert page.status == 200
    assert page.text.count('aria-current="true"') >= 1
    read = asked(scene.address.partition("?")[2])
    assert scene_of(read) is scene
    assert ask(read.address(".svg")).status == 200


def test_the_ready_graphs_show_what_the_lectures_say() -> None:
    made = {scene.id: scene.asked.made for scene in scenes()}
    gradients = {name: {key: value.tolist() for key, value in each.gradients.items()} for name, each in made.items()}
    p = float(made["positive"].values["p"])
    assert gradients["positive"]["w"] == pytest.approx((p - 1) * 2)
    assert gradients["negative"]["w"] == pytest.approx(p * 2)
    assert gradients["sigmoid"]["w"] == pytest.approx((p - 1) * 2)
    assert gradients["convnet"]["h"][0] == 0  # the gate is closed where h is negative
    assert gradients["pooling"]["x"][0] == gradients["pooling"]["x"][3] == 0
    assert gradients["residual"]["x"] == pytest.approx(gradients["residual"]["y"] * (1 + 0.5 * -0.4))
    assert abs(gradients["ten-layers"]["w1"] - 1) < 1e-5  # all of it came through the ReLUs
    assert abs(gradients["ten-layers"]["a1"]) < 1e-5


def test_a_convolution_in_a_graph_opens_as_a_scene_and_so_do_its_gradients(ask: Direct) -> None:
    scene = next(scene for scene in scenes() if scene.id == "convnet")
    (h, *_), made = scene.asked.assignments, scene.asked.made
    forward = ask(convolution_scene(scene.asked, h).replace("?", ".json?")).json()
    assert forward["y"]["values"] == [made.values["h"].tolist()]
    for source in ("x", "w"):
        answer = ask(gradient_scene(scene.asked, h, source).replace("?", ".json?")).json()
        assert np.ravel(answer["y"]["values"]).tolist() == pytest.approx(made.gradients[source].tolist())
        assert answer["parameters"]["activation"] == "relu"  # the gate behind it, which closes where h is negative
        assert np.ravel(answer["slope"]["values"]).tolist() == [float(value > 0) for value in made.values["h"]]
    g = scene.asked.assignments[2]
    assert "activation=sigmoid" in gradient_scene(scene.asked, g, "v")
    assert "activation" not in gradient_scene(asked(graph("h = conv1d(x, w); L = sum(h*h)", x="1,2", w="3")), h, "x")


def test_a_graph_that_reads_a_name_twice_is_drawn_with_one_edge_for_each_reader() -> None:
    made = asked(graph("y = x*x + x; z = x + y; L = z", x="2")).made
    assert [(edge.target, edge.source) for edge in made.edges] == [("L", "z"), ("z", "x"), ("z", "y"), ("y", "x")]


def test_a_result_that_reads_nothing_is_drawn_before_its_first_reader(ask: Direct) -> None:
    for text in ("L = 3", "n = 2; y = x/n; m = 3; L = y + m", "n = 2; L = x"):
        page = ask("/backprop?" + graph(text, x="1", unused="5"))
        assert page.status == 200, text
        assert 'data-value="L"' in page.text


@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.id)
def test_one_step_from_a_ready_graph_lowers_its_loss(scene: Any) -> None:
    address = one_step(scene.asked).address
    if address is not None:
        stepped = asked(address.partition("?")[2])
        assert loss_of(stepped.made) < loss_of(scene.asked.made)


def test_long_numbers_of_a_vector_do_not_touch() -> None:
    tall = picture(asked(graph("L = dot(x, w)", x="1,2", w="123456,-0.001")), 0, is_wide=False)
    cells = re.search(r'<g data-value="w".*?</g></g>', tall)
    assert cells is not None
    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([0-9.]+)"', cells[0])]
    assert min(widths) > 7 * len("123456")
