"""Two hundred who leave midway through streams, films and trainings: nothing of theirs stays behind."""

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.program import ROOT, answers, becomes_true, free_port, memory_of, processes_of

pytestmark = pytest.mark.slow

READERS = 200
MIDWAY = (
    "/conv2d.events?x=random:1x128x128:{}&w=random:64x1x4x4:1&padding=2",
    "/conv2d.gif?x=random:20x20:{}",
    "/train.events?steps=2000&seed={}",
    "/pictures.events?picture=cat&offset={}",
    "/conv2d.webp?x=random:20x20:{}",
)
FIRST, MORE = 80_000_000, 20_000_000
"""Bytes above one answered page after a first crowd, which wakes modules and threads; and after each that follows."""


def leave(port: int, number: int) -> None:
    """Ask, read a little where there is something within a second, and go without a word."""
    address = MIDWAY[number % len(MIDWAY)].format(number)
    with socket.create_connection(("127.0.0.1", port), timeout=1) as reader:
        reader.sendall(f"GET {address} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        try:
            reader.recv(2000)
        except TimeoutError:
            return


def crowd(port: int, process: int, most: int) -> None:
    """All of them at once: no process is left behind, and no more memory than this."""
    before = memory_of(process)
    with ThreadPoolExecutor(50) as hall:
        list(hall.map(lambda number: leave(port, number), range(READERS)))
    assert becomes_true(lambda: not processes_of(process), patience=60), processes_of(process)
    assert becomes_true(lambda: memory_of(process) - before < most, patience=60)


def test_readers_who_leave_midway_leave_nothing_behind(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "--port", str(port)], cwd=ROOT, stdout=written, stderr=written
        )
        try:
            assert answers(process, f"http://127.0.0.1:{port}/healthz")
            urlopen(f"http://127.0.0.1:{port}/conv2d", timeout=30).close()
            for most in (FIRST, MORE):
                crowd(port, process.pid, most)
        finally:
            process.terminate()
            process.wait(timeout=20)
    assert "Traceback" not in log.read_text("utf-8")
