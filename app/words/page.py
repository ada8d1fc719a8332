"""What the pages say, apart from refusals."""

SITE = "ConvScope"
PROMISE = "See, touch and check every number of a convolution."
PROMISE_MORE = "Open a scene, watch the window move, change any number, and share what you see: every scene is a link."

TITLES = {
    "conv1d": "Convolution in one dimension",
    "conv2d": "Convolution",
    "conv3d": "Convolution in three dimensions",
    "conv_transpose1d": "Transposed convolution in one dimension",
    "conv_transpose2d": "Transposed convolution",
    "conv2d_input": "Back to the input of a convolution",
    "conv2d_weight": "Back to the kernel of a convolution",
    "unfold": "Unfold: windows as columns",
    "fold": "Fold: columns back to a picture",
    "max_pool1d": "Max pooling in one dimension",
    "max_pool2d": "Max pooling",
    "avg_pool1d": "Average pooling in one dimension",
    "avg_pool2d": "Average pooling",
    "lp_pool2d": "Power-average pooling",
    "adaptive_avg_pool2d": "Adaptive average pooling",
    "adaptive_max_pool2d": "Adaptive max pooling",
    "max_unpool2d": "Max unpooling",
    "max_pool2d_input": "Back through max pooling",
    "avg_pool2d_input": "Back through average pooling",
}
STRICTLY = "strictly, cross-correlation: what networks call convolution"
TRUE_CONVOLUTION = "true convolution: the kernel is turned by 180° first"
LEADS = {
    "conv1d": "A few neighbouring numbers become one number. Then the window moves.",
    "conv2d": "One small window of numbers becomes one number. Then the window moves.",
    "conv3d": "A small block of numbers, several slices deep, becomes one number. Then the block moves.",
    "conv_transpose1d": "Each input stamps the whole kernel into the output. Where stamps overlap, they add up.",
    "conv_transpose2d": "Each input stamps the whole kernel into the output. Where stamps overlap, they add up.",
    "conv2d_input": "Every output sends its gradient back to the inputs that it read, through the same weights.",
    "conv2d_weight": "A weight served at every position, so its gradient is a sum over all of them.",
    "unfold": "Each window becomes a column. Then a convolution is one product of two matrices.",
    "fold": "Each column goes back to where its window was. Where windows overlap, they add up.",
    "max_pool1d": "A few neighbours compete, and only the largest goes on.",
    "max_pool2d": "The numbers of a window compete, and only the largest goes on.",
    "avg_pool1d": "A few neighbours become their mean. Then the window moves.",
    "avg_pool2d": "All the numbers of a window become one: their mean.",
    "lp_pool2d": "Between the sum and the largest: the larger the power, the more the largest number counts.",
    "adaptive_avg_pool2d": "You say how large the output is, and the windows make themselves fit.",
    "adaptive_max_pool2d": "You say how large the output is, and the windows make themselves fit.",
    "max_unpool2d": "Each number goes back to the place where it once won; everything else is zero.",
    "max_pool2d_input": "Who is to blame for a largest number? Only the one that won gets the gradient.",
    "avg_pool2d_input": "Every number of a window had its share in the mean, and gets that share of the gradient.",
}
LEADS_OF_VIEWS = {
    "scatter": "Each input stamps the kernel into the output. Where stamps overlap, they add up to the same sums.",
    "zero-insertion": "Zeros are put in, and the turned kernel slides over them: the same sums, read and not stamped.",
    "matrix": "The whole layer is one matrix: a row for each result, and the same few weights again and again.",
}
"""Of the views that tell an operation otherwise than the view in which it opens."""
NAVIGATION = (
    ("/", "Gallery"),
    ("/compare", "Compare"),
    ("/receptive-field", "Receptive fields"),
    ("/networks", "Networks"),
)
"""What the head of every page leads to, beside the operations. On a phone, all but the first are in the menu only."""
FURTHER = (("/learn", "Learn a kernel"), ("/there-and-back", "There and back"))
"""What only the menu leads to, besides the operations."""
MENU_LABEL = "Operations"
BACK = "← back"
"""Leads to the page from which a scene was opened: a network, a comparison, a lesson."""
BEYOND = "Beyond one layer"
MENU = (
    ("Convolution", ("conv2d", "conv1d", "conv3d")),
    ("Transposed", ("conv_transpose2d", "conv_transpose1d")),
    (
        "Pooling",
        (
            *("max_pool2d", "max_pool1d", "avg_pool2d", "avg_pool1d", "lp_pool2d"),
            *("adaptive_max_pool2d", "adaptive_avg_pool2d", "max_unpool2d"),
        ),
    ),
    ("Gradients", ("conv2d_input", "conv2d_weight", "max_pool2d_input", "avg_pool2d_input")),
    ("Rearranging", ("unfold", "fold")),
)
"""The operations in groups, as the menu shows them by their titles."""
KEYS = (
    (("space",), "play or pause"),
    (("←", "→"), "one step back or forward; inside a grid, one cell"),
    (("Home", "End"), "first or last step"),
    (("Page Up", "Page Down"), "one step back or forward, as a clicker sends them"),
    (("Tab",), "to the next grid"),
    (("Enter",), "edit the cell, or go to the step of an output"),
    (("Ctrl Z",), "undo the last edit"),
    (("Esc",), "let go"),
    (("?",), "this list"),
)

REVEAL = "Show all results"
"""The link where they are held back, and nothing asks for one after the other."""
INVITATION = "Touch any {colour} cell to see where it comes from."
COLOURS = {"input": "blue", "tap": "amber", "output": "green"}

ROLES = {"data": "input", "weights": "kernel", "y": "output"}
"""What a convolution calls what it reads, what it multiplies with, and what comes out."""
OWN_ROLES: dict[str, dict[str, str]] = {
    "conv2d_input": {"data": "upstream gradient", "y": "gradient of the input"},
    "conv2d_weight": {"weights": "upstream gradient", "y": "gradient of the kernel"},
    "unfold": {"y": "columns"},
    "fold": {"data": "columns"},
    "max_unpool2d": {"data": "pooled input"},
    "max_pool2d_input": {"data": "upstream gradient", "y": "gradient of the input"},
    "avg_pool2d_input": {"data": "upstream gradient", "y": "gradient of the input"},
}
"""… and what other operations call them."""


def role(operation: str, which: str) -> str:
    return OWN_ROLES.get(operation, {}).get(which, ROLES[which])


def lead(operation: str, view: str, opens_in: str) -> str:
    """What stands under the title."""
    return LEADS[operation] if view == opens_in else LEADS_OF_VIEWS.get(view, LEADS[operation])


FILTER = "filter {index}"
CHANNEL = "channel {index}"
SLICE = "slice {index}"
PADDED_SLICE = "zeros"
OUTPUT_SLICE = "output slice {index}"
PRODUCTS = "times the window, cell by cell"
PRODUCTS_LABEL = "window times kernel, channel {index}"
WINDOW = "in the window"
WINDOW_LABEL = "what the window holds, channel {index}"
BIAS = "bias"
GRIDS = {"y": "output", "a": "activation"}
ACTIVATED = "after {name}"

PLANE_LABEL = "{what}, {rows} by {cols}"


MISFIT = "({padded} − {extent}) / {stride} + 1 = {exact} does not fit"
ON_AXIS = "{axis}: {said}"
HATCHED = "hatched: {said}"
NOT_READ = "no window reads it"
UNUSED = "No window reads {cells}: {formula} is not whole, and the size is floored, as PyTorch does it."
UNREAD = "No window reads {cells}: the stride steps over what the windows leave out."
UNUSED_ONE = "{noun} {cells}"
NOUNS = {
    "height": ("row", "rows"),
    "width": ("column", "columns"),
    "length": ("cell", "cells"),
    "depth": ("slice", "slices"),
}

PARAMETERS = "parameters"
CONNECTIONS = "connections"
MULTIPLICATIONS = "multiplications"
DENSE = "fully connected"
FULL = "full convolution"
SEPARABLE = "+ 1×1, separable"
USUAL = "3×3 instead"
SECOND_HALF = "Go on with the 1×1 half of a depthwise-separable convolution: its input is this output."
COUNTS = "{outputs} outputs × {taps} weights each; the same weights serve every position"
NO_CONNECTIONS = ", and taps on padded zeros are no connections"

NO_SUCH_SCENE = "does not fit this scene"
INDICES = {"0": "0", "1": "1"}
SYMBOLS = {"star": "⋆", "asterisk": "∗"}
SHAPES = {"chw": "H × W", "nchw": "(N, C, H, W)"}
PADDING_MODES = {"zeros": "zeros", "reflect": "reflect", "replicate": "replicate", "circular": "circular"}
ACTIVATIONS = {"none": "none", "relu": "ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}

REFUSED = "This scene cannot be shown"
REFUSED_LEAD = "Nothing is lost: change the value below, or go back."
NOT_FOUND = "Nothing here"
