"""Scenes whose results are like no other number, and a reader who looks for them in a page."""

import json
import re
from html import unescape

import numpy as np

from app.operations import OPERATIONS
from app.text.format import exact, short

GRIDS = ("x", "w", "b", "y", "a", "grad_output")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")
PLACES = 3
"""A number with fewer places may stand in a page by chance: as a width, or an opacity."""

SIZES = {"x": {1: (1, 8), 2: (1, 6, 6), 3: (1, 4, 4, 4)}, "w": {1: (1, 1, 3), 2: (1, 1, 3, 3), 3: (1, 1, 2, 2, 2)}}
SHAPES: dict[str, dict[str, tuple[int, ...]]] = {
    "conv1d_input": {"grad_output": (1, 6), "w": (1, 1, 3)},
    "conv1d_weight": {"x": (1, 8), "grad_output": (1, 6)},
    "conv2d_input": {"grad_output": (1, 4, 4), "w": (1, 1, 3, 3)},
    "conv2d_weight": {"x": (1, 6, 6), "grad_output": (1, 4, 4)},
    "fold": {"x": (4, 16)},
    "max_unpool2d": {"x": (1, 2, 2)},
    "max_pool2d_input": {"x": (1, 6, 6), "grad_output": (1, 3, 3)},
    "avg_pool2d_input": {"x": (1, 6, 6), "grad_output": (1, 3, 3)},
}
SETTINGS = {
    "conv1d_input": {"input_size": "8"},
    "conv1d_weight": {"kernel_size": "3"},
    "conv2d_input": {"input_size": "6x6"},
    "conv2d_weight": {"kernel_size": "3"},
    "fold": {"output_size": "5"},
}
"""What an operation cannot do without."""


def fractions(shape: tuple[int, ...], most: float) -> str:
    """Numbers up to `most` of which no two are alike, as nested JSON."""
    drawn = np.random.default_rng(8).permutation(np.arange(1, 999))[: int(np.prod(shape))]
    return json.dumps((drawn / 999 * most).round(4).reshape(shape).tolist())


def raw_of(operation: str) -> dict[str, str]:
    """A scene of this operation; its weights are small, so that most of its sums are fractions with three places."""
    spatial, known = OPERATIONS[operation].spatial, OPERATIONS[operation].defaults
    shapes = SHAPES.get(operation) or {name: sizes[spatial] for name, sizes in SIZES.items() if name in known}
    sizes = zip(shapes.items(), (1.0, 0.1), strict=False)  # the data, and what it is multiplied with
    return {name: fractions(shape, most) for (name, shape), most in sizes} | SETTINGS.get(operation, {})


MANY = {
    "x": fractions((2, 6, 6), 1.0),
    "w": fractions((3, 2, 3, 3), 0.05),
    "b": "0.0117,0.0229,0.0333",
    "activation": "tanh",
}
"""A convolution with several channels and filters, a bias and an activation."""


def forms(value: float) -> set[str]:
    """A number as pages write it, without its sign."""
    return {short(abs(value)), exact(abs(value))}


def found(text: str, results: list[float], data: list[float]) -> set[str]:
    """Which of these results a page says, in what is written, in attributes or in addresses.

    Left out are those that are written as a number of the data is.
    """
    given = {form for value in data for form in forms(value)}
    wanted = {form for value in results for form in forms(value) if len(form.partition(".")[2]) >= PLACES}
    return set(NUMBER.findall(unescape(text))) & (wanted - given)
