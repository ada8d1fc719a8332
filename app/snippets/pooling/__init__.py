"""Poolings, their inverse and their gradients in other frameworks, where a few faithful lines say it."""

from app.explanation import Snippet
from app.snippets.pooling.call import PoolCall, pool_call
from app.snippets.pooling.jax import jax
from app.snippets.pooling.numpy import numpy
from app.snippets.pooling.pytorch import pytorch

__all__ = ["PoolCall", "pool_call", "pool_snippets"]


def pool_snippets(call: PoolCall) -> tuple[Snippet, ...]:
    """PyTorch first, and always."""
    return tuple(snippet for snippet in (pytorch(call), numpy(call), jax(call)) if snippet)
