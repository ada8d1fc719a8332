"""The run for programs: every setting, every step."""

from typing import Any

from app.pages.train.task import SHOWN, Task, spell
from app.text.encoding import dumps
from app.training.run import Run
from kernels.mnist import HELD_OUT


def document(task: Task, run: Run) -> bytes:
    """`history` has an object for each step: what its batch came to before the weights changed; `held_out` after."""
    return dumps(
        {
            **header(task),
            "history": [
                {"step": step.step, "loss": step.loss, "accuracy": step.accuracy, "held_out": step.held_out}
                for step in run.steps
            ],
            "checkpoints": [{"step": point.step, "gradients": point.gradients} for point in run.checkpoints],
            "diverged": run.has_diverged,
        }
    )


def header(task: Task) -> dict[str, Any]:
    """What all steps refer to."""
    given = {name: getattr(task.parameters, name) for name in type(task.parameters).model_fields if name not in SHOWN}
    layers = [
        {"place": layer.place, "kind": layer.layer.kind, "shape": list(layer.shape), "parameters": layer.parameters}
        for layer in task.network.layers
    ]
    return {
        "address": task.key,
        "parameters": {**given, "dropout": task.dropout, "augment": spell(task.parameters.augment)},
        "layers": layers,
        "weights": task.network.parameters,
        "training": task.settings.digits,
        "held_out": HELD_OUT,
    }
