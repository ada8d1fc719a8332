"""How large the gradient of each layer is: bars on a scale of powers of ten, as it may vanish on its way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 400, 112
LEFT, RIGHT, TOP, BOTTOM = 44, 4, 16, 92
LEAST, MOST = 1e-8, 1.0
RULES = ((1.0, "1"), (1e-4, "10⁻⁴"), (1e-8, "10⁻⁸"))
WIDEST = 56
FEW = 6
"""So many bars have room for their numbers."""
LETTER = 7
"""The width of one in a label, and of what stands between two labels."""


@dataclass(frozen=True)
class Bar:
    """A layer, and how large the gradient of the run behind is there. static/js/train/gradients.js draws on."""

    place: str
    title: str
    x: float
    width: float
    size: float | None
    ghost: float | None
    is_labelled: bool

    @property
    def height(self) -> float:
        return height(self.size or 0.0)

    @property
    def said(self) -> str:
        return "" if self.size is None else f"{self.size:.2g}"

    @property
    def ghost_line(self) -> str:
        if self.ghost is None:
            return ""
        return f"M{self.x - 3:.1f} {BOTTOM - height(self.ghost):.1f}h{self.width + 6:.1f}"


def height(size: float) -> float:
    """From the smallest that is shown to the largest."""
    share = (log10(max(size, LEAST)) - log10(LEAST)) / (log10(MOST) - log10(LEAST))
    return round((BOTTOM - TOP) * min(share, 1.0), 1)


def bars(
    layers: Sequence[tuple[str, str]], sizes: Mapping[str, float], behind: Mapping[str, float] | None = None
) -> list[Bar]:
    """Of (place, title); the run behind is drawn where it has as many layers."""
    ghosts = list(behind.values()) if behind and len(behind) == len(layers) else [None] * len(layers)
    apart = (WIDTH - LEFT - RIGHT) / len(layers)
    width = min(WIDEST, 0.7 * apart)
    widest = max(len(place) for place, _ in layers) * LETTER
    every = ceil(widest / apart) if len(layers) > FEW else 1
    return [
        Bar(
            place,
            title,
            round(LEFT + (index + 0.5) * apart - width / 2, 1),
            round(width, 1),
            sizes.get(place),
            ghosts[index],
            index % every == 0,
        )
        for index, (place, title) in enumerate(layers)
    ]
