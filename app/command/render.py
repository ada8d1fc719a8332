"""`convscope render`: scenes into files, one or many, each of many in a process of its own."""

import argparse
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TextIO

from app.address.refusal import Refusal, Refusals
from app.command import words
from app.pages.exports.formats import FORMATS, Format
from app.pages.exports.making import file_of, format_of, read_scene
from app.pages.exports.moving import Progress
from app.settings import settings

BAR = 24
"""Letters of the bar that shows how much is done."""


class Task(NamedTuple):
    """A scene, and the file that it is to become."""

    scene: str
    path: Path


def main(arguments: Sequence[str]) -> None:
    """Make what is asked for; leave with 1 where something could not be made."""
    options = parser().parse_args(arguments)
    tasks = list(tasks_of(options))
    if not tasks:
        sys.exit(words.NOTHING)
    failed = one(tasks[0]) if len(tasks) == 1 else many(tasks, options.jobs)
    if failed:
        sys.exit(1)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="convscope render",
        description=words.RENDER,
        epilog=words.RENDER_MORE.format(**kinds()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("scene", nargs="?", metavar="SCENE", help="the address of a scene, such as 'conv2d?stride=2'")
    made.add_argument("-o", "--output", type=Path, metavar="FILE", help="the file; its name says the format")
    made.add_argument("--from", dest="list", type=Path, metavar="LIST", help="a file of scenes and files, one a line")
    made.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many are made at a time (%(default)s)")
    return made


def kinds() -> dict[str, str]:
    """The formats by what they are for."""
    found: dict[str, list[str]] = {"pictures": [], "films": [], "slides": [], "data": []}
    for extension, made in FORMATS.items():
        found[kind_of(made)].append(extension)
    return {kind: " ".join(extensions) for kind, extensions in found.items()}


def kind_of(made: Format) -> str:
    if "seconds" in made.options:
        return "films"
    if "steps" in made.options or made.policy:
        return "slides"
    return "pictures" if made.options else "data"


def tasks_of(options: argparse.Namespace) -> Iterator[Task]:
    if options.scene:
        if options.output is None:
            sys.exit(words.NO_FILE.format(scene=options.scene))
        yield Task(options.scene, options.output)
    if options.list:
        try:
            lines = options.list.read_text("utf-8").splitlines()
        except OSError as error:
            sys.exit(f"{options.list}: {error.strerror}.")
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                yield line_task(line, number, options.list)


def line_task(line: str, number: int, file: Path) -> Task:
    """What a line of a list asks for, written as behind “render”."""
    found = parser().parse_args(shlex.split(line))
    if not found.scene or found.output is None or found.list:
        sys.exit(words.LINE.format(number=number, file=file, said=words.NO_FILE.format(scene=found.scene or line)))
    return Task(found.scene, found.output)


def one(task: Task) -> int:
    """How many of one could not be made."""
    return report(task, attempt(task, lambda done, total: show(done, total, task.path.name)))


def many(tasks: Sequence[Task], jobs: int) -> int:
    """How many of many could not be made."""
    failed = 0
    with ProcessPoolExecutor(max(min(jobs, len(tasks)), 1), get_context("spawn")) as pool:
        waiting: dict[Future[int | str], Task] = {pool.submit(attempt, task): task for task in tasks}
        for done, finished in enumerate(as_completed(waiting), 1):
            task = waiting[finished]
            failed += report(task, finished.result())
            show(done, len(tasks), task.path.name)
    say(words.SUMMARY.format(made=len(tasks) - failed, total=len(tasks)))
    return failed


def attempt(task: Task, progress: Progress = lambda done, total: None) -> int | str:
    """How many bytes the file has, or why there is none."""
    try:
        return make(task, progress)
    except (Refusal, Refusals) as error:
        return str(error)
    except OSError as error:
        return f"{error.strerror}."


def make(task: Task, progress: Progress) -> int:
    """Writes the file; how many bytes it has. A file that cannot be made is left as it was."""
    made = format_of(task.path)
    operation, raw = read_scene(task.scene)
    data = file_of(operation, raw, made, settings().limits, progress)
    task.path.parent.mkdir(parents=True, exist_ok=True)
    task.path.write_bytes(data)
    return len(data)


# What is seen.


def show(done: int, total: int, name: str) -> None:
    """A progress bar, where standard error is a terminal."""
    if sys.stderr.isatty():
        full = BAR * done // max(total, 1)
        print(f"\r[{'█' * full}{'·' * (BAR - full)}] {done}/{total} {name}\x1b[K", end="", file=sys.stderr, flush=True)


def report(task: Task, said: int | str) -> int:
    """Prints what came of a task; 1 where nothing did."""
    if isinstance(said, int):
        say(words.WRITTEN.format(file=task.path, size=sized(said)))
        return 0
    say(words.REFUSED.format(file=task.path, said=said), sys.stderr)
    return 1


def say(text: str, where: TextIO | None = None) -> None:
    """One line, over the bar."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    print(text, file=where or sys.stdout, flush=True)


def sized(size: int) -> str:
    return f"{size / 1000:,.0f} kB" if size >= 1000 else f"{size} bytes"
