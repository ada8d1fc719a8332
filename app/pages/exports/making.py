"""A file of a scene without a server: for the command line, and for notebooks."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.address.query import Raw, read_address
from app.address.refusal import Refusal
from app.operations import OPERATIONS
from app.pages.exports import words
from app.pages.exports.formats import FORMATS, Format
from app.pages.exports.options import take_options
from app.settings import Limits
from app.views.table import read_view


def format_of(path: Path) -> Format:
    """The format that a file's name asks for."""
    made = FORMATS.get(path.suffix.lower())
    if made is None:
        raise Refusal(words.NO_FORMAT.format(name=path.name, known=", ".join(FORMATS)), loc=("format",))
    return made


def read_scene(text: str) -> tuple[str, Raw]:
    """The operation and the raw values of an address: `conv2d?x=digit:7`, or a whole link."""
    parts = urlsplit(text)
    name = parts.path.strip("/").removeprefix("embed/").removeprefix("present/").partition(".")[0]
    if name not in OPERATIONS:
        raise Refusal(words.NO_OPERATION.format(name=name, known=", ".join(OPERATIONS)), loc=("operation",))
    return name, read_address(parts.query.encode())


def file_of(
    operation: str, raw: Mapping[str, Any], made: Format, limits: Limits, progress: Callable[[int, int], None]
) -> bytes:
    """The file. Raises Refusal, or Refusals."""
    fields = dict(raw)
    options = take_options(fields, made.options)
    view = read_view(OPERATIONS[operation], fields, limits)
    if made.check:
        made.check()
    return made.make(view, options, progress)
