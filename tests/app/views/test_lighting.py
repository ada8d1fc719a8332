"""What lights on a matrix is sent as a table of a few numbers, whatever its size."""

import pytest

from app.stream import events
from app.text.encoding import dumps
from app.views.matrix import Matrix
from tests.fixtures.make_frames import view_at


@pytest.mark.parametrize("address", ["/conv2d?x=random:22x22:1&view=matrix", "/conv2d?x=random:21x21:1&view=im2col"])
def test_the_tables_of_large_matrices_take_less_than_a_kilobyte(address: str) -> None:
    header = events.header(view_at(address))
    without = {name: value for name, value in header.items() if name != "lighting"}
    assert 0 < len(dumps(header)) - len(dumps(without)) <= 1024


def test_the_views_that_have_no_matrix_send_no_table() -> None:
    assert "lighting" not in events.header(view_at("/conv2d"))


@pytest.mark.parametrize("step", [0, 7, 13])
def test_a_step_lights_its_row_of_the_matrix_and_fills_vec_y_up_to_it(step: int) -> None:
    view = view_at("/conv2d?x=random:2x3x3:1&w=random:4x2x2x2:1&view=matrix")
    assert isinstance(view, Matrix)
    frame = view.frame(step)
    lit = {outline["plane"]: outline["cells"] for outline in frame["outlines"]}
    assert view.entries.ravel()[lit["F.0"]].tolist() == view.entries[step].tolist()
    assert {"plane": "Y.0", "shown": step + 1} in frame["fills"]
    assert frame["links"] == []
