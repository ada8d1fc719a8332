"""What several operations say of their grids and of what these are to them.

What follows from the rest may be left open: an upstream gradient of ones, the stride of a pooling, the input size of a
gradient. Its field is empty then, the placeholder says what holds, and the link leaves it out.
"""

from app.address.query import Raw
from app.grids.reshaping import resize_input
from app.scene.changes import field_text, layer_around
from app.scene.operation import GridField, Roles
from app.scene.scene import Scene

X = GridField("input", "Input x", "rows ; columns , channels ~", channels=0)
W = GridField("weights", "Kernel w", "filters ~~", channels=1, filters=0)
B = GridField("bias", "Bias b", "one for each filter")
GRADIENT = "grad_output"
UPSTREAM = GridField("input", "Upstream gradient", "ones, if empty", follows=True)
BEFORE = GridField("input", "Before the activation: z", "… −1, 0, 1 …, if empty", follows=True)

WEIGHED = Roles("input", "kernel", "output")
POOLED = Roles("input", "", "output")

X_BAR, W_BAR = "x\N{COMBINING MACRON}", "w\N{COMBINING MACRON}"
"""The lectures' names for the gradients that PyTorch keeps in x.grad and w.grad."""


def resized_gradient(scene: Scene, changes: Raw) -> Raw:
    """An upstream gradient of the reader's own, and its z, cut or grown to the outputs that there are now.

    Where there are other filters now, z is left open again.
    """
    follows = [name for name, grid in scene.operation.grids.items() if grid.follows]
    written = [name for name in follows if name in scene.layer.spelled and name not in changes]
    layer = layer_around(scene, {**changes, **dict.fromkeys(written)}) if written else None
    if not layer:
        return {}
    wanted = layer.shape(GRADIENT)
    if wanted[0] == len(scene.grid(GRADIENT)):
        return {name: resize_input(field_text(scene, name), scene.grid(name), wanted[1:]) for name in written}
    return {name: None for name in written if name != GRADIENT}
