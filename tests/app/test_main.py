"""The routes together: every link leads somewhere, one URL has one answer, and the settings are honoured."""

import json
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urldefrag
from urllib.request import urlopen

import pytest
from hypothesis import Phase, given, settings

from app.http.exact import Exact
from app.main import create_app
from app.operations import OPERATIONS
from app.pages.gallery import worked_scenes
from app.scene.presentation import Presentation
from app.settings import Settings
from tests.app import drawn
from tests.app.direct import Direct
from tests.app.markup import elements
from tests.program import running

TABLE = "/conv2d?x=random:3x5x5:1&w=random:4x3x3x3:1&b=1,2,3,4"
EDGES = "/conv2d?x=1&w=1", "/conv1d?x=1&w=1", "/conv2d?x=zeros:128x128&w=box:15&stride=64&padding=64"
PAGES = [
    "/",
    "/lectures",
    "/conv2d",
    "/conv1d",
    "/embed/conv2d",
    "/embed/conv1d",
    TABLE,
    f"/embed{TABLE}",
    *EDGES,
    "/conv2d?stride=0",
]
LEADING = ("href", "src", "action", "hx-get")


def links(html: str) -> Iterator[str]:
    """Where a page leads: links, scripts, pictures, forms, and what the stage reads."""
    for element in elements(html):
        for name in LEADING:
            target = urldefrag(element.get(name)).url
            if target and not target.startswith("data:"):
                yield target


@pytest.mark.slow
@pytest.mark.parametrize("url", PAGES)
def test_every_link_of_a_page_leads_somewhere(url: str, ask: Direct) -> None:
    found = set(links(ask(url).text))
    assert all(target.startswith("/") for target in found), "nothing is fetched from another host"
    dead = {target: ask(target).status for target in found if ask(target).status != 200}
    assert not dead


@settings(max_examples=15, deadline=None, phases=[Phase.generate])
@given(drawn.addresses())
def test_no_control_of_any_scene_leads_to_a_refusal(ask: Direct, address: tuple[str, drawn.Raw]) -> None:
    """Asked for as JSON, which reads the same scene and is sooner done."""
    html = ask(drawn.path(*address)).text
    scenes = {target for target in links(html) if target.startswith(f"/{address[0]}?")}
    assert scenes
    dead = [target for target in scenes if ask(target.replace("?", ".json?", 1)).status != 200]
    assert not dead


def test_every_worked_scene_opens(ask: Direct) -> None:
    for scene in worked_scenes().values():
        for address in (scene.address, f"/embed{scene.address}"):
            assert ask(address).status == 200


def test_the_front_page_says_what_this_is_in_one_sentence(ask: Direct) -> None:
    (heading,) = [element for element in elements(ask("/").text) if element.tag == "h1"]
    assert heading.text.count(".") == 1


@pytest.mark.parametrize("url", ["/", "/conv2d", "/conv2d?stride=2", "/embed/conv2d", "/conv2d?stride=0"])
def test_the_bytes_do_not_vary_with_what_htmx_says_of_itself(url: str, ask: Direct) -> None:
    headers = {"hx-request": "true", "hx-target": "scene", "hx-boosted": "true", "hx-current-url": "http://x/"}
    asked = ask(url, headers=headers)
    assert asked.body == ask(url).body
    assert "hx" not in asked.headers.get("vary", "").lower()


@pytest.mark.slow
def test_every_route_that_answers_get_answers_head() -> None:
    app = create_app()
    ask = Direct(app)
    paths = [path for path, operations in app.openapi()["paths"].items() if "get" in operations]
    assert {"/", "/conv2d", "/conv2d.json", "/conv1d.events", "/embed/conv1d", "/conv2d.svg"} <= set(paths)
    files = {path.partition(".")[2]: path for path in reversed(paths)}  # one of each kind: some take seconds to make
    for path in [
        *(path for path in paths if path.endswith((".json", ".events")) or "." not in path),
        *files.values(),
        "/healthz",
    ]:
        get, head = ask(path), ask(path, method="HEAD")
        assert head.status == 200, path
        assert head.body == b""
        assert head.headers == get.headers


def test_a_missing_page_says_so_in_the_readers_language(ask: Direct) -> None:
    page, data = ask("/conv4d?x=1"), ask("/conv4d.json?x=1")
    assert (page.status, data.status) == (404, 404)
    assert "There is no page at /conv4d." in unescape(page.text)
    assert data.json()["detail"][0]["msg"] == "There is no page at /conv4d.json."
    assert "<script>" not in ask("/%3Cscript%3E").text


def test_a_method_that_a_page_does_not_answer_is_405_and_names_those_it_does(ask: Direct) -> None:
    answer = ask("/conv2d.json", method="DELETE")
    assert answer.status == 405
    assert answer.headers["allow"]


def test_a_page_can_be_asked_for_by_post_where_its_data_are_too_large_for_a_url(ask: Direct) -> None:
    x = [[[(row * col) % 10 for col in range(100)] for row in range(100)]]
    for path in ("/conv2d", "/embed/conv2d", "/conv2d.json", "/conv2d.events", "/conv2d.svg"):
        assert ask.post(path, {"x": x}).status == 200


@pytest.fixture(scope="module")
def schema(ask: Direct) -> Any:
    return ask("/openapi.json").json()


class TestOpenApi:
    def test_it_is_openapi_3_with_its_own_name_for_every_operation(self, schema: Any) -> None:
        assert str(schema["openapi"]).startswith("3.")
        operations = [operation for path in schema["paths"].values() for operation in path.values()]
        names = [operation["operationId"] for operation in operations]
        assert len(set(names)) == len(names)
        for operation in operations:
            assert operation["responses"]

    def test_every_reference_leads_somewhere(self, schema: Any) -> None:
        for reference in json.dumps(schema).split('"$ref": "')[1:]:
            place = schema
            for step in reference.split('"')[0].removeprefix("#/").split("/"):
                place = place[step]

    @pytest.mark.parametrize("name", OPERATIONS)
    def test_it_lists_every_parameter_with_its_default(self, name: str, schema: Any) -> None:
        wanted = {*OPERATIONS[name].parameters.model_fields, *Presentation.model_fields}
        further = {".svg": {"width", "aspect"}, ".events": {"start", "stop"}}
        for extension in ("", ".json", *further):
            more = further.get(extension, set())
            path = schema["paths"][f"/{name}{extension}"]
            listed = path["get"]["parameters"]
            assert {parameter["name"] for parameter in listed} == wanted | more
            assert all(parameter["in"] == "query" and parameter["schema"] for parameter in listed)
            body = path["post"]["requestBody"]["content"]["application/json"]["schema"]
            assert set(body["properties"]) == wanted | more


class TestSettings:
    @pytest.mark.parametrize(
        ("variable", "value", "query", "field"),
        [
            ("SIDE", 6, "", "x"),
            ("CHANNELS", 2, "x=zeros:3x5x5", "x"),
            ("KERNEL", 2, "", "w"),
            ("FILTERS", 1, "w=sobel-x~~sobel-y", "w"),
            ("STRIDE", 2, "stride=3", "stride"),
            ("PADDING", 0, "padding=1", "padding"),
            ("MULTIPLICATIONS", 224, "", "x"),
            ("NUMBERS", 82, "", "x"),
        ],
    )
    def test_a_limit_from_the_environment_is_honoured(
        self, variable: str, value: int, query: str, field: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(f"CONVSCOPE_MAX_{variable}", str(value))
        detail = Direct(create_app(Settings()))(f"/conv2d.json?{query}").json()["detail"]
        assert detail[0]["loc"] == ["query", field]
        assert str(value) in detail[0]["msg"] or variable == "PADDING"
        monkeypatch.setenv(f"CONVSCOPE_MAX_{variable}", str(value + 1))
        assert Direct(create_app(Settings()))(f"/conv2d.json?{query}").status == 200

    def test_how_much_is_read_is_a_setting_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CONVSCOPE_MAX_URL_BYTES", "300")
        monkeypatch.setenv("CONVSCOPE_MAX_BODY_BYTES", "300")
        ask = Direct(create_app(Settings()))
        assert ask("/conv2d?utm_x=" + "1" * 300).status == 414
        assert ask.post("/conv2d", body=b" " * 301).status == 413

    @pytest.mark.slow
    def test_the_front_page_stands_under_limits_that_its_scenes_pass(self) -> None:
        with running(CONVSCOPE_MAX_SIDE="5") as url, urlopen(url) as answer:
            assert answer.status == 200


def test_routes_are_few_and_named() -> None:
    exact, *others = create_app().routes
    assert isinstance(exact, Exact)
    looked_up = [route for routes in exact.at.values() for route in routes]
    assert all(route.name for route in looked_up)
    tried = [route for route in others if not any(route is each for each in looked_up)]
    assert len(others) - len(tried) == len(looked_up), "the list is whole"
    assert len(tried) < 20, "each is tried in turn"
