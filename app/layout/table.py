"""The table of channels: a row for each data plane, a column for each result plane, results at the foot."""

from app.layout.placed import CAPTION, CELL, GAP, LINE, MARGIN, Placed
from app.text import page as words
from app.views.view import ChannelColumn, ChannelTable, Titled


def place_table(table: ChannelTable, first_index: int) -> list[Placed]:
    """Where channels do not mix, each row has its own result instead."""
    is_lanes = not table.columns
    results = [row.result for row in table.rows if row.result] or [column.result for column in table.columns]
    data, window, result = table.rows[0].data.plane, table.rows[0].products.plane, results[0].plane
    cell = min(CELL * 0.75, 260 / max(data.rows, data.cols))
    kernel_cell = CELL * 0.75 if max(window.rows, window.cols) <= 5 else 150 / max(window.rows, window.cols)
    output_cell = min(CELL * 0.75, 200 / max(result.rows, result.cols))
    column = max(window.cols * kernel_cell, result.cols * output_cell) + 40
    height = max(data.rows * cell, window.rows * kernel_cell + LINE, result.rows * output_cell * is_lanes) + CAPTION
    left = MARGIN + data.cols * cell + GAP / 2
    placed: list[Placed] = []
    for number, row in enumerate(table.rows):
        top = MARGIN + CAPTION + number * height
        middle = top + (data.rows * cell - window.rows * kernel_cell) / 2
        placed.append(Placed(row.data.plane, MARGIN, top, cell, row.data.title))
        x = left + (column - window.cols * kernel_cell) / 2
        for place, titled in enumerate(row.slices):
            if titled:
                title = "" if number else titled.title
                placed.append(Placed(titled.plane, x + place * column, middle, kernel_cell, title))
        if row.is_active or is_lanes:
            title = "" if number else row.products.title
            x = left + len(row.slices) * column + 20
            placed.append(Placed(row.products.plane, x, middle, kernel_cell, title))
        if row.result:
            drop = (data.rows * cell - result.rows * output_cell) / 2
            placed.append(Placed(row.result.plane, left + column + 60, top + drop, output_cell, row.result.title))
    cell = min(output_cell, kernel_cell)
    for foot in zip(*map(feet, table.columns), strict=True):
        top = max(part.bottom for part in placed) + LINE + CAPTION * (foot[0].plane.space == "output")
        for number, (titled, of) in enumerate(zip(foot, table.columns, strict=True)):
            plane = titled.plane
            title = f"{words.GRIDS[plane.grid]} {of.filter + first_index}" if plane.grid != "b" else ""
            placed.append(Placed(plane, left + (column - plane.cols * cell) / 2 + number * column, top, cell, title))
    return placed


def feet(column: ChannelColumn) -> list[Titled]:
    """What stands at the foot of a column: bias, result, activation."""
    return [titled for titled in (column.bias, column.result, column.activation) if titled]
