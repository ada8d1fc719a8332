"""A process beside the one that answers: a module of ours, which speaks pickle over its standard input and output.

Not multiprocessing, which would leave a process of its own behind for as long as the server runs.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

KINDNESS = 5
"""How much more the pages count than such a process where both want a processor."""
ROOT = Path(__file__).resolve().parents[1]


class Child:
    """The process, and the two pipes to it."""

    def __init__(self, module: str, **environment: str) -> None:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **environment, "PYTHONPATH": path},
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.source, self.target = self.process.stdout, self.process.stdin

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """End it at once; who reads from it finds the end of what it has said."""
        self.process.kill()

    def close(self) -> None:
        """End it, and wait until it has ended; nobody may read from it any more."""
        self.kill()
        self.process.wait()
        self.source.close()
        with suppress(OSError):  # what was still to be written has nobody to read it
            self.target.close()


def serve(answer: Callable[[BinaryIO, BinaryIO], None]) -> None:
    """What the module itself does: read and write, until the server has ended, and nobody is left to write to."""
    if hasattr(os, "nice"):
        os.nice(KINDNESS)
    try:
        answer(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)
