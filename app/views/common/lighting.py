"""Which cells of a matrix light at which step, as numbers in the `scene` event: static/js/views/tables.js reads them.

A view that has its matrices in such tables needs no script of its own to show its steps.
"""

from dataclasses import dataclass

from app.views.frame import Outline, Role


@dataclass(frozen=True)
class Lighting:
    """`count` cells of a plane, each `every` cells after the last. The first of them moves on with the steps: by
    `by_filter` from one result plane to the next, and by `by_cell` from one of its cells to the next."""

    plane: str
    role: Role
    by_filter: int
    by_cell: int
    count: int = 1
    every: int = 1

    def outline(self, filter: int, cell: int) -> Outline:
        first = filter * self.by_filter + cell * self.by_cell
        cells = range(first, first + self.count * self.every, self.every)
        return {"plane": self.plane, "cells": list(cells), "role": self.role}
