"""Rows, columns, grids and layers: what they take is what they cover, and their cells lie on common lines."""

from app.layout.sheet import Extent
from app.layout.tree import Column, Grid, Layers, Leaf, Row, Sizes, Space

SIZES = Sizes(large=20, small=10, gap=30)


def leaf(number: int, rows: float, cols: float, **more: object) -> Leaf:
    facts = {"size_class": "large", "title": 0, "shape": 0, "above": 0, "left": 0, "below": 0, "clear": (0, 0)}
    return Leaf(number, Extent(rows, cols, **{**facts, **more}))  # type: ignore[arg-type]


def test_the_middles_of_the_cells_of_a_row_lie_on_one_line_whatever_is_written_over_them() -> None:
    row = Row((leaf(0, 5, 5, title=50), leaf(1, 3, 3), leaf(2, 4, 2, size_class="small")))
    spots = row.place(0, 0, SIZES)
    middles = {spots[number].y + rows * spots[number].cell / 2 for number, rows in enumerate((5, 3, 4))}
    assert len(middles) == 1
    assert spots[1].x == 5 * 20 + 30


def test_on_a_common_ground_the_lower_edges_lie_on_one_line() -> None:
    spots = Row((leaf(0, 5, 5), leaf(1, 3, 3)), is_grounded=True).place(0, 0, SIZES)
    assert spots[0].y + 5 * 20 == spots[1].y + 3 * 20


def test_the_cells_of_a_column_begin_at_one_line_whatever_is_written_beside_them() -> None:
    column = Column((leaf(0, 2, 2, left=40), leaf(1, 2, 2)))
    spots = column.place(0, 0, SIZES)
    assert spots[0].x == spots[1].x == 40
    assert column.size(SIZES)[0] == 40 + 2 * 20


def test_the_columns_of_a_grid_begin_at_one_line_and_its_rows_share_their_middles() -> None:
    grid = Grid(((leaf(0, 2, 2), leaf(1, 1, 4)), (leaf(2, 2, 6), Space(0))))
    spots = grid.place(0, 0, SIZES)
    assert spots[0].x == spots[2].x
    assert spots[1].x == 6 * 20 + 15
    assert spots[0].y + 20 == spots[1].y + 10


def test_layers_have_one_place_and_take_the_space_of_one() -> None:
    layers = Layers((leaf(0, 3, 3), leaf(1, 3, 3)))
    spots = layers.place(7, 8, SIZES)
    assert spots[0] == spots[1]
    assert layers.size(SIZES) == leaf(0, 3, 3).size(SIZES)


def test_a_bare_leaf_leaves_no_space_for_its_words_and_says_so() -> None:
    titled = leaf(0, 3, 3, title=200, shape=40)
    assert titled.place(0, 0, SIZES)[0].is_titled
    assert not titled.bare.place(0, 0, SIZES)[0].is_titled
    assert titled.bare.size(SIZES) == (60, 60)
    assert titled.size(SIZES)[1] > 60
