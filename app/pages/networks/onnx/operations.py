"""Which function follows which operation of ONNX. https://onnx.ai/onnx/operators/"""

from collections.abc import Callable

from app.pages.networks.onnx import arithmetic, normalisation, pieces, shapes, windows
from app.pages.networks.onnx.environment import Made
from app.pages.networks.onnx.operation import Operation

OPERATIONS: dict[str, Callable[[Operation], Made | list[Made]]] = {
    **dict.fromkeys(("Conv", "ConvTranspose"), windows.convolution),
    **dict.fromkeys(("MaxPool", "AveragePool", "LpPool"), windows.pool),
    **dict.fromkeys(("GlobalAveragePool", "GlobalMaxPool"), windows.global_pool),
    "Pad": windows.pad,
    **dict.fromkeys(("Resize", "Upsample"), windows.resize),
    **dict.fromkeys(("DepthToSpace", "SpaceToDepth"), windows.depth_to_space),
    "Gemm": arithmetic.gemm,
    "MatMul": arithmetic.matmul,
    **dict.fromkeys(("Add", "Sub", "Sum", "Mul", "Div", "Max", "Min"), arithmetic.arithmetic),
    **dict.fromkeys(("RandomNormalLike", "RandomUniformLike"), arithmetic.random),
    "Pow": arithmetic.power,
    "Clip": arithmetic.clip,
    "PRelu": arithmetic.prelu,
    **dict.fromkeys(arithmetic.POINTWISE, arithmetic.pointwise),
    "BatchNormalization": normalisation.batch_norm,
    "InstanceNormalization": normalisation.instance_norm,
    "GroupNormalization": normalisation.group_norm,
    **dict.fromkeys(("LayerNormalization", "RMSNormalization"), normalisation.layer_norm),
    "Flatten": shapes.flatten,
    "Reshape": shapes.reshape,
    "Transpose": shapes.transpose,
    "Squeeze": shapes.squeeze,
    "Unsqueeze": shapes.unsqueeze,
    "Expand": shapes.expand,
    **dict.fromkeys(("ReduceMean", "ReduceMax", "ReduceSum", "ReduceL2"), shapes.reduce),
    "Concat": pieces.concat,
    "Slice": pieces.slice_,
    "Split": pieces.split,
    "SequenceAt": pieces.sequence_at,
    "Gather": pieces.gather,
}
"""Most make one map; a split makes several, each under a name of its own."""
