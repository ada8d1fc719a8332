"""Films opened by programs that are not ours: each frame is what was drawn for it."""

import io
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from app.film.gif import Colours, gif
from app.film.reel import Reel, reel
from app.film.webp import webp
from app.operations import OPERATIONS
from app.painters.palette import DARK, LIGHT
from app.painters.poster import PLAIN
from app.settings import Limits
from app.views.table import read_view
from tests.program import ROOT

SCENES = [("conv2d", {"x": "1,2,3;4,5,6;7,8,9", "w": "1,-2"}), ("conv_transpose2d", {"x": "1,2;3,4", "theme": "dark"})]


def film(operation: str, raw: dict[str, str], width: int = 400) -> Reel:
    view = read_view(OPERATIONS[operation], dict(raw), Limits())
    return reel(view, DARK if raw.get("theme") == "dark" else LIGHT, PLAIN, width, 3)


def frames(data: bytes) -> Iterator[tuple[np.ndarray, int]]:
    opened = Image.open(io.BytesIO(data))
    for number in range(opened.n_frames):  # type: ignore[attr-defined]
        opened.seek(number)
        yield np.asarray(opened.convert("RGB")).astype(int), opened.info["duration"]


def distinct(made: Reel) -> list[np.ndarray]:
    drawn = [np.asarray(image).astype(int) for image, _ in made.frames()]
    return [now for before, now in zip([None, *drawn], drawn, strict=False) if before is None or (now != before).any()]


@pytest.mark.parametrize(("operation", "raw"), SCENES)
def test_webp_is_the_film_pixel_by_pixel(operation: str, raw: dict[str, str]) -> None:
    made = film(operation, raw)
    found = list(frames(webp(made.frames())))
    for (seen, _), drawn in zip(found, distinct(made), strict=True):
        np.testing.assert_array_equal(seen, drawn)
    assert sum(lasting for _, lasting in found) == pytest.approx(sum(t.milliseconds for t in made.ticks), abs=2)


@pytest.mark.parametrize(("operation", "raw"), SCENES)
def test_gif_is_the_film_in_its_palette(operation: str, raw: dict[str, str]) -> None:
    made = film(operation, raw)
    data = gif(made.frames(), made.palette)
    found = list(frames(data))
    for (seen, _), drawn in zip(found, distinct(made), strict=True):
        apart = np.abs(seen - drawn).max(axis=2)
        assert apart.max() <= 60  # softened edges of letters have the nearest tone
        assert (apart > 0).mean() < 0.07  # cells, outlines and paper have their own
    assert sum(lasting for _, lasting in found) == pytest.approx(sum(t.milliseconds for t in made.ticks), abs=10)


def test_every_cell_of_a_gif_has_the_colour_of_its_number() -> None:
    """The last frame beside the numbers, without our own drawing between them."""
    made = film("conv2d", {"x": "ramp:4x4", "w": "1,0;0,-1", "b": "9"}, 640)
    *_, (seen, _) = frames(gif(made.frames(), made.palette))
    tones = {tuple(pixel) for pixel in seen.reshape(-1, 3)[::7].tolist()}
    output, paper = (np.array([int(LIGHT[name][i : i + 2], 16) for i in (1, 3, 5)]) for name in ("output", "paper"))
    shade = 0.1 + 0.42  # all nine results are 4, so each has the full tone
    wanted = output * shade + paper * (1 - shade)
    assert any(np.abs(np.array(tone) - wanted).max() <= 1 for tone in tones)


def test_a_five_by_five_film_is_small() -> None:
    view = read_view(OPERATIONS["conv2d"], {"x": "random:5x5:1", "w": "sobel-x"}, Limits())
    made = reel(view, LIGHT, PLAIN, 800, None)
    assert len(gif(made.frames(), LIGHT)) <= 400_000


def test_colours_that_fill_an_area_are_kept_exactly_until_the_palette_is_full() -> None:
    colours = Colours(LIGHT)
    many = np.repeat(np.arange(1, 400, dtype=np.uint32) * 7919, 50)
    numbers = colours.index(many)
    assert colours.count == 256
    exact = colours.colours[numbers].astype(np.uint32)
    kept = (exact[:, 0] | exact[:, 1] << 8 | exact[:, 2] << 16) == many
    assert len(np.unique(many[kept])) > 100


def test_a_server_that_asks_whether_it_could_make_an_mp4_does_not_load_what_makes_it() -> None:
    said = "import sys; from app.film.mp4 import is_there; is_there(); sys.exit('av' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], cwd=ROOT, check=False).returncode == 0


def test_an_mp4_plays_as_long_as_its_film() -> None:
    av = pytest.importorskip("av")
    from app.film.mp4 import mp4

    made = film(*SCENES[0], 401)
    with av.open(io.BytesIO(mp4(made.frames()))) as file:
        pictures = [frame.to_ndarray(format="rgb24").astype(int) for frame in file.decode(video=0)]
        assert file.duration / 1000 == pytest.approx(sum(t.milliseconds for t in made.ticks), rel=0.15)
    assert pictures[0].shape[1] == 402
    drawn = [np.asarray(image) for image, _ in made.frames()]
    assert np.abs(pictures[-1][: drawn[-1].shape[0], :401] - drawn[-1]).mean() < 6
