"""How the settings of a run are written, and where it opens."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator

from app.address.parameters import lowered, read_choice, read_number, reader, refuse, shown
from app.pages.learn.fields import read_bounded
from app.pages.train import words
from kernels.augmentation import KINDS
from kernels.mnist import TRAINING
from kernels.training import SCHEDULES

LAYERS = "conv(5,10);relu;maxpool(2);conv(5,16);relu;maxpool(2);flatten;linear(10)"
MOST_STEPS = 20_000
SAMPLE = 7
"""The shipped digit whose maps are shown."""
MOST_SEED = 999_999_999
MOST_CHANNEL = 9_999
LONGEST_PLACE = 20


def read_text(raw: object) -> str:
    if not isinstance(raw, str):
        refuse("{name} must be text, but “{text}” is not.", name="layers", text=shown(raw))
    return raw


def read_layer(raw: object) -> str:
    """The place of a layer, such as 4 or 3.1.1; whether there is one, the network says."""
    if not isinstance(raw, str | int) or len(str(raw)) > LONGEST_PLACE:
        refuse(words.NO_LAYER, name="layer", text=shown(raw))
    return str(raw).strip()


def read_augment(raw: object) -> tuple[str, ...]:
    """`move,rotate`, in any order; `all` and `none`."""
    text = ",".join(map(str, raw)) if isinstance(raw, list) else lowered(raw)
    if text in ("all", "none"):
        return KINDS if text == "all" else ()
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in KINDS:
            refuse(words.NOT_AUGMENTED, kind="literal_error", kinds=", ".join(KINDS), text=shown(name))
    return tuple(kind for kind in KINDS if kind in names)


class TrainParameters(BaseModel):
    """What decides a run; `step` and all after it only what the page opens with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: Annotated[str, PlainValidator(read_text, json_schema_input_type=str)] = LAYERS
    seed: Annotated[int, reader(read_bounded, least=0, most=MOST_SEED)] = 1
    batch: Annotated[int, reader(read_bounded, least=1, most=512)] = 32
    learning_rate: Annotated[float, reader(read_number, example=words.RATE_EXAMPLE, least=0, most=1_000)] = 0.1
    schedule: Annotated[str, reader(read_choice, choices=SCHEDULES)] = "constant"
    momentum: Annotated[float, reader(read_number, example="0.9", least=0, most=0.999)] = 0.0
    weight_decay: Annotated[float, reader(read_number, example="0.001", least=0, most=10)] = 0.0
    dropout: Annotated[float | None, reader(read_number, example="0.5", least=0, most=0.95)] = None
    augment: Annotated[tuple[str, ...], PlainValidator(read_augment, json_schema_input_type=str)] = ()
    init: Annotated[float, reader(read_number, example="1", least=0, most=100)] = 1.0
    digits: Annotated[int, reader(read_bounded, least=10, most=TRAINING)] = TRAINING
    steps: Annotated[int, reader(read_bounded, least=1, most=MOST_STEPS)] = 600
    step: Annotated[int | None, reader(read_bounded, least=0, most=MOST_STEPS)] = None
    sample: Annotated[int, reader(read_bounded, least=0, most=9)] = SAMPLE
    layer: Annotated[str | None, PlainValidator(read_layer, json_schema_input_type=str)] = None
    channel: Annotated[int, reader(read_bounded, least=0, most=MOST_CHANNEL)] = 0
    against: Annotated[str | None, PlainValidator(read_text, json_schema_input_type=str)] = None
