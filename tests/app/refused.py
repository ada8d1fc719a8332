"""Refusals, read where they are said: in the JSON of a data route, and beside the field of the page."""

from urllib.parse import parse_qsl

from tests.app.direct import Answer, Direct
from tests.app.markup import elements, value_of


class Refused:
    """`refused("stride=0")` is the field and the sentence; that every route says the same is checked on the way."""

    def __init__(self, ask: Direct) -> None:
        self.ask = ask

    def __call__(self, query: str, operation: str = "conv2d") -> tuple[str, str]:
        field, sentence = said(self.ask(f"/{operation}.json?{query}"), "query")
        for extension in ("events", "svg"):
            assert said(self.ask(f"/{operation}.{extension}?{query}"), "query") == (field, sentence)
        for prefix in ("", "/embed"):
            shown = self.ask(f"{prefix}/{operation}?{query}")
            assert shown.status == 422
            assert shown.headers["content-type"].startswith("text/html")
            assert sentence_beside(shown.text, field) == sentence
            keeps(shown.text, query)
        return field, sentence

    def post(self, json: object, operation: str = "conv2d") -> tuple[str, str]:
        return said(self.ask.post(f"/{operation}.json", json), "body")


def said(answer: Answer, place: str) -> tuple[str, str]:
    """The field and the sentence of FastAPI's body."""
    assert answer.status == 422, answer.body[:300]
    assert answer.headers["content-type"] == "application/json"
    first = answer.json()["detail"][0]
    assert set(first) == {"loc", "msg", "type"}
    assert first["loc"][0] == place
    assert len(first["loc"]) > 1, f"the refusal names no field: {first}"
    return first["loc"][1], first["msg"]


def sentence_beside(html: str, field: str) -> str:
    """What the page says of a field, as a screen reader finds it: through aria-describedby."""
    found = elements(html)
    (control,) = [element for element in found if element.get("name") == field and element.get("aria-invalid")]
    (sentence,) = [element.text for element in found if element.get("id") == control.get("aria-describedby")]
    return sentence


def keeps(html: str, query: str) -> None:
    """The form of the refusal holds all that was given, so that one value can be mended and sent again."""
    controls = {element.get("name"): value_of(element) for element in elements(html) if element.get("name")}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        assert name in controls
        assert controls[name] == value or query.count(f"{name}=") > 1
