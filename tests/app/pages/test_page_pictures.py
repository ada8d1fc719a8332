"""The picture of every page that marks one, as a file: what the page draws, complete in itself."""

import io
from xml.etree import ElementTree

import pytest
from PIL import Image
from starlette.testclient import TestClient

from app.main import create_app
from app.pages.exports.page_picture import Found, matches, picture_of, rules_of, styled
from app.pages.frames.table import FRAMED
from app.pages.previews import PHOTOGRAPHS, preview_of
from app.painters.palette import LIGHT
from app.painters.poster import PLAIN
from app.settings import Settings
from tests.app.painters.test_poster import complete

PAGES = sorted(path.replace("{name}", "vgg16") for path in FRAMED)


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_every_page_with_a_picture_has_it_as_a_file_complete_in_itself(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}.svg?theme=dark")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    found = ElementTree.fromstring(answer.content)
    for element in found.iter():
        for name, value in element.attrib.items():
            assert "var(" not in value, (path, name, value)
            assert name not in ("style", "class")
            assert not name.endswith("href") or value.startswith("data:image/png;base64,")
    if path == PHOTOGRAPHS:
        return  # its PNG is the photograph itself
    picture = Image.open(io.BytesIO(client.get(f"{path}.png?width=500").content))
    assert picture.size[0] == 500
    assert len(picture.convert("RGB").getcolors(500 * 2000) or []) > 20


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/compare.svg", ">31<"),
        ("/learn.svg", ">9<"),
        ("/networks/vgg16.svg", ">224<"),
        ("/receptive-field.svg", "7 cells"),
        ("/linear-classifier.svg?target=3", ">template of 3<"),
        ("/pictures.svg", ">Result D<"),
        ("/pictures.svg?w=box:3", ">Picture<"),
    ],
)
def test_a_picture_says_what_its_page_says(client: TestClient, address: str, number: str) -> None:
    assert number in client.get(address).text


def test_what_a_page_refuses_its_picture_refuses_with_the_same_sentence(client: TestClient) -> None:
    answer = client.get("/learn.svg?iterations=x")
    assert answer.status_code == 422
    assert "iterations must be a whole number" in answer.json()["detail"][0]["msg"]
    assert client.get("/networks/nothing.png").status_code == 404
    assert client.get("/receptive-field.svg?layers=nothing").status_code == 422


def test_the_running_network_is_drawn_with_the_digit_that_the_link_names(client: TestClient) -> None:
    three, eight = (client.get(f"/networks/lenet5/live.svg?x=digit:{digit}").text for digit in (3, 8))
    assert three != eight
    assert ">C3</text>" in three
    complete(ElementTree.fromstring(three))


def test_rules_of_the_style_sheets_become_attributes_the_stronger_ones_last() -> None:
    svg = (
        '<svg class="cone" viewBox="0 0 9 9"><g class="line" data-line="0"><text class="name" data-x>a</text></g></svg>'
    )
    root = styled(Found(svg, (), ""), ("receptive",), LIGHT)
    (name,) = root.iter("{http://www.w3.org/2000/svg}text")
    assert name.attrib == {"fill": LIGHT["input"], "font-size": "13.5", "font-weight": "650"}
    assert rules_of(("receptive",))


def test_a_part_of_a_selector_names_a_tag_classes_and_attributes() -> None:
    names = ("rect", frozenset({"a", "b"}), {"data-line": "0"})
    assert matches("rect", names)
    assert matches(".a.b", names)
    assert matches('[data-line="0"]', names)
    assert not matches("path.a", names)
    assert not matches(".c", names)
    assert not matches('[data-line="1"]', names)


def test_what_a_page_hides_and_its_icons_are_no_pictures() -> None:
    html = (
        '<title>T</title><main><div data-picture><figure><svg viewBox="0 0 90 50"><rect width="9" height="9"/></svg>'
        "<figcaption>What <b>it</b> is</figcaption></figure>"
        '<button><svg viewBox="0 0 20 20"><rect width="5" height="5"/></svg></button></div>'
        '<svg viewBox="0 0 400 400"><rect width="400" height="400"/></svg></main>'
    )
    drawn = picture_of(html, {}, LIGHT, PLAIN)
    assert drawn is not None
    assert b"What it is" in drawn
    assert drawn.count(b"<rect") == 2
    assert picture_of("<main><p>Nothing</p></main>", {}, LIGHT, PLAIN) is None


def test_photographs_and_tables_of_numbers_are_drawn_with_their_names() -> None:
    photograph = io.BytesIO()
    Image.new("L", (96, 96), 50).save(photograph, "PNG")
    html = (
        '<div data-picture><img src="/a.png?x=1" alt=""><span>Result A</span><img src="/elsewhere.png" alt="no">'
        "<figure><table><tr><td>−1</td><td>0</td></tr></table><figcaption>the kernel</figcaption></figure></div>"
    )
    drawn = picture_of(html, {"/a.png?x=1": photograph.getvalue()}, LIGHT, PLAIN)
    assert drawn is not None
    assert drawn.count(b"<image") == 1
    for said in ("Result A", "the kernel", ">−1<", ">0<"):
        assert said in drawn.decode()


def test_the_preview_of_a_question_about_photographs_does_not_answer_it() -> None:
    assert preview_of("/pictures") == "/pictures.png?w=1"
    assert preview_of("/pictures?w=box:3") == "/pictures.png?w=box:3"
    assert preview_of("/learn?step=2", 640) == "/learn.png?step=2&width=640"


def test_a_link_is_shown_with_its_picture_where_the_server_knows_its_name() -> None:
    with TestClient(create_app(Settings(public_url="https://school.example"))) as client:
        for address in ("/conv2d?stride=2", "/learn", "/networks/vgg16"):
            html = client.get(address).text
            assert '<meta property="og:image" content="https://school.example/' in html
            picture = html.partition('og:image" content="https://school.example')[2].partition('"')[0]
            assert client.get(picture.replace("&amp;", "&")).headers["content-type"] == "image/png"
    with TestClient(create_app()) as client:
        assert "og:image" not in client.get("/conv2d").text


def test_share_previews_the_picture_and_offers_what_there_is(client: TestClient) -> None:
    scene = client.get("/share?url=/conv2d%3Fstride=2").text
    assert '<img src="/conv2d.png?stride=2&amp;width=640"' in scene
    for extension in (".svg", ".gif", ".mp4", ".pptx", ".html", ".npz"):
        assert f"/conv2d{extension}?stride=2" in scene
    assert scene.count("data-long") == scene.count("data-cancel") == 5
    network = client.get("/share?url=/networks/vgg16").text
    assert "/networks/vgg16.svg" in network
    assert "/networks/vgg16.gif" not in network
