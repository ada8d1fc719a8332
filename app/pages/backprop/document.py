"""Both passes for programs: values and gradients by name, and what flows over each edge."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pages.backprop.reading import Asked
from app.text.encoding import dumps, encode


def document(asked: Asked) -> bytes:
    """A scalar is a plain number, a vector a list; a gradient is that of the last line with respect to each name."""
    made = asked.made
    return dumps(
        {
            "graph": asked.text,
            "loss": made.loss,
            "values": {name: number_or_list(value) for name, value in made.values.items()},
            "gradients": {name: number_or_list(value) for name, value in made.gradients.items()},
            "edges": [
                {
                    "from": edge.target,
                    "to": edge.source,
                    "local": number_or_list(edge.local),
                    "gradient": number_or_list(edge.gradient),
                }
                for edge in made.edges
            ],
        }
    )


def number_or_list(value: NDArray[np.float64]) -> Any:
    if value.ndim:
        return encode(value)
    number = float(value)
    return int(number) if number == int(number) and abs(number) < 2**53 else number
