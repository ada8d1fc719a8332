"""Calls: of layers, of functions of torch and Python, and of what the text itself defines."""

import ast
import re
from collections.abc import Iterable
from typing import Any

from app.address.phrases import shown
from app.pages.networks import words
from app.pages.networks.code.definitions import CONTAINERS, Dotted, UserClass, UserFunction
from app.pages.networks.code.maps import shape_of
from app.pages.networks.code.module import Module
from app.pages.networks.code.objects import SELF, Objects, maps_among
from app.pages.networks.code.plain import (
    BUILTINS,
    NOT_PLAIN,
    OF_LISTS,
    PLAIN,
    check_count,
    from_lists,
    from_to,
    of_dict,
    of_list,
    of_numbers,
    of_text,
    ranged,
)
from app.pages.networks.code.shapes import asked_of, seen
from app.pages.networks.code.statements import Scope
from app.pages.networks.code.text import is_super, refuse
from app.pages.networks.code.values import Bound, Method, Partial, Weight
from app.pages.networks.keras_layers import join_of
from app.pages.networks.torch_functions import FUNCTIONS, METHODS, Function, NotRead
from app.pages.networks.torch_graph import Batch, Constant, Learned, Map
from app.pages.networks.torch_layers import MOST_NUMBER
from kernels.layers import UNKNOWN, Shape, StackLayer

MOST_AXES = 6
IGNORED = frozenset({"print", "summary", "super", "register_buffer", "init", "manual_seed"})
WRAPPERS = frozenset({"DataParallel", "DistributedDataParallel", "compile", "script", "spectral_norm", "deepcopy"})
"""What hands on the module that it is given, or one that counts the same."""
MAKES_NUMBERS = frozenset({"zeros", "ones", "randn", "rand", "empty", "full"})
LIKE_A_MAP = frozenset({"zeros_like", "ones_like", "randn_like", "rand_like", "empty_like", "full_like"})
ON_LAYERS = frozenset({"linear", "layer_norm", "batch_norm", "group_norm", "instance_norm", "prelu"})
"""Functions that do with a layer's weights what the layer itself does."""
SELF_RETURNING = frozenset({"to", "cuda", "cpu", "eval", "train", "half", "float", "double", "apply", "requires_grad_"})
ELSEWHERE = re.compile(r"\bmodels\.|\btimm\.|\bhub\.load$|\bsegmentation_models")
"""Where networks come from whose code is not in the text: torchvision.models.resnet18."""
TORCH = re.compile(
    r"(torch\.nn\.functional|torch\.nn|torch|nn|F|numpy|np|collections|math|torch_nn|layers|functools|copy|typing)\."
)


class Calls(Objects):
    """The value of every call."""

    def of_Call(self, node: ast.Call, scope: Scope) -> Any:
        if isinstance(node.func, ast.Attribute) and is_super(node.func.value):
            return self.above(node.func.attr, node, scope)
        function = self.value(node.func, scope)
        given = self.spread(node.args, scope)
        return self.kept(self.call(function, given, self.named(node.keywords, scope), node), node.lineno)

    def named(self, keywords: Iterable[ast.keyword], scope: Scope) -> dict[str, Any]:
        """The values that a call gives by name."""
        named: dict[str, Any] = {}
        for keyword in keywords:
            value = self.value(keyword.value, scope)
            if keyword.arg is not None:
                named[keyword.arg] = value
            elif isinstance(value, dict) and all(isinstance(name, str) for name in value):
                named.update(value)
            else:
                refuse(words.CODE_STARRED)
        return named

    def above(self, name: str, node: ast.Call, scope: Scope) -> Any:
        """super().__init__() and its like: what a class that this one builds on does."""
        owner = scope.get(SELF)
        if not isinstance(owner, Module) or owner.made_by is None:
            return None
        at = scope.get("__class__")
        bases = at.bases if isinstance(at, UserClass) else owner.made_by.bases
        given, named = self.spread(node.args, scope), self.named(node.keywords, scope)
        for base in bases:
            found = self.member(base, name) if isinstance(base, UserClass) else None
            if isinstance(base, UserClass) and isinstance(found, UserFunction):
                return self.run(found, [owner, *given], named, node.lineno, self.owner_of(base, name))
        outside = next((base for base in bases if isinstance(base, Dotted)), None)
        if name == "__init__":
            return self.construct_outside(owner, outside, given, named, node.lineno)
        return self.apply_own(owner, given, named, node.lineno) if name == "forward" else None

    def call(self, function: Any, given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        line = node.lineno
        if self.is_keras:
            given = [self.begun(each, line) for each in given] if is_applied(function) else given
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
            found = self.bound_call(function, given, named, node)
            return self.opaque(node) if found is NOT_PLAIN else found
        if self.graph is not None and maps_among(given):
            refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))
        return self.opaque(node)

    def bound_call(self, function: Bound, given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        """A method of a map, a list, or a module."""
        owner, name = function.owner, function.name
        if isinstance(owner, Map) and name in ("size", "dim"):
            shape = shape_of(owner, node.lineno)
            return len(shape) if name == "dim" else shape[given[0]] if given and type(given[0]) is int else shape
        if isinstance(owner, Map):
            return self.torch_function(METHODS, name, [owner, *given], named, node)
        if isinstance(owner, Constant):
            return self.of_tensor(owner, name, given, named, node)
        if isinstance(owner, Module) and name in ("add_argument", "parse_args"):
            return self.of_parser(owner, name, given, named)
        if isinstance(owner, Module):
            return self.module_method(owner, name, given, node.lineno)
        if isinstance(owner, list):
            known = [list(self.entries(given[0], node))] if name == "extend" and given else given
            return of_list(owner, name, known)
        if isinstance(owner, dict):
            return of_dict(owner, name, given, named)
        if isinstance(owner, str):
            return of_text(owner, name, given)
        return owner if name == "item" and isinstance(owner, int | float) else NOT_PLAIN

    def of_tensor(self, owner: Constant, name: str, given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        """A method of a tensor of which only the shape is known."""
        found = asked_of(owner.shape, name, given)
        if found is not NOT_PLAIN:
            return found
        shape = seen(owner.shape, name, given)
        if shape is not None:
            return owner.seen_as(shape)
        if self.graph is None and not owner.is_learned and name in METHODS:
            return self.tried(
                owner, lambda source: self.torch_function(METHODS, name, [source, *given], named, node), node.lineno
            )
        return owner

    def of_parser(self, owner: Module, name: str, given: list[Any], named: dict[str, Any]) -> Any:
        """argparse: a script that is called without arguments has their defaults."""
        if name == "parse_args":
            return Module(attributes=dict(owner.attributes))
        long = next((each for each in given if isinstance(each, str) and not re.match("-[^-]", each)), "")
        is_flag = str(named.get("action", "")).startswith("store_")
        default = named.get("default", named.get("action") == "store_false" if is_flag else None)
        owner.attributes[named.get("dest") or long.lstrip("-").replace("-", "_")] = default
        return None

    def module_method(self, owner: Module, name: str, given: list[Any], line: int) -> Any:
        """What every module of torch and Keras can do."""
        (first, *_) = given or [None]
        if name in ("forward", "call", "__call__"):
            return self.apply(owner, given, {}, line)
        if name in ("add_module", "register_module", "register_parameter") and len(given) == 2:
            return owner.set(str(first), given[1])
        if name in ("append", "add") and isinstance(first, Module):
            return owner.append(first)
        if name == "insert" and len(given) == 2 and type(first) is int and isinstance(given[1], Module):
            return owner.insert(first, given[1])
        if name == "extend":
            children = [child for _, child in first.children] if isinstance(first, Module) else first
            for child in children if isinstance(children, list | tuple) else ():
                owner.append(child)
            return None
        if name == "register_buffer" and len(given) > 1:
            owner.attributes[str(first)] = given[1]
            return None
        if name in ("items", "named_children"):
            return list(owner.children)
        if name in ("values", "children"):
            return [child for _, child in owner.children]
        if name == "keys":
            return [each for each, _ in owner.children]
        if name in ("modules", "parameters", "named_parameters", "named_modules"):
            return []
        return owner if name in SELF_RETURNING else None

    def outside(self, function: Dotted, given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        """A call of something that is not in the text: a layer, a function of torch, a builtin."""
        name, path = function.last, TORCH.sub("", function.path)
        (first, *_) = given or [None]
        if name in CONTAINERS:
            text = ast.unparse(node.args[0]) if node.args else ""
            is_torch = "nn." in ast.unparse(node.func)
            return self.container(name, given, named, f"nn.{text}" if is_torch else "", node.lineno)
        if name == "OrderedDict":
            return self.ordered(given, named)
        if name == "Parameter":
            return Constant(first.shape, Learned(first.shape)) if isinstance(first, Constant) else self.opaque(node)
        if name in MAKES_NUMBERS and given:
            shape = shape_in(first if isinstance(first, tuple | list) else given)
            return self.opaque(node) if shape is None else Constant(shape)
        if name in LIKE_A_MAP and isinstance(first, Map) and first.shape is not None and not first.batch:
            return Constant((1, *first.shape))
        if name == "partial" and given:
            return Partial(first, given[1:], named)
        if name in WRAPPERS and isinstance(first, Module):
            return first
        if name == "weight_norm" and isinstance(first, Module) and first.layer is not None:
            return with_lengths(first, first.layer)
        if ELSEWHERE.search(function.path) and not name[:1].isupper():
            return Module(StackLayer(UNKNOWN, called=shown(function.path)), line=node.lineno)
        if name == "sum" and isinstance(first, list) and len(given) == 1 and maps_among(first):
            return self.apply(Module(StackLayer("add"), line=node.lineno), [first], {}, node.lineno)
        if name == "is_available":
            return False  # no graphics card: what is asked so decides where a network runs, not what it is
        if name == "linspace":
            return from_to([*given, *named.values()])
        if name == "field":
            return self.default_of(named, node)
        if name in ("SimpleNamespace", "Namespace"):
            return Module(attributes=named, line=node.lineno)
        maps = maps_among([*given, *named.values()])
        if self.graph is None and isinstance(first, Constant) and not first.is_learned and name in FUNCTIONS:
            return self.tried(
                first,
                lambda source: self.torch_function(FUNCTIONS, name, [source, *given[1:]], named, node),
                node.lineno,
            )
        if name == "Model" and maps:
            return self.model_of(maps_among([named.get("outputs", given[-1:])]))
        if "." not in path and name in BUILTINS and not (maps and name in PLAIN):
            found = self.builtin(name, given, named, node)
            return self.opaque(node) if found is NOT_PLAIN else found
        if self.is_keras and maps and (join := join_of(name, named)) is not None:  # layers.add([x, y])
            return self.apply(Module(join, line=node.lineno), given, {}, node.lineno)
        if maps or (name in FUNCTIONS and self.graph is not None and not name[:1].isupper()):
            return self.torch_function(FUNCTIONS, name, given, named, node)
        if name in IGNORED:
            return None
        return self.layer(function, given, named, node.lineno) if name[:1].isupper() else self.opaque(node)

    def default_of(self, named: dict[str, Any], node: ast.Call) -> Any:
        """What field(default_factory=lambda: [32, 64]) of a dataclass stands for."""
        if "default_factory" in named:
            return self.call(named["default_factory"], [], {}, node)
        return named.get("default")

    def torch_function(
        self, table: dict[str, Function], name: str, given: list[Any], named: dict[str, Any], node: ast.Call
    ) -> Any:
        """What a function of torch makes of maps."""
        graph, line = self.growing(node.lineno), node.lineno
        maps = maps_among([*given, *named.values()])
        if any(each.shape is None for each in maps):
            return graph.behind_unknown(maps, line)
        weights = [each for each in (*given, *named.values()) if isinstance(each, Weight)]
        if name in ON_LAYERS and weights and weights[0].owner.layer is not None:
            return self.apply_layer(weights[0].owner, weights[0].owner.layer, maps[:1], {}, line)
        given = [self.as_numbers(each) for each in given]
        named = {key: self.as_numbers(each) for key, each in named.items()}
        try:
            if name not in table:
                raise NotRead
            return table[name](graph, line, *given, **named)
        except (NotRead, TypeError):
            refuse(words.CODE_DYNAMIC, line=line, text=shown(ast.unparse(node)))

    def as_numbers(self, value: Any) -> Any:
        """A layer's weight as a tensor, for a function that has a stride of its own."""
        if not isinstance(value, Weight) or value.shape is None:
            return value
        self.applied.add(value.owner)
        known = self.weights.setdefault((id(value.owner), value.name), Learned(value.shape))
        return Constant(value.shape, known)

    def builtin(self, name: str, given: list[Any], named: dict[str, Any], node: ast.Call) -> Any:
        """Plain functions of Python with plain values."""
        (first, *others) = given or [None]
        if name == "range":
            return ranged(given)
        if name in OF_LISTS:
            sources = [each for each in given if not isinstance(each, int)]
            lists = [self.kept(list(self.entries(each, node)), node.lineno) for each in sources]
            return from_lists(name, lists, given, named)
        if name == "map" and others:
            lists = [list(self.entries(each, node)) for each in others]
            return [self.call(first, list(each), {}, node) for each in zip(*lists, strict=False)]
        if name == "type" and given:
            return type_of(first, node)
        if name == "dict":
            return dict(named) if not given else dict(first) if isinstance(first, dict) else NOT_PLAIN
        if name == "len" and given:
            size = first.children if isinstance(first, Module) else first
            return len(size) if isinstance(size, list | tuple | dict | str | range) else NOT_PLAIN
        if name == "isinstance" and others:
            return self.is_of(first, others[0])
        if name in ("cast", "deepcopy") and given:  # of typing and copy
            return given[-1]
        if name in ("getattr", "setattr", "hasattr") and isinstance(first, Module) and others:
            return self.attribute_called(name, first, others)
        return of_numbers(name, given)

    def attribute_called(self, name: str, owner: Module, given: list[Any]) -> Any:
        """getattr(self, "layer%d" % n) and its like."""
        if not isinstance(given[0], str):
            return NOT_PLAIN
        known = {**dict(owner.children), **owner.attributes}
        if name == "hasattr":
            return given[0] in known
        if name == "setattr":
            return owner.set(given[0], given[1]) if len(given) > 1 else NOT_PLAIN
        return known.get(given[0], given[1] if len(given) > 1 else NOT_PLAIN)

    def is_of(self, value: Any, kind: Any) -> bool:
        kinds = kind if isinstance(kind, tuple) else (kind,)
        names = {each.last for each in kinds if isinstance(each, Dotted)}
        if isinstance(value, Module):
            is_user = value.made_by is not None and value.made_by in kinds
            return is_user or (value.layer is not None and value.layer.called in names)
        return type(value).__name__ in names or (isinstance(value, Map) and "Tensor" in names)


def is_applied(function: Any) -> bool:
    """Whether a call hands maps to a layer or to a function, and does not only put an Input among layers."""
    return not isinstance(function, Dotted) or function.last not in CONTAINERS


def type_of(value: Any, node: ast.Call) -> Any:
    """type(x), to be compared with a name: tuple, str, or a class of the text."""
    if isinstance(value, Module):
        return value.made_by or NOT_PLAIN
    is_plain = value is None or isinstance(value, int | float | str | tuple | list | dict)
    return Dotted(type(value).__name__, node.lineno) if is_plain else NOT_PLAIN


def with_lengths(module: Module, layer: StackLayer) -> Module:
    """A layer whose weight is learned as a direction and a length for each entry of its first axis."""
    count = layer.expects if layer.kind == "convtranspose" else layer.channels
    if count is not None:
        module.attributes["weight_g"] = Constant((count,), Learned((count,)))
    return module


def shape_in(sizes: list[Any] | tuple[Any, ...]) -> Shape | None:
    """The shape of torch.zeros(3, 4), where its sizes are plain; of a batch one is made."""
    check_count(len(sizes))
    sizes = [1 if isinstance(size, Batch) else size for size in sizes]
    is_plain = 0 < len(sizes) <= MOST_AXES and all(type(size) is int and 0 < size <= MOST_NUMBER for size in sizes)
    return tuple(sizes) if is_plain else None
