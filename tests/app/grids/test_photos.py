"""Photographs as grids: in every operation, in any size, and the same numbers for ever."""

from hashlib import sha256

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from app.address.refusal import Refusal
from app.grids.literals import Space, read_grid, resolve
from app.grids.photos import FOLDER, grey, photographs, pixels, resized, summed
from app.operations import OPERATIONS
from tests.app.direct import Direct
from tests.app.markup import elements

X = Space(2, 1, "input", 262_144)


def values(raw, space=X):
    return read_grid(raw, space).values


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("photo:cat:96x96", "e3b5490dbdeef6e7"),
        ("photo:cat:3x96x96", "5cd756d2d24de3bf"),
        ("photo:astronaut:3x64x40", "c07cae417b155659"),
        ("photo:text:7x128", "63ebf12097260bb0"),
    ],
)
def test_photographs_never_change_because_links_depend_on_them(name, digest):
    assert sha256(values(name).astype(np.uint8).tobytes()).hexdigest()[:16] == digest


def test_a_photograph_in_grey_is_the_grey_of_the_one_in_colour():
    assert_array_equal(values("photo:coffee:50x60")[0], grey(values("photo:coffee:3x50x60")))


def test_each_cell_is_the_average_of_its_area():
    picture = np.arange(24, dtype=np.uint8).reshape(1, 4, 6) * 10
    assert_array_equal(resized(picture, 2, 3), [[[35, 55, 75], [155, 175, 195]]])
    assert_array_equal(resized(picture, 4, 6), picture)
    assert_array_equal(resized(picture, 8, 12), picture.repeat(2, axis=1).repeat(2, axis=2))


@pytest.mark.parametrize(("given", "wanted"), [(451, 96), (7, 9), (300, 300), (3, 128)])
def test_areas_cover_every_cell_alike(given, wanted):
    shares = summed(np.eye(given, dtype=np.int64), wanted)
    assert shares.min() >= 0
    assert_array_equal(shares.sum(axis=0), given)
    assert_array_equal(shares.sum(axis=1), wanted)


def test_a_photograph_keeps_its_proportions_and_loses_its_sides():
    assert_allclose(values("photo:cat:100x100")[0].mean(), grey(pixels("cat"))[:, 75:375].mean(), atol=0.6)


def test_a_photograph_keeps_its_name_through_edits():
    grid = read_grid("photo:cat:3x96x96!0.0:9", X)
    assert resolve(grid, grid.shape, X).text == "photo:cat:3x96x96!0.0:9"
    assert resolve(grid, grid.shape, X).values[:, 0, 0].tolist() == [9, 9, 9]


def test_every_photograph_says_whose_it_is_and_that_it_is_free():
    for photograph in photographs().values():
        assert photograph.licence in ("CC0", "public domain")
        assert photograph.about
        assert (FOLDER / f"{photograph.name}.webp").stat().st_size < 200_000
    assert set(photographs()) == {path.stem for path in FOLDER.glob("*.webp")}
    assert "cat" in photographs()


READING_PICTURES = [name for name, operation in OPERATIONS.items() if "x" in operation.grids and name != "fold"]
"""What folding lays back is a matrix of columns."""


@pytest.mark.parametrize("name", READING_PICTURES)
def test_a_photograph_is_an_input_of_every_operation(ask: Direct, name: str) -> None:
    sizes = {1: "3x12", 2: "3x12x12", 3: "3x4x4"}[OPERATIONS[name].spatial]
    weights = "&w=random:3x1x2x2:1" if name == "conv_transpose2d" else ""
    answer = ask(f"/{name}.json?x=photo:cat:{sizes}{weights}")
    if answer.status == 422:  # another grid does not fit a picture of three channels
        assert answer.json()["detail"][0]["loc"] != ["query", "x"]
    else:
        assert max(np.ravel(answer.json()["x"]["values"])) > 50


def test_a_result_of_a_photograph_is_painted_in_grey_unless_signed_colours_are_asked_for(ask: Direct) -> None:
    def tones(address: str) -> list[str | None]:
        planes = [each for each in elements(ask(address).text) if "data-picture" in each.attributes]
        return [plane.attributes.get("data-tones") for plane in planes]

    assert tones("/conv2d?x=photo:cat:96x96") == ["photograph", "grey"]
    assert tones("/conv2d?x=photo:cat:96x96&w=box") == ["photograph", "photograph"]
    assert tones("/conv2d?x=photo:cat:96x96&tones=signed") == ["photograph", None]
    assert tones("/conv2d?x=photo:cat:32x32") == ["photograph", "grey"]
    assert tones("/conv2d?x=photo:cat:3x24x24") == ["photograph", "photograph", "photograph", "grey"]
    assert tones("/max_pool2d?x=photo:cat:32x32") == ["photograph", "photograph"]
    assert tones("/conv_transpose2d?x=photo:cat:24x24") == ["photograph", "grey"]
    assert tones("/unfold?x=photo:cat:24x24")[:1] == ["photograph"]
    assert tones("/conv2d?x=random:96x96:1") == [None, None]
    assert tones("/conv2d?x=random:96x96:1&tones=grey") == [None, "grey"]


def test_a_few_pixels_of_a_photograph_and_a_digit_carry_their_numbers(ask: Direct) -> None:
    def is_picture(address: str) -> list[bool]:
        return [
            "data-picture" in each.attributes
            for each in elements(ask(address).text)
            if each.attributes.get("data-plane") in ("x.0", "y.0")
        ]

    assert is_picture("/conv2d?x=photo:cat:16x16") == [False, False]
    assert is_picture("/conv2d?x=digit:7") == [False, False]
    assert is_picture("/conv2d?x=photo:cat:96x96&w=box:3&stride=12") == [True, False]


def test_three_channels_are_shown_joined_too_and_so_are_their_results(ask: Direct) -> None:
    def joined(address: str) -> int:
        return sum(each.tag == "figcaption" for each in elements(ask(address).text))

    plain = joined("/conv2d?x=photo:cat:96x96")
    assert joined("/conv2d?x=photo:cat:3x96x96") == plain + 1
    assert joined("/conv2d?x=photo:cat:3x96x96&groups=3") == plain + 2
    assert joined("/max_pool2d?x=photo:cat:3x96x96") == plain + 2


def test_the_switch_stands_where_there_is_a_photograph(ask: Direct) -> None:
    assert 'name="tones"' in ask("/conv2d?x=photo:cat:96x96").text
    assert 'name="tones"' not in ask("/conv2d").text


@pytest.mark.parametrize(
    "raw", ["photo:dog:9x9", "photo:cat:2x9x9", "photo:cat", "photo:cat:1000x1000", "photo:cat:1x1025"]
)
def test_what_is_no_photograph_is_refused(raw):
    with pytest.raises(Refusal):
        values(raw)
