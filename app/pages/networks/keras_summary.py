"""What Keras's model.summary() prints: names, shapes and parameters, but no kernel, stride or padding.

These follow from the numbers: a convolution's parameters say how many taps its kernel has, and its map how far it
steps. What we then count is held against what is printed, and differences are named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import isqrt, prod
from typing import Literal

from app.address.phrases import shown, times
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.keras_layers import channels_first, settled
from app.pages.networks.sizes import USUAL_SIDES
from app.pages.networks.source import Source
from app.pages.networks.torch_graph import Growing, Map
from app.pages.networks.torch_layers import POINTWISE_NAMES
from kernels.graph import INPUT, Node, input_of, measure
from kernels.layers import UNKNOWN, Misfit, Pairs, Shape, StackLayer
from kernels.stack import as_stack

MOST_TEXT = 100_000
MOST_ROWS = 1_000
MOST_STRIDE = 8
HEADER = re.compile(r"Layer \(type\)|^\s*Model:\s*\"", re.MULTILINE)
RULE = re.compile(r"^[\s│┃┏┓└┘├┤┡┩┼╇┳┴┬╭╮╰╯─━═_=+|\-]*$")
EDGES = "│┃|║ "
SHAPE = re.compile(r"\[?\((?:None|\?|\d+)(?:,\s*(?:None|\d+))*,?\s*\)\]?")
ROW = re.compile(r"^(?P<name>[\w./-]+…?)\s*(?:\((?P<type>[\w]+)…?\)?)?")
SOURCE = re.compile(r"([\w./-]+)\[\d+\]\[\d+\]")
COUNT = re.compile(r"(?<![\w(,\[])\d{1,3}(?:,\d{3})+(?![\w\])])|(?<![\w(,\[.])\d+(?![\w\]),.]|\s*\))")
RGB, GREY = 3, 1
PADDINGS: tuple[Pairs | Literal["same"], ...] = (((0, 0),), "same")


@dataclass
class Row:
    """One layer as it is printed."""

    name: str
    kind: str
    shape: tuple[int | None, ...]
    parameters: int
    reads: list[str]
    line: int


def looks_like_summary(text: str) -> bool:
    """Whether this is a table with Keras's head."""
    return HEADER.search(text[:MOST_TEXT]) is not None and "Param" in text[:MOST_TEXT]


def read_summary(text: str, asked: Shape | None) -> Source:
    """The network of a summary."""
    rows = list(rows_of(text[:MOST_TEXT]))
    if not rows:
        raise Refusal(words.SUMMARY_EMPTY, type="code")
    notes: list[str] = []
    start = asked or input_shape(rows)
    graph = Growing(start)
    maps: dict[str, Map] = {}
    last = Map(-1, start)
    for row in rows:
        if row.kind == "InputLayer":
            maps[row.name] = last = Map(-1, start)
            continue
        sources = [maps[name] for name in row.reads if name in maps] or [last]
        last = put(graph, row, sources, notes)
        maps[row.name] = last
    return Source(words.FOUND_SUMMARY.format(count=len(rows)), as_stack(graph.nodes), start, tuple(notes))


def rows_of(text: str) -> list[Row]:
    """The rows of the table; a cell that is broken over several lines is put together."""
    found: list[Row] = []
    for number, cells in cells_of(text):
        row = read_row(cells, number)
        if row is not None:
            found.append(row)
        elif found:
            go_on(found[-1], " ".join(cells))
        if len(found) > MOST_ROWS:
            raise Refusal(words.CODE_TOO_MANY.format(most=MOST_ROWS), type="code")
    return found


def cells_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row; in a table with ruled lines, all that stands between two of them is one row."""
    waiting: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if re.match(r"(Total|Trainable|Non-trainable|Optimizer) params", bare):
            break
        if HEADER.search(bare):
            continue
        if RULE.match(bare):
            if waiting:
                yield number, waiting
            waiting = []
        elif bare[0] in EDGES:
            cells = [cell.strip() for cell in re.split(r"[│┃║]", bare.strip("│┃║"))]
            pairs = zip_longest(waiting, cells, fillvalue="")
            waiting = [f"{before} {cell}".strip() for before, cell in pairs]
        else:
            yield number, [bare]
    if waiting:
        yield 0, waiting


def read_row(cells: list[str], line: int) -> Row | None:
    """A row that begins here; None where the line goes on with the one before."""
    whole = "  ".join(cells)
    shape, head = SHAPE.search(whole), ROW.match(cells[0])
    if head is None or shape is None:
        return None
    after = whole[whole.index(shape[0]) + len(shape[0]) :]
    count = COUNT.search(after)
    if count is None:
        return None
    sizes = tuple(None if each in ("None", "?") else int(each) for each in re.findall(r"None|\?|\d+", shape[0]))
    kind = head["type"] or ""
    return Row(head["name"], kind, sizes, int(count[0].replace(",", "")), SOURCE.findall(after), line)


def go_on(row: Row, text: str) -> None:
    """A line that goes on with the row before: the rest of a type, or what it is connected to."""
    row.reads += SOURCE.findall(text)
    kind = re.match(r"\(?(\w+)\)", text)
    if kind and not row.kind.endswith(("1D", "2D", "3D")):
        row.kind += kind[1]


def input_shape(rows: list[Row]) -> Shape:
    """The input as a row names it, or as the first layer's numbers say."""
    first = rows[0]
    if first.kind == "InputLayer":
        return known(first)
    made = known(first)
    if first.kind == "Dense":
        inputs, remainder = divmod(first.parameters - made[0], made[0])
        if not remainder and inputs > 0:
            return (inputs,)
    if first.kind.startswith("Conv") and len(made) > 1:
        for channels in (RGB, GREY):
            taps, remainder = divmod(first.parameters - made[0], made[0] * channels)
            side = isqrt(taps)
            if not remainder and side * side == taps and side > 1:
                valid = tuple(size + side - 1 for size in made[1:])
                fits = [shape for shape in (valid, made[1:], tuple(2 * n for n in made[1:])) if shape[0] in USUAL_SIDES]
                return (channels, *(fits or [valid])[0])
    raise Refusal(words.SUMMARY_INPUT.format(name=first.name), type="input", loc=("input",))


def known(row: Row) -> Shape:
    """The printed shape without its batch, channels first."""
    sizes = row.shape[1:]
    if not sizes or None in sizes:
        raise Refusal(words.SUMMARY_OPEN.format(name=row.name), type="input", loc=("input",))
    return channels_first(tuple(size for size in sizes if size is not None))


def put(graph: Growing, row: Row, sources: list[Map], notes: list[str]) -> Map:
    """A layer whose map is the printed one, if there is such a layer."""
    given = sources[0].shape
    layer = None if given is None else fitting(row, given, len(sources))
    if layer is None:
        notes.append(words.SUMMARY_UNKNOWN.format(name=row.name, kind=shown(row.kind or "?")))
        return graph.add(StackLayer(UNKNOWN, called=shown(row.kind or row.name)), sources, name=row.name)
    made = graph.add(layer, sources, name=row.name)
    measured = graph.measured[made.node]
    if layer.kind == "batchnorm" and row.parameters == 2 * measured.parameters:
        notes.append(words.SUMMARY_NORM.format(name=row.name, printed=row.parameters, counted=measured.parameters))
    elif measured.parameters != row.parameters:
        notes.append(words.SUMMARY_DIFFERS.format(name=row.name, printed=row.parameters, counted=measured.parameters))
    if made.shape is not None and None not in row.shape and prod(made.shape) != prod(known(row)):
        said = {"printed": times(known(row)), "counted": times(made.shape)}
        notes.append(words.SUMMARY_SHAPE.format(name=row.name, **said))
    return made


JOINS = {"Add": "add", "Concatenate": "concat", "Multiply": "mul", "Subtract": "add"}


def fitting(row: Row, given: Shape, sources: int) -> StackLayer | None:
    """The layer of this kind that makes the printed map with the printed number of parameters."""
    kind = row.kind
    if kind in JOINS:
        return StackLayer(JOINS[kind]) if sources > 1 else None
    if kind == "Dense":
        outputs = known(row)[0]
        layer = StackLayer("linear", channels=outputs, bias=row.parameters != given[0] * outputs, called=kind)
        return settled(layer, given)
    if kind in ("Dropout", "SpatialDropout2D", "GaussianNoise"):
        return StackLayer("dropout", called=kind)
    if kind in ("Flatten", "Reshape"):
        wanted = known(row)
        return StackLayer("flatten", called=kind) if len(wanted) == 1 else StackLayer("reshape", sizes=wanted)
    if kind == "BatchNormalization":
        return StackLayer("batchnorm", called=kind)
    if kind == "LayerNormalization":
        return StackLayer("layernorm", called=kind)
    if kind in ("Activation", "Rescaling", "Normalization", "RandomFlip", "RandomRotation", "RandomZoom"):
        return StackLayer("scale", called=kind)
    if kind.lower() in POINTWISE_NAMES:
        return StackLayer(POINTWISE_NAMES[kind.lower()], called=kind)
    if kind.startswith("Global"):
        reduced = len(known(row)) == 1
        axes = tuple(range(1, len(given)))
        name = "globalpool" if "Average" in kind else "globalmaxpool"
        return StackLayer("reduce", sizes=axes, keep=False, called=kind) if reduced else StackLayer(name, called=kind)
    return over_space(row, given)


def over_space(row: Row, given: Shape) -> StackLayer | None:
    """A layer with windows: those kernels, strides and paddings are tried that give the printed numbers."""
    wanted, kind = known(row), row.kind
    if len(wanted) != len(given) or len(given) < 2:
        return None
    rank = len(given) - 1
    if kind.startswith("UpSampling"):
        return StackLayer("upsample", tuple(new // old for new, old in zip(wanted[1:], given[1:], strict=True)))
    if kind.startswith("ZeroPadding"):
        spare = [new - old for new, old in zip(wanted[1:], given[1:], strict=True)]
        return StackLayer("pad", padding=tuple((each // 2, each - each // 2) for each in spare))
    for layer in candidates(row, given, wanted, rank):
        made = settled(layer, given)
        try:
            measured = measure_alone(made, given)
        except Misfit:
            continue
        if measured == wanted:
            return made
    return None


def candidates(row: Row, given: Shape, wanted: Shape, rank: int) -> Iterator[StackLayer]:
    """Layers with the printed number of parameters and the printed map, the likeliest first."""
    if "Pool" in row.kind:
        plain = StackLayer("maxpool" if "Max" in row.kind else "avgpool", called=row.kind)
        ratio = tuple(max(old // max(new, 1), 1) for old, new in zip(given[1:], wanted[1:], strict=True))
        shapes = [(kernel, plain, True) for kernel in (ratio, (3,) * rank, (2,) * rank)]
    else:
        shapes = [
            (kernel, layer, has_bias)
            for has_bias in (True, False)
            for kernel, layer in kernels(row, given[0], wanted[0], has_bias, rank)
        ]
    for kernel, plain, has_bias in shapes:
        for padding in PADDINGS:
            axes = zip(given[1:], wanted[1:], kernel, strict=True)
            stride = [stride_of(plain.kind, *axis, is_same=padding == "same") for axis in axes]
            if all(stride):
                yield replace(plain, kernel=kernel, stride=tuple(stride), padding=padding, bias=has_bias)


def stride_of(kind: str, given: int, wanted: int, kernel: int, *, is_same: bool) -> int:
    """The stride that leads from one size to the other; 0 where none does."""
    for stride in range(1, MOST_STRIDE + 1):
        if kind == "convtranspose":
            made = given * stride if is_same else (given - 1) * stride + kernel
        else:
            made = -(-given // stride) if is_same else (given - kernel) // stride + 1
        if made == wanted:
            return stride
    return 0


def kernels(
    row: Row, channels: int, filters: int, has_bias: bool, rank: int
) -> list[tuple[tuple[int, ...], StackLayer]]:
    """The kernels that a convolution with this number of parameters may have."""
    is_deep = row.kind.startswith("Depthwise")
    kind = "convtranspose" if row.kind.endswith("Transpose") else "conv"
    if not row.kind.startswith(("Conv", "Depthwise")):
        return []
    weights = row.parameters - (filters if has_bias else 0)
    taps, remainder = divmod(weights, channels if is_deep else channels * filters)
    if remainder or not 0 < taps <= 10_000:
        return []
    layer = StackLayer(kind, channels=filters, groups=channels if is_deep else 1, called=row.kind)
    if rank == 1:
        return [((taps,), layer)]
    side = round(taps ** (1 / rank))
    if side**rank == taps:
        return [((side,) * rank, layer)]
    pairs = [(n, taps // n) for n in range(1, 65) if taps % n == 0] if rank == 2 else []
    return [(pair, layer) for pair in pairs]


def measure_alone(layer: StackLayer, given: Shape) -> Shape:
    return measure(Node(layer, (INPUT,), "1"), [input_of(given)]).shape
