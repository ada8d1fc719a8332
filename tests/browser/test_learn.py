"""A lesson in a real browser: iterations play, weights light up what they met, a drawn output is learned."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import OUTLINED, is_no_wider, moving
from tests.browser.test_accessibility import violations
from tests.browser.waiting import Held, becomes


def opened(page: Page, address: str = "/learn") -> None:
    page.goto(address)
    expect(page.locator("learn-stage")).to_have_class(re.compile(r"\balive\b"))


def cell(page: Page, plane: str, row: int, col: int) -> Locator:
    return page.locator(f'svg[data-plane="{plane}.0"] .cells > g').nth(row).locator("> g").nth(col)


def outlines(page: Page, plane: str, cells: set[tuple[int, int]]) -> None:
    """Wait until exactly these cells are outlined."""
    becomes(lambda: {(row, col) for row, col in page.evaluate(OUTLINED, f"{plane}.0")}, cells)


def block(row: int, col: int, side: int) -> set[tuple[int, int]]:
    return {(row + r, col + c) for r in range(side) for c in range(side)}


def test_keys_move_through_the_iterations(page: Page) -> None:
    opened(page)
    position = page.locator("[data-position]")
    expect(position).to_have_text("iteration 60 of 60")
    page.keyboard.press("Home")
    expect(position).to_have_text("iteration 0 of 60")
    expect(cell(page, "w", 0, 0)).to_have_text("0")
    expect(cell(page, "e", 2, 2)).to_have_text("−31")
    expect(page.locator("[data-loss]")).to_have_text("4829")
    page.keyboard.press("ArrowRight")
    expect(position).to_have_text("iteration 1 of 60")
    expect(cell(page, "w", 0, 0)).not_to_have_text("0")
    page.keyboard.press("End")
    expect(position).to_have_text("iteration 60 of 60")
    expect(page.locator("[data-announce]")).to_contain_text("Iteration 60 of 60. The loss is 0.912")


@moving
def test_a_bare_visit_plays_from_the_first_iteration(page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)  # no time passes by itself, however slow the machine is
    opened(page)
    expect(page.locator("[data-play-word]")).to_have_text("Pause")
    page.keyboard.press("Space")
    expect(page.locator("[data-play-word]")).to_have_text("Play")


def test_a_weight_lights_what_it_met_and_its_gradient_is_the_sum_of_the_products(page: Page) -> None:
    opened(page, "/learn?step=0")
    cell(page, "w", 2, 1).hover()
    expect(page.locator("[data-hint]")).to_contain_text("w[2, 1] = 0")
    outlines(page, "x", block(2, 1, 5))
    outlines(page, "g", {(2, 1)})
    texts = page.locator('svg[data-plane="p.0"] .cells > g > g').all_text_contents()
    numbers = [float(text.replace("−", "-")) for text in texts]
    gradient = float((cell(page, "g", 2, 1).text_content() or "").replace("−", "-"))
    assert sum(numbers) == gradient


def test_a_product_shows_the_error_and_the_cell_that_it_is_made_of(page: Page) -> None:
    opened(page, "/learn?step=0")
    cell(page, "w", 2, 2).click()
    cell(page, "p", 2, 2).hover()
    expect(page.locator("[data-hint]")).to_have_text("error[2, 2] · x[4, 4] = −31 · 4 = −124")
    outlines(page, "x", {(4, 4)})
    outlines(page, "e", {(2, 2)})


def test_an_output_shows_its_window_and_how_far_off_it_is(page: Page) -> None:
    opened(page, "/learn?step=0")
    cell(page, "y", 2, 2).hover()
    expect(page.locator("[data-hint]")).to_have_text("y[2, 2] = 0, wanted 31: the error is −31")
    outlines(page, "x", block(2, 2, 3))


def test_a_drawn_output_is_learned(page: Page) -> None:
    opened(page, "/learn?y=zeros:5x5")
    cell(page, "t", 2, 2).click()
    page.locator(".cell-field").fill("9")
    page.keyboard.press("Enter")
    expect(page.locator("[data-outcome]")).to_contain_text("loss fell from 40.5")
    expect(cell(page, "t", 2, 2)).to_have_text("9")
    expect(page).to_have_url(re.compile(r"zeros:5x5!2\.2:9"))


def test_a_drag_paints_the_wanted_output(page: Page) -> None:
    opened(page, "/learn?y=zeros:5x5")
    expect(page.locator("[data-outcome]")).to_contain_text("Draw an output")
    cell(page, "t", 1, 1).hover()
    page.mouse.down()
    cell(page, "t", 1, 2).hover()
    cell(page, "t", 1, 3).hover()
    page.mouse.up()
    expect(page.locator("[data-outcome]")).to_contain_text("loss fell from 122")  # ½ · 3 · 9²
    expect(page).to_have_url(re.compile(r"y=zeros:5x5!1\.1:9!1\.2:9!1\.3:9"))
    expect(page.locator(".cell-field")).to_have_count(0)


def test_the_output_of_a_kernel_goes_on_as_ones_own(page: Page) -> None:
    opened(page)
    cell(page, "t", 0, 0).click()
    page.locator(".cell-field").fill("0")
    page.keyboard.press("Enter")
    expect(page.locator('svg[data-plane="k.0"]')).to_have_count(0)
    expect(page).to_have_url(re.compile("y=0,0,9,4,-27"))


def test_cells_that_are_edited_faster_than_the_server_answers_all_stay(page: Page) -> None:
    opened(page, "/learn?y=zeros:5x5")
    held = Held(page, re.compile(r"/learn\?"))
    for place, number in ((1, "12"), (2, "34")):
        cell(page, "t", place, place).click()
        page.keyboard.type(number)
        page.keyboard.press("Enter")
        held.comes()
    held.let_go()
    expect(page).to_have_url(re.compile(r"y=zeros:5x5!1\.1:12!2\.2:34$"))
    expect(cell(page, "t", 1, 1)).to_have_text("12")


def test_an_edited_input_is_learned_from(page: Page) -> None:
    opened(page)
    cell(page, "x", 5, 5).click()
    page.locator(".cell-field").fill("9")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("x=seven!5.5:9"))
    expect(cell(page, "x", 5, 5)).to_have_text("9")


def test_the_learning_rates_are_links_and_too_large_diverges(page: Page) -> None:
    opened(page)
    page.get_by_role("link", name="too large").click()
    expect(page.locator("[data-outcome]")).to_contain_text("It diverges")
    expect(page.locator("[data-position]")).to_have_text("iteration 60 of 60")
    page.go_back()
    expect(page.locator("[data-outcome]")).to_contain_text("found")


def test_a_descent_that_is_broken_off_ends_where_it_was(page: Page) -> None:
    opened(page, "/learn?learning_rate=large&iterations=150")
    expect(page.locator("[data-position]")).to_have_text("iteration 103 of 103")


def test_padding_is_drawn_and_a_product_on_it_is_nothing(page: Page) -> None:
    opened(page, "/learn?padding=1&step=0")
    cell(page, "w", 0, 0).click()
    cell(page, "p", 0, 0).hover()
    expect(page.locator("[data-hint]")).to_contain_text("met padding there: 0")


def test_a_refused_setting_says_why_and_the_lesson_stays(page: Page, refusals: None) -> None:
    opened(page)
    page.get_by_text("All settings").click()
    field = page.locator("#field-kernel_size")
    field.fill("9")
    field.blur()
    expect(page.locator("#errors")).to_contain_text("kernel_size may be at most 7")
    expect(page.locator("[data-position]")).to_have_text("iteration 60 of 60")


@pytest.mark.browser_context_args(has_touch=True, viewport={"width": 390, "height": 844})
def test_a_first_tap_tells_and_a_second_one_edits(page: Page) -> None:
    opened(page)
    cell(page, "x", 1, 1).tap()
    expect(page.locator("[data-hint]")).to_have_text("x[1, 1] = 9")
    expect(page.locator(".cell-field")).to_have_count(0)
    cell(page, "x", 1, 1).tap()
    expect(page.locator(".cell-field")).to_be_visible()


def test_the_keyboard_walks_a_grid_chooses_a_weight_and_edits_a_cell(page: Page) -> None:
    opened(page, "/learn?step=0")
    page.locator('svg[data-plane="w.0"]').focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(page.locator("[data-sentences]")).to_contain_text("w[1, 1]")
    page.locator('svg[data-plane="x.0"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("5")
    expect(page.locator(".cell-field")).to_have_value("5")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("x=seven!1.0:5"))


def test_what_is_no_number_is_not_taken(page: Page) -> None:
    opened(page)
    cell(page, "x", 0, 0).click()
    page.locator(".cell-field").fill("many")
    page.keyboard.press("Enter")
    expect(page.locator("[data-hint]")).to_contain_text("Type a number")
    expect(cell(page, "x", 0, 0)).to_have_text("0")


def test_a_chip_keeps_the_playhead_on_its_iteration(page: Page) -> None:
    opened(page)
    page.keyboard.press("Home")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.get_by_role("link", name="too small").click()
    expect(page.locator('.rates [aria-current="true"]')).to_contain_text("too small")
    expect(page.locator("[data-position]")).to_have_text("iteration 5 of 60")


def test_the_gradient_of_an_iteration_opens_as_its_own_scene(page: Page) -> None:
    opened(page, "/learn?step=0&weight=2,2")
    gradient = cell(page, "g", 2, 2).text_content()
    page.get_by_role("link", name="as a scene of conv2d_weight").click()
    page.wait_for_url(re.compile("/conv2d_weight"))
    expect(page.locator("conv-stage [data-equation] .result").last).to_have_text(gradient or "")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_last_iteration_and_the_whole_curve_are_there(page: Page) -> None:
    page.goto("/learn")
    expect(page.locator("[data-outcome]")).to_contain_text("The kernel is nearly found")
    expect(page.locator("[data-chart] polyline")).to_have_count(3)
    expect(page.locator("[data-player]")).to_be_hidden()
    page.get_by_role("link", name="too large").click()
    expect(page.locator("[data-outcome]")).to_contain_text("It diverges")


@pytest.mark.parametrize("address", ["/learn", "/learn?learning_rate=large&scale=log", "/learn?y=ones:5x5&padding=0"])
def test_axe_finds_nothing(page: Page, complaints: list[str], address: str) -> None:
    opened(page, address)
    assert violations(page) == ""


def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page)
    is_no_wider(page, 390)
