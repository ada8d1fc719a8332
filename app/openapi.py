"""What /openapi.json says of the routes, taken from the models that read them."""

from typing import Any

from starlette.responses import Response

from app.presentation import Presentation
from app.scene import Operation

MEDIA = {".json": "application/json", ".events": "text/event-stream", ".svg": "image/svg+xml", "": "text/html"}
PAGING = {name: {"type": "integer", "minimum": 0} for name in ("start", "stop")}


def described(operation: Operation, extension: str, methods: list[str]) -> dict[str, Any]:
    """Keyword arguments for a route: its summary, parameters and answers."""
    schema = {
        **operation.parameters.model_json_schema()["properties"],
        **Presentation.model_json_schema()["properties"],
        **(PAGING if extension == ".events" else {}),
    }
    extra: dict[str, Any] = {"responses": {"422": {"description": "What is wrong, each field with its sentence."}}}
    if "POST" in methods:
        body = {"schema": {"type": "object", "properties": schema, "additionalProperties": False}}
        extra["requestBody"] = {"content": {"application/json": body}}
    else:
        extra["parameters"] = [{"name": name, "in": "query", "schema": part} for name, part in schema.items()]
    return {
        "summary": f"{operation.name}{extension}",
        "operation_id": f"{operation.name}{extension.replace('.', '_')}_{methods[0].lower()}",
        "openapi_extra": extra,
        "responses": {200: {"content": {MEDIA[extension]: {}}}},
        "response_class": Response,
    }
