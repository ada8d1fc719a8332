"""Masks: how much of each pixel a shape covers. Small ones are kept.

Curves and round corners are drawn four times as large, and shrunk: in strips that leave no seam, as all of a large one
would take sixteen times its pixels.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, wraps
from itertools import pairwise
from math import ceil, floor, hypot
from typing import TypeVar, cast

from PIL import Image as Pixels
from PIL import ImageChops, ImageDraw

from app.painters.shapes import Stroke

FINE = 4
"""How much larger smooth shapes are drawn first."""
FINE_STRIP = 1 << 22
"""Pixels of a smooth shape that are drawn larger at one time."""
KEPT = 1 << 13
"""Pixels of the largest mask that is kept."""
ALL = 255
"""Tones of a soft edge, unless fewer are asked for."""

Point = tuple[float, float]
Points = list[Point]
Lines = tuple[tuple[Point, ...], ...]
Mask = TypeVar("Mask", bound=Callable[..., Pixels.Image])


def kept_if_small(make: Mask) -> Mask:
    """Keep the masks that a function makes, whose first arguments are their width and height, but for large ones."""
    cached = lru_cache(256)(make)

    @wraps(make)
    def mask(width: int, height: int, *looks: object) -> Pixels.Image:
        return (cached if width * height <= KEPT else make)(width, height, *looks)

    return cast(Mask, mask)


@kept_if_small
def even(width: int, height: int, opacity: int) -> Pixels.Image:
    return Pixels.new("L", (width, height), opacity)


@kept_if_small
def edge_mask(width: int, height: int, line: int, opacity: int) -> Pixels.Image:
    """The sides of a rectangle, so wide."""
    mask = Pixels.new("L", (width, height), opacity)
    if width > 2 * line and height > 2 * line:
        mask.paste(0, (line, line, width - line, height - line))
    return mask


@kept_if_small
def round_mask(width: int, height: int, radius: float, opacity: float, tones: int) -> Pixels.Image:
    corner = round(radius * FINE)

    def strip(first: int, tall: int) -> Pixels.Image:
        fine = Pixels.new("L", (width * FINE, tall * FINE))
        sides = 0, -first * FINE, width * FINE - 1, (height - first) * FINE - 1
        ImageDraw.Draw(fine).rounded_rectangle(sides, corner, 255)
        return shrunk(fine, opacity, tones)

    return in_strips(width, height, strip)


@kept_if_small
def rim_mask(
    width: int, height: int, radius: float, line: float, dashes: tuple[float, ...], opacity: float, tones: int
) -> Pixels.Image:
    """The outline of a rectangle, with space around it for half of the line."""
    rim = ceil(line) + 1
    if dashes and not radius:
        left, top, right, bottom = rim, rim, rim + width, rim + height
        around = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        dashed_line = Stroke("", opacity, line, dashes)
        return stroked_mask(width + 2 * rim, height + 2 * rim, (around,), dashed_line, tones)
    half, corner = round(line * FINE / 2), round(radius * FINE)

    def strip(first: int, tall: int) -> Pixels.Image:
        fine = Pixels.new("L", ((width + 2 * rim) * FINE, tall * FINE))
        draw = ImageDraw.Draw(fine)
        left, top = rim * FINE, (rim - first) * FINE
        right, bottom = left + width * FINE, top + height * FINE
        outer = left - half, top - half, right + half - 1, bottom + half - 1
        draw.rounded_rectangle(outer, corner + half if corner else 0, 255)
        inner = left + half, top + half, right - half - 1, bottom - half - 1
        if inner[2] > inner[0] and inner[3] > inner[1]:
            draw.rounded_rectangle(inner, max(corner - half, 0), 0)
        return shrunk(fine, opacity, tones)

    return in_strips(width + 2 * rim, height + 2 * rim, strip)


@kept_if_small
def filled_mask(width: int, height: int, lines: Lines, opacity: float, tones: int) -> Pixels.Image:
    """What lies within an odd number of the lines. Where all edges are along the axes, they lie on whole pixels."""
    if all(is_upright(points) for points in lines):
        mask = Pixels.new("1", (width, height))
        for points in lines:
            xs, ys = zip(*((round(x), round(y)) for x, y in points), strict=True)
            box = min(xs), min(ys), max(xs), max(ys)
            inside = mask.crop(box)
            mask.paste(ImageChops.invert(inside), box)
        return toned(mask.convert("L"), opacity, tones)

    def strip(first: int, tall: int) -> Pixels.Image:
        fine = Pixels.new("1", (width * FINE, tall * FINE))
        for points in lines:
            one = Pixels.new("1", fine.size)
            ImageDraw.Draw(one).polygon(finer(points, first), 1)
            fine = ImageChops.logical_xor(fine, one)
        return shrunk(fine.convert("L"), opacity, tones)

    return in_strips(width, height, strip)


def is_upright(points: Sequence[Point]) -> bool:
    """Whether these are the corners of a rectangle along the axes."""
    return len(points) > 3 and len({x for x, _ in points}) == 2 == len({y for _, y in points})


@kept_if_small
def stroked_mask(width: int, height: int, lines: Lines, stroke: Stroke, tones: int) -> Pixels.Image:
    pieces = [piece for points in lines for piece in (dashed(points, stroke.dashes) if stroke.dashes else [points])]
    thick = max(round(stroke.width * FINE), 1)

    def strip(first: int, tall: int) -> Pixels.Image:
        fine = Pixels.new("L", (width * FINE, tall * FINE))
        draw = ImageDraw.Draw(fine)
        for piece in pieces:
            large = finer(piece, first)
            draw.line(large, 255, thick, joint="curve")
            for x, y in (large[0], large[-1]) if stroke.is_round else ():
                draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), 255)
        return shrunk(fine, stroke.opacity, tones)

    return in_strips(width, height, strip)


def dashed(points: Sequence[Point], dashes: Sequence[float]) -> Iterator[Points]:
    """The pieces of a line that are drawn."""
    pattern = [*dashes, *dashes] if len(dashes) % 2 else list(dashes)
    place, left, piece = 0, pattern[0], [points[0]]
    for start, end in pairwise(points):
        length, gone = hypot(end[0] - start[0], end[1] - start[1]), 0.0
        while length - gone > left:
            gone += left
            at = start[0] + (end[0] - start[0]) * gone / length, start[1] + (end[1] - start[1]) * gone / length
            if place % 2 == 0:
                yield [*piece, at]
            place = (place + 1) % len(pattern)
            left, piece = pattern[place], [at]
        left -= length - gone
        piece.append(end)
    if place % 2 == 0 and len(piece) > 1:
        yield piece


def region_mask(width: int, height: int, lines: Lines) -> Pixels.Image:
    """What lies within the lines, which turn at right angles."""
    mask = Pixels.new("L", (width, height))
    for points in lines:
        if len(set(points)) > 2:
            ImageDraw.Draw(mask).polygon([(round(x) - (x > 0), round(y) - (y > 0)) for x, y in points], 255)
    return mask


def finer(points: Iterable[Point], first: int) -> list[tuple[int, int]]:
    """Where they lie in a strip, in whole pixels: those above it would be cut off at another side than those within."""
    return [(floor(x * FINE), floor(y * FINE) - first * FINE) for x, y in points]


def in_strips(width: int, height: int, strip: Callable[[int, int], Pixels.Image]) -> Pixels.Image:
    """A mask of which each strip, named by its first row and how many it has, is drawn larger, and shrunk."""
    tall = max(1, FINE_STRIP // (width * FINE * FINE))
    if tall >= height:
        return strip(0, height)
    mask = Pixels.new("L", (width, height))
    for first in range(0, height, tall):
        mask.paste(strip(first, min(tall, height - first)), (0, first))
    return mask


def shrunk(fine: Pixels.Image, opacity: float, tones: int) -> Pixels.Image:
    return toned(fine.reduce(FINE), opacity, tones)


def toned(mask: Pixels.Image, opacity: float, tones: int) -> Pixels.Image:
    """The mask in so many tones, the darkest of which is its opacity."""
    if opacity >= 1 and tones == ALL:
        return mask
    return mask.point(table(opacity, tones))


@lru_cache(64)
def table(opacity: float, tones: int) -> list[int]:
    """For each value of a mask, the one that it becomes."""
    return [round(round(value * tones / ALL) * ALL / tones * min(opacity, 1)) for value in range(256)]
