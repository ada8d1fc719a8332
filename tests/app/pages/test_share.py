"""Share and /for-lecturers: every link, every snippet and every command, run."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from types import ModuleType, SimpleNamespace
from urllib.parse import quote

import pytest
from markdown_it import MarkdownIt

from app.main import create_app
from app.operations import OPERATIONS
from app.pages.exports.formats import FORMATS
from app.pages.gallery import worked_scenes
from app.pages.share.code import MOST
from app.settings import Settings
from tests import machine
from tests.app.direct import Direct
from tests.app.markup import Element, elements
from tests.program import ROOT

BASE = "http://testserver"
PAGES = ["/conv2d?stride=2&b=1", "/max_pool2d", "/learn?x=x-bits", "/networks/vgg16", "/compare", "/laws"]


def panel(ask: Direct, page: str, base: str = BASE, **options: str) -> list[Element]:
    more = "".join(f"&{name}={value}" for name, value in options.items())
    answer = ask(f"/share?url={quote(base + page, safe='')}{more}")
    assert answer.status == 200
    return elements(answer.text)


def snippet(found: list[Element], name: str) -> str:
    return unescape(next(each.text for each in found if each.get("data-snippet") == name))


def reached(ask: Direct, address: str) -> int:
    assert address.startswith(BASE)
    return ask(unescape(address).removeprefix(BASE)).status


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_address_of_the_panel_leads_somewhere(page: str, ask: Direct) -> None:
    found = panel(ask, page, title="A%20title")
    links = [each.get("href") for each in found if each.tag == "a" and each.get("href").startswith("http")]
    inputs = [each.get("value") for each in found if each.tag == "input" and each.get("value").startswith("http")]
    assert {f"{BASE}{page}", f"{BASE}/present{page}"} <= set(inputs)
    assert {reached(ask, address) for address in links + inputs} == {200}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["reveal", "moodle", "canvas", "web"])
def test_a_frame_to_paste_has_a_fixed_size_and_loads_at_once(page: str, name: str, ask: Direct) -> None:
    pasted = elements(snippet(panel(ask, page, theme="dark", size="huge"), name))
    frame = next(each for each in pasted if each.tag == "iframe")
    source = frame.get("data-src" if name == "reveal" else "src")
    assert source.startswith(f"{BASE}/embed{page.split('?')[0]}?")
    assert {"theme=dark", "size=1.75"} <= set(source.split("?")[1].split("&"))
    assert ("deck=reveal" in source) == (name == "reveal")
    assert reached(ask, source) == 200
    assert (frame.get("width"), frame.get("height")) == ("960", "540")
    assert "loading" not in frame.attributes
    assert frame.get("title")
    for image in (each for each in pasted if each.tag == "img"):
        assert reached(ask, image.get("src")) == 200


def test_a_frame_allows_the_camera_where_its_page_needs_it(ask: Direct) -> None:
    for page, allowed in (("/pictures", "camera; fullscreen"), ("/conv2d", "fullscreen")):
        (frame,) = elements(snippet(panel(ask, page), "web"))
        assert frame.get("allow") == allowed


def test_quarto_takes_what_reveal_takes_in_a_block_of_its_own(ask: Direct) -> None:
    found = panel(ask, PAGES[0])
    fence, *inner, end = snippet(found, "quarto").split("\n")
    assert (fence, end) == ("```{=html}", "```")
    assert "\n".join(inner) == snippet(found, "reveal")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["powerpoint", "google", "keynote", "word"])
def test_what_takes_no_frames_gets_a_picture_and_the_address_to_which_it_leads(name: str, ask: Direct) -> None:
    html = ask(f"/share?url={quote(BASE + PAGES[0], safe='')}").text
    part = html.split(f'data-snippet="{name}"')[1].split("</div>")[0]
    files = [each.get("href") for each in elements(part) if each.tag == "a"]
    assert files
    assert snippet(panel(ask, PAGES[0]), name) == f"{BASE}/present{PAGES[0]}"
    assert {reached(ask, address) for address in files} == {200}


@pytest.mark.parametrize("page", [*PAGES, "/lectures"])
def test_markdown_becomes_a_link_and_where_there_is_one_a_picture(page: str, ask: Direct) -> None:
    found = elements(MarkdownIt().render(snippet(panel(ask, page), "markdown")))
    (link,) = [each.get("href") for each in found if each.tag == "a"]
    assert unescape(link) == f"{BASE}{page}"
    for image in (each for each in found if each.tag == "img"):
        assert reached(ask, image.get("src")) == 200


@pytest.mark.slow
@machine.needs("pdflatex")
def test_latex_compiles_to_a_figure_that_leads_to_the_page(ask: Direct, tmp_path: Path) -> None:
    page = "/conv2d?x=1,2~3,4&w=1~1&b=1&indices=1"
    text = snippet(panel(ask, page, title="A%20title"), "latex")
    picture = re.search(r"\{([\w-]+\.pdf)\}", text)
    assert picture
    (tmp_path / picture[1]).write_bytes(ask(page.replace("?", ".pdf?")).body)
    source = rf"""\pdfcompresslevel=0\pdfobjcompresslevel=0\documentclass{{article}}\usepackage{{graphicx,hyperref}}
\begin{{document}}{text}\end{{document}}"""
    (tmp_path / "slide.tex").write_text(source)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "slide.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    assert f"/URI({BASE}{page})".encode() in (tmp_path / "slide.pdf").read_bytes()


@pytest.mark.parametrize("page", PAGES)
def test_a_notebook_shows_the_frame(page: str, ask: Direct, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, dict[str, int]]] = []
    display = SimpleNamespace(IFrame=lambda source, **size: shown.append((source, size)))
    monkeypatch.setitem(sys.modules, "IPython", ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    exec(snippet(panel(ask, page), "jupyter"), {})
    ((source, size),) = shown
    assert size == {"width": 960, "height": 540}
    assert reached(ask, source) == 200


def test_all_formats_of_a_scene_are_listed_from_their_table(ask: Direct) -> None:
    html = ask(f"/share?url={quote(BASE + PAGES[0], safe='')}").text
    listed = elements(html.split("data-formats")[1].split("</ul>")[0])
    assert [each.text for each in listed if each.tag == "a"] == list(FORMATS)


def test_a_link_that_is_too_long_for_a_code_says_so(ask: Direct) -> None:
    def code(length: int) -> list[Element]:
        page = "/conv2d?x="
        return panel(ask, page + "1" * (length - len(BASE + page)))

    assert any(each.tag == "svg" and each.get("class") == "qr" for each in code(MOST))
    assert not any(each.get("class") == "qr" for each in code(MOST + 1))
    said = next(each.text for each in code(MOST + 1) if "data-no-code" in each.attributes)
    assert "272 bytes" in said
    assert "271" in said
    assert any("data-no-code" in each.attributes for each in panel(ask, "/conv2d", base=""))


@pytest.mark.parametrize(
    "query", ["", "url=/nothing", "url=conv2d", "url=//elsewhere.example/conv2d/x", "url=/conv2d&x=1"]
)
def test_what_is_no_page_of_ours_is_not_shared(query: str, ask: Direct) -> None:
    assert ask(f"/share?{query}").status == 422


def test_a_public_address_stands_in_every_snippet(ask: Direct) -> None:
    public = Direct(create_app(Settings(public_url="https://convscope.example")))
    html = public("/share?url=http%3A//127.0.0.1%3A8000/conv2d%3Fstride%3D2").text
    assert "127.0.0.1:8000" not in html
    assert "https://convscope.example/embed/conv2d?stride=2" in html


@pytest.mark.parametrize(
    "path", ["/", "/conv2d", "/learn", "/networks", "/lectures", "/for-lecturers", "/networks/own"]
)
def test_every_page_leads_to_its_panel(path: str, ask: Direct) -> None:
    (link,) = [each.get("href") for each in elements(ask(path).text) if "data-share" in each.attributes]
    assert ask(link).status == 200


@pytest.mark.slow
def test_every_link_for_lecturers_leads_somewhere_and_every_command_is_the_readmes(ask: Direct) -> None:
    found = elements(ask("/for-lecturers").text)
    links = {each.get("href").replace(" ", "%20") for each in found if each.tag == "a" and each.get("href")[0] == "/"}
    assert {address: status for address in links if (status := ask(address).status) != 200} == {}
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = [each.text for each in found if "data-command" in each.attributes]
    assert commands
    assert all(command in readme for command in commands)


@pytest.mark.slow
def test_every_worked_scene_has_two_questions_for_the_room_which_its_notes_repeat(ask: Direct) -> None:
    html = unescape(ask("/for-lecturers").text)
    for scene in worked_scenes().values():
        assert len(scene.ask) == 2
        for question in scene.ask:
            assert question.endswith("?")
            assert question in html
            assert question in unescape(ask(f"/present{scene.address}").text)


def test_every_operation_can_be_shared(ask: Direct) -> None:
    for name in OPERATIONS:
        assert snippet(panel(ask, f"/{name}"), "web")
