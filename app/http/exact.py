"""Routes whose paths hold no parameter, looked up by path: hundreds of patterns in turn cost more than an answer."""

from collections import defaultdict
from collections.abc import Iterable

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

CHOSEN = "convscope.route"
"""Where the request says which of them it has met."""


class Exact(BaseRoute):
    """Many routes as one. Of those at one path the first counts that takes the method, as in Starlette's own list."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.at: defaultdict[str, list[Route]] = defaultdict(list)
        for route in routes:
            self.at[route.path].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        partial: tuple[Match, Scope] = (Match.NONE, {})
        for route in self.at.get(path_of(scope), ()):
            match, found = route.matches(scope)
            if match == Match.FULL:
                return match, {**found, CHOSEN: route}
            if match == Match.PARTIAL and partial[0] == Match.NONE:
                partial = match, {**found, CHOSEN: route}
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        route: Route = scope[CHOSEN]
        await route.handle(scope, receive, send)


def path_of(scope: Scope) -> str:
    """The path behind the one that the application is mounted at."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def looked_up(routes: Iterable[BaseRoute]) -> list[BaseRoute]:
    """The same routes behind one that holds those without a parameter.

    These stand at the end too, so that the application's list is whole; only what is nowhere comes as far.
    """
    exact: list[Route] = []
    others: list[BaseRoute] = []
    for route in routes:
        if isinstance(route, Route) and not route.param_convertors:
            exact.append(route)
        else:
            others.append(route)
    return [Exact(exact), *others, *exact]
