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
from app.pages import learn as learning
from app.pages import lenet as live
from app.pages import networks, oembed, pictures, programme, representations, share
from app.pages import receptive_field as stacks
from app.pages.backprop import routes as backprop
from app.pages.compare import page as compare
from app.pages.exports import pages as page_files
from app.pages.exports import routes as exports
from app.pages.exports.workers import Workers
from app.pages.failures import broken, handlers, stopping
from app.pages.flatten_linear import page as flatten_linear
from app.pages.frames import routes as frames
from app.pages.front import lectures
from app.pages.front import page as front
from app.pages.gap import page as gap
from app.pages.health import healthz
from app.pages.inception import page as inception
from app.pages.laws import page as laws
from app.pages.lecturers import page as lecturers
from app.pages.linear import page as linear
from app.pages.panel.controls import check_labels
from app.pages.pictures.uploads import Uploads
from app.pages.public import Public
from app.pages.residual import page as residual
from app.pages.round_trip import page as round_trip
from app.pages.scene import embed
from app.pages.scene import page as pages
from app.pages.schema import schema
from app.pages.softmax import routes as softmax
from app.pages.train import routes as training
from app.pages.two_convolutions import page as two_convolutions
from app.pages.valley import page as valley
from app.paths import build_id, static_folder
from app.settings import OWN, Settings, settings
from app.stream.lane import HEAVY
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
    routes: list[BaseRoute] = [
        *(route for operation in OPERATIONS.values() for route in representations.routes(operation)),
        *(pages.page_route(operation) for operation in OPERATIONS.values()),
        *(route for operation in OPERATIONS.values() for route in embed.embed_routes(operation)),
        *pictures.routes(),  # before the files of all pages, as its own .png is a result
        *page_files.routes(),
        *backprop.routes(),
        *compare.routes(),
        *softmax.routes(),
        *linear.routes(),
        *valley.routes(),
        *learning.routes(),
        *live.routes(),
        *flatten_linear.routes(),
        *two_convolutions.routes(),  # both before the networks, which have names of their own under the same path
        *networks.routes(),
        *stacks.routes(),
        *round_trip.routes(),
        *laws.routes(),
        *residual.routes(),
        *inception.routes(),
        *gap.routes(),
        *training.routes(),
        Route("/", front.front_page),
        Route(lectures.PATH, lectures.lectures_page),
        Route("/healthz", healthz),
        *([Route(PATH, metrics.page)] if configured.metrics else []),
        Route("/oembed", oembed.answer),
        Route(lecturers.PATH, lecturers.page),
        *share.routes(),
        *programme.routes(),
        *exports.routes(),
        *frames.routes(),
    ]
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
        "uploads_kept_bytes": lambda: uploads.held,
        "exports_running": lambda: workers.busy,
        "exports_waiting": lambda: workers.waiting,
        "trainings_running": lambda: len(trainings.running),
        "trainings_waiting": lambda: len(trainings.waiting),
    }


def names(routes: Iterable[BaseRoute]) -> set[str]:
    """What stands first in our addresses, without extensions."""
    return {route.path.strip("/").split("/")[0].split(".")[0] for route in routes if isinstance(route, Route)} - {""}
