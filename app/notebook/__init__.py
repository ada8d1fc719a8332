"""ConvScope in Python: a scene of arrays, which shows itself in a notebook and is saved as a file.

from convscope import Scene

scene = Scene("conv2d", x=image, w=[[1, 0, -1], [2, 0, -2], [1, 0, -1]], stride=2)
scene            # in a notebook: the stage, to play, step and point at
scene.y          # the result, a NumPy array
scene.save("sobel.gif", seconds=8)
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.operations import OPERATIONS
from app.pages.exports.making import file_of, format_of
from app.settings import settings
from app.views.table import read_view

__all__ = ["Scene"]

HEIGHT = 600
"""Pixels of the stage in a notebook."""


class Scene:
    """One operation, its parameters and its data, by PyTorch's names: arrays, tensors, lists, or text as in a link."""

    def __init__(self, operation: str = "conv2d", **fields: Any) -> None:
        if operation not in OPERATIONS:
            raise ValueError(f"There is no operation “{operation}”; there are {', '.join(OPERATIONS)}.")
        self.operation = operation
        self.raw = {name: plain(value) for name, value in fields.items() if value is not None}
        spatial = OPERATIONS[operation].spatial
        self.raw |= {name: alone(self.raw[name], spatial + 1) for name in ("x", "grad_output") if name in self.raw}
        self.view = read_view(OPERATIONS[operation], dict(self.raw), settings().limits)

    @property
    def y(self) -> NDArray[np.float64]:
        """The result, in PyTorch's shape without the batch axis."""
        return self.view.scene.y.copy()

    @property
    def address(self) -> str:
        """The canonical link, behind the name of a server."""
        return self.view.scene.address()

    def save(self, path: str | Path, **options: Any) -> Path:
        """Write a file: its name says the format; the options are those of a link (width, aspect, seconds, steps)."""
        path = Path(path)
        path.write_bytes(self.made(path, options))
        return path

    def made(self, path: Path, options: Mapping[str, Any]) -> bytes:
        raw = {**self.raw, **{name: plain(value) for name, value in options.items()}}
        return file_of(self.operation, raw, format_of(path), settings().limits, lambda done, total: None)

    def _repr_html_(self) -> str:
        """The page that plays without a server, in a frame that may do nothing else."""
        page = self.made(Path("scene.html"), {}).decode()
        title = OPERATIONS[self.operation].title
        return (
            f'<iframe sandbox="allow-scripts" srcdoc="{escape(page)}" title="{escape(title)}" width="100%"'
            f' height="{HEIGHT}" style="border: 0; max-width: 1100px"></iframe>'
        )

    def _repr_png_(self) -> bytes:
        """For whatever shows no pages, such as a printed notebook."""
        return self.made(Path("scene.png"), {})

    def __repr__(self) -> str:
        return f"Scene({self.address})"


def plain(value: Any) -> Any:
    """What a link or a JSON body could hold: arrays and tensors as nested lists."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    if isinstance(value, np.ndarray | np.generic):
        return np.asarray(value).tolist()
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def alone(values: Any, axes: int) -> Any:
    """The picture out of a batch of one, as PyTorch's layers take it."""
    return values[0] if isinstance(values, list) and len(values) == 1 and np.ndim(values) == axes + 1 else values
