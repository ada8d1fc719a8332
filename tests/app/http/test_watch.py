"""What an operator sees of requests: a log in JSON, and measurements, of which no query is a part."""

import json

import pytest
from starlette.testclient import TestClient

from app.http.metrics import kind_of
from app.main import create_app
from app.settings import Settings


def test_the_log_has_a_line_for_each_request_and_nothing_of_its_query(capsys: pytest.CaptureFixture[str]) -> None:
    with TestClient(create_app(Settings(log="json"))) as client:
        body = client.get("/conv2d.json?x=1,2;3,4&w=1").content
        client.get("/conv2d?stride=0")
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert {**first, "time": "", "milliseconds": 0, "bytes": 0} == {
        "time": "",
        "method": "GET",
        "path": "/conv2d.json",
        "status": 200,
        "milliseconds": 0,
        "bytes": 0,
    }
    assert 0 < first["bytes"] <= len(body)
    assert first["milliseconds"] > 0
    assert second["status"] == 422


def test_without_the_setting_nothing_is_logged_or_measured(capsys: pytest.CaptureFixture[str]) -> None:
    with TestClient(create_app(Settings())) as client:
        assert client.get("/metrics").status_code == 404
    assert capsys.readouterr().out == ""


def test_measurements_count_requests_streams_and_kept_answers() -> None:
    with TestClient(create_app(Settings(metrics=True))) as client:
        for address in ("/conv2d.json", "/conv2d.json", "/conv2d.events", "/conv2d?stride=0", "/nowhere"):
            client.get(address)
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    lines = dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    assert lines['convscope_requests_total{kind="json",status="200"}'] == "2.0"
    assert lines['convscope_requests_total{kind="page",status="422"}'] == "1.0"
    assert lines['convscope_requests_total{kind="none",status="404"}'] == "1.0"
    assert lines['convscope_request_seconds_count{kind="events"}'] == "1.0"
    assert lines["convscope_streams_open"] == "0.0"
    assert lines["convscope_answers_kept"] == "2.0"
    assert lines["convscope_answers_found"] == "1.0"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/networks/vgg16", "page"),
        ("/conv2d.svg", "svg"),
        ("/embed/conv2d", "embed"),
        ("/static/1/a.js", "static"),
    ],
)
def test_requests_are_counted_by_kind_however_many_addresses_there_are(path: str, kind: str) -> None:
    assert kind_of(path, 200) == kind
    assert kind_of(path, 404) == "none"
