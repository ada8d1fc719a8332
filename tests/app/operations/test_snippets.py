"""Every snippet is run, and must compute what the page shows. Frameworks that are not installed are skipped."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from app.operations.convolution.snippets import Call, snippets
from app.scene.explanation import Snippet
from kernels.axis import Axis, full_padding, same_padding
from kernels.convolution import convolve

FRAMEWORKS = ("PyTorch", "NumPy / SciPy", "Keras", "JAX")
MODULES = {"PyTorch": "torch", "NumPy / SciPy": "scipy", "Keras": "keras", "JAX": "jax"}
SEVEN = np.array(
    [
        [0, 0, 0, 0, 0, 0, 0],
        [0, 9, 9, 9, 9, 9, 0],
        [0, 0, 0, 0, 9, 4, 0],
        [0, 0, 0, 4, 9, 0, 0],
        [0, 0, 0, 9, 4, 0, 0],
        [0, 0, 0, 9, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0],
    ],
    dtype=float,
)
SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=float)
ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "relu": lambda y: np.maximum(y, 0),
    "sigmoid": lambda y: 1 / (1 + np.exp(-y)),
    "tanh": np.tanh,
}


def call_of(x: Any = SEVEN[None], w: Any = SOBEL_X[None, None], b: Any = None, **settings: Any) -> Call:
    spatial = x.ndim - 1
    plain = {
        "operation": f"conv{spatial}d",
        "stride": (1,) * spatial,
        "padding": ((0, 0),) * spatial,
        "padding_word": None,
        "padding_mode": "zeros",
        "dilation": (1,) * spatial,
        "groups": 1,
        "flip": False,
        "activation": None,
        "json_url": "https://example.org/conv2d.json?x=seven",
    }
    arrays = {"x": x, "w": w} | ({} if b is None else {"b": b})
    return Call(arrays=arrays, **{**plain, **settings})


def row(values: list[float]) -> Any:
    return np.array(values, dtype=float)


@st.composite
def axes(draw: st.DrawFn, meaning: str, mode: str, most_stride: int, most_dilation: int) -> Axis:
    """A legal axis: as long as the kernel and the padding mode need, and up to six cells longer."""
    kernel, stride, dilation = (draw(st.integers(1, most)) for most in (4, most_stride, most_dilation))
    padding = {
        "same": same_padding(kernel, dilation),
        "full": full_padding(kernel, dilation),
        "valid": (0, 0),
        "sides": draw(st.tuples(st.integers(0, 3), st.integers(0, 3))),
        "both": (draw(st.integers(0, 3)),) * 2,
    }[meaning]
    for_padding = {"reflect": max(padding) + 1, "circular": max(padding)}.get(mode, 1)
    least = max(1, for_padding, dilation * (kernel - 1) + 1 - sum(padding))
    return Axis(draw(st.integers(least, least + 6)), kernel, stride, dilation, padding, mode)  # type: ignore[arg-type]


@st.composite
def calls(draw: st.DrawFn) -> Call:
    # A word and the numbers that it stands for must come to the same.
    meaning = draw(st.sampled_from(["same", "full", "valid", "sides", "both"]))
    word = meaning if meaning in ("same", "full", "valid") and draw(st.booleans()) else None
    mode = draw(st.sampled_from(["zeros", "zeros", "zeros", "reflect", "replicate", "circular"]))
    most_stride = 1 if word == "same" else draw(st.sampled_from([1, 3]))
    most_dilation = draw(st.sampled_from([1, 3]))
    each = draw(st.lists(axes(meaning, mode, most_stride, most_dilation), min_size=1, max_size=2))
    groups, channels, filters = (draw(st.integers(1, 3)) for _ in range(3))
    random = np.random.default_rng(draw(st.integers(0, 99)))
    return call_of(
        x=random.integers(-9, 10, (groups * channels, *(axis.input_size for axis in each))) / 2,
        w=random.integers(-9, 10, (groups * filters, channels, *(axis.kernel_size for axis in each))) / 3,
        b=random.integers(-9, 10, groups * filters) / 4 if draw(st.booleans()) else None,
        stride=tuple(axis.stride for axis in each),
        padding=tuple(axis.padding for axis in each),
        padding_word=word,
        padding_mode=mode,
        dilation=tuple(axis.dilation for axis in each),
        groups=groups,
        flip=draw(st.booleans()),
        activation=draw(st.sampled_from([None, *ACTIVATIONS])),
    )


def truth(call: Call) -> Any:
    spatial = zip(call.x.shape[1:], call.w.shape[2:], call.stride, call.dilation, call.padding, strict=True)
    axes = [Axis(*numbers, call.padding_mode, call.flip) for numbers in spatial]  # type: ignore[arg-type]
    return convolve(call.x, call.w, call.b, axes=axes, groups=call.groups)


def snippet(call: Call, framework: str) -> Snippet:
    return next(snippet for snippet in snippets(call) if snippet.framework == framework)


def scene_json(call: Call) -> str:
    """What the page's .json representation answers, as far as a program reads it."""
    return json.dumps({name: {"values": values.tolist()} for name, values in call.arrays.items()})


def run(program: str, call: Call) -> dict[str, Any]:
    """The names that the program leaves behind."""
    namespace: dict[str, Any] = {"open": lambda name: StringIO(scene_json(call))}
    with redirect_stdout(StringIO()), patch.dict(os.environ):
        exec(program, namespace)
    return namespace


def output_of(program: str, cwd: Path | None = None) -> str:
    """What the program prints, run on its own."""
    return subprocess.run([sys.executable, "-c", program], cwd=cwd, capture_output=True, text=True, check=True).stdout


def numbers_in(printed: str) -> list[float]:
    """The numbers of a printed array, without its shape and type."""
    values = re.sub(r"shape=\(.*?\)|dtype=\S+", "", printed)
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d*)?", values)]


def channels_first(values: Any, framework: str, call: Call) -> Any:
    """A framework's answer in the page's layout: (O, *space)."""
    values = np.asarray(values)
    if framework == "Keras":
        return np.moveaxis(values[0], -1, 0)
    return values[None] if framework == "NumPy / SciPy" and call.w.shape[:2] == (1, 1) else values


@pytest.fixture(scope="session", params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> str:
    module = MODULES[request.param]
    if find_spec(module) is None:
        pytest.skip(f"{module} is not installed, so its snippet was not run")
    if request.param == "Keras" and find_spec(os.environ.get("KERAS_BACKEND", "tensorflow")) is None:
        pytest.skip("Keras has no backend: set KERAS_BACKEND to jax, torch or tensorflow, whichever is installed")
    return str(request.param)


EVEN_WITH_A_STRIDE = call_of(x=SEVEN[None, :6, :6], stride=(2, 2), padding=((1, 1), (1, 1)))
"""Numbers that mean `same`, where a stride makes Keras mean something else by the word."""


@examples(max_examples=300, deadline=None)
@given(call=calls())
@example(EVEN_WITH_A_STRIDE)
def test_any_legal_call_computes_what_the_page_shows(framework: str, call: Call) -> None:
    found = run(snippet(call, framework).program, call)
    y = truth(call)
    assert "float64" in str(found["y"].dtype)
    assert_allclose(channels_first(found["y"], framework, call), y, rtol=1e-9, atol=1e-9)
    if call.activation:
        # As its note says: Keras answers tanh in float32 where JAX is its backend.
        close = 1e-6 if (framework, call.activation) == ("Keras", "tanh") else 1e-9
        a = channels_first(found["a"], framework, call)
        assert_allclose(a, ACTIVATIONS[call.activation](y), rtol=close, atol=close)


@pytest.mark.slow
def test_the_whole_program_prints_the_numbers_of_the_page(framework: str) -> None:
    call = call_of()
    assert numbers_in(output_of(snippet(call, framework).program)) == truth(call).ravel().tolist()


@pytest.mark.slow
def test_a_large_scene_is_read_from_its_json(tmp_path: Path, framework: str) -> None:
    call = call_of(x=np.arange(2 * 15 * 15.0).reshape(2, 15, 15), w=np.ones((1, 2, 15, 15)), b=row([0.5]))
    (tmp_path / "scene.json").write_text(scene_json(call))
    program = snippet(call, framework).program
    assert "# curl -o scene.json 'https://example.org/conv2d.json?x=seven'\n" in program
    assert len(program) < 1000
    assert str(truth(call).item()) in output_of(program, cwd=tmp_path)


def test_the_activation_is_printed_after_y() -> None:
    call = call_of(activation="relu")
    y = truth(call).ravel()
    printed = output_of(snippet(call, "NumPy / SciPy").program)
    assert numbers_in(printed) == [*y, *np.maximum(y, 0)]


CALLS = {
    "bare": (
        call_of(),
        "y = F.conv2d(x, w)",
        'y = signal.correlate2d(x, w, mode="valid")',
        "y = ops.conv(x, w)",
        'y = lax.conv_general_dilated(\n    x[None], w, window_strides=(1, 1), padding="VALID"\n)[0]',
    ),
    "one dimension": (
        call_of(x=row([1, 2, 4, 8])[None], w=row([1, 0, -1])[None, None]),
        "y = F.conv1d(x, w)",
        'y = np.correlate(x, w, mode="valid")',
        "y = ops.conv(x, w)",
        'y = lax.conv_general_dilated(x[None], w, window_strides=(1,), padding="VALID")[0]',
    ),
    "stride, padding and bias": (
        call_of(stride=(2, 2), padding=((1, 1), (1, 1)), b=row([0.5])),
        "y = F.conv2d(x, w, b, stride=2, padding=1)",
        'y = signal.correlate2d(x, w, mode="same")[::2, ::2] + b',
        "x = ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))\ny = ops.conv(x, w, strides=2) + b",
        "y = lax.conv_general_dilated(\n"
        "    x[None], w, window_strides=(2, 2), padding=[(1, 1), (1, 1)]\n"
        ")[0] + b[:, None, None]",
    ),
    "flip, same and ReLU": (
        call_of(flip=True, padding=((1, 1), (1, 1)), padding_word="same", activation="relu"),
        'y = F.conv2d(x, w.flip(-1, -2), padding="same")\na = F.relu(y)',
        'y = signal.convolve2d(x, w, mode="same")\na = np.maximum(y, 0)',
        'y = ops.conv(x, ops.flip(w, (0, 1)), padding="same")\na = ops.relu(y)',
        "y = lax.conv_general_dilated(\n"
        '    x[None], jnp.flip(w, (-2, -1)), window_strides=(1, 1), padding="SAME"\n'
        ")[0]\na = jax.nn.relu(y)",
    ),
    "one-sided padding": (
        call_of(padding=((0, 1), (2, 3))),
        "x = F.pad(x, (2, 3, 0, 1))\ny = F.conv2d(x, w)",
        'x = np.pad(x, ((0, 1), (2, 3)))\ny = signal.correlate2d(x, w, mode="valid")',
        "x = ops.pad(x, ((0, 0), (0, 1), (2, 3), (0, 0)))\ny = ops.conv(x, w)",
        "y = lax.conv_general_dilated(\n    x[None], w, window_strides=(1, 1), padding=[(0, 1), (2, 3)]\n)[0]",
    ),
    "three channels, two filters": (
        call_of(x=np.ones((3, 5, 5)), w=np.ones((2, 3, 3, 3)), stride=(2, 1)),
        "y = F.conv2d(x, w, stride=(2, 1))",
        "y = np.stack([\n"
        "    sum(\n"
        '        signal.correlate2d(plane, kernel, mode="valid")\n'
        "        for plane, kernel in zip(x, kernels)\n"
        "    )\n"
        "    for kernels in w\n"
        "])\n"
        "y = y[:, ::2, :]",
        "y = ops.conv(x, w, strides=(2, 1))",
        'y = lax.conv_general_dilated(\n    x[None], w, window_strides=(2, 1), padding="VALID"\n)[0]',
    ),
    "depthwise, dilated and circular": (
        call_of(
            x=np.ones((3, 5, 5)),
            w=np.ones((3, 1, 2, 2)),
            groups=3,
            dilation=(2, 2),
            padding=((1, 1), (1, 1)),
            padding_mode="circular",
        ),
        'x = F.pad(x, (1, 1, 1, 1), mode="circular")\ny = F.conv2d(x, w, dilation=2, groups=3)',
        'x = np.pad(x, ((0, 0), (1, 1), (1, 1)), mode="wrap")\n'
        "dilated = np.zeros((3, 1, 3, 3))\n"
        "dilated[:, :, ::2, ::2] = w\n"
        "y = np.stack([\n"
        '    signal.correlate2d(plane, kernel, mode="valid")\n'
        "    for plane, kernel in zip(x, dilated[:, 0])\n"
        "])",
        "x = np.pad(\n"
        '    ops.convert_to_numpy(x), ((0, 0), (1, 1), (1, 1), (0, 0)), mode="wrap"\n'
        ")\n"
        "y = ops.conv(x, w, dilation_rate=2)",
        'x = jnp.pad(x, ((0, 0), (1, 1), (1, 1)), mode="wrap")\n'
        "y = lax.conv_general_dilated(\n"
        "    x[None],\n"
        "    w,\n"
        "    window_strides=(1, 1),\n"
        '    padding="VALID",\n'
        "    rhs_dilation=(2, 2),\n"
        "    feature_group_count=3,\n"
        ")[0]",
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_as_short_as_its_settings_allow(name: str) -> None:
    call, *texts = CALLS[name]
    assert [found.call for found in snippets(call)] == texts


@given(call=calls())
def test_what_is_shown_is_what_is_run(call: Call) -> None:
    for found in snippets(call):
        assert found.call in found.program
        assert all(len(line) <= 100 for line in found.call.splitlines())


def test_pytorch_comes_first() -> None:
    assert tuple(found.framework for found in snippets(call_of())) == FRAMEWORKS


def test_data_keep_every_digit_and_whole_numbers_stay_whole() -> None:
    call = call_of(x=row([1 / 9, -2.0, 1e300, -0.0])[None], w=np.ones((1, 1, 1)))
    assert "x = np.array([[0.1111111111111111, -2, 1e+300, 0]], dtype=float)" in snippet(call, "NumPy / SciPy").program
    assert_array_equal(run(snippet(call, "NumPy / SciPy").program, call)["x"], call.x[0])


def test_scipy_says_same_only_where_it_centres_as_pytorch_does() -> None:
    even = call_of(w=np.ones((1, 1, 2, 2)), padding=((0, 1), (0, 1)), padding_word="same")
    longer_than_x = call_of(x=np.ones((1, 2)), w=np.ones((1, 1, 5)), padding=((2, 2),))
    for call in (even, longer_than_x):
        assert 'mode="same"' not in snippet(call, "NumPy / SciPy").call


def test_keras_is_not_asked_to_stride_a_dilated_kernel_because_tensorflow_refuses() -> None:
    found = snippet(call_of(stride=(2, 2), dilation=(2, 2)), "Keras")
    assert found.call == "y = ops.conv(x, w, dilation_rate=2)[:, ::2, ::2]"
    assert "TensorFlow" in (found.note or "")


def test_a_note_appears_only_where_a_framework_differs() -> None:
    assert snippet(call_of(), "PyTorch").note is None
    assert "(left, right, top, bottom)" in (snippet(call_of(padding=((0, 1), (2, 3))), "PyTorch").note or "")
    assert "would turn it first" in (snippet(call_of(), "NumPy / SciPy").note or "")
    assert "turns the kernel first" in (snippet(call_of(flip=True), "NumPy / SciPy").note or "")


def test_no_address_can_leave_the_comment_that_holds_it() -> None:
    call = call_of(x=np.ones((1, 30, 30)), json_url="/conv2d.json?x='\n; rm -rf ~ #\u2028\r")
    for found in snippets(call):
        quoted = [line for line in found.program.splitlines() if "rm" in line]
        assert quoted == ["# curl -o scene.json '/conv2d.json?x=%27%0A;%20rm%20-rf%20~%20#%E2%80%A8%0D'"]
