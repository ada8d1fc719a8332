"""ConvScope in Python: arrays in, arrays out, files saved, and a page in a notebook."""

import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.address.refusal import Refusals
from app.notebook import Scene
from app.pages.exports.offline import digest


class Tensor:
    """What a tensor of PyTorch answers to."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def detach(self) -> "Tensor":
        return self

    def cpu(self) -> "Tensor":
        return self

    def numpy(self) -> np.ndarray:
        return self.values


X = np.arange(25.0).reshape(5, 5)


@pytest.mark.parametrize("x", [X, X[None], X[None, None], Tensor(X[None, None]), X.tolist(), "ramp:5x5"])
def test_arrays_tensors_lists_and_names_mean_the_same_scene(x: object) -> None:
    scene = Scene("conv2d", x=x, w=np.ones((3, 3)), stride=2)
    np.testing.assert_array_equal(scene.y, [[[54, 72], [144, 162]]])
    assert scene.address.startswith("/conv2d?")
    assert repr(scene) == f"Scene({scene.address})"


def test_a_result_is_the_callers_own() -> None:
    scene = Scene("max_pool2d", x=np.arange(16).reshape(4, 4))
    scene.y[:] = 0
    assert scene.y.max() == 15


def test_it_is_saved_as_its_name_says(tmp_path: Path) -> None:
    scene = Scene("conv2d", x=X, w=[[1, 0], [0, -1]])
    assert Image.open(scene.save(tmp_path / "a.gif", width=320, seconds=1)).size[0] == 320
    assert scene.save(tmp_path / "a.csv").read_text().startswith("grid,")


def test_it_shows_itself_as_the_offline_page_in_a_sandbox() -> None:
    shown = Scene("conv2d", x=X, w="box:3")._repr_html_()
    assert 'sandbox="allow-scripts"' in shown
    page = unescape(re.findall(r'srcdoc="([^"]*)"', shown)[0])
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert digest(script) in page


def test_what_is_wrong_is_said_in_a_sentence() -> None:
    with pytest.raises(Refusals, match="A stride of 0"):
        Scene("conv2d", stride=0)
    with pytest.raises(ValueError, match="no operation “conv9d”"):
        Scene("conv9d")
