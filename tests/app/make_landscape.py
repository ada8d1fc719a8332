"""Paints static/pictures/landscape.webp: a lake at dusk, our own, from noise and a fixed seed.

    python -m tests.app.make_landscape        (needs pillow)

It is there to be looked at through receptive fields: large quiet parts (sky, water), edges (ridges, shore), and small
things that one unit may see whole (the boat, the moon, the cabin).
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE = 448
SCALE = 3
"""Painted larger and made smaller, so that edges are soft."""
TARGET = Path(__file__).parents[2] / "static" / "pictures" / "landscape.webp"


def main() -> None:
    side = SIDE * SCALE
    dice = np.random.default_rng(7)
    picture = sky(side)
    horizon = int(side * 0.6)
    for depth, colour in enumerate([(120, 104, 146), (86, 84, 128), (52, 60, 98)]):
        ridge(picture, dice, horizon, depth, colour)
    painted = Image.fromarray(picture.astype(np.uint8))
    moon(painted, side)
    trees(painted, dice, horizon, side)
    cabin(painted, horizon, side)
    reflect(painted, dice, horizon, side)
    boat(painted, side)
    small = painted.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    TARGET.parent.mkdir(exist_ok=True)
    small.save(TARGET, quality=72, method=6)


def sky(side: int) -> np.ndarray:
    """From deep blue to a warm horizon."""
    stops = np.array([0, 0.3, 0.48, 0.6, 1])
    colours = np.array([(38, 58, 112), (112, 104, 158), (232, 150, 128), (252, 204, 142), (252, 214, 160)])
    at = np.linspace(0, 1, side)
    rows = np.stack([np.interp(at, stops, colours[:, channel]) for channel in range(3)], axis=1)
    picture = np.repeat(rows[:, np.newaxis], side, axis=1)
    y, x = np.mgrid[:side, :side] / side
    glow = np.exp(-(((x - 0.3) / 0.34) ** 2 + ((y - 0.58) / 0.2) ** 2))[..., np.newaxis]
    return picture + glow * (np.array([255, 226, 160]) - picture) * 0.75


def rough(dice: np.random.Generator, side: int, octaves: int) -> np.ndarray:
    """A line that is rough at every scale, about −1 to 1."""
    line = np.zeros(side)
    for octave in range(octaves):
        knots = 3 * 2**octave + 2
        line += np.interp(np.linspace(0, 1, side), np.linspace(0, 1, knots), dice.normal(size=knots)) / 1.9**octave
    return line / 1.8


def ridge(picture: np.ndarray, dice: np.random.Generator, horizon: int, depth: int, colour: tuple[int, ...]) -> None:
    """A row of mountains in front of those before it."""
    side = len(picture)
    top = horizon - side * (0.2 - 0.06 * depth) - rough(dice, side, 7) * side * (0.07 - 0.015 * depth)
    rows = np.arange(side)[:, np.newaxis]
    inside = (rows > top) & (rows < horizon)
    haze = np.clip((rows - top) / (side * 0.22), 0, 1)[..., np.newaxis]
    shade = np.array(colour) * (1 - 0.3 * haze) + np.array((236, 176, 150)) * 0.3 * haze
    picture[inside] = np.broadcast_to(shade, picture.shape)[inside]


def moon(painted: Image.Image, side: int) -> None:
    layer = Image.new("L", painted.size)
    x, y, radius = side * 0.74, side * 0.17, side * 0.04
    ImageDraw.Draw(layer).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    halo = layer.filter(ImageFilter.GaussianBlur(side * 0.03)).point(lambda value: int(value * 0.6))
    for mask in (halo, layer):
        painted.paste((255, 246, 226), mask=mask)


def trees(painted: Image.Image, dice: np.random.Generator, horizon: int, side: int) -> None:
    draw = ImageDraw.Draw(painted)
    for x in sorted([*dice.uniform(0, 0.34, 34), *dice.uniform(0.8, 1, 18)]):
        height = side * dice.uniform(0.05, 0.12) * (1.2 - min(x, 1 - x))
        left, base = x * side, horizon + side * 0.012
        for part in range(5):
            top, wide = base - height * (0.3 + 0.175 * part), height * (0.23 - 0.035 * part)
            points = [
                (left - wide, top + height * 0.22),
                (left + wide, top + height * 0.22),
                (left, top - height * 0.05),
            ]
            draw.polygon(points, fill=(22, 30, 46))
        draw.rectangle((left - height * 0.02, base - height * 0.3, left + height * 0.02, base), fill=(22, 30, 46))
    draw.polygon([(0, horizon + 9), (0, horizon - side * 0.03), (side * 0.36, horizon + 9)], fill=(20, 28, 42))
    draw.polygon([(side, horizon + 9), (side, horizon - side * 0.04), (side * 0.76, horizon + 9)], fill=(20, 28, 42))


def cabin(painted: Image.Image, horizon: int, side: int) -> None:
    draw = ImageDraw.Draw(painted)
    x, y, wide, high = side * 0.83, horizon - side * 0.052, side * 0.06, side * 0.04
    draw.rectangle((x, y, x + wide, y + high), fill=(46, 34, 38))
    draw.polygon([(x - wide * 0.15, y), (x + wide * 1.15, y), (x + wide / 2, y - high * 0.8)], fill=(28, 24, 34))
    draw.rectangle((x + wide * 0.2, y + high * 0.25, x + wide * 0.45, y + high * 0.65), fill=(255, 206, 104))


def reflect(painted: Image.Image, dice: np.random.Generator, horizon: int, side: int) -> None:
    """The lake: what stands above it, turned over, shaken by waves and darker."""
    pixels = np.array(painted)
    below = side - horizon
    away = np.arange(below)
    mirrored = np.clip(horizon - 1 - (away * 1.15).astype(int), 0, None)
    wave = dice.normal(size=below).cumsum()
    wave = (wave - np.linspace(wave[0], wave[-1], below)) * 0.12 + np.sin(away / (5 + away * 0.03)) * (
        1.5 + away * 0.03
    )
    columns = np.arange(side)
    for row in range(below):
        shaken = np.clip(columns + int(wave[row]), 0, side - 1)
        dim = 0.82 - 0.42 * row / below
        glint = 1 + 0.06 * np.sin(row / 3 + columns / 40)[:, np.newaxis]
        pixels[horizon + row] = np.clip(pixels[mirrored[row], shaken] * dim * glint + (4, 10, 20), 0, 255)
    painted.paste(Image.fromarray(pixels))


def boat(painted: Image.Image, side: int) -> None:
    draw = ImageDraw.Draw(painted)
    x, y, size = side * 0.52, side * 0.735, side * 0.075
    for sign, shade in ((1, 1.0), (-1, 0.45)):  # the boat, and in the water its likeness

        def tone(*colour: int, shade: float = shade) -> tuple[int, ...]:
            return tuple(int(value * shade) for value in colour)

        draw.polygon(
            [(x, y - sign * size * 0.12), (x, y - sign * size * 1.3), (x + size * 0.75, y - sign * size * 0.12)],
            fill=tone(250, 240, 226),
        )
        draw.polygon(
            [
                (x - size * 0.06, y - sign * size * 0.12),
                (x - size * 0.06, y - sign * size * 1.1),
                (x - size * 0.5, y - sign * size * 0.12),
            ],
            fill=tone(226, 120, 88),
        )
        draw.polygon(
            [
                (x - size * 0.7, y),
                (x + size * 0.85, y),
                (x + size * 0.55, y + sign * size * 0.24),
                (x - size * 0.45, y + sign * size * 0.24),
            ],
            fill=tone(70, 40, 36),
        )


if __name__ == "__main__":
    main()
