"""Large answers are compressed beside the event loop, and say what they are."""

import gzip

import brotli
import pytest

from app.http import packing
from app.http.packing import LARGE
from tests.app.direct import Direct

LARGE_SCENE = "/conv2d.json?x=random:1x128x128:1&w=random:3x1x3x3:1"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("address", [LARGE_SCENE, "/conv2d?x=random:1x128x128:1", "/conv2d.json"])
def test_the_same_is_read_from_every_compression(address: str, encoding: str, ask: Direct) -> None:
    plain, packed = ask(address), ask(address, headers={"accept-encoding": encoding})
    assert packed.headers["content-encoding"] == encoding
    assert packed.headers["vary"] == "Accept-Encoding"
    assert UNPACK[encoding](packed.body) == plain.body


def test_a_large_answer_says_how_long_it_is(fresh: Direct) -> None:
    head = fresh(LARGE_SCENE, method="HEAD", headers={"accept-encoding": "br"})
    answer = fresh(LARGE_SCENE, headers={"accept-encoding": "br"})
    assert answer.headers["content-length"] == head.headers["content-length"] == str(len(answer.body))


def test_only_what_is_large_takes_a_thread(fresh: Direct, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []

    async def in_a_thread(pack: object, body: bytes) -> bytes:
        sizes.append(len(body))
        return b"packed"

    monkeypatch.setattr(packing, "run_in_threadpool", in_a_thread)
    for address in ("/conv2d.json", "/conv2d.events", LARGE_SCENE, "/conv2d.png"):
        fresh(address, headers={"accept-encoding": "br"})
        fresh(address)
    (size,) = sizes
    assert size > LARGE
