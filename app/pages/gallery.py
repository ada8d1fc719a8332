"""The worked scenes: the lectures' examples with their words, to which the front page and the lectures point."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.address.query import read_address
from app.operations import OPERATIONS
from app.settings import Limits
from app.views.table import read_view
from app.views.view import View


@dataclass(frozen=True)
class WorkedScene:
    """A scene, its title, a sentence on what it shows, and two questions to ask the room."""

    id: str
    title: str
    shows: str
    address: str
    ask: tuple[str, ...]


@cache
def worked_scenes() -> Mapping[str, WorkedScene]:
    """All of them by their names, in the order of the file."""
    entries = tomllib.loads((Path(__file__).parent / "gallery.toml").read_text(encoding="utf-8"))["scene"]
    return {
        entry["id"]: WorkedScene(
            entry["id"],
            entry["title"],
            entry["shows"],
            view_at(entry["scene"]).scene.address(),
            tuple(entry["ask"]),
        )
        for entry in entries
    }


def view_at(address: str) -> View:
    """The view of the scene behind one of our own addresses."""
    path, _, query = address.partition("?")
    return read_view(OPERATIONS[path.removeprefix("/")], read_address(query.encode()), Limits.model_construct())
