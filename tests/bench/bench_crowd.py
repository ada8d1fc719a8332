"""How long a small scene takes while twenty others ask for the largest: python -m tests.bench.bench_crowd

The ratio is of two 99th percentiles from the same run, of a copy that has nothing else to do and of the same copy under
this load. It should be at most 5.
"""

import http.client
import socket
import sys
import time
from multiprocessing import Process
from threading import Thread

from tests.program import running

CLIENTS = 20
SMALL = ("/conv2d.json?x=random:7x7:{}", "/conv2d?x=random:7x7:{}")
LARGEST = (
    "/conv2d.json?x=random:1x128x128:{}&w=random:64x1x4x4:1&padding=2",
    "/conv2d.events?x=random:1x128x128:{}&w=random:64x1x4x4:1&padding=2",
    "/conv2d?x=random:1x128x128:{}&w=random:5x1x15x15:1&padding=7",
)
TIMES = 300
MOST = 5.0


def main() -> None:
    with running() as url:
        port = int(url.rsplit(":", 1)[1])
        for address in SMALL:
            seconds(port, address, 50, 0)
        idle = [slowest(seconds(port, address, TIMES, 1_000)) for address in SMALL]
        crowd = Process(target=ask_for_the_largest, args=(port,), daemon=True)
        crowd.start()
        time.sleep(2)
        busy = [slowest(seconds(port, address, TIMES, 10_000)) for address in SMALL]
        crowd.terminate()
    ratios = [under / alone for under, alone in zip(busy, idle, strict=True)]
    for address, alone, under, ratio in zip(SMALL, idle, busy, ratios, strict=True):
        print(
            f"{address.partition('?')[0]}: {1000 * alone:.1f} ms alone, {1000 * under:.1f} ms in a crowd: {ratio:.1f}"
        )
    sys.exit(max(ratios) > MOST)


def seconds(port: int, address: str, times: int, first: int) -> list[float]:
    """How long each of so many scenes took, all of them new, with a moment between two."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found = []
    for number in range(first, first + times):
        start = time.perf_counter()
        line.request("GET", address.format(number))
        answer = line.getresponse()
        answer.read()
        found.append(time.perf_counter() - start)
        assert answer.status == 200
        time.sleep(0.01)
    return found


def slowest(times: list[float]) -> float:
    """The 99th percentile."""
    return sorted(times)[len(times) * 99 // 100]


def ask_for_the_largest(port: int) -> None:
    """Twenty readers who never have enough, in a process of their own."""
    readers = [Thread(target=ask_again_and_again, args=(port, number)) for number in range(CLIENTS)]
    for reader in readers:
        reader.start()


def ask_again_and_again(port: int, reader: int) -> None:
    for number in range(100_000 * reader, 100_000 * (reader + 1)):
        address = LARGEST[number % len(LARGEST)].format(number)
        with socket.create_connection(("127.0.0.1", port)) as line:
            lines = (f"GET {address} HTTP/1.1", "Host: here", "Accept-Encoding: br", "Connection: close", "", "")
            line.sendall("\r\n".join(lines).encode())
            while line.recv(1_000_000):
                pass


if __name__ == "__main__":
    main()
