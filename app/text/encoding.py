"""Numbers as JSON: full float64 precision, whole numbers as integers, fast for large grids."""

from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray


def encode(array: NDArray[Any]) -> orjson.Fragment:
    """An array as nested lists. orjson ends a number in “.0” where it is whole, and only there."""
    text = orjson.dumps(np.ascontiguousarray(array), option=orjson.OPT_SERIALIZE_NUMPY)
    return orjson.Fragment(text.replace(b".0,", b",").replace(b".0]", b"]"))


def dumps(document: object) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)
