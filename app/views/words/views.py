"""What the views say, each beside its own planes."""

MATRIX_SUMMARY = "The whole layer is one matrix: a row for each result, and the same few weights again and again."
MATRIX_SHAPE = "{rows}, {cols}"
VEC = "vec({name})"
ALONG = "vec({name}), along the columns of the matrix"
