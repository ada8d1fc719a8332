"""What is seen within a step: products light one after the other, their sum flies, and lands on its output."""

from app.film.moments import COLLAPSED, COPIED, GLIDED, LANDED, MULTIPLIED, TURNED, Moments
from app.operations import OPERATIONS
from app.painters.palette import LIGHT
from app.painters.poster import PLAIN, paint
from app.painters.reading import read
from app.painters.shapes import Words
from app.settings import Limits
from app.views.table import read_view


def moments(operation: str = "conv2d", **raw: str) -> Moments:
    return Moments(read_view(OPERATIONS[operation], dict(raw), Limits()), LIGHT)


def texts(made: Moments, step: int, phase: float) -> list[str]:
    layout, frame, motion = made.at(step, phase)
    drawing = read(paint(layout, frame, LIGHT, PLAIN, motion))
    return [
        "".join(run.text for run in shape.runs if run.colour) for shape in drawing.shapes if isinstance(shape, Words)
    ]


X, W = "1,2,3;4,5,6;7,8,9", "100,200;300,400"
PRODUCTS = ["100", "400", "1200", "2000"]


def test_products_light_in_reading_order() -> None:
    made = moments(x=X, w=W)
    for count, product in enumerate(PRODUCTS):
        share = GLIDED + (MULTIPLIED - GLIDED) * (count + 0.9) / 4
        seen = texts(made, 0, share)
        assert product in seen[: seen.index(seen[-1])]
        assert not set(PRODUCTS[count + 1 :]) & (set(seen) - {"100", "400"})


def test_the_sum_is_nowhere_before_its_products_and_flies_before_it_is_written() -> None:
    made = moments(x=X, w=W)
    assert not any("3700" in text for text in texts(made, 0, MULTIPLIED - 0.01))
    assert texts(made, 0, COLLAPSED - 0.01).count("3700") == 1
    assert texts(made, 0, 1).count("3700") == 1
    assert texts(made, 0, COLLAPSED + 0.1)[-1].endswith("3700")
    assert texts(made, 1, 0.5).count("3700") == 1


def test_nothing_lies_ahead_in_a_film_even_where_its_link_names_no_step() -> None:
    made = moments(x=X, w=W)
    assert {"4700", "6700", "7700"} <= set(texts(made, 3, 1))
    assert not {"4700", "6700", "7700"} & set(texts(made, 0, 1))


def test_a_stamp_lands_after_its_numbers_have_flown() -> None:
    made = moments("conv_transpose2d", x="5", w="1,2;3,4", stride="2")
    flying = texts(made, 0, LANDED - 0.1)
    assert flying.count("20") == 2
    assert texts(made, 0, 1).count("20") == 2
    assert texts(made, 0, 0.4).count("20") == 0


def test_a_film_of_a_scene_that_asks_never_says_a_result() -> None:
    for operation in ("conv2d", "conv_transpose2d", "max_pool2d", "unfold", "conv2d_weight"):
        for view in OPERATIONS[operation].views:
            made = moments(operation, predict="true", view=view)
            given = moments(operation, predict="true", view=view, step="0")
            results = {f"{value:g}".replace("-", "−") for value in made.view.scene.y.ravel()}
            inputs = set(texts(given, 0, 0.0))
            for phase in (0.3, 0.7, 0.9, 1):
                said = set(texts(made, made.view.steps - 1, phase)) - inputs
                own = {text for text in said if text in results}
                data = {
                    f"{value:g}".replace("-", "−")
                    for name in made.view.scene.layer.grids
                    for value in numbers(made, name)
                }
                assert own <= data, (operation, view, phase)


def numbers(made: Moments, name: str) -> list[float]:
    values = made.view.scene.values(name)
    return [] if values is None else list(values.ravel())


def test_a_filter_that_the_first_page_does_not_draw_is_drawn_once_the_playhead_is_there() -> None:
    made = moments(x="random:1x5x5:1", w="random:24x1x3x3:1")
    last = made.view.steps - 1
    layout, frame, _ = made.at(last, 1)
    assert frame["outlines"][-1]["plane"] == "y.23"
    assert any(sheet.plane.id == "y.23" for sheet in layout.sheets)
    assert layout.active == 23


def test_the_numbers_of_a_window_fly_to_their_column_and_are_there_once_they_have_landed() -> None:
    made = moments("unfold", x="100,200;300,400", kernel_size="2")
    numbers = {"100", "200", "300", "400"}
    for phase, times in ((0.1, 1), (0.5, 2), (COPIED - 0.01, 2), (1, 2)):
        assert {number: texts(made, 0, phase).count(number) for number in numbers} == dict.fromkeys(numbers, times)
    flying = made.at(0, 0.5).motion.flying
    assert [flying.count(f">{number}<") for number in sorted(numbers)] == [1, 1, 1, 1]
    assert not made.at(0, COPIED).motion.flying


def test_a_column_that_is_folded_is_in_the_sum_once_it_has_landed() -> None:
    made = moments("fold", x="100,200;100,200;100,200;100,200", kernel_size="2", output_size="2,3")
    assert texts(made, 1, 0.5).count("300") == 0 < texts(made, 1, 1).count("300")


def test_the_kernel_turns_before_the_first_window_of_a_flip_and_then_lies_still() -> None:
    made = moments(x=X, w=W, view="flip")
    turns = [made.at(0, phase).motion.turn for phase in (0, 0.2, 0.4, TURNED)]
    assert turns[0] == -180
    assert turns == sorted(turns)
    assert turns[-1] == 0 == made.at(1, 0.1).motion.turn


def test_both_results_of_a_flip_wait_for_their_sums() -> None:
    made = moments(x=X, w=W, view="flip")
    assert not {"3700", "2300"} & set(texts(made, 0, 0.5))
    assert {"3700", "2300"} <= set(texts(made, 0, 1))


def test_lines_to_outputs_that_are_still_to_come_are_pale() -> None:
    made = moments("conv1d", view="connections")

    def pale(step: int) -> int:
        return paint(*made.at(step, 1)[:2], LIGHT, PLAIN).count(b'stroke-opacity="0.12"')

    last = made.view.steps - 1
    assert pale(0) > pale(1) > pale(last) == 0
