"""PyTorch code as somebody pastes it: followed with `ast`, never executed.

A small, bounded reading of Python: plain numbers, lists, loops over ranges, functions and classes of the text itself,
and torch's layers as symbols. So `nn.Sequential(…)`, loose layers and a `class Net(nn.Module)` with a plain `forward`
are understood, whatever imports and prints stand around them. What is too dynamic is named with its line.
"""

import ast
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.keras_layers import input_of, is_keras, keras_layers, settled
from app.pages.networks.torch_functions import FUNCTIONS, METHODS, NotRead, as_map
from app.pages.networks.torch_graph import BATCH, Constant, Growing, Map, Opaque
from app.pages.networks.torch_layers import MOST_NUMBER, torch_layer
from kernels.graph import parameters_alone
from kernels.layers import UNKNOWN, Shape, StackLayer

MOST_TEXT = 100_000
IMAGENET_CLASSES = 1_000
MOST_NESTING = 40
MOST_RUN = 600
"""Characters between two commas or brackets: a chain of operators stays short."""
MOST_RECOGNISED = 3
"""Layers that a refusal names as the last that were understood."""
MOST_STEPS = 300_000
"""Expressions and statements that are followed; a network needs a few thousand."""
MOST_CALLS = 40
"""Functions that call one another."""
MOST_ENTRIES = 4_000
"""Of a list, or rounds of a loop."""
NOT_CODE = re.compile(r"'''.*?'''|\"\"\".*?\"\"\"|#[^\n]*|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
MODULES = frozenset({"Module", "LightningModule"})
SELF = "__self__"
"""The name under which a function of a class keeps its object, whatever the class calls it."""
CONTAINERS = frozenset({"Sequential", "ModuleList", "ModuleDict"})
IGNORED_CALLS = frozenset(
    {"print", "summary", "super", "setattr_", "register_buffer", "init", "manual_seed", "compile"}
)
TORCH = re.compile(r"(torch\.nn\.functional|torch\.nn|torch|nn|F|collections|math|torch_nn|layers|functools)\.")


@dataclass(eq=False)
class Module:
    """A layer, or several: what stands in a Sequential, or is called in a forward."""

    layer: StackLayer | None = None
    children: list[tuple[str, "Module"]] = field(default_factory=list)
    is_chain: bool = False
    made_by: "UserClass | None" = None
    attributes: dict[str, Any] = field(default_factory=dict)
    line: int = 0


@dataclass(eq=False)
class UserFunction:
    node: ast.FunctionDef | ast.Lambda
    scope: dict[str, Any]


@dataclass(eq=False)
class UserClass:
    node: ast.ClassDef
    scope: dict[str, Any]
    bases: list[Any]
    members: dict[str, Any]


@dataclass(eq=False)
class Method:
    function: UserFunction
    owner: Module


@dataclass(frozen=True)
class Dotted:
    """A name of something outside the text, such as nn.Conv2d."""

    path: str
    line: int

    @property
    def last(self) -> str:
        return self.path.rsplit(".", 1)[-1]


class Returned(Exception):
    def __init__(self, value: Any) -> None:
        self.value = value


class Broken(Exception):
    """A loop is left, or goes on."""

    def __init__(self, goes_on: bool) -> None:
        self.goes_on = goes_on


@dataclass(frozen=True)
class Code:
    """What code was found to be: the module, or the loose layers, in words, and what it is to be given."""

    kind: str
    module: Module
    interpreter: "Interpreter"
    channels: int | None
    """What its first layer says that it is given."""
    rank: int = 2
    """The axes of space of that."""
    input: Shape | None = None
    """What the code itself says that it is given."""

    @property
    def has_imagenet_classes(self) -> bool:
        """Whether it tells a thousand things apart: then it is made for the pictures of ImageNet."""
        layers = (each.layer for each in inner(self.module))
        return any(layer is not None and layer.channels == IMAGENET_CLASSES for layer in layers)


def parsed(text: str) -> ast.Module:
    """The syntax tree, of text that is bounded first: a parser may need much memory for little text."""
    if len(text) > MOST_TEXT:
        refuse(words.CODE_TOO_LONG, value=len(text), most=MOST_TEXT)
    check_nesting(NOT_CODE.sub("0", text))
    dedented = textwrap.dedent(text).strip() + "\n"
    try:
        return ast.parse(dedented)
    except SyntaxError as error:
        try:  # layers copied out of their brackets: nn.Conv2d(1, 6, 5), nn.ReLU(),
            return ast.parse(f"[\n{dedented.rstrip().rstrip(',')}\n]")
        except SyntaxError:
            refuse(words.CODE_BROKEN, line=error.lineno or 1, reason=error.msg)
    except (ValueError, RecursionError, MemoryError):
        refuse(words.CODE_UNREADABLE)


def check_nesting(code: str) -> None:
    depth = 0
    for bracket in re.findall(r"[()\[\]{}]", code):
        depth += 1 if bracket in "([{" else -1
        if depth > MOST_NESTING:
            refuse(words.CODE_TOO_DEEP, most=MOST_NESTING)
    if max(map(len, re.split(r"[(),\[\]{}\n;]", code))) > MOST_RUN:
        refuse(words.CODE_UNREADABLE)


def read_code(text: str) -> Code:
    """The network in a text; a Refusal where there is none."""
    try:
        interpreter = Interpreter()
        tree = parsed(text)
        interpreter.module_body(tree.body)
        return interpreter.found(tree)
    except RecursionError:
        refuse(words.CODE_UNREADABLE)


def graph_of(code: Code, shape: Shape) -> Growing:
    """The graph of a network that is given an input of this shape."""
    try:
        return code.interpreter.followed(code.module, shape)
    except RecursionError:
        refuse(words.CODE_UNREADABLE)


class Interpreter:
    """Follows statements; a value that only a run would know is Opaque, and only where it is needed a refusal."""

    def __init__(self) -> None:
        self.steps = 0
        self.calls = 0
        self.globals: dict[str, Any] = {}
        self.made: list[Module] = []
        """Layers of the outermost statements, in their order."""
        self.graph: Growing | None = None
        self.names: dict[int, str] = {}
        self.applied: set[int] = set()
        """Layers that have been called, whose weights are counted."""
        self.other_line = 0
        self.input: Shape | None = None
        self.is_keras = False

    def step(self, line: int) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            refuse(words.CODE_TOO_MUCH, line=line)

    # What the text is about

    def module_body(self, body: list[ast.stmt]) -> None:
        """The outermost statements: what is not understood here may not matter."""
        for statement in body:
            try:
                if isinstance(statement, ast.Expr):
                    self.loose(self.value(statement.value, self.globals), statement.lineno)
                elif isinstance(statement, ast.If) and is_main(statement):
                    self.module_body(statement.body)
                else:
                    self.statement(statement, self.globals)
                    self.loose_names(statement)
            except (Returned, Broken):
                continue

    def loose(self, value: Any, line: int) -> None:
        """A layer that stands alone, or a tuple of them."""
        for each in value if isinstance(value, tuple | list) else [value]:
            if isinstance(each, Module):
                self.made.append(each)
            else:
                self.other_line = self.other_line or line

    def loose_names(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                value = self.globals.get(ast.unparse(target)) if isinstance(target, ast.Name | ast.Attribute) else None
                if isinstance(value, Module) and value not in self.made:
                    self.made.append(value)
                elif isinstance(target, ast.Name) and not isinstance(value, Module | int | float | str | tuple | list):
                    self.other_line = self.other_line or statement.lineno

    def found(self, tree: ast.Module) -> Code:
        """The network: the last one that was made, the last class, or all loose layers one after the other."""
        networks = [module for module in self.made if module.made_by or module.is_chain]
        if networks:
            module = largest(networks)
            name = module.made_by.node.name if module.made_by else "Sequential"
            kind = words.FOUND_CLASS.format(name=name) if module.made_by else words.FOUND_SEQUENTIAL
            kind = words.FOUND_KERAS if self.is_keras else kind
        elif classes := [each for each in self.globals.values() if isinstance(each, UserClass) and is_module(each)]:
            cls = classes[-1]
            module, kind = self.made_alone(cls), words.FOUND_CLASS.format(name=cls.node.name)
        elif self.made:
            children = [(str(number), each) for number, each in enumerate(self.made)]
            module, kind = Module(children=children, is_chain=True), words.FOUND_LOOSE.format(count=len(children))
        elif self.other_line:
            refuse(words.CODE_OTHER, line=self.other_line)
        else:
            refuse(words.CODE_EMPTY)
        if module.is_chain and not module.children:
            refuse(words.CODE_EMPTY)
        channels, rank = first_given(module)
        return Code(kind, module, self, channels, rank, self.input)

    def made_alone(self, cls: UserClass) -> Module:
        """A class that nobody in the text calls, with its defaults."""
        init = self.member(cls, "__init__")
        if isinstance(init, UserFunction):
            arguments = init.node.args
            needed = [each.arg for each in arguments.args[1 : len(arguments.args) - len(arguments.defaults)]]
            only = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            needed += [each.arg for each, default in only if not default]
            if needed:
                name = cls.node.name
                call = f"model = {name}({', '.join(f'{each}=…' for each in needed)})"
                refuse(words.CODE_NEEDS, name=name, line=cls.node.lineno, needed=", ".join(needed), call=call)
        made = self.construct(cls, [], {}, cls.node.lineno)
        assert isinstance(made, Module)
        return made

    def followed(self, module: Module, shape: Shape) -> Growing:
        """The graph that a forward pass makes of a map of this shape."""
        self.steps = self.calls = 0
        self.graph = Growing(shape)
        self.names = dict(named(module))
        self.applied = set()
        try:
            result = self.apply(module, [Map(-1, shape)], {}, module.line)
        except Refusal as refusal:
            raise self.with_recognised(refusal) from None
        while isinstance(result, tuple | list) and result:
            result = result[0]
        if isinstance(result, dict):
            result = next((each for each in result.values() if isinstance(each, Map)), None)
        if not isinstance(result, Map):
            refuse(words.CODE_NO_RESULT)
        self.count_unused(module, self.graph)
        return self.graph

    def with_recognised(self, refusal: Refusal) -> Refusal:
        """The same refusal, with what had been recognised until then; of a layer that does not fit, only its own."""
        if refusal.type != "code" or self.graph is None:
            return refusal
        layers = [node.layer for node in self.graph.nodes]
        names = [layer.name or layer.called or layer.kind for layer in layers][-MOST_RECOGNISED:]
        if not names:
            return refusal
        sentence = words.RECOGNISED.format(count=len(layers), last=", ".join(names))
        return Refusal(f"{refusal} {sentence}", type=refusal.type, loc=refusal.loc)

    def count_unused(self, module: Module, graph: Growing) -> None:
        """Layers that forward never calls are learned all the same: each becomes a node that nothing reads."""
        for each in inner(module):
            if each.layer is not None and id(each) not in self.applied and (count := parameters_alone(each.layer)):
                name = f"{self.names.get(id(each), each.layer.called)}_unused"
                graph.add(StackLayer("parameter", sizes=(count,), called=each.layer.called), [], each.line, name)

    def growing(self, line: int) -> Growing:
        if self.graph is None:
            refuse(words.CODE_OTHER, line=line)
        return self.graph

    # Statements

    def block(self, body: list[ast.stmt], scope: dict[str, Any]) -> None:
        for statement in body:
            self.statement(statement, scope)

    def statement(self, node: ast.stmt, scope: dict[str, Any]) -> None:
        self.step(node.lineno)
        handler: Callable[[Any, dict[str, Any]], None] | None = getattr(self, f"on_{type(node).__name__}", None)
        if handler is not None:
            handler(node, scope)
        elif self.graph is not None:
            refuse(words.CODE_DYNAMIC, line=node.lineno, text=shown(first_line(node)))

    def on_Import(self, node: ast.Import, scope: dict[str, Any]) -> None:
        for alias in node.names:
            scope[alias.asname or alias.name.split(".")[0]] = Dotted(
                alias.name if alias.asname else alias.name.split(".")[0], node.lineno
            )

    def on_ImportFrom(self, node: ast.ImportFrom, scope: dict[str, Any]) -> None:
        for alias in node.names:
            scope[alias.asname or alias.name] = Dotted(f"{node.module or ''}.{alias.name}", node.lineno)

    def on_Pass(self, node: ast.Pass, scope: dict[str, Any]) -> None:
        """Nothing."""

    on_Assert = on_Global = on_Delete = on_Raise = on_Pass

    def on_FunctionDef(self, node: ast.FunctionDef, scope: dict[str, Any]) -> None:
        scope[node.name] = UserFunction(node, scope)

    def on_ClassDef(self, node: ast.ClassDef, scope: dict[str, Any]) -> None:
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

    def on_Expr(self, node: ast.Expr, scope: dict[str, Any]) -> None:
        self.value(node.value, scope)

    def on_Return(self, node: ast.Return, scope: dict[str, Any]) -> None:
        raise Returned(self.value(node.value, scope) if node.value else None)

    def on_Break(self, node: ast.Break, scope: dict[str, Any]) -> None:
        raise Broken(goes_on=False)

    def on_Continue(self, node: ast.Continue, scope: dict[str, Any]) -> None:
        raise Broken(goes_on=True)

    def on_Assign(self, node: ast.Assign, scope: dict[str, Any]) -> None:
        value = self.value(node.value, scope)
        for target in node.targets:
            self.assign(target, value, scope)

    def on_AnnAssign(self, node: ast.AnnAssign, scope: dict[str, Any]) -> None:
        if node.value is not None:
            self.assign(node.target, self.value(node.value, scope), scope)

    def on_AugAssign(self, node: ast.AugAssign, scope: dict[str, Any]) -> None:
        combined = self.combined(type(node.op), self.value(node.target, scope), self.value(node.value, scope), node)
        self.assign(node.target, combined, scope)

    def on_If(self, node: ast.If, scope: dict[str, Any]) -> None:
        test = self.value(node.test, scope)
        if isinstance(test, Opaque | Dotted | Map):
            if self.graph is None:
                return
            refuse(words.CODE_DYNAMIC, line=node.lineno, text=shown(f"if {ast.unparse(node.test)}"))
        self.block(node.body if test else node.orelse, scope)

    def on_For(self, node: ast.For, scope: dict[str, Any]) -> None:
        for value in self.entries(self.value(node.iter, scope), node):
            self.assign(node.target, value, scope)
            try:
                self.block(node.body, scope)
            except Broken as broken:
                if not broken.goes_on:
                    break

    def on_With(self, node: ast.With, scope: dict[str, Any]) -> None:
        self.block(node.body, scope)

    def on_Try(self, node: ast.Try, scope: dict[str, Any]) -> None:
        self.block(node.body, scope)

    def assign(self, target: ast.expr, value: Any, scope: dict[str, Any]) -> None:
        if isinstance(target, ast.Name):
            scope[target.id] = value
        elif isinstance(target, ast.Tuple | ast.List):
            values = list(value) if isinstance(value, tuple | list) else None
            if values is None or len(values) != len(target.elts):
                if self.graph is not None:
                    refuse(words.CODE_DYNAMIC, line=target.lineno, text=shown(ast.unparse(target)))
                values = [Opaque(ast.unparse(each), target.lineno) for each in target.elts]
            for each, part in zip(target.elts, values, strict=True):
                self.assign(each, part, scope)
        elif isinstance(target, ast.Attribute):
            owner = self.value(target.value, scope)
            if isinstance(owner, Module):
                self.set_attribute(owner, target.attr, value)
            elif isinstance(owner, Dotted):
                scope[ast.unparse(target)] = value  # a loose line: self.conv1 = nn.Conv2d(…)
        elif isinstance(target, ast.Subscript):
            owner, key = self.value(target.value, scope), self.value(target.slice, scope)
            self.set_entry(owner, key, value)

    def set_entry(self, owner: Any, key: Any, value: Any) -> None:
        if isinstance(owner, dict) and isinstance(key, str | int) and len(owner) < MOST_ENTRIES:
            owner[key] = value
        if isinstance(owner, list) and isinstance(key, int) and -len(owner) <= key < len(owner):
            owner[key] = value

    def set_attribute(self, owner: Module, name: str, value: Any) -> None:
        owner.attributes[name] = value
        if isinstance(value, Module):
            owner.children = [(each, child) for each, child in owner.children if each != name] + [(name, value)]

    # Expressions

    def value(self, node: ast.expr, scope: dict[str, Any]) -> Any:
        self.step(node.lineno)
        handler: Callable[[Any, dict[str, Any]], Any] | None = getattr(self, f"of_{type(node).__name__}", None)
        return handler(node, scope) if handler is not None else self.opaque(node)

    def opaque(self, node: ast.expr) -> Opaque:
        return Opaque(shown(ast.unparse(node)), node.lineno)

    def of_Constant(self, node: ast.Constant, scope: dict[str, Any]) -> Any:
        if isinstance(node.value, int) and abs(node.value) > MOST_NUMBER:
            return self.opaque(node)
        return node.value

    def of_Name(self, node: ast.Name, scope: dict[str, Any]) -> Any:
        if node.id in scope:
            return scope[node.id]
        return self.globals.get(node.id, Dotted(node.id, node.lineno))

    def of_Attribute(self, node: ast.Attribute, scope: dict[str, Any]) -> Any:
        owner = self.value(node.value, scope)
        if isinstance(owner, Dotted):
            kept = scope.get(ast.unparse(node)) if isinstance(node.value, ast.Name) else None
            return kept if kept is not None else Dotted(f"{owner.path}.{node.attr}", node.lineno)
        if isinstance(owner, Module):
            return self.attribute(owner, node)
        if isinstance(owner, UserClass):
            found = self.member(owner, node.attr)
            return self.opaque(node) if found is None else found
        if isinstance(owner, Map):
            if node.attr == "shape":
                return self.shape_of(owner, node.lineno)
            return Bound(owner, node.attr)
        if isinstance(owner, Constant) and node.attr in ("shape", "data"):
            return owner.shape if node.attr == "shape" else owner
        if isinstance(owner, list | dict | Constant | str | tuple):
            return Bound(owner, node.attr)
        return self.opaque(node)

    def attribute(self, owner: Module, node: ast.Attribute) -> Any:
        name = node.attr
        if name in owner.attributes:
            return owner.attributes[name]
        if owner.made_by is not None:
            found = self.member(owner.made_by, name)
            if found is not None:
                return Method(found, owner) if isinstance(found, UserFunction) else found
        if name == "training":
            return False
        layer = owner.layer
        if layer is not None:
            known = {
                **dict.fromkeys(("in_features", "in_channels", "num_features"), layer.expects),
                **dict.fromkeys(("out_features", "out_channels"), layer.channels),
            }
            if known.get(name) is not None:
                return known[name]
            if name in ("weight", "bias"):
                return self.opaque(node)
        child = dict(owner.children).get(name)
        return child if child is not None else Bound(owner, name)

    def member(self, cls: UserClass, name: str) -> Any:
        """What a class of the text, or the classes that it builds on, calls so."""
        for _ in range(MOST_CALLS):
            if name in cls.members:
                return cls.members[name]
            above = next((base for base in cls.bases if isinstance(base, UserClass)), None)
            if above is None:
                return None
            cls = above
        return None

    def shape_of(self, source: Map, line: int) -> tuple[Any, ...]:
        if source.shape is None:
            refuse(words.CODE_SHAPE, line=line)
        return (BATCH, *source.shape)

    def of_Tuple(self, node: ast.Tuple, scope: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(self.spread(node.elts, scope))

    def of_List(self, node: ast.List, scope: dict[str, Any]) -> list[Any]:
        return self.spread(node.elts, scope)

    def of_Dict(self, node: ast.Dict, scope: dict[str, Any]) -> Any:
        made: dict[Any, Any] = {}
        for key, entry in zip(node.keys, node.values, strict=True):
            name = None if key is None else self.value(key, scope)
            if not isinstance(name, str | int):
                return self.opaque(node)
            made[name] = self.value(entry, scope)
        return made

    def spread(self, nodes: list[ast.expr], scope: dict[str, Any]) -> list[Any]:
        """Values, starred ones entry by entry."""
        made: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                made.extend(self.entries(self.value(node.value, scope), node))
            else:
                made.append(self.value(node, scope))
        if len(made) > MOST_ENTRIES:
            refuse(words.CODE_TOO_MANY, most=MOST_ENTRIES)
        return made

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

    def of_ListComp(self, node: ast.ListComp | ast.GeneratorExp, scope: dict[str, Any]) -> list[Any]:
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
        for value in self.entries(self.value(first.iter, scope), element):
            self.assign(first.target, value, scope)
            if all(self.value(test, scope) is True for test in first.ifs):
                self.comprehended(element, others, scope, made)

    def of_Lambda(self, node: ast.Lambda, scope: dict[str, Any]) -> UserFunction:
        return UserFunction(node, scope)

    def of_IfExp(self, node: ast.IfExp, scope: dict[str, Any]) -> Any:
        test = self.value(node.test, scope)
        if isinstance(test, Opaque | Dotted | Map):
            return self.opaque(node)
        return self.value(node.body if test else node.orelse, scope)

    def of_JoinedStr(self, node: ast.JoinedStr, scope: dict[str, Any]) -> Any:
        pieces = []
        for piece in node.values:
            value = self.value(piece.value if isinstance(piece, ast.FormattedValue) else piece, scope)
            if not isinstance(value, str | int):
                return self.opaque(node)
            pieces.append(str(value))
        return "".join(pieces)[:200]

    def of_BoolOp(self, node: ast.BoolOp, scope: dict[str, Any]) -> Any:
        is_and = isinstance(node.op, ast.And)
        value: Any = is_and
        for each in node.values:
            value = self.value(each, scope)
            if isinstance(value, Opaque | Dotted | Map):
                return self.opaque(node)
            if bool(value) != is_and:
                return value
        return value

    def of_UnaryOp(self, node: ast.UnaryOp, scope: dict[str, Any]) -> Any:
        value = self.value(node.operand, scope)
        if isinstance(node.op, ast.Not) and not isinstance(value, Opaque | Dotted | Map):
            return not value
        if isinstance(value, Map) and isinstance(node.op, ast.USub):
            return self.growing(node.lineno).add(StackLayer("neg"), [value], node.lineno)
        if isinstance(value, int | float) and isinstance(node.op, ast.USub | ast.UAdd):
            return -value if isinstance(node.op, ast.USub) else value
        return self.opaque(node)

    def of_Compare(self, node: ast.Compare, scope: dict[str, Any]) -> Any:
        left, right = self.value(node.left, scope), self.value(node.comparators[0], scope)
        if len(node.ops) > 1:
            return self.opaque(node)
        if isinstance(node.ops[0], ast.Is | ast.IsNot) and (left is None or right is None):
            return (left is right) == isinstance(node.ops[0], ast.Is)
        is_module = isinstance(left, Module | UserClass | Dotted) and isinstance(right, Module | UserClass | Dotted)
        if is_module and isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
            return (left == right) == isinstance(node.ops[0], ast.Eq | ast.Is)
        compare = COMPARISONS.get(type(node.ops[0]))
        plain = (int, float, str, bool, tuple, list, type(None))
        if compare is None or not isinstance(left, plain) or not isinstance(right, plain):
            return self.opaque(node)
        try:
            return compare(left, right)
        except TypeError:
            return self.opaque(node)

    def of_BinOp(self, node: ast.BinOp, scope: dict[str, Any]) -> Any:
        return self.combined(type(node.op), self.value(node.left, scope), self.value(node.right, scope), node)

    def combined(self, operator: type, left: Any, right: Any, node: ast.BinOp | ast.AugAssign) -> Any:
        """Arithmetic with numbers, lists or maps."""
        if isinstance(left, Map | Constant) or isinstance(right, Map | Constant):
            return self.arithmetic(operator, left, right, node.lineno)
        if operator is ast.Add and isinstance(left, tuple | list) and type(left) is type(right):
            if len(left) + len(right) > MOST_ENTRIES:
                refuse(words.CODE_TOO_MANY, most=MOST_ENTRIES)
            return [*left, *right] if isinstance(left, list) else (*left, *right)
        if operator is ast.Add and isinstance(left, str) and isinstance(right, str) and len(left) < 200:
            return (left + right)[:200]
        if operator is ast.Mult and isinstance(left, tuple | list) and type(right) is int:
            if not 0 <= len(left) * right <= MOST_ENTRIES:
                refuse(words.CODE_TOO_MANY, most=MOST_ENTRIES)
            return left * right
        if operator is ast.Mult and type(left) is int and isinstance(right, tuple | list):
            return self.combined(operator, right, left, node)
        plain = type(left) in (int, float) and type(right) in (int, float)
        if plain and operator in ARITHMETIC and not (operator in DIVISIONS and right == 0):
            if operator is ast.Pow and not (abs(left) <= 1_000 and 0 <= right <= 8):
                return Opaque(shown(first_line(node)), node.lineno)
            value = ARITHMETIC[operator](left, right)
            if abs(value) <= MOST_NUMBER:
                return value
        return Opaque(shown(first_line(node)), node.lineno)

    def arithmetic(self, operator: type, left: Any, right: Any, line: int) -> Any:
        """Maps added, multiplied, or changed by a number."""
        if isinstance(left, Constant) and not isinstance(right, Map):
            return left
        if isinstance(right, Constant) and not isinstance(left, Map):
            return right
        graph = self.growing(line)
        joins = {ast.Add: "add", ast.Sub: "add", ast.Mult: "mul", ast.Div: "mul", ast.MatMult: "matmul"}
        if operator not in joins and operator is not ast.Pow:
            refuse(words.CODE_DYNAMIC, line=line, text=operator.__name__)
        if isinstance(left, int | float) or isinstance(right, int | float) or operator is ast.Pow:
            source = left if isinstance(left, Map) else right
            return graph.add(StackLayer("scale" if operator is not ast.Pow else "pow"), [source], line)
        maps = [as_map(graph, each, line) for each in (left, right)]
        if None in maps:
            refuse(words.CODE_DYNAMIC, line=line, text=shown(str(right if maps[0] else left)))
        return graph.add(StackLayer(joins[operator]), [each for each in maps if each is not None], line)

    def of_Subscript(self, node: ast.Subscript, scope: dict[str, Any]) -> Any:
        owner = self.value(node.value, scope)
        if isinstance(owner, Map):
            return self.indexed(owner, node, scope)
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
                return owner[key]
            if type(key) is int and -len(owner) <= key < len(owner):
                return owner[key]
        return self.opaque(node)

    def indexed(self, source: Map, node: ast.Subscript, scope: dict[str, Any]) -> Map:
        """A part of a map: x[:, 0], x[:, :16]; the first index is the batch's."""
        graph, line = self.growing(node.lineno), node.lineno
        entries = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        axis = 0
        for number, entry in enumerate(entries):
            if number == 0:
                if not (isinstance(entry, ast.Slice) and entry.lower is entry.upper is entry.step is None):
                    refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))
                continue
            key = self.value(entry, scope)
            if source.shape is None:
                refuse(words.CODE_SHAPE, line=line)
            if axis >= len(source.shape):
                refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))
            size = source.shape[axis]
            if isinstance(key, slice) and whole_slice(key):
                start, stop, pace = key.indices(size)
                if (start, stop, pace) != (0, size, 1):
                    source = graph.add(StackLayer("slice", axis=axis, sizes=(start, stop, pace)), [source], line)
                axis += 1
            elif type(key) is int and -size <= key < size:
                start = key % size
                source = graph.add(StackLayer("slice", axis=axis, sizes=(start, start + 1, 1)), [source], line)
                assert source.shape is not None
                without = (*source.shape[:axis], *source.shape[axis + 1 :])
                source = graph.add(StackLayer("reshape", sizes=without or (1,)), [source], line)
            else:
                refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))
        return source

    def of_Slice(self, node: ast.Slice, scope: dict[str, Any]) -> slice:
        start, stop, pace = (
            None if each is None else self.value(each, scope) for each in (node.lower, node.upper, node.step)
        )
        return slice(start, stop, pace)

    # Calls

    def of_Call(self, node: ast.Call, scope: dict[str, Any]) -> Any:
        if isinstance(node.func, ast.Attribute) and is_super(node.func.value):
            return self.above(node, scope)
        function = self.value(node.func, scope)
        given = self.spread(node.args, scope)
        named: dict[str, Any] = {}
        for keyword in node.keywords:
            value = self.value(keyword.value, scope)
            if keyword.arg is not None:
                named[keyword.arg] = value
            elif isinstance(value, dict) and all(isinstance(name, str) for name in value):
                named.update(value)
            else:
                refuse(words.CODE_STARRED)
        return self.call(function, given, named, node)

    def above(self, node: ast.Call, scope: dict[str, Any]) -> Any:
        """super().__init__() and its like: what a class that this one builds on does."""
        assert isinstance(node.func, ast.Attribute)
        owner = scope.get(SELF)
        if not isinstance(owner, Module) or owner.made_by is None:
            return None
        at = scope.get("__class__")
        bases = at.bases if isinstance(at, UserClass) else owner.made_by.bases
        for base in bases:
            found = self.member(base, node.func.attr) if isinstance(base, UserClass) else None
            if isinstance(found, UserFunction):
                named = {each.arg: self.value(each.value, scope) for each in node.keywords if each.arg}
                return self.run(found, [owner, *self.spread(node.args, scope)], named, node.lineno, base)
        if any(isinstance(base, Dotted) and base.last == "Sequential" for base in bases):
            for number, child in enumerate(self.spread(node.args, scope)):
                if isinstance(child, Module):
                    self.set_attribute(owner, str(number), child)
            owner.is_chain = True
        return None

    def call(self, function: Any, given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        line = node.lineno
        if isinstance(function, Dotted):
            return self.outside(function, given, named, node)
        if isinstance(function, UserClass):
            return self.construct(function, given, named, line)
        if isinstance(function, UserFunction):
            return self.run(function, given, named, line)
        if isinstance(function, Method):
            return self.run(function.function, [function.owner, *given], named, line)
        if isinstance(function, Module):
            return self.apply(function, given, named, line)
        if isinstance(function, Partial):
            return self.call(function.function, [*function.given, *given], {**function.named, **named}, node)
        if isinstance(function, Bound):
            return self.bound_call(function, given, named, node)
        if self.graph is not None and any(isinstance(each, Map) for each in given):
            refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))
        return self.opaque(node)

    def bound_call(self, function: "Bound", given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        """A method of a map, a list, or a module."""
        owner, name, line = function.owner, function.name, node.lineno
        if isinstance(owner, Map):
            if name in ("size", "dim"):
                shape = self.shape_of(owner, line)
                return len(shape) if name == "dim" else shape[given[0]] if given and type(given[0]) is int else shape
            return self.torch_function(METHODS, name, [owner, *given], named, node)
        if isinstance(owner, Constant):
            return owner
        if isinstance(owner, Module):
            return self.module_method(owner, name, given, line)
        if isinstance(owner, list) and name in ("append", "extend", "insert") and given:
            new = list(self.entries(given[0], node)) if name == "extend" else [given[-1]]
            if len(owner) + len(new) > MOST_ENTRIES:
                refuse(words.CODE_TOO_MANY, most=MOST_ENTRIES)
            at = given[0] if name == "insert" and type(given[0]) is int else len(owner)
            owner[at:at] = new
            return None
        if isinstance(owner, list) and name == "pop" and owner:
            at = given[0] if given and type(given[0]) is int else -1
            return owner.pop(at) if -len(owner) <= at < len(owner) else self.opaque(node)
        if isinstance(owner, dict):
            views: dict[str, Any] = {
                "items": [(key, each) for key, each in owner.items()],
                "values": list(owner.values()),
                "keys": list(owner),
            }
            if name == "get" and given:
                return owner.get(given[0], given[1] if len(given) > 1 else None)
            return views.get(name, self.opaque(node))
        return self.opaque(node)

    def module_method(self, owner: Module, name: str, given: list[Any], line: int) -> Any:
        if name == "forward":
            return self.apply(owner, given, {}, line)
        if name in ("add_module", "register_module") and len(given) == 2 and isinstance(given[1], Module):
            self.set_attribute(owner, str(given[0]), given[1])
            return None
        if name in ("append", "add") and given and isinstance(given[0], Module):
            owner.children.append((str(len(owner.children)), given[0]))
            return owner
        if name == "extend" and given and isinstance(given[0], list | tuple):
            for child in given[0]:
                owner.children.append((str(len(owner.children)), child))
            return owner
        if name == "register_buffer" and len(given) > 1:
            owner.attributes[str(given[0])] = given[1]
            return None
        if name in ("items", "named_children"):
            return list(owner.children)
        if name in ("values", "children"):
            return [child for _, child in owner.children]
        if name in ("modules", "parameters", "named_parameters", "named_modules"):
            return []
        return owner if name in ("to", "cuda", "cpu", "eval", "train", "half", "float") else None

    def outside(self, function: Dotted, given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        """A call of something that is not in the text: a layer, a function of torch, a builtin."""
        name, line = function.last, node.lineno
        path = TORCH.sub("", function.path)
        if name in CONTAINERS:
            return self.container(name, given, named, node)
        if name == "OrderedDict":
            return self.ordered(given, named)
        if name == "Parameter":
            shape = given[0].shape if given and isinstance(given[0], Constant) else None
            return Constant(shape, is_learned=True) if shape else self.opaque(node)
        if name in ("zeros", "ones", "randn", "rand", "empty", "full") and given:
            sizes = given[0] if isinstance(given[0], tuple | list) else given
            plain = all(type(size) is int and 0 < size <= MOST_NUMBER for size in sizes)
            return Constant(tuple(sizes)) if plain and len(sizes) <= 6 else self.opaque(node)
        if name == "partial" and given:
            return Partial(given[0], given[1:], named)
        if "." not in path and name in BUILTINS and not any(isinstance(each, Map) for each in given):
            return self.builtin(name, given, named, node)
        if any(isinstance(each, Map) for each in flat(given)) or (name in FUNCTIONS and self.graph is not None):
            return self.torch_function(FUNCTIONS, name, given, named, node)
        if name in IGNORED_CALLS:
            return None
        if name[:1].isupper():
            return self.layer(function, name, path, given, named, line)
        return self.opaque(node)

    def layer(
        self, function: Dotted, name: str, path: str, given: list[Any], named: dict[str, Any], line: int
    ) -> Module:
        """A layer of torch, or one that nobody here knows."""
        layer = None
        if is_keras(name):
            self.input = self.input or input_of(name, given, named)
            self.is_keras = True
            layers = keras_layers(name, given, named)
            if len(layers) == 1:
                return Module(layers[0], line=line)
            children = [(str(number), Module(each, line=line)) for number, each in enumerate(layers)]
            return Module(children=children, is_chain=True, line=line)
        if isinstance(named.get("input_shape"), tuple | list):  # Flatten(input_shape=(28, 28))
            self.is_keras = True
            self.input = self.input or input_of(name, given, named)
            named = {key: value for key, value in named.items() if key != "input_shape"}
        if path == name or self.is_keras or "torch" in function.path or "nn" in function.path:
            for value in (*given, *named.values()):
                if isinstance(value, Opaque) and torch_like(name):
                    keyword = next((key for key, each in named.items() if each is value), "")
                    refuse(words.CODE_NOT_PLAIN, name=name, keyword=keyword or words.CODE_A_VALUE, text=value.text)
            layer = torch_layer(name, given, named)
        if layer is None:
            layer = StackLayer(UNKNOWN, called=shown(path))
        return Module(layer, line=line)

    def torch_function(
        self, table: dict[str, Any], name: str, given: list[Any], named: dict[str, Any], node: ast.Call
    ) -> Any:
        """What a function of torch makes of maps."""
        graph, line = self.growing(node.lineno), node.lineno
        function = table.get(name)
        if function is None:
            refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))
        try:
            return function(graph, line, *given, **named)
        except NotRead:
            refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))
        except TypeError:
            refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))

    def container(self, name: str, given: list[Any], named: dict[str, Any], node: ast.Call) -> Module:
        """Sequential, ModuleList, ModuleDict: their modules with names."""
        if named:
            refuse(words.CODE_STARRED)
        entries: Any = given[0] if len(given) == 1 and isinstance(given[0], dict | list | tuple) else given
        if isinstance(entries, dict):
            pairs = [(str(key), each) for key, each in entries.items()]
        elif len(given) == 1 and isinstance(given[0], Module) and given[0].layer is None and name == "ModuleList":
            pairs = list(given[0].children)
        else:
            pairs = [(str(number), each) for number, each in enumerate(entries)]
        is_torch = "nn." in ast.unparse(node.func)
        if isinstance(entries, list | tuple) and entries is not given and name == "Sequential" and is_torch:
            refuse(words.CODE_NOT_A_LAYER, text=shown(ast.unparse(node.args[0])))
        for number, (_, child) in enumerate(pairs):
            if not isinstance(child, Module):
                text = ast.unparse(node.args[number]) if len(node.args) == len(pairs) else str(child)
                refuse(words.CODE_NOT_A_LAYER, text=shown(text))
        return Module(children=pairs, is_chain=name == "Sequential", line=node.lineno)

    def ordered(self, given: list[Any], named: dict[str, Any]) -> dict[str, Any]:
        entries = given[0] if given else named
        if isinstance(entries, dict):
            return dict(entries)
        pairs = entries if isinstance(entries, list | tuple) else None
        if pairs is None or not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
            refuse(words.CODE_ORDERED)
        return {str(name): each for name, each in pairs}

    def builtin(self, name: str, given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        """Plain functions of Python with plain values."""
        if name == "range" and all(type(each) is int for each in given) and 1 <= len(given) <= 3:
            if len(given) == 3 and given[2] == 0:
                return self.opaque(node)
            made = range(*given)
            if len(made) > MOST_ENTRIES:
                refuse(words.CODE_TOO_MANY, most=MOST_ENTRIES)
            return made
        if name in ("enumerate", "zip", "reversed", "list", "tuple"):
            lists = [list(self.entries(each, node)) for each in given if not isinstance(each, int)]
            if name == "enumerate":
                start = next((each for each in (*given[1:], *named.values()) if type(each) is int), 0)
                return [(number, each) for number, each in enumerate(lists[0], start)] if lists else self.opaque(node)
            if name == "zip":
                return list(zip(*lists, strict=False))
            made_list = lists[0] if lists else []
            return made_list[::-1] if name == "reversed" else tuple(made_list) if name == "tuple" else made_list
        if name == "len" and given:
            size = given[0].children if isinstance(given[0], Module) else given[0]
            return len(size) if isinstance(size, list | tuple | dict | str | range) else self.opaque(node)
        if name == "isinstance" and len(given) == 2:
            return self.is_of(given[0], given[1])
        if name == "getattr" and len(given) >= 2 and isinstance(given[0], Module) and isinstance(given[1], str):
            return given[0].attributes.get(given[1], dict(given[0].children).get(given[1], self.opaque(node)))
        if name == "setattr" and len(given) == 3 and isinstance(given[0], Module):
            return self.set_attribute(given[0], str(given[1]), given[2])
        if name == "hasattr" and len(given) == 2 and isinstance(given[0], Module):
            return given[1] in given[0].attributes
        function = PLAIN.get(name)
        values = given[0] if len(given) == 1 and isinstance(given[0], list | tuple) else given
        if function is None or not values or not all(type(each) in (int, float, bool, str) for each in values):
            return self.opaque(node)
        try:
            made_value = function(given[0] if len(given) == 1 else given) if name in SERIES else function(*given)
        except (TypeError, ValueError, OverflowError):
            return self.opaque(node)
        return made_value if not isinstance(made_value, int) or abs(made_value) <= MOST_NUMBER else self.opaque(node)

    def is_of(self, value: Any, kind: Any) -> bool:
        kinds = kind if isinstance(kind, tuple) else (kind,)
        names = {each.last for each in kinds if isinstance(each, Dotted)}
        if isinstance(value, Module):
            is_user = value.made_by is not None and value.made_by in kinds
            return is_user or (value.layer is not None and value.layer.called in names)
        return type(value).__name__ in names or (isinstance(value, Map) and "Tensor" in names)

    def construct(self, cls: UserClass, given: list[Any], named: dict[str, Any], line: int) -> Any:
        """A new object of a class of the text."""
        made = Module(made_by=cls, line=line)
        init = self.member(cls, "__init__")
        if isinstance(init, UserFunction):
            self.run(init, [made, *given], named, line, self.owner_of(cls, "__init__"))
        elif any(isinstance(base, Dotted) and base.last == "Sequential" for base in cls.bases):
            made.children = [(str(number), each) for number, each in enumerate(given) if isinstance(each, Module)]
        made.is_chain = self.member(cls, "forward") is None and is_sequential(cls)
        return made

    def owner_of(self, cls: UserClass, name: str) -> UserClass | None:
        while name not in cls.members:
            above = next((base for base in cls.bases if isinstance(base, UserClass)), None)
            if above is None:
                return None
            cls = above
        return cls

    def run(
        self, function: UserFunction, given: list[Any], named: dict[str, Any], line: int, owner: UserClass | None = None
    ) -> Any:
        """A function of the text, with these values."""
        self.calls += 1
        if self.calls > MOST_CALLS:
            refuse(words.CODE_TOO_MUCH, line=line)
        scope = {
            **(function.scope if function.scope is not self.globals else {}),
            **self.bind(function, given, named, line),
        }
        if owner is not None:
            scope["__class__"] = owner
        if given and isinstance(given[0], Module):
            scope[SELF] = given[0]
        try:
            if isinstance(function.node, ast.Lambda):
                return self.value(function.node.body, scope)
            self.block(function.node.body, scope)
        except Returned as returned:
            return returned.value
        finally:
            self.calls -= 1
        return None

    def bind(self, function: UserFunction, given: list[Any], named: dict[str, Any], line: int) -> dict[str, Any]:
        """The names of a function's arguments with their values."""
        arguments = function.node.args
        names = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
        bound = dict(zip(names, given, strict=False))
        if arguments.vararg:
            bound[arguments.vararg.arg] = tuple(given[len(names) :])
        elif len(given) > len(names):
            refuse(words.CODE_ARGUMENTS, line=line, name=getattr(function.node, "name", "lambda"))
        only = [each.arg for each in arguments.kwonlyargs]
        known = {name: value for name, value in named.items() if name in names or name in only}
        bound.update(known)
        if arguments.kwarg:
            bound[arguments.kwarg.arg] = {name: value for name, value in named.items() if name not in known}
        defaults = [
            *zip(names[len(names) - len(arguments.defaults) :], arguments.defaults, strict=True),
            *(
                (name, default)
                for name, default in zip(only, arguments.kw_defaults, strict=True)
                if default is not None
            ),
        ]
        for name, default in defaults:
            if name not in bound:
                bound[name] = self.value(default, function.scope)
        missing = [name for name in (*names, *only) if name not in bound]
        if missing:
            refuse(words.CODE_ARGUMENTS, line=line, name=getattr(function.node, "name", "lambda"))
        return bound

    def apply(self, module: Module, given: list[Any], named: dict[str, Any], line: int) -> Any:
        """A module called with maps."""
        self.step(line)
        if module.layer is not None:
            return self.apply_layer(module, module.layer, given, named, line)
        if module.is_chain:
            (value, *_) = given or [None]
            for _, child in module.children:
                value = self.apply(child, [value], {}, child.line or line)
            return value
        forward = self.member(module.made_by, "forward") if module.made_by else None
        if not isinstance(forward, UserFunction):
            refuse(words.CODE_NO_FORWARD, name=module.made_by.node.name if module.made_by else "ModuleList", line=line)
        owner = self.owner_of(module.made_by, "forward") if module.made_by else None
        return self.run(forward, [module, *given], named, line, owner)

    def apply_layer(self, module: Module, layer: StackLayer, given: list[Any], named: dict[str, Any], line: int) -> Any:
        graph = self.growing(line)
        values = [*given, *(named[name] for name in ("query", "key", "value", "input") if name in named)]
        maps = [as_map(graph, each, line) for each in values[: 3 if layer.kind == "attention" else 1]]
        if not maps or None in maps:
            refuse(words.CODE_DYNAMIC, line=line, text=shown(layer.called))
        sources = [each for each in maps if each is not None]
        if layer.kind == "attention" and len(set(sources)) == 1:
            sources = sources[:1]
        if self.is_keras and sources[0].shape is not None:
            layer = settled(layer, sources[0].shape)
        layer = replace(layer, shared=id(module) in self.applied)
        self.applied.add(id(module))
        made = graph.add(layer, sources, line, self.names.get(id(module), ""))
        return (made, None) if layer.kind == "attention" else made


@dataclass(frozen=True)
class Bound:
    """A method of a map, a list, or a module, before it is called."""

    owner: Any
    name: str


@dataclass(frozen=True)
class Partial:
    function: Any
    given: list[Any]
    named: dict[str, Any]


def named(module: Module) -> Iterator[tuple[int, str]]:
    """The modules within a module with the names that PyTorch gives them: layer1.0.conv2.

    A module that stands in several places has the name of the first, and is gone through once.
    """
    waiting, seen = [(module, "")], {id(module)}
    while waiting:
        each, prefix = waiting.pop()
        if prefix:
            yield id(each), prefix
        for name, child in reversed(each.children):
            if id(child) not in seen:
                seen.add(id(child))
                waiting.append((child, f"{prefix}.{name}" if prefix else name))


def first_given(module: Module) -> tuple[int | None, int]:
    """What the first convolution says that it is given, and its axes; of a network without one, the linear layer."""
    layers = [each.layer for each in inner(module) if each.layer is not None]
    for kinds in (("conv",), ("batchnorm", "convtranspose"), ("linear",)):
        found = next((layer for layer in layers if layer.kind in kinds and layer.expects), None)
        if found:
            is_flat = found.kind == "linear" and layers[0] is found
            rank = int(digits[0]) if (digits := re.findall("[123]", found.called)) else 2
            return (found.expects if found.kind != "linear" or is_flat else None), 0 if is_flat else rank
    return None, 2


def inner(module: Module) -> Iterator[Module]:
    """The module, and all within it, each once however often it is used."""
    waiting, seen = [module], {id(module)}
    while waiting:
        each = waiting.pop()
        yield each
        fresh = [child for _, child in reversed(each.children) if id(child) not in seen]
        seen.update(map(id, fresh))
        waiting.extend(fresh)


def is_module(cls: UserClass) -> bool:
    """Whether a class is a network: it has a forward, or builds on one that has."""
    return "forward" in cls.members or any(
        (isinstance(base, Dotted) and base.last in MODULES | {"Sequential"})
        or (isinstance(base, UserClass) and is_module(base))
        for base in cls.bases
    )


def is_sequential(cls: UserClass) -> bool:
    """Whether a class builds on nn.Sequential."""
    return any(
        (isinstance(base, Dotted) and base.last == "Sequential")
        or (isinstance(base, UserClass) and is_sequential(base))
        for base in cls.bases
    )


def largest(networks: list[Module]) -> Module:
    """The last network that is no part of another: a model that layers were added to, or the one that holds all."""
    parts = {id(child) for module in networks for _, child in module.children}
    wholes = [module for module in networks if id(module) not in parts]
    return (wholes or networks)[-1]


def is_main(statement: ast.If) -> bool:
    """`if __name__ == "__main__":`"""
    return "__name__" in ast.unparse(statement.test)


def is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def torch_like(name: str) -> bool:
    return bool(re.match(r"(Lazy)?(Conv|Linear|BatchNorm|MaxPool|AvgPool|GroupNorm)", name))


def whole_slice(key: slice) -> bool:
    return all(each is None or type(each) is int for each in (key.start, key.stop, key.step)) and key.step != 0


def flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from value
        else:
            yield value


def first_line(node: ast.AST) -> str:
    return ast.unparse(node).split("\n")[0]


COMPARISONS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: lambda a, b: bool(a == b),
    ast.NotEq: lambda a, b: bool(a != b),
    ast.Lt: lambda a, b: bool(a < b),
    ast.LtE: lambda a, b: bool(a <= b),
    ast.Gt: lambda a, b: bool(a > b),
    ast.GtE: lambda a, b: bool(a >= b),
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b,
    ast.Pow: lambda a, b: a**b,
}
DIVISIONS = frozenset({ast.Div, ast.FloorDiv, ast.Mod})
SERIES = frozenset({"max", "min", "sum"})
PLAIN: dict[str, Callable[..., Any]] = {
    "int": int,
    "float": float,
    "bool": bool,
    "str": lambda value: str(value)[:200],
    "abs": abs,
    "round": round,
    "max": max,
    "min": min,
    "sum": sum,
    "ceil": lambda value: -int(-value // 1),
    "floor": lambda value: int(value // 1),
    "sqrt": lambda value: value**0.5,
}
BUILTINS = frozenset(
    {
        *PLAIN,
        *("range", "enumerate", "zip", "reversed", "list", "tuple", "len", "isinstance"),
        *("getattr", "setattr", "hasattr"),
    }
)


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="code")
