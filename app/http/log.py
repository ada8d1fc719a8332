"""The log, where one is asked for: a line of JSON for each request, on the standard output."""

import sys
from datetime import UTC, datetime

import orjson

from app.http.watch import Ended


def write(ended: Ended) -> None:
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": ended.method,
        "path": ended.path,
        "status": ended.status,
        "milliseconds": round(ended.milliseconds, 1),
        "bytes": ended.bytes,
    }
    sys.stdout.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE).decode())
    sys.stdout.flush()
