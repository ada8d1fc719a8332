"""How `python -m app` starts, and the sentences with which it does not."""

import socket

import pytest

from app import __main__ as program
from app.settings import settings


@pytest.fixture(autouse=True)
def never_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(*args: object, **options: object) -> None:
        raise AssertionError("the server was started")

    monkeypatch.setattr("uvicorn.run", serve)


def test_a_port_in_use_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"port {port}: another program already listens there"):
            program.main(["--port", str(port)])


def test_a_setting_that_is_no_number_is_named_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVSCOPE_MAX_SIDE", "many")
    settings.cache_clear()
    with pytest.raises(SystemExit, match="side: Input should be a valid integer"):
        program.main([])


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "65536"], ["--port", "x"], ["--workers", "0"]])
def test_a_number_out_of_range_is_refused_with_its_range(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        program.main(arguments)
    assert f"{arguments[1]} is not a whole number from 1 to" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://localhost:80"), ("::1", "http://[::1]:80")],
)
def test_the_address_that_is_shown_opens_in_a_browser(host: str, shown: str) -> None:
    assert program.url(host, 80) == shown
