"""Connections as lines between a row of inputs and a row of outputs; lines of one tap look the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.equation.letters import letter
from app.painters.svg import CELL, RIM
from app.views.plane import Plane

DASHES = ("", "9 5", "2 5", "12 4 2 4", "5 3")
"""Besides its tone, each tap has a dash, so that colour is not the only sign."""
TONES = (1.0, 0.85, 0.7)
LOW, HIGH, STEEP = 120, 300, 0.36
"""Units between the rows: a share of their width, within bounds."""


@dataclass(frozen=True)
class Edge:
    """From a drawn input to an output; `tap` is the place of the weight that it shares, or −1 for one of its own."""

    input: int
    output: int
    tap: int


def with_room(outputs: Plane, inputs: int) -> Plane:
    """The row of outputs with room for the lines above it, centred under so many inputs."""
    side = (inputs - outputs.cols) * CELL / 2
    return replace(outputs, room=(min(max(LOW, STEEP * inputs * CELL), HIGH), side, 0, side))


def drawn_edges(edges: Mapping[int, Edge], outputs: Plane, lit: set[int]) -> str:
    """The lines in the room above the outputs, each by its number."""
    lines = "".join(line(number, edge, outputs, number in lit) for number, edge in edges.items())
    return f'<g class="edges" fill="none" stroke-linecap="round">{lines}</g>'


def line(number: int, edge: Edge, outputs: Plane, is_lit: bool) -> str:
    top, _, _, left = outputs.room
    x1, x2 = (edge.input + 0.5) * CELL - left, (edge.output + 0.5) * CELL
    y1, y2 = -RIM - top, -4.0
    path = f"M{x1:g} {y1:g}L{x2:g} {y2:g}"
    named = "" if edge.tap < 0 else label((x1 + x2) / 2, (y1 + y2) / 2, edge.tap, is_lit)
    shared = "" if edge.tap < 0 else f' data-tap="{edge.tap}"'
    return (
        f'<g class="edge{" lit" if is_lit else ""}" data-edge="{number}"{shared}>'
        f'<path class="hit" d="{path}" stroke-width="14"/>'
        f'<path class="line" d="{path}" {stroke(edge.tap)} stroke-width="{3 if is_lit else 1.4}"/>{named}</g>'
    )


def stroke(tap: int) -> str:
    """How the lines of a tap look; those with a weight of their own are plain."""
    if tap < 0:
        return 'stroke="var(--soft)" stroke-opacity=".7"'
    dash = DASHES[tap % len(DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="var(--tap)" stroke-opacity="{TONES[tap % len(TONES)]:g}"{dashed}'


def label(x: float, y: float, tap: int, is_lit: bool) -> str:
    """The letter of a tap on its line, on a little paper."""
    hidden = "" if is_lit else ' visibility="hidden"'
    return (
        f'<g class="letter"{hidden}><circle cx="{x:g}" cy="{y:g}" r="10" fill="var(--paper)"/>'
        f'<text x="{x:g}" y="{y + 5:g}" fill="var(--tap)" font-size="15" font-weight="700" text-anchor="middle">'
        f"{letter(tap)}</text></g>"
    )


def tap_samples(kernel: Plane) -> str:
    """Under each weight its letter, and how its lines look."""
    parts = []
    for tap in range(kernel.cols):
        x, y = tap * CELL, kernel.rows * CELL
        parts.append(
            f'<path d="M{x + 5} {y + 10}h{CELL - 10}" fill="none" {stroke(tap)} stroke-width="3"/>'
            f'<text x="{x + CELL / 2:g}" y="{y + 30}" fill="var(--tap)" font-size="15" font-weight="700"'
            f' text-anchor="middle">{letter(tap)}</text>'
        )
    return f'<g class="samples">{"".join(parts)}</g>'
