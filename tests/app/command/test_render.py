"""`convscope render`: files of scenes without a server, one or many, and what it says of them."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from app import __main__ as program
from app.command import render
from app.pages.exports.formats import FORMATS
from tests.program import ROOT


def run(*words: str) -> int:
    try:
        program.main(["render", *words])
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 2
    return 0


def test_a_scene_becomes_the_file_that_its_name_asks_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = tmp_path / "figures" / "stride.gif"
    assert run("conv2d?stride=2&width=320&seconds=1", "-o", str(film)) == 0
    assert Image.open(film).size[0] == 320
    assert "stride.gif (" in capsys.readouterr().out


@pytest.mark.parametrize("scene", ["conv2d", "/conv2d", "/embed/conv2d", "http://127.0.0.1:8000/conv2d.svg"])
def test_a_scene_may_be_named_as_on_a_page_or_by_a_whole_link(scene: str, tmp_path: Path) -> None:
    assert run(f"{scene}?stride=2", "-o", str(tmp_path / "a.csv")) == 0
    assert (tmp_path / "a.csv").read_text().count("\ny,") == 9


@pytest.mark.parametrize(
    ("scene", "name", "sentence"),
    [
        ("conv2d?stride=0", "a.svg", "A stride of 0 would never move the window"),
        ("conv9d", "a.svg", "There is no operation “conv9d”"),
        ("conv2d", "a.bmp", "its name should end in one of .svg, .png"),
        ("conv2d?width=9", "a.png", "width must be at least 160"),
    ],
)
def test_what_cannot_be_made_is_a_sentence_and_a_status(
    scene: str, name: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(scene, "-o", str(tmp_path / name)) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_list_makes_many_and_says_which_failed(tmp_path: Path) -> None:
    lines = [
        "# figures",
        "",
        f"'conv2d?x=digit:7&w=sobel-x&step=9' -o {tmp_path / 'a.svg'}",
        f"conv2d?stride=2 -o {tmp_path / 'b.npz'}",
        f"conv2d?stride=0 -o {tmp_path / 'c.svg'}",
    ]
    (tmp_path / "figures.txt").write_text("\n".join(lines))
    words = [sys.executable, "-m", "app", "render", "--from", str(tmp_path / "figures.txt"), "--jobs", "2"]
    said = subprocess.run(words, capture_output=True, text=True)
    assert said.returncode == 1
    assert "2 of 3 made." in said.stdout
    assert "c.svg: A stride of 0" in said.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"figures.txt", "a.svg", "b.npz"}


def test_without_a_file_it_says_what_to_add(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="no file is named; add -o"):
        program.main(["render", "conv2d"])
    with pytest.raises(SystemExit, match="Say which scene"):
        program.main(["render"])


def test_the_bar_grows_where_somebody_looks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    render.show(3, 4, "a.gif")
    said = capsys.readouterr().err
    assert said.count("█") == 18
    assert "3/4 a.gif" in said


def test_the_help_names_every_format_and_its_own_examples_work(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["render", "--help"])
    said = capsys.readouterr().out
    for extension in FORMATS:
        assert extension in said
    paper = (ROOT / "README.md").read_text("utf-8")
    lines = [line.strip().removeprefix(".venv/bin/") for line in (said + paper).splitlines()]
    examples = [shlex.split(line)[2:] for line in lines if line.startswith("convscope render 'conv")]
    assert len(examples) >= 3
    for scene, _, name in examples:
        operation, raw = render.read_scene(scene)
        assert render.format_of(Path(name))
        assert operation == "conv2d"
        assert raw


def test_serve_is_what_the_plain_program_does(monkeypatch: pytest.MonkeyPatch) -> None:
    served = []
    monkeypatch.setattr("uvicorn.run", lambda *words, **options: served.append(options["port"]))
    program.main(["serve", "--port", "8129"])
    program.main(["--port", "8128"])
    assert served == [8129, 8128]
