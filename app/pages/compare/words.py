"""What the comparison of two scenes says."""

TITLE = "Two scenes, one playhead"
SUMMARY = "The same moment of both: what one setting changes, number by number."
MISSING = "Give two scenes: a and b are addresses such as /conv2d?stride=2."
NOT_A_SCENE = "{side} must be the address of a scene, such as /conv2d?stride=2, but “{text}” is not one."
UNKNOWN = "“{name}” is not a parameter of /compare: it takes a and b, each the address of a scene."
HIDDEN = "Which numbers of the two outputs differ? They are held back, to be predicted."
ALL_EQUAL = "All {count} numbers of the two outputs are equal."
DIFFERENT = "{differ} of {count} numbers of the output differ; they are marked."
OTHER_SHAPE = "The outputs have different shapes, {a} against {b}: their numbers do not stand in pairs."

READY = (
    ("stride 1 against 2", "/conv2d", "/conv2d?stride=2"),
    ("dilation 1 against 2", "/conv2d", "/conv2d?dilation=2"),
    ("dilation 2 against 3", "/conv2d?dilation=2", "/conv2d?dilation=3"),
    ("max against average", "/max_pool2d", "/avg_pool2d"),
    (
        "TensorFlow’s same against PyTorch’s padding, stride 2",
        "/conv2d?x=ramp:6x6&stride=2&padding=0:1",
        "/conv2d?x=ramp:6x6&stride=2&padding=1",
    ),
    ("zeros against reflection", "/conv2d?padding=1", "/conv2d?padding=1&padding_mode=reflect"),
    ("cross-correlation against convolution", "/conv2d", "/conv2d?flip=true"),
    ("stamps against windows", "/conv_transpose2d", "/conv_transpose2d?view=zero-insertion"),
)
"""Comparisons that are worth a look, as links."""
