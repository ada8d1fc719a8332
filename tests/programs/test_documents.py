"""Pages of PDF and documents of TeX, read by pdftotext and pdflatex."""

import subprocess
from pathlib import Path

import pytest

from app.painters.pdf import pdf
from app.painters.reading import read
from app.painters.shapes import Drawing, Words
from app.painters.tikz import tikz
from app.stream.picture import poster
from app.views.table import view_of
from tests import machine
from tests.app.painters.test_documents import QUERIES
from tests.app.painters.test_poster import scene_at


def drawing(query: str) -> Drawing:
    return read(poster(view_of(scene_at(query))))


@machine.needs("pdftotext")
@pytest.mark.parametrize("query", ["", "x=random:3x5x5:1&w=random:2x3x3x3:2&theme=dark", "view=im2col"])
def test_another_program_finds_every_number_of_a_page(query: str, tmp_path: Path) -> None:
    seen = drawing(query)
    (tmp_path / "scene.pdf").write_bytes(pdf(seen))
    found = text_of(tmp_path / "scene.pdf").split()
    written = [shape.text for shape in seen.shapes if isinstance(shape, Words)]
    for number in {text for text in written if text.lstrip("−").isdigit()}:
        assert found.count(number) >= written.count(number)


@machine.needs("pdflatex", "pdftotext")
@pytest.mark.parametrize("query", QUERIES)
def test_tex_makes_one_page_of_a_drawing_without_a_complaint(query: str, tmp_path: Path) -> None:
    (tmp_path / "scene.tex").write_bytes(tikz(drawing(query)))
    words = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "scene.tex"]
    said = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, errors="replace")
    assert said.returncode == 0, said.stdout[-2000:]
    assert "(1 page" in said.stdout
    assert "Missing character" not in said.stdout
    assert "kernel" in text_of(tmp_path / "scene.pdf")


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
