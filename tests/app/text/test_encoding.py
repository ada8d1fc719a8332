"""Numbers as JSON, however many there are."""

import json

import numpy as np
import pytest

from app.text.encoding import BLOCK, dumps, encode


@pytest.mark.parametrize("shape", [(BLOCK + 1,), (3 * BLOCK,), (2, 200, 100), (5, 1, 130, 130), (1, 40_000), (0,)])
def test_large_grids_are_written_in_blocks_as_if_at_once(shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(1).integers(-9, 9, shape) / 4
    assert json.loads(dumps(encode(values))) == values.tolist()
    assert b".0," not in dumps(encode(values))
