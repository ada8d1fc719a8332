"""The stage as the templates receive it: every plane drawn, placed in its row or column, with its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.equation.maker import equation_tree
from app.equation.mathml import math
from app.grids.photos import COLOURS
from app.layout.box import FRAMED, WIDE, Box
from app.layout.captions import shape_of
from app.layout.layout import arrange
from app.painters.drawing import page_drawing
from app.painters.picture import data_url, joined_url
from app.scene.misfits import misfits
from app.scene.scene import Scene
from app.text import page as words
from app.views.marks import Corners
from app.views.plane import WHITE, Plane, Tones, is_picture, largest, numbered_side, tones_of
from app.views.prediction import Hiding, asks, hiding
from app.views.view import View, start_step


@dataclass(frozen=True)
class Fold:
    """A channel or filter, and the link that brings it forward; the playhead does so too, when it enters it."""

    name: str
    address: str
    chosen: bool
    picture: str = ""
    """The filter itself, small; one slice under the other."""


@dataclass(frozen=True)
class Scale:
    """The legend of one space's colours: from `least` to `most`, which has the full colour."""

    space: str
    grid: str
    name: str
    least: float
    most: float
    tones: Tones = ""


@dataclass(frozen=True)
class Named:
    """A grid as formulas write it, and what it is."""

    space: str
    letter: str
    name: str


@dataclass(frozen=True)
class Stage:
    source: str
    view: str
    steps: int
    step: int
    is_complete: bool
    drawing: Markup
    folded_channels: list[Fold]
    folded_filters: list[Fold]
    leading: str
    """Which of them the playhead goes through: channel or filter."""
    equation: Markup
    scales: list[Scale]
    legend: tuple[Named, ...]
    """What the letters of the formula stand for."""
    settings: dict[str, str]
    shape: str
    """The output's, in a few words."""
    misfits: list[str]
    """Why cells are left over, if any are."""
    has_unread: bool
    """Whether a plane has cells that are hatched, as nothing reads them."""
    has_dots: bool
    """Whether a plane counts by dots how many numbers were added in its cells."""
    reveal: str | None = None
    """Where the results are to be seen, if they are hidden here."""
    joined: tuple[tuple[str, str], ...] = ()
    """Of a photograph in three channels the picture in colour, and that of its results: what it is, and the image."""
    note: Any = None
    """What the view says beside its planes."""


def stage(
    view: View,
    prefix: str = "",
    *,
    marks: Mapping[str, tuple[Corners, ...]] | None = None,
    step: int | None = None,
    is_brief: bool = False,
    box: Box | None = None,
) -> Stage:
    """Everything that a page, or an embedded stage under its own prefix, shows of a scene.

    `marks` is further drawing on some of its planes; `step` is the one it shows, where another scene beside it has a
    say in that. A brief one has, on a phone, data and result alone. `box` is the wide one it
    is drawn for, if it is not the page's or the frame's.
    """
    scene, step = view.scene, start_step(view) if step is None else step
    layout, frame = arrange(view, step, marks, is_brief=is_brief, box=box or (FRAMED if prefix else WIDE))
    hidden = hiding(view)
    shown = scales(scene, hidden)
    return Stage(
        source=scene.address(".events", step=None),
        view=view.name,
        steps=view.steps,
        step=step,
        is_complete=layout.is_complete,
        drawing=Markup(page_drawing(layout, frame)),
        folded_channels=folds(view, "channel", prefix, layout.active),
        folded_filters=folds(view, "filter", prefix, layout.active),
        leading=view.leads,
        equation=math(equation_tree(frame["equation"], layout.conventions)),
        scales=shown,
        legend=legend(scene, shown),
        settings=settings(view) if prefix else settings(view) | invitation(view.scene),
        shape=shape_of("y", scene),
        reveal=scene.address("", prefix, predict=None) if hidden else None,
        misfits=misfits(scene),
        has_unread=layout.has_unread,
        has_dots=layout.has_dots,
        joined=() if hidden else joined(scene),
        note=view.note(prefix),
    )


def scales(scene: Scene, hidden: Hiding | None) -> list[Scale]:
    """One legend for each grid; it begins at zero where nothing is negative. Of what is asked for nothing is known."""
    layer, roles = scene.layer, scene.roles
    grids = [
        (roles.data, layer.data, scene.data),
        (roles.weights, layer.weights, scene.weights),
        (roles.result, "y", np.full_like(scene.results, np.nan) if hidden else scene.results),
    ]
    return [
        Scale(
            space=layer.space(name),
            grid=name,
            name=role,
            least=0 if values.min() >= 0 else -largest(values),
            most=WHITE if tones == "photograph" else largest(values),
            tones=tones,
        )
        for role, name, values in grids
        if name is not None and values is not None
        for tones in [scale_tones(scene, name, values)]
    ]


def scale_tones(scene: Scene, name: str, values: NDArray[np.float64]) -> Tones:
    """Whether the colours of this grid are greys: those of a photograph and of its results, where they are pictures."""
    *_, rows, cols = 1, *values.shape[1:]
    is_painted = scene.shows_photograph and is_picture((rows, cols), rows * cols, numbered_side(scene))
    if not is_painted or name == scene.layer.weights or np.isnan(values).any():
        return ""
    return tones_of(values, "grey" if name == scene.layer.data else scene.tones)


def legend(scene: Scene, scales: Sequence[Scale]) -> tuple[Named, ...]:
    """Data, weights and result; where an activation follows, the result is a, and no longer y."""
    named = tuple(Named(scale.space, scene.letter(scale.grid), scale.name) for scale in scales)
    if not scene.layer.activation:
        return named
    after = words.ACTIVATED.format(name=words.ACTIVATIONS[scene.layer.activation])
    return (*named[:-1], Named("output", "a", f"{named[-1].name} {after}"))


def joined(scene: Scene) -> tuple[tuple[str, str], ...]:
    """The three channels of a photograph as one picture, and where each has a result of its own, those."""
    if not (scene.shows_photograph and len(scene.data) == COLOURS and scene.operation.flat == 2):
        return ()
    pictures = [(words.JOINED_INPUT, [photograph(plane) for plane in scene.data])]
    if is_each_alone(scene):
        tones, scale = tones_of(scene.results, "grey"), largest(scene.results)
        planes = [Plane("y", "output", "y", plane, scale, asked_tones=tones) for plane in scene.results]
        pictures.append((words.JOINED_OUTPUT, planes))
    return tuple((name, joined_url(planes)) for name, planes in pictures)


def photograph(values: NDArray[np.float64]) -> Plane:
    return Plane("x", "input", "x", values, WHITE, asked_tones="photograph")


def is_each_alone(scene: Scene) -> bool:
    """Whether the results are as many as the channels, and each is made of its own."""
    feeds = scene.layer.relation.feeds
    return [[channel for channel, _ in feed] for feed in feeds] == [[channel] for channel in range(COLOURS)]


def settings(view: View) -> dict[str, str]:
    """What the stage's scripts need of the presentation, as attributes."""
    scene, presentation = view.scene, view.scene.presentation
    flags = {name: getattr(presentation, name) for name in ("letters", "autoplay", "loop")}
    return {
        **data_spaces(scene),
        **({"view": view.script or view.name} if view.name != "gather" else {}),
        "first-index": presentation.indices,
        **({"result": scene.letter("y")} if scene.letter("y") != "y" else {}),
        **({"channel": str(presentation.channel)} if presentation.channel is not None else {}),
        "speed": f"{presentation.speed:g}",
        **{name: text for name, text in presentation.spelled().items() if name in ("ahead", "pace")},
        **{name: "" for name, holds in flags.items() if holds},
        **prediction(view),
        **({"intro": ""} if not scene.spelled() else {}),
        **({} if presentation.step is presentation.filter is None else {"open-at": str(start_step(view))}),
    }


def invitation(scene: Scene) -> dict[str, str]:
    """What to do first with a scene that is made for it; the scripts say the same until it is done."""
    found = [each.invitation for each in scene.operation.ready if each.address == scene.canonical]
    return {"invitation": found[0]} if found else {}


def prediction(view: View) -> dict[str, str]:
    """`predict` asks for all results but the first so many; `withheld` keeps them back, and asks for nothing."""
    presentation = view.scene.presentation
    if asks(view):
        return {"predict": str(presentation.step or 0)}
    return {"withheld": ""} if presentation.predict else {}


def data_spaces(scene: Scene) -> dict[str, str]:
    """The spaces of data, weights and result, where they are not input, tap and output."""
    layer = scene.layer
    spaces = [layer.space(name) for name in (layer.data, layer.weights or "w", "y")]
    return {} if spaces == ["input", "tap", "output"] else {"data-spaces": " ".join(spaces)}


def folds(view: View, name: str, prefix: str, active: int | None) -> list[Fold]:
    """Links to all channels or filters, where not all of them are seen at once."""
    scene = view.scene
    shown = view.arrangement.channels if name == "channel" else view.arrangement.filters
    count = len(scene.data) if name == "channel" else view.filters
    is_layered = name == "filter" and active is not None
    if (len(shown) == count and not (is_layered and count > 1)) or (view.is_lanes and name != view.leads):
        return []
    first = scene.presentation.first_index
    addresses = [scene.address("", prefix, **{"step": None, name: str(i)}) for i in range(count)]
    pictures = filter_pictures(view) if is_layered else [""] * count
    return [
        Fold(str(i + first), address, i == active if is_layered else i in shown, picture)
        for i, (address, picture) in enumerate(zip(addresses, pictures, strict=True))
    ]


def filter_pictures(view: View) -> list[str]:
    """Every filter as a picture, its slices under each other: blank, where it does not read a channel."""
    return [data_url(plane) for plane in view.filter_planes()]
