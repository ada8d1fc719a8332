"""The page of a scene: stage, controls, explanation."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.controls import panel
from app.explanation import explain
from app.openapi import described
from app.requests import raw_of, scene_of
from app.scene import Operation, Scene
from app.stage import stage
from app.templates import render
from app.words import page as words

CACHED = "public, no-cache"
"""A browser keeps the page and asks whether it still holds: a 304, most of the time."""


def router_of(operation: Operation) -> APIRouter:
    router = APIRouter()

    async def page(request: Request) -> Response:
        scene = await scene_of(operation, request, await raw_of(request))
        html = await run_in_threadpool(scene_page, scene) if scene.is_heavy else scene_page(scene)
        headers = {"Cache-Control": CACHED, "HX-Push-Url": scene.address()}
        return Response(html, media_type="text/html", headers=headers)

    for methods in (["GET", "HEAD"], ["POST"]):
        router.add_api_route(
            f"/{operation.name}", page, methods=methods, name=operation.name, **described(operation, "", methods)
        )
    return router


def scene_page(scene: Scene) -> str:
    return render(
        "scene.html",
        title=words.TITLES[scene.operation.name],
        scene=scene,
        stage=stage(scene),
        panel=panel(scene),
        explanation=explain(scene),
    )
