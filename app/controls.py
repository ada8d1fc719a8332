"""The panel beside the stage. Every choice is a link to the scene that it makes, so the panel works without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.layers.convolution import PADDING_MODES
from app.literals import known_names
from app.neighbours import neighbour, with_input, with_kernel
from app.reshaping import rotate
from app.scene import Scene
from app.shapes import spell_sizes
from app.steppers import Stepper, fields, layer_steppers, side_steppers, size_steppers
from app.words import page as words
from kernels.activation import ACTIVATIONS

QUICK_KERNELS = {
    1: (("difference", "difference"), ("smooth", "smooth"), ("box:3", "box")),
    2: (("sobel-x", "sobel-x"), ("gaussian", "blur"), ("sharpen", "sharpen"), ("edge", "edges")),
}
QUICK_INPUTS = {
    1: (("row", "row"), ("ramp:8", "ramp"), ("impulse:9", "impulse"), ("zeros:9", "draw")),
    2: (("seven", "seven"), ("digit:3", "digit"), ("ramp:6x6", "ramp"), ("zeros:9x9", "draw")),
}
OTHER_INPUTS = {
    1: (("random:12:1", "random"), ("checker:10", "checker")),
    2: (
        ("x-bits", "X bitmap"),
        ("impulse:7x7", "impulse"),
        ("checker:8x8", "checker"),
        ("random:7x7:1", "random"),
        ("random:3x6x6:1", "random, 3 channels"),
        ("random:64x64:1", "random, 64 × 64"),
    ),
}


@dataclass(frozen=True)
class Choice:
    """A link to another scene; without an address where there is no such scene."""

    label: str
    address: str | None
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True)
class Option:
    """One entry of a select."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Panel:
    """What the panel shows, in its order."""

    action: str
    steppers: list[Stepper]
    kernels: list[Choice]
    other_kernels: list[Choice]
    inputs: list[Choice]
    other_inputs: list[Choice]
    sides: list[Stepper]
    words: list[Choice]
    sizes: list[Stepper]
    changes: list[Choice]
    padding_modes: list[Option]
    activations: list[Option]
    indices: list[Option]
    symbols: list[Option]
    shapes: list[Option]
    fields: dict[str, str]
    flags: dict[str, bool]
    kept: dict[str, str]
    """What the form carries along unseen: the rest of the presentation."""


VISIBLE = ("letters", "predict", "centres", "reads", "indices", "symbol", "shapes")
"""The parts of the presentation that have a control of their own; the first four are switches."""


def panel(scene: Scene) -> Panel:
    spatial = scene.operation.spatial
    kernels = [known for known in known_names("weights") if known.spatial == spatial]
    digits = [(f"digit:{digit}", f"digit {digit}") for digit in range(10)] if spatial == 2 else []
    mode, activation = scene.layer.parameters["padding_mode"], scene.layer.activation or "none"
    return Panel(
        action=f"/{scene.operation.name}",
        steppers=layer_steppers(scene),
        kernels=[kernel(scene, name, label) for name, label in QUICK_KERNELS[spatial]],
        other_kernels=[kernel(scene, known.name, known.name, known.note) for known in kernels],
        inputs=[picture(scene, name, label) for name, label in QUICK_INPUTS[spatial]],
        other_inputs=[picture(scene, name, label) for name, label in [*OTHER_INPUTS[spatial], *digits]],
        sides=side_steppers(scene),
        words=[
            Choice(word, neighbour(scene, padding=word), scene.layer.parameters["padding"] == word)
            for word in ("same", "full")
        ],
        sizes=size_steppers(scene),
        changes=changes(scene),
        padding_modes=[Option(name, words.PADDING_MODES[name], name == mode) for name in PADDING_MODES],
        activations=[Option(name, words.ACTIVATIONS[name], name == activation) for name in ("none", *ACTIVATIONS)],
        indices=conventions(scene, "indices", words.INDICES),
        symbols=conventions(scene, "symbol", words.SYMBOLS),
        shapes=conventions(scene, "shapes", words.SHAPES),
        fields=fields(scene),
        flags={name: getattr(scene.presentation, name) for name in VISIBLE[:4]},
        kept={name: text for name, text in scene.presentation.spelled().items() if name not in ("step", *VISIBLE)},
    )


def conventions(scene: Scene, name: str, labels: Mapping[str, str]) -> list[Option]:
    return [Option(value, label, value == getattr(scene.presentation, name)) for value, label in labels.items()]


def kernel(scene: Scene, name: str, label: str, note: str = "") -> Choice:
    return Choice(label, with_kernel(scene, name), scene.text("w") == name, note)


def picture(scene: Scene, name: str, label: str) -> Choice:
    return Choice(label, with_input(scene, name), scene.text("x") == name)


def changes(scene: Scene) -> list[Choice]:
    """One-time changes of the grids."""
    spatial = scene.operation.spatial
    shape, kernel = spell_sizes(scene.x.shape, spatial), spell_sizes(scene.w.shape, spatial)
    return [
        Choice("rotate the kernel", neighbour(scene, w=rotate(scene.w, "weights"))),
        Choice("rotate the input", neighbour(scene, x=rotate(scene.x, "input"))),
        Choice("clear the input", neighbour(scene, x=f"zeros:{shape}")),
        Choice("random input", neighbour(scene, x=f"random:{shape}:{next_seed(scene.text('x'))}")),
        Choice("random kernel", neighbour(scene, w=f"random:{kernel}:{next_seed(scene.text('w'))}")),
        Choice("start again", f"/{scene.operation.name}"),
    ]


def next_seed(text: str) -> int:
    """One more than the seed in a random grid's name, so that each click gives other numbers."""
    name, _, rest = text.partition(":")
    seed = rest.partition(":")[2].partition("!")[0]
    return int(seed) + 1 if name == "random" and seed.isdigit() and len(seed) < 9 else 1
