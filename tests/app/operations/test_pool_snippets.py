"""Every snippet of a pooling is run, and must compute what the page shows. Frameworks that are missing are skipped."""

import json
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import StringIO
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from numpy.testing import assert_allclose

from app.scene.explanation import Snippet
from app.scene.scene import Scene
from tests.app import pools
from tests.app.operations.test_snippets import numbers_in, output_of
from tests.app.pools import Raw

MODULES = {"PyTorch": "torch", "NumPy": "numpy", "JAX": "jax"}


@pytest.fixture(scope="module", params=MODULES)
def framework(request: pytest.FixtureRequest) -> str:
    module = MODULES[request.param]
    if find_spec(module) is None:
        pytest.skip(f"{module} is not installed, so its snippet was not run")
    return str(request.param)


def snippet(scene: Scene, framework: str) -> Snippet | None:
    return next((each for each in scene.operation.snippets(scene) if each.framework == framework), None)


def run(program: str, scene: Scene) -> Any:
    """The y that the program leaves behind."""
    given = {name: scene.values(name) for name in scene.layer.grids}
    grids = {name: {"values": values.tolist()} for name, values in given.items() if values is not None}
    namespace: dict[str, Any] = {"open": lambda name: StringIO(json.dumps(grids))}
    with redirect_stdout(StringIO()):
        exec(program, namespace)
    assert "float64" in str(namespace["y"].dtype)
    return np.asarray(namespace["y"].detach() if hasattr(namespace["y"], "detach") else namespace["y"])


@settings(max_examples=80, deadline=None)
@given(drawn=pools.pools())
def test_any_pooling_computes_what_the_page_shows(framework: str, drawn: tuple[str, Raw]) -> None:
    scene = pools.scene_or_none(*drawn)
    assume(scene is not None)
    assert scene is not None
    # PyTorch does not say which of several values stays that an unpooling sends to one place.
    targets = scene.layer.targets if scene.operation.name == "max_unpool2d" else None
    assume(targets is None or all(len(np.unique(plane)) == plane.size for plane in targets))
    written = snippet(scene, framework)
    if written is None:
        assert framework != "PyTorch"
        return
    assert_allclose(run(written.program, scene), scene.y, rtol=1e-9, atol=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("operation", pools.POOLS)
def test_the_program_of_a_bare_pooling_prints_the_numbers_of_its_page(framework: str, operation: str) -> None:
    scene = pools.scene_at(f"/{operation}")
    written = snippet(scene, framework)
    if written is not None:
        assert numbers_in(output_of(written.program)) == scene.y.ravel().tolist()


@pytest.mark.parametrize(
    ("address", "call"),
    [
        ("/max_pool2d", "y = F.max_pool2d(x, 2)"),
        ("/max_pool1d?stride=1", "y = F.max_pool1d(x, 2, stride=1)"),
        ("/avg_pool2d?padding=1&count_include_pad=false", "y = F.avg_pool2d(x, 2, padding=1, count_include_pad=False)"),
        ("/avg_pool2d?divisor_override=3", "y = F.avg_pool2d(x, 2, divisor_override=3)"),
        ("/lp_pool2d?norm_type=3&kernel_size=2,1", "y = F.lp_pool2d(x, 3, (2, 1))"),
        ("/adaptive_max_pool2d?output_size=1", "y = F.adaptive_max_pool2d(x, 1)"),
        ("/max_unpool2d", "y = F.max_unpool2d(x, indices.long(), 2)"),
        ("/max_unpool2d?output_size=5", "y = F.max_unpool2d(x, indices.long(), 2, output_size=(5, 5))"),
        (
            "/max_pool2d_input",
            "x.requires_grad_()\npooled = F.max_pool2d(x, 2)\n(y,) = torch.autograd.grad(pooled, x, grad_output)",
        ),
        (
            "/avg_pool2d_input?activation=relu",
            "slope = z > 0\ngrad_z = grad_output * slope\n"
            "x.requires_grad_()\npooled = F.avg_pool2d(x, 2)\n(y,) = torch.autograd.grad(pooled, x, grad_z)",
        ),
    ],
)
def test_a_pooling_is_called_as_pytorch_calls_it(address: str, call: str) -> None:
    written = snippet(pools.scene_at(address), "PyTorch")
    assert written is not None
    assert written.call == call
