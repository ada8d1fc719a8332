"""The explanation of a pooling: formulas that are well formed, sentences with this scene's numbers, honest counts."""

from itertools import product
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given, settings

from app.equation.mathml import math
from app.equation.nodes import Node
from app.scene.explanation import Explanation
from app.scene.scene import Scene
from app.views.table import view_of
from app.views.view import start_step
from tests.app import pools
from tests.app.pools import POOLS, Raw


def explained(address: str) -> Explanation:
    scene = pools.scene_at(address)
    return scene.operation.explain(scene)


def said(address: str) -> str:
    """All the sentences beside the stage."""
    explanation = explained(address)
    return " ".join([explanation.kind, *explanation.remarks, *explanation.unused, explanation.note])


def written(formula: Node) -> str:
    """A formula as the letters and signs that it shows."""
    return "".join(ElementTree.fromstring(math(formula)).itertext())


def counted(explanation: Explanation) -> dict[str, int]:
    return {count.label: count.own for count in explanation.counts}


@settings(max_examples=200, deadline=None)
@given(pools.pools())
def test_every_pooling_is_explained_with_formulas_that_parse(drawn: tuple[str, Raw]) -> None:
    scene = pools.scene_or_none(*drawn)
    assume(scene is not None)
    assert scene is not None
    explanation = scene.operation.explain(scene)
    for formula in (explanation.short, explanation.long, *(size.math for size in explanation.sizes)):
        assert written(formula)
    assert explanation.kind
    assert counted(explanation)["parameters"] == 0
    assert not any("{" in sentence for sentence in (*explanation.remarks, *explanation.unused, explanation.note))


@settings(max_examples=100, deadline=None)
@given(pools.pools())
def test_the_numbers_read_are_those_that_windows_find_in_x(drawn: tuple[str, Raw]) -> None:
    scene = pools.scene_or_none(*drawn)
    assume(scene is not None and scene.operation.name not in ("max_unpool2d", "max_pool2d_input", "avg_pool2d_input"))
    assert scene is not None
    assert counted(scene.operation.explain(scene))["numbers read"] == reads_of(scene)


def reads_of(scene: Scene) -> int:
    """Window by window, place by place: how often a number of x is looked at."""
    tables = [axis.reads for axis in scene.layer.axes]
    windows = product(*(range(len(table)) for table in tables))
    each = sum(
        all(cell >= 0 for cell in cells)
        for window in windows
        for cells in product(*(table[at] for table, at in zip(tables, window, strict=True)))
    )
    return each * len(scene.data)


@pytest.mark.parametrize(
    ("address", "formula"),
    [
        ("/max_pool2d", "yi,j=max0≤a,b<2x2i+a,2j+b"),
        ("/max_pool2d?kernel_size=2,3&padding=1&stride=1", "yi,j=max0≤a<2,0≤b<3xi+a−1,j+b−1"),
        ("/max_pool1d?x=random:2x8:1&dilation=2", "yc,i=max0≤a<2xc,2i+2a"),
        ("/avg_pool2d", "yi,j=14∑a=01∑b=01x2i+a,2j+b"),
        ("/avg_pool2d?divisor_override=-3", "yi,j=1−3∑a=01∑b=01x2i+a,2j+b"),
        ("/avg_pool1d?x=1,2,3&ceil_mode=true", "yi=1ni∑a=01x2i+a"),
        ("/lp_pool2d", "yi,j=∑a=01∑b=01x2i+a,2j+b2"),
        ("/lp_pool2d?norm_type=3", "yi,j=∑a=01∑b=01x2i+a,2j+b33"),
        ("/lp_pool2d?norm_type=1", "yi,j=∑a=01∑b=01x2i+a,2j+b"),
        ("/adaptive_avg_pool2d?output_size=1", "yi,j=125∑a=04∑b=04xa,b"),
        ("/adaptive_max_pool2d?x=ramp:4x6", "yi,j=max2i≤a≤2i+1,3j≤b≤3j+2xa,b"),
        ("/max_unpool2d", "yindicesi,j=xi,j,\u00a0all others 0"),
        ("/max_pool2d_input", "x̄k=∑argmaxi,j=kgrad_outputi,j"),
        ("/avg_pool2d_input", "x̄k,l=∑windows that read\u00a0k,lgrad_outputi,j4"),
    ],
)
def test_the_long_formula_has_this_scenes_numbers(address: str, formula: str) -> None:
    assert written(explained(address).long) == formula


@pytest.mark.parametrize(
    ("address", "formula"),
    [
        ("/max_pool2d", "⌊4−22⌋+1=2"),
        ("/max_pool2d?padding=1&dilation=2", "⌊4+2·1−2·(2−1)−12⌋+1=2"),
        ("/max_pool2d?x=ramp:5x5&ceil_mode=true", "⌈5−22⌉+1=3"),
        ("/max_pool2d?x=ramp:4x4&stride=3&padding=1&ceil_mode=true", "⌈4+2·1−23⌉+1−1=2"),
        ("/adaptive_avg_pool2d", "52=2.5\u00a0cells for each window"),
        ("/adaptive_avg_pool2d?output_size=3", "53≈1.67\u00a0cells for each window"),
        ("/max_unpool2d", "(2−1)·2+2=4"),
    ],
)
def test_the_size_is_worked_out_with_this_scenes_numbers(address: str, formula: str) -> None:
    (size,) = explained(address).sizes
    assert written(size.math) == formula


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/max_pool2d", "Of equal numbers, the first in reading order wins"),
        ("/max_pool2d", "No parameters: there is nothing to learn here. 16 numbers become 4"),
        ("/max_pool2d?padding=1", "The padding holds no zeros here"),
        ("/max_pool2d?x=ramp:5x5", "No window reads row 4 and column 4: (5 + 0 − 2) / 2 is not whole"),
        ("/max_pool2d?stride=3", "No window reads rows 2, 3 and columns 2, 3"),
        ("/max_pool2d?x=ramp:5x6&stride=3", "No window reads row 2: the stride steps over"),
        (
            "/max_pool2d?x=ramp:5x5&ceil_mode=true",
            "along the height and width, the last window hangs over the end, by 1",
        ),
        ("/max_pool2d?x=ramp:4x4&stride=3&padding=1&ceil_mode=true", "there would be 3 windows along the height and"),
        ("/avg_pool2d?padding=1", "The padding counts as zeros in every mean"),
        ("/avg_pool2d?padding=1&count_include_pad=false", "n is how many cells of x the window has, 1 to 4."),
        ("/avg_pool2d?kernel_size=3&padding=1&count_include_pad=false", "each window has 4 cells of x."),
        ("/avg_pool2d?x=ramp:5x5&ceil_mode=true", "n is how many cells the window has, 1 to 4"),
        ("/avg_pool2d?divisor_override=3", "its sum is divided by 3."),
        ("/lp_pool2d", "the length of each window"),
        ("/lp_pool2d?norm_type=5", "the 5-norm of each window"),
        ("/lp_pool2d?x=ramp:5x5&ceil_mode=true", "what hangs over the end counts as they do"),
        ("/adaptive_avg_pool2d", "Along the height and width, the windows read the cells 0–2, 2–4."),
        ("/adaptive_avg_pool2d", "5 does not divide by 2"),
        ("/adaptive_avg_pool2d?output_size=1", "global pooling: one number for each channel"),
        ("/max_unpool2d", "5 is row 1, column 1."),
        ("/max_unpool2d", "4 of 16 numbers are put back"),
        ("/max_unpool2d?output_size=5,4", "output_size asks for 5 along the height."),
        ("/max_unpool2d?indices=0,0;0,0", "Several values go to one place; the last in reading order stays."),
        ("/max_pool2d_input", "x̄ is as large as x."),
    ],
)
def test_a_sentence_says_what_the_formula_leaves_open(address: str, sentence: str) -> None:
    assert sentence in said(address)


@pytest.mark.parametrize(
    ("address", "costs"),
    [
        ("/max_pool2d", {"numbers read": 16, "comparisons": 12}),
        ("/avg_pool2d?stride=1", {"numbers read": 36, "additions": 27, "divisions": 9}),
        ("/lp_pool2d?norm_type=3", {"numbers read": 16, "multiplications": 32, "additions": 12, "roots": 4}),
        ("/lp_pool2d?norm_type=1", {"numbers read": 16, "additions": 12}),
        ("/max_pool2d_input", {"comparisons": 12, "additions": 4}),
        ("/avg_pool2d_input", {"divisions": 4, "additions": 16}),
        ("/max_unpool2d", {}),
    ],
)
def test_a_pooling_costs_comparisons_and_additions_but_no_parameters(address: str, costs: dict[str, int]) -> None:
    assert counted(explained(address)) == {"parameters": 0} | costs


def test_what_the_words_say_of_sizes_holds_only_where_it_is_smaller() -> None:
    assert "become" not in explained("/max_pool2d?stride=1&padding=1").note


@pytest.mark.parametrize("operation", POOLS)
def test_a_bare_pooling_rests_on_a_step_that_is_there(operation: str) -> None:
    view = view_of(pools.scene_at(f"/{operation}"))
    assert start_step(view) < view.steps
