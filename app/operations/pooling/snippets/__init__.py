"""Poolings, their inverse and their gradients in other frameworks, where a few faithful lines say it."""

from app.operations.pooling.snippets.call import pool_call
from app.operations.pooling.snippets.jax import jax
from app.operations.pooling.snippets.numpy import numpy
from app.operations.pooling.snippets.pytorch import pytorch
from app.scene.explanation import Snippet
from app.scene.scene import Scene
from kernels.relation import Reduction


def pool_snippets(scene: Scene, function: str, reduction: Reduction) -> tuple[Snippet, ...]:
    """PyTorch first, and always."""
    call = pool_call(scene, function, reduction)
    return tuple(snippet for snippet in (pytorch(call), numpy(call), jax(call)) if snippet)
