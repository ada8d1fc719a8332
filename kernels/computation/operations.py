"""Each operation as its formula: the result, and the gradient that it hands back to each of its arguments.

Values are scalars, shape (), or vectors, shape (n,). `backward` gets what flows back into the result, the result, and
the arguments, and returns as many gradients as there are arguments, each in the shape that the arguments were
stretched to. Where a derivative does not exist, at a kink or between equal numbers, it is PyTorch's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.activation import relu, sigmoid, tanh
from kernels.axis import Axis
from kernels.elementary import exp, ln, power
from kernels.softmax import softmax
from kernels.trace import add_up

Array = NDArray[np.float64]
Gradients = tuple[Array, ...]
Settings = Mapping[str, int]


class Misfit(ValueError):
    """Arguments whose shapes or values an operation cannot take. `reason` names the case, `numbers` its numbers."""

    def __init__(self, reason: str, **numbers: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.numbers = numbers


@dataclass(frozen=True)
class Operation:
    """`forward(*arguments, **settings)`; `backward(gradient, result, *arguments, **settings)`."""

    forward: Callable[..., Array]
    backward: Callable[..., Gradients]
    least: int = 1
    most: int = 1
    """How many arguments it takes."""
    settings: tuple[str, ...] = ()


def stretched(*arguments: Array) -> tuple[Array, ...]:
    """Arguments of an elementwise operation in one shape: a scalar serves every element."""
    lengths = {argument.size for argument in arguments if argument.ndim} - {1}
    if len(lengths) > 1:
        first, second = [argument.size for argument in arguments if argument.size > 1][:2]
        raise Misfit("lengths", first=first, second=second)
    return tuple(np.array(each) for each in np.broadcast_arrays(*arguments))


def shrunk(gradient: Array, shape: tuple[int, ...]) -> Array:
    """The gradient of an argument that was stretched: it served every element, so its gradients add up."""
    if gradient.shape == shape:
        return gradient
    return np.reshape(add_up(gradient.ravel()), shape)


def add(a: Array, b: Array) -> Array:
    a, b = stretched(a, b)
    return a + b


def subtract(a: Array, b: Array) -> Array:
    a, b = stretched(a, b)
    return a - b


def multiply(a: Array, b: Array) -> Array:
    a, b = stretched(a, b)
    return a * b


def multiply_back(gradient: Array, result: Array, a: Array, b: Array) -> Gradients:
    return gradient * b, gradient * a


def divide(a: Array, b: Array) -> Array:
    a, b = stretched(a, b)
    return a / b


def divide_back(gradient: Array, result: Array, a: Array, b: Array) -> Gradients:
    return gradient / b, -gradient * result / b


def raise_to(a: Array, b: Array) -> Array:
    return power(*stretched(a, b))


def raise_to_back(gradient: Array, result: Array, a: Array, b: Array) -> Gradients:
    a, b, result = stretched(a, b, result)
    base = np.where(b == 0, 0.0, b * power(a, np.where(b == 0, 1.0, b - 1)))
    exponent = np.where((a == 0) & (b >= 0), 0.0, result * ln(np.where(a == 0, 1.0, a)))
    return gradient * base, gradient * exponent


def largest(*arguments: Array) -> Array:
    """The largest number of one vector, or of several values, element by element."""
    if len(arguments) == 1:
        return np.array(arguments[0].max())
    winner: Array = np.maximum.reduce(stretched(*arguments))
    return winner


def largest_back(gradient: Array, result: Array, *arguments: Array) -> Gradients:
    """To the winner; winners that are equal share it."""
    if len(arguments) == 1:
        wins = (arguments[0] == result).astype(np.float64)
        return (gradient * wins / wins.sum(),)
    return halved(gradient, arguments)


def halved(gradient: Array, arguments: tuple[Array, ...]) -> Gradients:
    """Of several values: one comparison after the other, each a half where both are equal, as torch.maximum."""
    *before, last = stretched(*arguments)
    if not before:
        return (gradient,)
    others = np.maximum.reduce(before)
    to_last = np.where(last > others, 1.0, np.where(last == others, 0.5, 0.0))
    return (*halved(gradient * (1 - to_last), tuple(before)), gradient * to_last)


def total(v: Array) -> Array:
    return np.array(add_up(v.ravel()))


def total_back(gradient: Array, result: Array, v: Array) -> Gradients:
    return (gradient * np.ones_like(v),)


def mean(v: Array) -> Array:
    return total(v) / v.size


def mean_back(gradient: Array, result: Array, v: Array) -> Gradients:
    return (gradient * np.ones_like(v) / v.size,)


def dot(a: Array, b: Array) -> Array:
    if a.shape != b.shape:
        raise Misfit("lengths", first=a.size, second=b.size)
    return total(a * b)


def softmax_back(gradient: Array, result: Array, scores: Array) -> Gradients:
    """p_i · (g_i − Σ g_j p_j)"""
    return (result * (gradient - add_up((gradient * result).ravel())),)


def shares(scores: Array) -> Array:
    if not scores.ndim:
        raise Misfit("needs_vector", operation="softmax")
    return softmax(scores)


def nll(p: Array, target: Array | None = None) -> Array:
    """−ln p, of the target's entry where p is a vector."""
    return -ln(p if target is None else p[entry(p, target)])


def nll_back(gradient: Array, result: Array, p: Array, target: Array | None = None) -> Gradients:
    if target is None:
        return (-gradient / p,)
    at, to_p = entry(p, target), np.zeros_like(p)
    to_p[at] = -gradient / p[at]
    return to_p, np.zeros_like(target)


def entry(p: Array, target: Array) -> int:
    """Which entry of p is meant: a whole number from 0."""
    if not p.ndim:
        raise Misfit("needs_vector", operation="nll")
    if target.ndim or target != np.rint(target) or not 0 <= target < p.size:
        raise Misfit("target", given=float(target.ravel()[0]), last=p.size - 1)
    return int(target)


def conv1d(x: Array, w: Array, b: Array | None = None, **settings: int) -> Array:
    """The cross-correlation that torch.nn.functional.conv1d computes, with one channel and one filter."""
    axis = axis_of(x.size, w.size, "conv1d", **settings)
    y = add_up((padded(x, axis, 0.0)[axis.taps] * w.ravel()).T)
    return y if b is None else y + one_bias(b)


def conv1d_back(
    gradient: Array, result: Array, x: Array, w: Array, b: Array | None = None, **settings: int
) -> Gradients:
    """Each product of the sum hands its gradient to both its factors; a weight has one product for each use."""
    axis = axis_of(x.size, w.size, "conv1d", **settings)
    to_w = add_up(padded(x, axis, 0.0)[axis.taps] * gradient[:, np.newaxis])
    to_x = landed(gradient[:, np.newaxis] * w.ravel(), axis)
    found = (to_x.reshape(x.shape), to_w.reshape(w.shape))
    return found if b is None else (*found, add_up(gradient).reshape(b.shape))


def one_bias(b: Array) -> Array:
    if b.size != 1:
        raise Misfit("bias", given=b.size)
    return b.reshape(())


def maxpool1d(x: Array, **settings: int) -> Array:
    _, windows = pooled(x, **settings)
    winners: Array = windows.max(axis=1)
    return winners


def maxpool1d_back(gradient: Array, result: Array, x: Array, **settings: int) -> Gradients:
    """Each window's gradient goes to its winner alone, the first of equals."""
    axis, windows = pooled(x, **settings)
    wins = np.zeros(windows.shape)
    wins[np.arange(len(windows)), windows.argmax(axis=1)] = gradient
    return (landed(wins, axis).reshape(x.shape),)


def pooled(x: Array, kernel_size: int, stride: int = 0, padding: int = 0, dilation: int = 1) -> tuple[Axis, Array]:
    """The axis, and what each window holds; a padded cell never wins. Without a stride it is the kernel's size."""
    if 2 * padding > kernel_size:
        raise Misfit("pool_padding", padding=padding, kernel=kernel_size)
    axis = axis_of(x.size, kernel_size, "maxpool1d", stride=stride or kernel_size, padding=padding, dilation=dilation)
    return axis, padded(x, axis, -np.inf)[axis.taps]


def axis_of(size: int, kernel: int, operation: str, stride: int = 1, padding: int = 0, dilation: int = 1) -> Axis:
    axis = Axis(size, kernel, stride, dilation, (padding, padding))
    if axis.extent > axis.padded_size:
        raise Misfit("too_long", operation=operation, extent=axis.extent, size=axis.padded_size)
    return axis


def padded(x: Array, axis: Axis, filling: float) -> Array:
    return np.pad(x.ravel(), axis.padding, constant_values=filling)


def landed(products: Array, axis: Axis) -> Array:
    """What each input cell gets of the products (out, tap) that read it."""
    cells = np.zeros(axis.padded_size)
    np.add.at(cells, axis.taps, products)  # one after the other, in reading order
    return cells[axis.padding[0] : axis.padding[0] + axis.input_size]


WINDOW = ("stride", "padding", "dilation")

OPERATIONS: Mapping[str, Operation] = {
    "+": Operation(add, lambda g, y, a, b: (g, g), 2, 2),
    "-": Operation(subtract, lambda g, y, a, b: (g, -g), 2, 2),
    "*": Operation(multiply, multiply_back, 2, 2),
    "/": Operation(divide, divide_back, 2, 2),
    "**": Operation(raise_to, raise_to_back, 2, 2),
    "neg": Operation(np.negative, lambda g, y, a: (-g,)),
    "exp": Operation(exp, lambda g, y, a: (g * y,)),
    "ln": Operation(ln, lambda g, y, a: (g / a,)),
    "sigmoid": Operation(sigmoid, lambda g, y, a: (g * y * sigmoid(-a),)),
    "tanh": Operation(tanh, lambda g, y, a: (g * (1 - y * y),)),
    "relu": Operation(relu, lambda g, y, a: (np.where(a > 0, g, 0.0),)),
    "max": Operation(largest, largest_back, 1, 8),
    "sum": Operation(total, total_back),
    "mean": Operation(mean, mean_back),
    "dot": Operation(dot, multiply_back, 2, 2),
    "conv1d": Operation(conv1d, conv1d_back, 2, 3, WINDOW),
    "maxpool1d": Operation(maxpool1d, maxpool1d_back, settings=("kernel_size", *WINDOW)),
    "softmax": Operation(shares, softmax_back),
    "nll": Operation(nll, nll_back, 1, 2),
}
"""By the name or the sign that the text writes; `neg` is the minus before a single value."""
FUNCTIONS = tuple(name for name in OPERATIONS if name.isalnum() and name != "neg")
