"""conv3d as the web answers it: PyTorch's numbers, in one link, refused in plain words."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from app.address.query import spell_address
from app.operations.convolution import volume
from app.stream.document import document
from app.views.table import view_of
from kernels.relation import convolution_feeds
from tests.app import drawn
from tests.app.direct import Direct
from tests.app.pools import Raw, array, body, scene_at
from tests.app.solved import goldens, run
from tests.each import each
from tests.kernels.golden_files import name_of

GOLDENS = goldens("convolutions3d", 3)


@each("golden", GOLDENS, name_of)
def test_a_convolution_of_volumes_answers_as_pytorch_does(ask: Direct, golden: dict[str, Any]) -> None:
    grids = {name: golden[name] for name in "xwb" if golden[name] is not None}
    document = ask.post("/conv3d.json", body(golden, "stride", "padding", "dilation", "groups", **grids)).json()
    assert_allclose(array(document["y"]), golden["y"], rtol=1e-9, atol=1e-12)
    assert [size["axis"] for size in document["sizes"]] == ["depth", "height", "width"]


def test_the_bare_scene_shows_what_moves_between_slices(ask: Direct) -> None:
    document = ask("/conv3d.json").json()
    assert document["x"]["shape"] == [1, 3, 4, 5]
    x = array(document["x"])[0]
    between = x[1:] - x[:-1]
    summed = between[:, :-1, :-1] + between[:, :-1, 1:] + between[:, 1:, :-1] + between[:, 1:, 1:]
    assert array(document["y"])[0].tolist() == summed.tolist()


def test_slices_of_a_volume_are_parted_by_two_semicolons() -> None:
    scene = scene_at("/conv3d?x=1,2;3,4;;5,6;7,8&w=1;;10")
    assert scene.x.shape == (1, 2, 2, 2)
    assert scene.y.tolist() == [[[[51, 62], [73, 84]]]]
    assert scene.address() == "/conv3d?x=1,2;3,4;;5,6;7,8&w=1;;10"


@settings(max_examples=60, deadline=None)
@given(drawn.computed(3).map(lambda made: made[0]))
def test_the_link_of_a_volume_means_the_same_scene_and_is_its_own_link(raw: Raw) -> None:
    scene = scene_at(f"/conv3d?{spell_address({name: text for name, text in raw.items() if text})}")
    again = scene_at(scene.address())
    assert again.address() == scene.address()
    assert document(view_of(again)) == document(view_of(scene))


@settings(max_examples=40, deadline=None)
@given(drawn.computed(3).map(lambda made: made[0]))
def test_the_steps_are_the_whole_answer_however_they_are_cut(raw: Raw) -> None:
    scene = scene_at(f"/conv3d?{spell_address({name: text for name, text in raw.items() if text})}")
    middle = scene.layer.outputs // 2
    parts = [scene.trace(0, middle).y, scene.trace(middle, scene.layer.outputs).y]
    assert np.concatenate(parts).tobytes() == scene.y.tobytes()


def test_a_volume_of_many_slices_makes_its_tables_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def counted(*counts: int) -> Any:
        made.append(counts)
        return convolution_feeds(*counts)

    monkeypatch.setattr(volume, "convolution_feeds", counted)
    scene = scene_at("/conv3d?x=random:2x9x4x4&w=random:3x2x2x2x2")
    assert scene.y.shape == (3, 8, 3, 3)
    assert len(made) == 1


REFUSED = {
    "w=1,1;1,1;;1,1;1,1;;1,1;1,1;;1,1;1,1": (
        "w",
        "The 4×2×2 kernel covers 4×2×2 cells, but the input is only 3×4×5.",
    ),
    "stride=1,2": ("stride", "stride takes one number, or one for each of the 3 axes, but “1,2” has 2."),
    "padding=3,0,0&padding_mode=reflect": (
        "padding",
        "Reflecting needs padding smaller than the input: along the depth the padding is 3, but the input has 3 cells.",
    ),
    "x=random:1x128x60x7&w=random:16x1x2x2x2": (
        "x",
        "This scene holds 2,211,872 numbers; one scene may hold at most 2,000,000. "
        "Use a smaller input, or fewer filters.",
    ),
    "x=random:16x128x128x128": ("x", "33,554,432 values are too many: this grid may hold at most 2,000,000."),
    "x=1,2;3;;4": ("x", "Slice 2 has 1 row, but slice 1 has 2 rows: all slices must have equally many rows."),
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_is_refused_with_its_numbers(refused: Callable[..., tuple[str, str]], query: str) -> None:
    assert refused(query, "conv3d") == REFUSED[query]


DEMONSTRATED = (
    "/conv3d",
    "/conv3d?w=random:3x3x3&flip=true&padding=same&b=2&activation=relu",
    "/conv3d?x=random:4x3x4x5&w=random:4x2x2x2x3&groups=2&stride=2,1,1&padding=1,0,2:1&b=1,2,3,4",
    "/conv3d?x=random:2x4x5x6&w=random:2x1x2x2x2&groups=2&dilation=1,2,2",
    "/conv3d?x=random:3x4x5&w=random:2x2x2&padding=1:0,2:1,1&padding_mode=reflect",
    "/conv3d?x=random:3x9x17&w=random:3x3x3&padding=1&padding_mode=replicate",
)


@pytest.mark.parametrize("framework", ["PyTorch", "NumPy / SciPy", "Keras", "JAX"])
@pytest.mark.parametrize("address", DEMONSTRATED)
def test_every_program_computes_what_the_page_shows(address: str, framework: str) -> None:
    scene = scene_at(address)
    (snippet,) = [s for s in scene.operation.snippets(scene) if s.framework == framework]
    values = {name: {"values": scene.grid(name).tolist()} for name in "xwb" if scene.values(name) is not None}
    y = run(snippet, json.dumps(values))
    y = np.moveaxis(y[0], -1, 0) if framework == "Keras" else y.reshape(scene.y.shape)
    assert_allclose(y, scene.y, rtol=1e-9, atol=1e-9)
