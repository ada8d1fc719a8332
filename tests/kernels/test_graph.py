"""Graphs of nodes: against PyTorch, layer by layer, and what units see against gradients."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kernels.graph import INPUT, Measured, Node, known_nodes, measured_nodes, parameters_alone
from kernels.layers import Misfit, Shape, StackLayer
from kernels.receptive_field import FAR, fields
from kernels.stack import Gate, Step, as_stack, nodes

SIZE = 16
CHANNELS = 4
WINDOWED = ("conv", "conv", "grouped", "convtranspose", "maxpool", "avgpool", "upsample", "batchnorm", "relu")


def layer_of(kind: str, kernel: int, stride: int, channels: int) -> StackLayer:
    """A layer that keeps maps small, and their sizes such that many of them can be joined."""
    padding = ((kernel // 2, (kernel - 1) // 2),)
    if kind in ("maxpool", "avgpool"):
        return StackLayer(kind, (kernel,), stride=(stride,), padding=((kernel // 2, kernel // 2),))
    if kind == "upsample":
        return StackLayer(kind, (2,))
    if kind == "convtranspose":
        return StackLayer(kind, (kernel + stride - 1,), channels, stride=(stride,), padding=padding)
    if kind in ("conv", "grouped"):
        groups = 2 if kind == "grouped" else 1
        return StackLayer("conv", (kernel,), channels, stride=(stride,), padding=padding, groups=groups)
    return StackLayer(kind)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Node, ...]:
    """Nodes that read any map before them; where two fit, they may be joined."""
    made: list[Node] = []
    count = draw(st.integers(2, 9))
    while len(made) < count:
        source = draw(st.integers(max(-1, len(made) - 3), len(made) - 1))
        known = known_nodes(made, (CHANNELS, SIZE, SIZE))
        shape = known[source].shape if source != INPUT else (CHANNELS, SIZE, SIZE)
        others = [n for n, each in known.items() if n != source and each.shape[1:] == shape[1:]]
        place = str(len(made) + 1)
        if others and draw(st.booleans()):
            other = draw(st.sampled_from(others))
            same = known[other].shape == shape
            kind = draw(st.sampled_from(["add", "mul", "concat"] if same else ["concat"]))
            made.append(Node(StackLayer(kind), (source, other), place))
            continue
        kind = draw(st.sampled_from(WINDOWED))
        if min(shape[1:]) < 4 or max(shape[1:]) > 24:
            kind = "relu" if min(shape[1:]) < 4 else "maxpool"
        layer = layer_of(kind, draw(st.integers(1, 4)), draw(st.integers(1, 2)), draw(st.sampled_from([2, 4, 6])))
        assume(shape[0] % layer.groups == 0)
        made.append(Node(layer, (source,), place))
    return tuple(made)


def torch_modules(torch: Any, layer: StackLayer, channels: int) -> Any:
    """The same layer as PyTorch has it."""
    nn, kernel, stride = torch.nn, layer.kernel[0], (layer.stride or (1,))[0]
    (before, after) = layer.padding[0] if layer.padding != "same" else (0, 0)
    if layer.kind == "conv":
        pad = nn.ZeroPad2d((before, after, before, after))
        return nn.Sequential(pad, nn.Conv2d(channels, layer.channels, kernel, stride, groups=layer.groups))
    if layer.kind == "convtranspose":
        conv = nn.ConvTranspose2d(channels, layer.channels, kernel, stride)
        return nn.Sequential(conv, nn.ZeroPad2d((-before, -after, -before, -after)))
    if layer.kind in ("maxpool", "avgpool"):
        pool = nn.MaxPool2d if layer.kind == "maxpool" else nn.AvgPool2d
        return pool(kernel, stride, before)
    made = {"upsample": nn.Upsample(scale_factor=2), "batchnorm": nn.BatchNorm2d(channels), "relu": nn.ReLU()}
    return made[layer.kind]


def joined(torch: Any, kind: str, sources: list[Any]) -> Any:
    """Maps joined, added or multiplied by PyTorch."""
    if kind == "concat":
        return torch.cat(sources, 1)
    return sum(sources) if kind == "add" else sources[0] * sources[1]


def multiplications_of(torch: Any, module: Any, x: Any, y: Any) -> int:
    """By the shapes of a real forward pass."""
    total = 0
    for each in module.modules():
        if isinstance(each, torch.nn.Conv2d):
            total += y.numel() * each.in_channels // each.groups * each.kernel_size[0] ** 2
        if isinstance(each, torch.nn.ConvTranspose2d):
            total += x.numel() * each.out_channels * each.kernel_size[0] ** 2
    return total


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_random_graphs_are_pytorchs_in_shape_parameters_multiplications_and_fields(graph: tuple[Node, ...]) -> None:
    torch = pytest.importorskip("torch")
    check_against(torch, measured_nodes(graph, (CHANNELS, SIZE, SIZE)))


def check_against(torch: Any, measured: Sequence[Measured]) -> None:
    torch.manual_seed(0)
    x = torch.rand(1, CHANNELS, SIZE, SIZE, dtype=torch.float64, requires_grad=True)
    maps = {INPUT: x}
    for index, layer in enumerate(measured):
        sources = [maps[source] for source in layer.node.sources]
        if layer.node.is_join:
            maps[index] = joined(torch, layer.layer.kind, sources)
            continue
        module = torch_modules(torch, layer.layer, sources[0].shape[1]).double().eval()
        for parameter in module.parameters():
            torch.nn.init.uniform_(parameter, 0.1, 1)
        maps[index] = module(sources[0])
        assert tuple(maps[index].shape[1:]) == layer.shape
        assert sum(parameter.numel() for parameter in module.parameters()) == layer.parameters
        assert multiplications_of(torch, module, sources[0], maps[index]) == layer.multiplications
    check_fields(torch, measured, x, maps[len(measured) - 1])


def check_fields(torch: Any, measured: Sequence[Measured], x: Any, last: Any) -> None:
    row = last.shape[2] // 2
    (gradient,) = torch.autograd.grad(last[0, :, row].sum(), x)
    rows = np.flatnonzero(gradient[0].abs().sum((0, 2)).numpy() > 0)
    check_reach(measured, row, (int(rows[0]), int(rows[-1])) if len(rows) else None)


def check_reach(measured: Sequence[Measured], row: int, reached: tuple[int, int] | None) -> None:
    """What a unit sees holds what its gradient reaches; without pools of maxima it is the same, but for the borders."""
    seen = fields(measured, SIZE, 0)[-1]
    has_choice = any(layer.layer.kind == "maxpool" for layer in measured)
    has_gap = any(layer.layer.kind in ("convtranspose", "upsample") for layer in measured)
    start, stop = max(int(seen.starts[row]), 0), min(int(seen.stops[row]), SIZE - 1)
    if reached is None:
        assert has_choice or has_gap or seen.starts[row] == FAR or start > stop
        return
    assert start <= reached[0]
    assert reached[1] <= stop
    if not has_choice and not has_gap:
        assert (start, stop) == reached


GOLDEN = json.loads((Path(__file__).parent / "goldens" / "graphs.json").read_text(encoding="utf-8"))
"""Random graphs as PyTorch counts them, by make_graph_goldens.py."""


def layer_from(settings: dict[str, Any]) -> StackLayer:
    """A layer whose lists have come back from JSON."""
    pairs = {"padding": tuple(map(tuple, settings["padding"]))} if "padding" in settings else {}
    return StackLayer(**{n: tuple(v) if isinstance(v, list) else v for n, v in settings.items()} | pairs)


def test_three_hundred_random_graphs_are_counted_as_pytorch_counts_them_and_see_what_its_gradients_reach() -> None:
    assert len(GOLDEN) == 300
    for golden in GOLDEN:
        nodes_ = [
            Node(layer_from(settings), tuple(sources), str(number))
            for number, (settings, sources, *_) in enumerate(golden["nodes"], 1)
        ]
        measured = measured_nodes(nodes_, (CHANNELS, SIZE, SIZE))
        counted = [[list(each.shape), each.parameters, each.multiplications] for each in measured]
        assert counted == [counts for _, _, *counts in golden["nodes"]]
        reached = golden["reached"]
        check_reach(measured, measured[-1].shape[1] // 2, None if reached is None else (reached[0], reached[1]))


def test_a_product_of_matrices_and_attention_count_their_multiplications() -> None:
    attention = Node(StackLayer("attention", groups=4), (INPUT,), "1")
    (layer,) = measured_nodes((attention,), (10, 32))
    assert layer.parameters == 4 * 32 * 32 + 4 * 32  # torch.nn.MultiheadAttention(32, 4)
    assert layer.multiplications == 4 * 10 * 32 * 32 + 2 * 10 * 10 * 32
    turned = Node(StackLayer("permute", sizes=(1, 0)), (INPUT,), "1")
    product = Node(StackLayer("matmul"), (INPUT, 0), "2")
    assert measured_nodes((turned, product), (10, 32))[-1].multiplications == 10 * 10 * 32


def test_nothing_that_reads_an_unknown_node_is_measured() -> None:
    conv = StackLayer("conv", (1,))
    graph = (
        Node(conv, (INPUT,), "1"),
        Node(StackLayer("unknown", called="Block"), (0,), "2"),
        Node(conv, (1,), "3"),
        Node(conv, (0,), "4"),
    )
    assert list(known_nodes(graph, (2, 4, 4))) == [0, 3]
    with pytest.raises(Misfit, match="unknown"):
        measured_nodes(graph, (2, 4, 4))


@pytest.mark.parametrize(
    ("layer", "shape", "made"),
    [
        (StackLayer("flatten", sizes=(1, 2)), (3, 4, 5), (3, 20)),
        (StackLayer("reshape", sizes=(6, -1)), (3, 4, 5), (6, 10)),
        (StackLayer("unflatten", sizes=(2, 5), axis=0), (10, 3), (2, 5, 3)),
        (StackLayer("permute", sizes=(2, 0, 1)), (3, 4, 5), (5, 3, 4)),
        (StackLayer("slice", axis=1, sizes=(1, 4, 2)), (3, 4, 5), (3, 2, 5)),
        (StackLayer("pad", padding=((1, 2), (0, 1))), (3, 4, 5), (3, 7, 6)),
        (StackLayer("crop", (2, 3)), (3, 4, 5), (3, 2, 3)),
        (StackLayer("pixelshuffle", (2,)), (8, 4, 5), (2, 8, 10)),
        (StackLayer("pixelunshuffle", (2,)), (2, 8, 10), (8, 4, 5)),
        (StackLayer("resize", (7, 9)), (3, 4, 5), (3, 7, 9)),
        (StackLayer("globalmaxpool"), (3, 4, 5), (3, 1, 1)),
        (StackLayer("adaptivemaxpool", (2,)), (3, 4, 5), (3, 2, 2)),
        (StackLayer("reduce", sizes=(1, 2), keep=False), (3, 4, 5), (3,)),
        (StackLayer("glu"), (4, 6), (2, 6)),
        (StackLayer("linear", channels=7, axis=-1), (4, 6), (4, 7)),
        (StackLayer("conv", (3,), 2, padding=((1, 1),)), (4, 6), (2, 6)),
        (StackLayer("conv", (3, 3, 3), 2), (4, 6, 6, 6), (2, 4, 4, 4)),
    ],
)
def test_each_kind_makes_pytorchs_shape(layer: StackLayer, shape: Shape, made: Shape) -> None:
    assert measured_nodes((Node(layer, (INPUT,), "1"),), shape)[0].shape == made


def test_the_parameters_of_a_layer_alone_are_those_that_it_has_on_a_map() -> None:
    for layer, shape in (
        (StackLayer("conv", (3, 3), 6, groups=2, expects=4), (4, 8, 8)),
        (StackLayer("linear", channels=5, expects=7, bias=False), (7,)),
        (StackLayer("batchnorm", expects=4), (4, 3, 3)),
        (StackLayer("layernorm", sizes=(6,)), (2, 6)),
        (StackLayer("attention", groups=2, expects=8), (5, 8)),
        (StackLayer("prelu", channels=4), (4, 3, 3)),
    ):
        (measured,) = measured_nodes((Node(layer, (INPUT,), "1"),), shape)
        assert parameters_alone(layer) == measured.parameters


def test_a_gate_sees_the_whole_map_and_its_shortcut_only_one_cell() -> None:
    stack = (Gate(((StackLayer("globalpool"), StackLayer("conv", (1,))), ())),)
    measured = measured_nodes(nodes(stack), (2, 9))
    assert fields(measured, 9, 0)[-1].size == 9


def test_a_graph_written_as_a_stack_is_the_same_graph() -> None:
    conv = StackLayer("conv", (3,), padding=((1, 1),))
    graph = (
        Node(conv, (INPUT,), "1"),
        Node(conv, (0,), "2"),
        Node(StackLayer("add"), (1, INPUT), "3"),
        Node(StackLayer("concat"), (2, 0), "4"),
    )
    assert [(node.layer, node.sources) for node in nodes(as_stack(graph))] == [
        (node.layer, node.sources) for node in graph
    ]
    assert isinstance(as_stack(graph)[0], Step)
