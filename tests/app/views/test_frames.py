"""The fixtures that hold Python and JavaScript to the same frames, equations and numbers are up to date."""

from types import ModuleType

import pytest

from kernels.axis import Axis
from tests.fixtures import make_equations, make_frames, make_numbers


@pytest.mark.parametrize("made", [make_frames, make_equations, make_numbers], ids=lambda made: made.FILE.name)
def test_what_the_javascript_is_held_to_is_what_python_says_today(made: ModuleType) -> None:
    assert made.FILE.read_bytes() == made.fixtures(), f"python -m {made.__name__} writes it anew; see what has changed"


GATHERED = {
    *("conv1d", "conv2d", "max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d", "lp_pool2d"),
    *("adaptive_avg_pool2d", "adaptive_max_pool2d", "conv2d_weight", "conv3d"),
}


def test_every_operation_and_padding_mode_has_a_frame_that_both_sides_make() -> None:
    scenes = [make_frames.scene_at(address) for address in make_frames.SCENES.values()]
    layers = [scene.layer for scene in scenes]
    assert {scene.operation.name for scene in scenes} >= GATHERED
    assert {layer.relation.reduction for layer in layers} == {"sum", "max", "mean", "power"}
    assert {len(layer.axes) for layer in layers} == {1, 2, 3}
    axes = [axis for layer in layers for axis in layer.axes if isinstance(axis, Axis)]
    assert {axis.padding_mode for axis in axes} >= {"zeros", "reflect", "replicate", "circular"}
    assert {axis.flip for axis in axes} == {False, True}
    assert {layer.groups for layer in layers} >= {1, 2, 3}
