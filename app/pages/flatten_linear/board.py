"""A map unrolls row by row into one line, and the weights of a unit beside it: a board for either as many numbers."""

import numpy as np

from app.layout.sheet import Sheet, SizeClass
from app.layout.tree import Column, Leaf, Row
from app.pages.board.board import Board, Moment, leaves, sheet
from app.pages.board.grids import Array
from app.pages.board.windows import bracketed
from app.pages.flatten_linear import words
from app.text.format import short
from app.views.plane import Space

READABLE = 24
"""Numbers in a map up to which they are written into its cells."""
LONGEST = 256
"""Numbers in a line. More are broken into one line for each channel."""
SHARE = 0.12
"""Of the gap, between the channels of a map."""


def is_crowded(x: Array) -> bool:
    return x.size > READABLE


def board(x: Array, w: Array, sums: Array) -> Board:
    """The map x, (C, H, W), and the first unit of w, (O, C, H, W), both as they are and in a line; all sums, (O,)."""
    crowded, kernel = is_crowded(x), w[0]
    lines = (1, x.size) if x.size <= LONGEST else (len(x), x[0].size)
    size: SizeClass = "tiny" if crowded else "large"
    maps, slices = channels("x", x, crowded), channels("k", kernel, crowded)
    flat = sheet("f", "input", x.reshape(lines), words.FLAT_OF.format(count=x.size), crowded=crowded, size=size)
    row = sheet("r", "tap", kernel.reshape(lines), words.ROW.format(n=0), crowded=crowded, size=size)
    answers = [] if crowded else [sheet("y", "output", sums[:, np.newaxis], words.SUMS_OF_UNITS)]
    sheets = [*maps, flat, row, *slices, *answers]
    leaf = leaves(sheets)
    x_row, k_row = (Row(tuple(leaf[each.plane.id] for each in planes), share=SHARE) for planes in (maps, slices))
    strips, y = (leaf["f"], leaf["r"]), tuple(leaf[each.plane.id] for each in answers)
    x_rows, k_rows = broken(maps, leaf), broken(slices, leaf)
    return Board(
        sheets=tuple(sheets),
        wide=(Column((x_row, *strips, Row((k_row, *y))), is_centred=True), Row((x_rows, Column(strips), k_rows, *y))),
        tall=(
            Column((x_rows, *strips, k_rows, *y), is_centred=True),
            Column((x_rows, *strips, Row((k_rows, *y))), is_centred=True),
        ),
        moments=moments(x, kernel, lines[1]),
        row=x.shape[1],
    )


def channels(name: str, planes: Array, crowded: bool) -> list[Sheet]:
    """The channels of the map, or of a kernel as large as it. Of pictures the first one names them all."""
    space: Space = "input" if name == "x" else "tap"
    grid = "x" if name == "x" else ""
    one, whole = (words.CHANNEL_OF, words.MAP_OF) if name == "x" else (words.SLICE_OF, words.KERNEL_OF)
    titles = [whole if crowded and n == 0 else "" if crowded else one.format(c=n) for n in range(len(planes))]
    return [
        sheet(f"{name}.{n}", space, plane, title, grid=grid, crowded=crowded, label=one.format(c=n))
        for n, (plane, title) in enumerate(zip(planes, titles, strict=True))
    ]


def broken(sheets: list[Sheet], leaf: dict[str, Leaf]) -> Column:
    """Channels in lines of five."""
    names = [each.plane.id for each in sheets]
    lines = [names[start : start + 5] for start in range(0, len(names), 5)]
    return Column(tuple(Row(tuple(leaf[name] for name in line), share=SHARE) for line in lines))


def moments(x: Array, kernel: Array, line: int) -> tuple[Moment, ...]:
    """One for each row of each channel: where its numbers come to stand, and the sum of their products so far."""
    channels, rows, cols = x.shape
    products = (x * kernel).reshape(channels * rows, cols).sum(axis=1)
    total, made = 0.0, []
    for number, product in enumerate(products.tolist()):
        channel, row = divmod(number, rows)
        start, stop = number * cols, (number + 1) * cols
        total += product
        here, there = list(range(row * cols, (row + 1) * cols)), list(range(start, stop))
        made.append(
            Moment(
                lines=(
                    (
                        (words.ROW_OF_MAP.format(row=row, channel=channel), "input"),
                        (words.BECOMES.format(first=start, last=stop - 1), ""),
                    ),
                    (
                        (words.SUM_SO_FAR.format(before=short(total - product), row=bracketed(product)), ""),
                        (short(total), "output"),
                    ),
                ),
                shown={"f": stop, "r": stop},
                lit={f"x.{channel}": here, f"k.{channel}": here, "f": there, "r": there},
            )
        )
    return tuple(made)
