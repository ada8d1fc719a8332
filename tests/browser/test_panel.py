"""The controls beside the stage: every choice is a scene, every scene an address, every refusal a sentence."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.waiting import becomes


def test_a_kernel_is_chosen_by_its_chip(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("link", name="sharpen", exact=True).click()
    expect(page).to_have_url(re.compile(r"/conv2d\?w=sharpen$"))
    stage.shows("w.0", [["0", "−1", "0"], ["−1", "5", "−1"], ["0", "−1", "0"]])
    expect(page.get_by_role("link", name="sharpen", exact=True)).to_have_attribute("aria-current", "true")
    stage.at(13)


def test_a_rarer_kernel_comes_with_a_sentence(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.locator("#more-kernels > summary").click()
    row = page.locator("#more-kernels li").filter(has=page.get_by_role("link", name="emboss", exact=True))
    expect(row.locator("small")).not_to_be_empty()
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"w=emboss$"))


def test_an_input_is_chosen_by_its_chip(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("link", name="digit", exact=True).click()
    expect(page).to_have_url(re.compile(r"x=digit:3$"))
    expect(stage.plane("x.0")).to_have_attribute("data-rows", "28")
    expect(stage.position).to_have_text(re.compile("of 676$"))


def test_one_step_of_the_stride_makes_the_output_three_by_three(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("link", name="Stride: one more").click()
    expect(page).to_have_url(re.compile(r"\?stride=2$"))
    expect(stage.plane("y.0")).to_have_attribute("aria-label", "output, 3 by 3")
    expect(stage.position).to_have_text(re.compile("of 9$"))
    expect(page.get_by_role("heading", name="Why 3 × 3?")).to_be_visible()
    expect(page.get_by_role("textbox", name="Stride")).to_have_value("2")
    page.get_by_role("link", name="Stride: one less").click()
    expect(page).to_have_url(re.compile(r"/conv2d$"))


def test_a_value_may_be_typed_into_a_stepper(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("textbox", name="Padding").fill("1:0,2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"padding=1:0,2$"))
    expect(stage.plane("x.0")).to_have_attribute("aria-label", "input, 8 by 11")
    page.get_by_role("textbox", name="Dilation").fill("2")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"dilation=2"))


@pytest.mark.usefixtures("refusals")
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("Stride", "0", "A stride of 0 would never move the window: stride must be at least 1."),
        ("Stride", "two", "stride must be a whole number such as 2, but “two” is not one."),
        ("Stride", "99", "stride may be at most 64 here, but it is 99."),
        ("Dilation", "9", "The 3×3 kernel with dilation 9 covers 19×19 cells, but the input is only 7×7."),
    ],
)
def test_a_bad_value_is_explained_beside_its_field_and_the_scene_stays(
    stage: Stage, page: Page, name: str, value: str, sentence: str
) -> None:
    stage.open("/conv2d?x=seven&w=edge&step=12")
    field = page.get_by_role("textbox", name=name)
    field.fill(value)
    page.keyboard.press("Enter")
    expect(page.locator(f"#error-{name.lower()}")).to_have_text(sentence)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile(r"\?x=seven&w=edge&step=12$"))
    stage.at(13)
    field.fill("1")
    page.keyboard.press("Enter")
    expect(page.locator(f"#error-{name.lower()}")).to_be_empty()
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_stride_nine_leaves_one_window(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("textbox", name="Stride").fill("9")
    page.keyboard.press("Enter")
    expect(stage.position).to_have_text("1 of 1")
    expect(page.locator(".unused").first).to_contain_text("No window reads")


def test_back_and_forward_walk_through_the_scenes(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("link", name="Stride: one more").click()
    expect(stage.position).to_have_text(re.compile("of 9$"))
    page.get_by_role("link", name="edges", exact=True).click()
    expect(stage.cell("w.0", 1, 1)).to_have_text("4")
    page.go_back()
    expect(stage.cell("w.0", 1, 1)).to_have_text("0")
    expect(page).to_have_url(re.compile(r"\?stride=2$"))
    page.go_back()
    expect(stage.position).to_have_text(re.compile("of 25$"))
    expect(page).to_have_url(re.compile("/conv2d$"))
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(re.compile(r"w=edge&stride=2$"))
    expect(stage.cell("w.0", 1, 1)).to_have_text("4")
    expect(stage.position).to_have_text(re.compile("of 9$"))


def test_reloading_gives_the_same_scene(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?stride=2")
    stage.edit("x.0", 2, 2, "5")
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5&stride=2$"))
    page.reload()
    stage.lives()
    expect(page).to_have_url(re.compile(r"x=seven!2\.2:5&stride=2$"))
    stage.shows_row("x.0", 2, ["0", "0", "5", "0", "9", "4", "0"])
    stage.shows("y.0", [["23", "4", "−27"], ["5", "26", "−31"], ["0", "4", "−4"]])


def test_more_stays_open_while_things_in_it_are_changed(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.locator("#more > summary").click()
    page.get_by_label("Activation").select_option("relu")
    expect(page).to_have_url(re.compile("activation=relu"))
    expect(page.get_by_label("Activation")).to_be_visible()
    expect(stage.cell("a.0", 0, 4)).to_have_text("0")
    expect(stage.cell("y.0", 0, 4)).to_have_text("−27")


def test_flip_turns_the_kernel_and_the_signs(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.locator("#more > summary").click()
    page.get_by_label("Flip the kernel (true convolution)").check()
    expect(page).to_have_url(re.compile("flip=true"))
    expect(stage.result).to_have_text("−31")
    page.get_by_label("Flip the kernel (true convolution)").uncheck()
    expect(page).to_have_url(re.compile("/conv2d$"))
    expect(stage.result).to_have_text("31")


def test_a_bias_may_be_typed_under_more(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.locator("#more > summary").click()
    page.get_by_label("Bias b").fill("0.5")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"b=0\.5$"))
    expect(stage.result).to_have_text("31.5")
    expect(stage.equation).to_contain_text("+0.5=")


def test_random_gives_other_numbers_with_every_click(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.locator("#more > summary").click()
    for seed in (1, 2):
        before = stage.numbers("x.0")
        page.get_by_role("link", name="random input").click()
        expect(page).to_have_url(re.compile(rf"x=random:(1x)?7x7:{seed}$"))
        becomes(partial(differ, stage, before), True)


def differ(stage: Stage, before: list[list[str]]) -> bool:
    return stage.numbers("x.0") != before


def test_padding_one_side_shifts_what_is_read(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.locator("#more > summary").click()
    page.get_by_role("link", name=re.compile("Top: one more")).click()
    expect(page).to_have_url(re.compile(r"padding=1:0,0$"))
    expect(stage.plane("y.0")).to_have_attribute("aria-label", "output, 6 by 5")


def test_the_code_tabs_show_one_framework_at_a_time(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?stride=2")
    visible = page.locator(".tab:visible")
    expect(visible).to_have_count(1)
    expect(visible).to_contain_text("stride=2")
    page.get_by_text("Keras", exact=True).click()
    expect(visible).to_have_count(1)
    expect(visible).to_contain_text("keras")


@pytest.mark.browser_context_args(viewport={"width": 1280, "height": 800})
def test_the_links_to_sharpen_ramp_draw_and_the_red_seven_are_in_sight_without_opening_anything(
    stage: Stage, page: Page
) -> None:
    stage.open("/conv2d")
    for name in ("sharpen", "ramp", "draw", "red seven"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="draw", exact=True).click()
    expect(page).to_have_url(re.compile(r"x=zeros:9x9$"))


def test_the_red_seven_asks_for_one_weight_until_it_is_changed(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("link", name="red seven", exact=True).click()
    expect(stage.hint).to_contain_text("Change one weight so that it sees white paper too.")
    expect(page.get_by_role("link", name="red seven", exact=True)).to_have_attribute("aria-current", "true")
    stage.edit("w.1", 1, 1, "0")
    expect(page).to_have_url(re.compile("w=.*"))
    expect(stage.hint).not_to_contain_text("white paper")
    expect(stage.cell("y.0", 1, 0)).to_have_text("1")


def test_a_refusal_stands_once_beside_its_field(page: Page, complaints: list[str]) -> None:
    page.goto("/max_pool2d?kernel=3")
    sentence = page.get_by_text("Did you mean “kernel_size”?").filter(visible=True)
    expect(sentence).to_have_count(1)
    expect(page.get_by_label("kernel", exact=True)).to_have_accessible_description(re.compile("kernel_size"))
    complaints[:] = [complaint for complaint in complaints if "status of 422" not in complaint]
