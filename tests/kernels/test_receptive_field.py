"""What units see: against gradients through random positive weights, the published tables, and PyTorch's own."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from numpy.testing import assert_array_equal

from kernels.effective_field import random_field, uniform_field, work
from kernels.graph import INPUT
from kernels.layers import StackLayer
from kernels.path_counts import links, seen
from kernels.receptive_field import FieldTooLarge, fields, receptive_field
from kernels.stack import Branch, Residual, Stack, shapes
from tests.kernels.golden_files import GOLDENS
from tests.kernels.stacks import gradient, stacks, strides

CONV3 = StackLayer("conv", (3,))
SAME3 = StackLayer("conv", (3,), padding=((1, 1),))
POOL2 = StackLayer("maxpool", (2,))

MOST_CROPPED = 3
"""Cells that the padding of a drawn transposed layer cuts off one end."""
CROPPED = (
    StackLayer("convtranspose", (1,), padding=((0, 2),)),
    StackLayer("conv", (1,), padding=((0, 3),)),
)
"""Its last unit sees what the first layer cuts off, where the input ends sooner."""

few = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(stacks())
@example((CROPPED, 8))
def test_sizes_strides_fields_and_paddings_agree_with_gradients(drawn: tuple[Stack, int]) -> None:
    """Theory knows no end of the input, so the gradient is taken where the ends are far away."""
    stack, size = drawn
    (*_, last) = fields(shapes(stack, (1, size)), size, 0)
    seeing = last.sizes > 0
    step = strides(stack)
    reach = max(-last.starts[seeing].min(initial=0), last.stops[seeing].max(initial=0) - size, 0)
    margin = step * (2 + int(reach) // step + MOST_CROPPED * len(stack))
    slopes = gradient(stack, size + 2 * margin, seed=size)
    shift = (len(slopes) - len(last.starts)) // 2
    for unit, slope in enumerate(slopes[shift : shift + len(last.starts)]):
        cells = np.flatnonzero(slope) - margin
        assert last.sizes[unit] == (cells[-1] - cells[0] + 1 if len(cells) else 0)
        if len(cells):
            assert (last.starts[unit], last.stops[unit]) == (cells[0], cells[-1])
    if last.stride is not None:  # the next unit sees what lies `step` cells further
        units = Fraction(step) / last.stride
        assert units.denominator == 1
        assert_array_equal(slopes[shift + int(units)] > 0, np.roll(slopes[shift] > 0, step))


@few
@given(stacks())
def test_what_a_unit_reaches_on_a_map_that_ends_agrees_with_gradients(drawn: tuple[Stack, int]) -> None:
    stack, size = drawn
    measured = shapes(stack, (1, size))
    linked = links(measured, 0, range(len(measured)))
    slopes = gradient(stack, size, seed=size)
    assert measured[-1].spatial == (len(slopes),)
    for unit, slope in enumerate(slopes):
        reached = seen(linked, len(measured) - 1, unit, len(slopes))[INPUT]
        assert_array_equal(reached > 0, slope > 0)
    only_last = links(measured, 0, [len(measured) - 1])[len(measured) - 1].get(INPUT)
    if only_last is not None:
        assert_array_equal(only_last[-1], reached)


def test_a_pool_over_the_whole_map_and_a_linear_layer_see_all_that_stands_before_them() -> None:
    for last in (StackLayer("globalpool"), StackLayer("adaptivepool", (1,))):
        stack = (SAME3, POOL2, last)
        (field,) = fields(shapes(stack, (1, 12)), 12, 0)[-1:]
        assert_array_equal(gradient(stack, 12, 0) > 0, np.ones((1, 12)))
        assert (field.size, field.padding) == (14, 1)
    flat = (SAME3, POOL2, StackLayer("flatten"), StackLayer("linear", channels=3), StackLayer("relu"))
    assert fields(shapes(flat, (1, 12)), 12, 0)[-1].size == 14


def test_windows_of_an_adaptive_pool_are_as_large_as_they_must_be() -> None:
    stack = (StackLayer("adaptivepool", (3,)),)
    (field,) = fields(shapes(stack, (1, 7)), 7, 0)
    slopes = gradient(stack, 7, 0)
    assert field.sizes.tolist() == (slopes > 0).sum(axis=1).tolist() == [3, 3, 3]
    assert field.stride == Fraction(7, 3)


def vgg16() -> Stack:
    groups = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]
    convolutions = [
        [StackLayer("conv", (3,), filters, padding=((1, 1),))] * count + [POOL2] for filters, count in groups
    ]
    return tuple(layer for group in convolutions for layer in group)


def alexnet(padding: int) -> Stack:
    pool = StackLayer("maxpool", (3,), stride=(2,))
    first = StackLayer("conv", (11,), 64, stride=(4,), padding=((padding, padding),))
    return (first, pool, StackLayer("conv", (5,), 192, padding=((2, 2),)), pool, SAME3, SAME3, SAME3, pool)


PUBLISHED = [
    # Receptive field, effective stride and effective padding of the last pool: the table in Araujo, Norris and Sim,
    # "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019.
    (alexnet(0), (195, 32, 64)),
    (vgg16(), (212, 32, 90)),
]


@pytest.mark.parametrize(("stack", "published"), PUBLISHED, ids=["alexnet_v2", "vgg_16"])
def test_the_last_pool_has_the_published_field(stack: Stack, published: tuple[int, int, int]) -> None:
    rows, cols = receptive_field(shapes(stack, (3, 224, 224)), (224, 224))[-1]
    assert (rows.size, rows.stride, rows.padding) == (cols.size, cols.stride, cols.padding) == published


def test_every_layer_of_vgg_16_has_the_published_field() -> None:
    """The column "receptive field" of VGG-16 as it is printed for each of its layers."""
    table = [field.size for (field, _) in receptive_field(shapes(vgg16(), (3, 224, 224)), (224, 224))]
    assert table == [3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212]


def test_every_layer_of_alexnet_has_the_published_field() -> None:
    table = [field.size for (field, _) in receptive_field(shapes(alexnet(0), (3, 227, 227)), (227, 227))]
    assert table == [11, 19, 51, 67, 99, 131, 163, 195]


def test_the_lecture_counts_one_three_six_seven_six_three_one_paths() -> None:
    linked = links(shapes((CONV3, CONV3, CONV3), (1, 7)), 0, range(3))
    assert seen(linked, 2, 0, 1)[INPUT].tolist() == [1, 3, 6, 7, 6, 3, 1]


def test_the_lectures_two_figures_have_fields_of_four_and_five() -> None:
    first = (SAME3, StackLayer("conv", (2,)))
    second = (StackLayer("conv", (4,), padding=((1, 1),)), StackLayer("conv", (2,), stride=(2,)))
    for stack, size, units in ((first, 4, 4), (second, 5, 2)):
        measured = shapes(stack, (1, 5, 5))
        assert measured[-1].spatial == (units, units)
        assert fields(measured, 5, 0)[-1].size == size


def test_behind_a_transposed_layer_fields_differ_and_strides_are_fractions() -> None:
    (field,) = fields(shapes((StackLayer("convtranspose", (3,), stride=(2,)),), (1, 4)), 4, 0)
    assert field.sizes.tolist() == [2, 1, 2, 1, 2, 1, 2, 1, 2]
    assert (field.size, field.varies, field.stride, field.padding) == (2, True, Fraction(1, 2), 1)


def test_a_transposed_layer_whose_stride_steps_over_cells_has_units_that_see_nothing() -> None:
    (field,) = fields(shapes((StackLayer("convtranspose", (1,), stride=(2,)),), (1, 3)), 3, 0)
    assert field.sizes.tolist() == [1, 0, 1, 0, 1]


def test_paths_that_look_at_different_places_are_named() -> None:
    aside = Branch(((StackLayer("conv", (3,), stride=(2,), padding=((1, 1),)),), (POOL2,)))
    (*_, field) = fields(shapes((aside,), (1, 12)), 12, 0)
    assert field.disagreement == ((Fraction(2), Fraction(0)), (Fraction(2), Fraction(1, 2)))
    assert (field.size, field.stride, field.centre) == (3, Fraction(2), None)


def test_paths_of_different_strides_leave_no_stride() -> None:
    stack = (Branch(((StackLayer("conv", (4,)),), (StackLayer("conv", (2,), stride=(3,)),))),)
    (*_, field) = fields(shapes(stack, (1, 5)), 5, 0)
    assert field.stride is None
    assert field.starts.tolist() == [0, 1]
    assert field.stops.tolist() == [3, 4]


def test_a_skip_connection_agrees_with_its_other_path() -> None:
    (*_, field) = fields(shapes((Residual(((SAME3, SAME3), ())),), (1, 9)), 9, 0)
    assert (field.size, field.stride, field.disagreement) == (5, 1, ())


def test_a_field_that_would_reach_too_far_is_refused_before_it_is_made() -> None:
    stack = (StackLayer("conv", (64,), stride=(64,), padding=((64, 64),)),) * 9
    with pytest.raises(FieldTooLarge):
        fields(shapes(stack, (1, 64)), 64, 0)


@given(stacks())
@settings(deadline=None, max_examples=20)
def test_a_square_has_the_fields_of_its_line_along_both_axes(drawn: tuple[Stack, int]) -> None:
    stack, size = drawn
    square = shapes(stack, (1, size, size))
    for (down, across), line in zip(
        receptive_field(square, (size, size)), fields(shapes(stack, (1, size)), size, 0), strict=True
    ):
        for field in (down, across):
            assert_array_equal(field.starts, line.starts)
            assert_array_equal(field.stops, line.stops)
            assert (field.stride, field.centre) == (line.stride, line.centre)


def test_the_effective_field_of_uniform_weights_counts_paths() -> None:
    field = uniform_field(shapes((CONV3, CONV3, CONV3), (1, 7, 7)), (7, 7), 2, (0, 0))
    paths = np.array([1, 3, 6, 7, 6, 3, 1])
    assert_array_equal(field, np.outer(paths, paths))


def test_every_path_through_twenty_layers_is_counted() -> None:
    field = uniform_field(shapes((CONV3,) * 20, (1, 41)), (41,), 19, (0,))
    paths = [1]
    for _ in range(20):
        paths = [sum(paths[max(end - 2, 0) : end + 1]) for end in range(len(paths) + 2)]
    assert field.tolist() == paths


def test_a_linear_layer_reads_every_cell_and_an_activation_just_its_own() -> None:
    measured = shapes((StackLayer("relu"), StackLayer("flatten"), StackLayer("linear", channels=2)), (1, 5))
    assert_array_equal(links(measured, 0, [2])[2][INPUT], np.ones((1, 5)))
    assert links(measured, 0, [0])[0][INPUT] is None
    assert_array_equal(uniform_field(measured, (5,), 2, (0,)), np.ones(5))


def test_many_paths_stay_finite() -> None:
    stack = (StackLayer("conv", (63,), padding=((31, 31),)),) * 300
    measured = shapes(stack, (1, 8, 8))
    assert np.isfinite(uniform_field(measured, (8, 8), 299, (4, 4))).all()
    assert np.isfinite(seen(links(measured, 0, range(300)), 299, 4, 8)[INPUT]).all()


@few
@given(stacks())
def test_random_weights_move_only_what_a_unit_reaches(drawn: tuple[Stack, int]) -> None:
    stack, size = drawn
    measured = shapes(stack, (1, size))
    (units,) = measured[-1].spatial
    field = random_field(measured, (size,), len(measured) - 1, (units // 2,), draws=2, seed=1)
    reached = gradient(stack, size, seed=1)[units // 2] > 0
    assert not field[~reached].any()


def test_random_fields_are_pinned() -> None:
    stack = (CONV3, POOL2, StackLayer("relu"), StackLayer("convtranspose", (3,), stride=(2,)))
    field = random_field(shapes(stack, (1, 6, 6)), (6, 6), 3, (2, 2), draws=4, seed=7)
    again = random_field(shapes(stack, (1, 6, 6)), (6, 6), 3, (2, 2), draws=4, seed=7)
    assert_array_equal(field, again)
    other = random_field(shapes(stack, (1, 6, 6)), (6, 6), 3, (2, 2), draws=4, seed=8)
    assert not np.array_equal(field, other)


def test_the_random_field_of_one_layer_is_the_mean_size_of_the_weights_that_its_seed_draws() -> None:
    weights = np.random.Generator(np.random.PCG64(7)).uniform(-1, 1, (4, 3))  # √(3 / taps) is 1
    field = random_field(shapes((CONV3,), (1, 7)), (7,), 0, (2,), draws=4, seed=7)
    assert_array_equal(field, np.pad(np.abs(weights).mean(axis=0), 2))


def test_the_work_of_a_draw_is_its_taps_and_the_cells_that_it_brings_down_to() -> None:
    stack = (CONV3, StackLayer("relu"), StackLayer("convtranspose", (2,), stride=(2,)))
    measured = shapes(stack, (1, 5))
    assert [work(measured, node) for node in range(3)] == [3 * 3 + 5, 14 + 3 + 3, 20 + 3 * 2]


DOWN = StackLayer("conv", (3,), stride=(2,), padding=((1, 1),))
WIDE = StackLayer("conv", (5,), padding=((2, 2),))
ONE = StackLayer("conv", (1,))
FIELD_GOLDENS: dict[str, tuple[Stack, tuple[int, int]]] = {
    "chain": ((StackLayer("conv", (3, 2), dilation=(2, 1)), StackLayer("avgpool", (3,), stride=(2,)), SAME3), (1, 2)),
    "transposed": ((DOWN, StackLayer("convtranspose", (4,), stride=(2,), padding=((1, 1),)), CONV3), (4, 5)),
    "inception": (
        (
            Branch(
                ((ONE,), (ONE, SAME3), (ONE, WIDE), (StackLayer("avgpool", (3,), stride=(1,), padding=((1, 1),)), ONE))
            ),
        ),
        (0, 6),
    ),
    "residual": ((SAME3, Residual(((DOWN, SAME3), (StackLayer("conv", (1,), stride=(2,)),))), SAME3), (3, 3)),
}


@pytest.mark.parametrize("name", FIELD_GOLDENS)
def test_gradients_of_pytorch_models_agree(name: str) -> None:
    """Goldens by make_field_goldens.py: every weight is 1, pools take sums, and one unit is asked for its gradient."""
    stack, unit = FIELD_GOLDENS[name]
    measured = shapes(stack, (1, 12, 12))
    with np.load(GOLDENS / "fields.npz") as golden:
        assert measured[-1].spatial == tuple(golden[f"{name}_spatial"])
        assert_array_equal(uniform_field(measured, (12, 12), len(measured) - 1, unit), golden[f"{name}_gradient"])
