"""The stage as the templates receive it: every plane drawn, placed in its row or column, with its words."""

from dataclasses import dataclass

from markupsafe import Markup

from app.painters.marks import centres, read_counts
from app.painters.mathml import equation_mathml, letter
from app.painters.svg import plane_svg
from app.painters.width import width
from app.scene import Scene
from app.views import gather
from app.views.frame import Frame, cells_of
from app.views.plane import Plane, largest
from app.words import page as words


@dataclass(frozen=True)
class Drawn:
    """A plane with its words: `svg` is ready to be placed."""

    id: str
    svg: Markup
    title: str
    letter: str
    """What the plane's grid is called in the equation."""
    shape: str


@dataclass(frozen=True)
class Row:
    """One input channel of the channel table: its plane, its slice of each filter, its products."""

    channel: int
    input: Drawn
    slices: tuple[Drawn | None, ...]
    products: Drawn
    active: bool


@dataclass(frozen=True)
class Column:
    """The foot of one filter: its bias, its outputs, and the ledger that falls down to them."""

    filter: int
    bias: Drawn | None
    output: Drawn
    activation: Drawn | None
    active: bool


@dataclass(frozen=True)
class Fold:
    """A channel or filter that is not drawn large, and the link that brings it forward."""

    name: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Scale:
    """The legend of one space's colours: from `least` to `most`, which has the full colour."""

    space: str
    name: str
    least: float
    most: float


@dataclass(frozen=True)
class Stage:
    source: str
    steps: int
    step: int
    is_complete: bool
    is_single: bool
    rows: list[Row]
    columns: list[Column]
    folded_channels: list[Fold]
    folded_filters: list[Fold]
    frame: Frame
    equation: Markup
    scales: list[Scale]
    settings: dict[str, str]


def stage(scene: Scene, room: str = "") -> Stage:
    """Everything that a page, or an embedded stage in its own room, shows of a scene."""
    arrangement = gather.arrange(scene)
    step = scene.rest
    frame = gather.frame(scene, arrangement, step)
    filter, _ = gather.place(scene, step)
    drawing = Drawing(scene, arrangement, frame, is_complete=scene.presentation.step is None)
    return Stage(
        source=scene.address(".events", step=None),
        steps=scene.steps,
        step=step,
        is_complete=drawing.is_complete,
        is_single=arrangement.is_single,
        rows=[drawing.row(channel, filter) for channel in arrangement.channels],
        columns=[drawing.column(shown, filter) for shown in arrangement.filters],
        folded_channels=folds(scene, "channel", arrangement.channels, scene.x.shape[0], room),
        folded_filters=folds(scene, "filter", arrangement.filters, scene.w.shape[0], room),
        frame=frame,
        equation=Markup(
            equation_mathml(
                frame["equation"],
                first_index=scene.presentation.first_index,
                letters=scene.presentation.letters,
                activation=scene.layer.activation,
            )
        ),
        scales=scales(scene),
        settings=settings(scene),
    )


def scales(scene: Scene) -> list[Scale]:
    """One legend for each space; it begins at zero where nothing is negative."""
    spaces = [("input", words.INPUT, scene.x), ("tap", words.KERNEL, scene.w), ("output", words.OUTPUT, scene.y)]
    return [
        Scale(space, name, -largest(values) if values.min() < 0 else 0, largest(values))
        for space, name, values in spaces
    ]


def settings(scene: Scene) -> dict[str, str]:
    """What the stage's scripts need of the presentation, as attributes."""
    presentation = scene.presentation
    flags = {name: getattr(presentation, name) for name in ("letters", "predict", "autoplay", "loop")}
    return {
        "first-index": presentation.indices,
        **({"channel": str(presentation.channel)} if presentation.channel is not None else {}),
        "speed": f"{presentation.speed:g}",
        **{name: "" for name, holds in flags.items() if holds},
        **({"intro": ""} if not scene.spelled() else {}),
        **({"open-at": str(scene.rest)} if presentation.step is not None or presentation.filter is not None else {}),
    }


def folds(scene: Scene, name: str, shown: tuple[int, ...], count: int, room: str) -> list[Fold]:
    """Links to all channels or filters, where some of them are folded."""
    if len(shown) == count:
        return []
    first = scene.presentation.first_index
    addresses = [scene.address("", room, **{"step": None, name: str(i)}) for i in range(count)]
    return [Fold(str(i + first), address, i in shown) for i, address in enumerate(addresses)]


class Drawing:
    """Draws the planes of one scene at one step."""

    def __init__(self, scene: Scene, arrangement: gather.Arrangement, frame: Frame, is_complete: bool) -> None:
        self.scene = scene
        self.arrangement = arrangement
        self.frame = frame
        self.is_complete = is_complete

    def row(self, channel: int, filter: int) -> Row:
        scene, step = self.scene, self.frame["step"]
        slices = [
            self.slice(shown, channel) if channel in gather.group_of(scene, shown) else None
            for shown in self.arrangement.filters
        ]
        products = gather.product_plane(scene, filter, channel, step)
        first = scene.presentation.first_index
        many = scene.x.shape[0] > 1
        return Row(
            channel=channel,
            input=self.input(channel, words.CHANNEL.format(index=channel + first) if many else words.INPUT),
            slices=tuple(slices),
            products=self.draw(products, words.PRODUCTS_LABEL.format(index=channel + first), words.PRODUCTS),
            active=channel in gather.group_of(scene, filter),
        )

    def column(self, filter: int, active: int) -> Column:
        scene = self.scene
        title = words.OUTPUT if scene.w.shape[0] == 1 else f"{words.OUTPUT} {filter + scene.presentation.first_index}"
        activation = None
        if scene.layer.activation:
            named = words.ACTIVATED.format(name=words.ACTIVATIONS[scene.layer.activation])
            activation = self.draw(gather.activation_plane(scene, filter), named, named)
        return Column(
            filter=filter,
            bias=self.draw(gather.bias_plane(scene, filter), words.BIAS, words.BIAS) if scene.b is not None else None,
            output=self.draw(gather.output_plane(scene, filter), title, title),
            activation=activation,
            active=filter == active,
        )

    def input(self, channel: int, title: str) -> Drawn:
        plane = gather.input_plane(self.scene, channel)
        marks = ""
        if self.scene.presentation.reads:
            marks += read_counts(self.scene, plane)
        if self.scene.presentation.centres:
            marks += centres(self.scene)
        return self.draw(plane, title, title, marks)

    def slice(self, filter: int, channel: int) -> Drawn:
        plane = gather.slice_plane(self.scene, filter, channel)
        title = (
            words.KERNEL
            if self.scene.w.shape[0] == 1
            else words.FILTER.format(index=filter + self.scene.presentation.first_index)
        )
        texts = letters(plane) if self.scene.presentation.letters else None
        return self.draw(plane, title, title, texts=texts)

    def draw(self, plane: Plane, what: str, title: str, extra: str = "", texts: list[str] | None = None) -> Drawn:
        label = words.PLANE_LABEL.format(what=what, rows=plane.rows, cols=plane.cols)
        shown = None if self.is_complete else self.shown(plane.id)
        svg = plane_svg(
            plane,
            label=label,
            width=width(plane, self.scene, self.arrangement),
            shown=shown,
            window=cells_of(self.frame["outlines"], plane.id),
            texts=texts,
            extra=extra,
        )
        return Drawn(plane.id, Markup(svg), title, plane.grid, self.shape(plane))

    def shown(self, plane: str) -> int | None:
        return next((fill["shown"] for fill in self.frame["fills"] if fill["plane"] == plane and "shown" in fill), None)

    def shape(self, plane: Plane) -> str:
        """The shape under a plane's title: the plane's own, or the tensor's in PyTorch's order."""
        scene = self.scene
        tensors = {"x": scene.x.shape, "w": scene.w.shape, "y": scene.layer.y_shape, "a": scene.layer.y_shape}
        if scene.presentation.shapes == "nchw" and plane.grid in tensors:
            batch = "" if plane.grid == "w" else "1, "
            return f"({batch}{', '.join(map(str, tensors[plane.grid]))})"
        sides = " × ".join(map(str, tensors.get(plane.grid, ())[2 if plane.grid == "w" else 1 :]))
        name = scene.text("w") if plane.grid == "w" else ""
        return f"{sides} · {name}" if name.replace("-", "").isalpha() else sides


def letters(plane: Plane) -> list[str]:
    return [letter(index) for index in range(plane.rows * plane.cols)]
