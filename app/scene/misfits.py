"""Sizes that do not fit: what the formula comes to before the floor, as stages and posters say it over the output.

The cells that no window reads are hatched besides, those of the padding too (`Plane.unread`).
"""

from fractions import Fraction
from typing import cast

from app.scene.scene import Scene
from app.scene.sizes import WindowSize
from app.text import page as words
from app.text.format import short


def misfits(scene: Scene) -> list[str]:
    """Of each axis on which the windows do not fit, the formula and its fraction; once, where it is the same on all.

    Where the size is rounded up, a last window hangs over the end, and nothing is left over.
    """
    sizes = [cast("WindowSize", size) for size in scene.layer.sizes() if "stride" in size and size.get("fits") is False]
    if scene.layer.parameters.get("ceil_mode"):
        return []
    lines = {size["axis"]: misfit(size) for size in sizes}
    if len(lines) == len(scene.layer.axes) and len(set(lines.values())) == 1:
        return list(lines.values())[:1]
    return [words.ON_AXIS.format(axis=axis, said=line) for axis, line in lines.items()]


def misfit(size: WindowSize) -> str:
    """(7 − 3) / 3 + 1 = 2.33 does not fit"""
    extent, (before, after) = size["dilation"] * (size["kernel"] - 1) + 1, size["padding"]
    padding = f" + 2·{before}" if before == after else f" + {before} + {after}"
    exact = Fraction(size["input"] + before + after - extent, size["stride"]) + 1
    return words.MISFIT.format(
        padded=f"{size['input']}{padding if before or after else ''}",
        extent=extent,
        stride=size["stride"],
        exact=short(float(exact)),
    )
