"""The nine shipped patches that excite a map, or a single unit, most: what it has learned to look for."""

from typing import Any

import numpy as np

from app.address.names import check_names
from app.address.query import Raw
from app.grids.payloads import payloads
from app.pages.lenet import words
from app.pages.lenet.drawing import read_drawing
from app.pages.lenet.receptive import sees
from app.pages.lenet.unit import Unit, take_map
from app.scene.origin import Home
from app.stream.document import grid
from app.text.encoding import dumps
from kernels.patches import Patch, patches

FIRST = {"layer": "c1", "unit": "0"}
"""Whose patches are shown where none are named."""


def patches_document(raw: Raw) -> bytes:
    """Each patch is what the unit sees of a digit, `size` cells from (`row`, `col`); `x` is the whole digit."""
    home, index = take_map(raw if raw else dict(FIRST))
    check_names(raw, words.PAGE, ("layer", "unit"))
    found = [describe(home, index, each) for each in patches(home.network, home.layer.name, index)]
    return dumps({"layer": home.name, "unit": index, "patches": found})


def describe(home: Home, index: int, patch: Patch) -> dict[str, Any]:
    size, apart, first = sees()[home.name]
    digit = patch.pixels.astype(np.float64)
    return {
        "x": grid(digit),
        "row": first + patch.row * apart,
        "col": first + patch.col * apart,
        "size": size,
        "activation": patch.activation,
        "name": Unit(home, (index, patch.row, patch.col)).origin.sentence(),
        "address": read_drawing({"x": payloads(digit[np.newaxis], 2)[0]}).address(),
    }
