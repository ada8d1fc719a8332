"""Grids in a URL: from text to values, and back to the one text that means them.

Reading is cheap and bounded: how many values a text asks for is known before any of them is made.

    ,   between values      ;   between rows       ;;  between slices (three axes)
    ~   between channels    ~~  between filters    !   before an edit, !row.column:value
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from math import inf, isfinite, prod

import numpy as np
import orjson
from numpy.typing import NDArray

from app.address.numbers import PLAIN, read_number
from app.address.phrases import at_least, check_count, counted, shown, times
from app.address.refusal import Refusal
from app.grids.edits import Edit, apply, differences, read_edits
from app.grids.payloads import LAYOUTS, read_payload
from app.grids.pictures import Kind, Known, known_names, read_name
from app.grids.spelling import spell, spell_planes
from app.text import grids as words
from kernels.cached import cached_property

__all__ = ["Edit", "Grid", "GridLiteral", "Known", "Space", "known_names", "read_grid", "resolve", "spell"]

Array = NDArray[np.float64]

LONGEST_REMEMBERED = 200
"""Characters of a grid that is kept in memory once it has been read."""
LARGEST_NAMED_PLANE = 49
"""Cells of the largest plane that `spell` writes by its name: seven, 7×7."""


@dataclass(frozen=True)
class Space:
    """Which grid is read: its spatial axes, those before them (x: channels; w: filters, channels), its bound."""

    spatial: int
    leading: int
    kind: Kind
    max_values: int
    shared: int | None = 1
    """Of weights: the axis along which a single plane serves all, so that it is written once."""

    @property
    def axes(self) -> int:
        return self.leading + self.spatial


@dataclass(frozen=True)
class GridLiteral:
    """What a text says, before it is known which shape it must fill."""

    text: str
    """The name of the base in its canonical spelling; empty where the base is plain values, which `resolve` spells."""
    named: bool
    values: Array
    edits: tuple[Edit, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        return self.values.shape

    @property
    def size(self) -> int:
        return self.values.size


@dataclass(frozen=True)
class Grid:
    """A grid in its final shape, read-only, with its canonical text."""

    values: Array
    write: Callable[[], str]

    @cached_property
    def text(self) -> str:
        """Worked out when it is asked for: programs want the numbers only."""
        return self.write()

    @property
    def shape(self) -> tuple[int, ...]:
        return self.values.shape

    @property
    def size(self) -> int:
        return self.values.size

    @cached_property
    def largest(self) -> float:
        """The largest absolute value."""
        return float(np.abs(self.values).max())

    @property
    def is_signed(self) -> bool:
        """Whether there is a negative number in it."""
        return bool(self.values.min() < 0)


@dataclass(frozen=True)
class Part:
    """A stretch of text between `~` or `~~`, rank leading + spatial. Plain values have no name."""

    name: str
    values: Array


def read_grid(raw: str | list[object], space: Space) -> GridLiteral:
    """The grid that this text, or these nested lists, mean. Raises Refusal, with the sentence that says why."""
    if isinstance(raw, list):
        return GridLiteral("", False, read_lists(raw, space), ())
    base, *edits = raw.split("!")
    is_short = len(base) <= LONGEST_REMEMBERED and ":" not in base
    part = (remembered if is_short else read_base)(base.strip(), space)
    made = read_edits(edits, space.leading, space.spatial, space.max_values)
    return GridLiteral(part.name, bool(part.name), part.values, made)


def read_base(text: str, space: Space) -> Part:
    if not text:
        raise Refusal(words.EMPTY)
    if text.startswith("["):
        return Part("", read_json(text, space))
    check_count(count_values(text), space.max_values)
    return read_filters(text, space)


remembered = lru_cache(1024)(read_base)
"""The same short grids are asked for again and again; what a name makes to a size is not kept, as it may be large."""


def count_values(text: str) -> int:
    """How many values, or names, the separators delimit; a double separator is one."""
    return 1 + sum(map(text.count, ",;~")) - text.count(";;") - text.count("~~")


def read_filters(text: str, space: Space) -> Part:
    """The entries of w's first axis."""
    if "~~" not in text:
        return read_channels(text, space)
    if space.leading < 2:
        raise Refusal(words.NO_FILTERS if space.leading else words.NO_CHANNELS)
    return joined(text, "~~", 0, read_channels, space)


def read_channels(text: str, space: Space) -> Part:
    if "~" not in text:
        return read_part(text.strip(), space)
    if not space.leading:
        raise Refusal(words.NO_CHANNELS)
    return joined(text, "~", space.leading - 1, read_part, space)


def joined(text: str, separator: str, axis: int, read: Callable[[str, Space], Part], space: Space) -> Part:
    """Parts of one shape, set side by side. The first gives the number of values, before the others are read."""
    parts: list[Part] = []
    texts = text.split(separator)
    for number, part_text in enumerate(texts, start=1):
        noun = words.NOUNS[separator]
        try:
            part = read(part_text.strip(), space)
        except Refusal as refusal:
            sentence = words.IN_PART.format(noun=noun, number=number, sentence=refusal)
            raise Refusal(sentence, type=refusal.type) from None
        first = parts[0] if parts else part
        check_count(first.values.size * len(texts), space.max_values)
        if part.values.shape != first.values.shape:
            given, expected = times(part.values.shape), times(first.values.shape)
            raise Refusal(words.PART_SHAPE.format(noun=noun, number=number, given=given, expected=expected))
        parts.append(part)
    return Part(join_names(parts, separator, space), np.concatenate([part.values for part in parts], axis=axis))


def join_names(parts: list[Part], separator: str, space: Space) -> str:
    """The parts by their names, values among them spelled; without any name the whole has none either."""
    if not any(part.name for part in parts):
        return ""
    return separator.join(part.name or spell_planes(part.values, space.spatial, space.kind) for part in parts)


def read_part(text: str, space: Space) -> Part:
    """A name, bytes or values, with leading ones up to the rank of the grid."""
    name, colon, remainder = text.partition(":")
    part: Part
    if colon and name.lower() in LAYOUTS:
        part = Part("", read_payload(name.lower(), remainder, space.axes, space.max_values))
    elif text[:1].isalpha() and "," not in text and ";" not in text:
        named = read_name(text, space.kind, space.spatial, space.axes, space.max_values)
        part = Part(named.name, named.values)
    else:
        part = Part("", read_values(text, space.spatial))
    return Part(part.name, part.values.reshape(at_least(space.axes, part.values.shape)))


def read_values(text: str, spatial: int) -> Array:
    """Plain values, shape (*spatial)."""
    if spatial < 2 and ";" in text:
        raise Refusal(words.NO_ROWS)
    if spatial < 3 and ";;" in text:
        raise Refusal(words.NO_SLICES)
    slices = [slice_text.split(";") for slice_text in text.split(";;")]
    rows = list(chain.from_iterable(slices))
    check_even(slices, rows)
    shape = (len(slices), len(slices[0]), 1 + rows[0].count(","))
    return read_numbers(text, rows).reshape(shape[-spatial:])


def check_even(slices: list[list[str]], rows: list[str]) -> None:
    """All slices as many rows, all rows as many values."""
    for number, slice_rows in enumerate(slices, start=1):
        if len(slice_rows) != len(slices[0]):
            given, expected = counted(len(slice_rows), "row"), counted(len(slices[0]), "row")
            raise Refusal(words.RAGGED_SLICES.format(slice=number, given=given, expected=expected))
    commas = rows[0].count(",")
    for number, row in enumerate(rows, start=1):
        if len(rows) > 1 and not row.strip():
            raise Refusal(words.EMPTY_ROW.format(row=number))
        if row.count(",") != commas:
            given, expected = counted(row.count(",") + 1, "value"), counted(commas + 1, "value")
            raise Refusal(words.RAGGED_ROWS.format(row=number, given=given, expected=expected))


def read_numbers(text: str, rows: list[str]) -> Array:
    """All values in reading order. Plain decimals, by far the most, take the short way."""
    if PLAIN.issuperset(text.replace(",", "").replace(";", "")) and "/" not in text:
        try:
            values = np.array([float(token) for row in rows for token in row.split(",")])
        except ValueError:
            pass  # The long way finds which one it is, and says so.
        else:
            if np.isfinite(values).all():
                return values + 0.0  # −0 becomes 0
    return np.array(
        [
            read_cell(token, number, column)
            for number, row in enumerate(rows, start=1)
            for column, token in enumerate(row.split(","), start=1)
        ]
    )


def read_cell(token: str, row: int, column: int) -> float:
    if not token.strip():
        raise Refusal(words.EMPTY_CELL.format(row=row, column=column))
    return read_number(token)


def read_json(text: str, space: Space) -> Array:
    check_count(1 + text.count(","), space.max_values)
    try:
        return read_lists(orjson.loads(text), space)
    except orjson.JSONDecodeError as error:
        raise Refusal(words.JSON_BROKEN.format(reason=error.msg), type="json_invalid") from None


def read_lists(lists: list[object], space: Space) -> Array:
    """Nested lists as an array of rank leading + spatial, opened one depth at a time."""
    shape: tuple[int, ...] = (len(lists),)
    cells = lists
    while any(isinstance(cell, list) for cell in cells):
        inner = same_lists(cells, len(shape) + 1)
        if len(shape) == space.axes:
            raise Refusal(words.JSON_DEPTH.format(most=space.axes))
        shape = (*shape, len(inner[0]))
        check_count(prod(shape), space.max_values)
        cells = list(chain.from_iterable(inner))
    if not cells:
        raise Refusal(words.EMPTY)
    check_count(len(cells), space.max_values)
    return numbers_of(cells).reshape(at_least(space.axes, shape))


def same_lists(cells: list[object], depth: int) -> list[list[object]]:
    """These cells as lists, all of one length."""
    lists = [cell for cell in cells if isinstance(cell, list)]
    if len(lists) != len(cells):
        raise Refusal(words.JSON_MIXED)
    for entry in lists:
        if len(entry) != len(lists[0]):
            raise Refusal(words.JSON_RAGGED.format(depth=depth, given=len(entry), expected=len(lists[0])))
    return lists


def numbers_of(cells: list[object]) -> Array:
    """Numbers of a JSON body as floats. `True` is a number to Python, but not to a reader."""
    values = [as_float(cell) for cell in cells]
    return np.array(values) + 0.0  # −0 becomes 0


def as_float(cell: object) -> float:
    if type(cell) in (int, float):
        try:
            value = float(cell)  # type: ignore[arg-type]
        except OverflowError:
            value = inf
        if isfinite(value):
            return value
    # Named by its kind: what came may be nested a thousand deep, or have ten thousand digits.
    raise Refusal(words.JSON_NOT_A_NUMBER.format(text=shown(f"“{cell}”") if isinstance(cell, str) else kind_of(cell)))


def kind_of(cell: object) -> str:
    return words.JSON_KINDS.get(type(cell), words.JSON_KINDS[object])


def resolve(grid: GridLiteral, shape: tuple[int, ...], space: Space) -> Grid:
    """The grid in this shape, its edits made, with its canonical text. Raises Refusal where it cannot fill it."""
    base = filled(grid.values, shape, space)
    values = apply(grid.edits, base) if grid.edits else np.array(base)
    values.setflags(write=False)
    return Grid(values, partial(canonical, grid, base, values, space))


def filled(values: Array, shape: tuple[int, ...], space: Space) -> Array:
    """The values in this shape, leading axes of size 1 repeated."""
    check_fills(values.shape, shape, space)
    return values if values.shape == shape else np.broadcast_to(values, shape)


def check_fills(given: tuple[int, ...], wanted: tuple[int, ...], space: Space) -> None:
    """Leading axes of size 1 repeat. Spatial axes never do: a kernel's size is what it says."""
    repeats = zip(given, wanted, range(len(wanted)), strict=True)
    if not all(have == want or (have == 1 and axis < space.leading) for have, want, axis in repeats):
        raise Refusal(words.CANNOT_FILL.format(given=times(given), wanted=times(wanted)))


def canonical(grid: GridLiteral, base: Array, values: Array, space: Space) -> str:
    """Names stay names, with the edits that still matter; but what the values spell shorter is written as values."""
    if not grid.named:
        return spell(values, space.spatial, space.kind, space.shared)
    edits = "".join(map(str, differences(base, values, space.spatial))) if grid.edits else ""
    text = grid.text + edits
    is_one_name = not edits and "~" not in text
    if is_one_name or prod(values.shape[-space.spatial :]) > max(len(text), LARGEST_NAMED_PLANE):
        return text
    spelled = spell(values, space.spatial, space.kind, space.shared)
    return text if len(text) <= len(spelled) else spelled
