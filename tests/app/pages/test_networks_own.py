"""One's own network: a stack as text, pasted code that is read and never run, and a form."""

import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from app.address.refusal import Refusal
from app.pages.networks.own import read_own
from app.pages.networks.sequential import read_sequential
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
    assert found.passed == ("GELU",)


def test_an_input_of_other_channels_is_refused_with_one_that_fits() -> None:
    assert refusal_of("nn.Sequential(nn.Conv2d(1, 8, 3))", input="3x20x30") == (
        "Conv2d has in_channels=1, but the input is 3×20×30. Write 1x20x30 there, for example."
    )


def test_an_ordered_dict_and_full_names_are_read_too() -> None:
    code = 'torch.nn.Sequential(OrderedDict([("a", torch.nn.Conv2d(3, 4, 3)), ("b", torch.nn.ReLU())]))'
    assert [given.layer.kind for given in read_sequential(code).given] == ["conv", "relu"]


def test_every_setting_of_a_layer_is_read() -> None:
    code = (
        "nn.Sequential(nn.Conv2d(4, 8, (3, 5), stride=2, padding=(1, 2), dilation=1, groups=2, bias=False), "
        "nn.BatchNorm2d(8), nn.MaxPool2d(3, 2, 1, ceil_mode=True), "
        "nn.ConvTranspose2d(8, 4, 4, 2, 1, output_padding=1), nn.Upsample(scale_factor=2), "
        "nn.AdaptiveAvgPool2d((1, 1)), nn.Dropout(p=0.5), nn.Identity())"
    )
    spelled = (
        "conv(3x5,8,stride=2,padding=1x2,groups=2,bias=false);batchnorm;maxpool(3,stride=2,padding=1,ceil_mode=true);"
        "convtranspose(4,4,stride=2,padding=1,output_padding=1);upsample(2);globalpool;dropout"
    )
    network = read_own({"layers": code, "input": "4x16x16"}).network
    assert network.stack == read_own({"layers": spelled, "input": "4x16x16"}).network.stack


def test_the_input_of_pasted_code_has_the_channels_that_it_expects() -> None:
    assert read_own({"layers": "nn.Sequential(nn.Conv2d(7, 4, 3))"}).network.input == (7, 32, 32)


def test_unknown_layers_are_named_and_passed_over() -> None:
    found = read_own({"layers": "nn.Sequential(nn.Conv2d(3, 4, 3), nn.GELU(), nn.LayerNorm([4, 30, 30]), my.Block(4))"})
    assert found.passed == ("GELU", "LayerNorm", "my.Block")
    assert found.network.totals.parameters == 3 * 4 * 9 + 4


@pytest.mark.parametrize(
    ("text", "known", "strangers"),
    [
        ("conv(3,4);gelu;relu", "conv(3,4);relu", ("gelu",)),
        ("Mystery(4, mode=fast);conv(3,4)", "conv(3,4)", ("Mystery",)),
        ("conv(3,4); swish ; gelu(1);\nrelu;", "conv(3,4);relu", ("swish", "gelu")),
        ("branch(gelu;conv(1,2)|conv(1,3);gelu)", "branch(conv(1,2)|conv(1,3))", ("gelu",)),
    ],
)
def test_unknown_layers_of_a_stack_are_named_and_passed_over_too(
    text: str, known: str, strangers: tuple[str, ...]
) -> None:
    found = read_own({"layers": text})
    assert (spell_stack(found.network.stack), found.passed) == (known, strangers)


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
    "a lambda": "nn.Sequential((lambda: nn.ReLU())())",
    "a comprehension": "nn.Sequential(*[nn.ReLU() for _ in range(10**9)])",
    "a power": "nn.Sequential(nn.Linear(9**9**9**9, 2))",
    "a product": "nn.Sequential(nn.Linear(10**9 * 10**9, 2))",
    "a long product": "nn.Sequential(nn.Linear(" + "99999*" * 40 + "1, 2))",
    "a shift": "nn.Sequential(nn.Linear(1 << 10000000, 2))",
    "a long number": "nn.Sequential(nn.Linear(" + "9" * 5000 + ", 2))",
    "a long text": "nn.Sequential(" + "nn.ReLU(), " * 100_000 + ")",
    "many layers": "nn.Sequential(" + "nn.ReLU()," * 1_900 + ")",
    "many brackets": "nn.Sequential(" + "(" * 5_000,
    "nested Sequentials": "nn.Sequential(" * 500 + ")" * 500,
    "many minus signs": "nn.Sequential(nn.Linear(" + "-" * 15_000 + "1, 2))",
    "many dots": "nn.Sequential(" + "a." * 9_000 + "b())",
    "many nots": "nn.Sequential(" + "not " * 4_000 + "x)",
    "an f-string": "nn.Sequential(f'{print(1)}')",
    "a null byte": "nn.Sequential(nn.ReLU()\0)",
    "half a string": "nn.Sequential('",
    "a class": "class Net(nn.Module):\n    def __init__(self): pass",
    "keywords": "nn.Sequential(nn.Conv2d(**{'in_channels': 1}))",
    "a negative size": "nn.Sequential(nn.Conv2d(3, 4, -3))",
    "a flag for a number": "nn.Sequential(nn.Conv2d(True, 4, 3))",
    "a name": "nn.Sequential(layer)",
    "nothing known": "nn.Sequential(nn.GELU())",
    "nothing at all": "nn.Sequential()",
    "one dimension": "nn.Sequential(nn.Conv1d(1, 2, 3))",
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
    "only unknown layers": "nonsense(4);gelu",
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


def post(ask: Direct, kind: str, body: bytes) -> Answer:
    return ask.ask("POST", "/networks/own", {"content-type": kind}, body)


def parts(boundary: str, *entries: tuple[str, bytes]) -> bytes:
    made = b""
    for name, content in entries:
        header = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        made += header.encode() + content + b"\r\n"
    return made + f"--{boundary}--\r\n".encode()


def multipart(ask: Direct, *entries: tuple[str, bytes]) -> Answer:
    return post(ask, "multipart/form-data; boundary=xyz", parts("xyz", *entries))


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


def test_passed_over_layers_stay_in_the_address_and_are_named(ask: Direct) -> None:
    answer = multipart(ask, ("layers", b"nn.Sequential(nn.Conv2d(3, 4, 3), nn.GELU())"))
    assert answer.headers["location"] == "/networks/own?layers=conv(3,4)&input=3x32x32&passed=GELU"
    assert "Passed over, as if they changed nothing and held no weights: GELU." in ask(answer.headers["location"]).text


WITH_WEIGHTS = ("GroupNorm", "LayerNorm", "PReLU", "MultiheadAttention", "my.Block", "Concat", "second_output")


def texts(html: str, tag: str, kind: str = "") -> list[str]:
    return [element.text for element in elements(html) if element.tag == tag and kind in (element.get("class") or "")]


@pytest.mark.parametrize("name", WITH_WEIGHTS)
def test_where_weights_may_be_missing_every_sum_is_at_least_what_it_says(name: str, ask: Direct) -> None:
    query = f"layers=conv(3,4);relu;maxpool(2);flatten;linear(5)&input=3x8x8&passed=GELU,{name}"
    html = ask(f"/networks/own?{query}").text
    first, second = texts(html, "p", "passed")
    assert first.startswith("Only a part of this network was read.")
    assert f": {name}. " in first
    assert "GELU" in second
    assert html.index(first) < html.index('class="totals"')
    sums = texts(html, "dd")[:5]
    assert sums[0].split() == ["at", "least", "297"]
    assert all(text.strip().startswith("at least") for text in sums)
    cells = [text for text in texts(html, "td", "number") if text.strip()]
    assert [text for text in cells if not text.startswith("≥\u202f")] == ["3×3", "4×4", "8×8"]  # what a unit sees
    assert "Of what was read: " in html
    titles = [text for text in texts(html, "title") if "parameters" in text]
    assert len(titles) == 3
    assert all(text.count("at least") == 2 for text in titles)
    document = ask(f"/networks/own.json?{query}").json()
    assert (document["totals_are"], document["missing"]) == ("at least", [name])
    assert document["passed"] == ["GELU", name]


@pytest.mark.parametrize("passed", ["", "&passed=GELU,Dropout3d,hardswish"])
def test_what_holds_no_weights_leaves_the_sums_exact(passed: str, ask: Direct) -> None:
    query = f"layers=conv(3,4);relu;maxpool(2);flatten;linear(5)&input=3x8x8{passed}"
    html = ask(f"/networks/own?{query}").text
    for word in ("at least", "≥", "about", "≈", "Of what was read", "Only a part"):
        assert word not in html.split('class="own-form', 1)[-1]
    assert ask(f"/networks/own.json?{query}").json()["totals_are"] == "exact"


def test_behind_a_layer_that_makes_another_map_the_sums_may_also_be_too_large(ask: Direct) -> None:
    query = "layers=conv(3,4);conv(3,4)&input=3x8x8&passed=GroupNorm,AdaptiveMaxPool2d"
    html = ask(f"/networks/own?{query}").text
    (sentence,) = texts(html, "p", "passed")
    assert "GroupNorm, AdaptiveMaxPool2d" in sentence
    assert texts(html, "dd")[0].split()[0] == "about"
    assert "at least" not in html
    assert ask(f"/networks/own.json?{query}").json()["totals_are"] == "about"


def test_however_many_layers_are_passed_over_the_missing_ones_are_named(ask: Direct) -> None:
    names = ("ELU", "SELU", "CELU", "GELU", "SiLU", "Mish", "ReLU6", "Hardswish", "Softplus", "Softsign", "Hardtanh")
    calls = ", ".join(f"nn.{name}()" for name in (*names, "Threshold", "PReLU"))
    code = f"nn.Sequential({calls}, nn.Conv2d(3, 4, 3))"
    assert read_own({"layers": code}).network.missing == ("PReLU",)


def test_the_form_of_a_part_read_network_still_knows_what_is_missing(ask: Direct) -> None:
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
