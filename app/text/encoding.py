"""Numbers as JSON: full float64 precision, whole numbers as integers, fast for large grids."""

from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

BLOCK = 16_384
"""Numbers that are written at once; between two blocks other threads have their turn."""


def encode(array: NDArray[Any]) -> orjson.Fragment:
    """An array as nested lists. orjson ends a number in “.0” where it is whole, and only there."""
    return orjson.Fragment(written(np.ascontiguousarray(array)))


def written(array: NDArray[Any]) -> bytes:
    if array.size <= BLOCK:
        text = orjson.dumps(array, option=orjson.OPT_SERIALIZE_NUMPY)
        return text.replace(b".0,", b",").replace(b".0]", b"]")
    if array.ndim > 1:
        return b"[%s]" % b",".join(map(written, array))
    return b"[%s]" % b",".join(written(array[start : start + BLOCK])[1:-1] for start in range(0, array.size, BLOCK))


def dumps(document: object) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)
