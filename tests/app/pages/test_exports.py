"""A scene as a file: every format at its address, named after its scene, refused with a sentence."""

import io

import pytest
from PIL import Image as Pixels
from starlette.testclient import TestClient

from app.pages.exports.formats import FORMATS
from app.pages.schema import schema

BEGINNINGS = {".svg": b"<svg", ".png": b"\x89PNG", ".pdf": b"%PDF", ".tex": b"% ", ".csv": b"grid,", ".npz": b"PK"}


@pytest.mark.parametrize("extension", BEGINNINGS)
def test_every_format_answers_at_the_address_of_its_scene(client: TestClient, extension: str) -> None:
    answer = client.get(f"/conv2d{extension}?x=digit:7&stride=2&w=sobel-y")
    assert answer.status_code == 200
    assert answer.content.startswith(BEGINNINGS[extension])
    assert answer.headers["content-type"].startswith(FORMATS[extension].media)
    assert f'filename="conv2d-digit-7-sobel-y-stride-2{extension}"' in answer.headers["content-disposition"]
    posted = client.post(f"/conv2d{extension}", json={"x": "digit:7", "stride": 2, "w": "sobel-y"})
    assert posted.status_code == 200


def test_the_openapi_document_lists_every_format_with_what_it_takes() -> None:
    paths = schema()["paths"]
    for extension, made in FORMATS.items():
        said = {parameter["name"] for parameter in paths[f"/conv2d{extension}"]["get"]["parameters"]}
        assert set(made.options) <= said


@pytest.mark.parametrize(("width", "aspect", "size"), [("800", "16x9", (800, 450)), ("600", "4x3", (600, 450))])
def test_a_picture_is_as_wide_and_as_high_as_it_is_asked_for(
    client: TestClient, width: str, aspect: str, size: tuple[int, int]
) -> None:
    answer = client.get("/conv2d.png", params={"width": width, "aspect": aspect})
    assert Pixels.open(io.BytesIO(answer.content)).size == size


def test_a_picture_is_clear_where_a_link_asks_for_no_paper(client: TestClient) -> None:
    answer = client.get("/max_pool2d.png?theme=transparent&width=400")
    assert Pixels.open(io.BytesIO(answer.content)).getpixel((0, 0)) == (0, 0, 0, 0)
    assert "100%" not in client.get("/max_pool2d.svg?theme=transparent").text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/conv2d.png?width=80", "width must be at least 160, but it is 80."),
        ("/conv2d.png?width=9000", "width may be at most 4000 here, but it is 9000."),
        ("/conv2d.svg?aspect=1x1", "aspect is one of auto, 16x9, 4x3, but “1x1” is none of them."),
        ("/conv2d.csv?width=800", "“width” is not a parameter of conv2d."),
        ("/conv2d.tex?x=random:128x128&w=box:3&filter=0", "a drawing of lines may have at most"),
    ],
)
def test_what_no_file_can_be_is_refused_with_a_sentence(client: TestClient, address: str, sentence: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert sentence in answer.json()["detail"][0]["msg"]


def test_a_picture_of_a_scene_that_asks_is_the_same_whatever_its_answers(client: TestClient) -> None:
    """Two kernels whose products are hidden as well, and differ in no number that is given."""

    def files(extension: str) -> bytes:
        return client.get(f"/conv2d{extension}?x=1,2;3,4&w=1&predict=true").content

    assert b"?" in files(".tex")
    for extension in (".png", ".pdf"):
        assert files(extension) != client.get(f"/conv2d{extension}?x=1,2;3,4&w=1").content
