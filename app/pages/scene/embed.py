"""The stage alone, for an iframe on somebody's slide."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.pages.requests import raw_of, view_asked
from app.pages.routes import route
from app.pages.scene.stage import stage
from app.pages.templates import render
from app.scene.operation import Operation
from app.views.view import View


def embed_route(operation: Operation) -> Route:
    async def embed(request: Request) -> Response:
        view = await view_asked(operation, request, await raw_of(request))
        html = await run_in_threadpool(embedded, view) if view.scene.is_heavy else embedded(view)
        return Response(html, media_type="text/html")

    return route(operation, "", embed, prefix="/embed")


def embedded(view: View) -> str:
    scene = view.scene
    return render("embed.html", title=scene.operation.title, scene=scene, stage=stage(view, prefix="/embed"))
