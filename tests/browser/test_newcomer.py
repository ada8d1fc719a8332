"""A newcomer walks from the front page to every kind of page and back: by mouse, touch and keyboard, at four sizes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_fits import SCREENS, phone
from tests.browser.waiting import becomes

Press = Callable[[Page, Locator], None]

MOST_TABS = 120
"""More than there are links before any that is looked for."""
KINDS = {
    "Convolution": "/conv2d",
    "Two scenes side by side": "/compare",
    "Kernels on pictures": "/pictures",
    "Learn a kernel": "/learn",
    "Backwards over a graph": "/backprop",
    "From scores to a loss": "/softmax",
    "A linear classifier": "/linear-classifier",
    "Down a valley": "/valley",
    "There and back": "/there-and-back",
    "The laws of convolution": "/laws",
    "Receptive fields": "/receptive-field",
    "LeNet live": "/networks/lenet5/live",
    "A network learns": "/train",
    "Compare two networks": "/networks/compare",
    "Two convolutions in a row": "/networks/two-convolutions",
    "Flatten and connect fully": "/networks/flatten-linear",
}
"""One page of each kind that the menu leads to, by its words there."""


def by_mouse(_: Page, what: Locator) -> None:
    what.click()


def by_touch(_: Page, what: Locator) -> None:
    what.tap()


def by_keyboard(page: Page, what: Locator) -> None:
    """From wherever the focus is, with Tab alone."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if what.evaluate("(it) => it === document.activeElement"):
            return page.keyboard.press("Enter")
    raise AssertionError(f"{MOST_TABS} tabs do not lead to {what}")


def arrived(page: Page, address: str) -> None:
    """At a page whose heading and picture are in sight, and which is no wider than its window."""
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page.locator("[data-picture], conv-stage").first).to_be_in_viewport(ratio=0.3)
    becomes(lambda: page.evaluate("document.documentElement.scrollWidth <= innerWidth"), True)


EVERY = list(KINDS.items())
HALF, OTHER_HALF = EVERY[::2], EVERY[1::2]
"""Two walks that share the kinds between them take the time of one."""


@pytest.mark.parametrize(
    ("screen", "press", "kinds"),
    [
        pytest.param("laptop", by_keyboard, HALF, id="laptop by keyboard"),
        pytest.param("desktop", by_mouse, OTHER_HALF, id="desktop by mouse"),
        pytest.param("projector", by_mouse, HALF, id="projector by mouse"),
        pytest.param("phone", by_touch, EVERY, id="phone by touch", marks=phone),
    ],
)
def test_every_kind_of_page_is_reached_from_the_front_page_and_leads_back(
    page: Page, screen: str, press: Press, kinds: list[tuple[str, str]]
) -> None:
    if screen in SCREENS:
        width, height = SCREENS[screen]
        page.set_viewport_size({"width": width, "height": height})
    page.goto("/")
    menu = page.get_by_role("navigation", name="Menu")
    home = page.get_by_role("link", name="ConvScope")

    def back() -> None:
        press(page, home)
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^See, touch and check"))

    for label, address in kinds:
        press(page, page.get_by_role("button", name="Menu"))
        press(page, menu.get_by_role("link", name=label, exact=True))
        arrived(page, address)
        back()
    press(page, page.get_by_role("button", name="Menu"))
    press(page, menu.get_by_role("link", name="All networks"))
    press(page, page.locator("a#lenet5"))
    arrived(page, "/networks/lenet5")
    back()
    press(page, page.get_by_role("navigation", name="Site").get_by_role("link", name="By lecture"))
    press(page, page.get_by_role("main").get_by_role("link", name="Ten templates, ten scores"))
    arrived(page, "/linear-classifier")
    back()
    press(page, page.get_by_role("main").get_by_role("link", name="Draw a digit"))
    arrived(page, "/networks/lenet5/live")
