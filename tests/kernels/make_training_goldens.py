"""Writes goldens/training.npz: what PyTorch makes of the same weights, the same batches and the same masks.

python -m tests.kernels.make_training_goldens

Needs torch==2.13.0.
"""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, conv2d, cross_entropy, linear, max_pool2d

from kernels.graph import INPUT, Measured
from kernels.mnist import training
from kernels.trainable import network_of
from kernels.training import Settings, Trainer, rate
from tests.kernels.trained import PLAIN, SETTINGS, STACKS, STEPS

TARGET = Path(__file__).parent / "goldens" / "training.npz"


def answer(
    layers: tuple[Measured, ...], weights: dict[str, Tensor], x: Tensor, masks: dict[str, Tensor]
) -> list[Tensor]:
    outputs: list[Tensor] = []
    for layer in layers:
        inputs = [x if source == INPUT else outputs[source] for source in layer.node.sources]
        outputs.append(one(layer, weights, inputs, masks))
    return outputs


def one(layer: Measured, weights: dict[str, Tensor], inputs: list[Tensor], masks: dict[str, Tensor]) -> Tensor:
    x, kind, windows = inputs[0], layer.layer.kind, layer.windows
    w, b = weights.get(f"{layer.place}.w"), weights.get(f"{layer.place}.b")
    stride = [window.stride for window in windows]
    if kind == "conv":
        sides = [side for window in reversed(windows) for side in window.padding]
        dilation = [window.dilation for window in windows]
        return conv2d(nn.functional.pad(x, sides), w, b, stride, 0, dilation, layer.layer.groups)
    size, padding = [window.kernel for window in windows], [window.padding[0] for window in windows]
    return {
        "linear": lambda: linear(x, w, b),
        "maxpool": lambda: max_pool2d(x, size, stride, padding),
        "avgpool": lambda: avg_pool2d(x, size, stride, padding),
        "globalpool": lambda: x.mean((2, 3), keepdim=True),
        "flatten": lambda: x.flatten(1),
        "dropout": lambda: x * masks[layer.place] if layer.place in masks else x,
        "concat": lambda: torch.cat(inputs, 1),
        "add": lambda: inputs[0] + inputs[1],
    }.get(kind, lambda: getattr(torch, kind)(x))()


def as_torch(values: np.ndarray) -> Tensor:
    return torch.from_numpy(values.astype(np.float32))


def losses(settings: Settings) -> tuple[list[float], dict[str, np.ndarray]]:
    """The loss of each step, and the weights after the last, by torch.optim.SGD."""
    trainer = Trainer(network_of(settings.stack), settings, training())
    weights = {name: as_torch(values).requires_grad_() for name, values in trainer.weights.items()}
    optimizer = torch.optim.SGD(
        weights.values(), settings.learning_rate, momentum=settings.momentum, weight_decay=settings.weight_decay
    )
    found = []
    for step in range(1, STEPS + 1):
        images, labels = trainer.next_batch()
        masks = {place: as_torch(np.moveaxis(mask, -1, 0)) for place, mask in trainer.next_masks().items()}
        scores = answer(trainer.network.layers, weights, as_torch(images)[:, None], masks)[-1]
        loss = cross_entropy(scores, torch.from_numpy(labels).long())
        optimizer.zero_grad()
        loss.backward()
        optimizer.param_groups[0]["lr"] = rate(settings, step)
        optimizer.step()
        found.append(loss.item())
    return found, {name: values.detach().numpy() for name, values in weights.items()}


def gradients(name: str) -> dict[str, np.ndarray]:
    """In float64: the gradient of each weight and of each layer's output, for the first eight digits."""
    trainer = Trainer(network_of(STACKS[name]), PLAIN, training())
    weights = {
        key: torch.from_numpy(values.astype(np.float64)).requires_grad_() for key, values in trainer.weights.items()
    }
    images, labels = trainer.next_batch()
    x = torch.from_numpy(images[:8].astype(np.float64))[:, None]
    outputs = answer(trainer.network.layers, weights, x, {})
    learning = {place: output for place, output in enumerate(outputs) if output.requires_grad}
    for output in learning.values():
        output.retain_grad()
    cross_entropy(outputs[-1], torch.from_numpy(labels[:8]).long()).backward()
    made = {f"gradient/{name}/{key}": values.grad.numpy().astype(np.float32) for key, values in weights.items()}
    middle = {
        f"output/{name}/{place}": output.grad[:2].numpy().astype(np.float32) for place, output in learning.items()
    }
    return made | middle


def main() -> None:
    torch.set_num_threads(1)
    made: dict[str, np.ndarray] = {}
    for name, settings in SETTINGS.items():
        found, weights = losses(settings)
        made[f"losses/{name}"] = np.array(found)
        made |= {f"weights/{name}/{key}": values for key, values in weights.items()}
    for name in STACKS:
        made |= gradients(name)
    np.savez_compressed(TARGET, **made)
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
