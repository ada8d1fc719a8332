"""What would change an answer: gradients against autograd, patches in every place against one at a time, dropout."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from kernels.lenet import dense, dropout, lenet5, run
from kernels.occlusion import covered, occlusion
from kernels.patches import patches, stored
from kernels.saliency import saliency
from kernels.softmax import softmax
from tests.kernels.golden_files import GOLDENS

NETWORKS = {"lenet5": lenet5, "dense": dense}


@pytest.fixture(scope="module")
def golden():
    """Digits, and what torch.autograd.grad says of each one's ten scores."""
    with np.load(GOLDENS / "saliency.npz") as file:
        return dict(file)


@pytest.mark.parametrize("network", NETWORKS)
def test_saliency_is_what_autograd_gives(network, golden):
    for image, gradients in zip(golden["images"], golden[network], strict=True):
        for score, gradient in enumerate(gradients):
            assert_allclose(saliency(NETWORKS[network](), image / 255, score), gradient, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("network", NETWORKS)
def test_occlusion_is_bit_for_bit_what_each_place_gives_alone(network, golden):
    layers, x = NETWORKS[network](), golden["images"][0] / 255
    found = occlusion(layers, x, 9)
    assert found.shape == (20, 20, 10)
    for row, col in ((0, 0), (3, 17), (10, 10), (19, 19)):
        *_, output = run(layers, covered(x, row, col, 9))
        assert_array_equal(found[row, col], softmax(output.y.ravel()))


def test_dropout_keeps_the_mean():
    gains = np.array([dropout(84, 0.25, seed) for seed in range(400)])
    assert set(np.unique(gains)) == {0, 1 / 0.75}
    assert gains.mean() == pytest.approx(1, abs=0.02)
    assert_array_equal(dropout(84, 0, 3), np.ones(84))


@pytest.mark.parametrize(
    ("network", "layer", "unit"), [("lenet5", "c3", 7), ("lenet5", "c5", 100), ("dense", "hidden", 5)]
)
def test_no_shipped_digit_excites_a_unit_more_than_its_first_patch(network, layer, unit):
    best = patches(network, layer, unit)
    for pixels in stored()["digits"][::40]:
        a = next(each.a for each in run(NETWORKS[network](), pixels / 255) if each.layer.name == layer)
        assert a[unit].max() <= best[0].activation * (1 + 1e-6)
    first = next(each.a for each in run(NETWORKS[network](), best[0].pixels / 255) if each.layer.name == layer)
    assert first[unit, best[0].row, best[0].col] == pytest.approx(best[0].activation, rel=1e-6)
