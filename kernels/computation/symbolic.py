"""A local derivative as a formula: ∂y/∂w of y = w·x + b is x, and ∂p/∂y of p = σ(y) is p·(1 − p).

Of scalars, by the rules of differentiation, and simplified as one would by hand: no ·1, no +0.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from kernels.computation.expressions import Assignment, Call, Expression, Name, Number, names_in

ZERO, ONE, TWO = Number(0.0), Number(1.0), Number(2.0)
GATE = "gate"
"""The operation that only a derivative has: 1 where its argument is positive, else 0, which is ReLU's."""


@lru_cache(4096)
def derivative(assignment: Assignment, name: str) -> Expression | None:
    """∂result/∂name, written with the result's own name where it comes in; None where we have no formula.

    >>> derivative(Assignment("p", Call("exp", (Name("y"),))), "y")
    Name(name='p', place=0)
    """
    found = differentiate(assignment.expression, name)
    return None if found is None else renamed(found, assignment)


def differentiate(expression: Expression, name: str) -> Expression | None:
    if name not in names_in(expression):
        return ZERO
    if isinstance(expression, Name):
        return ONE
    assert isinstance(expression, Call)
    rule = RULES.get((expression.operation, len(expression.arguments)))
    slopes = [differentiate(argument, name) for argument in expression.arguments]
    known = [slope for slope in slopes if slope is not None]
    if rule is None or len(known) < len(slopes):
        return None
    return rule(*expression.arguments, *known)


def renamed(expression: Expression, assignment: Assignment) -> Expression:
    """The expression with the result's name wherever the whole of what it was made of stands."""
    if expression == assignment.expression and isinstance(expression, Call):
        return Name(assignment.name)
    if isinstance(expression, Call):
        arguments = tuple(renamed(argument, assignment) for argument in expression.arguments)
        return Call(expression.operation, arguments, expression.settings)
    return expression


def plus(a: Expression, b: Expression) -> Expression:
    if a == ZERO:
        return b
    return a if b == ZERO else Call("+", (a, b))


def minus(a: Expression, b: Expression) -> Expression:
    if b == ZERO:
        return a
    return negative(b) if a == ZERO else Call("-", (a, b))


def times(a: Expression, b: Expression) -> Expression:
    if ZERO in (a, b):
        return ZERO
    if a == ONE:
        return b
    if isinstance(a, Call) and a.operation == "neg":
        return negative(times(a.arguments[0], b))
    if isinstance(b, Call) and b.operation == "neg":
        return negative(times(a, b.arguments[0]))
    if isinstance(b, Number) and not isinstance(a, Number):
        return times(b, a)  # 2·x, not x·2
    return a if b == ONE else Call("*", (a, b))


def over(a: Expression, b: Expression) -> Expression:
    if a == ZERO:
        return ZERO
    if isinstance(a, Call) and a.operation == "neg":
        return negative(over(a.arguments[0], b))
    if isinstance(a, Number) and a.value < 0:
        return negative(over(negative(a), b))
    if isinstance(b, Number) and isinstance(a, Call) and a.operation == "*" and isinstance(a.arguments[0], Number):
        return times(Number(a.arguments[0].value / b.value), a.arguments[1])  # 2·x / 2 is x
    return a if b == ONE else Call("/", (a, b))


def negative(a: Expression) -> Expression:
    if a == ZERO:
        return ZERO
    if isinstance(a, Number):
        return Number(-a.value)
    return a.arguments[0] if isinstance(a, Call) and a.operation == "neg" else Call("neg", (a,))


def raised(a: Expression, exponent: Expression) -> Expression:
    return a if exponent == ONE else Call("**", (a, exponent))


def of_power(a: Expression, b: Expression, da: Expression, db: Expression) -> Expression | None:
    """A base to a number; what stands in the exponent has no formula here."""
    if db != ZERO or not isinstance(b, Number):
        return None
    return times(times(b, raised(a, Number(b.value - 1))), da) if b.value else ZERO


def of_quotient(a: Expression, b: Expression, da: Expression, db: Expression) -> Expression:
    if db == ZERO:
        return over(da, b)
    if da == ZERO:
        return negative(over(times(a, db), raised(b, TWO)))
    return over(minus(times(da, b), times(a, db)), raised(b, TWO))


def of_sigmoid(a: Expression, da: Expression) -> Expression:
    share = Call("sigmoid", (a,))
    return times(Call("*", (share, Call("-", (ONE, share)))), da)


def of_tanh(a: Expression, da: Expression) -> Expression:
    return times(Call("-", (ONE, Call("**", (Call("tanh", (a,)), TWO)))), da)


RULES: Mapping[tuple[str, int], Callable[..., Expression | None]] = {
    ("+", 2): lambda a, b, da, db: plus(da, db),
    ("-", 2): lambda a, b, da, db: minus(da, db),
    ("*", 2): lambda a, b, da, db: plus(times(da, b), times(a, db)),
    ("/", 2): of_quotient,
    ("**", 2): of_power,
    ("neg", 1): lambda a, da: negative(da),
    ("exp", 1): lambda a, da: times(Call("exp", (a,)), da),
    ("ln", 1): lambda a, da: over(da, a),
    ("sigmoid", 1): of_sigmoid,
    ("tanh", 1): of_tanh,
    ("relu", 1): lambda a, da: times(Call(GATE, (a,)), da),
    ("nll", 1): lambda a, da: negative(over(da, a)),
}
