"""Where readers reach the program: what stands before its own addresses where they are to be absolute.

It comes from the settings, and never from a request: kept answers know no host.
"""

from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

PUBLIC_URL: ContextVar[str] = ContextVar("public_url", default="")
"""What CONVSCOPE_PUBLIC_URL says; empty where nobody has said it, and addresses stay relative."""


ROOT_PATH: ContextVar[str] = ContextVar("root_path", default="")
"""The path under which a proxy shows the program; app/http/root_path.py writes it where an origin is not needed."""


def base_of(origin: str) -> str:
    """What stands before an address of ours, for those who come from this origin."""
    return PUBLIC_URL.get() or (origin and origin + ROOT_PATH.get())


class Public:
    """The middleware that hands the settings to whatever answers."""

    def __init__(self, app: ASGIApp, url: str, root_path: str) -> None:
        self.app = app
        self.url = url
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        url, root_path = PUBLIC_URL.set(self.url), ROOT_PATH.set(self.root_path)
        try:
            await self.app(scope, receive, send)
        finally:
            PUBLIC_URL.reset(url)
            ROOT_PATH.reset(root_path)
