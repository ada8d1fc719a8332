"""The routes of stacks: the page, the JSON, and the tables for the page's script."""

from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.address.refusal import Refusal
from app.pages.failures import UNKEPT
from app.pages.receptive_field import data, words
from app.pages.receptive_field.maps import document as maps_document
from app.pages.receptive_field.maps import maps_of
from app.pages.receptive_field.page import page
from app.pages.receptive_field.question import PATH, Question, read_question
from app.pages.requests import pushed, raw_of
from app.pages.templates import render
from app.stream.lane import in_turn
from app.text import page as page_words
from app.text.encoding import dumps

Answer = TypeVar("Answer", str, bytes)


def routes() -> list[Route]:
    return [
        Route(PATH, show, methods=["GET", "HEAD", "POST"]),
        Route(f"{PATH}.json", json, methods=["GET", "HEAD", "POST"]),
        Route(f"{PATH}.links", links),
    ]


async def show(request: Request) -> Response:
    try:
        question = read_question(await raw_of(request))
        html = await answered(page, question)
    except Refusal as refusal:
        return refused(request, refusal)
    return Response(html, media_type="text/html", headers=pushed(question.address(), request.app.state.limits))


async def json(request: Request) -> Response:
    question = read_question(await raw_of(request))
    return Response(await answered(data.document, question), media_type="application/json")


async def links(request: Request) -> Response:
    """What each drawn map reads of the others."""
    question = read_question(await raw_of(request))
    return Response(await answered(linked, question), media_type="application/json")


def linked(question: Question) -> bytes:
    maps = maps_of(question)
    return dumps(maps_document(maps) if maps else {"maps": [], "links": [], "tables": []})


async def answered(answer: Callable[[Question], Answer], question: Question) -> Answer:
    """The answer, made in a thread of its own where it takes long."""
    return await in_turn(answer, question) if question.is_heavy else answer(question)


def refused(request: Request, refusal: Refusal) -> Response:
    """The form with what was asked, and the sentence beside its field."""
    if refusal.type in ("url_too_long", "body_too_long"):
        raise refusal
    given = {name: str(value) for name, value in getattr(request.state, "given", {}).items()}
    field = str(refusal.loc[0]) if refusal.loc else ""
    html = render(
        "receptive_refused.html",
        title=page_words.REFUSED,
        sentence=str(refusal),
        field=field,
        given=given,
        names=list(dict.fromkeys(["layers", "input", *([field] if field else []), *given])),
        path=PATH,
        said=words,
    )
    return Response(html, 422, UNKEPT, media_type="text/html")
