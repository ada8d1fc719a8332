"""The front page: every worked scene as a live thumbnail."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.address.query import read_address
from app.operations import OPERATIONS
from app.pages.templates import render
from app.painters.thumbnail import thumbnail
from app.settings import Limits
from app.text import page as words
from app.views.table import read_view
from app.views.view import View


@dataclass(frozen=True)
class Thumbnail:
    """A scene of the gallery, drawn small."""

    id: str
    title: str
    lecture: str
    shows: str
    address: str
    picture: Markup


async def gallery(request: Request) -> Response:
    html = render("gallery.html", title=words.PROMISE, gallery=thumbnails())
    return Response(html, media_type="text/html")


async def healthz(request: Request) -> Response:
    """Whether this process answers."""
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


@cache
def thumbnails() -> list[Thumbnail]:
    entries = tomllib.loads((Path(__file__).parent / "gallery.toml").read_text(encoding="utf-8"))["scene"]
    made = []
    for entry in entries:
        view = view_at(entry["scene"])
        facts = {name: entry[name] for name in ("id", "title", "lecture", "shows")}
        made.append(Thumbnail(address=view.scene.address(), picture=Markup(thumbnail(view)), **facts))
    return made


def view_at(address: str) -> View:
    """The view of the scene behind one of our own addresses."""
    path, _, query = address.partition("?")
    return read_view(OPERATIONS[path.removeprefix("/")], read_address(query.encode()), Limits.model_construct())
