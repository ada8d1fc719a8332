"""The input of a network of code: what is asked for, what the code says, or the likeliest that fits."""

from collections.abc import Iterator
from math import isqrt

from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.code.network import Code, graph_of
from app.pages.networks.sizes import IMAGENET_SIDE, MOST_LENGTH, MOST_SIDE, SMALL_SIDES, USUAL_SIDES
from app.pages.networks.source import Source
from app.pages.networks.torch_graph import WrongInput
from kernels.layers import Shape
from kernels.stack import as_stack

USUAL_CHANNELS = 3
FILM_SIDES = 4
"""Of the usual sides, those up to which films are tried."""
MOST_CHANNELS = 4
"""Of a picture that code writes into one line by itself."""


def on_likely_input(code: Code, shape: Shape | None) -> Source:
    """The graph of code, on the input that is asked for, or on the likeliest that fits."""
    chosen = shape or code.input
    if chosen is not None:
        return source_of(code, meant(code, chosen))
    search = Search(code)
    for candidate in likely_inputs(code):
        if (found := search.tried(candidate)) is not None:
            return found
    found = search.between()
    if found is None:
        raise search.first
    return found


def meant(code: Code, shape: Shape) -> Shape:
    """An input as this network can take it: 2,100 are two channels of a hundred, 16x64x64 is a film of one channel."""
    is_one_more = len(shape) == code.rank + 2 and shape[0] == 1
    if code.rank < 2 and is_one_more:
        return shape[1:]
    is_one_less = code.rank == 3 and len(shape) == 3 and code.channels == 1
    return (1, *shape) if is_one_less else shape


class Search:
    """For a side that is neither too small nor too large, as the refusals of others tell."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.low, self.high = 0, 1 + (MOST_LENGTH if code.rank == 1 else MOST_SIDE)
        self.first: Refusal = Refusal(words.CODE_NO_RESULT, type="code")
        """Why the likeliest of all did not fit."""
        self.tries = 0
        self.is_guided = False
        """Whether a refusal said that a side was too small, or too large."""

    def tried(self, shape: Shape) -> Source | None:
        """The network on this input, if it fits; one that cannot fit is not tried."""
        is_line = len(shape) == 1
        if not is_line and not self.low < shape[-1] < self.high:
            return None
        try:
            return source_of(self.code, shape)
        except Refusal as refusal:
            if not is_line and not isinstance(refusal, WrongInput):
                raise
            self.learn(refusal, shape)
            return None

    def learn(self, refusal: Refusal, shape: Shape) -> None:
        self.first = refusal if not self.tries else self.first
        self.tries += 1
        if len(shape) > 1 and isinstance(refusal, WrongInput) and refusal.direction:
            self.is_guided = True
            if refusal.direction > 0:
                self.low = max(self.low, shape[-1])
            else:
                self.high = min(self.high, shape[-1])

    def between(self) -> Source | None:
        """A side that no list of usual ones has, found by halving."""
        channels = self.code.channels or USUAL_CHANNELS
        while self.is_guided and self.code.rank and self.high - self.low > 1:
            before = (self.low, self.high)
            found = self.tried((channels, *((self.low + self.high) // 2,) * self.code.rank))
            if found is not None or before == (self.low, self.high):
                return found
        return None


def likely_inputs(code: Code) -> Iterator[Shape]:
    """Inputs that a network of code may be made for, the likeliest first."""
    if code.interpreter.is_keras:
        raise Refusal(words.KERAS_INPUT, type="input", loc=("input",))
    channels = code.channels or USUAL_CHANNELS
    if code.rank == 0:
        yield (channels,)
        yield from pictures_of(channels)
        return
    sides: tuple[int, ...] = USUAL_SIDES[:FILM_SIDES] if code.rank == 3 else USUAL_SIDES
    if code.enlarges:
        sides = SMALL_SIDES
    elif code.has_imagenet_classes:
        sides = (IMAGENET_SIDE, *(side for side in sides if side != IMAGENET_SIDE))
    for given in (channels,) if code.channels else (channels, 1):
        yield from ((given, *(side,) * code.rank) for side in sides)


def pictures_of(count: int) -> Iterator[Shape]:
    """Square pictures of so many numbers, which a forward writes into one line: 784 are 28 × 28."""
    for channels in range(1, MOST_CHANNELS):
        side = isqrt(count // channels)
        if channels * side**2 == count and side <= MOST_SIDE:
            yield (channels, side, side)


def source_of(code: Code, shape: Shape) -> Source:
    stack = as_stack(graph_of(code, shape).nodes)
    return Source(code.kind, stack, shape, code.interpreter.notes)
