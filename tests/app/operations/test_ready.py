"""The red seven: a filter that sees red and not white paper, offered beside the inputs, and what to do first."""

import numpy as np
import pytest

from app.operations import OPERATIONS
from app.pages.gallery import view_at
from app.pages.panel.controls import panel
from tests.app.direct import Direct
from tests.app.markup import elements

RED_SEVEN = "/conv2d?x=red-seven&w=red&b=-8"
FIRST = "Change one weight so that it sees white paper too."


def test_the_filter_gives_ten_on_the_stroke_nought_on_its_soft_edge_and_minus_eight_on_paper() -> None:
    seven = np.array(view_at("/conv2d").scene.x[0])[1:-1, 1:-1]
    y = view_at(RED_SEVEN).scene.y[0]
    assert {(drawn, result) for drawn, result in zip(seven.ravel(), y.ravel(), strict=True)} == {
        (9, 10),
        (4, 0),
        (0, -8),
    }


@pytest.mark.parametrize("address", ["/conv2d", "/conv2d?x=digit:7&stride=2", "/conv2d?x=random:3x6x6:1"])
def test_a_chip_beside_the_inputs_leads_to_it_from_any_scene(address: str) -> None:
    (chip,) = [choice for choice in panel(view_at(address)).inputs if choice.label == "red seven"]
    assert (chip.address, chip.chosen) == (RED_SEVEN, False)


def test_there_its_chip_alone_is_marked() -> None:
    assert [choice.label for choice in panel(view_at(RED_SEVEN)).inputs if choice.chosen] == ["red seven"]


def test_what_to_do_first_is_said_on_its_page_until_a_weight_has_changed(ask: Direct) -> None:
    assert hint(ask, RED_SEVEN).endswith(FIRST)
    assert FIRST not in hint(ask, RED_SEVEN.replace("w=red", "w=red!0.1.1.1:0"))
    assert FIRST not in hint(ask, "/conv2d")


def test_where_nothing_can_be_changed_nobody_is_asked_to(ask: Direct) -> None:
    assert FIRST not in hint(ask, f"/embed{RED_SEVEN}")
    assert FIRST not in ask("/compare?a=/conv2d%3Fx=red-seven%26w=red%26b=-8&b=/conv2d").text


@pytest.mark.parametrize(
    ("label", "address"), [(each.label, each.address) for entry in OPERATIONS.values() for each in entry.ready]
)
def test_a_ready_scene_is_named_by_its_canonical_address(label: str, address: str) -> None:
    assert view_at(address).scene.canonical == address
    assert [choice.label for choice in panel(view_at(address)).inputs if choice.chosen] == [label]


def hint(ask: Direct, address: str) -> str:
    (found,) = [element for element in elements(ask(address).text) if "data-hint" in element.attributes]
    return found.text
