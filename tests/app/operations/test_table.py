"""The table of operations: each entry is whole, agrees with itself, and says what its layers are."""

from dataclasses import replace
from typing import Annotated, Any

import pytest

from app.address.parameters import Flag, Label
from app.main import create_app
from app.operations import OPERATIONS
from app.operations.common.panel_fields import X
from app.operations.convolution.entries import CONV2D
from app.operations.convolution.layer import ConvolutionParameters
from app.paths import static_folder
from app.scene.operation import Operation, Roles
from app.scene.reading import read_scene
from app.settings import Limits
from app.views.table import VIEWS, view_of


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"steppers": ("strid",)}, "no parameter strid"),
        ({"defaults": {**CONV2D.defaults, "output_padding": "0"}}, "no parameter output_padding"),
        ({"examples": {"flip": {"bogus": "1"}}}, "no parameter bogus"),
        ({"grids": {"x": X}}, "no description of the grid w"),
        ({"grids": {**CONV2D.grids, "v": X}}, "no grid among its parameters that is called v"),
        ({"defaults": {"x": "seven"}}, "no default of w"),
        ({"examples": {"columns": {}}}, "no view columns"),
        ({"starts": (("depthwise", "/conv1d?groups=3"),)}, "no start on the page /conv1d"),
        ({"roles": Roles("input", "", "output")}, "no name of the weights in roles, but w"),
        ({"views": ()}, "no view"),
        ({"scatters": None}, "no way \\(scatters\\) for its view scatter"),
    ],
)
def test_an_entry_that_does_not_agree_with_itself_is_refused_in_a_sentence(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=f"The entry of conv2d is not whole. It has .*{sentence}"):
        replace(CONV2D, **changes)


def test_an_entry_without_a_title_is_no_operation() -> None:
    with pytest.raises(TypeError, match="title"):
        Operation(name="conv2d")  # type: ignore[call-arg]


def test_the_program_does_not_start_with_a_view_that_is_in_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPERATIONS, "conv2d", replace(CONV2D, views=("gather", "hologram")))
    with pytest.raises(ValueError, match="conv2d names the view hologram"):
        create_app()


def test_the_program_does_not_start_with_a_parameter_that_the_panel_cannot_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Shuffled(ConvolutionParameters):
        seed: int = 0

    monkeypatch.setitem(OPERATIONS, "conv2d", replace(CONV2D, parameters=Shuffled))
    with pytest.raises(ValueError, match="no words for the parameter seed of conv2d"):
        create_app()


def test_a_parameter_of_one_operation_says_itself_what_the_panel_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shuffled(ConvolutionParameters):
        seed: Annotated[int, Label("Seed")] = 0
        mirrored: Annotated[Flag, Label("Mirror the kernel")] = False

    shuffled = replace(CONV2D, parameters=Shuffled)
    assert shuffled.labels == {**CONV2D.labels, "seed": "Seed", "mirrored": "Mirror the kernel"}
    assert shuffled.flags == ["flip", "mirrored"]
    monkeypatch.setitem(OPERATIONS, "conv2d", shuffled)
    create_app()


def test_every_view_is_some_operations() -> None:
    assert {view for operation in OPERATIONS.values() for view in operation.views} == set(VIEWS)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_an_entry_says_of_its_grids_what_its_layer_has(operation: Operation) -> None:
    scene = read_scene(operation, {}, Limits())
    assert operation.grids.keys() == scene.layer.grids.keys()
    assert bool(operation.roles.weights) == (scene.layer.weights is not None)
    assert len({scene.grid(name).shape[axis] for name, axis in operation.channel_axes.items()}) <= 1
    assert len({scene.grid(name).shape[axis] for name, axis in operation.filter_axes.items()}) <= 1
    for view in operation.views:
        shown = read_scene(operation, {"view": view}, Limits())
        assert view_of(shown).name == view


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_view_of_an_entry_has_a_script(operation: Operation) -> None:
    for name in operation.views:
        view = view_of(read_scene(operation, {"view": name}, Limits()))
        assert (static_folder() / "js" / "views" / f"{view.script or view.name}.js").exists()
