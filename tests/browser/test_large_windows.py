"""Windows of more than a thousand places: their products are a picture, and it goes along with the steps."""

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage

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

LIKE = f"""
async (alphas) => {{
  const pixels = await ({PIXELS})()
  return alphas.every((alpha, i) => pixels[4 * i + 3] === alpha) && pixels
}}
"""
"""The pixels, once they are as opaque as these."""


def test_the_products_of_a_large_window_are_those_of_the_step_that_is_shown(stage: Stage, page: Page) -> None:
    stage.open(LARGE + "&step=5")
    served = np.array(page.evaluate(PIXELS)).reshape(-1, 4)
    stage.open(LARGE + "&step=3")
    other = np.array(page.evaluate(PIXELS)).reshape(-1, 4)
    assert (served[:, 3] != other[:, 3]).any()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(stage.position).to_contain_text("6 of 16")
    drawn = np.array(page.wait_for_function(LIKE, arg=served[:, 3].tolist()).json_value()).reshape(-1, 4)
    seen = served[:, 3] > 60
    assert seen.any()
    assert np.abs(drawn[seen] - served[seen]).max() <= 4, "the same hues, but for how alpha rounds them"
