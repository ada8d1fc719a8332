"""A plane that stands alone on a page, with its words."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Figure:
    """`svg` is ready to be placed."""

    id: str
    svg: Markup
    title: str
    space: str
    letter: str
    """What the plane's grid is called in the equation."""
    shape: str
