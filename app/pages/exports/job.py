"""What a process of its own is asked to make: a scene as a file, from raw values that need no scene to be sent."""

from collections.abc import Callable
from dataclasses import dataclass

from app.address.query import Raw
from app.operations import OPERATIONS
from app.pages.exports.formats import FORMATS
from app.pages.exports.options import Options
from app.pages.public import PUBLIC_URL
from app.settings import Limits
from app.views.table import read_view


@dataclass(frozen=True)
class Job:
    operation: str
    raw: Raw
    limits: Limits
    extension: str
    options: Options
    public_url: str = ""
    """What stands before the addresses that it says."""

    def make(self, progress: Callable[[int, int], None]) -> bytes:
        """The file; `progress` is called with what is done and what there is to do."""
        PUBLIC_URL.set(self.public_url)
        view = read_view(OPERATIONS[self.operation], dict(self.raw), self.limits)
        return FORMATS[self.extension].make(view, self.options, progress)
