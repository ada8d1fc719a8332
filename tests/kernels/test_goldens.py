"""PyTorch's own answers, written down by make_goldens.py."""

from numpy.testing import assert_allclose

from kernels.activation import ACTIVATIONS
from kernels.axis import Axis, same_padding
from tests.each import each
from tests.kernels import golden_files
from tests.kernels.golden_files import read
from tests.kernels.layers import MODES, Convolution

CONVOLUTIONS = read("convolutions")
CONVOLUTIONS_3D = read("convolutions3d")
SAME = read("same")


def layer_of(golden):
    sides = golden["x"].shape[1:], golden["w"].shape[2:], golden["stride"], golden["dilation"], golden["padding"]
    axes = tuple(
        Axis(size, kernel, stride, dilation, tuple(padding), golden["padding_mode"], golden["flip"])
        for size, kernel, stride, dilation, padding in zip(*sides, strict=True)
    )
    return Convolution(golden["x"], golden["w"], golden["b"], axes, golden["groups"])


def name_of(golden):
    return "-".join(str(golden[key]) for key in ("padding_mode", "stride", "padding", "dilation", "groups", "flip"))


@each("golden", CONVOLUTIONS, name_of)
def test_every_number_is_pytorchs(golden):
    layer = layer_of(golden)
    assert layer.y_shape == golden["y"].shape
    assert_allclose(layer.convolve(), golden["y"], rtol=1e-9)
    assert_allclose(layer.trace().y.reshape(layer.y_shape), golden["y"], rtol=1e-9)


@each("golden", [golden for golden in CONVOLUTIONS if golden["activation"]], name_of)
def test_every_activation_is_pytorchs(golden):
    assert_allclose(ACTIVATIONS[golden["activation"]](golden["y"]), golden["a"], rtol=1e-9)


@each("golden", SAME, lambda golden: f"{golden['w'].size}-taps-dilation-{golden['dilation']}")
def test_same_padding_is_split_as_pytorch_splits_it(golden):
    size, kernel, dilation = golden["x"].size, golden["w"].size, golden["dilation"]
    axis = Axis(size, kernel, dilation=dilation, padding=same_padding(kernel, dilation))
    layer = Convolution(golden["x"], golden["w"], None, (axis,), 1)
    assert_allclose(layer.convolve(), golden["y"], rtol=1e-9)


def test_the_goldens_cover_every_parameter_and_padding_mode():
    assert len(CONVOLUTIONS) >= 400
    for rank in (1, 2):
        of_rank = [golden for golden in CONVOLUTIONS if golden["x"].ndim == rank + 1]
        for mode in MODES:
            goldens = [golden for golden in of_rank if golden["padding_mode"] == mode]
            pairs = [pair for golden in goldens for pair in golden["padding"]]
            assert {golden["flip"] for golden in goldens} == {False, True}
            assert {golden["activation"] for golden in goldens} == {None, *ACTIVATIONS}
            assert {golden["b"] is None for golden in goldens} == {False, True}
            assert {golden["groups"] for golden in goldens} == {1, 2, 3}
            assert {stride for golden in goldens for stride in golden["stride"]} == {1, 2, 3}
            assert {dilation for golden in goldens for dilation in golden["dilation"]} == {1, 2, 3}
            assert any(before != after for before, after in pairs)
            assert any(len(golden["x"]) == golden["groups"] > 1 for golden in goldens), "depthwise"


def volume_of(golden):
    names = ("stride", "dilation", "padding")
    sides = zip(golden["x"].shape[1:], golden["w"].shape[2:], *(golden[name] for name in names), strict=True)
    axes = tuple(Axis(*along, (padding, padding)) for *along, padding in sides)
    return Convolution(golden["x"], golden["w"], golden["b"], axes, golden["groups"])


@each("golden", CONVOLUTIONS_3D, golden_files.name_of)
def test_every_number_of_a_volume_is_pytorchs(golden):
    layer = volume_of(golden)
    assert layer.y_shape == golden["y"].shape
    assert_allclose(layer.convolve(), golden["y"], rtol=1e-9)
    assert_allclose(layer.trace().y.reshape(layer.y_shape), golden["y"], rtol=1e-9)


def test_the_goldens_of_volumes_cover_every_parameter():
    assert len(CONVOLUTIONS_3D) >= 200
    assert {golden["groups"] for golden in CONVOLUTIONS_3D} == {1, 2, 3}
    for name, values in {"stride": {1, 2, 3}, "dilation": {1, 2, 3}, "padding": {0, 1, 2, 3}}.items():
        assert {value for golden in CONVOLUTIONS_3D for value in golden[name]} == values
