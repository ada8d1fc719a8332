"""A graph with its values, out of an address: `graph=y = w*x + b; p = sigmoid(y); L = -ln(p)&x=2&w=0.5&b=-2`.

The graph is text, read by `app.address.statements` and never run. Everything is bounded before it is computed: how
many statements, how many operations, how long a vector. Every other parameter is a value.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from app.address.numbers import read_number, spell_number
from app.address.phrases import is_count, shown
from app.address.query import Raw, addressed
from app.address.refusal import Refusal, Refusals
from app.address.statements import NAME, Statement, names_used, read_statements
from app.pages.backprop import words
from app.pages.backprop.steps import Steps
from app.pages.framing import Framing
from app.scene.presentation import Presentation
from app.settings import Limits
from app.text import refusals
from kernels.cached import cached_property
from kernels.computation.expressions import Assignment, Call, Expression, Name, Number
from kernels.computation.operations import FUNCTIONS, OPERATIONS
from kernels.computation.passes import Pass, Unfit, run

Array = NDArray[np.float64]

PATH = "/backprop"
OWN = ("graph", "step", "rate", "was")
RESERVED = frozenset({*OWN, *FUNCTIONS, *Presentation.model_fields, *Framing.model_fields})
"""What cannot be the name of a value: our own parameters, those of stages and frames, and the functions."""

GRAPH = "y = w*x + b; p = sigmoid(y); L = -ln(p)"
VALUES = {"x": "2", "w": "0.5", "b": "-2"}
"""What the page opens on: a neuron whose example is positive."""
RATE = 1.0

MOST_TEXT = 4_000
MOST_STATEMENTS = 100
MOST_NODES = 600
"""Operations, names and numbers of the whole graph."""
MOST_LENGTH = 64
"""Numbers of one vector."""
MOST_SETTING = 64
MOST_RATE = 1_000
LONGEST_NAME = 16

SIGNS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}
DIGITS = frozenset("0123456789.eE+-")


@dataclass(frozen=True)
class Asked:
    """A graph over its values, and how it is shown."""

    text: str
    """The graph as it is written, one statement after the other."""
    assignments: tuple[Assignment, ...]
    given: Mapping[str, Array]
    """The values by name, in the order in which the graph reads them; those that it does not read come last."""
    step: int | None = None
    """Where the link opens; None shows all."""
    rate: float = RATE
    was: tuple[str, Array] | None = None
    """A value before it was changed, so that the loss before and after can be compared."""

    @cached_property
    def made(self) -> Pass:
        return computed(self.assignments, self.given)

    @property
    def is_default(self) -> bool:
        return self.text == GRAPH and set(self.given) >= set(VALUES)

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The canonical fields, defaults left out."""
        values = {name: spell_value(value) for name, value in self.given.items()}
        usual = VALUES if self.is_default else {}
        return {
            **({} if self.is_default else {"graph": self.text}),
            **{name: text for name, text in values.items() if usual.get(name) != text},
            **({} if self.rate == RATE else {"rate": spell_number(self.rate)}),
            **({} if self.was is None else {"was": f"{self.was[0]}:{spell_value(self.was[1])}"}),
            **({} if self.step is None else {"step": str(self.step)}),
        }

    def address(self, extension: str = "", /, **changes: str | None) -> str:
        """The canonical path and query, some fields replaced; None leaves one out."""
        return addressed(PATH + extension, {**self.spelled, **changes})

    @staticmethod
    def is_data(name: str) -> bool:
        """What is not learned, by its name: an input x or a target t, with or without a number."""
        return name.rstrip("0123456789") in ("x", "t")

    def with_values(self, values: Mapping[str, Array]) -> "Asked":
        """The same graph over other values, all of it shown."""
        return replace(self, given={**self.given, **values}, was=None, step=None)


def read_asked(raw: Raw, limits: Limits) -> Asked:
    """The graph that these raw values ask for, computed. Raises Refusal or Refusals, each with its sentence."""
    text = read_text(raw.get("graph", GRAPH))
    given = read_values({**({} if "graph" in raw else VALUES), **raw})
    statements, assignments = read_graph(text)
    check_values(statements, given)
    asked = Asked(
        text="; ".join(" ".join(each.text.split()) for each in statements),
        assignments=assignments,
        given=in_order(statements, given),
        step=read_step(raw.get("step")),
        rate=read_rate(raw.get("rate")),
        was=read_was(raw.get("was"), given),
    )
    try:
        asked.made  # noqa: B018  every number is had now, or the graph is refused
    except Unfit as unfit:
        raise refusal_of(unfit, statements) from None
    last = Steps(asked.made).last
    if asked.step is not None and asked.step > last:
        sentence = words.STEP.format(most=last, steps=last + 1, value=asked.step)
        raise Refusal(sentence, type="less_than_equal", loc=("step",))
    return asked


def computed(assignments: tuple[Assignment, ...], given: Mapping[str, Array]) -> Pass:
    return run(assignments, given)


def read_text(raw: object) -> str:
    if not isinstance(raw, str):
        raise Refusal(words.NOT_TEXT, loc=("graph",))
    return raw


@lru_cache(256)
def read_graph(text: str) -> tuple[tuple[Statement, ...], tuple[Assignment, ...]]:
    """The statements, each with a name of its own, and what they compute; of one graph many values are looked at."""
    statements = named_statements(text)
    return statements, tuple(Assignment(each.name, read_expression(each)) for each in statements)


def named_statements(text: str) -> tuple[Statement, ...]:
    try:
        statements = read_statements(
            text, example=GRAPH, reserved=RESERVED, most_text=MOST_TEXT, most_statements=MOST_STATEMENTS
        )
        for statement in statements:
            check_named(statement)
        check_amount(statements)
    except Refusal as refusal:
        raise with_hint(refusal, text).at("graph") from None
    return statements


def with_hint(refusal: Refusal, text: str) -> Refusal:
    """A plus that an address took for a space leaves two names side by side: say how it is written."""
    is_broken = refusal.type == "statements" and "syntax" in str(refusal)
    return Refusal(f"{refusal} {words.PLUS}", type=refusal.type) if is_broken and "+" not in text else refusal


def check_named(statement: Statement) -> None:
    if not statement.name:
        statement.refuse(words.NAMELESS, example=f"L = {shown(statement.text)}")
    if len(statement.name) > LONGEST_NAME:
        statement.refuse(words.LONG_NAME, most=LONGEST_NAME)


def check_amount(statements: Iterable[Statement]) -> None:
    """Count what is to be computed before any of it is."""
    count = sum(isinstance(node, ast.expr) for each in statements for node in ast.walk(each.value))
    if count > MOST_NODES:
        raise Refusal(words.TOO_MUCH.format(value=count, most=MOST_NODES), type="too_large")


def read_values(raw: Mapping[str, Any]) -> dict[str, Array]:
    """Every parameter that is not our own, as a number or a vector."""
    values: dict[str, Array] = {}
    wrong: list[Refusal] = []
    for name, value in raw.items():
        if name in OWN:
            continue
        try:
            check_value_name(name)
            values[name] = read_value(value)
        except Refusal as refusal:
            wrong.append(Refusal(str(refusal), type=refusal.type, loc=(name,)))
    if wrong:
        raise Refusals(wrong)
    return values


def check_value_name(name: str) -> None:
    if name in RESERVED:
        raise Refusal(words.OWN_NAME.format(name=name), type="reserved")
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise Refusal(words.NOT_A_NAME.format(name=shown(name), most=LONGEST_NAME), type="extra_forbidden")


def read_value(raw: object) -> Array:
    """`2`, `1/9`, `1,2,3`, `[1,2,3]`, or the number or the list of a JSON body."""
    if isinstance(raw, str):
        text = raw.strip()
        if not text.startswith("["):
            parts = text.split(",")
            check_length(len(parts))
            numbers = [read_number(part) for part in parts]
            return np.array(numbers if len(numbers) > 1 else numbers[0])
        raw = read_list(text)
    if isinstance(raw, list):
        check_length(len(raw))
        return np.array([read_json_number(each) for each in raw])
    return np.array(read_json_number(raw))


def read_list(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Refusal(words.NOT_A_VALUE.format(text=shown(text))) from None


def read_json_number(raw: object) -> float:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 1e300:
        return float(raw) + 0.0
    raise Refusal(words.NOT_A_VALUE.format(text=shown(str(type(raw).__name__ if isinstance(raw, list) else raw))))


def check_length(count: int) -> None:
    if not count:
        raise Refusal(words.EMPTY)
    if count > MOST_LENGTH:
        raise Refusal(words.LONG.format(value=count, most=MOST_LENGTH), type="too_large")


def check_values(statements: tuple[Statement, ...], given: Mapping[str, Array]) -> None:
    """Every name that the graph reads has a value, and none that it makes itself is given one."""
    made = {statement.name for statement in statements}
    wrong = [Refusal(words.MADE.format(name=name), type="repeated", loc=(name,)) for name in given if name in made]
    for name, (statement, node) in first_uses(statements).items():
        if name in RESERVED:
            wrong.append(Refusal(words.OWN_NAME_USED.format(place=statement.place(node), name=name), loc=("graph",)))
        elif name not in made and name not in given:
            sentence = words.NO_VALUE.format(place=statement.place(node), name=name)
            wrong.append(Refusal(sentence, type="missing", loc=(name,)))
    if wrong:
        raise Refusals(wrong)


def first_uses(statements: tuple[Statement, ...]) -> dict[str, tuple[Statement, ast.Name]]:
    """Each name that is read, with where it is read first."""
    found: dict[str, tuple[Statement, ast.Name]] = {}
    for statement in statements:
        for node in names_used(statement.value):
            found.setdefault(node.id, (statement, node))
    return found


def in_order(statements: tuple[Statement, ...], given: Mapping[str, Array]) -> dict[str, Array]:
    used = [name for name in first_uses(statements) if name in given]
    return {name: given[name] for name in [*used, *(name for name in given if name not in used)]}


def read_expression(statement: Statement) -> Expression:
    """The expression of a statement; whatever is not plain mathematics is refused where it stands."""
    try:
        return read_node(statement, statement.value)
    except Refusal as refusal:
        raise refusal.at("graph") from None


def read_node(statement: Statement, node: ast.expr) -> Expression:
    match node:
        case ast.Constant():
            return Number(read_literal(statement, node), node.col_offset)
        case ast.Name() if source_of(statement, node) == node.id:  # Python takes other forms of a letter for it
            return Name(node.id, node.col_offset)
        case ast.BinOp(op=op) if type(op) in SIGNS:
            sides = (read_node(statement, node.left), read_node(statement, node.right))
            return Call(SIGNS[type(op)], sides, place=node.col_offset)
        case ast.BinOp(op=ast.BitXor()):
            statement.refuse(words.CARET, node)
        case ast.UnaryOp(op=ast.UAdd()):
            return read_node(statement, node.operand)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return Number(-read_literal(statement, node.operand), node.col_offset)
        case ast.UnaryOp(op=ast.USub()):
            return Call("neg", (read_node(statement, node.operand),), place=node.col_offset)
        case ast.Call(func=ast.Name(id=name)):
            return read_call(statement, node, name)
    statement.refuse(words.NOT_MATHEMATICS, node, functions=", ".join(FUNCTIONS))


def read_literal(statement: Statement, node: ast.expr) -> float:
    """A number in plain digits: no 1_0, no 0x1f, no 1j."""
    text = source_of(statement, node)
    is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    if not is_number or not DIGITS.issuperset(text):
        statement.refuse(words.NOT_MATHEMATICS, node, functions=", ".join(FUNCTIONS))
    value = float(text)
    if not isfinite(value):
        statement.refuse(words.TOO_LARGE, node)
    return value


def source_of(statement: Statement, node: ast.expr) -> str:
    return ast.get_source_segment(statement.text[statement.expression_start :], node) or ""


def read_call(statement: Statement, node: ast.Call, name: str) -> Call:
    """A function with its arguments; what comes behind them, or by name, are its settings."""
    if name in words.OTHERWISE:
        statement.refuse(words.WRITTEN_OTHERWISE, node, name=name, instead=words.OTHERWISE[name])
    if name not in FUNCTIONS:
        statement.refuse(words.UNKNOWN_FUNCTION, node, name=shown(name), functions=", ".join(FUNCTIONS))
    operation = OPERATIONS[name]
    arguments, settings = list(node.args), dict(read_settings(statement, node, operation.settings))
    taken = operation.most if operation.settings else len(arguments)
    arguments, behind = arguments[:taken], arguments[taken:]
    for setting, value in zip(operation.settings, behind, strict=False):
        if setting in settings:
            statement.refuse(words.SETTING_TWICE, value, name=setting)
        settings[setting] = read_setting(statement, value, setting)
    if len(behind) > len(operation.settings) or not operation.least <= len(arguments) <= operation.most:
        statement.refuse(words.ARGUMENTS[name], node, name=name, given=len(node.args))
    if name == "maxpool1d" and "kernel_size" not in settings:
        statement.refuse(words.ARGUMENTS[name], node, name=name, given=len(node.args))
    read = tuple(read_node(statement, argument) for argument in arguments)
    return Call(name, read, tuple(sorted(settings.items())), node.col_offset)


def read_settings(statement: Statement, node: ast.Call, known: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    names = [keyword.arg for keyword in node.keywords]
    for keyword in node.keywords:
        if names.count(keyword.arg) > 1:
            statement.refuse(words.SETTING_TWICE, keyword.value, name=keyword.arg)
        if keyword.arg not in known:
            hint = words.SETTINGS.format(names=", ".join(known)) if known else words.NO_SETTINGS
            statement.refuse(words.UNKNOWN_SETTING, keyword.value, name=keyword.arg or "**", hint=hint)
        yield keyword.arg, read_setting(statement, keyword.value, keyword.arg)


def read_setting(statement: Statement, node: ast.expr, name: str) -> int:
    value = node.value if isinstance(node, ast.Constant) else None
    least = 0 if name == "padding" else 1
    if type(value) is not int or not least <= value <= MOST_SETTING:
        statement.refuse(words.SETTING, node, name=name, least=least, most=MOST_SETTING)
    return value


def read_step(raw: object) -> int | None:
    return None if raw is None else counted("step", raw)


def counted(name: str, raw: object) -> int:
    text = raw.strip() if isinstance(raw, str) else raw
    if isinstance(text, str) and is_count(text):
        return int(text)
    if isinstance(text, int) and not isinstance(text, bool) and 0 <= text < 10**6:
        return text
    raise Refusal(refusals.NOT_A_COUNT.format(name=name, example="3", text=shown(str(raw))), loc=(name,))


def read_rate(raw: object) -> float:
    if raw is None:
        return RATE
    try:
        rate = float(read_value(raw).reshape(()))
    except ValueError:  # a Refusal, or a vector
        rate = 0.0
    if not 0 < rate <= MOST_RATE:
        raise Refusal(words.RATE.format(most=MOST_RATE), loc=("rate",))
    return rate


def read_was(raw: object, given: Mapping[str, Array]) -> tuple[str, Array] | None:
    """`w:0.5`: what a value was before it was changed."""
    if raw is None:
        return None
    name, _, text = str(raw).partition(":")
    try:
        value = read_value(text)
    except Refusal:
        value = None
    if name not in given or value is None or value.shape != given[name].shape:
        raise Refusal(words.WAS.format(text=shown(str(raw))), loc=("was",))
    return name, value


def spell_value(value: Array) -> str:
    """The text that reads back as this value: a vector of one number keeps its brackets."""
    text = ",".join(spell_number(float(each)) for each in value.ravel())
    return f"[{text}]" if value.shape == (1,) else text


def refusal_of(unfit: Unfit, statements: tuple[Statement, ...]) -> Refusal:
    """The sentence for a number that cannot be had, with the place of the operation."""
    statement = next(each for each in statements if each.name == unfit.name)
    place = statement.place(ast.Constant(None, col_offset=unfit.expression.place))
    sentence = words.UNFIT[unfit.reason].format(place=place, **unfit.numbers)
    kind = "finite_number" if unfit.reason in ("not_finite", "no_slope") else "value_error"
    return Refusal(sentence, type=kind, loc=("graph",))
