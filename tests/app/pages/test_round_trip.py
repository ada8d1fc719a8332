"""There and back: the shape returns, most values do not, and both halves are scenes of their own."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from app.address.query import read_address
from app.pages.round_trip.page import PATH, RoundTrip, output_padding, read_round_trip, round_trip_page
from app.settings import Limits
from kernels.convolution import convolve
from tests.app.direct import Direct


def trip(query: str = "") -> RoundTrip:
    return read_round_trip(read_address(query.encode()), Limits())


def matrix_of(made: RoundTrip) -> np.ndarray:
    """F of y = F x, column by column: what each cell alone becomes."""
    x, layer = made.forward.x, made.forward.layer
    columns = []
    for cell in range(x.size):
        alone = np.zeros(x.size)
        alone[cell] = 1.0
        columns.append(convolve(alone.reshape(x.shape), made.forward.w, axes=layer.axes).ravel())
    return np.stack(columns, axis=1)


@pytest.mark.parametrize(
    "query",
    ["", "stride=1", "stride=3", "x=seven&w=sobel-x&padding=1", "x=random:2x5x6:3&w=sobel-x~~sobel-y", "dilation=2"],
)
def test_what_comes_back_is_the_transposed_matrix_times_the_matrix_times_x(query: str) -> None:
    made = trip(query)
    matrix = matrix_of(made)
    assert_allclose(made.back.y.ravel(), matrix.T @ (matrix @ made.forward.x.ravel()), rtol=1e-12, atol=1e-12)


@given(st.integers(3, 8), st.integers(3, 8), st.integers(1, 3), st.integers(1, 4), st.integers(0, 2), st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_the_shape_always_comes_back(
    rows: int, cols: int, kernel: int, stride: int, padding: int, dilation: int
) -> None:
    if min(rows, cols) + 2 * padding < dilation * (kernel - 1) + 1:
        return
    made = trip(
        f"x=random:{rows}x{cols}:1&w=ones:{kernel}x{kernel}&stride={stride}&padding={padding}&dilation={dilation}"
    )
    assert made.back.y.shape == made.forward.x.shape
    assert all(0 <= rim < stride for rim in output_padding(made.forward))


def test_cells_that_no_window_reads_come_back_as_zero() -> None:
    made = trip()
    read = matrix_of(made).any(axis=0).reshape(made.forward.x.shape)
    windows = np.zeros(made.forward.x.shape, bool)
    windows[:, :5, :5] = True
    assert made.unread == (~windows).sum() == 11
    assert_array_equal(made.back.y[~windows], 0)
    assert_array_equal(made.back.y[~read], 0)
    assert "No window read 11 cells" in round_trip_page(made)
    assert "output_padding=1" in round_trip_page(made)


def test_a_stride_wider_than_the_kernel_steps_over_cells_inside() -> None:
    made = trip("x=seven&w=1&stride=2")
    assert made.unread == 49 - 16
    assert "the stride steps over them" in round_trip_page(made)


def test_one_weight_of_one_at_stride_one_brings_everything_back() -> None:
    made = trip("w=1&stride=1")
    assert made.changed == 0
    assert "So did all 36 numbers." in round_trip_page(made)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("x=1,0;0,-2&w=2&stride=1", "the largest difference is 6, at [1, 1]."),
        ("x=1,0;0,-1&w=2&stride=1", "the largest difference is 3, at [0, 0] and in 1 other place."),
        ("x=1,0;0,-1~1,0;0,0&w=2&stride=1", "the largest difference is 7, at [0, 0, 0] and in 1 other place."),
    ],
)
def test_the_largest_difference_is_named_with_all_its_places(query: str, said: str) -> None:
    assert said in trip(query).about_values


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", PATH),
        ("stride=2&padding=0&x=random:6x6:1", PATH),
        ("stride=1", f"{PATH}?stride=1"),
        ("x=seven&w=sobel-x&padding=1,1", f"{PATH}?x=seven&w=sobel-x&padding=1"),
    ],
)
def test_the_canonical_address_leaves_out_what_is_usual_and_reads_back(query: str, address: str) -> None:
    assert trip(query).address() == address
    assert trip(address.partition("?")[2]).address() == address


@pytest.mark.parametrize("query", ["", "x=seven&stride=3&w=identity", "x=x-bits&w=ones:2x2"])
def test_both_halves_are_scenes_whose_links_have_the_same_numbers(ask: Direct, query: str) -> None:
    document = ask(f"{PATH}.json?{query}").json()
    made = trip(query)
    for name, scene in (("there", made.forward), ("back", made.back)):
        assert ask(scene.address(".json")).json()["y"] == document[name]["y"]
    difference = np.array(document["back"]["y"]["values"]) - np.array(document["there"]["x"]["values"])
    assert_array_equal(np.array(document["difference"]["values"]), difference)
    assert document["changed"] == np.count_nonzero(difference)


def test_every_link_of_the_page_leads_somewhere(ask: Direct) -> None:
    page = ask(f"{PATH}?x=x-bits").text
    for address in set(re.findall(r'href="(/(?:there-and-back|conv)[^"]*)"', page)):
        assert ask(address.replace("&amp;", "&")).status == 200, address


def test_each_setting_marks_the_chip_that_is_chosen(ask: Direct) -> None:
    page = ask(PATH).text
    chosen = re.findall(r'class="chip chosen"[^>]*>([^<]*)<', page)
    assert chosen == ["2", "0", "cross", "random"]


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("padding=0:1", "padding", "the same padding on both sides"),
        ("stride=0", "stride", "stride must be at least 1"),
        ("w=ones:7x7", "w", "7×7"),
        ("groups=2", "groups", "“groups” is not a parameter of /there-and-back"),
        ("strid=2", "strid", "Did you mean “stride”?"),
    ],
)
def test_a_refusal_says_which_field_it_is_about(ask: Direct, query: str, field: str, said: str) -> None:
    answer = ask(f"{PATH}.json?{query}")
    assert answer.status == 422
    detail = answer.json()["detail"][0]
    assert detail["loc"] == ["query", field]
    assert said in detail["msg"]
