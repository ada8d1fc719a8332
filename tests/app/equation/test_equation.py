"""Equations: one tree for every writer, held equal to the scripts' tree by fixtures."""

import re
from dataclasses import is_dataclass, replace
from typing import get_args

import pytest

from app.equation.conventions import Conventions
from app.equation.maker import equation_tree
from app.equation.nodes import Amount, Fraction, Node, Number, Over, Stack, Subscript, Sum
from app.equation.parts import element
from app.equation.svg import svg_line
from app.equation.text import text
from app.painters.palette import LIGHT
from tests.fixtures import make_equations
from tests.fixtures.make_frames import view_at

ONLY_IN_FORMULAS = {Amount, Fraction, Over, Stack, Subscript}


def kinds_of(node: object) -> set[type]:
    if isinstance(node, tuple):
        return set().union(*map(kinds_of, node))
    return {type(node)}.union(*map(kinds_of, vars(node).values())) if is_dataclass(node) else set()


def line_of(address: str, step: int = 0, most: int = 9) -> str:
    """The equation of a step as a line of text, with this many terms."""
    view = view_at(address)
    return text(equation_tree(view.frame(step)["equation"], replace(view.scene.conventions, most=most)))


def test_the_fixture_has_every_kind_of_node_that_steps_are_written_with() -> None:
    steps = set().union(*(kinds_of(equation_tree(facts, how)) for _, facts, how in make_equations.equations()))
    assert steps == set(get_args(Node)) - ONLY_IN_FORMULAS


@pytest.mark.parametrize(
    ("address", "formula"),
    [
        ("/conv1d?padding=1&w=1,2,3", "y[i] = ∑[a = 0, …, 2] x[i + a − 1] · w[a]"),
        ("/conv2d_input?stride=2", "x̄[m, n] = ∑[2i + a = m, 2j + b = n] grad_output[i, j] · w[a, b]"),
        ("/lp_pool2d?kernel_size=1,3", "y[i, j] = √(∑[a = 0, …, 0] ∑[b = 0, …, 2] x[i + a, 3j + b]^2)"),
        ("/max_unpool2d", "y[indices[i, j]] = x[i, j], \u00a0all others 0"),
    ],
)
def test_a_formula_is_a_tree_as_a_step_is_and_reads_as_a_line_of_text(address: str, formula: str) -> None:
    scene = view_at(address).scene
    assert text(scene.operation.explain(scene).long) == formula


def test_a_norm_and_an_amount_read_as_a_line_of_text() -> None:
    scene = view_at("/lp_pool2d").scene
    assert text(scene.operation.explain(scene).short) == "y = ‖x_2×2‖_2"
    assert text(Sum((Amount(12_345), Amount(-1)))) == "12\u202f345 + −1"


@pytest.mark.parametrize(
    ("address", "step", "line"),
    [
        ("/conv1d?x=1,2,3&w=1,-1", 0, "y[0] = 1·1 + 2·−1 = −1"),
        ("/conv2d?x=1,2;3,4&w=1,2;3,4&b=-1&indices=1", 0, "y[1, 1] = 1·1 + 2·2 + 3·3 + 4·4 − 1 = 29"),
        ("/conv1d?x=1,2&w=1,-1&letters=true&activation=relu", 0, "y[0] = 1·a + 2·b = −1,\N{EM SPACE}relu(−1) = 0"),
        ("/conv1d?x=1,2~3,4&w=1,1~1,1&b=5", 0, "y[0] = s[0] + s[1] + b = 3 + 7 + 5 = 15"),
        ("/conv1d?x=1~2~3~4&w=1~1~~1~1&groups=2&indices=1", 1, "y[2, 1] = s[3] + s[4] = 3 + 4 = 7"),
        ("/max_pool2d?x=1,2;3,4&kernel_size=2", 0, "y[0, 0] = max(1, 2, 3, 4) = 4"),
        ("/avg_pool1d?x=1,2&kernel_size=2", 0, "y[0] = (1 + 2)/2 = 1.5"),
        ("/lp_pool2d?x=-3,4&kernel_size=1,2", 0, "y[0, 0] = √((−3)^2 + 4^2) = 5"),
        ("/lp_pool2d?x=3,4&kernel_size=1,2&norm_type=3", 0, "y[0, 0] = (3^3 + 4^3)^(1/3) = 4.5"),
        ("/conv_transpose1d?x=1,2&w=3,4", 1, "x[1] · w = 2 · w = (6, 8),\N{EM SPACE}y[1]: 4 + 6 = 10"),
        ("/conv_transpose1d?x=1,2&w=3,4&letters=true", 0, "x[0] · w = 1 · w = (1·a, 1·b)"),
        ("/conv1d?x=7,1,2&w=3,4&stride=2&view=scatter", 0, "x[0] · w = 7 · w = (–, 21)"),
        ("/max_unpool2d", 0, "x[0, 0] = 6 → y[1, 1]"),
        ("/avg_pool2d_input?grad_output=8&x=zeros:2x2", 0, "grad_output[0, 0]/4 = 8/4 = 2"),
        (
            "/fold?x=1,2;3,4&kernel_size=1,2&output_size=1,3",
            1,
            "x[:, 1] = (2, 4)ᵀ,\N{EM SPACE}y[0, 1]: 3 + 2 = 5",
        ),
        ("/unfold?x=1,2;3,4&kernel_size=2", 0, "y[:, 0] = (1, 2, 3, 4)ᵀ"),
        ("/conv1d?x=1,2&w=1,3&view=flip", 0, "y⋆[0] = 1·1 + 2·3 = 7,\N{EM SPACE}y∗[0] = 1·3 + 2·1 = 5"),
    ],
)
def test_a_line_of_text_says_the_sum(address: str, step: int, line: str) -> None:
    assert line_of(address, step) == line


@pytest.mark.parametrize(
    ("address", "most", "line"),
    [
        ("/conv2d?x=ones:9x9&w=ones:9x9", 9, "y[0, 0] = 1·1 + 1·1 + 1·1 + … 81 terms = 81"),
        ("/conv2d?x=ones:3x3&w=ones:3x3", 9, "y[0, 0] =" + " 1·1 +" * 8 + " 1·1 = 9"),
        ("/conv2d?x=ones:3x3&w=ones:3x3", 5, "y[0, 0] = 1·1 + 1·1 + 1·1 + … 9 terms = 9"),
        ("/conv2d?x=ones:3x3&w=ones:3x3", 1, "y[0, 0] = 1·1 + … 9 terms = 9"),
        ("/conv2d?x=ones:3x3&w=ones:3x3", 0, "y[0, 0] = 9"),
        ("/conv1d?x=5&w=2", 1, "y[0] = 5·2 = 10"),
        ("/conv1d?x=5&w=-2&activation=relu", 0, "y[0] = −10,\N{EM SPACE}relu(−10) = 0"),
        ("/conv1d?x=5&w=-2&activation=relu&view=flip", 0, "relu(y⋆[0]) = 0,\N{EM SPACE}relu(y∗[0]) = 0"),
        ("/max_pool2d?x=ones:4x4&kernel_size=4", 9, "y[0, 0] = max(1, 1, 1, … 16 numbers) = 1"),
        ("/conv1d?x=ones:10x1&w=ones:1x10x1", 9, "y[0] = s[0] + s[1] + s[2] + … 10 terms = 1 + 1 + 1 + … = 10"),
        ("/conv1d?x=ones:3x1&w=ones:1x3x1&b=4", 1, "y[0] = 1 + … 3 terms + 4 = 7"),
        ("/conv_transpose2d?x=1&w=ones:4x4", 9, "x[0, 0] · w = 1 · w = (1, 1, 1, … 16 numbers)"),
        ("/unfold?x=ones:4x4&kernel_size=4", 9, "y[:, 0] = (1, 1, 1, … 16 numbers)ᵀ"),
    ],
)  # fmt: skip
def test_what_is_too_long_to_write_out_is_its_first_terms_and_their_count(address: str, most: int, line: str) -> None:
    assert line_of(address, most=most) == line


def test_of_two_sums_four_terms_each_are_written_out() -> None:
    both = line_of("/conv1d?x=ones:5&w=1,1,1,1,1&view=flip")
    assert both.count("1·1 + 1·1 + 1·1 + … 5 terms = 5") == 2
    assert "…" not in line_of("/conv1d?x=ones:4&w=1,1,1,1&view=flip")


def test_where_more_stamps_overlap_the_first_are_added_up_and_fewer_where_room_is_scarce() -> None:
    last = "/conv_transpose1d?x=ones:2&w=1,1,1,1,1"
    assert line_of(last, 1).split(",\N{EM SPACE}")[1:] == [*(f"y[{i}]: 1 + 1 = 2" for i in (1, 2, 3)), "…"]
    assert line_of(last, 1, most=5).split(",\N{EM SPACE}")[1:] == ["y[1]: 1 + 1 = 2", "…"]
    assert line_of(last, 1, most=2).split(",\N{EM SPACE}")[1:] == []


@pytest.mark.parametrize(("width", "terms"), [(2000, 9), (600, 9), (400, 3), (280, 2), (90, 0)])
def test_in_a_picture_a_line_is_written_smaller_and_then_with_fewer_terms(width: int, terms: int) -> None:
    view = view_at("/conv2d?x=ones:3x3&w=ones:3x3")
    line = svg_line(view.frame(0)["equation"], view.scene.conventions, LIGHT, x=9, y=5, width=width)
    size = float(re.findall(r'font-size="(.+?)"', line)[0])
    length = len(re.sub("<.*?>", "", line))
    assert line.count("·") == terms
    assert 12 <= size <= 18 or not terms
    assert size * 0.6 * length == pytest.approx(width, rel=0.01) or size == 18


def test_a_span_has_the_colour_of_its_role_and_a_result_is_bold() -> None:
    view = view_at("/conv1d?x=2&w=-3&letters=true")
    line = svg_line(view.frame(0)["equation"], view.scene.conventions, LIGHT, x=0, y=0, width=900)
    spans = re.findall(r'<tspan fill="(.+?)" font-weight="(\d+)">(.+?)</tspan>', line)
    assert spans == [(LIGHT["input"], "400", "2"), (LIGHT["tap"], "400", "a"), (LIGHT["output"], "700", "−6")]


def test_a_negative_term_is_taken_away_and_an_index_keeps_its_digits() -> None:
    assert text(Sum((Number(-1), Number(-2), element("y", [123456], Conventions())))) == "−1 − 2 + y[123456]"
