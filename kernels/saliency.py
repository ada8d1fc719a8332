"""Saliency: how much each pixel of a digit moves one score of a network (Simonyan, Vedaldi and Zisserman, 2013).

The gradient goes back through the layers by which the picture came: a weight passes it on times itself, a ReLU passes
it where it let a number through, and a maximum to the one that won.
"""

import numpy as np
from numpy.typing import NDArray

from kernels.lenet import LeNetLayer, Outcome, run
from kernels.pooling import argmax
from kernels.trace import add_up, transposed_trace

Array = NDArray[np.float64]


def saliency(layers: tuple[LeNetLayer, ...], x: Array, score: int) -> Array:
    """The gradient of one score with respect to x, both of shape (28, 28); x goes from 0 (paper) to 1 (ink).

    That what a layer hands on is rounded to a float32 is no part of it. It is what torch.autograd.grad gives.

    >>> from kernels.lenet import dense
    >>> saliency(dense(), np.zeros((28, 28)), score=7).shape
    (28, 28)
    """
    return gradients(layers, x, score)[0].reshape(x.shape)


def gradients(layers: tuple[LeNetLayer, ...], x: Array, score: int) -> list[Array]:
    """The gradient of one score with respect to what each layer reads, then to the sums y of the last."""
    outcomes = list(run(layers, x))
    gradient = np.zeros(outcomes[-1].y.shape)
    gradient[score] = 1
    found = [gradient]
    for outcome in reversed(outcomes):
        gradient = through(outcome, gradient.reshape(outcome.y.shape))
        found.insert(0, gradient)
    return found


def through(outcome: Outcome, gradient: Array) -> Array:
    """From the gradient of a layer's activations to that of what the layer reads."""
    layer = outcome.layer
    gradient = before_activation(outcome, gradient)
    if layer.w is None:
        return to_winners(outcome, gradient)
    if layer.w.shape[1:] == layer.reads:  # each unit reads everything through weights of its own
        return add_up(gradient[:, np.newaxis] * layer.w)
    return transposed_trace(gradient, layer.w, axes=layer.axes).y.reshape(layer.reads)


def before_activation(outcome: Outcome, gradient: Array) -> Array:
    """The gradient of y, from that of a."""
    layer = outcome.layer
    if layer.gain is not None:
        gradient = gradient * layer.gain
    return np.where(outcome.y > 0, gradient, 0.0) if layer.rectified else gradient


def to_winners(outcome: Outcome, gradient: Array) -> Array:
    """A maximum hands its gradient to the cell that won; windows here do not overlap."""
    x, y = outcome.x, outcome.y
    winners = argmax(x, y, axes=outcome.layer.axes).reshape(len(x), -1)
    back = np.zeros((len(x), x[0].size))
    np.put_along_axis(back, winners, gradient.reshape(len(x), -1), axis=1)
    return back.reshape(x.shape)
