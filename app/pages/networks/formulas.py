"""The formulas of one layer with its numbers, coloured by role."""

from math import prod

from app.equation.nodes import Amount, Fraction, Group, Node, Product, Row
from app.equation.parts import Part, row
from app.pages.networks import words
from kernels.layers import CONVOLUTIONS, POOLS
from kernels.network import Counted
from kernels.windows import Window

Formula = tuple[str, Row]
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
    return rows


def sizes(counted: Counted) -> list[Row]:
    """The output-size formula, once where all axes are alike."""
    if counted.kind not in CONVOLUTIONS | POOLS:
        return []
    measured = counted.measured
    axes = dict.fromkeys(zip(measured.windows, measured.spatial_inputs[0], measured.spatial, strict=True))
    if counted.kind == "convtranspose":
        return [transposed_size(*axis) for axis in axes]
    return [size(*axis, ceil=counted.layer.ceil_mode) for axis in axes]


def size(window: Window, input_size: int, output_size: int, ceil: bool) -> Row:
    """⌊(input + 2·padding − extent) / stride⌋ + 1"""
    left, right = "⌈⌉" if ceil else "⌊⌋"
    top = row(Amount(input_size, "input"), *padding(window, "+"), "−", extent(window))
    starts = (top,) if window.stride == 1 else (left, Fraction(top, Amount(window.stride)), right)
    return row(*starts, "+", 1, *equals(output_size))


def transposed_size(window: Window, input_size: int, output_size: int) -> Row:
    """(input − 1)·stride − 2·padding + extent + output_padding"""
    inputs = Group(row(Amount(input_size, "input"), "−", 1))
    given_back = ("+", Amount(window.output_padding)) if window.output_padding else ()
    stamps = row(inputs, "·", Amount(window.stride), *padding(window, "−"), "+", extent(window))
    return row(stamps, *given_back, *equals(output_size))


def padding(window: Window, sign: str) -> tuple[Part, ...]:
    before, after = map(Amount, window.padding)
    if before == after:
        return (sign, 2, "·", before) if before.value else ()
    return sign, before, sign, after


def extent(window: Window) -> Node:
    """How many cells the window covers; with dilation, why."""
    kernel = Amount(window.kernel, "tap")
    if window.dilation == 1:
        return kernel
    return Group(row(Amount(window.dilation), "·", Group(row(kernel, "−", 1)), "+", 1))


def parameters(counted: Counted) -> Row:
    """filters · channels · taps + biases"""
    measured = counted.measured
    if counted.kind == "batchnorm":
        return row(2, "·", Amount(measured.shape[0], "output"), *equals(counted.parameters, "tap"))
    channels, filters = measured.inputs[0][0], measured.shape[0]
    taps = (Amount(window.kernel, "tap") for window in measured.windows)
    weights = Product((Amount(filters, "output"), Amount(channels // counted.layer.groups, "input"), *taps))
    biases = ("+", Amount(measured.biases, "tap")) if measured.biases else ()
    return row(weights, *biases, *equals(counted.parameters, "tap"))


def units(counted: Counted) -> Row:
    """channels · rows · columns"""
    if len(counted.shape) == 1:
        return row(Amount(counted.units, "output", result=True))
    return row(Product(tuple(Amount(side, "output") for side in counted.shape)), *equals(counted.units))


def multiplications(counted: Counted) -> Row:
    """units · weights of each; a transposed layer's inputs · weights of each stamp"""
    if counted.kind == "convtranspose":
        values = Amount(prod(counted.measured.inputs[0]), "input")
    else:
        values = Amount(counted.units, "output")
    weights = Amount(counted.multiplications // values.value, "tap")
    return row(Product((values, weights)), *equals(counted.multiplications, "product"))


def equals(value: int, role: str = "output") -> tuple[str, Amount]:
    return "=", Amount(value, role, result=True)
