"""A process that makes files: it reads a job, says how far it is and what came of it, and reads the next.

    python -m app.pages.exports.process

Both ways it speaks pickle, with the server that started it and nobody else. It ends when the server does: it then has
nothing to read, or nobody to write to.
"""

import logging
import pickle
from typing import BinaryIO

from app.address.refusal import Refusal
from app.child import serve
from app.pages.exports import words
from app.pages.exports.job import Job

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
    serve(main)
