"""What a reader gets when a request cannot be answered: JSON for programs, a page for people."""

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.address.refusal import Refusal, Refusals
from app.operations import OPERATIONS
from app.pages.templates import render
from app.text import page
from app.text import refusals as words
from app.text.encoding import dumps

UNKEPT = {"Cache-Control": "no-store"}
"""What went wrong once may go well the next time."""
STATUS = {
    "url_too_long": 414,
    "body_too_long": 413,
    "picture_forgotten": 404,
    "missing_extra": 501,
    "busy": 503,
}
SOON = 5
"""Seconds after which whoever came when all were busy may come again."""


def handlers() -> dict[Any, Callable[..., Any]]:
    return {Refusal: refused, Refusals: refused, HTTPException: failed}


async def refused(request: Request, error: Refusal | Refusals) -> Response:
    """422, or what the kind of refusal has for a status, with a sentence for each field that is wrong."""
    refusals = error.refusals if isinstance(error, Refusals) else (error,)
    status = next((STATUS[refusal.type] for refusal in refusals if refusal.type in STATUS), 422)
    place = "body" if request.method == "POST" else "query"
    details = [{"loc": [place, *map(text, r.loc)], "msg": text(r), "type": r.type} for r in refusals]
    headers = {**UNKEPT, **({"Retry-After": str(SOON)} if status == 503 else {})}
    if wants_data(request):
        return Response(dumps({"detail": details}), status, headers, media_type="application/json")
    return Response(refusal_page(request, details), status, headers, media_type="text/html")


def refusal_page(request: Request, details: list[dict[str, Any]]) -> str:
    """The page with the form kept, each sentence beside its field."""
    path = text(request.scope["path"])
    operation = OPERATIONS.get(path.rsplit("/", 1)[-1])
    sentences = {str(detail["loc"][1]) if len(detail["loc"]) > 1 else "": detail["msg"] for detail in details}
    given = given_to(request)
    return render(
        "refusal.html",
        action=f"/{operation.name}" if operation else path,
        title=page.REFUSED,
        sentences=sentences,
        given=given,
        names=list(dict.fromkeys([*(n for n in sentences if n), *given])),
    )


def given_to(request: Request) -> dict[str, str]:
    """What was asked for, as far as it could be read, as a form's text."""
    raw: dict[str, Any] = getattr(request.state, "given", None) or dict(request.query_params)
    return {text(name): text(value if isinstance(value, str) else dumps(value).decode()) for name, value in raw.items()}


async def failed(request: Request, error: HTTPException) -> Response:
    """No such page, or a method that a page does not answer."""
    path = text(request.scope["path"])[:200]
    sentence = words.METHOD if error.status_code == 405 else words.NOT_FOUND
    sentence = sentence.format(path=path, method=request.method)
    headers = {**UNKEPT, **(error.headers or {})}
    if wants_data(request):
        kind = "method_not_allowed" if error.status_code == 405 else "not_found"
        body = dumps({"detail": [{"loc": ["path"], "msg": sentence, "type": kind}]})
        return Response(body, error.status_code, headers, media_type="application/json")
    html = render("message.html", title=page.NOT_FOUND, sentence=sentence)
    return Response(html, error.status_code, headers, media_type="text/html")


async def broken(request: Request, error: Exception) -> Response:
    """Our own fault. The server logs the traceback; the reader gets a sentence."""
    if wants_data(request):
        body = dumps({"detail": [{"loc": [], "msg": words.FAILED, "type": "internal"}]})
        return Response(body, 500, UNKEPT, media_type="application/json")
    html = render("message.html", title=page.SITE, sentence=words.FAILED)
    return Response(html, 500, UNKEPT, media_type="text/html")


def stopping(request: Request) -> Response:
    """The program ends before this answer is made: another copy, or the next start, makes it."""
    answer = later(request, words.STOPPING, kind="stopping")
    answer.headers["Connection"] = "close"
    return answer


def later(request: Request, sentence: str, kind: str = "busy", seconds: int = SOON) -> Response:
    """503: what is asked for can be had, but not now."""
    headers = {**UNKEPT, "Retry-After": str(seconds)}
    if wants_data(request):
        body = dumps({"detail": [{"loc": [], "msg": sentence, "type": kind}]})
        return Response(body, 503, headers, media_type="application/json")
    html = render("message.html", title=page.SITE, sentence=sentence)
    return Response(html, 503, headers, media_type="text/html")


def wants_data(request: Request) -> bool:
    """Representations with an extension are for programs."""
    return "." in request.scope["path"].rsplit("/", 1)[-1]


def text(value: object) -> str:
    """As text that any encoding can carry: a lone surrogate becomes a question mark."""
    return str(value).encode("utf-8", "replace").decode()
