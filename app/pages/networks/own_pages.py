"""/networks/own: a form for a stack, for code, or for a file, and the page of what was read."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.address.refusal import Refusal
from app.pages.failures import STATUS, UNKEPT
from app.pages.networks import words
from app.pages.networks.documents import document
from app.pages.networks.forms import Form, read_form
from app.pages.networks.onnx_file import MOST_BYTES, is_installed
from app.pages.networks.own import NAMES, Own, read_file, read_own
from app.pages.networks.pages import HTML, JSON, check_part, field_address, take
from app.pages.networks.strangers import bound, sentences
from app.pages.networks.view import view
from app.pages.receptive_field.inputs import spell_input
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
    except Refusal as refusal:
        return refused({**given, PREFILLED: given.get("input", "")}, refusal)
    return Response(await run_in_threadpool(page, own, values), media_type=HTML)


async def own_posted(request: Request) -> Response:
    """A form becomes the address that holds the same network; a page at once where no address can."""
    limits: Limits = request.app.state.limits
    form = Form({})
    try:
        form = await read_form(request, limits.body_bytes, MOST_BYTES)
        values = take(form.fields, *NAMES, PREFILLED)
        if form.file and values.get("input") == values.get(PREFILLED):
            values.pop("input", None)
        read = partial(read_file, form.file) if form.file else read_own
        own = await run_in_threadpool(read, values)
    except Refusal as refusal:
        return refused(form.fields, refusal)
    address = own.address()
    if not own.notes and len(address) <= limits.url_bytes:
        return RedirectResponse(address, status_code=303, headers=UNKEPT)
    return Response(await run_in_threadpool(page, own, {}), media_type=HTML, headers=UNKEPT)


async def own_json(request: Request) -> Response:
    """The same for programs."""
    own = await run_in_threadpool(read_own, take(await raw_of(request), *NAMES))
    described = {
        **document(own.network),
        "layers_text": spell_stack(own.network.stack),
        "passed": own.passed,
        "missing": own.network.missing,
        "totals_are": bound(own.network) or words.EXACT,
    }
    return Response(dumps(described), media_type=JSON)


def page(own: Own, values: dict[str, str]) -> str:
    shown = view(own.network, lambda key: own.address(part=key), values.get("part"))
    text = values.get("layers") or "".join(f"{spell_stack(part.stack)};\n" for part in own.network.parts)
    shape = spell_input(own.network.input)
    return render(
        "network_own.html",
        title=words.OWN,
        say=words,
        own=own,
        view=shown,
        field_address=field_address(own.network),
        left_out=sentences(own.network, own.passed),
        given={"layers": text, "input": shape, PREFILLED: shape, "passed": ",".join(own.passed)},
        sentences={},
        reads_onnx=is_installed(),
    )


def refused(given: dict[str, str], refusal: Refusal) -> Response:
    """The form with all that was given, and the sentence beside its field."""
    field = str(refusal.loc[0]) if refusal.loc else ""
    html = render(
        "network_own.html",
        title=words.OWN,
        say=words,
        own=None,
        given={name: given.get(name, "") for name in ("layers", "input", PREFILLED, "passed")},
        sentences={field if field in ("layers", "input", "file") else "": str(refusal)},
        reads_onnx=is_installed(),
    )
    return Response(html, STATUS.get(refusal.type, 422), UNKEPT, media_type=HTML)
