"""Without a mouse: everything is reached, nothing loses the focus."""

import re

from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, block
from tests.browser.waiting import Held, becomes

FOCUSED = """
() => {
  const { activeElement: at } = document
  const { plane, do: act } = at.dataset
  return plane ?? act ?? at.getAttribute("aria-label") ?? at.getAttribute("name") ?? at.textContent.trim()
}
"""


def focused(page: Page) -> str:
    name: str = page.evaluate(FOCUSED)
    return name


def tab_through(page: Page) -> list[str]:
    """What Tab reaches, one after the other, until it leaves the page."""
    reached = []
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        reached.append(focused(page))
    return reached


def test_tab_reaches_planes_player_and_panel_in_reading_order(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    reached = tab_through(page)
    wanted = [
        "Skip to the content",
        "ConvScope",
        "x.0",
        "w.0",
        "p.0",
        "y.0",
        "first",
        "back",
        "play",
        "forward",
        "Step",
    ]
    wanted += ["speed", "loop", "keys", "stride", "Stride: one more", "padding", "sobel-x", "seven"]
    assert [name for name in reached if name in wanted] == wanted


def test_the_first_tab_offers_to_skip_to_the_content(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    page.keyboard.press("Tab")
    becomes(lambda: focused(page), "x.0")


def test_the_keys_of_the_player_work_as_soon_as_the_page_is_there(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    for key, step in {"ArrowRight": 14, "ArrowLeft": 13, "PageDown": 14, "PageUp": 13, "Home": 1, "End": 25}.items():
        page.keyboard.press(key)
        stage.at(step)


def test_space_plays_and_pauses(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=0")
    page.keyboard.press("Space")
    expect(stage.button("Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(stage.button("Play")).to_be_visible()


def test_space_on_a_button_presses_that_button_only(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    stage.button("Step forward").focus()
    page.keyboard.press("Space")
    stage.at(14)
    stage.button("Play").focus()
    page.keyboard.press("Space")
    expect(stage.button("Pause")).to_be_visible()


def test_keys_in_a_field_belong_to_the_field(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    page.get_by_role("textbox", name="Stride").focus()
    for key in ("Home", "ArrowRight", "Space", "End", "PageDown"):
        page.keyboard.press(key)
    stage.at(13)


def test_the_arrows_move_a_cell_inside_a_plane_and_show_what_it_does(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    stage.plane("x.0").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    expect(stage.hint).to_have_text("x[1, 2] = 9 · read by 6 outputs")
    stage.outlines("y.0", block(0, 0, 2, 3))
    expect(stage.spoken).to_have_text("x[1, 2] = 9 · read by 6 outputs")
    chosen = stage.plane("x.0").get_attribute("aria-activedescendant")
    expect(page.locator(f"#{chosen}")).to_have_text("9")
    stage.at(13)


def test_the_arrows_stop_at_the_border(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.plane("w.0").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(stage.hint).to_have_text("w[0, 2] = 1 · used 25 times")


def test_enter_opens_the_cell_and_keeps_what_is_typed(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    stage.plane("x.0").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_label("New value of x[2, 2]")).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5$"))
    expect(stage.result).to_have_text("26")
    expect(stage.plane("x.0")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(stage.hint).to_contain_text("x[2, 3]")


def test_a_digit_starts_an_edit_and_escape_leaves_it(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.plane("w.0").focus()
    page.keyboard.press("-")
    page.keyboard.press("Escape")
    expect(page.locator(".cell-field")).to_have_count(0)
    expect(stage.plane("w.0")).to_be_focused()
    expect(page).to_have_url(re.compile("/conv2d$"))
    page.keyboard.press("4")
    expect(page.locator(".cell-field")).to_have_value("4")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"w=sobel-x!0\.0:42$"))


def test_keys_that_are_faster_than_what_takes_them_is_fetched_are_not_lost(stage: Stage, page: Page) -> None:
    held = Held(page, "**/hands.js")
    stage.open("/conv2d")
    stage.plane("w.0").focus()
    for key in ("4", "2", "Enter"):
        page.keyboard.press(key)
    held.comes()
    expect(page.locator(".cell-field")).to_have_count(0)
    held.let_go()
    expect(page).to_have_url(re.compile(r"w=sobel-x!0\.0:42$"))
    expect(stage.plane("w.0")).to_be_focused()


def test_delete_makes_a_cell_zero(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.plane("x.0").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    expect(page).to_have_url(re.compile(r"x=seven!1\.1:0$"))
    expect(stage.cell("x.0", 1, 1)).to_have_text("0")
    expect(stage.plane("x.0")).to_be_focused()


def test_tab_out_of_an_edit_keeps_it(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.plane("x.0").focus()
    page.keyboard.press("7")
    expect(page.locator(".cell-field")).to_have_value("7")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"x=seven!0\.0:7$"))
    expect(stage.plane("w.0")).to_be_focused()


def test_enter_on_an_output_goes_to_its_step(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.plane("y.0").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    stage.at(6)
    expect(stage.plane("y.0")).to_be_focused()


def test_a_question_mark_lists_the_keys_and_escape_closes_the_list(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("play or pause")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    stage.at(13)


def test_control_z_takes_back_the_last_edit(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.plane("x.0").focus()
    page.keyboard.press("Delete")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    expect(page).to_have_url(re.compile(r"!1\.1:0$"))
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile(r"/conv2d$"))
    expect(stage.plane("x.0")).to_be_focused()


def test_the_focus_stays_on_a_control_while_the_scene_changes_around_it(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    for name in ("Stride: one more", "Padding: one more", "Kernel size: one more", "sharpen"):
        page.get_by_role("link", name=name, exact=True).focus()
        before = page.url
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(before)
        expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()


def test_the_focus_stays_in_a_field_after_enter(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    field = page.get_by_role("textbox", name="Padding")
    field.fill("2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("padding=2"))
    expect(field).to_be_focused()


def test_the_keys_act_on_the_stage_after_a_scene_was_changed(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=0")
    page.get_by_role("link", name="edges", exact=True).click()
    expect(page).to_have_url(re.compile("w=edge"))
    stage.plane("y.0").focus()
    page.keyboard.press("End")
    stage.at(25)
    page.keyboard.press("Home")
    stage.at(1)


def test_an_edited_scene_can_be_shared_by_keyboard(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("link", name="Share").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Link to this page")).to_be_visible()
    for _ in range(2):  # over the button that closes, and the tabs
        page.keyboard.press("Tab")
    expect(page.get_by_label("Link to this page")).to_be_focused()


def test_f_leads_to_the_picture_alone_where_f_fills_the_screen_and_escape_leads_back(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?stride=2")
    page.keyboard.press("ArrowRight")
    stage.at(6, 9)
    page.keyboard.press("f")
    page.wait_for_url("**/present/conv2d?stride=2&step=5")
    stage.lives().at(6, 9)
    expect(page.locator("header.site")).to_have_count(0)
    page.keyboard.press("f")
    becomes(lambda: page.evaluate("document.fullscreenElement !== null"), True)
    page.keyboard.press("f")
    becomes(lambda: page.evaluate("document.fullscreenElement !== null"), False)
    page.keyboard.press("Escape")
    page.wait_for_url("**/conv2d?stride=2**")
    expect(page.locator("header.site")).to_be_visible()
