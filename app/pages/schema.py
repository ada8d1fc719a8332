"""/openapi.json: what the routes take and give, from the models that read them."""

from typing import Any

from app.operations import OPERATIONS
from app.pages.exports.formats import FORMATS
from app.pages.exports.options import Options
from app.pages.frames.table import FRAMED
from app.pages.framing import PREFIXES, Framing
from app.pages.gap.task import GapParameters
from app.pages.inception.task import InceptionParameters
from app.pages.laws import page as laws
from app.pages.learn.fields import LearnParameters
from app.pages.lenet.drawing import FIELDS as DRAWING
from app.pages.previews import PICTURES
from app.pages.residual.task import ResidualParameters
from app.pages.round_trip import page as round_trip
from app.scene.operation import Operation
from app.scene.presentation import Presentation
from app.text import page as words

MEDIA = {
    ".json": "application/json",
    ".events": "text/event-stream",
    **{extension: made.media for extension, made in FORMATS.items()},
    "": "text/html",
}
FURTHER = {
    "/lectures": ("",),
    "/compare": ("", ".json"),
    "/learn": ("", ".json", ".events"),
    "/there-and-back": ("", ".json"),
    "/laws": ("", ".json"),
    "/residual": ("", ".json"),
    "/inception": ("", ".json"),
    "/gap": ("", ".json"),
    "/receptive-field": ("", ".json"),
    "/networks": ("", ".json"),
    "/networks/lenet5/live": ("", ".json", ".events"),
    "/networks/lenet5/live/occlusion": (".json",),
    "/networks/lenet5/live/saliency": (".json",),
    "/networks/lenet5/live/patches": (".json",),
}
"""The pages beyond one scene, and their extensions."""
FIELDS = {
    "/compare": ("a", "b"),
    "/learn": tuple(LearnParameters.model_fields),
    "/there-and-back": tuple(round_trip.DEFAULTS),
    "/laws": laws.FIELDS,
    "/residual": tuple(ResidualParameters.model_fields),
    "/inception": tuple(InceptionParameters.model_fields),
    "/gap": tuple(GapParameters.model_fields),
    "/receptive-field": ("layers", "input", "unit", "picture", "seed"),
    "/networks/lenet5/live": tuple(DRAWING),
    "/networks/lenet5/live/occlusion": tuple(DRAWING),
    "/networks/lenet5/live/saliency": (*DRAWING, "target"),
    "/networks/lenet5/live/patches": ("layer", "unit"),
}
PAGING = {name: {"type": "integer", "minimum": 0} for name in ("start", "stop")}
VERSION = "3.1.0"


def schema() -> dict[str, Any]:
    """The OpenAPI document of all operations' representations."""
    paths: dict[str, Any] = {"/": {"get": answer("front", "text/html")}}
    for operation in OPERATIONS.values():
        for prefix, extension in (*(("", extension) for extension in MEDIA), *((prefix, "") for prefix in PREFIXES)):
            paths[f"{prefix}/{operation.name}{extension}"] = representation(operation, extension, prefix)
    for path, extensions in FURTHER.items():
        for extension in (*extensions, *(PICTURES if path in FRAMED else ())):
            paths[path + extension] = page(path, extension)
    info = {"title": words.SITE, "summary": words.PROMISE, "version": "1"}
    return {"openapi": VERSION, "info": info, "paths": paths}


def representation(operation: Operation, extension: str, prefix: str) -> dict[str, Any]:
    """One path: the same parameters in the address, or as a JSON body."""
    own = operation.parameters.model_json_schema()["properties"]
    shown = Presentation.model_json_schema()["properties"]
    framed = Framing.model_json_schema()["properties"] if prefix else {}
    fields = {**framed, **shown, **own, **(PAGING if extension == ".events" else {}), **options_of(extension)}
    name = f"{prefix.strip('/')}_{operation.name}{extension}".strip("_").replace(".", "_")
    body = {"schema": {"type": "object", "properties": fields, "additionalProperties": False}}
    query = [{"name": field, "in": "query", "schema": part} for field, part in fields.items()]
    return {
        "get": {**answer(f"{name}_get", MEDIA[extension]), "parameters": query},
        "post": {
            **answer(f"{name}_post", MEDIA[extension]),
            "requestBody": {"content": {"application/json": body}},
        },
    }


def options_of(extension: str) -> dict[str, Any]:
    """What a format may be asked besides the scene."""
    taken = FORMATS[extension].options if extension in FORMATS else ()
    known = Options.model_json_schema()["properties"]
    return {name: known[name] for name in taken}


def page(path: str, extension: str) -> dict[str, Any]:
    """A page beyond one scene: what it may be asked, as text."""
    names = (*FIELDS.get(path, ()), *(("width", "aspect", "theme") if extension in PICTURES else ()))
    query = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
    name = (path + extension).strip("/").translate(str.maketrans("/.-", "___"))
    return {"get": {**answer(f"{name}_get", MEDIA[extension]), "parameters": query}}


def answer(name: str, media: str) -> dict[str, Any]:
    return {
        "operationId": name,
        "responses": {
            "200": {"description": "The scene.", "content": {media: {}}},
            "422": {"description": "What is wrong, each field with its sentence."},
        },
    }
