"""By lecture: every slide of the five decks that can be shown leads to where it is."""

from collections import Counter

import pytest

from app.pages.front.lectures import Lecture, lectures
from app.pages.gallery import worked_scenes
from tests.app.direct import Direct
from tests.app.markup import elements

DECKS = ["ssy097-5", "ssy097-6", "csc421-4", "cnn", "dl2"]


def test_the_five_decks_come_in_their_order_and_then_what_they_leave_out() -> None:
    assert [lecture.id for lecture in lectures()] == [*DECKS, "beyond"]


@pytest.mark.parametrize("lecture", lectures(), ids=lambda lecture: lecture.id)
def test_every_slide_of_a_lecture_opens(lecture: Lecture, ask: Direct) -> None:
    refused = [slide.title for slide in lecture.slides if ask(slide.link.address).status != 200]
    assert not refused


def test_every_worked_scene_has_its_place_where_its_old_address_in_the_gallery_leads(ask: Direct) -> None:
    anchors = [element.get("id") for element in elements(ask("/lectures").text) if element.tag == "a"]
    assert Counter(filter(None, anchors)) == Counter(list(worked_scenes()))


def test_no_slide_stands_twice_in_its_lecture() -> None:
    for lecture in lectures():
        assert len({slide.title for slide in lecture.slides}) == len(lecture.slides)
