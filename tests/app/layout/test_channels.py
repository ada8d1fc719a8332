"""Channels and filters, few and many, have their places in a wide box and in a tall one."""

from itertools import combinations

import pytest

from app.layout.box import Spot
from app.layout.fitting import Fitted
from app.layout.layout import Layout, arrange
from app.layout.sheet import Sheet
from tests.fixtures.make_frames import view_at


def layout_of(channels: int, filters: int, more: str = "") -> Layout:
    address = f"/conv2d?x=random:{channels}x5x5:1&w=random:{filters}x{channels}x3x3:1{more}"
    return arrange(view_at(address))[0]


def seen(layout: Layout, box: Fitted) -> list[tuple[Sheet, Spot]]:
    """The sheets that are seen at once, and where."""
    return [(layout.sheets[number], spot) for number, spot in box.spots.items() if of_one_filter(layout, number)]


def of_one_filter(layout: Layout, number: int) -> bool:
    return layout.sheets[number].filter in (None, layout.active)


def corners(sheet: Sheet, spot: Spot) -> tuple[float, float, float, float]:
    return spot.x, spot.y, spot.x + sheet.plane.cols * spot.cell, spot.y + sheet.plane.rows * spot.cell


@pytest.mark.parametrize("more", ["", "&b=1", "&activation=relu"])
@pytest.mark.parametrize("filters", [1, 2, 40])
@pytest.mark.parametrize("channels", [1, 2, 4, 5, 9])
def test_planes_lie_within_the_whole_and_beside_each_other(channels: int, filters: int, more: str) -> None:
    layout = layout_of(channels, filters, more.replace("1", ",".join(["1"] * filters)))
    for box in (layout.wide, layout.tall):
        drawn = [corners(*each) for each in seen(layout, box)]
        assert drawn
        assert all(
            left >= 0 and top >= 0 and right <= box.width + 1e-6 and low <= box.height + 1e-6
            for left, top, right, low in drawn
        )
        for one, other in combinations(drawn, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize(("channels", "filters"), [(1, 2), (3, 1), (3, 2), (5, 2)])
def test_every_channel_is_seen_in_both_boxes(channels: int, filters: int) -> None:
    layout = layout_of(channels, filters)
    for box in (layout.wide, layout.tall):
        shown = {sheet.plane.id for sheet, _ in seen(layout, box)}
        assert {f"x.{channel}" for channel in range(channels)} <= shown
