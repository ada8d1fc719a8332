"""The page of the valley, complete without scripts, and its JSON."""

from starlette.routing import Route

from app.address.parameters import spell_number
from app.pages.controls import Choice, Field
from app.pages.requests import METHODS, endpoint, swapped
from app.pages.templates import render
from app.pages.valley import words
from app.pages.valley.asked import PATH, Descent, read_asked
from app.pages.valley.drawing import picture
from app.text.encoding import dumps, encode
from app.text.format import decimals


def routes() -> list[Route]:
    return [
        Route(PATH, swapped(read_asked, valley_page), methods=METHODS),
        Route(f"{PATH}.json", endpoint(read_asked, document, "application/json"), methods=METHODS),
    ]


def valley_page(asked: Descent) -> str:
    return render(
        "valley.html",
        title=words.TITLE,
        said=words,
        here=PATH,
        path=PATH,
        canonical=asked.address(step=None),
        asked=asked,
        picture=picture(asked),
        sentences=[sentence(asked, at) for at in range(asked.last + 1)],
        ways=ways(asked),
        fields=fields(asked),
    )


def sentence(asked: Descent, at: int) -> str:
    first, second = asked.way.weights[at].tolist()
    loss = float(asked.way.losses[at])
    said = words.SHOWN.format(step=at, first=decimals(first), second=decimals(second), loss=decimals(loss))
    is_lost = at == asked.last and loss > float(asked.way.losses[0])
    return f"{said} {words.END_FAR}" if is_lost else said


def ways(asked: Descent) -> list[Choice]:
    made = {label: Descent.model_validate(fields) for label, fields in words.WAYS.items()}
    now = asked.model_copy(update={"step": None})
    return [Choice(label, way.address(), way == now) for label, way in made.items()]


def fields(asked: Descent) -> list[Field]:
    values = {
        "learning_rate": spell_number(asked.learning_rate),
        "momentum": spell_number(asked.momentum),
        "schedule": asked.schedule,
        "steps": str(asked.steps),
    }
    return [Field(name, label, values[name], "") for name, label in words.FIELDS.items()]


def document(asked: Descent) -> bytes:
    way = asked.way
    return dumps({"weights": encode(way.weights), "losses": encode(way.losses), "rates": encode(way.rates)})
