"""Many pictures of one scene as pixels, one after the other: of each only the regions that are not as in the last one
are drawn.

Parts that both pictures have split them into runs. What differs within a run is found stamp by stamp, and masks that
lie in the same place, such as the veils of two windows, are compared: so a window that moves costs what it covers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PIL import Image, ImageChops

from app.painters.raster import Stamp, press, rgb, stamps_of
from app.painters.shapes import Drawing, Group, Shape

TONES = 3
"""Of soft edges in a film: few are packed small, and more are hardly seen."""
NEAR = 8
"""Pixels between two regions that are drawn as one."""

Sides = tuple[int, int, int, int]
"""Left, top, right and bottom."""
Part = Shape | Group
Name = tuple[object, ...]


class Stamped(NamedTuple):
    """A part of a picture as stamps, and all that they cover."""

    stamps: tuple[Stamp, ...]
    sides: Sides


class Canvas:
    """Draws one picture after the other, all of the same width, and on paper."""

    def __init__(self, width: int, tones: int = TONES) -> None:
        self.width = width
        self.tones = tones
        self.image = Image.new("RGB", (0, 0))
        self.ground: tuple[object, ...] = ()
        self.parts: tuple[Part, ...] = ()
        self.stamped: dict[Part, Stamped] = {}

    def draw(self, drawing: Drawing) -> Image.Image:
        scale = self.width / drawing.width
        size = self.width, max(round(drawing.height * scale), 1)
        paper = rgb(drawing.paper or "#ffffff")
        if (size, paper, scale) != self.ground:
            self.image, self.ground = Image.new("RGB", size, paper), (size, paper, scale)
            self.parts, self.stamped = (), {}
        before, self.parts = self.parts, drawing.parts
        known = self.stamped
        now = {part: known.get(part) or self.stamps(part, scale) for part in drawing.parts}
        self.stamped = known | now
        found = regions(self.changes(before, drawing.parts), size)
        self.stamped = now
        image = self.image.copy()
        for region in found:
            image.paste(self.drawn(region, paper), region)
        self.image = image
        return image

    def stamps(self, part: Part, scale: float) -> Stamped:
        shapes = part.shapes if isinstance(part, Group) else (part,)
        stamps = tuple(stamp for shape in shapes for stamp in stamps_of(shape, scale, self.tones))
        return Stamped(stamps, around(map(sides_of, stamps)))

    def changes(self, before: Sequence[Part], now: Sequence[Part]) -> Iterator[Sides]:
        """Where a pixel may be another: what has gone or come; everywhere, where what stays has another order."""
        shared = set(before) & set(now)
        if [part for part in before if part in shared] != [part for part in now if part in shared]:
            yield (0, 0, *self.image.size)
            return
        for old, new in zip(self.runs(before, shared), self.runs(now, shared), strict=True):
            yield from differences(old, new)

    def runs(self, parts: Iterable[Part], shared: set[Part]) -> Iterator[list[Stamp]]:
        """The stamps before, between and after the parts that are shared."""
        run: list[Stamp] = []
        for part in parts:
            if part in shared:
                yield run
                run = []
            else:
                run += self.stamped[part].stamps
        yield run

    def drawn(self, region: Sides, paper: tuple[int, int, int]) -> Image.Image:
        """What is seen of all parts in a region."""
        left, top, right, bottom = region
        image = Image.new("RGB", (right - left, bottom - top), paper)
        for part in self.parts:
            stamps, sides = self.stamped[part]
            if touch(sides, region):
                for stamp in stamps:
                    if touch(sides_of(stamp), region):
                        press(image, stamp, left, top)
        return image


def differences(before: Sequence[Stamp], now: Sequence[Stamp]) -> Iterator[Sides]:
    """Where stamps that take the place of others show something else."""
    old, new = dict(named(before)), dict(named(now))
    shared = old.keys() & new.keys()
    if [name for name in old if name in shared] != [name for name in new if name in shared]:
        shared = set()
    for name, stamp in old.items():
        if name not in shared:
            yield sides_of(stamp)
        elif stamp.mask is not new[name].mask or stamp.pixels is not None:
            yield from difference(stamp, new[name])
    yield from (sides_of(stamp) for name, stamp in new.items() if name not in shared)


def named(stamps: Iterable[Stamp]) -> Iterator[tuple[Name, Stamp]]:
    """Each with a name that says where it is, and in which colour; a second one there has another."""
    counts: Counter[Name] = Counter()
    for stamp in stamps:
        name = stamp[:5]
        counts[name] += 1
        yield (*name, counts[name]), stamp


def difference(stamp: Stamp, other: Stamp) -> Iterator[Sides]:
    """Where two stamps in one place are not the same: of masks alone, where those differ."""
    if stamp.mask is None or other.mask is None or stamp.pixels is not None or other.pixels is not None:
        yield sides_of(stamp)
        return
    box = ImageChops.difference(stamp.mask, other.mask).getbbox()
    if box:
        left, top, right, bottom = box
        yield stamp.left + left, stamp.top + top, stamp.left + right, stamp.top + bottom


# Regions.


def regions(changes: Iterable[Sides], size: tuple[int, int]) -> list[Sides]:
    """As few as hold all changes, none of them near to another, within a picture."""
    found: list[Sides] = []
    for change in changes:
        found = joined(found, change)
    whole = (0, 0, *size)
    return [inside(each, whole) for each in found if touch(each, whole)]


def joined(regions: list[Sides], change: Sides) -> list[Sides]:
    """One more; it becomes one with those that are near."""
    left, top, right, bottom = change
    near = (left - NEAR, top - NEAR, right + NEAR, bottom + NEAR)
    for place, region in enumerate(regions):
        if touch(region, near):
            if is_inside(change, region):
                return regions
            return joined(regions[:place] + regions[place + 1 :], around((region, change)))
    return [*regions, change]


def sides_of(stamp: Stamp) -> Sides:
    left, top, width, height = stamp[:4]
    return left, top, left + width, top + height


def around(all_sides: Iterable[Sides]) -> Sides:
    """Those of all of them together; of none, nothing."""
    lefts, tops, rights, bottoms = zip(*all_sides, strict=True) if (all_sides := list(all_sides)) else ((0,),) * 4
    return min(lefts), min(tops), max(rights), max(bottoms)


def inside(sides: Sides, outer: Sides) -> Sides:
    return max(sides[0], outer[0]), max(sides[1], outer[1]), min(sides[2], outer[2]), min(sides[3], outer[3])


def is_inside(sides: Sides, outer: Sides) -> bool:
    return inside(sides, outer) == sides


def touch(one: Sides, other: Sides) -> bool:
    """Whether any pixel belongs to both."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
