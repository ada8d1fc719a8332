"""The ways between pages: the menu, the head, and old addresses."""

from playwright.sync_api import Page, expect


def test_the_head_of_every_page_leads_everywhere(page: Page) -> None:
    page.goto("/")
    menu = page.get_by_role("navigation", name="Menu")
    page.get_by_role("button", name="Menu").click()
    menu.get_by_role("link", name="Convolution", exact=True).click()
    expect(page).to_have_url("/conv2d")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    menu.get_by_role("link", name="Convolution in one dimension", exact=True).click()
    expect(page).to_have_url("/conv1d")
    page.get_by_role("button", name="Menu").click()
    expect(menu.get_by_role("link", name="Convolution in one dimension", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    head = page.get_by_role("navigation", name="Site")
    head.get_by_role("link", name="By lecture").click()
    expect(page).to_have_url("/lectures")
    expect(head.get_by_role("link", name="By lecture")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="ConvScope").click()
    expect(page).to_have_url("/")


def test_what_is_not_there_leads_to_the_front_page(page: Page, complaints: list[str]) -> None:
    page.goto("/conv9d")
    page.get_by_role("link", name="To the front page").click()
    expect(page).to_have_url("/")
    complaints[:] = [complaint for complaint in complaints if "status of 404" not in complaint]


def test_a_place_in_the_old_gallery_is_found_among_the_lectures(page: Page) -> None:
    page.goto("/#strided-cross")
    expect(page).to_have_url("/lectures#strided-cross")
    expect(page.locator("#strided-cross")).to_be_in_viewport()
