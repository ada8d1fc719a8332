"""What the page carries for the stage's scripts."""

import pytest

from app.pages.gallery import view_at
from app.views.view import start_step
from tests.app.direct import Direct
from tests.app.markup import elements


@pytest.mark.parametrize(
    "address",
    [
        "/conv2d?x=random:9x4x4:1&w=random:9x9x2x2:1",
        "/conv_transpose2d?x=random:9x2x2:1&w=random:9x9x2x2:2",
        "/conv2d_input?w=random:9x9x3x3:1&grad_output=random:9x4x4:1",
        "/max_pool2d?x=random:9x4x4:1",
        "/max_pool2d_input?x=random:9x6x6:1&grad_output=random:9x3x3:1",
    ],
)
def test_the_links_that_the_playhead_follows_are_those_of_the_planes_that_it_goes_through(
    ask: Direct, address: str
) -> None:
    view = view_at(address)
    planes = {view.place(step)[0] for step in range(view.steps)}
    leads = [link for link in elements(ask(address).text) if "data-leads" in link.attributes]
    assert {int(link.get("data-index")) for link in leads} == planes
    for link in leads:
        opened = view_at(link.get("href"))
        assert opened.place(start_step(opened))[0] == int(link.get("data-index"))


def test_channels_that_go_their_own_way_fold_into_one_list(ask: Direct) -> None:
    lists = [nav for nav in elements(ask("/max_pool2d?x=random:9x4x4:1").text) if nav.tag == "nav"]
    assert [nav.get("aria-label") for nav in lists if nav.get("aria-label") in ("Channels", "Filters")] == ["Filters"]


@pytest.mark.parametrize(
    ("address", "counts"),
    [
        ("/conv_transpose2d", True),
        ("/conv_transpose2d?stride=3", False),
        ("/fold", True),
        ("/conv2d", False),
        ("/conv_transpose2d?x=ones:6x6&w=ones:5x5&stride=1", False),
    ],
)
def test_dots_under_numbers_have_a_legend_and_without_dots_there_is_none(
    address: str, counts: bool, ask: Direct
) -> None:
    path, _, query = address.partition("?")
    page, file = ask(address), ask(f"{path}.svg?{query}")
    assert ("one for each number added" in page.text) == counts
    assert ("dots: one for each number added" in file.text) == counts
    assert ('class="pips"' in page.text) == counts


def test_a_refusal_is_said_once_to_a_reader_of_its_page_beside_its_field(ask: Direct) -> None:
    found = elements(ask("/conv2d?stride=0").text)
    (beside,) = [element for element in found if element.get("role") == "alert" and element.tag == "p"]
    assert beside.text.startswith("A stride of 0")
