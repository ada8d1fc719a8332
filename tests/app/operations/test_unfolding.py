"""Unfold and fold as the web answers them: PyTorch's numbers, in one link, refused in plain words."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from app.stream.document import document
from app.views.table import view_of
from kernels.axis import Axis
from kernels.unfold import fold, unfold
from kernels.unfold_trace import fold_trace, unfold_trace
from tests.app.direct import Direct
from tests.app.pools import array, body, scene_at
from tests.app.solved import goldens, run
from tests.each import each
from tests.kernels.golden_files import name_of

PARAMETERS = ("kernel_size", "stride", "padding", "dilation")
OPERATIONS = ("unfold", "fold")
GOLDENS = goldens("folds", 2)


def answer(ask: Direct, operation: str, sent: dict[str, Any]) -> dict[str, Any]:
    """The document of this scene; what its parameters say can be sent back and means the same."""
    document = ask.post(f"/{operation}.json", sent).json()
    assert "detail" not in document, document
    assert ask.post(f"/{operation}.json", document["parameters"] | {"x": document["x"]["values"]}).json() == document
    return document  # type: ignore[no-any-return]


@each("golden", GOLDENS, name_of)
def test_unfold_lays_windows_in_columns_as_pytorch_does(ask: Direct, golden: dict[str, Any]) -> None:
    document = answer(ask, "unfold", body(golden, *PARAMETERS, x=golden["x"]))
    assert_array_equal(array(document["y"]), golden["unfolded"])


@each("golden", GOLDENS, name_of)
def test_fold_adds_columns_up_as_pytorch_does(ask: Direct, golden: dict[str, Any]) -> None:
    sent = body(golden, *PARAMETERS, x=golden["columns"], output_size=golden["x"].shape[1:])
    assert_allclose(array(answer(ask, "fold", sent)["y"]), golden["folded"], rtol=1e-9)


@each("golden", GOLDENS, name_of)
def test_the_steps_are_the_whole_answer_to_the_last_bit(golden: dict[str, Any]) -> None:
    each = zip(golden["x"].shape[1:], *(golden[name] for name in PARAMETERS), strict=True)
    axes = [Axis(size, kernel, stride, dilation, (rim, rim)) for size, kernel, stride, rim, dilation in each]
    assert unfold_trace(golden["x"], axes=axes).y.tobytes() == unfold(golden["x"], axes=axes).tobytes()
    assert fold_trace(golden["columns"], axes=axes).y.tobytes() == fold(golden["columns"], axes=axes).tobytes()


def test_the_bare_scenes_are_each_others_columns(ask: Direct) -> None:
    unfolded, folded = ask("/unfold.json").json(), ask("/fold.json").json()
    assert unfolded["y"] == folded["x"]
    assert unfolded["y"]["values"][0] == [1, 2, 3, 5, 6, 7]
    counts = np.outer([1, 2, 1], [1, 2, 2, 1])
    assert_array_equal(array(folded["y"]), array(unfolded["x"]) * counts)


def test_the_kernel_as_a_row_times_the_columns_is_the_convolution(ask: Direct) -> None:
    sizes = "stride=2,1&padding=1&dilation=1,2"
    columns = array(ask(f"/unfold.json?x=random:2x6x7&kernel_size=3&{sizes}").json()["y"])
    document = ask(f"/conv2d.json?x=random:2x6x7&w=random:4x2x3x3:2&{sizes}").json()
    assert_array_equal(array(document["w"]).reshape(4, -1) @ columns, array(document["y"]).reshape(4, -1))


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/unfold?kernel_size=2&stride=1&padding=0&dilation=1", "/unfold"),
        ("/unfold?x=1,2,3,4;5,6,7,8;9,10,11,12&kernel_size=2x2", "/unfold"),
        ("/unfold?kernel_size=2x3&padding=1,1", "/unfold?kernel_size=2,3&padding=1"),
        ("/fold?output_size=3x4", "/fold"),
        ("/fold?x=ones:4x9&output_size=4x4", "/fold?x=ones:4x9&output_size=4"),
        ("/fold?x=ones:4x9!0.0:5&output_size=4,4", "/fold?x=ones:4x9!0.0:5&output_size=4"),
        ("/fold?x=[[1,2],[3,4]]&kernel_size=1&output_size=1,2", "/fold?x=1,2;3,4&output_size=1,2&kernel_size=1"),
    ],
)
def test_a_link_leaves_out_what_is_at_its_default(address: str, canonical: str) -> None:
    assert scene_at(address).address() == canonical
    assert document(view_of(scene_at(canonical))) == document(view_of(scene_at(address)))


REFUSED = {
    ("unfold", "kernel_size=4"): ("kernel_size", "The 4×4 kernel covers 4×4 cells, but the input is only 3×4."),
    ("unfold", "dilation=3"): (
        "dilation",
        "The 2×2 kernel with dilation 3 covers 4×4 cells, but the input is only 3×4.",
    ),
    ("unfold", "kernel_size=16"): ("kernel_size", "kernel_size may be at most 15 here, but it is 16."),
    ("unfold", "padding=same"): ("padding", "padding must be a whole number such as 2, but “same” is not one."),
    ("unfold", "x=ones:16x100x100&kernel_size=15"): (
        "x",
        "This scene holds 26,785,600 numbers; one scene may hold at most 2,000,000. "
        "Use a smaller input, or fewer filters.",
    ),
    ("fold", "x=1,2~3,4"): (
        "x",
        "x of fold is one matrix: C·kernel rows, and a column for each window. Write no “~” in it.",
    ),
    ("fold", "x=ones:5x6"): (
        "x",
        "Each column of x holds 2×2 = 4 values for each channel, so x needs a multiple of 4 rows, but it has 5.",
    ),
    ("fold", "x=ones:4x7"): (
        "x",
        "On an output of 3×4 there are 2×3 = 6 windows, so x needs 6 columns, but it has 7.",
    ),
    ("fold", "output_size=1x4"): ("output_size", "The 2×2 kernel covers 2×2 cells, but the output is only 1×4."),
    ("fold", "output_size=0"): ("output_size", "output_size must be at least 1, but it is 0."),
    ("fold", "output_size=129"): ("output_size", "output_size may be at most 128 here, but it is 129."),
    ("fold", "x=ones:17x12&kernel_size=1"): ("x", "A stage shows at most 16 input channels, but y has 17."),
    ("fold", "x=[[1e308,1,1,1,1,1],[1,1,1,1,1,1],[1,1,1,1,1,1],[1,1,1,1,1,1]]"): (
        "x",
        "The numbers are so large that a sum could pass 1.8·10³⁰⁸, the largest that a computer's float64 can hold.",
    ),
}


@pytest.mark.parametrize(("operation", "query"), REFUSED)
def test_what_cannot_be_is_refused_with_its_numbers(
    refused: Callable[..., tuple[str, str]], operation: str, query: str
) -> None:
    assert refused(query, operation) == REFUSED[operation, query]


DEMONSTRATED = (
    "/unfold",
    "/unfold?x=random:3x6x7&kernel_size=2,3&stride=2,1&padding=1&dilation=2,1",
    "/unfold?x=random:21x21&kernel_size=3",
    "/fold",
    "/fold?x=random:12x8:1&output_size=5,4&kernel_size=2,3&stride=2,1&padding=0,1&dilation=2,1",
    "/fold?x=random:9x64:1&output_size=8&kernel_size=3&padding=1",
)
PROGRAMS = [
    (address, name)
    for address in DEMONSTRATED
    for name in ("PyTorch", "NumPy", "JAX")
    if "/fold" not in address or name != "JAX"
]


@pytest.mark.parametrize(("address", "framework"), PROGRAMS)
def test_every_program_computes_what_the_page_shows(address: str, framework: str) -> None:
    scene = scene_at(address)
    (snippet,) = [s for s in scene.operation.snippets(scene) if s.framework == framework]
    assert_allclose(run(snippet, json.dumps({"x": {"values": scene.x.tolist()}})), scene.y, rtol=1e-9, atol=1e-9)
    assert snippet.call in snippet.program


def test_the_explanation_says_what_a_row_and_a_column_is() -> None:
    scene = scene_at("/unfold?x=random:2x3x4")
    explanation = scene.operation.explain(scene)
    assert explanation.remarks[0] == "Row r is channel and tap, r = 4c + 2a + b; column l is the window, l = 3i + j."
    assert explanation.unused == ["2×3 = 6 windows are the columns, 2×2×2 = 8 channels × taps the rows."]
    assert [count.own for count in explanation.counts] == [0, 24, 48]


def test_the_explanation_says_how_often_a_cell_comes_back() -> None:
    def note(query: str) -> str:
        scene = scene_at(f"/fold?{query}")
        return scene.operation.explain(scene).note

    assert "1 to 4 times" in note("")
    assert "brings back" in note("x=ones:4x4&output_size=4&stride=2")
    assert "4 times" in note("x=ones:4x12&output_size=2,3&padding=1")
