"""The ready graphs of the lectures, and the scenes of /conv1d that a convolution in a graph opens."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.address.query import spell_address
from app.pages.backprop.reading import Array, Asked, read_asked, spell_value
from app.settings import Limits
from kernels.activation import ACTIVATIONS
from kernels.cached import cached_property
from kernels.computation.expressions import Assignment, Call, Name, inputs_of

SETTINGS = ("stride", "padding", "dilation")


@dataclass(frozen=True)
class Scene:
    """A graph with its values, and what one sees there."""

    id: str
    title: str
    shows: str
    asked: Asked
    scale: tuple[str, ...]
    """What all weights can start with; empty where that is no question."""

    @cached_property
    def address(self) -> str:
        return self.asked.address()

    def scaled(self, weight: str) -> str:
        """The address with every weight at this number."""
        weights = [name for name in self.asked.given if not self.asked.is_data(name)]
        return self.asked.address(**dict.fromkeys(weights, weight))


@cache
def scenes() -> tuple[Scene, ...]:
    entries = tomllib.loads((Path(__file__).parent / "scenes.toml").read_text(encoding="utf-8"))["scene"]
    return tuple(
        Scene(
            entry["id"],
            entry["title"],
            entry["shows"],
            read_asked(
                {"graph": entry["graph"], "rate": entry.get("rate", "1"), **entry["values"]}, Limits.model_construct()
            ),
            tuple(entry.get("scale", ())),
        )
        for entry in entries
    )


def scene_of(asked: Asked) -> Scene | None:
    """The ready scene whose graph this is, whatever its values."""
    return next((scene for scene in scenes() if scene.asked.text == asked.text), None)


def convolution_scene(asked: Asked, assignment: Assignment) -> str:
    """The address of a convolution as a scene of its own; empty where a result is none, or not of names alone."""
    call = convolution(assignment)
    if call is None:
        return ""
    fields = dict(zip("xwb", (spelled(asked, name) for name in names_of(call)), strict=False))
    return f"/conv1d?{spell_address({**fields, **settings_of(call)})}"


def gradient_scene(asked: Asked, assignment: Assignment, source: str) -> str:
    """The address of what flows back from a convolution to its input or its kernel; empty for anything else."""
    call = convolution(assignment)
    if call is None or source not in names_of(call)[:2] or len(set(names_of(call))) < len(names_of(call)):
        return ""
    x, w = names_of(call)[:2]
    upstream = upstream_of(asked, assignment.name)
    if source == x:
        fields = {"w": spelled(asked, w), **upstream, "input_size": str(asked.made.values[x].size)}
        return f"/conv1d_input?{spell_address({**fields, **settings_of(call)})}"
    fields = {"x": spelled(asked, x), **upstream, "kernel_size": str(asked.made.values[w].size)}
    return f"/conv1d_weight?{spell_address({**fields, **settings_of(call)})}"


def upstream_of(asked: Asked, name: str) -> dict[str, str]:
    """What flows back into a result; where an activation alone reads it, what flows back into that, and its slope."""
    readers = [each for each in asked.assignments if name in inputs_of(each.expression)]
    match [each.expression for each in readers]:
        case [Call(operation=activation, arguments=(Name(),))] if activation in ACTIVATIONS:
            above = plain(asked.made.gradients[readers[0].name])
            return {"grad_output": above, "activation": activation, "z": spelled(asked, name)}
    return {"grad_output": plain(asked.made.gradients[name])}


def convolution(assignment: Assignment) -> Call | None:
    match assignment.expression:
        case Call(operation="conv1d") as call if all(isinstance(each, Name) for each in call.arguments):
            return call
    return None


def names_of(call: Call) -> list[str]:
    return [each.name for each in call.arguments if isinstance(each, Name)]


def settings_of(call: Call) -> dict[str, str]:
    return {name: str(value) for name, value in call.settings if name in SETTINGS}


def spelled(asked: Asked, name: str) -> str:
    return plain(asked.made.values[name])


def plain(value: Array) -> str:
    """As a scene writes a row, which needs no brackets."""
    return spell_value(value).strip("[]")
