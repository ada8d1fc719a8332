"""The view connections: the lines that are drawn are those that the counts say, in each of the three ways."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings

from app.operations.convolution.explanation import connections
from app.pages.panel.controls import panel
from app.painters.marks import marks_svg
from app.painters.palette import PAGE
from app.scene.scene import Scene
from app.stream.picture import poster
from app.views.connections import Connections
from app.views.marks import Edges
from app.views.words import connections as words
from tests.app import drawn
from tests.fixtures import make_connections
from tests.fixtures.make_frames import view_at

Refused = Callable[..., tuple[str, str]]


def connections_of(address: str) -> Connections:
    view = view_at(address)
    assert isinstance(view, Connections)
    return view


def test_what_the_javascript_is_held_to_is_what_python_says_today() -> None:
    made = make_connections.fixtures()
    assert make_connections.FILE.read_bytes() == made, "python -m tests.fixtures.make_connections writes it anew"


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_the_lines_of_all_pairs_of_planes_are_the_connections_that_the_explanation_counts(scene: Scene) -> None:
    if scene.operation.spatial > 1 or scene.data[0].size * scene.results[0].size > 400:
        return
    view = Connections(scene)
    pairs = sum(len(feed) for feed in scene.layer.relation.feeds)
    assert len(view.edges("shared")) == len(view.edges("local"))
    assert pairs * len(view.edges("shared")) == connections(scene)
    assert len(view.edges("full")) == scene.data[0].size * scene.results[0].size


def test_the_counts_are_written_with_their_formulas() -> None:
    ways = connections_of("/conv1d?padding=1&view=connections").note("").ways
    assert [(way.name, way.connections, way.weights, way.chosen) for way in ways] == [
        ("fully connected", "8 · 8 = 64", "64", False),
        ("locally connected", "8 · 3 − 2 = 22", "22", False),
        ("convolutional", "8 · 3 − 2 = 22", "3", True),
    ]
    assert ways[0].address == "/conv1d?padding=1&view=connections&connections=full"


@pytest.mark.parametrize(("way", "count"), [("full", 48), ("local", 18), ("shared", 18)])
def test_as_many_lines_are_drawn_as_are_counted(way: str, count: int) -> None:
    view = connections_of(f"/conv1d?connections={way}&view=connections")
    nodes, _ = view.places(view.frame(0))
    [edges] = nodes.planes[1].marks
    assert isinstance(edges, Edges)
    assert len(edges.edges) == count
    assert len(edges.lit & {edge.number for edge in edges.edges}) == (8 if way == "full" else 3)


def test_lines_that_share_a_weight_look_alike_without_their_colour() -> None:
    view = connections_of("/conv1d?view=connections")
    nodes = view.places(view.frame(0))[0].planes[1]
    drawn = marks_svg(nodes.marks, nodes.plane, PAGE, 1)
    dashes = set(
        re.findall(r'data-tap="(\d)".*?class="line"[^>]*?(?:stroke-dasharray="([^"]*)")?(?: stroke-width)', drawn)
    )
    assert len(dashes) == 3
    assert len({dash for _, dash in dashes}) == 3


def test_the_poster_shows_the_lines_in_colours_of_its_own() -> None:
    picture = poster(view_at("/conv1d?view=connections&theme=dark")).decode()
    assert picture.count('class="edge') - 1 == 18
    assert "var(" not in picture


def test_several_channels_are_drawn_one_at_a_time_and_it_is_said() -> None:
    view = connections_of("/conv1d?x=random:2x8:1&w=random:3x2x3:1&channel=1&filter=2&b=1&view=connections")
    assert view.arrangement.channels == (1,)
    assert view.arrangement.filters == (2,)
    assert view.note("").sentence.endswith("One channel and one filter are drawn and counted. The bias is not counted.")


def test_more_lines_than_can_be_distinguished_are_refused(refused: Refused) -> None:
    field, said = refused("x=ramp:60&view=connections", operation="conv1d")
    assert field == "view"
    assert said.startswith("Between 60 inputs and 58 outputs there may be 3,480 connections; at most 1,200 are drawn.")


def test_another_way_to_connect_is_refused_by_its_name(refused: Refused) -> None:
    field, said = refused("connections=some&view=connections", operation="conv1d")
    assert (field, said) == ("connections", "connections is one of full, local, shared, but “some” is none of them.")


def test_backward_is_a_direction_of_the_same_lines_and_only_where_the_weights_are_known() -> None:
    view = connections_of("/conv1d?view=connections&direction=backward")
    assert view.header()["direction"] == "backward"
    note = view.note("")
    assert [(each.address, each.chosen) for each in note.directions] == [
        ("/conv1d?view=connections", False),
        ("/conv1d?view=connections&direction=backward", True),
    ]
    assert note.sentence == words.BACKWARD
    full = connections_of("/conv1d?view=connections&connections=full&direction=backward")
    assert "direction" not in full.header()
    assert full.note("").directions == []


def test_any_gradient_may_come_from_above_one_number_for_each_output(refused: Refused) -> None:
    view = connections_of("/conv1d?view=connections&direction=backward&upstream=1,0,-2,1/2,0,3!5:4")
    assert view.upstream.tolist() == [1, 0, -2, 0.5, 0, 4]
    planes = view.places(view.frame(0))[0].planes
    assert planes[-1].plane.id == "u.0"
    assert planes[-1].plane.values.tolist() == [[1, 0, -2, 0.5, 0, 4]]
    asked = "view=connections&direction=backward&upstream="
    assert refused(asked + "1,2", operation="conv1d") == (
        "upstream",
        "upstream has 2 numbers, but there are 6 outputs: one number for each.",
    )
    assert refused(asked + "1,1,1,1,1,1~2,2,2,2,2,2", operation="conv1d")[0] == "upstream"


def test_ones_from_above_need_not_be_said_and_other_outputs_begin_with_them_again() -> None:
    ones = view_at("/conv1d?view=connections&direction=backward&upstream=1,1,1,1,1,1")
    assert ones.scene.address() == "/conv1d?view=connections&direction=backward"
    shown = panel(view_at("/conv1d?view=connections&direction=backward&upstream=1,0,0,0,0,2"))
    assert [field.value for field in shown.grids if field.name == "upstream"] == ["1,0,0,0,0,2"]
    stride = next(stepper for stepper in shown.steppers if stepper.name == "stride")
    assert stride.more == "/conv1d?view=connections&direction=backward&stride=2"
