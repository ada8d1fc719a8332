"""Why an output has its size, and which cells no window reads."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from app.equation.nodes import Node
from app.scene.explanation import SizeLine
from app.scene.scene import Scene
from app.scene.sizes import Size, WindowSize, is_cut_short
from app.text import page as words
from kernels.axis import Axis

AnySize = TypeVar("AnySize", bound=Size)


def size_lines(
    sizes: Sequence[AnySize], formula: Callable[[AnySize], Node], *, is_spoken: bool = True
) -> list[SizeLine]:
    """A formula for each axis, or one where they are all the same."""
    lines = [SizeLine(size["axis"], formula(size), size["formula"] if is_spoken else "") for size in sizes]
    return [replace(lines[0], axis="")] if len({line.math for line in lines}) == 1 else lines


def unused(scene: Scene, axes: Sequence[Axis], sizes: Sequence[WindowSize]) -> list[str]:
    """Along each axis that has any, the cells that no window reads, and why."""
    first = scene.presentation.first_index
    return [reason(axis, size, first) for axis, size in zip(axes, sizes, strict=True) if axis.unused]


def reason(axis: Axis, size: WindowSize, first: int) -> str:
    formula = f"({size['input']} + {sum(size['padding'])} − {axis.extent}) / {size['stride']}"
    sentence = words.UNUSED if is_cut_short(axis) else words.UNREAD
    return sentence.format(cells=unused_cells(axis, size["axis"], first), formula=formula)


def unused_cells(axis: Axis, name: str, first: int) -> str:
    """The cells that nothing meets, as the reader counts them: row 4, or columns 4, 7."""
    one, many = words.NOUNS[name]
    cells = ", ".join(str(cell + first) for cell in axis.unused)
    return words.UNUSED_ONE.format(noun=one if len(axis.unused) == 1 else many, cells=cells)
