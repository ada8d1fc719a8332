"""Routes found by their path: the same answers as when each is tried in turn."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.http.exact import looked_up


def saying(text: str, path: str, *methods: str) -> Route:
    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(text + "".join(request.path_params.values()))

    return Route(path, answer, methods=list(methods))


ROUTES = [
    saying("first", "/a", "GET"),
    saying("posted", "/a", "POST"),
    saying("second", "/a", "GET"),
    saying("b", "/b", "GET"),
    saying("named ", "/c/{name}", "GET"),
]


@pytest.mark.parametrize("root", ["", "/under"])
@pytest.mark.parametrize("path", ["/a", "/b", "/c/d", "/", "/a/", "/A", "/c", "/under", "/underneath"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
def test_a_request_is_answered_as_if_each_route_were_tried_in_turn(method: str, path: str, root: str) -> None:
    def answer(app: Starlette) -> tuple[int, str]:
        answered = TestClient(app, root_path=root).request(method, root + path)
        return answered.status_code, answered.text

    assert answer(Starlette(routes=looked_up(ROUTES))) == answer(Starlette(routes=ROUTES))
