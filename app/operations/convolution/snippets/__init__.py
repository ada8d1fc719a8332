"""The same call in other frameworks: what a scene computes, as the lines a student would write there.

call.py          what is called: arrays and parameters, and the questions every framework asks of them
literal.py       numbers as Python text
source.py        calls as Python text
program.py       the whole runnable program around the few lines that are shown
pytorch.py  numpy_scipy.py  keras.py  jax.py     one framework each
words.py         what is said where a framework differs
"""

from app.operations.common.snippets.call import Call
from app.operations.convolution.snippets.jax import jax
from app.operations.convolution.snippets.keras import keras
from app.operations.convolution.snippets.numpy_scipy import numpy_scipy
from app.operations.convolution.snippets.pytorch import pytorch
from app.scene.explanation import Snippet

__all__ = ["Call", "snippets"]


def snippets(call: Call) -> tuple[Snippet, ...]:
    """The same call in every framework, PyTorch first."""
    return pytorch(call), numpy_scipy(call), keras(call), jax(call)
