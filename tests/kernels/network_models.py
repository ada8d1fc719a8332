"""The networks as PyTorch models, for make_network_goldens.py; nothing here is read by the tests themselves."""

from collections.abc import Callable
from functools import partial
from typing import Any

try:
    import torch
    from torch import nn
except ImportError:  # The tests run without PyTorch, and pytest looks for doctests in this file, too.
    torch, nn = None, None

Module = nn.Module if nn else object


class Cat(Module):
    def forward(self, *maps: Any) -> Any:
        return torch.cat(maps, 1)


class Sum(Module):
    def forward(self, one: Any, other: Any) -> Any:
        return one + other


class Inception(Module):
    """Paths from left to right, joined along the channels."""

    def __init__(self, *paths: Any) -> None:
        super().__init__()
        self.paths = nn.ModuleList(paths)
        self.cat = Cat()

    def forward(self, x: Any) -> Any:
        return self.cat(*(path(x) for path in self.paths))


class Residual(Module):
    """The layers, and beside them nothing or a projection; their sum."""

    def __init__(self, layers: Any, shortcut: Any = None) -> None:
        super().__init__()
        self.layers, self.shortcut, self.sum = layers, shortcut, Sum()

    def forward(self, x: Any) -> Any:
        changed = self.layers(x)
        return self.sum(changed, self.shortcut(x) if self.shortcut else x)


def lenet5() -> Any:
    return nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10), nn.Softmax(1),
    )  # fmt: skip


def alexnet(groups: int) -> Any:
    """Krizhevsky, Sutskever and Hinton 2012: two towers are two groups; one tower is one."""
    pool = partial(nn.MaxPool2d, 3, 2)
    normalize = partial(nn.LocalResponseNorm, 5)
    return nn.Sequential(
        nn.Conv2d(3, 96, 11, 4), nn.ReLU(), normalize(), pool(),
        nn.Conv2d(96, 256, 5, padding=2, groups=groups), nn.ReLU(), normalize(), pool(),
        nn.Conv2d(256, 384, 3, padding=1), nn.ReLU(),
        nn.Conv2d(384, 384, 3, padding=1, groups=groups), nn.ReLU(),
        nn.Conv2d(384, 256, 3, padding=1, groups=groups), nn.ReLU(), pool(), nn.Flatten(),
        nn.Linear(256 * 6 * 6, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(),
        nn.Linear(4096, 1000), nn.Softmax(1),
    )  # fmt: skip


def alexnet_torchvision() -> Any:
    """torchvision.models.alexnet, without its adaptive pooling to 6×6, which has nothing to do at 224×224."""
    return nn.Sequential(
        nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(), nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(),
        nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Flatten(),
        nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(),
        nn.Linear(4096, 1000),
    )  # fmt: skip


def vgg_features() -> list[Any]:
    layers, channels = [], 3
    for size in (64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"):
        if size == "M":
            layers.append(nn.MaxPool2d(2, 2))
        else:
            layers += [nn.Conv2d(channels, size, 3, padding=1), nn.ReLU()]
            channels = size
    return layers


def vgg16() -> Any:
    """torchvision.models.vgg16, without its adaptive pooling to 7×7, which has nothing to do at 224×224."""
    return nn.Sequential(
        *vgg_features(), nn.Flatten(), nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Dropout(),
        nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 1000),
    )  # fmt: skip


def fcn32s() -> Any:
    """Long, Shelhamer and Darrell 2015 on VGG-16, padded by 3 before fc6 where the paper pads the picture by 100."""
    return nn.Sequential(
        *vgg_features(), nn.Conv2d(512, 4096, 7, padding=3), nn.ReLU(), nn.Dropout2d(),
        nn.Conv2d(4096, 4096, 1), nn.ReLU(), nn.Dropout2d(), nn.Conv2d(4096, 21, 1),
        nn.ConvTranspose2d(21, 21, 64, 32, 16, bias=False),
    )  # fmt: skip


def relu_conv(*sizes: Any, **more: Any) -> list[Any]:
    return [nn.Conv2d(*sizes, **more), nn.ReLU()]


def inception(given: int, ones: int, reduce3: int, threes: int, reduce5: int, fives: int, pooled: int) -> Any:
    """Szegedy et al. 2014, figure 2(b), with a ReLU behind every convolution."""
    return Inception(
        nn.Sequential(*relu_conv(given, ones, 1)),
        nn.Sequential(*relu_conv(given, reduce3, 1), *relu_conv(reduce3, threes, 3, padding=1)),
        nn.Sequential(*relu_conv(given, reduce5, 1), *relu_conv(reduce5, fives, 5, padding=2)),
        nn.Sequential(nn.MaxPool2d(3, 1, 1), *relu_conv(given, pooled, 1)),
    )


GOOGLENET = {
    3: [(192, 64, 96, 128, 16, 32, 32), (256, 128, 128, 192, 32, 96, 64)],
    4: [
        (480, 192, 96, 208, 16, 48, 64), (512, 160, 112, 224, 24, 64, 64), (512, 128, 128, 256, 24, 64, 64),
        (512, 112, 144, 288, 32, 64, 64), (528, 256, 160, 320, 32, 128, 128),
    ],
    5: [(832, 256, 160, 320, 32, 128, 128), (832, 384, 192, 384, 48, 128, 128)],
}  # fmt: skip
"""Table 1 of the paper, with the channels that each module is given."""


def googlenet() -> Any:
    pool = partial(nn.MaxPool2d, 3, 2, ceil_mode=True)
    modules = {stage: [inception(*row) for row in rows] for stage, rows in GOOGLENET.items()}
    return nn.Sequential(
        *relu_conv(3, 64, 7, 2, 3), pool(), nn.LocalResponseNorm(5),
        *relu_conv(64, 64, 1), *relu_conv(64, 192, 3, padding=1), nn.LocalResponseNorm(5), pool(),
        *modules[3], pool(), *modules[4], pool(), *modules[5],
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.4), nn.Linear(1024, 1000), nn.Softmax(1),
    )  # fmt: skip


def norm_conv(given: int, channels: int, kernel: int, **more: Any) -> list[Any]:
    """torchvision's BasicConv2d."""
    return [nn.Conv2d(given, channels, kernel, bias=False, **more), nn.BatchNorm2d(channels, eps=0.001), nn.ReLU()]


def inception_torchvision(given: int, ones: int, reduce3: int, threes: int, reduce5: int, fives: int, pool: int) -> Any:
    """torchvision's: 3×3 where the paper has 5×5."""
    return Inception(
        nn.Sequential(*norm_conv(given, ones, 1)),
        nn.Sequential(*norm_conv(given, reduce3, 1), *norm_conv(reduce3, threes, 3, padding=1)),
        nn.Sequential(*norm_conv(given, reduce5, 1), *norm_conv(reduce5, fives, 3, padding=1)),
        nn.Sequential(nn.MaxPool2d(3, 1, 1, ceil_mode=True), *norm_conv(given, pool, 1)),
    )


def googlenet_torchvision() -> Any:
    pool = partial(nn.MaxPool2d, 3, 2, ceil_mode=True)
    modules = {stage: [inception_torchvision(*row) for row in rows] for stage, rows in GOOGLENET.items()}
    return nn.Sequential(
        *norm_conv(3, 64, 7, stride=2, padding=3), pool(), *norm_conv(64, 64, 1), *norm_conv(64, 192, 3, padding=1),
        pool(), *modules[3], pool(), *modules[4], nn.MaxPool2d(2, 2, ceil_mode=True), *modules[5],
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(1024, 1000),
    )  # fmt: skip


def basic_block(given: int, channels: int, stride: int) -> list[Any]:
    layers = nn.Sequential(
        *norm_conv(given, channels, 3, stride=stride, padding=1), *norm_conv(channels, channels, 3, padding=1)[:2]
    )
    return [Residual(layers, projection(given, channels, stride)), nn.ReLU()]


def bottleneck(given: int, channels: int, stride: int) -> list[Any]:
    """The stride is at the 3×3, as torchvision has it (“ResNet v1.5”)."""
    layers = nn.Sequential(
        *norm_conv(given, channels, 1), *norm_conv(channels, channels, 3, stride=stride, padding=1),
        *norm_conv(channels, 4 * channels, 1)[:2],
    )  # fmt: skip
    return [Residual(layers, projection(given, 4 * channels, stride)), nn.ReLU()]


def projection(given: int, channels: int, stride: int) -> Any:
    same = given == channels and stride == 1
    return None if same else nn.Sequential(*norm_conv(given, channels, 1, stride=stride)[:2])


def resnet(block: Callable[..., list[Any]], widen: int, depths: tuple[int, ...]) -> Any:
    layers, given = [*norm_conv(3, 64, 7, stride=2, padding=3), nn.MaxPool2d(3, 2, 1)], 64
    for stage, depth in enumerate(depths):
        for place in range(depth):
            channels = 64 * 2**stage
            layers += block(given, channels, 2 if stage and not place else 1)
            given = channels * widen
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(given, 1000))


def conv(given: int, channels: int, kernel: int) -> Any:
    """Without bias, as the decks count."""
    return nn.Conv2d(given, channels, kernel, padding=kernel // 2, bias=False)


def inception_bottlenecks() -> Any:
    return Inception(
        conv(256, 128, 1), nn.Sequential(conv(256, 64, 1), conv(64, 192, 3)),
        nn.Sequential(conv(256, 64, 1), conv(64, 96, 5)), nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(256, 64, 1)),
    )  # fmt: skip


def naive_inception() -> Any:
    return Inception(conv(256, 128, 1), conv(256, 192, 3), conv(256, 96, 5), nn.MaxPool2d(3, 1, 1))


MODELS: dict[str, tuple[Callable[[], Any], tuple[int, ...]]] = {
    "lenet5": (lenet5, (1, 32, 32)),
    "alexnet": (partial(alexnet, 2), (3, 227, 227)),
    "alexnet-one-tower": (partial(alexnet, 1), (3, 227, 227)),
    "alexnet-torchvision": (alexnet_torchvision, (3, 224, 224)),
    "vgg16": (vgg16, (3, 224, 224)),
    "googlenet": (googlenet, (3, 224, 224)),
    "googlenet-torchvision": (googlenet_torchvision, (3, 224, 224)),
    "resnet18": (partial(resnet, basic_block, 1, (2, 2, 2, 2)), (3, 224, 224)),
    "resnet34": (partial(resnet, basic_block, 1, (3, 4, 6, 3)), (3, 224, 224)),
    "resnet50": (partial(resnet, bottleneck, 4, (3, 4, 6, 3)), (3, 224, 224)),
    "fcn32s": (fcn32s, (3, 224, 224)),
    "naive-inception": (naive_inception, (256, 28, 28)),
    "inception-bottlenecks": (inception_bottlenecks, (256, 28, 28)),
    "residual-block": (lambda: nn.Sequential(*basic_block(64, 64, 1)), (64, 56, 56)),
    "three-3x3": (lambda: nn.Sequential(*(conv(64, 64, 3) for _ in range(3))), (64, 56, 56)),
    "one-7x7": (lambda: nn.Sequential(conv(64, 64, 7)), (64, 56, 56)),
    "direct-5x5": (lambda: nn.Sequential(conv(200, 32, 5)), (200, 32, 32)),
    "reduced-5x5": (lambda: nn.Sequential(conv(200, 16, 1), conv(16, 32, 5)), (200, 32, 32)),
}
NAMES = tuple(MODELS)


def model(name: str) -> tuple[Any, tuple[int, ...]]:
    """The model and the shape of its input."""
    build, shape = MODELS[name]
    return build(), shape
