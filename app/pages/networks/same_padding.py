"""The padding that TensorFlow, Keras and ONNX call SAME."""


def same_padding(size: int, kernel: int, stride: int, dilation: int, *, upper: bool) -> tuple[int, int]:
    """As many windows as strides fit into the map, the odd cell after (or before).

    >>> same_padding(8, 3, 2, 1, upper=True)
    (0, 1)
    """
    whole = max((-(-size // stride) - 1) * stride + dilation * (kernel - 1) + 1 - size, 0)
    less, more = whole // 2, whole - whole // 2
    return (less, more) if upper else (more, less)
