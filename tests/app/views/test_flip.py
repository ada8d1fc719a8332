"""The view flip: both lanes are scenes that PyTorch knows, and the sentence says what turning does."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_array_equal

from app.pages.scene.stage import stage
from app.scene.scene import Scene
from app.stream.picture import poster
from app.views.flip import Flip
from tests.app import drawn
from tests.app.sheets import sheets
from tests.fixtures import make_flip
from tests.fixtures.make_frames import scene_at, view_at


def flip_of(address: str) -> Flip:
    view = view_at(address)
    assert isinstance(view, Flip)
    return view


def test_what_the_javascript_is_held_to_is_what_python_says_today() -> None:
    assert make_flip.FILE.read_bytes() == make_flip.fixtures(), "python -m tests.fixtures.make_flip writes it anew"


@settings(max_examples=50, deadline=None)
@given(drawn.scenes())
def test_the_other_lane_is_the_scene_of_the_turned_kernel(scene: Scene) -> None:
    turned = np.flip(scene.w, tuple(range(2, scene.w.ndim)))
    by_hand = scene_at(f"/{scene.operation.name}").operation.resolve  # the same operation, another kernel
    other = Flip(scene).other
    assert other.layer.parameters["flip"] is not scene.layer.parameters["flip"]
    fields = {name: text for name, text in scene.layer.spelled.items() if name != "w"}
    parameters = scene.operation.parameters(**{**fields, "x": scene.x.tolist(), "w": turned.tolist()})
    assert_array_equal(
        by_hand(scene.operation, parameters, scene.limits).compute(0, scene.layer.outputs).y, other.y.ravel()
    )


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "/conv2d?view=flip",
            "sobel-x is not symmetric: turned by 180°, every sign turns, and so does every sum. 21 of 25",
        ),
        ("/conv2d?w=gaussian&view=flip", "gaussian is symmetric: turned by 180°, nothing changes, and both outputs"),
        (
            "/conv2d?w=sobel-x&b=3&view=flip",
            "sobel-x is not symmetric: turned by 180°, every sign turns, and so does every sum before the bias.",
        ),
        (
            "/conv1d?w=1,2,3&view=flip",
            "This kernel is not symmetric: turned by 180°, its weights meet other numbers. 5 of 6",
        ),
        (
            "/conv1d?x=ones:5&w=1,2,3&view=flip",
            "This kernel is not symmetric, but on this input all 3 outputs are the same.",
        ),
    ],
)
def test_the_sentence_says_what_turning_does(address: str, sentence: str) -> None:
    assert flip_of(address).note("").sentence.startswith(sentence)


def test_it_rests_where_turning_changes_most() -> None:
    view = flip_of("/conv1d?x=0,0,0,5,0,0&w=1,1,4&view=flip")
    assert view.apart.ravel()[view.notable_step] == view.apart.max() == 15
    assert flip_of("/conv2d?w=gaussian&view=flip").notable_step == view_at("/conv2d?w=gaussian").notable_step


def test_every_output_that_differs_is_marked_in_both_lanes() -> None:
    view = flip_of("/conv2d?view=flip")
    lanes = view.places(view.frame(0))[1:]
    assert [sum(len(mark.cells) for mark in place.planes[2].marks) for place in lanes] == [21, 21]


def test_a_turned_kernel_keeps_its_letters_at_its_weights() -> None:
    drawn_stage = stage(view_at("/conv1d?w=1,2,3&letters=true&view=flip"))
    said = {sheet.id: sheet.cells for sheet in sheets(drawn_stage.drawing)}
    assert said["w.0"] == ["a", "b", "c"]
    assert said["w.0.other"] == ["c", "b", "a"]
    letters = re.findall(r'<mi class="tap">(.)</mi>', drawn_stage.equation)
    assert letters == ["a", "b", "c", "c", "b", "a"]
    picture = poster(view_at("/conv1d?w=1,2,3&letters=true&view=flip")).decode()
    assert re.findall(r'font-weight="400">([abc])</tspan>', picture) == letters


def test_where_cells_are_too_small_for_marks_none_are_promised() -> None:
    assert flip_of("/conv2d?view=flip").note("").sentence.endswith("21 of 25 outputs differ; they are marked.")
    view = flip_of("/conv2d?x=random:40x40&view=flip")
    assert view.note("").sentence.endswith(" of 1,444 outputs differ.")
    assert not any(titled.marks for place in view.places(view.frame(0)) for titled in place.planes)
