"""What a reader sees where the server does not answer: in a real browser, whose requests are refused or cut."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.stage import Stage, block, moving
from tests.browser.test_accessibility import violations
from tests.browser.waiting import becomes


def cut(route: Route) -> None:
    route.abort()


def full(route: Route) -> None:
    route.fulfill(status=503, body="full", headers={"Retry-After": "1"})


REASONS = {cut: "The server cannot be reached.", full: "The server answered 503."}
PAIRS = {"/compare": re.compile(r"stride=2"), "/there-and-back": re.compile(r"conv_transpose2d\.events")}
"""Pages of two stages, and the stream of their second one."""


@pytest.fixture(autouse=True)
def failures(page: Page, complaints: list[str]) -> Iterator[None]:
    """Chromium logs every request that fails, and here that is no complaint."""
    yield
    complaints[:] = [complaint for complaint in complaints if "Failed to load resource" not in complaint]


@pytest.mark.parametrize("fails", REASONS)
@pytest.mark.parametrize("address", PAIRS)
def test_two_stages_say_why_they_cannot_play_together(page: Page, address: str, fails: Callable[[Route], None]) -> None:
    page.route(PAIRS[address], lambda route: fails(route) if ".events" in route.request.url else route.continue_())
    page.goto(address)
    expect(page.get_by_role("alert")).to_have_text(
        f"One of the two could not be loaded, so they cannot play together. {REASONS[fails]} "
        "Reload the page to try again."
    )
    expect(page.locator("[data-common]")).to_be_hidden()
    expect(page.locator("[data-hint]").nth(1)).to_have_text(f"The steps could not be loaded. {REASONS[fails]}")
    assert violations(page) == ""


def test_the_stage_that_came_plays_alone(page: Page) -> None:
    page.route("**/*.events*stride=2*", full)
    page.goto("/compare")
    first = page.locator("conv-stage").first
    first.get_by_role("button", name="First step").click()
    expect(first.locator("[data-position]")).to_have_text("1 of 25")


@pytest.mark.parametrize("address", PAIRS)
def test_two_stages_that_came_say_nothing(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-common]")).to_be_visible()
    expect(page.locator("[data-failed]")).to_be_empty()


@pytest.mark.parametrize("fails", REASONS)
@pytest.mark.parametrize(("address", "what"), [("/conv2d", "steps"), ("/learn", "iterations")])
def test_a_stage_says_why_its_steps_did_not_come(
    page: Page, address: str, what: str, fails: Callable[[Route], None]
) -> None:
    page.route("**/*.events*", fails)
    page.goto(address)
    sentence = f"The {what} could not be loaded. {REASONS[fails]}"
    expect(page.locator("[data-hint]")).to_have_text(sentence)
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_attached()


def test_a_changed_scene_says_that_its_steps_did_not_come(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.route("**/*.events*", full)
    stage.edit("x.0", 1, 1, "5")
    expect(stage.hint).to_have_text("The steps could not be loaded. The server answered 503.")


def test_what_a_busy_server_does_not_make_is_asked_for_again_and_the_page_stays(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    is_busy = True
    page.route(re.compile(r"/conv2d\?"), lambda route: full(route) if is_busy else route.continue_())
    with page.expect_response("**/away.js"):
        page.get_by_role("link", name="Stride: one more").focus()
    page.get_by_role("link", name="Stride: one more").click()
    note = page.locator("[data-away]")
    expect(note).to_have_text(
        "The server has much to do. What you asked for is asked for again by itself in a few seconds."
    )
    expect(page.locator("conv-stage")).to_be_visible()
    is_busy = False
    expect(page).to_have_url(re.compile("stride=2"))
    expect(note).to_be_empty()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@moving
def test_playing_pauses_where_the_next_steps_do_not_come(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=ramp:70x70&w=ones:3x3&step=3500")
    page.route("**/*.events*start=4096*", full)
    stage.button("Play").click()
    for _ in range(5):
        page.locator("[data-do=speed]").click()
    expect(stage.hint).to_have_text("The steps could not be loaded. The server answered 503.")
    expect(stage.button("Play")).to_be_visible()


def test_later_steps_that_do_not_come_are_asked_for_again_when_they_are_wanted(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=ramp:70x70&w=ones:3x3&step=0")
    page.route("**/*.events*start=4096*", full)
    stage.scrubber.fill("4000")
    expect(stage.hint).to_have_text("The steps could not be loaded. The server answered 503.")
    page.unroute("**/*.events*start=4096*")
    stage.scrubber.fill("4200")
    stage.at(4201, 4624)
    expect(stage.result).to_have_text(re.compile(r"\d"))


def test_the_pictures_of_a_stack_say_that_nothing_will_light_up(page: Page) -> None:
    page.route("**/receptive-field.links*", lambda route: route.fulfill(status=500, body="broken"))
    page.goto("/receptive-field")
    expect(page.locator("receptive-field").get_by_role("alert")).to_contain_text("nothing lights up here")


def test_a_stack_lights_up_once_a_busy_server_has_answered(page: Page) -> None:
    page.route("**/receptive-field.links*", full, times=1)
    page.goto("/receptive-field")
    expect(page.get_by_role("status").filter(has_text="The server has much to do.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="The server has much to do.")).to_have_count(0)
    expect(page.locator("receptive-field").get_by_role("alert")).to_have_count(0)


def are_here(page: Page, *scripts: str) -> None:
    """Wait until these have come, which are fetched with the first touch of a page."""
    come = "(names) => names.filter((name) => !performance.getEntriesByName(name).length)"
    folder = page.locator("script[src*='/js/']").first.evaluate("({ src }) => src.slice(0, src.indexOf('/js/') + 4)")
    becomes(lambda: page.evaluate(come, [folder + name for name in scripts]), [])


def test_while_the_server_is_away_what_is_here_plays_and_a_change_follows_once_it_is_back(
    stage: Stage, page: Page, complaints: list[str]
) -> None:
    for prefix in ("", "/embed"):
        stage.open(f"{prefix}/conv2d")
        stage.cell("x.0", 1, 1).hover()
        stage.outlines("y.0", block(0, 0, 2, 2))
        are_here(page, "away.js", "edits.js", "stepping.js", "undo.js")
        page.context.set_offline(True)
        page.keyboard.press("Home")
        page.keyboard.press("PageDown")
        stage.at(2)
        stage.edit("x.0", 3, 3, "5")
        away = page.locator("[data-away]")
        expect(away).to_contain_text("The server cannot be reached.")
        page.context.set_offline(False)
        stage.shows_row("y.0", 2, ["0", "19", "31", "−15", "−31"])
        expect(away).to_have_text("")
    complaints[:] = [said for said in complaints if "ERR_INTERNET_DISCONNECTED" not in said]


@pytest.mark.parametrize(
    ("address", "what", "wanted"),
    [
        ("/residual", "[name=g]", "**g=0*"),
        ("/pictures?picture=cat&w=sobel-x", "[data-choose=w][data-value=sharpen]", "**w=sharpen*"),
        ("/networks/lenet5/live", ".moves :is(a, button)", "**shift=*"),
    ],
)
def test_on_other_pages_a_change_waits_for_the_server_too(
    page: Page, complaints: list[str], address: str, what: str, wanted: str
) -> None:
    page.goto(address)
    page.locator("main .alive, main.alive").first.hover()
    are_here(page, "away.js")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    if address == "/residual":
        page.locator(what).fill("0")
    else:
        page.locator(what).first.click()
    away = page.locator("[data-away]")
    expect(away).to_contain_text("The server cannot be reached.")
    page.context.set_offline(False)
    page.wait_for_url(wanted)
    expect(away).to_have_text("")
    complaints[:] = [said for said in complaints if "ERR_INTERNET_DISCONNECTED" not in said]
