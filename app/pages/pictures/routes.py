"""The addresses of pictures: the page, the image, the numbers, the stream, and one number looked at.

Pictures are sent as the body of a POST, raw, with the same parameters in the query. Answers about a reader's own
picture are kept by nobody.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

import anyio
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from pydantic_core import PydanticCustomError
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from app.address.parameters import read_flag
from app.address.query import Raw, read_address
from app.address.refusal import Refusal
from app.http import bounds
from app.http.answers import forget
from app.http.guards import NOT_COMPRESSED
from app.pages.pictures import words
from app.pages.pictures.decoding import MOST_BYTES
from app.pages.pictures.page import GUESSES, OPENING, RIGHT, guess_page, page
from app.pages.pictures.painting import image
from app.pages.pictures.recipe import DEFAULT_PICTURE, PATH, Recipe, read_recipe
from app.pages.pictures.region import document, take_region
from app.pages.pictures.result import Result
from app.pages.pictures.source import Picture
from app.pages.pictures.source import own as own_picture
from app.pages.pictures.spot import Place, Spot, read_place
from app.pages.pictures.stream import previewed, stream
from app.pages.pictures.uploads import Uploads
from app.pages.requests import METHODS, check_address
from app.painters.picture import assemble_quickly

UNKEPT = {"Cache-Control": "no-store"}
UNBUFFERED = {"X-Accel-Buffering": "no"}
AT_ONCE = 2
"""Pictures that are decoded or computed at one time: their memory is bounded, whoever asks."""

Answer = Callable[[Request, Raw, Recipe], Awaitable[Response]]
Answered = TypeVar("Answered")
LIMITER: RunVar[anyio.CapacityLimiter] = RunVar("pictures")


def routes() -> list[Route]:
    return [
        Route(PATH, show, methods=["GET", "HEAD"]),
        answering(".png", as_png),
        answering(".json", as_json, "region"),
        answering(".events", as_events, "preview", "live"),
        answering(".spot", as_spot, "at"),
    ]


def answering(extension: str, answer: Answer, *own: str) -> Route:
    """A route that reads the picture and what is to be made of it, which `answer` makes; its `own` parameters ask for
    a part of that."""

    async def respond(request: Request) -> Response:
        raw, sent = await received(request)
        asked = {name: raw.pop(name) for name in own if name in raw}
        recipe = await work(read_recipe, raw, request.app.state.limits, uploads_of(request), sent)
        response = await answer(request, asked, recipe)
        if recipe.picture.is_private:
            response.headers.update(UNKEPT)
        return response

    return Route(f"{PATH}{extension}", respond, methods=METHODS)


async def show(request: Request) -> Response:
    """The page: by itself it asks, and with anything in its address it shows that."""
    check_address(request.scope, request.app.state.limits.url_bytes)
    raw = read_address(request.scope["query_string"])
    request.state.given = dict(raw)
    guess = read_guess(raw.pop("guess", None))
    if not raw and guess != RIGHT:
        return Response(await work(guess_page, guess), media_type="text/html")
    place = read_place(raw) if "at" in raw else None
    raw.pop("at", None)
    response = await work(shown, request, raw, place, guess == RIGHT)
    return response


def shown(request: Request, raw: Raw, place: Place | None, is_answered: bool) -> Response:
    """The page of a recipe; of a picture that was forgotten the page that sends it again."""
    uploads, limits = uploads_of(request), request.app.state.limits
    fields = {**(OPENING if is_answered else {}), **raw}
    is_forgotten = False
    try:
        recipe = read_recipe(fields, limits, uploads)
    except Refusal as refusal:
        if refusal.type != "picture_forgotten":
            raise
        is_forgotten, place = True, None
        recipe = read_recipe(fields | {"picture": DEFAULT_PICTURE}, limits, uploads)
        recipe = replace(recipe, picture=replace(recipe.picture, text=str(fields["picture"])))
    webcam: bool = request.app.state.webcam
    html = page(recipe, place, is_answered=is_answered, has_webcam=webcam, is_forgotten=is_forgotten)
    return Response(html, media_type="text/html", headers=UNKEPT if recipe.picture.is_private else {})


def read_guess(raw: object) -> str | None:
    if raw is None or raw in GUESSES:
        return cast("str | None", raw)
    sentence = words.NO_GUESS.format(names=", ".join(GUESSES), text=str(raw)[:40])
    raise Refusal(sentence, type="literal_error", loc=("guess",))


async def received(request: Request) -> tuple[Raw, Picture | None]:
    """The parameters of the query, and the picture of the body, where one is posted."""
    check_address(request.scope, request.app.state.limits.url_bytes)
    raw = read_address(request.scope["query_string"])
    request.state.given = dict(raw)
    if request.method != "POST":
        return raw, None
    body = await bounds.read_body(request.receive, MOST_BYTES)
    if body is None:
        sentence = words.TOO_MANY_BYTES.format(most=MOST_BYTES // 1_000_000)
        raise Refusal(sentence, type="body_too_long", loc=("picture",))
    uploads = Uploads(0) if asks_for("live", raw) else uploads_of(request)  # no frame is asked for again
    name, decoded = await work(uploads.take, body)
    asked = raw.pop("picture", name)
    if asked != name:
        raise Refusal(words.OTHER_PICTURE.format(text=asked[:40]), loc=("picture",))
    return raw, own_picture(name, decoded)


def asks_for(name: str, raw: Raw) -> bool:
    """Whether this flag is set."""
    try:
        return read_flag(raw.get(name, False), name=name)
    except PydanticCustomError as error:
        raise Refusal(error.message(), type=error.type, loc=(name,)) from None


def uploads_of(request: Request) -> Uploads:
    kept: Uploads = request.app.state.uploads
    return kept


async def work(call: Callable[..., Answered], *arguments: Any) -> Answered:
    """Call in a thread, a few at a time."""
    return await run_sync(partial(call, *arguments), limiter=limiter())


def limiter() -> anyio.CapacityLimiter:
    """That of this event loop."""
    try:
        return LIMITER.get()
    except LookupError:
        LIMITER.set(anyio.CapacityLimiter(AT_ONCE))
        return LIMITER.get()


async def as_png(request: Request, asked: Raw, recipe: Recipe) -> Response:
    return Response(await work(painted, recipe), media_type="image/png")


def painted(recipe: Recipe) -> bytes:
    return assemble_quickly(image(Result(recipe).rows(), recipe))


async def as_json(request: Request, asked: Raw, recipe: Recipe) -> Response:
    return Response(await work(document, recipe, take_region(asked)), media_type="application/json")


async def as_events(request: Request, asked: Raw, recipe: Recipe) -> Response:
    headers = {**UNBUFFERED, **NOT_COMPRESSED}
    if asks_for("preview", asked):
        return Response(await work(previewed, recipe), media_type="text/event-stream", headers=headers)
    events = stream(recipe, work, failed=partial(forget, request.scope))
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def as_spot(request: Request, asked: Raw, recipe: Recipe) -> Response:
    return Response(await work(Spot(recipe, read_place(asked)).document), media_type="application/json")
