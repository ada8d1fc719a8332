"""Unfold and fold, column by column: the steps make y, and their links lead there and back."""

from xml.etree import ElementTree

import numpy as np
import orjson
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from app.address.query import read_address
from app.operations import OPERATIONS
from app.pages.scene.stage import stage
from app.scene.reading import read_scene
from app.settings import Limits
from app.stream import events
from app.stream.picture import poster
from app.text.encoding import dumps
from app.views.common.columns import Columns
from app.views.folding import Folding
from app.views.frame import cells_of
from app.views.unfolding import Unfolding
from tests.app.sheets import ids
from tests.fixtures import make_columns
from tests.fixtures.make_frames import events_of, scene_at, view_at

UNFOLDED, FOLDED = (
    [address for address in make_columns.SCENES.values() if address.startswith(operation)]
    for operation in ("/unfold", "/fold")
)


def columns_at(address: str) -> Columns:
    view = view_at(address)
    assert isinstance(view, Columns)
    return view


def unfolding(address: str) -> Unfolding:
    view = columns_at(address)
    assert isinstance(view, Unfolding)
    return view


def folding(address: str) -> Folding:
    view = columns_at(address)
    assert isinstance(view, Folding)
    return view


def test_what_the_javascript_is_held_to_is_what_python_says_today() -> None:
    made = make_columns.fixtures()
    assert make_columns.FILE.read_bytes() == made, "python -m tests.fixtures.make_columns writes it anew"


@pytest.mark.parametrize("address", UNFOLDED)
def test_each_column_is_what_lies_under_its_window(address: str) -> None:
    view = unfolding(address)
    top, right, bottom, left = view.scatter_map.margin
    padded = np.pad(view.scene.x, ((0, 0), (top, bottom), (left, right))).reshape(len(view.scene.x), -1)
    for step in range(view.steps):
        assert_array_equal(view.matrix[:, step], padded[:, view.scatter_map.stamp(step)].ravel())


@pytest.mark.parametrize("address", UNFOLDED)
def test_the_stream_tells_every_column_of_y(address: str) -> None:
    view = unfolding(address)
    said = [column for event in events_of(view) if event["name"] == "steps" for column in event["data"]["y"]]
    assert_array_equal(np.array(said).T, view.scene.y)


@pytest.mark.parametrize("address", FOLDED)
def test_all_columns_landed_make_y(address: str) -> None:
    view = folding(address)
    top, right, bottom, left = view.scatter_map.margin
    rows, cols = view.scatter_map.shape
    for plane in view.drawn:
        picture = view.sums.picture(plane, view.steps - 1).reshape(rows, cols)[top : rows - bottom, left : cols - right]
        assert_allclose(picture, view.scene.y[plane], rtol=1e-12, atol=1e-12)
    shown, counts = view.sums.held(view.drawn[0], view.steps - 1)
    assert_array_equal(shown[~np.isnan(shown)], view.scene.y[view.drawn[0]].ravel())
    assert_array_equal(counts == 0, np.isnan(shown) | (view.scatter_map.counts(0, view.steps - 1).ravel() == 0))


def test_nothing_is_shown_that_has_not_landed() -> None:
    view = folding("/fold")
    values, counts = view.sums.held(0, 0)
    assert np.flatnonzero(~np.isnan(values)).tolist() == view.scatter_map.stamp(0)
    assert np.flatnonzero(counts).tolist() == view.scatter_map.stamp(0)
    assert np.isnan(unfolding("/unfold").written(2)[:, 3:]).all()


def test_ones_count_the_windows_over_each_cell() -> None:
    view = folding("/fold?x=ones:9x25&kernel_size=3&output_size=7")
    assert_array_equal(view.scene.y[0], view.covered)
    assert view.scene.y.max() == 9
    assert "counts how many windows" in view.note("").sentence


@pytest.mark.parametrize("address", make_columns.SCENES.values())
def test_a_long_scene_comes_in_pages_that_agree(address: str) -> None:
    view = columns_at(address)
    half = view.steps // 2
    whole, later = view.batch(0, view.steps), view.batch(half, view.steps)
    name = "y" if isinstance(view, Unfolding) else "after"
    said = [orjson.loads(dumps(part[name])) for part in (whole, later)]
    assert said[1] == said[0][half:]


@pytest.mark.parametrize("address", make_columns.SCENES.values())
def test_the_page_and_the_poster_show_the_column_of_the_step(address: str) -> None:
    view = columns_at(address)
    frame = view.frame(view.notable_step)
    matrix = f"{view.letter}.0"
    assert cells_of(frame["outlines"], matrix) == [
        row * view.steps + view.notable_step for row in range(len(view.matrix))
    ]
    assert {outline["plane"] for outline in frame["outlines"]} == set(ids(stage(view).drawing))
    assert b"</svg>" in poster(view)


@pytest.mark.parametrize(
    ("address", "columns"),
    [("/unfold", 6), ("/fold", 6), ("/unfold?x=random:2x4x4:1", 9), ("/conv2d?x=ramp:4x4&view=im2col", 4)],
)
@pytest.mark.parametrize("first", [0, 1])
def test_a_poster_numbers_rows_and_columns_as_the_reader_counts(address: str, columns: int, first: int) -> None:
    found = ElementTree.fromstring(poster(view_at(f"{address}{'&' if '?' in address else '?'}indices={first}")))
    [legend] = [group for group in found.iter() if group.get("class") == "legend"]
    taps, windows, *_ = [[text.text for text in group] for group in legend if group.tag.endswith("g")]
    assert windows == [str(column + first) for column in range(columns)]
    assert taps[:2] == [f"{first},{first}", f"{first},{first + 1}"]
    assert "var(" not in ElementTree.tostring(found, "unicode")


@pytest.mark.parametrize("address", ["/unfold", "/unfold?x=seven&kernel_size=3&stride=2&padding=1", UNFOLDED[2]])
def test_the_links_beside_an_unfolding_lead_to_its_fold(address: str) -> None:
    view = unfolding(address)
    back, count = (followed(way.address) for way in view.note("").ways)
    times = view.covered[np.newaxis]
    assert_array_equal(back.y, view.scene.x * times)
    assert_array_equal(count.y, np.broadcast_to(times, count.y.shape))
    again = folding("/fold").note("").ways[-1]
    assert_array_equal(followed(again.address).x, scene_at("/fold").y)


def followed(address: str):  # type: ignore[no-untyped-def]
    path, _, query = address.partition("?")
    return read_scene(OPERATIONS[path.removeprefix("/")], read_address(query.encode()), Limits())


def test_windows_that_do_not_overlap_offer_nothing_to_count() -> None:
    view = unfolding("/unfold?stride=2&x=ramp:4x4")
    assert [way.label for way in view.note("").ways] == ["Fold it back"]
    assert "no number of x is copied" in view.note("").sentence


def test_what_an_address_cannot_hold_is_not_offered() -> None:
    view = unfolding("/unfold?x=digit:7&kernel_size=5")
    assert [way.label for way in view.note("").ways] == ["Count the overlaps"]


def test_the_links_of_an_embedded_stage_stay_embedded() -> None:
    assert all(way.address.startswith("/embed/fold?") for way in unfolding("/unfold").note("/embed").ways)


def test_a_link_brings_its_channel_forward() -> None:
    assert 6 in unfolding("/unfold?x=random:9x4x5:1&channel=6").drawn
    assert 5 in folding("/fold?x=random:24x20:1&output_size=5,6&filter=5").drawn


def test_a_stream_of_many_columns_comes_in_batches() -> None:
    view = view_at("/fold?x=ones:4x961&output_size=32")
    page = events.page_of(view, 100, 200)
    [(start, stop)] = list(page.batches())
    assert (start, stop) == (100, 200)
    assert len(orjson.loads(dumps(view.batch(start, stop)["after"]))) == 100
