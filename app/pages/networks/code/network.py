"""PyTorch and Keras code as somebody pastes it: the network that it is about, followed and never executed.

A small, bounded reading of Python: plain numbers, lists, loops over ranges, functions and classes of the text itself,
and layers as symbols. So `nn.Sequential(…)`, loose layers, a `class Net(nn.Module)` with a plain `forward` and Keras's
functional calls are understood, whatever imports and prints stand around them. What is too dynamic is named with its
line.
"""

import ast
from dataclasses import dataclass
from typing import Any

from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.code.calls import Calls
from app.pages.networks.code.definitions import UserClass, UserFunction, is_module
from app.pages.networks.code.module import Module, first_given, inner, largest, named
from app.pages.networks.code.text import is_main, parsed, refuse
from app.pages.networks.code.values import Broken, Returned
from app.pages.networks.torch_graph import Constant, Growing, Map
from kernels.graph import parameters_alone
from kernels.layers import Shape, StackLayer

IMAGENET_CLASSES = 1_000
MOST_RECOGNISED = 3
"""Layers that a refusal names as the last that were understood."""
MOST_MAKERS = 20
"""Functions of the text that are asked for a network."""


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

    @property
    def enlarges(self) -> bool:
        """Whether its first layer of weight is a transposed one: then it makes a picture of a single cell."""
        kinds = (each.layer.kind for each in inner(self.module) if each.layer is not None and each.layer.expects)
        return next(kinds, "") == "convtranspose"


def read_code(text: str, asked: Shape | None = None) -> Code:
    """The network in a text; a Refusal where there is none. Keras's functional code is followed as it is read."""
    interpreter = Interpreter(asked)
    try:
        interpreter.module_body(parsed(text).body)
        return interpreter.found()
    except Refusal as refusal:
        raise interpreter.with_recognised(refusal) from None
    except RecursionError:
        refuse(words.CODE_UNREADABLE)


def graph_of(code: Code, shape: Shape) -> Growing:
    """The graph of a network that is given an input of this shape."""
    try:
        return code.interpreter.followed(code.module, shape)
    except RecursionError:
        refuse(words.CODE_UNREADABLE)


class Interpreter(Calls):
    """Follows a text, and finds the network in it."""

    def __init__(self, asked: Shape | None = None) -> None:
        super().__init__()
        self.asked = asked
        self.made: list[Module] = []
        """Layers of the outermost statements, in their order."""
        self.other_line = 0
        self.unregistered: set[Module] = set()
        """Layers that a forward calls, and that no module of PyTorch's would know of."""

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

    def found(self) -> Code:
        """The network: what Keras's Model holds, what the text calls, the last that was made, the last class, or all
        loose layers one after the other."""
        networks = [module for module in self.made if module.is_chain or (module.made_by and is_module(module.made_by))]
        classes = [each for each in self.globals.values() if isinstance(each, UserClass) and is_module(each)]
        if self.functional is not None:
            return self.code(words.FOUND_KERAS, self.functional)
        if networks or self.called:
            parts = {id(part) for module in networks for part in inner(module) if part is not module}
            called = [module for module in self.called if id(module) not in parts]
            module = largest(called or networks or self.called)
            kind = words.FOUND_CLASS.format(name=module.made_by.node.name) if module.made_by else words.FOUND_SEQUENTIAL
            return self.code(words.FOUND_KERAS if self.is_keras else kind, module)
        if classes:
            return self.made_alone(classes[-1])
        if self.made:
            children = [(str(number), each) for number, each in enumerate(self.made)]
            kind = words.FOUND_LOOSE.format(count=len(children))
            return self.code(kind, Module(children=children, is_chain=True))
        if self.other_line:
            refuse(words.CODE_OTHER, line=self.other_line)
        refuse(words.CODE_EMPTY)

    def code(self, kind: str, module: Module) -> Code:
        if module.is_chain and not module.children:
            refuse(words.CODE_EMPTY)
        channels, rank = first_given(module)
        return Code(kind, module, self, channels, rank, self.input)

    def made_alone(self, cls: UserClass) -> Code:
        """A class of which the text makes no object: with its defaults, or as a function of the text makes it."""
        init, name = self.member(cls, "__init__"), cls.node.name
        needed = init.needed[1:] if isinstance(init, UserFunction) else []
        if not needed:
            made = self.construct(cls, [], {}, cls.node.lineno)
            return self.code(words.FOUND_CLASS.format(name=name), made)
        for function in self.makers():
            module = self.run(function, [], {}, cls.node.lineno)
            if isinstance(module, Module) and module.made_by is cls:
                maker = getattr(function.node, "name", "")
                return self.code(words.FOUND_MADE.format(name=name, maker=maker), module)
        call = f"model = {name}({', '.join(f'{each}=…' for each in needed)})"
        refuse(words.CODE_NEEDS, name=name, line=cls.node.lineno, needed=", ".join(needed), call=call)

    def makers(self) -> list[UserFunction]:
        """Functions that need nothing to be called: def ResNet18(): return ResNet(BasicBlock, [2, 2, 2, 2])"""
        functions = [each for each in self.globals.values() if isinstance(each, UserFunction) and not each.needed]
        return functions[:MOST_MAKERS]

    # What it makes of a map

    def followed(self, module: Module, shape: Shape) -> Growing:
        """The graph that a forward pass makes of a map of this shape."""
        if module is self.functional and self.graph is not None:
            return self.graph.leading_to(self.outputs)
        self.steps = 0
        self.graph = Growing(shape)
        self.names = dict(named(module))
        self.graph.names = parameter_names(module, self.names)
        self.applied, self.weights = set(), {}
        self.check_inputs(module)
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
        self.unregistered = self.applied - set(inner(module)) if not self.is_keras else set()
        return self.graph

    def check_inputs(self, module: Module) -> None:
        """Refuse a forward of several maps."""
        forward = self.forward_of(module)
        needed = forward.needed[1:] if forward is not None else []
        if forward is not None and module.made_by is not None and len(needed) > 1:
            facts = {"count": len(needed), "names": ", ".join(needed), "line": getattr(forward.node, "lineno", 0)}
            refuse(words.CODE_INPUTS, name=module.made_by.node.name, **facts)

    def with_recognised(self, refusal: Refusal) -> Refusal:
        """The same refusal, with what had been recognised until then; of a layer that does not fit, only its own."""
        if refusal.type != "code" or self.graph is None:
            return refusal
        layers = [node.layer for node in self.graph.nodes]
        names = [layer.name or layer.called or layer.kind for layer in layers][-MOST_RECOGNISED:]
        if not names:
            return refusal
        said = words.RECOGNISED if len(layers) > 1 else words.RECOGNISED_ONE
        sentence = said.format(count=len(layers), last=", ".join(names))
        return Refusal(f"{refusal} {sentence}", type=refusal.type, loc=refusal.loc)

    @property
    def notes(self) -> tuple[str, ...]:
        """What PyTorch would count otherwise."""
        lines = sorted(each.line for each in self.unregistered if each.layer and parameters_alone(each.layer))
        return (words.CODE_UNREGISTERED.format(line=lines[0]),) if lines else ()

    def count_unused(self, module: Module, graph: Growing) -> None:
        """What forward never uses is learned all the same: each becomes a node that nothing reads."""
        for each in inner(module):
            if each.layer is not None and each not in self.applied and (count := parameters_alone(each.layer)):
                name = f"{self.names.get(id(each), each.layer.called)}_unused"
                graph.add(StackLayer("parameter", sizes=(count,), called=each.layer.called), [], each.line, name)
            for value in each.attributes.values():
                if isinstance(value, Constant) and value.learned and value.learned not in graph.counted:
                    graph.parameter(value.seen_as(value.learned.shape), each.line)


def parameter_names(module: Module, names: dict[int, str]) -> dict[int, str]:
    """What the source calls the parameters that its modules hold themselves: cls_token, block.0.gamma."""
    found: dict[int, str] = {}
    for each in inner(module):
        prefix = f"{names[id(each)]}." if id(each) in names else ""
        for name, value in each.attributes.items():
            if isinstance(value, Constant) and value.learned:
                found.setdefault(id(value.learned), prefix + name)
    return found
