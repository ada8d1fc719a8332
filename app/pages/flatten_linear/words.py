"""What the page of a linear layer behind a flatten says."""

PAGE = "/networks/flatten-linear"
TITLE = "Flatten and linear is a convolution"
SUMMARY = (
    "A linear layer behind a flatten multiplies every number of the map by a weight of its own and adds up. "
    "So does a convolution whose kernel is as large as the map: it fits in one place only."
)

SETTINGS = "The map"
OTHER, APPLY, HINT = "Other numbers", "Show", ""
FIELDS = {"x": "x", "w": "w"}
OPEN_SCENE = "open on the stage"
GRID_LABEL = "{title}, {rows} by {cols}"

CHANNEL = "channel {n}"
UNIT = "unit {n}"
ROW = "weights of unit {n}"
SLICE = "kernel of unit {n}, channel {c}"
CHANNEL_OF, SLICE_OF = "x[{c}]", "w[0, {c}]"
MAP_OF, KERNEL_OF = "x", "w[0]"
FLAT_OF = "flattened: {count} numbers"
SUMS_OF_UNITS = "sums"
ROW_OF_MAP = "row {row} of channel {channel}"
BECOMES = " is numbers {first} to {last} of the line, and so are its weights"
SUM_SO_FAR = "the sum so far: {before} + {row} = "
SMALL_MAP = "2×3×3, with its numbers"
DIGIT_MAP = "a digit, 14×14 to 196"
LECTURE_MAP = "10×16×16 to 2560"
AS_LINEAR = "as a linear layer"
AS_CONVOLUTION = "as a convolution"
BOARD = "The map, {map}, and the same {numbers} numbers in a row"
UNITS = "Each unit: the same {numbers} weights in a row, or as a kernel"
SAME_SUMS = "The same sums, both ways."
OTHER_SUMS = "The sums differ."
LARGER_MAP = "Then give it a larger map"
LARGER_MAP_NOTE = (
    "The linear layer must refuse {map}: it is given {given} numbers and has weights for {wanted}. The convolution "
    "slides: one answer for each place. That is how a classifier becomes a fully convolutional network, which decides "
    "for every part of a picture."
)
EXAMPLE = (
    "{channels}×{rows}×{cols} to {units} units: {channels} · {rows} · {cols} · {units} + {units} = {parameters} "
    "parameters, either way."
)
COUNTS = "As many weights"
NOT_AS_LARGE = "Each kernel must be as large as the map: w has kernels of {kernel}, but x is {map}."
FCN_LINK = "VGG-16 beside FCN-32s: its fully connected layers read as convolutions"
