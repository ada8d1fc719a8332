"""A process that makes files: it reads a job, says how far it is and what came of it, and reads the next.

    python -m app.pages.exports.process

Both ways it speaks pickle, with the server that started it and nobody else. It ends when the server does: it then has
nothing to read, or nobody to write to.
"""

import logging
import os
import pickle
import sys
from typing import BinaryIO

from app.address.refusal import Refusal
from app.pages.exports import words
from app.pages.exports.job import Job

KINDNESS = 5
"""How far it stands back for those that answer pages."""

logger = logging.getLogger(__name__)


def main(source: BinaryIO, target: BinaryIO) -> None:
    def say(*said: object) -> None:
        pickle.dump(said, target)
        target.flush()

    while True:
        try:
            job: Job = pickle.load(source)
        except EOFError:
            return
        try:
            made = job.make(lambda done, total: say("progress", (done, total)))
        except Refusal as refusal:
            say("refused", refusal)
        except BrokenPipeError:
            raise
        except Exception:
            logger.exception("an export of %s, %s, failed", job.operation, job.write.__qualname__)
            say("failed", RuntimeError(words.FAILED))
        else:
            say("made", made)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(KINDNESS)
    try:
        main(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)  # the server has ended, and there is nobody to tell
