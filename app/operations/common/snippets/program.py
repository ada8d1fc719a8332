"""The whole program around the lines that are shown: imports, data, call, print."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote

from app.operations.common.snippets.literal import indented

MOST_NUMBERS = 400
"""With more numbers than this, the program reads them from a file: nobody reads them in a list."""

UNQUOTED = "!#$%&()*+,-./:;=?@[]_~|"
"""What an address may hold inside a shell's single quotes inside a comment: no quote, no blank, no line break."""


class Called(Protocol):
    """What a program is written around: the data by name, as arrays and as text, and the names of the results."""

    @property
    def arrays(self) -> Mapping[str, Any]: ...

    @property
    def literals(self) -> Mapping[str, str]: ...

    @property
    def numbers(self) -> int: ...

    @property
    def results(self) -> Sequence[str]: ...

    @property
    def json_url(self) -> str: ...


def write_program(
    call: Called,
    *,
    standard: Sequence[str] = (),
    imports: Sequence[str],
    array: str,
    layout: Sequence[str] = (),
    lines: str,
    show: str = "print({})",
) -> str:
    """Blocks of lines with a blank line between them; `array` and `show` hold {} where the value goes."""
    shown = [show.format(name) for name in call.results]
    if call.numbers <= MOST_NUMBERS:
        blocks = [standard, imports, written_data(call, array), layout, [lines], shown]
    else:
        blocks = [["import json", *standard], imports, loaded_data(call, array), layout, [lines], shown]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def written_data(call: Called, array: str) -> list[str]:
    before = array.index("{") + len(" = ")
    return [f"{name} = {array.format(indented(text, before + len(name)))}" for name, text in call.literals.items()]


def loaded_data(call: Called, array: str) -> list[str]:
    return [
        f"# curl -o scene.json '{quote(call.json_url, safe=UNQUOTED)}'",
        'with open("scene.json") as file:',
        "    scene = json.load(file)",
        *(f"{name} = " + array.format(f'scene["{name}"]["values"]') for name in call.arrays),
    ]
