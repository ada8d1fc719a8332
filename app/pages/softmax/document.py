"""From scores to a loss, for programs."""

from app.pages.softmax.asked import Asked
from app.text.encoding import dumps, encode


def document(asked: Asked) -> bytes:
    """The gradient is that of the loss with respect to each score."""
    return dumps(
        {
            "labels": asked.labels,
            "scores": encode(asked.scores),
            "target": asked.target,
            "temperature": asked.temperature,
            "probabilities": encode(asked.probabilities),
            "loss": asked.loss,
            "gradient": encode(asked.gradient),
        }
    )
