"""The same call in other frameworks: what a scene computes, as the lines a student would write there.

call.py          what is called: arrays and parameters, and the questions every framework asks of them
literal.py       numbers as Python text
source.py        calls as Python text
program.py       the whole runnable program around the few lines that are shown
pytorch.py  numpy_scipy.py  keras.py  jax.py     one framework each
words.py         what is said where a framework differs
"""

from app.operations.common.snippets.call import Call
from app.operations.common.snippets.layer_call import arrays_of
from app.operations.convolution.snippets.jax import jax
from app.operations.convolution.snippets.keras import keras
from app.operations.convolution.snippets.numpy_scipy import numpy_scipy
from app.operations.convolution.snippets.pytorch import pytorch
from app.scene.explanation import Snippet
from app.scene.scene import Scene

__all__ = ["Call", "convolution_snippets", "snippets"]


def snippets(call: Call) -> tuple[Snippet, ...]:
    """The same call in every framework, PyTorch first."""
    return pytorch(call), numpy_scipy(call), keras(call), jax(call)


def convolution_snippets(scene: Scene) -> tuple[Snippet, ...]:
    return snippets(call_of(scene))


def call_of(scene: Scene) -> Call:
    axes, parameters = scene.layer.windows, scene.layer.parameters
    padding = parameters["padding"]
    return Call(
        operation=scene.operation.name,
        arrays=arrays_of(scene),
        stride=tuple(axis.stride for axis in axes),
        padding=tuple(axis.padding for axis in axes),
        padding_word=padding if isinstance(padding, str) else None,
        padding_mode=parameters["padding_mode"],
        dilation=tuple(axis.dilation for axis in axes),
        groups=scene.layer.groups,
        flip=parameters["flip"],
        activation=scene.layer.activation,
        json_url=scene.address(".json", step=None),
    )
