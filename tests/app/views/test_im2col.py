"""Im2col: W · X is the output, X is what unfold makes, and what cannot be one product is refused in words."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from app.address.query import read_address
from app.address.refusal import Refusal
from app.operations import OPERATIONS
from app.pages.scene.stage import stage
from app.scene.reading import read_scene
from app.scene.scene import Scene
from app.settings import Limits
from app.stream.picture import poster
from app.views.im2col import Im2col
from tests.app import drawn
from tests.app.sheets import ids
from tests.fixtures import make_im2col
from tests.fixtures.make_frames import view_at


def im2col_at(address: str) -> Im2col:
    view = view_at(address)
    assert isinstance(view, Im2col)
    return view


def test_what_the_javascript_is_held_to_is_what_python_says_today() -> None:
    made = make_im2col.fixtures()
    assert make_im2col.FILE.read_bytes() == made, "python -m tests.fixtures.make_im2col writes it anew"


@settings(max_examples=150, deadline=None)
@given(drawn.scenes())
def test_the_product_of_both_matrices_is_the_output(scene: Scene) -> None:
    try:
        view = Im2col(scene)
    except Refusal:
        return
    bias = 0.0 if scene.b is None else scene.b[:, np.newaxis]
    product = view.kernels @ view.unfolded + bias
    assert_allclose(product, scene.y.reshape(len(product), -1), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("address", make_im2col.SCENES.values())
def test_every_step_lights_a_row_a_column_and_their_number(address: str) -> None:
    view = im2col_at(address)
    for step in range(view.steps):
        lit = {outline["plane"]: outline["cells"] for outline in view.frame(step)["outlines"]}
        row, column = view.kernels.ravel()[lit["W.0"]], view.unfolded.ravel()[lit["X.0"]]
        bias = 0.0 if view.scene.b is None else view.scene.b[view.place(step)[0]]
        assert_allclose(row @ column + bias, view.scene.y.flat[step], rtol=1e-9, atol=1e-9)
        assert lit["Y.0"] == [step]


@pytest.mark.parametrize(
    "address",
    [
        "/conv2d?view=im2col",
        "/conv2d?view=im2col&x=random:2x5x6:1&w=random:3x2x2x3:1&stride=2,1&padding=1&dilation=1,2",
    ],
)
def test_the_link_beside_it_leads_to_the_same_columns(address: str) -> None:
    view = im2col_at(address)
    [way] = view.note("").ways
    path, _, query = way.address.partition("?")
    unfolded = read_scene(OPERATIONS[path.removeprefix("/")], read_address(query.encode()), Limits())
    assert_array_equal(unfolded.y, view.unfolded)


@pytest.mark.parametrize("address", ["/conv1d?view=im2col", "/conv2d?view=im2col&padding=0:1,1:0"])
def test_what_unfold_does_not_know_is_not_offered(address: str) -> None:
    assert im2col_at(address).note("").ways == ()


@pytest.mark.parametrize("address", make_im2col.SCENES.values())
def test_the_page_and_the_poster_show_all_three_matrices(address: str) -> None:
    view = view_at(address)
    assert {"W.0", "X.0", "Y.0"} <= set(ids(stage(view).drawing))
    assert b"</svg>" in poster(view)


def test_groups_are_no_single_product() -> None:
    with pytest.raises(Refusal, match="groups=2"):
        _ = view_at("/conv2d?x=random:2x5x5:1&w=random:2x1x3x3:1&groups=2&view=im2col")


def test_matrices_too_large_to_draw_are_refused_with_their_size() -> None:
    with pytest.raises(Refusal, match="10 × 909 cells"):
        _ = view_at("/conv2d?x=random:32x32:1&view=im2col")
