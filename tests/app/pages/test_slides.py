"""Steps as slides, read back by python-pptx, and as numbered pictures."""

import io
import zipfile

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from app.address.refusal import Refusal
from app.operations import OPERATIONS
from app.pages.exports import slides
from app.pages.exports.options import Options, take_options
from app.pages.public import PUBLIC_URL
from app.settings import Limits
from app.views.table import read_view
from app.views.view import View


def view(operation: str = "conv2d", **raw: str) -> View:
    return read_view(OPERATIONS[operation], dict(raw), Limits())


def deck(seen: View, **asked: str) -> list[list[str]]:
    """What stands on each slide, and last its notes."""
    data = slides.pptx(seen, take_options(dict(asked), ("aspect", "steps")), lambda done, total: None)
    found = []
    for slide in Presentation(io.BytesIO(data)).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        found.append([*filter(None, texts), slide.notes_slide.notes_text_frame.text])
    return found


X, W = "1,2,3;4,5,6;7,8,9", "100,200;300,400"


def test_a_slide_has_every_number_in_the_shape_of_its_cell_the_link_and_the_sum() -> None:
    seen = view(x=X, w=W)
    data = slides.pptx(seen, Options(), lambda done, total: None)
    made = list(Presentation(io.BytesIO(data)).slides)
    assert len(made) == 4
    cells = [shape for shape in made[-1].shapes if shape.name == "cell"]
    assert all(shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE for shape in cells)
    assert sorted(shape.text_frame.text for shape in cells) == sorted(
        [*"123456789", *W.replace(";", ",").split(","), "500", "1200", "2400", "3600", "3700", "4700", "6700", "7700"]
    )
    texts = [shape.text_frame.text for shape in made[-1].shapes if shape.has_text_frame]
    assert any(text.endswith("step=3") and text.startswith("/conv2d?x=1,2,3") for text in texts)
    assert made[0].notes_slide.notes_text_frame.text.startswith("y[0, 0] = 1·100 + 2·200")
    assert made[0].notes_slide.notes_text_frame.text.endswith("= 3700")


def test_a_question_and_its_notes_say_no_result_and_the_answer_does() -> None:
    pairs = deck(view(x=X, w=W, predict="true"), steps="0,3")
    assert len(pairs) == 4
    for question, answer, number in zip(pairs[::2], pairs[1::2], ("3700", "7700"), strict=True):
        assert not any(number in text for text in question)
        assert number in answer
        assert question[-1].endswith("= ?")
        assert answer[-1].endswith(f"= {number}")


def test_eight_slides_are_usual_and_a_link_chooses_others() -> None:
    seen = view()
    assert slides.chosen(seen, Options(), slides.SLIDES) == [0, 3, 7, 10, 14, 17, 21, 24]
    assert slides.chosen(seen, take_options({"steps": "0-5,12"}, ["steps"]), 8) == [0, 1, 2, 3, 4, 5, 12]
    assert len(deck(seen, steps="0-5,12")) == 7


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [("0-99", "at most 60"), ("5-2", "such as 0-5,12"), ("a", "whole number"), ("25", "steps must be from 0 to 24")],
)
def test_steps_that_there_are_not_are_refused(steps: str, sentence: str) -> None:
    with pytest.raises(Exception, match=sentence):
        slides.chosen(view(), take_options({"steps": steps}, ["steps"]), 8)


def test_a_deck_of_too_many_shapes_is_refused_before_it_is_drawn() -> None:
    with pytest.raises(Refusal, match="shapes"):
        slides.lectured(view(x="digit:7"), take_options({"steps": "0-59"}, ["steps"]))


def test_the_link_leads_to_the_server_where_it_is_known() -> None:
    token = PUBLIC_URL.set("https://school.example")
    try:
        data = slides.pptx(view(), take_options({"steps": "2"}, ["steps"]), lambda done, total: None)
    finally:
        PUBLIC_URL.reset(token)
    (slide,) = Presentation(io.BytesIO(data)).slides
    paragraphs = [each for shape in slide.shapes if shape.has_text_frame for each in shape.text_frame.paragraphs]
    links = [run.hyperlink.address for paragraph in paragraphs for run in paragraph.runs]
    assert "https://school.example/conv2d?step=2" in links


def test_numbered_pictures_are_the_steps_in_their_order() -> None:
    data = slides.frames(
        view(), take_options({"steps": "3,7", "width": "320"}, ["steps", "width"]), lambda done, total: None
    )
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.namelist() == ["conv2d-003.png", "conv2d-007.png"]
        assert [Image.open(file.open(name)).size[0] for name in file.namelist()] == [320, 320]


def test_of_large_pictures_there_are_fewer_and_too_many_are_refused() -> None:
    """25 steps, each of about 4,000 × 1,600 pixels."""
    wide = take_options({"width": "4000"}, ["width"])
    steps = slides.pictured(view(), wide)
    assert 1 < len(steps) < 25
    assert (steps[0], steps[-1]) == (0, 24)
    with pytest.raises(Refusal, match=r"25 pictures would have .* pixels"):
        slides.pictured(view(), take_options({"width": "4000", "steps": "0-24"}, ["width", "steps"]))
