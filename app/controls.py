"""The panel beside the stage. Every choice is a link to the scene that it makes, so the panel works without scripts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from app.convolution import PADDING_MODES
from app.literals import known_names
from app.parameters import spell_counts, spell_padding
from app.reshaping import resize_input, resize_kernel, rotate, with_channels
from app.scene import Scene
from app.shapes import spell_sizes, times
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
    1: ("random:12:1", "checker:10"),
    2: ("x-bits", "impulse:7x7", "checker:8x8", "random:7x7:1", "random:3x6x6:1", "random:64x64:1"),
}
Spell = Callable[[int], str | None]


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


@dataclass(frozen=True)
class Choice:
    label: str
    address: str
    chosen: bool
    note: str = ""


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
    sizes: list[Stepper]
    changes: list[Choice]
    padding_modes: list[tuple[str, str, bool]]
    activations: list[tuple[str, str, bool]]
    padding_links: dict[str, str]
    fields: dict[str, str]
    flags: dict[str, bool]
    kept: dict[str, str]
    """What the form carries along unseen: the rest of the presentation."""


VISIBLE = ("letters", "predict", "centres", "reads", "indices", "symbol", "shapes")


def panel(scene: Scene) -> Panel:
    spatial = scene.operation.spatial
    link = partial(address, scene)
    return Panel(
        action=f"/{scene.operation.name}",
        steppers=[*parameter_steppers(scene), kernel_size(scene)],
        kernels=chips(scene, "w", QUICK_KERNELS[spatial]),
        other_kernels=[
            Choice(known.name, link(w=known.name), scene.text("w") == known.name, known.note)
            for known in known_names("weights")
            if known.spatial == spatial
        ],
        inputs=chips(scene, "x", QUICK_INPUTS[spatial]),
        other_inputs=[
            *chips(scene, "x", ((name, name) for name in OTHER_INPUTS[spatial])),
            *(chips(scene, "x", ((f"digit:{digit}", str(digit)) for digit in range(10))) if spatial == 2 else []),
        ],
        sides=padding_sides(scene),
        sizes=size_steppers(scene),
        changes=changes(scene),
        padding_modes=[
            (mode, words.PADDING_MODES[mode], mode == scene.layer.parameters["padding_mode"]) for mode in PADDING_MODES
        ],
        activations=[
            (name, words.ACTIVATIONS[name], name == (scene.layer.activation or "none"))
            for name in ("none", *ACTIVATIONS)
        ],
        padding_links={word: link(padding=word) for word in ("same", "full")},
        fields=fields(scene),
        flags={name: getattr(scene.presentation, name) for name in VISIBLE[:4]},
        kept={name: text for name, text in scene.presentation.spelled().items() if name not in ("step", *VISIBLE)},
    )


def address(scene: Scene, **changes: str | None) -> str:
    """A neighbouring scene: the same conventions, but no place to open at, so that the playhead stays."""
    return scene.address(**{"step": None, **changes})


def fields(scene: Scene) -> dict[str, str]:
    """What the form's text fields hold: the canonical text of every parameter, defaults written out."""
    spelled = scene.layer.spelled
    defaults = {**scene.operation.defaults, "b": "", "stride": "1", "padding": "0", "dilation": "1", "groups": "1"}
    return {name: spelled.get(name, default) for name, default in defaults.items()}


def chips(scene: Scene, name: str, options: Iterable[tuple[str, str]]) -> list[Choice]:
    """Named grids as links; another input brings its own channels, so it starts from one kernel for all of them."""
    now = scene.layer.spelled.get(name, scene.operation.defaults[name])
    return [Choice(label, address(scene, **{name: text}), now == text) for text, label in options]


def parameter_steppers(scene: Scene) -> list[Stepper]:
    axes = scene.layer.axes
    strides = tuple(axis.stride for axis in axes)
    dilations = tuple(axis.dilation for axis in axes)
    pairs = tuple(axis.padding for axis in axes)
    now = fields(scene)
    return [
        Stepper("stride", "Stride", now["stride"], *around(scene, "stride", lambda by: counts(strides, by, 1))),
        Stepper("padding", "Padding", now["padding"], *around(scene, "padding", lambda by: padding(pairs, by))),
        Stepper(
            "dilation", "Dilation", now["dilation"], *around(scene, "dilation", lambda by: counts(dilations, by, 1))
        ),
    ]


def around(scene: Scene, name: str, spell: Spell) -> tuple[str | None, str | None]:
    """The links one step down and one step up."""
    less, more = spell(-1), spell(1)
    return less and address(scene, **{name: less}), more and address(scene, **{name: more})


def counts(values: tuple[int, ...], by: int, least: int) -> str | None:
    moved = tuple(value + by for value in values)
    return spell_counts(moved) if min(moved) >= least else None


def padding(pairs: tuple[tuple[int, int], ...], by: int) -> str | None:
    moved = tuple((before + by, after + by) for before, after in pairs)
    return spell_padding(moved) if min(map(min, moved)) >= 0 else None


def kernel_size(scene: Scene) -> Stepper:
    sizes = scene.w.shape[2:]
    text = scene.text("w")

    def spell(by: int) -> str | None:
        resized = tuple(size + by for size in sizes)
        return resize_kernel(text, scene.w, resized, scene.operation.spatial) if min(resized) >= 1 else None

    shown = str(sizes[0]) if len(set(sizes)) == 1 else times(sizes)
    return Stepper("kernel_size", "Kernel size", shown, *around(scene, "w", spell), is_field=False)


def padding_sides(scene: Scene) -> list[Stepper]:
    """One stepper for each side: top, bottom, left, right."""
    pairs = [axis.padding for axis in scene.layer.axes]
    names = [("left", "right")] if len(pairs) == 1 else [("top", "bottom"), ("left", "right")]
    steppers = []
    for axis, sides in enumerate(names):
        for side, label in enumerate(sides):

            def spell(by: int, axis: int = axis, side: int = side) -> str | None:
                moved = [list(pair) for pair in pairs]
                moved[axis][side] += by
                return spell_padding(tuple((b, a) for b, a in moved)) if moved[axis][side] >= 0 else None

            links = around(scene, "padding", spell)
            steppers.append(
                Stepper(f"padding_{label}", label.capitalize(), str(pairs[axis][side]), *links, is_field=False)
            )
    return steppers


def size_steppers(scene: Scene) -> list[Stepper]:
    """Groups, and the sizes that follow from the grids: input sides, channels, filters."""
    x_text, w_text = scene.text("x"), scene.text("w")
    sides = scene.x.shape[1:]
    names = ("length",) if len(sides) == 1 else ("height", "width")
    groups = scene.layer.groups
    steppers = [Stepper("groups", "Groups", str(groups), *around(scene, "groups", lambda by: counts((groups,), by, 1)))]
    for axis, name in enumerate(names):

        def resized(by: int, axis: int = axis) -> str | None:
            wanted = tuple(side + by * (i == axis) for i, side in enumerate(sides))
            return resize_input(x_text, scene.x, wanted) if min(wanted) >= 1 else None

        links = around(scene, "x", resized)
        steppers.append(Stepper(f"input_{name}", f"Input {name}", str(sides[axis]), *links, is_field=False))
    steppers.append(
        Stepper("channels", "Channels", str(scene.x.shape[0]), *channel_links(scene, x_text, w_text), is_field=False)
    )
    filters = scene.w.shape[0]

    def refiltered(by: int) -> str | None:
        count = filters + by * groups
        return with_channels(w_text, scene.w, count, 0, "weights") if count >= groups else None

    less, more = around(scene, "w", refiltered)
    steppers.append(Stepper("filters", "Filters", str(filters), less, more, is_field=False))
    return steppers


def channel_links(scene: Scene, x_text: str, w_text: str) -> tuple[str | None, str | None]:
    """One channel less or more, in the input and in every kernel; groups start again from one."""
    channels = scene.x.shape[0]
    links: list[str | None] = []
    for count in (channels - 1, channels + 1):
        if count < 1:
            links.append(None)
            continue
        x = with_channels(x_text, scene.x, count, 0, "input")
        w = with_channels(w_text, scene.w, count, 1, "weights")
        links.append(address(scene, x=x, w=w, groups=None, channel=None))
    return links[0], links[1]


def changes(scene: Scene) -> list[Choice]:
    """One-time changes of the grids."""
    spatial = scene.operation.spatial
    shape, kernel = spell_sizes(scene.x.shape, spatial), spell_sizes(scene.w.shape, spatial)
    return [
        Choice("rotate the kernel", address(scene, w=rotate(scene.w, "weights")), False),
        Choice("rotate the input", address(scene, x=rotate(scene.x, "input")), False),
        Choice("clear the input", address(scene, x=f"zeros:{shape}"), False),
        Choice("random input", address(scene, x=f"random:{shape}:{next_seed(scene.text('x'))}"), False),
        Choice("random kernel", address(scene, w=f"random:{kernel}:{next_seed(scene.text('w'))}"), False),
        Choice("start again", f"/{scene.operation.name}", False),
    ]


def next_seed(text: str) -> int:
    """One more than the seed in a random grid's name, so that each click gives other numbers."""
    name, _, rest = text.partition(":")
    seed = rest.partition(":")[2].partition("!")[0]
    return int(seed) + 1 if name == "random" and seed.isdigit() and len(seed) < 9 else 1
