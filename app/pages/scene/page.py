"""The page of a scene: stage, controls, explanation."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.pages.panel.controls import panel
from app.pages.requests import pushed, raw_of, view_asked
from app.pages.scene.explanation import explanation
from app.pages.scene.stage import stage
from app.pages.scene_route import route
from app.pages.templates import render
from app.scene.operation import Operation
from app.stream.lane import apart
from app.views.view import View, summary_of


def page_route(operation: Operation) -> Route:
    async def page(request: Request) -> Response:
        view = await view_asked(operation, request, await raw_of(request))
        scene = view.scene
        html = await apart(scene_page, view) if scene.is_heavy else scene_page(view)
        return Response(html, media_type="text/html", headers=pushed(scene.address(), scene.limits))

    return route(operation, "", page)


def scene_page(view: View) -> str:
    scene = view.scene
    return render(
        "scene.html",
        title=scene.presentation.whose or scene.operation.title,
        summary=summary_of(view),
        scene=scene,
        stage=stage(view),
        panel=panel(view),
        explanation=explanation(scene),
        snippets=scene.operation.snippets(scene),
        further=scene.operation.further(scene),
    )
