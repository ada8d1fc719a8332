"""A board: grids that stand together, and what each moment shows of them, for pages that compute more than a scene."""
