"""The JSON of a scene: every number, exactly."""

import re
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from app.scene.scene import Scene
from app.stream.document import document
from app.text.encoding import encode
from app.views.table import view_of
from kernels.convolution import convolve
from tests.app import drawn
from tests.app.direct import Direct

ACTIVATIONS = {
    "relu": lambda y: np.maximum(y, 0),
    "sigmoid": lambda y: 1 / (1 + np.exp(-y)),
    "tanh": np.tanh,
}


def read(scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(document(view_of(scene)))
    return found


@settings(max_examples=150, deadline=None)
@given(drawn.scenes())
def test_y_is_what_the_other_way_of_convolving_answers(scene: Scene) -> None:
    found = read(scene)
    whole = convolve(scene.x, scene.w, scene.b, axes=scene.layer.axes, groups=scene.layer.groups)
    assert_allclose(found["y"]["values"], whole, rtol=1e-9, atol=1e-9)
    activation = found["parameters"]["activation"]
    assert ("a" in found) == (activation is not None)
    if activation:
        assert found["a"]["shape"] == found["y"]["shape"]
        assert_allclose(found["a"]["values"], ACTIVATIONS[activation](whole), rtol=1e-9, atol=1e-9)


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_the_keys_come_in_the_order_of_a_readers_questions(scene: Scene) -> None:
    keys = ["operation", "parameters", "x", "w", "b", "y", "a", "steps", "sizes", "unused"]
    found = read(scene)
    assert list(found) == [key for key in keys if key in found]
    assert set(keys) - set(found) <= {"a"}
    assert set(found["parameters"]) == {
        "stride",
        "padding",
        "padding_mode",
        "dilation",
        "groups",
        "flip",
        "activation",
    }
    assert (found["b"] is None) == (scene.b is None)
    for name in ("x", "w", "y"):
        assert list(np.array(found[name]["values"]).shape) == found[name]["shape"]
    assert found["steps"] == np.prod(found["y"]["shape"])


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_what_the_json_says_of_a_scene_makes_the_scene_again(scene: Scene) -> None:
    """A program may read the JSON, change a number, and post the parts back."""
    found = read(scene)
    grids = {name: found[name]["values"] for name in ("x", "w", "b") if found[name]}
    parts = {name: value for name, value in found["parameters"].items() if value is not None}
    again = drawn.scene_of(scene.operation.name, grids | parts)
    assert document(view_of(again)) == document(view_of(scene))


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_the_formula_of_each_size_holds_with_its_own_numbers(scene: Scene) -> None:
    for size, side in zip(read(scene)["sizes"], scene.layer.y_shape[1:], strict=True):
        numbers = [int(number) for number in re.findall(r"\d+", size["formula"])]
        given_size, before, after, dilation, kernel, _, _, stride, _, output = numbers
        assert (given_size, kernel, stride, dilation) == tuple(
            size[name] for name in ("input", "kernel", "stride", "dilation")
        )
        assert [before, after] == size["padding"]
        assert (given_size + before + after - dilation * (kernel - 1) - 1) // stride + 1 == output == side
        assert size["fits"] == ((given_size + before + after - dilation * (kernel - 1) - 1) % stride == 0)
    names = ["length"] if scene.operation.spatial == 1 else ["height", "width"]
    assert [size["axis"] for size in read(scene)["sizes"]] == names


@settings(max_examples=60, deadline=None)
@given(drawn.scenes(), st.integers(1, 99))
def test_a_cell_is_unused_where_changing_it_changes_no_output(scene: Scene, change: int) -> None:
    """Found by experiment along each axis: a whole line of the input is changed, and y is compared."""
    assume(all(axis.read_counts.any() for axis in scene.layer.axes))  # else no line of another axis is seen either
    for axis, unused in enumerate(read(scene)["unused"], start=1):
        found = []
        for line in range(scene.x.shape[axis]):
            x = np.zeros(scene.x.shape)
            np.moveaxis(x, axis, 0)[line] = change
            y = convolve(x, np.ones(scene.w.shape), None, axes=scene.layer.axes, groups=scene.layer.groups)
            if not y.any():
                found.append(line)
        assert found == unused


def test_a_stride_of_three_on_seven_cells_leaves_the_last_unread(ask: Direct) -> None:
    found = ask("/conv2d.json?stride=3").json()
    assert found["unused"] == [[6], [6]]
    assert [size["fits"] for size in found["sizes"]] == [False, False]
    assert found["sizes"][0]["formula"] == "⌊(7 + 0 + 0 − 1·(3 − 1) − 1) / 3⌋ + 1 = 2"


def test_whole_numbers_print_as_integers(ask: Direct) -> None:
    body = ask("/conv2d.json?x=random:2x6x6:1&w=random:2x2x3x3:1&b=0.5,2").body
    assert b".0" not in body
    assert b"0.5" in body


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_every_bit_of_a_number_survives_the_json(values: list[float]) -> None:
    numbers = np.array(values) + 0.0
    assert_array_equal(np.array(orjson.loads(orjson.dumps(encode(numbers))), dtype=float), numbers, strict=True)


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_is_written_without_a_point(value: int) -> None:
    assert orjson.dumps(encode(np.array([float(value)]))) == b"[%d]" % value


def test_fractions_keep_all_their_digits(ask: Direct) -> None:
    found = ask("/conv2d.json?x=1/3&w=1&b=0.1").json()
    assert found["x"]["values"] == [[[1 / 3]]]
    assert found["y"]["values"] == [[[1 / 3 + 0.1]]]


@pytest.mark.parametrize("extension", ["json", "events"])
def test_zero_has_no_sign(extension: str, ask: Direct) -> None:
    body = ask(f"/conv2d.{extension}?x=-1,0,-0;0,0,0;0,0,0&w=-0,0,-1;0,0,0;0,0,0&activation=relu&padding=1").body
    assert not re.search(rb"-0[,\]]", body)
