"""The panel beside the stage. Every choice is a link to the scene that it makes, so the panel works without scripts;
with them, htmx morphs the new scene into the page.

What it holds follows from the operation: its parameters, its grids, its views.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.address.numbers import spell_number
from app.address.phrases import spell_sizes
from app.grids.literals import known_names
from app.grids.reshaping import rotate
from app.pages.controls import Choice, Field
from app.pages.panel import words
from app.pages.panel.channels_and_filters import ones_like, takes_pictures
from app.pages.panel.inputs import inputs
from app.pages.panel.neighbours import in_view, neighbour, unplaced, with_kernel
from app.pages.panel.steppers import (
    Stepper,
    label_of,
    layer_steppers,
    other_steppers,
    side_steppers,
    size_steppers,
    takes_sides,
)
from app.scene.changes import field_text
from app.scene.operation import Operation
from app.scene.scene import Scene
from app.text import page
from app.views.view import View


class Option(NamedTuple):
    """One entry of a select."""

    value: str
    label: str
    chosen: bool


class Select(NamedTuple):
    """A word out of a few."""

    name: str
    label: str
    options: tuple[Option, ...]


class Flag(NamedTuple):
    """A box to tick, which then sends `value`."""

    name: str
    label: str
    checked: bool
    value: str = "true"


@dataclass(frozen=True)
class Panel:
    """What the panel shows, in its order. What an operation does not have is empty."""

    action: str
    views: list[Choice]
    steppers: list[Stepper]
    kernels: list[Choice]
    other_kernels: list[Choice]
    inputs: tuple[Choice, ...]
    other_inputs: tuple[Choice, ...]
    gradients: list[Choice]
    starts: list[Choice]
    filled: tuple[Select, ...]
    sides: list[Stepper]
    words: list[Choice]
    others: list[Stepper]
    flags: tuple[Flag, ...]
    selects: tuple[Select, ...]
    sizes: list[Stepper]
    changes: list[Choice]
    grids: list[Field]
    shown: tuple[Flag, ...]
    conventions: tuple[Select, ...]
    kept: dict[str, str]
    """What the form carries along unseen: the rest of the presentation."""

    @property
    def more(self) -> str:
        """What is found under “More”."""
        return ", ".join(parts(self))


CHOICES = {
    "padding_mode": (words.FILLED, page.PADDING_MODES),
    "activation": (words.ACTIVATION, page.ACTIVATIONS),
    "indices": (words.INDICES, page.INDICES),
    "symbol": (words.SYMBOL, page.SYMBOLS),
    "shapes": (words.SHAPES, page.SHAPES),
    "tones": (words.TONES, page.TONES),
}
"""What is chosen from a few words: the label, and each word with what it is called."""


def check_labels(operations: Iterable[Operation]) -> None:
    """A parameter for which the panel has no words stops the program as it starts."""
    for operation in operations:
        for name in operation.fields - {*operation.grids, *operation.labels, *words.PARAMETERS, *CHOICES}:
            raise ValueError(f"The panel has no words for the parameter {name} of {operation.name}.")


def panel(view: View) -> Panel:
    scene = unplaced(view.scene)
    shown, conventions = shown_flags(view), tuple(convention(scene, name) for name in conventions_of(scene))
    steppers, sides, sizes = layer_steppers(scene), side_steppers(scene), size_steppers(scene)
    seen = {flag.name for flag in shown} | {select.name for select in conventions}
    above = upstream(view)
    seen |= {field.name for field in above}
    typed = {stepper.name for stepper in (*steppers, *sizes) if stepper.is_field}
    return Panel(
        action=f"/{scene.operation.name}",
        views=views(scene),
        steppers=steppers,
        kernels=kernels(scene),
        other_kernels=other_kernels(scene),
        inputs=(*inputs(scene, words.INPUTS), *ready(scene)) or columns(scene),
        other_inputs=inputs(scene, words.OTHER_INPUTS),
        gradients=gradients(scene),
        starts=starts(scene),
        filled=selects(scene, "padding_mode"),
        sides=sides,
        words=padding_words(scene),
        others=other_steppers(scene, {*typed, *scene.operation.grids, *scene.operation.flags, *CHOICES}),
        flags=flags(scene),
        selects=selects(scene, "activation"),
        sizes=sizes,
        changes=changes(scene),
        grids=[*(grid(scene, name) for name in scene.layer.grids), *above],
        shown=shown,
        conventions=conventions,
        kept={name: text for name, text in kept(view.scene).items() if name not in seen},
    )


def starts(scene: Scene) -> list[Choice]:
    """Scenes to start from that have a name of their own."""
    return [Choice(label, address, address == scene.canonical) for label, address in scene.operation.starts]


def ready(scene: Scene) -> list[Choice]:
    """Whole scenes, each with a picture of its own."""
    return [Choice(each.label, each.address, each.address == scene.canonical) for each in scene.operation.ready]


# The view.


def views(scene: Scene) -> list[Choice]:
    """The views of this scene, where there are several."""
    names = scene.operation.views if len(scene.operation.views) > 1 else ()
    return [Choice(name.replace("-", " "), in_view(scene, name), name == scene.view) for name in names]


def shown_flags(view: View) -> tuple[Flag, ...]:
    """What may be shown besides, as far as this scene has it."""
    scene = view.scene
    labels = {
        **({"letters": words.LETTERS} if scene.layer.weights else {}),
        **({"predict": words.PREDICT} if view.asks_numbers or scene.presentation.predict else {}),
        **words.COUNTED.get(view.name, {}),
    }
    return tuple(Flag(name, label, getattr(scene.presentation, name)) for name, label in labels.items())


def conventions_of(scene: Scene) -> tuple[str, ...]:
    names = ("indices", "symbol", "shapes") if scene.layer.weights else ("indices", "shapes")
    names = (*names, "tones") if scene.shows_photograph else names
    return tuple(name for name in names if name not in scene.layer.grids)  # an unpooling's indices are a grid


def convention(scene: Scene, name: str) -> Select:
    return select(name, scene.tones if name == "tones" else getattr(scene.presentation, name))


def kept(scene: Scene) -> dict[str, str]:
    """The presentation but for the place to open at."""
    return {name: text for name, text in scene.presentation.spelled().items() if name != "step"}


# Grids.


def kernels(scene: Scene) -> list[Choice]:
    """The kernels that one reaches for first."""
    if "w" not in scene.layer.grids:
        return []
    is_stamp = scene.operation.channel_axes["w"] == 0  # laid down rather than looked through
    names = (words.ENLARGERS if is_stamp else words.KERNELS)[scene.operation.spatial]
    return [kernel(scene, name, label) for name, label in names]


def other_kernels(scene: Scene) -> list[Choice]:
    if "w" not in scene.layer.grids:
        return []
    named = [known for known in known_names("weights") if known.spatial == scene.operation.spatial]
    return [kernel(scene, known.name, known.name, known.note) for known in named]


def kernel(scene: Scene, name: str, label: str, note: str = "") -> Choice:
    return Choice(label, with_kernel(scene, name), scene.text("w") == name, note)


def columns(scene: Scene) -> tuple[Choice, ...]:
    """What folding lays back: its x is a matrix, and no picture."""
    is_matrix = "x" in scene.layer.grids and scene.x.ndim == scene.operation.spatial
    return tuple(fillings(scene, "x")) if is_matrix else ()


def gradients(scene: Scene) -> list[Choice]:
    """Upstream gradients of the size that this scene wants."""
    return fillings(scene, "grad_output") if "grad_output" in scene.operation.grids else []


def fillings(scene: Scene, grid: str) -> list[Choice]:
    """Patterns of the size that a grid has."""
    values = scene.grid(grid)
    sizes, now = spell_sizes(values.shape, min(values.ndim, scene.operation.spatial)), field_text(scene, grid)
    now = now or ones_like(scene, grid)
    texts = [(f"{name}:{sizes}{seed}", label) for name, seed, label in words.FILLINGS]
    return [Choice(label, neighbour(scene, **{grid: text}), text == now) for text, label in texts]


def changes(scene: Scene) -> list[Choice]:
    """One-time changes of the grids."""
    made: list[Choice] = []
    if "w" in scene.layer.grids:
        turned = rotate(scene.w, "weights", scene.operation.shared)
        made.append(Choice(words.ROTATE_KERNEL, neighbour(scene, w=turned)))
    if takes_pictures(scene):
        shape = spell_sizes(scene.x.shape, scene.operation.spatial)
        made += [
            Choice(words.ROTATE_INPUT, neighbour(scene, x=rotate(scene.x, "input"))),
            Choice(words.CLEAR_INPUT, neighbour(scene, x=f"zeros:{shape}")),
            Choice(words.RANDOM_INPUT, neighbour(scene, x=f"random:{shape}:{next_seed(scene.text('x'))}")),
        ]
    if "w" in scene.layer.grids:
        kernel = spell_sizes(scene.w.shape, scene.operation.spatial)
        random = f"random:{kernel}:{next_seed(scene.text('w'))}"
        made.append(Choice(words.RANDOM_KERNEL, neighbour(scene, w=random)))
    return [*made, Choice(words.START_AGAIN, f"/{scene.operation.name}")]


def next_seed(text: str) -> int:
    """One more than the seed in a random grid's name, so that each click gives other numbers."""
    name, _, remainder = text.partition(":")
    seed = remainder.partition(":")[2].partition("!")[0]
    return int(seed) + 1 if name == "random" and seed.isdigit() and len(seed) < 9 else 1


def grid(scene: Scene, name: str) -> Field:
    """A grid as text. One that follows from the others is left open, so that it goes on following them."""
    said, value = scene.operation.grids[name], field_text(scene, name)
    follows = ones_like(scene, name) if name == "grad_output" else ""
    return Field(name, said.label, value, "" if value or not said.follows else follows, said.note)


def upstream(view: View) -> list[Field]:
    """What comes from above to the outputs of connections that are looked at backwards."""
    if view.upstream is None:
        return []
    value = ",".join(map(spell_number, view.upstream.tolist()))
    return [Field("upstream", words.UPSTREAM, value, "", words.UPSTREAM_NOTE)]


# Parameters.


def padding_words(scene: Scene) -> list[Choice]:
    if not takes_sides(scene.operation):
        return []
    now = scene.layer.parameters["padding"]
    return [Choice(word, neighbour(scene, padding=word), now == word) for word in ("same", "full")]


def flags(scene: Scene) -> tuple[Flag, ...]:
    """A box that is not ticked sends nothing, so what a tick sends is the value that is not the default."""
    operation, now = scene.operation, scene.layer.parameters
    defaults = {name: operation.parameters.model_fields[name].default for name in operation.flags}
    return tuple(
        Flag(name, label_of(operation, name), now[name] != default, str(not default).lower())
        for name, default in defaults.items()
    )


def selects(scene: Scene, name: str) -> tuple[Select, ...]:
    """The select of this parameter, where the operation has it."""
    if name not in scene.operation.parameters.model_fields:
        return ()
    return (select(name, scene.layer.parameters[name] or "none"),)


def select(name: str, now: str) -> Select:
    label, choices = CHOICES[name]
    return Select(name, label, tuple(Option(value, said, value == now) for value, said in choices.items()))


def parts(panel: Panel) -> list[str]:
    """What is found under “More”, in a few words."""
    has = {"conventions"} | {grid.name for grid in panel.grids} | {flag.name for flag in panel.flags}
    has |= {stepper.name if stepper.is_field else "sizes" for stepper in (*panel.others, *panel.sizes)}
    has |= {"sides"} if panel.sides else set()
    controls: list[Stepper | Flag] = [*panel.others, *panel.flags]
    own = [control.label.lower() for control in controls if control.name not in words.PARTS]
    return [*(said for name, said in words.PARTS.items() if name in has), *own]
