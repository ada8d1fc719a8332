"""/oembed: what a forum, a wiki or a course needs to put a page into its own (oembed.com, version 1.0).

Alone of all answers it may read who is asked (`Host`), where the settings do not say it, and so nobody may keep it.
"""

import re
from html import escape, unescape
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import Message, Scope, Send

from app.pages.failures import UNKEPT
from app.pages.frames.table import can_be_framed
from app.pages.framing import EMBED, PREFIXES
from app.pages.public import ROOT_PATH, base_of
from app.text import page as words
from app.text.encoding import dumps

WIDTH, HEIGHT = 960, 540
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


async def answer(request: Request) -> Response:
    asked = request.query_params
    if not asked.get("url"):
        return failed(422, ["query", "url"], words.OEMBED_NO_URL, "missing")
    if asked.get("format", "json") != "json":
        return failed(501, ["query", "format"], words.OEMBED_JSON_ONLY, "not_implemented")
    base = base_of(f"{request.url.scheme}://{request.headers.get('host', '')}")
    page = page_of(asked["url"], base)
    title = await title_of(page, request.scope) if page else None
    if page is None or title is None:
        return failed(404, ["query", "url"], words.OEMBED_UNKNOWN, "not_found")
    width, height = (bounded(asked.get(f"max{name}"), most) for name, most in (("width", WIDTH), ("height", HEIGHT)))
    return Response(
        dumps(
            {
                "type": "rich",
                "version": "1.0",
                "title": title,
                "provider_name": words.SITE,
                "provider_url": f"{base}/",
                "html": markup(base + EMBED + page, title, width, height),
                "width": width,
                "height": height,
            }
        ),
        headers=UNKEPT,
        media_type="application/json",
    )


def page_of(url: str, base: str) -> str | None:
    """The address of the page that a URL of ours names, of its frames too; None where it names nothing of ours."""
    parts, own = urlsplit(url), urlsplit(base)
    if (parts.scheme or parts.netloc) and (parts.scheme, parts.netloc.lower()) != (own.scheme, own.netloc.lower()):
        return None
    before = "" if ROOT_PATH.get() else own.path  # app/http/root_path.py has taken its path off already
    if not parts.path.startswith(before + "/"):
        return None
    path = parts.path.removeprefix(before)
    for prefix in PREFIXES:
        path = path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
    if not can_be_framed(path):
        return None
    return f"{path}?{parts.query}" if parts.query else path


async def title_of(page: str, scope: Scope) -> str | None:
    """The title of a page's frame, as the page itself is asked for it; None where it is refused."""
    path, _, query = (EMBED + page).partition("?")
    inner = {**scope, "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode()}
    body, status = b"", 0

    async def take(message: Message) -> None:
        nonlocal body, status
        status = message.get("status", status)
        body += message.get("body", b"")

    router: Router = scope["app"].router
    await answered(router, inner, take)
    found = TITLE.search(body.decode())
    return unescape(found.group(1)).removesuffix(f" · {words.SITE}").strip() if status == 200 and found else None


async def answered(router: Router, scope: Scope, send: Send) -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    await router(scope, receive, send)


def bounded(text: str | None, usual: int) -> int:
    """The usual size, or less where less is asked for."""
    return min(usual, max(int(text), 1)) if text and text.isdecimal() and len(text) < 6 else usual


def markup(address: str, title: str, width: int, height: int, allow: str = "fullscreen") -> str:
    """A frame as HTML. No lazy loading, and a fixed size: what a slide needs."""
    sized = f'src="{escape(address)}" width="{width}" height="{height}"'
    return f'<iframe {sized} title="{escape(title)}" allow="{allow}"></iframe>'


def failed(status: int, loc: list[str], sentence: str, kind: str) -> Response:
    body = dumps({"detail": [{"loc": loc, "msg": sentence, "type": kind}]})
    return Response(body, status, UNKEPT, media_type="application/json")
