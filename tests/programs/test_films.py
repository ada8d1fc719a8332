"""Films and notebooks in programs that are not ours: ffprobe, tesseract, Jupyter."""

import io
import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from app.film.gif import gif
from app.film.moments import Moments
from app.film.reel import Reel, drawing, reel
from app.operations import OPERATIONS
from app.painters.palette import LIGHT
from app.painters.poster import PLAIN
from app.painters.shapes import Words
from app.settings import Limits
from app.views.table import read_view
from tests import machine
from tests.program import ROOT


def film(width: int) -> Reel:
    view = read_view(OPERATIONS["conv2d"], {"x": "1,2,3;4,5,6;7,8,9", "w": "100,200;300,400"}, Limits())
    return reel(view, LIGHT, PLAIN, width, 3)


@machine.needs("ffprobe")
def test_ffprobe_finds_a_film_that_every_player_plays(tmp_path: Path) -> None:
    pytest.importorskip("av")
    from app.film.mp4 import mp4

    made = film(641)
    (tmp_path / "scene.mp4").write_bytes(mp4(made.frames()))
    words = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", "scene.mp4"]
    said = json.loads(subprocess.run(words, cwd=tmp_path, capture_output=True, check=True).stdout)
    (stream,) = said["streams"]
    assert (stream["codec_name"], stream["pix_fmt"], stream["width"]) == ("h264", "yuv420p", 642)
    lasting = sum(tick.milliseconds for tick in made.ticks) / 1000
    assert float(said["format"]["duration"]) == pytest.approx(lasting, abs=0.2)


@machine.needs("tesseract")
def test_the_results_of_a_frame_are_read_by_eyes_that_are_not_ours(tmp_path: Path) -> None:
    made = film(1600)
    opened = Image.open(io.BytesIO(gif(made.frames(), LIGHT)))
    opened.seek(opened.n_frames - 1)  # type: ignore[attr-defined]
    drawn = drawing(Moments(made.view, LIGHT), 3, 1, PLAIN)
    last, scale = opened.convert("L"), 1600 / drawn.width
    for number in ("3700", "4700", "6700", "7700"):
        place = next(shape for shape in drawn.shapes if isinstance(shape, Words) and shape.text == number)
        x, y, size = place.x * scale, place.y * scale, place.runs[0].size * scale
        cell = last.crop((int(x - 1.35 * size), int(y - 0.95 * size), int(x + 1.35 * size), int(y + 0.25 * size)))
        cell.resize((cell.width * 3, cell.height * 3)).save(tmp_path / "cell.png")
        words = ["tesseract", "cell.png", "-", "--psm", "7", "-c", "tessedit_char_whitelist=0123456789"]
        said = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        assert said.strip() == number


def test_a_scene_shows_itself_in_a_notebook_that_jupyter_runs(tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    export = pytest.importorskip("nbconvert").HTMLExporter
    cell = 'from app.notebook import Scene\nScene("conv2d", x=[[1, 2], [3, 4]], w=[[100]])'
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    client.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    page, _ = export().from_notebook_node(notebook)
    assert 'sandbox="allow-scripts" srcdoc="' in page
    assert "conv-stage" in page
