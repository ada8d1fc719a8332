"""What the views say, each beside its own planes."""

MATRIX_SHAPE = "{rows}, {cols}"
VEC = "vec({name})"
ALONG = "vec({name}), along the columns of the matrix"
