"""Formulas and sentences count as the reader counts, from 0 or from 1: read back, they name the same numbers."""

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from itertools import product
from math import prod
from typing import TypeVar

import pytest

from app.equation.mathml import mathml
from app.equation.nodes import Element, Over
from app.equation.text import text
from app.operations.common.formula import input_index, tap_index
from app.operations.common.relation_formulas import group_legend
from app.pages.scene.stage import stage
from app.views.table import view_of
from kernels.adaptive import AdaptiveAxis
from kernels.axis import Axis
from tests.app.direct import Direct
from tests.fixtures.make_frames import scene_at

FIRST = (0, 1)
Found = TypeVar("Found")


def value(index: str, **letters: int) -> int:
    """What an index comes to where its letters have these values."""
    index = index.replace("−", "-")
    index = re.sub(r"⌊([^/]*)/([^⌋]*)⌋", r"((\1)//(\2))", index)
    index = re.sub(r"⌈([^/]*)/([^⌉]*)⌉", r"(-(-(\1)//(\2)))", index)
    index = re.sub(r"(\d)\s*(?=[a-z(])", r"\1*", index.replace("mod", "%"))
    return int(eval(index, {}, letters))


def found(node: object, kind: type[Found]) -> Iterator[Found]:
    """All parts of a formula that are of this kind."""
    if isinstance(node, kind):
        yield node
    for part in node if isinstance(node, tuple) else vars(node).values() if is_dataclass(node) else ():
        yield from found(part, kind)


def indices(address: str, grid: str) -> list[str]:
    """The indices of a grid in the long formula of a scene."""
    scene = scene_at(address)
    [index] = (node.index for node in found(scene.operation.explain(scene).long, Element) if node.grid == grid)
    return text(index).split(", ")


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize(
    "axis",
    [Axis(7, 3), Axis(9, 3, stride=2, padding=(1, 2)), Axis(12, 4, stride=3, dilation=2), Axis(6, 3, padding=(-1, 0))],
)
def test_an_index_meets_the_cell_that_the_tables_meet(axis: Axis, first: int) -> None:
    for out, tap in product(range(axis.output_size), range(axis.kernel_size)):
        index = value(text(input_index(axis, "i", "a", first)), i=out + first, a=tap + first)
        assert index == out * axis.stride + tap * axis.dilation - axis.padding[0] + first


@pytest.mark.parametrize("first", FIRST)
def test_a_turned_kernel_counts_from_its_far_end(first: int) -> None:
    axis = Axis(7, 3, flip=True)
    assert [value(text(tap_index(axis, "a", first)), a=place + first) for place in range(3)] == [
        first + 2,
        first + 1,
        first,
    ]


@pytest.mark.parametrize(
    ("channels", "filters", "groups"), [(4, 2, 2), (3, 3, 3), (3, 6, 3), (4, 4, 2), (6, 2, 2), (2, 4, 2)]
)
@pytest.mark.parametrize("first", FIRST)
def test_a_filter_names_the_channels_of_its_group(channels: int, filters: int, groups: int, first: int) -> None:
    address = f"/conv2d?x=random:{channels}x3x3:1&w=random:{filters}x{channels // groups}x2x2:1&groups={groups}"
    index, per_group = indices(f"{address}&indices={first}", "x")[0], channels // groups
    for filter, channel in product(range(filters), range(per_group)):
        read = filter // (filters // groups) * per_group + channel
        assert value(index, o=filter + first, c=channel + first) == read + first


@pytest.mark.parametrize(("members", "per_group"), [(1, 1), (2, 1), (1, 3), (2, 3)])
@pytest.mark.parametrize("first", FIRST)
def test_the_legend_of_groups_names_both_planes(members: int, per_group: int, first: int) -> None:
    read, *weights = group_legend("o", "c", members, per_group, first).removeprefix("p = ").split(" and q = ")
    for result, summed in product(range(2 * per_group), range(members)):
        plane = result // per_group * members + summed
        assert value(read, o=result + first, c=summed + first) == plane + first
        assert [value(weight, o=result + first) for weight in weights] == [result % per_group + first] * len(weights)


@pytest.mark.parametrize("size", [(5, 3), (6, 3), (5, 1), (4, 4), (7, 4)])
@pytest.mark.parametrize("first", FIRST)
def test_the_bounds_of_an_adaptive_window_are_its_first_and_its_last_cell(size: tuple[int, int], first: int) -> None:
    scene = scene_at(f"/adaptive_avg_pool2d?x=ramp:{size[0]}x{size[0]}&output_size={size[1]}&indices={first}")
    [_, along] = found(scene.operation.explain(scene).long, Over)
    assert along.above is not None
    begin, end = text(along.below).removeprefix("b = "), text(along.above)
    axis = AdaptiveAxis(*size)
    for out, window in enumerate(axis.reads.tolist()):
        cells = [cell for cell in window if cell >= 0]
        assert (value(begin, j=out + first), value(end, j=out + first)) == (cells[0] + first, cells[-1] + first)


@pytest.mark.parametrize("first", FIRST)
def test_a_column_is_counted_in_reading_order(first: int) -> None:
    scene = scene_at(f"/unfold?x=random:2x4x5:1&kernel_size=2,3&indices={first}")
    legend = scene.operation.explain(scene).remarks[0]
    [row, column] = re.findall(r"[rl] = ([^;.]*)[;.]", legend)
    sizes = (2, 2, 3)
    for place, (channel, down, right) in enumerate(product(*map(range, sizes))):
        assert value(row, c=channel + first, a=down + first, b=right + first) == place + first
    for place, (down, right) in enumerate(product(range(3), range(3))):
        assert value(column, i=down + first, j=right + first) == place + first
    assert prod(sizes) == len(scene.y)


@pytest.mark.parametrize(
    ("address", "formula"),
    [
        ("/conv2d", "yi,j=∑a=13∑b=13xi+a−1,j+b−1·wa,b"),
        ("/conv2d?stride=2&padding=1", "yi,j=∑a=13∑b=13x2i+a−3,2j+b−3·wa,b"),
        ("/conv2d?padding=1", "yi,j=∑a=13∑b=13xi+a−2,j+b−2·wa,b"),
        ("/conv2d?flip=true", "yi,j=∑a=13∑b=13xi+a−1,j+b−1·w4−a,4−b"),
        ("/max_pool2d", "yi,j=max1≤a,b≤2x2i+a−2,2j+b−2"),
        ("/adaptive_max_pool2d?x=ramp:4x6", "yi,j=max2i−1≤a≤2i,3j−2≤b≤3jxa,b"),
        ("/conv_transpose2d?stride=2", "ym,n=∑2i+a−2=m2j+b−2=nxi,j·wa,b"),
        ("/conv2d_weight", "w̄a,b=∑i=12∑j=12xi+a−1,j+b−1·grad_outputi,j"),
        ("/unfold", "yr,l=xi+a−1,j+b−1"),
        ("/fold", "ym,n=∑i+a−1=mj+b−1=nxr,l"),
    ],
)
def test_a_formula_counted_from_one_says_so_and_counts_so(address: str, formula: str, ask: Direct) -> None:
    counted = f"{address}{'&' if '?' in address else '?'}indices=1"
    scene = scene_at(counted)
    assert re.sub("<[^>]*>", "", mathml(scene.operation.explain(scene).long)).replace("&lt;", "<") == formula
    page = ask(counted).text
    assert "indices from 1" in page
    assert "indices from 0" not in page


def test_rows_that_nothing_reads_are_named_as_the_reader_counts() -> None:
    def unused(address: str) -> list[str]:
        scene = scene_at(address)
        return scene.operation.explain(scene).unused

    for address in ("/conv2d?stride=3", "/max_pool2d?x=ramp:7x7", "/unfold?x=seven&kernel_size=3&stride=3"):
        for sentence, counted in zip(unused(address), unused(f"{address}&indices=1"), strict=True):
            assert counted == sentence.replace("row 6", "row 7").replace("column 6", "column 7")
    assert "row 7" in unused("/conv2d?stride=3&indices=1")[0]
    assert "0–2, 2–4" in unused("/adaptive_avg_pool2d")[0]
    assert "1–3, 3–5" in unused("/adaptive_avg_pool2d?indices=1")[0]


@pytest.mark.parametrize(
    ("address", "formula"),
    [
        ("/conv2d?activation=relu", "ai,j=relu(∑a=02∑b=02xi+a,j+b·wa,b)"),
        ("/conv2d?activation=sigmoid&b=-2", "ai,j=sigmoid(b+∑a=02∑b=02xi+a,j+b·wa,b)"),
        ("/conv1d?activation=tanh", "ai=tanh(∑a=02xi+a·wa)"),
    ],
)
def test_the_activation_is_part_of_the_formula(address: str, formula: str) -> None:
    scene = scene_at(address)
    assert re.sub("<[^>]*>", "", mathml(scene.operation.explain(scene).long)) == formula
    assert [(named.letter, named.name.partition(" ")[0]) for named in stage(view_of(scene)).legend] == [
        ("x", "input"),
        ("w", "kernel"),
        ("a", "output"),
    ]
