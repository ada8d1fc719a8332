"""The application: routes and middleware, nothing else."""

from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette_compress import CompressMiddleware

from app import embed, gallery, pages, representations
from app.answers import Answers
from app.failures import handlers
from app.guards import Guards
from app.operations import OPERATIONS
from app.paths import build_id, static_folder
from app.settings import Settings, settings
from app.words import page as words


def create_app(configured: Settings | None = None) -> FastAPI:
    """ConvScope as an ASGI application, configured by the environment unless settings are handed in."""
    configured = configured or settings()
    build = build_id() + configured.model_dump_json()
    app = FastAPI(
        title=words.SITE,
        description=words.PROMISE,
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(Guards, frame_ancestors=configured.frame_ancestors),
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"]),
            Middleware(Answers, build=build, capacity=configured.cache_bytes),
            Middleware(CompressMiddleware, zstd=False, brotli_quality=5, gzip_level=6),
        ],
        exception_handlers=handlers(),
    )
    app.state.limits = configured.limits
    app.include_router(gallery.router)
    for operation in OPERATIONS.values():
        app.include_router(representations.router_of(operation))
        app.include_router(pages.router_of(operation))
        app.include_router(embed.router_of(operation))
    # Compressed once and then kept, so that the smallest is worth its time.
    frozen = CompressMiddleware(Frozen(directory=static_folder()), zstd=False, brotli_quality=11, gzip_level=9)
    app.mount(f"/static/{build_id()}", frozen, name="static")
    return app


class Frozen(StaticFiles):
    """Static files under a path that names the build: what is there never changes."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        for needless in ("last-modified", "accept-ranges"):
            del response.headers[needless]
        return response
