"""The grids of a scene as one knows them, small, over the matrices that write them down."""

from dataclasses import replace

from app.views.common.gather import Gather
from app.views.view import Titled

MOST = 3
"""Planes of x, of w and of y that are drawn."""


def small_grids(view: Gather, filter: int) -> tuple[Titled, ...]:
    """The data, the weights of a filter, and the result."""
    channels, filters = view.arrangement.channels, view.arrangement.filters
    read = [channel for channel in channels if channel in view.group_of(filter)]
    grids = [
        *(view.titled_input(channel) for channel in channels[:MOST]),
        *(view.titled_slice(filter, channel) for channel in read[:MOST]),
        *(view.titled_output(shown) for shown in filters[:MOST]),
    ]
    return tuple(replace(titled, small=True) for titled in grids)
