"""A stack as a table: for each layer its size, its stride over the input, its field, where the first one starts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from app.address.phrases import times
from app.pages.receptive_field import words
from app.pages.receptive_field.layer_notation import spell_layer
from app.pages.receptive_field.measuring import layer_name
from app.pages.receptive_field.notation import broken
from app.pages.receptive_field.question import Question
from app.text.format import MINUS
from kernels.graph import INPUT, Measured
from kernels.layers import CONVOLUTIONS, POOLS
from kernels.receptive_field import Field

MOST_LINKS = 100
"""Longer tables carry no links: each holds the whole stack."""

MOST_EACH = 48
"""Of more units only the first are listed."""


@dataclass(frozen=True)
class Row:
    place: str
    depth: int
    """How deep in branches it stands."""
    parts: tuple[str, ...]
    """Its name, cut where a line may break."""
    is_join: bool
    shape: str
    stride: str
    field: str
    growth: str
    """How the field came about: what it was, and what this layer adds."""
    padding: str
    varies: str
    """How much single units see, where they differ."""
    each: list[str]
    """What each unit sees, where they differ, along the last axis."""
    parameters: int
    address: str
    """The page with this layer's middle unit chosen."""
    chosen: bool


def rows(question: Question) -> list[Row]:
    return [row(question, index) for index in range(len(question.measured))]


def row(question: Question, index: int) -> Row:
    layer, fields = question.measured[index], question.fields[index]
    node = layer.node
    return Row(
        place=node.place,
        depth=node.place.count(".") // 2,
        parts=broken(words.JOIN_NAMES[layer.layer.kind] if node.is_join else spell_layer(layer.layer)),
        is_join=node.is_join,
        shape=times(layer.shape[1:] if layer.shape[0] == 1 and len(layer.shape) > 1 else layer.shape),
        stride=per_axis([fraction(field.stride) for field in fields]),
        field=per_axis([str(field.size) for field in fields]),
        growth=growth(question, index),
        padding=per_axis([signed(field.padding) for field in fields]),
        varies=varying(fields),
        each=each_field(fields[-1]) if any(field.varies for field in fields) else [],
        parameters=layer.parameters,
        address=question_at(question, index).address() if len(question.measured) <= MOST_LINKS else "",
        chosen=question.chosen.node == index,
    )


def question_at(question: Question, node: int) -> Question:
    """The page with the middle unit of this layer chosen."""
    middle = question.middle(node)
    last = node == len(question.measured) - 1
    return replace(question, asked=None if last else middle)


def per_axis(values: Sequence[str]) -> str:
    """One value where all axes agree, else `3 × 5`."""
    return values[0] if len(set(values)) == 1 else " × ".join(values)


def fraction(value: Fraction | None) -> str:
    """`2`, `1/2`; a dash where there is none."""
    return "–" if value is None else str(value)


def signed(value: int) -> str:
    return f"{MINUS}{-value}" if value < 0 else str(value)


def growth(question: Question, index: int) -> str:
    """`5 + (3 − 1) · 2` for a layer whose windows lie over a known stride, along the last axis."""
    layer = question.measured[index]
    if layer.layer.kind not in (CONVOLUTIONS | POOLS | {"globalpool"}) - {"convtranspose"}:
        return ""
    (source,) = layer.node.sources
    before: Field | None = None if source == INPUT else question.fields[source][-1]
    if before is not None and (before.stride is None or before.varies):
        return ""
    size, stride = (1, Fraction(1)) if before is None else (before.size, before.stride)
    window = layer.windows[-1]
    if window.kernel == 1:
        return ""
    span = f"({window.kernel} {MINUS} 1)" + (f" · {window.dilation}" if window.dilation > 1 else "")
    return f"{size} + {span} · {stride}"


def varying(fields: Sequence[Field]) -> str:
    """`2 or 3 cells`, for units that see differently much."""
    if not any(field.varies for field in fields):
        return ""
    sizes = sorted({int(size) for field in fields for size in field.sizes})
    return words.VARIES.format(sizes=words.OR.join([", ".join(map(str, sizes[:-1])), str(sizes[-1])]))


def each_field(field: Field) -> list[str]:
    """`0: −1 to 0`, for the first units."""
    sentences = []
    for unit, span in enumerate(spans(field)[:MOST_EACH]):
        seen = words.FROM_TO.format(start=signed(span[0]), stop=signed(span[1])) if span else words.NOTHING
        sentences.append(words.UNIT_SEES.format(unit=unit, seen=seen))
    return sentences if len(field.starts) <= MOST_EACH else [*sentences, "…"]


def disagreements(question: Question) -> list[str]:
    """A sentence for each join whose paths do not look at the same place."""
    said = []
    for layer, fields in zip(question.measured, question.fields, strict=True):
        axes = [(axis, field.disagreement) for axis, field in enumerate(fields) if field.disagreement]
        if axes:
            said.append(disagreement(layer, *axes[0], both=len(axes) == len(fields)))
    return said


def disagreement(
    layer: Measured, axis: int, lines: Sequence[tuple[Fraction | None, Fraction | None]], both: bool
) -> str:
    along = words.ALL_AXES if both else words.ALONG.format(axis=words.AXIS_NAMES[len(layer.spatial)][axis])
    strides = {stride for stride, _ in lines}
    if len(strides) > 1:
        listed = words.AND.join(fraction(stride) for stride, _ in lines)
        return words.STRIDES_DISAGREE.format(layer=layer_name(layer.node), along=along, strides=listed)
    listed = words.AND.join("?" if centre is None else decimal(centre) for _, centre in lines)
    return words.CENTRES_DISAGREE.format(layer=layer_name(layer.node), along=along, centres=listed)


def decimal(value: Fraction) -> str:
    text = f"{float(value):.3f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def totals(question: Question) -> dict[str, int]:
    return {
        "parameters": sum(layer.parameters for layer in question.measured),
        "multiplications": sum(layer.multiplications for layer in question.measured),
        "units": prod(question.measured[-1].shape),
    }


def spans(field: Field) -> list[list[int] | None]:
    """For each unit the first and the last cell that it sees, or null."""
    return [
        [start, stop] if start <= stop else None
        for start, stop in zip(field.starts.tolist(), field.stops.tolist(), strict=True)
    ]
