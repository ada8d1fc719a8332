"""What stands over a plane besides its title: the shape of its grid, in the order of who asks, and a kernel's name."""

import pytest

from app.layout.captions import shape
from app.layout.layout import arrange
from tests.fixtures.make_frames import view_at


def shapes(address: str) -> dict[str, str]:
    view = view_at(address)
    return {sheet.plane.id: shape(sheet.plane, view.scene) for sheet in arrange(view)[0].sheets}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/conv2d", {"x.0": "7 × 7", "w.0": "3 × 3 · sobel-x", "p.0": "", "y.0": "5 × 5"}),
        ("/conv2d?padding=1&w=1,2;3,4", {"x.0": "7 × 7", "w.0": "2 × 2", "y.0": "8 × 8"}),
        ("/conv2d?shapes=nchw", {"x.0": "(1, 1, 7, 7)", "w.0": "(1, 1, 3, 3)", "y.0": "(1, 1, 5, 5)"}),
        ("/conv2d?b=1", {"b.0": ""}),
        ("/conv1d?x=1,2,3,4&w=1,2", {"x.0": "4", "w.0": "2", "y.0": "3"}),
    ],
)
def test_a_shape_is_that_of_the_grid_without_its_rim(address: str, said: dict[str, str]) -> None:
    found = shapes(address)
    assert {plane: found[plane] for plane in said} == said


def test_data_with_zeros_between_say_what_they_are_stretched_to() -> None:
    said = shapes("/conv_transpose2d?x=random:3x3:1&w=random:3x3:1&stride=2&view=zero-insertion")["x.0"]
    assert "3 × 3" in said
    assert "5 × 5" in said
