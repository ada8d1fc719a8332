"""What is made once for all numbers of x: it must not depend on them."""

import re

import pytest

from app.address.phrases import spell_sizes
from app.operations import OPERATIONS
from app.pages.once import MOST_KNOWN, Once
from app.pages.scene.explanation import explanation
from app.scene.scene import Scene
from tests.app.pages.test_controls import RICH, scene

X = re.compile(r"x=random:([\dx]+):1")


def with_x(name: str, seed: int) -> str:
    """A bare scene, its x as large as it was, with other numbers."""
    bare = scene(f"/{name}")
    return f"/{name}?x=random:{spell_sizes(bare.x.shape, bare.operation.spatial)}:{seed}"


def pairs() -> list[tuple[str, str]]:
    """Addresses of scenes that differ in the numbers of x alone."""
    drawn = [(address, X.sub(r"x=random:\1:2", address)) for address in RICH if X.search(address)]
    read = [
        name for name, operation in OPERATIONS.items() if "x" in operation.grids and "indices" not in operation.grids
    ]
    return drawn + [(with_x(name, 5), with_x(name, 6)) for name in read]


@pytest.mark.parametrize(("one", "other"), pairs())
def test_an_explanation_does_not_depend_on_the_numbers_of_x_unless_they_are_an_index(one: str, other: str) -> None:
    first, second = scene(one), scene(other)
    if first.layer.find_targets:
        assert explanation(first) is not explanation(second)
        assert vars(explanation(second)) == vars(second.operation.explain(second))
    else:
        assert vars(first.operation.explain(first)) == vars(second.operation.explain(second))
        assert explanation(first) is explanation(second)


@pytest.mark.parametrize(
    "change", ["x=random:8x8:5", "x=random:2x7x7:5", "x=random:7x7:5&stride=2", "x=seven&indices=1"]
)
def test_another_shape_and_another_field_are_explained_anew(change: str) -> None:
    assert explanation(scene(f"/conv2d?{change}")) is not explanation(scene("/conv2d?x=random:7x7:5"))


def test_no_more_is_kept_than_there_is_room_for() -> None:
    made: list[Scene] = []

    @Once
    def numbered(scene: Scene, number: int) -> int:
        made.append(scene)
        return number

    shown = scene("/conv2d")
    assert [numbered(shown, number) for number in range(1, MOST_KNOWN + 3)] == list(range(1, MOST_KNOWN + 3))
    assert len(numbered.known) == 2
    assert numbered(shown, MOST_KNOWN + 2) == MOST_KNOWN + 2
    assert len(made) == MOST_KNOWN + 2
