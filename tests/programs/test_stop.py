"""A copy that is asked to stop while streams, films and trainings are under way ends them, and says nothing of it."""

import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.program import ROOT, answers, becomes_true, free_port, processes_of

pytestmark = pytest.mark.slow

STREAM = "/conv2d.events?x=random:1x128x128:1&w=random:64x1x4x4:1&padding=2"
"""More than what fits between two programs while nobody reads it."""
FILM = "/conv2d.gif?x=random:40x40:1&width=1920"
LONG = (STREAM, "/train.events?steps=2000&seed=7", FILM)


def asking(port: int, address: str) -> socket.socket:
    """Somebody who asks, and reads no further."""
    reader = socket.create_connection(("127.0.0.1", port), timeout=30)
    reader.sendall(f"GET {address} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    return reader


def makes_a_film(process: int) -> bool:
    """Whether a process has been started for it."""
    return any("exports.process" in each for each in processes_of(process).values())


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_under_way_ends_within_seconds_without_a_word(workers: int, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "app", "--port", str(port), "--workers", str(workers)]
    with log.open("w") as written, ExitStack() as stack:
        process = subprocess.Popen(command, cwd=ROOT, stdout=written, stderr=written)
        stack.callback(process.kill)
        assert answers(process, f"http://127.0.0.1:{port}/healthz")
        stream, training, film = [stack.enter_context(asking(port, address)) for address in LONG]
        assert stream.recv(15) == training.recv(15) == b"HTTP/1.1 200 OK"
        assert becomes_true(lambda: makes_a_film(process.pid))
        started = processes_of(process.pid)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert time.monotonic() - begun < 10
        refused = film.recv(100_000).decode()
        assert refused.startswith("HTTP/1.1 503 Service Unavailable")
        assert "retry-after: 5" in refused
    assert becomes_true(lambda: not [each for each in started if Path(f"/proc/{each}").exists()])
    assert log.read_text("utf-8") == f"ConvScope: http://127.0.0.1:{port} (Ctrl+C stops it)\n"
