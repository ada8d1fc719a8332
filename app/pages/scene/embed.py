"""The stage alone, for an iframe on somebody's slide, or for a whole wall."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.address.query import spell_address
from app.pages.framing import FRAME_ONLY, PREFIXES, Frame, Framing
from app.pages.gallery import worked_scenes
from app.pages.panel.controls import upstream
from app.pages.requests import pushed, raw_of, view_asked
from app.pages.scene.stage import Stage, stage
from app.pages.scene_route import route
from app.pages.templates import render
from app.scene.operation import Operation
from app.scene.presentation import Presentation
from app.scene.scene import Scene
from app.stream.lane import apart
from app.views.view import View, summary_of


def embed_routes(operation: Operation) -> list[Route]:
    return [embed_route(operation, prefix) for prefix in PREFIXES]


def embed_route(operation: Operation, prefix: str) -> Route:
    async def embed(request: Request) -> Response:
        raw = await raw_of(request)
        options = Framing.read({name: raw.pop(name) for name in FRAME_ONLY if name in raw})
        view = await view_asked(operation, request, raw)
        theme = view.scene.presentation.theme
        frame = Frame(prefix, view.scene.address(), options.model_copy(update={"theme": theme}), PLAYED, plays=False)
        html = await apart(embedded, view, frame) if view.scene.is_heavy else embedded(view, frame)
        headers = pushed(address_of(view.scene, frame), view.scene.limits)
        return Response(html, media_type="text/html", headers=headers)

    return route(operation, "", embed, prefix=prefix)


STARTS = ("autoplay", "intro")
PLAYED = tuple(name for name in Framing.model_fields if name in Presentation.model_fields)
"""What a scene's own address says of how it is played."""


def address_of(scene: Scene, frame: Frame) -> str:
    """The canonical address of a scene's frame, with what is asked of the frame alone."""
    address, asked = scene.address("", frame.prefix), spell_address(frame.options.spelled(*FRAME_ONLY))
    return f"{address}{'&' if '?' in address else '?'}{asked}" if asked else address


def embedded(view: View, frame: Frame) -> str:
    scene, drawn = view.scene, stage(view, prefix=frame.prefix)
    return render(
        "embed.html",
        title=scene.presentation.whose or scene.operation.title,
        notes=[summary_of(view), *questions(scene.address(step=None))],
        scene=scene,
        stage=waiting(drawn) if frame.options.deck else drawn,
        frame=frame,
        address=address_of(scene, frame),
        fields={**fields(scene), **{field.name: field.value for field in upstream(view)}},
        locked=locked(scene, frame.options.lock),
        grids=len(all_grids(scene)),
    )


def questions(address: str) -> list[str]:
    """What to ask the room about a worked scene. Some of them look at the same one."""
    return [question for worked in worked_scenes().values() if worked.address == address for question in worked.ask]


def waiting(drawn: Stage) -> Stage:
    """On a deck's slide nothing plays before the slide is there, which the deck says."""
    return replace(drawn, settings={name: value for name, value in drawn.settings.items() if name not in STARTS})


def fields(scene: Scene) -> dict[str, str]:
    """What a form carries of the scene: every grid as text, and all else that its address says."""
    grids = {name: scene.text(name) for name in scene.layer.grids}
    return {**grids, **{name: text for name, text in scene.fields.items() if name not in ("step", *grids)}}


def locked(scene: Scene, lock: tuple[str, ...]) -> frozenset[str]:
    """The grids that may not be changed."""
    layer = scene.layer
    meant = {"input": layer.data, "kernel": layer.weights, "bias": "b"}
    meant = {role: "grad_output" if grid in layer.made else grid for role, grid in meant.items()}
    names = {meant.get(name, name) for name in lock}
    changed = all_grids(scene)
    return changed if "all" in names else frozenset(name for name in changed if name in names)


def all_grids(scene: Scene) -> frozenset[str]:
    """All that a reader might change; what flows back over connections is part of how they are shown."""
    is_backward = scene.presentation.direction == "backward"
    return frozenset({*scene.layer.grids, *(["upstream"] if is_backward else [])})
