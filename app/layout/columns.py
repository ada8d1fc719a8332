"""The places of a view side by side, their planes one under the other."""

from dataclasses import replace

from app.layout.placed import CAPTION, CELL, GAP, LABELS, MARGIN, Placed, for_files
from app.views.plane import Plane
from app.views.view import Place, Titled


def cell_size(plane: Plane) -> float:
    """Full size for small planes; larger ones shrink to the space that seven or eight cells take."""
    return min(CELL, 420 / max(plane.rows, plane.cols))


def place_columns(places: tuple[Place, ...]) -> list[Placed]:
    """The places side by side, their planes one under the other, all on one middle line."""
    places = in_columns(places)
    columns = [stack(place.planes) for place in places]
    height = max(column[-1].bottom for column in columns)
    placed, x = [], float(MARGIN)
    for place, column in zip(places, columns, strict=True):
        drop = (height - column[-1].bottom) / (1 if place.is_grounded else 2)
        width = max(part.breadth for part in column)
        x += LABELS if any(part.is_labelled for part in column) else 0
        placed += [replace(part, x=x + (width - part.right) / 2, y=part.y + drop + MARGIN / 2) for part in column]
        x += width + GAP
    return placed


def in_columns(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The rows that a page shows of several results, as columns: the stamps under each other, and the results."""
    names = [place.name for place in places]
    if names.count("output") < 2:
        return places
    return tuple(
        Place(name, tuple(titled for place in places if place.name == name for titled in place.planes))
        for name in dict.fromkeys(names)
    )


def stack(planes: tuple[Titled, ...]) -> list[Placed]:
    """Planes one under the other, from the origin."""
    placed, y = [], 0.0
    for titled in planes:
        title = "" if titled.plane.grid == "b" else titled.title
        cell = titled.cell or cell_size(titled.plane)
        plane = Placed(titled.plane, 0, 0, cell, title, for_files(titled.marks))
        placed.append(replace(plane, y=y + (titled.plane.clearance[0] * cell or CAPTION + plane.above)))
        y = placed[-1].bottom + 10
    return placed
