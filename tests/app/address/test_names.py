"""A name that no parameter has: it is refused, with what was probably meant and with the names that there are."""

from collections.abc import Callable

import pytest

from app.address.names import SYNONYMS, meant
from app.operations import OPERATIONS
from app.scene.presentation import Presentation
from tests.app.direct import Direct

Refused = Callable[..., tuple[str, str]]

MEANT = {
    "conv2d": {
        "kernel": "w",
        "kernel_size": "w",
        "filters": "w",
        "weight": "w",
        "image": "x",
        "input": "x",
        "bias": "b",
        "pad": "padding",
        "strides": "stride",
        "dilations": "dilation",
        "strid": "stride",
        "Stride": "stride",
        "padding-mode": "padding_mode",
        "activaton": "activation",
        "stepp": "step",
    },
    "max_pool2d": {"kernel": "kernel_size", "pool_size": "kernel_size", "ceil": "ceil_mode"},
    "adaptive_avg_pool2d": {"out_size": "output_size"},
    "conv2d_input": {"input": "input_size", "gradient": "grad_output"},
}


@pytest.mark.parametrize(("operation", "name"), [(operation, name) for operation in MEANT for name in MEANT[operation]])
def test_every_representation_says_what_was_meant_and_lists_the_names(
    operation: str, name: str, refused: Refused
) -> None:
    field, sentence = refused(f"{name}=3", operation)
    assert field == name
    assert sentence.startswith(
        f"“{name}” is not a parameter of {operation}. Did you mean “{MEANT[operation][name]}”? "
        f"It takes {', '.join(OPERATIONS[operation].parameters.model_fields)}; and, for how it is shown, view, step, "
    )


@pytest.mark.parametrize("name", ["bogus", "", "utm", "start"])
def test_where_nothing_like_it_is_known_nothing_is_guessed(name: str, ask: Direct) -> None:
    (refusal,) = ask(f"/conv2d.json?{name}=3").json()["detail"]
    assert refusal["loc"] == ["query", name]
    assert refusal["msg"].startswith(f"“{name}” is not a parameter of conv2d. It takes x, w, b, ")


@pytest.mark.parametrize(
    ("operation", "name"),
    [("conv2d_input", "x"), ("conv_transpose2d", "flip"), ("unfold", "w"), ("avg_pool2d", "dilation")],
)
def test_the_parameter_of_another_operation_is_refused(operation: str, name: str, refused: Refused) -> None:
    assert refused(f"{name}=1", operation)[1].startswith(f"“{name}” is not a parameter of {operation}.")


def test_a_name_that_an_operation_has_as_its_own_is_listed_once(refused: Refused) -> None:
    _, sentence = refused("bogus=1", "max_unpool2d")
    assert sentence.count("indices") == 1


@pytest.mark.parametrize(("length", "shown"), [(40, "q" * 40), (41, "q" * 39 + "…")])
def test_a_name_is_repeated_whole_up_to_forty_letters_and_cut_short_beyond(
    length: int, shown: str, refused: Refused
) -> None:
    assert refused("q" * length + "=1")[1].startswith(f"“{shown}” is not a parameter of conv2d.")


def test_every_unknown_name_is_refused_at_once(ask: Direct) -> None:
    detail = ask("/conv2d.json?one=1&two=2").json()["detail"]
    assert [entry["loc"] for entry in detail] == [["query", "one"], ["query", "two"]]


@pytest.mark.parametrize(
    ("page", "query", "meant", "names"),
    [
        ("/learn", "kernel=3", "kernel_size", "x, wanted, y, kernel_size"),
        ("/there-and-back", "weights=1", "w", "x, w, stride, padding, dilation."),
        ("/receptive-field", "layer=conv(3)", "layers", "layers, input, unit, picture, seed, theme."),
        ("/networks/lenet5/live", "image=digit:7", "x", "x, shift, rotate, scale, brightness, noise, cover,"),
    ],
)
def test_the_pages_beyond_one_scene_say_it_too(page: str, query: str, meant: str, names: str, ask: Direct) -> None:
    sentence = ask(f"{page}.json?{query}").json()["detail"][0]["msg"]
    assert f"Did you mean “{meant}”? It takes {names}" in sentence


def test_every_synonym_leads_to_a_name_and_shadows_none() -> None:
    known = {*Presentation.model_fields, *(name for entry in OPERATIONS.values() for name in entry.fields)}
    for synonym, names in SYNONYMS.items():
        assert set(names) <= known, synonym
        assert meant(synonym, names) == names[0]
    assert not {"filter", "indices", "speed", "step"} & SYNONYMS.keys()
