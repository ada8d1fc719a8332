"""A stack for programs: the layers with their fields, and the tables of what each drawn map reads."""

from fractions import Fraction
from typing import Any

from app.pages.receptive_field.inputs import spell_input
from app.pages.receptive_field.layer_notation import spell_layer
from app.pages.receptive_field.notation import spell_stack
from app.pages.receptive_field.question import Question
from app.pages.receptive_field.table import disagreements, spans
from app.text.encoding import dumps
from kernels.graph import INPUT


def document(question: Question) -> bytes:
    """Every layer's size and field, one number for each axis."""
    return dumps(
        {
            "stack": spell_stack(question.stack),
            "input": spell_input(question.shape),
            "layers": [described(question, index) for index in range(len(question.measured))],
            "disagreements": disagreements(question),
        }
    )


def described(question: Question, index: int) -> dict[str, Any]:
    layer, fields = question.measured[index], question.fields[index]
    made = {
        "place": layer.place,
        "layer": layer.layer.kind if layer.node.is_join else spell_layer(layer.layer),
        "reads": ["input" if source == INPUT else question.place_of(source) for source in layer.node.sources],
        "shape": layer.shape,
        "output_size": layer.spatial,
        "receptive_field": [field.size for field in fields],
        "effective_stride": [number(field.stride) for field in fields],
        "effective_padding": [field.padding for field in fields],
        "parameters": layer.parameters,
        "multiplications": layer.multiplications,
    }
    if any(field.varies for field in fields):
        made["fields"] = [spans(field) for field in fields]
    return made


def number(value: Fraction | None) -> int | float | None:
    """A stride; null where paths disagree about it."""
    return None if value is None else int(value) if value.denominator == 1 else float(value)
