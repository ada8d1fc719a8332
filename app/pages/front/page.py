"""The front page: the first scene on a stage that lives, and the paths that lead on from it."""

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from app.pages.front import words
from app.pages.front.kernels import kernels
from app.pages.front.lectures import lectures
from app.pages.front.paths import paths
from app.pages.gallery import view_at
from app.pages.scene.stage import stage
from app.pages.templates import render
from app.text.page import PROMISE

SCENE = "/conv2d"
"""What stands on the stage."""
PEN, ERASER, PAPER = "9", "0", "zeros:7x7"
"""What each of them writes, and the paper on which nothing is written."""


async def front_page(request: Request) -> Response:
    return Response(front(), media_type="text/html")


@cache
def front() -> str:
    view = view_at(SCENE)
    return render(
        "front.html",
        title=PROMISE,
        say=words,
        scene=view.scene,
        stage=stage(view, is_brief=True),
        kernels=kernels(view.scene),
        brushes=((words.PEN, PEN), (words.ERASER, ERASER)),
        paper=(PAPER, view.scene.address(x=PAPER)),
        paths=paths(),
        lectures=lectures(),
    )
