"""Windows of more than a thousand places: their products are a picture, and it goes along with the steps."""

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage
from tests.browser.waiting import becomes

LARGE = "/conv2d_weight?x=random:1x40x40:1&grad_output=random:1x37x37:2&kernel_size=4"

PIXELS = """
async () => {
  const drawn = document.querySelector('[data-plane="p.0"] .picture')
  const image = new Image()
  image.src = drawn.getAttribute("href")
  await image.decode()
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height })
  const context = canvas.getContext("2d")
  context.drawImage(image, 0, 0)
  return [...context.getImageData(0, 0, image.width, image.height).data]
}
"""


def drawn_pixels(page: Page) -> NDArray[np.int64]:
    """Of the products' picture, (pixels, 4)."""
    return np.array(page.evaluate(PIXELS)).reshape(-1, 4)


def test_the_products_of_a_large_window_are_those_of_the_step_that_is_shown(stage: Stage, page: Page) -> None:
    stage.open(LARGE + "&step=5")
    served = drawn_pixels(page)
    stage.open(LARGE + "&step=3")
    other = drawn_pixels(page)
    assert (served[:, 3] != other[:, 3]).any()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(stage.position).to_contain_text("6 of 16")
    becomes(lambda: drawn_pixels(page)[:, 3].tolist(), served[:, 3].tolist())
    drawn = drawn_pixels(page)
    seen = served[:, 3] > 60
    assert seen.any()
    assert np.abs(drawn[seen] - served[seen]).max() <= 4, "the same hues, but for how alpha rounds them"
