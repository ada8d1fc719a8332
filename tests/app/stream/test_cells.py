"""A scene as lines and as arrays: read back by csv and NumPy, they are its JSON."""

import csv
import io

import numpy as np
import pytest

from app.operations import OPERATIONS
from app.settings import Limits
from app.stream import cells
from app.stream.document import describe
from app.views.table import read_view
from app.views.view import View


def view(operation: str, **raw: str) -> View:
    return read_view(OPERATIONS[operation], dict(raw), Limits())


def grids(seen: View) -> dict[str, np.ndarray]:
    said = describe(seen)
    names = [*seen.scene.layer.grids, "y", "a"]
    values = {name: seen.scene.y if name == "y" else seen.scene.values(name) for name in names if name != "a"}
    return {name: each for name, each in values.items() if each is not None and said[name] is not None}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_cell_of_every_grid_has_its_line(operation: str) -> None:
    seen = view(operation)
    lines = list(csv.DictReader(io.StringIO(cells.table(seen).decode())))
    for name, values in grids(seen).items():
        own = [float(line["value"]) for line in lines if line["grid"] == name]
        np.testing.assert_array_equal(own, values.ravel())
    assert {line["grid"] for line in lines} == set(grids(seen))


def test_a_line_says_where_its_cell_lies() -> None:
    text = cells.table(view("conv2d", x="1,2;3,4~5,6;7,8.5", w="1", b="3")).decode()
    assert text.startswith("grid,channel,row,column,value\nx,0,0,0,1\nx,0,0,1,2\nx,0,1,0,3\n")
    assert "\nx,1,1,1,8.5\n" in text
    assert "\nw,0,0,0,1\nw,1,0,0,1\n" in text
    assert "\nb,0,0,0,3\n" in text


@pytest.mark.parametrize("operation", OPERATIONS)
def test_numpy_reads_the_grids_in_their_own_shapes(operation: str) -> None:
    seen = view(operation)
    with np.load(io.BytesIO(cells.arrays(seen)), allow_pickle=False) as held:
        assert set(held) == set(grids(seen))
        for name, values in grids(seen).items():
            np.testing.assert_array_equal(held[name], values)


def test_a_scene_that_asks_for_its_results_says_none_of_them() -> None:
    seen = view("conv2d", predict="true", activation="relu", step="3")
    lines = cells.table(seen).decode().splitlines()
    results = [line for line in lines if line[0] in "ya"]
    assert len(results) == 2 * seen.scene.y.size
    assert all(line.endswith(",") for line in results)
    with np.load(io.BytesIO(cells.arrays(seen))) as held:
        assert np.isnan(held["y"]).all()
        assert np.isnan(held["a"]).all()
        np.testing.assert_array_equal(held["x"], seen.scene.x)
