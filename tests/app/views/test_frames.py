"""The fixtures that hold Python and JavaScript to the same frames, equations and numbers are up to date."""

from types import ModuleType

import pytest

from tests.fixtures import make_equations, make_frames, make_numbers


@pytest.mark.parametrize("made", [make_frames, make_equations, make_numbers], ids=lambda made: made.FILE.name)
def test_what_the_javascript_is_held_to_is_what_python_says_today(made: ModuleType) -> None:
    assert made.FILE.read_bytes() == made.fixtures(), f"python -m {made.__name__} writes it anew; see what has changed"


def test_every_operation_and_padding_mode_has_a_frame_that_both_sides_make() -> None:
    layers = [make_frames.scene_at(address).layer for address in make_frames.SCENES.values()]
    assert {len(layer.axes) for layer in layers} == {1, 2}
    assert {axis.padding_mode for layer in layers for axis in layer.axes} >= {
        "zeros",
        "reflect",
        "replicate",
        "circular",
    }
    assert {axis.flip for layer in layers for axis in layer.axes} == {False, True}
    assert {layer.groups for layer in layers} >= {1, 2, 3}
