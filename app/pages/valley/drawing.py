"""The valley as SVG: contours of the loss, and the path step by step; `data-known` says from which step on."""

from math import cos, pi, sin, sqrt

from markupsafe import Markup

from app.pages.valley import words
from app.pages.valley.asked import Descent
from app.text.format import decimals
from kernels.valley import COS, CURVATURES, SIN

WIDTH, HEIGHT = 900, 460
SCALE = 150.0
"""Units of one of a weight."""
LEVELS = (0.05, 0.25, 0.75, 1.5, 3.0, 6.0, 12.0)
"""The losses that have a contour."""
CORNERS = 72


def picture(asked: Descent) -> Markup:
    last, way = asked.last, asked.way
    about = words.PICTURE.format(steps=last, loss=decimals(float(way.losses[-1])))
    contours = "".join(contour(level) for level in LEVELS)
    points = [place(*weights) for weights in way.weights.tolist()]
    steps = "".join(step(asked, at, points) for at in range(last + 1))
    return Markup(
        f'<svg class="valley-map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{about}" font-size="15">'
        f'<clipPath id="map"><path d="M0 0H{WIDTH}V{HEIGHT}H0z"/></clipPath>'
        f'<g clip-path="url(#map)">{contours}{axes()}{steps}</g></svg>'
    )


def place(first: float, second: float) -> tuple[float, float]:
    return WIDTH / 2 + SCALE * first, HEIGHT / 2 - SCALE * second


def contour(level: float) -> str:
    """An ellipse: where the loss has this value."""
    flat, steep = (sqrt(2 * level / curvature) for curvature in CURVATURES)
    corners = []
    for corner in range(CORNERS):
        angle = 2 * pi * corner / CORNERS
        along, across = flat * cos(angle), steep * sin(angle)
        x, y = place(COS * along - SIN * across, SIN * along + COS * across)
        corners.append(f"{x:.1f},{y:.1f}")
    return f'<polygon points="{" ".join(corners)}" fill="var(--input)" fill-opacity=".05" stroke="var(--line)"/>'


def axes() -> str:
    x, y = place(0, 0)
    return (
        f'<text x="{WIDTH - 6}" y="{y + 22:g}" text-anchor="end" fill="var(--soft)">w₁</text>'
        f'<text x="{x + 10:g}" y="20" fill="var(--soft)">w₂</text>'
        f'<path d="M0 {y:g}H{WIDTH}M{x:g} 0V{HEIGHT}" stroke="var(--line)"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="3" fill="var(--soft)"/>'
    )


def step(asked: Descent, at: int, points: list[tuple[float, float]]) -> str:
    """A step: the line that leads to it, and its place. What is far outside is drawn at its border only."""
    (x, y), line = points[at], ""
    if at:
        before = points[at - 1]
        line = f'<path d="M{before[0]:.1f} {before[1]:.1f}L{x:.1f} {y:.1f}" stroke="var(--tap)" stroke-width="2.5"/>'
    ahead = "" if at <= asked.shown else ' data-ahead=""'
    return f'<g data-known="{at}"{ahead}>{line}<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="var(--tap)"/></g>'
