"""Hide, predict, reveal: no picture says a result that it asks for."""

import re
import zlib
from base64 import b64decode
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest

from app.address.query import spell_address
from app.operations import OPERATIONS
from app.views.prediction import RESULTS, Hiding
from app.views.table import view_of
from app.views.view import start_step
from tests.app.direct import Answer, Direct
from tests.app.drawn import scene_of
from tests.app.predicted import GRIDS, MANY, forms, found, raw_of
from tests.app.sheets import sheets
from tests.each import each

CASES = [(operation, view) for operation in OPERATIONS for view in OPERATIONS[operation].views]
ADDRESSES = ("/{}", "/embed/{}", "/{}.svg", "/compare")


def answered(answer: Answer) -> Answer:
    assert answer.status == 200, answer.text
    return answer


def page(ask: Direct, address: str, operation: str, raw: dict[str, str]) -> str:
    """A picture of the scene, alone or beside itself without a question."""
    if address == "/compare":
        plain = {name: text for name, text in raw.items() if name != "predict"}
        sides = {side: f"/{operation}?{spell_address(fields)}" for side, fields in (("a", raw), ("b", plain))}
        return answered(ask.post("/compare", sides)).text
    return answered(ask.post(address.format(operation), raw)).text


def numbers(ask: Direct, operation: str, raw: dict[str, str]) -> tuple[list[float], list[float]]:
    """(the results, the data) of a scene, flat."""
    document: dict[str, Any] = answered(ask.post(f"/{operation}.json", raw)).json()
    flat = {name: np.ravel(grid["values"]).tolist() for name, grid in document.items() if name in GRIDS and grid}
    results = flat.pop("y") + flat.pop("a", [])
    return results, [value for values in flat.values() for value in values]


@pytest.mark.slow
@each("operation, view", CASES)
def test_no_result_stands_in_a_picture_that_asks_for_it(ask: Direct, operation: str, view: str) -> None:
    raw = raw_of(operation) | {"view": view}
    results, data = numbers(ask, operation, raw)
    is_copied = set(results) <= {*data, 0}  # the largest of some numbers is one of them
    for address in ADDRESSES:
        assert found(page(ask, address, operation, raw | {"predict": "true"}), results, data) == set(), address
        assert is_copied or found(page(ask, address, operation, raw), results, data), address


@pytest.mark.parametrize(
    ("operation", "raw"),
    [*((operation, raw_of(operation) | {"view": view}) for operation, view in CASES), ("conv2d", MANY)],
    ids=[*("-".join(case) for case in CASES), "conv2d with several filters"],
)
def test_every_cell_of_a_result_is_empty_until_it_is_answered(ask: Direct, operation: str, raw: dict[str, str]) -> None:
    html = page(ask, "/{}", operation, raw | {"predict": "true"})
    drawn = [sheet for sheet in sheets(html) if sheet.id[0] in RESULTS]
    assert drawn
    for sheet in drawn:
        assert set(sheet.cells) == {""} or (sheet.is_picture and not any(shades(sheet.svg))), sheet.id


@pytest.mark.parametrize("view", ["gather", "scatter", "matrix", "im2col", "flip", "shift"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nor_do_subtotals_biases_and_activations_say_it(ask: Direct, view: str, address: str) -> None:
    raw = MANY | {"view": view}
    results, data = numbers(ask, "conv2d", raw)
    assert found(page(ask, address, "conv2d", raw | {"predict": "true"}), results, data) == set()


def test_the_results_before_the_step_of_the_link_are_given(ask: Direct) -> None:
    raw = raw_of("conv2d") | {"predict": "true", "step": "6"}
    results, data = numbers(ask, "conv2d", raw)
    for address in ("/{}", "/embed/{}", "/{}.svg"):
        spelled = found(page(ask, address, "conv2d", raw), results, data)
        assert all(spelled & forms(value) for value in results[:6])
        assert not any(spelled & forms(value) for value in results[6:])


def test_the_filter_of_a_link_gives_nothing_away(ask: Direct) -> None:
    raw = MANY | {"predict": "true", "filter": "2"}
    results, data = numbers(ask, "conv2d", raw)
    assert found(page(ask, "/{}", "conv2d", raw), results, data) == set()


def test_a_question_opens_at_the_first_step_and_not_at_the_largest_result() -> None:
    raw = raw_of("conv2d")
    assert start_step(view_of(scene_of("conv2d", raw))) > 0
    for view in ("gather", "flip", "shift", "matrix", "im2col"):
        assert start_step(view_of(scene_of("conv2d", raw | {"view": view, "predict": "true"}))) == 0
    assert start_step(view_of(scene_of("conv2d", MANY | {"filter": "2", "predict": "true"}))) == 2 * 16


def test_what_a_sum_ends_with_is_a_question_mark(ask: Direct) -> None:
    raw = MANY | {"predict": "true"}
    html = page(ask, "/{}", "conv2d", raw)
    equation = html.split("data-equation>")[1].split("</div>")[0]
    assert equation.count('<mn class="output asked">?</mn>') == 2
    assert 'result"' not in equation
    assert "Σ = ?" in html
    said = re.sub(r"<[^>]*>", "", page(ask, "/{}.svg", "conv2d", raw))
    assert "tanh(?) = ?" in said


def test_the_legend_does_not_say_how_large_the_largest_result_is(ask: Direct) -> None:
    html = page(ask, "/{}", "conv2d", raw_of("conv2d") | {"predict": "true"})
    legend = html.split('class="scales"')[1].split("</ul>")[0]
    assert re.search(r'<li class="output">.*?\?<i class="swatch signed"></i>\?</li>', legend)


@pytest.mark.parametrize("operation", ["conv2d", "conv_transpose2d", "unfold", "fold"])
def test_a_result_too_large_for_numbers_is_an_empty_picture(ask: Direct, operation: str) -> None:
    raw = {"x": "random:9x2500" if operation == "fold" else "random:40x40", "predict": "true"}
    raw |= {"kernel_size": "3", "output_size": "52"} if operation == "fold" else {}
    html = page(ask, "/{}", operation, raw)
    drawn = [sheet for sheet in sheets(html) if sheet.id.startswith("y.")]
    assert drawn
    for sheet in drawn:
        assert sheet.is_picture
        assert not any(shades(sheet.svg))


def shades(svg: str) -> bytes:
    """Every pixel of the image in a drawing, as the file has them."""
    file = b64decode(svg.split("base64,")[1].split('"')[0])
    body = b""
    place = 8
    while place < len(file):
        length = int.from_bytes(file[place : place + 4])
        body += file[place + 8 : place + 8 + length] if file[place + 4 : place + 8] == b"IDAT" else b""
        place += 12 + length
    return zlib.decompress(body)


def test_who_has_no_scripts_finds_a_way_to_the_results(ask: Direct) -> None:
    html = page(ask, "/{}", "conv2d", {"predict": "true", "stride": "2"})
    assert re.search(r'<noscript><p class="reveal"><a href="/conv2d\?stride=2"', html)
    html = page(ask, "/embed/{}", "conv_transpose2d", {"predict": "true"})
    assert re.search(r'<p class="reveal"><a href="/embed/conv_transpose2d"', html)
    html = page(ask, "/compare", "conv2d", {"predict": "true"})
    assert 'href="/compare?a=/conv2d&amp;b=/conv2d"' in html


def test_a_comparison_holds_back_both_sides_and_where_they_differ(ask: Direct) -> None:
    asked, other = "/conv2d?predict=true", "/conv2d?w=edge"
    for a, b in ((asked, other), (other, asked)):
        html = ask(f"/compare?{urlencode({'a': a, 'b': b})}").text
        assert html.count(" withheld") == 2
        assert html.count(" predict=") == 0
        assert "differs" not in html
        assert "held back" in html


@pytest.mark.parametrize(
    ("operation", "raw"),
    [
        ("conv2d", MANY),
        ("conv2d", {"b": "3"}),
        ("conv3d", {}),
        ("conv_transpose2d", {"view": "matrix"}),
        ("conv2d_weight", {}),
        ("max_pool2d", {}),
        ("avg_pool2d", {"divisor_override": "1"}),
        ("lp_pool2d", {}),
        ("adaptive_avg_pool2d", {}),
    ],
)
def test_the_measure_of_colours_is_no_result_but_no_result_exceeds_it(operation: str, raw: dict[str, str]) -> None:
    scene = scene_of(operation, raw)
    view: Any = view_of(scene)
    assert view.bound >= np.abs(scene.y).max()
    hidden = Hiding(view).plane(view.output_plane(0))
    assert hidden.scale == view.bound
    if scene.layer.activation:
        activated = scene.activate(scene.y)
        assert activated is not None
        assert Hiding(view).plane(view.activation_plane(0)).scale >= np.abs(activated).max()


def test_of_a_shift_the_number_that_moves_along_waits_for_the_place_where_it_is_asked_for(ask: Direct) -> None:
    html = page(ask, "/{}", "conv2d", {"view": "shift", "shift": "0,1", "predict": "true", "step": "2"})
    said = {sheet.id: sheet.cells for sheet in sheets(html)}
    visible = [[bool(text) for text in said[plane]] for plane in ("y.0", "y.0.other", "t.0")]
    assert [row.count(True) for row in visible] == [1, 2, 2]
    assert visible[0][0]
