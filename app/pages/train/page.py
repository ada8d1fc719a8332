"""The page of a run, complete without scripts: its curves, and the network at its last step or the one of the link."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
from markupsafe import Markup

from app.pages.controls import Choice, Field
from app.pages.lenet.pictures import picture, shades
from app.pages.templates import render
from app.pages.train import gradients, words
from app.pages.train.chart import HEIGHT, PLOTS, SMOOTHED, WIDTH, Line, axes, lines
from app.pages.train.choices import Stepper, samples, steppers
from app.pages.train.fields import TrainParameters
from app.pages.train.filters import MOST_FILTERS, channels, slice_size
from app.pages.train.gradients import FEW, Bar, bars
from app.pages.train.nearest import nearest
from app.pages.train.pictures import signed
from app.pages.train.runs import finished
from app.pages.train.scene import checkpoint_at
from app.pages.train.shipped import shipped, shipped_run
from app.pages.train.showing import Maps, Showing, halves, mapped, showing
from app.pages.train.task import PATH, SHOWN, Task, spell
from app.pages.train.wall import COLUMNS, ROWS, tiles
from app.training.pool import Pool
from app.training.run import Run
from kernels.graph import Measured
from kernels.mnist import HELD_OUT, held_out
from kernels.mnist import training as training_digits
from kernels.training import SCHEDULES, Checkpoint, Settings, first_batch

FED = 12
"""Augmented digits that are shown."""
THIN = "\u202f"


@dataclass(frozen=True)
class MapRow:
    """The maps of one layer."""

    place: str
    title: str
    rows: int
    cols: int
    pictures: list[Markup]


@dataclass(frozen=True)
class Cell:
    """One entry of the confusion table: how many digits, and how dark it is."""

    count: int
    shade: float
    is_right: bool


@dataclass(frozen=True)
class Look:
    """The network after one step, drawn."""

    step: int
    filters: list[Markup]
    maps: list[MapRow]
    bars: list[float]
    cells: list[list[Cell]]
    tiles: str
    wrong: int
    held_out: str


def train_page(task: Task, pool: Pool) -> str:
    run = finished(task, pool)
    rival = finished(task.rival, pool) if task.rival else None
    point = checkpoint_at(run, task.parameters.step) if run else None
    behind = checkpoint_at(rival, task.parameters.step) if rival else None
    look = looked(task, showing(task, point)) if point else None
    steps = task.settings.steps
    kept = shipped().get(task.key)
    return render(
        "train.html",
        title=words.TITLE,
        say=words,
        task=task,
        path=PATH,
        canonical=task.address(),
        here=PATH,
        look=look,
        is_slice=channels(task.pictured) > 1,
        frames=frames(task),
        plots=PLOTS,
        smoothed=SMOOTHED,
        axes=axes(steps),
        lines=curves(run, steps) if run else (),
        ghost=curves(rival, steps) if rival else (),
        size=(WIDTH, HEIGHT),
        wall=(COLUMNS, ROWS),
        samples=samples(task),
        fed=fed(task.settings),
        groups=groups(task),
        shown=kept.shows if kept else "",
        ten_times=ten_times(task),
        fields=fields(task),
        schedules=SCHEDULES,
        nearest=None if run else nearest(task, pool),
        rival=named(task.rival) if task.rival else "",
        rival_held_out=percent(float((behind.answers == held_out().labels).mean())) if behind else "",
        gradients=gradient_bars(task, point, behind),
        scale=gradients,
        few=FEW,
        said=said(task, run),
        is_bare=not task.spelled and not task.opened,
        thousands=f"{task.network.parameters:,}".replace(",", THIN),
    )


def curves(run: Run, steps: int) -> Sequence[Line]:
    """Of a run that is shipped they are drawn once."""
    return shipped_curves(run.key, steps) if run.key in shipped() else lines(run, steps)


@lru_cache(64)
def shipped_curves(key: str, steps: int) -> Sequence[Line]:
    return lines(shipped_run(key), steps)


def looked(task: Task, shown: Showing) -> Look:
    most = float(np.abs(shown.filters).max())
    counts = shown.table / shown.table.sum(axis=1, keepdims=True)
    return Look(
        step=shown.step,
        filters=[signed(each, most) for each in shown.filters[:, task.parameters.channel]],
        maps=[map_row(maps) for maps in shown.maps],
        bars=[round(100 * float(p), 1) for p in shown.probabilities],
        cells=[
            [
                Cell(int(count), round(float(share), 2), true == read)
                for read, (count, share) in enumerate(zip(*row, strict=True))
            ]
            for true, row in enumerate(zip(shown.table, counts, strict=True))
        ],
        tiles=tiles(shown.wrong),
        wrong=len(shown.wrong),
        held_out=percent(shown.held_out),
    )


def gradient_bars(task: Task, point: Checkpoint | None, behind: Checkpoint | None) -> list[Bar]:
    layers = [
        (layer.place, words.LAYER.format(kind=words.KINDS[layer.layer.kind], place=layer.place))
        for layer in task.network.weighted
    ]
    return bars(layers, point.gradients if point else {}, behind.gradients if behind else None)


def map_row(maps: Maps) -> MapRow:
    count, rows, cols = maps.values.shape
    most = float(maps.values.max())
    pictures = [picture(plane, most, "output") for plane in maps.values]
    return MapRow(
        maps.place, words.MAPS.format(place=maps.place, count=count, rows=rows, cols=cols), rows, cols, pictures
    )


@dataclass(frozen=True)
class Frames:
    """How many pictures of which kind there are before any has come."""

    filters: int
    filter_size: tuple[int, int]
    maps: list[MapRow]
    is_convolution: bool
    steppers: list[Stepper]


def frames(task: Task) -> Frames:
    network = task.network
    layer = task.pictured
    return Frames(
        filters=min(MOST_FILTERS, layer.shape[0]),
        filter_size=slice_size(layer),
        maps=[empty_row(layer) for _, layer in mapped(network)],
        is_convolution=layer.layer.kind == "conv",
        steppers=steppers(task),
    )


def empty_row(layer: Measured) -> MapRow:
    """The maps of a layer before anything has come."""
    count, (rows, cols) = min(MOST_FILTERS, layer.shape[0]), layer.shape[1:]
    title = words.MAPS.format(place=layer.place, count=count, rows=rows, cols=cols)
    return MapRow(layer.place, title, rows, cols, [Markup()] * count)


@lru_cache(256)
def fed(settings: Settings) -> str:
    """The first digits as the network meets them, side by side, as the address of a picture that masks ink."""
    digits = first_batch(settings, training_digits())[:FED]
    return shades(np.hstack([*digits]).astype(np.float64), 1.0)


def groups(task: Task) -> list[tuple[str, list[Choice]]]:
    """The shipped runs, each a link that leads to checkpoints that are there."""
    runs = shipped().values()
    return [
        (group, [Choice(each.title, each.address, each.task.key == task.key, each.shows, each.id) for each in members])
        for group, members in groupby(runs, key=lambda each: each.group)
    ]


def ten_times(task: Task) -> str | None:
    """The same run at ten times the rate, before this one's ghost, where it is shipped."""
    faster = task.shows(learning_rate=float(f"{10 * task.parameters.learning_rate:.6g}"), step=None, against=None)
    key = type(task)(faster.parameters, task.stack, task.network).key
    return (
        type(task)(faster.parameters, task.stack, task.network).address(against=task.key) if key in shipped() else None
    )


def fields(task: Task) -> list[Field]:
    usual = TrainParameters()
    return [
        Field(name, label, task.spelled.get(name, ""), spell(getattr(usual, name)).replace("None", "0"))
        for name, label in words.FIELDS.items()
        if name not in SHOWN
    ]


def named(rival: Task) -> str:
    """What a run is called: its name, or what its address says."""
    kept = shipped().get(rival.key)
    return f"{kept.group}: {kept.title}" if kept else rival.key


def said(task: Task, run: Run | None) -> str:
    """Why three sets, with this run's numbers; a run that is not over says them when it is."""
    if run is None or not run.steps:
        return words.SETS_LATER
    last = run.steps[-1]
    first, second = halves(run.checkpoints[-1])
    recent = run.steps[-SMOOTHED:]
    return words.SETS_SAID.format(
        training=f"{task.settings.digits:,}".replace(",", THIN),
        known=percent(sum(step.accuracy for step in recent) / len(recent)),
        held_out=f"{HELD_OUT:,}".replace(",", THIN),
        unseen=percent(last.held_out or 0.0),
        first=percent(first),
        second=percent(second),
    )


def percent(share: float) -> str:
    return f"{100 * share:.1f}{THIN}%"
