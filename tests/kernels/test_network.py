"""Whole networks: every layer as PyTorch has it, the published totals, and the lectures' figures."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pages.receptive_field.notation import read_stack
from kernels.axis import Axis
from kernels.convolution import convolve
from kernels.graph import INPUT
from kernels.network import FOLDER, hits, load, names, reads_along, total
from kernels.windows import Window
from tests.kernels.golden_files import GOLDENS

PYTORCH = json.loads((GOLDENS / "networks.json").read_text(encoding="utf-8"))
KINDS = {
    "Conv2d": "conv",
    "ConvTranspose2d": "convtranspose",
    "MaxPool2d": "maxpool",
    "AvgPool2d": "avgpool",
    "AdaptiveAvgPool2d": "globalpool",
    "BatchNorm2d": "batchnorm",
    "LocalResponseNorm": "lrn",
    "Dropout": "dropout",
    "Dropout2d": "dropout",
    "Cat": "concat",
    "Sum": "add",
}
PARAMETERS = {
    "lenet5": 61_706,
    "alexnet": 60_965_224,
    "alexnet-one-tower": 62_378_344,
    "alexnet-torchvision": 61_100_840,
    "vgg16": 138_357_544,
    "googlenet": 6_998_552,
    "googlenet-torchvision": 6_624_904,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
    "mobilenetv2": 3_504_872,
    "densenet121": 7_978_856,
    "efficientnet-b0": 5_288_548,
    "convnext-tiny": 28_589_128,
    "squeezenet": 1_248_424,
    "unet": 31_030_658,
    "fcn8s": 134_489_759,
}
GIGA_OPERATIONS = {
    "alexnet-torchvision": 0.714,
    "vgg16": 15.470,
    "googlenet-torchvision": 1.498,
    "resnet18": 1.814,
    "resnet34": 3.664,
    "resnet50": 4.089,
    "mobilenetv2": 0.301,
    "densenet121": 2.834,
    "efficientnet-b0": 0.386,
    "convnext-tiny": 4.456,
    "squeezenet": 0.819,
}
"""As torchvision's documentation prints them: multiplications in 10⁹."""


def network(name):
    return load(name, read_stack)


def layer(name, part, kind):
    (found,) = [layer for layer in network(name).layers if layer.part == part and layer.kind == kind]
    return found


@pytest.mark.parametrize("name", sorted(PYTORCH))
def test_every_layer_is_pytorchs_in_kind_shape_and_parameters(name):
    golden = PYTORCH[name]
    ours = network(name)
    assert list(ours.input) == golden["input"]
    expected = [(KINDS.get(kind, kind.lower()), shape, parameters) for kind, shape, parameters in golden["layers"]]
    assert [(layer.kind, list(layer.shape), layer.parameters) for layer in ours.layers] == expected
    assert ours.totals.parameters == golden["parameters"]


def test_the_catalogue_lists_every_file():
    assert sorted(names()) == sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "index")


@pytest.mark.parametrize(("name", "parameters"), PARAMETERS.items())
def test_the_published_number_of_parameters(name, parameters):
    assert network(name).totals.parameters == parameters


@pytest.mark.parametrize(("name", "giga"), GIGA_OPERATIONS.items())
def test_the_published_number_of_multiplications(name, giga):
    assert round(network(name).totals.multiplications / 1e9, 3) == giga


def test_lenets_units_connections_and_weights_are_the_lectures():
    rows = {
        "C1": (4704, 117_600, 150),
        "S2": (1176, 4704, 0),
        "C3": (1600, 240_000, 2400),
        "S4": (400, 1600, 0),
        "F5": (120, 48_000, 48_000),
        "F6": (84, 10_080, 10_080),
        "output": (10, 840, 840),
    }
    lenet = network("lenet5")
    sums = {part.name: total(lenet.layers_of(part)) for part in lenet.parts}
    assert {name: (sum.units, sum.connections, sum.weights) for name, sum in sums.items()} == rows


def test_a_map_takes_four_bytes_a_unit_and_a_layer_that_works_in_place_takes_none():
    conv, activation = network("lenet5").layers[:2]
    assert (conv.kind, conv.memory) == ("conv", 4 * 4704)
    assert activation.is_in_place
    assert activation.memory == 0


def test_alexnets_first_layers_are_the_lectures():
    conv1, pool1 = layer("alexnet", "conv1", "conv"), layer("alexnet", "pool1", "maxpool")
    assert (conv1.shape, conv1.parameters) == ((96, 55, 55), 34_944)
    assert (pool1.shape, pool1.parameters) == ((96, 27, 27), 0)


def test_the_inception_blocks_need_what_the_lecture_means():
    naive, thin = network("naive-inception"), network("inception-bottlenecks")
    assert naive.totals.multiplications == 854_196_224
    assert naive.layers[-1].shape == (672, 28, 28)
    assert thin.totals.multiplications == 271_351_808
    assert thin.layers[-1].shape == (480, 28, 28)


def test_the_printed_358_million_count_the_3x3_twice():
    thin = network("inception-bottlenecks")
    (threes,) = [layer for layer in thin.layers if layer.measured.layer.kernel == (3,) and layer.kind == "conv"]
    assert round((thin.totals.multiplications + threes.multiplications) / 1e6) == 358


def test_three_3x3_layers_hold_27_c_squared_weights_where_one_7x7_holds_49():
    assert network("three-3x3").totals.weights == 27 * 64**2
    assert network("one-7x7").totals.weights == 49 * 64**2


def test_a_1x1_layer_in_front_saves_nine_tenths_of_the_5x5s_multiplications():
    assert network("direct-5x5").totals.multiplications == 163_840_000
    assert network("reduced-5x5").totals.multiplications == 16_384_000


def test_the_segmentation_net_answers_for_every_pixel_with_vgg16s_own_weights():
    fcn, vgg = network("fcn32s"), network("vgg16")
    assert fcn.layers[-1].shape == (21, *fcn.input[1:])
    shared = [part.name for part in vgg.parts][:-1]
    for part, own in zip(fcn.parts, vgg.parts[: len(shared)], strict=False):
        assert total(fcn.layers_of(part)).parameters == total(vgg.layers_of(own)).parameters


@pytest.mark.parametrize("name", names())
def test_the_parts_add_up_to_the_whole(name):
    ours = network(name)
    sums = [total(ours.layers_of(part)) for part in ours.parts]
    assert sum(part.parameters for part in sums) == ours.totals.parameters
    assert sum(part.multiplications for part in sums) == ours.totals.multiplications


windows = st.builds(
    Window,
    kernel=st.integers(1, 4),
    stride=st.integers(1, 3),
    padding=st.tuples(st.integers(0, 3), st.integers(0, 3)),
    dilation=st.integers(1, 2),
    output_padding=st.just(0),
)


@given(windows, st.integers(1, 9))
def test_connections_are_what_ones_under_a_kernel_of_ones_add_up_to(window, size):
    axis = Axis(size, window.kernel, window.stride, window.dilation, window.padding)
    if axis.extent > axis.padded_size:
        return
    ones = convolve(np.ones((1, size)), np.ones((1, 1, window.kernel)), axes=[axis])
    assert reads_along("conv", window, size, axis.output_size) == ones.sum()
    # A transposed convolution is the same relation, solved for its input.
    assert reads_along("convtranspose", window, axis.output_size, size) == ones.sum()


def test_a_pool_that_hangs_over_the_end_reads_only_what_is_there():
    assert [hits(-tap, 2, 3, 6) for tap in range(3)] == [3, 3, 2]


def test_a_network_reads_its_input_first():
    assert network("lenet5").layers[0].measured.node.sources == (INPUT,)
