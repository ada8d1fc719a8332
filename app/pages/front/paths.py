"""The paths of the front page: what there is to learn, each with the scenes to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from markupsafe import Markup

from app.pages.front.links import Link, read_file, read_link
from app.pages.gallery import view_at
from app.pages.learn.lesson import lesson_of
from app.pages.learn.task import read_task
from app.pages.networks.catalogue import catalogue
from app.pages.networks.skyline import outline
from app.pages.train.shipped import shipped_run
from app.painters.thumbnail import curve, thumbnail
from app.settings import Limits


@dataclass(frozen=True)
class Path:
    id: str
    title: str
    picture: Markup
    links: list[Link]


@cache
def paths() -> list[Path]:
    return [
        Path(entry["id"], entry["title"], Markup(drawn(entry["picture"])), [*map(read_link, entry["scenes"])])
        for entry in read_file("paths.toml")["path"]
    ]


def drawn(picture: Mapping[str, str]) -> str:
    """A scene, a network, or how the loss falls of a run or of the first lesson."""
    if "network" in picture:
        return outline(catalogue()[picture["network"]])
    if "run" in picture:
        return curve(np.array([step.loss for step in shipped_run(picture["run"]).steps]))
    if "lesson" in picture:
        return curve(lesson_of(read_task({}, Limits.model_construct())).loss)
    return thumbnail(view_at(picture["scene"]))
