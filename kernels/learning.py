"""A kernel learned by gradient descent: from x and the wanted y back to the weights, one step down the slope at a time.

    y = x ⋆ w        error = y − wanted        loss = ½ Σ error²        gradient = error correlated with x

Each weight served at every position, so its gradient is the sum over all of them (`trace.weight_trace`). Every number is
taken in one fixed order, as in `trace`, so that the bytes are the same on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis
from kernels.trace import trace, weight_trace
from kernels.unfold import unfold

Array = NDArray[np.float64]

HOPELESS = 1e12
"""A loss so many times the first one has left every slope behind."""


@dataclass(frozen=True)
class Lesson:
    """What each iteration knew; entry k is before the k-th step down, the last one after all of them.

    w (n, *taps), y and error (n, *outputs), gradient (n, *taps), loss (n,). With `diverged`, the loss grew beyond
    every bound, and the lesson ends there.
    """

    w: Array
    y: Array
    error: Array
    gradient: Array
    loss: Array
    diverged: bool


def learn(
    x: Array, wanted: Array, start: Array, *, axes: Sequence[Axis], learning_rate: float, iterations: int
) -> Lesson:
    """Gradient descent on ½ Σ (x ⋆ w − wanted)², from the weights `start`.

    x has shape (*inputs), wanted (*outputs), start (*taps), all float64: one channel, one filter; there is an `Axis`
    for each axis of space. Nothing is checked. The gradient is that of torch.nn.grad.conv2d_weight.

    >>> lesson = learn(np.array([1.0, 2.0]), np.array([3.0]), np.zeros(1), axes=[Axis(2, 1, stride=2)],
    ...                learning_rate=0.5, iterations=2)
    >>> lesson.w.ravel(), lesson.loss
    (array([0.  , 1.5 , 2.25]), array([4.5    , 1.125  , 0.28125]))
    """
    w, kept, diverged = start, [], False
    for _ in range(iterations + 1):
        told = state(x, wanted, w, axes)
        kept.append((w, *told))
        diverged = not told[-1] <= HOPELESS * max(kept[0][-1], 1.0)
        if diverged:
            break
        w = w - learning_rate * told[2] + 0.0
    weights, ys, errors, gradients, losses = (np.array(column) for column in zip(*kept, strict=True))
    return Lesson(weights, ys, errors, gradients, losses, diverged)


def state(x: Array, wanted: Array, w: Array, axes: Sequence[Axis]) -> tuple[Array, Array, Array, float]:
    """(y, error, gradient, loss) of these weights."""
    y = trace(x[np.newaxis], w[np.newaxis, np.newaxis], axes=axes).y.reshape(wanted.shape)
    error = y - wanted + 0.0
    gradient = weight_trace(x[np.newaxis], error[np.newaxis], axes=axes).y.reshape(w.shape)
    return y, error, gradient, float(np.add.accumulate(error.ravel() * error.ravel())[-1] / 2)


def steepest(x: Array, *, axes: Sequence[Axis]) -> float:
    """The largest curvature of the loss, λmax of XᵀX for the windows X of x: descent diverges from a rate of 2/λmax on.

    It is found by power iteration, which stops when it no longer grows; 0 where x is zero everywhere it is read.

    >>> steepest(np.array([3.0, 4.0]), axes=[Axis(2, 1)])
    25.0
    """
    columns = unfold(x[np.newaxis], axes=axes)
    direction, curvature = np.ones(len(columns)), 0.0
    direction[0] = 2.0  # off every symmetry
    for _ in range(500):
        grown = columns @ (columns.T @ direction)
        size = float(np.sqrt((grown * grown).sum()))
        if size == 0.0:
            return 0.0
        direction, before, curvature = grown / size, curvature, size / float(np.sqrt((direction * direction).sum()))
        if curvature <= before * (1 + 1e-12):
            break
    return curvature
