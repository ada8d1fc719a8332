"""Of several arrangements, the one with the largest cells; the usual one, unless another is much larger."""

from functools import partial

from app.layout.box import FRAMED, PAIRED, TALL, WIDE, Box
from app.layout.fitting import Group, arrangements, filling, fit_groups, fits, largest, lines_of
from app.layout.sheet import Extent
from app.layout.tree import Sizes


def extent(rows: float, cols: float, **more: object) -> Extent:
    facts = {"size_class": "large", "title": 0, "shape": 0, "above": 0, "left": 0, "below": 0, "clear": (0, 0)}
    return Extent(rows, cols, **{**facts, **more})  # type: ignore[arg-type]


def alone(rows: float, cols: float) -> Group:
    return Group((extent(rows, cols),), is_grounded=False)


def test_the_arrangement_with_the_largest_cells_wins() -> None:
    groups = (alone(7, 7), alone(3, 3), alone(5, 5))
    box = TALL._replace(habit=0)
    found = fit_groups(groups, box)
    sizes = [largest(tree, 0, box) for tree in arrangements(groups)]
    assert found.cell == max(size.large for size in sizes if size)


def test_in_a_wide_box_planes_stand_beside_and_in_a_tall_one_under_each_other() -> None:
    groups = (alone(7, 7), alone(7, 7))
    wide, tall = fit_groups(groups, WIDE), fit_groups(groups, TALL)
    assert wide.spots[0].y == wide.spots[1].y
    assert tall.spots[0].x == tall.spots[1].x


def test_the_usual_row_is_kept_unless_another_arrangement_is_much_larger() -> None:
    groups = (alone(6, 6), alone(6, 6), alone(6, 6))
    box = Box(360, 150, 0, 60, 0, (0, 0))
    row = fit_groups(groups, box)
    assert len({spot.y for spot in row.spots.values()}) == 1
    tower = Box(200, 300, 0, 60, 0, (0, 0))
    assert len({spot.y for spot in fit_groups(groups, tower).spots.values()}) > 1
    assert len({spot.y for spot in fit_groups(groups, tower._replace(habit=100)).spots.values()}) == 1


def test_the_largest_cell_fits_and_a_slightly_larger_one_does_not() -> None:
    for tree in arrangements((alone(7, 5), alone(2, 9))):
        sizes = largest(tree, 0, TALL)
        assert sizes
        assert fits(tree, sizes, TALL)
        is_largest = sizes.large > TALL.largest - 0.2
        assert is_largest or not fits(tree, Sizes(sizes.large + 0.2, sizes.small + 0.2, TALL.gap), TALL)


def test_lines_break_where_they_are_told_to() -> None:
    assert lines_of(4, (False, True, False)) == [[0, 1], [2, 3]]
    assert lines_of(1, ()) == [[0]]


def test_in_a_frame_a_few_cells_fill_the_box_and_none_is_smaller_for_it() -> None:
    groups = (alone(1, 8), alone(1, 3), alone(1, 6))
    usual, filled = fit_groups(groups, WIDE), filling(partial(fit_groups, groups), FRAMED)
    assert filled.cell >= usual.cell
    assert filled.width > 0.9 * FRAMED.width


def test_one_of_two_in_a_frame_is_as_wide_as_it_and_half_as_high() -> None:
    groups = (alone(7, 7), alone(3, 3), alone(3, 3), alone(5, 5))
    filled = filling(partial(fit_groups, groups), PAIRED)
    assert filled.width > 0.9 * PAIRED.width
    assert filled.height <= PAIRED.height <= FRAMED.height / 1.9
