"""Small whole numbers with one step down and one up, each step a link to the scene that it makes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.literals import spell
from app.neighbours import neighbour
from app.parameters import spell_counts, spell_padding
from app.reshaping import repeat_last, resize_input, resize_kernel, with_channels
from app.scene import Scene
from app.shapes import times
from kernels.axis import Axis

Spell = Callable[[int], str | None]
"""The text of a parameter moved by −1 or +1, or None where there is no such step."""


@dataclass(frozen=True)
class Stepper:
    """A small whole number with one step down and one up; None where there is no such step."""

    name: str
    label: str
    value: str
    less: str | None
    more: str | None
    is_field: bool = True
    """Whether it can be typed too; a kernel's size, say, follows from the kernel."""


def fields(scene: Scene) -> dict[str, str]:
    """What the form's text fields hold: the canonical text of every parameter, defaults written out."""
    return {**scene.operation.defaults, **scene.layer.spelled}


def windowed(scene: Scene) -> list[Axis]:
    """The axes along which windows lie evenly."""
    return [axis for axis in scene.layer.axes if isinstance(axis, Axis)]


def around(scene: Scene, name: str, moved: Spell) -> tuple[str | None, str | None]:
    """The links one step down and one step up."""
    less, more = moved(-1), moved(1)
    return less and neighbour(scene, **{name: less}), more and neighbour(scene, **{name: more})


def layer_steppers(scene: Scene) -> list[Stepper]:
    """Stride, padding and dilation, which can be typed too, and the kernel's size, which follows from the kernel."""
    axes, now = windowed(scene), fields(scene)
    strides = tuple(axis.stride for axis in axes)
    dilations = tuple(axis.dilation for axis in axes)
    pairs = tuple(axis.padding for axis in axes)
    return [
        Stepper("stride", "Stride", now["stride"], *around(scene, "stride", lambda by: counts(strides, by))),
        Stepper("padding", "Padding", now["padding"], *around(scene, "padding", lambda by: padding(pairs, by))),
        Stepper("dilation", "Dilation", now["dilation"], *around(scene, "dilation", lambda by: counts(dilations, by))),
        kernel_size(scene),
    ]


def counts(values: tuple[int, ...], by: int) -> str | None:
    moved = tuple(value + by for value in values)
    return spell_counts(moved) if min(moved) >= 1 else None


def padding(pairs: tuple[tuple[int, int], ...], by: int) -> str | None:
    moved = tuple((before + by, after + by) for before, after in pairs)
    return spell_padding(moved) if min(map(min, moved)) >= 0 else None


def kernel_size(scene: Scene) -> Stepper:
    sizes = scene.w.shape[2:]

    def resized(by: int) -> str | None:
        wanted = tuple(size + by for size in sizes)
        return resize_kernel(scene.text("w"), scene.w, wanted, scene.operation.spatial) if min(wanted) >= 1 else None

    shown = str(sizes[0]) if len(set(sizes)) == 1 else times(sizes)
    return Stepper("kernel_size", "Kernel size", shown, *around(scene, "w", resized), is_field=False)


def side_steppers(scene: Scene) -> list[Stepper]:
    """Padding on one side alone: top, bottom, left, right."""
    names = [("left", "right")] if scene.operation.spatial == 1 else [("top", "bottom"), ("left", "right")]
    return [
        side_stepper(scene, axis, side, name) for axis, sides in enumerate(names) for side, name in enumerate(sides)
    ]


def side_stepper(scene: Scene, axis: int, side: int, name: str) -> Stepper:
    pairs = [axis.padding for axis in windowed(scene)]

    def moved(by: int) -> str | None:
        sides = [list(pair) for pair in pairs]
        sides[axis][side] += by
        return spell_padding(tuple((before, after) for before, after in sides)) if sides[axis][side] >= 0 else None

    now = str(pairs[axis][side])
    return Stepper(f"padding_{name}", name.capitalize(), now, *around(scene, "padding", moved), is_field=False)


def size_steppers(scene: Scene) -> list[Stepper]:
    """Groups, and the sizes that follow from the grids."""
    names = ("length",) if scene.operation.spatial == 1 else ("height", "width")
    groups, channels, filters = scene.layer.groups, scene.x.shape[0], scene.w.shape[0]
    return [
        Stepper("groups", "Groups", str(groups), regrouped(scene, -1), regrouped(scene, 1)),
        *(input_side(scene, axis, name) for axis, name in enumerate(names)),
        Stepper("channels", "Channels", str(channels), rechanneled(scene, -1), rechanneled(scene, 1), is_field=False),
        Stepper("filters", "Filters", str(filters), *around(scene, "w", refiltered(scene)), is_field=False),
    ]


def input_side(scene: Scene, axis: int, name: str) -> Stepper:
    sides = scene.x.shape[1:]

    def resized(by: int) -> str | None:
        wanted = tuple(side + by * (place == axis) for place, side in enumerate(sides))
        return resize_input(scene.text("x"), scene.x, wanted) if min(wanted) >= 1 else None

    links = around(scene, "x", resized)
    return Stepper(f"input_{name}", f"Input {name}", str(sides[axis]), *links, is_field=False)


def rechanneled(scene: Scene, by: int) -> str | None:
    """One channel less or more, in the input and in every kernel; groups start again from one."""
    count = scene.x.shape[0] + by
    if count < 1:
        return None
    x = with_channels(scene.text("x"), scene.x, count, 0, "input")
    w = with_channels(scene.text("w"), scene.w, count, 1, "weights")
    return neighbour(scene, x=x, w=w, groups=None)


def refiltered(scene: Scene) -> Spell:
    """A filter less or more in every group."""
    filters, groups = scene.w.shape[0], scene.layer.groups

    def moved(by: int) -> str | None:
        count = filters + by * groups
        return with_channels(scene.text("w"), scene.w, count, 0, "weights") if count >= groups else None

    return moved


def regrouped(scene: Scene, by: int) -> str | None:
    """The next number of groups that divides the channels, down or up, with kernels to fit it."""
    channels, groups, text = scene.x.shape[0], scene.layer.groups, scene.text("w")
    divisors = [count for count in range(1, channels + 1) if channels % count == 0]
    place = divisors.index(groups) + by
    if not 0 <= place < len(divisors):
        return None
    wanted = divisors[place]
    if scene.w.shape[0] == groups and "~" not in text:  # one kernel serves every group, however many there are
        return neighbour(scene, groups=str(wanted))
    filters, per_group = -(-scene.w.shape[0] // wanted) * wanted, channels // wanted
    kept = np.ix_(repeat_last(range(scene.w.shape[0]), filters), repeat_last(range(scene.w.shape[1]), per_group))
    return neighbour(scene, groups=str(wanted), w=spell(scene.w[kept], scene.operation.spatial, "weights"))
