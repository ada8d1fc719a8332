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
    "maps that are stacked before the batch": ("", "return torch.stack([x, x], dim=0).sum(dim=0)", 1_568),
    "the greatest along an axis": ("", "m, _ = torch.max(x, dim=1, keepdim=True); return x * m", 1_568),
    "the greatest by its name": ("", "return x * x.max(dim=1, keepdim=True).values", 1_568),
    "the greater of two maps": ("", "return torch.maximum(x, torch.max(x, x * 2))", 1_568),
    "a product of matrices in letters": (
        "",
        "b, c, h, w = x.shape; q = x.flatten(2); return torch.einsum('bdn,ben->bde', q, q)",
        1_568,
    ),
    "a product with learned numbers": (
        "self.w = nn.Parameter(torch.randn(10, 32))",
        "return x.mean((2, 3)) @ self.w.t()",
        1_568 + 320,
    ),
    "layers taken apart for names": (
        "self.more = nn.ModuleList([nn.Conv2d(32, 32, 1) for _ in range(3)])",
        "*first, last = self.more; return last(x)",
        1_568 + 3 * 1_056,
    ),
    "a convolution with another stride than its layer": (
        "self.c = nn.Conv2d(32, 8, 3)",
        "kh, kw = self.c.weight.size()[-2:]; return nn.functional.conv2d(x, self.c.weight, self.c.bias, 1, kh // 2)",
        1_568 + 2_312,
    ),
    "numbers at equal distances": (
        "rates = [r.item() for r in torch.linspace(0, 0.2, 3)]; "
        "self.more = nn.Sequential(*[nn.Conv2d(32, 32, 1) for r in rates])",
        "return self.more(x)",
        1_568 + 3 * 1_056,
    ),
    "modules by their names": (
        "self.more = nn.Conv2d(32, 8, 1)",
        "for name in ['more']: x = self._modules[name](x)\n        return x",
        1_568 + 264,
    ),
    "a noise as large as the map": (
        "",
        "noise = torch.randn(x.size(0), 1, x.size(2), x.size(3)); return x + noise / x.norm(dim=1, keepdim=True)",
        1_568,
    ),
    "a function for each": (
        "self.q = nn.Conv2d(32, 32, 1)",
        "a, b = map(lambda each: each.relu(), (x, self.q(x))); return a + b",
        1_568 + 1_056,
    ),
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


MADE = {
    "a size that is tried in __init__": (
        """
        class Net(nn.Module):
            def __init__(self, shape=(4, 84, 84)):
                super().__init__()
                self.conv = nn.Sequential(nn.Conv2d(4, 8, 8, 4), nn.ReLU(), nn.Conv2d(8, 8, 4, 2))
                self.fc = nn.Linear(self.size_of(shape), 6)
            def size_of(self, shape):
                o = self.conv(torch.zeros(1, *shape))
                return int(np.prod(o.size()))
            def forward(self, x):
                return self.fc(self.conv(x).view(x.size()[0], -1))
        """,
        2_056 + 1_032 + (648 * 6 + 6),
    ),
    "a size that a forward leaves behind": (
        """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv = nn.Conv2d(1, 8, 5)
                self.size = None
                self.convs(torch.randn(50, 50).view(-1, 1, 50, 50))
                self.fc = nn.Linear(self.size, 2)
            def convs(self, x):
                x = F.max_pool2d(F.relu(self.conv(x)), (2, 2))
                if self.size is None:
                    self.size = x[0].shape[0] * x[0].shape[1] * x[0].shape[2]
                return x
            def forward(self, x):
                return self.fc(self.convs(x).view(-1, self.size))
        """,
        208 + (8 * 23 * 23 * 2 + 2),
    ),
    "the fields of a dataclass": (
        """
        @dataclass
        class Config:
            inputs: int
            hidden: int = 32
            kernels: list = field(default_factory=lambda: [3, 3])
        class Net(nn.Module):
            def __init__(self, config: Config):
                super().__init__()
                self.c = nn.Sequential(*[nn.Conv2d(config.inputs, config.hidden, k) for k in config.kernels[:1]])
            def forward(self, x):
                return self.c(x)
        config = Config(3, hidden=48)
        model = Net(config)
        dataset = Config(1)
        """,
        1_344,
    ),
    "a while": (
        """
        def make(inputs=3, size=32, channels=8):
            layers = []
            while size > 8:
                layers.append(nn.Conv2d(inputs, channels, 4, 2, 1))
                inputs, channels, size = channels, channels * 2, size // 2
            return nn.Sequential(*layers, nn.Flatten(), nn.Linear(inputs * size * size, 1))
        model = make()
        """,
        392 + 2_064 + 1_025,
    ),
    "a while that is left": (
        """
        layers = []
        width = 3
        while width:
            layers.append(nn.Conv2d(width, 2 * width, 1))
            width *= 2
            if width > 6:
                break
        model = nn.Sequential(*layers)
        while True:
            show(model(camera.read()))
        """,
        24 + 84,
    ),
    "a global name": (
        """
        width = 8
        def grow():
            global width
            width = 2 * width
        grow()
        model = nn.Sequential(nn.Conv2d(3, width, 3))
        """,
        448,
    ),
    "a nonlocal name": (
        """
        def build():
            channels = 3
            def conv(made):
                nonlocal channels
                layer = nn.Conv2d(channels, made, 1)
                channels = made
                return layer
            return nn.Sequential(conv(8), conv(16))
        model = build()
        """,
        32 + 144,
    ),
    "a layer put in another's place": (
        "model = nn.Sequential(nn.Conv2d(3, 8, 1), nn.Conv2d(8, 1000, 1))\nmodel[1] = nn.Conv2d(8, 7, 1)",
        32 + 63,
    ),
    "a layer taken away": (
        "model = nn.Sequential(nn.Conv2d(3, 8, 1), nn.ReLU(), nn.Conv2d(8, 1000, 1))\ndel model[-1]",
        32,
    ),
    "a question for the kind of an entry": (
        """
        plan = [(1, 8), "M", [(1, 16), 2]]
        layers, width = [], 3
        for each in plan:
            if type(each) == tuple:
                layers += [nn.Conv2d(width, each[1], each[0])]
                width = each[1]
            elif type(each) is str:
                layers += [nn.MaxPool2d(2)]
            elif type(each) == list:
                for _ in range(each[1]):
                    layers += [nn.Conv2d(width, each[0][1], each[0][0])]
                    width = each[0][1]
        model = nn.Sequential(*layers)
        """,
        32 + 144 + 272,
    ),
    "layers that are called one after the other": (
        """
        def block(inputs, made):
            return nn.Sequential(nn.Conv2d(inputs, made, 1), nn.ReLU())
        net = nn.Sequential(block(3, 8), block(8, 16))
        X = torch.rand(1, 3, 32, 32)
        for layer in net:
            X = layer(X)
            print(layer.__class__.__name__, X.shape)
        """,
        32 + 144,
    ),
    "a weight of direction and length": ("model = nn.Sequential(weight_norm(nn.Conv2d(3, 8, 1)))", 32 + 8),
    "a function of the class itself": (
        """
        class Net(nn.Module):
            def __init__(self, width, classes):
                super().__init__()
                self.c = nn.Conv2d(3, width, 1)
                self.f = nn.Linear(width, classes)
            @classmethod
            def small(cls, classes=10):
                return cls(8, classes)
            def forward(self, x):
                return self.f(self.c(x).mean((2, 3)))
        model = Net.small(5)
        """,
        32 + 45,
    ),
    "the defaults of a script's arguments": (
        """
        parser = argparse.ArgumentParser()
        parser.add_argument("-w", "--base-width", type=int, default=32)
        parser.add_argument("--deep", action="store_true")
        args = parser.parse_args()
        layers = [nn.Conv2d(3, args.base_width, 1)] + ([nn.Conv2d(32, 32, 1)] if args.deep else [])
        model = nn.Sequential(*layers)
        """,
        128,
    ),
    "a power's exponent": (
        "model = nn.Sequential(*[nn.Conv2d(3, 3, 1) for _ in range(int(math.log(8, 2)))])",
        36,
    ),
}


@pytest.mark.parametrize(("text", "parameters"), MADE.values(), ids=MADE.keys())
def test_what_makes_a_network_is_followed(text: str, parameters: int) -> None:
    assert sums(read_own({"layers": text}))[0] == parameters


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        ("model = nn.Sequential(nn.Conv3d(1, 8, 3))", "1x16x32x32", (1, 16, 32, 32)),
        ("model = nn.Sequential(nn.MultiheadAttention(64, 4))", "16x64", (16, 64)),
        ("model = nn.Sequential(nn.Linear(100, 8), nn.BatchNorm1d(8))", "100", (100,)),
        ("model = nn.Sequential(nn.Conv2d(3, 1, 3), nn.Flatten(), nn.Linear(35 * 35, 2))", "", (3, 37, 37)),
        ("model = nn.Sequential(nn.Conv1d(2, 1, 5), nn.Flatten(), nn.Linear(9_996, 2))", "", (2, 10_000)),
        (
            "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
            "        self.l = nn.Linear(784, 10)\n    def forward(self, x):\n"
            "        b, c, h, w = x.shape\n        return self.l(x.view(b, -1))",
            "",
            (1, 28, 28),
        ),
    ],
)
def test_the_input_is_the_one_that_the_code_can_take(code: str, given: str, expected: tuple[int, ...]) -> None:
    assert read_own({"layers": code, "input": given}).network.input == expected


def test_layers_in_a_plain_list_are_counted_with_a_note_that_pytorch_does_not_learn_them() -> None:
    forms = {"[nn.Conv2d(32, 8, 1)]": 1, "nn.ModuleList([nn.Conv2d(32, 8, 1)])": 0}
    for held, count in forms.items():
        code = CLASS.format(init=f"self.more = {held}", forward="return self.more[0](x)")
        found = read_own({"layers": code, "input": "3x32x32"})
        assert sums(found)[0] == 1_568 + 264
        assert len(found.notes) == count
        assert all("line 5" in note for note in found.notes)


NOT_FOLLOWED = {
    "a choice that is no if": """
        def make(kind="a"):
            match kind:
                case "a":
                    return nn.Sequential(nn.ReLU())
        model = make()
        """,
    "a place that nobody knows": "model = nn.Sequential(nn.Conv2d(3, 8, 1))\nmodel[place] = nn.Conv2d(3, 9, 1)",
    "a while of unknown length": """
        def make():
            layers = []
            while go():
                layers.append(nn.ReLU())
            return nn.Sequential(*layers)
        model = make()
        """,
}


@pytest.mark.parametrize("text", NOT_FOLLOWED.values(), ids=NOT_FOLLOWED.keys())
def test_what_could_change_a_network_and_is_not_followed_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="can only be known by running it"):
        read_own({"layers": text})


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
