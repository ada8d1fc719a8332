"""Models as students paste them, and the same as ONNX both ways, counted as PyTorch counts a forward pass of them."""

import json
from pathlib import Path

import pytest

from app.pages.networks.own import Own, read_file, read_own
from app.pages.networks.sizes import spell_size
from app.pages.receptive_field.notation import spell_stack

FOLDER = Path(__file__).parents[1] / "pasted"
COUNTS = json.loads((FOLDER / "counts.json").read_text(encoding="utf-8"))
"""Of each model its input, parameters and multiplications, by tests/app/make_pasted.py."""


def sums(found: Own) -> tuple[int, int]:
    assert found.network.unknown == ()
    return found.network.totals.parameters, found.network.totals.multiplications


def expected(name: str) -> tuple[int, int]:
    return COUNTS[name]["parameters"], COUNTS[name]["multiplications"]


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_there_are_more_than_thirty_models_each_in_three_forms() -> None:
    assert len(COUNTS) > 30
    assert {path.name.partition(".")[0] for path in FOLDER.glob("*.*.onnx")} == set(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_code_is_counted_as_pytorch_counts_it(name: str) -> None:
    found = read_own({"layers": text_of(name), "input": spell_size(tuple(COUNTS[name]["input"]))})
    assert sums(found) == expected(name)
    if found.fits_an_address:
        layers = found.network.stack
        again = read_own({"layers": spell_stack(layers), "input": spell_size(found.network.input)})
        assert sums(again) == expected(name)


@pytest.mark.parametrize("way", ["traced", "dynamo"])
@pytest.mark.parametrize("name", COUNTS)
def test_an_exported_file_is_counted_as_pytorch_counts_it(name: str, way: str) -> None:
    found = read_file((FOLDER / f"{name}.{way}.onnx").read_bytes(), {})
    assert list(found.network.input) == COUNTS[name]["input"]
    assert sums(found) == expected(name)
