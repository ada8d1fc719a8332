"""A reader's own network: as text, as code, as a printout or in a file, on an input.

What an address can hold is its address, and nothing is stored; a network that is too long for one is shown at once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.address.phrases import shown
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.addresses import spell_query
from app.pages.networks.code.network import read_code
from app.pages.networks.describing import QUIET
from app.pages.networks.kept import KEPT
from app.pages.networks.keras_summary import looks_like_summary, read_summary
from app.pages.networks.likely_input import on_likely_input
from app.pages.networks.onnx.file import ILL_FORMED, read_onnx
from app.pages.networks.printed import looks_printed, read_printed
from app.pages.networks.sizes import MOST_LENGTH, read_size, spell_size
from app.pages.networks.source import Listed, Source
from app.pages.networks.torch_layers import DROPOUT, POINTWISE_NAMES
from app.pages.receptive_field.measuring import check_sizes, misfit_refusal
from app.pages.receptive_field.notation import read_stack, spell_stack
from kernels.cached import cached_property
from kernels.graph import Measured, known_nodes
from kernels.layers import UNKNOWN, Misfit, Shape, StackLayer
from kernels.network import Network, Part
from kernels.stack import Branch, Gate, Item, Residual, Stack, Step, is_made_up, nodes, shown_name

ADDRESS = "/networks/own"
OWN_NAME = "own"
NAMES = ("layers", "input", "passed", "part", "graph")
MOST_PASSED = 12
MOST_QUERY = 7_800
"""Bytes of a query that holds a network; a longer one is kept by its hash."""
HASH = re.compile(r"[0-9a-f]{24}")
PASSED = re.compile(r"[A-Za-z0-9_.:]{1,40}")
LOOKS_LIKE_CODE = re.compile(
    r"\bSequential\s*\(|\bnn\s*\.|\bOrderedDict\s*\(|^\s*(import|from|class|def|model\.add)\b"
    r"|\b(keras|layers)\s*\.|\b(Conv[123][dD]|Linear|Dense|MaxPool\w*|ReLU)\s*\(",
    re.MULTILINE,
)
MOST_TEXT, MOST_LAYERS = 100_000, 4_000
"""Characters and layers of a stack that is posted; an address holds fewer."""
MOST_CELLS = 4_100_000
"""Along all axes of all maps: two thousand layers on a picture of 1,024 × 1,024."""


@dataclass(frozen=True)
class Own:
    """The network, and what must be said about how it was read."""

    network: Network
    found: str = ""
    notes: tuple[str, ...] = ()
    """What an address cannot hold."""
    listed: tuple[Listed, ...] = ()
    """The layers of a printout that says nothing of how they are connected, instead of a graph."""
    passed: tuple[str, ...] = ()

    @cached_property
    def whole(self) -> dict[str, str]:
        """All of it, in its shortest words."""
        values = {"layers": spell_stack(self.network.stack), "input": spell_size(self.network.input)}
        return values | ({"passed": ",".join(self.passed)} if self.passed else {})

    @cached_property
    def query(self) -> dict[str, str]:
        """What an address holds of it, all or its hash: the page repeats it in every link."""
        return self.whole if self.fits_an_address else {"graph": self.hash}

    def address(self, extension: str = "", part: str | None = None) -> str:
        """The address that holds the network, or its hash where it is too long, with one of its parts open."""
        return f"{ADDRESS}{extension}?{spell_query(self.query | ({} if part is None else {'part': part}))}"

    @cached_property
    def fits_an_address(self) -> bool:
        return len(spell_query(self.whole)) <= MOST_QUERY

    @cached_property
    def hash(self) -> str:
        return KEPT.keep(self.network.stack, self.network.input)


def read_own(values: dict[str, str]) -> Own:
    """The network that these fields hold; a Refusal that says what is wrong with which."""
    if "graph" in values:
        return remembered(values["graph"])
    text = values.get("layers", words.OWN_EXAMPLE)
    passed = read_passed(values.get("passed", ""))
    shape = read_size(values["input"]) if values.get("input", "").strip() else None
    try:
        return made(read_source(text, shape), passed)
    except Refusal as refusal:
        raise (refusal if refusal.loc else refusal.at("layers")) from None
    except ILL_FORMED:
        raise Refusal(words.CODE_UNREADABLE, type="code", loc=("layers",)) from None


class Forgotten(Refusal):
    """A network that this server does not have, or has no more."""


def remembered(key: str) -> Own:
    """The network that is kept under this hash."""
    found = KEPT.get(key) if HASH.fullmatch(key) else None
    if found is None:
        raise Forgotten(words.FORGOTTEN, type="forgotten", loc=("graph",))
    stack, shape = found
    return made(Source(words.FOUND_KEPT, stack, shape), ())


def read_file(data: bytes, values: dict[str, str]) -> Own:
    """The network in a file, on its own input if no other is asked for: ONNX, or text of any kind."""
    shape = read_size(values["input"]) if values.get("input", "").strip() else None
    text = as_text(data)
    if text is None:
        return made(read_onnx(data, shape), ())
    try:
        return made(read_source(text, shape), ())
    except Refusal as refusal:
        raise Refusal(str(refusal), type=refusal.type, loc=refusal.loc or ("file",)) from None
    except ILL_FORMED:
        raise Refusal(words.CODE_UNREADABLE, type="code", loc=("file",)) from None


def as_text(data: bytes) -> str | None:
    """The text of a file; None where it is bytes, as an ONNX file is."""
    if b"\0" in data[:4_000] or not data.strip():
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if LOOKS_LIKE_CODE.search(text) or looks_printed(text) or looks_like_summary(text) else None


def read_source(text: str, shape: Shape | None) -> Source:
    """A network in any notation."""
    if looks_like_summary(text):
        return read_summary(text, shape)
    if looks_printed(text):
        return read_printed(text, shape, on_likely_input)
    if LOOKS_LIKE_CODE.search(text):
        return on_likely_input(read_code(text, shape), shape)
    stack = read_stack(text, takes_strangers=True, most_text=MOST_TEXT, most_layers=MOST_LAYERS)
    return Source(words.FOUND_STACK, stack, shape or read_size(words.OWN_INPUT))


def made(source: Source, passed: tuple[str, ...]) -> Own:
    """The network of a source, its sizes bounded; a Refusal where a layer does not fit."""
    graph = nodes(source.stack)
    try:
        known = known_nodes(graph, source.input)
    except Misfit as misfit:
        raise misfit_refusal(misfit, graph) from None
    check_sizes(known.values(), MOST_LENGTH)
    check_cells(known.values())
    if source.stack and not any(node.layer.kind != UNKNOWN for node in graph):
        names = ", ".join(dict.fromkeys(node.layer.called for node in graph))
        raise Refusal(words.NOTHING_KNOWN.format(names=shown(names)), type="code", loc=("layers",))
    facts = {"shows": words.OWN_NOTE}
    strangers = tuple(name for name in passed if not is_harmless(name))
    network = Network(OWN_NAME, words.OWN, source.input, parts_of(source.stack), facts, strangers)
    return Own(network, source.found, source.notes, source.listed, passed)


def check_cells(made: Iterable[Measured]) -> None:
    """Refuse a network whose fields would be too much to follow, cell by cell along each axis."""
    cells = sum(sum(layer.spatial) for layer in made)
    if cells > MOST_CELLS:
        raise Refusal(words.TOO_MANY_CELLS.format(value=cells, most=MOST_CELLS), type="too_large", loc=("input",))


def is_harmless(name: str) -> bool:
    """Whether a layer that an older link passed over is one that holds no weights and moves nothing."""
    return name.lower() in POINTWISE_NAMES or bool(DROPOUT.fullmatch(name))


def read_passed(text: str) -> tuple[str, ...]:
    """The names of layers that an older link says were passed over."""
    names = [name.strip() for name in text[: MOST_PASSED * 50].split(",") if name.strip()]
    for name in names:
        if not PASSED.fullmatch(name):
            raise Refusal(words.NOT_A_NAME.format(text=shown(name)), type="passed", loc=("passed",))
    return tuple(names)


COUNTED = {
    "conv": "conv",
    **dict.fromkeys(("convtranspose", "upsample", "resize", "pixelshuffle"), "up"),
    **dict.fromkeys(
        ("maxpool", "avgpool", "lppool", "globalpool", "globalmaxpool", "adaptivepool", "adaptivemaxpool"), "pool"
    ),
    "linear": "fc",
}
"""What parts are called, with a number behind."""


def parts_of(stack: Stack) -> tuple[Part, ...]:
    """A part for every layer of weight, its quiet followers with it; a flatten goes with what follows.

    Layers whose source has names are parts by the module that they stand in: layer1.0, features.3.
    """
    parts: list[tuple[str, list[Item]]] = []
    numbers: dict[str, int] = {}
    waiting: list[Item] = []
    owner = ""
    for item in stack:
        layer = layer_of(item)
        module = module_of(item)
        if module and module == owner and not waiting:
            parts[-1][1].append(item)
            continue
        if layer is not None and layer.kind in QUIET and not (module and not parts):
            if (layer.kind == "flatten" or waiting or not parts) and not module:
                waiting.append(item)
            elif parts:
                parts[-1][1].append(item)
            continue
        name = module or name_of(item)
        if not name or any(name == each for each, _ in parts):
            base = name or called(item)
            numbers[base] = numbers.get(base, 0) + 1
            name = f"{base}{numbers[base]}" if not name else f"{base} ({numbers[base] + 1})"
        parts.append((name, [*waiting, item]))
        waiting, owner = [], module
    if waiting:
        parts.append((words.LAST_PART, waiting)) if not parts else parts[-1][1].extend(waiting)
    return tuple(Part(name, tuple(items)) for name, items in parts)


def layer_of(item: Item) -> StackLayer | None:
    """The layer of an item that is one."""
    if isinstance(item, Step):
        return item.layer
    return item if isinstance(item, StackLayer) else None


def name_of(item: Item) -> str:
    """What the source calls an item: conv1."""
    layer = layer_of(item)
    if layer is None:
        return ""
    return layer.name or (shown_name(item.name) if isinstance(item, Step) and not is_made_up(item.name) else "")


def module_of(item: Item) -> str:
    """The module that an item stands in: layer1.0 of layer1.0.conv2."""
    owner, dot, _ = name_of(item).rpartition(".")
    return owner if dot else ""


def called(item: Item) -> str:
    if isinstance(item, Branch):
        return "branch"
    if isinstance(item, Residual | Gate):
        return "block"
    layer = layer_of(item)
    assert layer is not None
    return COUNTED.get(layer.kind, words.JOINS.get(layer.kind, layer.kind))
