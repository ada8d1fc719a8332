"""Equations: one tree for every writer, held equal to the scripts' tree by fixtures."""

import re
from dataclasses import is_dataclass, replace
from typing import get_args

import pytest

from app.equation.conventions import Conventions
from app.equation.maker import equation_tree
from app.equation.nodes import Amount, Name, Node, Number, Over, Product, Row, Stack, Subscript, Sum, Words
from app.equation.parts import element
from app.equation.svg import svg_lines
from app.equation.text import text
from app.painters.palette import LIGHT
from tests.fixtures import make_equations
from tests.fixtures.make_frames import view_at

ONLY_IN_FORMULAS = {Amount, Over, Stack, Subscript, Words}


def kinds_of(node: object) -> set[type]:
    if isinstance(node, tuple):
        return set().union(*map(kinds_of, node))
    return {type(node)}.union(*map(kinds_of, vars(node).values())) if is_dataclass(node) else set()


def line_of(address: str, step: int) -> str:
    """The equation of a step in plain lines, as a picture has it."""
    view = view_at(address)
    conventions = replace(view.scene.conventions, in_lines=True, is_complete=False)
    return text(equation_tree(view.frame(step)["equation"], conventions))


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
    ("address", "step", "lines"),
    [
        ("/conv1d?x=1,2,3&w=1,-1", 0, ["y[0] = 1·1 + 2·−1 = −1"]),
        ("/conv2d?x=1,2;3,4&w=1,2;3,4&b=-1&indices=1", 0, ["y[1, 1] = 1·1 + 2·2", "+ 3·3 + 4·4 − 1 = 29"]),
        ("/conv1d?x=1,2&w=1,-1&letters=true&activation=relu", 0, ["y[0] = 1·a + 2·b = −1", "relu(−1) = 0"]),
        ("/conv1d?x=1,2~3,4&w=1,1~1,1&b=5", 0, ["s[0] = 1·1 + 2·1 = 3", "y[0] = 3 + 7 + 5 = 15"]),
        ("/max_pool2d?x=1,2;3,4&kernel_size=2", 0, ["y[0, 0] = max(1, 2,", "3, 4) = 4"]),
        ("/avg_pool1d?x=1,2&kernel_size=2", 0, ["y[0] = (1 + 2) / 2 = 1.5"]),
        ("/lp_pool2d?x=3,4&kernel_size=1,2", 0, ["y[0, 0] = (3^2 + 4^2) ^ (1/2) = 5"]),
        ("/conv_transpose1d?x=1,2&w=3,4", 1, ["x[1] · w = 2 · w", "y[1]: 4 + 6 = 10"]),
        ("/fold?x=1,2;3,4&kernel_size=1,2&output_size=1,3", 1, ["x[:, 1] = (2, 4)ᵀ", "y[0, 1]: 3 + 2 = 5"]),
        ("/unfold?x=1,2;3,4&kernel_size=2", 0, ["y[:, 0] = (1, 2, 3, 4)ᵀ"]),
        ("/conv1d?x=1,2&w=1,3&view=flip", 0, ["y⋆[0] = 1·1 + 2·3 = 7", "y∗[0] = 1·3 + 2·1 = 5"]),
    ],
)
def test_a_line_of_text_says_the_sum(address: str, step: int, lines: list[str]) -> None:
    assert line_of(address, step).split("\n") == lines


def test_what_is_too_long_to_write_out_ends_in_dots() -> None:
    lines = line_of("/conv2d?x=ones:9x9&w=ones:9x9", 0).split("\n")
    assert len(lines) == 7
    assert lines[0] == "y[0, 0] =" + " 1·1 +" * 7 + " …"
    assert lines[-1].endswith("+ … + … = 81")


def test_a_span_has_the_colour_of_its_role_and_a_result_is_bold() -> None:
    tree = Row((Product((Number(2, "input"), Name("a", "tap"))), Number(-6, "output", result=True)))
    [line] = svg_lines(tree, LIGHT)
    spans = re.findall(r'<tspan fill="(.+?)" font-weight="(\d+)">(.+?)</tspan>', line)
    assert spans == [(LIGHT["input"], "400", "2"), (LIGHT["tap"], "400", "a"), (LIGHT["output"], "700", "−6")]


def test_a_negative_term_is_taken_away_and_an_index_keeps_its_digits() -> None:
    assert text(Sum((Number(-1), Number(-2), element("y", [123456], Conventions())))) == "−1 − 2 + y[123456]"
