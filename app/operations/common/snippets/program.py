"""The whole program around the lines that are shown: imports, data, call, print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from app.operations.common.snippets.literal import indented, literal
from app.scene.explanation import Snippet
from kernels.cached import cached_property

Array = NDArray[np.float64]

MOST_NUMBERS = 400
"""With more numbers than this, the program reads them from a file: nobody reads them in a list."""

UNQUOTED = "!#$%&()*+,-./:;=?@[]_~|"
"""What an address may hold inside a shell's single quotes inside a comment: no quote, no blank, no line break."""


@dataclass(frozen=True, kw_only=True)
class Called:
    """What a program is written around: the data by name, and the names of the results."""

    arrays: Mapping[str, Array]
    json_url: str

    @property
    def results(self) -> tuple[str, ...]:
        return ("y",)

    @property
    def numbers(self) -> int:
        return sum(values.size for values in self.arrays.values())

    @cached_property
    def literals(self) -> dict[str, str]:
        """The data as nested lists, written once for all frameworks."""
        return {name: literal(values.tolist()) for name, values in self.arrays.items()}


@dataclass(frozen=True)
class Framework:
    """What all programs of one framework share; `array` and `show` hold {} where the value goes."""

    name: str
    imports: Sequence[str]
    array: str
    show: str = "print({})"
    standard: Sequence[str] = ()

    def snippet(
        self, call: Called, lines: Sequence[str], note: str | None = None, layout: Sequence[str] = ()
    ) -> Snippet:
        return Snippet(self.name, "\n".join(lines), self.program(call, lines, layout), note)

    def program(self, call: Called, lines: Sequence[str], layout: Sequence[str]) -> str:
        """Blocks of lines with a blank line between them."""
        shown = [self.show.format(name) for name in call.results]
        if call.numbers <= MOST_NUMBERS:
            blocks = [self.standard, self.imports, written_data(call, self.array), layout, lines, shown]
        else:
            standard = ["import json", *self.standard]
            blocks = [standard, self.imports, loaded_data(call, self.array), layout, lines, shown]
        return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


PYTORCH = Framework(
    "PyTorch", ("import torch", "import torch.nn.functional as F"), "torch.tensor({}, dtype=torch.float64)"
)
NUMPY = Framework("NumPy", ("import numpy as np",), "np.array({}, dtype=float)")
NUMPY_WINDOWS = Framework(
    "NumPy", (*NUMPY.imports, "from numpy.lib.stride_tricks import sliding_window_view"), NUMPY.array
)
JAX_IMPORTS = ("import jax", "import jax.numpy as jnp", "from jax import lax")
JAX = Framework("JAX", (*JAX_IMPORTS, "", 'jax.config.update("jax_enable_x64", True)'), "jnp.array({}, dtype=float)")


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
