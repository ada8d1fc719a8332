"""The networks that are shipped: PyTorch's numbers, the promised accuracy, and what moving a digit does to each."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import orjson
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from kernels.activation import relu
from kernels.convolution import convolve
from kernels.lenet import WEIGHTS, dense, lenet5, parameters, run, stored
from kernels.softmax import softmax
from kernels.trace import trace
from tests.kernels.golden_files import GOLDENS

HELD_OUT = Path(__file__).parents[1] / "train" / "held_out.npz"
NETWORKS = {"lenet5": lenet5, "dense": dense}
PYTORCHS = {"c1": 0, "s2": 2, "c3": 3, "s4": 5, "c5": 6, "f6": 9}
"""The places of the layers in PyTorch's Sequential."""


@pytest.fixture(scope="module")
def golden():
    with np.load(GOLDENS / "lenet.npz") as file:
        return dict(file)


@pytest.fixture(scope="module")
def held_out():
    with np.load(HELD_OUT) as file:
        return file["images"] / 255, file["labels"]


def logits(network, image):
    *_, output = run(NETWORKS[network](), image)
    return output.y.ravel()


def knows(network, image, label):
    return logits(network, image).argmax() == label


@pytest.mark.parametrize("network", NETWORKS)
def test_the_logits_of_a_hundred_digits_are_pytorchs(network, golden, held_out):
    found = [logits(network, image) for image in held_out[0][:100]]
    assert_allclose(found, golden[f"{network}.logits"], atol=1e-5, rtol=0)


def test_every_layers_sums_are_pytorchs(golden, held_out):
    outcomes = {outcome.layer.name: outcome for outcome in run(lenet5(), held_out[0][0])}
    for name, place in PYTORCHS.items():
        expected = golden[f"lenet5.{place}"][0]
        assert_allclose(outcomes[name].y.reshape(expected.shape), expected, atol=1e-5, rtol=0, err_msg=name)


@pytest.mark.parametrize("network", NETWORKS)
def test_the_fast_way_computes_the_same_sums(network, held_out):
    for outcome in run(NETWORKS[network](), held_out[0][1]):
        layer = outcome.layer
        if layer.w is not None:
            whole = convolve(outcome.x, layer.w, layer.b, axes=layer.axes)
            assert_allclose(whole, outcome.y, rtol=1e-9, atol=1e-12, err_msg=layer.name)


@pytest.mark.parametrize("network", NETWORKS)
def test_every_sum_has_the_bits_of_its_scene(network, held_out):
    """A map's unit opens as a scene, which is traced step by step."""
    for outcome in run(NETWORKS[network](), held_out[0][1]):
        layer = outcome.layer
        if layer.w is not None:
            steps = trace(outcome.x, layer.w, layer.b, axes=layer.axes)
            assert steps.y.tobytes() == outcome.y.tobytes(), layer.name


@pytest.mark.parametrize("network", NETWORKS)
def test_each_layer_reads_what_the_one_before_hands_on_as_float32(network, held_out):
    outcomes = list(run(NETWORKS[network](), held_out[0][2]))
    for before, outcome in pairwise(outcomes):
        assert_array_equal(outcome.x.ravel(), before.a.ravel())
    for outcome in outcomes:
        assert_array_equal(outcome.x, outcome.x.astype(np.float32))
        expected = relu(outcome.y) if outcome.layer.rectified else outcome.y
        assert_allclose(outcome.a, expected, rtol=1e-7)


@pytest.mark.slow
def test_lenet5_knows_at_least_98_of_100_held_out_digits(held_out, capsys):
    images, labels = held_out
    share = np.mean([knows("lenet5", image, label) for image, label in zip(images, labels, strict=True)])
    with capsys.disabled():
        print(f"\nLeNet-5 knows {share:.1%} of {len(labels)} held-out digits")
    assert share >= 0.98
    assert share == pytest.approx(figures()["lenet5 with augmentation"]["accuracy"], abs=1e-4)


@pytest.mark.slow
def test_a_digit_that_moves_is_lost_by_the_fully_connected_network_only(held_out):
    images, labels = held_out[0][:200], held_out[1][:200]
    known = {
        (network, shift): np.mean(
            [knows(network, np.roll(image, shift, axis=1), label) for image, label in zip(images, labels, strict=True)]
        )
        for network in NETWORKS
        for shift in (0, 4)
    }
    assert known["dense", 0] > 0.9
    assert known["dense", 4] < 0.5
    assert known["lenet5", 4] > 0.95


def test_the_figures_are_those_of_the_shipped_networks():
    assert parameters(lenet5()) == figures()["lenet5 with augmentation"]["parameters"] == 61_706
    assert parameters(dense()) == figures()["dense without augmentation"]["parameters"] == 62_020


def test_a_digit_that_moves_takes_the_maps_of_c1_along(held_out):
    picture = held_out[0][3]
    c1 = next(run(lenet5(), picture)).y
    moved = next(run(lenet5(), np.roll(picture, 2, axis=1))).y
    assert_array_equal(moved[:, :, 4:-2], c1[:, :, 2:-4])


def test_the_weights_are_small_enough_to_ship():
    assert WEIGHTS.stat().st_size <= 300_000
    assert HELD_OUT.stat().st_size <= 400_000
    assert all(np.isfinite(values).all() for values in stored().values())


def test_probabilities_add_up_to_one_whatever_the_logits():
    for values in ([0.0], [1000.0, -1000.0, 999.0], [-5.0, 3.0]):
        assert softmax(np.array(values)).sum() == pytest.approx(1)
    assert_allclose(softmax(np.array([1.0, 2.0])), np.exp([1, 2]) / np.exp([1, 2]).sum(), rtol=1e-14)


def figures():
    return orjson.loads(WEIGHTS.with_suffix(".json").read_bytes())
