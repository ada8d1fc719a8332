"""Write onnx/*.onnx: PyTorch models as PyTorch exports them, their weights sifted out, for test_networks_files.py.

    python -m tests.app.make_onnx

Needs torch==2.13.0 and onnx. ResNet in training mode, so that its batch norms are not folded into the convolutions.
"""

import io
import warnings
from pathlib import Path

import torch

from app.pages.networks.onnx.strip_weights import without_weights
from tests.kernels import network_models

FOLDER = Path(__file__).parent / "onnx"
NAMES = ("lenet5", "resnet18", "googlenet", "fcn32s")


def main() -> None:
    assert torch.__version__.split("+")[0] == "2.13.0", torch.__version__
    warnings.filterwarnings("ignore")
    FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        model, shape = network_models.model(name)
        file = io.BytesIO()
        mode = torch.onnx.TrainingMode.TRAINING if name == "resnet18" else torch.onnx.TrainingMode.EVAL
        options = {"dynamo": False, "training": mode, "do_constant_folding": False, "export_params": False}
        torch.onnx.export(model, (torch.zeros(1, *shape),), file, **options)
        slim = without_weights(file.getvalue())
        (FOLDER / f"{name}.onnx").write_bytes(slim)
        print(f"{name}.onnx: {len(slim):,} bytes")


if __name__ == "__main__":
    main()
