"""Every worked example of the lectures comes out as its lecture says, and has its place among the lectures.

cases.json holds what ../shared/cases.json says, which lies beside the checkout only on some machines.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.pages import gallery
from tests.app.direct import Direct
from tests.app.markup import elements

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
GIVEN = ("x", "w", "b")


def by_id(case: dict[str, Any]) -> str:
    return str(case["id"])


def body(case: dict[str, Any]) -> dict[str, Any]:
    return case["parameters"] | {name: case[name] for name in GIVEN if name in case}


def query(case: dict[str, Any]) -> str:
    """The same as an address, its grids as JSON lists without the spaces that an address cannot hold."""
    return "&".join(f"{name}={json.dumps(value, separators=(',', ':'))}" for name, value in body(case).items())


def agree(document: dict[str, Any], case: dict[str, Any]) -> None:
    for name in (*GIVEN, "y"):
        if name in case:
            assert document[name]["values"] == (pytest.approx(case[name]) if name == "b" else close(case[name]))


def close(nested: Any) -> Any:
    return [close(entry) for entry in nested] if isinstance(nested, list) else pytest.approx(nested, rel=1e-12)


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_a_lectures_example_comes_out_as_given_from_its_address(case: dict[str, Any], ask: Direct) -> None:
    agree(ask(f"/{case['operation']}.json?{query(case)}").json(), case)


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_a_lectures_example_comes_out_as_given_from_a_json_body(case: dict[str, Any], ask: Direct) -> None:
    agree(ask.post(f"/{case['operation']}.json", body(case)).json(), case)


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_a_lectures_example_opens_from_its_slide_under_its_title(case: dict[str, Any], ask: Direct) -> None:
    found = elements(ask("/lectures").text)
    (card,) = [element for element in found if element.tag == "a" and element.get("id") == case["id"]]
    assert case["title"] in card.text
    assert ask(card.get("href")).status == 200
    operation, _, rest = card.get("href").partition("?")
    document = ask(f"{operation}.json?{rest}").json()
    agree(document, case)
    for name, value in case["parameters"].items():
        assert document["parameters"][name] == value


def test_the_address_in_the_gallerys_file_is_canonical_or_becomes_so() -> None:
    text = (Path(gallery.__file__).parent / "gallery.toml").read_text(encoding="utf-8")
    entries = {entry["id"]: entry for entry in tomllib.loads(text)["scene"]}
    assert set(entries) >= {case["id"] for case in CASES}
    for name, scene in gallery.worked_scenes().items():
        assert gallery.view_at(scene.address).scene.address() == scene.address
        assert gallery.view_at(entries[name]["scene"]).scene.address() == scene.address


def test_the_volume_demo_says_that_its_numbers_are_not_the_slides() -> None:
    assert "The numbers are ours, not the slide's." in gallery.worked_scenes()["rgb-two-filters"].shows
