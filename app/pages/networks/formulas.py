"""The formulas of one layer with its numbers, as MathML coloured by role."""

from html import escape
from math import prod

from markupsafe import Markup

from app.pages.networks import words
from app.pages.networks.amounts import NARROW
from kernels.network import Counted
from kernels.stack import CONVOLUTIONS, POOLS, Window

DOT = "<mo>·</mo>"
Formula = tuple[str, Markup]
"""What is counted, and how."""


def formulas(counted: Counted) -> list[Formula]:
    """Size, parameters, units and multiplications; only what the layer has."""
    rows = [(words.SIZE, size) for size in sizes(counted)]
    if counted.parameters:
        rows.append((words.PARAMETERS, parameters(counted)))
    if counted.units:
        rows.append((words.UNITS, units(counted)))
    if counted.multiplications:
        rows.append((words.MULTIPLICATIONS, multiplications(counted)))
    return [(name, Markup(f'<math displaystyle="true"><mrow>{row}</mrow></math>')) for name, row in rows]


def sizes(counted: Counted) -> list[str]:
    """The output-size formula, once where all axes are alike."""
    if counted.kind not in CONVOLUTIONS | POOLS:
        return []
    measured = counted.measured
    axes = dict.fromkeys(zip(measured.windows, measured.spatial_inputs[0], measured.spatial, strict=True))
    spell = transposed_size if counted.kind == "convtranspose" else size
    return [spell(*axis, ceil=counted.layer.ceil_mode) for axis in axes]


def size(window: Window, input_size: int, output_size: int, ceil: bool) -> str:
    """⌊(input + 2·padding − extent) / stride⌋ + 1"""
    left, right = "⌈⌉" if ceil else "⌊⌋"
    fraction = (
        f"<mfrac><mrow>{number(input_size, 'input')}{padding(window, '+')}<mo>−</mo>{extent(window)}</mrow>"
        f"{number(window.stride)}</mfrac>"
    )
    rounded = fraction if window.stride == 1 else f"<mo>{left}</mo>{fraction}<mo>{right}</mo>"
    plain = f"{number(input_size, 'input')}{padding(window, '+')}<mo>−</mo>{extent(window)}"
    return f"{plain if window.stride == 1 else rounded}<mo>+</mo><mn>1</mn>{equals(output_size)}"


def transposed_size(window: Window, input_size: int, output_size: int, ceil: bool) -> str:
    """(input − 1)·stride − 2·padding + extent + output_padding"""
    further = f"<mo>+</mo>{number(window.output_padding)}" if window.output_padding else ""
    inputs = f"<mo>(</mo>{number(input_size, 'input')}<mo>−</mo><mn>1</mn><mo>)</mo>"
    return f"{inputs}{DOT}{number(window.stride)}{padding(window, '−')}<mo>+</mo>{extent(window)}{further}" + equals(
        output_size
    )


def padding(window: Window, sign: str) -> str:
    before, after = window.padding
    if before == after:
        return f"<mo>{sign}</mo><mn>2</mn>{DOT}{number(before)}" if before else ""
    return f"<mo>{sign}</mo>{number(before)}<mo>{sign}</mo>{number(after)}"


def extent(window: Window) -> str:
    """How many cells the window covers; with dilation, why."""
    if window.dilation == 1:
        return number(window.kernel, "tap")
    gaps = f"<mo>(</mo>{number(window.kernel, 'tap')}<mo>−</mo><mn>1</mn><mo>)</mo>"
    return f"<mo>(</mo>{number(window.dilation)}{DOT}{gaps}<mo>+</mo><mn>1</mn><mo>)</mo>"


def parameters(counted: Counted) -> str:
    """filters · channels · taps + biases"""
    measured = counted.measured
    if counted.kind == "batchnorm":
        return f"<mn>2</mn>{DOT}{number(measured.shape[0], 'output')}{equals(counted.parameters, 'tap')}"
    channels, filters = measured.inputs[0][0], measured.shape[0]
    taps = [number(window.kernel, "tap") for window in measured.windows]
    product = DOT.join([number(filters, "output"), number(channels // counted.layer.groups, "input"), *taps])
    biases = f"<mo>+</mo>{number(measured.biases, 'tap')}" if measured.biases else ""
    return product + biases + equals(counted.parameters, "tap")


def units(counted: Counted) -> str:
    """channels · rows · columns"""
    if len(counted.shape) == 1:
        return number(counted.units, "output result")
    return DOT.join(number(side, "output") for side in counted.shape) + equals(counted.units)


def multiplications(counted: Counted) -> str:
    """units · weights of each; a transposed layer's inputs · weights of each stamp"""
    measured = counted.measured
    if counted.kind == "convtranspose":
        values, role = prod(measured.inputs[0]), "input"
    else:
        values, role = counted.units, "output"
    return f"{number(values, role)}{DOT}{number(counted.multiplications // values, 'tap')}" + equals(
        counted.multiplications, "product"
    )


def equals(value: int, role: str = "output") -> str:
    return f"<mo>=</mo>{number(value, f'{role} result')}"


def number(value: int, role: str = "") -> str:
    text = escape(f"{abs(value):,}".replace(",", NARROW))
    named = f' class="{role}"' if role else ""
    if value < 0:
        return f'<mrow{named}><mo form="prefix">−</mo><mn>{text}</mn></mrow>'
    return f"<mn{named}>{text}</mn>"
