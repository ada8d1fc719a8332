"""Values as the shortest text that reads back as exactly them: the same values, always the same text.

Values that equal a named kernel or a small picture are written by that name, so that one scene has one short address.
A name that a reader gave stays.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.address.numbers import spell_decimal, spell_number
from app.grids.payloads import payloads
from app.grids.pictures import Kind, named_planes

Array = NDArray[np.float64]

SEPARATORS = ("~~", "~", ";;", ";", ",")
"""From the first axis to the last: filters, channels, slices, rows, values."""
LONG = 800
"""Above this number of characters nobody reads the numbers in an address, and bytes may take their place."""
MANY = 1024
"""Above this number of different numbers no fraction is looked for: a photograph has none, and looking takes time."""


def spell(values: Array, spatial: int, kind: Kind, shared: int | None = 1) -> str:
    """The text of these values, shape (…leading, *spatial). Bytes where the text is long and bytes are shorter.

    `shared` is the axis of weights along which a single plane serves all.
    """
    values = collapsed(values, shared) if kind == "weights" and shared is not None else values
    text = spell_planes(values, spatial, kind)
    return text if len(text) <= LONG else min([text, *payloads(values, spatial)], key=len)


def collapsed(weights: Array, shared: int) -> Array:
    """(O, C, …) as (O, 1, …) where all channels are equal: a single plane serves every channel."""
    first = weights[:1] if shared == 0 else weights[:, :1]
    return first if (weights == first).all() else weights


def spell_planes(values: Array, spatial: int, kind: Kind) -> str:
    """Numbers and separators, a plane that has a name written by its name; of an input, the whole or nothing."""
    if (kind == "input" and len(values) > 1) or kind == "bias":
        return spell_numbers(values, separators(values.ndim - spatial, spatial))
    leading = values.shape[: values.ndim - spatial]
    planes = values.reshape(-1, *values.shape[-spatial:])
    if len(planes) == 1:
        return spell_plane(planes[0], spatial, kind)
    texts = np.array([spell_plane(plane, spatial, kind) for plane in planes], dtype=object).reshape(leading)
    return join(texts.tolist(), separators(len(leading), 0))


def spell_plane(plane: Array, spatial: int, kind: Kind) -> str:
    return named_planes(kind).get((plane.shape, plane.tobytes())) or spell_numbers(plane, separators(0, spatial))


def separators(leading: int, spatial: int) -> tuple[str, ...]:
    """What stands between the entries of each of these axes."""
    return SEPARATORS[2 - leading : 2] + SEPARATORS[5 - spatial :]


def spell_numbers(values: Array, between: tuple[str, ...]) -> str:
    nested = values.tolist()
    different = set(values.ravel().tolist())
    write = spell_number if len(different) <= MANY else spell_decimal
    return join(nested, between, {value: write(value) for value in different})


def join(nested: list[Any], between: tuple[str, ...], spelled: dict[float, str] | None = None) -> str:
    """Nested lists as text, the first separator between the outermost entries."""
    separator, *inner = between
    if inner:
        return separator.join([join(entry, tuple(inner), spelled) for entry in nested])
    return separator.join(nested if spelled is None else map(spelled.__getitem__, nested))
