"""The application: routes and middleware, nothing else."""

from collections.abc import Iterable

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.routing import BaseRoute, Route
from starlette_compress import CompressMiddleware

from app.http import log
from app.http.answers import Answers, Shelf
from app.http.exact import looked_up
from app.http.frozen import Frozen
from app.http.guards import Guards
from app.http.metrics import PATH, Levels, Metrics
from app.http.packing import BROTLI_QUALITY, GZIP_LEVEL, Packing
from app.http.root_path import RootPath
from app.http.stop import Stop, Stopping
from app.http.watch import Watched
from app.lifespan import lifespan
from app.operations import OPERATIONS
from app.pages.exports.workers import Workers
from app.pages.failures import broken, handlers, stopping
from app.pages.panel.controls import check_labels
from app.pages.pictures.uploads import Uploads
from app.pages.public import Public
from app.pages.routes import routes as page_routes
from app.pages.schema import schema
from app.paths import build_id, static_folder
from app.settings import OWN, Settings, settings
from app.stream.lane import HEAVY, PAGES
from app.training.pool import Pool
from app.views.table import check_views


def create_app(configured: Settings | None = None) -> FastAPI:
    """ConvScope as an ASGI application, configured by the environment unless settings are handed in."""
    configured = configured or settings()
    check_views(OPERATIONS.values())
    check_labels(OPERATIONS.values())
    build = build_id() + configured.model_dump_json(exclude=set(OWN))
    shelf, workers, stop = Shelf(configured.cache_bytes), Workers(), Stop()
    uploads = Uploads(configured.picture_bytes)
    trainings = Pool(configured.training_processes, configured.training_bytes)
    metrics = Metrics(levels(shelf, uploads, workers, trainings))
    observers = [*([log.write] if configured.log else []), *([metrics.observe] if configured.metrics else [])]
    routes = [*page_routes(), *([Route(PATH, metrics.page)] if configured.metrics else [])]
    app = FastAPI(
        routes=looked_up(routes),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        middleware=[
            *([Middleware(Watched, observers=observers, streams=metrics.stream)] if observers else []),
            Middleware(Guards, frame_ancestors=configured.frame_ancestors, webcam=configured.webcam),
            Middleware(Stopping, stop=stop, answer=stopping),
            Middleware(ServerErrorMiddleware, handler=broken),  # inside the guards, so that a failure is guarded too
            Middleware(Answers, build=build, shelf=shelf),
            Middleware(CompressMiddleware, zstd=False, brotli_quality=BROTLI_QUALITY, gzip_level=GZIP_LEVEL),
            Middleware(Packing),
            Middleware(Public, url=configured.public_url, root_path=configured.root_path),
            *([Middleware(RootPath, path=configured.root_path, pages=names(routes))] if configured.root_path else []),
        ],
        exception_handlers=handlers(),
    )
    app.state.limits = configured.limits
    app.state.workers = workers
    app.state.stop = stop
    app.state.webcam = configured.webcam
    app.state.uploads = uploads
    app.state.training = trainings
    app.openapi = schema  # type: ignore[method-assign]
    # Compressed once and then kept, so that the smallest is worth its time.
    frozen = CompressMiddleware(Frozen(directory=static_folder()), zstd=False, brotli_quality=11, gzip_level=9)
    app.mount(f"/static/{build_id()}", frozen, name="static")
    return app


def levels(shelf: Shelf, uploads: Uploads, workers: Workers, trainings: Pool) -> Levels:
    """What /metrics says of memory and of processes."""
    return {
        "answers_kept": lambda: len(shelf.answers),
        "answers_kept_bytes": lambda: shelf.held,
        "answers_found": lambda: shelf.found,
        "scenes_running": lambda: HEAVY.running,
        "scenes_waiting": lambda: HEAVY.waiting,
        "pages_running": lambda: PAGES.running,
        "pages_waiting": lambda: PAGES.waiting,
        "uploads_kept_bytes": lambda: uploads.held,
        "exports_running": lambda: workers.busy,
        "exports_waiting": lambda: workers.waiting,
        "trainings_running": lambda: len(trainings.running),
        "trainings_waiting": lambda: len(trainings.waiting),
    }


def names(routes: Iterable[BaseRoute]) -> set[str]:
    """What stands first in our addresses, without extensions."""
    return {route.path.strip("/").split("/")[0].split(".")[0] for route in routes if isinstance(route, Route)} - {""}
