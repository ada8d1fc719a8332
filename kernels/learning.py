"""A kernel learned by gradient descent: from x and the wanted y back to the weights, one step down the slope at a time.

    y = x ⋆ w        error = y − wanted        loss = ½ Σ error²        gradient = error correlated with x

Each weight served at every position, so its gradient is the sum over all of them (`trace.weight_trace`). Every number
is taken in one fixed order, as in `trace`, so that the bytes are the same on every machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis
from kernels.trace import trace, weight_trace
from kernels.unfold import unfold

Array = NDArray[np.float64]

HOPELESS = 1e12
"""A lesson ends where its loss is this many times the first: it diverges, and its numbers must not leave float64."""


@dataclass(frozen=True)
class State:
    """One iteration: w and gradient (*taps), y and error (*outputs), and the loss."""

    w: Array
    y: Array
    error: Array
    gradient: Array
    loss: float


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
    states = list(descend(x, wanted, start, axes=axes, learning_rate=learning_rate, iterations=iterations))
    return Lesson(
        w=np.array([state.w for state in states]),
        y=np.array([state.y for state in states]),
        error=np.array([state.error for state in states]),
        gradient=np.array([state.gradient for state in states]),
        loss=np.array([state.loss for state in states]),
        diverged=is_hopeless(states[-1].loss, states[0].loss),
    )


def descend(
    x: Array, wanted: Array, start: Array, *, axes: Sequence[Axis], learning_rate: float, iterations: int
) -> Iterator[State]:
    """The same descent, one state at a time; it ends early where the loss has left every slope behind."""
    w, first = start, None
    for _ in range(iterations + 1):
        iteration = state(x, wanted, w, axes)
        yield iteration
        first = iteration.loss if first is None else first
        if is_hopeless(iteration.loss, first):
            return
        w = w - learning_rate * iteration.gradient + 0.0


def is_hopeless(loss: float, first: float) -> bool:
    return not loss <= HOPELESS * max(first, 1.0)


def state(x: Array, wanted: Array, w: Array, axes: Sequence[Axis]) -> State:
    """What these weights give, and which way down the slope is."""
    y = trace(x[np.newaxis], w[np.newaxis, np.newaxis], axes=axes).y.reshape(wanted.shape)
    error = y - wanted + 0.0
    gradient = weight_trace(x[np.newaxis], error[np.newaxis], axes=axes).y.reshape(w.shape)
    return State(w, y, error, gradient, float(total(error.ravel() * error.ravel()) / 2))


def steepest(x: Array, *, axes: Sequence[Axis]) -> float:
    """The largest curvature of the loss, λmax of XᵀX for the windows X of x: descent diverges from a rate of 2/λmax on.

    It is found by power iteration, which stops when it no longer grows; 0 where x is zero everywhere it is read.

    >>> steepest(np.array([3.0, 4.0]), axes=[Axis(2, 1)])
    25.0
    """
    columns = unfold(x[np.newaxis], axes=axes)
    curvatures = np.array([total(columns * column) for column in columns])  # XᵀX, a row for each weight
    direction, curvature = np.ones(len(columns)), 0.0
    direction[0] = 2.0  # off every symmetry
    for _ in range(500):
        grown = total(curvatures * direction)
        size = float(np.sqrt(total(grown * grown)))
        if size == 0.0:
            return 0.0
        length = float(np.sqrt(total(direction * direction)))
        direction, before, curvature = grown / size, curvature, size / length
        if curvature <= before * (1 + 1e-12):
            break
    return curvature


def total(terms: Array) -> Array:
    """The sum along the last axis, one term after the other: a matrix product may pair them as it likes."""
    summed: Array = np.add.accumulate(terms, axis=-1)[..., -1]
    return summed
