"""Whole networks: the catalogue, one network, two compared, and one's own."""

from starlette.routing import Route

from app.pages.networks import own_pages, pages


def routes() -> list[Route]:
    """The routes, fixed names before those of networks."""
    return [
        Route("/networks", pages.index),
        Route("/networks.json", pages.index_json),
        Route("/networks/compare", pages.compare_page),
        Route("/networks/own", own_pages.own_page),
        Route("/networks/own", own_pages.own_posted, methods=["POST"]),
        Route("/networks/own.json", own_pages.own_json, methods=["GET", "POST"]),
        Route("/networks/own.csv", own_pages.own_csv),
        Route("/networks/{name}.json", pages.network_json),
        Route("/networks/{name}.csv", pages.network_csv),
        Route("/networks/{name}", pages.network_page),
    ]
