"""Uploaded .onnx files: PyTorch's own exports are read back, anything else is refused in bounded time and memory."""

import asyncio
import random
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import onnx
import pytest
from onnx import TensorProto, helper

from app.address.refusal import Refusal
from app.pages.networks.forms import Arriving
from app.pages.networks.forms import multipart as multipart_form
from app.pages.networks.onnx.file import MOST_BYTES, read_onnx
from app.pages.networks.onnx.strip_weights import TooMuch, varint, without_weights
from app.pages.networks.own import made
from app.pages.receptive_field.notation import spell_stack
from kernels.network import Network, Part
from kernels.stack import Stack, Step, nodes
from tests.app.direct import Direct
from tests.app.pages.test_networks_own import multipart

FOLDER = Path(__file__).parents[1] / "onnx"
EXPORTED = {"lenet5": 61_706, "resnet18": 11_689_512, "googlenet": 6_998_552, "fcn32s": 136_152_917}
"""Parameters of the networks that PyTorch exported."""


def exported(name: str) -> bytes:
    return (FOLDER / f"{name}.onnx").read_bytes()


def graph(*nodes: onnx.NodeProto, weights: dict[str, tuple[int, ...]], shape: tuple[int, ...] = (1, 3, 8, 8)) -> bytes:
    """A file with these nodes from `x` to `y`, and weights of zeros."""
    tensors = [
        helper.make_tensor(name, TensorProto.FLOAT, dims, bytes(4 * int(size_of(dims))), raw=True)
        for name, dims in weights.items()
    ]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    made: bytes = helper.make_model(helper.make_graph(list(nodes), "g", [x], [y], tensors)).SerializeToString()
    return made


def size_of(dims: tuple[int, ...]) -> int:
    size = 1
    for each in dims:
        size *= each
    return size


def refusal_of(data: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        read_onnx(data)
    assert refused.value.loc == ("file",)
    return str(refused.value)


@pytest.mark.parametrize(("name", "parameters"), EXPORTED.items())
def test_what_pytorch_exports_is_read_back_with_its_parameters(name: str, parameters: int) -> None:
    found = read_onnx(exported(name))
    network = Network(name, name, found.input, (Part("all", found.stack),), {})
    assert network.totals.parameters == parameters
    assert network.unknown == ()


def test_every_addition_and_every_branch_is_found_again() -> None:
    kinds = {name: [node.layer.kind for node in nodes(read_onnx(exported(name)).stack)] for name in EXPORTED}
    assert kinds["resnet18"].count("add") == 8
    assert kinds["googlenet"].count("concat") == 9


def network_of(data: bytes) -> Network:
    return made(read_onnx(data), ()).network


def test_an_unknown_node_is_named_and_what_reads_it_is_not_counted() -> None:
    data = graph(
        helper.make_node("Conv", ["x", "w"], ["a"], kernel_shape=[3, 3]),
        helper.make_node("Mystery", ["a"], ["b"]),
        helper.make_node("Relu", ["b"], ["y"]),
        weights={"w": (4, 3, 3, 3)},
    )
    network = network_of(data)
    assert network.unknown == ("Mystery",)
    assert [layer.kind for layer in network.layers] == ["conv"]


def test_a_gate_is_a_product_of_maps() -> None:
    data = graph(
        helper.make_node("Conv", ["x", "w"], ["a"], kernel_shape=[3, 3]),
        helper.make_node("GlobalAveragePool", ["a"], ["b"]),
        helper.make_node("Conv", ["b", "v"], ["c"], kernel_shape=[1, 1]),
        helper.make_node("Mul", ["a", "c"], ["y"]),
        weights={"w": (4, 3, 3, 3), "v": (4, 4, 1, 1)},
    )
    network = network_of(data)
    assert [(layer.kind, layer.shape) for layer in network.layers][2:] == [("conv", (4, 1, 1)), ("mul", (4, 6, 6))]
    assert network.totals.parameters == 108 + 16


def test_pads_strides_and_matrix_products_are_read_as_onnx_means_them() -> None:
    data = graph(
        helper.make_node("Conv", ["x", "w", "b"], ["a"], kernel_shape=[3, 3], pads=[1, 0, 2, 0], strides=[2, 1]),
        helper.make_node("MaxPool", ["a"], ["c"], kernel_shape=[2, 2]),
        helper.make_node("Flatten", ["c"], ["d"]),
        helper.make_node("MatMul", ["d", "m"], ["e"]),
        helper.make_node("Add", ["e", "n"], ["y"]),
        weights={"w": (4, 3, 3, 3), "b": (4,), "m": (80, 5), "n": (5,)},
    )
    spelled = "conv(3,4,stride=2x1,padding=1:2x0);maxpool(2,stride=1);flatten;linear(5)"
    assert spell_stack(plain(read_onnx(data).stack)) == spelled


def plain(stack: Stack) -> Stack:
    """The layers without the names that the file gives them."""
    return tuple(item.layer if isinstance(item, Step) else item for item in stack)


def test_tensorflows_same_padding_is_worked_out_from_the_map() -> None:
    data = graph(
        helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER"),
        weights={"w": (4, 3, 3, 3)},
    )
    assert spell_stack(read_onnx(data).stack) == "conv(3,4,stride=2,padding=0:1,bias=false)"


def test_paths_that_cross_are_read() -> None:
    data = graph(
        helper.make_node("Relu", ["x"], ["a"]),
        helper.make_node("Relu", ["x"], ["b"]),
        helper.make_node("Add", ["a", "b"], ["c"]),
        helper.make_node("Concat", ["a", "c"], ["d"], axis=1),
        helper.make_node("Concat", ["d", "b"], ["y"], axis=1),
        weights={},
    )
    assert network_of(data).layers[-1].shape == (9, 8, 8)


def test_sizes_that_a_file_leaves_open_are_asked_for() -> None:
    conv = helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3])
    data = graph(conv, weights={"w": (4, 3, 3, 3)}, shape=("N", 3, "height", "width"))  # type: ignore[arg-type]
    with pytest.raises(Refusal, match=r"N × \? × height × width.*3x224x224") as refused:
        read_onnx(data)
    assert refused.value.loc == ("input",)
    assert nodes(read_onnx(data, (3, 20, 20)).stack)


def test_a_file_whose_weights_lie_in_another_is_refused() -> None:
    tensor = helper.make_tensor("w", TensorProto.FLOAT, (4, 3, 3, 3), bytes(432), raw=True)
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="model.onnx.data")
    model = onnx.load_from_string(graph(helper.make_node("Conv", ["x", "w"], ["y"]), weights={}))
    model.graph.initializer.append(tensor)
    assert "external_data=False" in refusal_of(model.SerializeToString())


def field(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


BROKEN = {
    "nothing": b"",
    "text": b"hello world",
    "zeros": bytes(1000),
    "ones": b"\xff" * 1000,
    "half a file": (FOLDER / "googlenet.onnx").read_bytes()[:20_000],
    "a length beyond the end": b"\x3a" + varint(2**60) + b"x",
    "graphs in graphs": field(7, field(7, field(7, b""))),
    "a node that reads what nothing makes": graph(helper.make_node("Relu", ["nowhere"], ["y"]), weights={}),
    "a circle": graph(helper.make_node("Add", ["x", "b"], ["a"]), helper.make_node("Relu", ["a"], ["b"]), weights={}),
    "pads that do not fit": graph(
        helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3], pads=[1]), weights={"w": (4, 3, 3, 3)}
    ),
    "a node without an output": graph(helper.make_node("Relu", ["x"], []), weights={}),
    "a constant without an output": graph(
        helper.make_node("Constant", [], [], value=helper.make_tensor("c", TensorProto.FLOAT, (1,), [1.0])), weights={}
    ),
    "a word for a number": graph(
        helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3], group="two"), weights={"w": (4, 3, 3, 3)}
    ),
    "a number for a list": graph(helper.make_node("MaxPool", ["x"], ["y"], kernel_shape=3), weights={}),
    "words for numbers": graph(helper.make_node("MaxPool", ["x"], ["y"], kernel_shape=["a", "b"]), weights={}),
    "a stride of nothing": graph(
        helper.make_node("MaxPool", ["x"], ["y"], kernel_shape=[2, 2], strides=[0, 0], auto_pad="SAME_UPPER"),
        weights={},
    ),
    "many readers of many maps": graph(
        *(helper.make_node("Sum", ["x", *(f"x{m}" for m in range(n))], [f"x{n}"]) for n in range(400)), weights={}
    ),
    "only unknown nodes": graph(helper.make_node("Mystery", ["x"], ["y"]), weights={}),
    "too many nodes": graph(
        *(helper.make_node("Relu", [f"x{n}" if n else "x"], [f"x{n + 1}"]) for n in range(2_500)), weights={}
    ),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_refused_in_a_sentence(data: bytes) -> None:
    assert refusal_of(data).endswith(".")


BOMBS = {
    "nine million empty nodes": field(7, b"\x0a\x00" * 9_000_000),
    "nine million empty attributes": field(7, field(1, b"\x2a\x00" * 9_000_000)),
    "many names": field(7, field(5, field(8, b"A" * 500) * 36_000)),
}


@pytest.mark.slow
@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS.keys())
def test_little_that_stands_for_much_is_put_down_before_anything_is_made_of_it(data: bytes) -> None:
    with pytest.raises(TooMuch):
        without_weights(data)
    assert refusal_of(data) == "The file describes more than a network that could be shown here."


def test_a_name_of_many_letters_is_no_name() -> None:
    assert len(without_weights(field(7, field(1, field(4, b"A" * 19_000_000))))) < 20


def test_weights_are_thrown_away_before_anything_reads_them() -> None:
    data = graph(helper.make_node("Conv", ["x", "w"], ["y"]), weights={"w": (64, 3, 64, 64)})
    assert len(data) > 3_000_000
    assert len(without_weights(data)) < 500


def test_where_data_lie_in_other_files_is_not_asked() -> None:
    tensor = helper.make_tensor("w", TensorProto.FLOAT, (4, 3, 3, 3), bytes(432), raw=True)
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    assert b"passwd" not in without_weights(field(7, field(5, tensor.SerializeToString())))


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_a_network_or_a_sentence(seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(exported(dice.choice(("lenet5", "fcn32s"))))
    for _ in range(dice.randint(1, 20)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    with suppress(Refusal):
        assert made(read_onnx(bytes(data)), ()).network.nodes


def test_an_uploaded_file_becomes_an_address(ask: Direct) -> None:
    answer = multipart(ask, ("layers", b"conv(3)"), ("input", b""), ("file", exported("lenet5")))
    assert answer.status == 303
    assert answer.headers["location"].startswith("/networks/own?layers=")
    assert "61\u202f706" in ask(answer.headers["location"]).text


RESNET = 1_814_073_344
"""Multiplications of ResNet-18 on a picture of 224×224."""
SMALL = (RESNET - 512_000) * 64**2 // 224**2 + 512_000
"""On one of 64×64: the linear layer stays, all else goes with the area."""


@pytest.mark.parametrize(
    ("given", "prefilled", "shape", "work"),
    [
        (b"3x32x32", b"3x32x32", "3x224x224", RESNET),
        (b"", b"3x32x32", "3x224x224", RESNET),
        (b"", b"", "3x224x224", RESNET),
        (b"3x64x64", b"3x32x32", "3x64x64", SMALL),
        (b"3x64x64", b"", "3x64x64", SMALL),
    ],
)
def test_a_file_is_shown_on_its_own_input_unless_the_reader_writes_another(
    given: bytes, prefilled: bytes, shape: str, work: int, ask: Direct
) -> None:
    answer = multipart(ask, ("input", given), ("prefilled", prefilled), ("file", exported("resnet18")))
    assert f"input={shape}" in answer.headers["location"]
    document = ask(answer.headers["location"].replace("/own?", "/own.json?")).json()
    assert document["totals"]["multiplications"] == work


def test_the_joins_of_a_u_net_are_read(ask: Direct) -> None:
    data = graph(
        helper.make_node("Conv", ["x", "w"], ["a"], kernel_shape=[3, 3], pads=[1] * 4),
        helper.make_node("MaxPool", ["a"], ["b"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Conv", ["b", "v"], ["c"], kernel_shape=[3, 3], pads=[1] * 4),
        helper.make_node("ConvTranspose", ["c", "u"], ["d"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Concat", ["a", "d"], ["e"], axis=1),
        helper.make_node("Conv", ["e", "t"], ["y"], kernel_shape=[1, 1]),
        weights={"w": (4, 3, 3, 3), "v": (8, 4, 3, 3), "u": (8, 4, 2, 2), "t": (2, 8, 1, 1)},
    )
    document = multipart(ask, ("file", data), path="/networks/own.json").json()
    assert document["unknown"] == []
    assert document["totals"]["parameters"] == 4 * 27 + 8 * 36 + 8 * 16 + 16
    assert document["nodes"][4] == {
        **document["nodes"][4],
        "kind": "concat",
        "reads": ["1", "4"],
        "shape": [8, 8, 8],
    }


@pytest.mark.parametrize(("dims", "parameters"), [((), 12), ((4, 1, 1), 16)])
def test_a_product_with_weights_counts_them_and_one_with_a_number_none(dims: tuple[int, ...], parameters: int) -> None:
    data = graph(
        helper.make_node("Conv", ["x", "w"], ["a"], kernel_shape=[1, 1]),
        helper.make_node("Mul", ["a", "scale"], ["y"]),
        weights={"w": (4, 3, 1, 1)} | ({"scale": dims} if dims else {}),
    )
    if not dims:
        model = onnx.load_from_string(data)
        value = helper.make_tensor("half", TensorProto.FLOAT, (), [0.5])
        model.graph.node.insert(0, helper.make_node("Constant", [], ["scale"], value=value))
        data = model.SerializeToString()
    assert network_of(data).totals.parameters == parameters


def test_a_broken_file_is_refused_beside_its_field(ask: Direct) -> None:
    answer = multipart(ask, ("layers", b"conv(3)"), ("file", b"not a network"))
    assert answer.status == 422
    assert "This is not an ONNX file, or it is broken." in answer.text


def test_a_file_that_is_too_large_is_refused(ask: Direct, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pages.networks.own_pages.MOST_BYTES", 2_000_000)
    answer = multipart(ask, ("file", bytes(4_000_000)))
    assert answer.status == 413
    assert "The file is larger than 2 MB." in answer.text


LARGE = 4 * 4096 * 4096
"""Bytes of weights, as VGG-16 has in its second fully connected layer."""


def large_form() -> Iterator[bytes]:
    """A form with a network of one layer whose weights nobody holds, in pieces as they come over a wire."""
    tensor = b"\x08\x80\x20\x08\x80\x20\x10\x01" + field(8, b"w") + varint(9 << 3 | 2) + varint(LARGE)
    small = onnx.load_from_string(graph(helper.make_node("MatMul", ["x", "w"], ["y"]), weights={}, shape=(1, 4096)))
    small.graph.ClearField("initializer")
    rest = small.graph.SerializeToString()
    size = len(tensor) + LARGE
    yield b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.onnx"\r\n\r\n'
    yield varint(7 << 3 | 2) + varint(len(rest) + len(varint(5 << 3 | 2) + varint(size)) + size) + rest
    yield varint(5 << 3 | 2) + varint(size) + tensor
    piece = bytes(65_536)
    for start in range(0, LARGE, len(piece)):
        yield piece[: LARGE - start]
    yield field(8, b"\x10\x12") + b"\r\n--xyz--\r\n"


def test_the_weights_of_a_large_file_are_passed_over_as_they_arrive() -> None:
    pieces = large_form()

    async def receive() -> dict[str, Any]:
        piece = next(pieces, b"")
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    tracemalloc.start()
    form = asyncio.run(multipart_form(Arriving(receive, MOST_BYTES), b"xyz"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
    network = network_of(form.file)
    assert network.totals.parameters == 4096 * 4096


def test_folded_batch_norms_are_said_though_others_are_kept() -> None:
    data = graph(
        helper.make_node("BatchNormalization", ["x", "s", "b", "m", "v"], ["a"]),
        helper.make_node("Conv", ["a", "onnx::Conv_12", "onnx::Conv_13"], ["y"], kernel_shape=[3, 3]),
        weights={**dict.fromkeys("sbmv", (3,)), "onnx::Conv_12": (4, 3, 3, 3), "onnx::Conv_13": (4,)},
    )
    (note,) = read_onnx(data).notes
    assert note.startswith("The export has folded batch norms into convolutions")


def test_pixels_that_are_shuffled_are_followed() -> None:
    data = graph(
        helper.make_node("Conv", ["x", "w"], ["a"], kernel_shape=[3, 3]),
        helper.make_node("DepthToSpace", ["a"], ["b"], blocksize=2),
        helper.make_node("Conv", ["b", "v"], ["y"], kernel_shape=[3, 3]),
        weights={"w": (4, 3, 3, 3), "v": (2, 1, 3, 3)},
    )
    assert network_of(data).layers[-1].shape == (2, 10, 10)


def test_without_the_package_the_page_says_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pages.networks.onnx.file.is_installed", lambda: False)
    assert "pip install" in refusal_of(exported("lenet5"))
