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
MOST_MORE = 30_000_000
"""Bytes above what a copy has that has answered one page: modules and tables that it has read since stay with it."""


def leave(port: int, number: int) -> None:
    """Ask, read a little where there is something within a second, and go without a word."""
    address = MIDWAY[number % len(MIDWAY)].format(number)
    with socket.create_connection(("127.0.0.1", port), timeout=1) as reader:
        reader.sendall(f"GET {address} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        try:
            reader.recv(2000)
        except TimeoutError:
            return


def test_readers_who_leave_midway_leave_nothing_behind(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "--port", str(port)], cwd=ROOT, stdout=written, stderr=written
        )
        try:
            assert answers(process, f"http://127.0.0.1:{port}/healthz")
            urlopen(f"http://127.0.0.1:{port}/conv2d", timeout=30).close()
            idle = memory_of(process.pid)
            with ThreadPoolExecutor(50) as hall:
                list(hall.map(lambda number: leave(port, number), range(READERS)))
            assert becomes_true(lambda: memory_of(process.pid) - idle < MOST_MORE, patience=60)
            assert becomes_true(lambda: not processes_of(process.pid), patience=60), processes_of(process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)
    assert "Traceback" not in log.read_text("utf-8")
