"""Which neighbours a scene has: decided from the outlines of its grids, and never otherwise than from the numbers."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.address.query import Raw
from app.grids.literals import Space, read_grid
from app.grids.pictures import LEADING
from app.operations.common import grids
from app.pages.panel import inputs, neighbours
from app.pages.panel.controls import panel
from app.scene.changes import layer_with
from app.scene.outlines import Outline, Unread, outline
from app.scene.scene import Scene
from app.views.table import view_of
from tests.app import drawn, pools
from tests.app.pages.test_controls import BARE, RICH, scene

AT_A_BOUND = [
    "/conv2d?stride=64&x=random:70x70",
    "/conv2d?padding=64",
    "/conv2d?x=zeros:16x7x7&w=box:15&padding=5",
    "/conv2d?x=seven&w=random:64x1x3x3&dilation=3",
    "/conv2d?x=random:3x7x7&w=sobel-x!0.2.1.1:5",
    "/conv2d?x=random:2x3x3&padding=2&padding_mode=reflect",
    "/conv2d?groups=2&x=random:2x5x5&w=sobel-x&b=1,2",
    "/conv2d?x=1e154,1,0;1,1,0;0,0,1&w=1e153,1;1,1",
    "/conv1d?x=random:38&w=random:9&view=connections",
    "/conv2d?x=random:21x21&view=matrix",
    "/conv2d?x=random:20x20&w=box:3&view=im2col",
    "/conv2d?padding=1&padding_mode=reflect",
    "/conv2d?padding=1&view=scatter",
    "/conv_transpose2d?stride=64&x=random:16x16",
    "/conv2d_input?grad_output=!0.2.2:5",
    "/conv2d_weight?kernel_size=4",
    "/lp_pool2d?norm_type=3&x=-1,2,3;4,5,6;7,8,9",
    "/lp_pool2d?norm_type=2&x=-1,2,3;4,5,6;7,8,9&view=shift",
    "/lp_pool2d?norm_type=8&x=1e38,2;3,4",
    "/max_pool2d?kernel_size=15&x=random:16x16",
    "/max_pool2d_input?grad_output=!1.1:5",
    "/adaptive_max_pool2d?output_size=128",
]


def exists(around: Scene, changes: Raw, view: str | None) -> bool:
    """Whether these changes make a scene that this view, or its own, can show, every number of it read."""
    layer = layer_with(around, changes)
    shown = around.presentation.model_copy(update={"view": view or around.view})
    return layer is not None and neighbours.can_be_shown(replace(around, layer=layer, presentation=shown))


def compare(shown: Scene) -> None:
    """Lay out the panel, and decide each of its links both ways."""
    decide, decided = neighbours.exists, []

    def both(around: Scene, changes: Raw, view: str | None = None) -> bool:
        answers = decide(around, changes, view), exists(around, changes, view)
        assert answers[0] == answers[1], changes
        decided.append(changes)
        return answers[0]

    inputs.choices.known.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "exists", both)
        panel(view_of(shown))
    assert decided


@pytest.mark.parametrize("address", [*BARE, *RICH, *AT_A_BOUND])
def test_outlines_decide_what_the_numbers_would(address: str) -> None:
    compare(scene(address))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.one_of(drawn.addresses(), pools.pools()))
def test_outlines_decide_what_the_numbers_would_around_any_scene(address: tuple[str, drawn.Raw]) -> None:
    shown = pools.scene_or_none(*address)
    if shown is not None and not neighbours.is_large(shown):
        compare(shown)


@pytest.mark.parametrize("address", [address for address in (*BARE, *RICH) if "unpool" not in address])
def test_no_number_is_read_to_find_the_neighbours(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = scene(address)

    def refuse(raw: object, space: Space) -> None:
        raise AssertionError(raw)

    names = set(shown.operation.defaults.values())  # what an address leaves out is not in it
    monkeypatch.setattr(
        grids, "read_grid", lambda raw, space: read_grid(raw, space) if raw in names else refuse(raw, space)
    )
    panel(view_of(shown))


@pytest.mark.parametrize(
    "address", ["/conv2d", "/conv2d?w=sobel-x~~edge&stride=2&b=1,2", "/avg_pool2d", "/conv2d_weight"]
)
def test_where_another_input_leads_is_found_out_once_for_all_numbers_of_x(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (scene(address + ("&" if "?" in address else "?") + f"x=random:7x7:{seed}") for seed in (5, 6))
    inputs.choices.known.clear()
    anew = panel(view_of(other)).inputs
    inputs.choices.known.clear()
    panel(view_of(one))
    monkeypatch.setattr(inputs, "with_input", None)
    assert panel(view_of(other)).inputs == anew
    assert all(choice.address and "random:7x7" not in choice.address for choice in anew)


def test_another_shape_of_x_and_another_kernel_lead_elsewhere() -> None:
    addresses = ["/conv2d?x=random:7x7:5", "/conv2d?x=random:2x7x7:5", "/conv2d?x=random:7x7:5&w=edge"]
    assert len({panel(view_of(scene(address))).inputs for address in addresses}) == len(addresses)


def test_the_input_that_is_shown_is_the_chosen_one() -> None:
    for name in ("random:7x7:5", "digit:3", "random:7x7:6"):
        chosen = [choice.label for choice in panel(view_of(scene(f"/conv2d?x={name}"))).inputs if choice.chosen]
        assert chosen == (["digit"] if name == "digit:3" else [])


@settings(max_examples=200, deadline=None)
@given(st.one_of(drawn.addresses(), pools.pools()))
def test_an_outline_has_the_shape_of_its_text(address: tuple[str, drawn.Raw]) -> None:
    shown = pools.scene_or_none(*address)
    if shown is None:
        return
    for name in shown.operation.grids.keys() & shown.layer.spelled.keys():
        kind = shown.operation.grids[name].kind
        leading, spatial = LEADING[kind], shown.operation.spatial
        if not shown.layer.spelled[name].startswith("!"):
            read = read_grid(shown.layer.spelled[name], Space(spatial if leading else 1, leading, kind, 10_000_000))
            assert outline(kind, shown.layer.spelled[name], spatial).shape == read.shape


def test_a_bias_is_a_line_of_numbers_whatever_the_planes() -> None:
    assert [outline("bias", "1,2,3", spatial).shape for spatial in (1, 2, 3)] == [(3,)] * 3


def test_an_outline_keeps_its_edits_inside() -> None:
    edited = outline("weights", "sobel-x!0.2.1.1:5", 2)
    assert (edited.shape, edited.edited) == ((1, 1, 3, 3), (1, 3, 2, 2))
    assert edited.filling((1, 3, 3, 3)).shape == (1, 3, 3, 3)
    with pytest.raises(ValueError, match="2"):
        edited.filling((1, 2, 3, 3))


def test_an_outline_has_no_numbers_to_show() -> None:
    with pytest.raises(Unread):
        _ = Outline((1, 2, 2)).values
