"""Changing numbers: typed, painted, pasted, undone. The address follows, the playhead stays."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.agreement import agrees
from tests.browser.stage import Stage, foot, place
from tests.browser.waiting import Held, becomes


def history_length(page: Page) -> int:
    length: int = page.evaluate("history.length")
    return length


def test_a_cell_is_clicked_typed_into_and_everything_follows(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.edit("x.0", 2, 2, "5")
    expect(page).to_have_url(re.compile(r"/conv2d\?x=seven!2\.2:5$"))
    expect(stage.cell("x.0", 2, 2)).to_have_text("5")
    expect(stage.result).to_have_text("26")
    expect(stage.equation).to_contain_text("5·−1")
    stage.at(13)
    shown = [["23", "0", "4", "4", "−27"], ["19", "4", "17", "4", "−36"], ["5", "17", "26", "−13", "−31"]]
    stage.shows("y.0", [*shown, ["0", "31", "17", "−31", "−17"], ["0", "27", "4", "−27", "−4"]])
    expect(stage.root).to_have_class(re.compile("alive"))


def test_the_numbers_on_the_page_are_the_numbers_of_the_json(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=ramp:5x5&padding=1")
    stage.edit("w.0", 1, 1, "-3")
    expect(page).to_have_url(re.compile("w="))
    stage.scrubber.fill("24")
    data = page.request.get(page.url.replace("/conv2d?", "/conv2d.json?")).json()
    expect(stage.result).to_have_text(str(data["y"]["values"][0][4][4]).replace("-", "−"))
    stage.shows("y.0", [[str(value).replace("-", "−") for value in row] for row in data["y"]["values"][0]])


def test_the_playhead_stays_where_it_is_when_a_number_changes(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.scrubber.fill("4")
    stage.edit("x.0", 0, 6, "9")
    expect(page).to_have_url(re.compile(r"x=seven!0\.6:9$"))
    stage.at(5)
    expect(stage.result).to_have_text("−18")


def test_a_weight_is_edited_like_an_input(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.edit("w.0", 1, 1, "2")
    expect(page).to_have_url(re.compile(r"w=sobel-x!1\.1:2$"))
    expect(stage.result).to_have_text("39")


def test_a_bias_is_edited_like_an_input(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?b=1&step=12")
    expect(stage.result).to_have_text("32")
    stage.edit("b.0", 0, 0, "-31")
    expect(page).to_have_url(re.compile(r"b=(1!0:)?-31$"))
    expect(stage.result).to_have_text("0")


def test_a_turned_kernel_is_edited_where_the_finger_points(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?flip=true")
    stage.edit("w.0", 0, 0, "7")
    expect(page).to_have_url(re.compile(r"w=sobel-x!2\.2:7"))
    expect(stage.cell("w.0", 0, 0)).to_have_text("7")


def test_a_fraction_may_be_typed(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?w=box:3")
    stage.edit("w.0", 1, 1, "1/3")
    expect(stage.cell("w.0", 1, 1)).to_have_text("0.333")
    expect(page).to_have_url(re.compile(r"w=box:3!1\.1:"))


def test_escape_forgets_what_was_typed(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.cell("x.0", 1, 1).click()
    page.keyboard.type("7")
    expect(page.locator(".cell-field")).to_have_value("7")
    page.keyboard.press("Escape")
    expect(page.locator(".cell-field")).to_have_count(0)
    expect(stage.cell("x.0", 1, 1)).to_have_text("9")
    expect(page).to_have_url(re.compile("/conv2d$"))


def test_the_padding_cannot_be_edited(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?padding=1")
    stage.cell("x.0", 0, 0).click()
    expect(page.locator(".cell-field")).to_have_count(0)


def test_clicking_an_output_goes_to_its_step(stage: Stage) -> None:
    stage.open("/conv2d")
    stage.cell("y.0", 3, 1).click()
    stage.at(17)
    stage.shows_row("y.0", 3, ["0", "31", "", "", ""])


@pytest.mark.usefixtures("refusals")
def test_what_is_no_number_is_refused_once_beside_its_cell_and_the_next_edit_works(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.cell("x.0", 1, 1).click()
    page.keyboard.press("F2")
    page.locator(".cell-field").fill("many")
    page.keyboard.press("Enter")
    expect(page.get_by_text("many")).to_have_count(1)
    refusal, cell = page.locator(".cell-refusal"), stage.cell("x.0", 1, 1)
    becomes(lambda: 0 <= place(refusal)["y"] - foot(cell) < 20, True)
    expect(page).to_have_url(re.compile("/conv2d$"))
    stage.edit("x.0", 2, 2, "5")
    expect(page.locator(".cell-refusal")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5$"))
    expect(stage.result).to_have_text("26")


@pytest.mark.usefixtures("refusals")
def test_a_number_that_is_refused_does_not_stay_drawn(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.edit("x.0", 3, 3, "1e308")
    expect(page.locator(".cell-refusal")).to_contain_text("so large")
    expect(stage.cell("x.0", 3, 3)).to_have_text("4")
    expect(stage.root).not_to_have_attribute("data-stale", "")


def test_two_edits_in_quick_succession_both_stay(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.edit("x.0", 0, 0, "1")
    stage.edit("x.0", 0, 1, "2")
    expect(page).to_have_url(re.compile(r"x=seven!0\.0:1!0\.1:2$"))
    expect(stage.cell("x.0", 0, 0)).to_have_text("1")


def test_an_answer_that_comes_while_one_types_takes_nothing_away(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    held = Held(page, re.compile(r"/conv2d\?"))
    stage.edit("x.0", 0, 0, "1")
    held.comes()
    stage.cell("x.0", 0, 1).click()
    page.keyboard.type("2")
    held.let_go()
    expect(page).to_have_url(re.compile(r"x=seven!0\.0:1$"))
    stage.result.wait_for()
    expect(page.locator(".cell-field")).to_have_value("2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"x=seven!0\.0:1!0\.1:2$"))


def test_edits_that_come_while_one_is_under_way_go_together_and_what_is_old_is_marked(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=24")
    held = Held(page, re.compile(r"/conv2d\.events"))
    stage.edit("x.0", 0, 0, "1")
    held.comes()
    expect(stage.root).to_have_attribute("data-stale", "")
    expect(stage.cell("x.0", 0, 0)).to_have_text("1")
    expect(stage.cell("y.0", 0, 0)).to_have_text("18")
    for number in "234":
        stage.edit("x.0", 0, 1, number)
    expect(stage.cell("x.0", 0, 1)).to_have_text("4")
    assert len(held.routes) == 1
    held.goes_on()
    assert "x=seven!0.0:1!0.1:4" in unquote(held.comes().url)
    held.let_go()
    agrees(stage)
    expect(page).to_have_url(re.compile(r"x=seven!0\.0:1!0\.1:4$"))


def test_an_edit_that_is_made_while_a_page_is_under_way_is_not_undone_by_it(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    held = Held(page, re.compile(r"/conv2d\?"))
    page.get_by_role("link", name="Stride: one more").click()
    held.comes()
    stage.edit("x.0", 0, 0, "5")
    held.let_go()
    expect(page).to_have_url(re.compile(r"x=seven!0\.0:5&stride=2$"))
    agrees(stage)


def test_what_is_chosen_before_the_page_of_an_edit_has_come_keeps_the_edit(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.edit("x.0", 0, 0, "5")
    page.get_by_role("link", name="Stride: one more").click()
    expect(page).to_have_url(re.compile(r"x=seven!0\.0:5&stride=2$"))
    agrees(stage)


def test_painting_changes_every_cell_under_the_pointer_and_is_one_entry_of_the_history(
    stage: Stage, page: Page
) -> None:
    stage.open("/conv2d?x=zeros:5x5&w=identity")
    before = history_length(page)
    paint(stage, "x.0", [(2, 1), (2, 2), (2, 3)])
    expect(page).to_have_url(re.compile(r"x=zeros:5x5!2\.1:9!2\.2:9!2\.3:9"))
    expect(stage.cell("y.0", 1, 1)).to_have_text("9")
    stage.shows_row("x.0", 2, ["0", "9", "9", "9", "0"])
    assert history_length(page) == before + 1
    page.go_back()
    expect(stage.cell("x.0", 2, 1)).to_have_text("0")
    expect(page).to_have_url(re.compile(r"x=zeros:5x5&w=identity$"))


def paint(stage: Stage, plane: str, cells: list[tuple[int, int]]) -> None:
    mouse = stage.page.mouse
    for nth, (row, col) in enumerate(cells):
        box = place(stage.cell(plane, row, col))
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        if nth == 0:
            mouse.down()
    mouse.up()


def test_undo_takes_a_whole_painting_back(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=zeros:5x5&w=identity")
    paint(stage, "x.0", [(2, 1), (2, 2), (2, 3)])
    expect(page).to_have_url(re.compile(r"!2\.3:9"))
    stage.button("Undo the last edit").click()
    expect(page).to_have_url(re.compile(r"x=zeros:5x5&w=identity$"))
    expect(stage.cell("x.0", 2, 2)).to_have_text("0")


@pytest.mark.parametrize("way", ["button", "Control+z"])
def test_undo_brings_the_last_number_back(stage: Stage, page: Page, way: str) -> None:
    stage.open("/conv2d")
    expect(stage.button("Undo the last edit")).to_be_disabled()
    stage.edit("x.0", 2, 2, "5")
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5$"))
    expect(stage.button("Undo the last edit")).to_be_enabled()
    if way == "button":
        stage.button("Undo the last edit").click()
    else:
        page.keyboard.press(way)
    expect(page).to_have_url(re.compile("/conv2d$"))
    expect(stage.cell("x.0", 2, 2)).to_have_text("0")
    expect(stage.result).to_have_text("31")
    expect(stage.button("Undo the last edit")).to_be_disabled()
    stage.at(13)


@pytest.mark.parametrize(
    "text",
    [
        "[[1 2 3]\n [4 5 6]\n [7 8 9]]",
        "array([[1., 2., 3.],\n       [4., 5., 6.],\n       [7., 8., 9.]])",
        "1\t2\t3\n4\t5\t6\n7\t8\t9\n",
    ],
    ids=["printed by NumPy", "a NumPy array", "a spreadsheet"],
)
def test_numbers_are_pasted_from(stage: Stage, page: Page, context: BrowserContext, text: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.open("/conv2d?w=identity")
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    stage.plane("x.0").focus()
    page.keyboard.press("Control+v")
    expect(page).to_have_url(re.compile(r"x=1,2,3;4,5,6;7,8,9&w=identity$"))
    stage.shows("x.0", [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]])
    expect(stage.result).to_have_text("5")


def test_pasted_words_are_declined_in_words(stage: Stage, page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.open("/conv2d")
    page.evaluate("navigator.clipboard.writeText('a poem')")
    stage.plane("x.0").focus()
    page.keyboard.press("Control+v")
    expect(stage.hint).to_have_text("There are no numbers in what was pasted.")


def test_the_shared_link_is_the_scene_that_is_shown(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    stage.edit("x.0", 2, 2, "5")
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5$"))
    page.get_by_role("link", name="Share").click()
    expect(page.get_by_label("Link to this page")).to_have_value(page.url)
    expect(page.get_by_label("Web page")).to_have_value(re.compile(r"/embed/conv2d\?x=seven!2\.2:5"))
    expect(page.get_by_role("link", name="JSON")).to_have_attribute(
        "href", re.compile(r"/conv2d\.json\?x=seven!2\.2:5$")
    )
    page.get_by_label("open at the step that is shown now").check()
    expect(page.get_by_label("Link to this page")).to_have_value(page.url + "&step=12")
