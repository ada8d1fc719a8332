"""The addresses of a graph with its values: its page, its JSON, its picture."""

from starlette.routing import Route

from app.pages.backprop.document import document
from app.pages.backprop.page import backprop_page
from app.pages.backprop.poster import poster
from app.pages.backprop.reading import PATH, read_asked
from app.pages.requests import METHODS, endpoint, swapped


def routes() -> list[Route]:
    return [
        Route(PATH, swapped(read_asked, backprop_page), methods=METHODS),
        Route(f"{PATH}.json", endpoint(read_asked, document, "application/json"), methods=METHODS),
        Route(f"{PATH}.svg", endpoint(read_asked, poster, "image/svg+xml"), methods=METHODS),
    ]
