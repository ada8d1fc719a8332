"""Channels as a table: a row for each data plane, a column for each result plane, their slice where they meet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.painters.width import table_width
from app.views.common.gather import Gather
from app.views.frame import Frame
from app.views.view import Titled
from app.words import page as words

if TYPE_CHECKING:
    from app.stage import Drawn, Pen


@dataclass(frozen=True)
class Row:
    """One data plane: its slice of each column, its products, and its own result where channels do not mix."""

    channel: int
    input: "Drawn"
    slices: "tuple[Drawn | None, ...]"
    products: "Drawn"
    output: "Drawn | None"
    active: bool


@dataclass(frozen=True)
class Column:
    """One filter: what stands over its slices, and at its foot the bias, the output, the activation."""

    filter: int
    title: str
    bias: "Drawn | None"
    output: "Drawn"
    activation: "Drawn | None"
    active: bool


@dataclass(frozen=True)
class Table:
    rows: list[Row]
    columns: list[Column]
    """Empty where every channel goes its own way."""
    heads: "list[Drawn]"
    """What stands over the columns, where the results are in the table itself."""


def channel_table(view: Gather, frame: Frame, pen: "Pen") -> Table:
    """The table as this step shows it."""
    active, _ = view.place(frame["step"])

    def draw(titled: Titled) -> "Drawn":
        return pen.draw(titled, table_width(titled.plane, view))

    arrangement = view.arrangement
    if view.is_crossing:
        return crossing_table(view, active, frame["step"], draw)
    rows = [row(view, channel, active, frame["step"], draw) for channel in arrangement.channels]
    if view.is_lanes:
        return Table(rows, [], [])
    return Table(rows, [column(view, filter, active, draw) for filter in arrangement.filters], [])


def crossing_table(view: Gather, active: int, step: int, draw: "Callable[[Titled], Drawn]") -> Table:
    """The gradient of the weights: data at the left, upstream gradients over the columns, a result where they meet."""
    met = {view.relation.feeds[result][0]: result for result in view.arrangement.filters}
    weights = sorted({weight for _, weight in met})
    rows = [
        Row(
            channel=channel,
            input=draw(view.titled_input(channel)),
            slices=tuple(
                draw(view.titled_output(met[channel, weight])) if (channel, weight) in met else None
                for weight in weights
            ),
            products=draw(view.titled_products(active, channel, step)),
            output=None,
            active=channel in view.group_of(active),
        )
        for channel in view.arrangement.channels
    ]
    heads = [
        draw(view.titled_slice(*next((result, c) for (c, w), result in met.items() if w == weight)))
        for weight in weights
    ]
    return Table(rows, [], heads)


def row(view: Gather, channel: int, active: int, step: int, draw: "Callable[[Titled], Drawn]") -> Row:
    slices: tuple[Drawn | None, ...] = ()
    if not view.is_lanes:
        slices = tuple(
            draw(view.titled_slice(filter, channel)) if channel in view.group_of(filter) else None
            for filter in view.arrangement.filters
        )
    own = channel if view.is_lanes else active
    own_step = channel * view.area + step % view.area if view.is_lanes else step
    return Row(
        channel=channel,
        input=draw(view.titled_input(channel)),
        slices=slices,
        products=draw(view.titled_products(own, channel, own_step)),
        output=draw(view.titled_output(channel)) if view.is_lanes else None,
        active=channel in view.group_of(active),
    )


def column(view: Gather, filter: int, active: int, draw: "Callable[[Titled], Drawn]") -> Column:
    scene = view.scene
    return Column(
        filter=filter,
        title=view.filter_title(filter),
        bias=draw(Titled(view.bias_plane(filter), words.BIAS)) if scene.b is not None else None,
        output=draw(view.titled_output(filter)),
        activation=draw(view.titled_activation(filter)) if scene.layer.activation else None,
        active=filter == active,
    )
