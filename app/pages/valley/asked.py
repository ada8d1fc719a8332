"""How one goes down the valley: `learning_rate=0.1&momentum=0.8&schedule=decreasing&steps=40`."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from app.address.names import unknown_name
from app.address.parameters import read_choice, read_number, reader
from app.address.query import Raw, addressed
from app.address.refusal import Refusal, Refusals
from app.pages.learn.fields import read_bounded
from app.scene.presentation import spell
from app.scene.reading import validated
from app.settings import Limits
from kernels.valley import Way, descend

PATH = "/valley"
MOST_STEPS = 100
HALVES_AFTER = 5
"""Steps after which a decreasing rate is half as large."""


class Descent(BaseModel):
    """The parameters, by the names of torch.optim.SGD where it has them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    learning_rate: Annotated[float, reader(read_number, example="0.1", least=0.0001, most=1)] = 0.12
    momentum: Annotated[float, reader(read_number, example="0.8", least=0, most=0.99)] = 0.0
    schedule: Annotated[Literal["constant", "decreasing"], reader(read_choice, choices=("constant", "decreasing"))] = (
        "constant"
    )
    steps: Annotated[int, reader(read_bounded, least=1, most=MOST_STEPS)] = 30
    step: Annotated[int | None, reader(read_bounded, least=0, most=MOST_STEPS)] = None

    @cached_property
    def way(self) -> Way:
        halves_after = HALVES_AFTER if self.schedule == "decreasing" else 0
        return descend(self.learning_rate, momentum=self.momentum, halves_after=halves_after, steps=self.steps)

    @property
    def last(self) -> int:
        return len(self.way.losses) - 1

    @property
    def shown(self) -> int:
        return self.last if self.step is None else min(self.step, self.last)

    def address(self, extension: str = "", /, **changes: str | None) -> str:
        """The canonical path and query, defaults left out; None leaves one out."""
        return addressed(PATH + extension, {name: spell(getattr(self, name)) for name in self.spelled} | changes)

    @property
    def spelled(self) -> list[str]:
        return [name for name, field in type(self).model_fields.items() if getattr(self, name) != field.default]


def read_asked(raw: Raw, limits: Limits) -> Descent:
    """Raises Refusals, each with its sentence."""
    known = list(Descent.model_fields)
    unknown = [name for name in raw if name not in known]
    if unknown:
        raise Refusals(unknown_name(name, PATH, known) for name in unknown)
    wrong: list[Refusal] = []
    asked = validated(Descent, raw, wrong)
    if asked is None:
        raise Refusals(wrong)
    return asked
