"""A region of a result as numbers, with the same region of its picture."""

from dataclasses import dataclass
from typing import Any

from app.address.parameters import shown
from app.address.phrases import is_count, times
from app.address.query import Raw
from app.address.refusal import Refusal
from app.pages.pictures import words
from app.pages.pictures.recipe import Recipe
from app.pages.pictures.result import Result
from app.text.encoding import dumps, encode

MOST = 128
"""Cells a side."""


@dataclass(frozen=True)
class Region:
    row: int
    col: int
    rows: int
    cols: int


def take_region(raw: Raw) -> Region | None:
    """Take `region` out of the raw values: row, column, rows, columns."""
    text = raw.pop("region", None)
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")] if isinstance(text, str) else [str(part) for part in text]
    if len(parts) != 4 or not all(map(is_count, parts)) or not all(int(part) for part in parts[2:]):
        raise Refusal(words.REGION_FORM.format(text=shown(text)), loc=("region",))
    region = Region(*map(int, parts))
    if max(region.rows, region.cols) > MOST:
        said = words.REGION_LARGE.format(most=MOST, rows=region.rows, cols=region.cols)
        raise Refusal(said, type="too_large", loc=("region",))
    return region


def document(recipe: Recipe, region: Region | None) -> bytes:
    """The JSON: unless a region is given, the first rows and columns, as many as may be asked for."""
    rows, cols = recipe.shape
    region = region or Region(0, 0, min(rows, MOST), min(cols, MOST))
    if region.row + region.rows > rows or region.col + region.cols > cols:
        said = words.REGION_OUTSIDE.format(region=spelled(region), shape=times(recipe.shape))
        raise Refusal(said, type="less_than_equal", loc=("region",))
    y = Result(recipe).rows(region.row, region.row + region.rows)
    return dumps(
        {
            "picture": {"name": recipe.picture.text, "shape": recipe.x.shape},
            "parameters": described(recipe),
            "shape": [recipe.results, *recipe.shape],
            "region": [region.row, region.col, region.rows, region.cols],
            "x": grid(recipe.x[:, region.row : region.row + region.rows], region),
            "w": {"shape": recipe.w.shape, "values": encode(recipe.w.values)},
            "y": grid(y, region),
        }
    )


def spelled(region: Region) -> str:
    return f"{region.row},{region.col},{region.rows},{region.cols}"


def grid(rows: Any, region: Region) -> dict[str, Any]:
    values = rows[:, :, region.col : region.col + region.cols]
    return {"shape": values.shape, "values": encode(values)}


def described(recipe: Recipe) -> dict[str, Any]:
    """Every parameter, defaults filled in; the padding as (before, after) along rows and columns."""
    given = recipe.parameters
    return {
        "colour": given.colour,
        "stride": list(given.stride),
        "padding": [list(axis.padding) for axis in recipe.axes[0]],
        "padding_mode": given.padding_mode,
        "dilation": list(given.dilation),
        "groups": recipe.planes,
        "repeat": given.repeat,
        "join": given.join,
        "scale": given.scale,
        "offset": given.offset,
        "absolute": given.absolute,
        "pool": None if given.pool is None else {"kind": given.pool[0], "size": given.pool[1]},
    }
