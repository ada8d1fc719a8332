"""Both gradients of a convolution as the web answers them: PyTorch's numbers, in one link, refused in plain words."""

import json
import re
from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from app.equation.mathml import mathml
from app.stream.document import document
from app.views.table import view_of
from kernels.axis import Axis
from kernels.convolution import convolve
from tests.app.direct import Direct
from tests.app.pools import array, body, scene_at
from tests.app.solved import goldens, run
from tests.each import each
from tests.kernels.golden_files import name_of, read

PARAMETERS = ("stride", "padding", "dilation", "groups")
OPERATIONS = ("conv1d_input", "conv1d_weight", "conv2d_input", "conv2d_weight")
GOLDENS = [*goldens("gradients", 2), *goldens("gradients", 1)]


def answer(ask: Direct, operation: str, sent: dict[str, Any]) -> dict[str, Any]:
    """The document of this scene; what its parameters say can be sent back and means the same."""
    document = ask.post(f"/{operation}.json", sent).json()
    assert "detail" not in document, document
    grids = {name: document[name]["values"] for name in ("x", "w", "grad_output", "z") if document.get(name)}
    assert ask.post(f"/{operation}.json", document["parameters"] | grids).json() == document
    return document  # type: ignore[no-any-return]


@each("golden", GOLDENS, name_of)
def test_the_gradient_of_the_input_is_pytorchs(ask: Direct, golden: dict[str, Any]) -> None:
    sent = body(golden, *PARAMETERS, w=golden["w"], grad_output=golden["grad_output"])
    document = answer(ask, f"conv{golden['x'].ndim - 1}d_input", sent | {"input_size": list(golden["x"].shape[1:])})
    assert_allclose(array(document["y"]), golden["grad_x"], rtol=1e-9, atol=1e-12)


@each("golden", GOLDENS, name_of)
def test_the_gradient_of_the_weights_is_pytorchs(ask: Direct, golden: dict[str, Any]) -> None:
    sent = body(golden, *PARAMETERS, x=golden["x"], grad_output=golden["grad_output"])
    document = answer(ask, f"conv{golden['x'].ndim - 1}d_weight", sent | {"kernel_size": list(golden["w"].shape[2:])})
    assert_allclose(array(document["y"]), golden["grad_w"], rtol=1e-9, atol=1e-12)
    assert [size["output"] for size in document["sizes"]] == list(golden["w"].shape[2:])


@each("golden", read("gated"), name_of)
def test_behind_an_activation_both_gradients_are_those_of_autograd(ask: Direct, golden: dict[str, Any]) -> None:
    sent = body(golden, *PARAMETERS, "activation", grad_output=golden["grad_output"], z=golden["z"])
    spatial, sides = golden["x"].ndim - 1, list(golden["x"].shape[1:])
    grids = {"w": golden["w"].tolist(), "input_size": sides}
    back = answer(ask, f"conv{spatial}d_input", sent | grids)
    assert_allclose(array(back["y"]), golden["grad_x"], rtol=1e-9, atol=1e-12)
    assert_allclose(array(back["grad_z"]), golden["grad_z"], rtol=1e-9, atol=1e-12)
    grids = {"x": golden["x"].tolist(), "kernel_size": list(golden["w"].shape[2:])}
    document = answer(ask, f"conv{spatial}d_weight", sent | grids)
    assert_allclose(array(document["y"]), golden["grad_w"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_activation_has_its_slope_as_a_grid_of_its_own(ask: Direct, operation: str) -> None:
    document = ask(f"/{operation}.json?activation=relu&grad_output=!{'0' if '1d' in operation else '0.0'}:5").json()
    z, slope = (array(document[name]) for name in ("z", "slope"))
    assert_array_equal(z.ravel(), np.arange(z.size) - z.size // 2)  # where it is left open it runs through 0
    assert_array_equal(slope, z > 0)
    assert_array_equal(array(document["grad_z"]), array(document["grad_output"]) * slope)
    page = ask(f"/{operation}?activation=relu").text
    for plane in ("g.0", "z.0", "s.0"):
        assert f'data-plane="{plane}"' in page, plane
    assert "ξ′(z)" in page
    assert 'lock="grad_z slope"' in page  # made of the others: nobody can type into them


def test_a_closed_gate_lets_nothing_back(ask: Direct) -> None:
    shut = ask("/conv2d_input.json?activation=relu&z=-1,0,-3;-1,-1,-1;-2,-2,0").json()
    assert not np.any(shut["y"]["values"])


def test_a_number_of_z_is_edited_where_z_is_left_open(ask: Direct) -> None:
    edited = ask("/conv2d_input.json?activation=relu&z=!0.0:5").json()
    assert edited["z"]["values"][0][0] == [5, -3, -2]
    assert edited["slope"]["values"][0][0] == [1, 0, 0]


def test_z_without_an_activation_is_refused_but_a_form_may_keep_it(ask: Direct) -> None:
    refusal = ask("/conv2d_weight.json?z=1,1;1,1").json()["detail"]
    assert (refusal[0]["loc"], refusal[0]["msg"]) == (
        ["query", "z"],
        "z is where the slope of an activation is taken, and none is asked for. Say which: activation=relu.",
    )
    assert ask("/conv2d_weight.json?z=1,1;1,1&activation=none").json() == ask("/conv2d_weight.json").json()


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
def test_the_programs_of_a_gradient_behind_an_activation_compute_it(operation: str, activation: str) -> None:
    scene = scene_at(f"/{operation}?activation={activation}")
    _, numpy, _ = scene.operation.snippets(scene)
    assert_allclose(run(numpy).reshape(scene.y.shape), scene.y, rtol=1e-9, atol=1e-12)


def test_the_bare_gradient_of_the_input_sums_for_each_cell_the_weights_that_read_it(ask: Direct) -> None:
    document = ask("/conv2d_input.json").json()
    assert (document["w"]["values"], document["grad_output"]["values"]) == ([[[[1, 2], [3, 4]]]], [[[1, 1, 1]] * 3])
    assert document["y"]["values"] == [[[1, 3, 3, 2], [4, 10, 10, 6], [4, 10, 10, 6], [3, 7, 7, 4]]]
    assert document["parameters"]["input_size"] == 4


def test_the_bare_gradient_of_the_weights_sums_for_each_tap_the_cells_that_it_met(ask: Direct) -> None:
    document = ask("/conv2d_weight.json").json()
    x = np.array(document["x"]["values"])[0]
    assert document["grad_output"]["values"] == [[[1, 1], [1, 1]]]
    assert document["y"]["values"] == [[[[x[a : a + 2, b : b + 2].sum() for b in range(3)] for a in range(3)]]]


def slope(address: str, grid: str) -> np.ndarray:
    """How the sum of all outputs, each times its grad_output, changes with each number of a grid: numerically."""
    scene = scene_at(address)
    axes = [axis for axis in scene.layer.axes if isinstance(axis, Axis)]
    shapes = {
        "x": (scene.layer.groups * weight_shape(scene)[1], *(axis.input_size for axis in axes)),
        "w": weight_shape(scene),
    }
    given = np.random.default_rng(5)
    grids = {name: given.integers(-3, 4, shape) * 1.0 for name, shape in shapes.items()}
    grids |= {name: scene.grid(name) for name in scene.layer.grids if name in grids}
    found = np.zeros(shapes[grid])

    def loss() -> float:
        y = convolve(grids["x"], grids["w"], axes=axes, groups=scene.layer.groups)
        return float((y * scene.grid("grad_output")).sum())

    for place in np.ndindex(*shapes[grid]):
        values = grids[grid] = grids[grid].copy()
        values[place] += 0.5
        above = loss()
        values[place] -= 1.0
        found[place] = above - loss()
        values[place] += 0.5
    return found


def weight_shape(scene: Any) -> tuple[int, ...]:
    return scene.w.shape if "w" in scene.layer.grids else scene.layer.y_shape  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("address", "grid"),
    [
        ("/conv2d_input", "x"),
        (
            "/conv2d_input?w=random:4x2x2x3:1&groups=2&stride=2,1&padding=1&grad_output=random:4x3x3:2&input_size=5,3",
            "x",
        ),
        ("/conv2d_input?w=random:2x2:1&dilation=2&padding=1,0", "x"),
        ("/conv2d_weight", "w"),
        ("/conv2d_weight?x=random:4x6x5:3&groups=2&kernel_size=2,3&stride=2,1&padding=1&grad_output=random:4x4x5", "w"),
        ("/conv2d_weight?x=random:6x6&kernel_size=2&dilation=2&stride=2", "w"),
    ],
)
def test_a_numerical_derivative_agrees(address: str, grid: str) -> None:
    assert_allclose(scene_at(address).y, slope(address, grid), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/conv2d_input?stride=1&padding=0&dilation=1&groups=1&w=1,2;3,4&input_size=4x4", "/conv2d_input"),
        ("/conv2d_input?grad_output=ones:3x3", "/conv2d_input"),
        ("/conv2d_input?grad_output=1,1,1;1,1,1;1,1,1&input_size=", "/conv2d_input"),
        ("/conv2d_input?grad_output=ones:2x3", "/conv2d_input?input_size=3,4"),
        ("/conv2d_input?input_size=6x5", "/conv2d_input?input_size=6,5"),
        ("/conv2d_input?stride=2", "/conv2d_input?stride=2"),
        ("/conv2d_input?stride=2&input_size=6", "/conv2d_input?stride=2"),
        ("/conv2d_input?stride=2&input_size=7", "/conv2d_input?input_size=7&stride=2"),
        ("/conv2d_input?grad_output=1,2;3,4", "/conv2d_input?grad_output=1,2;3,4"),
        ("/conv2d_input?grad_output=1,2;3,4&input_size=3", "/conv2d_input?grad_output=1,2;3,4"),
        (
            "/conv2d_input?grad_output=1,2;3,4&stride=2&input_size=5",
            "/conv2d_input?input_size=5&grad_output=1,2;3,4&stride=2",
        ),
        ("/conv2d_input?grad_output=!1.1:5", "/conv2d_input?grad_output=!1.1:5"),
        ("/conv2d_input?grad_output=!1.1:5!1.1:1", "/conv2d_input"),
        ("/conv2d_input?w=1~1~~1~1", "/conv2d_input?w=1~1~~1~1"),
        ("/conv2d_weight?kernel_size=3&grad_output=ones:2x2", "/conv2d_weight"),
        ("/conv2d_weight?kernel_size=2x4&grad_output=1;1;1", "/conv2d_weight?kernel_size=2,4"),
        ("/conv2d_weight?grad_output=ones:2x2x2", "/conv2d_weight?grad_output=ones:2x2x2"),
        ("/conv2d_weight?grad_output=!0.1:-1/3&kernel_size=2", "/conv2d_weight?kernel_size=2&grad_output=!0.1:-1/3"),
    ],
)
def test_a_link_leaves_out_what_follows(address: str, canonical: str) -> None:
    assert scene_at(address).address() == canonical
    assert document(view_of(scene_at(canonical))) == document(view_of(scene_at(address)))


def test_one_cell_of_the_ones_can_be_changed_from_an_empty_field() -> None:
    assert scene_at("/conv2d_weight?grad_output=!0.1:5").grid("grad_output").tolist() == [[[1, 5], [1, 1]]]


def test_a_single_filter_serves_every_group_and_a_single_plane_every_filter() -> None:
    scene = scene_at("/conv2d_input?w=1,2&groups=2&grad_output=1;3")
    assert scene.w.shape == (2, 1, 1, 2)
    assert scene.y.tolist() == [[[1, 2], [3, 6]]] * 2


def test_the_gradient_of_the_input_is_the_transposed_convolution_of_what_comes_from_above() -> None:
    gradient = scene_at("/conv2d_input?w=random:2x3x2x3:1&grad_output=random:2x3x4:2&stride=2&padding=1,0")
    stamped = scene_at("/conv_transpose2d?w=random:2x3x2x3:1&x=random:2x3x4:2&stride=2&padding=1,0")
    assert gradient.y.tobytes() == stamped.y.tobytes()


REFUSED = {
    ("conv2d_input", "grad_output=ones:3x3&input_size=6x4"): (
        "grad_output",
        "Along the height the kernel has 5 windows on the input, but grad_output has 3 cells: input_size 4 would fit.",
    ),
    ("conv2d_input", "grad_output=ones:3x3&input_size=4x5&stride=3"): (
        "grad_output",
        "Along the height the kernel has 1 window on the input, but grad_output has 3 cells: "
        "input_size 8 to 10 would fit.",
    ),
    ("conv2d_input", "input_size=1"): ("input_size", "The 2×2 kernel covers 2×2 cells, but the input is only 1×1."),
    ("conv2d_input", "padding=3"): (
        "padding",
        "Along the height, padding 3 alone makes room for more than 3 windows: no input gives so small a grad_output. "
        "Use less padding.",
    ),
    ("conv2d_input", "w=1~~2&grad_output=1~2~3"): (
        "grad_output",
        "grad_output needs one plane for each of the 2 filters, but it has 3.",
    ),
    ("conv2d_input", "w=1~~2~~3&groups=2"): ("groups", "The 3 filters cannot be shared equally among 2 groups."),
    ("conv2d_input", "input_size=129"): ("input_size", "input_size may be at most 128 here, but it is 129."),
    ("conv2d_input", "grad_output=ones:100x100&stride=2"): (
        "grad_output",
        "A stage shows inputs of at most 128 cells a side, but y is 200×200.",
    ),
    ("conv2d_input", "w=ones:1x17x1x1"): ("w", "A stage shows at most 16 input channels, but y has 17."),
    ("conv2d_input", "grad_output=!3.0:1"): (
        "grad_output",
        "“!3.0:1” points outside: this grid is 1×3×3, and places count from 0, so 3 must be at most 2.",
    ),
    ("conv2d_weight", "grad_output=ones:3x2"): (
        "grad_output",
        "Along the height the kernel has 2 windows on the input, but grad_output has 3 cells: kernel_size 2 would fit.",
    ),
    ("conv2d_weight", "grad_output=ones:9x2"): (
        "grad_output",
        "Along the height the kernel has 2 windows on the input, but grad_output has 9 cells: "
        "no kernel_size would fit.",
    ),
    ("conv2d_weight", "kernel_size=5"): (
        "kernel_size",
        "The 5×5 kernel covers 5×5 cells, but the input is only 4×4.",
    ),
    ("conv2d_weight", "kernel_size=16"): ("kernel_size", "kernel_size may be at most 15 here, but it is 16."),
    ("conv2d_weight", "dilation=2&kernel_size=3"): (
        "dilation",
        "The 3×3 kernel with dilation 2 covers 5×5 cells, but the input is only 4×4.",
    ),
    ("conv2d_weight", "groups=2"): ("groups", "The 1 input channels cannot be split into 2 equal groups."),
    ("conv2d_weight", "x=1~2&groups=2&grad_output=1~2~3&kernel_size=1"): (
        "groups",
        "The 3 filters cannot be shared equally among 2 groups.",
    ),
    ("conv2d_weight", "grad_output=ones:65x2x2"): (
        "grad_output",
        "A stage shows at most 64 filters, but grad_output has 65 planes.",
    ),
}


@pytest.mark.parametrize(("operation", "query"), REFUSED)
def test_what_cannot_be_is_refused_with_its_numbers(
    refused: Callable[..., tuple[str, str]], operation: str, query: str
) -> None:
    assert refused(query, operation) == REFUSED[operation, query]


@pytest.mark.parametrize("output", [1, 2, 3])
@pytest.mark.parametrize("numbers", [(3, 1, 1, 0), (2, 3, 1, 1), (2, 2, 3, 2), (1, 3, 2, 0)])
def test_the_sizes_that_a_refusal_names_are_those_that_fit(numbers: tuple[int, ...], output: int) -> None:
    from app.operations.gradients.layer import input_sizes, kernel_sizes

    kernel, stride, dilation, padding = numbers
    rim = (padding, padding)
    fitting = [
        size
        for size in range(1, 40)
        if size + 2 * padding > dilation * (kernel - 1)
        and Axis(size, kernel, stride, dilation, rim).output_size == output
    ]
    assert list(input_sizes(Axis(9, kernel, stride, dilation, rim), output)) == fitting
    fitting = [
        taps
        for taps in range(1, 20)
        if dilation * (taps - 1) < 9 + 2 * padding and Axis(9, taps, stride, dilation, rim).output_size == output
    ]
    assert list(kernel_sizes(Axis(9, kernel, stride, dilation, rim), output)) == fitting


DEMONSTRATED = (
    "/conv2d_input",
    "/conv2d_input?w=random:4x2x2x3:1&groups=2&stride=2,1&padding=1&grad_output=random:4x3x3:2&input_size=5,3",
    "/conv2d_input?w=random:2x2:1&dilation=2&padding=1,0&input_size=9",
    "/conv2d_input?w=random:6x1x2x2&groups=3&stride=3&input_size=9",
    "/conv2d_weight",
    "/conv2d_weight?x=random:4x6x5:3&groups=2&kernel_size=2,3&stride=2,1&padding=1&grad_output=random:4x4x5",
    "/conv2d_weight?x=random:3x6x6&kernel_size=2&dilation=2&stride=2&grad_output=random:2x2x2",
    "/conv2d_weight?x=random:24x24&kernel_size=1",
)


@pytest.mark.parametrize("framework", ["PyTorch", "NumPy", "JAX"])
@pytest.mark.parametrize("address", DEMONSTRATED)
def test_every_program_computes_what_the_page_shows(address: str, framework: str) -> None:
    scene = scene_at(address)
    (snippet,) = [s for s in scene.operation.snippets(scene) if s.framework == framework]
    values = {name: {"values": grid.tolist()} for name in scene.layer.grids if (grid := scene.values(name)) is not None}
    assert_allclose(run(snippet, json.dumps(values)), scene.y, rtol=1e-9, atol=1e-9)
    assert snippet.call in snippet.program


def test_the_explanation_says_which_inputs_get_nothing_and_what_is_left_over() -> None:
    scene = scene_at("/conv2d_input?stride=3&input_size=10,9")
    assert scene.operation.explain(scene).unused == [
        "At stride 3, inputs of 8 to 10 have 3 windows: input_size chooses.",
        "No window reads rows 2, 5, 8, 9: nothing there changes y, so the gradient is 0.",
        "No window reads columns 2, 5, 8: nothing there changes y, so the gradient is 0.",
    ]
    scene = scene_at("/conv2d_weight?stride=2&kernel_size=3,2&x=ones:6x6")
    assert scene.operation.explain(scene).unused == [
        "The stride leaves 1 row over at the end, and no window reads there."
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_gradient_costs_as_much_as_the_convolution_itself(operation: str) -> None:
    scene = scene_at(f"/{operation}")
    counts = scene.operation.explain(scene).counts
    forward = scene.grid("grad_output").size * prod(axis.kernel_size for axis in scene.layer.windows)
    assert [count.own for count in counts] == [forward, 3 * forward]
    assert forward in (6, 18, 36)


def test_the_formulas_say_what_is_summed() -> None:
    def formulas(address: str) -> tuple[str, str]:
        scene = scene_at(address)
        explanation = scene.operation.explain(scene)
        return re.sub(r"<[^>]+>", "", mathml(explanation.short)), re.sub(r"<[^>]+>", "", mathml(explanation.long))

    assert formulas("/conv2d_input?stride=2") == ("x̄=grad_output↑2∗w", "x̄m,n=∑2i+a=m2j+b=ngrad_outputi,j·wa,b")
    assert formulas("/conv2d_weight?x=random:2x4x4") == (
        "w̄=x⋆grad_output",
        "w̄c,a,b=∑i=01∑j=01xc,i+a,j+b·grad_outputi,j",
    )
    assert formulas("/conv2d_weight?symbol=asterisk")[0] == "w̄=x∗grad_output"


def test_the_formulas_of_grouped_channels_name_the_planes_that_meet() -> None:
    scene = scene_at("/conv2d_weight?x=random:4x4x4&groups=2&grad_output=random:6x2x2")
    assert scene.operation.explain(scene).remarks[0] == "In groups of channels: p = 2⌊o/3⌋ + c."
    for step, ((channel, filter),) in enumerate(scene.layer.relation.feeds):
        o, c = divmod(step, 2)
        assert (channel, filter) == (2 * (o // 3) + c, o)


@pytest.mark.parametrize(
    ("address", "letter"),
    [
        ("/conv2d_input", "x̄"),
        ("/conv2d_input?step=4", "x̄"),
        ("/conv2d_input?view=zero-insertion", "x̄"),
        ("/conv2d_input?view=matrix", "x̄"),
        ("/conv2d_weight", "w̄"),
        ("/conv2d_weight?x=random:2x4x4:1&kernel_size=2&grad_output=random:3x3x3:2", "w̄"),
        ("/max_pool2d_input?step=3", "x̄"),
        ("/avg_pool2d_input?step=3&padding=1", "x̄"),
    ],
)
def test_what_a_reader_sees_calls_a_gradient_by_the_lectures_name(address: str, letter: str, ask: Direct) -> None:
    path, _, query = address.partition("?")
    page, embedded, poster = (ask(f"{way}?{query}").text for way in (path, f"/embed{path}", f"{path}.svg"))
    stage = page.partition("<conv-stage")[2].partition("</conv-stage>")[0]
    formulas = page.partition("In one line")[2].partition("The same in code")[0]
    for markup in (stage, formulas, embedded, poster):
        texts = re.sub("<[^>]*>", " ", markup.replace("</text>", "\n"))
        assert letter in texts
        assert not re.search(r"(?<![\w.])y(?![\w/])", texts.replace("nothing there changes y", "")), texts
    assert f'result="{letter}"' in stage
    assert ask(f"{path}.json?{query}").json()["y"]["shape"]


def test_the_code_beside_a_gradient_calls_it_as_the_json_does(ask: Direct) -> None:
    page = ask("/conv2d_input").text
    assert "y = torch.nn.grad.conv2d_input(" in page
    assert "x.grad in PyTorch" in page
