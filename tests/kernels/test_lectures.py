"""The lectures' own numbers, for the operations that no page shows yet."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from kernels.pooling import avg_pool, max_pool, pooling_axis
from kernels.transposed import conv_transpose, transposed_axis

CASES = json.loads(Path(__file__).with_name("lectures.json").read_text(encoding="utf-8"))


def answer(case):
    x, parameters = np.array(case["x"]), case["parameters"]
    if case["operation"] == "conv_transpose2d":
        w = np.array(case["w"])
        return conv_transpose(x, w, axes=[transposed_axis(*size, **parameters) for size in sizes_of(x, w)])
    pool = {"max_pool2d": max_pool, "avg_pool2d": avg_pool}[case["operation"]]
    return pool(x, axes=[pooling_axis(size, **parameters) for size in x.shape[1:]])


def sizes_of(x, w):
    return zip(x.shape[1:], w.shape[2:], strict=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_numbers_of_the_slide_come_out(case):
    assert_allclose(answer(case), case["y"], rtol=1e-9)
