"""Scenes that solve the relation backwards, or read it as a matrix: drawn by hypothesis, and computed a second way."""

import os
import re
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import StringIO
from itertools import product
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import strategies as st

from app.operations import OPERATIONS
from app.scene.explanation import Snippet
from app.scene.layer import Layer
from app.scene.scene import Scene, as_planes
from tests.app import drawn
from tests.app.pools import Raw, numbers
from tests.kernels.golden_files import read

WEIGHED = ("conv_transpose1d", "conv_transpose2d", "conv1d_input", "conv2d_input", "conv1d_weight", "conv2d_weight")
SOLVED = (*WEIGHED, "unfold", "fold")
MODULES = {"PyTorch": "torch", "NumPy / SciPy": "scipy", "Keras": "keras", "JAX": "jax"}


def goldens(name: str, spatial: int, every: int = 1) -> list[dict[str, Any]]:
    """PyTorch's answers on this number of axes of space: one in `every`."""
    return [golden for golden in read(name) if golden["x"].ndim == spatial + 1][::every]


@st.composite
def scenes(draw: st.DrawFn, operations: tuple[str, ...] = SOLVED) -> tuple[str, Raw]:
    """An operation, and raw values for any of its parameters: most are legal, and those that are not are refused."""
    operation = draw(st.sampled_from(operations))
    spatial = OPERATIONS[operation].spatial
    groups, members, filters = draw(st.sampled_from([1, 1, 2])), draw(st.integers(1, 2)), draw(st.integers(1, 3))
    kernel = tuple(draw(st.integers(1, 3)) for _ in range(spatial))
    sides = tuple(draw(st.integers(1, 5)) for _ in range(spatial))
    shapes = {
        "conv_transpose": {"x": (groups * members, *sides), "w": (groups * members, filters, *kernel)},
        **{key: {"w": (groups * filters, members, *kernel)} for key in ("conv1d_input", "conv2d_input")},
        **{key: {"x": (groups * members, *sides)} for key in ("conv1d_weight", "conv2d_weight")},
        "unfold": {"x": (members, *sides)},
        "fold": {"x": (members * 4, draw(st.sampled_from([2, 4, 6, 9])))},
    }[operation.rstrip("12d") if operation.startswith("conv_") else operation]
    raw = {
        name: draw(drawn.grids(shape, spatial, "weights" if name == "w" else "input")) for name, shape in shapes.items()
    }
    choices = {
        "stride": numbers(1, 3, spatial),
        "padding": numbers(0, 2, spatial),
        "output_padding": numbers(0, 2, spatial),
        "dilation": numbers(1, 2, spatial),
        "groups": st.just(str(groups)),
        "kernel_size": numbers(1, 3, spatial),
        "input_size": numbers(2, 9, spatial),
        "output_size": numbers(2, 5, spatial),
        "activation": st.sampled_from(["none", "relu", "sigmoid", "tanh"]),
        "b": drawn.grids((groups * filters,), 1, "bias"),
        "grad_output": st.one_of(
            st.sampled_from(["!0.0:5", "!1.0:-1/3", "ones:3x3", "1", "!0.1:1"]),
            drawn.grids((groups * filters, 3, 3), 2, "input"),
        ),
    }
    known = [name for name in choices if name in OPERATIONS[operation].parameters.model_fields]
    raw |= {name: draw(choices[name]) for name in known if draw(st.booleans()) or name == "groups"}
    if operation == "fold":
        raw.pop("groups", None)
        raw["kernel_size"] = "2"
    return operation, raw


def by_relation(scene: Scene) -> np.ndarray:
    """y, summed number by number as the relation's tables say: what every drawing looks things up in."""
    layer: Layer = scene.layer
    assert scene.weights is not None
    reads = layer.relation.reads
    sides = [axis.results for axis in reads]
    y = np.zeros((len(layer.relation.feeds), *sides))
    for result, feed in enumerate(layer.relation.feeds):
        bias = 0.0 if scene.b is None else scene.b[result]
        for cell in product(*map(range, sides)):
            total = bias
            for data, weight in feed:
                for place in product(*(range(axis.places) for axis in reads)):
                    seen = [int(axis.source[axis.taps[at, p]]) for axis, at, p in zip(reads, cell, place, strict=True)]
                    if min(seen) >= 0:
                        tap = tuple(
                            axis.places - 1 - p if axis.turned else p for axis, p in zip(reads, place, strict=True)
                        )
                        total += scene.data[data][tuple(seen)] * scene.weights[weight][tap]
            y[(result, *cell)] = total
    return y.reshape(as_planes(scene.y, scene.operation.spatial).shape)


def run(snippet: Snippet, json: str = "") -> Any:
    """The y that a program leaves behind, and what it prints agrees with it."""
    module = MODULES.get(snippet.framework)
    if module and find_spec(module) is None:
        pytest.skip(f"{module} is not installed, so its snippet was not run")
    namespace: dict[str, Any] = {"open": lambda name: StringIO(json)}
    printed = StringIO()
    with redirect_stdout(printed), patch.dict(os.environ):
        exec(snippet.program, namespace)
    assert re.search(r"\d", printed.getvalue())
    return np.asarray(namespace["y"])
