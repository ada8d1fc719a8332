"""The page of a stack in a real browser: built by dragging and by keyboard, its fields lit, for everyone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import is_no_wider, letters_are_there, moving, place
from tests.browser.test_accessibility import violations
from tests.browser.test_fits import fits
from tests.browser.waiting import becomes

PATH = "/receptive-field"


class Field:
    """Finds things on the page by what they are."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("receptive-field")
        self.sentence = self.root.locator("[data-sentence]")
        self.cone = page.locator("[data-cone]")
        self.entries = page.locator("[data-layer]")

    def open(self, address: str = PATH) -> "Field":
        self.page.goto(address)
        expect(self.root).to_have_class(re.compile(r"\balive\b"))
        letters_are_there(self.page)
        return self

    def layers(self, *texts: str) -> None:
        """The list says these layers, the first of them at the bottom."""
        expect(self.entries.locator("summary code")).to_have_text(list(reversed(texts)))

    def counts(self, digits: str) -> None:
        """Wait until these are the path counts on the input, in the side view."""
        becomes(self.cone.locator('[data-line="0"] .count').all_text_contents, [*digits])

    def unit(self, line: int, unit: int) -> tuple[float, float]:
        """Where on the screen a unit of the side view is."""
        place = self.cone.locator(f'[data-line="{line}"]').evaluate(
            """(group, unit) => {
                const { x, step, y } = group.dataset
                const point = new DOMPoint(Number(x) + unit * Number(step), Number(y) + 13)
                const { x: left, y: top } = point.matrixTransform(group.ownerSVGElement.getScreenCTM())
                return [left, top]
            }""",
            unit,
        )
        return place[0], place[1]

    def cell(self, plane: int, row: int, col: int) -> tuple[float, float]:
        """Where on the screen the middle of a cell of a plane is."""
        place = self.page.locator(f'[data-plane="{plane}"] > g').evaluate(
            """(group, [row, col]) => {
                const { x, y } = new DOMPoint(col + 0.5, row + 0.5).matrixTransform(group.getScreenCTM())
                return [x, y]
            }""",
            [row, col],
        )
        return place[0], place[1]

    def lit(self, plane: int, outline: str) -> None:
        expect(self.page.locator(f'[data-plane="{plane}"] [data-lit]')).to_have_attribute("d", outline)

    def marks(self, kind: str, *counts: int) -> None:
        """This number of units is marked on each map of the side view, the input first."""
        for line, count in enumerate(counts):
            expect(self.cone.locator(f'[data-line="{line}"] {kind}')).to_have_count(count)

    def drag(self, what: Locator, to: Locator, *, above: bool = True) -> None:
        for each in (to, what):
            each.hover(trial=True)  # it stands still
        start, end = place(what), place(to)
        self.page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(end["x"] + 60, end["y"] + (2 if above else end["height"] - 2), steps=8)
        self.page.mouse.up()


@pytest.fixture
def field(page: Page) -> Field:
    return Field(page)


def grip(field: Field, number: int) -> Locator:
    return field.page.locator(f"#entry-{number} [data-grip]")


def test_a_stack_is_built_by_dragging(field: Field, page: Page) -> None:
    field.open(f"{PATH}?layers=conv(3)&input=24x24")
    field.drag(page.get_by_role("link", name="max pool 2"), field.entries.first)
    field.layers("conv(3)", "maxpool(2)")
    expect(page).to_have_url(re.compile(r"layers=conv\(3\);maxpool\(2\)&input=24x24$"))
    field.drag(page.get_by_role("link", name="conv 3, dilation 2"), page.locator("#entry-1"))
    field.layers("conv(3)", "conv(3,padding=2,dilation=2)", "maxpool(2)")
    field.drag(grip(field, 3), page.locator("#entry-1"), above=False)
    field.layers("maxpool(2)", "conv(3)", "conv(3,padding=2,dilation=2)")
    expect(field.sentence).to_contain_text("sees 14×14 cells")
    page.go_back()
    field.layers("conv(3)", "conv(3,padding=2,dilation=2)", "maxpool(2)")


def test_a_stack_is_built_by_keyboard(field: Field, page: Page) -> None:
    field.open(f"{PATH}?layers=conv(3)&input=24x24")
    page.get_by_role("link", name="max pool 2").focus()
    page.keyboard.press("Enter")
    field.layers("conv(3)", "maxpool(2)")
    expect(grip(field, 2)).to_be_visible()
    grip(field, 2).focus()
    page.keyboard.press("ArrowDown")
    field.layers("maxpool(2)", "conv(3)")
    expect(grip(field, 1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    field.layers("conv(3)", "maxpool(2)")
    expect(grip(field, 2)).to_be_focused()
    page.keyboard.press("Delete")
    field.layers("conv(3)")
    page.locator("#layer-1 > summary").press("Enter")
    page.get_by_role("link", name="Stride of layer 1: one more").press("Enter")
    field.layers("conv(3,stride=2)")
    page.get_by_label("As text", exact=True).fill("conv(5,padding=2)")
    page.keyboard.press("Enter")
    field.layers("conv(5,padding=2)")
    expect(page).to_have_url(f"{PATH}?layers=conv(5,padding=2)&input=24x24")


def test_a_drag_is_let_go_with_escape(field: Field, page: Page) -> None:
    field.open()
    box = place(grip(field, 3))
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] + 90, steps=4)
    expect(page.locator(".entry.lifted")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".entry.lifted")).to_have_count(0)
    page.mouse.up()
    expect(page).to_have_url(PATH)


def test_a_field_lights_where_one_points(field: Field, page: Page) -> None:
    field.open()
    field.counts("1367631")
    page.mouse.move(*field.unit(2, 0))
    expect(field.sentence).to_have_text("Unit [2, 0] of layer 2 sees 5×5 cells of the input.")
    field.counts("12321")
    expect(field.cone.locator('[data-line="3"] .moved')).to_have_count(1)
    field.lit(0, "M0 2h5v5h-5z")
    page.mouse.move(2, 2)
    expect(field.sentence).to_have_text("Unit [1, 1] of layer 3 sees 7×7 cells of the input.")
    field.counts("1367631")


def test_a_cell_of_a_plane_is_chosen_with_a_click_and_stays_in_the_address(field: Field, page: Page) -> None:
    field.open()
    page.mouse.click(*field.cell(2, 1, 3))
    expect(page).to_have_url(f"{PATH}?unit=2:1,3")
    page.mouse.move(2, 2)
    expect(field.sentence).to_contain_text("Unit [1, 3] of layer 2")
    field.lit(0, "M3 1h5v5h-5z")
    expect(page.locator(".rows [aria-current]")).to_contain_text("conv(3)")
    page.reload()
    expect(field.sentence).to_have_text("Unit [1, 3] of layer 2 sees 5×5 cells of the input.")


def test_a_cell_of_the_input_shows_what_it_moves(field: Field, page: Page) -> None:
    field.open()
    page.mouse.move(*field.cell(0, 0, 0))
    expect(field.sentence).to_have_text("Cell [0, 0] of the input moves the green units above it.")
    field.marks(".moved", 0, 1, 1, 1)


def test_a_stack_that_ends_in_a_relu_lights_too(field: Field, page: Page) -> None:
    field.open(f"{PATH}?layers=conv(3);conv(3);relu&input=9x9")
    expect(field.sentence).to_have_text("Unit [2, 2] of layer 3 sees 5×5 cells of the input.")
    page.mouse.move(*field.unit(1, 0))
    field.counts("111")
    page.mouse.move(2, 2)
    expect(field.sentence).to_have_text("Unit [2, 2] of layer 2 sees 5×5 cells of the input.")
    field.counts("12321")


def test_units_are_chosen_with_the_arrow_keys(field: Field, page: Page) -> None:
    field.open()
    field.cone.focus()
    page.keyboard.press("ArrowLeft")
    expect(field.sentence).to_have_text("Unit [1, 0] of layer 3 sees 7×7 cells of the input.")
    page.keyboard.press("ArrowDown")
    expect(field.sentence).to_contain_text("Unit [2, 1] of layer 2")
    page.keyboard.press("Shift+ArrowUp")
    expect(field.sentence).to_contain_text("Unit [1, 1] of layer 2")
    expect(page.locator("[data-announce]")).to_contain_text("Unit [1, 1] of layer 2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{PATH}?unit=2:1,1")


def test_the_light_falls_layer_by_layer(field: Field, page: Page) -> None:
    """Without motion, Grow shows the unit alone, and the arrows go on."""
    field.open()
    page.get_by_role("button", name="Grow").click()
    field.marks("rect", 0, 0, 0, 1)
    on = page.get_by_role("button", name="One layer on")
    on.click()
    expect(field.sentence).to_have_text("conv 3: 3×3 cells")
    on.click()
    on.click()
    expect(field.sentence).to_have_text("input: 7×7 cells")
    field.counts("1367631")
    page.get_by_role("button", name="One layer back").click()
    expect(field.sentence).to_have_text("conv 3: 5×5 cells")
    field.counts("")


@moving
def test_the_first_visit_sees_the_field_grow_by_itself(field: Field, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    field.open()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(field.cone.locator(".seen")).to_have_count(0)
    page.clock.run_for(8_000)
    expect(page.get_by_role("button", name="Grow")).to_be_visible()
    expect(field.cone.locator(".seen")).to_have_count(15)


@pytest.mark.usefixtures("refusals")
def test_a_stack_that_does_not_fit_is_refused_and_the_list_stays(field: Field, page: Page) -> None:
    field.open(f"{PATH}?layers=conv(3);maxpool(2)&input=6x6")
    grip(field, 1).focus()
    page.get_by_label("Size of the input").fill("2x2")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_contain_text("conv (layer 1) covers 3 cells, but its input has only 2.")
    field.layers("conv(3)", "maxpool(2)")
    page.get_by_label("Size of the input").fill("0")
    page.keyboard.press("Enter")
    expect(page.locator("#error-input")).to_have_text("A side of the input must be from 1 to 1,024, but it is 0.")
    page.get_by_label("Size of the input").fill("8x8")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{PATH}?layers=conv(3);maxpool(2)&input=8x8")
    expect(page.locator("#errors")).to_be_empty()


PAGES = {
    "the first stack": PATH,
    "a branch": f"{PATH}?layers=branch(conv(1)|conv(1);conv(3,padding=1));convtranspose(3,stride=2)&input=12x12",
    "paths that disagree": f"{PATH}?layers=branch(conv(3,stride=2,padding=1)|maxpool(2))&input=12x12",
    "a line": f"{PATH}?layers=conv(3);conv(3,dilation=2)&input=16",
    "a landscape": f"{PATH}?layers=conv(7,stride=2);maxpool(3,stride=2);conv(5)&input=64x64",
    "a refusal": f"{PATH}?layers=conv(3",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_on(page: Page, complaints: list[str], address: str) -> None:
    page.goto(address)
    if page.locator("receptive-field").count():
        expect(page.locator("receptive-field")).to_have_class(re.compile(r"\balive\b"))
        for summary in ("#layer-1 > summary", "#more > summary"):
            page.locator(summary).click()
    assert violations(page) == ""
    complaints[:] = [complaint for complaint in complaints if "status of 4" not in complaint]


class TestOnAPhone:
    pytestmark = pytest.mark.browser_context_args(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
    )

    @pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
    def test_nothing_overflows_to_the_side(self, page: Page, complaints: list[str], address: str) -> None:
        page.goto(address)
        is_no_wider(page, 390)
        complaints[:] = [complaint for complaint in complaints if "status of 4" not in complaint]

    def test_a_tap_chooses_a_unit(self, field: Field, page: Page) -> None:
        field.open()
        page.touchscreen.tap(*field.unit(2, 1))
        expect(page).to_have_url(f"{PATH}?unit=2:2,1")


class TestWithoutScripts:
    pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)

    def test_the_picture_is_complete(self, page: Page) -> None:
        page.goto(PATH)
        counts = page.locator('[data-cone] [data-line="0"] .count')
        assert counts.all_text_contents() == [*"1367631"]
        expect(page.locator('[data-plane="0"] [data-lit]')).to_have_attribute("d", "M1 1h7v7h-7z")
        expect(page.get_by_role("button", name="Grow")).to_be_hidden()

    def test_layers_are_added_changed_moved_and_taken_out_by_links(self, page: Page) -> None:
        page.goto(f"{PATH}?layers=conv(3)&input=20x20")
        page.get_by_role("link", name="conv 3, stride 2").click()
        expect(page).to_have_url(f"{PATH}?layers=conv(3);conv(3,stride=2,padding=1)&input=20x20")
        for name in ("Kernel of layer 2: one more", "earlier"):
            page.locator("#layer-2 > summary").click()
            page.locator("#layer-2").get_by_role("link", name=name).click()
        expect(page).to_have_url(f"{PATH}?layers=conv(4,stride=2,padding=1);conv(3)&input=20x20")
        page.get_by_role("link", name="Remove layer 1, conv(4,stride=2,padding=1)").click()
        expect(page).to_have_url(f"{PATH}?layers=conv(3)&input=20x20")

    def test_the_form_is_sent_with_its_button(self, page: Page) -> None:
        page.goto(PATH)
        page.locator("#more > summary").click()
        page.get_by_label("layers", exact=True).fill("conv(3);maxpool(2)")
        page.get_by_label("Unit", exact=True).fill("1:0,0")
        page.get_by_role("button", name="Apply").click()
        expect(page.locator("[data-sentence]")).to_have_text("Unit [0, 0] of layer 1 sees 3×3 cells of the input.")

    def test_a_refusal_keeps_the_form(self, page: Page, refusals: None) -> None:
        page.goto(f"{PATH}?layers=conv(3&input=12x12")
        expect(page.get_by_role("alert")).to_contain_text("After “conv(3” a “)” is expected")
        page.get_by_label("layers", exact=True).fill("conv(3)")
        page.get_by_role("button", name="Show this stack").click()
        expect(page.locator("[data-sentence]")).to_contain_text("sees 3×3 cells")


@pytest.mark.parametrize(
    "address", ["/receptive-field", "/receptive-field?layers=conv(3);maxpool(2);conv(3)&input=16x16"]
)
def test_a_few_layers_are_seen_whole_with_their_player_at_every_size(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("receptive-field [data-player]")).to_be_visible()
    for width, height in ((1366, 650), (1280, 800), (1920, 1080), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        fits(page, "receptive-field", {"figure": ".figures svg", "player": "[data-player]"})
