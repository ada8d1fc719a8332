"""What stands before every route: how long an address may be, and the headers that every answer carries."""

from functools import lru_cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'"
)
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
WITH_CAMERA = PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
SEES = ("/pictures", "/embed/pictures")
"""The pages that may ask for the camera, unless the settings forbid it."""

ALWAYS = [(b"x-content-type-options", b"nosniff"), (b"access-control-allow-origin", b"*")]
"""All is public and nothing is private: any page may read any answer."""
NOT_COMPRESSED = {"Content-Encoding": "x-left-plain"}
"""A mark that keeps the compression off an answer; it is taken off again here."""
MARK = (b"content-encoding", b"x-left-plain")
PREFLIGHT = [
    *ALWAYS,
    (b"access-control-allow-methods", b"GET, HEAD, POST"),
    (b"access-control-allow-headers", b"Content-Type, Last-Event-ID, *"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
"""What a browser asks before it posts JSON from another page, or htmx asks for anything in a sandboxed frame."""
DOCUMENTS = (b"text/html", b"image/svg+xml")
"""What a browser opens as a document. Only there do the other policies mean anything: on a script or a picture they
would be bytes for nothing, uncompressed, with each of the thirty files of a page."""


class Guards:
    """The middleware: every answer is guarded, documents by the strict policy; only /embed may be framed."""

    def __init__(self, app: ASGIApp, frame_ancestors: str, webcam: bool = True) -> None:
        self.app = app
        self.cameras = SEES if webcam else ()
        hosts = " ".join(frame_ancestors.replace(";", " ").split())
        self.embed = CONTENT_SECURITY_POLICY + (f"; frame-ancestors {hosts}" if hosts else "")
        self.page = CONTENT_SECURITY_POLICY + "; frame-ancestors 'none'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["method"] == "OPTIONS":
            await send({"type": "http.response.start", "status": 200, "headers": PREFLIGHT})
            return await send({"type": "http.response.body"})
        policy = self.embed if scope["path"].startswith("/embed/") else self.page
        document = policies(policy, WITH_CAMERA if scope["path"] in self.cameras else PERMISSIONS_POLICY)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                is_document = any(n == b"content-type" and v.startswith(DOCUMENTS) for n, v in message["headers"])
                unmarked = (header for header in message["headers"] if header != MARK)
                has_own = any(name == document[0][0] for name, _ in message["headers"])  # a file with its own scripts
                message["headers"] = [*unmarked, *ALWAYS, *(document[has_own:] if is_document else ())]
            await send(message)

        await self.app(scope, receive, send_guarded)


@lru_cache
def policies(content_security_policy: str, permissions: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-security-policy", content_security_policy.encode("latin-1", "ignore")),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"permissions-policy", permissions.encode()),
        (b"access-control-expose-headers", b"HX-Push-Url"),  # to htmx in a sandboxed frame
    ]
