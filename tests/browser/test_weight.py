"""What a first visit costs: counted on the wire, as the browser received it.

Two sheets of style, and scripts that are fetched when they are needed, keep it under MOST.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.browser.stage import Stage, moving

MOST = 66_000
MOST_FONT = 25_000


@dataclass
class Wire:
    """Bytes received for every URL, headers and compression as they came."""

    bytes: dict[str, int]

    @property
    def fonts(self) -> dict[str, int]:
        return {url: size for url, size in self.bytes.items() if ".woff" in url}

    @property
    def rest(self) -> dict[str, int]:
        return {url: size for url, size in self.bytes.items() if url not in self.fonts}


@pytest.fixture
def wire(page: Page) -> Wire:
    """What the network reports, from now on."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    wire, urls = Wire({}), {}

    def started(event: dict) -> None:  # type: ignore[type-arg]
        urls[event["requestId"]] = event["request"]["url"]

    def finished(event: dict) -> None:  # type: ignore[type-arg]
        wire.bytes[urls[event["requestId"]]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", started)
    session.on("Network.loadingFinished", finished)
    return wire


@moving
def test_the_first_visit_weighs_at_most_sixty_six_kilobytes_fonts_aside(stage: Stage, page: Page, wire: Wire) -> None:
    stage.open("/conv2d")
    page.wait_for_load_state("networkidle")
    heaviest = sorted(wire.rest.items(), key=lambda item: -item[1])
    assert any("/conv2d.events" in url for url in wire.rest)
    assert any("htmx" in url for url in wire.rest)
    assert sum(wire.rest.values()) <= MOST, heaviest


def test_the_font_weighs_at_most_twenty_five_kilobytes(stage: Stage, page: Page, wire: Wire) -> None:
    stage.open("/conv2d")
    page.wait_for_load_state("networkidle")
    assert wire.fonts
    assert sum(wire.fonts.values()) <= MOST_FONT


def test_a_second_visit_asks_only_whether_things_still_hold(stage: Stage, page: Page, wire: Wire) -> None:
    stage.open("/conv2d")
    page.wait_for_load_state("networkidle")
    wire.bytes.clear()
    stage.open("/conv2d")
    page.wait_for_load_state("networkidle")
    assert sum(wire.bytes.values()) <= 2_000, wire.bytes


def test_everything_comes_from_the_same_host(stage: Stage, page: Page, wire: Wire, base_url: str) -> None:
    stage.open("/conv2d")
    page.wait_for_load_state("networkidle")
    assert all(url.startswith((base_url, "data:", "blob:")) for url in wire.bytes)
