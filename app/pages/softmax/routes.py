"""The addresses of scores on their way to a loss: their JSON."""

from starlette.routing import Route

from app.pages.requests import METHODS, endpoint
from app.pages.softmax.asked import PATH, read_asked
from app.pages.softmax.document import document


def routes() -> list[Route]:
    return [Route(f"{PATH}.json", endpoint(read_asked, document, "application/json"), methods=METHODS)]
