"""Any page on any slide: /embed/… and /present/… before its address, with options of its own."""

import pytest

from app.pages.frames.table import FRAMED, own_options
from tests.app.direct import Direct
from tests.app.markup import Element, elements

PAGES = [path.replace("{name}", "vgg16") for path in FRAMED if path != "/networks/own"]
PREFIXES = ["/embed", "/present"]


def root(html: str) -> Element:
    return next(element for element in elements(html) if element.tag == "html")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("path", ["/conv2d", "/max_pool2d", *PAGES])
def test_a_page_that_can_be_framed_marks_its_picture_and_leaves_its_header_out(
    path: str, prefix: str, ask: Direct
) -> None:
    answer = ask(prefix + path)
    assert answer.status == 200
    assert any("data-picture" in element.attributes for element in elements(answer.text))
    assert 'class="site"' not in answer.text
    assert root(answer.text).get("data-page") == path
    assert ("frame-ancestors 'none'" in answer.headers["content-security-policy"]) == (prefix == "/present")


def test_what_has_nothing_to_see_has_no_frame(ask: Direct) -> None:
    for path in ("/lectures", "/healthz", "/conv2d.json", "/nothing", "/embed/learn"):
        assert ask(f"/embed{path}").status == 404


def test_options_are_the_frames_and_all_else_is_the_pages(ask: Direct) -> None:
    shown = root(ask("/embed/learn?x=x-bits&step=5&autoplay=true&hide=controls,hint&theme=transparent&size=large").text)
    assert shown.get("data-page") == "/learn?x=x-bits&step=5"
    assert shown.get("data-autoplay") == "true"
    assert shown.get("data-size") == "1.35"
    assert shown.get("data-theme") == "light"
    assert {"framed", "embed", "transparent", "hides-controls", "hides-hint"} <= set(shown.get("class").split())
    assert own_options("/learn") == ("step",)


@pytest.mark.parametrize("path", ["/conv2d", "/learn", "/networks/vgg16"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("hide=everything", "hide is one of controls, equation, kernel, captions, legend, hint, but “everything”"),
        ("lock=doors", "lock is one of all, input, kernel, bias, x, w, b, grad_output, but “doors”"),
        ("size=tiny", "size must be a number such as 1.5, but “tiny” is not one."),
        ("deck=beamer", "deck is one of reveal, but “beamer”"),
        ("theme=blue", "theme is one of auto, light, dark, transparent, but “blue”"),
    ],
)
def test_an_option_that_is_not_one_is_refused_at_its_name(path: str, query: str, sentence: str, ask: Direct) -> None:
    answer = ask(f"/embed{path}?{query}")
    assert answer.status == 422
    assert sentence in answer.text
    assert "hide" not in ask(f"{path}?step=0").headers.get("hx-push-url", "")


def test_the_address_of_a_frame_keeps_what_is_asked_of_it_and_the_pages_does_not(ask: Direct) -> None:
    asked = "stride=2&theme=dark&hide=equation&lock=kernel&size=2&deck=reveal"
    answer = ask(f"/embed/conv2d?{asked}")
    assert answer.headers["hx-push-url"] == f"/embed/conv2d?{asked}"
    assert root(answer.text).get("data-page") == "/conv2d?stride=2&theme=dark"
    assert ask("/conv2d.json?hide=equation").status == 422
    assert ask("/embed/learn?x=x-bits").headers["hx-push-url"] == "/embed/learn?x=x-bits"


def test_a_grid_that_is_locked_is_named_on_its_stage_and_where_all_are_there_is_no_form(ask: Direct) -> None:
    def stage(query: str) -> Element:
        return next(e for e in elements(ask(f"/embed/conv2d?{query}").text) if e.tag == "conv-stage")

    assert "lock" not in stage("stride=2").attributes
    assert stage("lock=kernel").get("lock") == "w"
    assert stage("lock=input,b").get("lock") == "b x"
    assert 'id="panel"' in ask("/embed/conv2d?lock=w").text
    assert 'id="panel"' not in ask("/embed/conv2d?lock=all").text


def test_what_flows_back_over_connections_is_changed_in_a_frame_too_unless_all_is_locked(ask: Direct) -> None:
    here = "/embed/conv1d?view=connections&direction=backward"
    assert '<textarea name="upstream">1,1,1,1,1,1</textarea>' in ask(here).text
    assert 'lock="b upstream w x"' in ask(f"{here}&lock=all").text


def test_to_lock_the_input_of_a_gradient_behind_an_activation_is_to_lock_what_comes_from_above(ask: Direct) -> None:
    assert 'lock="grad_output grad_z slope"' in ask("/embed/conv2d_input?activation=relu&lock=input").text
