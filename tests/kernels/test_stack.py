"""What does not fit is refused: where in the stack, and with every number that a sentence about it needs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.layers import Misfit, StackLayer
from kernels.stack import Branch, Residual, Stack, shapes
from tests.kernels.stacks import stacks

CONV = StackLayer("conv", (3,), channels=2)
FLATTEN = StackLayer("flatten")
MISFITS: dict[str, tuple[Stack, str, dict[str, object]]] = {
    "flat": ((FLATTEN, CONV), "2", {"kind": "conv", "numbers": 27}),
    "axes": ((StackLayer("conv", (3, 3)),), "1", {"name": "kernel", "given": 2, "axes": 1}),
    "same_stride": ((StackLayer("conv", (3,), stride=(2,), padding="same"),), "1", {"stride": 2}),
    "groups": ((StackLayer("conv", (3,), channels=4, groups=2),), "1", {"name": "channels", "count": 3, "groups": 2}),
    "pool_padding": ((StackLayer("maxpool", (3,), padding=((2, 2),)),), "1", {"padding": 2, "covers": 3}),
    "kernel": (
        (CONV, StackLayer("conv", (4,), dilation=(3,), padding=((1, 1),))),
        "2",
        {"covers": 10, "padded": 9, "size": 7},
    ),
    "output_padding": (
        (StackLayer("convtranspose", (3,), stride=(2,), output_padding=(2,)),),
        "1",
        {"given": 2, "stride": 2, "dilation": 1},
    ),
    "empty": ((StackLayer("convtranspose", (1,), padding=((5, 5),)),), "1", {"size": -1, "padding": 10}),
    "not_flat": ((StackLayer("linear", channels=2),), "1", {"shape": (3, 9)}),
    "join_sizes": ((Branch(((CONV,), ())),), "1", {"sizes": [(7,), (9,)]}),
    "join_channels": ((Residual(((CONV, StackLayer("conv", padding=((1, 1),))), ())),), "1", {"channels": [2, 3]}),
    "join_lists": ((Branch(((FLATTEN,), (FLATTEN, StackLayer("linear")))),), "1", {}),
}


@pytest.mark.parametrize("reason", MISFITS)
def test_what_does_not_fit_is_refused_with_its_place_and_its_numbers(reason: str) -> None:
    stack, place, numbers = MISFITS[reason]
    with pytest.raises(Misfit) as refused:
        shapes(stack, (3, 9))
    assert (refused.value.reason, refused.value.place) == (reason, place)
    assert refused.value.numbers == numbers


@given(stacks(), st.integers(0, 9))
@settings(deadline=None, max_examples=30)
def test_a_stack_is_measured_on_from_what_is_known_of_its_beginning(drawn: tuple[Stack, int], known: int) -> None:
    stack, size = drawn
    whole = shapes(stack, (1, size))
    assert shapes(stack, (1, size), whole[:known]) == whole


def test_same_padding_keeps_the_size_and_an_odd_cell_goes_after() -> None:
    (layer,) = shapes((StackLayer("conv", (4,), padding="same"),), (1, 9))
    assert (layer.shape, layer.windows[0].padding) == ((1, 9), (1, 2))


def test_a_window_that_would_begin_in_the_padding_after_the_map_does_not_hang_over_it() -> None:
    pool = StackLayer("maxpool", (2,), padding=((1, 1),), ceil_mode=True)
    assert [shapes((pool,), (1, size))[0].spatial for size in (4, 5, 6)] == [(3,), (3,), (4,)]
    assert shapes((StackLayer("maxpool", (2,), ceil_mode=True),), (1, 5))[0].spatial == (3,)


def test_a_pool_over_a_map_of_one_cell_is_that_cell() -> None:
    assert shapes((StackLayer("globalpool"),), (3, 1))[0].shape == (3, 1)
