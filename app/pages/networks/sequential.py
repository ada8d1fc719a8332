"""torch.nn.Sequential(…) as somebody pastes it: read with `ast`, never executed.

Only calls of layers with plain numbers are understood. What a layer expects to be given is kept, so that a stack that
PyTorch would refuse is refused here too, with its numbers.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from kernels.stack import StackLayer

MOST_TEXT = 20_000
MOST_NESTING = 16
MOST_RUN = 300
"""Characters between two commas or brackets: no layer's setting is longer, and a chain of operators stays short."""
MOST_LAYERS = 320
MOST_NUMBER = 10**9
NOT_CODE = re.compile(r"#[^\n]*|\"[^\"\n]*\"|'[^'\n]*'")
LOOKS_LIKE_CODE = re.compile(
    r"\bSequential\s*\(|\bnn\s*\.|\bOrderedDict\s*\(|^\s*(import|from|class|def)\s", re.MULTILINE
)
NUMBERED = re.compile(r"^[ \t]*\(\w+\):[ \t]+", re.MULTILINE)
"""What print(model) writes before each layer: (0): or (features):"""

CONV = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias", "padding_mode")
TRANSPOSED = (
    *("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding", "groups", "bias"),
    *("dilation", "padding_mode"),
)
MAXPOOL = ("kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode")
AVGPOOL = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override")
LINEAR = ("in_features", "out_features", "bias")
BATCHNORM = ("num_features", "eps", "momentum", "affine", "track_running_stats", "bias")
UPSAMPLE = ("size", "scale_factor", "mode", "align_corners", "recompute_scale_factor")
IGNORED = {"device", "dtype"}
QUIET = {
    "ReLU": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softmax": "softmax",
    "LogSoftmax": "softmax",
    "Dropout": "dropout",
    "Dropout2d": "dropout",
    "LocalResponseNorm": "lrn",
}
"""Layers without weights that leave every cell where it is; what stands in their brackets does not matter here."""
OTHER_RANKS = re.compile(r"(Lazy)?(Conv|ConvTranspose|MaxPool|AvgPool|AdaptiveAvgPool|BatchNorm)(1d|3d)")

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """A layer, and how many channels or numbers it says that it expects."""

    layer: StackLayer
    expects: int | None = None
    called: str = ""


@dataclass(frozen=True)
class Sequence:
    """What was pasted: the layers, and the names of those that were passed over."""

    given: tuple[Given, ...]
    passed: tuple[str, ...]


def looks_like_code(text: str) -> bool:
    """Whether this is Python rather than a stack in our own notation."""
    return LOOKS_LIKE_CODE.search(text[:MOST_TEXT]) is not None


def read_sequential(text: str) -> Sequence:
    """The layers of the last Sequential in the text; a Refusal where there is none, or it says more than numbers."""
    try:
        reader = Reader()
        reader.module(sequential_in(parsed(text)))
    except Refusal as refusal:
        raise refusal.at("layers") from None
    except RecursionError:
        raise Refusal(words.CODE_UNREADABLE, type="code", loc=("layers",)) from None
    return Sequence(tuple(reader.given), tuple(dict.fromkeys(reader.passed)))


def parsed(text: str) -> ast.Module:
    """The syntax tree, of text that is bounded first: a parser may need much memory for little text."""
    if len(text) > MOST_TEXT:
        refuse(words.CODE_TOO_LONG, value=len(text), most=MOST_TEXT)
    check_nesting(NOT_CODE.sub("0", text))
    try:
        return ast.parse(as_code(text.strip()) + "\n")
    except SyntaxError as error:
        refuse(words.CODE_BROKEN, line=error.lineno or 1, reason=error.msg)
    except (ValueError, RecursionError, MemoryError):
        refuse(words.CODE_UNREADABLE)


def as_code(text: str) -> str:
    """What print(model) shows, as code: no numbers before its layers, and commas between them."""
    if not NUMBERED.search(text):
        return text
    return re.sub(r"\)[ \t]*\n", "),\n", NUMBERED.sub("", text))


def check_nesting(code: str) -> None:
    depth = 0
    for bracket in re.findall(r"[()\[\]{}]", code):
        depth += 1 if bracket in "([{" else -1
        if depth > MOST_NESTING:
            refuse(words.CODE_TOO_DEEP, most=MOST_NESTING)
    if max(map(len, re.split(r"[(),\[\]{}\n;]", code))) > MOST_RUN:
        refuse(words.CODE_UNREADABLE)


def sequential_in(tree: ast.Module) -> ast.Call:
    """The last expression or assignment that calls Sequential; imports may stand before it, and nothing else."""
    found = None
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            continue
        value = statement.value if isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.Call) and name_of(value.func) == "Sequential":
            found = value
        else:
            refuse(words.CODE_OTHER, line=statement.lineno)
    return found if found is not None else refuse(words.CODE_EMPTY)


def name_of(function: ast.expr) -> str:
    """What is called: Conv2d of torch.nn.Conv2d, and a stranger's name in full; nothing where it is no plain name."""
    dotted = ast.unparse(function) if isinstance(function, ast.Attribute | ast.Name) else ""
    plain = re.fullmatch(r"(torch\.nn\.|nn\.|collections\.)?(\w+(\.\w+)*)", dotted)
    return plain[2] if plain else ""


class Reader:
    """Collects layers from nested calls, in their order."""

    def __init__(self) -> None:
        self.given: list[Given] = []
        self.passed: list[str] = []

    def module(self, call: ast.expr) -> None:
        name = name_of(call.func) if isinstance(call, ast.Call) else ""
        if not isinstance(call, ast.Call) or not name:
            refuse(words.CODE_NOT_A_LAYER, text=shown(ast.unparse(call)))
        if name == "Sequential":
            for child in children(call):
                self.module(child)
        elif name != "Identity":
            self.layer(name, call)
        if len(self.given) > MOST_LAYERS:
            refuse(words.CODE_TOO_MANY, most=MOST_LAYERS)

    def layer(self, name: str, call: ast.Call) -> None:
        if OTHER_RANKS.fullmatch(name):
            refuse(words.CODE_RANK, name=name)
        if name in QUIET:
            self.given.append(Given(StackLayer(QUIET[name])))
        elif name in KNOWN:
            names, make = KNOWN[name]
            self.given.append(make(name, bound(name, names, call)))
        else:
            self.passed.append(shown(name))


def children(call: ast.Call) -> list[ast.expr]:
    """The modules of a Sequential, or the values of its OrderedDict."""
    if call.keywords or any(isinstance(argument, ast.Starred) for argument in call.args):
        refuse(words.CODE_STARRED)
    first = call.args[0] if len(call.args) == 1 else None
    if isinstance(first, ast.Call) and name_of(first.func) == "OrderedDict":
        entries = first.args[0] if len(first.args) == 1 and not first.keywords else None
        return ordered(entries)
    return call.args


def ordered(entries: ast.expr | None) -> list[ast.expr]:
    """The values of [("name", layer), …] or {"name": layer, …}."""
    if isinstance(entries, ast.Dict):
        return entries.values
    if isinstance(entries, ast.List | ast.Tuple):
        pairs = entries.elts
        if all(isinstance(pair, ast.Tuple | ast.List) and len(pair.elts) == 2 for pair in pairs):
            return [pair.elts[1] for pair in pairs if isinstance(pair, ast.Tuple | ast.List)]
    refuse(words.CODE_ORDERED)


def bound(name: str, names: tuple[str, ...], call: ast.Call) -> Values:
    """The values of a call by name, as Python binds them."""
    if len(call.args) > len(names):
        refuse(words.CODE_SURPLUS, name=name, most=len(names), given=len(call.args))
    pairs = [*zip(names, call.args, strict=False), *((keyword.arg, keyword.value) for keyword in call.keywords)]
    values: dict[str, Any] = {}
    for key, node in pairs:
        if key is None or isinstance(node, ast.Starred):
            refuse(words.CODE_STARRED)
        if key in IGNORED:
            continue
        if key not in names:
            refuse(words.CODE_KEYWORD, name=name, keyword=shown(key))
        if key in values:
            refuse(words.CODE_TWICE, name=name, keyword=key)
        values[key] = literal(name, key, node)
    return values


def literal(name: str, key: str, node: ast.expr) -> Any:
    """A plain value: a number, a small sum or product of whole numbers, a tuple of these, True, None, a word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | str | None):
        if not isinstance(node.value, int) or abs(node.value) <= MOST_NUMBER:
            return node.value
    elif isinstance(node, ast.Tuple | ast.List) and len(node.elts) <= 3:
        return tuple(literal(name, key, each) for each in node.elts)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = literal(name, key, node.operand)
        if isinstance(value, int | float):
            return -value
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        left, right = literal(name, key, node.left), literal(name, key, node.right)
        if type(left) is type(right) is int and not (isinstance(node.op, ast.FloorDiv) and right == 0):
            value = ARITHMETIC[type(node.op)](left, right)
            if abs(value) <= MOST_NUMBER:
                return value
    refuse(words.CODE_NOT_PLAIN, name=name, keyword=key, text=shown(ast.unparse(node)))


ARITHMETIC: dict[type, Callable[[int, int], int]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.FloorDiv: lambda a, b: a // b,
}


def counts(name: str, key: str, value: Any) -> tuple[int, ...]:
    """One whole number for both axes, or one for each."""
    values = value if isinstance(value, tuple) else (value,)
    if not (1 <= len(values) <= 2 and all(type(each) is int for each in values)):
        refuse(words.CODE_NOT_COUNTS, name=name, keyword=key, text=shown(str(value)))
    return values


def count(name: str, key: str, values: Values) -> int:
    """A whole number that must be there, or have its default."""
    if key not in values:
        refuse(words.CODE_MISSING, name=name, keyword=key)
    (value, *others) = counts(name, key, values[key])
    if others or value < 1:
        refuse(words.CODE_NOT_COUNTS, name=name, keyword=key, text=shown(str(values[key])))
    return value


def settings(name: str, values: Values) -> dict[str, Any]:
    """Kernel, stride, padding, dilation as a StackLayer has them."""
    if "kernel_size" not in values:
        refuse(words.CODE_MISSING, name=name, keyword="kernel_size")
    made: dict[str, Any] = {"kernel": counts(name, "kernel_size", values["kernel_size"])}
    for key in ("stride", "dilation", "output_padding"):
        if values.get(key) is not None:
            made[key] = counts(name, key, values[key])
    padding = values.get("padding", 0)
    if padding == "same":
        made["padding"] = "same"
    elif padding != "valid":
        made["padding"] = tuple((side, side) for side in counts(name, "padding", padding))
    return made


def conv(name: str, values: Values) -> Given:
    groups = count(name, "groups", {"groups": 1, **values})
    kind = "convtranspose" if "Transpose" in name else "conv"
    channels, bias = count(name, "out_channels", values), bool(values.get("bias", True))
    layer = StackLayer(kind, channels=channels, groups=groups, bias=bias, **settings(name, values))
    return Given(layer, expected(name, "in_channels", values), name)


def expected(name: str, key: str, values: Values) -> int | None:
    """What a layer is given, where it does not find that out for itself."""
    return None if name in LAZY else count(name, key, values)


def pool(name: str, values: Values) -> Given:
    kind = "maxpool" if name == "MaxPool2d" else "avgpool"
    return Given(StackLayer(kind, ceil_mode=bool(values.get("ceil_mode", False)), **settings(name, values)))


def adaptive(name: str, values: Values) -> Given:
    size = counts(name, "output_size", values.get("output_size"))
    return Given(StackLayer("globalpool") if set(size) == {1} else StackLayer("adaptivepool", size))


def linear(name: str, values: Values) -> Given:
    layer = StackLayer("linear", channels=count(name, "out_features", values), bias=bool(values.get("bias", True)))
    return Given(layer, expected(name, "in_features", values), name)


def batchnorm(name: str, values: Values) -> Given:
    if not (values.get("affine", True) is values.get("bias", True) is True):
        refuse(words.CODE_AFFINE)
    return Given(StackLayer("batchnorm"), count(name, "num_features", values), name)


def upsample(name: str, values: Values) -> Given:
    factor = values.get("scale_factor")
    if isinstance(factor, float) and factor.is_integer():
        factor = int(factor)
    if values.get("size") is not None or factor is None:
        refuse(words.CODE_UPSAMPLE)
    return Given(StackLayer("upsample", counts(name, "scale_factor", factor)))


def flatten(name: str, values: Values) -> Given:
    if values.get("start_dim", 1) != 1 or values.get("end_dim", -1) not in (-1, 3):
        refuse(words.CODE_FLATTEN)
    return Given(StackLayer("flatten"))


KNOWN: dict[str, tuple[tuple[str, ...], Callable[[str, Values], Given]]] = {
    "Conv2d": (CONV, conv),
    "ConvTranspose2d": (TRANSPOSED, conv),
    "MaxPool2d": (MAXPOOL, pool),
    "AvgPool2d": (AVGPOOL, pool),
    "AdaptiveAvgPool2d": (("output_size",), adaptive),
    "Linear": (LINEAR, linear),
    "BatchNorm2d": (BATCHNORM, batchnorm),
    "Upsample": (UPSAMPLE, upsample),
    "Flatten": (("start_dim", "end_dim"), flatten),
}
LAZY = {f"Lazy{name}": name for name in ("Conv2d", "ConvTranspose2d", "Linear")}
"""The layers that find out for themselves what they are given, which is the first that the others say."""
KNOWN |= {lazy: (KNOWN[name][0][1:], KNOWN[name][1]) for lazy, name in LAZY.items()}


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="code")
