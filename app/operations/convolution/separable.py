"""What a cheaper convolution costs against a full one: in groups, depthwise, pointwise, separable."""

from dataclasses import dataclass
from math import prod

from app.grids.spelling import spell
from app.scene.scene import Scene
from app.text import page as words
from kernels.axis import Axis

USUAL = 3
"""The kernel that a 1×1 convolution is measured against."""


@dataclass(frozen=True)
class Alternative:
    """Another layer between the same shapes: its parameters, connections and multiplications."""

    title: str
    counts: tuple[int, int, int]


def alternatives(scene: Scene) -> list[Alternative]:
    """What this scene's counts are compared with; empty for a full convolution."""
    if scene.layer.groups > 1:
        return [*([separable(scene)] if is_depthwise(scene) else []), full(scene)]
    return [usual(scene)] if is_pointwise(scene) else []


def is_depthwise(scene: Scene) -> bool:
    """Whether every channel has kernels of its own."""
    return scene.layer.groups == len(scene.x) > 1


def is_pointwise(scene: Scene) -> bool:
    """Whether the kernel looks at one place only, through several channels."""
    return scene.w.shape[1] > 1 and prod(scene.w.shape[2:]) == 1


def full(scene: Scene) -> Alternative:
    """The same kernel without groups."""
    groups, biases = scene.layer.groups, biases_of(scene)
    own = joined(scene, scene.layer.windows, scene.w.shape[1])
    counts = (scene.w.size * groups + biases, own * groups, scene.layer.multiplications * groups)
    return Alternative(words.FULL, counts)


def separable(scene: Scene) -> Alternative:
    """This layer, and behind it a 1×1 convolution to as many filters."""
    filters = scene.w.shape[0]
    mixed = scene.layer.outputs * filters
    own = joined(scene, scene.layer.windows, scene.w.shape[1])
    weights = scene.w.size + filters * filters + 2 * biases_of(scene)
    return Alternative(words.SEPARABLE, (weights, own + mixed, scene.layer.multiplications + mixed))


def usual(scene: Scene) -> Alternative:
    """A 3×3 convolution between the same shapes, padded by 1."""
    taps = USUAL ** len(scene.layer.axes)
    axes = tuple(Axis(axis.input_size, USUAL, axis.stride, padding=(1, 1)) for axis in scene.layer.windows)
    weights = scene.w.size * taps + biases_of(scene)
    return Alternative(
        words.USUAL, (weights, joined(scene, axes, scene.w.shape[1]), scene.layer.multiplications * taps)
    )


def joined(scene: Scene, axes: tuple[Axis, ...], channels: int) -> int:
    """Pairs of an input and an output that a weight joins; a padded zero is no input."""
    return int(scene.w.shape[0] * channels * prod(int((axis.reads >= 0).sum()) for axis in axes))


def biases_of(scene: Scene) -> int:
    return scene.w.shape[0] if scene.b is not None else 0


def second_half(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The 1×1 convolution that makes a depthwise scene separable: its input is this scene's output."""
    if not is_depthwise(scene):
        return ()
    spatial, filters = scene.operation.spatial, scene.w.shape[0]
    x = spell(scene.y, spatial, "input")
    sizes = "x".join(map(str, (filters, filters, *(1 for _ in range(spatial)))))
    address = f"/{scene.operation.name}?x={x}&w=random:{sizes}:1"
    fits = len(address) <= scene.limits.url_bytes and filters <= scene.limits.channels
    return ((words.SECOND_HALF, address),) if fits else ()
