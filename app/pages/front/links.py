"""A link with its words, as the files of the front page write it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.pages.gallery import worked_scenes


@dataclass(frozen=True)
class Link:
    """Where something is seen, and what one sees there."""

    address: str
    title: str
    shows: str
    scene: str = ""
    """The worked scene that it is, if it is one."""


def read_file(name: str) -> dict[str, Any]:
    """One of the files beside this module."""
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def read_link(entry: Mapping[str, str]) -> Link:
    """A worked scene speaks for itself, unless the entry has other words for it."""
    name = entry.get("scene", "")
    if not name:
        return Link(entry["address"], entry["title"], entry.get("shows", ""))
    scene = worked_scenes()[name]
    return Link(scene.address, entry.get("title", scene.title), entry.get("shows", scene.shows), name)
