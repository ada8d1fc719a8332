"""What may stand in a network: one layer, in PyTorch's words, and why one may not fit what it is given."""

from dataclasses import dataclass, field
from typing import Literal

Counts = tuple[int, ...]
"""One number for all axes of space, or one for each."""
Pairs = tuple[tuple[int, int], ...]
"""(before, after): one pair for all axes, or one for each."""
Shape = tuple[int, ...]
"""(C, *space), or (N,) behind a flatten, as PyTorch's without the batch axis."""

CONVOLUTIONS = frozenset({"conv", "convtranspose"})
POOLS = frozenset({"maxpool", "avgpool", "lppool"})
GLOBAL_POOLS = frozenset({"globalpool", "globalmaxpool"})
ADAPTIVE_POOLS = frozenset({"adaptivepool", "adaptivemaxpool"})
ACTIVATIONS = frozenset(
    {
        *("relu", "sigmoid", "tanh", "softmax", "logsoftmax", "softmin", "relu6", "leakyrelu", "elu", "selu", "celu"),
        *("gelu", "silu", "mish", "softplus", "softsign", "hardswish", "hardsigmoid", "hardtanh", "logsigmoid"),
        *("hardshrink", "softshrink", "tanhshrink", "threshold", "rrelu", "abs", "neg", "exp", "log", "sqrt"),
        *("square", "pow", "clip", "erf", "reciprocal", "scale"),
    }
)
"""One number in, one number out, nothing learned; `scale` is arithmetic with a constant."""
NORMS = frozenset({"batchnorm", "layernorm", "groupnorm", "instancenorm", "lrn"})
"""What they share over a map, a mean and a variance, leads every unit to every cell; fields leave that out."""
POINTWISE = ACTIVATIONS | NORMS | {"prelu", "layerscale", "dropout", "identity", "channelshuffle"}
"""Layers that leave every cell where it is."""
JOINS = frozenset({"concat", "add", "mul"})
"""What maps side by side end in; a tree's joins nobody writes."""
VIEWS = frozenset({"flatten", "unflatten", "reshape", "permute", "identity", "dropout"})
"""Layers that hand on the same numbers, as a network that is used has them."""
REARRANGING = frozenset(
    {"flatten", "unflatten", "reshape", "permute", "pixelshuffle", "pixelunshuffle", "pad", "crop", "slice"}
)
"""Layers that move numbers, and add zeros or leave some out."""
KINDS = (
    *("conv", "convtranspose", "maxpool", "avgpool", "globalpool", "adaptivepool", "upsample", "linear", "flatten"),
    *("relu", "sigmoid", "tanh", "softmax", "batchnorm", "dropout", "lrn"),
)
"""The kinds that are listed first; `FURTHER_KINDS` are the others that can be written."""
FURTHER_KINDS = (
    *("lppool", "globalmaxpool", "adaptivemaxpool", "resize", "pixelshuffle", "pixelunshuffle", "channelshuffle"),
    *(
        "layernorm",
        "groupnorm",
        "instancenorm",
        "prelu",
        "layerscale",
        "identity",
        "crop",
        "pad",
        "slice",
        "permute",
        "reshape",
    ),
    *("unflatten", "glu", "reduce", "parameter", "attention", "matmul", "add", "mul", "concat"),
    *sorted(ACTIVATIONS - set(KINDS)),
)
UNKNOWN = "unknown"
"""The kind of a layer that nobody here knows; `called` is its name."""


@dataclass(frozen=True)
class StackLayer:
    """One layer, in PyTorch's words. What a kind has no use for keeps its default.

    `kernel` is also the factor of an `upsample` and of a `pixelshuffle`, and the size that an `adaptivepool`, a
    `resize` and a `crop` make; `channels` is the number of output channels, or of a linear layer's outputs, and None
    keeps as many as come in. `stride` None is 1, and the kernel for a pool. `groups` are also the heads of an
    `attention`. `name` is for people, such as "conv1_1"; nothing depends on it.
    """

    kind: str
    kernel: Counts = (1,)
    channels: int | None = None
    stride: Counts | None = None
    padding: Pairs | Literal["same"] = ((0, 0),)
    dilation: Counts = (1,)
    output_padding: Counts = (0,)
    groups: int = 1
    bias: bool = True
    ceil_mode: bool = False
    affine: bool = True
    """Whether a normalisation learns two numbers for each channel."""
    axis: int = 0
    """Of a concat, a slice, a linear layer (−1: the last) and the like; the batch axis is left out."""
    sizes: Counts = ()
    """A reshape's shape, a permute's order, a slice's start, stop and step, a layer norm's shape, what a reduce takes
    together; first and last axis of a flatten that keeps others."""
    keep: bool = True
    """Whether a reduce keeps its axes, with size 1."""
    mode: Literal["nearest", "linear"] = "nearest"
    """How an upsample or a resize finds numbers between cells."""
    shared: bool = False
    """Whether its weights are those of a layer before it, which has them counted."""
    expects: int | None = field(default=None, compare=False)
    """How many channels, or numbers, its source says that it is given."""
    called: str = field(default="", compare=False)
    """What its source calls its kind, such as Conv2d."""
    name: str = field(default="", compare=False)


class Misfit(ValueError):
    """A layer that does not fit what it is given: why in a word, where in the stack, the numbers for a sentence."""

    def __init__(self, reason: str, place: str, **numbers: object) -> None:
        super().__init__(f"{reason} at {place}: {numbers}")
        self.reason = reason
        self.place = place
        self.numbers = numbers
