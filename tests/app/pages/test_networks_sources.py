"""What people have: classes with a forward, printouts, Keras; read, never run, and counted as PyTorch counts."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from app.address.refusal import Refusal
from app.pages.networks.catalogue import catalogue
from app.pages.networks.own import Own, read_file, read_own
from app.pages.networks.sections import sections
from app.pages.networks.sizes import read_size
from app.pages.networks.wiring import inside, wiring
from tests.app.direct import Direct
from tests.app.markup import elements
from tests.app.pages.test_networks_own import multipart

PRINTED = Path(__file__).parents[1] / "printed"
"""print(model) of models with torchvision's modules and names, by torch 2.13."""
PUBLISHED = {
    "resnet18": (11_689_512, 1_814_073_344),
    "mobilenetv2": (3_504_872, 300_774_272),
    "densenet121": (7_978_856, 2_834_161_664),
    "squeezenet1_0": (1_248_424, 818_924_576),
    "googlenet": (6_624_904, 1_498_376_192),
}
"""Parameters as torchvision lists them, and multiplications by hooks on a forward pass."""

TUTORIAL = """
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):

    def __init__(self):
        super(Net, self).__init__()
        # 1 input image channel, 6 output channels, 5x5 square convolution
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)  # 5*5 from image dimension
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, input):
        c1 = F.relu(self.conv1(input))
        s2 = F.max_pool2d(c1, (2, 2))
        c3 = F.relu(self.conv2(s2))
        s4 = F.max_pool2d(c3, 2)
        s4 = torch.flatten(s4, 1)
        f5 = F.relu(self.fc1(s4))
        f6 = F.relu(self.fc2(f5))
        output = self.fc3(f6)
        return output


net = Net()
print(net)
"""
UNET = """
def double(a, b):
    return nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.Conv2d(b, b, 3, padding=1), nn.ReLU())

class UNet(nn.Module):
    def __init__(self, widths=(8, 16), classes=2):
        super().__init__()
        self.downs = nn.ModuleList([double(a, b) for a, b in zip((3,) + widths, widths)])
        self.middle = double(widths[-1], 32)
        self.ups = nn.ModuleList()
        for width in reversed(widths):
            self.ups.append(nn.ConvTranspose2d(2 * width, width, 2, stride=2))
            self.ups.append(double(2 * width, width))
        self.out = nn.Conv2d(widths[0], classes, 1)

    def forward(self, x):
        skips = []
        for down in self.downs:
            x = down(x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.middle(x)
        for i in range(0, len(self.ups), 2):
            x = self.ups[i](x)
            x = torch.cat([skips.pop(), x], dim=1)
            x = self.ups[i + 1](x)
        return self.out(x)
"""


def own(layers: str, **more: str) -> Own:
    return read_own({"layers": layers, **more})


def sums(found: Own) -> tuple[int, int]:
    assert found.network.unknown == ()
    return found.network.totals.parameters, found.network.totals.multiplications


def conv(inputs: int, outputs: int, taps: int) -> int:
    return inputs * outputs * taps + outputs


def test_the_tutorials_class_is_read_with_its_names_and_its_input() -> None:
    found = own(TUTORIAL)
    assert found.network.input == (1, 32, 32)
    assert sums(found) == (61_706, 416_520)
    assert [layer.layer.name for layer in found.network.layers if layer.parameters] == [
        *("conv1", "conv2", "fc1", "fc2", "fc3"),
    ]


def test_loops_over_module_lists_and_joins_are_followed() -> None:
    found = own(UNET, input="3x32x32")
    doubles = ((3, 8), (8, 16), (16, 32), (32, 16), (16, 8))
    expected = sum(conv(a, b, 9) + conv(b, b, 9) for a, b in doubles) + conv(32, 16, 4) + conv(16, 8, 4) + conv(8, 2, 1)
    assert sums(found)[0] == expected
    joins = [layer for layer in found.network.layers if layer.kind == "concat"]
    assert [layer.shape for layer in joins] == [(32, 16, 16), (16, 32, 32)]


def test_a_layer_that_is_called_twice_learns_once_and_works_twice() -> None:
    code = """
class Twice(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.spare = nn.Linear(10, 10)
    def forward(self, x):
        return self.conv(self.conv(x)) + x
"""
    parameters, multiplications = sums(own(code, input="4x8x8"))
    assert parameters == conv(4, 4, 9) + 110  # PyTorch counts a layer that forward never calls, too
    assert multiplications == 2 * 64 * 4 * 36


def test_loose_layers_are_read_one_after_the_other() -> None:
    for code in (
        "nn.Conv2d(1, 6, 5),\nnn.ReLU(),\nnn.MaxPool2d(2),",
        "    nn.Conv2d(1, 6, 5)\n    nn.ReLU()\n    nn.MaxPool2d(2)",
        "self.conv = nn.Conv2d(1, 6, 5)\nself.act = nn.ReLU()\nself.pool = nn.MaxPool2d(2)",
    ):
        network = own(code).network
        assert [layer.kind for layer in network.layers] == ["conv", "relu", "maxpool"], code
        assert network.totals.parameters == 156


DYNAMIC = {
    "if x.mean() > 0:\n            x = x * 2": (9, "x.mean()"),
    "x = mystery(x)": (9, "mystery(x)"),
    "for part in x:\n            x = x + part": (9, "for part in x"),
}


@pytest.mark.parametrize("body", DYNAMIC)
def test_what_only_a_run_would_know_is_named_with_its_line_and_a_way_out(body: str) -> None:
    code = (
        "import torch\nimport torch.nn as nn\n\nclass Net(nn.Module):\n    def __init__(self):\n"
        f"        super().__init__()\n        self.a = nn.Conv2d(1, 1, 3)\n    def forward(self, x):\n        {body}\n"
        "        return self.a(x)\n"
    )
    line, text = DYNAMIC[body]
    with pytest.raises(Refusal) as refused:
        own(code)
    assert f"Line {line}, “{text}" in str(refused.value)
    assert "torch.onnx.export(model" in str(refused.value)


def test_a_refusal_says_what_was_recognised_until_then() -> None:
    with pytest.raises(Refusal, match="4 layers were recognised until then, the last of them relu, maxpool, conv2"):
        own(TUTORIAL.replace("c3 = F.relu(self.conv2(s2))", "c3 = mystery(self.conv2(c1))").replace("s2 = ", "_ = "))


def test_a_class_that_needs_values_says_which_line_to_add() -> None:
    code = "class Net(nn.Module):\n    def __init__(self, classes): pass\n    def forward(self, x): return x"
    with pytest.raises(Refusal, match=r"Add a line such as model = Net\(classes=…\)"):
        own(code)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_printed_network_of_a_known_family_is_connected(name: str) -> None:
    found = own((PRINTED / f"{name}.txt").read_text(encoding="utf-8"))
    assert found.network.input == (3, 224, 224)
    assert sums(found) == PUBLISHED[name]


def test_a_printed_network_whose_layers_do_not_fit_is_counted_for_parameters_alone(ask: Direct) -> None:
    text = (PRINTED / "resnet18.txt").read_text(encoding="utf-8")
    other = text.replace("(conv2): Conv2d(64, 64,", "(conv2): Conv2d(32, 64,", 1)
    document = multipart(ask, ("layers", other.replace("\n", "\r\n").encode()), path="/networks/own.json").json()
    assert document["totals"]["parameters"] == 11_689_512 - 32 * 64 * 9
    assert document["totals"]["multiplications"] is None
    assert document["totals"]["other_operations"] is None
    assert document["unknown"] == ["forward"]
    page = multipart(ask, ("layers", other.encode())).text
    assert "A printout names the layers of ResNet" in page


OLD_SUMMARY = """Model: "sequential"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 conv2d (Conv2D)             (None, 26, 26, 32)        320

 max_pooling2d (MaxPooling2  (None, 13, 13, 32)        0
 D)
 conv2d_1 (Conv2D)           (None, 11, 11, 64)        18496
 batch_normalization (BatchN (None, 11, 11, 64)        256
 ormalization)
 flatten (Flatten)           (None, 7744)              0
 dense (Dense)               (None, 10)                77450
=================================================================
Total params: 96522 (377.04 KB)
"""
NEW_SUMMARY = """Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
│ input_layer         │ (None, 32, 32, 3) │          0 │ -                 │
│ (InputLayer)        │                   │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ conv2d (Conv2D)     │ (None, 32, 32,    │        448 │ input_layer[0][0] │
│                     │ 16)               │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ conv2d_1 (Conv2D)   │ (None, 32, 32,    │      2,320 │ conv2d[0][0]      │
│                     │ 16)               │            │                   │
├─────────────────────┼───────────────────┼────────────┼───────────────────┤
│ add (Add)           │ (None, 32, 32,    │          0 │ conv2d[0][0],     │
│                     │ 16)               │            │ conv2d_1[0][0]    │
└─────────────────────┴───────────────────┴────────────┴───────────────────┘
 Total params: 2,768 (10.81 KB)
"""


def test_keras_summaries_are_read_and_differences_are_named() -> None:
    old, new = own(OLD_SUMMARY), own(NEW_SUMMARY)
    assert old.network.input == (1, 28, 28)
    assert sums(old)[0] == 96_522 - 128
    assert old.notes == (
        "batch_normalization: 256 parameters are printed, of which 128 are learned; the others are running means and "
        "variances.",
    )
    assert sums(new) == (2_768, 32 * 32 * 16 * 27 + 32 * 32 * 16 * 144)
    assert [layer.kind for layer in new.network.layers] == ["conv", "conv", "add"]


@pytest.mark.parametrize(
    "code",
    [
        "model = keras.Sequential([\n  keras.Input(shape=(28, 28, 1)),\n  layers.Conv2D(8, 3, strides=2, "
        "padding='same', activation='relu'),\n  layers.Flatten(),\n  "
        "layers.Dense(10, activation='softmax'),\n])\nmodel.summary()",
        "from keras.models import Sequential\nmodel = Sequential()\nmodel.add(Conv2D(8, (3, 3), strides=(2, 2), "
        "padding='same', activation='relu', input_shape=(28, 28, 1)))\nmodel.add(Flatten())\nmodel.add(Dense(10))",
    ],
)
def test_keras_code_is_read(code: str) -> None:
    found = own(code)
    assert found.network.input == (1, 28, 28)
    assert sums(found) == (80 + 8 * 14 * 14 * 10 + 10, 14 * 14 * 8 * 9 + 8 * 14 * 14 * 10)


def test_sizes_are_read_however_they_are_written() -> None:
    for text in ("1,3,224,224", "224,224,3", "3x224x224", "(3, 224, 224)", "[1, 3, 224, 224]", "3 × 224 × 224"):
        assert read_size(text) == (3, 224, 224), text
    assert read_size("28,28,1") == (1, 28, 28)
    assert read_size("784") == (784,) or read_size("784") == (1, 784)


def test_a_text_file_is_read_as_what_it_is() -> None:
    assert sums(read_file(TUTORIAL.replace("\n", "\r\n").encode(), {}))[0] == 61_706
    printed = (PRINTED / "squeezenet1_0.txt").read_bytes()
    assert sums(read_file(printed, {}))[0] == 1_248_424


def test_the_form_posts_a_class_and_gets_its_page(ask: Direct) -> None:
    answer = multipart(ask, ("layers", TUTORIAL.replace("\n", "\r\n").encode()), ("input", b""), ("file", b""))
    assert answer.status == 303
    shown = ask(answer.headers["location"]).text
    assert "61\u202f706" in shown
    assert ">conv1<" in shown


def test_the_counted_table_is_a_file_whose_last_line_is_the_sum(ask: Direct) -> None:
    answer = ask("/networks/unet.csv")
    rows = list(csv.reader(StringIO(answer.text)))
    parameters = rows[0].index("parameters")
    assert answer.headers["content-disposition"] == 'attachment; filename="unet.csv"'
    assert sum(int(row[parameters]) for row in rows[1:-1]) == int(rows[-1][parameters]) == 31_030_658
    assert ask("/networks/own.csv?layers=conv(3,4)&input=3x8x8").text.splitlines()[-1].split(",")[5] == "112"


def test_every_layer_leads_to_the_scene_of_its_own_kind(ask: Direct) -> None:
    html = ask("/networks/mobilenetv2?part=bottleneck2").text
    links = [each.get("href") or "" for each in elements(html) if each.tag == "a"]
    scenes = [link for link in links if link.startswith("/conv2d?x=random")]
    assert scenes == [
        "/conv2d?x=random:2x3x3:3&w=random:1x2x1x1:1",
        "/conv2d?x=random:2x5x5:3&stride=2&padding=1&w=random:2x1x3x3:1&groups=2",
        "/conv2d?x=random:2x3x3:3&w=random:1x2x1x1:1",
    ]
    for scene in scenes:
        assert ask(scene).status == 200


def test_blocks_alike_are_drawn_as_one_and_unfold(ask: Direct) -> None:
    def names(address: str) -> list[str]:
        links = [each for each in elements(ask(address).text) if each.tag == "a"]
        return [(each.get("aria-label") or "").split(":")[0] for each in links if each.get("aria-label")]

    folded, unfolded = names("/networks/densenet121"), names("/networks/densenet121?unfold=true")
    assert [name for name in folded if "×" in name] == ["dense1 ×6", "dense2 ×12", "dense3 ×24", "dense4 ×16"]
    assert "dense3-24" in unfolded
    assert not any("×" in name for name in unfolded)
    assert ask("/networks/densenet121?unfold=maybe").status == 422


def test_the_picture_shows_lanes_shortcuts_towers_and_a_u(ask: Direct) -> None:
    assert ask("/networks/resnet18").text.count('class="shortcut"') == 7  # two of the eight blocks are alike
    networks = catalogue()
    wired = {
        name: wiring(networks[name], sections(networks[name])) for name in ("unet", "alexnet", "fcn8s", "resnet50")
    }
    assert [name for name, each in wired.items() if each.is_u] == ["unet"]
    assert len(wired["unet"].arcs) == 4
    assert len(wired["fcn8s"].arcs) >= 2
    assert [name for name, each in wired.items() if each.towers] == ["alexnet"]
    googlenet = networks["googlenet"]
    module = next(section for section in sections(googlenet) if section.key == "4a")
    assert [len(lane) for lane in inside(googlenet, module).lanes] == [1, 2, 2, 2]


def test_a_network_that_no_address_can_hold_is_kept_by_its_hash(ask: Direct) -> None:
    text = (PRINTED / "densenet121.txt").read_text(encoding="utf-8").replace("\n", "\r\n")
    posted = multipart(ask, ("layers", text.encode()))
    assert posted.status == 200, "another copy would not know what a redirect leads to"
    (kept,) = [each for each in elements(posted.text) if each.get("data-kept")]
    address = f"/networks/own?graph={kept.get('data-kept')}"
    for page in (posted.text, ask(address).text):
        assert "7\u202f978\u202f856" in page
        assert f'href="{address}"' in page
    assert ask(address.replace("/own?", "/own.json?")).json()["totals"]["parameters"] == 7_978_856
    # What the page sends again, when a server has forgotten it, is the same network, with the same part open.
    part = "features.denseblock1.denselayer2"
    again = multipart(
        ask,
        ("layers", (kept.get("data-layers") or "").encode()),
        ("input", (kept.get("data-input") or "").encode()),
        ("part", part.encode()),
    )
    assert again.status == 200
    (sent,) = [each for each in elements(again.text) if each.get("data-kept")]
    assert (sent.get("data-kept"), sent.get("data-part")) == (kept.get("data-kept"), part)
    assert ask(f"{address}&part={part}").status == 200
    forgotten = ask(f"/networks/own?graph={'0' * 24}")
    assert forgotten.status == 422
    assert "This server does not have that network any more" in forgotten.text
    assert 'data-forgotten="' in forgotten.text


def test_what_a_unit_sees_opens_on_the_last_layer_that_does_not_see_everything(ask: Direct) -> None:
    links = [each.get("href") or "" for each in elements(ask("/networks/resnet18").text) if each.tag == "a"]
    (link,) = [each for each in links if each.startswith("/receptive-field?")]
    assert "&unit=" in link
    assert ask(link).status == 200
    (place,) = re.findall(r"unit=([\d.]+)", link)
    layers = {layer["place"]: layer for layer in ask("/networks/resnet18.json").json()["layers"]}
    assert min(layers[place]["receptive_field"]) < 224
    assert layers[place]["part"] == "conv5_1"
