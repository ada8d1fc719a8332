"""/networks/own: a form for a stack, for code, or for a file, and the page of what was read."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.address.phrases import times
from app.address.refusal import Refusal
from app.pages.failures import STATUS, UNKEPT
from app.pages.networks import words
from app.pages.networks.catalogue import catalogue
from app.pages.networks.comparison import address_of
from app.pages.networks.documents import document, listed_document, listed_totals, unknown_of
from app.pages.networks.forms import Form, read_form
from app.pages.networks.onnx.file import MOST_BYTES, is_installed
from app.pages.networks.own import NAMES, Forgotten, Own, read_file, read_own
from app.pages.networks.pages import HTML, JSON, check_part, field_address, take
from app.pages.networks.sizes import spell_size
from app.pages.networks.table import table
from app.pages.networks.view import view
from app.pages.receptive_field.notation import spell_stack
from app.pages.requests import raw_of
from app.pages.templates import render
from app.settings import Limits
from app.text.encoding import dumps

PREFILLED = "prefilled"
"""The form's field for the input that the page wrote there itself: no reader asked a file to be shown on it."""


async def own_page(request: Request) -> Response:
    """A network as the address holds it; what is wrong with it stands beside the form."""
    raw = await raw_of(request)
    given = {name: str(value) for name, value in raw.items()}
    try:
        values = take(raw, *NAMES)
        own = await run_in_threadpool(read_own, values)
        check_part(own.network, values.get("part"))
    except Forgotten as forgotten:
        return refused({}, forgotten, forgotten=given.get("graph", ""))
    except Refusal as refusal:
        return refused({**given, PREFILLED: given.get("input", "")}, refusal)
    return Response(await run_in_threadpool(page, own, values), media_type=HTML)


async def own_posted(request: Request) -> Response:
    """A form becomes the address that holds the same network; a page at once where no address can."""
    limits: Limits = request.app.state.limits
    form = Form({})
    try:
        form = await posted(request)
        own = await run_in_threadpool(read_posted, form)
        part = form.fields.get("part")
        check_part(own.network, part)
    except Refusal as refusal:
        return refused(form.fields, refusal)
    # A hash would lead to another copy of this server, which does not know it: what only a hash can name is shown here.
    is_a_link = own.fits_an_address and not own.notes and not own.listed
    if is_a_link and len(own.address()) <= limits.url_bytes:
        return RedirectResponse(own.address(part=part), status_code=303, headers=UNKEPT)
    text = form.fields.get("layers", "") if not form.file else ""
    values = {} if part is None else {"part": part}
    return Response(await run_in_threadpool(page, own, values, text), media_type=HTML, headers=UNKEPT)


async def posted(request: Request) -> Form:
    """The form of a request, whichever way it comes."""
    limits: Limits = request.app.state.limits
    return await read_form(request, limits.body_bytes, MOST_BYTES)


def read_posted(form: Form) -> Own:
    """The network in a form: its file, or its text."""
    values = take(form.fields, *NAMES, PREFILLED)
    if form.file and values.get("input") == values.get(PREFILLED):
        values.pop("input", None)
    return read_file(form.file, values) if form.file else read_own(values)


async def own_json(request: Request) -> Response:
    """The same for programs, asked by an address or with the page's form."""
    if request.method == "POST":
        own = await run_in_threadpool(read_posted, await posted(request))
    else:
        own = await run_in_threadpool(read_own, take(await raw_of(request), *NAMES))
    described = await run_in_threadpool(own_document, own)
    return Response(dumps(described), media_type=JSON, headers=UNKEPT if request.method == "POST" else {})


async def own_csv(request: Request) -> Response:
    """The counted table of one's own network as a file."""
    own = await run_in_threadpool(read_own, take(await raw_of(request), *NAMES))
    headers = {"Content-Disposition": 'attachment; filename="network.csv"'}
    return Response(table(own.network), media_type="text/csv; charset=utf-8", headers=headers)


def own_document(own: Own) -> dict[str, Any]:
    listed = listed_document(own.listed) if own.listed else {}
    text = spell_stack(own.network.stack)
    return {**document(own.network), "layers_text": text, "found": own.found, "remarks": own.notes, **listed}


def page(own: Own, values: dict[str, str], text: str = "") -> str:
    """The page of a network; `text` is what was posted, where no address can hold it."""
    shape = spell_size(own.network.input)
    stack = "".join(f"{spell_stack(part.stack)};\n" for part in own.network.parts)
    return render(
        "network_own.html",
        title=words.OWN,
        say=words,
        own=own,
        forgotten="",
        whole="" if own.listed or own.fits_an_address else spell_stack(own.network.stack),
        view=None if own.listed else view(own.network, lambda key: own.address(part=key), values.get("part")),
        part=values.get("part", ""),
        listed=own.listed,
        listed_total=listed_totals(own.listed)["parameters"],
        field_address=field_address(own.network),
        partner=catalogue()[words.OWN_PARTNER],
        compare_address=address_of(own.network, catalogue()[words.OWN_PARTNER], own.query),
        found=found(own),
        unknown=unknown_of(own.listed)[1:] if own.listed else own.network.unknown,
        given={
            "layers": text or values.get("layers") or stack,
            "input": "" if own.listed else shape,
            PREFILLED: "" if own.listed else shape,
            "passed": ",".join(own.passed),
        },
        sentences={},
        reads_onnx=is_installed(),
    )


def found(own: Own) -> str:
    """What was read, and on which input."""
    if own.listed:
        return words.FOUND_LISTED.format(found=own.found)
    return words.FOUND.format(found=own.found, shape=times(own.network.input))


def refused(given: dict[str, str], refusal: Refusal, forgotten: str = "") -> Response:
    """The form with all that was given, and the sentence beside its field; `forgotten` is a hash to be sent again."""
    field = str(refusal.loc[0]) if refusal.loc else ""
    html = render(
        "network_own.html",
        title=words.OWN,
        say=words,
        own=None,
        whole="",
        forgotten=forgotten,
        given={name: given.get(name, "") for name in ("layers", "input", PREFILLED, "passed")},
        sentences={field if field in ("layers", "input", "file") else "": str(refusal)},
        reads_onnx=is_installed(),
    )
    return Response(html, STATUS.get(refusal.type, 422), UNKEPT, media_type=HTML)
