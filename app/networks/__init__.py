"""Whole networks: the catalogue, one network, two compared, one's own, and two demonstrations."""

from starlette.routing import Route

from app.networks import pages


def routes() -> list[Route]:
    """The routes, fixed names before those of networks."""
    return [
        Route("/networks", pages.index),
        Route("/networks.json", pages.index_json),
        Route("/networks/compare", pages.compare_page),
        Route("/networks/{name}.json", pages.network_json),
        Route("/networks/{name}", pages.network_page),
    ]
