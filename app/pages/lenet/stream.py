"""The drawing's answer as a stream of server-sent events, each sent as soon as it is computed.

    event: digit     the pixels that the networks see, the canonical address, and where its links lead
    event: layer     {"network": "lenet5", "name": "c1", "shape": [6, 28, 28], "y": [flat], "most": …, "kept": …}
    event: verdict   {"network": "lenet5", "probabilities": […], "digit": 7, "before": 9, "scores": an address}
    event: end

Few and large, as the stream of a scene.
"""

import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import numpy as np
from starlette.concurrency import run_in_threadpool

from app.pages.lenet.drawing import Drawing
from app.pages.lenet.moves import edits, moves, values
from app.pages.lenet.reading import Reading, Verdict, read
from app.stream.events import event
from app.text import refusals
from app.text.encoding import encode

logger = logging.getLogger(__name__)


async def stream(drawing: Drawing, failed: Callable[[], None]) -> AsyncIterator[bytes]:
    """The events one by one; a stream that fails midway says so in an `error` event, and calls `failed`."""
    try:
        yield event("digit", header(drawing))
        answers = read(drawing)
        while (each := await run_in_threadpool(next, answers, None)) is not None:
            yield event("layer", layer(each)) if isinstance(each, Reading) else event("verdict", verdict(each))
        yield event("end", {})
    except Exception:
        logger.exception("the stream of a drawing failed")
        failed()
        yield event("error", {"message": refusals.FAILED})


def header(drawing: Drawing) -> dict[str, Any]:
    return {
        "address": drawing.address(),
        "pixels": encode(drawing.pixels.ravel()),
        "cover": drawing.cover,
        "moves": {move.name: move.address for move in moves(drawing)} | edits(drawing),
        "values": values(drawing),
        "struck": struck(drawing),
    }


def struck(drawing: Drawing) -> list[int]:
    """The units of F6 that dropout strikes out."""
    gain = next(each.gain for each in drawing.networks["lenet5"] if each.name == "f6")
    return [] if gain is None else np.flatnonzero(gain == 0).tolist()


def layer(reading: Reading) -> dict[str, Any]:
    y, gain = reading.outcome.y, reading.outcome.layer.gain
    return {
        "network": reading.network,
        "name": reading.name,
        "shape": y.shape,
        "y": encode(y.ravel()),
        **({} if gain is None else {"gain": encode(gain.ravel())}),
        "most": reading.most,
        "kept": reading.kept,
    }


def verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "network": verdict.network,
        "probabilities": encode(verdict.probabilities),
        "digit": verdict.digit,
        "before": verdict.before,
        "scores": verdict.scores_address,
    }
