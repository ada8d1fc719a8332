"""Poolings, their inverse and their gradients as the web answers them: the numbers are PyTorch's, the link is one."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from numpy.testing import assert_allclose, assert_array_equal

from app.stream.document import document
from app.views.table import view_of
from tests.app import pools
from tests.app.direct import Direct
from tests.app.pools import Raw, array, body, goldens
from tests.each import each
from tests.kernels.golden_files import name_of

VERDICTS = json.loads((Path(__file__).parents[1] / "pool_verdicts.json").read_text(encoding="utf-8"))
WINDOW = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
SHARES = ("count_include_pad", "divisor_override")


def settings_of(name: str) -> list[Any]:
    return [(f"{name}{n}d", golden) for n in (1, 2) for golden in goldens(name, n)]


def answer(ask: Direct, operation: str, sent: dict[str, Any]) -> dict[str, Any]:
    """The document of this scene; what its parameters say can be sent back and means the same."""
    document = ask.post(f"/{operation}.json", sent).json()
    assert "detail" not in document, document
    grids = {name: document[name]["values"] for name in ("x", "indices", "grad_output") if name in document}
    assert ask.post(f"/{operation}.json", document["parameters"] | grids).json() == document
    return document  # type: ignore[no-any-return]


@each("operation, golden", settings_of("max_pool"), lambda case: f"{case[0]} {name_of(case[1])}")
def test_max_pooling_answers_as_pytorch_does_with_the_places_of_its_winners(
    ask: Direct, operation: str, golden: dict[str, Any]
) -> None:
    document = answer(ask, operation, body(golden, *WINDOW, x=golden["x"]))
    assert_array_equal(array(document["y"]), golden["y"])
    assert_array_equal(array(document["argmax"]), golden["argmax"])
    assert [size["output"] for size in document["sizes"]] == list(golden["y"].shape[1:])


@each("operation, golden", settings_of("avg_pool"), lambda case: f"{case[0]} {name_of(case[1])}")
def test_average_pooling_answers_as_pytorch_does(ask: Direct, operation: str, golden: dict[str, Any]) -> None:
    document = answer(ask, operation, body(golden, *WINDOW, *SHARES, x=golden["x"]))
    assert_allclose(array(document["y"]), golden["y"], rtol=1e-9)
    assert "argmax" not in document


@each("golden", [g for g in goldens("lp_pool", 2) if np.isfinite(g["y"]).all()], name_of)
def test_power_average_pooling_answers_as_pytorch_does(ask: Direct, golden: dict[str, Any]) -> None:
    document = answer(ask, "lp_pool2d", body(golden, "norm_type", *WINDOW, x=golden["x"]))
    # A sum that cancels to zero in one order is 1e-16 in another, and its fifth root no longer small.
    assert_allclose(array(document["y"]), golden["y"], rtol=1e-9, atol=1e-9)


@each("golden", goldens("adaptive", 2), name_of)
def test_adaptive_pooling_answers_as_pytorch_does(ask: Direct, golden: dict[str, Any]) -> None:
    sent = body(golden, "output_size", x=golden["x"])
    largest, mean = (answer(ask, f"adaptive_{what}_pool2d", sent) for what in ("max", "avg"))
    assert_array_equal(array(largest["y"]), golden["max"])
    assert_array_equal(array(largest["argmax"]), golden["argmax"])
    assert_allclose(array(mean["y"]), golden["avg"], rtol=1e-9, atol=1e-12)


@each("golden", [golden for golden in goldens("max_pool", 2) if golden["unpooled"] is not None], name_of)
def test_max_unpooling_answers_as_pytorch_does(ask: Direct, golden: dict[str, Any]) -> None:
    sent = body(golden, "kernel_size", "stride", "padding", x=golden["y"], indices=golden["argmax"])
    document = answer(ask, "max_unpool2d", sent | {"output_size": list(golden["x"].shape[1:])})
    assert_array_equal(array(document["y"]), golden["unpooled"])


@each("golden", goldens("max_pool", 2), name_of)
def test_the_gradient_of_max_pooling_is_pytorchs(ask: Direct, golden: dict[str, Any]) -> None:
    document = answer(ask, "max_pool2d_input", body(golden, *WINDOW, x=golden["x"], grad_output=golden["grad_output"]))
    assert_allclose(array(document["y"]), golden["grad_x"], rtol=1e-9)


@each("golden", goldens("avg_pool", 2), name_of)
def test_the_gradient_of_average_pooling_is_pytorchs(ask: Direct, golden: dict[str, Any]) -> None:
    sent = body(golden, *WINDOW, *SHARES, x=golden["x"], grad_output=golden["grad_output"])
    document = answer(ask, "avg_pool2d_input", sent)
    assert_allclose(array(document["y"]), golden["grad_x"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("operation", "y"),
    [
        ("max_pool1d", [[6, 3, 5, 4]]),
        ("max_pool2d", [[[6, 8], [3, 4]]]),  # csc421-4
        ("avg_pool1d", [[4, 2, 5, 2]]),
        ("avg_pool2d", [[[3.75, 5.25], [2, 2]]]),  # dl2
        ("lp_pool2d", [[[5, 6], [9, 10]]]),
        ("adaptive_avg_pool2d", [[[2, 4], [6, 5]]]),
        ("adaptive_max_pool2d", [[[6, 8], [9, 8]]]),
        ("max_unpool2d", [[[0, 0, 0, 0], [0, 6, 0, 8], [3, 0, 0, 0], [0, 0, 0, 4]]]),
        ("max_pool2d_input", [[[0, 0, 0, 0], [0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1]]]),
        ("avg_pool2d_input", [[[0.25] * 4] * 4]),
    ],
)
def test_a_bare_pooling_is_small_enough_to_work_out_by_hand(ask: Direct, operation: str, y: Any) -> None:
    assert ask(f"/{operation}.json").json()["y"]["values"] == y


def test_what_max_pooling_keeps_goes_back_by_its_argmax(ask: Direct) -> None:
    pooled = ask("/max_pool2d.json").json()
    sent = {"x": pooled["y"]["values"], "indices": pooled["argmax"]["values"]}
    assert ask.post("/max_unpool2d.json", sent).json() == ask("/max_unpool2d.json").json()


def test_ones_from_above_count_how_many_windows_a_number_won(ask: Direct) -> None:
    counted = array(ask("/max_pool2d_input.json?x=9,0,0;0,5,0;0,0,0&stride=1").json()["y"])
    assert counted.tolist() == [[[1, 0, 0], [0, 3, 0], [0, 0, 0]]]


@pytest.mark.parametrize("operation", ["max_pool2d_input", "avg_pool2d_input"])
def test_an_activation_behind_a_pooling_lets_its_slope_through(ask: Direct, operation: str) -> None:
    gated = ask(f"/{operation}.json?activation=relu&z=1,0;-1,2&grad_output=1,2;3,4").json()
    assert gated["slope"]["values"] == [[[1, 0], [0, 1]]]
    assert gated["grad_z"]["values"] == [[[1, 0], [0, 4]]]
    assert gated["y"] == ask(f"/{operation}.json?grad_output=1,0;0,4").json()["y"]
    page = ask(f"/{operation}?activation=sigmoid")
    assert page.status == 200
    assert "grad_z" in page.text
    assert ask(f"/{operation}.json?z=1,2;3,4").status == 422


@pytest.mark.parametrize("operation", ["max_pool2d_input", "avg_pool2d_input"])
def test_an_upstream_gradient_of_ones_is_left_out_of_the_link(operation: str) -> None:
    assert pools.scene_at(f"/{operation}?grad_output=1,1;1,1").address() == f"/{operation}"
    changed = pools.scene_at(f"/{operation}?grad_output=1,2;1,1")
    assert changed.address() == f"/{operation}?grad_output=1,2;1,1"


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/max_pool2d?kernel_size=2&stride=2&padding=0&dilation=1&ceil_mode=false", "/max_pool2d"),
        ("/max_pool2d?kernel_size=3x3&stride=3", "/max_pool2d?kernel_size=3"),
        ("/max_pool2d?stride=1,2&kernel_size=2", "/max_pool2d?stride=1,2"),
        ("/avg_pool2d?count_include_pad=true&divisor_override=&ceil_mode=1", "/avg_pool2d?ceil_mode=true"),
        ("/lp_pool2d?norm_type=2", "/lp_pool2d"),
        ("/adaptive_avg_pool2d?output_size=2x2", "/adaptive_avg_pool2d"),
        ("/adaptive_avg_pool2d?output_size=2x3", "/adaptive_avg_pool2d?output_size=2,3"),
        ("/max_unpool2d?output_size=4", "/max_unpool2d"),
        ("/max_unpool2d?output_size=5,4", "/max_unpool2d?output_size=5,4"),
    ],
)
def test_a_link_leaves_out_what_pytorch_does_by_default(address: str, canonical: str) -> None:
    assert pools.scene_at(address).address() == canonical


@settings(max_examples=300, deadline=None)
@given(pools.pools())
def test_the_link_of_a_pooling_means_the_same_scene_and_is_its_own_link(drawn: tuple[str, Raw]) -> None:
    scene = pools.scene_or_none(*drawn)
    assume(scene is not None)
    assert scene is not None
    again = pools.scene_at(scene.address())
    assert again.address() == scene.address()
    assert document(view_of(again)) == document(view_of(scene))


@settings(max_examples=200, deadline=None)
@given(pools.pools())
def test_the_steps_of_a_pooling_are_the_whole_answer_however_they_are_cut(drawn: tuple[str, Raw]) -> None:
    scene = pools.scene_or_none(*drawn)
    assume(scene is not None)
    assert scene is not None
    cuts = [0, scene.layer.outputs // 3, scene.layer.outputs // 2, scene.layer.outputs]
    traces = [scene.trace(start, stop) for start, stop in pairwise(cuts)]
    assert_array_equal(np.concatenate([trace.y for trace in traces]), scene.y.ravel())
    assert_array_equal(np.concatenate([trace.channel_sums for trace in traces], axis=1), scene.whole_trace.channel_sums)
    assert all(len(trace.channel_sums) == len(scene.layer.relation.feeds[0]) for trace in traces)
    if scene.whole_trace.argmax is not None:
        winners = [trace.argmax for trace in traces if trace.argmax is not None]
        assert_array_equal(np.concatenate(winners), scene.whole_trace.argmax)
    assert not np.signbit(scene.y[scene.y == 0]).any()


@settings(max_examples=100, deadline=None)
@given(pools.pools())
def test_every_number_that_an_index_sends_home_lands_in_the_plane_of_y(drawn: tuple[str, Raw]) -> None:
    scene = pools.scene_or_none(*drawn)
    assume(scene is not None)
    assert scene is not None
    targets = scene.layer.targets
    if scene.operation.name not in ("max_unpool2d", "max_pool2d_input"):
        assert targets is None
        return
    assert targets is not None
    assert targets.shape == scene.data.shape
    y = np.zeros((len(scene.results), scene.results[0].size))
    for channel, plane in enumerate(targets):
        for place, value in zip(plane.ravel(), scene.data[channel].ravel(), strict=True):
            y[channel, place] = value if scene.operation.name == "max_unpool2d" else y[channel, place] + value
    assert_allclose(y, scene.results.reshape(y.shape), rtol=1e-12)


REFUSED = [
    ("kernel_size=0", "max_pool2d", "kernel_size", "kernel_size must be at least 1, but it is 0."),
    ("kernel_size=16", "max_pool2d", "kernel_size", "kernel_size may be at most 15 here, but it is 16."),
    ("kernel_size=2,2", "max_pool1d", "kernel_size", "one number, or one for each of the axis, but “2,2” has 2."),
    ("padding=1,1", "max_pool1d", "padding", "but “1,1” has 2."),
    ("stride=0", "max_pool2d", "stride", "A stride of 0 would never move the window"),
    ("dilation=0", "max_pool2d", "dilation", "dilation must be at least 1"),
    ("padding=-1", "avg_pool2d", "padding", "padding must be at least 0, but it is −1."),
    ("padding=same", "max_pool2d", "padding", "padding must be a whole number such as 2, but “same” is not one."),
    (
        "padding=2",
        "max_pool2d",
        "padding",
        "Along the height the padding is 2, but at most half of a window of 2",
    ),
    ("kernel_size=4,2&padding=2", "max_pool2d", "padding", "Along the width the padding is 2"),
    ("padding=2&kernel_size=3&dilation=2", "max_pool2d", "padding", "at most half of a window of 3, here 1"),
    ("padding=2", "avg_pool1d", "padding", "Along the length the padding is 2"),
    ("kernel_size=5", "max_pool2d", "kernel_size", "The 5×5 window covers 5×5 cells, but the input is only 4×4."),
    (
        "kernel_size=3&dilation=3&padding=1",
        "max_pool2d",
        "dilation",
        "The 3×3 window with dilation 3 covers 7×7 cells, but the padded input is only 6×6.",
    ),
    ("x=1&padding=1&dilation=2", "max_pool2d", "dilation", "The window of y[0, 0] reads nothing but padding"),
    ("x=1&padding=1&dilation=2", "max_pool1d", "dilation", "PyTorch answers −∞"),
    ("x=1&padding=1&dilation=2", "max_pool2d_input", "dilation", "The window of y[0, 0] reads nothing but padding"),
    ("divisor_override=0", "avg_pool2d", "divisor_override", "Nothing can be divided by 0"),
    ("divisor_override=2.5", "avg_pool2d", "divisor_override", "must be a whole number such as 4"),
    ("divisor_override=3", "avg_pool1d", "divisor_override", "“divisor_override” is not a parameter of avg_pool1d."),
    ("dilation=2", "avg_pool2d", "dilation", "“dilation” is not a parameter of avg_pool2d."),
    ("padding=1", "lp_pool2d", "padding", "“padding” is not a parameter of lp_pool2d."),
    ("norm_type=0", "lp_pool2d", "norm_type", "norm_type must be at least 1, but it is 0."),
    ("norm_type=9", "lp_pool2d", "norm_type", "norm_type may be at most 8 here, but it is 9."),
    ("norm_type=3&x=1,1;1,-2", "lp_pool2d", "norm_type", "In the window of y[0, 0, 0] the numbers to the power of 3"),
    ("norm_type=8&x=1e50,1;1,1", "lp_pool2d", "x", "the largest that a computer's float64 can hold"),
    ("output_size=0", "adaptive_avg_pool2d", "output_size", "output_size must be at least 1, but it is 0."),
    ("output_size=129", "adaptive_max_pool2d", "output_size", "output_size may be at most 128 here"),
    ("output_size=1,2,3", "adaptive_avg_pool2d", "output_size", "one for each of the 2 axes"),
    ("indices=0,1;2", "max_unpool2d", "indices", "Row 2 has 1 value"),
    ("indices=0,1,2", "max_unpool2d", "indices", "one place for each value of x, 1×2×2, but it is 1×1×3."),
    ("indices=0,1;2,16", "max_unpool2d", "indices", "indices[0, 1, 1] is 16, but it must be a place in a plane of 4×4"),
    ("indices=0,1;2,2.5", "max_unpool2d", "indices", "a whole number from 0 to 15"),
    ("indices=0,-1;2,3", "max_unpool2d", "indices", "indices[0, 0, 1] is -1"),
    ("output_size=6", "max_unpool2d", "output_size", "Along the height, output_size must be from 3 to 5"),
    ("padding=2", "max_unpool2d", "padding", "the output would be 0×0."),
    ("x=zeros:128x2&indices=zeros:128x2", "max_unpool2d", "x", "at most 128 cells a side, but y would be 256×4."),
    ("grad_output=1,2,3", "max_pool2d_input", "grad_output", "each output of the pooling, 1×2×2, but it is 1×1×3."),
    ("grad_output=1e308,1e308;1,1", "avg_pool2d_input", "grad_output", "the largest that a computer's float64"),
    ("x=zeros:16x128x128&kernel_size=15&stride=1", "max_pool2d", "x", "one scene may look at at most 20,000,000"),
    ("x=1e308,1e308;1e308,1e308", "avg_pool2d", "x", "the largest that a computer's float64 can hold"),
    ("x=zeros:17x4x4", "max_pool2d", "x", "at most 16 input channels, but x has 17."),
    ("w=1", "max_pool2d", "w", "“w” is not a parameter of max_pool2d."),
]


@pytest.mark.parametrize(("query", "operation", "field", "sentence"), REFUSED)
def test_what_pytorch_refuses_is_refused_in_better_words(
    ask: Direct, query: str, operation: str, field: str, sentence: str
) -> None:
    refused = ask(f"/{operation}.json?{query}")
    assert refused.status == 422
    (detail,) = refused.json()["detail"]
    assert detail["loc"] == ["query", field]
    assert sentence in detail["msg"]


@each("verdict", VERDICTS, lambda verdict: str(verdict["raw"]))
def test_a_setting_is_taken_where_pytorch_takes_it(verdict: dict[str, Any]) -> None:
    assert (pools.scene_or_none(verdict["operation"], verdict["raw"]) is not None) == verdict["taken"]


def test_pytorch_takes_and_refuses_many_settings_of_every_pooling() -> None:
    for operation in {verdict["operation"] for verdict in VERDICTS}:
        taken = [verdict["taken"] for verdict in VERDICTS if verdict["operation"] == operation]
        assert min(taken.count(True), taken.count(False)) >= 10, operation


def test_a_negative_sum_has_a_root_where_the_power_is_even_or_one(ask: Direct) -> None:
    for power in (1, 2):
        assert ask(f"/lp_pool2d.json?norm_type={power}&x=1,1;1,-5").status == 200


@pytest.mark.parametrize(
    ("query", "output"),
    [
        ("x=ramp:5x5&ceil_mode=true", 3),
        ("x=ramp:4x4&stride=3&padding=1&ceil_mode=true", 2),
        ("x=ramp:2x2&kernel_size=3&stride=2&ceil_mode=true", 1),
    ],
)
def test_rounding_up_is_explained_with_its_numbers(ask: Direct, query: str, output: int) -> None:
    size = ask(f"/max_pool2d.json?{query}").json()["sizes"][0]
    assert size["output"] == output
    assert size["formula"].startswith("⌈")
    assert size["formula"].endswith(f"= {output}")
    assert eval_formula(size["formula"]) == output


def eval_formula(formula: str) -> int:
    """The formula, worked out: its left side is Python but for the signs."""
    left, _, _ = formula.rpartition(" = ")
    python = left.replace("−", "-").replace("·", "*").replace("⌈", "-(-").replace("/", "//").replace("⌉", ")")
    return int(eval(python))
