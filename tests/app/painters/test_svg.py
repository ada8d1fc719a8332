"""A plane as SVG: its cells, their numbers, and only what our own policy allows."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout.box import CELL
from app.painters.palette import PAGE
from app.painters.svg import drawing, is_dilated, opacity, plane_svg, shown_region
from app.text.format import short
from app.views.plane import Plane

VALUES = st.lists(
    st.lists(st.integers(-99, 99) | st.floats(-1e6, 1e6), min_size=1, max_size=6), min_size=1, max_size=6
).filter(lambda rows: len({len(row) for row in rows}) == 1)


def plane(values: object, **facts: object) -> Plane:
    grid = np.array(values, dtype=float)
    return Plane("x.0", "input", "x", grid, float(np.abs(grid).max()) or 1.0, **facts)  # type: ignore[arg-type]


def tree(svg: str) -> ElementTree.Element:
    """As XML, to which an attribute without a value is not known."""
    return ElementTree.fromstring(re.sub(r" (data-picture|data-turned)(?=[ >])", r' \1=""', svg))


@settings(deadline=None)
@given(VALUES)
def test_every_cell_carries_its_number_in_reading_order(values: list[list[float]]) -> None:
    found = tree(plane_svg(plane(values), label="input", width=100))
    texts = [text.text for text in found.iter("text")]
    assert texts == [short(value) for row in values for value in row]
    assert [len(row) for row in found.iter("g") if row.get("role") == "row"] == [len(row) for row in values]


@settings(deadline=None)
@given(VALUES)
def test_negative_is_shown_without_colour_too(values: list[list[float]]) -> None:
    found = tree(plane_svg(plane(values), label="input", width=100))
    hatched = [path for path in found.iter("path") if path.get("class") == "hatch"]
    assert len(hatched) == sum(value < 0 for row in values for value in row)


@given(st.floats(-1e9, 1e9), st.floats(1e-9, 1e9))
def test_zero_is_clear_and_nothing_is_too_dark_to_read(value: float, scale: float) -> None:
    assert (opacity(value, scale) == 0) == (value == 0)
    assert 0 <= opacity(value, scale) <= 0.55


def test_a_label_cannot_leave_its_attribute() -> None:
    found = tree(plane_svg(plane([[1]]), label='"><script>alert(1)</script>&', width=10))
    assert found.get("aria-label") == '"><script>alert(1)</script>&'
    assert not list(found.iter("script"))


def test_no_plane_uses_style_because_the_policy_of_the_page_forbids_it() -> None:
    for values in ([[1, -2], [0, 3]], np.arange(40 * 40).reshape(40, 40)):
        grid = plane(values, margin=(1, 0, 0, 0))
        svg = plane_svg(grid, label="x", width=100, window=[0, 1]) + drawing(grid, PAGE, shown=2, winners=[1])
        assert "style" not in svg
        tree(f"<g>{svg}</g>")


def test_what_is_not_shown_yet_is_marked_unseen() -> None:
    found = tree(f"<g>{drawing(plane([[1, 2], [3, 4]]), PAGE, shown=3, roles=True)}</g>")
    unseen = ["unseen" in (cell.get("class") or "") for cell in found.iter("g") if cell.get("role") == "gridcell"]
    assert unseen == [False, False, False, True]


def test_padding_cells_are_marked_and_rimmed() -> None:
    found = tree(plane_svg(plane(np.zeros((3, 4)), margin=(1, 1, 0, 2)), label="x", width=10))
    margin = ["margin" in (cell.get("class") or "") for cell in found.iter("g") if cell.get("role") == "gridcell"]
    assert margin == [True] * 4 + [True, True, False, True] * 2
    (rim,) = [rect for rect in found.iter("rect") if rect.get("class") == "rim"]
    assert [rim.get(name) for name in ("x", "y", "width", "height")] == ["80", "40", "40", "80"]


@pytest.mark.parametrize(("window", "dilated"), [([0, 1, 3, 4], False), ([0, 2, 6, 8], True), ([4], False)])
def test_a_window_is_outlined_and_its_holes_too_where_it_is_dilated(window: list[int], dilated: bool) -> None:
    grid = plane(np.arange(9).reshape(3, 3))
    assert is_dilated(*zip(*(divmod(cell, grid.cols) for cell in window), strict=True)) == dilated
    found = tree(plane_svg(grid, label="x", width=10, window=window))
    (overlay,) = [group for group in found.iter("g") if group.get("class") == "overlay"]
    assert ("taps" in [path.get("class") for path in overlay]) == dilated
    (box,) = list(overlay.iter("rect"))
    rows, cols = zip(*(divmod(cell, 3) for cell in window), strict=True)
    assert box.get("width") == str((max(cols) - min(cols) + 1) * CELL)
    assert box.get("height") == str((max(rows) - min(rows) + 1) * CELL)


def test_a_plane_above_32_cells_a_side_is_a_picture() -> None:
    assert not list(tree(plane_svg(plane(np.ones((32, 32))), label="x", width=10)).iter("image"))
    found = tree(plane_svg(plane(np.ones((32, 33))), label="x", width=10))
    (image,) = list(found.iter("image"))
    assert (image.get("href") or "").startswith("data:image/png;base64,")
    assert not list(found.iter("text"))


@given(st.integers(1, 50), st.integers(1, 50), st.data())
def test_the_part_of_a_picture_that_is_shown_has_one_cell_for_each_step(
    rows: int, cols: int, data: st.DataObject
) -> None:
    shown = data.draw(st.integers(0, rows * cols))
    path = shown_region(plane(np.zeros((rows, cols))), shown)
    assert area(path) == shown * CELL * CELL


def area(path: str) -> float:
    """The area inside a path of M, H, V and Z, by the shoelace formula."""
    points = [(0.0, 0.0)]
    for command, number in re.findall(r"([HV])(\d+)", path):
        x, y = points[-1]
        points.append((float(number), y) if command == "H" else (x, float(number)))
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
