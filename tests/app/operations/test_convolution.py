"""A convolution's parameters together: what PyTorch refuses is refused here, in better words; work is bounded first."""

from collections.abc import Callable

import pytest

from app.settings import Limits
from tests.app.direct import Direct

Refused = Callable[..., tuple[str, str]]


@pytest.mark.parametrize(
    ("query", "operation", "field", "sentence"),
    [
        ("padding=same&stride=2", "conv2d", "padding", "only at stride 1, but the stride is 2."),
        ("padding=same&stride=1,2", "conv2d", "padding", "the stride is 1,2"),
        ("x=ramp:3x3&w=box:5", "conv2d", "w", "The 5×5 kernel covers 5×5 cells, but the input is only 3×3."),
        (
            "x=ramp:5x5&w=box:5&dilation=2&padding=1",
            "conv2d",
            "dilation",
            "The 5×5 kernel with dilation 2 covers 9×9 cells, but the padded input is only 7×7.",
        ),
        ("x=1,2&w=1,2,3", "conv1d", "w", "The 3 kernel covers 3 cells, but the input is only 2."),
        (
            "x=ramp:3x3&padding=3&padding_mode=reflect",
            "conv2d",
            "padding",
            "along the height the padding is 3, but the input has 3 cells.",
        ),
        (
            "x=ramp:5x3&padding=4&padding_mode=circular",
            "conv2d",
            "padding",
            "along the width the padding is 4, but the input has 3 cells.",
        ),
        ("x=1,2,3&padding=3&padding_mode=reflect", "conv1d", "padding", "along the length the padding is 3"),
        ("x=random:3x5x5:1&groups=2", "conv2d", "groups", "The 3 input channels cannot be split into 2 equal groups."),
        (
            "x=random:4x5x5:1&w=random:3x2x3x3:1&groups=2",
            "conv2d",
            "groups",
            "The 3 filters cannot be shared equally among 2 groups.",
        ),
        ("groups=2", "conv2d", "groups", "The 1 input channels cannot be split into 2 equal groups."),
        ("x=random:3x5x5:1&w=random:1x2x3x3:1", "conv2d", "w", "Each kernel must have 3 channels"),
        ("b=1,2", "conv2d", "b", "b needs one value for each of the 1 filters, but it has 2."),
        ("x=random:17x3x3:1", "conv2d", "x", "at most 16 input channels, but x has 17."),
        ("x=zeros:129x3", "conv2d", "x", "at most 128 cells a side, but x is 129×3."),
        ("x=zeros:129", "conv1d", "x", "at most 128 cells a side, but x is 129."),
        ("w=box:16&x=zeros:32x32", "conv2d", "w", "at most 15 cells a side, but w is 16×16."),
        ("w=random:65x1x1x1:1", "conv2d", "w", "at most 64 filters, but w has 65."),
        (
            "x=zeros:128x128&w=random:64x1x15x15:1&padding=full",
            "conv2d",
            "x",
            "multiplications; one scene may need at most",
        ),
        ("x=1e308&w=10", "conv2d", "x", "the largest that a computer's float64 can hold"),
        ("x=10&w=1e308", "conv2d", "w", "the largest that a computer's float64 can hold"),
        ("x=1&w=1&b=1e308,", "conv2d", "b", ""),
        ("x=1e999", "conv2d", "x", ""),
        ("w=nan", "conv2d", "w", ""),
        ("x=-inf", "conv2d", "x", ""),
        ("x=1,1_0", "conv2d", "x", "“1_0”"),
        ("b=1/0", "conv2d", "b", ""),
        ("x=1,2;3", "conv2d", "x", "Row 2 has 1 value"),
        ("w=sobel-z", "conv2d", "w", "Did you mean"),
        ("x=seven!9.9:1", "conv2d", "x", "!9.9:1"),
    ],
)
def test_what_cannot_be_computed_is_refused_at_its_field_with_the_numbers(
    query: str, operation: str, field: str, sentence: str, refused: Refused
) -> None:
    where, said = refused(query, operation)
    assert where == field
    assert sentence in said


def test_a_kernel_that_only_fits_padded_is_taken(ask: Direct) -> None:
    assert ask("/conv2d.json?x=ramp:3x3&w=box:5&padding=1").json()["y"]["shape"] == [1, 1, 1]


def test_reflect_and_circular_padding_reach_as_far_as_pytorchs(ask: Direct) -> None:
    assert ask("/conv2d.json?x=ramp:3x3&padding=2&padding_mode=reflect").status == 200
    assert ask("/conv2d.json?x=ramp:3x3&padding=3&padding_mode=circular").status == 200


def test_numbers_are_counted_before_they_are_made(refused: Refused) -> None:
    """64 filters over 16 channels of 128×128: every filter alone would send 17 numbers for each place."""
    field, sentence = refused("x=zeros:16x128x128&w=random:64x16x1x1:1")
    assert field == "x"
    assert f"{Limits().numbers:,}" in sentence or f"{Limits().multiplications:,}" in sentence


def test_a_kernel_of_one_plane_serves_every_channel_and_every_group(ask: Direct) -> None:
    assert ask("/conv2d.json?x=random:3x5x5:1&w=box:3").json()["w"]["shape"] == [1, 3, 3, 3]
    assert ask("/conv2d.json?x=random:3x5x5:1&w=box:3&groups=3").json()["w"]["shape"] == [3, 1, 3, 3]


def test_one_bias_serves_every_filter(ask: Direct) -> None:
    assert ask("/conv2d.json?w=sobel-x~~sobel-y&b=1").json()["b"] == {"shape": [2], "values": [1, 1]}


def test_every_wrong_field_is_refused_at_once(ask: Direct) -> None:
    detail = ask("/conv2d.json?stride=0&dilation=x&theme=blue").json()["detail"]
    assert [entry["loc"][1] for entry in detail] == ["stride", "dilation", "theme"]
