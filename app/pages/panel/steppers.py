"""Small whole numbers with one step down and one up, each step a link to the scene that it makes."""

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from app.address.parameters import Padding, spell_counts, spell_padding
from app.address.phrases import times
from app.grids.literals import spell
from app.grids.reshaping import repeat_last, resize_input, resize_kernel
from app.pages.panel import words
from app.pages.panel.channels_and_filters import channels, filters, given, takes_pictures, with_planes
from app.pages.panel.neighbours import neighbour, rechanneled
from app.scene.changes import field_text
from app.scene.operation import Operation
from app.scene.scene import Scene
from app.scene.sizes import AXIS_NAMES

Spell = Callable[[int], str | None]
"""The text of a parameter moved by −1 or +1, or None where there is no such step."""

LEAST = {"padding": 0, "output_padding": 0}
"""The smallest value of a parameter, where that is not 1."""


class Stepper(NamedTuple):
    """A small whole number with one step down and one up; None where there is no such step."""

    name: str
    label: str
    value: str
    less: str | None
    more: str | None
    is_field: bool = True
    """Whether it can be typed too; a kernel's size, say, follows from the kernel."""
    placeholder: str = ""
    """What holds while nothing is typed, where that follows from something else."""
    least: int = 1


def followed(scene: Scene, name: str) -> str:
    """The value of a parameter that was left open, such as a pooling's stride, or nothing where one is given."""
    value = scene.layer.parameters.get(name)
    return "" if value is None or field_text(scene, name) else spell_value(value)


def spell_value(value: int | list[int]) -> str:
    return spell_counts(tuple(value) if isinstance(value, list) else (value,))


def around(scene: Scene, name: str, moved: Spell) -> tuple[str | None, str | None]:
    """The links one step down and one step up."""
    less, more = moved(-1), moved(1)
    return less and neighbour(scene, **{name: less}), more and neighbour(scene, **{name: more})


def layer_steppers(scene: Scene) -> list[Stepper]:
    """The small numbers of the operation: those that can be typed too, and the kernel's size, which follows from w."""
    return [kernel_size(scene) if name == "w" else parameter(scene, name) for name in scene.operation.steppers]


def other_steppers(scene: Scene, names: Collection[str]) -> list[Stepper]:
    """The small numbers besides: those that `names`, which have controls already, leave over."""
    return [parameter(scene, name) for name in scene.operation.parameters.model_fields if name not in names]


def parameter(scene: Scene, name: str) -> Stepper:
    """All axes move together."""
    moved = padding_moved if name == "padding" and takes_sides(scene.operation) else counts_moved
    links = around(scene, name, lambda by: moved(scene, name, by))
    value, placeholder = field_text(scene, name), followed(scene, name)
    least = LEAST.get(name, 1)
    return Stepper(name, label_of(scene.operation, name), value, *links, placeholder=placeholder, least=least)


def label_of(operation: Operation, name: str) -> str:
    """What a parameter is called: by its own operation, or by all that have it."""
    return operation.labels.get(name) or words.PARAMETERS[name]


def counts_moved(scene: Scene, name: str, by: int) -> str | None:
    value = scene.layer.parameters[name] or 0
    counts = [count + by for count in (value if isinstance(value, list) else [value])]
    return spell_counts(tuple(counts)) if min(counts) >= LEAST.get(name, 1) else None


def padding_moved(scene: Scene, name: str, by: int) -> str | None:
    pairs = tuple((before + by, after + by) for before, after in paddings(scene))
    return spell_padding(pairs) if min(map(min, pairs)) >= 0 else None


@lru_cache(64)
def takes_sides(operation: Operation) -> bool:
    """Whether padding may differ from side to side."""
    padding = operation.parameters.model_fields.get("padding")
    return padding is not None and padding.annotation == Padding


def paddings(scene: Scene) -> list[tuple[int, int]]:
    """(before, after) along each axis."""
    return [axis.padding for axis in scene.layer.windows]


def kernel_size(scene: Scene) -> Stepper:
    sizes, operation = scene.w.shape[2:], scene.operation

    def resized(by: int) -> str | None:
        wanted = tuple(size + by for size in sizes)
        if min(wanted) < 1:
            return None
        return resize_kernel(scene.text("w"), scene.w, wanted, operation.spatial, operation.shared)

    shown = str(sizes[0]) if len(set(sizes)) == 1 else times(sizes)
    links = around(scene, "w", resized)
    return Stepper("kernel_size", words.PARAMETERS["kernel_size"], shown, *links, is_field=False)


def side_steppers(scene: Scene) -> list[Stepper]:
    """Padding on one side alone: top, bottom, left, right."""
    if not takes_sides(scene.operation):
        return []
    names = words.SIDES[-scene.operation.spatial :]
    return [
        side_stepper(scene, axis, side, name) for axis, sides in enumerate(names) for side, name in enumerate(sides)
    ]


def side_stepper(scene: Scene, axis: int, side: int, name: str) -> Stepper:
    pairs = paddings(scene)

    def moved(by: int) -> str | None:
        sides = [list(pair) for pair in pairs]
        sides[axis][side] += by
        return spell_padding(tuple((before, after) for before, after in sides)) if sides[axis][side] >= 0 else None

    now = str(pairs[axis][side])
    return Stepper(f"padding_{name}", name.capitalize(), now, *around(scene, "padding", moved), is_field=False)


def size_steppers(scene: Scene) -> list[Stepper]:
    """Groups, and the sizes that follow from the grids."""
    return [
        *([groups_stepper(scene)] if is_regroupable(scene.operation) else []),
        *input_sides(scene),
        *([channel_stepper(scene)] if scene.operation.channel_axes else []),
        *([filter_stepper(scene)] if scene.operation.filter_axes else []),
    ]


def input_sides(scene: Scene) -> list[Stepper]:
    if not takes_pictures(scene):
        return []
    return [input_side(scene, axis, name) for axis, name in enumerate(AXIS_NAMES[scene.operation.spatial])]


def input_side(scene: Scene, axis: int, name: str) -> Stepper:
    sides = scene.x.shape[1:]

    def resized(by: int) -> str | None:
        wanted = tuple(side + by * (place == axis) for place, side in enumerate(sides))
        return resize_input(scene.text("x"), scene.x, wanted) if min(wanted) >= 1 else None

    label = words.INPUT_SIDE.format(side=name)
    return Stepper(f"input_{name}", label, str(sides[axis]), *around(scene, "x", resized), is_field=False)


def channel_stepper(scene: Scene) -> Stepper:
    """One channel less or more, in every grid that has channels."""
    count = channels(scene)
    less = rechanneled(scene, count - 1) if count > 1 else None
    return Stepper("channels", words.CHANNELS, str(count), less, rechanneled(scene, count + 1), is_field=False)


def filter_stepper(scene: Scene) -> Stepper:
    """A filter less or more in every group."""
    count = filters(scene)
    links = (refiltered(scene, -1), refiltered(scene, 1))
    return Stepper("filters", words.FILTERS, str(count), *links, is_field=False)


def refiltered(scene: Scene, by: int) -> str | None:
    lying, count = scene.operation.filter_axes, filters(scene)
    lying = given(scene, lying) or lying
    wanted = count + by * scene.layer.groups
    if wanted < 1:
        return None
    lengths = {name: scene.grid(name).shape[axis] * wanted // count for name, axis in lying.items()}
    return neighbour(scene, **with_planes(scene, lying, lengths))


def is_regroupable(operation: Operation) -> bool:
    """Whether its groups may change and the kernels with them; for a gradient they are typed."""
    grids = operation.parameters.model_fields
    return {"groups", "x", "w"} <= grids.keys()


def groups_stepper(scene: Scene) -> Stepper:
    links = (regrouped(scene, -1), regrouped(scene, 1))
    return Stepper("groups", words.PARAMETERS["groups"], str(scene.layer.groups), *links)


def regrouped(scene: Scene, by: int) -> str | None:
    """The next number of groups that divides the channels, down or up, with kernels to fit it."""
    groups, text = scene.layer.groups, scene.text("w")
    divisors = [count for count in range(1, channels(scene) + 1) if channels(scene) % count == 0]
    place = divisors.index(groups) + by
    if not 0 <= place < len(divisors):
        return None
    wanted = divisors[place]
    if filters(scene) == groups and "~" not in text:  # one kernel serves every group, however many there are
        return neighbour(scene, groups=str(wanted))
    shape = kernels_for(scene, wanted)
    kept = np.ix_(*(repeat_last(range(given), count) for given, count in zip(scene.w.shape, shape, strict=False)))
    w = spell(scene.w[kept], scene.operation.spatial, "weights", scene.operation.shared)
    return neighbour(scene, groups=str(wanted), w=w)


def kernels_for(scene: Scene, groups: int) -> tuple[int, int]:
    """How many entries the two leading axes of w have with these groups: one of them is shared out among them."""
    per_group = -(-filters(scene) // groups)
    if scene.operation.channel_axes["w"] == 0:
        return channels(scene), per_group
    return per_group * groups, channels(scene) // groups
