"""What frames of a film share is drawn once: no pixel is another for it."""

import pytest
from PIL import Image

from app.film.canvas import Canvas, Sides
from app.film.moments import Moments
from app.film.reel import drawing
from app.painters.palette import LIGHT
from app.painters.poster import PLAIN
from app.views.table import view_of
from tests.app.painters.test_poster import scene_at

WIDTH = 500


SCENES = [
    "x=random:6x6:1&w=sobel-x&padding=1",
    "x=random:2x40x40:1&w=box:3",  # pictures, which grow as they are computed
    "x=random:2x3x3:1&w=random:2x2x2x2:1&theme=dark",
    "x=random:3x3:1&w=random:2x2:1&view=scatter&predict=true",
]


@pytest.mark.parametrize("query", SCENES)
def test_a_frame_is_the_same_alone_and_after_all_frames_before_it(query: str) -> None:
    moments, canvas = Moments(view_of(scene_at(query)), LIGHT), Canvas(WIDTH)
    for step in (0, 1, 2, 3, 5, 4, 7):
        for phase in (0.1, 0.5, 0.9, 1):
            drawn = drawing(moments, step, phase, PLAIN)
            assert canvas.draw(drawn).tobytes() == Canvas(WIDTH).draw(drawn).tobytes()


def test_of_a_frame_only_what_has_changed_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window of a large plane goes one cell on, and a veil over all of the plane with it."""
    areas: list[int] = []
    whole = Canvas.drawn

    def drawn(self: Canvas, region: Sides, paper: tuple[int, int, int]) -> Image.Image:
        left, top, right, bottom = region
        areas.append((right - left) * (bottom - top))
        return whole(self, region, paper)

    monkeypatch.setattr(Canvas, "drawn", drawn)
    moments, canvas = Moments(view_of(scene_at("x=random:20x20:1&w=box:3")), LIGHT), Canvas(WIDTH)
    frame = canvas.draw(drawing(moments, 30, 1, PLAIN))
    areas.clear()
    canvas.draw(drawing(moments, 31, 1, PLAIN))
    assert 0 < sum(areas) < frame.width * frame.height / 8


def test_soft_edges_have_few_tones() -> None:
    moments = Moments(view_of(scene_at("x=1,2;3,4&w=1")), LIGHT)
    frame = Canvas(WIDTH).draw(drawing(moments, 3, 1, PLAIN))
    assert len(frame.getcolors(1 << 20)) < 100
