"""A kernel learned by gradient descent: from x and the wanted y back to the weights, one step down the slope at a time.

    y = x ⋆ w        error = y − wanted        loss = ½ Σ error²        gradient = error correlated with x

and then w ← w − rate · step, where the step is the gradient itself, or what momentum, weight decay and mini-batches
make of it: torch.optim.SGD's.

Each weight served at every position, so its gradient is the sum over all of them (`trace.weight_trace`). Every number
is taken in one fixed order, as in `trace`, so that the bytes are the same on every machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kernels.axis import Axis
from kernels.trace import Cells, trace, weight_trace
from kernels.unfold import unfold

Array = NDArray[np.float64]

HOPELESS = 1e12
"""A lesson ends where its loss is this many times the first: it diverges, and its numbers must not leave float64."""


LARGEST = 1e100
"""… or where a weight is larger than this, which decay alone can bring about."""
SHUFFLED = 1
"""The seed of the order in which mini-batches take the positions."""


@dataclass(frozen=True)
class Descent:
    """How the weights go down the slope; the names are those of torch.optim.SGD."""

    learning_rate: float
    momentum: float = 0.0
    """How much of the last step goes into this one."""
    weight_decay: float = 0.0
    """How strongly every weight is pulled to 0."""
    batch_size: int | None = None
    """How many positions of the window a step looks at; None for all of them."""


@dataclass(frozen=True)
class State:
    """One iteration: w, gradient and step (*taps), y and error (*outputs), and the loss.

    `gradient` is that of the whole loss; `step`, times the learning rate, is what is then taken from w.
    """

    w: Array
    y: Array
    error: Array
    gradient: Array
    loss: float
    step: Array


@dataclass(frozen=True)
class Lesson:
    """What each iteration knew; entry k is before the k-th step down, the last one after all of them.

    w (n, *taps), y and error (n, *outputs), gradient and step (n, *taps), loss (n,). With `diverged`, the loss or a
    weight grew beyond every bound, and the lesson ends there.
    """

    w: Array
    y: Array
    error: Array
    gradient: Array
    loss: Array
    step: Array
    diverged: bool


def learn(x: Array, wanted: Array, start: Array, *, axes: Sequence[Axis], descent: Descent, iterations: int) -> Lesson:
    """Gradient descent on ½ Σ (x ⋆ w − wanted)², from the weights `start`.

    x has shape (*inputs), wanted (*outputs), start (*taps), all float64: one channel, one filter; there is an `Axis`
    for each axis of space. Nothing is checked. The gradient is that of torch.nn.grad.conv2d_weight.

    >>> lesson = learn(np.array([1.0, 2.0]), np.array([3.0]), np.zeros(1), axes=[Axis(2, 1, stride=2)],
    ...                descent=Descent(learning_rate=0.5), iterations=2)
    >>> lesson.w.ravel(), lesson.loss
    (array([0.  , 1.5 , 2.25]), array([4.5    , 1.125  , 0.28125]))
    """
    states = list(descend(x, wanted, start, axes=axes, descent=descent, iterations=iterations))
    return Lesson(
        w=np.array([state.w for state in states]),
        y=np.array([state.y for state in states]),
        error=np.array([state.error for state in states]),
        gradient=np.array([state.gradient for state in states]),
        loss=np.array([state.loss for state in states]),
        step=np.array([state.step for state in states]),
        diverged=is_hopeless(states[-1].loss, states[0].loss) or len(states) <= iterations,
    )


def descend(
    x: Array, wanted: Array, start: Array, *, axes: Sequence[Axis], descent: Descent, iterations: int
) -> Iterator[State]:
    """The same descent, one state at a time; it ends early where the loss has left every slope behind."""
    w, first, step = start, None, np.zeros_like(start)
    batches = batches_of(wanted.size, descent.batch_size)
    for _ in range(iterations + 1):
        found = state(x, wanted, w, axes)
        slope = found.gradient if descent.batch_size is None else part_of(x, found.error, next(batches), axes)
        step = descent.momentum * step + (slope + descent.weight_decay * w) + 0.0
        yield replace(found, step=step)
        first = found.loss if first is None else first
        w = w - descent.learning_rate * step + 0.0
        if is_hopeless(found.loss, first) or np.abs(w).max() > LARGEST:
            return


def batches_of(positions: int, size: int | None) -> Iterator[Cells]:
    """The positions of each mini-batch: all of them once, in a shuffled order, before any comes again."""
    generator = np.random.Generator(np.random.PCG64(SHUFFLED))
    while True:
        order = generator.permutation(positions)
        for start in range(0, positions, size or positions):
            yield order[start : start + (size or positions)]


def part_of(x: Array, error: Array, batch: Cells, axes: Sequence[Axis]) -> Array:
    """The gradient as a mini-batch guesses it: of its own positions, as if all were like them."""
    seen = np.zeros(error.size)
    seen[batch] = error.ravel()[batch] * (error.size / len(batch))
    return weight_gradient(x, seen.reshape(error.shape), axes)


def is_hopeless(loss: float, first: float) -> bool:
    return not loss <= HOPELESS * max(first, 1.0)


def state(x: Array, wanted: Array, w: Array, axes: Sequence[Axis]) -> State:
    """What these weights give, and which way down the slope is."""
    y = trace(x[np.newaxis], w[np.newaxis, np.newaxis], axes=axes).y.reshape(wanted.shape)
    error = y - wanted + 0.0
    gradient = weight_gradient(x, error, axes)
    return State(w, y, error, gradient, float(total(error.ravel() * error.ravel()) / 2), gradient)


def weight_gradient(x: Array, error: Array, axes: Sequence[Axis]) -> Array:
    """error correlated with x, shape (*taps)."""
    gradient = weight_trace(x[np.newaxis], error[np.newaxis], axes=axes).y
    return gradient.reshape([axis.kernel_size for axis in axes])


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
