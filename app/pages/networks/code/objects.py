"""Objects: what a class of the text makes, what its functions do, and layers that are called with maps."""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.code.definitions import (
    CONTAINERS,
    FORWARDS,
    MODULES,
    Dotted,
    UserClass,
    UserFunction,
    fields_of,
    is_dataclass,
    is_sequential,
    outer_base,
)
from app.pages.networks.code.expressions import Expressions
from app.pages.networks.code.module import Module
from app.pages.networks.code.plain import flat
from app.pages.networks.code.statements import HOMES, OUTER, Scope
from app.pages.networks.code.text import refuse
from app.pages.networks.code.values import Returned
from app.pages.networks.keras_layers import INPUTS, channel_axis, input_of, is_keras, join_of, keras_layers, settled
from app.pages.networks.torch_functions import as_map
from app.pages.networks.torch_graph import Constant, Growing, Learned, Map, Opaque
from app.pages.networks.torch_layers import torch_layer
from kernels.graph import INPUT
from kernels.layers import JOINS, UNKNOWN, Shape, StackLayer

MOST_CALLS = 40
"""Functions that call one another."""
SELF = "__self__"
"""The name under which a function of a class keeps its object, whatever the class calls it."""
TORCH_LIKE = ("Conv", "Linear", "BatchNorm", "MaxPool", "AvgPool", "GroupNorm", "LazyConv", "LazyLinear")


class Objects(Expressions):
    """Makes objects of classes, and calls them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[int, str] = {}
        self.weights: dict[tuple[int, str], Learned] = {}
        """The weights of layers that a function uses in the layer's place."""
        self.applied: set[Module] = set()
        """Layers that have been called, whose weights are counted."""
        self.called: list[Module] = []
        """Networks that the text itself calls with something that is no map."""
        self.constructing = 0
        """Objects whose __init__ is being followed."""
        self.asked: Shape | None = None
        """The input that the reader asks for, where code is followed as it stands."""
        self.functional: Module | None = None
        """What Keras's Model(inputs, outputs) has made, and of which maps."""
        self.outputs: list[Map] = []

    # Classes of the text

    def member(self, cls: UserClass, name: str) -> Any:
        owner = self.owner_of(cls, name)
        return None if owner is None else owner.members[name]

    def owner_of(self, cls: UserClass, name: str) -> UserClass | None:
        """The class that defines what this one calls so: itself, or one that it builds on."""
        for _ in range(MOST_CALLS):
            if name in cls.members:
                return cls
            above = next((base for base in cls.bases if isinstance(base, UserClass)), None)
            if above is None:
                return None
            cls = above
        return None

    def construct(self, cls: UserClass, given: list[Any], named: dict[str, Any], line: int) -> Module:
        """A new object of a class of the text."""
        made = Module(made_by=cls, line=line)
        init = self.member(cls, "__init__")
        if isinstance(init, UserFunction):
            self.constructing += 1
            try:
                self.run(init, [made, *given], named, line, self.owner_of(cls, "__init__"))
            finally:
                self.constructing -= 1
        elif is_dataclass(cls):
            self.fill(made, cls, given, named, line)
        else:
            self.construct_outside(made, outer_base(cls), given, named, line)
        made.is_chain = self.forward_of(made) is None and is_sequential(cls)
        return made

    def fill(self, made: Module, cls: UserClass, given: list[Any], named: dict[str, Any], line: int) -> None:
        """The fields of a dataclass, such as a network's widths."""
        names = fields_of(cls)
        values = {**dict(zip(names, given, strict=False)), **named}
        if (
            len(given) > len(names)
            or set(values) - set(names)
            or any(name not in values and self.member(cls, name) is None for name in names)
        ):
            refuse(words.CODE_ARGUMENTS, line=line, name=cls.node.name)
        made.attributes.update(values)

    def construct_outside(
        self, made: Module, base: Dotted | None, given: list[Any], named: dict[str, Any], line: int
    ) -> None:
        """What a class that stands outside the text does with a new object: nn.Sequential, nn.LayerNorm."""
        if base is None or base.last in MODULES:
            return
        if base.last not in CONTAINERS:
            made.layer = self.layer(base, given, named, line).layer
            return
        entries = given[0] if len(given) == 1 and isinstance(given[0], list | tuple) else given
        for number, child in enumerate(entries):
            if isinstance(child, Module):
                made.set(str(number), child)
        made.is_chain = base.last == "Sequential"

    def forward_of(self, module: Module) -> UserFunction | None:
        """The function of the text that says how the layers of a module are connected."""
        found = (self.member(module.made_by, name) for name in FORWARDS) if module.made_by else ()
        return next((each for each in found if isinstance(each, UserFunction)), None)

    def run(
        self, function: UserFunction, given: list[Any], named: dict[str, Any], line: int, owner: UserClass | None = None
    ) -> Any:
        """A function of the text, with these values."""
        if self.depth >= MOST_CALLS:
            refuse(words.CODE_TOO_MUCH, line=line)
        scope = {
            **(function.scope if function.scope is not self.globals else {}),
            **self.bind(function, given, named, line),
            HOMES: {},
            OUTER: function.scope,
        }
        if owner is not None:
            scope["__class__"] = owner
        if given and isinstance(given[0], Module):
            scope[SELF] = given[0]
        self.depth += 1
        try:
            return self.body(function, scope)
        finally:
            self.depth -= 1

    def body(self, function: UserFunction, scope: Scope) -> Any:
        """What a function returns."""
        if isinstance(function.node, ast.Lambda):
            return self.value(function.node.body, scope)
        try:
            self.block(function.node.body, scope)
        except Returned as returned:
            return returned.value
        return None

    def bind(self, function: UserFunction, given: list[Any], named: dict[str, Any], line: int) -> Scope:
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

    # Modules that are called

    def apply(self, module: Module, given: list[Any], named: dict[str, Any], line: int) -> Any:
        """A module called with maps; called with anything else, it is the network that the text is about."""
        self.step(line)
        if module is self.functional:
            return self.call_model(given, line)
        if self.graph is None:
            return self.call_outside(module, given, line)
        forward = self.forward_of(module)
        if forward is not None and module.made_by is not None:
            owner = next((found for name in FORWARDS if (found := self.owner_of(module.made_by, name))), None)
            return self.run(forward, [module, *given], named, line, owner)
        return self.apply_own(module, given, named, line)

    def apply_own(self, module: Module, given: list[Any], named: dict[str, Any], line: int) -> Any:
        """What a module does without a forward in the text: a layer its work, a chain one after the other."""
        if module.layer is not None:
            return self.apply_layer(module, module.layer, given, named, line)
        if not module.is_chain:
            refuse(words.CODE_NO_FORWARD, name=module.made_by.node.name if module.made_by else "ModuleList", line=line)
        (value, *_) = given or [None]
        for _, child in module.children:
            value = self.apply(child, [value], {}, child.line or line)
        return value

    def call_outside(self, module: Module, given: list[Any], line: int) -> Any:
        """net(torch.randn(1, 3, 32, 32)), as a text that tries its network out has it."""
        if module.made_by is not None or module.is_chain:
            if not self.constructing:
                self.called.append(module)
            first = given[0] if given else None
            if isinstance(first, Constant) and len(first.shape) > 1:
                self.input = self.input or first.shape[1:]
        if self.depth and given and isinstance(given[0], Constant):
            return self.tried(given[0], lambda source: self.apply(module, [source, *given[1:]], {}, line), line)
        return Opaque(words.CODE_A_VALUE, line)

    def tried(self, numbers: Constant, work: Callable[[Map], Any], line: int) -> Any:
        """What becomes of numbers of which the shape alone is known: a constructor asks so what its layers hand on."""
        if len(numbers.shape) < 2:
            return Opaque(words.CODE_A_VALUE, line)
        kept = self.graph, self.applied
        self.graph, self.applied = Growing(numbers.shape[1:]), set()
        try:
            return numbers_of(work(Map(INPUT, numbers.shape[1:])), numbers.shape[0], line)
        except Refusal:
            return Opaque(words.CODE_A_VALUE, line)
        finally:
            self.graph, self.applied = kept

    # Keras's functional code

    def begun(self, value: Any, line: int) -> Any:
        """A value that a layer of Keras is called with: its Input is the map with which the graph begins."""
        if isinstance(value, list | tuple):
            return [self.begun(each, line) for each in value]
        if not isinstance(value, Module) or not value.is_input:
            return value
        if value.begins is None:
            shape = self.asked or value.input
            if self.graph is not None:
                refuse(words.CODE_SECOND_INPUT, line=line)
            if shape is None:
                raise Refusal(words.KERAS_INPUT, type="input", loc=("input",))
            self.graph, self.input = Growing(shape), shape
            value.begins = Map(-1, shape)
        return value.begins

    def model_of(self, maps: list[Map]) -> Module:
        """keras.Model(inputs, outputs)"""
        self.functional, self.outputs = Module(), maps
        return self.functional

    def call_model(self, given: list[Any], line: int) -> Opaque:
        if maps_among(given):
            refuse(words.CODE_SUBMODEL, line=line)
        return Opaque(words.CODE_A_VALUE, line)

    def apply_layer(self, module: Module, layer: StackLayer, given: list[Any], named: dict[str, Any], line: int) -> Any:
        graph = self.growing(line)
        values = [*given, *(named[name] for name in ("query", "key", "value", "input") if name in named)]
        if layer.kind in JOINS or layer.kind == UNKNOWN:
            values = list(flat(values))
        elif layer.kind != "attention":
            values = values[:1]
        maps = [as_map(graph, each, line) for each in values[: 3 if layer.kind == "attention" else None]]
        if layer.kind == UNKNOWN:
            maps = [each for each in maps if each is not None]
        sources = [each for each in maps if each is not None]
        if not sources or len(sources) < len(maps):
            refuse(words.CODE_DYNAMIC, line=line, text=shown(layer.called))
        if layer.kind == "attention" and len(set(sources)) == 1:
            sources = sources[:1]
        if self.is_keras and sources[0].shape is not None:
            layer = channel_axis(layer, sources[0].shape) if layer.kind in JOINS else settled(layer, sources[0].shape)
        layer = replace(layer, shared=module in self.applied)
        self.applied.add(module)
        made = graph.add(layer, sources, line, self.names.get(id(module), module.name))
        return (made, None) if layer.kind == "attention" else made

    # Layers and containers that are made

    def layer(self, function: Dotted, given: list[Any], named: dict[str, Any], line: int) -> Module:
        """A layer of torch or Keras, or one that nobody here knows."""
        name, path = function.last, function.path
        called = named.get("name") if isinstance(named.get("name"), str) else ""
        if is_keras(name):
            self.input = self.input or input_of(name, given, named)
            self.is_keras = True
            if name in INPUTS:
                return Module(is_chain=True, line=line, is_input=True, input=input_of(name, given, named))
            layers = keras_layers(name, given, named)
            if len(layers) == 1:
                return Module(layers[0], line=line, name=called or "")
            children = [(str(number), Module(each, line=line)) for number, each in enumerate(layers)]
            if children:
                children[0][1].name = called or ""
            return Module(children=children, is_chain=True, line=line)
        if (join := join_of(name, named)) is not None:
            return Module(join, line=line, name=called or "")
        if isinstance(named.get("input_shape"), tuple | list):  # Flatten(input_shape=(28, 28))
            self.is_keras = True
            self.input = self.input or input_of(name, given, named)
        if self.is_keras:
            named = {key: value for key, value in named.items() if key not in ("input_shape", "name")}
        if "." not in path or self.is_keras or "torch" in path or "nn" in path:
            self.check_plain(name, given, named)
            layer = torch_layer(name, given, named)
            if layer is not None:
                return Module(layer, line=line, name=called or "")
        stranger = name if self.is_keras else path.removeprefix("torch.").removeprefix("nn.")
        return Module(StackLayer(UNKNOWN, called=shown(stranger)), line=line)

    def check_plain(self, name: str, given: list[Any], named: dict[str, Any]) -> None:
        """Refuse a size that only a run would know."""
        for keyword, value in (*((words.CODE_A_VALUE, each) for each in given), *named.items()):
            if isinstance(value, Opaque) and name.startswith(TORCH_LIKE):
                refuse(words.CODE_NOT_PLAIN, name=name, keyword=keyword, text=value.text)

    def container(self, name: str, given: list[Any], named: dict[str, Any], text: str, line: int) -> Module:
        """Sequential, ModuleList, ModuleDict: their modules with names."""
        if set(named) - {"name"}:
            refuse(words.CODE_STARRED)
        (first, *_) = given or [None]
        is_one = len(given) == 1 and isinstance(first, dict | list | tuple)
        if isinstance(first, Module) and first.layer is None and len(given) == 1 and name == "ModuleList":
            pairs = list(first.children)
        elif is_one and isinstance(first, dict):
            pairs = [(str(key), each) for key, each in first.items()]
        elif is_one and name == "ModuleDict" and isinstance(first, list | tuple):
            pairs = [(str(key), each) for key, each in self.ordered([first], {}).items()]
        else:
            pairs = [(str(number), each) for number, each in enumerate(first if is_one else given)]
            if is_one and name == "Sequential" and "nn." in text:
                refuse_child(shown(text))  # torch's Sequential takes layers, not a list of them
        for _, child in pairs:
            if not isinstance(child, Module):
                refuse_child(shown(str(child)))
        return Module(children=pairs, is_chain=name == "Sequential", line=line)

    def ordered(self, given: list[Any], named: dict[str, Any]) -> dict[str, Any]:
        entries = given[0] if given else named
        if isinstance(entries, dict):
            return dict(entries)
        pairs = entries if isinstance(entries, list | tuple) else None
        if pairs is None or not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
            refuse(words.CODE_ORDERED)
        return {str(name): each for name, each in pairs}


def refuse_child(text: str) -> NoReturn:
    refuse(words.CODE_NOT_A_LAYER, text=text)


def numbers_of(made: Any, batch: int, line: int) -> Any:
    """Maps as tensors of which only the shape is known, the batch among its axes."""
    if isinstance(made, tuple | list):
        return type(made)(numbers_of(each, batch, line) for each in made)
    if not isinstance(made, Map):
        return made
    if made.shape is None:
        return Opaque(words.CODE_A_VALUE, line)
    return Constant((*made.shape[: made.batch], batch, *made.shape[made.batch :]))


def maps_among(values: list[Any]) -> list[Map]:
    """The maps that a function is given, alone or in lists."""
    return [each for each in flat(values) if isinstance(each, Map)]
