"""Grids that have a name: small pictures, handwritten digits and kernels, and those that are made to a size.

Photographs, too, are made to a size, and live in photos.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, reduce
from math import prod
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.address.phrases import at_least, check_axes, check_count, counted, is_count, read_sizes, shown, spell_sizes
from app.address.refusal import Refusal
from app.grids import photos
from app.text import grids as words
from kernels.filters import bilinear, box, gaussian, named_filters
from kernels.lenet import dense

Array = NDArray[np.float64]
Kind = Literal["input", "weights", "bias"]
LEADING: Mapping[Kind, int] = {"input": 1, "weights": 2, "bias": 0}
"""How many axes a grid has before those of space."""

DIGITS = Path(__file__).parent / "digits" / "digits.u8"
SMALL_PICTURES: Mapping[str, tuple[str, list[list[int]] | list[int]]] = {
    "seven": (
        "A seven",
        [
            [0, 0, 0, 0, 0, 0, 0],
            [0, 9, 9, 9, 9, 9, 0],
            [0, 0, 0, 0, 9, 4, 0],
            [0, 0, 0, 4, 9, 0, 0],
            [0, 0, 0, 9, 4, 0, 0],
            [0, 0, 0, 9, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 0],
        ],
    ),
    "x-bits": (
        "A bitmap of 5×5 bits",
        [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]],
    ),
    "row": ("A row that climbs, then rests", [0, 1, 3, 6, 10, 15, 15, 15]),
}
CHANNELS = 3
"""Red, green and blue."""


class Known(NamedTuple):
    """A name for the menus: what it is called, and for a kernel the sentence on what it shows."""

    name: str
    title: str
    note: str
    spatial: int


@dataclass(frozen=True)
class Named:
    """A grid with its canonical name. Its last axes are spatial; leading axes may be missing."""

    name: str
    values: Array


def known_names(kind: Kind) -> tuple[Known, ...]:
    """The fixed names of this kind of grid, in the order of a menu. A bias has none."""
    if kind == "weights":
        return tuple(Known(f.name, f.title, f.shows, f.weights.ndim) for f in named_filters().values())
    if kind == "bias":
        return ()
    small = [Known(name, title, "", np.ndim(values)) for name, (title, values) in SMALL_PICTURES.items()]
    return (*small, *(Known(f"digit:{digit}", f"A handwritten {digit}", "", 2) for digit in range(10)))


@cache
def fixed(kind: Kind) -> Mapping[str, Array]:
    """Every name of a plane that is looked up rather than made, with its values."""
    names = {name: frozen(values) for name, (_, values) in SMALL_PICTURES.items()}
    names |= {f"digit:{digit}": frozen(picture) for digit, picture in enumerate(digits())}
    if kind == "weights":
        names |= {filter.name: frozen(filter.weights) for filter in named_filters().values()}
    return names


@cache
def in_colour(kind: Kind) -> Mapping[str, Array]:
    """Every name of three planes, red, green and blue: a seven in red on white paper, and the filter that sees it."""
    if kind == "weights":
        centre = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
        return {"red": frozen(np.multiply.outer([2, -1, -1], centre))}
    seven = np.array(SMALL_PICTURES["seven"][1])
    return {"red-seven": frozen([np.full_like(seven, 9), 9 - seven, 9 - seven])}


def looked_up(name: str, kind: Kind, spatial: int) -> Array | None:
    """The values that are kept under this name: a plane, or the planes of three channels."""
    coloured = in_colour(kind).get(name)
    if coloured is not None:
        plane = coloured.shape[1:]
        check_axes(name, plane, spatial)
        return coloured.reshape(CHANNELS, *at_least(spatial, plane))
    values = fixed(kind).get(name)
    if values is not None:
        check_axes(name, values.shape, spatial)
    return values


@cache
def named_planes(kind: Kind) -> Mapping[tuple[tuple[int, ...], bytes], str]:
    """The way back: (shape, bytes) of a plane → its name. Digits are left out: nobody types 784 values."""
    names = [known.name for known in known_names(kind) if not known.name.startswith("digit:")]
    return {(fixed(kind)[name].shape, fixed(kind)[name].tobytes()): name for name in reversed(names)}


def digits() -> NDArray[np.uint8]:
    """Ten handwritten digits, (digit, row, column), 0 to 255. NOTICE.md beside the file says whose they are."""
    return np.fromfile(DIGITS, np.uint8).reshape(10, 28, 28)


def frozen(values: object) -> Array:
    array = np.array(values, dtype=np.float64) + 0.0  # −0 becomes 0
    array.setflags(write=False)
    return array


def zeros(shape: tuple[int, ...], spatial: int) -> Array:
    return np.zeros(shape)


def ones(shape: tuple[int, ...], spatial: int) -> Array:
    return np.ones(shape)


def ramp(shape: tuple[int, ...], spatial: int) -> Array:
    """0, 1, 2… in reading order."""
    return np.arange(prod(shape), dtype=np.float64).reshape(shape)


def impulse(shape: tuple[int, ...], spatial: int) -> Array:
    """A single 1 in the middle of every plane."""
    values = np.zeros(shape)
    middle: tuple[Any, ...] = (..., *(size // 2 for size in shape[-spatial:]))
    values[middle] = 1
    return values


def checker(shape: tuple[int, ...], spatial: int) -> Array:
    """0 and 1 in turn along every spatial axis; the first corner is 0, which is white."""
    plane = np.indices(shape[-spatial:]).sum(axis=0) % 2
    return np.broadcast_to(plane.astype(np.float64), shape)


def random(shape: tuple[int, ...], kind: Kind, seed: int) -> Array:
    """Whole numbers, 0 to 9 for an input, −2 to 2 for weights. PCG64 for ever: links depend on it."""
    low, high = (-2, 2) if kind == "weights" else (0, 9)
    generator = np.random.Generator(np.random.PCG64(seed))
    return generator.integers(low, high, endpoint=True, size=shape).astype(np.float64)


PATTERNS: Mapping[str, Callable[[tuple[int, ...], int], Array]] = {
    "ramp": ramp,
    "zeros": zeros,
    "ones": ones,
    "impulse": impulse,
    "checker": checker,
}
FAMILIES: Mapping[str, Callable[[int, int], Array]] = {"box": box, "gaussian": gaussian, "bilinear": bilinear}
HIDDEN = "hidden"
"""`hidden:17`: the weights of a unit of the fully connected network, which reads a whole digit."""
EXAMPLES = {
    **{name: f"{name}:5x5" for name in PATTERNS},
    "random": "random:5x5:1",
    "digit": "digit:7",
    "photo": photos.EXAMPLE,
    "box": "box:3",
    "gaussian": "gaussian:5",
    "bilinear": "bilinear:3",
    HIDDEN: "hidden:17",
}


def read_name(text: str, kind: Kind, spatial: int, axes: int, most: int) -> Named:
    """The grid of this name, its size checked before it is made. `axes` counts all of them, leading ones too."""
    name = text.lower()
    if kind == "bias":
        raise Refusal(words.NO_NAMES.format(text=shown(text)))
    values = looked_up(name, kind, spatial)
    if values is not None:
        check_count(values.size, most)
        return Named(name, values)
    return make(name, kind, spatial, axes, most)


def shape_of_name(text: str, kind: Kind, spatial: int) -> tuple[int, ...]:
    """The shape of the grid of this name, which is not made for it; leading axes may be missing."""
    values = looked_up(text, kind, spatial)
    if values is not None:
        return values.shape
    name, _, argument = text.partition(":")
    if name == photos.PREFIX:
        return at_least(spatial, read_sizes(argument.partition(":")[2], photos.EXAMPLE))
    if name == HIDDEN:
        return hidden_unit(argument, spatial).values.shape
    sizes = read_sizes(argument.partition(":")[0], EXAMPLES[name])
    if name in FAMILIES and len(sizes) == 1:
        return sizes * spatial
    return at_least(spatial, sizes)


def make(text: str, kind: Kind, spatial: int, axes: int, most: int) -> Named:
    """A grid that is made to a size: `name:sizes`, for random also `:seed`."""
    name, colon, argument = text.partition(":")
    if name in PATTERNS or name == "random":
        sizes, _, seed = argument.partition(":")
        shape = at_least(spatial, sizes_of(name, colon, sizes, axes, most))
        if name == "random":
            return make_random(shape, seed, kind, spatial)
        refuse_argument(f"{name}:{sizes}", seed)
        return Named(f"{name}:{spell_sizes(shape, spatial)}", PATTERNS[name](shape, spatial))
    if name == photos.PREFIX and kind == "input":
        return make_photograph(argument, spatial, axes, most)
    if name in FAMILIES and kind == "weights":
        return make_kernel(name, sizes_of(name, colon, argument, axes, most), spatial, most)
    if name == HIDDEN and kind == "weights":
        return hidden_unit(argument, spatial)
    raise unknown(text, kind)


def hidden_unit(argument: str, spatial: int) -> Named:
    """What one unit of the fully connected network has learned, as a plane."""
    units = dense()[0].w
    assert units is not None
    if not is_count(argument) or int(argument) >= len(units):
        raise unknown(f"{HIDDEN}:{argument}", "weights")
    plane = units[int(argument), 0]
    check_axes(f"{HIDDEN}:{argument}", plane.shape, spatial)
    return Named(f"{HIDDEN}:{int(argument)}", frozen(plane))


def make_photograph(text: str, spatial: int, axes: int, most: int) -> Named:
    """`cat:96x96` in grey, `cat:3x96x96` in colour."""
    name, colon, sizes = text.partition(":")
    name = name.strip()
    shape = at_least(spatial, sizes_of(f"{photos.PREFIX}:{name}", colon, sizes, axes, most, photos.EXAMPLE))
    plane_axes = min(spatial, 2)
    photos.check_photograph(name, shape, plane_axes)
    spelled = f"{photos.PREFIX}:{name}:{spell_sizes(shape, spatial)}"
    return Named(spelled, photos.photograph(name, shape, plane_axes))


def sizes_of(name: str, colon: str, text: str, axes: int, most: int, example: str = "") -> tuple[int, ...]:
    example = example or EXAMPLES[name]
    if not colon or not text.strip():
        raise Refusal(words.NEEDS_SIZE.format(name=shown(name), example=example))
    shape = read_sizes(text.strip(), example)
    check_axes(f"{name}:{text}", shape, axes)
    check_count(prod(shape), most)
    return shape


def make_random(shape: tuple[int, ...], seed: str, kind: Kind, spatial: int) -> Named:
    """Seed 0 is the default, so the canonical name leaves it out."""
    if seed and not is_count(seed):
        raise Refusal(words.NOT_A_SEED.format(text=shown(seed), most=9, example=EXAMPLES["random"]))
    number = int(seed or 0)
    name = f"random:{spell_sizes(shape, spatial)}" + (f":{number}" if number else "")
    return Named(name, random(shape, kind, number))


def make_kernel(name: str, sizes: tuple[int, ...], spatial: int, most: int) -> Named:
    """One size makes a square kernel; one for each axis, the outer product of its lines."""
    if len(sizes) not in (1, spatial):
        example = f"{name}:3 or {name}:" + "x".join(["3"] * spatial)
        raise Refusal(words.ONE_SIZE_OR_EACH.format(name=name, axes=counted(spatial, "size"), example=example))
    if len(set(sizes)) == 1:
        check_count(sizes[0] ** spatial, most)
        return Named(f"{name}:{sizes[0]}", FAMILIES[name](sizes[0], spatial))
    lines = (FAMILIES[name](size, 1) for size in sizes)
    return Named(f"{name}:{spell_sizes(sizes, spatial)}", reduce(np.multiply.outer, lines))


def refuse_argument(name: str, argument: str) -> None:
    if argument:
        raise Refusal(words.TAKES_NOTHING.format(name=shown(name), argument=shown(argument)))


def unknown(text: str, kind: Kind) -> Refusal:
    """Why this name is not known, and which names look like it."""
    name, _, argument = text.partition(":")
    if name == "digit":
        return Refusal(words.NO_SUCH_DIGIT.format(argument=shown(argument)))
    known = {**fixed(kind), **in_colour(kind)}
    if argument and name in known:
        return Refusal(words.TAKES_NOTHING.format(name=name, argument=shown(argument)))
    if kind == "input" and (name in (*FAMILIES, HIDDEN) or name in fixed("weights") or name in in_colour("weights")):
        return Refusal(words.IS_A_KERNEL.format(text=shown(text)))
    candidates = {name: name for name in known} | {
        name: example
        for name, example in EXAMPLES.items()
        if (name != photos.PREFIX if kind == "weights" else name not in (*FAMILIES, HIDDEN))
    }
    close = get_close_matches(name[:40], candidates, n=2)
    hint = words.DID_YOU_MEAN.format(names=words.OR.join(f"“{candidates[match]}”" for match in close)) if close else ""
    return Refusal(words.UNKNOWN.format(text=shown(text), hint=hint))
