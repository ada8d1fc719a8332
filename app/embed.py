"""The stage alone, for an iframe on somebody's slide."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.requests import raw_of, scene_of
from app.routes import route
from app.scene import Operation, Scene
from app.stage import stage
from app.templates import render
from app.words import page as words


def embed_route(operation: Operation) -> Route:
    async def embed(request: Request) -> Response:
        scene = await scene_of(operation, request, await raw_of(request))
        html = await run_in_threadpool(embedded, scene) if scene.is_heavy else embedded(scene)
        return Response(html, media_type="text/html")

    return route(operation, "", embed, room="/embed")


def embedded(scene: Scene) -> str:
    title = words.TITLES[scene.operation.name]
    return render("embed.html", title=title, scene=scene, stage=stage(scene, room="/embed"))
