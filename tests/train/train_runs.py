"""Writes app/pages/train/runs/*.npz, the runs that come with the program: all, or those that are named.

python -m tests.train.train_runs [ID…]

One thread of computation; it takes about three minutes.
"""

import os
import sys

os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

from dataclasses import asdict
from time import perf_counter

import numpy as np
import orjson

from app.pages.train.shipped import packed, shipped
from app.pages.train.signs import SHIPPED, learned_sides, opening
from app.training.run import Run
from kernels.mnist import held_out, training
from kernels.training import train


def main(names: list[str]) -> None:
    for key, each in shipped().items():
        if names and each.id not in names:
            continue
        start = perf_counter()
        run = Run(key, each.task.settings)
        run.take([*train(each.task.network, each.task.settings, training(), held_out())])
        np.savez_compressed(each.file, **packed(run))
        last = run.steps[-1]
        print(
            f"{each.id}: {each.task.network.parameters:,} weights, {perf_counter() - start:.0f} s, {last}, "
            f"{each.file.stat().st_size:,} bytes",
            flush=True,
        )


def write_signs() -> None:
    sides = [asdict(side) for side in learned_sides(opening())]
    SHIPPED.write_bytes(orjson.dumps(sides, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    write_signs()
    main(sys.argv[1:])
