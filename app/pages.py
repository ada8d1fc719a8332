"""The page of a scene: stage, controls, explanation."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.controls import panel
from app.requests import raw_of, scene_of
from app.routes import route
from app.scene import Operation, Scene
from app.stage import stage
from app.templates import render
from app.words import page as words


def page_route(operation: Operation) -> Route:
    async def page(request: Request) -> Response:
        scene = await scene_of(operation, request, await raw_of(request))
        html = await run_in_threadpool(scene_page, scene) if scene.is_heavy else scene_page(scene)
        address = scene.address()
        headers = {"HX-Push-Url": address} if len(address) <= scene.limits.url_bytes else {}
        return Response(html, media_type="text/html", headers=headers)

    return route(operation, "", page)


def scene_page(scene: Scene) -> str:
    return render(
        "scene.html",
        title=words.TITLES[scene.operation.name],
        scene=scene,
        stage=stage(scene),
        panel=panel(scene),
        explanation=scene.operation.explain(scene),
    )
