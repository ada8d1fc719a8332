"""Gather: what one step shows is what the trace computed, and nothing is shown that the grids do not hold."""

from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from app.address.query import read_address
from app.pages.scene.stage import stage
from app.scene.scene import Scene
from app.views.common.gather import Gather
from app.views.frame import Frame, cells_of, whole
from app.views.table import view_of
from kernels.axis import Axis
from tests.app import drawn
from tests.app.sheets import sheets


def scene_at(query: str, operation: str = "conv2d") -> Scene:
    return drawn.scene_of(operation, read_address(query.encode()))


def gather_of(scene: Scene) -> Gather:
    view = view_of(scene)
    assert isinstance(view, Gather)
    return view


@st.composite
def shown(draw: st.DrawFn) -> tuple[Scene, Frame]:
    """A scene that opens at any of its steps, and its frame there."""
    scene = draw(drawn.scenes())
    step = draw(st.integers(0, scene.layer.outputs - 1))
    scene = drawn.scene_of(scene.operation.name, scene.spelled(step=str(step), channel=None, filter=None))
    return scene, view_of(scene).frame(step)


def rows_and_cols(scene: Scene) -> tuple[Axis, Axis]:
    """The axes of a picture: a line of cells has one row."""
    axes = tuple(axis for axis in scene.layer.axes if isinstance(axis, Axis))
    return (Axis(1, 1), axes[0]) if len(axes) == 1 else (axes[0], axes[1])


def fills(frame: Frame, kind: str) -> dict[int, list[float]]:
    return {
        int(fill["plane"].split(".")[1]): fill["values"]
        for fill in frame["fills"]
        if fill["plane"].startswith(f"{kind}.") and "values" in fill
    }


@settings(max_examples=150, deadline=None)
@given(shown())
def test_the_products_of_a_channel_add_up_to_the_traces_channel_sum(drawing: tuple[Scene, Frame]) -> None:
    scene, frame = drawing
    step = frame["step"]
    traced = scene.trace(step, step + 1)
    view = gather_of(scene)
    filter, _ = view.place(step)
    first = view.group_of(filter)[0]
    products = fills(frame, "p")
    assert products
    for channel, values in products.items():
        assert_allclose(sum(values), traced.channel_sums[channel - first, 0], rtol=1e-12, atol=1e-12)


@settings(max_examples=150, deadline=None)
@given(shown())
def test_the_window_is_the_cells_that_the_axes_tables_name(drawing: tuple[Scene, Frame]) -> None:
    scene, frame = drawing
    _, cell = gather_of(scene).place(frame["step"])
    rows, cols = rows_and_cols(scene)
    out_row, out_col = divmod(cell, cols.output_size)
    cells = {
        int(row * cols.padded_size + col) for row in rows.taps[out_row].tolist() for col in cols.taps[out_col].tolist()
    }
    windows = [outline["cells"] for outline in frame["outlines"] if outline["role"] == "window"]
    assert windows
    for window in windows:
        assert set(window) == cells
        assert window == sorted(window), "in reading order"
        assert len(window) == prod(scene.w.shape[2:])


@settings(max_examples=150, deadline=None)
@given(shown())
def test_every_number_of_the_equation_comes_from_the_grids(drawing: tuple[Scene, Frame]) -> None:
    scene, frame = drawing
    equation = frame["equation"]
    filter, *index = (int(i) for i in np.unravel_index(frame["step"], scene.layer.y_shape))
    channel = equation["channel"]
    group = gather_of(scene).group_of(filter)
    assert equation["index"] == ([*index] if len(scene.w) == 1 else [filter, *index])
    assert channel in group
    assert equation["place"] == channel - group[0]
    terms = [pair for row in equation["rows"] for pair in row]
    weights = sorted(weight for _, weight in terms if weight is not None)
    assert weights == sorted(scene.w[filter, channel - group[0]].ravel().tolist())
    assert {value for value, _ in terms} <= {0.0, *scene.x[channel].ravel().tolist()}
    assert equation["y"] == scene.y[(filter, *index)]
    assert equation["bias"] == (None if scene.b is None else scene.b[filter])
    activated = scene.activate(scene.y)
    assert equation["a"] == (None if activated is None else activated[(filter, *index)])


@settings(max_examples=150, deadline=None)
@given(shown())
def test_the_equation_holds(drawing: tuple[Scene, Frame]) -> None:
    scene, frame = drawing
    equation = frame["equation"]
    total = sum(value * weight for row in equation["rows"] for value, weight in row if weight is not None)
    if equation["sums"]:
        assert_allclose(total, equation["sums"][equation["place"]], rtol=1e-12, atol=1e-12)
        total = sum(equation["sums"])
    assert_allclose(total + (equation["bias"] or 0), equation["y"], rtol=1e-12, atol=1e-12)
    labels = {label["plane"]: label["value"] for label in frame["labels"]}
    assert bool(labels) == (scene.w.shape[1] > 1)


@settings(max_examples=100, deadline=None)
@given(shown())
def test_a_frame_refers_only_to_planes_that_are_drawn_and_to_cells_that_they_have(
    drawing: tuple[Scene, Frame],
) -> None:
    scene, frame = drawing
    sizes = planes(gather_of(scene), frame["step"])
    named = [part["plane"] for key in ("fills", "outlines", "labels") for part in frame[key]]  # type: ignore[literal-required]
    named += [end for link in frame["links"] for end in (link["start"], link["end"])]
    assert set(named) <= set(sizes)
    for plane in set(named):
        assert all(0 <= cell < sizes[plane] for cell in cells_of(frame["outlines"], plane))


def planes(view: Gather, step: int) -> dict[str, int]:
    """How many cells each drawn plane has."""
    arrangement = view.arrangement
    made = [view.input_plane(channel) for channel in arrangement.channels]
    active, _ = view.place(step)
    made += [view.product_plane(active, channel, step) for channel in arrangement.channels]
    for filter in arrangement.filters:
        group = view.group_of(filter)
        made += [view.slice_plane(filter, channel) for channel in arrangement.channels if channel in group]
        made.append(view.output_plane(filter))
        made += [view.activation_plane(filter)] if view.scene.layer.activation else []
    return {plane.id: plane.values.size for plane in made}


@settings(max_examples=100, deadline=None)
@given(shown())
def test_outputs_are_shown_up_to_this_step_and_no_further(drawing: tuple[Scene, Frame]) -> None:
    scene, frame = drawing
    area = prod(scene.layer.y_shape[1:])
    for fill in frame["fills"]:
        if "shown" in fill:
            filter = int(fill["plane"].split(".")[1])
            seen = np.arange(filter * area, (filter + 1) * area) <= frame["step"]
            assert fill["shown"] == seen.sum()


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_padding_is_drawn_as_the_window_sees_it(scene: Scene) -> None:
    plane = gather_of(scene).input_plane(0)
    rows, cols = rows_and_cols(scene)
    pairs = [rows.padding, cols.padding]
    values = scene.x[0].reshape(1, -1) if scene.x.ndim == 2 else scene.x[0]
    mode = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    padded = np.pad(values, pairs, mode[cols.padding_mode])  # type: ignore[call-overload]
    np.testing.assert_array_equal(plane.values, padded)
    inside = [not plane.is_margin(row, col) for row in range(plane.rows) for col in range(plane.cols)]
    assert plane.values.ravel()[inside].tolist() == values.ravel().tolist()


@pytest.mark.parametrize(
    "query",
    [
        "x=random:16x32x32:1&w=random:16x16x3x3:1",
        "x=random:6x32x32:1&w=random:4x6x15x15:1&padding=7",
        "x=random:1x32x32:1&w=random:64x1x1x1:1&activation=relu",
        "x=random:16x4x4:1&w=random:64x16x1x1:1",
        "x=random:3x32x32:1&w=random:2x3x3x3:1&padding=64&padding_mode=replicate",
        "x=random:16x128x128:1&w=random:2x16x3x3:1&stride=4",
        "x=random:8x8x8:1&w=random:8x1x3x3:1&groups=8&channel=7&filter=7",
    ],
)
def test_about_three_thousand_cells_are_drawn_at_most(query: str) -> None:
    scene = scene_at(query)
    view = gather_of(scene)
    arrangement = view.arrangement
    filter = arrangement.filters[0]
    made = [view.input_plane(channel) for channel in arrangement.channels]
    made += [view.output_plane(filter)] * len(arrangement.filters)
    made += [view.activation_plane(filter)] * len(arrangement.filters) if scene.layer.activation else []
    taps = prod(scene.w.shape[2:]) * len(arrangement.channels) * (len(arrangement.filters) + 1)
    numbered = taps + sum(plane.values.size for plane in made if not plane.is_picture)
    # One channel of one filter is never folded, however large: there would be nothing left.
    assert numbered <= 3200 or arrangement.is_single


@pytest.mark.parametrize(
    "query", ["x=random:8x24x24&kernel_size=3", "x=random:3x20x20&kernel_size=15&grad_output=random:4x6x6"]
)
def test_where_gradients_cross_no_more_cells_are_drawn_than_elsewhere(query: str) -> None:
    scene = scene_at(query, "conv2d_weight")
    drawing = stage(view_of(scene)).drawing
    assert len(sheets(drawing)) > 3
    assert 0 < drawing.count('role="gridcell"') <= 3000


@settings(max_examples=100, deadline=None)
@given(drawn.scenes(), st.data())
def test_the_channel_and_the_filter_that_a_link_asks_for_are_drawn(scene: Scene, data: st.DataObject) -> None:
    filter = data.draw(st.integers(0, len(scene.w) - 1))
    channel = data.draw(st.sampled_from(gather_of(scene).group_of(filter)))
    raw = scene.spelled(channel=str(channel), filter=str(filter), step=None)
    arrangement = gather_of(drawn.scene_of(scene.operation.name, raw)).arrangement
    assert channel in arrangement.channels
    assert filter in arrangement.filters
    assert list(arrangement.channels) == sorted(set(arrangement.channels))


@pytest.mark.parametrize("filter", [0, 5, 31, 63])
@pytest.mark.parametrize("channel", [0, 7, 15])
def test_a_folded_channel_and_filter_come_forward_when_asked_for(channel: int, filter: int) -> None:
    scene = scene_at(f"x=random:16x8x8:1&w=random:64x16x3x3:1&channel={channel}&filter={filter}")
    arrangement = gather_of(scene).arrangement
    assert len(arrangement.channels) < 16
    assert len(arrangement.filters) < 64
    assert channel in arrangement.channels
    assert filter in arrangement.filters


def test_a_flipped_kernel_is_drawn_turned() -> None:
    plain, flipped = scene_at("w=1,2;3,4"), scene_at("w=1,2;3,4&flip=true")
    assert gather_of(plain).slice_plane(0, 0).values.tolist() == [[1, 2], [3, 4]]
    assert gather_of(flipped).slice_plane(0, 0).values.tolist() == [[4, 3], [2, 1]]


def test_the_frame_of_a_fixture_holds_whole_numbers_as_integers() -> None:
    scene = scene_at("x=seven&b=0.5")
    frame = whole(view_of(scene).frame(12))
    assert frame["equation"]["y"] == 31.5
    assert frame["equation"]["bias"] == 0.5
    assert all(type(number) is int for row in frame["equation"]["rows"] for pair in row for number in pair)
