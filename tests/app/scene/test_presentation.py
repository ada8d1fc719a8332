"""How a scene is shown: it is in the link, and it changes no number."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from app.scene.presentation import Presentation
from tests.app.direct import Direct
from tests.app.markup import elements

Refused = Callable[..., tuple[str, str]]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("step=25", "step must be from 0 to 24, because this scene has 25 steps, but it is 25."),
        ("step=-1", "step must be at least 0, but it is −1."),
        ("channel=1", "channel must be from 0 to 0, but it is 1."),
        ("filter=1", "filter must be from 0 to 0, but it is 1."),
        ("indices=2", "indices is one of 0, 1, but “2” is none of them."),
        ("symbol=⋆", "symbol is one of star, asterisk"),
        ("shapes=nhwc", "shapes is one of chw, nchw"),
        ("theme=blue", "theme is one of auto, light, dark"),
        ("ahead=maybe", "ahead is one of shown, hidden, but “maybe” is none of them."),
        ("pace=fast", "pace is one of auto, product, sum, row, but “fast” is none of them."),
        ("letters=maybe", "letters is either true or false, but “maybe” is neither."),
        ("speed=0", "speed must be at least 0.1"),
        ("speed=11", "speed may be at most 10 here"),
        ("speed=nan", "speed must be a number such as 0.5, but “nan” is not one."),
        ("speed=inf", "speed must be a number"),
        ("speed=1e999", "speed must be a number"),
        ("speed=1_0", "speed must be a number"),
        ("speed=%2B1", "speed must be a number"),
        ("speed=٣", "speed must be a number"),
        ("speed=fast", "speed must be a number"),
    ],
)
def test_a_convention_that_is_not_one_is_refused_at_its_field(query: str, sentence: str, refused: Refused) -> None:
    name, _, value = query.partition("=")
    sent = value if value.isascii() else "".join(f"%{byte:02X}" for byte in value.encode())
    field, said = refused(f"{name}={sent}")
    assert field == name
    assert sentence in said


EVERYTHING = "step=3&indices=1&symbol=asterisk&shapes=nchw&letters=true&predict=true&centres=true&reads=true"
EVERYTHING += "&ahead=hidden&pace=row&autoplay=true&loop=true&speed=0.5&theme=dark"


def test_conventions_change_no_number(ask: Direct) -> None:
    assert ask(f"/conv2d.json?{EVERYTHING}").body == ask("/conv2d.json").body
    said = ask(f"/conv2d.events?{EVERYTHING}").text
    address = f"/conv2d.events?{EVERYTHING}".replace("step=3&", "")
    assert address in said
    assert said.replace(address, "/conv2d.events") == ask("/conv2d.events").text


def test_conventions_stay_in_the_link_and_defaults_stay_out(ask: Direct) -> None:
    assert ask(f"/conv2d?{EVERYTHING}").headers["hx-push-url"] == f"/conv2d?{EVERYTHING}"
    fields = Presentation.model_fields.items()
    defaults = "&".join(f"{name}={str(field.default).lower()}" for name, field in fields if field.default is not None)
    assert ask(f"/conv2d?{defaults}").headers["hx-push-url"] == "/conv2d"


def test_a_link_that_opens_at_its_first_step_says_so(ask: Direct) -> None:
    assert ask("/conv2d?step=0").headers["hx-push-url"] == "/conv2d?step=0"
    assert ask("/conv2d?step=24").headers["hx-push-url"] == "/conv2d?step=24"


@pytest.mark.parametrize(("text", "canonical"), [("on", "true"), ("1", "true"), ("TRUE", "true"), ("0", None)])
def test_a_flag_is_taken_as_a_checkbox_sends_it(text: str, canonical: str | None, ask: Direct) -> None:
    pushed = ask(f"/conv2d?letters={text}").headers["hx-push-url"]
    assert pushed == ("/conv2d" if canonical is None else f"/conv2d?letters={canonical}")


@pytest.mark.parametrize(
    ("query", "attributes"),
    [
        ("", {}),
        ("?ahead=shown&pace=sum", {"ahead": "shown", "pace": "sum"}),
        ("?ahead=HIDDEN&pace=auto", {"ahead": "hidden"}),
    ],
)
def test_what_lies_ahead_and_the_pace_are_attributes_of_the_stage(
    query: str, attributes: dict[str, str], ask: Direct
) -> None:
    for path in ("/conv2d", "/embed/conv2d", "/fold", "/conv_transpose2d"):
        (stage,) = [element for element in elements(ask(path + query).text) if element.tag == "conv-stage"]
        assert {name: stage.get(name) for name in ("ahead", "pace") if name in stage.attributes} == attributes


def test_scenes_that_are_compared_keep_what_lies_ahead_and_leave_the_pace_to_the_common_playhead(ask: Direct) -> None:
    sides = [quote(f"/{name}?ahead=shown&pace=row", safe="") for name in ("conv2d", "max_pool2d")]
    answer = ask(f"/compare?a={sides[0]}&b={sides[1]}")
    stages = [element for element in elements(answer.text) if element.tag == "conv-stage"]
    assert [(stage.get("ahead"), stage.get("pace")) for stage in stages] == [("shown", "")] * 2
