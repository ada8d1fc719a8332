"""What the pages say, apart from refusals."""

SITE = "ConvScope"
PROMISE = "See, touch and check every number of a convolution."

STRICTLY = "strictly, cross-correlation: what networks call convolution"
TRUE_CONVOLUTION = "true convolution: the kernel is turned by 180° first"
NAVIGATION = (
    ("/lectures", "By lecture"),
    ("/compare", "Compare"),
    ("/receptive-field", "Receptive fields"),
    ("/networks", "Networks"),
    ("/networks/lenet5/live", "LeNet live"),
)
"""What the head of every page leads to, beside the menu. On a phone, all but the first are in the menu only."""
FURTHER = {
    "One layer, and more": (
        ("/compare", "Two scenes side by side"),
        ("/pictures", "Kernels on pictures"),
        ("/learn", "Learn a kernel"),
        ("/backprop", "Backwards over a graph"),
        ("/softmax", "From scores to a loss"),
        ("/linear-classifier", "A linear classifier"),
        ("/valley", "Down a valley"),
        ("/there-and-back", "There and back"),
        ("/laws", "The laws of convolution"),
        ("/receptive-field", "Receptive fields"),
    ),
    "Networks": (
        ("/networks", "All networks"),
        ("/networks/lenet5/live", "LeNet live"),
        ("/train", "A network learns"),
        ("/train/signs", "Two new signs"),
        ("/networks/compare", "Compare two networks"),
        ("/networks/own", "Your own network"),
        ("/residual", "A residual block with numbers"),
        ("/inception", "An inception block with numbers"),
        ("/gap", "An average, or fully connected"),
        ("/networks/two-convolutions", "Two convolutions in a row"),
        ("/networks/flatten-linear", "Flatten and connect fully"),
    ),
    "Lectures": (("/lectures", "Slide by slide"), ("/for-lecturers", "For lecturers")),
}
"""What the menu leads to, besides the operations."""
MENU_LABEL = "Menu"
OEMBED_NO_URL = "url is missing: it is the address of the page that is to be framed."
OEMBED_JSON_ONLY = "Only format=json is written here."
OEMBED_UNKNOWN = "This address is none of a page here that can be framed."
SHARE = "Share"
RESET = "Reset"
"""In a frame: back to what its address says."""
NOTES = "Notes"
BACK = "← back"
"""Leads to the page from which a scene was opened: a network, a comparison, a lesson."""
KEYS = (
    (("space",), "play or pause"),
    (("←", "→"), "one step back or forward; inside a grid, one cell"),
    (("Home", "End"), "first or last step"),
    (("Page Up", "Page Down"), "one step back or forward, as a clicker sends them"),
    (("G",), "the next pace: each product, each sum, each row, or auto"),
    (("Tab",), "to the next grid"),
    (("0–9", "−"), "another number for the cell; Enter keeps it, Esc does not"),
    (("Enter",), "edit the cell, or go to the step of an output"),
    (("Ctrl Z", "Ctrl Shift Z"), "undo the last edit, and redo it"),
    (("H",), "show or hide what lies ahead"),
    (("F",), "the picture on the whole screen; Esc leads back"),
    (("Esc",), "let go"),
    (("?",), "this list"),
)
PACES = {"auto": "Auto", "product": "Each product", "sum": "Each sum", "row": "Each row"}
"""The gears of the player."""

TERMS = "… {count} terms"
NUMBERS = "… {count} numbers"
"""In place of what an equation does not write out."""

REVEAL = "Show all results"
"""The link where they are held back, and nothing asks for one after the other."""
INVITATION = "Touch any {colour} cell to see where it comes from."
COLOURS = {"input": "blue", "tap": "amber", "output": "green"}

FILTER = "filter {index}"
CHANNEL = "channel {index}"
SLICE = "slice {index}"
PADDED_SLICE = "zeros"
OUTPUT_SLICE = "output slice {index}"
PRODUCTS = "window ⊙ {weights}"
PRODUCTS_LABEL = "window times kernel, channel {index}"
WINDOW = "in the window"
WINDOW_LABEL = "what the window holds, channel {index}"
BIAS = "bias"
ACTIVATED = "after {name}"
MADE = "gated"
UPSTREAM = "from above"
BEFORE = "before {name}"
SLOPE_OF = "slope of {name}"

PLANE_LABEL = "{what}, {rows} by {cols}"


MISFIT = "({padded} − {extent}) / {stride} + 1 = {exact} does not fit"
ON_AXIS = "{axis}: {said}"
HATCHED = "hatched: {said}"
NOT_READ = "no window reads it"
DOTTED = "dots: {said}"
ADDED = "one for each number added"
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
JOINED_INPUT = "input, joined"
JOINED_OUTPUT = "outputs, joined"
TONES = {"grey": "grey, zero is mid-grey", "signed": "signed colours"}
ACTIVATIONS = {"none": "none", "relu": "ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}

REFUSED = "This scene cannot be shown"
REFUSED_SUMMARY = "Nothing is lost: change the value below, or go back."
NOT_FOUND = "Nothing here"

ORIGIN = "{layer}[{place}] of {network}, {reads}"
ORIGIN_NETWORKS = {"lenet5": "LeNet-5", "dense": "the fully connected network"}
ORIGIN_LAYERS = {
    **{name: name.upper() for name in ("c1", "s2", "c3", "s4", "c5", "f6")},
    "output": "Output",
    "hidden": "Hidden",
    "scores": "Output",
}
ORIGIN_GRADIENT = "Gradient"
ORIGIN_GRADIENT_READS = "of a score by a pixel"
ORIGIN_SLICES = {
    "filter": "Filter {filter} of layer {layer} for channel {channel}, while it learns",
    "gradient": "Gradient of filter {filter} of layer {layer} for channel {channel}, while it learns",
}
NOT_AN_ORIGIN = "{name} says whose number this is, such as lenet5.c3.5.5.5; “{text}” is no place in a network here."
