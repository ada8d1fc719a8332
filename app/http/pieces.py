"""Large answers go on in pieces, so that compressing one holds up no other reader for more than a moment."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PIECE = 65_536


class Pieces:
    """The middleware, which stands inside the compression: that works as long as a piece has bytes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_pieces(message: Message) -> None:
            body = message.get("body", b"")
            for start in range(0, len(body) - PIECE, PIECE):
                await send({"type": message["type"], "body": body[start : start + PIECE], "more_body": True})
                await asyncio.sleep(0)  # others have their turn
            if len(body) > PIECE:
                message = {**message, "body": body[(len(body) - 1) // PIECE * PIECE :]}
            await send(message)

        await self.app(scope, receive, send_pieces if scope["type"] == "http" else send)
