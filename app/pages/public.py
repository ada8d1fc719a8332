"""Where readers reach the program: what stands before its own addresses where they are to be absolute.

It comes from the settings, and never from a request: kept answers know no host.
"""

from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

PUBLIC_URL: ContextVar[str] = ContextVar("public_url", default="")
"""What CONVSCOPE_PUBLIC_URL says; empty where nobody has said it, and addresses stay relative."""


class Public:
    """The middleware that hands the setting to whatever answers."""

    def __init__(self, app: ASGIApp, url: str) -> None:
        self.app = app
        self.url = url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = PUBLIC_URL.set(self.url)
        try:
            await self.app(scope, receive, send)
        finally:
            PUBLIC_URL.reset(token)
