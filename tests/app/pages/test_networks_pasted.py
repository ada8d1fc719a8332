"""Models as students paste them, and the same as ONNX both ways, counted as PyTorch counts a forward pass of them."""

import json
from pathlib import Path

import pytest

from app.address.refusal import Refusal
from app.pages.networks.own import Own, read_file, read_own
from app.pages.networks.sizes import spell_size
from app.pages.receptive_field.notation import spell_stack

FOLDER = Path(__file__).parents[1] / "pasted"
COUNTS = json.loads((FOLDER / "counts.json").read_text(encoding="utf-8"))
"""Of each model its input, parameters and multiplications, by tests/app/make_pasted.py."""


def sums(found: Own) -> tuple[int, int]:
    assert found.network.unknown == ()
    return found.network.totals.parameters, found.network.totals.multiplications


def expected(name: str) -> tuple[int, int]:
    return COUNTS[name]["parameters"], COUNTS[name]["multiplications"]


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_there_are_more_than_thirty_models_each_in_three_forms() -> None:
    assert len(COUNTS) > 30
    assert {path.name.partition(".")[0] for path in FOLDER.glob("*.*.onnx")} == set(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_code_is_counted_as_pytorch_counts_it(name: str) -> None:
    found = read_own({"layers": text_of(name), "input": spell_size(tuple(COUNTS[name]["input"]))})
    assert sums(found) == expected(name)
    if found.fits_an_address:
        layers = found.network.stack
        again = read_own({"layers": spell_stack(layers), "input": spell_size(found.network.input)})
        assert sums(again) == expected(name)


@pytest.mark.parametrize("way", ["traced", "dynamo"])
@pytest.mark.parametrize("name", COUNTS)
def test_an_exported_file_is_counted_as_pytorch_counts_it(name: str, way: str) -> None:
    found = read_file((FOLDER / f"{name}.{way}.onnx").read_bytes(), {})
    assert list(found.network.input) == COUNTS[name]["input"]
    assert found.notes == ()  # nothing is folded in these
    assert sums(found) == expected(name)


PLAIN = "model = nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU())"
AROUND = {
    "a training": PLAIN + "\nfor epoch in range(3):\n    for x, y in loader:\n        loss = crit(model(x), y)\n",
    "a training of unknown length": PLAIN + "\nfor x, y in loader:\n    crit(model(x), y).backward()\n",
    "a notebook's commands": "%matplotlib inline\n!pip install torch\n" + PLAIN,
    "an interpreter's prompts": ">>> model = nn.Sequential(\n...     nn.Conv2d(1, 6, 5), nn.ReLU())\n>>> model",
    "a fence": f"```python\n{PLAIN}\n```",
    "a choice of device": "device = 'cuda' if torch.cuda.is_available() else 'cpu'\n" + PLAIN + "\nmodel.to(device)",
}


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND.keys())
def test_what_stands_around_a_network_does_not_matter(text: str) -> None:
    assert sums(read_own({"layers": text})) == (156, 117_600)


CLASS = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, 4, 4)
        {init}
    def forward(self, x):
        x = self.conv(x)
        {forward}
"""
FOLLOWED = {
    "an attention whose words come first": (
        "self.attention = nn.MultiheadAttention(32, 4)",
        "x = x.flatten(2).permute(2, 0, 1); x, _ = self.attention(x, x, x); return x.mean(0)",
        1_568 + 4_224,
    ),
    "functions with learned numbers": (
        "self.w = nn.Parameter(torch.randn(10, 32)); self.b = nn.Parameter(torch.zeros(10))",
        "return F.linear(x.mean((2, 3)), self.w, self.b)",
        1_568 + 330,
    ),
    "numbers that nothing uses": ("self.w = nn.Parameter(torch.randn(10, 32))", "return x", 1_568 + 320),
    "a sum of maps in a list": ("", "return sum([x, x, x])", 1_568),
    "maps that are stacked": ("", "return torch.stack([x, x], dim=1).mean(1)", 1_568),
    "a normalisation by function": (
        "self.norm = nn.LayerNorm(32)",
        "n = self.norm; return F.layer_norm(x.permute(0, 2, 3, 1), n.normalized_shape, n.weight, n.bias)",
        1_568 + 64,
    ),
}


@pytest.mark.parametrize(("init", "forward", "parameters"), FOLLOWED.values(), ids=FOLLOWED.keys())
def test_a_forward_is_followed_through(init: str, forward: str, parameters: int) -> None:
    found = read_own({"layers": CLASS.format(init=init or "pass", forward=forward), "input": "3x32x32"})
    assert sums(found)[0] == parameters


UNKNOWN = {
    "LSTM": ("self.rnn = nn.LSTM(64, 8)", "out, (h, c) = self.rnn(x.flatten(2)); return out[:, -1]"),
    "torchvision.models.resnet18": ("self.rest = torchvision.models.resnet18()", "return self.rest(x)"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_layer_that_nobody_here_knows_is_named_and_what_stands_before_is_counted(name: str) -> None:
    init, forward = UNKNOWN[name]
    found = read_own({"layers": CLASS.format(init=init, forward=forward), "input": "3x32x32"})
    assert found.network.unknown == (name,)
    assert next(iter(found.network.layers)).parameters == 1_568


REFUSED = {
    "if x.mean() > 0: x = x * 2": "Line 8, “x.mean()”",
    "return torch.einsum('bchw->bc', x)": "One layer was recognised until then, conv.",
    "return x.view(-1, 100)": "",
    "for part in x: x = part": "",
}


@pytest.mark.parametrize("forward", REFUSED)
def test_what_only_a_run_would_know_is_refused_with_a_way_out(forward: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_own({"layers": CLASS.format(init="pass", forward=forward), "input": "3x32x32"})
    assert REFUSED[forward].lower() in str(refused.value).lower()


def test_a_layer_that_only_a_run_would_put_there_is_not_left_out() -> None:
    code = CLASS.format(init="if mystery(): self.more = nn.Linear(2, 2)", forward="return x")
    with pytest.raises(Refusal, match="if mystery"):
        read_own({"layers": code})
