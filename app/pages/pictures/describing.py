"""What is said of a picture, of a kernel and of the numbers that they make."""

import numpy as np
from numpy.typing import NDArray

from app.address.numbers import spell_number
from app.address.phrases import times
from app.grids.spelling import spell
from app.pages.pictures import words
from app.pages.pictures.painting import Range
from app.pages.pictures.recipe import Recipe
from app.text.format import short
from kernels.filtering import factors
from kernels.filters import named_filters


def about_picture(recipe: Recipe) -> str:
    """Its size and that of the result, and whether it was reduced."""
    said = words.SIZES.format(picture=times(recipe.x.shape[1:]), result=times(recipe.shape))
    was = recipe.picture.was
    return said + (words.REDUCED.format(was=times(was)) if was else "")


def about_kernel(recipe: Recipe) -> list[str]:
    """What a kernel shows, what its weights sum to, and what it saves to take it apart."""
    if len(recipe.kernels) > 1:
        return [words.SEVERAL.format(count=len(recipe.kernels))]
    [kernel] = recipe.kernels
    named = named_filters().get(recipe.w.text)
    return [
        *([named.shows] if named else []),
        about_sum(kernel),
        *about_factors(kernel),
        *([words.EACH_ALONE] if recipe.planes > 1 else []),
    ]


def about_sum(kernel: NDArray[np.float64]) -> str:
    total = float(kernel.sum())
    total = round(total, 6) + 0.0
    sentence = words.SUMS_TO_ZERO if not total else words.SUMS_TO_ONE if total == 1 else words.SUMS_TO_MORE
    return sentence.format(sum=short(total))


def about_factors(kernel: NDArray[np.float64]) -> list[str]:
    """A kernel that is a column times a row takes k + k multiplications instead of k·k."""
    found = factors(kernel)
    if not found:
        return []
    column, row = (", ".join(spell_number(float(value)).replace("-", "−") for value in part) for part in found)
    rows, cols = kernel.shape
    return [words.SEPARABLE.format(column=column, row=row, whole=rows * cols, parts=rows + cols)]


def about_range(recipe: Recipe, seen: Range) -> str:
    """From where to where the numbers go, and how many are beyond what the image shows."""
    said = words.RANGE.format(least=short(round(seen.least, 2)), most=short(round(seen.most, 2)))
    if not seen.beyond:
        return said + words.ALL_SHOWN
    share = f"{seen.beyond / seen.total:.1%}"
    return said + words.CLIPPED[recipe.show].format(share="less than 0.1%" if share == "0.0%" else share)


def shared(recipe: Recipe) -> str:
    """The address that others can open: a reader's own picture goes along as a small copy."""
    return recipe.address(picture=small_copy(recipe)) if recipe.picture.is_private else recipe.address()


def small_copy(recipe: Recipe) -> str:
    """The picture as so few cells that an address can carry them."""
    pixels = recipe.picture.in_colour(recipe.parameters.colour)
    side = words.SMALL_SIDES[len(pixels)]
    every = -(-max(pixels.shape[1:]) // side)
    return spell(pixels[:, ::every, ::every].astype(np.float64), 2, "input")


def titles(recipe: Recipe) -> list[str]:
    """What each of several kernels is called."""
    names = recipe.w.text.split("~~")
    if len(names) != len(recipe.kernels):
        names = [""] * len(recipe.kernels)
    numbered = [words.KERNEL_NUMBER.format(number=number) for number in range(len(names))]
    known = {name: filter.title for name, filter in named_filters().items()}
    plain = [known.get(name, number) for name, number in zip(names, numbered, strict=True)]
    if recipe.show != "mixed":
        return plain
    said = {"grey": words.ZERO_IS_GREY}
    return [said.get(show, "{title}").format(title=title) for title, show in zip(plain, recipe.shows, strict=True)]
