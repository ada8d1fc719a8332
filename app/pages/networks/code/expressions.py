"""Expressions: what each stands for. A value that only a run would know is Opaque."""

import ast
from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import Any

from app.address.phrases import shown
from app.pages.networks import words
from app.pages.networks.code.definitions import Dotted, UserClass, UserFunction
from app.pages.networks.code.maps import arithmetic, part_of, shape_of, sizes_of
from app.pages.networks.code.module import Module
from app.pages.networks.code.plain import MOST_ENTRIES, MOST_LETTERS, NOT_PLAIN, calculated, compared, whole_slice
from app.pages.networks.code.statements import Scope, Statements, is_known
from app.pages.networks.code.text import first_line, refuse
from app.pages.networks.code.values import Bound, Method, Partial, Weight
from app.pages.networks.torch_graph import Constant, Growing, Map, Opaque
from app.pages.networks.torch_layers import MOST_NUMBER
from kernels.layers import StackLayer


class Expressions(Statements):
    """The value of every expression; what calls do is another file's."""

    @abstractmethod
    def run(self, function: UserFunction, given: list[Any], named: dict[str, Any], line: int) -> Any:
        """A function of the text, with these values."""

    @abstractmethod
    def member(self, cls: UserClass, name: str) -> Any:
        """What a class of the text, or the classes that it builds on, calls so."""

    def growing(self, line: int) -> Growing:
        if self.graph is None:
            refuse(words.CODE_OTHER, line=line)
        return self.graph

    def value(self, node: ast.expr, scope: Scope) -> Any:
        self.step(node.lineno)
        handler: Callable[[Any, dict[str, Any]], Any] | None = getattr(self, f"of_{type(node).__name__}", None)
        return handler(node, scope) if handler is not None else self.opaque(node)

    def opaque(self, node: ast.expr) -> Opaque:
        return Opaque(shown(ast.unparse(node)), node.lineno)

    def of_Constant(self, node: ast.Constant, scope: Scope) -> Any:
        if isinstance(node.value, int) and abs(node.value) > MOST_NUMBER:
            return self.opaque(node)
        return node.value

    def of_Name(self, node: ast.Name, scope: Scope) -> Any:
        if node.id in scope:
            return scope[node.id]
        return self.globals.get(node.id, Dotted(node.id, node.lineno))

    def of_Attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        owner = self.value(node.value, scope)
        if isinstance(owner, Dotted):
            kept = scope.get(ast.unparse(node)) if isinstance(node.value, ast.Name) else None
            return kept if kept is not None else Dotted(f"{owner.path}.{node.attr}", node.lineno)
        if isinstance(owner, Module):
            return self.attribute(owner, node)
        if isinstance(owner, UserClass):
            found = self.member(owner, node.attr)
            if isinstance(found, UserFunction) and found.kind == "classmethod":
                return Partial(found, [owner], {})
            return self.opaque(node) if found is None else found
        if isinstance(owner, tuple) and node.attr == "values":  # of what torch.max(x, dim=1) gives
            return owner[0] if owner else self.opaque(node)
        if isinstance(owner, Weight) and owner.shape is not None and node.attr in ("shape", "size"):
            return owner.shape if node.attr == "shape" else Bound(Constant(owner.shape), "size")
        if isinstance(owner, Map | Constant) and node.attr in ("shape", "data", "T", "mT", "device", "dtype"):
            return self.attribute_of_tensor(owner, node)
        if isinstance(owner, list | dict | Constant | Map | str | tuple | int | float):
            return Bound(owner, node.attr)
        return self.opaque(node)

    def attribute_of_tensor(self, owner: Map | Constant, node: ast.Attribute) -> Any:
        if node.attr == "shape":
            return owner.shape if isinstance(owner, Constant) else self.shape_of(owner, node.lineno)
        if isinstance(owner, Constant) and node.attr == "T":
            return owner.seen_as(owner.shape[::-1])
        return owner if node.attr == "data" else self.opaque(node)

    def shape_of(self, owner: Map, line: int) -> tuple[Any, ...]:
        """The shape as PyTorch has it; Keras puts the channels last."""
        first, *others = shape_of(owner, line)
        return (first, *others[1:], others[0]) if self.is_keras else (first, *others)

    def attribute(self, owner: Module, node: ast.Attribute) -> Any:
        """What an object of the text, or a layer, calls so."""
        name = node.attr
        if name in owner.attributes:
            return owner.attributes[name]
        found = self.member(owner.made_by, name) if owner.made_by is not None else None
        if isinstance(found, UserFunction):
            return self.method(found, owner, node)
        if found is not None:
            return found
        if name == "training":
            return False
        if name == "_modules":
            return dict(owner.children)
        layer = owner.layer
        if layer is not None and name in ("weight", "bias"):
            return Weight(owner, name) if name == "weight" or layer.bias else None
        known = {} if layer is None else sizes_of(layer)
        if known.get(name) is not None:
            return known[name]
        child = dict(owner.children).get(name)
        return child if child is not None else Bound(owner, name)

    def method(self, found: UserFunction, owner: Module, node: ast.Attribute) -> Any:
        """A function of a class, as its decorator has it."""
        if found.kind == "staticmethod":
            return found
        if found.kind == "classmethod":
            return Partial(found, [owner.made_by], {})
        if found.kind in ("property", "cached_property"):
            return self.run(found, [owner], {}, node.lineno)
        return Method(found, owner)

    def of_Tuple(self, node: ast.Tuple, scope: Scope) -> tuple[Any, ...]:
        return tuple(self.spread(node.elts, scope))

    def of_List(self, node: ast.List, scope: Scope) -> list[Any]:
        return self.spread(node.elts, scope)

    def of_Dict(self, node: ast.Dict, scope: Scope) -> Any:
        made: dict[Any, Any] = {}
        for key, entry in zip(node.keys, node.values, strict=True):
            value = self.value(entry, scope)
            name = None if key is None else self.value(key, scope)
            if key is None and isinstance(value, dict):
                made.update(value)
            elif isinstance(name, str | int):
                made[name] = value
            else:
                return self.opaque(node)
        return made

    def of_DictComp(self, node: ast.DictComp, scope: Scope) -> Any:
        pair = ast.Tuple([node.key, node.value], ast.Load(), lineno=node.lineno, col_offset=0)
        made: list[Any] = []
        self.comprehended(pair, node.generators, dict(scope), made)
        return dict(made) if all(isinstance(key, str | int) for key, _ in made) else self.opaque(node)

    def spread(self, nodes: list[ast.expr], scope: Scope) -> list[Any]:
        """Values, starred ones entry by entry."""
        made: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                made.extend(self.kept(list(self.entries(self.value(node.value, scope), node)), node.lineno))
            else:
                made.append(self.value(node, scope))
        if len(made) > MOST_ENTRIES:
            refuse(words.CODE_TOO_MANY, most=MOST_ENTRIES)
        return self.kept(made, nodes[0].lineno if nodes else 0)

    def entries(self, value: Any, node: ast.expr | ast.stmt) -> Iterator[Any]:
        """What a loop goes through."""
        if isinstance(value, Module):
            value = [child for _, child in value.children]
        if isinstance(value, dict):
            value = list(value)
        if isinstance(value, range | tuple | list | str) and len(value) <= MOST_ENTRIES:
            yield from list(value)
            return
        refuse(words.CODE_LOOP, line=node.lineno, text=shown(first_line(node)))

    def of_ListComp(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> list[Any]:
        made: list[Any] = []
        self.comprehended(node.elt, node.generators, dict(scope), made)
        return made

    of_GeneratorExp = of_ListComp

    def comprehended(
        self, element: ast.expr, generators: list[ast.comprehension], scope: dict[str, Any], made: list[Any]
    ) -> None:
        if not generators:
            made.append(self.value(element, scope))
            if len(made) > MOST_ENTRIES:
                refuse(words.CODE_TOO_MANY, most=MOST_ENTRIES)
            return
        first, *others = generators
        for value in self.entries(self.value(first.iter, scope), first.iter):
            self.assign(first.target, value, scope)
            if all(self.truth(test, scope) for test in first.ifs):
                self.comprehended(element, others, scope, made)

    def truth(self, test: ast.expr, scope: Scope) -> bool:
        """Whether a test holds that decides what is in a list."""
        value = self.value(test, scope)
        if not is_known(value):
            refuse(words.CODE_DYNAMIC, line=test.lineno, text=shown(ast.unparse(test)))
        return bool(value)

    def of_Lambda(self, node: ast.Lambda, scope: Scope) -> UserFunction:
        return UserFunction(node, scope)

    def of_IfExp(self, node: ast.IfExp, scope: Scope) -> Any:
        test = self.value(node.test, scope)
        if not is_known(test):
            return self.opaque(node)
        return self.value(node.body if test else node.orelse, scope)

    def of_JoinedStr(self, node: ast.JoinedStr, scope: Scope) -> Any:
        pieces = []
        for piece in node.values:
            value = self.value(piece.value if isinstance(piece, ast.FormattedValue) else piece, scope)
            if not isinstance(value, str | int):
                return self.opaque(node)
            pieces.append(str(value))
        return "".join(pieces)[:MOST_LETTERS]

    def of_BoolOp(self, node: ast.BoolOp, scope: Scope) -> Any:
        is_and = isinstance(node.op, ast.And)
        value: Any = is_and
        for each in node.values:
            value = self.value(each, scope)
            if not is_known(value):
                return self.opaque(node)
            if bool(value) != is_and:
                return value
        return value

    def of_UnaryOp(self, node: ast.UnaryOp, scope: Scope) -> Any:
        value = self.value(node.operand, scope)
        if isinstance(node.op, ast.Not) and is_known(value):
            return not value
        if isinstance(value, Map) and isinstance(node.op, ast.USub):
            return self.growing(node.lineno).add(StackLayer("neg"), [value], node.lineno)
        if isinstance(value, int | float) and isinstance(node.op, ast.USub | ast.UAdd):
            return -value if isinstance(node.op, ast.USub) else value
        return self.opaque(node)

    def of_Compare(self, node: ast.Compare, scope: Scope) -> Any:
        """a < b, or a < b < c."""
        values = [self.value(each, scope) for each in (node.left, *node.comparators)]
        for operator, left, right in zip(node.ops, values, values[1:], strict=False):
            found = self.compared(operator, left, right)
            if found is NOT_PLAIN:
                return self.opaque(node)
            if not found:
                return False
        return True

    def compared(self, operator: ast.cmpop, left: Any, right: Any) -> Any:
        if isinstance(operator, ast.Is | ast.IsNot) and (left is None or right is None):
            is_open = isinstance(left, Opaque | Bound) or isinstance(right, Opaque | Bound)
            return NOT_PLAIN if is_open else (left is right) == isinstance(operator, ast.Is)
        is_module = isinstance(left, Module | UserClass | Dotted) and isinstance(right, Module | UserClass | Dotted)
        if is_module and isinstance(operator, ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
            same = left.path == right.path if isinstance(left, Dotted) and isinstance(right, Dotted) else left is right
            return same == isinstance(operator, ast.Eq | ast.Is)
        return compared(type(operator), left, right)

    def of_BinOp(self, node: ast.BinOp, scope: Scope) -> Any:
        return self.combined(type(node.op), self.value(node.left, scope), self.value(node.right, scope), node)

    def combined(self, operator: type, left: Any, right: Any, node: ast.BinOp | ast.AugAssign) -> Any:
        """Arithmetic with numbers, lists or maps."""
        if isinstance(left, Map | Constant | Weight) or isinstance(right, Map | Constant | Weight):
            is_map = isinstance(left, Map) or isinstance(right, Map)
            return arithmetic(self.growing(node.lineno) if is_map else None, operator, left, right, node.lineno)
        found = calculated(operator, left, right)
        return Opaque(shown(first_line(node)), node.lineno) if found is NOT_PLAIN else self.kept(found, node.lineno)

    def of_Subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        owner = self.value(node.value, scope)
        if isinstance(owner, Map | Constant):
            entries = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            keys = [self.value(entry, scope) for entry in entries]
            return part_of(self.growing(node.lineno) if isinstance(owner, Map) else None, owner, keys, node)
        key = self.value(node.slice, scope)
        if isinstance(owner, Module) and owner.layer is None:
            children = [child for _, child in owner.children]
            if isinstance(key, str):
                return dict(owner.children).get(key, self.opaque(node))
            if isinstance(key, slice) and whole_slice(key):
                kept = owner.children[key]
                return Module(children=kept, is_chain=owner.is_chain, line=node.lineno)
            owner = children
        if isinstance(owner, dict):
            return owner.get(key, self.opaque(node)) if isinstance(key, str | int) else self.opaque(node)
        if isinstance(owner, list | tuple):
            if isinstance(key, slice) and whole_slice(key):
                return self.kept(owner[key], node.lineno)
            if type(key) is int and -len(owner) <= key < len(owner):
                return owner[key]
        return self.opaque(node)

    def of_Slice(self, node: ast.Slice, scope: Scope) -> slice:
        start, stop, pace = (
            None if each is None else self.value(each, scope) for each in (node.lower, node.upper, node.step)
        )
        return slice(start, stop, pace)
