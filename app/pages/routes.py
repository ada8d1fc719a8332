"""Every route of the pages, in the order in which an address is looked for."""

from starlette.routing import BaseRoute, Route

from app.operations import OPERATIONS
from app.pages import learn as learning
from app.pages import lenet as live
from app.pages import networks, oembed, pictures, programme, representations, share
from app.pages import receptive_field as stacks
from app.pages.backprop import routes as backprop
from app.pages.compare import page as compare
from app.pages.exports import pages as page_files
from app.pages.exports import routes as exports
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
from app.pages.residual import page as residual
from app.pages.round_trip import page as round_trip
from app.pages.scene import embed
from app.pages.scene import page as pages
from app.pages.softmax import routes as softmax
from app.pages.train import routes as training
from app.pages.two_convolutions import page as two_convolutions
from app.pages.valley import page as valley


def routes() -> list[BaseRoute]:
    """Operations first: they are asked for most."""
    return [
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
        Route("/oembed", oembed.answer),
        Route(lecturers.PATH, lecturers.page),
        *share.routes(),
        *programme.routes(),
        *exports.routes(),
        *frames.routes(),
    ]
