"""The lectures' own numbers, for the operations that no page shows yet."""

import json

import numpy as np
import pytest
from numpy.testing import assert_allclose

from kernels.pooling import avg_pool, max_pool, pooling_axis
from kernels.transposed import conv_transpose, transposed_axis
from tests.program import ROOT

CASES = {case["id"]: case for case in json.loads((ROOT / "tests/app/cases.json").read_text(encoding="utf-8"))}


def answer(case):
    x, parameters = np.array(case["x"]), case["parameters"]
    if case["operation"] == "conv_transpose2d":
        w = np.array(case["w"])
        return conv_transpose(x, w, axes=[transposed_axis(*size, **parameters) for size in sizes_of(x, w)])
    pool = {"max_pool2d": max_pool, "avg_pool2d": avg_pool}[case["operation"]]
    return pool(x, axes=[pooling_axis(size, **parameters) for size in x.shape[1:]])


def sizes_of(x, w):
    return zip(x.shape[1:], w.shape[2:], strict=True)


@pytest.mark.parametrize("name", ["bilinear-upsampling", "laplace-scatter", "max-pool", "average-pool"])
def test_the_numbers_of_the_slide_come_out(name):
    assert_allclose(answer(CASES[name]), CASES[name]["y"], rtol=1e-9)
