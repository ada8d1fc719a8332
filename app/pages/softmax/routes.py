"""The addresses of scores on their way to a loss: their page and their JSON."""

from starlette.routing import Route

from app.pages.requests import METHODS, endpoint, swapped
from app.pages.softmax.asked import PATH, read_asked
from app.pages.softmax.document import document
from app.pages.softmax.page import softmax_page


def routes() -> list[Route]:
    return [
        Route(PATH, swapped(read_asked, softmax_page), methods=METHODS),
        Route(f"{PATH}.json", endpoint(read_asked, document, "application/json"), methods=METHODS),
    ]
