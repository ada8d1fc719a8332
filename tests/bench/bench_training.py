"""How long one step of 64 digits through LeNet takes, forward and backward, against PyTorch, one thread each, and how
long the run that /train opens with takes, trained anew.

python -m tests.bench.bench_training
"""

import os
import sys
from pathlib import Path

if __name__ == "__main__":  # Before NumPy is imported: BLAS reads these when it is loaded.
    os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    sys.path.insert(0, str(Path(__file__).parents[2]))

from time import perf_counter

import numpy as np

from app.pages.train.task import read_task
from app.settings import Limits
from kernels.layers import StackLayer
from kernels.mnist import held_out, training
from kernels.trainable import as_batch, initial, learn_from, network_of
from kernels.training import Step, train

ROUNDS, DIGITS, TARGET, SECONDS = 60, 64, 2.5, 15
RELU, POOL = StackLayer("relu"), StackLayer("maxpool", (2,))
LENET = (
    StackLayer("conv", (5,), 6, padding=((2, 2),)),
    *(RELU, POOL),
    StackLayer("conv", (5,), 16),
    *(RELU, POOL),
    StackLayer("conv", (5,), 120),
    *(RELU, StackLayer("flatten")),
    *(StackLayer("linear", channels=84), RELU, StackLayer("linear", channels=10)),
)


def main() -> bool:
    import torch
    from torch import nn

    torch.set_num_threads(1)
    random = np.random.default_rng(1)
    images, labels = random.random((DIGITS, 28, 28), dtype=np.float32), random.integers(0, 10, DIGITS)
    network = network_of(LENET)
    weights, x = initial(network, 1.0, random), as_batch(images)
    theirs = nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    )
    their_x, their_labels = torch.from_numpy(images)[:, None], torch.from_numpy(labels)

    def their_step() -> None:
        theirs.zero_grad()
        nn.functional.cross_entropy(theirs(their_x), their_labels).backward()

    best = [float("inf")] * 2
    for _ in range(ROUNDS):
        for place, step in enumerate((lambda: learn_from(network, weights, x, labels), their_step)):
            start = perf_counter()
            step()
            best[place] = min(best[place], perf_counter() - start)
    ratio = best[0] / best[1]
    print(f"ours {best[0] * 1e3:.2f} ms, torch {best[1] * 1e3:.2f} ms, ratio {ratio:.2f}, target {TARGET}")
    return ratio <= TARGET and opening_is_quick()


def opening_is_quick() -> bool:
    task = read_task({}, Limits())
    start = perf_counter()
    *_, step, _ = train(task.network, task.settings, training(), held_out())
    seconds = perf_counter() - start
    assert isinstance(step, Step)
    print(f"the opening run: {seconds:.1f} s, {step.held_out:.1%} of the held-out digits, target {SECONDS} s and 95 %")
    return seconds <= SECONDS and (step.held_out or 0) >= 0.95


if __name__ == "__main__":
    sys.exit(not main())
