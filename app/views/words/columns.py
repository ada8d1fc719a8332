"""What the views say that write windows as the columns of a matrix."""

CHANNEL = "channel {index}"

COPIED = "Each window becomes a column: {x} of x become {y} in y, and {most} of x stand in several columns."
TAKEN_APART = "Each window becomes a column. No two windows overlap, so that no number of x is copied."
ADDED = "Each column lands where its window was. In {cells} of y several columns meet, and their numbers add up."
LAID_OUT = "Each column lands where its window was. No two of them meet: the picture is only put together again."
COUNTED = "Every column holds ones, so y counts how many windows cover each cell."
FOLD_BACK = "Fold it back"
UNFOLD_AGAIN = "Unfold this sum"
COUNT = "Count the overlaps"

PRODUCT = "One product of two matrices does all windows: {filters} × {taps} times {taps} × {windows}. "
WRITTEN = "To write them down, {x} of x become {columns}."
ONCE = "No number of x is written down twice."
UNFOLD_ALONE = "X alone, with unfold"
ROWS = "the kernel as a row"
ROWS_MANY = "each filter as a row"
WINDOWS = "each window as a column"
RESULTS = "each filter as a row of outputs"
ONE_RESULT = "the output as a row"

ONE_GROUP = (
    "im2col writes all windows into one matrix, but with groups={groups} every group has a matrix of its own. "
    "Use groups=1, or view=gather."
)
SIZE = (
    "Side by side, the matrices of this scene take {rows} × {cols} cells; at most {most} × {most} are drawn. "
    "Use a smaller input or a larger stride."
)

W = "W"
X = "X"
Y = "Y = W · X{bias}"
AND_BIAS = " + b"
