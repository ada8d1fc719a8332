"""What a kernel on a picture costs, beside OpenCV in the same run, and what a request needs of memory.

    python -m tests.bench.bench_pictures

512×512 in red, green and blue through a 3×3 kernel: the server's answer, over HTTP, against `cv2.filter2D` and OpenCV's
own PNG. Both see the same photograph, and of each the best of many runs counts. Memory is the peak of the server's
process above what it holds after its first answer, for the heaviest requests that it does not refuse.
"""

import json
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from urllib.parse import urlparse

import cv2
import numpy as np
from PIL import Image

from app.grids.photos import pixels
from tests.program import running_process

ROUNDS = 25
TARGET = 4.0
"""Times OpenCV's filter and PNG."""
MOST_MEGABYTES = 150
SIDE = 512


def main() -> None:
    with running_process() as (url, process):
        connection = HTTPConnection(urlparse(url).netloc)
        speed(connection)
        memory(connection, process)


def speed(connection: HTTPConnection) -> None:
    photograph = cv2.resize(photo(), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    kernel = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], np.float32)
    body = encoded(photograph)
    name = sent(connection, "/pictures.json?colour=rgb", body)

    def theirs() -> None:
        cv2.imencode(".png", cv2.filter2D(photograph, -1, kernel, borderType=cv2.BORDER_REPLICATE))

    def ours() -> None:
        ask(connection, f"/pictures.png?picture={name}&w=sharpen&colour=rgb")

    ratio = min(map(seconds, [ours] * ROUNDS)) / min(map(seconds, [theirs] * ROUNDS))
    print(f"512×512 RGB, 3×3, as PNG: {ratio:.1f} times OpenCV ({'within' if ratio <= TARGET else 'ABOVE'} {TARGET:g})")


def seconds(call: Callable[[], None]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def memory(connection: HTTPConnection, process: int) -> None:
    """Each kind of heavy request in turn; the peak never falls, so the last line is the worst of all."""
    idle = resident(process, "VmRSS")
    for what, path, body in heavy():
        answer = ask(connection, path, body)
        most = (resident(process, "VmHWM") - idle) / 1024
        said = "within" if most <= MOST_MEGABYTES else "ABOVE"
        print(f"{what}: {answer}, at most {most:.0f} MB above idle ({said} {MOST_MEGABYTES})")


def heavy() -> Iterator[tuple[str, str, bytes]]:
    dice = np.random.default_rng(1)
    large = Image.fromarray(dice.integers(0, 256, (4000, 4000, 3), dtype=np.uint8))
    yield "a photograph of 16 million pixels", "/pictures.png?colour=rgb", file_of(large, "JPEG", quality=50)
    yield "… sent progressively", "/pictures.png?colour=rgb", file_of(large, "JPEG", quality=40, progressive=True)
    yield "12 million, transparent", "/pictures.png?colour=rgb", file_of(Image.new("RGBA", (4000, 3100)), "PNG")
    yield (
        "12 million of 16 bits",
        "/pictures.png",
        file_of(Image.fromarray(np.full((4000, 3100), 999, np.uint16)), "PNG"),
    )
    whole = file_of(large.resize((1024, 1024)), "PNG")
    yield "1024×1024 RGB, 15×15", "/pictures.png?colour=rgb&w=gaussian:15", whole
    yield "1024×1024, six kernels", "/pictures.png?w=random:6x1x3x3:1", whole
    yield "1024×1024 RGB, in bands", "/pictures.events?colour=rgb&w=gaussian:5&repeat=5", whole
    yield "a bomb", "/pictures.png", file_of(Image.new("1", (30_000, 30_000)), "PNG")


def resident(process: int, name: str) -> int:
    """Kilobytes that a process holds now (VmRSS), or has held at most (VmHWM)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def photo() -> np.ndarray:
    return np.ascontiguousarray(pixels("astronaut").transpose(1, 2, 0))


def encoded(pixels: np.ndarray) -> bytes:
    return file_of(Image.fromarray(pixels), "PNG")


def file_of(image: Image.Image, format: str, **options: object) -> bytes:
    written = BytesIO()
    image.save(written, format, **options)  # type: ignore[arg-type]
    return written.getvalue()


def sent(connection: HTTPConnection, path: str, body: bytes) -> str:
    connection.request("POST", path, body)
    name: str = json.loads(connection.getresponse().read())["picture"]["name"]
    return name


def ask(connection: HTTPConnection, path: str, body: bytes = b"") -> int:
    connection.request("POST" if body else "GET", path, body or None)
    response = connection.getresponse()
    response.read()
    return response.status


if __name__ == "__main__":
    main()
