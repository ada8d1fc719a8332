"""Expressions as a reader sees them: y = w·x + b, with names or with this scene's numbers."""

import re
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.text.format import MINUS, decimals
from kernels.computation.expressions import Call, Expression, Name, Number
from kernels.computation.symbolic import GATE

Array = NDArray[np.float64]

SUPERSCRIPTS = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 2, "ln": 3, "**": 4}
"""How tightly an operation holds its arguments: what holds less tightly stands in brackets."""
ATOM = 5
VECTOR = re.compile(r"\([^()]*\)")


def numbers(value: Array) -> str:
    """A scalar, or a vector in brackets."""
    if not value.ndim:
        return decimals(float(value))
    return f"({', '.join(decimals(float(each)) for each in value)})"


def written(expression: Expression, values: Mapping[str, Array] | None = None) -> str:
    """The expression with its names or, where values are given, with their numbers.

    >>> written(Call("+", (Call("*", (Name("w"), Name("x"))), Name("b"))))
    'w·x + b'
    """
    return named(expression) if values is None else write(expression, values)[0]


@lru_cache(4096)
def named(expression: Expression) -> str:
    """With its names: a graph's box, its drawings and its formulas all say it."""
    return write(expression, None)[0]


def write(expression: Expression, values: Mapping[str, Array] | None) -> tuple[str, int]:
    """The text, and how tightly it is bound."""
    if isinstance(expression, Number):
        return decimals(expression.value), 2 if expression.value < 0 else ATOM
    if isinstance(expression, Name):
        if values is None:
            return name_of(expression.name), ATOM
        value = values[expression.name]
        return numbers(value), 2 if not value.ndim and value < 0 else ATOM
    parts = [write(argument, values) for argument in expression.arguments]
    return join(expression, parts)


def join(call: Call, parts: list[tuple[str, int]]) -> tuple[str, int]:
    name = call.operation
    texts = [text for text, _ in parts]
    binding = BINDING.get(name, ATOM)
    if name in ("+", "-", "*", "/"):
        left, right = held(parts[0], binding), held(parts[1], binding + (name != "+"))
        right = f"({right})" if right.startswith(MINUS) else right
        sign = {"+": " + ", "-": f" {MINUS} ", "*": "·" if is_short(left, right) else " · ", "/": " / "}[name]
        return f"{left}{sign}{right}", binding
    if name == "**":
        power = texts[1].translate(SUPERSCRIPTS) if is_digits(texts[1]) else f"^{held(parts[1], ATOM)}"
        return held(parts[0], binding + 1) + power, binding
    if name == "neg":
        return MINUS + held(parts[0], binding + (parts[0][0][:1] == MINUS)), binding
    if name == "ln":
        return f"ln {held(parts[0], ATOM)}", binding
    return called(call, texts), ATOM if name != "nll" else 2


def called(call: Call, texts: list[str]) -> str:
    """A function with its arguments, in the notation of the lectures where that is short."""
    first, *others = texts
    settings = dict(call.settings)
    match call.operation:
        case "sigmoid":
            return f"σ{bracketed(first)}"
        case "relu":
            return f"ReLU{bracketed(first)}"
        case "conv1d":
            return " + ".join([f"{first} ⋆ {others[0]}", *others[1:]])
        case "maxpool1d":
            return f"maxpool({first}, {settings['kernel_size']})"
        case "sum":
            return f"Σ {first}"
        case "nll":
            return f"{MINUS}ln {first}" + (f"[{others[0]}]" if others else "")
        case op if op == GATE:
            return f"[{first} > 0]"
    return f"{call.operation}{bracketed(', '.join(texts))}"


def bracketed(text: str) -> str:
    """In brackets, but for a vector, which has its own."""
    return text if VECTOR.fullmatch(text) else f"({text})"


def held(part: tuple[str, int], binding: int) -> str:
    text, own = part
    return text if own >= binding else f"({text})"


def is_short(*texts: str) -> bool:
    """Whether a product of these is read at a glance without spaces: w·x, not 0.269 · 0.731."""
    return all(len(text) <= 2 and not text[0].isdigit() for text in texts)


def is_digits(text: str) -> bool:
    return all(mark.isdigit() or mark == MINUS for mark in text)


@lru_cache(4096)
def name_of(name: str) -> str:
    """A name as the lectures write it: w12 as w₁₂.

    >>> name_of("w12"), name_of("x")
    ('w₁₂', 'x')
    """
    letters = name.rstrip("0123456789")
    return letters + name[len(letters) :].translate(SUBSCRIPTS)
