"""Every page in frames of somebody else's: played, edited, spoken with, on the slides of a real deck, and on a wall."""

import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import FrameLocator, Page, expect

from app.pages.frames.table import FRAMED
from tests import machine
from tests.browser.stage import Stage
from tests.browser.test_accessibility import violations
from tests.browser.test_fits import fits
from tests.browser.waiting import becomes

Visitor = tuple[Page, list[str]]

REVEAL = "reveal.js@5.2.1"
ICON = '<link rel="icon" href="data:,">'
LISTENS = "<script>var told = []; addEventListener('message', ({ data }) => told.push(data))</script>"
PAGES = ["/conv2d?step=12", *(path.replace("{name}", "vgg16") for path in FRAMED)]
SIZES = {"projector": (1920, 1080), "half": (960, 540), "small": (400, 300)}
CHANGES: dict[str, dict[str, object]] = {
    "/backprop": {"rate": 0.5},
    "/compare": {"a": "/conv2d?stride=3", "b": "/conv2d"},
    "/gap": {"step": 3},
    "/inception": {"step": 3},
    "/laws": {"a": "1,2;3,4"},
    "/learn": {"x": "x-bits"},
    "/networks/flatten-linear": {"x": "1,2,3;4,5,6;7,8,9~1,2,3;4,5,6;7,8,9"},
    "/residual": {"g": 0.5},
    "/softmax": {"scores": "1,2,3"},
    "/there-and-back": {"stride": 1},
    "/valley": {"learning_rate": 0.05},
}
"""Pages that play, and what is asked of each besides."""


FILLED = """
() => {
  const boxes = [...document.querySelectorAll("[data-picture]")].map((part) => part.getBoundingClientRect())
  const edge = (name, choose) => choose(...boxes.map((box) => box[name]))
  const [left, right] = [edge("left", Math.min), edge("right", Math.max)]
  const [top, bottom] = [edge("top", Math.min), edge("bottom", Math.max)]
  const isWithin = left > -2 && top > -2 && right < innerWidth + 2 && bottom < innerHeight + 2
  return isWithin && Math.max((right - left) / innerWidth, (bottom - top) / innerHeight) >= 0.9
}
"""
"""Asks the frame whether its picture is seen whole, and fills it along one axis at least."""

SMALLEST = """
() => {
  const heights = []
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { data, parentElement: word } = walker.currentNode
    const isSeen = data.trim() && word.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    if (!isSeen || word.closest(".visually-hidden, title, desc") || word.getBoundingClientRect().width === 0) continue
    const matrix = word.getScreenCTM?.()
    const scale = matrix ? Math.hypot(matrix.b, matrix.d) : word.currentCSSZoom
    heights.push(parseFloat(getComputedStyle(word).fontSize) * scale)
  }
  return Math.min(...heights, 99)
}
"""
"""Asks the frame how high the smallest letter of its picture is."""


PLANES_FILL = """
() => {
  const planes = [...document.querySelectorAll("[data-plane]")].filter((plane) => plane.checkVisibility())
  const boxes = planes.map((plane) => plane.getBoundingClientRect()).filter(({ width }) => width)
  const edge = (name, choose) => choose(...boxes.map((box) => box[name]))
  const across = (edge("right", Math.max) - edge("left", Math.min)) / innerWidth
  return Math.max(across, (edge("bottom", Math.max) - edge("top", Math.min)) / innerHeight)
}
"""
"""Asks which part of the width, or of the height, the planes take."""


def told(page: Page, kind: str) -> list[dict[str, object]]:
    """What the frame has told the page around it."""
    found: list[dict[str, object]] = page.evaluate("(kind) => told.filter(({ type }) => type === kind)", kind)
    return found


def last(page: Page, kind: str) -> dict[str, object]:
    """The last that it has told of this kind; nothing before the first."""
    return (told(page, kind) or [{}])[-1]


def ask(page: Page, message: object) -> None:
    page.evaluate("(message) => document.querySelector('iframe').contentWindow.postMessage(message, '*')", message)


def show(page: Page, slide: Path, address: str, attributes: str = "") -> FrameLocator:
    """A slide that frames this address, opened from its disk."""
    frame = f'<iframe src="{address}" width="960" height="540" {attributes}></iframe>'
    slide.write_text(f"<!doctype html><title>Slide</title>{ICON}{LISTENS}{frame}")
    page.goto(slide.as_uri())
    becomes(lambda: len(told(page, "conv:ready")), 1)
    return page.frame_locator("iframe")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_lives_in_a_sandbox_and_its_picture_fills_frames_of_three_sizes(
    visitor: Visitor, slide: Path, base_url: str, address: str
) -> None:
    page, complaints = visitor
    frame = show(page, slide, f"{base_url}/embed{address}", "sandbox='allow-scripts'")
    expect(frame.locator("[data-picture]").first).to_be_visible()
    expect(frame.locator("header.site")).to_have_count(0)
    for width, height in SIZES.values():
        page.eval_on_selector(
            "iframe", "(frame, size) => Object.assign(frame, size)", {"width": width, "height": height}
        )
        becomes(lambda: page.frames[1].evaluate(FILLED), True)
        becomes(lambda: page.frames[1].evaluate(SMALLEST) >= 8, True)
    expect(frame.locator("[data-full]")).to_have_attribute("href", re.compile("^" + re.escape(address.split("?")[0])))
    assert [complaint for complaint in complaints if "file://" not in complaint] == []


@pytest.mark.parametrize("address", CHANGES)
def test_every_page_that_plays_does_so_on_another_origin_takes_a_change_and_is_reset(
    visitor: Visitor, slide: Path, elsewhere: str, base_url: str, address: str
) -> None:
    page, complaints = visitor
    slide.write_text(f'<!doctype html>{ICON}{LISTENS}<iframe src="{base_url}/embed{address}"></iframe>')
    page.goto(f"{elsewhere}/slide.html")
    becomes(lambda: len(told(page, "conv:ready")), 1)

    def state(name: str) -> object:
        ask(page, {"type": "conv:get"})
        return last(page, "conv:state").get(name)

    ask(page, {"type": "conv:seek", "step": 0})
    becomes(lambda: state("step"), 0)
    ask(page, {"type": "conv:step"})
    becomes(lambda: state("step"), 1)
    ask(page, {"type": "conv:set", "parameters": CHANGES[address]})
    becomes(lambda: state("address") not in (None, address), True)
    page.frame_locator("iframe").get_by_role("button", name="Reset").click()
    becomes(lambda: state("address"), address)
    assert [complaint for complaint in complaints if elsewhere not in complaint] == []


def test_a_scene_and_a_lesson_are_edited_in_a_sandbox_and_reset(visitor: Visitor, slide: Path, base_url: str) -> None:
    page, complaints = visitor
    frame = show(page, slide, f"{base_url}/embed/conv2d?hide=hint&theme=dark", "sandbox='allow-scripts'")
    cell = frame.locator('[data-plane="x.0"] .cells > g').nth(2).locator("> g").nth(2)
    cell.click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(frame.locator("[data-full]")).to_have_attribute("href", re.compile(r"^/conv2d\?x=seven!2\.2:5&theme=dark$"))
    expect(cell).to_have_text("5")
    becomes(lambda: "hide=hint" in page.frames[1].url, True)
    frame.get_by_role("button", name="Reset").click()
    expect(cell).to_have_text("0")
    expect(frame.locator("html")).to_have_class(re.compile("hides-hint"))
    frame = show(page, slide, f"{base_url}/embed/learn?x=x-bits", "sandbox='allow-scripts'")
    frame.locator('[data-plane="x.0"] .cells > g').nth(0).locator("> g").nth(0).click()
    frame.locator(".cell-field").fill("7")
    page.keyboard.press("Enter")
    expect(frame.locator("#scene")).to_have_attribute("data-address", re.compile(r"x=x-bits!0\.0:7"))
    assert [complaint for complaint in complaints if "file://" not in complaint] == []


def test_the_page_around_a_frame_plays_it_and_is_told_of_every_step(
    visitor: Visitor, slide: Path, base_url: str
) -> None:
    page, _ = visitor
    frame = show(page, slide, f"{base_url}/embed/conv2d?step=3")
    position = frame.locator("[data-position]")
    assert told(page, "conv:ready")[0] | {"type": ""} == {
        "type": "",
        "step": 3,
        "steps": 25,
        "playing": False,
        "address": "/conv2d?step=3",
    }
    becomes(lambda: {"width", "height"} <= last(page, "conv:resize").keys(), True)
    ask(page, {"type": "conv:seek", "step": 20})
    expect(position).to_have_text("21 of 25")
    ask(page, {"type": "conv:step"})
    expect(position).to_have_text("22 of 25")
    ask(page, {"type": "conv:step", "by": -1})
    expect(position).to_have_text("21 of 25")
    becomes(lambda: last(page, "conv:step").get("step"), 20)
    ask(page, {"type": "conv:set", "parameters": {"stride": 2, "w": [[1, 0], [0, 1]]}})
    expect(position).to_have_text(re.compile("of 9$"))
    becomes(lambda: "stride=2" in str(last(page, "conv:state").get("address")), True)
    for unknown in (
        {"type": "conv:seek", "step": "3"},
        {"type": "conv:seek", "step": -1},
        {"type": "conv:set", "parameters": {"<b>": 1}},
        {"type": "conv:set"},
        {"type": "conv:close"},
        "conv:play",
        None,
        [1],
    ):
        ask(page, unknown)
    ask(page, {"type": "conv:seek", "step": 0})
    expect(position).to_have_text("1 of 9")
    ask(page, {"type": "conv:play"})
    becomes(lambda: last(page, "conv:state").get("playing"), True)
    ask(page, {"type": "conv:pause"})
    becomes(lambda: last(page, "conv:state").get("playing"), False)
    # Whoever is not the page around the frame is not answered.
    page.frames[1].evaluate("window.postMessage({ type: 'conv:seek', step: 5 }, '*')")
    ask(page, {"type": "conv:get"})
    becomes(lambda: last(page, "conv:state").get("step") != 5, True)
    expect(position).not_to_have_text("6 of 9")


@pytest.fixture(scope="session")
def reveal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of reveal.js as npm has it."""
    folder = tmp_path_factory.mktemp("reveal")
    npm = shutil.which("npm")
    packed = subprocess.run([npm, "pack", REVEAL], cwd=folder, capture_output=True) if npm else None
    if packed is None or packed.returncode:
        (pytest.fail if machine.EVERYTHING_IS_REQUIRED else pytest.skip)(f"npm gives no {REVEAL} here")
    with tarfile.open(fileobj=io.BytesIO(next(folder.glob("*.tgz")).read_bytes())) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def deck_of(*slides: str) -> str:
    sections = "".join(f"<section>{slide}</section>" for slide in slides)
    return (
        f'<!doctype html><title>Deck</title>{ICON}<link rel="stylesheet" href="dist/reveal.css">'
        f'<div class="reveal"><div class="slides">{sections}</div></div>'
        '<script src="dist/reveal.js"></script><script>Reveal.initialize({ transition: "none" })</script>'
    )


def snippet(page: Page, base_url: str, scene: str, name: str, **options: str) -> str:
    """What Share gives for a scene."""
    fields = {"url": f"{base_url}{scene}", "title": "Convolution", **options}
    page.goto(f"{base_url}/share?" + "&".join(f"{key}={value}" for key, value in fields.items()))
    return page.locator(f'[data-snippet="{name}"]').input_value()


@pytest.mark.browser_context_args(reduced_motion="no-preference")
def test_three_frames_in_a_deck_of_reveal_start_and_stop_with_their_slides_and_hand_the_clicker_on(
    page: Page, visitor: Visitor, reveal: Path, slide: Path, elsewhere: str, base_url: str
) -> None:
    scenes = ["/conv2d?stride=3%26step=0", "/max_pool2d", "/learn"]
    frames = [snippet(page, base_url, scene, "reveal") for scene in scenes]
    shutil.copytree(reveal / "dist", slide.parent / "dist")
    frames[1] = frames[1].replace(" data-src=", " data-preload data-src=")  # stays as it was left
    slide.write_text(deck_of(*frames, "The end"))
    deck = visitor[0]
    deck.emulate_media(reduced_motion="no-preference")
    deck.goto(f"{elsewhere}/slide.html")
    slides = [deck.frame_locator(f"section:nth-child({number}) iframe") for number in (1, 2, 3)]
    current = "Reveal.getIndices().h"

    position = slides[0].locator("[data-position]")
    expect(position).to_have_text("1 of 4")
    becomes(lambda: deck.evaluate("document.activeElement.localName"), "iframe")
    for step in ("2 of 4", "3 of 4", "4 of 4"):
        deck.keyboard.press("PageDown")
        expect(position).to_have_text(step)
    assert deck.evaluate(current) == 0
    deck.keyboard.press("PageDown")
    becomes(lambda: deck.evaluate(current), 1)

    expect(slides[1].locator("[data-do=play]")).to_have_class(re.compile("playing"))
    deck.evaluate("Reveal.next()")
    expect(slides[2].locator("[data-do=play]")).to_have_class(re.compile("playing"))
    expect(slides[1].locator("[data-do=play]")).not_to_have_class(re.compile("playing"))
    deck.evaluate("Reveal.next()")
    becomes(lambda: deck.evaluate(current), 3)
    expect(deck.locator("section:nth-child(3) iframe")).not_to_have_attribute("src", re.compile("embed"))


def test_the_printed_deck_shows_pictures_where_its_frames_would_be(
    page: Page, visitor: Visitor, reveal: Path, slide: Path, elsewhere: str, base_url: str
) -> None:
    frame = snippet(page, base_url, "/conv2d?stride=3", "reveal")
    shutil.copytree(reveal / "dist", slide.parent / "dist")
    slide.write_text(deck_of(frame))
    deck = visitor[0]
    deck.goto(f"{elsewhere}/slide.html?print-pdf")
    picture = deck.locator(".convscope img")
    expect(picture).to_be_visible()
    becomes(lambda: picture.evaluate("(image) => image.complete && image.naturalWidth > 0"), True)
    expect(deck.locator(".convscope iframe")).to_be_hidden()
    assert b"/Type /Page" in deck.pdf(print_background=True)


def test_seven_frames_on_one_page_all_load(visitor: Visitor, slide: Path, base_url: str) -> None:
    page, _ = visitor
    frames = "".join(f'<iframe src="{base_url}/embed/conv2d?step={step}"></iframe>' for step in range(7))
    slide.write_text(f"<!doctype html>{ICON}{frames}")
    page.goto(slide.as_uri())
    for step in range(7):
        frame = page.frame_locator("iframe").nth(step)
        expect(frame.locator("conv-stage")).to_have_class(re.compile("alive"))
        expect(frame.locator("[data-position]")).to_have_text(f"{step + 1} of 25")


def test_a_row_of_pictures_is_gone_through_with_a_clicker_with_notes(stage: Stage, page: Page) -> None:
    page.goto("/present?scenes=/conv2d?stride=3%26step=2 row")
    stage.lives().at(3, 4)
    page.keyboard.press("n")
    expect(page.locator("[data-notes]")).to_contain_text("Step 3 of 4.")
    page.keyboard.press("PageDown")
    stage.at(4, 4)
    expect(page.locator("[data-notes]")).to_contain_text("Step 4 of 4.")
    page.keyboard.press("PageDown")
    page.wait_for_url("**at=1")
    stage.lives()
    expect(page.locator("html")).to_have_attribute("data-page", "/conv1d?padding=1")
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    page.wait_for_url("**at=0")


def test_the_code_of_a_link_is_read_by_another_program_and_the_panel_follows_what_is_chosen(
    stage: Stage, page: Page, base_url: str
) -> None:
    stage.open("/conv2d?b=1&stride=2")
    page.get_by_role("link", name="Share").click()
    panel = page.locator("#share")
    expect(panel).to_be_visible()
    picture = Image.open(io.BytesIO(panel.locator("svg.qr").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{base_url}/conv2d?b=1&stride=2"]
    panel.get_by_text("Courses").click()
    moodle = panel.get_by_label("Moodle")
    expect(moodle).to_have_value(re.compile("embed/conv2d"))
    panel.get_by_label("plays by itself").check()
    expect(moodle).to_have_value(re.compile("autoplay=true"))
    expect(moodle).to_be_visible()
    assert violations(page) == ""
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("screen", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("prefix", ["/embed", "/present"])
def test_a_scene_fills_its_frame_and_no_number_is_too_small(
    stage: Stage, page: Page, prefix: str, screen: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    for scene in ("conv2d", "conv1d", "unfold"):
        stage.open(f"{prefix}/{scene}")
        fits(page)
        becomes(lambda: page.evaluate(PLANES_FILL) >= 0.9, True)
    for pair in ("compare", "there-and-back"):
        page.goto(f"{prefix}/{pair}")
        expect(page.locator(".together")).to_be_visible()
        becomes(lambda: page.evaluate(PLANES_FILL) >= 0.9, True)


def test_the_numbers_of_a_graph_can_be_read_in_a_small_frame(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 300})
    page.goto("/embed/backprop?step=9")
    becomes(lambda: page.evaluate(SMALLEST) >= 8, True)
    expect(page.locator('.wide [data-value="L"] text')).to_be_visible()


def test_the_numbers_of_a_lesson_can_be_read_in_a_frame_of_half_a_screen(page: Page) -> None:
    page.set_viewport_size({"width": 960, "height": 540})
    page.goto("/embed/learn?step=9")
    becomes(lambda: page.evaluate(SMALLEST) >= 8, True)
    expect(page.locator('[data-plane="e.0"] text').first).to_be_visible()
