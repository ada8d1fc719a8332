"""Poolings drawn by hypothesis and read from PyTorch's goldens, as the raw values of an address or of a body."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from app.address.query import read_address, spell_address
from app.address.refusal import Refusal, Refusals
from app.operations import OPERATIONS
from app.scene.reading import read_scene
from app.scene.scene import Scene
from app.settings import Limits
from tests.app import drawn
from tests.kernels.golden_files import read

Raw = dict[str, str]

WINDOWED = ("max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d", "lp_pool2d", "max_pool2d_input", "avg_pool2d_input")
FITTED = ("adaptive_avg_pool2d", "adaptive_max_pool2d")
POOLS = (*WINDOWED, *FITTED, "max_unpool2d")


def goldens(name: str, spatial: int) -> list[dict[str, Any]]:
    """PyTorch's answers on this number of axes of space."""
    return [golden for golden in read(name) if golden["x"].ndim == spatial + 1]


def body(golden: dict[str, Any], *names: str, **grids: Any) -> dict[str, Any]:
    """A golden's setting with these parameters, and these grids."""
    given = {name: golden[name] for name in names if golden.get(name) is not None}
    return given | {name: np.asarray(values).tolist() for name, values in grids.items()}


def array(described: dict[str, Any]) -> np.ndarray:
    """A grid of the JSON, in the shape that it says."""
    values = np.array(described["values"])
    assert list(values.shape) == described["shape"]
    return values


def scene_at(address: str) -> Scene:
    path, _, query = address.partition("?")
    return read_scene(OPERATIONS[path.removeprefix("/")], read_address(query.encode()), Limits.model_construct())


def scene_or_none(operation: str, raw: Raw) -> Scene | None:
    """The scene, or None where it is refused."""
    try:
        return scene_at(f"/{operation}?{spell_address(raw)}")
    except (Refusal, Refusals):
        return None


@st.composite
def numbers(draw: st.DrawFn, least: int, most: int, spatial: int) -> str:
    """One for all axes, or one for each."""
    each = [str(draw(st.integers(least, most))) for _ in range(draw(st.sampled_from([1, spatial])))]
    return draw(st.sampled_from([",", "x"])).join(each)


@st.composite
def pools(draw: st.DrawFn) -> tuple[str, Raw]:
    """An operation, and raw values for any of its parameters: most are legal, and those that are not are refused."""
    operation = draw(st.sampled_from(POOLS))
    spatial = OPERATIONS[operation].spatial
    channels = draw(st.integers(1, 3))
    shape = (channels, *(draw(st.integers(1, 7)) for _ in range(spatial)))
    raw = {"x": draw(drawn.grids(shape, spatial, "input"))}
    if operation == "max_unpool2d":
        return operation, raw | draw(unpoolings(shape))
    choices = {
        "kernel_size": numbers(1, 4, spatial),
        "stride": numbers(1, 4, spatial),
        "padding": numbers(0, 2, spatial),
        "dilation": numbers(1, 2, spatial),
        "ceil_mode": st.sampled_from(["true", "false"]),
        "count_include_pad": st.sampled_from(["true", "false"]),
        "divisor_override": st.sampled_from(["3", "-7"]),
        "norm_type": st.sampled_from(["1", "2", "4", "6"]),
        "output_size": numbers(1, 8, spatial),
    }
    known = [name for name in choices if name in OPERATIONS[operation].parameters.model_fields]
    raw |= {name: draw(choices[name]) for name in known if draw(st.booleans())}
    scene = scene_or_none(operation, raw)
    if scene and "grad_output" in scene.layer.grids and draw(st.booleans()):
        raw["grad_output"] = draw(drawn.grids(scene.grid("grad_output").shape, spatial, "input"))
    return operation, raw


@st.composite
def unpoolings(draw: st.DrawFn, shape: tuple[int, ...]) -> Raw:
    kernel = draw(st.integers(1, 3))
    stride = draw(st.integers(1, 4))
    usual = [(size - 1) * stride + kernel for size in shape[1:]]
    sizes = [size + draw(st.integers(0, stride - 1)) for size in usual]
    places = np.random.default_rng(draw(st.integers(0, 99))).integers(0, sizes[0] * sizes[1], shape)
    return {
        "kernel_size": str(kernel),
        "stride": str(stride),
        "output_size": ",".join(map(str, sizes)),
        "indices": str(places.tolist()),
    }
