"""What does not fit is refused: where in the stack, and with every number that a sentence about it needs."""

import pytest

from kernels.stack import Branch, Layer, Misfit, Residual, Stack, shapes

CONV = Layer("conv", (3,), channels=2)
FLATTEN = Layer("flatten")
MISFITS: dict[str, tuple[Stack, str, dict[str, object]]] = {
    "flat": ((FLATTEN, CONV), "2", {"kind": "conv", "numbers": 27}),
    "axes": ((Layer("conv", (3, 3)),), "1", {"name": "kernel", "given": 2, "axes": 1}),
    "same_stride": ((Layer("conv", (3,), stride=(2,), padding="same"),), "1", {"stride": 2}),
    "groups": ((Layer("conv", (3,), channels=4, groups=2),), "1", {"name": "channels", "count": 3, "groups": 2}),
    "pool_padding": ((Layer("maxpool", (3,), padding=((2, 2),)),), "1", {"padding": 2, "covers": 3}),
    "kernel": (
        (CONV, Layer("conv", (4,), dilation=(3,), padding=((1, 1),))),
        "2",
        {"covers": 10, "padded": 9, "size": 7},
    ),
    "output_padding": (
        (Layer("convtranspose", (3,), stride=(2,), output_padding=(2,)),),
        "1",
        {"given": 2, "stride": 2, "dilation": 1},
    ),
    "empty": ((Layer("convtranspose", (1,), padding=((5, 5),)),), "1", {"size": -1, "padding": 10}),
    "not_flat": ((Layer("linear", channels=2),), "1", {"shape": (3, 9)}),
    "join_sizes": ((Branch(((CONV,), ())),), "1", {"sizes": [(7,), (9,)]}),
    "join_channels": ((Residual(((CONV, Layer("conv", padding=((1, 1),))), ())),), "1", {"channels": [2, 3]}),
    "join_lists": ((Branch(((FLATTEN,), (FLATTEN, Layer("linear")))),), "1", {}),
}


@pytest.mark.parametrize("reason", MISFITS)
def test_what_does_not_fit_is_refused_with_its_place_and_its_numbers(reason: str) -> None:
    stack, place, numbers = MISFITS[reason]
    with pytest.raises(Misfit) as refused:
        shapes(stack, (3, 9))
    assert (refused.value.reason, refused.value.place) == (reason, place)
    assert refused.value.numbers == numbers
