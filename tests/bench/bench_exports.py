"""How fast films are made, against frames that are drawn anew in RGB and saved by Pillow, and what they take.

    python -m tests.bench.bench_exports

Both ways draw the same moments in turn, and the best round of each counts, in seconds of one core: what else the
machine does is left out. The plain way draws each shape of each frame with Pillow's own commands, and lets Pillow find
palette and changes.
"""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import statistics
import threading
import time
import urllib.request
from dataclasses import replace

from PIL import Image as Pixels
from PIL import ImageDraw, ImageFont

from app.film.gif import gif
from app.film.moments import Moments
from app.film.reel import Reel, drawing, reel
from app.operations import OPERATIONS
from app.painters import raster
from app.painters.palette import LIGHT
from app.painters.poster import PLAIN
from app.painters.shapes import Box, Drawing, Image, Words
from app.painters.shapes import Path as Line
from app.painters.typeface import face, width_of
from app.settings import Limits
from app.views.table import read_view
from tests.program import running, running_process

FILMS = {
    "25 frames": ({"x": "random:7x7:1", "w": "sobel-x"}, 25, 7.0, 7),
    "200 frames": ({"x": "digit:7"}, 200, 10.0, 2),
}
"""What is filmed, in how many frames, how many times faster it is to be, and how often both are made."""
SHARE = 0.5
"""Of the bytes of a plain film, ours takes no more."""
WIDTH = 800


def main() -> None:
    heads = ("ours ms", "plain ms", "times", "target", "ours kB", "plain kB", "share", "target")
    print("film".ljust(14) + "".join(f"{head:>10}" for head in heads))
    for name, (raw, count, target, times) in FILMS.items():
        made = film(raw, count)
        (ours, size), (plain, large) = best(
            times, lambda made=made: cold(lambda: gif(made.frames(), LIGHT)), lambda made=made: plain_gif(made)
        )
        row = f"{ours * 1000:10.0f}{plain * 1000:10.0f}{plain / ours:10.1f}{target:10.1f}"
        print(f"{name:14}{row}{size / 1000:10.0f}{large / 1000:10.0f}{size / large:10.2f}{SHARE:10.2f}")
    print_memory()
    print_health()


def film(raw: dict[str, str], count: int) -> Reel:
    view = read_view(OPERATIONS["conv2d"], dict(raw), Limits())
    made = reel(view, LIGHT, PLAIN, WIDTH, None)
    chosen = made.ticks[:: max(len(made.ticks) // count, 1)][:count]
    return replace(made, ticks=tuple(chosen))


def best(times: int, *ways: Callable[[], bytes]) -> list[tuple[float, int]]:
    """For each way the time of its fastest round, and the size of what it makes."""
    found: list[list[tuple[float, int]]] = [[] for _ in ways]
    for _ in range(times):
        for make, rounds in zip(ways, found, strict=True):
            start = time.process_time()
            size = len(make())
            rounds.append((time.process_time() - start, size))
    return [min(rounds) for rounds in found]


def cold(make: Callable[[], bytes]) -> bytes:
    """Without what an earlier film has left in the caches."""
    for cache in (raster.stamps, raster.letters):
        cache.cache_clear()
    return make()


# The plain way.


def plain_gif(made: Reel) -> bytes:
    moments = Moments(made.view, LIGHT)
    frames = [plain_frame(drawing(moments, tick.step, tick.phase, PLAIN), made.width) for tick in made.ticks]
    held = BytesIO()
    lasting = [round(tick.milliseconds) for tick in made.ticks]
    frames[0].save(held, "GIF", save_all=True, append_images=frames[1:], duration=lasting, loop=0)
    return held.getvalue()


def plain_frame(drawn: Drawing, width: int) -> Pixels.Image:
    scale = width / drawn.width
    image = Pixels.new("RGB", (width, round(drawn.height * scale)), drawn.paper or "white")
    draw = ImageDraw.Draw(image, "RGBA")
    for shape in drawn.shapes:
        if isinstance(shape, Box):
            box = [shape.x * scale, shape.y * scale, (shape.x + shape.width) * scale, (shape.y + shape.height) * scale]
            fill = colour(shape.fill.colour, shape.fill.opacity) if shape.fill else None
            line = colour(shape.stroke.colour, shape.stroke.opacity) if shape.stroke else None
            thick = max(round(shape.stroke.width * scale), 1) if shape.stroke else 1
            draw.rounded_rectangle(box, shape.radius * scale, fill, line, thick)
        elif isinstance(shape, Line) and shape.stroke:
            for points in raster.straight(shape.segments, scale):
                draw.line(points, colour(shape.stroke.colour, shape.stroke.opacity), 2)
        elif isinstance(shape, Words):
            ahead = {"start": 0, "middle": 0.5, "end": 1}[shape.anchor] * sum(map(width_of, shape.runs))
            at = (shape.x - ahead) * scale
            for run in shape.runs:
                font = ImageFont.truetype(str(face(run.is_bold, run.is_italic).path), run.size * scale)
                if run.colour:
                    draw.text((at, shape.y * scale), run.text, run.colour, font, anchor="ls")
                at += width_of(run) * scale
        elif isinstance(shape, Image):
            for stamp in raster.image_stamps(shape, scale):
                image.paste(stamp.pixels or stamp.colour, (stamp.left, stamp.top), stamp.mask)
    return image


def colour(code: str, opacity: float) -> tuple[int, int, int, int]:
    return (*raster.rgb(code), round(opacity * 255))


# What it takes.

FILES = (".gif", ".webp", ".mp4", ".pptx", ".zip")
MOST_MEMORY = 150
"""Megabytes."""


def print_memory() -> None:
    """What a file adds at most to the memory of a server that has made none, its processes included."""
    print(f"\n{'file':14}{'MB':>10}{'target':>10}")
    for extension in FILES:
        with running_process() as (url, server):
            ask(f"{url}/healthz")
            idle = memory(server, "VmRSS")
            ask(f"{url}/conv2d{extension}?x=random:14x14:1")
            family = [server, *children(server)]
            print(f"{extension:14}{sum(memory(each, 'VmHWM') for each in family) - idle:10.0f}{MOST_MEMORY:10}")


def memory(process: int, name: str) -> float:
    """Megabytes, as Linux counts them."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1000


def children(process: int) -> list[int]:
    """Those of all of its threads, one of which has asked for each."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(each) for task in tasks for each in task.read_text("utf-8").split()]


# What others notice.


def print_health() -> None:
    """How long /healthz takes while films are made."""
    with running() as url:
        ask(f"{url}/conv2d.gif?x=random:5x5:1")  # a process is there
        idle = answers(url, 3.0)
        is_over = threading.Event()
        films = [threading.Thread(target=keep_filming, args=(url, seed, is_over)) for seed in (1_000, 2_000)]
        for each in films:
            each.start()
        busy = answers(url, 3.0)
        is_over.set()
        for each in films:
            each.join()
    times = [statistics.quantiles(each, n=100)[98] * 1000 for each in (idle, busy)]
    said = f"{times[0]:.1f} ms idle, {times[1]:.1f} ms beside films, {times[1] / times[0]:.1f} times (target 3)"
    print(f"\n/healthz p99: {said}")


def keep_filming(url: str, seed: int, is_over: threading.Event) -> None:
    """One film after the other, none of which has been made before."""
    while not is_over.is_set():
        ask(f"{url}/conv2d.gif?x=random:10x10:{seed}")
        seed += 1


def answers(url: str, seconds: float) -> list[float]:
    found, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.perf_counter()
        ask(f"{url}/healthz")
        found.append(time.perf_counter() - start)
    return found


def ask(address: str) -> int:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return len(answer.read())


if __name__ == "__main__":
    main()
