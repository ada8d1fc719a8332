"""What the panel says."""

PARAMETERS = {
    "stride": "Stride",
    "padding": "Padding",
    "dilation": "Dilation",
    "kernel_size": "Kernel size",
    "groups": "Groups",
    "output_size": "Output size",
}
"""The parameters that several families of operations have; what the others are called stands with their types."""
SIDES = (("front", "back"), ("top", "bottom"), ("left", "right"))
INPUT_SIDE = "Input {side}"
CHANNELS = "Channels"
FILTERS = "Filters"

UPSTREAM, UPSTREAM_NOTE = "From above", "one for each output"
FILLED = "Filled with"
ACTIVATION = "Activation"
PARTS = {
    "sides": "sides",
    "groups": "groups",
    "flip": "flip",
    "ceil_mode": "ceil mode",
    "count_include_pad": "padding in the mean",
    "divisor_override": "divisor",
    "input_size": "input size",
    "output_size": "output size",
    "b": "bias",
    "sizes": "sizes",
    "conventions": "conventions",
}
"""What is found under “More”, in this order, where there is any."""

LETTERS = "Letters for weights"
PREDICT = "Hide, predict, reveal"
COUNTED = {
    "gather": {"reads": "How often each input cell is read", "centres": "Outputs as dots at their windows’ centres"},
    "scatter": {"reads": "How many stamps land on each cell"},
}
"""What a view can show besides."""
INDICES = "Indices from"
SYMBOL = "Cross-correlation sign"
SHAPES = "Shapes"
TONES = "Large results in"

ROTATE_KERNEL = "rotate the kernel"
ROTATE_INPUT = "rotate the input"
CLEAR_INPUT = "clear the input"
RANDOM_INPUT = "random input"
RANDOM_KERNEL = "random kernel"
START_AGAIN = "start again"

KERNELS = {
    1: (("difference", "difference"), ("smooth", "smooth"), ("box:3", "box")),
    2: (("sobel-x", "sobel-x"), ("gaussian", "blur"), ("sharpen", "sharpen"), ("edge", "edges")),
    3: (("box:3", "box"), ("gaussian:3", "blur"), ("random:3x3x3:1", "random")),
}
ENLARGERS = {
    1: (("ones:2", "ones"), ("bilinear:3", "bilinear"), ("random:3:1", "random")),
    2: (("ones:3x3", "ones"), ("bilinear:3", "bilinear"), ("ones:2x2", "2 × 2"), ("random:3x3:1", "random")),
}
"""Kernels for a transposed convolution: what it stamps."""
INPUTS = {
    1: (("row", "row"), ("ramp:8", "ramp"), ("impulse:9", "impulse"), ("zeros:9", "draw")),
    2: (("seven", "seven"), ("digit:3", "digit"), ("ramp:6x6", "ramp"), ("zeros:9x9", "draw")),
    3: (("ramp:3x4x4", "ramp"), ("impulse:3x5x5", "impulse"), ("random:4x5x5:1", "random"), ("zeros:4x5x5", "draw")),
}
OTHER_INPUTS = {
    1: (("random:12:1", "random"), ("checker:10", "checker")),
    2: (
        ("x-bits", "X bitmap"),
        ("impulse:7x7", "impulse"),
        ("checker:8x8", "checker"),
        ("random:7x7:1", "random"),
        ("random:3x6x6:1", "random, 3 channels"),
        ("random:64x64:1", "random, 64 × 64"),
        ("photo:cat:96x96", "photo"),
        ("photo:cat:3x48x48", "photo, 3 channels"),
        *((f"digit:{digit}", f"digit {digit}") for digit in range(10)),
    ),
    3: (("checker:4x5x5", "checker"), ("random:2x4x5x5:1", "random, 2 channels")),
}
FILLINGS = (("ones", "", "ones"), ("impulse", "", "one cell"), ("ramp", "", "ramp"), ("random", ":1", "random"))
"""Each with its seed, where it has one."""
