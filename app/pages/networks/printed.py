"""What print(model) shows. It names every layer, but not how they are connected.

A Sequential is connected by what it is. Networks of torchvision's families are recognised by the names of their
modules, and are connected by the forward in `known_forwards.txt`; every layer's own sizes must then fit what it is
given. All others are a list of layers, whose parameters can be counted, and nothing else.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.code.definitions import UserClass, is_sequential
from app.pages.networks.code.module import Module, first_given, inner
from app.pages.networks.code.network import Code, Interpreter
from app.pages.networks.code.text import MOST_TEXT, parsed
from app.pages.networks.source import Listed, Source
from kernels.graph import parameters_alone
from kernels.layers import UNKNOWN, Shape, StackLayer

MOST_MODULES = 4_000
MOST_DEPTH = 30
MOST_LINE = 2_000
MOST_COPIES = 200
FORWARDS = Path(__file__).parent / "known_forwards.txt"
HEAD = re.compile(r"^\s*(?:\(([\w.\-]+)\):\s*)?(?:(\d+) x )?([A-Za-z_]\w*)\((.*)$")
NUMBERED = re.compile(r"^[ \t]*\([\w.\-]+\):[ \t]+", re.MULTILINE)
SAME_CLASS = {"NonDynamicallyQuantizableLinear": "Linear"}

OnInput = Callable[[Code, Shape | None], Source]


@dataclass
class Printed:
    """A module as it is printed: `(conv1): Conv2d(3, 64, …)`, with those inside it."""

    name: str
    kind: str
    settings: str
    line: int
    children: "list[Printed]" = field(default_factory=list)


def looks_printed(text: str) -> bool:
    """Whether lines begin as those of a printed model do: (0): or (features):"""
    return NUMBERED.search(text[:MOST_TEXT]) is not None


def read_printed(text: str, shape: Shape | None, on_input: OnInput) -> Source:
    """The network of a printout."""
    if len(text) > MOST_TEXT:
        raise Refusal(words.CODE_TOO_LONG.format(value=len(text), most=MOST_TEXT), type="code")
    root = tree(text)
    interpreter = Interpreter()
    check_count(root)
    module = module_of(root, interpreter)
    found = words.FOUND_PRINTED.format(name=root.kind)
    if not is_connected(module):
        return listed(root, module, found)
    channels, rank = first_given(module)
    try:
        source = on_input(Code(found, module, interpreter, channels, rank), shape)
    except Refusal:
        if is_all_chains(root):
            raise
        return listed(root, module, found)
    if is_all_chains(root):
        return source
    return Source(words.FOUND_RECOGNISED.format(name=root.kind), source.stack, source.input, source.notes)


def tree(text: str) -> Printed:
    """The modules of a printout, one in the other."""
    root = Printed("", "Sequential", "", 0)
    open_: list[Printed] = [root]
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if not bare or bare.startswith(">>>") or bare.startswith("print("):
            continue
        if bare.strip(",") == ")":
            if len(open_) > 1:
                open_.pop()
            continue
        head = HEAD.match(line) if len(line) <= MOST_LINE else None
        if head is None:
            raise Refusal(words.PRINT_LINE.format(line=number, text=shown(bare)), type="code")
        name, copies, kind, settings = head.groups()
        is_open = not settings.rstrip().rstrip(",").endswith(")")
        made = Printed(name or "", kind, "" if is_open else settings.rstrip().rstrip(",")[:-1], number)
        count += 1
        if count > MOST_MODULES or len(open_) > MOST_DEPTH:
            raise Refusal(words.CODE_TOO_MANY.format(most=MOST_MODULES), type="code")
        open_[-1].children.extend(repeated(made, copies))
        if is_open:
            open_.append(made)
    if len(root.children) == 1 and not root.children[0].name:
        return root.children[0]
    if not root.children:
        raise Refusal(words.CODE_EMPTY, type="code")
    return root


def repeated(made: Printed, copies: str | None) -> list[Printed]:
    """`(0-2): 3 x Block(` stands for three alike, with the names 0, 1 and 2; they share what is inside."""
    if copies is None:
        return [made]
    first = int(made.name.split("-")[0]) if re.fullmatch(r"\d+-\d+", made.name) else 0
    made.name = str(first)
    others = [
        Printed(str(first + number), made.kind, made.settings, made.line, made.children)
        for number in range(1, min(int(copies), MOST_COPIES))
    ]
    return [made, *others]


def check_count(root: Printed) -> None:
    """Refuse copies of copies of copies: a few lines may stand for very many modules."""
    count, waiting = 0, [root]
    while waiting:
        count += 1
        if count > MOST_MODULES:
            raise Refusal(words.CODE_TOO_MANY.format(most=MOST_MODULES), type="code")
        waiting.extend(waiting.pop().children)


def module_of(printed: Printed, interpreter: Interpreter) -> Module:
    """A printed module as one that can be called."""
    if not printed.children:
        return leaf(printed, interpreter)
    children = [(child.name or str(n), module_of(child, interpreter)) for n, child in enumerate(printed.children)]
    module = Module(children=children, line=printed.line)
    module.attributes = dict(children)
    known = known_forwards().get(printed.kind)
    if printed.kind == "Sequential" or (known is not None and is_sequential(known)):
        module.is_chain = True
    elif known is not None and calls_all(known, [name for name, _ in children]):
        module.made_by = known
    return module


def calls_all(cls: UserClass, names: list[str]) -> bool:
    """Whether a known forward calls all these modules, by their names or one after the other."""
    attributes = {node.attr for node in ast.walk(cls.node) if isinstance(node, ast.Attribute)}
    constants = {node.value for node in ast.walk(cls.node) if isinstance(node, ast.Constant)}
    return "children" in attributes or attributes | constants >= set(names)


@cache
def known_forwards() -> dict[str, UserClass]:
    """How the modules of torchvision's networks are connected, by the names of their classes."""
    interpreter = Interpreter()
    interpreter.module_body(parsed(FORWARDS.read_text(encoding="utf-8")).body)
    found = {name: each for name, each in interpreter.globals.items() if isinstance(each, UserClass)}
    aliases = {alias: found[name] for name, others in ALIASES.items() for alias in others}
    return found | aliases


ALIASES = {
    "Conv2dNormActivation": ("ConvBNReLU", "ConvBNActivation", "ConvNormActivation"),
    "_DenseBlock": ("DenseBlock",),
    "_DenseLayer": ("DenseLayer",),
    "_Transition": ("Transition",),
}
"""Names of the same modules in other versions of torchvision."""


def leaf(printed: Printed, interpreter: Interpreter) -> Module:
    """A printed layer."""
    kind = SAME_CLASS.get(printed.kind, printed.kind)
    try:
        made = interpreter.value(ast.parse(f"nn.{kind}({printed.settings})", mode="eval").body, {})
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        made = None
    except Refusal:
        made = None
    if isinstance(made, Module) and made.layer is not None:
        made.line = printed.line
        return made
    return Module(StackLayer(UNKNOWN, called=shown(printed.kind)), line=printed.line)


def is_connected(module: Module) -> bool:
    """Whether it is known how everything inside is connected."""
    return all(each.layer is not None or each.is_chain or each.made_by is not None for each in inner(module))


def is_all_chains(printed: Printed) -> bool:
    return not printed.children or (printed.kind == "Sequential" and all(map(is_all_chains, printed.children)))


def listed(root: Printed, module: Module, found: str) -> Source:
    """The layers alone: how many parameters each has, and nothing of shapes and work."""
    rows = tuple(Listed(name, layer, parameters_alone(layer)) for name, layer in leaves_with_names(module, ""))
    return Source(found, (), (1,), (words.PRINT_ONLY.format(name=root.kind),), rows)


def leaves_with_names(module: Module, prefix: str) -> Iterator[tuple[str, StackLayer]]:
    if module.layer is not None:
        yield prefix or module.layer.called, module.layer
    for name, child in module.children:
        yield from leaves_with_names(child, f"{prefix}.{name}" if prefix else name)
