"""The matrix view: F vec(x) is vec(y), Fᵀ is the transposed convolution, and large ones are refused in words."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from app.address.refusal import Refusal
from app.scene.scene import Scene
from app.views.matrix import Matrix
from kernels.matrix import matrix
from tests.app import drawn
from tests.fixtures.make_frames import view_at


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_the_matrix_times_the_input_is_the_output(scene: Scene) -> None:
    if scene.layer.outputs * scene.data.size > 200_000:
        return
    entries = Matrix(scene).entries
    bias = 0.0 if scene.b is None else np.repeat(scene.b, scene.y[0].size)
    assert_allclose(entries @ scene.data.ravel() + bias, scene.y.ravel(), rtol=1e-9, atol=1e-9)


def test_the_matrix_of_a_transposed_convolution_is_the_transpose() -> None:
    view = view_at("/conv_transpose2d?x=random:2x3x3:1&w=random:2x3x3x3:2&stride=2&padding=1&view=matrix")
    scene = view.scene
    assert isinstance(view, Matrix)
    forward = matrix(scene.layer.axes, channels=3, filters=2)  # type: ignore[arg-type]
    assert_allclose(view.entries, forward.transposed.dense(scene.w), atol=1e-12)


def test_the_row_of_a_step_reads_what_its_window_reads() -> None:
    view = view_at("/conv2d?x=ramp:4x4&view=matrix")
    lit = {outline["plane"]: outline["cells"] for outline in view.frame(3)["outlines"]}
    assert lit["X.0"] == [5, 6, 7, 9, 10, 11, 13, 14, 15]
    assert lit["Y.0"] == [3]


def test_a_matrix_too_large_to_draw_is_refused_with_its_size() -> None:
    with pytest.raises(Refusal, match="900 × 1024 entries"):
        view_at("/conv2d?x=random:32x32:1&view=matrix")


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("/conv2d?view=matrix", ["input", "kernel"]),
        ("/conv2d?view=matrix&flip=true", ["input", "kernel, turned by 180°"]),
        ("/conv_transpose2d?view=matrix", ["stretched input", "kernel, turned by 180°"]),
        ("/conv2d_input?view=matrix", ["padded upstream gradient", "kernel, turned by 180°"]),
        ("/conv2d_input?view=matrix&w=3", ["upstream gradient", "kernel, turned by 180°"]),
    ],
)
def test_the_titles_say_what_has_become_of_data_and_kernel(address: str, titles: list[str]) -> None:
    view = view_at(address)
    grids, *_ = view.places(view.frame(0))
    assert [titled.title for titled in grids.planes[:2]] == titles
