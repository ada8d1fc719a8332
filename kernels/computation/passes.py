"""Forward over a graph, then backward along the same edges.

Backward goes through the assignments in reverse. By then each result knows its whole gradient, because whoever reads
it stands behind it; it hands gradient × local derivative to each name that it reads, and a name that is read in several
places adds up what arrives. That is the chain rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kernels.cached import cached_property
from kernels.computation.expressions import Assignment, Call, Expression, Name, Number, inputs_of
from kernels.computation.operations import OPERATIONS, Misfit, shrunk

Array = NDArray[np.float64]


class Unfit(ArithmeticError):
    """An expression that has no result: shapes that do not fit, or a result that is not finite.

    `reason` is `Misfit`'s, or `not_finite`, or `no_slope` where only the gradient is not finite, or `not_scalar`.
    """

    def __init__(self, name: str, expression: Expression, reason: str, numbers: Mapping[str, object]) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.expression = expression
        self.reason = reason
        self.numbers = numbers


@dataclass(frozen=True)
class Evaluated:
    """An expression with its result, and those of its arguments."""

    expression: Expression
    result: Array
    arguments: tuple["Evaluated", ...] = ()


@dataclass(frozen=True)
class Edge:
    """What a result hands back to one of the names that it reads."""

    source: str
    """The name that is read, to which the gradient flows."""
    target: str
    """The result that reads it, from which the gradient comes."""
    local: Array
    """∂target/∂source: shape (*target, *source), so a number between two scalars."""
    gradient: Array
    """What flows back over this edge, in the shape of the source: the target's gradient times `local`."""


@dataclass(frozen=True)
class Pass:
    """Forward and backward of one graph. `values` and `gradients` have every name, in the order of the computation."""

    assignments: tuple[Assignment, ...]
    values: Mapping[str, Array]
    gradients: Mapping[str, Array]
    edges: tuple[Edge, ...]
    """In the order in which the gradient flows over them."""

    @property
    def loss(self) -> str:
        """The name of the last result, whose gradient is taken."""
        return self.assignments[-1].name

    @cached_property
    def readers(self) -> Mapping[str, tuple[Edge, ...]]:
        """Of each name the edges that lead to it: one for each result that reads it."""
        return {name: tuple(edge for edge in self.edges if edge.source == name) for name in self.values}

    @cached_property
    def before_loss(self) -> frozenset[str]:
        """The names from which an edge leads on to the loss, however far, and the loss itself."""
        found = {self.loss}
        for edge in self.edges:  # the loss first
            if edge.target in found:
                found.add(edge.source)
        return frozenset(found)


def run(assignments: Sequence[Assignment], given: Mapping[str, Array]) -> Pass:
    """Both passes of a graph over these values. Raises Unfit where a number cannot be had.

    >>> square = Assignment("L", Call("**", (Name("x"), Number(2.0))))
    >>> made = run([square], {"x": np.array(3.0)})
    >>> float(made.values["L"]), float(made.gradients["x"])
    (9.0, 6.0)
    """
    with np.errstate(all="ignore"):  # what is not finite is looked for, not warned of
        values = dict(given)
        evaluated = {}
        for assignment in assignments:
            evaluated[assignment.name] = evaluate(assignment.name, assignment.expression, values)
            values[assignment.name] = evaluated[assignment.name].result
        gradients, edges = flow_back(assignments, evaluated, values)
    return Pass(tuple(assignments), values, gradients, edges)


def loss_of(assignments: Sequence[Assignment], given: Mapping[str, Array]) -> Array:
    """The last result alone."""
    return run(assignments, given).values[assignments[-1].name]


def evaluate(name: str, expression: Expression, values: Mapping[str, Array]) -> Evaluated:
    """An expression of the result `name`, from the inside out."""
    if isinstance(expression, Number):
        return Evaluated(expression, np.array(expression.value))
    if isinstance(expression, Name):
        return Evaluated(expression, values[expression.name])
    arguments = tuple(evaluate(name, argument, values) for argument in expression.arguments)
    operation = OPERATIONS[expression.operation]
    try:
        found = operation.forward(*(each.result for each in arguments), **dict(expression.settings))
    except Misfit as misfit:
        raise Unfit(name, expression, misfit.reason, misfit.numbers) from None
    result = np.asarray(found, np.float64) + 0.0  # −0 becomes 0: a zero has no sign on the page
    if not np.isfinite(result).all():
        raise Unfit(name, expression, "not_finite", {"result": float(result.ravel()[~np.isfinite(result.ravel())][0])})
    return Evaluated(expression, result, arguments)


def flow_back(
    assignments: Sequence[Assignment], evaluated: Mapping[str, Evaluated], values: Mapping[str, Array]
) -> tuple[dict[str, Array], tuple[Edge, ...]]:
    """The gradient of every name, and what flowed over every edge."""
    last = assignments[-1]
    if values[last.name].size != 1:
        raise Unfit(last.name, last.expression, "not_scalar", {"given": values[last.name].size})
    gradients = {name: np.zeros_like(value) for name, value in values.items()}
    gradients[last.name] = np.ones_like(values[last.name])
    edges = []
    for assignment in reversed(assignments):
        whole = evaluated[assignment.name]
        arriving = hand_back(whole, gradients[assignment.name])
        locals_ = local_derivatives(whole, values)
        for source in inputs_of(assignment.expression):
            edge = Edge(source, assignment.name, locals_[source], arriving[source] + 0.0)
            if not (np.isfinite(edge.gradient).all() and np.isfinite(edge.local).all()):
                raise Unfit(assignment.name, assignment.expression, "no_slope", {"source": source})
            gradients[source] = gradients[source] + edge.gradient
            edges.append(edge)
    return gradients, tuple(edges)


def hand_back(whole: Evaluated, gradient: Array) -> dict[str, Array]:
    """What each name in an expression gets of the gradient of its result."""
    found: dict[str, Array] = {}

    def descend(part: Evaluated, gradient: Array) -> None:
        expression = part.expression
        if isinstance(expression, Name):
            before = found.get(expression.name)
            found[expression.name] = gradient if before is None else before + gradient
        elif isinstance(expression, Call):
            arguments = [each.result for each in part.arguments]
            operation = OPERATIONS[expression.operation]
            back = operation.backward(gradient, part.result, *arguments, **dict(expression.settings))
            for argument, handed in zip(part.arguments, back, strict=True):
                descend(argument, shrunk(handed, argument.result.shape))

    descend(whole, gradient)
    return found


def local_derivatives(whole: Evaluated, values: Mapping[str, Array]) -> dict[str, Array]:
    """∂result/∂name for each name in the expression, row by row: what a 1 at one element of the result hands back."""
    rows = []
    for element in range(whole.result.size):
        one = np.zeros(whole.result.size)
        one[element] = 1.0
        rows.append(hand_back(whole, one.reshape(whole.result.shape)))
    return {
        name: np.array([row[name] for row in rows]).reshape(whole.result.shape + values[name].shape) + 0.0
        for name in inputs_of(whole.expression)
    }
