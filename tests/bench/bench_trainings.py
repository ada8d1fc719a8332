"""What many readers who train at once cost: fifty who ask for the same run, twenty who ask for different ones.

python -m tests.bench.bench_trainings

The same run is trained once, and nobody waits longer than for one; of different ones most wait, are told their place,
and the other pages go on: /healthz at p99 in at most three times what it takes when nothing else is asked for.
"""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import count
from pathlib import Path
from threading import Event
from urllib.request import urlopen

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.program import running_process

SAME, DIFFERENT, STEPS = 50, 20, 60
ASKED = 400
IDLE_TIMES, MEMORY = 3.0, 250_000_000
"""How much slower /healthz may become, and by how many bytes the server may grow."""
seeds = count(1_000)


def get(address: str) -> tuple[float, bytes]:
    """The seconds that an answer takes, and its body."""
    start = time.perf_counter()
    with urlopen(address) as response:
        body = response.read()
    return time.perf_counter() - start, body


def run(extension: str) -> str:
    """The address of a run that nobody has asked for yet."""
    return f"/train.{extension}?seed={next(seeds)}&steps={STEPS}"


def slowest(url: str, until: Callable[[], bool] = lambda: True) -> float:
    """/healthz at p99, asked over and over, at least so many times."""
    took = []
    while len(took) < ASKED or not until():
        took.append(get(f"{url}/healthz")[0])
        time.sleep(0.002)
    return sorted(took)[int(0.99 * len(took))]


def memory(process: int) -> int:
    """Bytes of a process that are in memory."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def main() -> bool:
    with running_process() as (url, process), ThreadPoolExecutor(SAME) as readers:
        get(url + run("json"))  # the processes are warm
        one = get(url + run("json"))[0]
        same = url + run("json")
        answers = list(readers.map(get, [same] * SAME))
        most = max(seconds for seconds, _ in answers)
        is_one = len({body for _, body in answers}) == 1
        print(f"one run {one:.2f} s; {SAME} readers of the same one: {most:.2f} s at most, one answer: {is_one}")

        idle, before, is_over = slowest(url), memory(process), Event()
        asked = [readers.submit(get, url + run("events")) for _ in range(DIFFERENT)]
        readers.submit(lambda: (wait(asked), is_over.set()))
        busy, after = slowest(url, is_over.is_set), memory(process)
        bodies = [each.result()[1] for each in asked]
        queued, ended = (sum(name in body for body in bodies) for name in (b"event: queue", b"event: end"))
        print(
            f"/healthz at p99: idle {idle * 1e3:.1f} ms, with {DIFFERENT} runs {busy * 1e3:.1f} ms, "
            f"{busy / idle:.1f} times, target {IDLE_TIMES}; {queued} were told their place, {ended} ended; "
            f"memory {before / 1e6:.0f} to {after / 1e6:.0f} MB"
        )
        is_bounded = busy <= IDLE_TIMES * idle and after - before <= MEMORY
        return is_one and most <= 1.5 * one + 1 and is_bounded and ended == DIFFERENT


if __name__ == "__main__":
    sys.exit(not main())
