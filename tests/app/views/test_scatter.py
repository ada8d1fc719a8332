"""Scatter and zero insertion: the stamps end in y, and nothing is shown that has not landed."""

from typing import Any

import numpy as np
import orjson
import pytest
from numpy.testing import assert_allclose

from app.address.refusal import Refusal
from app.layout.letters import plane_letters
from app.pages.scene.stage import stage
from app.stream import events
from app.stream.picture import poster
from app.text.encoding import dumps
from app.views.frame import cells_of
from app.views.scatter.view import Scatter
from app.views.view import View
from app.views.zero_insertion import ZeroInsertion
from tests.app.sheets import ids, sheets
from tests.fixtures import make_scatter
from tests.fixtures.make_frames import events_of, view_at

STAMPED = [address for address in make_scatter.SCENES.values() if isinstance(view_at(address), Scatter)]
STRETCHED = [address for address in make_scatter.SCENES.values() if address not in STAMPED]


def scatter_of(address: str) -> Scatter:
    view = view_at(address)
    assert isinstance(view, Scatter)
    return view


def test_what_the_javascript_is_held_to_is_what_python_says_today() -> None:
    made = make_scatter.fixtures()
    assert make_scatter.FILE.read_bytes() == made, "python -m tests.fixtures.make_scatter writes it anew"


@pytest.mark.parametrize("address", STAMPED)
def test_the_stamps_end_in_y_to_the_last_bit(address: str) -> None:
    view = scatter_of(address)
    scene, (top, right, bottom, left) = view.scene, view.scatter_map.margin
    rows, cols = view.scatter_map.shape
    for filter in view.arrangement.filters:
        picture = view.sums.picture(filter, view.steps - 1).reshape(rows, cols)
        last = picture[top : rows - bottom, left : cols - right]
        y = last if scene.b is None else last + scene.b[filter]
        assert y.tobytes() == scene.results[filter].tobytes()


@pytest.mark.parametrize("address", STAMPED)
def test_each_step_adds_its_products_to_what_the_last_one_left(address: str) -> None:
    view = scatter_of(address)
    held = {filter: np.zeros(np.prod(view.scatter_map.shape)) for filter in view.arrangement.filters}
    for step in range(view.steps):
        channel, data = view.place(step)
        for filter in view.sums.touched(channel):
            cells, products = view.scattering.cells(channel, data), view.scattering.numbers(channel, data, filter)
            for cell, product in zip(cells, products, strict=True):
                if product is not None:
                    held[filter][cell] = product + (held[filter][cell] if view.scattering.adds else 0.0)
        for filter, expected in held.items():
            assert_allclose(view.sums.picture(filter, step), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("address", STAMPED)
def test_a_cell_is_empty_until_a_stamp_has_landed_on_it(address: str) -> None:
    view = scatter_of(address)
    landed = {filter: np.zeros(np.prod(view.scatter_map.shape), int) for filter in view.arrangement.filters}
    for step in range(view.steps):
        channel, data = view.place(step)
        for filter in view.sums.touched(channel):
            for cell in view.scattering.cells(channel, data):
                landed[filter][cell] += cell >= 0
        for filter, counts in landed.items():
            assert view.scattering.counts(filter, step).ravel().tolist() == counts.tolist()
            values, _ = view.sums.held(filter, step)
            if step < view.steps - 1:
                assert np.isnan(values).tolist() == (counts == 0).tolist()


@pytest.mark.parametrize("address", STAMPED)
def test_the_last_frame_holds_y_and_nothing_in_the_rim(address: str) -> None:
    view = scatter_of(address)
    fills = {fill["plane"]: fill for fill in view.frame(view.steps - 1)["fills"]}
    assert any(plane.startswith("y.") for plane in fills) != view.sums.is_large, "a picture is shown finished"
    for filter in () if view.sums.is_large else view.arrangement.filters:
        values = [value for value in fills[f"y.{filter}"]["values"] if value is not None]
        assert values == view.scene.results[filter].ravel().tolist()


@pytest.mark.parametrize("address", STAMPED)
def test_overlaps_say_how_a_sum_grows(address: str) -> None:
    view = scatter_of(address)
    for step in range(view.steps):
        stamp = view.frame(step)["equation"]
        for tally in stamp["tallies"]:
            expected = tally["before"] + tally["added"] if stamp["adds"] else tally["added"]
            assert tally["after"] == pytest.approx(expected, abs=1e-12)
        assert stamp["overlaps"] >= len(stamp["tallies"])


@pytest.mark.parametrize("address", STAMPED)
def test_the_streams_pages_follow_on_each_other(address: str) -> None:
    view = view_at(address)
    middle = view.steps // 2
    whole = next(event["data"] for event in events_of(view) if event["name"] == "steps")
    pages = [page_of(view, 0, middle), page_of(view, middle, view.steps)]
    assert [*pages[0]["after"], *pages[1]["after"]] == whole["after"]
    assert pages[0].get("y") is None
    assert pages[1].get("y") == whole.get("y")


def page_of(view: View, start: int, stop: int) -> Any:
    """The `steps` event of these steps, as a browser reads it."""
    return orjson.loads(dumps(events.steps(view, start, stop)))


def test_the_checkerboard_of_kernel_three_and_stride_two() -> None:
    view = scatter_of("/conv_transpose2d?x=ones:4x4&w=ones:3x3&stride=2&reads=true")
    counts = view.scattering.counts(0, view.steps - 1)
    assert np.array_equal(counts, view.scene.results[0])
    assert counts[2:5].tolist() == [
        [2, 2, 4, 2, 4, 2, 4, 2, 2],
        [1, 1, 2, 1, 2, 1, 2, 1, 1],
        [2, 2, 4, 2, 4, 2, 4, 2, 2],
    ]
    [drawn] = [sheet.svg for sheet in sheets(stage(view).drawing) if sheet.id == "y.0"]
    assert drawn.count(">4<") == 9 * 2, "each of the nine cells shows its sum, and how often it is written"


def test_a_rim_that_copies_cannot_be_scattered() -> None:
    with pytest.raises(Refusal, match="padding_mode=reflect") as refused:
        view_at("/conv2d?view=scatter&padding=1&padding_mode=reflect")
    assert refused.value.loc == ("padding_mode",)
    assert view_at("/conv2d?view=scatter&padding_mode=reflect").name == "scatter", "without a rim all modes are one"


def test_a_convolution_scatters_the_turned_kernel_and_a_transposed_one_the_kernel_itself() -> None:
    assert scatter_of("/conv2d?view=scatter").planes.kernel_plane(0).turned
    assert not scatter_of("/conv_transpose2d").planes.kernel_plane(0).turned
    assert not scatter_of("/conv2d?view=scatter&flip=true").planes.kernel_plane(0).turned


def test_the_stage_rests_where_stamps_overlap() -> None:
    assert scatter_of("/conv_transpose2d?x=ones:5x5").notable_step == 12
    assert scatter_of("/conv_transpose2d?x=ones:2x5x5&channel=1&w=ones:3x3").notable_step == 37


def test_the_extra_row_of_output_padding_is_no_rim() -> None:
    view = scatter_of("/conv_transpose2d?output_padding=1")
    assert view.scatter_map.shape == (8, 8)
    assert view.scatter_map.margin == (0, 0, 0, 0)
    [drawn] = [sheet.svg for sheet in sheets(stage(view).drawing) if sheet.id == "y.0"]
    assert "output padding" in drawn


@pytest.mark.parametrize("address", STRETCHED)
def test_a_window_over_stretched_data_meets_what_the_scatter_lets_land(address: str) -> None:
    view = view_at(address)
    assert isinstance(view, ZeroInsertion)
    stamped = scatter_of(address.replace("view=zero-insertion", "view=scatter"))
    top, _, _, left = stamped.scatter_map.margin
    width = view.scene.layer.y_shape[-1]
    for step in range(view.steps):
        filter, cell = view.place(step)
        row, col = divmod(cell, width)
        drawn = (row + top) * stamped.scatter_map.cols.drawn + col + left
        landed = {
            (data, stamped.scattering.cells(0, data).index(drawn))
            for data in range(view.scene.data[0].size)
            if drawn in stamped.scattering.cells(0, data)
        }
        assert set(view.met(step)) == landed, "no kernel here is turned when it stamps"
        outlines = view.frame(step)["outlines"]
        channel = view.group_of(filter)[0]
        assert cells_of(outlines, f"o.{channel}") == [data for data, _ in view.met(step)]


def test_several_channels_stand_as_they_are_under_the_table() -> None:
    def boards(address: str) -> list[str]:
        return [plane for plane in ids(stage(view_at(address)).drawing) if plane[0] in "ok"]

    few = "/conv_transpose2d?view=zero-insertion&x=random:2x3x3:1&w=random:2x2x3x3:2"
    assert boards(few) == ["o.0", "o.1", "k.0", "k.2", "k.1", "k.3"]
    many = "/conv_transpose2d?view=zero-insertion&x=random:4x3x3:1&w=random:4x4x3x3:2"
    assert boards(many) == ["o.0", "o.1", "o.2", "o.3"], "sixteen kernels would be too many"


def test_a_letter_on_the_board_is_the_letter_of_the_turned_kernel() -> None:
    view = view_at("/conv_transpose2d?view=zero-insertion&letters=true")
    assert isinstance(view, ZeroInsertion)
    board, turned = view.titled_kernel(0, 0).plane, view.slice_plane(0, 0)
    lettered = [
        dict(zip(plane_letters(plane, view.scene), plane.values.ravel().tolist(), strict=True))
        for plane in (board, turned)
    ]
    assert lettered[0] == lettered[1]


def test_zeros_put_in_are_drawn_as_padding_is() -> None:
    view = view_at("/conv_transpose2d?view=zero-insertion")
    assert isinstance(view, ZeroInsertion)
    plane = view.input_plane(0)
    own = [(row, col) for row in range(plane.rows) for col in range(plane.cols) if not plane.is_margin(row, col)]
    assert own == [(row, col) for row in (2, 4, 6) for col in (2, 4, 6)]


@pytest.mark.parametrize("address", make_scatter.SCENES.values())
def test_every_scene_has_a_stage_and_a_poster(address: str) -> None:
    view = view_at(address)
    assert stage(view).equation
    assert poster(view).startswith(b"<svg")
