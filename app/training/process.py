"""A process that trains: it reads settings, sends what comes of them, and reads the next.

    python -m app.training.process

Both ways it speaks pickle, with the server that started it and nobody else. It ends when the server does: it then has
nothing to read, or nobody to write to.
"""

import os
import pickle
import sys
from collections.abc import Iterator
from time import monotonic
from typing import BinaryIO

from kernels.mnist import held_out, training
from kernels.trainable import network_of
from kernels.training import Checkpoint, Settings, Step, train

PATIENCE = 0.2
"""Seconds for which steps are gathered before they are sent."""
KINDNESS = 5
"""How much more the pages count than the training where both want a processor."""


def main(source: BinaryIO, target: BinaryIO) -> None:
    training(), held_out()  # read before the first run is waited for
    while True:
        try:
            settings = pickle.load(source)
        except EOFError:
            return
        for events in gathered(settings):
            pickle.dump(events, target)
            target.flush()
        pickle.dump(None, target)
        target.flush()


def gathered(settings: Settings) -> Iterator[list[Step | Checkpoint]]:
    """The events of a run, a few at a time: a message for each would keep the server busy with nothing else."""
    waiting: list[Step | Checkpoint] = []
    sent = monotonic()
    for event in train(network_of(settings.stack), settings, training(), held_out()):
        waiting.append(event)
        if monotonic() - sent > PATIENCE:
            yield waiting
            waiting, sent = [], monotonic()
    yield waiting


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(KINDNESS)
    try:
        main(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)  # the server has ended, and there is nobody to tell
