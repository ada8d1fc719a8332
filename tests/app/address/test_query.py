"""An address or a body as names and values: what is dropped, what is refused, and that nothing passes unseen."""

from collections.abc import Callable
from itertools import product

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.address.query import MAX_FIELDS, read_address, read_body, spell_address
from app.settings import Limits
from tests.app.direct import Direct
from tests.each import each

Refused = Callable[..., tuple[str, str]]

NAMES = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=8).map("f_".__add__)
VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1).filter(str.strip)


@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_any_values_come_back_from_the_address_that_holds_them(values: dict[str, str]) -> None:
    assert read_address(spell_address(values).encode("ascii")) == values


@given(st.dictionaries(NAMES, st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_body_and_an_address_with_the_same_values_are_the_same(values: dict[str, str]) -> None:
    assert read_body(orjson.dumps(values)) == read_address(spell_address(values).encode())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_ends_alike_whichever_way_a_browser_ends_it(end: str) -> None:
    values = {"x": f"1,0;{end}0,1{end}"}
    assert read_address(spell_address(values).encode()) == {"x": "1,0;\n0,1\n"}
    assert read_body(orjson.dumps(values)) == {"x": "1,0;\n0,1\n"}


LINES = [
    ("/conv2d", {"x": "1,0;|0,1|~|1,1;|0,0|", "w": "1,0|~|0,1|", "stride": "1|"}),
    ("/conv2d", {"x": "[[1,0],|[0,1]]|", "w": "box:2|", "b": "1|"}),
    ("/conv_transpose2d", {"x": "1,0;|0,1|", "w": "1,2;|3,4|", "output_padding": "0|"}),
    ("/max_pool2d", {"x": "seven|!3.4:5|", "kernel_size": "2|", "padding": "0|"}),
    ("/compare", {"a": "/conv2d|", "b": "/conv2d?w=1,0;%0D%0A0,1|"}),
    ("/there-and-back", {"x": "1,2;|3,4|", "w": "1,0;|0,1|"}),
    ("/learn", {"x": "1,0,0,1;|1,1,1,1;|0,0,0,0;|1,2,3,4|", "wanted": "1,0;|0,1|"}),
    ("/receptive-field", {"layers": "conv(3,|stride=2);|relu;|maxpool(2)|", "input": "3x|32x32|", "unit": "1:|0,0|"}),
    ("/networks/own", {"layers": "conv(3,4);|gelu;|relu;|", "input": "3x8x8|", "passed": "LayerNorm,|SiLU|"}),
    ("/networks/lenet5/live", {"x": "digit:7|"}),
]


@pytest.mark.parametrize(("path", "fields"), LINES, ids=[path for path, _ in LINES])
def test_every_field_takes_the_lines_of_a_text_area(path: str, fields: dict[str, str], ask: Direct) -> None:
    asked = [{name: text.replace("|", end) for name, text in fields.items()} for end in ("", "\n", "\r\n")]
    plain, *broken = [ask(f"{path}.json?{spell_address(values)}") for values in asked]
    assert plain.status == 200, plain.text
    assert [answer.body for answer in broken] == [plain.body] * 2


def test_an_empty_value_means_the_default(ask: Direct) -> None:
    blank = (
        "x=&w=&b=&stride=&padding=%20&padding_mode=&dilation=&groups=&flip=&activation=&step=&speed=&theme=&indices="
    )
    assert ask(f"/conv2d.json?{blank}").body == ask("/conv2d.json").body
    assert ask.post("/conv2d.json", {"x": "", "w": None, "stride": " "}).body == ask("/conv2d.json").body


def test_the_marks_of_mail_programs_and_social_networks_pass_unread(ask: Direct) -> None:
    marks = "utm_source=deck&utm_source=mail&utm_anything=1&fbclid=IwAR&gclid=1&msclkid=2&mc_cid=3"
    assert ask(f"/conv2d.json?{marks}&stride=2").body == ask("/conv2d.json?stride=2").body
    assert ask(f"/conv2d?{marks}&stride=2").headers["hx-push-url"] == "/conv2d?stride=2"


@pytest.mark.parametrize(("query", "count"), [("stride=1&stride=2", 2), ("x=1&w=1&x=1&x=1", 3), ("step=1&step=", 2)])
def test_a_name_given_twice_is_refused_even_where_both_agree(query: str, count: int, refused: Refused) -> None:
    field, sentence = refused(query)
    assert field == query.split("=")[0]
    assert f"given {count} times" in sentence


@pytest.mark.parametrize("value", ["%FF", "%ED%A0%80", "%C3", "1,%80"])
def test_bytes_that_are_no_text_are_refused_and_their_field_is_named(value: str, ask: Direct) -> None:
    for extension in ("json", "events", "svg"):
        answer = ask(f"/conv2d.{extension}?stride=2&x={value}")
        assert answer.status == 422
        assert answer.json()["detail"][0]["loc"] == ["query", "x"]
    assert ask(f"/conv2d?x={value}").status == 422


def test_bytes_outside_ascii_in_an_address_are_refused_as_a_field_too(ask: Direct) -> None:
    answer = ask(b"/conv2d.json?x=\xff\xfe")
    assert answer.status == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "x"]


def test_a_percent_sign_without_its_digits_is_a_percent_sign(refused: Refused) -> None:
    assert refused("stride=%zz")[0] == "stride"
    assert "“%zz”" in refused("stride=%zz")[1]


def test_more_fields_than_any_scene_has_are_refused(ask: Direct) -> None:
    answer = ask("/conv2d.json?" + "&".join(f"a{i}=1" for i in range(MAX_FIELDS + 1)))
    assert answer.status == 422
    assert len(answer.json()["detail"][0]["loc"]) == 2


def test_an_address_may_be_eight_kilobytes_long_and_no_longer(ask: Direct) -> None:
    most = Limits().url_bytes
    for path in ("/conv2d", "/conv2d.json", "/conv2d.events", "/conv2d.svg", "/embed/conv2d"):
        fits = f"{path}?utm_source=".ljust(most, "a")
        assert ask(fits).status == 200
        longer = ask(fits + "a")
        assert longer.status == 414
        assert str(most) in longer.text
        assert str(most + 1) in longer.text


def test_a_body_may_be_a_megabyte_long_and_no_longer(ask: Direct) -> None:
    most = Limits().body_bytes
    fits = b'{"stride": 2' + b" " * (most - 13) + b"}"
    assert len(fits) == most
    assert ask.post("/conv2d.json", body=fits).status == 200
    for extension in ("", ".json", ".events", ".svg"):
        answer = ask.post(f"/conv2d{extension}", body=fits + b" ")
        assert answer.status == 413
        assert str(most) in answer.text


@pytest.mark.parametrize(
    "body", [b"[]", b"1", b'"x"', b"null", b"true", b"", b"{", b"NaN", b'{"x": NaN}', b'{"x": [Infinity]}', b"\xff"]
)
def test_a_body_that_is_no_json_object_is_refused_with_a_sentence(body: bytes, ask: Direct) -> None:
    answer = ask.ask("POST", "/conv2d.json", {}, body)
    assert answer.status == 422
    assert answer.json()["detail"][0]["loc"][0] == "body"
    assert "JSON" in answer.json()["detail"][0]["msg"]


def test_lone_surrogates_in_a_body_are_refused(ask: Direct) -> None:
    for body in (b'{"x": "\\ud800"}', b'{"\\udfff": 1}', b'{"stride": "\xed\xa0\x80"}'):
        assert ask.post("/conv2d.json", body=body).status == 422


FIELDS = ("x", "w", "b", "stride", "padding", "padding_mode", "dilation", "groups", "flip", "activation", "step")
FIELDS += ("indices", "letters", "speed", "start", "nonsense")
NO_VALUES = ({"a": 1}, [{}], [[]], [], {}, "\x00", [None], ["1", True], 1.5, -1, 10**30, False)


@pytest.mark.parametrize("depth", [2, 500, 1000, 100_000])
@pytest.mark.parametrize("name", FIELDS)
def test_however_deep_a_body_nests_it_is_refused_and_no_more(name: str, depth: int, ask: Direct) -> None:
    body = b'{"%s": %s1%s}' % (name.encode(), b"[" * depth, b"]" * depth)
    answer = ask.post("/conv2d.events", body=body)
    assert answer.status in ((200, 422) if depth == 2 else (422,))


@each("name, value", product(FIELDS, NO_VALUES))
def test_json_of_the_wrong_kind_is_refused_at_its_field(name: str, value: object, ask: Direct) -> None:
    answer = ask.post("/conv2d.events", {name: value} if value != 10**30 else {name: 1e30})
    assert answer.status in (200, 422)
    if answer.status == 422:
        assert answer.json()["detail"][0]["loc"][:2] == ["body", name]
