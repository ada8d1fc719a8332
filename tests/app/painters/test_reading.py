"""A drawing read back from its SVG: the same numbers in the same places, whatever paints them then."""

from hypothesis import given, settings

from app.painters.palette import DARK, LIGHT
from app.painters.reading import ReadLine, read
from app.painters.shapes import Box, Group, Image, Path, Words
from app.scene.scene import Scene
from app.stream.picture import poster
from app.views.table import view_of
from tests.app import drawn
from tests.app.painters.test_poster import scene_at, tree, words


@settings(max_examples=20)
@given(drawn.scenes())
def test_every_word_of_a_poster_is_read_and_lies_on_its_sheet(scene: Scene) -> None:
    drawing = read(poster(view_of(scene)))
    written = [shape for shape in drawing.shapes if isinstance(shape, Words)]
    assert [shape.text for shape in written] == [said.strip(" ") for said in words(tree(scene))]
    for shape in drawing.shapes:
        if isinstance(shape, Box):
            assert -60 <= shape.x <= shape.x + shape.width <= drawing.width + 60
            assert -60 <= shape.y <= shape.y + shape.height <= drawing.height + 60


def test_groups_hand_down_place_scale_and_colour() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 0 100 50" width="200" height="100">'
        '<rect width="100%" height="100%" fill="#ffffff"/>'
        '<g transform="translate(10 20) scale(2)" fill="#112233" stroke="#445566" stroke-width="3">'
        '<rect x="1" y="2" width="4" height="5"/><path d="M1 1h2v2z" vector-effect="non-scaling-stroke"/></g></svg>'
    )
    drawing = read(svg)
    assert (drawing.width, drawing.height, drawing.paper) == (200, 100, "#ffffff")
    box, path = drawing.shapes
    assert isinstance(box, Box)
    assert isinstance(path, Path)
    assert (box.x, box.y, box.width, box.height) == (4, 48, 16, 20)
    assert box.stroke is not None
    assert box.stroke.width == 12
    assert path.stroke is not None
    assert path.stroke.width == 3
    assert path.segments == (("M", (4.0, 44.0)), ("L", (12.0, 44.0)), ("L", (12.0, 52.0)), ("Z", ()))


def test_a_colour_of_the_page_is_read_in_the_palette_that_is_asked_for() -> None:
    svg = '<svg viewBox="0 0 9 9"><rect width="9" height="9" fill="var(--output)"/></svg>'
    for palette in (LIGHT, DARK):
        (box,) = read(svg, palette).shapes
        assert isinstance(box, Box)
        assert box.fill is not None
        assert box.fill.colour == palette["output"]


def test_what_a_large_plane_does_not_show_yet_is_cut_away() -> None:
    (*_, image) = (
        shape
        for shape in read(poster(view_of(scene_at("x=ramp:64x64&w=box:3&step=70")))).shapes
        if isinstance(shape, Image)
    )
    assert image.region is None  # a picture stands whole


def test_rows_are_the_same_objects_from_one_drawing_to_the_next_and_then_forgotten() -> None:
    read_line = ReadLine()

    def rows(query: str) -> set[Group]:
        drawing = read(poster(view_of(scene_at(query))), read_line=read_line)
        return {part for part in drawing.parts if isinstance(part, Group)}

    first = rows("x=random:5x5:1&step=3")
    assert len(first & rows("x=random:5x5:1&step=4")) > 5
    rows("x=random:4x4:1")
    assert not first & rows("x=random:5x5:1&step=3")
