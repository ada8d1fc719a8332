"""A filter of the first layer as a scene: what it answers to the chosen digit, or the gradient of its weights.

The digit stands in a scene with its ink from 0 to 255, as its name means it; the network reads 0 to 1. So the filter
and the gradient that comes from above are divided by 255, and every sum is the network's own.
"""

from math import prod

import numpy as np
from starlette.exceptions import HTTPException

from app.address.parameters import spell_counts, spell_number, spell_pair
from app.address.query import Raw, spell_address
from app.address.refusal import Refusal
from app.grids.spelling import spell
from app.pages.train import words
from app.pages.train.showing import answer
from app.pages.train.task import Task
from app.training.run import Run
from kernels.batched import Array, cross_entropy
from kernels.graph import Measured
from kernels.training import INK, Checkpoint

KINDS = ("filter", "gradient")


def take_place(raw: Raw) -> tuple[str, str]:
    """Take out what is asked for beside the run: the filter, and the weight in it."""
    return str(raw.pop("filter", 0)), str(raw.pop("weight", 0))


def scene_address(task: Task, run: Run, of: str, filter: str, weight: str) -> str:
    first = task.network.layers[0]
    if first.layer.kind != "conv" or first.layer.groups != 1:
        raise Refusal(words.NO_SCENE, loc=("layers",))
    place = index("filter", filter, first.shape[0])
    tap = index("weight", weight, prod(window.kernel for window in first.windows))
    if of not in KINDS:
        raise HTTPException(404)
    point = checkpoint_at(run, task.parameters.step)
    fields = {"x": f"digit:{task.parameters.sample}"}
    if of == "filter":
        return "/conv2d?" + spell_address(fields | filter_fields(task, point, first, place))
    return "/conv2d_weight?" + spell_address(fields | gradient_fields(task, point, first, place) | {"step": str(tap)})


def index(name: str, text: str, count: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < count):
        raise Refusal(words.NO_SUCH_PLACE.format(name=name, most=count - 1, text=text[:20]), loc=(name,))
    return int(text)


def checkpoint_at(run: Run, step: int | None) -> Checkpoint:
    """The last checkpoint that is not after this step."""
    points = run.checkpoints
    return points[-1] if step is None else next(p for p in reversed(points) if p.step <= step)


def filter_fields(task: Task, point: Checkpoint, first: Measured, place: int) -> dict[str, str]:
    w = point.weights[f"{first.place}.w"][place].astype(np.float32) / np.float32(INK)
    fields = {"w": exact(w[np.newaxis], 4)}
    bias = point.weights.get(f"{first.place}.b")
    if bias is not None:
        fields["b"] = spell_number(float(bias[place]))
    after = task.network.layers[1].layer.kind if len(task.network.layers) > 1 else ""
    return fields | window_fields(first) | ({"activation": after} if after in ("relu", "tanh", "sigmoid") else {})


def gradient_fields(task: Task, point: Checkpoint, first: Measured, place: int) -> dict[str, str]:
    """What comes from above to this filter's map, for the chosen digit alone."""
    forward = answer(task, point)
    with np.errstate(all="ignore"):
        _, of_scores = cross_entropy(forward.scores, np.array([task.parameters.sample]))
        upstream = forward.gradients(of_scores)[1][0]
    assert upstream is not None
    above = np.nan_to_num(upstream[place, ..., 0]) / np.float32(INK)
    return {
        "grad_output": exact(above[np.newaxis], 3),
        "kernel_size": spell_counts(tuple(window.kernel for window in first.windows)),
        **window_fields(first),
    }


def exact(values: Array, axes: int) -> str:
    """Float32 numbers as an address carries them, to the bit."""
    return spell(
        values.astype(np.float64).reshape((1,) * (axes - values.ndim) + values.shape),
        2,
        "weights" if axes == 4 else "input",
    )


def window_fields(layer: Measured) -> dict[str, str]:
    fields = {
        "stride": spell_counts(tuple(window.stride for window in layer.windows)),
        "padding": ",".join(spell_pair(window.padding) for window in layer.windows),
        "dilation": spell_counts(tuple(window.dilation for window in layer.windows)),
    }
    usual = {"stride": "1", "padding": "0,0", "dilation": "1"}
    return {name: text for name, text in fields.items() if text != usual[name]}
