"""What /there-and-back says: a convolution, then its transpose."""

TITLE = "There and back"
SUMMARY = "A convolution, and then its transpose with the same weights: the shape of x comes back. Do its values?"
SIDES = {"there": "there", "back": "and back"}
PAGE = "/there-and-back"

SHAPE = "The shape came back: {x} became {y}, and then {x} again."
NONE_CHANGED = "So did all {count} numbers."
CHANGED = "{changed} of {count} numbers did not; the largest difference is {largest}, at [{place}]{also}."
ALSO = " and in {places}"
UNREAD = (
    "No window read {cells}, so nothing comes back to {them}: {they} 0, whatever stood there. "
    "The size could not tell how far x went on, so output_padding={output_padding} adds that rim."
)
UNREAD_INSIDE = (
    "No window read {cells}: the stride steps over {them}. Nothing comes back to {them}, so {they} 0, whatever stood "
    "there."
)
CELLS = {True: ("1 cell", "it", "it is"), False: ("{count} cells", "them", "they are")}

RESULT = "What came back, and what it was"
RESULTS = {
    "b": ("came back", "x̂", "what came back"),
    "x": ("was", "x", "the input"),
    "d": ("difference", "x̂ − x", "difference of what came back and the input"),
}
CHANNEL = "channel {index}"

NAMES = {
    "0,1,0;1,2,1;0,1,0": "cross",
    "ones:2x2": "ones 2×2",
    "random:6x6:1": "random",
    "ramp:5x5": "ramp",
}
KERNELS = "Kernel"
INPUTS = "Input x"
STRIDES = "Stride"
PADDINGS = "Padding"
MORE = "All settings"
APPLY = "Go"

EXPLAINED = "Why only the shape?"
EXPLANATION = (
    "Written as a matrix, the convolution is y = F x, and its transpose is x̂ = Fᵀ y = FᵀF x. That has the shape of x, "
    "but FᵀF is not the identity: a cell is counted once for each window that read it, its neighbours are mixed in, "
    "and what no window read is gone. “Deconvolution”, as some call the transposed convolution, would be F⁻¹, and "
    "where y has fewer numbers than x there is no such matrix."
)
USE = (
    "It is what backpropagation needs, and how a network raises the resolution again: it learns weights of its own for "
    "the way back."
)
JSON_LINK = "Every number of both halves as JSON"

ONE_SIDED = (
    "The way back takes the same padding on both sides, as PyTorch's transposed convolution does, "
    "but padding is {padding} here."
)
