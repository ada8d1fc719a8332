"""What no window reads is hatched on the page, embedded and in files, and the page says why it is left over."""

import re

import numpy as np
import pytest
from hypothesis import given, settings

from app.pages.scene.stage import stage
from app.painters.palette import DARK, LIGHT
from app.scene.misfits import misfits
from app.stream.picture import poster
from app.views.common.gather import Gather
from app.views.plane import Plane
from app.views.table import view_of
from tests.app import drawn
from tests.app.direct import Direct
from tests.fixtures.make_frames import view_at

MISFIT = re.compile(r"= [\d.]+ does not fit")
HATCHED = re.compile(r'<path class="unread" d="([^"]*)"')


def hatched(markup: str) -> list[tuple[int, int]]:
    """(row, col) of every hatched cell: where its longest stroke begins."""
    strokes = "".join(HATCHED.findall(markup))
    return [(int(y) // 40, int(x) // 40) for x, y in re.findall(r"M(\d+) (\d+)l40 40", strokes)]


def data_planes(address: str) -> list[Plane]:
    view = view_at(address)
    planes = [titled.plane for place in view.places(view.frame(0)) for titled in place.planes]
    return [plane for plane in planes if plane.id.startswith("x.")]


LAST_OF_SEVEN = [(6, col) for col in range(7)] + [(row, 6) for row in range(6)]


@pytest.mark.parametrize("query", ["stride=3", "stride=3&view=scatter", "stride=3&view=matrix", "stride=3&view=flip"])
def test_stride_three_on_seven_cells_hatches_the_last_row_and_column(query: str, ask: Direct) -> None:
    for address in (f"/conv2d?{query}", f"/embed/conv2d?{query}", f"/conv2d.svg?{query}"):
        cells = hatched(ask(address).text)
        assert sorted(set(cells)) == sorted(LAST_OF_SEVEN), address
        assert ask(address).text.count("no window reads it") == 1


@pytest.mark.parametrize(
    "address", ["/conv2d", "/conv2d?stride=2", "/conv_transpose2d?padding=2", "/max_pool2d", "/fold"]
)
def test_where_everything_is_read_nothing_is_hatched(address: str, ask: Direct) -> None:
    page = ask(address).text
    assert not HATCHED.search(page)
    assert "no window reads it" not in page
    assert not MISFIT.search(page)


@settings(max_examples=60, deadline=None)
@given(drawn.scenes())
def test_a_cell_is_hatched_where_no_window_lies_on_it_and_on_no_copy_of_it(scene) -> None:  # type: ignore[no-untyped-def]
    view = view_of(scene)
    if not isinstance(view, Gather):
        return
    met = np.zeros(np.prod([reads.drawn for reads in view.reads]), bool)
    met[[cell for step in range(view.area) for cell in view.window(step) if cell >= 0]] = True
    rows, cols = view.reads
    numbers = np.where(
        (rows.source[:, None] < 0) | (cols.source < 0), -1, rows.source[:, None] * cols.size + cols.source
    )
    read = set(numbers.ravel()[met].tolist()) - {-1}
    plane = view.input_plane(view.arrangement.channels[0])
    assert plane.unread is not None
    for cell, unread in enumerate(plane.unread.ravel()):
        is_copied = not plane.is_margin(*divmod(cell, plane.cols)) and numbers.ravel()[cell] in read
        assert unread == (not met[cell] and not is_copied)


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/conv2d?x=ramp:4x4&w=1&stride=2", 12),
        ("/conv2d?x=ramp:4x4&padding=1&stride=2", 11),
        ("/unfold?x=ramp:5x5&stride=2", 9),
        ("/conv1d?x=ramp:8&stride=3", 2),
        ("/max_pool2d?x=ramp:5x5", 9),
        ("/conv2d_weight?x=random:5x5:1&stride=2&kernel_size=2", 9),
    ],
)
def test_padding_is_hatched_too_and_so_is_what_a_stride_steps_over(address: str, count: int) -> None:
    [plane] = data_planes(address)
    assert plane.unread is not None
    assert plane.unread.sum() == count


def test_a_slice_that_the_stride_steps_over_is_hatched_whole() -> None:
    view = view_at("/conv3d?x=random:3x2x2:1&w=random:1x1x1x1x1:1&stride=2,1,1")
    assert isinstance(view, Gather)
    assert [view.unread(channel).all() for channel in range(3)] == [False, True, False]


def test_a_picture_has_bars_and_not_thousands_of_strokes(ask: Direct) -> None:
    page = ask("/conv2d?x=random:64x64:1&stride=3").text
    [bars] = HATCHED.findall(page)
    assert bars == "M0 2540h2560M2540 0v2560"
    poster_of = ask("/conv2d.svg?x=random:128x128:1&w=1&stride=3").text
    assert len(HATCHED.findall(poster_of)[0]) < 5000


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_number_is_readable_on_the_strokes(palette: dict[str, str]) -> None:
    [opacity] = set(
        re.findall(r'class="unread"[^>]*stroke-opacity="([.\d]+)"', poster(view_at("/conv2d?stride=3")).decode())
    )
    stroke = blended(palette["soft"], palette["paper"], float(opacity))
    for text in ("ink", "soft"):
        assert contrast(rgb(palette[text]), stroke) >= 4.5


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def blended(colour: str, under: str, opacity: float) -> tuple[float, ...]:
    return tuple(opacity * a + (1 - opacity) * b for a, b in zip(rgb(colour), rgb(under), strict=True))


def luminance(colour: tuple[float, ...]) -> float:
    """As WCAG defines it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/conv2d?stride=3", ["(7 − 3) / 3 + 1 = 2.33 does not fit"]),
        ("/conv2d?stride=4&padding=1", ["(7 + 2·1 − 3) / 4 + 1 = 2.5 does not fit"]),
        ("/conv2d?stride=3&padding=1:0", ["(7 + 1 + 0 − 3) / 3 + 1 = 2.67 does not fit"]),
        ("/conv2d?stride=2&x=random:6x7:1", ["height: (6 − 3) / 2 + 1 = 2.5 does not fit"]),
        ("/conv1d?stride=2&dilation=2", ["(8 − 5) / 2 + 1 = 2.5 does not fit"]),
        ("/max_pool2d?x=ramp:5x5", ["(5 − 2) / 2 + 1 = 2.5 does not fit"]),
        ("/max_pool2d?x=ramp:5x5&ceil_mode=true", []),
        ("/adaptive_avg_pool2d", []),
        ("/conv_transpose2d?stride=2", []),
        ("/conv2d?stride=2", []),
    ],
)
def test_a_size_that_does_not_fit_is_worked_out_on_the_stage(address: str, said: list[str], ask: Direct) -> None:
    view = view_at(address)
    assert misfits(view.scene) == said
    assert stage(view).misfits == said
    path, _, query = address.partition("?")
    for way in (path, f"/embed{path}", f"{path}.svg"):
        markup = ask(f"{way}?{query}").text
        assert [markup.count(sentence) for sentence in said] == [1] * len(said)


@pytest.mark.parametrize(
    "address", ["/conv2d?x=random:2x7x7:1&w=random:2x2x3x3:1&stride=3", "/max_pool2d?x=random:2x5x5:1"]
)
def test_a_table_of_channels_says_it_too(address: str, ask: Direct) -> None:
    assert len(MISFIT.findall(ask(address).text)) == 1
