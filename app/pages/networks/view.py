"""A network as its page receives it: a row for each section, and every layer of the chosen one with its formulas."""

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.address.phrases import times
from app.pages.networks import formulas, words
from app.pages.networks.amounts import NARROW, in_bytes, percent
from app.pages.networks.describing import QUIET, describe
from app.pages.networks.layer_scene import layer_scene
from app.pages.networks.picture import share_bar
from app.pages.networks.sections import Section, grouped, sections
from app.pages.networks.skyline import picture
from app.pages.networks.wiring import folded
from kernels.layers import CONVOLUTIONS
from kernels.network import Counted, Network, total

Address = Callable[[str], str]
"""From the key of a section to the page that shows it."""


@dataclass(frozen=True)
class Row:
    """One section in the table."""

    section: Section
    address: str
    shape: str
    memory: str
    field: str
    weights_bar: Markup
    weights_share: str
    work_bar: Markup
    work_share: str
    chosen: bool


@dataclass(frozen=True)
class Detail:
    """One layer of the chosen section, and the quiet ones behind it."""

    path: str
    leaders: Sequence[str]
    """The quiet layers before it, such as a flatten."""
    what: str
    shape: str
    formulas: Sequence[formulas.Formula]
    facts: Sequence[tuple[str, str]]
    followers: Sequence[str]
    scene: tuple[str, str] | None
    """Where its sum is shown, and how; leaving out what cannot be shown."""


@dataclass(frozen=True)
class View:
    network: Network
    picture: Markup
    rows: list[Row]
    headline: list[str]
    totals: list[tuple[str, str, str]]
    """The name of a sum, the sum in every digit, and what it means."""
    chosen: Section
    details: list[Detail]
    can_fold: bool
    """Whether there are blocks alike that the picture draws as one, or would."""
    folds: bool


def view(network: Network, address: Address, part: str | None = None, *, folds: bool = True) -> View:
    """The page of a network with this section open; its first, if none is named."""
    found = sections(network)
    chosen = next((section for section in found if section.key == part), found[0])
    links = {section.key: address(section.key) for section in found}
    return View(
        network=network,
        picture=picture(network, links, chosen.key, folds=folds),
        rows=[row(network, section, links, section is chosen) for section in found],
        headline=headline(network, found),
        totals=totals(network),
        chosen=chosen,
        details=details(network, chosen),
        can_fold=any(group.count > 1 for group in folded(found)),
        folds=folds,
    )


def row(network: Network, section: Section, links: Mapping[str, str], chosen: bool) -> Row:
    sums, whole = section.totals, network.totals
    return Row(
        section=section,
        address=links[section.key],
        shape=times(section.shape),
        memory=in_bytes(sums.memory) if sums.memory else "",
        field=field(network, section.layers[-1]),
        weights_bar=share_bar(sums.parameters, whole.parameters, "tap"),
        weights_share=percent(sums.parameters, whole.parameters),
        work_bar=share_bar(sums.multiplications, whole.multiplications, "product"),
        work_share=percent(sums.multiplications, whole.multiplications),
        chosen=chosen,
    )


def headline(network: Network, found: Sequence[Section]) -> list[str]:
    """Where the weights and the work are: by kind of layer, and the heaviest sections; of a whole network."""
    if network.unknown:
        return []
    convolutions, linear = (total(of_kinds(network, kinds)) for kinds in (CONVOLUTIONS, {"linear"}))
    sentences = []
    if convolutions.weights and linear.weights:
        whole = network.totals
        sentences.append(
            words.BY_KIND.format(
                conv_weights=percent(convolutions.parameters, whole.parameters),
                conv_work=percent(convolutions.multiplications, whole.multiplications),
                linear_weights=percent(linear.parameters, whole.parameters),
                linear_work=percent(linear.multiplications, whole.multiplications),
            )
        )
    if len(found) > 1:
        most = {name: heaviest(found, name) for name in words.HEAVIEST}
        sentences += [words.HEAVIEST[name].format(parts=parts) for name, parts in most.items() if parts]
    return sentences


def of_kinds(network: Network, kinds: Container[str]) -> list[Counted]:
    return [layer for layer in network.layers if layer.kind in kinds]


def heaviest(found: Sequence[Section], name: str) -> str:
    """The section with the largest sum of this name, or all that tie for it; nothing where no section has any."""
    sums = [int(getattr(section.totals, name)) for section in found]
    tied = [section.name for section, each in zip(found, sums, strict=True) if each == max(sums) > 0]
    return words.TIE.format(count=len(tied), names=listed(tied)) if len(tied) > 1 else "".join(tied)


def listed(names: Sequence[str]) -> str:
    """conv1, conv2 and conv3; a name that several sections share stands once."""
    *others, last = [words.SHARED.format(name=name, count=n) if n > 1 else name for name, n in Counter(names).items()]
    return f"{', '.join(others)} {words.AND} {last}" if others else last


def totals(network: Network) -> list[tuple[str, str, str]]:
    """The sums in every digit: all of them, or none where something is unknown."""
    if network.unknown:
        return []
    sums = network.totals
    rows = {name: spelled(getattr(sums, name)) for name in words.TOTALS if name not in ("memory", "peak_memory")}
    rows |= {"memory": in_bytes(sums.memory), "peak_memory": in_bytes(network.peak_memory)}
    return [(label, rows[name], words.MEANINGS[name]) for name, label in words.TOTALS.items()]


def spelled(count: int) -> str:
    """Every digit."""
    return f"{count:,}".replace(",", NARROW)


def details(network: Network, section: Section) -> list[Detail]:
    """Every layer of weight, with the quiet ones around it."""
    first, *others = grouped(section.layers)
    if others and first[0].kind in QUIET:
        leaders = [led(layer) for layer in first]
        return [detail(network, others[0], leaders), *(detail(network, group) for group in others[1:])]
    return [detail(network, group) for group in (first, *others)]


def led(layer: Counted) -> str:
    """A layer before another, with its shape where it changes that."""
    return words.FLATTENED.format(count=layer.shape[0]) if layer.kind == "flatten" else describe(layer)


def detail(network: Network, group: Sequence[Counted], leaders: Sequence[str] = ()) -> Detail:
    """A layer with its formulas; those behind it add theirs, as a batch norm's parameters."""
    layer, *followers = group
    norms = [row for follower in followers for row in formulas.formulas(follower)]
    return Detail(
        path=path(layer),
        leaders=leaders,
        what=describe(layer),
        shape=times(layer.shape),
        formulas=[*formulas.formulas(layer), *((words.OF_NORM, formula) for _, formula in norms)],
        facts=facts(network, layer),
        followers=[describe(follower) for follower in followers],
        scene=layer_scene(layer),
    )


def path(layer: Counted) -> str:
    """Which path of its block a layer is on."""
    _, *inner = layer.place.split(".")
    return words.ON_WHICH_PATH.format(path=inner[0]) if inner else ""


def facts(network: Network, layer: Counted) -> list[tuple[str, str]]:
    """What no formula says."""
    said = []
    if layer.connections:
        said.append((words.CONNECTIONS, spelled(layer.connections)))
    if layer.memory:
        said.append((words.MEMORY, in_bytes(layer.memory)))
    if not layer.is_in_place and (seen := field(network, layer)):
        said.append((words.FIELD, seen))
    return said


def field(network: Network, layer: Counted) -> str:
    """How many input cells a unit sees, as a square; the largest where units differ."""
    seen = network.fields.get(layer.place)
    return times([axis.size for axis in seen]) if seen else ""
