"""Statements, followed one after the other; a value that only a run would know is Opaque."""

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from app.address.phrases import shown
from app.pages.networks import words
from app.pages.networks.code.definitions import Dotted, UserClass, UserFunction
from app.pages.networks.code.module import Module
from app.pages.networks.code.plain import MOST_ENTRIES
from app.pages.networks.code.text import first_line, refuse
from app.pages.networks.code.values import Bound, Broken, Returned
from app.pages.networks.torch_graph import Constant, Growing, Map, Opaque
from kernels.layers import Shape

MOST_STEPS = 300_000
"""Expressions and statements that are followed; a network needs a few thousand."""
MOST_MADE = 1_000_000
"""Entries of all lists that are made."""
HOMES, OUTER = "__homes__", "__outer__"
"""Under the first a function keeps where names live that it calls global or nonlocal, under the second what is around
it."""
Scope = dict[str, Any]
Value = TypeVar("Value")


class Statements(ABC):
    """What every statement does to the names of its scope."""

    def __init__(self) -> None:
        self.steps = 0
        self.entries_made = 0
        self.depth = 0
        """Functions of the text that are being followed."""
        self.globals: Scope = {}
        self.graph: Growing | None = None
        self.input: Shape | None = None
        self.is_keras = False

    @abstractmethod
    def entries(self, value: Any, node: ast.expr | ast.stmt) -> Iterator[Any]:
        """What a loop goes through."""

    @abstractmethod
    def value(self, node: ast.expr, scope: Scope) -> Any:
        """What an expression stands for."""

    @abstractmethod
    def combined(self, operator: type, left: Any, right: Any, node: ast.BinOp | ast.AugAssign) -> Any:
        """Two values with an operator between."""

    def kept(self, value: Value, line: int) -> Value:
        """A value that was made; all lists together hold only so much."""
        if isinstance(value, list | tuple | dict):
            self.entries_made += len(value)
            if self.entries_made > MOST_MADE:
                refuse(words.CODE_TOO_MUCH, line=line)
        return value

    def step(self, line: int) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            refuse(words.CODE_TOO_MUCH, line=line)

    def block(self, body: list[ast.stmt], scope: Scope) -> None:
        for statement in body:
            self.statement(statement, scope)

    def statement(self, node: ast.stmt, scope: Scope) -> None:
        self.step(node.lineno)
        handler: Callable[[Any, Scope], None] | None = getattr(self, f"on_{type(node).__name__}", None)
        if handler is not None:
            handler(node, scope)
        elif self.depth:
            refuse(words.CODE_DYNAMIC, line=node.lineno, text=shown(first_line(node)))

    def on_Import(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            scope[alias.asname or alias.name.split(".")[0]] = Dotted(
                alias.name if alias.asname else alias.name.split(".")[0], node.lineno
            )

    def on_ImportFrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        for alias in node.names:
            scope[alias.asname or alias.name] = Dotted(f"{node.module or ''}.{alias.name}", node.lineno)

    def on_Pass(self, node: ast.stmt, scope: Scope) -> None:
        """Nothing that a network depends on."""
        return

    on_Assert = on_Raise = on_AsyncFunctionDef = on_TypeAlias = on_Pass

    def on_Global(self, node: ast.Global, scope: Scope) -> None:
        scope.get(HOMES, {}).update(dict.fromkeys(node.names, self.globals))

    def on_Nonlocal(self, node: ast.Nonlocal, scope: Scope) -> None:
        scope.get(HOMES, {}).update(dict.fromkeys(node.names, scope.get(OUTER, {})))

    def on_Delete(self, node: ast.Delete, scope: Scope) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                scope.pop(target.id, None)
            elif isinstance(target, ast.Attribute) and isinstance(owner := self.value(target.value, scope), Module):
                owner.remove(target.attr)
            elif isinstance(target, ast.Subscript):
                self.delete_entry(self.value(target.value, scope), self.value(target.slice, scope), target)

    def delete_entry(self, owner: Any, key: Any, target: ast.Subscript) -> None:
        """del layers[-1], del model[3]"""
        if isinstance(owner, Module) and owner.layer is None:
            if (name := owner.name_of(key)) is None:
                refuse(words.CODE_DYNAMIC, line=target.lineno, text=shown(ast.unparse(target)))
            owner.remove(name)
        elif isinstance(owner, dict):
            owner.pop(key, None)
        elif isinstance(owner, list):
            if not (type(key) is int and -len(owner) <= key < len(owner)):
                refuse(words.CODE_DYNAMIC, line=target.lineno, text=shown(ast.unparse(target)))
            del owner[key]

    def on_FunctionDef(self, node: ast.FunctionDef, scope: Scope) -> None:
        scope[node.name] = UserFunction(node, scope)

    def on_ClassDef(self, node: ast.ClassDef, scope: Scope) -> None:
        members: dict[str, Any] = {}
        bases = [self.value(base, scope) for base in node.bases]
        for statement in node.body:
            if isinstance(statement, ast.FunctionDef):
                members[statement.name] = UserFunction(statement, scope)
            elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                members[statement.targets[0].id] = self.value(statement.value, scope)
            elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
                members[statement.target.id] = self.value(statement.value, scope)
        scope[node.name] = UserClass(node, scope, bases, members)

    def on_Expr(self, node: ast.Expr, scope: Scope) -> None:
        self.value(node.value, scope)

    def on_Return(self, node: ast.Return, scope: Scope) -> None:
        raise Returned(self.value(node.value, scope) if node.value else None)

    def on_Break(self, node: ast.Break, scope: Scope) -> None:
        raise Broken(goes_on=False)

    def on_Continue(self, node: ast.Continue, scope: Scope) -> None:
        raise Broken(goes_on=True)

    def on_Assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self.value(node.value, scope)
        for target in node.targets:
            self.assign(target, value, scope)

    def on_AnnAssign(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is not None:
            self.assign(node.target, self.value(node.value, scope), scope)

    def on_AugAssign(self, node: ast.AugAssign, scope: Scope) -> None:
        combined = self.combined(type(node.op), self.value(node.target, scope), self.value(node.value, scope), node)
        self.assign(node.target, combined, scope)

    def on_If(self, node: ast.If, scope: Scope) -> None:
        test = self.value(node.test, scope)
        if not is_known(test):
            if self.depth and (self.graph is not None or changes_names(node)):
                refuse(words.CODE_DYNAMIC, line=node.lineno, text=shown(f"if {ast.unparse(node.test)}"))
            scope.update({name: Opaque(name, node.lineno) for name in names_in(node)})
            return
        self.block(node.body if test else node.orelse, scope)

    def on_For(self, node: ast.For, scope: Scope) -> None:
        goes_through = self.value(node.iter, scope)
        if not self.depth and not is_known(goes_through):
            scope.update({name: Opaque(name, node.lineno) for name in names_in(node)})
            return  # a training, which no network depends on
        for value in self.entries(goes_through, node):
            self.assign(node.target, value, scope)
            try:
                self.block(node.body, scope)
            except Broken as broken:
                if not broken.goes_on:
                    break

    def on_While(self, node: ast.While, scope: Scope) -> None:
        """As often as its test holds; outside of all functions what never ends is a training, or a camera."""
        is_endless = not self.depth and isinstance(node.test, ast.Constant)
        while is_endless or self.is_to_go_on(node, scope):
            if is_endless:
                scope.update({name: Opaque(name, node.lineno) for name in names_in(node)})
                return
            try:
                self.block(node.body, scope)
            except Broken as broken:
                if not broken.goes_on:
                    return

    def is_to_go_on(self, node: ast.While, scope: Scope) -> bool:
        test = self.value(node.test, scope)
        if is_known(test):
            return bool(test)
        if self.depth:
            refuse(words.CODE_DYNAMIC, line=node.lineno, text=shown(f"while {ast.unparse(node.test)}"))
        scope.update({name: Opaque(name, node.lineno) for name in names_in(node)})
        return False

    def on_With(self, node: ast.With, scope: Scope) -> None:
        self.block(node.body, scope)

    def on_Try(self, node: ast.Try, scope: Scope) -> None:
        self.block(node.body, scope)

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        if isinstance(target, ast.Name):
            scope[target.id] = value
            if target.id in (homes := scope.get(HOMES, {})):
                homes[target.id][target.id] = value
        elif isinstance(target, ast.Tuple | ast.List):
            for each, part in zip(target.elts, self.parts(target, value), strict=True):
                self.assign(each.value if isinstance(each, ast.Starred) else each, part, scope)
        elif isinstance(target, ast.Attribute):
            owner = self.value(target.value, scope)
            if isinstance(owner, Module):
                owner.set(target.attr, value)
            elif isinstance(owner, Dotted):
                scope[ast.unparse(target)] = value  # a loose line: self.conv1 = nn.Conv2d(…)
        elif isinstance(target, ast.Subscript):
            owner, key = self.value(target.value, scope), self.value(target.slice, scope)
            self.set_entry(owner, key, value, target)

    def parts(self, target: ast.Tuple | ast.List, value: Any) -> list[Any]:
        """A value taken apart for several names, of which one may take all that is left over."""
        count = len(target.elts)
        starred = next((at for at, each in enumerate(target.elts) if isinstance(each, ast.Starred)), None)
        if isinstance(value, Map) and value.shape is None:
            return [value] * count  # an unknown layer makes several maps, as an LSTM does
        if isinstance(value, Module) and value.layer is None:
            value = [child for _, child in value.children]
        values = list(value) if isinstance(value, tuple | list | range) else None
        if values is not None and starred is not None and len(values) >= count - 1:
            stop = starred + len(values) - count + 1
            return [*values[:starred], values[starred:stop], *values[stop:]]
        if values is None or len(values) != count:
            if self.graph is not None and self.depth:
                refuse(words.CODE_DYNAMIC, line=target.lineno, text=shown(ast.unparse(target)))
            return [Opaque(ast.unparse(each), target.lineno) for each in target.elts]
        return values

    def set_entry(self, owner: Any, key: Any, value: Any, target: ast.Subscript) -> None:
        """feats["skip"] = x, model[3] = nn.Linear(512, 7); one that cannot be followed is refused where it matters."""
        if has_entry(owner, key):
            owner[key] = value
        elif isinstance(owner, Module) and isinstance(value, Module) and (name := owner.name_of(key)) is not None:
            owner.set(name, value)
        elif (isinstance(owner, list | dict) and self.depth) or (isinstance(owner, Module) and owner.layer is None):
            refuse(words.CODE_DYNAMIC, line=target.lineno, text=shown(ast.unparse(target)))


def has_entry(owner: Any, key: Any) -> bool:
    """Whether a list has this place, or a dict takes this key."""
    if isinstance(owner, dict):
        return isinstance(key, str | int) and len(owner) < MOST_ENTRIES
    return isinstance(owner, list) and isinstance(key, int) and -len(owner) <= key < len(owner)


def is_known(test: Any) -> bool:
    """Whether it is known without running it if a test holds."""
    return not isinstance(test, Opaque | Dotted | Map | Constant | Bound)


def changes_names(node: ast.If) -> bool:
    """Whether either way of an if sets a name, or adds to a list: then a network may depend on it."""
    statements = [each for branch in (node.body, node.orelse) for each in branch]
    inside = [each for statement in statements for each in ast.walk(statement)]
    return any(isinstance(each, ast.Assign | ast.AugAssign | ast.AnnAssign) or is_adding(each) for each in inside)


def names_in(node: ast.stmt) -> Iterator[str]:
    """The names that a statement may set."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id


def is_adding(node: ast.AST) -> bool:
    names = ("append", "extend", "insert", "add_module", "add")
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
