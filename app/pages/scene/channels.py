"""The table of channels, drawn: a row for each data plane, a column for each result plane."""

from dataclasses import dataclass

from app.layout.widths import table_width
from app.pages.scene.pen import Drawn, Pen
from app.views.view import ChannelColumn, ChannelRow, ChannelTable, Titled


@dataclass(frozen=True)
class Row:
    channel: int
    data: Drawn
    slices: tuple[Drawn | None, ...]
    products: Drawn
    result: Drawn | None
    is_active: bool


@dataclass(frozen=True)
class Column:
    filter: int
    title: str
    bias: Drawn | None
    result: Drawn
    activation: Drawn | None
    is_active: bool


@dataclass(frozen=True)
class Table:
    rows: list[Row]
    columns: list[Column]
    heads: list[Drawn]


def drawn_table(table: ChannelTable, pen: Pen) -> Table:
    """The table with each of its planes drawn: large enough to be read, small enough for all to be seen at once."""

    def draw(titled: Titled) -> Drawn:
        return pen.draw(titled, table_width(titled.plane, len(pen.scene.data)))

    def drawn(titled: Titled | None) -> Drawn | None:
        return draw(titled) if titled else None

    def row(of: ChannelRow) -> Row:
        slices = tuple(map(drawn, of.slices))
        return Row(of.channel, draw(of.data), slices, draw(of.products), drawn(of.result), of.is_active)

    def column(of: ChannelColumn) -> Column:
        return Column(of.filter, of.title, drawn(of.bias), draw(of.result), drawn(of.activation), of.is_active)

    return Table(
        rows=[row(each) for each in table.rows],
        columns=[column(each) for each in table.columns],
        heads=[draw(head) for head in table.heads],
    )
