"""What a process of its own is asked to make: a scene as a file, from raw values that need no scene to be sent.

A job names the function that makes its file, so that a process loads the modules of its own jobs, and no others: a film
needs neither the slides' nor the pages'.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.address.query import Raw
from app.operations import OPERATIONS
from app.pages.exports.options import Options
from app.pages.public import PUBLIC_URL
from app.settings import Limits
from app.views.table import read_view
from app.views.view import View

Progress = Callable[[int, int], None]
"""Called with what is done and what there is to do."""


@dataclass(frozen=True)
class Job:
    operation: str
    raw: Raw
    limits: Limits
    write: Callable[[View, Options, Progress], bytes]
    """A function of a module, which is what can be sent by its name."""
    options: Options
    public_url: str = ""
    """What stands before the addresses that it says."""

    def make(self, progress: Progress) -> bytes:
        """The file."""
        PUBLIC_URL.set(self.public_url)
        view = read_view(OPERATIONS[self.operation], dict(self.raw), self.limits)
        return self.write(view, self.options, progress)
