"""A process beside the one that answers: a module of ours, which speaks pickle over its standard input and output.

Not multiprocessing, which would leave a process of its own behind for as long as the server runs.
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

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
