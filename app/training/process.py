"""A process that trains: it reads settings, sends what comes of them, and reads the next.

    python -m app.training.process

After each message it is told whether to go on. Where not, it sends the network as it stands, from which any process
takes the run up again, and reads the next settings.

Both ways it speaks pickle, with the server that started it and nobody else. It ends when the server does: it then has
nothing to read, or nobody to write to.
"""

import pickle
from collections.abc import Iterator
from time import monotonic
from typing import BinaryIO

from app.child import serve
from kernels.mnist import held_out, training
from kernels.trainable import network_of
from kernels.training import Checkpoint, Settings, Step, Trainer, go_on

PATIENCE = 0.2
"""Seconds for which steps are gathered before they are sent."""


def main(source: BinaryIO, target: BinaryIO) -> None:
    training(), held_out()  # read before the first run is waited for

    def send(message: object) -> None:
        pickle.dump(message, target)
        target.flush()

    while True:
        try:
            settings, stood = pickle.load(source)
        except EOFError:
            return
        trainer = begun(settings, stood)
        for events in gathered(trainer):
            send(events)
            if not pickle.load(source) and not trainer.has_ended:
                send(pickle.dumps(trainer))
                break
        else:
            send(None)


def begun(settings: Settings, stood: bytes | None) -> Trainer:
    """The network at the start of its run, or where the run stood when it was put away."""
    if stood is None:
        return Trainer(network_of(settings.stack), settings, training())
    trainer: Trainer = pickle.loads(stood)
    trainer.training = training()
    return trainer


def gathered(trainer: Trainer) -> Iterator[list[Step | Checkpoint]]:
    """The events of a run, a few at a time: a message for each would keep the server busy with nothing else."""
    waiting: list[Step | Checkpoint] = []
    sent = monotonic()
    for event in go_on(trainer, held_out()):
        waiting.append(event)
        if isinstance(event, Step) and monotonic() - sent > PATIENCE:  # it stands between two steps
            yield waiting
            waiting, sent = [], monotonic()
    yield waiting


if __name__ == "__main__":
    serve(main)
