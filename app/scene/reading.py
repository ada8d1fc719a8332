"""From raw values to a scene: every field that is wrong is refused, with its sentence."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from app.address import names
from app.address.query import Raw
from app.address.refusal import Refusal, Refusals
from app.scene.operation import Operation
from app.scene.presentation import Presentation
from app.scene.scene import Scene
from app.settings import Limits
from app.text import refusals as words

Model = TypeVar("Model", bound=BaseModel)


def read_scene(operation: Operation, raw: Raw, limits: Limits) -> Scene:
    """The scene that these raw values ask for. Raises Refusals: every field that is wrong, each with its sentence."""
    # An operation's own parameter wins over a convention of the same name: the indices of an unpooling are a grid.
    own = operation.parameters.model_fields
    shown = {name: value for name, value in raw.items() if name in Presentation.model_fields and name not in own}
    computed = {name: value for name, value in raw.items() if name not in shown}
    check_names(operation, computed)
    refusals: list[Refusal] = []
    parameters = validated(operation.parameters, computed, refusals)
    presentation = validated(Presentation, shown, refusals)
    if parameters is None or presentation is None:
        raise Refusals(refusals)
    check_view(operation, presentation)
    return Scene(operation, operation.resolve(operation, parameters, limits), presentation, limits)


def validated(model: type[Model], raw: Raw, refusals: list[Refusal]) -> Model | None:
    """The model, or None with what is wrong added to `refusals`."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        refusals += [Refusal(e["msg"], type=e["type"], loc=e["loc"][:1]) for e in error.errors(include_url=False)]
        return None


def check_names(operation: Operation, raw: Raw) -> None:
    """Refuse what this operation does not take, and guess what was meant."""
    own = operation.parameters.model_fields
    names.check_names(raw, operation.name, own, [name for name in Presentation.model_fields if name not in own])


def check_view(operation: Operation, presentation: Presentation) -> None:
    if presentation.view is not None and presentation.view not in operation.views:
        views = ", ".join(operation.views)
        sentence = words.NO_SUCH_VIEW.format(view=presentation.view, operation=operation.name, views=views)
        raise Refusal(sentence, type="literal_error", loc=("view",))
