"""A residual block with numbers: x splits, F's grids play, both meet, and the gradient comes back both ways."""
