"""A network that learns, in a browser: guess, watch, scrub, open a gradient, train one's own, teach two signs."""

import re
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import foot, letters_are_there, place
from tests.browser.test_accessibility import violations
from tests.browser.test_fits import fits
from tests.browser.waiting import Held, becomes
from tests.program import free_port, running_process

FAST = 5
"""Presses of the speed button from 1× to 32×."""
SCREENS = {"laptop": (1366, 650), "desktop": (1280, 800), "projector": (1920, 1080), "phone": (390, 844)}
SMALL = "layers=conv(5,4,stride=2);relu;maxpool(2);flatten;linear(10)&steps=20"


def hint(page: Page) -> Locator:
    return page.locator("[data-hint]")


def position(page: Page) -> Locator:
    return page.locator("[data-position]")


def is_ready(page: Page) -> None:
    expect(page.locator("[data-player]")).to_be_visible()
    expect(hint(page)).not_to_have_text("Waiting for the server…")
    letters_are_there(page)


def is_back(page: Page, where: str) -> None:
    """The run is shown at this step: not as the server has drawn it, but as its scripts have."""
    is_ready(page)
    expect(position(page)).to_have_text(where)


def test_a_newcomer_guesses_watches_scrubs_and_comes_back_from_a_gradient(page: Page) -> None:
    page.goto("/train")
    is_ready(page)
    expect(hint(page)).to_contain_text("Which two digits will it confuse longest?")
    expect(position(page)).to_have_text("step 0 of 600")
    expect(page.locator("[data-now-loss]")).to_have_text(re.compile(r"2\.3\d"))
    wrong = int(page.locator("[data-wrong]").text_content() or "")
    assert wrong > 240
    for _ in range(FAST):
        page.locator("[data-do=speed]").click()
    for digit in (4, 9):
        page.get_by_role("button", name=str(digit), exact=True).click()
    expect(position(page)).to_have_text("step 600 of 600")
    expect(hint(page)).to_contain_text("96.2")
    expect(hint(page)).to_contain_text("You said 4 and 9.")
    assert int(page.locator("[data-wrong]").text_content() or "") < 30

    page.locator("[data-scrubber]").fill("12")
    expect(position(page)).to_have_text("step 40 of 600")
    page.locator("[data-filter='3']").click(position={"x": 5, "y": 5})
    expect(hint(page)).to_contain_text("Filter 3, weight [0, 0] =")
    page.get_by_role("link", name="Open the gradient of this weight").click()
    expect(page).to_have_url(re.compile("/conv2d_weight"))
    page.get_by_role("link", name="← back").click()
    is_back(page, "step 40 of 600")

    page.get_by_label("Filters of the layer after").click()
    expect(page.locator("[data-filter]")).to_have_count(16)
    page.get_by_label("The channel after").click()
    expect(page.locator("[data-stepper=channel] output")).to_have_text("channel 1 of 0–9")
    page.get_by_label("A handwritten 3").click()
    expect(page).to_have_url(re.compile("step=40&sample=3&layer=4&channel=1$"))
    page.locator("[data-filter='2']").click(position={"x": 5, "y": 5})
    expect(hint(page)).to_contain_text("Filter 2, weight [1, 0, 0] =")
    page.get_by_role("link", name="Open the gradient of this weight").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gradient of filter 2 of layer 4 for channel 1")
    page.get_by_role("link", name="← back").click()
    is_back(page, "step 40 of 600")
    expect(page.locator("[data-stepper=channel] output")).to_have_text("channel 1 of 0–9")

    page.get_by_role("link", name="Ten times the learning rate").click()
    expect(hint(page)).to_contain_text("no better than chance")
    expect(page.locator("[data-ghost=loss]")).to_be_visible()


def test_a_typed_run_trains_while_one_watches_and_can_be_paused_and_scrubbed_back(page: Page) -> None:
    page.goto(f"/train?{SMALL}")
    is_ready(page)
    expect(page.locator("[data-scrubber]")).to_have_attribute("max", "10")
    expect(position(page)).to_have_text("step 20 of 20")
    page.get_by_role("button", name="Checkpoint back").click()
    expect(position(page)).to_have_text("step 15 of 20")
    expect(page).to_have_url(re.compile("step=15"))


LONG = "seed=5&steps=3000&learning_rate=0.2"
"""A run that is still under way when everything has been tried; it ends once nobody watches."""


def test_a_run_is_watched_to_ninety_percent_paused_and_gone_on_with_and_leads_back_from_a_gradient(page: Page) -> None:
    page.goto(f"/train?{LONG}")
    expect(hint(page)).to_contain_text("Training now: step")
    expect(page.locator("[data-now-held-out]")).to_have_text(re.compile(r"9\d\.\d"))
    page.get_by_role("button", name="Pause").click()
    expect(hint(page)).to_contain_text("Nothing is computed meanwhile")
    page.locator("[data-train]").press("End")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.locator("[data-scrubber]").fill("12")
    expect(position(page)).to_have_text("step 40 of 3000")
    page.get_by_label("Filters of the layer after").click()
    expect(page.locator("[data-filter]")).to_have_count(16)
    expect(position(page)).to_have_text("step 40 of 3000")
    page.locator("[data-filter='3']").click(position={"x": 5, "y": 5})
    page.get_by_role("link", name="Open the gradient of this weight").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gradient of filter 3 of layer 4 for channel 0")
    page.get_by_role("link", name="← back").click()
    is_back(page, "step 40 of 3000")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(hint(page)).to_contain_text("Training now: step")


def test_a_server_that_goes_away_midway_and_comes_back_goes_on_with_the_run(page: Page, complaints: list[str]) -> None:
    port = free_port()
    with running_process(port=port) as (url, _):
        page.goto(f"{url}/train?{LONG}")
        expect(hint(page)).to_contain_text("Training now: step")
    expect(hint(page)).to_contain_text("The server cannot be reached")
    with running_process(port=port):
        expect(hint(page)).to_contain_text("Training now: step")
        page.goto("about:blank")
    complaints[:] = [said for said in complaints if "net::ERR_" not in said and str(port) not in said]


def test_what_is_chosen_before_the_run_has_come_is_shown_at_the_step_that_was_asked_for(page: Page) -> None:
    held = Held(page, "**/train.events*")
    page.goto("/train?step=40")
    page.get_by_label("Filters of the layer after").click()
    held.comes()
    held.let_go()
    expect(page.locator("[data-filter]")).to_have_count(16)
    is_back(page, "step 40 of 600")
    expect(page).to_have_url(re.compile("step=40&layer=4$"))


def test_the_form_asks_for_a_run_and_says_what_is_too_much(page: Page, refusals: None) -> None:
    page.goto("/train?step=0")
    page.get_by_text("All settings").click()
    page.get_by_label("Steps", exact=True).fill("20000")
    page.get_by_label("Digits to learn from").fill("100")
    page.get_by_role("button", name="Train").click()
    expect(page.locator(".error", has_text="5.3 times as many")).to_be_visible()
    expect(page).to_have_url(re.compile("digits=100"))


def test_two_new_signs_are_learned_from_what_one_draws(page: Page) -> None:
    page.goto("/train/signs")
    pad = page.get_by_label("A drawing to ask about")
    expect(page.get_by_role("button", name="Draw your own")).to_be_visible()
    expect(pad.locator("canvas")).to_be_attached()
    box = place(pad)
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 20, steps=8)
    page.mouse.up()
    expect(hint(page)).to_contain_text("Learned. Locked, it knows")
    page.get_by_role("button", name="Draw your own").click()
    expect(hint(page)).to_contain_text("10 to go")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_last_checkpoint_is_there(page: Page) -> None:
    page.goto("/train")
    expect(page.get_by_text("step 600 of 600")).to_be_visible()
    expect(page.locator("polyline.held_out").first).to_be_visible()
    expect(page.locator(".filter svg").first).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    page.get_by_role("link", name="100 digits").click()
    expect(page.get_by_text("it overfits")).to_have_count(2)


RUN = {
    "chart": "[data-chart]",
    "filters": "[data-filters]",
    "wall": ".wall",
    "hint": "[data-hint]",
    "player": "[data-player]",
}
SIGNS = {"pads": ".pads", "asked": ".asked", "sides": "[data-side]"}
"""What is to be seen of a run, and of two signs."""


def ends_above(part: Locator, height: int) -> bool:
    return foot(part) <= height


@pytest.mark.parametrize(
    "address", ["/train?step=40", "/train?layer=4&channel=2&step=600&learning_rate=1&against=/train", "/train/signs"]
)
def test_the_picture_is_seen_whole_on_every_screen(page: Page, address: str) -> None:
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        becomes(partial(ends_above, page.locator("[data-picture]"), height + 1), True)
        fits(page, "[data-picture]", RUN if "step" in address else SIGNS)


@pytest.mark.parametrize("address", ["/train?step=40", "/train/signs"])
def test_axe_finds_nothing(page: Page, address: str) -> None:
    page.goto(address)
    if "signs" not in address:
        is_ready(page)
    assert violations(page) == ""


def test_a_wrong_digit_says_what_it_is_and_what_it_is_read_as(page: Page) -> None:
    page.goto("/train?step=0")
    is_ready(page)
    wall = page.locator(".wall")
    box = place(wall)
    tile = box["width"] / 30
    for column in range(30):
        page.mouse.move(box["x"] + (column + 0.5) * tile, box["y"] + tile / 2)
    expect(hint(page)).to_have_text(re.compile(r"This is a \d; it reads \d\."))
