"""One parameter at a time: how strictly it is read, and that what is written back means the same."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.address.parameters import read_counts, read_padding, spell_counts, spell_number, spell_padding
from tests.app.direct import Direct
from tests.each import each

Refused = Callable[..., tuple[str, str]]
SIDES = st.integers(0, 64)

NO_COUNTS = ["1_0", "٣", "²", "%2B1", "1.0", "1e0", "0b1", "one", "nan", "inf", "-", "--1", "1 2", "%00", "9" * 5000]
NO_COUNTS += ["1234567890", "True", "½", "৩"]


@each("name, text", product(["stride", "padding", "dilation", "groups", "step", "channel", "filter"], NO_COUNTS))
def test_what_is_no_plain_whole_number_is_refused_at_its_field(name: str, text: str, ask: Direct) -> None:
    detail = ask(f"/conv2d.json?{name}={text}".encode() if text.isascii() else encoded(name, text)).json()["detail"]
    assert detail[0]["loc"] == ["query", name]
    assert len(detail[0]["msg"]) < 300


def encoded(name: str, text: str) -> str:
    return f"/conv2d.json?{name}=" + "".join(f"%{byte:02X}" for byte in text.encode())


@pytest.mark.parametrize("value", [True, False, 1.0, 2.5, 1e30, [1, 2, 3], [[1, 1], [1, 1], [1, 1]], {"height": 1}, []])
@pytest.mark.parametrize("name", ["stride", "padding", "dilation"])
def test_json_that_is_no_whole_number_for_each_axis_is_refused(name: str, value: object, refused: Refused) -> None:
    assert refused.post({name: value})[0] == name  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "operation", "sentence"),
    [
        ("stride=0", "conv2d", "A stride of 0 would never move the window: stride must be at least 1."),
        ("dilation=0", "conv2d", "A dilation of 0 would lay all weights on one cell: dilation must be at least 1."),
        ("stride=-2", "conv2d", "stride must be at least 1, but it is −2."),
        ("stride=1,0", "conv2d", "A stride of 0 would never move the window: stride must be at least 1."),
        ("padding=-1", "conv2d", "padding must be at least 0, but it is −1."),
        ("padding=1:-1", "conv2d", "padding must be at least 0, but it is −1."),
        ("groups=0", "conv2d", "groups must be at least 1, but it is 0."),
        ("stride=65", "conv2d", "stride may be at most 64 here, but it is 65."),
        ("stride=999999999", "conv2d", "stride may be at most 64 here, but it is 999999999."),
        ("dilation=65", "conv2d", "dilation may be at most 64 here, but it is 65."),
        ("padding=65", "conv2d", "padding may be at most 64 here, but it is 65."),
        ("stride=1,2,3", "conv2d", "“1,2,3” has 3"),
        ("stride=1,2", "conv1d", "“1,2” has 2"),
        ("padding=1:2,3", "conv1d", "“1:2,3” has 2"),
        ("stride=x", "conv2d", "stride must be a whole number"),
        ("padding=1:2:3", "conv2d", "“1:2:3”"),
        ("padding=:", "conv2d", "“:” is none of these"),
        ("padding=Sama", "conv2d", "one of same, valid, full"),
        ("padding=1:same", "conv2d", "“1:same” is none of these"),
        ("flip=yes", "conv2d", "flip is either true or false, but “yes” is neither."),
        ("padding_mode=wrap", "conv2d", "padding_mode is one of zeros, reflect, replicate, circular, but “wrap”"),
        ("activation=gelu", "conv2d", "activation is one of none, relu, sigmoid, tanh, but “gelu”"),
    ],
)
def test_a_refusal_says_what_a_student_needs_on_every_route(
    query: str, operation: str, sentence: str, refused: Refused
) -> None:
    field, said = refused(query, operation)
    assert field == query.split("=")[0]
    assert sentence in said


@pytest.mark.parametrize(
    ("text", "meaning", "canonical"),
    [
        ("1", 1, "1"),
        ("1,2", [1, 2], "1,2"),
        ("1x2", [1, 2], "1,2"),
        (" 1 , 1 ", 1, "1"),
        ("1:1,2:2", [1, 2], "1,2"),
        ("1:0", [[1, 0], [1, 0]], "1:0"),
        ("1:0,2:1", [[1, 0], [2, 1]], "1:0,2:1"),
        ("1:1,0:2", [[1, 1], [0, 2]], "1,0:2"),
        ("1:0x1:0", [[1, 0], [1, 0]], "1:0"),
        ("same", "same", "same"),
        ("SAME", "same", "same"),
        ("full", "full", "full"),
        ("0", 0, None),
        ("0:0", 0, None),
        ("00", 0, None),
        ("valid", 0, None),
    ],
)
def test_padding_is_taken_in_all_its_forms(text: str, meaning: object, canonical: str | None, ask: Direct) -> None:
    query = text.replace(" ", "%20")
    assert ask(f"/conv2d.json?padding={query}").json()["parameters"]["padding"] == meaning
    pushed = ask(f"/conv2d?padding={query}").headers["hx-push-url"]
    assert pushed == ("/conv2d" if canonical is None else f"/conv2d?padding={canonical}")


@pytest.mark.parametrize("value", [1, [1, 1], [[1, 1], [1, 1]], "1", "1:1", ["1", "1:1"]])
def test_a_body_may_hold_padding_as_pytorch_holds_it(value: object, ask: Direct) -> None:
    assert ask.post("/conv2d.json", {"padding": value}).body == ask("/conv2d.json?padding=1").body


@given(st.lists(st.integers(1, 64), min_size=1, max_size=3))
def test_counts_survive_being_written(values: list[int]) -> None:
    read = read_counts(spell_counts(tuple(values)), name="stride", least=1)
    assert broadcast(read, len(values)) == tuple(values)


@given(st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=3))
def test_padding_survives_being_written(pairs: list[tuple[int, int]]) -> None:
    read = read_padding(spell_padding(tuple(pairs)))
    assert not isinstance(read, str)
    assert broadcast(read, len(pairs)) == tuple(pairs)


def broadcast(values: tuple[object, ...], axes: int) -> tuple[object, ...]:
    return values * axes if len(values) == 1 else values


@given(st.floats(0.1, 10))
def test_a_number_survives_being_written(value: float) -> None:
    assert float(spell_number(value)) == value
