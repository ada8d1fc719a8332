"""The addresses of a graph with its values: its JSON."""

from starlette.routing import Route

from app.pages.backprop.document import document
from app.pages.backprop.reading import PATH, read_asked
from app.pages.requests import METHODS, endpoint


def routes() -> list[Route]:
    return [Route(f"{PATH}.json", endpoint(read_asked, document, "application/json"), methods=METHODS)]
