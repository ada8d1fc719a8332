"""Measurements in Prometheus' text format: requests and how long they took, open streams, kept answers, processes.

Each process of the server counts for itself, so several workers are several targets, or several copies.
"""

from collections.abc import Callable, Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from app.http.watch import Ended

PATH = "/metrics"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
PREFIXES = ("static", "embed", "present")

Levels = Mapping[str, Callable[[], float]]
"""What can be read at any time, by its name and what it means."""


class Metrics:
    def __init__(self, levels: Levels) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "convscope_requests", "Requests that have ended", ["kind", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "convscope_request_seconds", "How long requests took", ["kind"], buckets=SECONDS, registry=self.registry
        )
        self.streams = Gauge("convscope_streams_open", "Streams that are being sent", registry=self.registry)
        for name, read in levels.items():
            Gauge(f"convscope_{name}", name.replace("_", " ").capitalize(), registry=self.registry).set_function(read)

    def observe(self, ended: Ended) -> None:
        kind = kind_of(ended.path, ended.status)
        self.requests.labels(kind, str(ended.status)).inc()
        self.seconds.labels(kind).observe(ended.milliseconds / 1000)

    def stream(self, change: float) -> None:
        self.streams.inc(change)

    async def page(self, request: Request) -> Response:
        headers = {"cache-control": "no-store", "content-type": CONTENT_TYPE_LATEST}
        return Response(generate_latest(self.registry), headers=headers)


def kind_of(path: str, status: int) -> str:
    """What was asked for, in few words, however many addresses there are: a format, a frame, a file, or a page."""
    if status == 404:
        return "none"
    first = path.strip("/").partition("/")[0]
    extension = path.rpartition("/")[2].partition(".")[2]
    return first if first in PREFIXES else extension or "page"
