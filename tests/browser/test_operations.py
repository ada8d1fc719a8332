"""The panel and the menu with every operation: what is chosen, typed or ticked becomes its address."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.operations import OPERATIONS
from tests.browser.stage import Stage, is_across, is_no_wider
from tests.browser.test_accessibility import violations
from tests.browser.waiting import becomes

phone = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
)
without_scripts = pytest.mark.browser_context_args(java_script_enabled=False)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_axe_finds_nothing_on_a_page_with_its_panel_unfolded(stage: Stage, page: Page, operation: str) -> None:
    stage.open(f"/{operation}")
    page.locator("#more > summary").click()
    assert violations(page) == ""


@phone
@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_overflows_on_a_phone(stage: Stage, page: Page, operation: str) -> None:
    stage.open(f"/{operation}")
    page.locator("#more > summary").tap()
    is_no_wider(page, 390)


@pytest.mark.parametrize(
    ("operation", "label", "address"),
    [
        ("max_pool2d", "Kernel size", r"\?kernel_size=3$"),
        ("max_pool1d", "Stride", r"\?stride=3$"),
        ("lp_pool2d", "Power p", r"\?norm_type=3$"),
        ("adaptive_avg_pool2d", "Output size", r"\?output_size=3$"),
        ("max_unpool2d", "Stride", r"\?stride=3$"),
        ("conv_transpose2d", "Output padding", r"\?output_padding=1$"),
        ("conv_transpose1d", "Stride", r"\?stride=3$"),
        ("conv2d_input", "Padding", r"\?padding=1$"),
        ("conv2d_weight", "Kernel size", r"\?kernel_size=4$"),
        ("max_pool2d_input", "Dilation", r"\?dilation=2$"),
        ("conv3d", "Stride", r"\?stride=2$"),
        ("fold", "Padding", r"\?x=ones:4x20&padding=1$"),
    ],
)
def test_a_step_brings_the_next_scene(stage: Stage, page: Page, operation: str, label: str, address: str) -> None:
    stage.open(f"/{operation}")
    page.get_by_role("link", name=f"{label}: one more").click()
    expect(page).to_have_url(re.compile(f"/{operation}{address}"))
    page.get_by_role("link", name=f"{label}: one less").click()
    expect(page).to_have_url(re.compile(f"/{operation}$|/fold.x=ones:4x6$"))


def test_a_typed_window_takes_the_stride_along(stage: Stage, page: Page) -> None:
    stage.open("/max_pool2d?x=seven")
    expect(page.get_by_role("textbox", name="Stride")).to_have_attribute("placeholder", "2")
    page.get_by_role("textbox", name="Kernel size").fill("3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/max_pool2d\?x=seven&kernel_size=3$"))
    expect(page.get_by_role("textbox", name="Stride")).to_have_attribute("placeholder", "3")
    stage.at(1, 4)


def test_a_box_that_is_ticked_leaves_padding_out_of_the_mean(stage: Stage, page: Page) -> None:
    stage.open("/avg_pool2d?padding=1")
    page.locator("#more > summary").click()
    page.get_by_label("Leave padding out of the mean").check()
    expect(page).to_have_url(re.compile("count_include_pad=false"))
    page.get_by_label("Leave padding out of the mean").uncheck()
    expect(page).to_have_url(re.compile(r"/avg_pool2d\?padding=1$"))


def test_the_upstream_gradient_follows_while_nobody_writes_one(stage: Stage, page: Page) -> None:
    stage.open("/conv2d_weight?x=seven")
    page.get_by_role("textbox", name="Stride").fill("2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?x=seven&stride=2$"))
    page.get_by_role("link", name="one cell", exact=True).click()
    expect(page).to_have_url(re.compile(r"grad_output=impulse:3x3"))
    page.get_by_role("link", name="Stride: one less").click()
    expect(page).to_have_url(re.compile(r"grad_output=impulse:5x5$"))
    page.get_by_role("link", name="ones", exact=True).click()
    expect(page).to_have_url(re.compile(r"/conv2d_weight\?x=seven$"))


@pytest.mark.parametrize(
    ("operation", "plane"),
    [("conv2d_input", "x.0"), ("conv2d_weight", "w.0"), ("max_pool2d_input", "x.0"), ("avg_pool2d_input", "x.0")],
)
def test_a_cell_of_the_upstream_gradient_is_edited_like_any_other(
    stage: Stage, page: Page, operation: str, plane: str
) -> None:
    stage.open(f"/{operation}")
    stage.plane(plane).focus()
    page.keyboard.press("7")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?grad_output=!0\.0:7$"))
    expect(stage.cell(plane, 0, 0)).to_have_text("7")


@pytest.mark.usefixtures("refusals")
def test_what_pytorch_refuses_is_explained_beside_its_field(stage: Stage, page: Page) -> None:
    stage.open("/max_pool2d")
    page.get_by_role("textbox", name="Padding").fill("2")
    page.keyboard.press("Enter")
    expect(page.locator("#error-padding")).not_to_be_empty()
    expect(page.get_by_role("textbox", name="Padding")).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile(r"/max_pool2d$"))


def test_the_indices_of_an_unpooling_are_no_convention(stage: Stage, page: Page) -> None:
    stage.open("/max_unpool2d")
    page.locator("#more > summary").click()
    page.get_by_label("Indices").fill("0,2;8,15")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"indices=0,2;8,15$"))
    stage.open("/conv2d")
    expect(page).to_have_url(re.compile(r"/conv2d$"))
    page.evaluate("localStorage.setItem('convscope-indices', '1')")
    stage.open("/max_unpool2d")
    expect(page).to_have_url(re.compile(r"/max_unpool2d$"))


def test_a_view_is_chosen_by_its_chip(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?stride=2")
    page.get_by_role("link", name="matrix", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?stride=2&view=matrix$"))
    expect(page.get_by_role("link", name="matrix", exact=True)).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Stride: one less").click()
    expect(page).to_have_url(re.compile(r"\?view=matrix$"))
    page.get_by_role("link", name="gather", exact=True).click()
    expect(page).to_have_url(re.compile(r"/conv2d$"))


def test_the_menu_opens_closes_and_leads_by_keyboard(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    menu = page.get_by_role("navigation", name="Menu")
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    assert violations(page) == ""
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Convolution", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/conv1d")


def test_the_menu_closes_when_one_touches_the_page(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()
    page.mouse.click(1270, 890)
    expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()


@without_scripts
def test_the_menu_works_without_scripts(page: Page) -> None:
    page.goto("/max_pool2d")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Average pooling", exact=True).click()
    expect(page).to_have_url("/avg_pool2d")


@phone
def test_the_menu_fits_on_a_phone(page: Page) -> None:
    page.goto("/conv2d")
    page.get_by_role("button", name="Menu").tap()
    becomes(lambda: is_across(page.get_by_role("navigation", name="Menu"), 390), True)
    page.get_by_role("link", name="Fold: columns back to a picture").tap()
    expect(page).to_have_url("/fold")
