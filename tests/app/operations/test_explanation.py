"""The explanation of a convolution: why the size is what it is, and why nothing reads some cells."""

import pytest

from app.pages.gallery import view_at


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        ("/conv2d", []),
        (
            "/conv2d?x=ramp:6x5&stride=2",
            ["No window reads row 5: (6 + 0 − 3) / 2 is not whole, and the size is floored, as PyTorch does it."],
        ),
        (
            "/conv1d?x=ramp:9&w=ones:3&stride=3&padding=1:0",
            ["No window reads cell 8: (9 + 1 − 3) / 3 is not whole, and the size is floored, as PyTorch does it."],
        ),
        # The size is whole.
        (
            "/conv2d?x=ramp:5x5&w=ones:2x2&stride=3",
            [
                "No window reads row 2: the stride steps over what the windows leave out.",
                "No window reads column 2: the stride steps over what the windows leave out.",
            ],
        ),
        (
            "/conv1d?x=ramp:5&w=ones:2&dilation=2&stride=2&padding=1",
            ["No window reads cells 0, 2, 4: the stride steps over what the windows leave out."],
        ),
        # Floored, but what that leaves out is padding.
        (
            "/conv1d?x=ramp:5&w=ones:2&dilation=2&stride=3&padding=1",
            ["No window reads cells 0, 3: the stride steps over what the windows leave out."],
        ),
        ("/conv1d?x=ramp:6&w=ones:3&stride=2&padding=0:1", []),
    ],
)
def test_why_no_window_reads_some_cells_is_said(address: str, sentences: list[str]) -> None:
    scene = view_at(address).scene
    assert scene.operation.explain(scene).unused == sentences
