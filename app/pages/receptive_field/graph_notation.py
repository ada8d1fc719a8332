"""A graph as text: maps with names. `a=conv(3,64); b=conv(3,64,padding=1)(a); add(a,b)`.

    graph     = statement ; statement ; …
    statement = layer | name = layer             a name is given once, and stands before it is used
    layer     = as in a stack                    it reads the map before it
              | layer(name)                      it reads this one: conv(3,64)(a), relu(a)
              | add(name, …)                     so do mul, concat, matmul and attention(heads)(a, b); one name alone
                                                 is joined to the map before; input is the network's
              | branch(…), residual(…), gate(…)  as in a stack

A layer may stand where a name does: add(conv(1)(a), a). It is read as syntax, never run: app.address.statements.
"""

import ast
import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import NoReturn

from app.address.phrases import shown
from app.address.statements import MOST_STATEMENTS, MOST_TEXT, Statement, read_statements, split
from app.pages.receptive_field import words
from app.pages.receptive_field.layer_notation import LONG_WINDOW, WINDOW, WRITABLE, make_layer, spell_layer, stranger
from kernels.layers import JOINS, StackLayer
from kernels.stack import PREVIOUS, THE_INPUT, Item, Stack, Step

EXAMPLE = "a=conv(3,64)"
SEVERAL = JOINS | {"matmul"}
"""Kinds whose brackets hold maps."""
MOST_MAPS = {"matmul": 2, "attention": 3, "parameter": 0}
NAMED = re.compile(r"\s*[A-Za-z][A-Za-z0-9_]*\s*=(?!=)")
APPLIED = re.compile(r"\)\s*\(")
JOINED = re.compile(r"\s*(" + "|".join(SEVERAL) + r")\s*\(")
PER_AXIS = re.compile(r"(?<![\w.\"'])(\d+[x:][\dx:]*)(?![\w.\"'])", re.IGNORECASE)
"""A value such as 3x5 or 1:0, which is no number to Python."""

FORK = "_fork"
"""Stands for a branch while a statement is read."""

ReadFork = Callable[[str], Item | None]


def is_graph(text: str) -> bool:
    """Whether a text names its maps, rather than being a stack."""
    return any(
        NAMED.match(piece) or JOINED.match(piece) or (APPLIED.search(piece) and "|" not in piece)
        for _, piece in split(text)
    )


def read_graph(
    text: str,
    read_fork: ReadFork,
    named: Collection[str],
    takes_strangers: bool,
    most_text: int = MOST_TEXT,
    most_layers: int = MOST_STATEMENTS,
) -> Stack:
    """The graph that this text means; a Refusal with the statement and the place in it where it means none."""
    forks: list[Item] = []
    plain = ";".join(without_fork(piece, forks, read_fork) for _, piece in split(text) if piece)
    quoted = PER_AXIS.sub(r'"\1"', plain)
    bounds = {
        "most_text": max(most_text, len(quoted)),
        "most_statements": most_layers,
        "most_statement": most_text // 8,
    }
    statements = read_statements(quoted, example=EXAMPLE, reserved={THE_INPUT}, **bounds)
    reader = GraphReader(takes_strangers, forks, named)
    for statement in statements:
        reader.read(statement)
    return tuple(reader.items)


def without_fork(piece: str, forks: list[Item], read_fork: ReadFork) -> str:
    """The statement with a placeholder for its branch, whose paths are no syntax of Python."""
    named = NAMED.match(piece)
    start = named.end() if named else 0
    fork = read_fork(piece[start:])
    if fork is None:
        return piece
    forks.append(fork)
    return f"{piece[:start]}{FORK}()"


class GraphReader:
    """Makes steps of statements, in their order."""

    def __init__(self, takes_strangers: bool, forks: list[Item], named: Collection[str]) -> None:
        self.takes_strangers = takes_strangers
        self.window = LONG_WINDOW if takes_strangers else WINDOW
        self.forks = forks
        self.items: list[Item] = []
        self.names = {THE_INPUT, *named}

    def read(self, statement: Statement) -> None:
        """Append what a statement makes."""
        self.statement = statement
        value = statement.value
        if isinstance(value, ast.Call) and called(value) == FORK and self.forks:
            self.items.append(self.forks.pop(0))
            if statement.name:
                self.items.append(Step(StackLayer("identity"), name=statement.name))
        elif isinstance(value, ast.Name) and value.id in self.names:
            self.items.append(Step(StackLayer("identity"), (value.id,), statement.name))
        else:
            layer, sources = self.applied(value)
            is_plain = sources == (PREVIOUS,) and not statement.name
            self.items.append(layer if is_plain else Step(layer, sources, statement.name))
        if statement.name:
            self.names.add(statement.name)

    def applied(self, node: ast.expr) -> tuple[StackLayer, tuple[str, ...]]:
        """A layer, and what it reads."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Call | ast.Name):
            if isinstance(node.func, ast.Call):
                layer, unapplied = self.applied(node.func)
                if unapplied != (PREVIOUS,):
                    self.refuse(words.GRAPH_NOT_A_LAYER, node, text=shown(ast.unparse(node)))
                return self.checked(layer, tuple(map(self.source, node.args)), node)
            return self.called(node, node.func.id)
        if isinstance(node, ast.Name):
            return self.checked(self.layer(node.id, []), (PREVIOUS,), node)
        self.refuse(words.GRAPH_NOT_A_LAYER, node, text=shown(ast.unparse(node)))

    def called(self, node: ast.Call, name: str) -> tuple[StackLayer, tuple[str, ...]]:
        """`conv(3,64)`, which reads the map before it, or `relu(a)` and `add(a, b)`, which read these."""
        keywords = [(keyword.arg or "**", self.value(keyword.value)) for keyword in node.keywords]
        reads_maps = name.lower() in SEVERAL or any(isinstance(each, ast.Name | ast.Call) for each in node.args)
        if not reads_maps:
            plain = [("", self.value(each)) for each in node.args]
            return self.checked(self.layer(name, [*plain, *keywords]), (PREVIOUS,), node)
        sources = tuple(map(self.source, node.args))
        if name.lower() in SEVERAL:
            if not sources:
                self.refuse(words.GRAPH_JOIN_NEEDS, node, kind=name.lower())
            sources = (PREVIOUS, *sources) if len(sources) == 1 else sources
        return self.checked(self.layer(name, keywords), sources, node)

    def checked(
        self, layer: StackLayer, sources: tuple[str, ...], node: ast.expr
    ) -> tuple[StackLayer, tuple[str, ...]]:
        """Refuse a layer that is given more maps than it reads."""
        most = MOST_MAPS.get(layer.kind, len(sources) if layer.kind in JOINS else 1)
        if layer.kind == "parameter":
            return layer, ()
        if len(sources) > most or (layer.kind == "matmul" and len(sources) != most):
            takes = words.GRAPH_TAKES[most]
            self.refuse(words.GRAPH_ONE_MAP, node, kind=layer.kind, takes=takes, given=len(sources))
        return layer, sources

    def source(self, node: ast.expr) -> str:
        """The name of a map; a layer that stands in its place becomes a step of its own."""
        if isinstance(node, ast.Name):
            if node.id in self.names:
                return node.id
            close = get_close_matches(node.id, self.names, 1)
            hint = words.DID_YOU_MEAN.format(name=close[0]) if close else self.known_names()
            self.refuse(words.GRAPH_NO_NAME, node, name=shown(node.id), hint=hint)
        layer, sources = self.applied(node)
        name = fresh(self.names)
        self.names.add(name)
        self.items.append(Step(layer, sources, name))
        return name

    def known_names(self) -> str:
        names = sorted(self.names)
        return words.GRAPH_NAMES_OF.format(names=", ".join(names)) if len(names) <= 12 else ""

    def layer(self, name: str, arguments: list[tuple[str, str]]) -> StackLayer:
        kind = name.lower()
        return make_layer(kind, arguments, self.window) if kind in WRITABLE else stranger(name, self.takes_strangers)

    def value(self, node: ast.expr) -> str:
        """A plain value as the notation of layers has it: 3, 3x5, true."""
        if isinstance(node, ast.Constant) and isinstance(node.value, int | str):
            return str(node.value)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return f"-{self.value(node.operand)}"
        if isinstance(node, ast.Tuple | ast.List):
            return "x".join(map(self.value, node.elts))
        if isinstance(node, ast.Name):
            return node.id
        self.refuse(words.GRAPH_NOT_PLAIN, node, text=shown(ast.unparse(node)))

    def refuse(self, sentence: str, node: ast.AST, **numbers: object) -> NoReturn:
        self.statement.refuse(sentence, node, **numbers)


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def fresh(names: set[str]) -> str:
    """A name that nothing has."""
    number = len(names)
    while f"n{number}" in names:
        number += 1
    return f"n{number}"


def spell_step(step: Step, names: Collection[str] = ()) -> str:
    """`a=conv(3,64)(b)`, as short as it reads back among maps with these names."""
    text, kind = spell_layer(step.layer), step.layer.kind
    if kind in SEVERAL:
        sources = step.sources[1:] if step.sources[0] == PREVIOUS else step.sources
        settings = text[len(kind) + 1 : -1]
        text = f"{kind}({','.join([*sources, *([settings] if settings else [])])})"
    elif step.sources not in ((PREVIOUS,), ()):
        if kind == "identity" and not step.name:
            return step.sources[0]
        text = f"{text}({','.join(step.sources)})"
    else:
        text = with_brackets(text, names)
    return f"{step.name}={text}" if step.name else text


def with_brackets(text: str, names: Collection[str]) -> str:
    """A layer that is called as a map is: relu() is no map, relu is one."""
    return f"{text}()" if text in names else text
