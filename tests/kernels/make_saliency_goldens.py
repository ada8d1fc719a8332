"""Writes goldens/saliency.npz: the gradients of all ten scores with respect to the pixels of a few digits, by autograd.

python -m tests.kernels.make_saliency_goldens        (needs torch==2.13.0)
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn

from kernels.lenet import stored
from tests.kernels.golden_files import GOLDENS

HELD_OUT = Path(__file__).parents[1] / "train" / "held_out.npz"
CHOSEN = (9, 130, 707)
PLACES = {
    "lenet5": {"c1": 0, "c3": 3, "c5": 6, "f6": 9, "output": 11},
    "dense": {"hidden": 1, "output": 3},
}


def lenet5():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(),
        nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )  # fmt: skip


def dense():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 78), nn.ReLU(), nn.Linear(78, 10))


def trained(network, model):
    model = model.double()
    for name, place in PLACES[network].items():
        for kind, parameter in (("w", model[place].weight), ("b", model[place].bias)):
            values = torch.tensor(stored()[f"{network}.{name}.{kind}"])
            parameter.data = values.reshape(parameter.shape)
    return model


def gradients(model, image):
    x = torch.tensor(image / 255).reshape(1, 1, 28, 28).requires_grad_()
    scores = model(x)[0]
    return np.array([torch.autograd.grad(score, x, retain_graph=True)[0][0, 0].numpy() for score in scores])


if __name__ == "__main__":
    with np.load(HELD_OUT) as file:
        images = file["images"][list(CHOSEN)]
    written = {
        network: np.array([gradients(trained(network, model), image) for image in images]).astype(np.float32)
        for network, model in (("lenet5", lenet5()), ("dense", dense()))
    }
    np.savez_compressed(GOLDENS / "saliency.npz", images=images, **written)
