"""Planes of more than 32 cells a side are pictures with the same inspection."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, block

PICTURE = "/conv2d?x=random:1x128x128:1&w=sobel-x"


def test_a_large_plane_is_one_image(stage: Stage) -> None:
    stage.open(PICTURE)
    expect(stage.plane("x.0").locator("image")).to_have_count(1)
    expect(stage.plane("x.0").locator(".cells")).to_have_count(0)


def test_the_loupe_shows_the_numbers_around_the_pointer(stage: Stage, page: Page) -> None:
    stage.open(PICTURE)
    values = page.request.get(PICTURE.replace("conv2d?", "conv2d.json?")).json()["x"]["values"][0]
    stage.point("x.0", 60, 70)
    loupe = page.locator(".loupe")
    expect(loupe).to_be_visible()
    around = [str(values[row][col]) for row in range(58, 63) for col in range(68, 73)]
    expect(loupe.locator("span")).to_have_text(around)
    expect(loupe.locator(".chosen")).to_have_text(str(values[60][70]))
    expect(stage.hint).to_have_text(f"x[60, 70] = {values[60][70]} · read by 9 outputs")
    page.get_by_role("heading", level=1).hover()
    expect(loupe).to_have_count(0)


def test_an_output_of_a_picture_shows_its_window_and_its_equation(stage: Stage, page: Page) -> None:
    stage.open(PICTURE)
    y = page.request.get(PICTURE.replace("conv2d?", "conv2d.json?")).json()["y"]["values"][0]
    stage.point("y.0", 100, 50)
    expect(stage.result).to_have_text(str(y[100][50]).replace("-", "−"))
    stage.outlines("x.0", block(100, 50))
    expect(stage.hint).to_have_text(f"y[100, 50] = {y[100][50]}".replace("-", "−"))


def test_the_picture_of_the_output_appears_with_the_steps(stage: Stage) -> None:
    stage.open(PICTURE + "&step=0")
    picture = stage.plane("y.0").locator("image")
    stage.scrubber.fill(str(126 * 3 + 9))
    expect(stage.position).to_have_text(re.compile("^388 of 15876$"))
    expect(picture).to_have_css("clip-path", re.compile(r"V ?120.*400|400.*V ?120"))


def test_far_pages_of_steps_come_when_the_playhead_is_there(stage: Stage, page: Page) -> None:
    stage.open(PICTURE + "&step=0")
    y = page.request.get(PICTURE.replace("conv2d?", "conv2d.json?")).json()["y"]["values"][0]
    stage.scrubber.fill("15875")
    expect(stage.result).to_have_text(str(y[125][125]).replace("-", "−"))
    stage.button("First step").click()
    expect(stage.result).to_have_text(str(y[0][0]).replace("-", "−"))


def test_a_pixel_of_a_picture_is_edited(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=zeros:64x64&w=identity&step=0")
    stage.point("x.0", 1, 1)
    page.mouse.down()
    page.mouse.up()
    page.keyboard.press("7")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"x=zeros:64x64!1\.1:7"))
    expect(stage.result).to_have_text("7")


@pytest.mark.browser_context_args(viewport={"width": 1920, "height": 1300})
def test_a_photograph_of_a_digit_shows_its_numbers_where_they_can_be_read(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=digit:7&w=sobel-x")
    middle = stage.cell("x.0", 14, 14)
    expect(stage.plane("x.0")).to_have_attribute("role", "grid")
    expect(middle).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 700})
    expect(stage.plane("x.0")).to_have_attribute("role", "img")
    expect(middle).to_be_hidden()
    stage.point("x.0", 14, 14)
    expect(page.locator(".loupe .chosen")).to_have_text(middle.text_content() or "")
    page.set_viewport_size({"width": 1920, "height": 1300})
    expect(middle).to_be_visible()
