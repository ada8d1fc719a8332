"""What is shared: a page and its addresses, made of the address that a reader sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.routing import BaseRoute, Match, Route

from app.address.query import Raw
from app.address.refusal import Refusal
from app.operations import OPERATIONS
from app.pages.exports.formats import FORMATS
from app.pages.frames.table import can_be_framed, needs_camera, own_options
from app.pages.framing import EMBED, PREFIXES, PRESENT, Framing
from app.pages.previews import preview_of, with_query
from app.pages.public import base_of
from app.text import refusals
from app.text.page import SITE

OPTIONS = ("autoplay", "loop", "theme", "size")
"""What the panel offers of a frame's options; a link may say more."""


@dataclass(frozen=True)
class Shared:
    """A page, and how a frame of it is to be shown."""

    base: str
    """What stands before the addresses; empty where nobody knows it."""
    page: str
    title: str
    framing: dict[str, str]
    """The options of its frames, as an address writes them."""
    extensions: tuple[str, ...]
    """Those of the files that there are of this page."""
    has_numbers: bool
    """Whether it can be had as JSON."""

    @property
    def path(self) -> str:
        return self.page.partition("?")[0]

    @property
    def name(self) -> str:
        """What its files are called."""
        return self.path.strip("/").replace("/", "-")

    @property
    def can_be_framed(self) -> bool:
        return can_be_framed(self.page)

    @property
    def needs_camera(self) -> bool:
        return needs_camera(self.path)

    @property
    def link(self) -> str:
        return self.base + self.page

    def frame(self, **options: str) -> str:
        """The address of its frame."""
        return self.base + EMBED + with_query(self.page, {**self.framing, **options})

    @property
    def wall(self) -> str:
        return self.base + PRESENT + self.page

    def file(self, extension: str) -> str:
        """The address of one of its files."""
        path, mark, query = self.page.partition("?")
        return f"{self.base}{path}{extension}{mark}{query}"

    def preview(self, width: int) -> str | None:
        """The address of a still picture on this very server, if there is one of this page."""
        return preview_of(self.page, width) if ".png" in self.extensions else None

    def first(self, *extensions: str) -> str | None:
        """The first of these that there is a file of."""
        return next((each for each in extensions if each in self.extensions), None)


def read_shared(raw: Raw, public_url: str, routes: Sequence[BaseRoute]) -> Shared:
    """What an address of the panel names. Raises Refusal, each with its sentence."""
    for name in raw:
        if name not in ("url", "title", *OPTIONS):
            raise Refusal(refusals.SHARE_TAKES.format(name=name[:40]), type="extra_forbidden", loc=(name,))
    url = str(raw.get("url", ""))
    parts = urlsplit(url)
    base = public_url or base_of(f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else "")
    path = parts.path.removeprefix(urlsplit(public_url).path) if public_url and parts.netloc else parts.path
    for prefix in PREFIXES:
        path = path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
    if not path.startswith("/") or path.startswith("//") or not leads(path, routes):
        raise Refusal(refusals.SHARE_URL, loc=("url",))
    options = Framing.read({name: raw[name] for name in OPTIONS if name in raw})
    own = own_options(path) or ()
    return Shared(
        base,
        f"{path}?{parts.query}" if parts.query else path,
        str(raw.get("title", "")) or title_of(path),
        {name: text for name, text in options.spelled(*OPTIONS).items() if name not in own},
        tuple(extension for extension in FORMATS if has_file(path, extension, routes)),
        has_file(path, ".json", routes),
    )


def title_of(path: str) -> str:
    """What a page is called where nobody has said it: a scene knows."""
    name = path.strip("/")
    return OPERATIONS[name].title if name in OPERATIONS else name.rpartition("/")[2] or SITE


def leads(path: str, routes: Iterable[BaseRoute]) -> bool:
    """Whether there is a page at this path."""
    scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
    return any(route.matches(scope)[0] is Match.FULL for route in routes)


def has_file(path: str, extension: str, routes: Iterable[BaseRoute]) -> bool:
    """Whether a route of this extension, and not one that takes any name, answers for the page at this path."""
    files = (route for route in routes if isinstance(route, Route) and route.path.endswith(extension))
    return leads(path + extension, files)
