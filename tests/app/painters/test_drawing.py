"""The drawing of a stage: for the page with both its boxes, for files alone with what is seen."""

import re

import pytest

from app.layout.box import CELL, TALL, WIDE
from app.layout.layout import arrange
from app.painters.drawing import drawn, page_drawing
from app.painters.palette import LIGHT
from tests.app.sheets import ids, sheets
from tests.fixtures.make_frames import view_at

SEVERAL = [
    "/conv2d?x=random:3x5x5:1&w=random:4x3x3x3:1&filter=2",
    "/conv2d?x=random:9x4x4:1&w=random:9x9x2x2:1",
    "/max_pool2d?x=random:3x6x6:1",
]


def page(address: str) -> str:
    return page_drawing(*arrange(view_at(address)))


def file(address: str) -> str:
    return drawn(*arrange(view_at(address)), LIGHT)


def test_the_page_has_the_drawing_for_a_wide_box_and_for_a_tall_one() -> None:
    html = page("/conv2d")
    wide, tall, shown = (re.search(rf' {name}="([^"]*)"', html) for name in ("data-wide", "data-tall", "viewBox"))
    assert wide
    assert tall
    assert shown
    assert shown[1] == wide[1] != tall[1]
    for sizes, box in ((wide[1], WIDE), (tall[1], TALL)):
        _, _, width, height = map(float, sizes.split())
        assert width <= box.width + 10
        assert height <= box.height + 10
    for sheet in sheets(html):
        assert re.search(r'data-wide="[\d.]+ [\d.]+ [\d.]+" data-tall="[\d.]+ [\d.]+ [\d.]+"', sheet.svg)


def test_a_sheet_stands_where_the_wide_box_has_it() -> None:
    layout, frame = arrange(view_at("/conv2d?x=random:3x5x5:1&w=random:1x3x3x3:1"))
    found = sheets(page_drawing(layout, frame))
    assert len(found) == len(layout.wide.spots)
    for number, sheet in enumerate(found):
        spot = layout.wide.spots[number]
        assert f'transform="translate({spot.x:g} {spot.y:g})"' in sheet.svg
        assert sheet.scale == float(f"{spot.cell / CELL:g}")


@pytest.mark.parametrize("address", [*SEVERAL, "/conv3d?x=random:2x2x3x3:1&w=random:2x2x2x2x2:2&padding=1,0,0&b=1,-2"])
def test_no_plane_is_drawn_twice(address: str) -> None:
    found = ids(page(address))
    assert len(found) == len(set(found))


def test_of_several_filters_one_is_seen_and_the_others_are_away() -> None:
    results = {sheet.id: sheet.is_away for sheet in sheets(page(SEVERAL[0])) if sheet.id.startswith("y.")}
    assert results == {"y.0": True, "y.1": True, "y.2": False, "y.3": True}


@pytest.mark.parametrize("address", SEVERAL)
def test_a_file_has_what_is_seen_and_nothing_for_scripts(address: str) -> None:
    svg = file(address)
    for word in (" role=", " data-", "away", "bare", "tabindex", "aria-", "var("):
        assert word not in svg
    seen = [sheet for sheet in sheets(page(address)) if not sheet.is_away]
    assert svg.count('class="cells"') == len(seen)


def test_a_channel_without_a_place_of_its_own_waits_on_the_page() -> None:
    found = {sheet.id: sheet for sheet in sheets(page(SEVERAL[1]))}
    assert not found["p.0"].is_away
    assert found["p.1"].is_away
    assert "data-wide" not in found["p.1"].svg


def test_titles_stand_once_over_a_table() -> None:
    titles = re.findall(r'class="title"[^>]*>([^<]*)', file(SEVERAL[0]))
    assert len(titles) == len(set(titles)) == 4


def test_the_sum_of_each_channel_stands_beside_its_products() -> None:
    subtotals = re.findall(r'class="subtotal"[^>]*>([^<]*)', file("/conv2d?x=ones:3x3x3&w=ones:1x3x3x3"))
    assert subtotals == ["Σ = 9"] * 3
