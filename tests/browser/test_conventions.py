"""Ways of showing: predict first, letters, indices from one, read counts, centres, PyTorch's shapes."""

import re
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import Stage, block, moving, place
from tests.browser.waiting import becomes


def guess(page: Page, text: str) -> None:
    page.locator(".predict input").fill(text)
    page.get_by_role("button", name="Check").click()


def test_the_next_output_is_asked_for_before_it_is_shown(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true")
    expect(page.get_by_text("What is y[0, 0]?", exact=True)).to_be_visible()
    expect(page.locator(".predict input")).to_be_focused()
    expect(stage.result).to_be_hidden()
    stage.shows("y.0", [[""] * 5] * 5)
    expect(stage.spoken).to_have_text("Step 1 of 25. What is y[0, 0]?")


def test_a_right_guess_is_praised_and_the_output_appears(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true")
    guess(page, "18")
    expect(stage.hint).to_have_text("Right.")
    expect(stage.result).to_have_text("18")
    expect(stage.result).to_be_visible()
    stage.shows_row("y.0", 0, ["18", "", "", "", ""])
    expect(stage.button("Step forward")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("What is y[0, 1]?", exact=True)).to_be_visible()


def test_a_question_does_not_ring_its_own_answer(stage: Stage, page: Page) -> None:
    stage.open("/max_pool2d?predict=true")
    expect(page.locator(".predict input")).to_be_focused()
    expect(stage.plane("p.0").locator(".crown")).to_have_count(0)
    page.get_by_role("button", name="Reveal").click()
    expect(stage.plane("p.0").locator(".crown")).to_have_count(1)


def test_a_wrong_guess_is_answered_with_the_number(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true&step=4")
    guess(page, "27")
    expect(stage.hint).to_have_text("Not 27 but −27.")
    stage.shows_row("y.0", 0, ["18", "0", "9", "4", "−27"])


def test_a_guess_that_is_no_number_is_asked_again(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true")
    guess(page, "a few")
    expect(stage.hint).to_have_text("Type a number, such as 3, −0.5 or 1/9.")
    expect(stage.result).to_be_hidden()
    expect(page.locator(".predict input")).to_be_visible()


def test_who_gives_up_may_reveal(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true")
    page.get_by_role("button", name="Reveal").click()
    expect(stage.result).to_have_text("18")
    expect(page.locator(".predict")).to_have_count(0)


@moving
def test_playing_stops_at_every_question(stage: Stage, page: Page) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    stage.open("/conv2d?predict=true")
    page.get_by_role("button", name="Reveal").click()
    stage.button("Play").click()
    page.clock.run_for(10_000)
    expect(page.get_by_text("What is y[0, 1]?", exact=True)).to_be_visible()
    stage.at(2)
    expect(stage.button("Play")).to_be_visible()


def test_what_is_to_be_predicted_cannot_be_peeked_at(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?predict=true")
    stage.cell("y.0", 0, 0).hover()
    expect(stage.result).to_be_hidden()
    stage.shows("y.0", [[""] * 5] * 5)


def test_letters_may_stand_for_the_weights(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?x=2,2,1;11,21,22;12,20,45&w=1,2;3,4&letters=true&step=0")
    stage.shows("w.0", [["a", "b"], ["c", "d"]])
    expect(stage.equation).to_contain_text("2·a+2·b+11·c+21·d")
    expect(stage.result).to_have_text("123")


def test_letters_are_switched_on_under_more(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    page.locator("#more > summary").click()
    page.get_by_label("Letters for weights").check()
    expect(page).to_have_url(re.compile("letters=true"))
    expect(stage.cell("w.0", 2, 2)).to_have_text("i")
    expect(stage.equation).to_contain_text("·i")


def test_indices_from_one_are_remembered_on_the_next_visit(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    page.locator("#more > summary").click()
    page.get_by_label("Indices from").select_option("1")
    expect(page).to_have_url(re.compile("indices=1"))
    expect(stage.equation).to_contain_text(re.compile("^y3,3="))
    stage.cell("x.0", 0, 0).hover()
    expect(stage.hint).to_have_text("x[1, 1] = 0 · read by 1 output")
    stage.open("/conv2d?w=edge")
    expect(page).to_have_url(re.compile(r"w=edge&indices=1|indices=1&w=edge"))
    expect(stage.equation).to_contain_text("y1,1=")


def test_a_link_that_says_its_convention_is_followed(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?step=12")
    page.evaluate("localStorage.setItem('convscope-indices', '1')")
    stage.open("/conv2d?indices=0&step=12")
    expect(stage.equation).to_contain_text("y2,2=")


@pytest.mark.parametrize(
    ("padding", "corner", "edge", "interior"), [(0, "1", "3", "9"), (1, "4", "6", "9")], ids=["valid", "padded"]
)
def test_the_heat_map_counts_how_often_a_cell_is_read(
    stage: Stage, page: Page, padding: int, corner: str, edge: str, interior: str
) -> None:
    stage.open(f"/conv2d?padding={padding}&reads=true&step=0")
    expect(page.locator(".heat text")).to_have_count(49)
    counts = page.locator(".heat text").all_text_contents()
    rows = [counts[start : start + 7] for start in range(0, 49, 7)]
    assert (rows[0][0], rows[0][3], rows[3][3]) == (corner, edge, interior)
    assert rows == [list(column) for column in zip(*rows, strict=True)]
    if not padding:
        assert rows[0] == ["1", "2", "3", "3", "3", "2", "1"]


def test_outputs_may_be_drawn_as_dots_at_the_centres_of_their_windows(stage: Stage, page: Page) -> None:
    stage.open("/conv2d?stride=2&centres=true")
    dots = page.locator(".centres > *")
    expect(dots).to_have_count(9)
    for dot, (row, col) in {0: (1, 1), 1: (1, 3), 8: (5, 5)}.items():
        becomes(partial(inside, stage, dots.nth(dot), row, col), True)


def inside(stage: Stage, drawn: Locator, row: int, col: int) -> bool:
    dot, cell = place(drawn), place(stage.cell("x.0", row, col).locator("rect"))
    x, y = dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2
    return abs(x - cell["x"] - cell["width"] / 2) < 1 and abs(y - cell["y"] - cell["height"] / 2) < 1


def test_shapes_may_be_written_as_pytorch_has_them(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    expect(stage.sheet("x.0")).to_contain_text("7 × 7")
    page.locator("#more > summary").click()
    page.get_by_label("Shapes").select_option("nchw")
    expect(page).to_have_url(re.compile("shapes=nchw"))
    expect(stage.sheet("x.0")).to_contain_text("(1, 1, 7, 7)")
    expect(stage.sheet("w.0")).to_contain_text("(1, 1, 3, 3)")
    expect(stage.sheet("y.0")).to_contain_text("(1, 1, 5, 5)")


def test_the_sign_of_the_operation_is_the_readers(stage: Stage, page: Page) -> None:
    stage.open("/conv2d")
    expect(page.locator(".strictly")).to_contain_text("⋆")
    page.locator("#more > summary").click()
    page.get_by_label("Cross-correlation sign").select_option("asterisk")
    expect(page).to_have_url(re.compile("symbol=asterisk"))
    expect(page.locator(".strictly")).to_contain_text("∗")


def test_a_theme_in_the_link_is_the_theme_of_the_page(stage: Stage, page: Page) -> None:
    colours = []
    for theme in ("light", "dark"):
        stage.open(f"/conv2d?theme={theme}")
        colours.append(page.evaluate("getComputedStyle(document.querySelector('conv-stage')).backgroundColor"))
    assert colours[0] == "rgb(255, 255, 255)"
    assert colours[1] != colours[0]


def test_the_window_is_outlined_for_a_question_too(stage: Stage) -> None:
    stage.open("/conv2d?predict=true&step=6")
    stage.outlines("x.0", block(1, 1))
    stage.outlines("y.0", {(1, 1)})


@pytest.mark.parametrize(
    ("operation", "caption"),
    [("conv2d_input", "gradient of the input x̄"), ("conv2d_weight", "gradient of the kernel w̄")],
)
def test_a_gradient_is_called_as_in_the_lecture_wherever_it_is_named(
    stage: Stage, operation: str, caption: str
) -> None:
    letter = caption[-2:]
    stage.open(f"/{operation}?step=4")
    expect(stage.root.locator(".title", has_text=caption)).to_be_visible()
    expect(stage.equation).to_contain_text(letter)
    stage.cell("y.0", 1, 1).hover()
    expect(stage.spoken).to_contain_text(f"{letter}[1, 1] = ")
    stage.button("Step forward").click()
    stage.at(6, 9)
    expect(stage.equation).to_contain_text(letter)
    expect(stage.equation).not_to_contain_text("y")


def test_each_step_of_a_gradient_is_announced_by_its_name(stage: Stage) -> None:
    stage.open("/conv2d_weight?step=4&indices=1")
    expect(stage.spoken).to_contain_text("w̄[2, 2] is ")


def test_a_prediction_asks_for_a_gradient_by_its_name(stage: Stage, page: Page) -> None:
    stage.open("/conv2d_weight?predict=true&indices=1")
    expect(page.get_by_text("What is w̄[1, 1]?", exact=True)).to_be_visible()
    expect(stage.spoken).to_contain_text("What is w̄[1, 1]?")


def test_the_matrix_of_a_gradient_names_it(stage: Stage) -> None:
    stage.open("/conv2d_input?view=matrix")
    expect(stage.root.locator(".title", has_text="vec(x̄)")).to_be_visible()
    stage.cell("F.0", 0, 0).hover()
    expect(stage.spoken).to_contain_text("Fᵀ[x̄[0, 0], grad_output[0, 0]] = ")
    stage.cell("Y.0", 0, 0).hover()
    expect(stage.spoken).to_contain_text("x̄[0, 0] = ")
