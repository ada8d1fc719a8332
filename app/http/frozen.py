"""Static files as they travel: without comments, a third of some, and without indentation; every line in its place.

That is 4.4 KB of a first visit, and lines keep their numbers. The files in the repository are whole.
"""

import re
from os import PathLike
from pathlib import Path, PurePath
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

LEFT_OUT = {
    ".js": re.compile(r"^ *(?://.*)?", re.MULTILINE),
    ".css": re.compile(r"^ *(?:/\*(?:(?!\*/).)*\*/ *$)?", re.MULTILINE),
}
"""The indentation of a line, and what is nothing but a comment. What others have written keeps its licence."""


MODULE = "text/javascript"
"""Modules are UTF-8 by definition, and there are thirty of them."""


class Frozen(StaticFiles):
    """Static files under a path that names the build: what is there never changes, so no date is needed."""

    def file_response(self, full_path: str | PathLike[str], *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(full_path, *args, **kwargs)
        for needless in ("last-modified", "accept-ranges"):
            del response.headers[needless]
        path = PurePath(full_path)
        if path.suffix == ".js":
            response.headers["content-type"] = MODULE
        if path.suffix not in LEFT_OUT or "vendor" in path.parts:
            return response
        return Response(travelling(Path(full_path)), headers={"content-type": response.headers["content-type"]})


def travelling(path: Path) -> str:
    """What a browser gets of a file of ours; lines keep their numbers, for the sake of error messages.

    Within a template that runs over lines `//` and spaces are text, and within a comment that does, `/*` is: such a
    file travels as it is.
    """
    written = path.read_text(encoding="utf-8")
    bare = LEFT_OUT[path.suffix].sub("", written)
    return written if any(map(runs_on, bare.split("\n"))) else bare


def runs_on(line: str) -> bool:
    """Whether a template, a comment or a string may be open where the line ends."""
    return (
        line.endswith("\\")
        or line.count("`") % 2 == 1
        or line.count("${") > line.count("}")
        or line.count("/*") != line.count("*/")
    )
