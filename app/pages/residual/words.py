"""What /residual says."""

TITLE = "A residual block with numbers"
PAGE = "/residual"
SUMMARY = (
    "x goes two ways: through F, two convolutions with a ReLU between, and round it as it is. Both meet at ⊕. "
    "Drag w₂ to nothing: what is left of the block, and of the plain chain?"
)
RELU = "ReLU(x ⋆ w₁)"
F = "F"
RESIDUAL, PLAIN = "y = F + x", "plain: y = F"
UPSTREAM, THROUGH = "from above", "through F"
GRADIENT, PLAIN_GRADIENT = "gradient of x", "plain: gradient"

FACTOR = "w₂ × g"
OTHER = "Other numbers"
SETTINGS = "The block"
HINT = "Click a number of x, w₁ or w₂ to change it."
APPLY = "Show"
FIELDS = {"x": "x", "w1": "w₁", "w2": "w₂", "at": "at, row and column"}
CHOICES: tuple[tuple[str, dict[str, str]], ...] = (
    ("as it is", {}),
    ("w₂ × 0", {"g": "0"}),
    ("w₂ × ½", {"g": "0.5"}),
    ("a seven", {"x": "seven", "at": "3,4"}),
)

FORWARD = "y{place} = F + x = {f} + {x} = "
PLAIN_FORWARD = "plain chain: y{place} = F = "
UP = "An upstream gradient of 1 comes to y{place}, and splits as x did."
BACK_THROUGH = "Through w₂, the ReLU and w₁ it brings x{place} "
BACK = "The gradient of x{place} is {through} + {shortcut} = "
PLAIN_BACK = "plain chain: its gradient is "
RECTIFIED = " → ReLU → "

VERDICT = (
    "At [{place}]: the block gives {f} + {x} = {y}, the plain chain {f}. "
    "Back come {through} + {up} = {total}, or {through}."
)
NOTHING = "w₂ × 0: the block lets x pass, y = x, and its gradient: 0 + 1. The plain chain gives zeros, and gradient 0."

WHY = "Why it helps"
WHY_TEXT = (
    "A block that is to change nothing need only learn weights of 0: F vanishes, and y = x. A plain chain would have "
    "to learn an identity. And whatever F does to the gradient, 1 is added to it on the way round, so that it reaches "
    "the first layers of a net of a hundred. ResNet puts another ReLU behind the ⊕, and a batch norm behind each "
    "convolution; both are left out here."
)
LINKS = (
    ("/networks/residual-block", "The block as a layer list, with its counts"),
    ("/networks/resnet18", "ResNet-18: eight such blocks"),
    ("/conv2d_input", "How a gradient goes back through a convolution"),
)
MORE = "In networks"
JSON_LINK = "Every grid, forward and backward, as JSON"

EVEN = "{name} is {given}: its sides must be odd, so that a padding of half of it keeps the size."
AT_FORM = "at is a row and a column, such as 3,2, but “{text}” is not."
OUTSIDE = "at is {place}, but x is {shape}: rows are 0 to {rows}, columns 0 to {cols}."
