"""A toy operation and a toy view, made of tables alone, in two modules of tests/toy/ and on no list but the two tables:
everything that shows, serves and plays an operation shows, serves and plays them."""

import json
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.app.markup import Element, elements
from tests.browser.stage import Stage
from tests.browser.test_accessibility import violations
from tests.browser.test_player import passes
from tests.conftest import listen
from tests.program import ROOT, running

ROWS = "/moving_sum?view=rows"


@pytest.fixture(scope="module")
def toys() -> Iterator[str]:
    """The URL of `python -m tests.toy`."""
    with running(program="tests.toy") as url:
        yield url


def answer(url: str) -> str:
    with urlopen(url) as opened:
        text: str = opened.read().decode()
        return text


def page_of(url: str) -> list[Element]:
    return elements(answer(url))


@pytest.fixture
def stage(browser: Browser, toys: str) -> Iterator[Stage]:
    """The stage of a page of the toys; whatever the browser complains of fails the test."""
    context = browser.new_context(base_url=toys, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    listen(page, toys, complaints)
    yield Stage(page)
    context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def still(stage: Stage) -> Stage:
    """The stage while time stands still, until `passes` is called."""
    stage.page.clock.install(time=0)
    stage.page.clock.pause_at(1000)
    return stage


class TestServed:
    """What programs, slides and pages without scripts get."""

    def test_no_file_of_the_program_knows_the_toys(self) -> None:
        files = [path for folder in ("app", "kernels", "static", "templates") for path in (ROOT / folder).rglob("*.*")]
        read = [path for path in files if path.suffix in (".py", ".js", ".css", ".html", ".toml")]
        assert [path for path in read if "moving_sum" in path.read_text(encoding="utf-8")] == []

    def test_the_menu_of_every_page_has_the_toy_in_its_own_group(self, toys: str) -> None:
        page = page_of(f"{toys}/conv2d")
        assert any(link.get("href") == "/moving_sum" and link.text == "Moving sum" for link in page)
        assert any(heading.tag == "b" and heading.text == "Toys" for heading in page)

    def test_the_json_holds_the_sum_of_each_window(self, toys: str) -> None:
        document = json.loads(answer(f"{toys}/moving_sum.json?x=1,2,4,8,16~1,1,1,1,3&span=2"))
        assert document["y"] == {"shape": [2, 4], "values": [[3, 6, 12, 24], [2, 2, 2, 4]]}
        wrapped = json.loads(answer(f"{toys}/moving_sum.json?x=1,2,4,8,16&span=2&hop=2&around=true"))
        assert wrapped["parameters"] == {"span": 2, "hop": 2, "around": True}
        assert wrapped["y"]["values"] == [[3, 12, 17]]

    def test_the_stream_sends_which_cells_of_the_toy_view_light(self, toys: str) -> None:
        opening, steps, _ = answer(f"{toys}{ROWS.replace('?', '.events?')}").split("\n\n", 2)
        scene = json.loads(opening.partition("data: ")[2])
        assert scene["view"] == "rows"
        assert [table["plane"] for table in scene["lighting"]] == ["M.0", "Y.0"]
        assert json.loads(steps.partition("data: ")[2]) == {"start": 0, "y": [9, 10, 9]}

    @pytest.mark.parametrize(("view", "cells"), [("gather", 5 + 3 + 3), ("rows", 5 + 9 + 3)])
    def test_the_picture_has_a_number_in_every_cell(self, toys: str, view: str, cells: int) -> None:
        numbers = [
            text for text in page_of(f"{toys}/moving_sum.svg?view={view}") if text.get("text-anchor") == "middle"
        ]
        assert len([text for text in numbers if text.text.isdigit()]) == cells

    def test_the_page_names_parameters_and_views_by_their_own_words(self, toys: str) -> None:
        page = page_of(f"{toys}{ROWS}")
        texts = [element.text.strip() for element in page if element.tag in ("h1", "label", "summary", "p")]
        assert {"Moving sum", "Each window is a row, and its sum stands beside it.", "Span", "Hop"} <= set(texts)
        assert {"Wrap around", "More: sizes, conventions, hop, wrap around"} <= set(texts)
        chips = {chip.text: chip.get("href") for chip in page if "chip" in chip.get("class").split()}
        assert chips["gather"] == "/moving_sum"
        assert chips["rows"] == ROWS

    def test_an_embedded_page_and_a_comparison_show_the_toy_too(self, toys: str) -> None:
        for address in (f"/embed{ROWS}", f"/compare?a=/moving_sum&b={ROWS}"):
            planes = [drawn.get("data-plane") for drawn in page_of(toys + address)]
            assert {"x.0", "M.0", "Y.0"} <= set(planes)

    def test_the_schema_lists_every_representation_with_its_parameters(self, toys: str) -> None:
        paths = json.loads(answer(f"{toys}/openapi.json"))["paths"]
        for path in ("/moving_sum", "/moving_sum.json", "/moving_sum.events", "/moving_sum.svg", "/embed/moving_sum"):
            names = {parameter["name"] for parameter in paths[path]["get"]["parameters"]}
            assert {"x", "span", "hop", "around", "view", "step"} <= names

    def test_what_the_toy_refuses_is_said_in_its_own_sentence(self, toys: str) -> None:
        with pytest.raises(HTTPError, match="422") as refused:
            answer(f"{toys}/moving_sum.json?span=17")
        with refused.value as failed:
            [detail] = json.load(failed)["detail"]
        assert detail["loc"] == ["query", "span"]
        assert detail["msg"] == "span is from 1 to 16 cells, but not 17."


class TestPlayed:
    """What a student does with them."""

    def test_the_toy_operation_plays_to_its_end(self, still: Stage) -> None:
        still.open("/moving_sum?step=0")
        still.shows("y.0", [["9", "", ""]])
        still.button("Play").click()
        passes(still.page, 0.5)
        still.at(2, 3)
        still.outlines("x.0", {(0, 1), (0, 2), (0, 3)})
        passes(still.page, 8)
        still.at(3, 3)
        still.shows("y.0", [["9", "10", "9"]])
        expect(still.result).to_have_text("9")
        expect(still.button("Play")).to_be_visible()

    def test_pointing_at_a_number_says_how_many_sums_have_it(self, stage: Stage) -> None:
        stage.open("/moving_sum")
        stage.cell("x.0", 0, 2).hover()
        expect(stage.hint).to_have_text("x[2] = 1 · read by 3 outputs")
        stage.outlines("y.0", {(0, 0), (0, 1), (0, 2)})

    def test_the_controls_of_its_own_parameters_make_other_scenes(self, stage: Stage) -> None:
        stage.open("/moving_sum")
        stage.page.get_by_role("link", name="Span: one less").click()
        expect(stage.page).to_have_url("/moving_sum?span=2")
        stage.page.locator("#more > summary").click()
        stage.page.get_by_label("Wrap around").check()
        expect(stage.page).to_have_url("/moving_sum?span=2&around=true")
        stage.shows("y.0", [["8", "7", "4", "8", "7"]])

    def test_the_toy_view_plays_to_its_end_by_its_tables(self, still: Stage) -> None:
        still.open(f"{ROWS}&step=0")
        still.outlines("M.0", {(0, 0), (0, 1), (0, 2)})
        still.shows("Y.0", [["9"], [""], [""]])
        still.button("Step forward").click()
        still.outlines("M.0", {(1, 0), (1, 1), (1, 2)})
        still.outlines("Y.0", {(1, 0)})
        still.outlines("x.0", {(0, 1), (0, 2), (0, 3)})
        still.button("Play").click()
        passes(still.page, 3)
        still.at(3, 3)
        still.outlines("M.0", {(2, 0), (2, 1), (2, 2)})
        still.shows("Y.0", [["9"], ["10"], ["9"]])
        expect(still.button("Play")).to_be_visible()

    def test_pointing_at_a_cell_of_the_toy_view_lights_what_its_steps_light(self, stage: Stage) -> None:
        stage.open(ROWS)
        stage.cell("M.0", 2, 1).hover()
        stage.outlines("M.0", {(2, 1)})
        stage.outlines("Y.0", {(2, 0)})
        stage.cell("Y.0", 0, 0).hover()
        expect(stage.hint).to_have_text("y[0] = 9")
        stage.outlines("M.0", {(0, 0), (0, 1), (0, 2)})

    def test_cells_too_small_to_read_are_read_through_the_loupe(self, stage: Stage) -> None:
        stage.page.set_viewport_size({"width": 390, "height": 800})
        stage.open("/moving_sum?x=ramp:36&span=8&view=rows")
        stage.point("M.0", 1, 2)
        expect(stage.root.locator(".loupe .chosen")).to_have_text("3")

    def test_an_edited_number_changes_every_row_that_has_it(self, stage: Stage) -> None:
        stage.open(ROWS)
        stage.edit("x.0", 0, 2, "100")
        expect(stage.page).to_have_url("/moving_sum?x=2,6,100,3,5&view=rows")
        stage.shows("M.0", [["2", "6", "100"], ["6", "100", "3"], ["100", "3", "5"]])
        stage.shows("Y.0", [["108"], ["109"], ["108"]])  # what lies ahead too: an edit is seen in all results

    @pytest.mark.parametrize("address", ["/moving_sum", ROWS])
    def test_axe_finds_nothing_on_the_toys(self, stage: Stage, address: str) -> None:
        stage.open(address)
        assert violations(stage.page) == ""
