"""ConvScope as its user starts it: a process of its own, on a port of its own."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30
"""Seconds that a busy machine is given."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(folder: Path = ROOT, program: str = "app", **environment: str) -> Iterator[str]:
    """Start `python -m app`, or a program that takes its options, in a folder; yield its URL as soon as it answers."""
    with running_process(folder, program, **environment) as (url, _):
        yield url


@contextmanager
def running_process(
    folder: Path = ROOT, program: str = "app", port: int | None = None, **environment: str
) -> Iterator[tuple[str, int]]:
    """The same, with the number of its process; on a port of one's own choice, so that it can come back there."""
    port = port or free_port()
    command = [sys.executable, "-m", program, "--port", str(port)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=log, stderr=log)
        try:
            if not answers(process, f"http://127.0.0.1:{port}/healthz"):
                log.seek(0)
                raise RuntimeError(f"ConvScope did not start:\n{log.read()}")
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def answers(process: "subprocess.Popen[bytes]", url: str, patience: float = PATIENCE) -> bool:
    """Wait until a URL answers: False where the process has ended, or does not answer in time."""
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=patience).close()
            return True
        except OSError:
            time.sleep(0.02)
    return False


def becomes_true(is_so: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Wait until something is so: False where it is not in time."""
    deadline = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def processes_of(process: int) -> dict[int, str]:
    """The processes that this one has started, and those that they have, with their command lines."""
    found: dict[int, str] = {}
    with suppress(OSError):  # one has just ended
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, task.read_text().split()):
                found |= {child: Path(f"/proc/{child}/cmdline").read_text().replace("\0", " "), **processes_of(child)}
    return found


def memory_of(process: int) -> int:
    """Bytes of memory that belong to a process and all that it has started; what they share is divided among them."""
    found = 0
    for each in (process, *processes_of(process)):
        with suppress(OSError):  # it has just ended
            kilobytes = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{each}/smaps_rollup").read_text(), re.MULTILINE)
            found += 1024 * int(kilobytes[1]) if kilobytes else 0
    return found
