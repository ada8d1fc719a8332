"""What a board's page is asked: its parameters out of raw values, and its address and fields out of them."""

from collections.abc import Mapping
from typing import ClassVar, Protocol, TypeVar

from pydantic import BaseModel

from app.address.names import check_names
from app.address.query import Raw, addressed
from app.address.refusal import Refusal, Refusals
from app.operations.common.fields import left_out
from app.pages.controls import Choice, Field
from app.scene.reading import validated

Parameters = TypeVar("Parameters", bound=BaseModel)


def read_parameters(model: type[Parameters], raw: Raw, page: str, defaults: Mapping[str, str]) -> Parameters:
    """Every field that is left open has its default. Raises Refusals, each with its sentence."""
    check_names(raw, page, list(model.model_fields))
    wrong: list[Refusal] = []
    usual = {name: text for name, text in defaults.items() if raw.get(name) in (None, "")}
    parameters = validated(model, {**raw, **usual}, wrong)
    if parameters is None:
        raise Refusals(wrong)
    return parameters


class OfMoments(Protocol):
    """Parameters that may name the moment that is shown."""

    @property
    def step(self) -> int | None: ...


class Asked:
    """A board that has an address: its path, the usual text of each field, and the texts of this one."""

    PATH: ClassVar[str]
    DEFAULTS: ClassVar[Mapping[str, str]]
    parameters: OfMoments

    @property
    def texts(self) -> dict[str, str]:
        """Of every field but the step."""
        raise NotImplementedError

    @property
    def step(self) -> int | None:
        return self.parameters.step

    @property
    def spelled(self) -> dict[str, str]:
        """The canonical fields, defaults left out."""
        return left_out({**self.texts, "step": "" if self.step is None else str(self.step)}, self.DEFAULTS)

    def address(self, extension: str = "", /, **changes: str) -> str:
        """The canonical path and query, some fields replaced."""
        return addressed(self.PATH + extension, left_out({**self.spelled, **changes}, self.DEFAULTS))

    def choice(self, label: str, address: str) -> Choice:
        """A link that is chosen where it leads here."""
        return Choice(label, address, address == self.address(step=""))

    def fields(self, labels: Mapping[str, str]) -> list[Field]:
        """The fields as the address writes them, their defaults behind them."""
        return [Field(name, label, self.spelled.get(name, ""), self.DEFAULTS[name]) for name, label in labels.items()]

    @property
    def given(self) -> dict[str, str]:
        """Of each field what was written, for the script that writes the address."""
        return {name: self.spelled.get(name, "") for name in self.DEFAULTS}
