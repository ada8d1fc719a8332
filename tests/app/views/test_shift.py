"""The view shift: a convolution moves along, pooling forgives, and where neither holds the page says why."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from app.address.refusal import Refusal
from app.pages.gallery import worked_scenes
from app.pages.panel.neighbours import in_view
from app.scene.scene import Scene
from app.views.shift import Shift, shifted
from tests.app import drawn
from tests.fixtures import make_shift
from tests.fixtures.make_frames import scene_at, view_at

Refused = Callable[..., tuple[str, str]]


def shift_of(address: str) -> Shift:
    view = view_at(address)
    assert isinstance(view, Shift)
    return view


def test_what_the_javascript_is_held_to_is_what_python_says_today() -> None:
    assert make_shift.FILE.read_bytes() == make_shift.fixtures(), "python -m tests.fixtures.make_shift writes it anew"


def test_moving_is_numpys_roll_without_what_comes_round() -> None:
    values = np.arange(12.0).reshape(1, 3, 4)
    rolled = np.roll(values, (1, -2), (1, 2))
    rolled[:, :1], rolled[:, :, -2:] = 0, 0
    assert_array_equal(shifted(values, (1, -2)), rolled)
    assert not shifted(values, (5, 0)).any()


@settings(max_examples=100, deadline=None)
@given(drawn.scenes(), st.lists(st.integers(-5, 5), min_size=2, max_size=2))
def test_moved_by_whole_strides_a_convolution_moves_along_but_at_the_border(scene: Scene, strides: list[int]) -> None:
    spatial = scene.operation.spatial
    moves = tuple(
        count * axis.stride
        for count, axis in zip(strides[:spatial], scene.layer.axes, strict=True)  # type: ignore[union-attr]
    )
    if max(map(abs, moves)) > scene.limits.side:
        return
    view = Shift(replace(scene, presentation=scene.presentation.model_copy(update={"shift": moves})))
    rows, cols = view.borders
    inside = view.apart.reshape(-1, len(rows), len(cols))[:, ~rows][:, :, ~cols]
    assert view.is_aligned
    assert not inside.any()


def test_half_a_stride_breaks_equivariance_far_from_any_border() -> None:
    view = shift_of("/conv2d?x=random:9x9:1&stride=2&view=shift")
    assert not view.is_aligned
    assert view.output_moves == (0, 0)
    assert view.far_from_borders(view.apart != 0) > 0


def test_pooling_forgives_a_move_within_its_window() -> None:
    alone = shift_of("/max_pool2d?x=0,0,0,0;5,0,7,0;0,0,0,0;3,0,9,0&view=shift")
    assert not alone.apart.any()
    leaves = shift_of("/max_pool2d?x=0,0,0,0;0,5,0,7;0,0,0,0;0,3,0,9&view=shift")
    assert leaves.apart.any()


@pytest.mark.parametrize("operation", ["max_pool2d", "avg_pool2d", "lp_pool2d", "max_pool1d", "avg_pool1d"])
def test_the_bare_pooling_leads_to_a_spike_that_it_forgives(operation: str) -> None:
    link = in_view(scene_at(f"/{operation}"), "shift")
    assert link is not None
    spike = shift_of(link)
    assert np.count_nonzero(spike.scene.x) == 1
    for shift in ("1", "0,1", "1,0") if operation.endswith("2d") else ("1",):
        assert not shift_of(f"{link}&shift={shift}").apart.any()


def test_numbers_of_the_readers_own_stay_where_another_view_is_chosen() -> None:
    assert in_view(scene_at("/max_pool2d?x=ramp:4x4"), "shift") == "/max_pool2d?x=ramp:4x4&view=shift"
    assert in_view(scene_at("/max_pool2d?kernel_size=3"), "shift") == "/max_pool2d?kernel_size=3&view=shift"
    assert in_view(scene_at("/max_pool2d?view=shift"), "gather") == "/max_pool2d"
    assert in_view(scene_at("/max_pool2d?view=shift"), "shift") == "/max_pool2d?view=shift"


def test_three_of_the_four_moves_of_the_worked_spike_change_nothing() -> None:
    address = worked_scenes()["invariance"].address
    apart = [shift_of(f"{address}&shift={shift}").apart.any() for shift in ("0,1", "1,0", "-1,0", "0,-1")]
    assert apart == [False, False, False, True]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/conv2d?shift=0&view=shift", "Nothing has moved yet: drag the moved input, or press an arrow."),
        (
            "/conv2d?view=shift",
            "The input moved by 1 cell right, and the output with it. Inside, every number moved along; "
            "2 of 25 differ, all where a window meets the border.",
        ),
        (
            "/conv2d?stride=2&shift=2,0&view=shift",
            "The input moved by 2 cells down, the output by 1 cell down. "
            "Every number moved along: that is equivariance.",
        ),
        (
            "/conv2d?stride=2&shift=1,-2&view=shift",
            "The input moved by 1 cell down and 2 cells left, but windows begin only at every second cell: "
            "the output would have to move by 1/2 of a cell, and no cell lies there.",
        ),
        (
            "/conv1d?x=ones:9&stride=2&w=1,-1&shift=3&view=shift",
            "The input moved by 3 cells right, but windows begin only at every second cell: "
            "the output would have to move by 3/2 cells, and no cell lies there.",
        ),
        (
            "/max_pool2d?x=digit:7&view=shift",
            "The input moved by 1 cell right, less than a stride of 2: 11 of 50 outputs that hold something stay, "
            "where the largest number is still in its window. Pooling forgives that.",
        ),
        (
            "/max_pool2d?x=impulse:4x4&view=shift",
            "The input moved by 1 cell right, less than a stride of 2: the only output that holds something stays, "
            "where the largest number is still in its window. Pooling forgives that.",
        ),
        (
            "/max_pool2d?x=impulse:4x4&view=shift&shift=0,-1",
            "The input moved by 1 cell left, less than a stride of 2: 0 of 2 outputs that hold something stay: "
            "no largest number is still in its window. Pooling does not forgive that.",
        ),
        (
            "/avg_pool2d?x=ones:4x4&view=shift",
            "The input moved by 1 cell right, less than a stride of 2: 2 of 4 outputs stay, "
            "the others change by at most 0.5. A mean forgives a little.",
        ),
        (
            "/avg_pool2d?x=impulse:4x4&view=shift&shift=1",
            "The input moved by 1 cell down and 1 cell right, less than a stride of 2: "
            "the only output that holds something stays. A mean forgives that.",
        ),
        (
            "/max_pool2d?x=zeros:4x4&view=shift",
            "The input moved by 1 cell right, less than a stride of 2: every output is 0, before and after.",
        ),
        ("/avg_pool2d?view=shift", "The input moved by 1 cell right, less than a stride of 2: 1 of 4 outputs stay"),
    ],
)
def test_the_sentence_says_what_became_of_the_output(address: str, sentence: str) -> None:
    assert shift_of(address).sentence.startswith(sentence)


def test_the_arrows_lead_one_cell_further() -> None:
    aside = shift_of("/conv2d?shift=2,1&stride=2&view=shift").note("/embed")
    assert [arrow.address for arrow in aside.arrows] == [
        f"/embed/conv2d?stride=2&view=shift&shift={moves}" for moves in ("1,1", "3,1", "2,0", "2,2")
    ]
    assert aside.pattern == "/embed/conv2d?stride=2&view=shift&shift=SHIFT"


def test_it_rests_where_both_windows_are_seen() -> None:
    for address in make_shift.SCENES.values():
        view = shift_of(address)
        assert view.source(view.notable_step) is not None


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("shift=1,2,3", "shift takes one number, or one for each of the 2 axes, down before right, but “1,2,3” has 3."),
        ("shift=129", "The input is moved by at most 128 cells, but shift is 129."),
        ("shift=0,-200", "The input is moved by at most 128 cells, but shift is −200."),
        ("shift=a", "shift must be a whole number such as 1, but “a” is not one."),
    ],
)
def test_a_shift_that_is_none_is_refused_at_its_field(query: str, sentence: str, refused: Refused) -> None:
    field, said = refused(f"{query}&view=shift")
    assert (field, said) == ("shift", sentence)


def test_a_move_that_the_operation_cannot_take_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match="Moved by 0,1, this input cannot be shown: lp_pool2d refuses it"):
        _ = view_at("/lp_pool2d?x=-1,3;0,0&kernel_size=1,2&norm_type=3&view=shift")


def test_six_planes_with_too_many_cells_for_numbers_are_pictures() -> None:
    view = shift_of("/conv2d?x=digit:7&view=shift")
    assert all(titled.plane.is_picture for place in view.places(view.frame(0)) for titled in place.planes)
    view = shift_of("/max_pool2d?x=digit:7&view=shift")
    assert not any(titled.plane.is_picture for place in view.places(view.frame(0)) for titled in place.planes)
