"""A drawing as pixels, with Pillow. Every shape becomes stamps of one colour; small ones are cached: of the cells,
digits and outlines of a picture, and even more of a film, most have been drawn before.

Edges lie on whole pixels, letters at quarters.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from PIL import Image as Pixels
from PIL import ImageChops, ImageColor, ImageDraw, ImageFont

from app.painters.masks import (
    ALL,
    KEPT,
    Point,
    Points,
    edge_mask,
    even,
    filled_mask,
    region_mask,
    rim_mask,
    round_mask,
    stroked_mask,
    toned,
)
from app.painters.shapes import Box, Drawing, Fill, Image, Path, Segment, Shape, Words
from app.painters.typeface import face, width_of

QUARTERS = 4
"""Places of a letter within a pixel."""
CURVE = 12
"""Straight pieces of a curve."""
STRIP = 1 << 18
"""Pixels of an image that are painted at one time."""
SHORT = 8
"""Segments of a path that a single cell has; the veil over a plane has more."""

Colour = tuple[int, int, int]


class Stamp(NamedTuple):
    """One colour through a mask, or, where there is none, over a whole rectangle; of an image, its own pixels."""

    left: int
    top: int
    width: int
    height: int
    colour: Colour
    mask: Pixels.Image | None
    pixels: Pixels.Image | None = None


def raster(drawing: Drawing, width: int) -> Pixels.Image:
    """So many pixels wide. Without paper, what is not drawn stays clear."""
    scale = width / drawing.width
    size = width, max(round(drawing.height * scale), 1)
    drawn = (stamp for shape in drawing.shapes for stamp in stamps_of(shape, scale))
    if drawing.paper is None:
        return composed(drawn, (0, 0, *size))
    image = Pixels.new("RGB", size, rgb(drawing.paper))
    for stamp in drawn:
        press(image, stamp)
    return image


def press(image: Pixels.Image, stamp: Stamp, left: int = 0, top: int = 0) -> None:
    """The stamp over what an image shows, whose own corner lies at `left` and `top`."""
    x, y = stamp.left - left, stamp.top - top
    box = (x, y, x + stamp.width, y + stamp.height)
    image.paste(stamp.colour if stamp.pixels is None else stamp.pixels, box, stamp.mask)


def composed(drawn: Iterable[Stamp], box: tuple[int, int, int, int]) -> Pixels.Image:
    """What stamps leave within a box, each over those before it."""
    left, top, right, bottom = box
    image = Pixels.new("RGBA", (right - left, bottom - top))
    for stamp in drawn:
        pressed = Pixels.new("RGBA", (stamp.width, stamp.height), stamp.colour)
        if stamp.pixels is not None:
            pressed.paste(stamp.pixels)
        if stamp.mask is not None:
            pressed.putalpha(stamp.mask)
        x, y = stamp.left - left, stamp.top - top
        cut = pressed.crop((max(-x, 0), max(-y, 0), stamp.width, stamp.height))
        if cut.width and cut.height and x < image.width and y < image.height:
            image.alpha_composite(cut, (max(x, 0), max(y, 0)))
    return image


def stamps_of(shape: Shape, scale: float, tones: int = ALL) -> Iterable[Stamp]:
    """What a shape leaves on paper. Large shapes are another in every picture, and would fill the cache.

    `tones` are the steps of a soft edge from nothing to the whole colour.
    """
    if isinstance(shape, Image):
        return image_stamps(shape, scale)
    return (stamps if is_small(shape, scale) else stamps.__wrapped__)(shape, scale, tones)


def is_small(shape: Shape, scale: float) -> bool:
    """Whether it could be a part of a single cell, of which a picture has many."""
    if isinstance(shape, Box):
        return shape.width * shape.height * scale * scale <= KEPT
    if isinstance(shape, Words):
        return sum(area(run.text, run.size * scale) for run in shape.runs) <= KEPT
    return isinstance(shape, Path) and len(shape.segments) <= SHORT


def area(text: str, size: float) -> float:
    """About as many pixels as letters of this size take: they are half as wide as high."""
    return len(text) * size * size / 2


@lru_cache(2048)
def stamps(shape: Box | Words | Path, scale: float, tones: int) -> tuple[Stamp, ...]:
    match shape:
        case Box():
            return tuple(box_stamps(shape, scale, tones))
        case Words():
            return tuple(word_stamps(shape, scale, tones))
        case Path():
            return tuple(path_stamps(shape, scale, tones))


@lru_cache(256)
def rgb(colour: str) -> Colour:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


# Boxes.


def box_stamps(box: Box, scale: float, tones: int) -> Iterator[Stamp]:
    left, top = round(box.x * scale), round(box.y * scale)
    width, height = round((box.x + box.width) * scale) - left, round((box.y + box.height) * scale) - top
    if width <= 0 or height <= 0:
        return
    if box.radius or (box.stroke and box.stroke.dashes):
        yield from round_stamps(box, scale, tones, left, top, width, height)
        return
    if box.fill:
        yield solid(left, top, width, height, box.fill)
    if box.stroke:
        line = max(round(box.stroke.width * scale), 1)
        left, top, width, height = left - line // 2, top - line // 2, width + line, height + line
        if width * height <= KEPT:
            mask = edge_mask(width, height, line, round(box.stroke.opacity * 255))
            yield Stamp(left, top, width, height, rgb(box.stroke.colour), mask)
            return
        sides = (
            (left, top, width, line),
            (left, top + height - line, width, line),
            (left, top + line, line, height - 2 * line),
            (left + width - line, top + line, line, height - 2 * line),
        )
        paint = Fill(box.stroke.colour, box.stroke.opacity)
        yield from (solid(*side, paint) for side in sides if side[2] > 0 and side[3] > 0)


def solid(left: int, top: int, width: int, height: int, fill: Fill) -> Stamp:
    mask = None if fill.opacity >= 1 else even(width, height, round(fill.opacity * 255))
    return Stamp(left, top, width, height, rgb(fill.colour), mask)


def round_stamps(box: Box, scale: float, tones: int, left: int, top: int, width: int, height: int) -> Iterator[Stamp]:
    radius = box.radius * scale
    if box.fill:
        mask = round_mask(width, height, radius, box.fill.opacity, tones)
        yield Stamp(left, top, width, height, rgb(box.fill.colour), mask)
    if box.stroke:
        rim = ceil(box.stroke.width * scale) + 1
        dashes = tuple(dash * scale for dash in box.stroke.dashes)
        mask = rim_mask(width, height, radius, max(box.stroke.width * scale, 1), dashes, box.stroke.opacity, tones)
        yield Stamp(left - rim, top - rim, width + 2 * rim, height + 2 * rim, rgb(box.stroke.colour), mask)


# Paths.


def path_stamps(path: Path, scale: float, tones: int) -> Iterator[Stamp]:
    lines = straight(path.segments, scale)
    if not lines:
        return
    line = max(path.stroke.width * scale, 1) if path.stroke else 0
    rim = ceil(line / 2) + 1
    xs, ys = zip(*(point for points in lines for point in points), strict=True)
    left, top = floor(min(xs)) - rim, floor(min(ys)) - rim
    width, height = ceil(max(xs)) - left + rim, ceil(max(ys)) - top + rim
    moved = tuple(tuple((round(x - left, 2), round(y - top, 2)) for x, y in points) for points in lines)
    if path.fill:
        mask = filled_mask(width, height, moved, path.fill.opacity, tones)
        yield Stamp(left, top, width, height, rgb(path.fill.colour), mask)
    if path.stroke:
        stroke = path.stroke._replace(colour="", width=line, dashes=tuple(dash * scale for dash in path.stroke.dashes))
        mask = stroked_mask(width, height, moved, stroke, tones)
        yield Stamp(left, top, width, height, rgb(path.stroke.colour), mask)


def straight(segments: Sequence[Segment], scale: float) -> list[Points]:
    """The lines of a path in pixels, its curves as many short ones."""
    lines: list[Points] = []
    for kind, values in segments:
        points = [(x * scale, y * scale) for x, y in zip(values[::2], values[1::2], strict=True)]
        if kind == "M":
            lines.append(points)
        elif kind == "L":
            lines[-1] += points
        elif kind == "C":
            lines[-1] += bent(lines[-1][-1], *points)
        else:
            lines[-1].append(lines[-1][0])
    return lines


def bent(start: Point, leaving: Point, arriving: Point, end: Point) -> Points:
    """A Bézier curve in short lines."""
    return [
        (
            (1 - t) ** 3 * start[0]
            + 3 * (1 - t) ** 2 * t * leaving[0]
            + 3 * (1 - t) * t**2 * arriving[0]
            + t**3 * end[0],
            (1 - t) ** 3 * start[1]
            + 3 * (1 - t) ** 2 * t * leaving[1]
            + 3 * (1 - t) * t**2 * arriving[1]
            + t**3 * end[1],
        )
        for t in (place / CURVE for place in range(1, CURVE + 1))
    ]


# Words.


def word_stamps(words: Words, scale: float, tones: int) -> Iterator[Stamp]:
    width = sum(map(width_of, words.runs))
    start = words.x if not words.is_upward else words.y
    ahead = {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    at = start + ahead if words.is_upward else start - ahead
    for run in words.runs:
        wide = width_of(run)
        if run.colour and run.text.strip(" ") and run.size * scale >= 1:
            halo = round(words.halo.width * scale / 2) if words.halo else 0
            looks = run.text, round(run.size * scale, 2), run.is_bold, run.is_italic, tones
            x, y = (words.x, at) if words.is_upward else (at, words.y)
            if words.halo and halo:
                yield letter_stamp(x * scale, y * scale, rgb(words.halo.colour), words.is_upward, *looks, halo)
            yield letter_stamp(x * scale, y * scale, rgb(run.colour), words.is_upward, *looks, 0)
        at += -wide if words.is_upward else wide


def letter_stamp(
    x: float,
    y: float,
    colour: Colour,
    is_upward: bool,
    text: str,
    size: float,
    bold: bool,
    italic: bool,
    tones: int,
    halo: int,
) -> Stamp:
    along = (y if is_upward else x) * QUARTERS
    whole, quarter = divmod(round(-along if is_upward else along), QUARTERS)
    made = letters if area(text, size) <= KEPT else letters.__wrapped__
    mask, left, top = made(text, size, bold, italic, quarter, halo, tones)
    if is_upward:
        turned = mask.transpose(Pixels.Transpose.ROTATE_90)
        return Stamp(round(x) + top, -whole - left - mask.width, turned.width, turned.height, colour, turned)
    return Stamp(whole + left, round(y) + top, mask.width, mask.height, colour, mask)


@lru_cache(2048)
def letters(
    text: str, size: float, is_bold: bool, is_italic: bool, quarter: int, halo: int, tones: int
) -> tuple[Pixels.Image, int, int]:
    """The mask of a text, and where it lies from the start of its base line."""
    font = font_of(size, is_bold, is_italic)
    left, top, right, bottom = (round(side) for side in font.getbbox(text, anchor="ls", stroke_width=halo))
    left, top = left - 1, top - 1
    mask = Pixels.new("L", (right - left + 2, bottom - top + 2))
    place = quarter / QUARTERS - left, -top
    ImageDraw.Draw(mask).text(place, text, 255, font, anchor="ls", stroke_width=halo)
    return toned(mask, 1, tones), left, top


@lru_cache(64)
def font_of(size: float, is_bold: bool, is_italic: bool) -> ImageFont.FreeTypeFont:
    """From its file, which all sizes share; of bytes each would keep two copies."""
    return ImageFont.truetype(face(is_bold, is_italic).path, size, layout_engine=ImageFont.Layout.BASIC)


# Images.


def image_stamps(image: Image, scale: float) -> Iterator[Stamp]:
    """In strips, so that of a large image not all is in memory."""
    left, top = round(image.x * scale), round(image.y * scale)
    width = round((image.x + image.width) * scale) - left
    height = round((image.y + image.height) * scale) - top
    if width <= 0 or height <= 0:
        return
    tall = max(1, STRIP // width)
    for first in range(0, height, tall):
        pixels = enlarged(image.png, width, height, first, min(first + tall, height))
        mask = pixels.getchannel("A")
        if image.region is not None:
            lines = straight(image.region, scale)
            moved = tuple(tuple((round(x - left, 2), round(y - top - first, 2)) for x, y in points) for points in lines)
            mask = ImageChops.multiply(mask, region_mask(*pixels.size, moved))
        yield Stamp(left, top + first, *pixels.size, (0, 0, 0), mask, pixels.convert("RGB"))


@lru_cache(8)
def enlarged(png: bytes, width: int, height: int, first: int, last: int) -> Pixels.Image:
    """Every pixel as a rectangle with sharp edges: some of the rows that there are then."""
    with Pixels.open(BytesIO(png)) as opened:
        values = np.asarray(opened.convert("RGBA"))
    rows = (np.arange(first, last) + 0.5) * len(values) // height
    cols = (np.arange(width) + 0.5) * values.shape[1] // width
    return Pixels.fromarray(values[rows.astype(int)[:, np.newaxis], cols.astype(int)])
