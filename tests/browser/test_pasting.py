"""Text of several lines, pasted into the text areas: a browser sends CR LF for each line that it was given."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

PRINTED = """\
Sequential(
  (0): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2))
  (1): ReLU()
  (2): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
  (3): Flatten(start_dim=1, end_dim=-1)
  (4): Linear(in_features=1176, out_features=10, bias=True)
)
"""


def paste(field: Locator, text: str) -> None:
    """As with the keyboard, over whatever stands there."""
    field.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field.focus()
    field.page.keyboard.press("Control+a")
    field.page.keyboard.press("Control+v")


@pytest.fixture(autouse=True)
def clipboard(context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])


def test_what_a_model_prints_is_pasted(page: Page) -> None:
    page.goto("/networks/own")
    paste(page.get_by_label("Layers"), PRINTED)
    page.get_by_label("Input").fill("1x28x28")
    page.get_by_role("button", name="Show this network").click()
    expect(page.locator(".totals")).to_contain_text("11\u202f926")
    expect(page).to_have_url("/networks/own?layers=conv(5,6,padding=2);relu;maxpool(2);flatten;linear(10)&input=28x28")


def test_layers_are_pasted_line_by_line(page: Page) -> None:
    page.goto("/receptive-field")
    page.locator("#more > summary").click()
    paste(page.locator("#field-layers"), "conv(3);\nrelu;\nmaxpool(2)\n")
    page.locator("#field-layers").press("Tab")
    expect(page).to_have_url("/receptive-field?layers=conv(3);relu;maxpool(2)")


def test_a_grid_is_pasted_row_by_row(page: Page) -> None:
    page.goto("/conv2d?w=identity")
    page.locator("#more > summary").click()
    paste(page.locator("#field-x"), "1,2,3;\n4,5,6;\n7,8,9\n")
    page.locator("#field-x").press("Tab")
    expect(page).to_have_url("/conv2d?x=1,2,3;4,5,6;7,8,9&w=identity")


REFUSED = {
    "a grid": ("/conv2d?x=1,nothing", "x", "1,2,3;\n4,5,6;\n7,8,9\n"),
    "layers": ("/receptive-field?layers=conv(3", "layers", "conv(3);\nrelu;\nmaxpool(2)\n"),
    "a lesson": ("/learn?x=1,nothing", "x", "1,2,3,4;\n4,5,6,7;\n7,8,9,0;\n1,2,3,4\n"),
}


@pytest.mark.usefixtures("refusals")
@pytest.mark.parametrize(("address", "name", "text"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refused_form_takes_what_is_pasted_instead(page: Page, address: str, name: str, text: str) -> None:
    page.goto(address)
    paste(page.locator(f"main textarea[name={name}]"), text)
    with page.expect_response(lambda answer: "%0D%0A" in answer.url) as sent:
        page.locator("main form button").click()
    assert sent.value.status == 200
