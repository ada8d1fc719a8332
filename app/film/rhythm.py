"""The rhythm of a view's steps, as its steps on the page have it."""

import numpy as np

from app.film.tempo import Rhythm
from app.views.common.columns import Columns
from app.views.common.gather import Gather
from app.views.folding import Folding
from app.views.scatter.view import Scatter
from app.views.view import View


def rhythm(view: View) -> Rhythm:
    """Windows that hold one single value, and stamps of nothing but zeros, are plain."""
    if isinstance(view, Gather):
        return Rhythm(view.steps, view.reads[1].results, view.area, lambda step: is_even(view, step))
    if isinstance(view, Scatter):
        data = view.scene.data.ravel()
        cols, size = view.scatter_map.cols.size, view.scatter_map.size
        return Rhythm(view.steps, cols, size, lambda step: not data[step])
    if isinstance(view, Columns):
        matrix = view.matrix
        cols = view.scatter_map.cols.size

        def is_plain(step: int) -> bool:
            column = matrix[:, step]
            return not column.any() if isinstance(view, Folding) else bool((column == column[0]).all())

        return Rhythm(view.steps, cols, view.scatter_map.size if isinstance(view, Folding) else view.steps, is_plain)
    return Rhythm(view.steps, view.steps, view.steps, lambda step: False)


def is_even(view: Gather, step: int) -> bool:
    """Whether the window of a step holds one single value, in all of its channels."""
    cells = [cell for cell in view.window(step) if cell >= 0]
    held = np.array([view.drawn(channel).ravel()[cells] for channel in view.group_of(view.place(step)[0])])
    return bool((held == held.flat[0]).all())
