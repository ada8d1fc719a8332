"""A scene is a URL: the same scene has one link, and that link means the scene."""

import random
from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.address.query import read_address
from app.address.refusal import Refusals
from app.operations import OPERATIONS
from app.scene.scene import Scene
from app.stream.document import document
from app.views.table import view_of
from tests.app import drawn
from tests.app.direct import Direct


def read(address: str) -> Scene:
    path, _, query = address.partition("?")
    return drawn.scene_of(path.removeprefix("/"), read_address(query.encode()))


def same(one: Scene, other: Scene) -> None:
    """Equal in all that is computed and in all that is shown."""
    for name in ("x", "w", "b"):
        left, right = one.values(name), other.values(name)
        assert (left is None) == (right is None)
        assert left is None or right is None or np.array_equal(left, right)
    assert [replace(axis) for axis in one.layer.axes] == [replace(axis) for axis in other.layer.axes]
    assert (one.layer.groups, one.layer.activation) == (other.layer.groups, other.layer.activation)
    assert one.presentation.model_dump() == other.presentation.model_dump()


@settings(max_examples=200, deadline=None)
@given(drawn.addresses())
def test_the_canonical_link_means_the_same_scene_and_is_its_own_canonical_link(address: tuple[str, drawn.Raw]) -> None:
    scene = drawn.scene_of(*address)
    again = read(scene.address())
    same(scene, again)
    assert again.address() == scene.address()


@settings(max_examples=100, deadline=None)
@given(drawn.addresses())
def test_one_scene_has_one_json_however_its_address_was_written(address: tuple[str, drawn.Raw]) -> None:
    scene = drawn.scene_of(*address)
    assert document(view_of(read(scene.address()))) == document(view_of(scene))


@settings(max_examples=100, deadline=None)
@given(drawn.addresses(), st.randoms(use_true_random=False))
def test_the_order_of_an_address_does_not_matter(address: tuple[str, drawn.Raw], shuffle: random.Random) -> None:
    operation, raw = address
    names = list(raw)
    shuffle.shuffle(names)
    assert (
        drawn.scene_of(operation, {name: raw[name] for name in names}).address() == drawn.scene_of(*address).address()
    )


DEFAULTS = {"stride": "1", "padding": "0", "padding_mode": "zeros", "dilation": "1", "groups": "1", "flip": "false"}
DEFAULTS |= {"activation": "none"}


@settings(max_examples=100, deadline=None)
@given(drawn.addresses())
def test_a_link_leaves_out_what_is_at_its_default(address: tuple[str, drawn.Raw]) -> None:
    operation, raw = address
    spelled = dict(parse_qsl(drawn.scene_of(operation, raw).address().partition("?")[2], keep_blank_values=True))
    assert "" not in spelled.values()
    assert not spelled.items() & DEFAULTS.items()
    assert drawn.scene_of(operation, DEFAULTS | raw).address() == drawn.scene_of(operation, raw).address()


@settings(max_examples=40, deadline=None)
@given(drawn.addresses())
def test_an_address_and_a_body_give_the_same_bytes(ask: Direct, address: tuple[str, drawn.Raw]) -> None:
    operation, raw = address
    for extension in (".json", ".events", ".svg", ""):
        by_address, by_body = ask(drawn.path(operation, raw, extension)), ask.post(f"/{operation}{extension}", raw)
        assert by_address.status == 200, by_address.text
        assert by_address.body == by_body.body


@settings(max_examples=40, deadline=None)
@given(drawn.addresses())
def test_the_link_that_is_pushed_is_the_canonical_one_and_opens_the_same_page(
    ask: Direct, address: tuple[str, drawn.Raw]
) -> None:
    page = ask(drawn.path(*address))
    pushed = page.headers["hx-push-url"]
    assert pushed == drawn.scene_of(*address).address()
    again = ask(pushed)
    assert again.headers["hx-push-url"] == pushed


def test_the_numbers_of_a_body_may_be_numbers(ask: Direct) -> None:
    raw = {"x": [[[1, 2, 3], [4, 5, 6.5], [7, 8, 9]]], "w": [[[[1, -1], [0.5, 0]]]], "b": [0.25], "stride": [1, 2]}
    raw |= {"padding": [[1, 0], [0, 1]], "dilation": 1, "groups": 1, "flip": True, "step": 3}  # type: ignore[dict-item]
    query = "x=1,2,3;4,5,6.5;7,8,9&w=1,-1;.5,0&b=1/4&stride=1,2&padding=1:0,0:1&flip=true&step=3"
    assert ask.post("/conv2d.json", raw).body == ask(f"/conv2d.json?{query}").body


def test_what_a_bare_link_shows_is_frozen(ask: Direct) -> None:
    two, one = ask("/conv2d.json").json(), ask("/conv1d.json").json()
    assert two["x"]["values"][0][1:3] == [[0, 9, 9, 9, 9, 9, 0], [0, 0, 0, 0, 9, 4, 0]]
    assert two["w"]["values"] == [[[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]]]
    assert two["y"]["values"][0][2] == [0, 17, 31, -13, -31]
    assert one["x"]["values"] == [[0, 1, 3, 6, 10, 15, 15, 15]]
    assert one["w"]["values"] == [[[1, 0, -1]]]


def test_names_stay_names_in_a_link(ask: Direct) -> None:
    for query in ("x=digit:7", "x=digit:7!3.4:255", "x=random:3x7x7:42", "w=gaussian:5", "x=ramp:5x5&w=box:3"):
        assert ask(f"/conv2d?{query}").headers["hx-push-url"] == f"/conv2d?{query}"


def refusals_of(ask: Direct, query: str) -> list[tuple[str, str, str]]:
    """The field, the sentence and the type of each refusal."""
    answer = ask(f"/conv2d.json?{query}")
    assert answer.status == 422
    return [(entry["loc"][1], entry["msg"], entry["type"]) for entry in answer.json()["detail"]]


def test_a_view_that_an_operation_has_not_is_refused_with_those_that_it_has(ask: Direct) -> None:
    sentence = "conv2d has no view “nope”; it has " + ", ".join(OPERATIONS["conv2d"].views) + "."
    assert refusals_of(ask, "view=nope") == [("view", sentence, "literal_error")]


def test_the_last_step_can_be_opened_and_the_one_after_it_is_refused(ask: Direct) -> None:
    assert ask("/conv2d.json?step=24").status == 200
    sentence = "step must be from 0 to 24, because this scene has 25 steps, but it is 25."
    assert refusals_of(ask, "step=25") == [("step", sentence, "less_than_equal")]
    for name in ("channel", "filter"):
        assert refusals_of(ask, f"{name}=1") == [(name, f"{name} must be from 0 to 0, but it is 1.", "less_than_equal")]


def test_every_field_that_is_wrong_is_refused_at_once_with_the_kind_of_its_fault(ask: Direct) -> None:
    (stride, _, too_small), (theme, _, no_choice) = refusals_of(ask, "stride=0&theme=blue")
    assert (stride, too_small) == ("stride", "greater_than_equal")
    assert (theme, no_choice) == ("theme", "literal_error")


def test_several_refusals_are_said_one_after_the_other_in_a_log() -> None:
    with pytest.raises(Refusals, match=r"^A stride of 0 .*\. theme is one of .*blue"):
        drawn.scene_of("conv2d", {"stride": "0", "theme": "blue"})


def test_equations_count_from_the_first_index_that_a_link_asks_for() -> None:
    for first in (0, 1):
        assert drawn.scene_of("conv2d", {"indices": str(first)}).conventions.first_index == first


def test_the_text_of_a_grid_is_the_name_it_was_given_and_of_a_missing_one_there_is_none() -> None:
    scene = drawn.scene_of("conv2d", {"w": "box:3"})
    assert (scene.text("w"), scene.text("b")) == ("box:3", "")


def test_the_slices_of_a_padded_volume_are_those_of_x_between_slices_of_zeros() -> None:
    scene = drawn.scene_of("conv3d", {"x": "random:1x2x4x4:1", "w": "random:1x1x2x2x2:1", "padding": "1,0,0"})
    assert scene.x.any()
    assert np.array_equal(scene.data, np.pad(scene.x[0], ((1, 1), (0, 0), (0, 0))))
