"""What /networks/two-convolutions says."""

TITLE = "Two convolutions are one"
PAGE = "/networks/two-convolutions"
SUMMARY = "In a row, w₁ and w₂ do what w₁ ∗ w₂ does at once: the second layer adds nothing, until a ReLU comes between."
FIRST, TWICE = "x ⋆ w₁", "in a row"
COMPOSED, ONCE = "w₁ ∗ w₂", "at once"
RECTIFIED, BENT = "ReLU(x ⋆ w₁)", "with ReLU"
AFTER = "{name}: "
"""What stands before a sum: which way led to it."""
AT_ONCE = ", and at once "

EQUAL = "In a row and at once: the same, to the last digit."
ALIKE = "In a row and at once: the same, but for rounding."
SAME_WITH_RELU = "The ReLU changes nothing: x ⋆ w₁ has no negative number."
DIFFERENT = "With a ReLU, {count} of {whole} numbers differ, by up to {most}."

READY = {"x": "x", "w1": "w₁", "w2": "w₂"}
BAR = ";".join(["0,0,0,0,5,0,0,0,0"] * 6)
CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "x": (("a bar", BAR), ("a seven", "seven"), ("one bright cell", "impulse:9x9"), ("random", "random:9x9:3")),
    "w1": (("vertical edges", "sobel-x"), ("horizontal edges", "sobel-y"), ("edges", "edge"), ("blur", "box:3")),
    "w2": (
        ("add up", "1,1,1;1,1,1;1,1,1"),
        ("blur", "gaussian:3"),
        ("vertical edges", "sobel-x"),
        ("sharpen", "sharpen"),
    ),
}
SETTINGS = "Picture and kernels"
OTHER = "Other numbers"
HINT = "Click a number of x, w₁ or w₂ to change it."
APPLY = "Show"
FIELDS = READY

WHY = "Why"
WHY_TEXT = (
    "Opposite edges of the bar cancel: a rising edge is positive, a falling one negative, and the sum over both is 0. "
    "The ReLU takes the negative edge away first, so the positive one stays.",
    "With a ReLU, twice the picture is still twice the answer, but the negative of the picture is not the negative "
    "of the answer, and no single kernel does that. A convolution has no choice: it is linear.",
)
OPEN = "Open a step as a scene"
MORE = "In networks"
LINKS = (
    ("/laws?law=associative", "The law behind it: (x ∗ w₁) ∗ w₂ = x ∗ (w₁ ∗ w₂)"),
    ("/conv2d?activation=relu", "A ReLU behind a convolution"),
    ("/networks/compare?a=three-3x3&b=one-7x7", "Three layers of 3×3 against one of 7×7"),
    ("/networks", "Whole networks"),
)
JSON_LINK = "Every grid, as JSON"

NO_ROOM = "The two kernels together cover {covers} cells, but x has only {given}."
