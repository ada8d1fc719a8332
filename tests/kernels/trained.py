"""The settings whose first twenty steps are compared with PyTorch's, and the stacks whose gradients are."""

from dataclasses import replace

from kernels.layers import StackLayer
from kernels.stack import Branch, Residual, Stack
from kernels.training import Settings

STEPS = 20


def conv(kernel: int, filters: int, **more: object) -> StackLayer:
    return StackLayer("conv", (kernel,), filters, **more)  # type: ignore[arg-type]


RELU, TANH, SIGMOID, DROPOUT, FLATTEN = (StackLayer(kind) for kind in ("relu", "tanh", "sigmoid", "dropout", "flatten"))
MAX, MEAN = StackLayer("maxpool", (2,)), StackLayer("avgpool", (2,))
OUTPUT = StackLayer("linear", channels=10)
SMALL: Stack = (conv(5, 4), RELU, MAX, conv(5, 6), RELU, MAX, FLATTEN, DROPOUT, OUTPUT)
SMOOTH: Stack = (
    conv(5, 4, stride=(2,), padding=((2, 2),)),
    TANH,
    MEAN,
    FLATTEN,
    StackLayer("linear", channels=12),
    SIGMOID,
    OUTPUT,
)
DEEP: Stack = (
    conv(3, 4, stride=(2,)),
    RELU,
    Residual(((conv(3, 4, padding=((1, 1),)), RELU), ())),
    MAX,
    FLATTEN,
    OUTPUT,
)
WIDE: Stack = (
    MAX,
    Branch(((conv(3, 4, padding="same"),), (conv(1, 2),))),
    RELU,
    conv(3, 6, groups=2, bias=False),
    StackLayer("globalpool"),
    FLATTEN,
    OUTPUT,
)
ODD: Stack = (
    conv(3, 4, dilation=(2,)),
    RELU,
    StackLayer("maxpool", (3,), stride=(2,), padding=((1, 1),)),
    StackLayer("conv", (2, 3), 5, stride=(3, 2)),
    FLATTEN,
    OUTPUT,
)

PLAIN = Settings(SMALL, 1, 32, 0.1, "constant", 0.0, 0.0, 0.0, (), 1.0, 8500, STEPS)
SETTINGS = {
    "plain": PLAIN,
    "momentum": replace(PLAIN, momentum=0.9, learning_rate=0.05),
    "weight decay": replace(PLAIN, weight_decay=0.05),
    "momentum and decay": replace(PLAIN, momentum=0.5, weight_decay=0.01, seed=2),
    "dropout": replace(PLAIN, dropout=0.5),
    "dropout and momentum": replace(PLAIN, dropout=0.2, momentum=0.9, seed=3),
    "rate in steps": replace(PLAIN, schedule="steps"),
    "rate as 1/k": replace(PLAIN, schedule="1/k", learning_rate=0.2),
    "augmented": replace(PLAIN, augment=("move", "rotate", "scale", "brightness", "noise"), batch=20),
    "few digits": replace(PLAIN, digits=50, batch=40, stack=SMOOTH, learning_rate=0.5),
    "residual": replace(PLAIN, stack=DEEP, init=1.5),
    "branches and groups": replace(PLAIN, stack=WIDE, init=2.0, momentum=0.9),
}
STACKS = {"small": SMALL, "smooth": SMOOTH, "residual": DEEP, "branches and groups": WIDE, "dilated and oblong": ODD}
