"""Makes app/grids/photographs/*.webp of the pictures that the scikit-image wheel carries, smaller and without loss.

    python -m tests.app.make_photographs FOLDER        (the wheel's skimage/data)

Without loss, so that every decoder gives the same numbers: links depend on them.
"""

import sys
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).parents[2] / "app" / "grids" / "photographs"
SOURCES = {
    "cat": ("chelsea.png", 451),
    "astronaut": ("astronaut.png", 384),
    "coffee": ("coffee.png", 384),
    "rocket": ("rocket.jpg", 384),
    "camera": ("camera.png", 512),
    "retina": ("retina.jpg", 384),
    "brick": ("brick.png", 256),
    "text": ("text.png", 448),
}
"""The file of each, and its longer side here."""


def main(folder: Path) -> None:
    for name, (file, side) in SOURCES.items():
        picture = Image.open(folder / file)
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        picture.save(TARGET / f"{name}.webp", lossless=True, quality=100, method=6, exact=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
