"""What frames of a film share is drawn once: no pixel is another for it."""

from app.film.canvas import Canvas
from app.film.moments import Moments
from app.film.reel import drawing
from app.painters.palette import LIGHT
from app.painters.poster import PLAIN
from app.views.table import view_of
from tests.app.painters.test_poster import scene_at

WIDTH = 500


def test_a_frame_is_the_same_alone_and_after_all_frames_before_it() -> None:
    moments, canvas = Moments(view_of(scene_at("x=random:6x6:1&w=sobel-x&padding=1")), LIGHT), Canvas(WIDTH)
    for step in range(12):
        for phase in (0.1, 0.5, 0.9, 1):
            drawn = drawing(moments, step, phase, PLAIN)
            frame = canvas.draw(drawn)
            assert frame.tobytes() == Canvas(WIDTH).draw(drawn).tobytes()
    assert canvas.rows


def test_soft_edges_have_few_tones() -> None:
    moments = Moments(view_of(scene_at("x=1,2;3,4&w=1")), LIGHT)
    frame = Canvas(WIDTH).draw(drawing(moments, 3, 1, PLAIN))
    assert len(frame.getcolors(1 << 20)) < 100
