"""The SVG file: complete in itself, safe anywhere, and telling the scene's numbers."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings

from app.address.query import read_address
from app.operations import OPERATIONS
from app.pages.gallery import view_at
from app.painters.palette import DARK, LIGHT
from app.scene.scene import Scene
from app.stream.picture import poster
from app.text.format import short
from app.views.table import view_of
from app.views.view import start_step
from tests.app import drawn

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "g", "rect", "path", "text", "tspan", "title", "image", "circle"}


def scene_at(query: str, operation: str = "conv2d") -> Scene:
    return drawn.scene_of(operation, read_address(query.encode()))


def tree(scene: Scene) -> ElementTree.Element:
    return ElementTree.fromstring(poster(view_of(scene)))


def words(found: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in found.iter(f"{SVG}text")]


def complete(found: ElementTree.Element) -> None:
    """Nothing that a strict policy forbids, nothing from elsewhere, nothing that a browser alone understands."""
    for element in found.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            assert "var(" not in value
            assert "url(" not in value
            assert not name.endswith("href") or value.startswith("data:image/png;base64,")
            assert "nan" not in value.split()
            assert "inf" not in value.split()


@settings(max_examples=100, deadline=None)
@given(drawn.scenes())
def test_a_poster_is_complete_in_itself_whatever_the_scene(scene: Scene) -> None:
    found = tree(scene)
    complete(found)
    left, top, width, height = map(float, found.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    assert width > 0 < height


@pytest.mark.parametrize(
    "query",
    [
        "x=random:1x64x64:1",
        "x=digit:7&w=sobel-x",
        "x=random:16x128x128:1&w=random:4x16x3x3:1",
        "x=random:1x128x128:1&step=0",
        "x=random:1x128x128:1&step=5000",
        "w=random:1x1x7x7:1&x=random:1x20x20:1&letters=true",
        "theme=dark&activation=relu&b=1",
    ],
)
def test_large_planes_and_every_convention_make_a_complete_poster_too(query: str) -> None:
    complete(tree(scene_at(query)))


def test_the_poster_of_the_first_scene_shows_its_numbers_and_its_equation() -> None:
    scene = scene_at("")
    found = words(tree(scene))
    for values in (scene.x, scene.w, scene.y):
        for value in np.unique(values).tolist():
            assert short(value) in found
    assert any(text.startswith("y[2, 2] = ") for text in found)
    assert any(text.endswith(" = 31") for text in found)


@pytest.mark.parametrize(
    ("operation", "query", "line"),
    [
        ("conv2d", "x=1,2;3,4&w=5,6;7,8", "y[0, 0] = 1·5 + 2·6 + 3·7 + 4·8 = 70"),
        ("max_pool2d", "x=1,2;3,4", "y[0, 0] = max(1, 2, 3, 4) = 4"),
        ("avg_pool2d", "x=1,2;3,4", "y[0, 0] = (1 + 2 + 3 + 4)/4 = 2.5"),
    ],
)
def test_an_equation_is_one_line_under_the_planes(operation: str, query: str, line: str) -> None:
    assert words(tree(scene_at(query, operation)))[-1] == line


def test_counts_and_centres_have_their_colours_in_a_file_too() -> None:
    groups = {group.get("class"): group for group in tree(scene_at("reads=true&centres=true")).iter(f"{SVG}g")}
    assert groups["heat"].get("fill") == LIGHT["ink"]
    assert (groups["centres"].get("fill"), groups["centres"].get("stroke")) == ("none", LIGHT["output"])


def test_indices_are_counted_as_the_reader_counts() -> None:
    assert any(text.startswith("y[3, 3] = ") for text in words(tree(scene_at("indices=1"))))


def test_letters_stand_for_weights() -> None:
    found = words(tree(scene_at("letters=true&w=1,2;3,4")))
    assert {"a", "b", "c", "d"} <= set(found)


def test_at_a_step_only_what_is_computed_by_then_is_shown() -> None:
    first, last = words(tree(scene_at("step=0"))), words(tree(scene_at("step=24")))
    assert len(first) == len(last) - 24


def test_a_theme_changes_colours_and_no_number() -> None:
    light, dark = tree(scene_at("theme=light")), tree(scene_at("theme=dark"))
    assert words(light) == words(dark)
    assert LIGHT["paper"] in {element.get("fill") for element in light.iter()}
    assert DARK["paper"] in {element.get("fill") for element in dark.iter()}


def test_a_title_says_what_it_is_and_how_to_open_it_again() -> None:
    (title,) = tree(scene_at("x=1,2;3,4&w=1")).iter(f"{SVG}title")
    assert title.text is not None
    assert "/conv2d?x=1,2;3,4&w=1" in title.text


@settings(max_examples=60, deadline=None)
@given(drawn.scenes())
def test_the_sum_that_a_poster_states_is_the_traces_unless_it_asks_for_it(scene: Scene) -> None:
    shown = words(tree(scene))
    end = "?" if scene.presentation.predict else short(float(scene.y.ravel()[start_step(view_of(scene))]))
    assert any(f"= {end}" in text.split(",\N{EM SPACE}")[0][-len(end) - 2 :] for text in shown)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_title_leaves_the_picture(operation: str) -> None:
    found = tree(scene_at("", operation))
    width = float(found.attrib["width"])
    [drawing] = [group for group in found if group.tag == f"{SVG}g"]
    titles = [(sheet, text) for sheet in drawing for text in sheet if text.get("class") == "title"]
    assert titles
    for sheet, text in titles:
        left, top = (sum(at) for at in zip(moved(drawing), moved(sheet), strict=True))
        assert 0 <= left <= width - 8 * len("".join(text.itertext()))
        assert top + float(text.attrib["y"]) > 15


def moved(group: ElementTree.Element) -> tuple[float, ...]:
    return tuple(map(float, group.attrib["transform"].removeprefix("translate(").removesuffix(")").split()))


def test_what_lies_ahead_is_written_without_its_fill_where_a_link_shows_it() -> None:
    waiting, shown, whole = (
        poster(view_at(f"/conv2d{query}")).decode() for query in ("?step=3", "?step=3&ahead=shown", "")
    )
    assert ">−31<" not in waiting
    assert ">−31<" in shown
    filled = [picture.count('fill-opacity="0"') for picture in (whole, shown)]
    assert filled[0] < filled[1]
