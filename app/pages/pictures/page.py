"""The page: a guess to begin with, then a picture, its result, and the numbers behind the place one looks at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import orjson

from app.address.phrases import times
from app.grids.photos import photographs
from app.grids.spelling import spell
from app.pages.controls import Choice
from app.pages.pictures import words
from app.pages.pictures.describing import about_kernel, about_picture, about_range, shared
from app.pages.pictures.painting import range_of
from app.pages.pictures.recipe import DEFAULT_KERNEL, PATH, USUAL, Parameters, Recipe, read_recipe
from app.pages.pictures.result import Result
from app.pages.pictures.spot import Place, Spot, strongest
from app.pages.pictures.uploads import Uploads
from app.pages.templates import render
from app.settings import Limits
from kernels.lenet import lenet5

OPENING = {"picture": "cat:96x96", "w": DEFAULT_KERNEL, "show": "grey"}
"""What the question is about."""
GUESSES: Mapping[str, str] = {
    "sobel-y": "sobel-y",
    "flipped": "1,0,-1;2,0,-2;1,0,-1",
    "sobel-x": "sobel-x",
    "blur": "gaussian",
}
"""The results to choose from, in their order on the page, and the kernels that make them."""
RIGHT = DEFAULT_KERNEL
THUMBNAIL = "56x56"


@dataclass(frozen=True)
class Tile:
    """One of the results to choose from."""

    name: str
    image: str
    address: str
    label: str
    is_wrong: bool
    """Whether it was chosen, and is not it."""


@dataclass(frozen=True)
class Thumbnail:
    """A shipped picture, small."""

    name: str
    title: str
    image: str
    address: str
    about: str
    chosen: bool


def guess_page(guess: str | None) -> str:
    """The question, or what is to be said of a wrong answer, and the question again."""
    recipe = opening()
    return render(
        "pictures_guess.html",
        title=words.TITLE,
        here=PATH,
        canonical=PATH,
        said=words,
        picture=original(recipe),
        kernel=[list(map(int, row)) for row in recipe.kernels[0].tolist()],
        tiles=tiles(recipe, guess),
        verdict=words.VERDICTS[guess] if guess else "",
        skip=recipe.address(),
    )


@cache
def opening() -> Recipe:
    return read_recipe(dict(OPENING), Limits.model_construct(), Uploads(0))


def tiles(recipe: Recipe, guess: str | None) -> list[Tile]:
    return [
        Tile(
            name,
            recipe.address(".png", w=w, show="clip" if name == "blur" else "grey"),
            f"{PATH}?guess={name}",
            words.RESULT.format(letter="ABCD"[number]),
            name == guess,
        )
        for number, (name, w) in enumerate(GUESSES.items())
    ]


def page(
    recipe: Recipe, place: Place | None, *, is_answered: bool, has_webcam: bool, is_forgotten: bool = False
) -> str:
    """The picture and its result, whole without scripts."""
    place = place or strongest(recipe)
    spot = Spot(recipe, place)
    result = Result(recipe)
    names = recipe.spelled
    return render(
        "pictures.html",
        title=words.TITLE,
        here=PATH,
        canonical=shared(recipe),
        said=words,
        recipe=recipe,
        fields={**USUAL, **names},
        original=original(recipe),
        result=recipe.address(".png"),
        place=place,
        spot=orjson.loads(spot.document()),
        size=times(recipe.kernels.shape[1:]),
        kernels=recipe.kernels.tolist(),
        about=about_picture(recipe),
        about_kernel=about_kernel(recipe),
        about_range=about_range(recipe, range_of(result.rows(), recipe)),
        legend=words.LEGENDS[recipe.show],
        thumbnails=thumbnails(recipe),
        kernel_chips=kernel_chips(recipe),
        sets=kernel_sets(recipe),
        is_answered=is_answered,
        is_forgotten=is_forgotten,
        has_webcam=has_webcam,
        photographs=photographs().values(),
    )


def original(recipe: Recipe) -> str:
    """The picture itself, as an image: the kernel that changes nothing."""
    return f"{PATH}.png?" + original_query(recipe)


def original_query(recipe: Recipe) -> str:
    untouched = replace(recipe, parameters=Parameters(colour=recipe.parameters.colour))
    return untouched.address(w="1", show=None).partition("?")[2]


def thumbnails(recipe: Recipe) -> list[Thumbnail]:
    name = recipe.picture.text.partition(":")[0]
    return [
        Thumbnail(
            each.name,
            each.title,
            f"{PATH}.png?picture={each.name}:{THUMBNAIL}&w=1&colour=rgb",
            recipe.address(picture=each.name),
            f"{each.about} ({each.licence})",
            each.name == name,
        )
        for each in photographs().values()
    ]


def kernel_chips(recipe: Recipe) -> list[Choice]:
    """The kernels that are chosen most, and those that are only named."""
    now = recipe.w.text
    plain: dict[str, str | None] = {"join": None, "show": None}
    return [Choice(label, recipe.address(w=w, **plain), w == now, name=w) for w, label in words.KERNELS]


def kernel_sets(recipe: Recipe) -> list[Choice]:
    """Several kernels at once."""
    found: list[Choice] = []
    for label, w, more in [*words.SETS, (words.LEARNED, learned(), {"show": "grey"})]:
        fields: dict[str, str | None] = {"w": w, "join": None, "show": None, **more}
        address = recipe.address(**fields)
        found.append(Choice(label, address, recipe.w.text == w and recipe.spelled.get("join") == fields["join"]))
    return found


@cache
def learned() -> str:
    """LeNet's first layer, as it was trained."""
    first = next(layer for layer in lenet5() if layer.name == "c1")
    assert first.w is not None
    text = spell(np.round(first.w, 2), 2, "weights")
    return read_recipe({"w": text}, Limits.model_construct(), Uploads(0)).w.text  # as a recipe spells it
