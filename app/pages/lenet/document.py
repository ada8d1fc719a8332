"""The drawing's answer for programs: every layer of both networks as one JSON document."""

from typing import Any

from app.pages.lenet.drawing import Drawing
from app.pages.lenet.reading import Reading, read
from app.stream.document import grid
from app.text.encoding import dumps, encode

PARAMETERS = ("shift", "rotate", "scale", "brightness", "noise", "cover", "dropout", "seed")


def document(drawing: Drawing) -> bytes:
    """`x` is what the networks read, from 0 to 255; each layer has y, and a where a ReLU follows."""
    networks: dict[str, dict[str, Any]] = {name: {"layers": []} for name in drawing.networks}
    for answer in read(drawing):
        if isinstance(answer, Reading):
            networks[answer.network]["layers"].append(layer(answer))
        else:
            networks[answer.network] |= {"probabilities": encode(answer.probabilities), "digit": answer.digit}
    described = {
        "parameters": {name: getattr(drawing, name) for name in PARAMETERS},
        "x": grid(drawing.pixels[None]),
        **networks,
    }
    return dumps(described)


def layer(reading: Reading) -> dict[str, Any]:
    outcome = reading.outcome
    described: dict[str, Any] = {"name": reading.name, "y": grid(outcome.y)}
    return described | {"a": grid(outcome.a)} if outcome.layer.rectified else described
