"""The pages of the shipped networks: the catalogue, one network, two side by side."""

from difflib import get_close_matches
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.address.phrases import shown
from app.address.query import Raw
from app.address.refusal import Refusal
from app.pages.networks import words
from app.pages.networks.addresses import spell_query
from app.pages.networks.catalogue import catalogue
from app.pages.networks.comparison import Compared, compare, shipped
from app.pages.networks.documents import document, entry
from app.pages.networks.listing import listing
from app.pages.networks.own import NAMES, OWN_NAME, Forgotten, read_own
from app.pages.networks.sections import sections
from app.pages.networks.table import table
from app.pages.networks.view import view
from app.pages.receptive_field import question
from app.pages.receptive_field.inputs import MOST_SIDE, spell_input
from app.pages.receptive_field.notation import spell_stack
from app.pages.requests import raw_of
from app.pages.templates import render
from app.text import refusals
from app.text.encoding import dumps
from kernels.network import Network

MOST_ADDRESS = 8_000
"""Bytes of a link to the page of receptive fields, which takes no longer text."""
HTML, JSON = "text/html", "application/json"


async def index(request: Request) -> Response:
    take(await raw_of(request))
    html = render("networks.html", title=words.TITLE, say=words, listing=listing())
    return Response(html, media_type=HTML)


async def index_json(request: Request) -> Response:
    take(await raw_of(request))
    return Response(dumps({"networks": [entry(network) for network in catalogue().values()]}), media_type=JSON)


async def network_page(request: Request) -> Response:
    network = named(request.path_params["name"])
    values = take(await raw_of(request), "part", "unfold")
    part, folds = values.get("part"), not is_on(values, "unfold")
    check_part(network, part)
    address = f"/networks/{network.name}"
    kept = "" if folds else "&unfold=true"
    html = render(
        "network.html",
        title=network.title,
        say=words,
        view=view(network, lambda key: f"{address}?part={quote(key)}{kept}", part, folds=folds),
        between=[words.BETWEEN[kind] for kind in words.BETWEEN if kind in {layer.kind for layer in network.layers}],
        fold_address=f"{address}?unfold=true" if folds else address,
        address=address,
        field_address=field_address(network),
        partner=catalogue()[words.PARTNERS.get(network.name, "vgg16")],
    )
    return Response(html, media_type=HTML)


def field_address(network: Network) -> str:
    """The page on what its units see; empty where an address cannot hold the network, or it has no fields."""
    is_drawn = 2 <= len(network.input) <= 3 and max(network.input[1:]) <= MOST_SIDE
    if network.unknown or not is_drawn or len(network.fields) < len(network.layers):
        return ""
    layers, shape = spell_stack(network.stack), spell_input(network.input)
    asked = {"layers": layers, "input": shape}
    if place := last_that_sees_a_part(network):
        asked["unit"] = place
    address = question.spell(asked)
    return address if len(address) <= MOST_ADDRESS else ""


def last_that_sees_a_part(network: Network) -> str:
    """The place of the last layer whose units do not see the whole input; behind it there is nothing to choose."""
    for layer in reversed(network.layers):
        seen = network.fields.get(layer.place, [])
        if not layer.is_in_place and any(axis.size < size for axis, size in zip(seen, network.input[1:], strict=True)):
            return layer.place
    return ""


async def network_json(request: Request) -> Response:
    network = named(request.path_params["name"])
    take(await raw_of(request))
    return Response(dumps(document(network)), media_type=JSON)


async def compare_page(request: Request) -> Response:
    """Two networks side by side, of which one may be the reader's own, which the address then holds, too."""
    raw = take(await raw_of(request), "a", "b", *NAMES)
    names = {"a": raw.get("a", "vgg16"), "b": raw.get("b", "resnet50")}
    try:
        own = await run_in_threadpool(own_of, raw, names)
    except Forgotten:  # the page of the network sends it again, if it was shown in this window
        return RedirectResponse(f"/networks/own?{spell_query({'graph': raw['graph']})}", status_code=303)
    both = [own if own and name == own.network.name else shipped(chosen(name, field)) for field, name in names.items()]
    html = await run_in_threadpool(comparison_page, *both)
    return Response(html, media_type=HTML)


def comparison_page(one: Compared, other: Compared) -> str:
    return render("network_compare.html", title=words.COMPARE, say=words, both=compare(one, other))


def own_of(raw: dict[str, str], names: dict[str, str]) -> Compared | None:
    """The reader's own network, where it is one of the two; a Refusal where its sums are not known."""
    if OWN_NAME not in names.values():
        return None  # the form carries it along, and another was chosen
    own = read_own({name: text for name, text in raw.items() if name in NAMES and name != "part"})
    if own.listed or own.network.unknown:
        unknown = ", ".join(own.network.unknown) or words.THE_FORWARD
        raise Refusal(words.COMPARE_UNKNOWN.format(names=unknown), type="unknown", loc=("layers",))
    return Compared(own.network, own.address(), lambda key: own.address(part=key), own.query)


def is_on(values: dict[str, str], name: str) -> bool:
    """Whether a switch of the address is on; anything but true and false is refused."""
    text = values.get(name, "false").lower()
    if text not in ("true", "false"):
        raise Refusal(words.NOT_A_SWITCH.format(name=name, text=shown(text)), type="bool_parsing", loc=(name,))
    return text == "true"


async def network_csv(request: Request) -> Response:
    """The counted table of a network as a file."""
    network = named(request.path_params["name"])
    take(await raw_of(request))
    headers = {"Content-Disposition": f'attachment; filename="{network.name}.csv"'}
    return Response(table(network), media_type="text/csv; charset=utf-8", headers=headers)


def take(raw: Raw, *known: str) -> dict[str, str]:
    """The values of a page that takes these names, as text; any other name is refused."""
    for name in raw:
        if name not in known:
            names = words.KNOWN.format(names=", ".join(known)) if known else words.NONE_KNOWN
            raise Refusal(words.UNKNOWN.format(name=shown(name), known=names), type="extra_forbidden", loc=(name,))
    return {name: str(value) for name, value in raw.items()}


def named(name: str) -> Network:
    """The network at this address; a name that nothing has is no page."""
    if name not in catalogue():
        raise HTTPException(404)
    return catalogue()[name]


def chosen(name: str, field: str) -> Network:
    """The network that a field names."""
    if name not in catalogue():
        close = get_close_matches(name, catalogue(), 1)
        hint = refusals.DID_YOU_MEAN.format(name=close[0]) if close else ""
        sentence = words.NO_NETWORK.format(name=shown(name), hint=hint, names=", ".join(catalogue()))
        raise Refusal(sentence, type="unknown_network", loc=(field,))
    return catalogue()[name]


def check_part(network: Network, part: str | None) -> None:
    if part is None:
        return
    keys = [section.key for section in sections(network)]
    if part not in keys:
        sentence = words.NO_PART.format(title=network.title, name=shown(part), names=", ".join(keys))
        raise Refusal(sentence, type="unknown_part", loc=("part",))
