"""Whatever is thrown at a route, it answers: never a 5xx, and a refusal names its field."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.operations import OPERATIONS
from app.scene.presentation import Presentation
from tests.app import drawn
from tests.app.direct import Answer, Direct

ROUTES = ("/{}.json", "/{}.events", "/{}.svg", "/{}", "/embed/{}")
OPERATION = st.sampled_from(sorted(OPERATIONS))
NAMES = [*OPERATIONS["conv2d"].parameters.model_fields, *Presentation.model_fields, "start", "stop", "utm_x", "bogus"]
TOKENS = [*",;~!:.-+/x%", ";;", "~~", "0", "1", "2", "7", "64", "65", "128", "999999999", "1e999", "1e308", "nan"]
TOKENS += ["seven", "x-bits", "row", "digit", "random", "ramp", "zeros", "impulse", "checker", "box", "gaussian"]
TOKENS += ["sobel-x", "u8", "f32", "AAEC", "same", "valid", "full", "true", "false", "reflect", "circular", "relu"]
TOKENS += ["3x3", "2x3x3", "1/9", "[", "]", "[[1,2],[3,4]]", "{", '"', "null", "%FF", "%00", "%ED%A0%80", "%D9%A3", " "]
VALUE = st.lists(st.sampled_from(TOKENS), max_size=8).map("".join)
QUERY = st.one_of(
    st.lists(st.tuples(st.sampled_from(NAMES), VALUE).map("=".join), max_size=6).map("&".join).map(str.encode),
    st.tuples(
        drawn.addresses().map(lambda address: drawn.path(*address).partition("?")[2]), st.sampled_from(NAMES), VALUE
    ).map(lambda parts: f"{parts[0]}&{parts[1]}={parts[2]}".encode()),
    st.binary(max_size=120).map(lambda raw: raw.replace(b"#", b"")),
)
SCALAR = st.one_of(
    VALUE, st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.text()
)
NESTED = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
)
BODY = st.one_of(
    st.dictionaries(st.sampled_from(NAMES), NESTED, max_size=5).map(lambda raw: json.dumps(raw).encode()),
    NESTED.map(lambda raw: json.dumps(raw).encode()),
    st.binary(max_size=80),
)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def sound(answer: Answer, path: str, place: str) -> None:
    """A good answer, or a refusal that says what is wrong and where."""
    assert answer.status in (200, 413, 414, 422), answer.body[:500]
    if answer.status == 200:
        return
    if "." not in path:
        assert answer.headers["content-type"].startswith("text/html")
        return
    for entry in answer.json()["detail"]:
        assert entry["loc"][0] == place
        assert entry["msg"]
        about_the_whole_body = entry["type"] in ("json_invalid", "dict_type")
        assert len(entry["loc"]) > 1 or about_the_whole_body or answer.status != 422, entry


@pytest.mark.parametrize("route", ROUTES)
@MANY
@given(OPERATION, QUERY)
def test_any_query_is_answered_or_refused_at_its_field(route: str, ask: Direct, operation: str, query: bytes) -> None:
    path = route.format(operation)
    sound(ask(path.encode() + b"?" + query), path, "query")


@pytest.mark.parametrize("route", ROUTES)
@MANY
@given(OPERATION, BODY)
def test_any_body_is_answered_or_refused_at_its_field(route: str, ask: Direct, operation: str, body: bytes) -> None:
    path = route.format(operation)
    sound(ask.ask("POST", path, {}, body), path, "body")


@MANY
@given(st.binary(max_size=60))
def test_any_path_is_answered(ask: Direct, path: bytes) -> None:
    decoded = path.decode("utf-8", "replace").replace("?", "")
    assert ask(f"/{decoded}").status in (200, 404, 405, 422, 307)


@MANY
@given(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30))
def test_any_last_event_id_is_answered(ask: Direct, id: str) -> None:
    assert ask("/conv2d.events", headers={"last-event-id": id}).status in (200, 422)
