"""Static files travel without their comments and their indentation, and lose nothing else."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.http.frozen import Frozen, travelling
from app.paths import build_id, static_folder
from tests.app.direct import Direct
from tests.each import each

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


@each("path", OURS, name_of)
def test_every_line_but_a_comment_is_sent_at_its_own_number(ask: Direct, path: Path) -> None:
    written, sent = path.read_text(encoding="utf-8").split("\n"), ask(address(path)).text.split("\n")
    assert len(sent) == len(written)
    for before, after in zip(written, sent, strict=True):
        assert after == before.lstrip() or (after == "" and before.lstrip().startswith(("//", "/*")))


KEPT = {
    "template.js": "const note = `one\n// two\n`\n",
    "nested.js": "const note = `one ${`two\n// three`\n} four`\n",
    "stray.js": 'const tick = "`"\nconst note = `one\n// two\n`\n',
    "string.js": 'const note = "one \\\n  two"\n',
    "comment.css": "/* one\n/* two */\nbody { color: red; }\n",
    "rule.css": "/* one */ body { color: red; } /* two */\n",
}
"""Files with a line that begins like a comment, or is indented, and where that is text."""


@pytest.mark.parametrize(("name", "written"), KEPT.items(), ids=KEPT)
def test_what_only_looks_like_a_comment_or_an_indentation_is_sent(tmp_path: Path, name: str, written: str) -> None:
    (tmp_path / name).write_text(written, encoding="utf-8")
    assert TestClient(Frozen(directory=tmp_path)).get(f"/{name}").text == written


@pytest.mark.parametrize("note", ["// one", "// an `odd", "  // two // three"])
def test_a_comment_of_a_script_is_left_out_whatever_stands_in_it(tmp_path: Path, note: str) -> None:
    (tmp_path / "script.js").write_text(f"{note}\nconst a = `${{b}}/c` // kept\n", encoding="utf-8")
    assert TestClient(Frozen(directory=tmp_path)).get("/script.js").text == "\nconst a = `${b}/c` // kept\n"


@each("path", OURS, name_of)
def test_no_file_of_ours_has_to_travel_with_its_comments(ask: Direct, path: Path) -> None:
    for line in ask(address(path)).text.split("\n"):
        assert not line.lstrip().startswith(("//", "/*"))


def test_a_script_is_sent_without_its_comments_and_a_stranger_s_with_its_licence(ask: Direct) -> None:
    stage = ask(f"/static/{build_id()}/js/stage.js")
    assert stage.headers["content-type"] == "text/javascript"
    assert stage.text == travelling(static_folder() / "js" / "stage.js")
    htmx = static_folder() / "vendor" / "htmx.min.js"
    assert ask(address(htmx)).body == htmx.read_bytes()


def test_the_head_of_a_file_says_how_long_it_is(ask: Direct) -> None:
    url = f"/static/{build_id()}/css/base.css"
    assert ask(url, method="HEAD").headers["content-length"] == ask(url).headers["content-length"]
