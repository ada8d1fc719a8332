"""The policies that every answer carries, whatever becomes of the request."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.paths import build_id
from app.settings import Settings
from tests.app.direct import Answer, Direct

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'"
)
"""DESIGN.md's words."""
STATIC = f"/static/{build_id()}/js/stage.js"


def answers(ask: Direct) -> Iterator[tuple[str, Answer]]:
    """One answer of every kind."""
    for url in (
        "/",
        "/conv2d",
        "/conv1d.json",
        "/conv2d.events",
        "/conv2d.svg",
        "/healthz",
        "/openapi.json",
        STATIC,
    ):
        yield "200", ask(url)
        yield "200", ask(url, method="HEAD") if url != "/openapi.json" else ask(url)
    for url in ("/", "/conv2d.json", "/conv2d.events"):
        yield "304", ask(url, headers={"if-none-match": ask(url).headers["etag"]})
    for url in ("/nothing", "/conv2d.xyz", "/static/old/js/stage.js", f"/static/{build_id()}/nothing.js"):
        yield "404", ask(url)
    for url in ("/", "/conv2d", "/conv2d.json", STATIC):
        yield "405", ask(url, method="DELETE")
    for url in ("/conv2d?stride=0", "/conv2d.json?stride=0", "/conv2d.events?start=99"):
        yield "422", ask(url)
    yield "414", ask("/conv2d?x=" + "1" * 9000)
    yield "413", ask.post("/conv2d.json", body=b" " * 1_000_001)


def guarded(answer: Answer, policy: str) -> None:
    """Every answer is what it says it is; one that a browser opens as a document is bound by all policies."""
    assert answer.headers["x-content-type-options"] == "nosniff"
    if answer.headers.get("content-type", "").startswith(("text/html", "image/svg+xml")):
        assert answer.headers["content-security-policy"] == policy
        assert answer.headers["referrer-policy"] in ("strict-origin-when-cross-origin", "no-referrer", "same-origin")
        for power in ("camera", "microphone", "geolocation"):
            assert f"{power}=()" in answer.headers["permissions-policy"]


def test_every_answer_carries_its_policies(ask: Direct) -> None:
    for status, answer in answers(ask):
        assert answer.status == int(status)
        guarded(answer, f"{POLICY}; frame-ancestors 'none'")


@pytest.mark.parametrize(
    ("url", "part"), [("/conv2d.svg", "pages.exports.still.poster"), ("/conv2d", "pages.scene.page.stage")]
)
def test_our_own_faults_carry_their_policies_too(url: str, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(f"app.{part}", fail)
    with TestClient(create_app(), raise_server_exceptions=False) as client:
        answer = client.get(url, headers={"origin": "https://deck.example"})
    assert answer.status_code == 500
    assert "Something went wrong on our side." in answer.text
    guarded(Answer(500, answer.headers, answer.content), f"{POLICY}; frame-ancestors 'none'")


def test_the_embedded_stage_may_be_framed_by_anyone(ask: Direct) -> None:
    for url in ("/embed/conv2d", "/embed/conv1d", "/embed/conv2d?stride=0"):
        assert ask(url).headers["content-security-policy"] == POLICY
        assert "x-frame-options" not in ask(url).headers


def test_a_setting_names_the_hosts_that_may_frame_the_stage() -> None:
    ask = Direct(create_app(Settings(frame_ancestors=" https://uni.example   'self' ")))
    assert (
        ask("/embed/conv2d").headers["content-security-policy"]
        == f"{POLICY}; frame-ancestors https://uni.example 'self'"
    )
    assert ask("/conv2d").headers["content-security-policy"] == f"{POLICY}; frame-ancestors 'none'"


@pytest.mark.parametrize(
    "url", ["/conv2d.json", "/conv1d.events", "/conv2d.svg", STATIC, "/conv2d.json?stride=0", "/conv2d.xyz"]
)
def test_any_origin_may_read_data_and_static_files(url: str, ask: Direct) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(url, headers={"origin": "https://deck.example"}, method=method)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


def test_a_304_may_be_read_by_any_origin_too(ask: Direct) -> None:
    headers = {"origin": "https://deck.example", "if-none-match": ask("/conv2d.json").headers["etag"]}
    answer = ask("/conv2d.json", headers=headers)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (304, "*")


@pytest.mark.parametrize("url", ["/conv2d.json", "/conv2d.events", "/conv2d.svg"])
def test_a_browser_on_another_site_may_post_json_and_resume_a_stream(url: str, ask: Direct) -> None:
    asked = {"origin": "https://deck.example", "access-control-request-method": "POST"}
    asked["access-control-request-headers"] = "content-type, last-event-id"
    answer = ask(url, headers=asked, method="OPTIONS")
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    allowed = answer.headers["access-control-allow-headers"].lower()
    assert "content-type" in allowed
    assert "last-event-id" in allowed
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_answer_sets_a_cookie(ask: Direct) -> None:
    assert not [answer for _, answer in answers(ask) if "set-cookie" in answer.headers]


def test_nothing_on_a_page_needs_what_its_policy_forbids(ask: Direct) -> None:
    for url in ("/", "/conv2d", "/conv1d", "/embed/conv2d", "/conv2d?stride=0", "/nothing"):
        html = ask(url).text
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert "javascript:" not in html
        for script in html.split("<script")[1:]:
            assert " src=" in script.split(">")[0], "an inline script would not run"


def test_the_camera_is_for_pictures_alone_and_a_setting_forbids_it(ask: Direct) -> None:
    def policy(asked: Direct, path: str) -> str:
        return asked(path).headers["permissions-policy"].split(",")[0]

    forbidding = Direct(create_app(Settings(webcam=False)))
    for path in ("/pictures", "/embed/pictures"):
        assert policy(ask, path) == "camera=(self)"
        assert policy(forbidding, path) == "camera=()"
    assert policy(ask, "/conv2d") == "camera=()"
    assert 'data-webcam="off"' in forbidding("/pictures?w=box").text
