"""Heavy scenes wait for one another, and never for long."""

import asyncio
from threading import Event

import pytest

from app.address.refusal import Refusal
from app.stream import lane
from app.stream.lane import Lane
from tests.app.direct import Direct

HEAVY = "/conv2d.json?x=random:1x128x128:{}"


def test_a_scene_waits_for_its_turn_and_the_next_one_is_asked_to_come_again() -> None:
    async def test() -> None:
        narrow, ended = Lane("narrow", width=1), Event()
        first = asyncio.create_task(narrow.call(10, ended.wait))
        second = asyncio.create_task(narrow.call(10, lambda: "second"))
        while not (narrow.running and narrow.waiting):
            await asyncio.sleep(0)
        assert (narrow.running, narrow.waiting) == (1, 1)
        with pytest.raises(Refusal, match="Many large scenes"):
            await narrow.call(0.01, lambda: "third")
        ended.set()
        assert await first
        assert await second == "second"
        assert (narrow.running, narrow.waiting) == (0, 0)

    asyncio.run(test())


@pytest.mark.parametrize("address", ["/conv2d.json", "/conv2d.events", "/conv2d", "/embed/conv2d", "/conv2d.png"])
def test_a_crowd_is_answered_with_when_to_come_again(
    address: str, fresh: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(Lane):
        async def turn(self, *_: object) -> None:
            raise Refusal(lane.words.CROWDED, type="busy")

    monkeypatch.setattr(lane, "HEAVY", Full("full", width=1))
    assert fresh("/conv2d.json?x=1,2;3,4&w=1").status == 200
    answer = fresh(f"{address}?x=random:1x128x128:5")
    assert answer.status == 503
    assert answer.headers["retry-after"] == "5"
    assert "Many large scenes are being computed" in answer.text
