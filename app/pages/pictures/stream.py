"""The result as a stream of server-sent events, in bands of rows, each sent as soon as it is computed.

    event: result    the canonical address, the size, how it is painted, what is to be said of the picture and kernel
    event: band      {"row": 0, "rows": 64, "every": 1, "type": "image/png", "image": base64}
    event: end       {"least": −450, "most": 432, "said": "…"}

While something is dragged, a preview is one band with every so many rows and columns, of at most 28 KB.
"""

import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from typing import Any

from app.pages.pictures import words
from app.pages.pictures.describing import about_kernel, about_picture, about_range, shared, titles
from app.pages.pictures.painting import PREVIEW_SIDE, Range, image, preview, range_of
from app.pages.pictures.recipe import Recipe
from app.pages.pictures.result import Planes, Result
from app.painters.picture import assemble_quickly
from app.stream.events import event
from app.text import refusals
from app.text.encoding import encode

logger = logging.getLogger(__name__)


def previewed(recipe: Recipe) -> bytes:
    """The whole answer while something is dragged."""
    every = -(-max(recipe.shape) // PREVIEW_SIDE)
    y = Result(recipe).rows(every=every)
    media_type, data = preview(image(y, recipe))
    rows = {"row": 0, "rows": recipe.shape[0], "every": every}
    band = event("band", rows | {"type": media_type, "image": b64encode(data).decode()})
    return b"".join([event("result", header(recipe)), band, event("end", ending(recipe, range_of(y, recipe)))])


async def stream(recipe: Recipe, run: Callable[..., Any], failed: Callable[[], None]) -> AsyncIterator[bytes]:
    """The events one by one, computed by `run` in a thread; one that fails midway says so, and calls `failed`."""
    try:
        yield event("result", header(recipe))
        result = Result(recipe)
        seen: Range | None = None
        for start, stop in result.bands():
            y = await run(result.rows, start, stop)
            found = range_of(y, recipe)
            seen = seen.joined(found) if seen else found
            yield event("band", await run(band, y, recipe, start, stop))
        assert seen
        yield event("end", ending(recipe, seen))
    except Exception:
        logger.exception("the stream of a picture failed")
        failed()
        yield event("error", {"message": refusals.FAILED})


def band(y: Planes, recipe: Recipe, start: int, stop: int) -> dict[str, Any]:
    data = b64encode(assemble_quickly(image(y, recipe))).decode()
    return {"row": start, "rows": stop - start, "every": 1, "type": "image/png", "image": data}


def header(recipe: Recipe) -> dict[str, Any]:
    return {
        "address": recipe.address(),
        "picture": recipe.picture.text,
        "rows": recipe.shape[0],
        "cols": recipe.shape[1] * recipe.tiles,
        "tiles": recipe.tiles,
        "titles": titles(recipe),
        "pictureRows": recipe.x.shape[1],
        "pictureCols": recipe.x.shape[2],
        "show": recipe.show,
        "w": recipe.w.text,
        "weights": encode(recipe.kernels),
        "fields": recipe.spelled,
        "about": about_picture(recipe),
        "kernel": about_kernel(recipe),
        "shared": shared(recipe),
        "legend": words.LEGENDS[recipe.show],
    }


def ending(recipe: Recipe, seen: Range) -> dict[str, Any]:
    return {"least": seen.least, "most": seen.most, "said": about_range(recipe, seen)}
