"""Why this answer? What would change it: a patch of paper in every place, and the gradient of a score."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from app.address.parameters import read_count
from app.address.query import Raw
from app.address.refusal import Refusal
from app.pages.lenet import words
from app.pages.lenet.drawing import Drawing
from app.pages.lenet.paper import INK, PATCH
from app.pages.lenet.pictures import picture, signed_picture
from app.stream.document import grid
from app.text.encoding import dumps
from app.text.format import short
from kernels.cached import cached_property
from kernels.lenet import run
from kernels.occlusion import occlusion
from kernels.saliency import saliency
from kernels.softmax import softmax

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Answer:
    """What one network says of a digit."""

    digit: int | None
    probabilities: Array


def answers(drawing: Drawing, pixels: Array) -> dict[str, Answer]:
    """What both networks say of these pixels, of an empty sheet nothing."""
    found = {}
    for network, layers in drawing.networks.items():
        *_, output = run(layers, pixels / INK)
        probabilities = softmax(output.y.ravel())
        found[network] = Answer(int(probabilities.argmax()) if pixels.any() else None, probabilities)
    return found


@dataclass(frozen=True)
class Occlusion:
    """Both networks' answers, wherever the patch lies."""

    drawing: Drawing

    @cached_property
    def before(self) -> dict[str, Answer]:
        """Without the patch."""
        return answers(self.drawing, self.drawing.uncovered)

    @cached_property
    def shares(self) -> dict[str, Array]:
        """By network: the probabilities of all digits, shape (24, 24, 10)."""
        x = self.drawing.uncovered / INK
        return {network: occlusion(layers, x, PATCH) for network, layers in self.drawing.networks.items()}

    def picture(self, network: str) -> Markup:
        """How much of the answer is lost in each place."""
        digit = self.before[network].digit
        lost = np.zeros((1, 1)) if digit is None else 1 - self.shares[network][:, :, digit]
        return picture(lost, 1, "negative")

    def document(self) -> bytes:
        """`probabilities` of the digit that is read without the patch, and the `digits` that are read with it."""
        return dumps({"patch": PATCH, **{network: self.of(network) for network in self.drawing.networks}})

    def of(self, network: str) -> dict[str, Any]:
        digit = self.before[network].digit
        if digit is None:
            return {"digit": None, "probability": None, "probabilities": None, "digits": None}
        shares = self.shares[network]
        return {
            "digit": digit,
            "probability": float(self.before[network].probabilities[digit]),
            "probabilities": grid(shares[:, :, digit]),
            "digits": grid(shares.argmax(axis=2)),
        }


@dataclass(frozen=True)
class Saliency:
    """The gradient of a score, by default of the digit that LeNet reads."""

    drawing: Drawing
    target: int

    @cached_property
    def gradients(self) -> dict[str, Array]:
        x = self.drawing.pixels / INK
        return {network: saliency(layers, x, self.target) for network, layers in self.drawing.networks.items()}

    def picture(self, network: str) -> Markup:
        gradient = self.gradients[network]
        return signed_picture(gradient, float(np.abs(gradient).max()), "input")

    def document(self) -> bytes:
        """`gradient`: how much the score grows for each unit of ink, where paper is 0 and ink 1."""
        of = {network: {"gradient": grid(gradient)} for network, gradient in self.gradients.items()}
        return dumps({"target": self.target, **of})


def saliency_of(drawing: Drawing, target: int | None = None) -> Saliency:
    """Of an empty sheet, where no digit is read, the gradient of the score of 0."""
    digit = answers(drawing, drawing.pixels)["lenet5"].digit if target is None else target
    return Saliency(drawing, digit or 0)


def take_target(raw: Raw) -> int | None:
    """Take `target` out of the raw values: the digit whose score is asked about."""
    if "target" not in raw:
        return None
    target = read_count(raw.pop("target"), name="target", example="9")
    if not 0 <= target <= 9:
        raise Refusal(words.NO_SUCH_SCORE.format(value=short(target)), type="less_than_equal", loc=("target",))
    return target


class Why:
    """The heat maps that the address asks for, one for each network."""

    def __init__(self, drawing: Drawing) -> None:
        source = Occlusion(drawing) if drawing.why == "occlusion" else saliency_of(drawing)
        self.pictures = {network: source.picture(network) for network in drawing.networks}
