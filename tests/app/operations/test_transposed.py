"""Transposed convolutions as the web answers them: PyTorch's numbers, in one link, refused in plain words."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from numpy.testing import assert_allclose, assert_array_equal

from app.equation.mathml import mathml
from app.equation.nodes import Node
from kernels.axis import Axis
from tests.app.direct import Direct
from tests.app.pools import array, body, scene_at
from tests.app.solved import goldens, run
from tests.each import each
from tests.kernels.golden_files import name_of

PARAMETERS = ("stride", "padding", "output_padding", "dilation", "groups")
OPERATIONS = ("conv_transpose1d", "conv_transpose2d")
SETTINGS = [(f"conv_transpose{n}d", golden) for n in (1, 2) for golden in goldens("transposed", n, every=2)]
CASES = {
    "bilinear-upsampling": (
        {
            "stride": 2,
            "padding": 1,
            "x": [[[4, 2, 4], [6, 4, 6], [2, 12, 2]]],
            "w": [[[[0.25, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 0.25]]]],
        },
        [[[4, 3, 2, 3, 4], [5, 4, 3, 4, 5], [6, 5, 4, 5, 6], [4, 6, 8, 6, 4], [2, 7, 12, 7, 2]]],
    ),
    "laplace-scatter": (
        {
            "padding": 1,
            "x": [[[0, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 2, 0, 0], [0, 0, 0, 3, 0], [0, 0, 0, 0, 0]]],
            "w": [[[[0, -1, 0], [-1, 4, -1], [0, -1, 0]]]],
        },
        [[[0, -1, 0, 0, 0], [-1, 4, -3, 0, 0], [0, -3, 8, -5, 0], [0, 0, -5, 12, -3], [0, 0, 0, -3, 0]]],
    ),
}
"""The lectures' examples, as in ../shared/cases.json, which lies beside the checkout only on some machines."""


def answer(ask: Direct, operation: str, sent: dict[str, Any]) -> dict[str, Any]:
    """The document of this scene; what its parameters say can be sent back and means the same."""
    document = ask.post(f"/{operation}.json", sent).json()
    assert "detail" not in document, document
    grids = {name: document[name]["values"] for name in "xwb" if document[name]}
    assert ask.post(f"/{operation}.json", document["parameters"] | grids).json() == document
    return document  # type: ignore[no-any-return]


@each("operation, golden", SETTINGS, lambda case: f"{case[0]} {name_of(case[1])}")
def test_a_transposed_convolution_answers_as_pytorch_does(ask: Direct, operation: str, golden: dict[str, Any]) -> None:
    grids = {name: golden[name] for name in "xwb" if golden[name] is not None}
    document = answer(ask, operation, body(golden, *PARAMETERS, **grids))
    assert_allclose(array(document["y"]), golden["y"], rtol=1e-9, atol=1e-12)
    assert [size["output"] for size in document["sizes"]] == list(golden["y"].shape[1:])


@pytest.mark.parametrize("name", CASES)
def test_a_lectures_example_comes_out_as_given(ask: Direct, name: str) -> None:
    sent, y = CASES[name]
    assert answer(ask, "conv_transpose2d", sent)["y"]["values"] == y


def test_the_bare_scene_shows_stride_two_and_overlaps_that_add_up(ask: Direct) -> None:
    document = ask("/conv_transpose1d.json").json()
    assert (document["parameters"]["stride"], document["x"]["values"], document["w"]["values"]) == (
        2,
        [[2, 1, 3]],
        [[[1, 2, 3]]],
    )
    assert document["y"]["values"] == [[2, 4, 6 + 1, 2, 3 + 3, 6, 9]]
    assert document["sizes"][0]["formula"] == "(3 − 1)·2 − 2·0 + 1·(3 − 1) + 0 + 1 = 7"
    assert ask("/conv_transpose2d.json").json()["y"]["shape"] == [1, 7, 7]


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/conv_transpose1d?stride=2&padding=0&output_padding=0&dilation=1&groups=1", "/conv_transpose1d"),
        ("/conv_transpose1d?x=2,1,3&w=1,2,3&stride=2", "/conv_transpose1d"),
        ("/conv_transpose1d?stride=1", "/conv_transpose1d?stride=1"),
        ("/conv_transpose1d?x=2,1,3", "/conv_transpose1d?stride=1"),
        ("/conv_transpose1d?x=1,2", "/conv_transpose1d?x=1,2&stride=1"),
        ("/conv_transpose1d?x=1,2&stride=2", "/conv_transpose1d?x=1,2&stride=2"),
        (
            "/conv_transpose2d?x=1,2&w=sobel-x&stride=2x2&padding=1,1",
            "/conv_transpose2d?x=1,2&w=sobel-x&stride=2&padding=1",
        ),
        ("/conv_transpose2d?w=1~1~~1~1&x=1~2", "/conv_transpose2d?x=1~2&w=1~1&stride=1"),
        ("/conv_transpose2d?w=1~1~~2~2&x=1~2", "/conv_transpose2d?x=1~2&w=1~1~~2~2&stride=1"),
    ],
)
def test_a_link_leaves_out_what_goes_without_saying(address: str, canonical: str) -> None:
    assert scene_at(address).address() == canonical
    assert scene_at(canonical).address() == canonical


def test_without_a_stride_an_input_of_ones_own_is_stamped_at_pytorchs_stride() -> None:
    assert scene_at("/conv_transpose1d?x=2,1,3").layer.parameters["stride"] == 1


def test_filters_that_are_equal_are_still_as_many() -> None:
    scene = scene_at("/conv_transpose2d?x=1,2;3,4&w=1,2~1,2~1,2")
    assert scene.y.shape[0] == 3
    assert scene_at(scene.address()).w.shape == scene.w.shape == (1, 3, 1, 2)


def test_one_entry_of_w_serves_every_input_channel() -> None:
    scene = scene_at("/conv_transpose2d?x=1,2~3,4&w=1,10~0,1")
    assert scene.w.shape == (2, 2, 1, 2)
    assert_array_equal(scene.y[:, 0], [[4, 46, 60], [0, 4, 6]])


REFUSED = {
    "output_padding=2": (
        "output_padding",
        "Along the height, output_padding must be below the stride (2) or the dilation (1), but it is 2: "
        "it only gives back cells that a stride had left over.",
    ),
    "padding=4": (
        "padding",
        "Along the height the stamps cover 7 cells, and padding 4 cuts all of them off: nothing is left.",
    ),
    "padding=same": ("padding", "padding must be a whole number such as 2, but “same” is not one."),
    "padding=1:0": ("padding", "padding must be a whole number such as 2, but “1:0” is not one."),
    "padding=1,2,3": ("padding", "padding takes one number, or one for each of the 2 axes, but “1,2,3” has 3."),
    "output_padding=-1": ("output_padding", "output_padding must be at least 0, but it is −1."),
    "groups=2": ("groups", "The 1 input channels cannot be split into 2 equal groups."),
    "w=1~~2": (
        "w",
        "In a transposed convolution the first axis of w is the input's channels: x has 1 channel, but w has 2 there.",
    ),
    "b=1,2": ("b", "b needs one value for each of the 1 filters, but it has 2."),
    "stride=65": ("stride", "stride may be at most 64 here, but it is 65."),
    "stride=0": ("stride", "A stride of 0 would never move the window: stride must be at least 1."),
    "x=ones:100x100&stride=64": (
        "stride",
        "A stage shows outputs of at most 1024 cells a side, but y would be 6339×6339.",
    ),
    "x=ones:16x80x80&w=ones:1x16x9x9&stride=2": (
        "x",
        "This scene needs 578,306,304 multiplications; one scene may need at most 20,000,000. "
        "Use a smaller input, or fewer filters.",
    ),
    "x=1e308&w=1e308": (
        "x",
        "The numbers are so large that a sum could pass 1.8·10³⁰⁸, the largest that a computer's float64 can hold.",
    ),
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_is_refused_with_its_numbers(refused: Callable[..., tuple[str, str]], query: str) -> None:
    assert refused(query, "conv_transpose2d") == REFUSED[query]


@pytest.mark.parametrize("query", ["stride=1&output_padding=1", "dilation=1&stride=3&output_padding=3"])
def test_output_padding_may_be_below_either_the_stride_or_the_dilation(ask: Direct, query: str) -> None:
    assert ask(f"/conv_transpose1d.json?{query}").status == 422
    assert ask(f"/conv_transpose1d.json?{query.replace('dilation=1&', '')}&dilation=4").status == 200


DEMONSTRATED = (
    "/conv_transpose1d",
    "/conv_transpose2d",
    "/conv_transpose1d?x=1,2,3~4,5,6&w=1,2~3,4~~5,6~7,8&b=1,-1&dilation=2&padding=1",
    "/conv_transpose2d?padding=1&output_padding=1&b=0.5",
    "/conv_transpose2d?x=random:4x3x2&w=random:4x3x2x3&groups=2&stride=3,2&dilation=1,2&padding=1,0",
    "/conv_transpose2d?x=random:2x3x3&w=random:2x1x2x2&groups=2&stride=1&padding=2&dilation=3&output_padding=2",
    "/conv_transpose2d?x=1&w=1,2;3,4&stride=3&output_padding=2",
    "/conv_transpose2d?x=random:20x21&w=random:3x3",
)


@pytest.mark.parametrize("framework", ["PyTorch", "NumPy", "JAX"])
@pytest.mark.parametrize("address", DEMONSTRATED)
def test_every_program_computes_what_the_page_shows(address: str, framework: str) -> None:
    scene = scene_at(address)
    (snippet,) = [s for s in scene.operation.snippets(scene) if s.framework == framework]
    values = {name: {"values": scene.grid(name).tolist()} for name in "xwb" if scene.values(name) is not None}
    assert_allclose(run(snippet, json.dumps(values)), scene.y, rtol=1e-9, atol=1e-9)
    assert snippet.call in snippet.program


def test_the_explanation_says_how_stamps_lie() -> None:
    def said(address: str) -> tuple[str, ...]:
        scene = scene_at(address)
        return scene.operation.explain(scene).remarks

    assert said("/conv_transpose2d")[0].startswith("Stamps lie 2 apart and are 3 wide: neighbours overlap by 1 cell.")
    assert "checkerboard" in said("/conv_transpose2d")[0]
    assert said("/conv_transpose2d?w=1,2;3,4") == (
        "Stamps lie 2 apart and are 2 wide: they touch, and nothing overlaps.",
    )
    assert said("/conv_transpose2d?stride=1,4") == (
        "Along the height: stamps lie 1 apart and are 3 wide: neighbours overlap by 2 cells.",
        "Along the width: stamps lie 4 apart and are only 3 wide: between neighbours is a gap of 1 cell.",
    )


def test_the_explanation_says_what_is_cut_off_and_what_nothing_reaches() -> None:
    scene = scene_at("/conv_transpose2d?stride=4&padding=1&output_padding=1&b=2")
    assert scene.operation.explain(scene).unused == [
        "Of the 11 cells that the stamps cover, padding cuts 1 off each end.",
        "At stride 4, a convolution makes 3 of 9 to 12: output_padding chooses.",
        "output_padding gives 1 cell back at the far end.",
        "No stamp reaches rows 2, 6: there y is the bias alone.",
        "No stamp reaches columns 2, 6: there y is the bias alone.",
    ]


def test_the_counts_are_those_of_the_matrix() -> None:
    scene = scene_at("/conv_transpose2d?padding=1")
    counts = {count.label: count.own for count in scene.operation.explain(scene).counts}
    layer = scene.layer
    pairs = [int((axis.writes >= 0).sum()) for axis in layer.axes]  # type: ignore[union-attr]
    assert counts == {"parameters": 9, "connections": pairs[0] * pairs[1], "multiplications": 81}


def plain(formula: Node) -> str:
    return re.sub(r"<[^>]+>", "", mathml(formula))


def test_the_formula_says_where_a_value_lands() -> None:
    scene = scene_at("/conv_transpose2d?x=random:2x3x3&w=random:1x1x2x2&stride=2,1&padding=1,0&dilation=1,3&b=1")
    explanation = scene.operation.explain(scene)
    assert plain(explanation.short) == "y=x↑2×1∗w+b"
    assert plain(explanation.long) == "ym,n=b+∑c=01∑2i+a−1=mj+3b=nxc,i,j·wc,a,b"


def test_the_formula_of_grouped_channels_names_the_planes_that_meet() -> None:
    scene = scene_at("/conv_transpose2d?x=random:4x2x2&w=random:4x3x1x1&groups=2&stride=1")
    explanation = scene.operation.explain(scene)
    assert plain(explanation.long) == "yo,m,n=∑c=01∑i+a=mj+b=nxp,i,j·wp,q,a,b"
    assert explanation.remarks[0] == "In groups of channels: p = 2⌊o/3⌋ + c and q = o mod 3."
    for o in range(6):
        pairs = {(2 * (o // 3) + c, (2 * (o // 3) + c) * 3 + o % 3) for c in range(2)}
        assert set(scene.layer.relation.feeds[o]) == pairs


def test_the_explanation_says_of_which_axis_it_speaks_where_they_differ() -> None:
    scene = scene_at("/conv_transpose2d?padding=1,0&output_padding=0,1")
    assert scene.operation.explain(scene).unused == [
        "Along the height: of the 7 cells that the stamps cover, padding cuts 1 off each end.",
        "Along the height: at stride 2, a convolution makes 3 of 5 or 6: output_padding chooses.",
        "Along the width: at stride 2, a convolution makes 3 of 7 or 8: output_padding chooses.",
        "Along the width: output_padding gives 1 cell back at the far end.",
        "No stamp reaches column 7: there y is 0.",
    ]


@pytest.mark.parametrize("numbers", [(3, 2, 1, 1), (2, 3, 1, 0), (2, 4, 2, 2)])
def test_output_padding_chooses_among_the_sizes_that_a_convolution_makes_one(numbers: tuple[int, ...]) -> None:
    kernel, stride, dilation, padding = numbers
    for chosen in range(stride):
        address = f"/conv_transpose1d?x=1,2,3&w=ones:{kernel}&stride={stride}&dilation={dilation}&padding={padding}"
        size = scene_at(f"{address}&output_padding={chosen}").y.shape[1]
        assert Axis(size, kernel, stride, dilation, (padding, padding)).output_size == 3
