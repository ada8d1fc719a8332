"""Static files travel without their comments, and lose nothing else."""

from pathlib import Path

import pytest

from app.frozen import travelling
from app.paths import build_id, static_folder
from tests.app.direct import Direct

OURS = [
    path
    for kind in ("js", "css")
    for path in sorted(static_folder().rglob(f"*.{kind}"))
    if "vendor" not in path.relative_to(static_folder()).parts
]


def address(path: Path) -> str:
    return f"/static/{build_id()}/{path.relative_to(static_folder()).as_posix()}"


def name_of(path: Path) -> str:
    return path.relative_to(static_folder()).as_posix()


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_every_line_but_a_comment_is_there_at_its_own_number(path: Path) -> None:
    written, sent = path.read_text(encoding="utf-8").split("\n"), travelling(path).split("\n")
    assert len(sent) == len(written)
    for before, after in zip(written, sent, strict=True):
        assert after == before or (after == "" and before.lstrip().startswith(("//", "/*")))


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix == ".js"], ids=name_of)
def test_no_line_of_a_template_looks_like_a_comment(path: Path) -> None:
    """Text between backquotes may run over lines, and there // would be text."""
    text = path.read_text(encoding="utf-8")
    inside = False
    for line in text.split("\n"):
        assert not (inside and line.lstrip().startswith("//"))
        if not line.lstrip().startswith("//"):
            inside ^= line.count("`") % 2 == 1
    assert not inside


@pytest.mark.parametrize("path", [path for path in OURS if path.suffix == ".css"], ids=name_of)
def test_a_comment_of_a_sheet_stands_on_one_line_of_its_own(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").split("\n"):
        assert line.count("/*") == line.count("*/") <= 1


def test_a_script_is_sent_without_its_comments_and_a_stranger_s_with_its_licence(ask: Direct) -> None:
    stage = ask(f"/static/{build_id()}/js/stage.js")
    assert stage.headers["content-type"] == "text/javascript; charset=utf-8"
    assert stage.text == travelling(static_folder() / "js" / "stage.js")
    htmx = static_folder() / "vendor" / "htmx.min.js"
    assert ask(address(htmx)).body == htmx.read_bytes()


def test_the_head_of_a_file_says_how_long_it_is(ask: Direct) -> None:
    url = f"/static/{build_id()}/css/base.css"
    assert ask(url, method="HEAD").headers["content-length"] == ask(url).headers["content-length"]
