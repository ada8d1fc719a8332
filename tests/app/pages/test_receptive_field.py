"""Stacks as text, their page and their JSON: what is read, what is refused, what is said."""

import re
from html import unescape
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.address.refusal import Refusal
from app.pages.receptive_field import words
from app.pages.receptive_field.inputs import read_input, spell_input
from app.pages.receptive_field.maps import maps_of
from app.pages.receptive_field.notation import MAX_TEXT, read_stack, spell_stack
from app.pages.receptive_field.question import read_question
from kernels.effective_field import uniform_field
from kernels.layers import StackLayer
from kernels.stack import Branch, Residual, Stack
from tests.app.direct import Direct
from tests.fixtures import make_path_counts
from tests.kernels.stacks import stacks

PATH = "/receptive-field"


def at(layers: str, size: str = "32x32", extension: str = "", **more: str) -> str:
    fields = {"layers": layers, "input": size, **more}
    return f"{PATH}{extension}?" + "&".join(f"{name}={quote(value)}" for name, value in fields.items())


ISSUE = "conv(3);conv(3,stride=2,padding=1);maxpool(2);convtranspose(4,stride=2,padding=1)"


def test_the_notation_reads_as_pytorch_does() -> None:
    assert read_stack(ISSUE) == (
        StackLayer("conv", (3,)),
        StackLayer("conv", (3,), stride=(2,), padding=((1, 1),)),
        StackLayer("maxpool", (2,)),
        StackLayer("convtranspose", (4,), stride=(2,), padding=((1, 1),)),
    )


def test_channels_follow_the_kernel_and_axes_are_joined_by_x() -> None:
    (layer,) = read_stack("conv(3x5,64,padding=1x2,groups=2,bias=false)")
    assert layer == StackLayer("conv", (3, 5), 64, padding=((1, 1), (2, 2)), groups=2, bias=False)


def test_branches_and_residuals_hold_stacks() -> None:
    stack = read_stack("branch(conv(1,64)|conv(1,96);conv(3,128,padding=1));residual(relu;conv(3,padding=1))")
    assert isinstance(stack[0], Branch)
    assert [len(path) for path in stack[0].paths] == [1, 2]
    assert isinstance(stack[1], Residual)
    assert stack[1].paths[1] == ()
    assert read_stack("residual(conv(3,stride=2,padding=1)|conv(1,stride=2))")[0].paths[1] != ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" conv( 3 , stride = 1 ) ; RELU ", "conv(3);relu"),
        ("maxpool(2,stride=2)", "maxpool(2)"),
        ("conv(3x3,padding=1x1)", "conv(3,padding=1)"),
        ("conv(3,padding=1:1)", "conv(3,padding=1)"),
        ("conv(3,padding=0:1x0:1)", "conv(3,padding=0:1)"),
        ("residual(relu|)", "residual(relu)"),
        ("conv(3);", "conv(3)"),
        ("upsample(2);linear(10,bias=true)", "upsample(2);linear(10)"),
    ],
)
def test_a_stack_has_one_canonical_text(text: str, canonical: str) -> None:
    assert spell_stack(read_stack(text)) == canonical


@settings(max_examples=200, deadline=None)
@given(stacks())
def test_what_is_spelled_reads_back(drawn: tuple[Stack, int]) -> None:
    stack, _ = drawn
    text = spell_stack(stack)
    assert spell_stack(read_stack(text)) == text


REFUSED = {
    "": "A stack needs at least one layer",
    "conv": "conv needs its kernel size first, such as conv(3).",
    "linear": "linear needs its number of outputs first, such as linear(10).",
    "konv(3)": "“konv” is not a layer. Did you mean “conv”?",
    "conv(3": "After “conv(3” a “)” is expected, but there is the end.",
    "conv(3,stride=)": "a value is expected, but there is “)”",
    "conv(3))": "a “;” is expected, but there is “)”",
    "conv(3)conv(3)": "After “conv(3)” a “;” is expected, but there is “conv”.",
    "conv(3);;relu": "A layer such as conv(3) is expected after “conv(3);”, but there is “;”.",
    "conv(0)": "kernel of conv must be from 1 to 64, but it is 0.",
    "conv(3,stride=-1)": "stride of conv must be from 1 to 64, but it is −1.",
    "conv(3,strid=2)": "“strid” is not a keyword of conv, which takes stride, padding",
    "conv(3,stride=2,stride=2)": "conv is given stride twice",
    "conv(3,stride=2,64)": "“64” stands behind a keyword",
    "conv(3,4,5)": "conv takes a kernel and channels, but here it has one value more, “5”.",
    "relu(3)": "relu takes nothing in brackets, but here it has “3”.",
    "conv(3.5)": "kernel of conv must be a whole number",
    "conv(1_0)": "is expected",
    "conv(²)": "is expected",
    "conv(٣)": "is expected",
    "conv(99999999999999999999)": "kernel of conv must be a whole number",
    "conv(3x3x3x3)": "a map has at most 3 axes",
    "conv(3,padding=a)": "padding of conv is a number",
    "conv(3,bias=1)": "bias of conv is either true or false",
    "branch(conv(1))": "branch needs at least two paths",
    "branch(|)": "branch needs a layer in one of its paths",
    "residual(|)": "residual needs a layer in one of its paths",
    "branch(" * 50: "Branches may stand in branches 4 deep",
    ";".join(["relu"] * 400): "A stack may have at most 320 layers",
    "relu;" * 2000: f"at most {MAX_TEXT:,} are read",
    "__import__('os')": "A stack begins with a layer such as conv(3), but there is “_",
    "<script>": "A stack begins with a layer",
    "conv(9)": "conv (layer 1) covers 9 cells, but its input has only 8.",
    "linear(3)": "Put flatten before it.",
    "flatten;conv(3)": "a flatten before it has made a list of 64 numbers",
    "branch(conv(1)|conv(3))": "their maps are 8×8 and 6×6",
    "branch(flatten|flatten;linear(64))": "which have no places in common",
    "residual(conv(1,2)|conv(1,3))": "they have 2 and 3 channels",
    "conv(3,stride=2,padding=same)": "padding=same keeps the size only at stride 1",
    "maxpool(2,padding=2)": "a pool that covers 2 cells may have at most half of it",
    "convtranspose(1,padding=9)": "cuts everything off: its map would have −10 cells",
    "convtranspose(2,stride=2,output_padding=2)": "must be smaller than the stride (2)",
    "conv(3,groups=2)": "The 1 channels of conv (layer 1) cannot be split into 2 equal groups.",
    "conv(3x3x3)": "kernel of conv (layer 1) has 3 numbers, but the map has two axes.",
    ";".join(["upsample(64)"] * 9): "at most 2,048 cells a side are followed here",
    "conv(64,stride=64,padding=64);" * 9: "reach too far to be followed",
}


@pytest.mark.parametrize(("layers", "sentence"), REFUSED.items(), ids=[text[:30] for text in REFUSED])
def test_what_is_no_stack_is_refused_in_a_sentence(ask: Direct, layers: str, sentence: str) -> None:
    if layers:
        answer = ask(at(layers, "8x8", ".json"))
        if answer.status == 414:
            answer = ask.post(f"{PATH}.json", {"layers": layers, "input": "8x8"})
        assert answer.status == 422
        (detail,) = answer.json()["detail"]
        assert detail["loc"][1] == "layers"
        assert sentence in detail["msg"]
    else:
        with pytest.raises(Refusal, match=sentence):
            read_stack(layers)


OTHERS = {
    ("input", "0x5"): "must be from 1 to 1,024, but it is 0",
    ("input", "4000"): "but it is 4,000",
    ("input", "1x1x1x1"): "input is the size of the picture",
    ("input", "a"): "input is the size of the picture",
    ("unit", "9:1,1"): "the stack has no such layer",
    ("unit", "1:99,0"): "has 30×30 units, counted from 0",
    ("unit", "1:1"): "has 30×30 units",
    ("unit", "x"): "unit is a layer and, behind a colon, a place in its map",
    ("picture", "cat"): "picture is one of landscape, digit:0",
    ("seed", "-1"): "seed must be a whole number",
    ("theme", "pink"): "theme is one of light, dark, auto",
    ("layer", "conv(3)"): "“layer” is not a parameter of /receptive-field. Did you mean “layers”?",
}


@pytest.mark.parametrize(("field", "value", "sentence"), [(*key, said) for key, said in OTHERS.items()])
def test_what_else_cannot_be_taken_is_refused_beside_its_field(
    ask: Direct, field: str, value: str, sentence: str
) -> None:
    fields = {"layers": "conv(3)", "input": "32x32", field: value}
    query = "&".join(f"{name}={quote(text)}" for name, text in fields.items())
    (detail,) = ask(f"{PATH}.json?{query}").json()["detail"]
    assert detail["loc"] == ["query", field]
    assert sentence in detail["msg"]
    page = ask(f"{PATH}?{query}")
    assert page.status == 422
    assert f'<p data-for="{field}">' in page.text
    assert quote(value) == value or value in page.text


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([*"();|,=x:-0123456789 ", "conv", "branch(", "residual(", "stride=", "\x00", "\u0663"]),
        max_size=40,
    ).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
def test_hostile_text_is_read_or_refused_never_a_failure(text: str) -> None:
    try:
        spelled = spell_stack(read_stack(text))
    except Refusal:
        return
    assert spell_stack(read_stack(spelled)) == spelled


@settings(max_examples=60, deadline=None)
@given(stacks())
def test_every_stack_that_fits_has_a_page_and_a_document(ask: Direct, drawn: tuple[Stack, int]) -> None:
    stack, size = drawn
    for extension in ("", ".json", ".links"):
        assert ask(at(spell_stack(stack), str(size), extension)).status == 200


def test_the_json_has_a_pair_for_each_fact(ask: Direct) -> None:
    answer = ask(at("conv(3);conv(3,stride=2,padding=1);maxpool(2)", "224x224", ".json"))
    layers = answer.json()["layers"]
    names = ("output_size", "receptive_field", "effective_stride", "effective_padding")
    assert [[layer[name] for name in names] for layer in layers] == [
        [[222, 222], [3, 3], [1, 1], [0, 0]],
        [[111, 111], [5, 5], [2, 2], [1, 1]],
        [[55, 55], [7, 7], [4, 4], [1, 1]],
    ]


def test_axes_may_differ(ask: Direct) -> None:
    (layer,) = ask(at("conv(3x5,stride=1x2,padding=1x0)", "20x30", ".json")).json()["layers"]
    assert layer["output_size"] == [20, 13]
    assert layer["receptive_field"] == [3, 5]
    assert layer["effective_stride"] == [1, 2]
    assert layer["effective_padding"] == [1, 0]


def test_behind_a_transposed_layer_strides_are_fractions_and_each_field_is_named(ask: Direct) -> None:
    (layer,) = ask(at("convtranspose(3,stride=2)", "4", ".json")).json()["layers"]
    assert (layer["receptive_field"], layer["effective_stride"]) == ([2], [0.5])
    assert layer["fields"] == [[[-1, 0], [0, 0], [0, 1], [1, 1], [1, 2], [2, 2], [2, 3], [3, 3], [3, 4]]]
    page = ask(at("convtranspose(3,stride=2)", "4")).text
    assert "1 or 2 cells, from unit to unit" in page
    assert "<td>1/2</td>" in page


def test_paths_that_disagree_are_named_in_a_plain_sentence(ask: Direct) -> None:
    layers = "branch(conv(3,stride=2,padding=1)|maxpool(2))"
    (sentence,) = ask(at(layers, "12x12", ".json")).json()["disagreements"]
    assert sentence == (
        "The paths of branch (layer 1) do not look at the same place: the fields of the first unit are centred on "
        "cells 0 and 0.5 of the input."
    )
    assert sentence in ask(at(layers, "12x12")).text
    (other,) = ask(at("branch(conv(4)|conv(2,stride=3))", "5", ".json")).json()["disagreements"]
    assert "move at different strides: 1 and 3 cells" in other


def test_vgg_16_as_text_has_the_published_numbers(ask: Direct) -> None:
    answer = ask(at(f"{words.VGG16};flatten;linear(4096);relu;linear(4096);relu;linear(1000)", "3x224x224", ".json"))
    layers = answer.json()["layers"]
    assert sum(layer["parameters"] for layer in layers) == 138_357_544
    pool = next(layer for layer in reversed(layers) if layer["layer"] == "maxpool(2)")
    assert (pool["receptive_field"], pool["effective_stride"], pool["effective_padding"]) == (
        [212] * 2,
        [32] * 2,
        [90] * 2,
    )


@pytest.mark.parametrize("example", words.EXAMPLES, ids=lambda example: example[0])
def test_every_example_has_a_page(ask: Direct, example: tuple[str, str, str, str]) -> None:
    _, layers, size, _ = example
    page = ask(at(layers, size))
    assert page.status == 200
    assert "data-cone" in page.text


def test_every_layer_that_is_offered_can_be_put_on_a_large_map(ask: Direct) -> None:
    page = ask(at("conv(3)", "32x32")).text
    assert page.count("data-adds") == len(words.ADDITIONS)
    assert 'aria-disabled="true"' not in page


def test_a_layer_that_would_not_fit_is_greyed(ask: Direct) -> None:
    page = ask(at("conv(3)", "3x3")).text
    assert re.search(r'<span class="chip" aria-disabled="true"[^>]*data-adds="conv\(3\)"', page)


def test_links_on_the_page_lead_somewhere(ask: Direct) -> None:
    page = ask(at("conv(3);maxpool(2)", "9x9")).text
    links = set(re.findall(rf'href="({PATH}[^"]*)"', page))
    assert len(links) > 20
    for link in links:
        assert ask(link.replace("&amp;", "&")).status == 200, link


def test_what_the_page_counts_are_paths(ask: Direct) -> None:
    page = ask(PATH).text
    counts = re.findall(r'class="count"[^>]*>(\d+)<', page)
    assert counts == [*"1367631", *"12321", *"111"]


def test_a_relu_is_looked_at_through_the_layer_below_it() -> None:
    maps = maps_of(read_question({"layers": "conv(3);relu", "input": "9x9", "unit": "2:1,1"}))
    assert maps is not None
    assert maps.maps[1].node == maps.node == 0
    assert maps.unit == (1, 1)


def test_a_stack_of_many_layers_is_folded_and_one_of_large_maps_is_not_drawn(ask: Direct) -> None:
    many = read_question(
        {"layers": ";".join(["residual(conv(3,padding=1);relu;conv(3,padding=1))"] * 20), "input": "32x32"}
    )
    maps = maps_of(many)
    assert maps is not None
    assert {map_.name for map_ in maps.maps[1:]} == {"residual"}
    page = ask(at(";".join(["conv(3,padding=1)"] * 9), "1024x1024"))
    assert words.NOT_DRAWN in page.text


def test_a_layer_within_a_folded_block_is_drawn_in_its_place_with_its_own_field(ask: Direct) -> None:
    layers = ";".join(["residual(conv(3,padding=1);relu;conv(3,padding=1))"] * 20)
    for unit, size in (("20.1.1:16,16", 79), ("20.1.2:16,16", 79), ("19.1.3:5,16", 77)):
        question = read_question({"layers": layers, "input": "100x100", "unit": unit})
        maps = maps_of(question)
        assert maps is not None
        assert question.place_of(maps.node) == unit.replace("1.2:", "1.1:").split(":")[0]
        assert maps.unit == question.chosen.unit
        assert len(maps.maps) == 21
        (start, stop) = maps.field(maps.node, 1)[50] or (0, 0)
        assert stop - start + 1 == size
        page = ask(f"{PATH}?layers={layers}&input=100x100&unit={unit}").text
        source, place = re.findall(r'<receptive-field[^>]*\bsrc="([^"]*)"[^>]*\bmap="([^"]*)"', page)[0]
        assert place in [each["place"] for each in ask(unescape(source)).json()["maps"]]


def test_both_heats_lie_within_the_field(ask: Direct) -> None:
    page = ask(at("conv(3,padding=1);maxpool(2);conv(3)", "16x16")).text
    assert page.count("half of the influence in") == 2


def test_the_same_question_has_the_same_bytes(fresh: Direct, ask: Direct) -> None:
    for extension in ("", ".json", ".links"):
        address = at("conv(3,padding=1);relu;maxpool(2);conv(3)", "20x20", extension, seed="5")
        assert fresh(address).body == ask(address).body


def test_a_question_has_one_address() -> None:
    question = read_question(
        {"layers": "conv(3,stride=1);conv(3);conv(3)", "input": "9x9", "unit": "3:1,1", "seed": "1"}
    )
    assert question.address() == PATH
    other = read_question({"layers": "conv( 3 )|".strip("|"), "input": "1x8x8", "unit": "1:0,2"})
    assert other.address() == f"{PATH}?layers=conv(3)&input=8x8&unit=1:0,2"


def test_a_stack_too_long_for_an_address_is_posted(ask: Direct) -> None:
    layers = ";".join(["conv(3,padding=1);batchnorm;relu"] * 100)
    assert (
        ask.post(f"{PATH}.json", {"layers": layers, "input": "32x32"}).json()["layers"][-1]["receptive_field"]
        == [201] * 2
    )
    assert ask.post(PATH, {"layers": layers, "input": "32x32"}).status == 200


@pytest.mark.parametrize("text", ["32", "224x224", "3x224x224"])
def test_an_input_reads_back(text: str) -> None:
    assert spell_input(read_input(text)) == text


def test_the_light_that_is_drawn_is_the_gradient_that_is_shown() -> None:
    """The mask on the input and the gradient of equal weights are found in two ways."""
    question = read_question(
        {"layers": "branch(conv(3,padding=1)|conv(1));conv(2,dilation=2);maxpool(3)", "input": "14x14"}
    )
    maps = maps_of(question)
    assert maps is not None
    field = uniform_field(question.measured, question.spatial, question.chosen.node, question.chosen.unit)
    np.testing.assert_array_equal(maps.masks[-1] > 0, field > 0)


def test_what_the_javascript_is_held_to_is_what_python_says_today() -> None:
    assert make_path_counts.FILE.read_bytes() == make_path_counts.fixtures(), (
        "python -m tests.fixtures.make_path_counts writes it anew"
    )


def test_a_layer_that_another_reads_by_its_name_is_offered_no_place_behind_it(ask: Direct) -> None:
    answer = ask("/receptive-field?layers=a%3Dconv(3,64);add(a,relu(a))&input=9x9")
    assert answer.status == 200
    assert 'aria-label="Remove layer 3' in answer.text
    assert 'aria-label="Remove layer 1' not in answer.text
