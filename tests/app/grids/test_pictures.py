"""Grids that have a name, looked up or made to a size."""

from hashlib import sha256

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from app.address.refusal import Refusal
from app.grids.literals import LARGEST_NAMED_PLANE, Space, read_grid, resolve
from app.grids.pictures import DIGITS, digits, fixed, known_names, named_planes

X = Space(2, 1, "input", 262_144)
X1 = Space(1, 1, "input", 2048)
W = Space(2, 2, "weights", 230_400)
W1 = Space(1, 2, "weights", 15_360)


def values(raw, space=X):
    return read_grid(raw, space).values


def test_seven_is_the_first_scene_of_the_lecture():
    assert_array_equal(values("seven")[0, 2], [0, 0, 0, 0, 9, 4, 0])
    window = values("seven")[0, 2:5, 2:5]
    assert (window * values("sobel-x", W)[0, 0]).sum() == 31


def test_the_row_and_the_bits_are_those_of_the_lectures():
    assert_array_equal(values("row", X1), [[0, 1, 3, 6, 10, 15, 15, 15]])
    assert_array_equal(values("x-bits")[0], values("1,1,1,0,0;0,1,1,1,0;0,0,1,1,1;0,0,1,1,0;0,1,1,0,0")[0])


@pytest.mark.parametrize(
    ("raw", "space", "meaning"),
    [
        ("ramp:2x3", X, [[[0, 1, 2], [3, 4, 5]]]),
        ("ramp:2x1x2", X, [[[0, 1]], [[2, 3]]]),
        ("zeros:1x2", X, [[[0, 0]]]),
        ("ones:2", X1, [[1, 1]]),
        ("impulse:3x5", X, [[[0, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0]]]),
        ("impulse:2x3", X1, [[0, 1, 0], [0, 1, 0]]),
        ("checker:2x3", X, [[[0, 1, 0], [1, 0, 1]]]),
        ("box:2", W, [[[[1 / 4, 1 / 4], [1 / 4, 1 / 4]]]]),
        ("box:2", W1, [[[1 / 2, 1 / 2]]]),
        ("box:1x2", W, [[[[1 / 2, 1 / 2]]]]),
        ("bilinear:3", W, [[[[0.25, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 0.25]]]]),
        ("gaussian:3", W1, [[[0.25, 0.5, 0.25]]]),
    ],
)
def test_what_is_made_to_a_size(raw, space, meaning):
    assert_array_equal(values(raw, space), np.array(meaning, dtype=float), strict=True)


@pytest.mark.parametrize(
    ("raw", "space", "first"),
    [
        ("random:3x7x7:42", X, [0, 7, 6, 4, 4, 8, 0, 6]),
        ("random:7x7:1", X, [4, 5, 7, 9, 0, 1, 8, 9]),
        ("random:7x7", X, [8, 6, 5, 2, 3, 0, 0, 0]),
        ("random:12:1", X1, [4, 5, 7, 9, 0, 1, 8, 9]),
        ("random:2x3x3x3:1", W, [0, 0, 1, 2, -2, -2, 2, 2]),
    ],
)
def test_random_gives_these_numbers_for_ever_because_links_depend_on_them(raw, space, first):
    assert values(raw, space).ravel()[:8].tolist() == first


def test_random_numbers_are_small_and_whole():
    x, w = values("random:16x64x64:5"), values("random:16x16x15x15:5", W)
    assert (set(np.unique(x)), set(np.unique(w))) == (set(range(10)), set(range(-2, 3)))


def test_kernels_that_average_sum_to_one():
    for raw in ("box:3", "box:3x5", "gaussian:3", "gaussian:5", "gaussian:15", "gaussian:3x7"):
        assert_allclose(values(raw, W).sum(), 1, rtol=1e-12)


def test_digits_are_pictures_with_ink_in_the_middle_and_paper_around():
    assert digits().shape == (10, 28, 28)
    assert len({picture.tobytes() for picture in digits()}) == 10
    for digit, picture in enumerate(digits()):
        assert picture.max() == 255
        assert not picture[[0, -1]].any()
        assert not picture[:, [0, -1]].any()
        assert_array_equal(values(f"digit:{digit}")[0], picture)


def test_digits_never_change_because_links_depend_on_them():
    assert sha256(DIGITS.read_bytes()).hexdigest() == "5bbc5aac61e7f1d3952a8b63f73a2f4792c6ece927ed8358c407b73b760e189d"


def test_every_fixed_name_is_in_a_menu_with_a_title_and_means_something():
    for kind, space in (("input", X), ("weights", W)):
        for known in known_names(kind):
            assert known.title
            assert (known.note != "") == (kind == "weights")
            assert fixed(kind)[known.name].ndim == known.spatial
            assert read_grid(known.name, space).text == known.name
    assert known_names("bias") == ()


def test_a_kernel_with_a_name_is_called_by_it_however_it_was_written():
    for known in known_names("weights"):
        space = Space(known.spatial, 2, "weights", 1000)
        grid = read_grid(fixed("weights")[known.name].tolist(), space)
        assert resolve(grid, grid.values.shape, space).text == known.name


def test_no_plane_that_is_written_by_its_name_is_larger_than_spelling_assumes():
    assert (
        max(np.prod(shape) for kind in ("input", "weights") for shape, _ in named_planes(kind)) <= LARGEST_NAMED_PLANE
    )


def test_the_red_seven_is_red_on_white_paper_and_the_filter_sees_red_alone():
    red, green, blue = values("red-seven")
    seven = values("seven")[0]
    assert (red == 9).all()
    assert_array_equal(green, 9 - seven)
    assert_array_equal(blue, green)
    assert_array_equal(values("red", W)[0, :, 1, 1], [2, -1, -1])
    assert np.count_nonzero(values("red", W)) == 3


def test_in_a_volume_a_channel_has_one_slice():
    assert values("red-seven", Space(3, 1, "input", 1000)).shape == (3, 1, 7, 7)
    assert values("red", Space(3, 2, "weights", 1000)).shape == (1, 3, 1, 3, 3)


def test_names_in_colour_join_and_are_edited_as_other_names_are():
    assert values("red~~red", W).shape == (2, 3, 3, 3)
    edited = resolve(read_grid("red-seven!1.3.3:4", X), (3, 7, 7), X)
    assert (edited.text, edited.values[1, 3, 3]) == ("red-seven!1.3.3:4", 4)


@pytest.mark.parametrize(
    ("raw", "space", "sentence"),
    [
        ("red", X, "is a kernel"),
        ("red-seven:3", X, "stands alone"),
        ("red-seven", X1, "has 2 axes"),
        ("red-sevn", X, "“red-seven”"),
    ],
)
def test_what_is_in_colour_is_refused_as_other_names_are(raw, space, sentence):
    with pytest.raises(Refusal, match=sentence):
        values(raw, space)
