"""The stage alone, for an iframe on somebody's slide."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.openapi import described
from app.pages import CACHED
from app.requests import raw_of, scene_of
from app.scene import Operation, Scene
from app.stage import stage
from app.templates import render
from app.words import page as words


def router_of(operation: Operation) -> APIRouter:
    router = APIRouter()

    async def embed(request: Request) -> Response:
        scene = await scene_of(operation, request, await raw_of(request))
        html = await run_in_threadpool(embedded, scene) if scene.is_heavy else embedded(scene)
        return Response(html, media_type="text/html", headers={"Cache-Control": CACHED})

    for methods in (["GET", "HEAD"], ["POST"]):
        facts = described(operation, "", methods)
        facts["operation_id"] = f"embed_{facts['operation_id']}"
        router.add_api_route(
            f"/embed/{operation.name}", embed, methods=methods, name=f"embed-{operation.name}", **facts
        )
    return router


def embedded(scene: Scene) -> str:
    title = words.TITLES[scene.operation.name]
    return render("embed.html", title=title, scene=scene, stage=stage(scene, room="/embed"))
