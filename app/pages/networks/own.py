"""A reader's own network: a stack as text, as code or in a file, on an input, as an address holds it.

The page is its address, and nothing is stored. A file is shown on its own input, unless the reader writes another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import quote

from app.address.phrases import shown, times
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.describing import QUIET
from app.pages.networks.onnx_file import read_onnx
from app.pages.networks.sequential import Given, looks_like_code, read_sequential
from app.pages.networks.strangers import missing
from app.pages.receptive_field.inputs import read_input, spell_input
from app.pages.receptive_field.measuring import measured
from app.pages.receptive_field.notation import read_stack, spell_stack
from app.pages.receptive_field.question import BARE
from kernels.network import Network, Part
from kernels.stack import KINDS, Branch, Item, Residual, Shape, Stack, StackLayer

ADDRESS = "/networks/own"
NAMES = ("layers", "input", "passed", "part")
MOST_PASSED = 12
MOST_TEXT = 8_000
WRITABLE = (*KINDS, "branch", "residual")
NO_SLIPS = frozenset({"elu", "gelu", "selu", "celu", "silu", "prelu", "rrelu", "relu6", "leakyrelu"})
"""PyTorch's layers whose names are nearly those of ours."""
ALIKE = 0.8
ITEM = re.compile(r"(^\s*|[;|(]\s*)([A-Za-z_]\w*)(?!\w*\s*=)\s*(\([^()]*\))?")
"""What may be a layer: a name at the beginning, or behind a mark, with what stands in its brackets."""
PASSED = re.compile(r"[A-Za-z0-9_.:]{1,40}")
UNSPOKEN = re.compile(r"[^A-Za-z0-9_.:]")
"""What a name in an address is spared."""


@dataclass(frozen=True)
class Own:
    """The network, and the layers of its source that are not in it."""

    network: Network
    passed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What an address cannot hold."""

    @cached_property
    def query(self) -> str:
        """All of it as the shortest query: the page repeats it in every link."""
        values = {"layers": spell_stack(self.network.stack), "input": spell_input(self.network.input)}
        return spelled(values | ({"passed": ",".join(self.passed)} if self.passed else {}))

    def address(self, extension: str = "", part: str | None = None) -> str:
        """The address that holds the network, with one of its parts open."""
        return f"{ADDRESS}{extension}?{self.query}" + ("" if part is None else "&" + spelled({"part": part}))


def spelled(values: dict[str, str]) -> str:
    return "&".join(f"{name}={quote(text, safe=BARE)}" for name, text in values.items())


def read_own(values: dict[str, str]) -> Own:
    """The network that these fields hold; a Refusal that says what is wrong with which."""
    text = values.get("layers", words.OWN_EXAMPLE)
    passed = read_passed(values.get("passed", ""))
    if not looks_like_code(text):
        known, strangers = without_strangers(text) if len(text) <= MOST_TEXT else (text, [])
        stack = read_stack(known)
        return made(stack, read_input(values.get("input", words.OWN_INPUT)), (*passed, *strangers))
    found = read_sequential(text)
    if not found.given:
        raise Refusal(words.NOTHING_KNOWN, type="code", loc=("layers",))
    # Spelled and read again, so that pasted code keeps to the same bounds as a stack.
    stack = read_stack(spell_stack(tuple(given.layer for given in found.given)))
    shape = read_input(values["input"]) if "input" in values else default_shape(stack, found.given)
    check_expected(stack, shape, found.given)
    return made(stack, shape, (*passed, *found.passed))


def without_strangers(text: str) -> tuple[str, list[str]]:
    """A stack without the layers that nobody here knows, and their names; what may be a slip stays, to be refused."""
    strangers: list[str] = []

    def sifted(found: re.Match[str]) -> str:
        name = found[2].lower()
        if name in WRITABLE or (name not in NO_SLIPS and get_close_matches(name, WRITABLE, 1, ALIKE)):
            return found[0]
        strangers.append(found[2])
        return found[1]

    known = ITEM.sub(sifted, text)
    if not strangers:
        return text, []
    return re.sub(r"([(|])\s*;+|;(\s*;)+", lambda found: found[1] or ";", known).strip("; \n"), strangers


def read_file(data: bytes, values: dict[str, str]) -> Own:
    """The network in an ONNX file, on its own input if no other is asked for."""
    found = read_onnx(data)
    stack = read_stack(spell_stack(found.stack))
    shape = read_input(values.get("input", spell_input(found.input)))
    own = made(stack, shape, found.passed)
    weights = sum(layer.measured.weights for layer in own.network.layers if layer.kind != "batchnorm")
    if weights == found.weights:
        return own
    return replace(own, notes=(words.ONNX_DIFFERS.format(file=found.weights, stack=weights),))


def made(stack: Stack, shape: Shape, passed: tuple[str, ...] = ()) -> Own:
    measured(stack, shape)  # refuses what does not fit, with a sentence
    names = list(dict.fromkeys(UNSPOKEN.sub("_", name)[:40] for name in passed))
    # What is missing is never the name that is dropped: without it a part would be shown as the whole.
    kept = sorted(names, key=lambda name: name not in missing(names))[:MOST_PASSED]
    facts = {"shows": words.OWN_NOTE}
    network = Network("own", words.OWN, shape, parts_of(stack), facts, missing(kept))
    return Own(network, tuple(name for name in names if name in kept))


def default_shape(stack: Stack, given: Sequence[Given]) -> Shape:
    """As many channels as the first layer expects, on a picture of the usual size."""
    channels = next((each.expects for each in given if each.layer.kind == "conv" and each.expects), None)
    _, *sides = read_input(words.OWN_INPUT)
    return (channels or 3, *sides)


def check_expected(stack: Stack, shape: Shape, given: Sequence[Given]) -> None:
    """Refuse a layer that says it expects another number of channels than it is given, as PyTorch would."""
    for layer, source in zip(measured(stack, shape), given, strict=True):
        actual = layer.inputs[0][0]
        if source.expects not in (None, actual):
            sentence = words.EXPECTS_NUMBERS if layer.layer.kind == "linear" else words.EXPECTS_CHANNELS
            if source is given[0] and len(shape) == 3:
                sentence = words.EXPECTS_INPUT
            sentence = sentence.format(
                name=source.called,
                place=layer.place,
                expected=source.expects,
                given=actual,
                input=times(shape),
                fitting="x".join(map(str, (source.expects, *shape[1:]))),
            )
            raise Refusal(sentence, type="expects", loc=("layers",))


def read_passed(text: str) -> tuple[str, ...]:
    """The names of layers that a link says were passed over."""
    names = [name.strip() for name in text[: MOST_PASSED * 50].split(",") if name.strip()]
    for name in names:
        if not PASSED.fullmatch(name):
            raise Refusal(words.NOT_A_NAME.format(text=shown(name)), type="passed", loc=("passed",))
    return tuple(names)


COUNTED = {
    "conv": "conv",
    "convtranspose": "up",
    "upsample": "up",
    "maxpool": "pool",
    "avgpool": "pool",
    "globalpool": "pool",
    "adaptivepool": "pool",
    "linear": "fc",
}
"""What parts are called, with a number behind."""


def parts_of(stack: Stack) -> tuple[Part, ...]:
    """A part for every layer of weight, its quiet followers with it; a flatten goes with what follows."""
    parts: list[tuple[str, list[Item]]] = []
    numbers: dict[str, int] = {}
    waiting: list[Item] = []
    for item in stack:
        if isinstance(item, StackLayer) and item.kind in QUIET:
            if item.kind == "flatten" or waiting or not parts:
                waiting.append(item)
            else:
                parts[-1][1].append(item)
            continue
        base = called(item)
        numbers[base] = numbers.get(base, 0) + 1
        parts.append((f"{base}{numbers[base]}", [*waiting, item]))
        waiting = []
    if waiting:
        parts.append((words.LAST_PART, waiting)) if not parts else parts[-1][1].extend(waiting)
    return tuple(Part(name, tuple(items)) for name, items in parts)


def called(item: Item) -> str:
    if isinstance(item, Branch):
        return "branch"
    return "block" if isinstance(item, Residual) else COUNTED[item.kind]
