"""The network that runs: what is read, what is refused, what streams, and that every unit's scene has its number."""

from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.grids.pictures import digits
from app.operations import OPERATIONS
from app.pages.lenet import stream
from app.pages.lenet.chart import figures
from app.pages.lenet.drawing import PATH, Drawing, read_drawing
from app.pages.lenet.moves import moves
from app.pages.lenet.pictures import picture
from app.pages.lenet.reading import Reading, Verdict, likeness, read
from app.pages.lenet.receptive import field, sees
from kernels.lenet import LeNetLayer, lenet5
from tests.app.direct import Direct
from tests.app.events import events_of
from tests.app.markup import elements

HELD_OUT = Path(__file__).parents[2] / "train" / "held_out.npz"


def drawing(**raw: object) -> Drawing:
    return read_drawing(raw)


def verdicts(drawn: Drawing) -> dict[str, Verdict]:
    return {each.network: each for each in read(drawn) if isinstance(each, Verdict)}


def payload(pixels: Any) -> str:
    return "u8:28x28:" + urlsafe_b64encode(np.asarray(pixels, np.uint8).tobytes()).rstrip(b"=").decode()


def test_no_shipped_digit_was_trained_on() -> None:
    with np.load(HELD_OUT) as file:
        unseen = {image.tobytes() for image in file["images"]}
    assert all(picture.tobytes() in unseen for picture in digits())


@pytest.mark.parametrize("digit", range(10))
def test_both_networks_know_each_shipped_digit_where_it_stands(digit: int) -> None:
    found = verdicts(drawing(x=f"digit:{digit}"))
    assert {found["lenet5"].digit, found["dense"].digit} == {digit}


def test_a_digit_that_moves_and_turns_is_lost_by_the_fully_connected_network_only() -> None:
    found = verdicts(drawing(x="digit:7", shift="0,6", rotate="15"))
    assert found["lenet5"].digit == 7
    assert found["dense"].digit != 7


def test_of_an_empty_sheet_nobody_says_anything(ask: Direct) -> None:
    assert all(verdict.digit is None for verdict in verdicts(drawing(x="zeros:28x28")).values())
    assert ask(f"{PATH}.json?x=zeros:28x28").json()["lenet5"]["digit"] is None


# The address.


def test_an_address_is_canonical_and_reads_back_as_itself() -> None:
    drawn = drawing(x="DIGIT:7!3.4:255", shift="0,-2", rotate="15")
    assert drawn.address() == f"{PATH}?x=digit:7!3.4:255&shift=0,-2&rotate=15"
    assert drawing(x="digit:9", shift="0x0", rotate="0").address() == PATH
    pixels = np.random.default_rng(1).integers(0, 256, (28, 28))
    assert drawing(x=payload(pixels)).address() == f"{PATH}?x={payload(pixels)}"


def test_a_body_means_what_the_address_means(ask: Direct) -> None:
    pixels = digits()[3]
    posted = ask.post(f"{PATH}.json", {"x": pixels.tolist(), "shift": [0, 2]})
    assert posted.body == ask(f"{PATH}.json?x=digit:3&shift=0,2").body
    assert posted.json()["lenet5"]["digit"] == 3


REFUSED = {
    "x=seven": ("x", "A digit has 28×28 cells, but x is 7×7."),
    "x=ramp:28x28": ("x", "from 0 (paper) to 255 (ink), but x holds 783"),
    "x=digit:7!0.0:-1": ("x", "from 0 (paper) to 255 (ink), but x holds −1"),
    "x=digit:7~digit:7": ("x", "784"),
    "x=zeros:9999x9999": ("x", "784"),
    "x=u8:28x28:AAAA": ("x", "needs 784 bytes, but 3 came"),
    "x=digit:77": ("x", "digit:0 to digit:9"),
    "x=f32:28x28:" + "_" * 4182: ("x", "finite"),
    "shift=3": ("shift", "two whole numbers"),
    "shift=1,2,3": ("shift", "two whole numbers"),
    "shift=1_0,0": ("shift", "two whole numbers"),
    "shift=0,-13": ("shift", "at most 12 cells either way, but it is −13"),
    "rotate=1.5": ("rotate", "“1.5” is not one"),
    "rotate=181": ("rotate", "from −180 to 180, but it is 181"),
    "rotate=1&rotate=2": ("rotate", "given 2 times"),
    "scale=2": ("scale", "at most 1.5"),
    "brightness=201": ("brightness", "from −200 (darker) to 200 (lighter), but it is 201"),
    "noise=-1": ("noise", "from 0 to 240, but it is −1"),
    "cover=24,0": ("cover", "from 0 to 23"),
    "cover=3": ("cover", "such as 8,9; “3” is not that"),
    "dropout=1": ("dropout", "at most 0.9"),
    "edit=c5.1": ("edit", "c1.0 to c1.5 or c3.0 to c3.15; “c5.1” is none"),
    "kernel=box:5": ("kernel", "edit has to name the filter"),
    "edit=c1.1&kernel=box:3": ("kernel", "has 5×5 weights for each channel, but this is 3×3"),
    "c1=learned!0.0.0.0:1001": ("c1", "at most 1000 either way, but one is 1001"),
    "c1=learned!6:0": ("c1", "“c1.6” is none"),
    "c3=random:16x6x5x5:1": ("c3", "weights of C3 are changed, but an address holds at most 300"),
    "why=this": ("why", "occlusion, saliency"),
    "stride=2": ("stride", "“stride” is not a parameter of this page"),
}


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:20])
def test_what_is_no_digit_is_refused_with_a_sentence(query: str, ask: Direct) -> None:
    field, sentence = REFUSED[query]
    for extension in (".json", ".events"):
        answer = ask(f"{PATH}{extension}?{query}")
        assert answer.status == 422
        detail = answer.json()["detail"][0]
        assert detail["loc"] == ["query", field]
        assert sentence in detail["msg"]
    page = ask(f"{PATH}?{query}")
    assert page.status == 422
    assert sentence in next(each.text for each in elements(page.text) if each.get("data-for") == field)


def test_an_address_or_a_body_that_is_too_long_is_refused_unread(ask: Direct) -> None:
    assert ask(f"{PATH}?x={'0' * 9000}").status == 414
    assert ask.post(f"{PATH}.json", body=b"0" * 1_000_001).status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'{"x": [[[[1]]]]}',
        b'{"x": true}',
        b'{"x": [[1e400]]}',
        b'{"x": [[1, 2], [3]]}',
        b'{"shift": [[1], 2]}',
        b'{"shift": [true, 1]}',
        b'{"rotate": 1.5}',
        b'{"x": ' + b"[" * 100_000,
    ],
    ids=lambda body: body[:24].decode(),
)
def test_a_body_that_holds_no_digit_is_refused_with_a_sentence(body: bytes, ask: Direct) -> None:
    answer = ask.post(f"{PATH}.json", body=body)
    assert answer.status == 422
    assert answer.json()["detail"][0]["msg"].endswith((".", "…"))


# Moving.


def test_moving_takes_each_cell_along_and_loses_what_leaves_the_sheet() -> None:
    pixels = np.arange(784).reshape(28, 28) % 256
    for down, right in ((3, 0), (0, -5), (-12, 12)):
        moved = drawing(x=payload(pixels), shift=f"{down},{right}").pixels
        for row in range(28):
            for col in range(28):
                inside = 0 <= row - down < 28 and 0 <= col - right < 28
                assert moved[row, col] == (pixels[row - down, col - right] if inside else 0)


def test_quarter_turns_are_exact_and_to_the_left() -> None:
    pixels = digits()[4]
    for quarters, degrees in ((1, 90), (2, 180), (-1, -90), (2, -180)):
        turned = drawing(x="digit:4", rotate=str(degrees)).pixels
        assert turned.tolist() == np.rot90(pixels, quarters).tolist()


def test_a_turn_keeps_the_ink_and_there_and_back_is_nearly_the_same() -> None:
    there = drawing(x="digit:3", rotate="30").pixels
    assert there.sum() == pytest.approx(digits()[3].sum(), rel=0.02)
    back = drawing(x=payload(there), rotate="-30").pixels
    assert likeness(back, digits()[3].astype(float)) > 0.95


def test_every_arrow_leads_on_and_the_opposite_arrow_back() -> None:
    start = drawing(x="digit:5")
    for one, other in (("left", "right"), ("up", "down"), ("clockwise", "anticlockwise")):
        assert follow(follow(start, one), other).address() == start.address()
        assert follow(follow(start, one), "back").address() == start.address()
    turned = start
    for _ in range(24):
        turned = follow(turned, "clockwise")
    assert turned.address() == start.address()


def follow(drawn: Drawing, name: str) -> Drawing:
    address = next(move.address for move in moves(drawn) if move.name == name)
    assert address is not None
    return read_drawing({key: values[0] for key, values in parse_qs(urlsplit(address).query).items()})


def test_an_arrow_at_the_edge_leads_nowhere() -> None:
    found = {move.name: move.address for move in moves(drawing(shift="-12,0"))}
    assert found["up"] is None
    assert found["down"]


def test_a_moved_digit_changes_early_layers_more_than_late_ones() -> None:
    kept = {each.name: each.kept for each in read(drawing(shift="0,2")) if isinstance(each, Reading)}
    assert 0 <= kept["c1"] < kept["s4"] < kept["f6"] <= 1  # type: ignore[operator]
    assert all(each.kept is None for each in read(drawing()) if isinstance(each, Reading))


# The stream and the document.


def test_layers_stream_in_order_and_say_what_the_document_says(ask: Direct) -> None:
    query = "?x=digit:2&shift=2,0"
    found = events_of(ask(f"{PATH}.events{query}").body)
    names = [data.get("name", name) for name, data in found]
    lenet = ["c1", "s2", "c3", "s4", "c5", "f6", "output", "verdict"]
    assert names == ["digit", *lenet, "hidden", "output", "verdict", "end"]
    document = ask(f"{PATH}.json{query}").json()
    for network in ("lenet5", "dense"):
        layers = [data for name, data in found if name == "layer" and data["network"] == network]
        assert [layer["y"] for layer in layers] == [flat(layer["y"]) for layer in document[network]["layers"]]
        verdict = next(data for name, data in found if name == "verdict" and data["network"] == network)
        assert verdict["probabilities"] == document[network]["probabilities"]
        assert verdict["digit"] == document[network]["digit"] == 2
    assert found[0][1]["pixels"] == flat(document["x"])


def flat(grid: dict[str, Any]) -> list[float]:
    values: list[float] = np.ravel(grid["values"]).tolist()
    return values


def test_each_layer_is_sent_as_soon_as_it_is_computed(ask: Direct) -> None:
    sent = ask.leave(f"{PATH}.events?x=digit:1", after=4)
    assert len(sent) < 8


def test_a_stream_that_fails_midway_says_so_and_is_not_kept(
    fresh: Direct, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"{PATH}.events?x=digit:6"
    with monkeypatch.context() as broken:
        broken.setattr(stream, "verdict", lambda verdict: 1 / 0)
        name, data = events_of(fresh(url).body)[-1]
        assert name == "error"
        assert "division" not in data["message"], "what failed is for the log, not for the reader"
    assert len([record for record in caplog.records if record.exc_info]) == 1
    assert events_of(fresh(url).body)[-1][0] == "end"


@pytest.mark.parametrize("extension", ["", ".json", ".events"])
def test_one_address_has_one_answer(extension: str, ask: Direct, fresh: Direct) -> None:
    url = f"{PATH}{extension}?x=digit:9&rotate=-45"
    assert ask(url).body == fresh(url).body
    assert ask(url, headers={"if-none-match": ask(url).headers["etag"]}).status == 304


def test_an_answer_is_small_enough_for_a_lecture_hall(ask: Direct) -> None:
    noise = payload(np.random.default_rng(3).integers(0, 256, (28, 28)))
    assert len(ask(f"{PATH}.events?x={noise}", headers={"accept-encoding": "br"}).body) < 80_000
    assert len(ask(f"{PATH}?x={noise}", headers={"accept-encoding": "br"}).body) < 40_000


# From a unit to its scene.


def all_units() -> st.SearchStrategy[tuple[str, tuple[int, int, int]]]:
    layers = st.sampled_from([(layer.name, layer.writes) for layer in lenet5()])
    return layers.flatmap(
        lambda layer: st.tuples(st.just(layer[0]), st.tuples(*(st.integers(0, size - 1) for size in layer[1])))
    )


def scene_value(ask: Direct, location: str) -> float:
    """The number of y that a scene's address opens at."""
    path, _, query = location.partition("?")
    scene = ask(f"{path}.json?{query}")
    assert scene.status == 200, scene.text[:400]
    step = int(parse_qs(query)["step"][0])
    return flat(scene.json()["y"])[step]


@settings(max_examples=60, deadline=None)
@given(unit=all_units(), digit=st.integers(0, 9), right=st.sampled_from([0, 4]))
def test_the_scene_of_a_unit_computes_the_number_on_its_map(
    ask: Direct, unit: tuple[str, tuple[int, int, int]], digit: int, right: int
) -> None:
    name, place = unit
    query = f"x=digit:{digit}&shift=0,{right}"
    said = ",".join(map(str, place)) if name[0] in "cs" and name != "c5" else str(place[0])
    answer = ask(f"{PATH}/unit?{query}&layer={name}&unit={said}")
    assert answer.status == 303
    location = answer.headers["location"]
    assert len(location) <= 8_192
    layers = ask(f"{PATH}.json?{query}").json()["lenet5"]["layers"]
    values = next(np.array(layer["y"]["values"]) for layer in layers if layer["name"] == name)
    if urlsplit(location).path.removeprefix("/") in OPERATIONS:
        assert scene_value(ask, location) == values[place]


@pytest.mark.parametrize("layer", [layer.name for layer in lenet5()])
def test_the_scene_of_a_unit_fits_into_an_address_whatever_is_drawn(layer: str, ask: Direct) -> None:
    noise = payload(np.random.default_rng(4).integers(0, 256, (28, 28)))
    unit = {"c1": "5,27,27", "s2": "5,13,13", "c3": "15,9,9", "s4": "15,4,4"}.get(layer, "9")
    location = ask(f"{PATH}/unit?x={noise}&layer={layer}&unit={unit}").headers["location"]
    assert len(location) < 5_000
    if urlsplit(location).path.removeprefix("/") in OPERATIONS:
        assert ask(location).status == 200


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("", "layer", "c1, s2, c3, s4, c5, f6, output"),
        ("layer=c9&unit=0", "layer", "“c9” is not a layer"),
        ("layer=c3", "unit", "such as 0,0,0"),
        ("layer=c3&unit=1,2", "unit", "such as 0,0,0"),
        ("layer=c3&unit=1,2,-3", "unit", "such as 0,0,0"),
        ("layer=c3&unit=16,0,0", "unit", "C3 is 16×10×10"),
        ("layer=output&unit=10", "unit", "Output is 10"),
        ("layer=c1&unit=0,0,0&x=seven", "x", "28×28"),
    ],
)
def test_a_unit_that_is_not_there_is_refused(query: str, field: str, sentence: str, ask: Direct) -> None:
    answer = ask(f"{PATH}/unit?{query}")
    assert answer.status == 422
    assert sentence in next(each.text for each in elements(answer.text) if each.get("data-for") == field)


@pytest.mark.parametrize(
    ("unit", "words", "numbers"),
    [
        ("layer=c3&unit=5,5,5", "C3[5,5,5] of LeNet-5, 6 channels", 150),
        ("layer=c1&unit=2,7,14", "C1[2,7,14] of LeNet-5, 1 channel", 25),
        ("layer=s4&unit=15,4,4", "S4[15,4,4] of LeNet-5, 1 channel", 0),
        ("layer=c5&unit=7", "C5[7] of LeNet-5, 16 channels", 400),
        ("layer=f6&unit=3", "F6[3] of LeNet-5, 120 numbers", 120),
        ("layer=output&unit=9", "Output[9] of LeNet-5, 84 numbers", 84),
        ("layer=hidden&unit=17", "Hidden[17] of the fully connected network, 784 numbers", 784),
        ("layer=scores&unit=4", "Output[4] of the fully connected network, 78 numbers", 78),
    ],
)
def test_a_scene_says_whose_number_it_is_until_one_leaves(unit: str, words: str, numbers: int, ask: Direct) -> None:
    location = ask(f"{PATH}/unit?{unit}").headers["location"]
    page = ask(location)
    assert page.status == 200
    assert [each.text for each in elements(page.text) if each.tag == "h1"] == [words]
    weights = ask(location.replace("?", ".json?", 1)).json().get("w")
    assert (weights and np.size(weights["values"])) == (numbers or None)
    neighbours = [each.get("href") for each in elements(page.text) if each.tag == "a" and "step=" in each.get("href")]
    kept = [each.get("value") for each in elements(page.text) if each.get("name") == "of"]
    assert kept == [parse_qs(urlsplit(location).query)["of"][0]]
    assert all("of=" in address for address in neighbours)


def test_a_hidden_unit_computes_its_number_with_its_weights_as_a_picture(ask: Direct) -> None:
    location = ask(f"{PATH}/unit?x=digit:3&shift=1,0&layer=hidden&unit=40").headers["location"]
    assert "&w=hidden:40&" in location
    scene = ask(location.replace("?", ".json?", 1)).json()
    layers = ask(f"{PATH}.json?x=digit:3&shift=1,0").json()["dense"]["layers"]
    assert flat(scene["y"]) == [flat(layers[0]["y"])[40]]
    assert scene["w"]["shape"] == [1, 1, 28, 28]


@pytest.mark.parametrize(
    "of", ["lenet5.c3.16.0.0", "lenet5.c3.1", "dense.c1.0.0.0", "mine", "lenet5.hidden.3", "a.b.c"]
)
def test_no_address_makes_a_scene_say_what_is_not_so(of: str, ask: Direct) -> None:
    answer = ask(f"/conv2d.json?of={of}")
    assert answer.status == 422
    assert "is no place in a network here" in answer.json()["detail"][0]["msg"]


def test_a_kernel_larger_than_a_stage_is_shown_only_where_it_covers_the_whole_input(ask: Direct) -> None:
    assert ask("/conv2d.json?x=digit:1&w=ones:28x28").json()["y"]["values"] == [[[digits()[1].sum()]]]
    assert ask("/conv2d.json?x=zeros:29x29&w=ones:28x28").status == 422
    assert ask("/conv2d.json?x=zeros:29x29&w=ones:29x29").status == 422


# Kernels that are edited.


def test_an_edited_kernel_is_in_the_address_as_its_fewest_edits(ask: Direct) -> None:
    silent = drawing(edit="c1.3", kernel="zeros:5x5")
    assert silent.address() == f"{PATH}?c1=learned!3:0&edit=c1.3"
    assert drawing(**silent.spelled).address() == silent.address()
    once_more = drawing(c1="learned!3:0", edit="c1.3", kernel="0,0,0,0,0;0,0,0,0,0;0,0,5,0,0;0,0,0,0,0;0,0,0,0,0")
    assert once_more.spelled["c1"] == "learned!3:0!3.0.2.2:5"
    assert drawing(c3="learned!5.1.0.0:0.5!5.1.0.0:2").spelled["c3"] == "learned!5.1.0.0:2"
    w = next(layer.w for layer in lenet5() if layer.name == "c1")
    assert w is not None
    assert drawing(c1=f"learned!3.0.2.2:{float(w[3, 0, 2, 2])!r}").address() == PATH
    assert drawing(c1=w.tolist()).address() == PATH


def test_an_edited_kernel_changes_its_map_and_the_answer(ask: Direct) -> None:
    def maps(query: str) -> list[Any]:
        values: list[Any] = ask(f"{PATH}.json?{query}").json()["lenet5"]["layers"][0]["y"]["values"]
        return values

    before, after = maps("x=digit:9"), maps("x=digit:9&c1=learned!2.0.2.2:5")
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, True, False, True, True, True]
    answer = ask(f"{PATH}.json?c1=learned!2.0.2.2:5").json()
    assert answer["lenet5"]["digit"] != 9
    assert answer["dense"]["digit"] == 9


def test_the_scene_of_a_unit_has_the_edited_weights(ask: Direct) -> None:
    query = "x=digit:9&c3=learned!5.2.1.1:1.25"
    location = ask(f"{PATH}/unit?{query}&layer=c3&unit=5,4,4").headers["location"]
    layers = ask(f"{PATH}.json?{query}").json()["lenet5"]["layers"]
    scene = ask(location.replace("?", ".json?", 1)).json()
    assert scene["w"]["values"][0][2][1][1] == 1.25
    assert flat(scene["y"])[0] == layers[2]["y"]["values"][5][4][4]


def test_the_page_opens_the_weights_of_a_kernel_in_a_form_that_works_without_scripts(ask: Direct) -> None:
    found = elements(ask(f"{PATH}?shift=1,0&edit=c1.3").text)
    form = {each.get("name"): each.get("value") or each.text for each in found if each.tag in ("input", "textarea")}
    assert form.keys() == {"shift", "edit", "kernel"}
    assert drawing(**form).address() == f"{PATH}?shift=1,0&edit=c1.3"


# What makes vision hard, and dropout.


def test_size_brightness_noise_and_a_patch_change_what_both_networks_see() -> None:
    assert drawing(x="digit:3", scale="1.5").pixels.sum() > 1.8 * digits()[3].sum()
    assert drawing(x="digit:3", brightness="-40").pixels.min() == 40
    noisy = drawing(x="digit:3", noise="60", seed="2").pixels
    assert 0 < np.abs(noisy - digits()[3]).max() <= 60
    assert (noisy == drawing(x="digit:3", noise="60", seed="2").pixels).all()
    assert (noisy != drawing(x="digit:3", noise="60", seed="3").pixels).any()
    hidden = drawing(x="digit:3", cover="8,9").pixels
    assert not hidden[8:13, 9:14].any()
    hidden[8:13, 9:14] = digits()[3][8:13, 9:14]
    assert hidden.tolist() == digits()[3].tolist()


@pytest.mark.parametrize(
    ("query", "lenet5", "dense"),
    [
        ("", (9, 0.999), (9, 0.99)),
        ("shift=-1,0", (9, 0.999), (4, 0.625)),
        ("cover=8,9", (7, 0.999), (9, 0.892)),
        ("cover=4,13", (4, 0.999), (4, 0.997)),
    ],
)
def test_the_page_opens_on_a_nine_that_little_things_change(
    query: str, lenet5: tuple[int, float], dense: tuple[int, float], ask: Direct
) -> None:
    answer = ask(f"{PATH}.json?{query}").json()
    for network, (digit, share) in (("lenet5", lenet5), ("dense", dense)):
        assert answer[network]["digit"] == digit
        assert max(answer[network]["probabilities"]) == pytest.approx(share, abs=0.01)


def test_dropout_strikes_units_of_f6_out_and_raises_the_others(ask: Direct) -> None:
    layers = ask(f"{PATH}.json?x=digit:5&dropout=0.5&seed=4").json()["lenet5"]["layers"]
    before = ask(f"{PATH}.json?x=digit:5").json()["lenet5"]["layers"]
    struck = events_of(ask(f"{PATH}.events?x=digit:5&dropout=0.5&seed=4").body)[0][1]["struck"]
    assert 25 < len(struck) < 60
    for unit, (whole, left) in enumerate(zip(flat(before[5]["a"]), flat(layers[5]["a"]), strict=True)):
        assert left == (0 if unit in struck else pytest.approx(2 * whole, rel=1e-6))
    assert layers[5]["y"] == before[5]["y"]


# Why this answer?


def test_occlusion_is_what_the_networks_answer_with_the_patch_in_each_place(ask: Direct) -> None:
    found = ask(f"{PATH}/occlusion.json?x=digit:9&cover=1,1").json()
    for row, col in ((8, 9), (4, 13), (0, 0), (23, 7)):
        answer = ask(f"{PATH}.json?x=digit:9&cover={row},{col}").json()
        for network in ("lenet5", "dense"):
            assert found[network]["digit"] == 9
            assert found[network]["probabilities"]["values"][row][col] == answer[network]["probabilities"][9]
            assert found[network]["digits"]["values"][row][col] == answer[network]["digit"]
    assert found["lenet5"]["probabilities"]["shape"] == [24, 24]
    assert ask(f"{PATH}/occlusion.json?x=zeros:28x28").json()["lenet5"]["digits"] is None


def test_saliency_is_asked_of_any_score_and_by_default_of_the_answer(ask: Direct) -> None:
    by_default = ask(f"{PATH}/saliency.json?x=digit:4").json()
    assert by_default["target"] == 4
    assert by_default == ask(f"{PATH}/saliency.json?x=digit:4&target=4").json()
    assert by_default["lenet5"] != ask(f"{PATH}/saliency.json?x=digit:4&target=1").json()["lenet5"]
    refused = ask(f"{PATH}/saliency.json?target=10").json()["detail"][0]
    assert refused["loc"] == ["query", "target"]


@pytest.mark.parametrize("network", ["lenet5", "dense"])
@pytest.mark.parametrize("pixel", [(8, 12), (0, 0), (27, 13), (15, 2)])
def test_a_cell_of_the_saliency_picture_opens_as_the_sum_that_it_is(
    network: str, pixel: tuple[int, int], ask: Direct
) -> None:
    row, col = pixel
    location = ask(f"{PATH}/unit?x=digit:9&layer=gradient&unit=9,{row},{col}&network={network}").headers["location"]
    scene = ask(location.replace("?", ".json?", 1)).json()
    gradient = ask(f"{PATH}/saliency.json?x=digit:9").json()[network]["gradient"]["values"]
    assert flat(scene["y"]) == [pytest.approx(gradient[row][col], rel=1e-12, abs=1e-15)]
    assert f"Gradient[9,{row},{col}]" in ask(location).text


def test_nine_patches_excite_a_unit_as_much_as_they_say(ask: Direct) -> None:
    for layer, unit in (("c1", 0), ("c3", 5), ("s4", 2), ("f6", 70), ("hidden", 77)):
        found = ask(f"{PATH}/patches.json?layer={layer}&unit={unit}").json()["patches"]
        assert len(found) == 9
        assert [each["activation"] for each in found] == sorted((each["activation"] for each in found), reverse=True)
        document = ask(found[0]["address"].replace("?", ".json?", 1)).json()
        layers = [*document["lenet5"]["layers"], *document["dense"]["layers"]]
        answer = next(each for each in layers if each["name"] == layer)
        largest = np.max(answer.get("a", answer["y"])["values"][unit])
        assert largest == pytest.approx(found[0]["activation"], rel=1e-6)
        assert found[0]["size"] == sees()[layer][0]
    assert ask(f"{PATH}/patches.json?layer=c1&unit=6").status == 422
    assert ask(f"{PATH}/patches.json?layer=c1&unit=0&x=digit:1").status == 422


def test_empty_paper_says_draw_and_shows_no_percentages_and_no_map(ask: Direct) -> None:
    found = elements(ask(f"{PATH}?x=zeros:28x28").text)
    assert [each.text for each in found if "data-sure" in each.attributes] == ["draw", "draw"]
    assert {each.text for each in found if "data-percent" in each.attributes} == {""}
    layers = [data for name, data in events_of(ask(f"{PATH}.events?x=zeros:28x28").body) if name == "layer"]
    assert {layer["most"] for layer in layers} == {0}


# The page.


def test_the_page_is_complete_without_scripts(ask: Direct) -> None:
    found = elements(ask(f"{PATH}?x=digit:4").text)
    maps = [each for each in found if "map" in each.get("class").split()]
    assert len(maps) == 6 + 6 + 16 + 16 + 1 + 1 + 1
    assert [each.text for each in found if "data-digit" in each.attributes] == ["4", "4"]
    kernels = [each for each in found if "data-kernel" in each.attributes]
    assert len(kernels) == 6 + 16
    colours = [each.get("stroke") for each in found if each.tag == "g" and each.get("shape-rendering")]
    assert colours.count("var(--input)") == 1 + 10
    assert colours.count("var(--output)") == len(maps)
    assert colours.count("var(--tap)") == colours.count("var(--negative)") == len(kernels)


@pytest.mark.slow
def test_every_link_of_the_page_leads_somewhere(ask: Direct) -> None:
    links = {each.get("href") for each in elements(ask(f"{PATH}?x=digit:4&shift=0,2").text) if each.tag == "a"}
    ours = [link for link in links if link.startswith(PATH)]
    assert len(ours) > 60
    assert {ask(link).status for link in ours} == {200, 303}


def test_the_page_says_the_measured_figures(ask: Direct) -> None:
    text = " ".join(ask(PATH).text.split())
    for name in ("lenet5 with augmentation", "dense without augmentation"):
        assert f"{figures()[name]['accuracy']:.1%}".removesuffix("%") in text


def test_a_unit_sees_the_pixels_that_the_windows_below_it_read() -> None:
    """The relation followed cell by cell, against the formula; the padding of C1 has cells, too."""
    seen: list[set[int]] = [{pixel} for pixel in range(28)]
    for layer in lenet5()[:5]:
        rim = layer.padding
        below = [{pixel} for pixel in range(-rim, 0)] + seen + [{28 + pixel} for pixel in range(rim)]
        seen = [set().union(*(below[cell] for cell in window)) for window in layer.axes[0].taps.tolist()]
        size, apart, first = sees()[layer.name]
        assert seen == [set(range(first + unit * apart, first + unit * apart + size)) for unit in range(len(seen))]


def test_padding_over_a_stride_moves_the_field_by_as_many_pixels_as_its_cells_are_apart() -> None:
    assert field(LeNetLayer("a", (1, 14, 14), (3, 3), stride=2, padding=1), size=6, apart=2, first=-2) == (10, 4, -4)


def test_a_map_is_drawn_as_lines_from_shade_to_shade() -> None:
    drawn = elements(picture(np.array([[0.0, 2, 2, 1], [-1, 0, 0, 2], [0, 0, 0, 0]]), 2, "output"))
    assert {each.get("opacity"): each.get("d") for each in drawn if each.tag == "path"} == {
        "1": "M1 0h2M3 1h1",
        "0.5": "M3 0h1",
    }
    assert not [each for each in elements(picture(np.zeros((3, 3)), 0, "output")) if each.tag == "path"]
