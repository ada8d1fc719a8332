"""Poolings, their inverse and their gradients in other frameworks, where a few faithful lines say it."""

from app.operations.pooling.snippets.call import PoolCall, pool_call
from app.operations.pooling.snippets.jax import jax
from app.operations.pooling.snippets.numpy import numpy
from app.operations.pooling.snippets.pytorch import pytorch
from app.scene.explanation import Snippet

__all__ = ["PoolCall", "pool_call", "pool_snippets"]


def pool_snippets(call: PoolCall) -> tuple[Snippet, ...]:
    """PyTorch first, and always."""
    return tuple(snippet for snippet in (pytorch(call), numpy(call), jax(call)) if snippet)
