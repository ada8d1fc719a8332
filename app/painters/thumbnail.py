"""Scenes in the space of a stamp: a few shapes each, without numbers, in the colours of the page's theme."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.layout.box import CELL
from app.painters.palette import PAGE
from app.painters.svg import OUTLINE, is_dilated
from app.views.frame import cells_of
from app.views.plane import Plane
from app.views.view import View, start_step

SHADES = 3
"""How many there are of each colour: each is one shape."""
DARKEST = 0.62
NUMBERED = 16
"""Cells a side up to which lines part them."""
MOST_SHADED = 28
"""Squares a side; a digit has so many cells."""
GAP = 0.32
"""Between the two planes, as a share of the larger one's side."""
THIN = 'fill="none" vector-effect="non-scaling-stroke"'
CURVE = (150, 80)
"""Units of the picture of a curve."""


def thumbnail(view: View) -> str:
    """The data, the results, and where the window stands on both."""
    frame = view.frame(start_step(view))
    planes = {titled.plane.id: titled.plane for place in view.places(frame) for titled in place.planes}
    source, target = (next(plane for name, plane in planes.items() if name.startswith(grid)) for grid in ("x.", "y."))
    height = max(source.rows, target.rows) * CELL
    gap = GAP * max(source.cols, target.cols, source.rows, target.rows) * CELL
    width = (source.cols + target.cols) * CELL + gap
    margin = 0.02 * height
    drawn = "".join(
        f'<g transform="translate({left:g} {(height - plane.rows * CELL) / 2:g})">'
        f"{shapes(plane, cells_of(frame['outlines'], plane.id, but='winner'))}</g>"
        for plane, left in ((source, 0.0), (target, source.cols * CELL + gap))
    )
    x, y, tip = source.cols * CELL + 0.25 * gap, height / 2, 0.5 * gap
    arrow = f'<path d="M{x:g} {y:g}h{tip:g}m{-tip / 3:g} {-tip / 3:g}l{tip / 3:g} {tip / 3:g}l{-tip / 3:g} {tip / 3:g}"'
    return svg(
        (-margin, -margin, width + 2 * margin, height + 2 * margin),
        f'{drawn}{arrow} {THIN} stroke="{PAGE["soft"]}" stroke-width="1.5"/>',
    )


def curve(values: NDArray[np.float64]) -> str:
    """Numbers that fall, by their logarithms, over a ground line."""
    width, height = CURVE
    logs = np.log10(np.maximum(values, 1e-12))
    downs = (logs.max() - logs) / max(float(np.ptp(logs)), 1e-12) * height
    points = " ".join(f"{i * width / (len(downs) - 1):.1f},{down:.1f}" for i, down in enumerate(downs.tolist()))
    return svg(
        (-4, -4, width + 8, height + 8),
        f'<path d="M0 0V{height}H{width}" {THIN} stroke="{PAGE["line"]}" stroke-width="1.5"/>'
        f'<polyline points="{points}" {THIN} stroke="{PAGE["tap"]}" stroke-width="2.5" stroke-linejoin="round"/>',
    )


def svg(box: tuple[float, float, float, float], inner: str) -> str:
    return f'<svg viewBox="{" ".join(f"{side:g}" for side in box)}" aria-hidden="true">{inner}</svg>'


def shapes(plane: Plane, window: Sequence[int]) -> str:
    """Paper, a shape for each shade, the lines between the cells, and the outline of the window."""
    width, height = plane.cols * CELL, plane.rows * CELL
    lines = ""
    if max(plane.rows, plane.cols) <= NUMBERED:
        across = "".join(f"M0 {row * CELL}h{width}" for row in range(1, plane.rows))
        down = "".join(f"M{col * CELL} 0v{height}" for col in range(1, plane.cols))
        lines = across + down
    frame = f"M0 0h{width}v{height}h{-width}z"
    return (
        f'<path d="{frame}" fill="{PAGE["paper"]}"/>{shaded(plane)}'
        f'<path d="{frame}{lines}" {THIN} stroke="{PAGE["line"]}"/>{outline(plane, window)}'
    )


def shaded(plane: Plane) -> str:
    """The cells by their shades; of a photograph every few, as more of them could not be distinguished in a stamp."""
    step = -(-max(plane.rows, plane.cols) // MOST_SHADED)
    values = np.nan_to_num(plane.values[::step, ::step])
    shades = np.ceil(np.clip(np.abs(values) / plane.scale, 0, 1) * SHADES) * np.sign(values)
    return "".join(
        f'<path d="{squares(np.argwhere(shades == shade).tolist(), step * CELL)}"'
        f' fill="{PAGE["negative" if shade < 0 else plane.space]}"'
        f' fill-opacity="{abs(shade) / SHADES * DARKEST:.2f}"/>'
        for shade in range(-SHADES, SHADES + 1)
        if shade and (shades == shade).any()
    )


def outline(plane: Plane, window: Sequence[int]) -> str:
    """Around the whole window; around each of its cells, where it leaves some out."""
    if not window:
        return ""
    cells = [list(divmod(cell, plane.cols)) for cell in window]
    rows, cols = zip(*cells, strict=True)
    top, left = min(rows), min(cols)
    whole = f"M{left * CELL} {top * CELL}H{(max(cols) + 1) * CELL}V{(max(rows) + 1) * CELL}H{left * CELL}z"
    path = squares(cells) if is_dilated(rows, cols) else whole
    return f'<path d="{path}" {THIN} stroke="{PAGE[OUTLINE[plane.space]]}" stroke-width="2"/>'


def squares(cells: Sequence[Sequence[int]], side: int = CELL) -> str:
    return "".join(f"M{col * side} {row * side}h{side}v{side}h-{side}z" for row, col in cells)
