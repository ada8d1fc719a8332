"""Slides opened by LibreOffice: every step is a page that says its numbers."""

import subprocess
from pathlib import Path

from app.operations import OPERATIONS
from app.pages.exports import slides
from app.pages.exports.options import Options
from app.settings import Limits
from app.views.table import read_view
from tests import machine


@machine.needs("soffice", "pdftotext")
def test_libreoffice_shows_a_page_for_each_step_with_its_numbers(tmp_path: Path) -> None:
    view = read_view(OPERATIONS["conv2d"], {"x": "1,2,3;4,5,6;7,8,9", "w": "100,200;300,400"}, Limits())
    (tmp_path / "scene.pptx").write_bytes(slides.pptx(view, Options(), lambda done, total: None))
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    run(tmp_path, "soffice", own, "--headless", "--convert-to", "pdf", "scene.pptx")
    pages = run(tmp_path, "pdftotext", "scene.pdf", "-")
    found = [page for page in pages.split("\f") if page.strip()]
    assert len(found) == 4
    for page, number in zip(found, ("3700", "4700", "6700", "7700"), strict=True):
        assert number in page.split()
    assert "7700" not in found[0]


def run(folder: Path, *words: str) -> str:
    return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True, timeout=300).stdout
