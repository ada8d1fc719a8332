"""Layouts of every operation in every view: what is seen at once lies beside each other, within the whole."""

from itertools import combinations, product

import pytest

from app.layout.box import TALL, WIDE, Box, Spot
from app.layout.fitting import LEAST, SHRUNK, Fitted
from app.layout.layout import Layout, arrange
from app.layout.sheet import Sheet
from app.layout.tree import Leaf
from app.operations import OPERATIONS
from tests.each import each
from tests.fixtures.make_frames import view_at

OWN = [f"/{name}?view={view}" for name, operation in OPERATIONS.items() for view in operation.views]
MANY = [
    "/conv1d?x=random:2x8:1&w=random:3x2x3:1&padding=2",
    "/conv2d?x=random:1x5x5:1&w=random:3x1x3x3:1&b=1,2,3&activation=relu",
    "/conv2d?x=random:3x5x5:1&w=random:2x3x3x3:1",
    "/conv2d?x=random:4x4x4:1&w=random:4x2x2x2:2&groups=2",
    "/conv2d?x=random:8x3x3:1&w=random:8x4x2x2:1&groups=2&filter=7&channel=6",
    "/conv2d?x=random:8x8x8:1&w=random:8x1x3x3:1&groups=8&channel=7&filter=7",
    "/conv2d?x=random:9x4x4:1&w=random:9x9x2x2:1",
    "/conv2d?x=digit:7&w=sobel-x&padding=1",
    "/conv2d?x=random:3x64x64:1&w=random:4x3x3x3:1&b=1,2,3,4",
    "/conv3d?x=random:1x3x3x3:1&w=random:1x1x2x2x2:2&filter=1",
    "/max_pool2d?x=random:3x5x4:2&kernel_size=2,3",
    "/avg_pool1d?x=random:2x7:5&kernel_size=3",
    "/conv_transpose2d?x=random:2x3x3:1&w=random:2x1x3x3:2&view=zero-insertion",
    "/conv2d?x=ramp:4x5&w=sobel-x&view=im2col&b=3",
    "/unfold?x=random:2x4x4:1",
]
GATED = [
    "/conv1d_input?activation=relu",
    "/conv2d_input?activation=relu",
    "/conv2d_weight?activation=tanh",
    "/conv2d_input?activation=relu&grad_output=ones:2x3x3&w=ramp:2x2x2~~ramp:2x2x2",
]
"""What comes from above, z, the slope there and their product stand beside the others: many titles, and few cells."""


def seen(layout: Layout, fitted: Fitted, filter: int | None) -> list[tuple[Sheet, Spot]]:
    return [(layout.sheets[i], spot) for i, spot in fitted.spots.items() if layout.sheets[i].filter in (None, filter)]


def corners(sheet: Sheet, spot: Spot) -> tuple[float, float, float, float]:
    """A sheet with all its words: left, top, right, bottom."""
    leaf = Leaf(0, sheet.extent)
    extent = leaf.extent if spot.is_titled else leaf.bare.extent
    (rows, cols), (width, height) = extent.clear, extent.size(spot.cell)
    left, top = spot.x - cols * spot.cell - extent.left, spot.y - rows * spot.cell - extent.caption
    return left, top, left + width, top + height


@each("address, box", product(OWN + MANY + GATED, [WIDE, TALL]))
def test_no_two_sheets_that_are_seen_together_overlap_and_none_leaves_the_whole(address: str, box: Box) -> None:
    layout, _ = arrange(view_at(address))
    fitted = layout.wide if box is WIDE else layout.tall
    if box is WIDE or fitted.cell > LEAST:  # a phone takes the wide drawing where the tall box has too little space
        assert fitted.width <= box.width * max(SHRUNK)
        assert fitted.height <= box.height * max(SHRUNK)
    for filter in {sheet.filter for sheet in layout.sheets}:
        places = [corners(*each) for each in seen(layout, fitted, filter)]
        for left, top, right, bottom in places:
            assert min(left, top, fitted.width - right, fitted.height - bottom) > -1e-6
        for one, other in combinations(places, 2):
            across, down = (min(one[i + 2], other[i + 2]) - max(one[i], other[i]) for i in (0, 1))
            assert min(across, down) < 1e-6


@pytest.mark.parametrize("address", OWN)
def test_cells_of_data_and_results_have_one_size(address: str) -> None:
    layout, _ = arrange(view_at(address))
    for fitted in (layout.wide, layout.tall):
        large = {
            spot.cell
            for number, spot in fitted.spots.items()
            if layout.sheets[number].size == "large" and layout.sheets[number].channel is None
        }
        assert large <= {fitted.cell}


@pytest.mark.parametrize("address", OWN + MANY)
def test_every_kind_of_word_has_one_place_in_a_table(address: str) -> None:
    """The titles of its columns stand once, over what is seen large, whichever channel and filter that is."""
    layout, _ = arrange(view_at(address))
    for fitted in (layout.wide, layout.tall):
        rows = [(sheet, spot) for sheet, spot in seen(layout, fitted, layout.active) if sheet.channel is not None]
        for kind in {sheet.plane.id[0] for sheet, _ in rows}:
            titled = [sheet for sheet, spot in rows if sheet.plane.id[0] == kind and spot.is_titled and sheet.title]
            assert len(titled) <= 1


@pytest.mark.parametrize("address", GATED)
def test_many_titles_leave_cells_their_space_on_a_phone(address: str) -> None:
    tall = arrange(view_at(address))[0].tall
    assert tall.cell * min(1, TALL.width / tall.width, TALL.height / tall.height) > 15


def test_what_opens_a_gate_stands_in_two_rows_of_two() -> None:
    layout, _ = arrange(view_at("/conv2d_input?activation=relu"))
    at = {layout.sheets[i].plane.id: spot for i, spot in layout.wide.spots.items()}
    assert at["g.0"].y == at["z.0"].y < at["s.0"].y == at["x.0"].y
    assert at["g.0"].x == at["s.0"].x < at["z.0"].x == at["x.0"].x < at["p.0"].x


def test_where_one_channel_is_large_its_sheets_have_the_titles() -> None:
    layout, _ = arrange(view_at("/conv2d?x=random:8x3x3:1&w=random:8x4x2x2:1&groups=2&filter=7"))
    titled = {
        sheet.plane.id[0]: sheet.channel
        for sheet, spot in seen(layout, layout.wide, layout.active)
        if spot.is_titled and sheet.title and sheet.channel is not None
    }
    assert titled == dict.fromkeys("xwp", 4)


def test_one_filter_is_active_where_several_take_turns_and_none_where_all_are_seen() -> None:
    several, _ = arrange(view_at("/conv2d?x=random:3x5x5:1&w=random:4x3x3x3:1&filter=2"))
    assert several.active == 2
    for address in ("/conv2d", "/max_pool2d?x=random:3x6x6:1"):
        assert arrange(view_at(address))[0].active is None
