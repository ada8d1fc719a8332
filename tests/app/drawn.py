"""Legal scenes drawn by hypothesis, as the raw values of an address: every parameter, every way to write it."""

from math import prod

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from app.address.query import spell_address
from app.grids.spelling import spell
from app.operations import OPERATIONS
from app.scene.reading import read_scene
from app.scene.scene import Scene
from app.settings import Limits
from kernels.axis import Axis, full_padding, same_padding

Raw = dict[str, str]
MODES = ("zeros", "reflect", "replicate", "circular")


@st.composite
def axes(draw: st.DrawFn, word: str, mode: str) -> Axis:
    """A legal axis: as long as the kernel and the padding mode need, and up to five cells longer."""
    kernel, dilation = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    stride = 1 if word == "same" else draw(st.integers(1, 3))
    sides = draw(st.one_of(st.integers(0, 3).map(lambda side: (side, side)), st.tuples(*[st.integers(0, 3)] * 2)))
    padding = {
        "same": same_padding(kernel, dilation),
        "full": full_padding(kernel, dilation),
        "valid": (0, 0),
        "": sides,
    }[word]
    for_padding = {"reflect": max(padding) + 1, "circular": max(padding)}.get(mode, 1)
    least = max(1, for_padding, dilation * (kernel - 1) + 1 - sum(padding))
    return Axis(draw(st.integers(least, least + 5)), kernel, stride, dilation, padding, mode)  # type: ignore[arg-type]


@st.composite
def grids(draw: st.DrawFn, shape: tuple[int, ...], spatial: int, kind: str) -> str:
    """A grid of this shape: by name, by name with an edit, as values, as nested JSON."""
    seed = draw(st.integers(0, 99))
    sizes = "x".join(map(str, shape))
    form = draw(st.sampled_from(["name", "edit", "values", "json"]))
    if kind != "bias" and form in ("name", "edit"):
        edit = "!" + ".".join("0" * spatial) + ":" + draw(st.sampled_from(["5", "-1/3", "2.5"]))
        return f"random:{sizes}:{seed}" + (edit if form == "edit" else "")
    values = np.random.default_rng(seed).integers(-9, 10, shape) / draw(st.sampled_from([1, 2, 3, 7]))
    return str(values.tolist()) if form == "json" else spell(values + 0.0, spatial, kind)  # type: ignore[arg-type]


def for_axes(draw: st.DrawFn, values: list[str]) -> str:
    """One for all axes where they agree, or one for each, in either spelling."""
    if len(set(values)) == 1 and draw(st.booleans()):
        return values[0]
    return draw(st.sampled_from([",", "x"])).join(values)


@st.composite
def computed(draw: st.DrawFn, spatial: int) -> tuple[Raw, tuple[Axis, ...], tuple[int, int]]:
    """What decides the numbers, with the axes that it makes, and how many channels and filters."""
    word = draw(st.sampled_from(["", "", "", "same", "valid", "full"]))
    mode = draw(st.sampled_from(MODES))
    made = tuple(draw(axes(word, mode)) for _ in range(spatial))
    groups, per_group, filters = (draw(st.integers(1, 3)) for _ in range(3))
    channels, filters = groups * per_group, groups * filters
    pairs = [f"{b}" if b == a and draw(st.booleans()) else f"{b}:{a}" for b, a in (axis.padding for axis in made)]
    raw = {
        "x": draw(grids((channels, *(axis.input_size for axis in made)), spatial, "input")),
        "w": draw(grids((filters, per_group, *(axis.kernel_size for axis in made)), spatial, "weights")),
        "stride": for_axes(draw, [str(axis.stride) for axis in made]),
        "padding": word or for_axes(draw, pairs),
        "padding_mode": mode,
        "dilation": for_axes(draw, [str(axis.dilation) for axis in made]),
        "groups": str(groups),
        "flip": draw(st.sampled_from(["true", "false", "1", "0", ""])),
        "activation": draw(st.sampled_from(["none", "relu", "sigmoid", "tanh", ""])),
    }
    if draw(st.booleans()):
        raw["b"] = draw(grids((filters,), 1, "bias"))
    return raw, made, (channels, filters)


LONGEST = 7_000


@st.composite
def addresses(draw: st.DrawFn) -> tuple[str, Raw]:
    """The name of an operation, and the raw values of a legal scene of it."""
    spatial = draw(st.sampled_from([1, 2]))
    raw, made, (channels, filters) = draw(computed(spatial))
    steps = filters * prod(axis.output_size for axis in made)
    shown = {
        "step": st.integers(0, steps - 1).map(str),
        "channel": st.integers(0, channels - 1).map(str),
        "filter": st.integers(0, filters - 1).map(str),
        "indices": st.sampled_from(["0", "1"]),
        "symbol": st.sampled_from(["star", "asterisk"]),
        "shapes": st.sampled_from(["chw", "nchw"]),
        "speed": st.sampled_from(["1", "0.5", "2.0", "1e-1"]),
        "theme": st.sampled_from(["auto", "light", "dark"]),
        **{
            name: st.sampled_from(["true", "false", "on"])
            for name in ("letters", "predict", "centres", "reads", "autoplay", "loop")
        },
    }
    chosen = draw(st.lists(st.sampled_from(sorted(shown)), unique=True, max_size=4))
    raw |= {name: draw(shown[name]) for name in chosen}
    assume(len(path(f"conv{spatial}d", raw, ".events")) < LONGEST)  # a longer address is refused, which other tests say
    return f"conv{spatial}d", raw


def scene_of(operation: str, raw: Raw) -> Scene:
    given = {name: value for name, value in raw.items() if value}
    return read_scene(OPERATIONS[operation], given, Limits())


def scenes() -> st.SearchStrategy[Scene]:
    return addresses().map(lambda address: scene_of(*address))


def path(operation: str, raw: Raw, extension: str = "") -> str:
    return f"/{operation}{extension}?{spell_address(raw)}"
