"""The front page: a stage that lives, paths that lead on, and every page of the product within two clicks."""

from html import unescape

import pytest
from starlette.routing import Route

from app.main import create_app
from app.operations import OPERATIONS
from app.pages.front.kernels import OFFERED, kernels
from app.pages.front.paths import Path, paths
from app.pages.gallery import view_at
from app.pages.networks.catalogue import catalogue
from app.painters.thumbnail import thumbnail
from kernels.filters import named_filters
from tests.app.direct import Direct
from tests.app.markup import elements

MOST_ELEMENTS = 1500
LIVE = "/networks/lenet5/live"


def leads_to(html: str) -> set[str]:
    """The pages that the links of a page lead to."""
    found = (element.get("href").partition("#")[0] for element in elements(html) if element.tag == "a")
    return {href.partition("?")[0] for href in found if href}


NO_PAGES = ("/embed", "/present", "/share", "/oembed", "/progress", "/healthz")
"""Routes of pages in frames, of panels and for programs."""


def pages() -> set[str]:
    """The page of every route, without its scenes."""
    routes = [route for route in create_app().routes if isinstance(route, Route)]
    fixed = {route.path for route in routes if "GET" in (route.methods or ()) and "{" not in route.path}
    named = {f"/networks/{name}" for name in catalogue()}
    return {path for path in fixed | named if "." not in path and not path.startswith(NO_PAGES)}


def test_the_pages_are_those_of_the_operations_and_many_more() -> None:
    assert pages() >= {"/", "/lectures", "/compare", "/learn", LIVE, *(f"/{name}" for name in OPERATIONS)}


def test_every_page_is_two_clicks_away(ask: Direct) -> None:
    first = leads_to(ask("/").text)
    second = set().union(*(leads_to(ask(page).text) for page in first if ask(page).status == 200))
    assert pages() - first - second == set()


def test_every_link_of_every_page_has_an_address(ask: Direct) -> None:
    """What a script switches on later, too: a crawler cannot follow a link that leads nowhere."""
    links = {page: [each for each in elements(ask(page).text) if each.tag == "a"] for page in sorted(pages())}
    assert {page for page, found in links.items() if not all(link.get("href") for link in found)} == set()


def test_live_lenet_is_one_click_away(ask: Direct) -> None:
    assert LIVE in leads_to(ask("/").text)


def test_the_menu_holds_every_page_but_networks_and_their_units(ask: Direct) -> None:
    menu = ask("/").text.partition('id="menu"')[2].partition("</nav>")[0]
    assert pages() - {f"/networks/{name}" for name in catalogue()} - {"/", f"{LIVE}/unit"} == leads_to(menu)


def test_the_front_page_is_light(ask: Direct) -> None:
    assert len(elements(ask("/").text)) <= MOST_ELEMENTS


def test_the_first_stage_is_the_bare_scene(ask: Direct) -> None:
    [stage] = [element for element in elements(ask("/").text) if element.tag == "conv-stage"]
    assert stage.get("src") == "/conv2d.events"
    assert "intro" in stage.attributes


def test_in_a_tall_box_the_first_stage_shows_paper_and_result_alone(ask: Direct) -> None:
    """The kernel stands in the chips there, and in the cells of the window."""
    sheets = [element for element in elements(ask("/").text) if element.get("class").startswith("sheet")]
    seen = {name: sum(f"data-{name}" in sheet.attributes for sheet in sheets) for name in ("wide", "tall")}
    assert seen == {"wide": 4, "tall": 2}
    assert sum("data-tall" in element.attributes for element in elements(ask("/conv2d").text)) == 5  # the drawing, too


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.id)
def test_a_path_is_two_or_three_scenes_with_a_sentence_each(path: Path, ask: Direct) -> None:
    assert 2 <= len(path.links) <= 3
    for link in path.links:
        assert ask(link.address).status == 200
        assert link.shows.endswith((".", "?"))
        assert link.shows in unescape(ask("/").text)


def test_a_kernel_beside_the_stage_opens_in_its_scene() -> None:
    scene = view_at("/conv2d").scene
    offered = kernels(scene)
    assert [kernel.name for kernel in offered] == list(OFFERED)
    assert [kernel.name for kernel in offered if kernel.chosen] == ["sobel-x"]
    for kernel in offered:
        assert (view_at(kernel.address).scene.w == named_filters()[kernel.name].weights).all()


def test_a_small_picture_has_a_shape_for_each_shade_and_no_numbers() -> None:
    picture = elements(thumbnail(view_at("/conv2d")))
    assert "text" not in {element.tag for element in picture}
    assert len(picture) < 25
    fills = [element.get("fill") for element in picture]
    assert {"var(--input)", "var(--output)", "var(--negative)"} <= set(fills)


def test_a_dilated_window_is_drawn_as_its_nine_cells() -> None:
    def amber(address: str) -> list[str]:
        drawn = elements(thumbnail(view_at(address)))
        return [element.get("d") for element in drawn if element.get("stroke") == "var(--tap)"]

    [plain], [dilated] = amber("/conv2d"), amber("/conv2d?dilation=2")
    assert (plain.count("M"), dilated.count("M")) == (1, 9)
