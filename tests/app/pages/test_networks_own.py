"""One's own network: a stack as text, pasted code that is read and never run, and a form."""

import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from app.address.refusal import Refusal
from app.pages.networks.own import read_own
from app.pages.receptive_field.notation import spell_stack
from tests.app.direct import Answer, Direct
from tests.app.markup import elements, value_of

LENET = """
import torch.nn as nn

net = nn.Sequential(  # as in the lecture
    nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(kernel_size=2, stride=2),
    nn.Sequential(nn.Conv2d(6, 16, kernel_size=(5, 5)), nn.Tanh()),
    nn.AvgPool2d(2),
    nn.Flatten(), nn.Linear(16 * 5 * 5, 120), nn.Tanh(),
    nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
)
"""


PRINTED = """
Sequential(
  (0): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2))
  (1): ReLU()
  (2): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
  (block): Sequential(
    (0): Conv2d(6, 16, kernel_size=(5, 5), stride=(1, 1), bias=False)
    (1): BatchNorm2d(16, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)
    (2): GELU(approximate='none')
  )
  (4): AvgPool2d(kernel_size=2, stride=2, padding=0)
  (5): Flatten(start_dim=1, end_dim=-1)
  (6): Linear(in_features=400, out_features=10, bias=True)
)
"""
"""As torch 2.13 prints it."""


def counted(layers: str, **more: str) -> int:
    return read_own({"layers": layers, **more}).network.totals.parameters


def refusal_of(layers: str, **more: str) -> str:
    with pytest.raises(Refusal) as refused:
        read_own({"layers": layers, **more})
    return str(refused.value)


def test_pasted_lenet_has_lenets_parameters() -> None:
    assert counted(LENET, input="1x32x32") == 61_706


def test_what_a_model_prints_is_read_as_its_code() -> None:
    found = read_own({"layers": PRINTED, "input": "1x28x28"})
    assert found.network.totals.parameters == (25 + 1) * 6 + 150 * 16 + 2 * 16 + (400 + 1) * 10
    assert found.network.unknown == ()


def test_an_input_of_other_channels_is_refused_with_one_that_fits() -> None:
    assert refusal_of("nn.Sequential(nn.Conv2d(1, 8, 3))", input="3x20x30") == (
        "Conv2d has in_channels=1, but the input is 3×20×30. Write 1x20x30 there, for example."
    )


def test_an_ordered_dict_and_full_names_are_read_too() -> None:
    code = 'torch.nn.Sequential(OrderedDict([("a", torch.nn.Conv2d(3, 4, 3)), ("b", torch.nn.ReLU())]))'
    assert [layer.kind for layer in read_own({"layers": code}).network.layers] == ["conv", "relu"]


def test_every_setting_of_a_layer_is_read() -> None:
    code = (
        "nn.Sequential(nn.Conv2d(4, 8, (3, 5), stride=2, padding=(1, 2), dilation=1, groups=2, bias=False), "
        "nn.BatchNorm2d(8), nn.MaxPool2d(3, 2, 1, ceil_mode=True), "
        "nn.ConvTranspose2d(8, 4, 4, 2, 1, output_padding=1), nn.Upsample(scale_factor=2), "
        "nn.AdaptiveAvgPool2d((1, 1)), nn.Dropout(p=0.5), nn.Identity())"
    )
    spelled = (
        "conv(3x5,8,stride=2,padding=1x2,groups=2,bias=false);batchnorm;maxpool(3,stride=2,padding=1,ceil_mode=true);"
        "convtranspose(4,4,stride=2,padding=1,output_padding=1);upsample(2);globalpool;dropout;identity"
    )
    network = read_own({"layers": code, "input": "4x16x16"}).network
    assert spell_stack(network.stack) == spelled


def test_the_input_of_pasted_code_has_the_channels_that_it_expects() -> None:
    assert read_own({"layers": "nn.Sequential(nn.Conv2d(7, 4, 3))"}).network.input == (7, 32, 32)


def test_an_unknown_layer_is_named_and_nothing_behind_it_is_counted() -> None:
    found = read_own({"layers": "nn.Sequential(nn.Conv2d(3, 4, 3), nn.GELU(), my.Block(4), nn.Conv2d(4, 5, 3))"})
    assert found.network.unknown == ("my.Block",)
    assert [layer.kind for layer in found.network.layers] == ["conv", "gelu"]


@pytest.mark.parametrize(
    ("text", "spelled", "unknown"),
    [
        ("Mystery(4, mode=fast);conv(3,4)", "Mystery;conv(3,4)", ("Mystery",)),
        ("conv(3,4); swoosh ; gelu;\nrelu;", "conv(3,4);swoosh;gelu;relu", ("swoosh",)),
        ("branch(mystery;conv(1,2)|conv(1,3);gelu)", "branch(mystery;conv(1,2)|conv(1,3);gelu)", ("mystery",)),
    ],
)
def test_unknown_layers_of_a_stack_are_named_and_stay_in_it(text: str, spelled: str, unknown: tuple[str, ...]) -> None:
    found = read_own({"layers": text})
    assert (spell_stack(found.network.stack), found.network.unknown) == (spelled, unknown)


def test_what_looks_like_a_slip_is_asked_back() -> None:
    assert "Did you mean “conv”?" in refusal_of("convv(3,4);relu")


def test_a_layer_that_expects_another_number_is_refused_with_both_numbers() -> None:
    assert refusal_of("nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(5, 4, 3))") == (
        "Conv2d (layer 2) expects 5 channels, but it is given 4."
    )
    assert refusal_of(LENET, input="1x28x28") == (
        "Linear (layer 8) expects 400 numbers, but it is given 256. Is the input of another size?"
    )


HOSTILE = {
    "a call of something else": "__import__('os').system('touch HACKED')",
    "a call inside": "nn.Sequential(__import__('os').system('touch HACKED'))",
    "a call as a number": "nn.Sequential(nn.Linear(open('HACKED', 'w').write('x'), 2))",
    "a comprehension": "nn.Sequential(*[nn.ReLU() for _ in range(10**9)])",
    "a power": "nn.Sequential(nn.Linear(9**9**9**9, 2))",
    "a product": "nn.Sequential(nn.Linear(10**9 * 10**9, 2))",
    "a long product": "nn.Sequential(nn.Linear(" + "99999*" * 40 + "1, 2))",
    "a shift": "nn.Sequential(nn.Linear(1 << 10000000, 2))",
    "a long number": "nn.Sequential(nn.Linear(" + "9" * 5000 + ", 2))",
    "a long text": "nn.Sequential(" + "nn.ReLU(), " * 100_000 + ")",
    "many layers": "nn.Sequential(" + "nn.ReLU()," * 2_100 + ")",
    "many brackets": "nn.Sequential(" + "(" * 5_000,
    "nested Sequentials": "nn.Sequential(" * 500 + ")" * 500,
    "many minus signs": "nn.Sequential(nn.Linear(" + "-" * 15_000 + "1, 2))",
    "many dots": "nn.Sequential(" + "a." * 9_000 + "b())",
    "many nots": "nn.Sequential(" + "not " * 4_000 + "x)",
    "an f-string": "nn.Sequential(f'{print(1)}')",
    "a null byte": "nn.Sequential(nn.ReLU()\0)",
    "half a string": "nn.Sequential('",
    "a class without a forward": "class Net(nn.Module):\n    def __init__(self): pass",
    "an endless loop": "class Net(nn.Module):\n    def forward(self, x):\n        while True: x = x + 1",
    "a long loop": "class Net(nn.Module):\n    def forward(self, x):\n        for i in range(10**9): x = x + x",
    "loops in loops": "n = [a for a in range(4000) for b in range(4000)]\nnn.ReLU()",
    "a function that calls itself": "def f(x): return f(x)\nmodel = nn.Sequential(f(1))",
    "lists in a dictionary": "d = {i: [0] * 4000 for i in range(4000)}\nnn.ReLU()",
    "lists side by side": "a = list(zip(*[range(4000)] * 3000))\nnn.ReLU()",
    "an axis for each round": "class N(nn.Module):\n def forward(self, x):\n  for i in range(4000): x = x[:, None]\n",
    "a large list": "n = [0] * 10**9\nnn.Sequential(n)",
    "doubled text": "a = 'x' * 10**9\nnn.Sequential(a)",
    "modules in modules, each twice": "a = nn.Sequential(nn.ReLU(), b())\n" + "a = nn.Sequential(a, a)\n" * 60 + "a",
    "copies of copies": "Net(\n"
    + "".join(f"{' ' * n}(0-199): 200 x Block(\n" for n in range(1, 9))
    + "(c): ReLU()\n"
    + ")\n" * 9,
    "attributes of attributes": "nn.Sequential(().__class__.__bases__[0].__subclasses__()[0]())",
    "keywords": "nn.Sequential(nn.Conv2d(**{'in_channels': 1}))",
    "a negative size": "nn.Sequential(nn.Conv2d(3, 4, -3))",
    "a flag for a number": "nn.Sequential(nn.Conv2d(True, 4, 3))",
    "a name": "nn.Sequential(layer)",
    "nothing known": "nn.Sequential(my.Block())",
    "nothing at all": "nn.Sequential()",
    "an unknown setting": "nn.Sequential(nn.Conv2d(1, 2, 3, size=4))",
    "a setting twice": "nn.Sequential(nn.Linear(1, 2, out_features=3))",
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_code_is_refused_in_a_sentence_and_never_run(code: str, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)
    sentence = refusal_of(code)
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert not list(tmp_path.iterdir())
    assert "my" not in set(sys.modules) - before


HOSTILE_TEXT = {
    "only unknown layers": "nonsense(4);swoosh",
    "open brackets": "conv(" * 3_000,
    "nested branches": "branch(" * 400,
    "a large kernel": "conv(99999999)",
    "many channels": "conv(3,99999999)",
    "a long text": "conv(3);" * 5_000,
    "an even longer text": "x" * 1_000_000,
    "a growing map": "upsample(64);upsample(64)",
    "too small a map": "conv(64)",
}


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT.keys())
def test_a_hostile_stack_is_refused_in_a_sentence(text: str) -> None:
    assert refusal_of(text).endswith(".")


def post(ask: Direct, kind: str, body: bytes, path: str = "/networks/own") -> Answer:
    return ask.ask("POST", path, {"content-type": kind}, body)


def parts(boundary: str, *entries: tuple[str, bytes]) -> bytes:
    made = b""
    for name, content in entries:
        header = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        made += header.encode() + content + b"\r\n"
    return made + f"--{boundary}--\r\n".encode()


def multipart(ask: Direct, *entries: tuple[str, bytes], path: str = "/networks/own") -> Answer:
    return post(ask, "multipart/form-data; boundary=xyz", parts("xyz", *entries), path)


def test_a_form_becomes_the_address_that_holds_the_network(ask: Direct) -> None:
    answer = multipart(ask, ("layers", LENET.encode()), ("input", b"1x32x32"), ("file", b""))
    assert answer.status == 303
    address = answer.headers["location"]
    assert address.startswith("/networks/own?layers=conv(5,6);tanh;avgpool(2);")
    shown = ask(address)
    assert shown.status == 200
    assert "61\u202f706" in shown.text


def test_what_a_model_prints_is_read_with_the_line_ends_of_a_browser(ask: Direct) -> None:
    lines, json = PRINTED.replace("\n", "\r\n"), {"layers": PRINTED.replace("\n", "\r\n"), "input": "1x28x28"}
    posted = multipart(ask, ("layers", lines.encode()), ("input", b"1x28x28"))
    assert posted.status == 303
    assert "6\u202f598" in ask(posted.headers["location"]).text
    assert ask.post("/networks/own", json).headers["location"] == posted.headers["location"]
    assert ask.post("/networks/own.json", json).json()["totals"]["parameters"] == 6_598
    as_address = ask(f"/networks/own.json?layers={quote(lines)}&input=1x28x28")
    assert as_address.json()["totals"]["parameters"] == 6_598


def test_the_form_may_also_come_as_an_address_or_as_json(ask: Direct) -> None:
    for kind, body in (
        ("application/x-www-form-urlencoded", b"layers=conv(3,4)&input=3x8x8"),
        ("application/json", b'{"layers": "conv(3,4)", "input": "3x8x8"}'),
    ):
        assert post(ask, kind, body).headers["location"] == "/networks/own?layers=conv(3,4)&input=3x8x8"


def test_a_refused_form_keeps_what_was_written_beside_the_sentence(ask: Direct) -> None:
    answer = multipart(ask, ("layers", b"conv(3;relu"), ("input", b"3x8x8"))
    assert answer.status == 422
    (field,) = [element for element in elements(answer.text) if element.tag == "textarea"]
    assert field.text.strip() == "conv(3;relu"
    assert field.get("aria-invalid") == "true"
    (sentence,) = [element.text for element in elements(answer.text) if element.get("id") == "why-layers"]
    assert sentence == "After “conv(3” a “,” is expected, but there is “;”."


@pytest.mark.parametrize(
    "body",
    [b"", b"--xyz", b"--xyz\r\n", b"--xyz\r\n\r\n\r\n--xyz--", parts("xyz", *[("layers", b"relu")] * 20), b"\0" * 1000],
)
def test_a_broken_form_is_answered_with_a_page(ask: Direct, body: bytes) -> None:
    assert post(ask, "multipart/form-data; boundary=xyz", body).status in (303, 422)


def texts(html: str, tag: str, kind: str = "") -> list[str]:
    return [element.text for element in elements(html) if element.tag == tag and kind in (element.get("class") or "")]


UNKNOWN = (
    "layers=conv(3,4);Block;flatten;linear(5)&input=3x8x8",
    "layers=conv(3,4)&input=3x8x8&passed=GELU,Block",
    "layers=a=conv(3,4);Block;add(a)&input=3x8x8",
)


@pytest.mark.parametrize("query", UNKNOWN)
def test_where_something_is_unknown_there_is_no_sum(query: str, ask: Direct) -> None:
    html = ask(f"/networks/own?{query}").text
    (sentence,) = texts(html, "p", "passed")
    assert sentence.startswith("Not known here: Block.")
    assert 'class="totals"' not in html
    document = ask(f"/networks/own.json?{query}").json()
    assert document["unknown"] == ["Block"]
    assert set(document["totals"].values()) == {None}
    assert document["parameters"] is document["multiplications"] is None
    assert document["nodes"][0]["parameters"] == 112


@pytest.mark.parametrize("passed", ["", "&passed=GELU,Dropout3d,hardswish"])
def test_where_all_is_known_the_sums_are_whole(passed: str, ask: Direct) -> None:
    query = f"layers=conv(3,4);relu;maxpool(2);flatten;linear(5)&input=3x8x8{passed}"
    document = ask(f"/networks/own.json?{query}").json()
    assert document["unknown"] == []
    assert document["totals"]["parameters"] == 112 + 185
    assert document["totals"]["multiplications"] == 36 * 4 * 27 + 180
    assert document["totals"]["other_operations"] == 36 * 4 + 36 * 4  # the ReLU, and what the pool reads
    assert document["totals"]["peak_activation_bytes"] == 4 * (192 + 144)


def test_an_older_link_that_passed_something_over_keeps_its_form(ask: Direct) -> None:
    html = ask("/networks/own?layers=conv(3,4)&input=3x8x8&passed=GroupNorm").text
    given = {each.get("name"): value_of(each) for each in elements(html) if each.tag in ("input", "textarea")}
    again = multipart(ask, *((name, value.encode()) for name, value in given.items() if name != "file"))
    assert again.headers["location"].endswith("&passed=GroupNorm")


def test_names_that_are_no_names_are_refused(ask: Direct) -> None:
    assert ask("/networks/own?layers=relu&passed=%3Cb%3E").status == 422


def test_the_same_network_for_programs(ask: Direct) -> None:
    document = ask("/networks/own.json?layers=conv(3,4);relu&input=3x8x8").json()
    assert document["totals"]["parameters"] == 112
    assert document["layers_text"] == "conv(3,4);relu"
    refused = ask("/networks/own.json?layers=conv(3,4);maxpool(9)&input=3x8x8")
    assert refused.status == 422
    assert refused.json()["detail"][0]["loc"] == ["query", "layers"]


def test_a_part_of_ones_own_network_opens(ask: Direct) -> None:
    html = ask("/networks/own?layers=conv(3,4);relu;maxpool(2);flatten;linear(5)&input=3x8x8&part=fc1").text
    (title,) = [element.text for element in elements(html) if element.get("id") == "part-title"]
    assert title == "fc1"


OWN_QUERY = "layers=conv(3,4);relu;flatten;linear(5)&input=3x8x8"


def test_ones_own_network_is_compared_with_any_other_on_one_scale(ask: Direct) -> None:
    page = ask(f"/networks/own?{OWN_QUERY}").text
    (link,) = [each.get("href") for each in elements(page) if "/networks/compare?" in (each.get("href") or "")]
    assert link.startswith("/networks/compare?a=own&b=resnet18&layers=conv(3,4)")
    html = ask(link).text
    frames = [
        each.get("viewbox")
        for each in elements(html)
        if {"skyline", "lines"} & set((each.get("class") or "").split()) == {"skyline"}
    ]
    assert len(frames) == 2
    assert len({frame.split()[3] for frame in frames}) == 1
    assert "837" in html  # 112 + 725 parameters
    hrefs = {each.get("href") for each in elements(html)}
    assert f"/networks/own?{OWN_QUERY}" in hrefs
    assert link.replace("a=own&b=resnet18", "a=resnet18&b=own") in hrefs
    assert ask(link.replace("a=own", "a=vgg16")).status == 200


def test_a_network_without_sums_is_not_compared(ask: Direct) -> None:
    answer = ask("/networks/compare?a=own&b=vgg16&layers=conv(3,4);Mystery&input=3x8x8")
    assert answer.status == 422
    assert "Mystery is not known here" in answer.text
    assert "/networks/compare?" not in ask("/networks/own?layers=conv(3,4);Mystery&input=3x8x8").text


def test_a_comparison_with_a_network_that_was_forgotten_leads_to_its_page(ask: Direct) -> None:
    answer = ask(f"/networks/compare?a=own&b=vgg16&graph={'0' * 24}")
    assert (answer.status, answer.headers["location"]) == (303, f"/networks/own?graph={'0' * 24}")
