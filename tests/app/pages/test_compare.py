"""Two scenes side by side: read strictly, played by one playhead, and their differing numbers marked."""

import json
from urllib.parse import quote

import numpy as np
import pytest

from app.pages.compare import words
from app.pages.compare.page import Comparison, read_comparison
from app.settings import Limits
from app.views.view import start_step
from tests.app.direct import Direct


def compared(a: str, b: str) -> Comparison:
    return read_comparison({"a": a, "b": b}, Limits())


def test_a_bare_comparison_is_stride_one_against_two() -> None:
    comparison = read_comparison({}, Limits())
    assert (comparison.a.scene.address(), comparison.b.scene.address()) == ("/conv2d", "/conv2d?stride=2")
    assert "1×5×5 against 1×3×3" in comparison.sentence


def test_an_address_is_read_with_and_without_its_slash() -> None:
    assert compared("conv2d?stride=2", "/conv2d").a.scene.address() == "/conv2d?stride=2"


@pytest.mark.parametrize(("label", "a", "b"), words.READY)
def test_each_ready_comparison_is_written_as_its_scenes_are(label: str, a: str, b: str) -> None:
    comparison = compared(a, b)
    assert comparison.sentence
    assert (comparison.a.scene.address(), comparison.b.scene.address()) == (a, b), label


@pytest.mark.parametrize(("label", "a", "b"), words.READY)
def test_both_scenes_rest_equally_far_along_their_way(label: str, a: str, b: str) -> None:
    comparison = compared(a, b)
    shares = [
        (step + 1) / view.steps
        for view, step in ((comparison.a, start_step(comparison.a)), (comparison.b, comparison.moment))
    ]
    assert 0 <= shares[1] - shares[0] < 1 / comparison.b.steps, label


def test_a_table_of_channels_stands_beside_a_single_plane(ask: Direct) -> None:
    many = quote("/conv2d?x=random:3x6x6:1&w=random:2x3x3x3:2")
    assert ask(f"/compare?a={many}&b={quote('/conv2d')}").status == 200


def test_what_differs_is_counted_number_by_number() -> None:
    comparison = compared("/conv2d?x=ramp:6x6&stride=2&padding=0:1", "/conv2d?x=ramp:6x6&stride=2&padding=1")
    differ = int(np.sum(comparison.a.scene.y != comparison.b.scene.y))
    assert 0 < differ < comparison.a.scene.y.size
    assert comparison.sentence == words.DIFFERENT.format(differ=differ, count=9)


def test_a_symmetric_kernel_does_not_mind_being_turned() -> None:
    comparison = compared("/conv2d?w=gaussian", "/conv2d?w=gaussian&flip=true")
    assert comparison.sentence == words.ALL_EQUAL.format(count=25)


def test_the_page_marks_every_cell_that_differs(ask: Direct) -> None:
    page = ask(f"/compare?a={quote('/conv2d')}&b={quote('/conv2d?flip=true')}").text
    differ = int(np.sum(compared("/conv2d", "/conv2d?flip=true").differences))
    marks = page.split('class="differs" d="')[1:]
    assert len(marks) == 2
    assert [mark.split('"')[0].count("M") for mark in marks] == [differ, differ]


def test_the_json_has_both_scenes_and_where_they_differ(ask: Direct) -> None:
    document = json.loads(ask(f"/compare.json?a={quote('/max_pool2d')}&b={quote('/avg_pool2d')}").body)
    y = [np.array(document[side]["y"]["values"]) for side in ("a", "b")]
    assert document["differ"] == int((y[0] != y[1]).sum())
    assert document["differences"] == (y[0] != y[1]).tolist()


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("a=/conv2d%3Fstride%3D0&b=/conv2d", "a", "stride must be at least 1"),
        ("a=/conv2d&b=/conv9d", "b", "“/conv9d” is not one"),
        ("a=/conv2d", "b", "Give two scenes"),
        ("a=/conv2d&b=/conv2d&c=1", "c", "not a parameter of /compare"),
        ("a=/conv2d%3Fstride%3D2%26stride%3D3&b=/conv2d", "a", "given 2 times"),
    ],
)
def test_a_refusal_says_which_side_it_is_about(ask: Direct, query: str, field: str, said: str) -> None:
    answer = ask(f"/compare.json?{query}")
    assert answer.status == 422
    detail = json.loads(answer.body)["detail"][0]
    assert detail["loc"][1] == field
    assert said in detail["msg"]
