"""By lecture: five decks, slide by slide, each with a link to where its example moves."""

from dataclasses import dataclass
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from app.pages.front import words
from app.pages.front.links import Link, read_file, read_link
from app.pages.templates import render

PATH = "/lectures"


@dataclass(frozen=True)
class Slide:
    """What a slide is called in its deck, and where it is to be seen."""

    title: str
    link: Link
    anchor: str
    """The name of its place on the page: a worked scene has one, where it comes first."""


@dataclass(frozen=True)
class Lecture:
    id: str
    title: str
    about: str
    slides: list[Slide]


async def lectures_page(request: Request) -> Response:
    html = render("lectures.html", title=words.LECTURES, say=words, lectures=lectures(), here=PATH)
    return Response(html, media_type="text/html")


@cache
def lectures() -> list[Lecture]:
    anchored: set[str] = set()

    def anchor(link: Link) -> str:
        name = "" if link.scene in anchored else link.scene
        anchored.add(link.scene)
        return name

    return [
        Lecture(
            entry["id"],
            entry["deck"],
            entry["about"],
            [Slide(slide["slide"], link, anchor(link)) for slide in entry["slides"] for link in [read_link(slide)]],
        )
        for entry in read_file("lectures.toml")["lecture"]
    ]
