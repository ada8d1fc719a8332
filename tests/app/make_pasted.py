"""Write pasted/: PyTorch's own counts of the models that students paste, and the same models as ONNX, both ways.

    python -m tests.app.make_pasted [NAME…]

Each pasted/NAME.txt is run by torch 2.13.0, its multiplications counted on a real forward pass, and exported with
torch.jit's tracer and with dynamo. What is left of the files without weights is kept. Needs torch, onnx, onnxscript.
"""

import io
import json
import sys
import tempfile
import warnings
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from app.pages.networks.onnx.strip_weights import without_weights

FOLDER = Path(__file__).parent / "pasted"
GOLDEN = FOLDER / "counts.json"
INPUTS: dict[str, tuple[int, ...]] = {
    "audio_m5": (1, 8000),
    "autoencoder": (3, 32, 32),
    "autoencoder_linear": (784,),
    "blitz_net": (3, 32, 32),
    "c3d": (3, 8, 56, 56),
    "convnext": (3, 224, 224),
    "cs231n": (3, 32, 32),
    "dcgan_discriminator": (3, 64, 64),
    "dcgan_generator": (100, 1, 1),
    "densenet121": (3, 224, 224),
    "efficientnet": (3, 64, 64),
    "encoder_decoder": (1, 28, 28),
    "fashion_mlp": (1, 28, 28),
    "fpn": (3, 64, 64),
    "googlenet_kuangliu": (3, 32, 32),
    "lenet_view": (1, 32, 32),
    "lightning": (1, 28, 28),
    "mnist_example": (1, 28, 28),
    "mobilenetv2": (3, 224, 224),
    "resnet18": (3, 224, 224),
    "resnet50": (3, 224, 224),
    "resnet_cifar": (3, 32, 32),
    "resnext50": (3, 224, 224),
    "senet": (3, 32, 32),
    "shufflenet": (3, 224, 224),
    "siamese": (1, 28, 28),
    "superresolution": (1, 224, 224),
    "transformer_encoder": (3, 64, 64),
    "unet_aladdin": (1, 161, 161),
    "unet_bilinear": (3, 96, 96),
    "unet_milesial": (3, 96, 96),
    "vae": (3, 64, 64),
    "vgg_make_layers": (3, 32, 32),
    "vgg_torchvision": (3, 224, 224),
    "vit_small": (3, 32, 32),
}
INSTEAD = {
    "import pytorch_lightning as pl": "",
    "pl.LightningModule": "nn.Module",
    "self.save_hyperparameters()": "pass",
    "import torchvision.transforms.functional as TF": "import torch.nn.functional as TF",
    "TF.resize(": "TF.interpolate(",
}
"""What needs packages that are not installed here, and what does the same without them."""


def main(names: list[str]) -> None:
    import torch  # Only here: pytest looks for doctests in this file, too.

    assert torch.__version__.split("+")[0] == "2.13.0", torch.__version__
    warnings.filterwarnings("ignore")
    counts = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    torch.manual_seed(0)
    for name in names or INPUTS:
        model = model_of(torch, (FOLDER / f"{name}.txt").read_text())
        counts[name] = counted(torch, model, INPUTS[name])
        for way in ("traced", "dynamo"):
            slim = without_weights(exported(torch, model, INPUTS[name], is_dynamo=way == "dynamo"))
            (FOLDER / f"{name}.{way}.onnx").write_bytes(slim)
        print(name, counts[name], flush=True)
    lines = ",\n".join(f'  "{name}": {json.dumps(counts[name])}' for name in sorted(counts))
    GOLDEN.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def model_of(torch: Any, text: str) -> Any:
    """The model that the text calls, or the last that it makes, or one of its last class."""
    for theirs, ours in INSTEAD.items():
        text = text.replace(theirs, ours)
    found: dict[str, Any] = {"__name__": "__main__"}
    called: list[Any] = []
    hook = torch.nn.modules.module.register_module_forward_hook(lambda module, given, made: called.append(module))
    with redirect_stdout(io.StringIO()):
        exec(text, found)
    hook.remove()
    own = [each for each in found.values() if isinstance(each, type) and each.__module__ == "__main__"]
    classes = [each for each in own if issubclass(each, torch.nn.Module)]
    models = [each for each in found.values() if isinstance(each, tuple(classes))]
    model = called[-1] if called else models[-1] if models else classes[-1]()
    return model.eval()


def counted(torch: Any, model: Any, shape: tuple[int, ...]) -> dict[str, Any]:
    """Parameters, and the multiplications of a forward pass: half of the operations that PyTorch counts for it."""
    from torch.nn.attention import SDPBackend, sdpa_kernel
    from torch.utils.flop_counter import FlopCounterMode

    counter = FlopCounterMode(display=False)
    with counter, sdpa_kernel(SDPBackend.MATH):
        model(torch.rand(1, *shape))
    return {
        "input": list(shape),
        "parameters": sum(each.numel() for each in model.parameters()),
        "multiplications": counter.get_total_flops() // 2,
    }


def exported(torch: Any, model: Any, shape: tuple[int, ...], *, is_dynamo: bool) -> bytes:
    """The file that torch.onnx.export writes, batch norms kept as they are."""
    mode = torch.onnx.TrainingMode.PRESERVE
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        file = Path(folder) / "model.onnx"
        options = (
            {"dynamo": True, "external_data": False, "optimize": False, "verbose": False}
            if is_dynamo
            else {"dynamo": False, "training": mode, "do_constant_folding": False}
        )
        torch.onnx.export(model, (torch.rand(1, *shape),), str(file), **options)
        return file.read_bytes()


if __name__ == "__main__":
    main(sys.argv[1:])
