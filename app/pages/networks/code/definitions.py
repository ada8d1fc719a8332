"""What a text defines: functions and classes; and names that stand for something outside it."""

import ast
from dataclasses import dataclass
from typing import Any

MODULES = frozenset({"Module", "LightningModule", "Model"})
CONTAINERS = frozenset({"Sequential", "ModuleList", "ModuleDict"})
KINDS = frozenset({"staticmethod", "classmethod", "property", "cached_property"})
FORWARDS = ("forward", "call")
"""What PyTorch and Keras call the function that says how layers are connected."""


@dataclass(eq=False)
class UserFunction:
    node: ast.FunctionDef | ast.Lambda
    scope: dict[str, Any]

    @property
    def kind(self) -> str:
        """What its decorator makes of it: staticmethod, property, or nothing."""
        decorators = self.node.decorator_list if isinstance(self.node, ast.FunctionDef) else []
        names = (ast.unparse(each).rsplit(".", 1)[-1] for each in decorators)
        return next((name for name in names if name in KINDS), "")

    @property
    def needed(self) -> list[str]:
        """The names of its arguments that have no default."""
        given = self.node.args
        names = [each.arg for each in (*given.posonlyargs, *given.args)]
        needed = names[: len(names) - len(given.defaults)]
        only = zip(given.kwonlyargs, given.kw_defaults, strict=True)
        return needed + [each.arg for each, default in only if not default]


@dataclass(eq=False)
class UserClass:
    node: ast.ClassDef
    scope: dict[str, Any]
    bases: list[Any]
    members: dict[str, Any]


@dataclass(frozen=True)
class Dotted:
    """A name of something outside the text, such as nn.Conv2d."""

    path: str
    line: int

    @property
    def last(self) -> str:
        return self.path.rsplit(".", 1)[-1]


def is_module(cls: UserClass) -> bool:
    """Whether a class is a network: it has a forward, or builds on one that has."""
    return any(name in cls.members for name in FORWARDS) or any(
        (isinstance(base, Dotted) and base.last in MODULES | CONTAINERS)
        or (isinstance(base, UserClass) and is_module(base))
        for base in cls.bases
    )


def is_dataclass(cls: UserClass) -> bool:
    """Whether Python itself writes the __init__ of a class, from the fields that it lists."""
    decorators = (each.func if isinstance(each, ast.Call) else each for each in cls.node.decorator_list)
    names = {ast.unparse(each).rsplit(".", 1)[-1] for each in decorators}
    return "dataclass" in names or any(isinstance(base, Dotted) and base.last == "NamedTuple" for base in cls.bases)


def fields_of(cls: UserClass) -> list[str]:
    """The fields of a dataclass in their order, those of the classes that it builds on first."""
    above = [name for base in cls.bases if isinstance(base, UserClass) for name in fields_of(base)]
    body = (each.target for each in cls.node.body if isinstance(each, ast.AnnAssign))
    return list(dict.fromkeys([*above, *(target.id for target in body if isinstance(target, ast.Name))]))


def is_sequential(cls: UserClass) -> bool:
    """Whether a class builds on nn.Sequential."""
    return any(
        (isinstance(base, Dotted) and base.last == "Sequential")
        or (isinstance(base, UserClass) and is_sequential(base))
        for base in cls.bases
    )


def outer_base(cls: UserClass) -> Dotted | None:
    """What a class of the text builds on that is not in it: nn.LayerNorm."""
    for base in cls.bases:
        found = base if isinstance(base, Dotted) else outer_base(base) if isinstance(base, UserClass) else None
        if found is not None:
            return found
    return None
