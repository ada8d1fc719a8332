"""The route of a scene: one path for each representation, answering GET, HEAD and POST alike.

They are Starlette's plain routes, and app/address reads the parameters. FastAPI would let unknown and repeated ones
pass and read `1_0` as 10, and would take about as long as computing a small scene. What /openapi.json says of the
routes is made from the same models, in app/pages/schema.py.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.scene.operation import Operation

Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def route(operation: Operation, extension: str, endpoint: Endpoint, prefix: str = "") -> Route:
    """The route of an operation's representation with this extension, under this prefix."""
    return Route(f"{prefix}/{operation.name}{extension}", endpoint, methods=["GET", "HEAD", "POST"])
