"""Layers of a source that are not known here, by their names: what leaving them out does to a network's sums.

Any of them may hold weights, but for those listed here that do not. So a network that was read in part says “at least”
before each sum, or “about” where the map itself was changed, and says first what is missing. /networks/own.json has
the names as `missing`, and `totals_are` is `exact`, `at least` or `about`.
"""

import re
from collections.abc import Iterable

from app.pages.networks import words
from kernels.network import Network

HARMLESS = re.compile(
    "alphadropout|celu|channelshuffle|dropout1d|dropout3d|droppath|elu|featurealphadropout|gelu|hardshrink|hardsigmoid"
    "|hardswish|hardtanh|leakyrelu|logsigmoid|mish|relu6|rrelu|selu|silu|softmax2d|softmin|softplus|softshrink|softsign"
    "|stochasticdepth|swish|tanhshrink|threshold"
    "|abs|add|clip|div|erf|exp|hardmax|log|max|min|mul|neg|pow|reciprocal|shrink|sqrt|sub|sum|thresholdedrelu",
    re.IGNORECASE,
)
"""Without weights, and every cell stays where it is: PyTorch's layers, then ONNX's nodes. Others may hold weights."""
CHANGING = re.compile(
    "adaptivemaxpool2d|constantpad2d|fold|fractionalmaxpool2d|glu|lppool2d|maxunpool2d|pixelshuffle|pixelunshuffle"
    "|reflectionpad2d|replicationpad2d|unflatten|unfold|upsamplingbilinear2d|upsamplingnearest2d|zeropad2d"
    "|depthtospace|gather|maxroipool|maxunpool|pad|reducemax|roialign|slice|spacetodepth|split|tile",
    re.IGNORECASE,
)
"""They make another map, perhaps a smaller one: what stands behind them may be counted too high, too."""


def missing(passed: Iterable[str]) -> tuple[str, ...]:
    """Those of the passed layers without which the sums are not the network's."""
    return tuple(name for name in passed if not HARMLESS.fullmatch(name))


def bound(network: Network) -> str:
    """What is said before each sum of a network: nothing where it was read whole."""
    if not network.missing:
        return ""
    return words.ABOUT if any(map(CHANGING.fullmatch, network.missing)) else words.AT_LEAST


def sentences(network: Network, passed: Iterable[str]) -> list[str]:
    """What is missing first; then what makes no difference."""
    harmless = [name for name in passed if name not in network.missing]
    pairs = ((words.MISSING.get(bound(network), ""), network.missing), (words.PASSED, harmless))
    return [sentence.format(names=", ".join(names)) for sentence, names in pairs if names]
