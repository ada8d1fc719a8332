"""A slice of a filter as a scene: what it makes of the map that it reads, or the gradient of its weights.

The chosen digit stands in a scene with its ink from 0 to 255, as its name means it; the network reads 0 to 1. So what
reads the digit itself, the filter and the gradient that comes from above, is divided by 255, and every sum is the
network's own. A filter that reads many maps opens with the one whose channel is shown: its sums are then one channel's
share, and the gradient of these weights is all that it is, for no other map has a part in it.
"""

from math import prod
from typing import Literal

import numpy as np
from starlette.exceptions import HTTPException

from app.address.parameters import spell_counts, spell_number, spell_pair
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.grids.spelling import spell
from app.pages.train import words
from app.pages.train.filters import channels
from app.pages.train.showing import answer
from app.pages.train.task import Task
from app.scene.origin import Slice
from app.settings import Limits
from app.training.run import Run
from kernels.batched import Array, cross_entropy
from kernels.graph import INPUT, Measured
from kernels.training import INK, Checkpoint

OPERATIONS = {"filter": "conv2d", "gradient": "conv2d_weight"}
ACTIVATIONS = ("relu", "tanh", "sigmoid")


def take_place(raw: Raw) -> tuple[str, str]:
    """Take out what is asked for beside the run: the filter, and the weight in it."""
    return str(raw.pop("filter", 0)), str(raw.pop("weight", 0))


def scene_address(task: Task, run: Run, of: str, filter: str, weight: str, limits: Limits) -> str:
    layer = task.pictured
    if layer.layer.kind != "conv":
        raise Refusal(words.NO_SCENE, loc=("layers",))
    place = index("filter", filter, layer.shape[0])
    tap = index("weight", weight, prod(window.kernel for window in layer.windows))
    if of not in OPERATIONS:
        raise HTTPException(404)
    point = checkpoint_at(run, task.parameters.step)
    fields = filter_fields(task, point, place) if of == "filter" else gradient_fields(task, point, place)
    fields |= window_fields(layer) | {"of": Slice(of, layer.place, place, task.parameters.channel).text}
    fields |= {"step": str(tap)} if of == "gradient" else {}
    address = f"/{OPERATIONS[of]}?{spell_address(fields)}"
    if len(address) > limits.url_bytes:
        numbers = {"place": layer.place, "size": len(address), "over": len(address) - limits.url_bytes}
        raise Refusal(words.TOO_LONG.format(**numbers), type="too_large", loc=("layers",))
    return address


def index(name: str, text: str, count: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < count):
        raise Refusal(words.NO_SUCH_PLACE.format(name=name, most=count - 1, text=text[:20]), loc=(name,))
    return int(text)


def checkpoint_at(run: Run, step: int | None) -> Checkpoint:
    """The last checkpoint that is not after this step."""
    points = run.checkpoints
    return points[-1] if step is None else next(p for p in reversed(points) if p.step <= step)


def filter_fields(task: Task, point: Checkpoint, place: int) -> dict[str, str]:
    """The map that is read, and the slice that reads it; where that is all of the filter, what comes behind it, too."""
    layer = task.pictured
    w = point.weights[f"{layer.place}.w"][place, task.parameters.channel].astype(np.float32)
    fields = {"x": read_map(task, point, place), "w": exact(w[np.newaxis, np.newaxis] / scale(layer), "weights")}
    return fields if channels(layer) > 1 else fields | behind(task, point, place)


def behind(task: Task, point: Checkpoint, place: int) -> dict[str, str]:
    """The bias, and the activation that the sums go through."""
    layer, layers = task.pictured, task.network.layers
    bias = point.weights.get(f"{layer.place}.b")
    fields = {} if bias is None else {"b": spell_number(float(bias[place]))}
    after = layers[layers.index(layer) + 1 :][:1]
    kinds = [each.layer.kind for each in after if each.layer.kind in ACTIVATIONS]
    return fields | ({"activation": kinds[0]} if kinds else {})


def gradient_fields(task: Task, point: Checkpoint, place: int) -> dict[str, str]:
    """The map that is read, and what comes from above to this filter's map, for the chosen digit alone."""
    layer, forward = task.pictured, answer(task, point)
    with np.errstate(all="ignore"):
        _, of_scores = cross_entropy(forward.scores, np.array([task.parameters.sample]))
        upstream = forward.gradients(of_scores)[1][task.network.layers.index(layer)]
    above = np.zeros(layer.shape[1:], np.float32) if upstream is None else np.nan_to_num(upstream[place, ..., 0])
    return {
        "x": read_map(task, point, place),
        "grad_output": exact(above[np.newaxis] / scale(layer), "input"),
        "kernel_size": spell_counts(tuple(window.kernel for window in layer.windows)),
    }


def read_map(task: Task, point: Checkpoint, place: int) -> str:
    """What this channel of the filter reads: the digit, or a map of the layers before it."""
    layer = task.pictured
    (source,) = layer.node.sources
    if source == INPUT:
        return f"digit:{task.parameters.sample}"
    group = place // (layer.shape[0] // layer.layer.groups)
    channel = group * channels(layer) + task.parameters.channel
    return exact(np.nan_to_num(answer(task, point).outputs[source][channel, ..., 0])[np.newaxis], "input")


def scale(layer: Measured) -> np.float32:
    """By how much larger than the network's own numbers those are that stand in the scene for what is read."""
    return np.float32(INK if layer.node.sources == (INPUT,) else 1)


def exact(values: Array, kind: Literal["weights", "input"]) -> str:
    """Float32 numbers as an address carries them, to the bit."""
    return spell(values.astype(np.float64), 2, kind)


def window_fields(layer: Measured) -> dict[str, str]:
    fields = {
        "stride": spell_counts(tuple(window.stride for window in layer.windows)),
        "padding": ",".join(spell_pair(window.padding) for window in layer.windows),
        "dilation": spell_counts(tuple(window.dilation for window in layer.windows)),
    }
    usual = {"stride": "1", "padding": "0,0", "dilation": "1"}
    return {name: text for name, text in fields.items() if text != usual[name]}
