"""One cell of the saliency picture, and the scene of its sum: what the first layer's units hand back to this pixel.

For LeNet these are the five by five units of each map of C1 that read the pixel, each times the weight through which
it does: a window of gradients under the kernel turned by 180°. In the fully connected network all hidden units do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.address.parameters import read_choice
from app.address.query import Raw
from app.grids.spelling import spell
from app.pages.lenet.drawing import Drawing
from app.pages.lenet.paper import INK
from app.pages.lenet.place import take_place
from app.scene.origin import GRADIENTS, Gradients, Origin
from kernels.lenet import run
from kernels.saliency import before_activation, gradients

Array = NDArray[np.float64]
SceneFields = tuple[str, dict[str, str]]
"""A scene's operation and its fields."""


@dataclass(frozen=True)
class PixelGradient:
    """How much the ink of one pixel moves one score of a network."""

    home: Gradients
    score: int
    row: int
    col: int

    @property
    def origin(self) -> Origin:
        return Origin(self.home, (self.score, self.row, self.col))

    def scene(self, drawing: Drawing) -> SceneFields:
        """The scene in which it is computed."""
        gradient, w = self.first_layer(drawing)
        lay_out = through_c1 if self.home.network == "lenet5" else through_hidden
        x, weights = lay_out(gradient, w, self.row, self.col)
        fields = {"x": spell(x, 2, "input"), "w": spell(weights, 2, "weights"), "of": self.origin.text}
        return "conv2d", fields

    def first_layer(self, drawing: Drawing) -> tuple[Array, Array]:
        """The gradients of the first layer's sums, and its weights."""
        layers, x = drawing.networks[self.home.network], drawing.pixels / INK
        outcome = next(run(layers, x))
        of_activations = gradients(layers, x, self.score)[1].reshape(outcome.y.shape)
        assert outcome.layer.w is not None
        return before_activation(outcome, of_activations), outcome.layer.w


def take_pixel(raw: Raw) -> PixelGradient:
    """Take `unit` out of the raw values, the score's digit and the pixel's row and column, and `network`."""
    home = GRADIENTS[read_choice(raw.pop("network", "lenet5"), name="network", choices=GRADIENTS)]
    score, row, col = take_place(raw, home.title, home.shape)
    return PixelGradient(home, score, row, col)


def through_c1(gradient: Array, w: Array, row: int, col: int) -> tuple[Array, Array]:
    """The five by five units of each map that read the pixel, the middle one straight above it, and their weights."""
    padded = np.pad(gradient, ((0, 0), (2, 2), (2, 2)))
    return padded[:, row : row + 5, col : col + 5], w[np.newaxis, :, 0, ::-1, ::-1]


def through_hidden(gradient: Array, w: Array, row: int, col: int) -> tuple[Array, Array]:
    """All hidden units, laid out as the next layer reads them, and their weights."""
    return gradient.reshape(1, 6, 13), w[:, 0, row, col].reshape(1, 1, 6, 13)
