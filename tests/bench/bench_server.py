"""What an answer costs: the bytes of a trace, and the processor time of a request, in units of a bare Starlette route.

Pages that nobody has seen are asked for all at once, as many as a lecture hall sends, and so is the bare route.

    python -m tests.bench.bench_server

Processor time is the server process's own, user and system, read from its clock, so waiting costs nothing and other
programs little. Every case takes its turn in every round, and its best round counts.
"""

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from types import SimpleNamespace

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.program import ROOT, answers, free_port

ROUNDS = 8
REQUESTS = 100
AT_ONCE, AT_ONCE_ROUNDS = 500, 3
PAGE_TARGET = 45.0
"""At most this many times a bare route may a page cost that was never seen, of whatever operation."""
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.9",
    "Accept-Encoding": "gzip, deflate, br, zstd",
}
SMALL, LARGE = "/conv2d.events", "/conv2d.events?x=random:64x64:1"
"""The seven in 25 steps, and a 64×64 input of whole numbers 0 to 9 under the same 3×3 kernel in 3,844."""
BYTES_TARGETS = {"identity": 90_000, "gzip": 10_000, "br": 10_000, BROWSER["Accept-Encoding"]: 10_000}
"""The most that a whole trace may be, by what the reader accepts; the last is what a browser gets."""

UNSEEN = (
    "/conv1d?x=row!1:{n}",
    "/conv2d?x=seven!1.1:{n}",
    "/conv3d?x=random:4x5x5:{n}",
    "/conv_transpose1d?x=random:4:{n}",
    "/conv_transpose2d?x=random:3x3:{n}",
    "/conv2d_input?w=random:2x2:{n}&grad_output=random:3x3:{n}",
    "/conv2d_weight?x=random:4x4:{n}&grad_output=random:2x2:{n}",
    "/unfold?x=random:3x4:{n}",
    "/fold?x=random:4x6:{n}",
    "/max_pool1d?x=random:8:{n}",
    "/max_pool2d?x=random:4x4:{n}",
    "/avg_pool1d?x=random:8:{n}",
    "/avg_pool2d?x=random:4x4:{n}",
    "/lp_pool2d?x=random:4x4:{n}",
    "/adaptive_avg_pool2d?x=random:5x5:{n}",
    "/adaptive_max_pool2d?x=random:5x5:{n}",
    "/max_unpool2d?x=random:2x2:{n}",
    "/max_pool2d_input?x=random:4x4:{n}&grad_output=random:2x2:{n}",
    "/avg_pool2d_input?x=random:4x4:{n}&grad_output=random:2x2:{n}",
    "/embed/conv2d?x=seven!1.1:{n}",
    "/compare?a=%2Fconv2d%3Fx%3Dseven!1.1:{n}&b=%2Fconv2d",
    "/there-and-back?x=random:4x4:{n}",
    "/receptive-field?utm_x={n}",
    "/laws?a=random:3x3:{n}",
    "/residual?x=random:5x5:{n}",
    "/inception?x=random:2x4x4:{n}",
    "/gap?x=random:3x3x3:{n}",
    "/softmax?scores={n},1,2",
    "/valley?steps=9&learning_rate=0.{n}",
    "/backprop?x={n}",
    "/backprop?utm_x={n}",
    "/train?seed={n}",
    "/pictures?w={n},0,0;0,1,0;0,0,1",
    "/networks/lenet5/live?x=digit:7&utm_x={n}",
    "/linear-classifier?utm_x={n}",
    "/networks/vgg16?utm_x={n}",
)
"""Pages of every kind, as large as the bare one: any number makes another page."""

Address = Callable[[], str]


@dataclass(frozen=True)
class Case:
    """One kind of request."""

    name: str
    server: "Server"
    address: Address
    target: float | None = None
    """At most this many times a bare route."""
    is_known: bool = False
    """Whether the reader holds the answer already, and only asks whether it still holds."""


class Server:
    """A server process, and one connection to it that stays open."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.clock = clock_of(process.pid)
        self.port = port
        self.connection = self.connect()

    def connect(self) -> HTTPConnection:
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.connect()
        return connection

    def get(self, address: str, **headers: str) -> tuple[int, bytes, str]:
        """The status, the body as it was sent, and its ETag."""
        self.connection.request("GET", address, headers=BROWSER | headers)
        response = self.connection.getresponse()
        return response.status, response.read(), response.headers.get("ETag", "")

    def processor_time(self) -> float:
        """What the process has used since it started, in seconds."""
        return time.clock_gettime(self.clock)


def main() -> None:
    if sys.argv[1:2] == ["bare"]:
        return serve_bare(sys.argv[2])
    with ExitStack() as stack:
        bare = stack.enter_context(serving(__file__, "bare"))
        scenes = stack.enter_context(serving("-m", "app", "--port"))
        print_bytes(scenes)
        print_costs(bare, scenes)
        print_pages(bare, scenes)


def serve_bare(port: str) -> None:
    """The program itself, so with its flags, but with one bare route where its application would be."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    from app.__main__ import main as program

    async def hello(request: Request) -> PlainTextResponse:
        return PlainTextResponse("hello")

    sys.modules["app.main"] = SimpleNamespace(  # type: ignore[assignment]
        create_app=lambda: Starlette(routes=[Route("/healthz", hello)])
    )
    program(["--port", port])


@contextmanager
def serving(*command: str) -> Iterator[Server]:
    """Start a server whose last argument is a port, and stop it."""
    port = free_port()
    process = subprocess.Popen([sys.executable, *command, str(port)], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        if not answers(process, f"http://127.0.0.1:{port}/healthz"):
            raise RuntimeError(f"{' '.join(command)} did not start")
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(timeout=10)


def clock_of(pid: int) -> int:
    """The clock that counts the processor time of another process, all its threads, in nanoseconds (POSIX)."""
    clock = ctypes.c_int()
    error = ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock))
    if error:
        raise OSError(error, os.strerror(error))
    return clock.value


def print_bytes(server: Server) -> None:
    print(f"{'bytes of a trace':32}{'plain':>10}{'gzip':>10}{'br':>10}{'browser':>10}")
    for name, address in (("7×7, 25 steps", SMALL), ("64×64 of 0 to 9, 3,844 steps", LARGE)):
        sizes = {encoding: len(server.get(address, **{"Accept-Encoding": encoding})[1]) for encoding in BYTES_TARGETS}
        is_met = all(sizes[encoding] <= most for encoding, most in BYTES_TARGETS.items())
        print(f"{name:32}" + "".join(f"{size:10,}" for size in sizes.values()) + f"  {verdict(is_met)}")
    print(f"{'target':32}" + "".join(f"{most:10,}" for most in BYTES_TARGETS.values()))


def print_costs(bare: Server, scenes: Server) -> None:
    cases = cases_of(bare, scenes)
    best = best_of(cases)
    print(f"\n{'processor time of a request':32}{'µs':>10}{'ratio':>10}{'target':>10}")
    for case in cases:
        ratio = best[case.name] / best["a bare route"]
        line = f"{case.name:32}{best[case.name]:10.0f}{ratio:10.2f}"
        print(line + (f"{case.target:10.1f}  {verdict(ratio <= case.target)}" if case.target else ""))


def verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def cases_of(bare: Server, scenes: Server) -> list[Case]:
    edits = edited_sevens()
    return [
        Case("a bare route", bare, partial(str, "/healthz")),
        Case("page, cached", scenes, partial(str, "/conv2d"), target=3.5),
        Case("page, never seen", scenes, lambda: f"/conv2d?x={next(edits)}"),
        Case("page, 304", scenes, partial(str, "/conv2d"), is_known=True),
        Case(".json, cached", scenes, partial(str, "/conv2d.json")),
        Case(".json, never seen", scenes, lambda: f"/conv2d.json?x={next(edits)}"),
        Case(".events, 25 steps, cached", scenes, partial(str, SMALL), target=5.5),
        Case(".events, 25 steps, never seen", scenes, lambda: f"{SMALL}?x={next(edits)}", target=5.5),
        Case(".events, 304", scenes, partial(str, SMALL), is_known=True),
        Case(".events, 3,844 steps, cached", scenes, partial(str, LARGE)),
    ]


def print_pages(bare: Server, scenes: Server) -> None:
    """Each round asks for the bare route just before and just after the pages, so that both meet the same machine."""
    numbers = count(10)
    print(f"\n{f'{AT_ONCE} pages never seen, at once':32}{'µs':>10}{'bare':>10}{'ratio':>10}{'target':>10}")
    for address in UNSEEN:
        rounds = []
        for _ in range(AT_ONCE_ROUNDS):
            before = cost_at_once(bare, ["/healthz"] * AT_ONCE)
            cost = cost_at_once(scenes, [address.format(n=next(numbers)) for _ in range(AT_ONCE)])
            unit = (before + cost_at_once(bare, ["/healthz"] * AT_ONCE)) / 2
            rounds.append((cost / unit, cost, unit))
        ratio, cost, unit = min(rounds)
        line = f"{address.partition('?')[0]:32}{cost:10.0f}{unit:10.0f}{ratio:10.2f}{PAGE_TARGET:10.1f}"
        print(f"{line}  {verdict(ratio <= PAGE_TARGET)}")


def cost_at_once(server: Server, addresses: list[str]) -> float:
    """What the server spends on one of these requests, in µs: each from a reader of its own, all at the same time."""
    start = server.processor_time()
    connections = [server.connect() for _ in addresses]
    for connection, address in zip(connections, addresses, strict=True):
        connection.request("GET", address, headers=BROWSER)
    for connection in connections:
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status} where 200 was expected")
    cost = (server.processor_time() - start) / len(addresses) * 1e6
    for connection in connections:
        connection.close()
    return cost


def edited_sevens() -> Iterator[str]:
    """The seven with one cell edited, another each time: what a student sends."""
    for number in count():
        yield f"seven!{number % 5 + 1}.{number // 5 % 5 + 1}:{number // 25 + 10}"


def best_of(cases: list[Case]) -> dict[str, float]:
    """The best processor time of each, in µs."""
    best = dict.fromkeys((case.name for case in cases), float("inf"))
    for _ in range(ROUNDS):
        for case in cases:
            best[case.name] = min(best[case.name], cost_of(case))
    return best


def cost_of(case: Case) -> float:
    """What the server spends on one of REQUESTS requests, in µs."""
    case.server.connection.close()  # while other cases were measured, the server may have closed it; it opens again
    known = {"If-None-Match": case.server.get(case.address())[2]} if case.is_known else {}
    expected = 304 if case.is_known else 200
    case.server.get(case.address(), **known)
    start = case.server.processor_time()
    for _ in range(REQUESTS):
        status, _, _ = case.server.get(case.address(), **known)
        if status != expected:
            raise RuntimeError(f"{case.name}: {status} where {expected} was expected")
    return (case.server.processor_time() - start) / REQUESTS * 1e6


if __name__ == "__main__":
    main()
